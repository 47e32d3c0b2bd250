"""What is asked for is the least that works, and tokens are asked for in one place only."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import googleapiclient
import pytest
from google_district import GoogleDistrict, google_district
from sign_in_desk import ROBOT, own_home

from sheetsync.campaign.google.checkup import google_doctor
from sheetsync.campaign.google.kept import keep_sign_in
from sheetsync.workbooks.google.address import Address
from sheetsync.workbooks.google.sign_in import BROWSER_SCOPES, ROBOT_SCOPES, SignIn, Way
from sheetsync.workbooks.google.sign_in_credentials import TOKENS, credentials_of

DISCOVERY = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
CALLED = {
    "sheets.v4.json": ("spreadsheets.get", "spreadsheets.batchUpdate"),
    "drive.v3.json": (
        "about.get",
        "files.list",
        "files.create",
        "files.get",
        "files.update",
        "files.delete",
        "permissions.list",
        "permissions.create",
    ),
}
METHODS = [(document, method) for document, methods in CALLED.items() for method in methods]


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleDistrict]:
    own_home(tmp_path, monkeypatch)
    with google_district() as district:
        district.trial_environment(monkeypatch)
        yield district


def scopes_of(document: str, method: str) -> list[str]:
    told = json.loads((DISCOVERY / document).read_text(encoding="utf-8"))
    resource, _, name = method.partition(".")
    scopes: list[str] = told["resources"][resource]["methods"][name]["scopes"]
    return scopes


@pytest.mark.parametrize(("document", "method"), METHODS)
def test_google_is_content_with_our_scopes(document: str, method: str) -> None:
    """Its discovery documents list every scope that opens a method."""
    enough = scopes_of(document, method)

    assert [one for one in (*BROWSER_SCOPES, *ROBOT_SCOPES) if one not in enough] == []


def test_a_person_is_asked_for_one_thing() -> None:
    assert [one.rpartition("/")[2] for one in BROWSER_SCOPES] == ["drive.file"]


@pytest.mark.parametrize("base", ["", "http://127.0.0.1:8765"])
@pytest.mark.parametrize("way", [Way.BROWSER, Way.SERVICE_ACCOUNT])
def test_tokens_come_from_one_place(way: Way, base: str, district: GoogleDistrict) -> None:
    secret = {**district.key(ROBOT), "client_id": "1", "client_secret": "2", "refresh_token": "3"}
    sign_in = SignIn(way, date(2026, 11, 22), datetime(2026, 11, 22, tzinfo=UTC), secret=secret)
    inner = credentials_of(sign_in, Address(base))._inner

    assert inner._token_uri == (f"{base}/token" if base else TOKENS)  # type: ignore[attr-defined]


def test_a_service_account_asks_nobody_else(
    district: GoogleDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    """google-auth by itself would ask another server in which regions the account may work, in a thread."""
    reached: set[object] = set()
    connect = socket.socket.connect

    def watched(one: socket.socket, address: tuple[str, int]) -> None:
        reached.add((address[0], threading.current_thread() is threading.main_thread()))
        connect(one, address)

    monkeypatch.setattr(socket.socket, "connect", watched)
    secret = {**district.key(ROBOT), "project_id": "office"}
    keep_sign_in(SignIn(Way.SERVICE_ACCOUNT, date(2026, 11, 22), datetime.now(UTC), secret=secret))
    google_doctor(lambda: datetime.now(UTC))

    assert reached == {("127.0.0.1", True)}
    assert district.calls("allowedLocations") == 0
