"""Whatever Google does to a change: in the end it is there once, or the command says why it is not.

Each change of the service meets each trouble, before and after it was carried out. Waits are counted,
not slept. A last look is taken through the eyes of the emulator, not of the service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import pytest
from google_district import OFFICE, GoogleDistrict, google_district
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetsync.workbooks.google.port import FileKind, Google, GoogleRefused, GoogleTrouble, Json, Role
from sheetsync.workbooks.google.retries import PATIENCE, TRIES
from sheetsync_emulator.answers import ConnectionLost, NeverAnswered
from sheetsync_emulator.faults import (
    Fault,
    forbidden,
    meanwhile,
    no_storage,
    rate_limited,
    reset,
    server_error,
    sharing_limit,
    timeout,
    token_expired,
    too_many,
    unavailable,
)

SCHOOL = "s01@school.example.org"
MARKS = {"sheetsync_plan": "p1", "sheetsync_participant": "S01"}
SHEET_ID = 5
FOR_EVER = 10**6


@dataclass(frozen=True)
class Change:
    """Something the service does to Google, the request that does it, and what is there afterwards."""

    name: str
    request: str
    do: Callable[[Google, str], object]
    there: Callable[[GoogleDistrict, str], object]
    wanted: object
    nothing: object


def typed(text: str) -> Json:
    return {
        "updateCells": {
            "start": {"sheetId": SHEET_ID, "rowIndex": 0, "columnIndex": 0},
            "rows": [{"values": [{"userEnteredValue": {"stringValue": text}}]}],
            "fields": "userEnteredValue",
        }
    }


def added(title: str) -> Json:
    return {"addSheet": {"properties": {"title": title}}}


def marked(district: GoogleDistrict, form: str) -> list[str]:
    """Names of all files with these marks, whoever looks."""
    return [one.name for one in district.emulator.shelf.files.values() if one.app_properties == MARKS]


def shared(district: GoogleDistrict, form: str) -> list[tuple[str, str]]:
    file = district.emulator.shelf.files[form]
    return [(one.holder, one.role) for one in file.permissions if one.role != "owner"]


def invited(district: GoogleDistrict, form: str) -> tuple[list[tuple[str, str]], list[str]]:
    return shared(district, form), [one.to for one in district.emulator.shelf.letters]


def first_cell(district: GoogleDistrict, form: str) -> str:
    told = seen(district, form, "sheets(data(rowData(values(formattedValue))))")
    rows = told["sheets"][0]["data"][0].get("rowData") or [{}]
    return str((rows[0].get("values") or [{}])[0].get("formattedValue", ""))


def titles(district: GoogleDistrict, form: str) -> list[str]:
    told = seen(district, form, "sheets(properties(title))")
    return [one["properties"]["title"] for one in told["sheets"]]


def seen(district: GoogleDistrict, form: str, fields: str) -> Json:
    """What Google itself knows: asked past all faults."""
    faults, district.emulator.faults = district.emulator.faults, []
    try:
        headers = {"Authorization": f"Bearer {district.emulator.accounts.token_for(OFFICE)}"}
        return district.emulator.handle("GET", f"/v4/spreadsheets/{form}?fields={fields}", headers).json()
    finally:
        district.emulator.faults = faults


def is_there(district: GoogleDistrict, form: str) -> bool:
    return form in district.emulator.shelf.files


CHANGES = (
    Change(
        "made",
        "POST /drive/v3/files$",
        lambda google, form: google.made(FileKind.SPREADSHEET, "Форма", MARKS),
        marked,
        ["Форма"],
        [],
    ),
    Change(
        "folder",
        "POST /drive/v3/files$",
        lambda google, form: google.made(FileKind.FOLDER, "Кампания", MARKS),
        marked,
        ["Кампания"],
        [],
    ),
    Change(
        "share",
        "POST .*/permissions$",
        lambda google, form: google.share(form, Role.WRITER, SCHOOL, "Заполните"),
        invited,
        ([(SCHOOL, "writer")], [SCHOOL]),
        ([], []),
    ),
    Change(
        "link",
        "POST .*/permissions$",
        lambda google, form: google.share(form, Role.WRITER),
        shared,
        [("", "writer")],
        [],
    ),
    Change(
        "write",
        "POST .*:batchUpdate$",
        lambda google, form: google.write(form, [typed("ответ")]),
        first_cell,
        "ответ",
        "",
    ),
    Change(
        "write_once",
        "POST .*:batchUpdate$",
        lambda google, form: google.write_once(form, [added("Второй")], "form:1"),
        titles,
        ["Отчёт", "Второй"],
        ["Отчёт"],
    ),
    Change("remove", "DELETE ", lambda google, form: google.remove(form), is_there, False, True),
)

Trouble = Callable[..., Fault]

PASSING: dict[str, Trouble] = {
    "429": too_many,
    "429 with Retry-After": partial(too_many, retry_after=30),
    "403 user rate": rate_limited,
    "500 with HTML": server_error,
    "503 before": unavailable,
    "503 after": partial(unavailable, after=True),
    "reset before": reset,
    "reset after": partial(reset, after=True),
}
SILENT: dict[str, Trouble] = {
    "silence before": timeout,
    "silence after": partial(timeout, after=True),
}
LASTING: dict[str, tuple[Trouble, GoogleTrouble, int]] = {
    "429": (PASSING["429"], GoogleTrouble.BUSY, TRIES),
    "429 with Retry-After": (PASSING["429 with Retry-After"], GoogleTrouble.BUSY, TRIES),
    "429 for an hour": (
        partial(too_many, retry_after=3600),
        GoogleTrouble.BUSY,
        1,
    ),
    "403 user rate": (PASSING["403 user rate"], GoogleTrouble.BUSY, TRIES),
    "500 with HTML": (PASSING["500 with HTML"], GoogleTrouble.UNREACHABLE, TRIES),
    "503 before": (PASSING["503 before"], GoogleTrouble.UNREACHABLE, TRIES),
    "reset before": (PASSING["reset before"], GoogleTrouble.UNREACHABLE, TRIES),
    "no rights": (forbidden, GoogleTrouble.FORBIDDEN, 1),
    "no storage": (no_storage, GoogleTrouble.NO_STORAGE, 1),
    "sharing limit": (sharing_limit, GoogleTrouble.SHARING_LIMIT, 1),
    "401": (token_expired, GoogleTrouble.EXPIRED, 2),
}


@pytest.fixture(scope="module")
def neighbours() -> Iterator[dict[bool, GoogleDistrict]]:
    """One district on a socket and one without, for all tests of this file: each has a form of its own."""
    with google_district() as on_a_socket, google_district(in_process=True) as in_process:
        yield {False: on_a_socket, True: in_process}


def fresh(district: GoogleDistrict) -> str:
    """A form with one sheet «Отчёт» in an otherwise empty Drive; no trouble yet, nothing waited for."""
    emulator = district.emulator
    emulator.faults.clear()
    emulator.shelf.files.clear()
    emulator.shelf.letters.clear()
    form = district.office.made(FileKind.SPREADSHEET, "Черновик", {"draft": "1"}).id
    district.office.write(
        form,
        [
            {"addSheet": {"properties": {"sheetId": SHEET_ID, "title": "Отчёт"}}},
            {"deleteSheet": {"sheetId": 0}},
        ],
    )
    district.clock.forward(61)
    district.waits.clear()
    emulator.log.clear()
    return form


OF_DRIVE = ("403 user rate", "no storage", "sharing limit")
"""Sheets has no such words: it says 429 and «permission denied»."""


def met(troubles: Iterable[str]) -> pytest.MarkDecorator:
    """Each change with each trouble it can meet."""
    pairs = [
        pytest.param(change, trouble, id=f"{change.name}: {trouble}")
        for change in CHANGES
        for trouble in troubles
        if trouble not in OF_DRIVE or "batchUpdate" not in change.request
    ]
    return pytest.mark.parametrize(("change", "trouble"), pairs)


changes = pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.name)


def assert_bounded(district: GoogleDistrict, change: Change, tries: int = TRIES) -> None:
    assert district.calls(change.request) <= tries
    assert sum(district.waits) <= PATIENCE


@met(PASSING)
@pytest.mark.parametrize("times", [1, 3])
def test_a_passing_trouble_leaves_what_was_wanted_once(
    neighbours: dict[bool, GoogleDistrict], change: Change, trouble: str, times: int
) -> None:
    district = neighbours[False]
    form = fresh(district)
    district.emulator.faults.append(PASSING[trouble](change.request, times))

    change.do(district.office, form)

    assert change.there(district, form) == change.wanted
    assert_bounded(district, change, times + 1)


@met(SILENT)
@pytest.mark.parametrize("times", [1, 3])
def test_a_silence_leaves_what_was_wanted_once(
    neighbours: dict[bool, GoogleDistrict], change: Change, trouble: str, times: int
) -> None:
    district = neighbours[True]
    form = fresh(district)
    district.emulator.faults.append(SILENT[trouble](change.request, times))

    change.do(district.office, form)

    assert change.there(district, form) == change.wanted
    assert_bounded(district, change, times + 1)


@met([*PASSING, *SILENT])
def test_looking_whether_it_is_done_may_fail_as_well(
    neighbours: dict[bool, GoogleDistrict], change: Change, trouble: str
) -> None:
    """Both the change and the look after it meet the trouble."""
    district = neighbours[True]
    form = fresh(district)
    make = (PASSING | SILENT)[trouble]
    district.emulator.faults += [make(change.request, 2), make("GET ", 2)]

    change.do(district.office, form)

    assert change.there(district, form) == change.wanted
    assert_bounded(district, change)


@met(LASTING)
def test_a_lasting_trouble_is_told_and_nothing_is_half_done(
    neighbours: dict[bool, GoogleDistrict], change: Change, trouble: str
) -> None:
    district = neighbours[False]
    form = fresh(district)
    make, told, tries = LASTING[trouble]
    district.emulator.faults.append(make(change.request, FOR_EVER))

    with pytest.raises(GoogleRefused) as refused:
        change.do(district.office, form)

    assert refused.value.trouble is told
    assert change.there(district, form) == change.nothing
    assert_bounded(district, change, tries)


@changes
@pytest.mark.parametrize("outcome", [ConnectionLost, NeverAnswered])
def test_the_next_run_finds_what_the_last_answer_hid(
    neighbours: dict[bool, GoogleDistrict], change: Change, outcome: type[Exception]
) -> None:
    """The command was killed just after Google had done it; run again, nothing is doubled."""
    district = neighbours[True]
    form = fresh(district)

    def killed(seconds: float) -> None:
        raise KeyboardInterrupt

    district.emulator.faults.append(Fault(change.request, outcome, after=True))  # type: ignore[arg-type]
    district.while_waiting = killed
    with pytest.raises(KeyboardInterrupt):
        change.do(district.office, form)
    district.while_waiting = None

    change.do(district.office, form)

    assert change.there(district, form) == change.wanted


@changes
def test_done_twice_it_is_there_once(neighbours: dict[bool, GoogleDistrict], change: Change) -> None:
    district = neighbours[True]
    form = fresh(district)

    change.do(district.office, form)
    change.do(district.office, form)

    assert change.there(district, form) == change.wanted


@changes
def test_a_token_that_ran_out_in_between_costs_no_wait(
    neighbours: dict[bool, GoogleDistrict], change: Change
) -> None:
    district = neighbours[False]
    form = fresh(district)
    district.emulator.faults.append(token_expired(change.request))

    change.do(district.office, form)

    assert change.there(district, form) == change.wanted
    assert district.waits == []


def test_google_says_how_long_and_is_waited_for_so_long(neighbours: dict[bool, GoogleDistrict]) -> None:
    district = neighbours[False]
    form = fresh(district)
    district.emulator.faults.append(too_many(":batchUpdate", retry_after=30))

    district.office.write(form, [typed("ответ")])

    assert district.waits == [30.0]


def test_a_file_drive_lists_too_late_is_not_left_twice(neighbours: dict[bool, GoogleDistrict]) -> None:
    """Made, the answer lost, and not yet in the list when we look: the second one is taken back."""
    district = neighbours[True]
    fresh(district)
    files = district.emulator.shelf.files

    def not_listed_yet() -> None:
        for file in files.values():
            if file.app_properties == MARKS:
                file.app_properties = {"late": "1"}

    def listed_now() -> None:
        for file in files.values():
            if file.app_properties == {"late": "1"}:
                file.app_properties = dict(MARKS)

    district.emulator.faults += [
        unavailable("POST /drive/v3/files$", after=True),
        meanwhile("GET /drive/v3/files$", not_listed_yet, skip=1),
        meanwhile("GET /drive/v3/files$", listed_now, skip=2),
    ]
    made = district.office.made(FileKind.SPREADSHEET, "Форма", MARKS)

    assert [one.id for one in files.values() if one.app_properties == MARKS] == [made.id]
    assert district.calls("POST /drive/v3/files$") == 2
    assert district.calls("DELETE") == 1


bad_luck = st.lists(
    st.none() | st.sampled_from([*(PASSING | SILENT).values(), token_expired]), max_size=2 * TRIES
)


@changes
@given(luck=bad_luck)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
def test_any_run_of_bad_luck_ends_in_what_was_wanted_once(
    neighbours: dict[bool, GoogleDistrict], change: Change, luck: list[Trouble | None]
) -> None:
    """Every call of the change meets a trouble of its own; given up, it is simply asked for once more."""
    district = neighbours[True]
    form = fresh(district)
    troubles = [(at, make) for at, make in enumerate(luck) if make is not None]
    district.emulator.faults += [make(".", 1, skip=at) for at, make in troubles]

    with suppress(GoogleRefused):
        change.do(district.office, form)
    assert_bounded(district, change)
    district.emulator.faults.clear()
    change.do(district.office, form)

    assert change.there(district, form) == change.wanted
