"""The two files Google gives an office: a client for signing in by browser, a key of a service account."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from google.auth.exceptions import GoogleAuthError
from google.oauth2 import service_account

from sheetsync.workbooks.google.sign_in_credentials import TOKENS

_CLIENT_FIELDS: Final = ("client_id", "client_secret")
_KEY_FIELDS: Final = ("type", "client_email", "private_key", "private_key_id")
_SERVICE_ACCOUNT: Final = "service_account"


class WrongFile(StrEnum):
    """What is the matter with a file from Google."""

    UNREADABLE = "unreadable"
    """No file of Google's, or cut short."""
    WEB_CLIENT = "web_client"
    """A client for a site; this program needs one for a desktop."""
    IS_KEY = "is_key"
    IS_CLIENT = "is_client"


class FileRefused(Exception):
    """A file that cannot be used. Says nothing of what it holds."""

    def __init__(self, why: WrongFile) -> None:
        super().__init__(why.value)
        self.why = why


def client_of(data: bytes) -> dict[str, str]:
    """Id and secret of «client_secret….json»; addresses it names are not used. Raises ``FileRefused``."""
    told = _read(data)
    if told.get("type") == _SERVICE_ACCOUNT:
        raise FileRefused(WrongFile.IS_KEY)
    if "web" in told:
        raise FileRefused(WrongFile.WEB_CLIENT)
    return _fields(told.get("installed"), _CLIENT_FIELDS)


def key_of(data: bytes) -> dict[str, str]:
    """The key of a service account. Addresses it names are not used. Raises ``FileRefused``."""
    told = _read(data)
    if "installed" in told or "web" in told:
        raise FileRefused(WrongFile.IS_CLIENT)
    key = _fields(told, _KEY_FIELDS)
    try:
        service_account.Credentials.from_service_account_info({**key, "token_uri": TOKENS})
    except (ValueError, GoogleAuthError):
        raise FileRefused(WrongFile.UNREADABLE) from None
    return key


def _read(data: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(data)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise FileRefused(WrongFile.UNREADABLE)
    return told


def _fields(told: object, names: tuple[str, ...]) -> dict[str, str]:
    if not isinstance(told, dict) or not all(isinstance(told.get(name), str) for name in names):
        raise FileRefused(WrongFile.UNREADABLE)
    return {name: told[name] for name in names}
