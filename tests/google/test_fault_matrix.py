"""Issue, collect and publish, return: whatever Google does, the sheets end as they were meant to.

A trouble that passes costs nothing but time. One that lasts is told, and one more run ends it. Tries
and waits are bounded; nothing is there twice. The time is the emulator's: nobody sleeps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from google_campaign import GOOD, codes, new_campaign, quick_district
from google_district import OFFICE
from power_cuts import CutOff, cut_off_after
from returned_remarks import WRITES, Moment, Review

from sheetsync.columns import COMPLETENESS, ENTRIES, MATRIX
from sheetsync.model import Event, Finding
from sheetsync.workbooks.google.retries import PATIENCE, TRIES
from sheetsync.workbooks.google.workbook import GoogleWorkbook
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

REMARK = "Приложите приказ"
FOR_EVER = 10**6
EVERYTHING = r"^(?!POST /token)"

PASSING: dict[str, tuple[Fault, ...]] = {
    "asked to wait": (
        too_many(EVERYTHING),
        too_many(EVERYTHING, retry_after=20),
        rate_limited("/drive/v3/"),
        token_expired(EVERYTHING),
    ),
    "failed before": (
        server_error(EVERYTHING),
        unavailable(EVERYTHING),
        reset(EVERYTHING),
        timeout(EVERYTHING),
    ),
    "done and not told": (
        unavailable(EVERYTHING, after=True),
        reset(EVERYTHING, after=True),
        timeout(EVERYTHING, after=True),
    ),
}
"""Troubles that every request meets, one after another, before it is answered."""

LASTING: dict[str, Callable[[str, int], Fault]] = {
    "429": too_many,
    "403 no rights": forbidden,
    "500 with a page": server_error,
    "503 after": lambda match, times: unavailable(match, times, after=True),
    "silence after": lambda match, times: timeout(match, times, after=True),
}


@dataclass
class EachOnce(Fault):
    """A trouble that every request meets when it is first asked."""

    met: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, fault: Fault) -> EachOnce:
        return cls(fault.match, fault.outcome, FOR_EVER, after=fault.after)

    def comes(self, call: str) -> bool:
        is_new = call not in self.met and super().comes(call)
        self.met.add(call)
        return is_new


@dataclass(frozen=True)
class Act:
    """What the coordinator does, and which campaign it begins from."""

    begin: str
    do: Callable[[Review], tuple[Finding, ...]]


ACTS = {
    "issue": Act("new", lambda story: story.issue().findings),
    "collect": Act("answered", lambda story: tuple(story.consolidate().findings)),
    "return": Act("reviewed", lambda story: story.return_remarks().findings),
}


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Moment]]:
    """Nothing issued; the school has answered; its answer was judged."""
    with quick_district() as district:
        story = Review(district, new_campaign(tmp_path_factory.mktemp("new"), 1))
        story.by_google(google_publish="да")
        found = {"new": Moment.of(story)}
        story = found["new"].again(tmp_path_factory.mktemp("answered"))
        story.issue()
        story.later(20)
        story.consolidate()
        story.type("S01", "1.1", **GOOD)
        story.tick("S01")
        story.later(20)
        found["answered"] = Moment.of(story)
        story = found["answered"].again(tmp_path_factory.mktemp("reviewed"))
        story.consolidate()
        story.decide("S01", "1.1", "на доработку", REMARK)
        story.settings(google_publish="нет")
        found["reviewed"] = Moment.of(story)
        yield found


@pytest.fixture(scope="module")
def intended(
    moments: dict[str, Moment], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    """How everything stands after each act when nothing goes wrong."""
    found = {}
    for name, act in ACTS.items():
        story = moments[act.begin].again(tmp_path_factory.mktemp(name))
        act.do(story)
        found[name] = standing(story, name)
    return found


def standing(story: Review, act: str) -> dict[str, Any]:
    """Everything an act is to leave, however it came about."""
    shelf = story.district.emulator.shelf
    files = sorted(
        (one.name, sorted((who.holder, who.role) for who in one.permissions)) for one in shelf.files.values()
    )
    told: dict[str, Any] = {"files": files, "letters": sorted(one.to for one in shelf.letters)}
    if "S01" in story.sheets():
        answer = story.answer("S01")
        told["tabs"] = [
            (one["properties"]["title"], len(one.get("protectedRanges", ()))) for one in answer["sheets"]
        ]
        told["names"] = sorted(one["name"] for one in answer["namedRanges"])
        told["rows"] = story.report_in(answer).rows()
        told["tick"] = story.is_ticked_in(answer)
    told["issued"] = len(story.lines(Event.ISSUED))
    told["returned"] = [one.note for one in story.lines(Event.RETURNED)]
    told["received"] = len(story.lines(Event.RECEIVED))
    told["district"] = district_in_google(story) if act == "collect" else None
    return told


def district_in_google(story: Review) -> Any:
    file = story.district_file()
    book = GoogleWorkbook.opened(story.district.office, file)
    shown = [
        [
            [cell.text for cell, header in zip(row, table.headers, strict=True) if header != "Источник"]
            for row in table.rows
        ]
        for table in (book.read_table(one.name) for one in (ENTRIES, MATRIX, COMPLETENESS))
    ]
    tabs = story.district.office.read(file, "sheets(properties(title))")["sheets"]
    return shown, [one["properties"]["title"] for one in tabs]


@pytest.mark.parametrize("kinds", PASSING)
@pytest.mark.parametrize("act", ACTS)
def test_troubles_that_pass(
    moments: dict[str, Moment], intended: dict[str, dict[str, Any]], tmp_path: Path, act: str, kinds: str
) -> None:
    """The same run does all that was meant, once, and tells nothing."""
    story = moments[ACTS[act].begin].again(tmp_path)
    story.district.waits.clear()
    faults = [EachOnce.of(one) for one in PASSING[kinds]]
    story.district.emulator.faults.extend(faults)

    told = ACTS[act].do(story)

    story.district.emulator.faults.clear()
    asked = len(faults[0].met)
    assert story.district.calls() <= 2 * TRIES * asked
    assert sum(story.district.waits) <= PATIENCE * asked / 2
    assert told == ()
    assert standing(story, act) == intended[act]


@pytest.mark.parametrize("kind", LASTING)
@pytest.mark.parametrize("act", ACTS)
def test_a_trouble_that_lasts(
    moments: dict[str, Moment], intended: dict[str, dict[str, Any]], tmp_path: Path, act: str, kind: str
) -> None:
    """The run that meets it tells of it and gives up in time; the next one ends what it began."""
    story = moments[ACTS[act].begin].again(tmp_path)
    story.district.waits.clear()
    story.district.emulator.faults.append(LASTING[kind](EVERYTHING, FOR_EVER))

    told = failed(story, act)

    story.district.emulator.faults.clear()
    assert story.district.calls() <= 4 * TRIES
    assert sum(story.district.waits) <= 3 * PATIENCE
    assert told
    story.later(1)
    assert ACTS[act].do(story) == ()
    assert standing(story, act) == intended[act]


def failed(story: Review, act: str) -> tuple[Finding, ...]:
    """What a run tells that could not do it."""
    if act == "collect":
        result = story.consolidate()
        return (*result.findings, *(one for one in result.consolidation.findings if one.code > "G6"))
    return ACTS[act].do(story)


@pytest.mark.parametrize("act", ACTS)
def test_the_sign_in_is_revoked(
    moments: dict[str, Moment], intended: dict[str, dict[str, Any]], tmp_path: Path, act: str
) -> None:
    """In the middle of the run; after signing in anew one more run ends it."""
    story = moments[ACTS[act].begin].again(tmp_path)
    accounts = story.district.emulator.accounts
    story.district.emulator.faults.append(meanwhile(EVERYTHING, lambda: accounts.revoke(OFFICE), skip=1))

    told = failed(story, act)
    accounts.revoked.clear()

    assert {"G603"} & set(codes(told))
    assert ACTS[act].do(story) == ()
    assert standing(story, act) == intended[act]


@pytest.mark.parametrize("trouble", [no_storage, sharing_limit])
def test_limits_of_a_day(
    moments: dict[str, Moment],
    intended: dict[str, dict[str, Any]],
    tmp_path: Path,
    trouble: Callable[..., Fault],
) -> None:
    """No room for files, no more invitations: told at once, and done another day."""
    story = moments["new"].again(tmp_path)
    match = "POST /drive/v3/files$" if trouble is no_storage else "POST .*/permissions$"
    story.district.emulator.faults.append(trouble(match, FOR_EVER))
    story.district.waits.clear()

    told = story.issue().findings
    waited = sum(story.district.waits)
    story.district.emulator.faults.clear()
    story.later(60 * 24)
    again = story.issue().findings

    assert codes(told) == ["G608" if trouble is no_storage else "G607"]
    assert waited == 0
    assert again == ()
    assert standing(story, "issue") == intended["issue"]


# --- people in the middle of it


def test_the_share_is_lost_in_the_middle(
    moments: dict[str, Moment], intended: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    """The office may not open the school's sheet any more, and then may again."""
    for act in ("collect", "return"):
        story = moments[ACTS[act].begin].again(tmp_path / act)
        file = story.sheets()["S01"].file
        fault = forbidden(f"/v4/spreadsheets/{file}", FOR_EVER, skip=1 if act == "return" else 0)
        story.district.emulator.faults.append(fault)

        told = failed(story, act)
        story.district.emulator.faults.clear()

        assert set(codes(told)) & {"G606", "G627"}
        assert ACTS[act].do(story) == ()
        assert standing(story, act) == intended[act]


