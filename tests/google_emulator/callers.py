"""Ways to reach the emulator in tests: calls in the process, gspread and a service account over a socket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import gspread
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth.credentials import Credentials as AnyCredentials
from google.oauth2.service_account import Credentials

from sheetsync_emulator.answers import Answer
from sheetsync_emulator.files import FOLDER, SPREADSHEET
from sheetsync_emulator.service import Emulator

OFFICE = "office@example.org"
SCHOOL = "school@example.org"
ROBOT = "robot@office.iam.gserviceaccount.com"

__all__ = ["FOLDER", "OFFICE", "ROBOT", "SCHOOL", "SPREADSHEET", "asked", "gspread_client", "service_account"]


def asked(emulator: Emulator, verb: str, url: str, body: Any = None, token: str = "") -> Answer:
    """A call with a body of JSON, in the name of the owner when there is no token."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return emulator.handle(verb, url, headers, None if body is None else json.dumps(body).encode())


@contextmanager
def gspread_client(url: str, credentials: AnyCredentials) -> Iterator[gspread.Client]:
    """gspread whose calls go to the emulator."""

    class Redirected(gspread.HTTPClient):
        def request(self, method: str, endpoint: str, *args: Any, **more: Any) -> Any:
            for host in ("https://sheets.googleapis.com", "https://www.googleapis.com"):
                endpoint = endpoint.replace(host, url)
            return super().request(method, endpoint, *args, **more)

    client = gspread.Client(credentials, http_client=Redirected)
    try:
        yield client
    finally:
        client.http_client.session.close()


@cache
def _private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


class Offline(Credentials):
    """A service account that does not ask Google itself where it may be used, as google-auth does."""

    def _is_regional_access_boundary_lookup_required(self) -> bool:
        return False


def service_account(url: str, email: str = ROBOT, subject: str | None = None) -> Offline:
    """A service account by its key file; its tokens come from the emulator."""
    scopes = ["https://www.googleapis.com/auth/drive"]
    return Offline.from_service_account_info(key_file(url, email), scopes=scopes, subject=subject)


def key_file(url: str, email: str = ROBOT) -> dict[str, str]:
    """What lies in the file that Google gives for a service account."""
    return {
        "type": "service_account",
        "project_id": "office",
        "private_key_id": "1",
        "private_key": _private_key(),
        "client_email": email,
        "client_id": "1",
        "token_uri": f"{url}/token",
    }
