"""Troubles on demand: each looks as Google's does, comes when it is told to, and is then over."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
import requests
from callers import OFFICE, SCHOOL, SPREADSHEET, asked

from sheetsync_emulator import faults
from sheetsync_emulator.adapter import InProcess
from sheetsync_emulator.answers import ConnectionLost, NeverAnswered
from sheetsync_emulator.clock import HandClock
from sheetsync_emulator.faults import Fault
from sheetsync_emulator.quota import GOOGLES, Quotas
from sheetsync_emulator.server import served
from sheetsync_emulator.service import Emulator

PATIENCE = 0.05


@pytest.fixture
def emulator() -> Emulator:
    return Emulator(OFFICE, HandClock())


@pytest.fixture
def file(emulator: Emulator) -> str:
    return emulator.person(OFFICE).creates("Отчёт", SPREADSHEET)


def write(emulator: Emulator, file: str) -> int:
    url = f"/v4/spreadsheets/{file}/values/A1?valueInputOption=RAW"
    return asked(emulator, "PUT", url, {"values": [["текст"]]}).status


def cell(emulator: Emulator, file: str) -> list[list[str]]:
    return emulator.person(OFFICE).reads(file, "A1")


REFUSALS: list[tuple[Callable[..., Fault], int, str]] = [
    (faults.too_many, 429, "RESOURCE_EXHAUSTED"),
    (faults.rate_limited, 403, "PERMISSION_DENIED"),
    (faults.forbidden, 403, "PERMISSION_DENIED"),
    (faults.no_storage, 403, "PERMISSION_DENIED"),
    (faults.sharing_limit, 403, "PERMISSION_DENIED"),
    (faults.unavailable, 503, "UNAVAILABLE"),
    (faults.token_expired, 401, "UNAUTHENTICATED"),
]


@pytest.mark.parametrize(("fault", "status", "word"), REFUSALS)
def test_a_refusal_comes_once_and_nothing_is_written(
    emulator: Emulator, file: str, fault: Callable[..., Fault], status: int, word: str
) -> None:
    emulator.faults.append(fault("PUT"))
    answer = asked(
        emulator, "PUT", f"/v4/spreadsheets/{file}/values/A1?valueInputOption=RAW", {"values": [["x"]]}
    )

    assert (answer.status, answer.json()["error"]["status"]) == (status, word)
    assert cell(emulator, file) == []
    assert write(emulator, file) == 200


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (faults.rate_limited, "userRateLimitExceeded"),
        (faults.forbidden, "insufficientFilePermissions"),
        (faults.no_storage, "storageQuotaExceeded"),
        (faults.sharing_limit, "sharingRateLimitExceeded"),
        (faults.too_many, "rateLimitExceeded"),
    ],
)
def test_drive_names_the_reason(emulator: Emulator, fault: Callable[..., Fault], reason: str) -> None:
    emulator.faults.append(fault("POST /drive"))
    error = asked(emulator, "POST", "/drive/v3/files", {"name": "x"}).json()["error"]

    assert error["errors"][0]["reason"] == reason


def test_retry_after_is_said_only_when_wanted(emulator: Emulator, file: str) -> None:
    emulator.faults += [faults.too_many("GET"), faults.too_many("GET", retry_after=30)]
    first, second = (asked(emulator, "GET", f"/v4/spreadsheets/{file}") for _ in range(2))

    assert "Retry-After" not in first.headers
    assert second.headers["Retry-After"] == "30"
    assert first.json()["error"]["details"][0]["reason"] == "RATE_LIMIT_EXCEEDED"


def test_an_error_500_is_a_page_not_json(emulator: Emulator, file: str) -> None:
    emulator.faults.append(faults.server_error("GET"))
    answer = asked(emulator, "GET", f"/v4/spreadsheets/{file}")

    assert answer.status == 500
    assert answer.headers["Content-Type"].startswith("text/html")
    with pytest.raises(json.JSONDecodeError):
        answer.json()


def test_503_after_the_commit_leaves_the_change(emulator: Emulator, file: str) -> None:
    emulator.faults.append(faults.unavailable("PUT", after=True))

    assert write(emulator, file) == 503
    assert cell(emulator, file) == [["текст"]]


@pytest.mark.parametrize(
    ("fault", "outcome"), [(faults.reset, ConnectionLost), (faults.timeout, NeverAnswered)]
)
@pytest.mark.parametrize("after", [False, True])
def test_no_answer_before_or_after_the_commit(
    emulator: Emulator, file: str, fault: Callable[..., Fault], outcome: type[Exception], after: bool
) -> None:
    emulator.faults.append(fault("PUT", after=after))
    with pytest.raises(outcome):
        write(emulator, file)

    assert cell(emulator, file) == ([["текст"]] if after else [])
    assert emulator.log[-1].status == 0


def test_a_fault_skips_calls_and_strikes_as_often_as_told(emulator: Emulator, file: str) -> None:
    emulator.faults.append(faults.unavailable("PUT", times=2, skip=1))

    assert [write(emulator, file) for _ in range(4)] == [200, 503, 503, 200]


def test_a_fault_leaves_other_calls_alone(emulator: Emulator, file: str) -> None:
    emulator.faults.append(faults.unavailable("POST .*:batchUpdate"))

    assert write(emulator, file) == 200
    assert asked(emulator, "POST", f"/v4/spreadsheets/{file}:batchUpdate", {"requests": []}).status == 503


# --- what happens in the middle of the work ---------------------------------------------------------


def test_a_share_is_lost_in_the_middle(emulator: Emulator, file: str) -> None:
    office, token = emulator.person(OFFICE), emulator.accounts.token_for(SCHOOL)
    office.shares(file, SCHOOL)
    url = f"/v4/spreadsheets/{file}"
    emulator.faults.append(faults.meanwhile("GET", lambda: office.unshares(file, SCHOOL), skip=1))

    assert [asked(emulator, "GET", url, token=token).status for _ in range(3)] == [200, 403, 403]


def test_a_tab_is_renamed_in_the_middle(emulator: Emulator, file: str) -> None:
    change = {"properties": {"sheetId": 0, "title": "Другое имя"}, "fields": "title"}
    rename = faults.meanwhile(
        "PUT", lambda: emulator.person(OFFICE).edits(file, {"updateSheetProperties": change})
    )
    emulator.faults.append(rename)
    url = f"/v4/spreadsheets/{file}/values/Sheet1!A1?valueInputOption=RAW"

    assert asked(emulator, "PUT", url, {"values": [["x"]]}).status == 400


def test_a_sheet_is_deleted_in_the_middle(emulator: Emulator, file: str) -> None:
    office = emulator.person(OFFICE)
    office.edits(file, {"addSheet": {"properties": {"sheetId": 7, "title": "Ещё"}}})
    emulator.faults.append(
        faults.meanwhile("batchUpdate", lambda: office.edits(file, {"deleteSheet": {"sheetId": 0}}))
    )
    change = {"updateSheetProperties": {"properties": {"sheetId": 0, "title": "x"}, "fields": "title"}}

    assert (
        asked(emulator, "POST", f"/v4/spreadsheets/{file}:batchUpdate", {"requests": [change]}).status == 400
    )


def test_the_last_of_two_editors_wins_the_cell(emulator: Emulator, file: str) -> None:
    office, school = emulator.person(OFFICE), emulator.person(SCHOOL)
    office.shares(file, SCHOOL)
    emulator.faults.append(faults.meanwhile("PUT", lambda: school.types(file, "A1:B1", "школа")))
    emulator.faults.append(faults.meanwhile("PUT", lambda: school.types(file, "B1", "школа")))
    write(emulator, file)

    assert office.reads(file, "A1:B1") == [["текст", "школа"]]


# --- quotas -----------------------------------------------------------------------------------------


def test_the_sixty_first_read_of_a_minute_is_refused(file: str, emulator: Emulator) -> None:
    clock = HandClock()
    emulator.clock, emulator.quotas = clock, GOOGLES
    reads = [asked(emulator, "GET", f"/v4/spreadsheets/{file}") for _ in range(61)]
    writes = write(emulator, file)
    listing = asked(emulator, "GET", "/drive/v3/files").status
    clock.forward(60)

    assert [one.status for one in reads] == [200] * 60 + [429]
    assert "'Read requests per minute per user'" in reads[-1].json()["error"]["message"]
    assert (writes, listing) == (200, 200)
    assert asked(emulator, "GET", f"/v4/spreadsheets/{file}").status == 200


def test_a_project_has_its_own_limit_over_all_users(emulator: Emulator, file: str) -> None:
    emulator.quotas = Quotas(reads_per_user=2, reads=3)
    office = emulator.person(OFFICE)
    office.shares(file, SCHOOL)
    tokens = [emulator.accounts.token_for(one) for one in (OFFICE, SCHOOL)]
    answers = [asked(emulator, "GET", f"/v4/spreadsheets/{file}", token=one) for one in tokens * 2]

    assert [one.status for one in answers] == [200, 200, 200, 429]
    assert "per project" in answers[-1].json()["error"]["message"]


# --- over a socket, and in the process --------------------------------------------------------------


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


def test_a_socket_sees_the_reset_and_works_again(
    emulator: Emulator, file: str, session: requests.Session
) -> None:
    with served(emulator) as url:
        emulator.faults += [faults.reset("GET"), faults.reset("GET", after=True)]
        for _ in range(2):
            with pytest.raises(requests.ConnectionError, match="reset"):
                session.get(f"{url}/v4/spreadsheets/{file}")

        assert session.get(f"{url}/v4/spreadsheets/{file}").status_code == 200


def test_a_socket_waits_in_vain_and_works_again(
    emulator: Emulator, file: str, session: requests.Session
) -> None:
    with served(emulator) as url:
        emulator.faults.append(faults.timeout("GET"))
        with pytest.raises(requests.ReadTimeout):
            session.get(f"{url}/v4/spreadsheets/{file}", timeout=PATIENCE)

        assert session.get(f"{url}/v4/spreadsheets/{file}").status_code == 200


def test_the_server_stops_though_somebody_still_waits(emulator: Emulator, file: str) -> None:
    """A call that is never answered does not keep the server from going."""
    emulator.faults.append(faults.timeout("GET"))
    with served(emulator) as url, requests.Session() as session:
        with pytest.raises(requests.ReadTimeout):
            session.get(f"{url}/v4/spreadsheets/{file}", timeout=PATIENCE)
        address = url

    with pytest.raises(requests.ConnectionError):
        requests.get(address, timeout=PATIENCE)


def test_in_the_process_troubles_of_the_network_look_the_same(
    emulator: Emulator, file: str, session: requests.Session
) -> None:
    session.mount("https://sheets.googleapis.com", InProcess(emulator))
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{file}"
    emulator.faults += [faults.reset("GET"), faults.timeout("GET")]
    with pytest.raises(requests.ConnectionError):
        session.get(url)
    with pytest.raises(requests.ReadTimeout):
        session.get(url)

    assert session.get(url).json()["properties"]["title"] == "Отчёт"