def test_a_tab_is_renamed_in_the_middle(moments: dict[str, Moment], tmp_path: Path) -> None:
    """Between our reading and our writing; rows are where they were."""
    story = moments["reviewed"].again(tmp_path)
    story.district.emulator.faults.append(meanwhile(WRITES, lambda: story.rename("S01", "Отчёт школы")))

    assert story.return_remarks().findings == ()
    assert story.return_remarks().findings == ()
    assert story.remarks("S01")["1.1"] == [f"На доработку: {REMARK}"]
    assert story.info("S01", story.add_up()) == GOOD["info"]


@pytest.mark.parametrize("act", ["collect", "return"])
def test_the_sheet_is_deleted_in_the_middle(moments: dict[str, Moment], tmp_path: Path, act: str) -> None:
    """Told, nothing that was read is lost, and issuing makes it anew with the school's answers in it."""
    story = moments["reviewed"].again(tmp_path)
    if act == "collect":
        story.type("S01", "1.2", status="в работе")
        story.later(20)
    file = story.sheets()["S01"].file
    gone = meanwhile(f"GET /v4/spreadsheets/{file}", lambda: story.district.emulator.shelf.files.pop(file))
    story.district.emulator.faults.append(gone)

    told = failed(story, act)
    issued = story.issue()
    returned = story.return_remarks()

    assert "G606" in codes(told)
    assert issued.sheets.written == ("S01 Липовская СОШ",)
    assert returned.findings == ()
    assert story.shown("S01", "1.1")["info"] == GOOD["info"]
    assert story.remarks("S01")["1.1"] == [f"На доработку: {REMARK}"]
    assert [one.name for one in story.files()].count("S01 Липовская СОШ") == 1


def test_two_editors_at_once(moments: dict[str, Moment], tmp_path: Path) -> None:
    """The school types and a colleague inserts a row while remarks are written."""
    story = moments["reviewed"].again(tmp_path)

    def both() -> None:
        story.type("S01", "1.2", info="Только что")
        story.insert_row("S01", "1.1")

    story.district.emulator.faults.append(meanwhile(WRITES, both))
    assert story.return_remarks().findings == ()

    assert story.remarks("S01") == {"1.1": [f"На доработку: {REMARK}"], "1.2": [""], "2.1": [""]}
    found = story.add_up()
    assert (story.info("S01", found), story.info("S01", found, "1.2")) == (GOOD["info"], "Только что")


# --- the power is gone


def test_returning_is_cut_off_anywhere(
    moments: dict[str, Moment], intended: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    """After any request; the next run ends as if nothing had happened, with one line in the journal."""
    for done in range(1, 9):
        story = moments["reviewed"].again(tmp_path / str(done))
        try:
            with cut_off_after(story, done):
                story.return_remarks()
        except CutOff:
            assert story.return_remarks().findings == ()
            assert standing(story, "return") == intended["return"]
            continue
        break

    assert done == 5


def test_taking_a_remark_back_is_cut_off_anywhere(moments: dict[str, Moment], tmp_path: Path) -> None:
    story = moments["reviewed"].again(tmp_path / "put")
    story.return_remarks()
    story.decide("S01", "1.1", "принято", "")
    moment = Moment.of(story)
    for done in range(1, 9):
        story = moment.again(tmp_path / str(done))
        try:
            with cut_off_after(story, done):
                story.return_remarks()
        except CutOff:
            story.return_remarks()
            assert story.remarks("S01")["1.1"] == [""]
            (note,) = [one.note for one in story.lines(Event.RETURNED)][1:]
            assert note == "записано 0, убрано 1, принятых закрыто 1, открыто снова 0"
            assert story.add_up()
            continue
        break

    assert done == 5
