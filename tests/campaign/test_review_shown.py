"""The coordinator's review in the district workbook: decisions that stay, states that follow, older workbooks."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import coordinator as office
import district_fixture as district
import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from sheetsync import campaign
from sheetsync.columns import (
    COMPLETENESS,
    ENTRIES,
    LIGHTS,
    PAIRS,
    PARTICIPANTS,
    PLAN,
    AgreementWord,
    PanelCell,
    TableSpec,
)
from sheetsync.district.as_json import consolidation_as_json
from sheetsync.model import Plan, ReviewState, SchoolState
from sheetsync.workbooks.excel_file import ExcelFile

REMARK = "Приложите приказ"
ACCEPTED, REWORK = ENTRIES.column("decision").choices[:2]
REVIEW = ENTRIES.column("review").header


@pytest.fixture(scope="module")
def begun(issued: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One report has come and is shown."""
    place = Path(shutil.copytree(issued, tmp_path_factory.mktemp("begun") / issued.name))
    office.send(place, "S01")
    office.press(place)
    return place


@pytest.fixture
def come(begun: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(begun, tmp_path / begun.name))


def name_of(plan: Plan, code: str = "S01") -> str:
    return next(one.short_name for one in plan.participants if one.code == code)


def decide(place: Path, number: str, verdict: str, remark: str = "") -> None:
    name = name_of(district.plan_of(place))
    office.edit(place, lambda book: office.decide(book, name, number, verdict, remark))


def answer_anew(place: Path, *numbers: str, minute: int, info: str = "Переделано.") -> None:
    """The school sends its form again with other words in these rows."""
    answers = district.all_good(place, "S01")
    answers |= {number: {**district.GOOD, "info": f"{info} {minute}"} for number in numbers}
    office.send(place, "S01", f"S01 {minute}.xlsx", answers)
    office.press(place, minute)


def review(place: Path, number: str) -> str:
    return office.entries(place)[name_of(district.plan_of(place)), number][REVIEW]


def shown(place: Path, spec: TableSpec, key: str) -> dict[str, str]:
    """A column of a table by participant."""
    header, name = spec.column(key).header, spec.column("participant").header
    return {row[name]: row[header] for row in office.rows(place, spec.name)}


# --- decisions go on


def test_the_story_of_a_row(come: Path) -> None:
    """Answered, sent back, mended, accepted, changed, looked at again."""
    story = [review(come, "1.1")]
    decide(come, "1.1", REWORK, REMARK)
    office.press(come, 1)
    story.append(review(come, "1.1"))
    answer_anew(come, "1.1", minute=2)
    story.append(review(come, "1.1"))
    decide(come, "1.1", ACCEPTED)
    office.press(come, 3)
    story.append(review(come, "1.1"))
    answer_anew(come, "1.1", minute=4)
    story.append(review(come, "1.1"))
    decide(come, "1.1", ACCEPTED, "проверено повторно")
    office.press(come, 5)
    story.append(review(come, "1.1"))

    assert story == [
        ReviewState.WAITS,
        ReviewState.REWORK,
        ReviewState.MENDED,
        ReviewState.ACCEPTED,
        ReviewState.CHANGED,
        ReviewState.ACCEPTED,
    ]


def test_a_decision_taken_away_and_made_again_is_a_new_one(come: Path) -> None:
    decide(come, "1.1", ACCEPTED)
    office.press(come, 1)
    answer_anew(come, "1.1", minute=2)
    decide(come, "1.1", "")
    office.press(come, 3)
    decide(come, "1.1", ACCEPTED)
    office.press(come, 4)

    assert review(come, "1.1") == ReviewState.ACCEPTED


def test_a_remark_worded_anew_sends_a_mended_row_back_again(come: Path) -> None:
    decide(come, "1.1", REWORK, REMARK)
    office.press(come, 1)
    answer_anew(come, "1.1", minute=2)
    decide(come, "1.1", REWORK, "Приказ не подписан")
    office.press(come, 3)

    assert review(come, "1.1") == ReviewState.REWORK


def test_decisions_follow_their_rows_through_a_renumbered_plan(come: Path) -> None:
    """Numbers of the plan change places: a decision stays with the activity it was made on."""
    decide(come, "1.1", ACCEPTED)
    decide(come, "2.1", REWORK, REMARK)

    def renumber(book: Any) -> None:
        sheet = book[PLAN.sheet]
        column = office.column_of(sheet, PLAN.column("number").header)
        one, other = (office.row_of(sheet, number) for number in ("1.1", "2.1"))
        sheet.cell(one, column).value, sheet.cell(other, column).value = "2.1", "1.1"

    office.edit(come, renumber)
    office.press(come, 1)

    assert (review(come, "2.1"), review(come, "1.1")) == (ReviewState.ACCEPTED, ReviewState.REWORK)


def test_a_filtered_sheet_keeps_the_decisions_it_hides(come: Path) -> None:
    decide(come, "1.1", ACCEPTED)

    def filter_away(book: Any) -> None:
        sheet = book[ENTRIES.sheet]
        (table,) = sheet.tables.values()
        table.autoFilter.add_filter_column(office.column_of(sheet, "№") - 1, ["2.1"])
        for row in range(4, sheet.max_row + 1):
            sheet.row_dimensions[row].hidden = True

    office.edit(come, filter_away)
    answer_anew(come, "2.1", minute=1)

    assert review(come, "1.1") == ReviewState.ACCEPTED


# --- the whole report


def test_the_state_of_a_report_is_shown_everywhere(come: Path) -> None:
    name = name_of(district.plan_of(come))
    decide(come, "1.1", REWORK, REMARK)
    result = office.press(come, 1)

    panel = ExcelFile.from_bytes(office.data(come)).read_named(PanelCell.STATES).text
    document = consolidation_as_json(result.consolidation)
    assert shown(come, COMPLETENESS, "state")[name] == SchoolState.REWORK
    assert shown(come, LIGHTS, "state")[name] == SchoolState.REWORK
    assert panel == "не поступило — 3; на доработке — 1"
    assert {one["code"]: one["state"] for one in document["participants"]}["S01"] == SchoolState.REWORK
    assert ReviewState.REWORK in {one["review"] for one in document["entries"]}


def test_a_report_is_approved_by_a_day(come: Path) -> None:
    """Everything due is accepted, then the coordinator writes the day beside the school."""
    plan = district.plan_of(come)
    for row in plan.rows_of("S01"):
        decide(come, row.number, ACCEPTED)
    office.press(come, 1)
    accepted = shown(come, COMPLETENESS, "state")[name_of(plan)]

    def approve(book: Any) -> None:
        sheet = book[PARTICIPANTS.sheet]
        column = office.column_of(sheet, PARTICIPANTS.column("approved_on").header)
        sheet.cell(office.row_of(sheet, "S01"), column).value = "20.06.2026"

    office.edit(come, approve)
    approved = office.press(come, 2)
    state = shown(come, COMPLETENESS, "state")[name_of(plan)]
    answer_anew(come, "1.1", minute=3)

    assert (accepted, state) == (SchoolState.ACCEPTED, SchoolState.APPROVED)
    assert {"M711", "M713"} & set(office.codes(approved)) == set()
    assert "M713" in office.codes(office.press(come, 4))


# --- pairs


def with_curator(place: Path) -> None:
    """One school has a curator, and a row of the plan asks for their agreement."""

    def change(book: Any) -> None:
        people, plan = book[PARTICIPANTS.sheet], book[PLAN.sheet]
        curator = office.column_of(people, PARTICIPANTS.column("curator").header)
        people.cell(office.row_of(people, "S01"), curator).value = "Гимназия № 1"
        asked = office.column_of(plan, PLAN.column("evidence_asked").header)
        plan.cell(office.row_of(plan, "1.1"), asked).value = "соглашение"

    office.edit(place, change)


@pytest.mark.parametrize(
    ("document", "word"),
    [
        ("соглашение № 4 от 12.01.2026", AgreementWord.YES),
        ("соглашение о сотрудничестве", AgreementWord.WEAK),
        ("протокол № 7 от 12.01.2026", AgreementWord.OTHER),
        ("", AgreementWord.NO),
    ],
)
def test_a_pair_shows_its_agreement(place: Path, document: str, word: AgreementWord) -> None:
    with_curator(place)
    answers = district.all_good(place, "S01")
    office.send(place, "S01", answers={**answers, "1.1": {**district.GOOD, "document": document}})

    office.press(place)

    (pair,) = office.rows(place, PAIRS.name)
    told = [pair[PAIRS.column(key).header] for key in ("participant", "curator", "agreement", "state")]
    assert told == [name_of(district.plan_of(place)), "Гимназия № 1", word, SchoolState.RECEIVED]


def test_a_district_without_curators_hides_the_sheet_of_pairs(come: Path) -> None:
    book = openpyxl.load_workbook(office.workbook(come), read_only=True)

    assert book[PAIRS.sheet].sheet_state == "hidden"
    assert office.rows(come, PAIRS.name) == []
    book.close()


# --- workbooks made before all this


def without_column(book: Any, spec: TableSpec, key: str) -> None:
    """Take a column out of a table, as a workbook of an older version never had it."""
    sheet = book[spec.sheet]
    table = sheet.tables[spec.name]
    left, top, right, bottom = range_boundaries(table.ref)
    at = next(c for c in range(left, right + 1) if sheet.cell(top, c).value == spec.column(key).header)
    sheet.delete_cols(at)
    letters = get_column_letter
    table.ref = table.autoFilter.ref = f"{letters(left)}{top}:{letters(right - 1)}{bottom}"
    del table.tableColumns[at - left]


def without_state(book: Any) -> None:
    """«Панель» of an older version: three columns of lights, then what the office put beside."""
    sheet = book[LIGHTS.sheet]
    table = sheet.tables[LIGHTS.name]
    left, top, right, bottom = range_boundaries(table.ref)
    header, last = (LIGHTS.column(key).header for key in ("state", "note"))
    at = next(c for c in range(left, right + 1) if sheet.cell(top, c).value == header)
    for row in range(top, bottom + 1):
        sheet.cell(row, at).value, sheet.cell(row, at + 1).value = sheet.cell(row, at + 1).value, None
    letters = get_column_letter
    table.ref = table.autoFilter.ref = f"{letters(left)}{top}:{letters(right - 1)}{bottom}"
    del table.tableColumns[at - left]
    assert sheet.cell(top, at).value == last


def of_an_older_version(book: Any) -> None:
    without_column(book, ENTRIES, "review")
    for key in ("curator", "state"):
        without_column(book, COMPLETENESS, key)
    without_column(book, PARTICIPANTS, "approved_on")
    without_state(book)
    del book[PAIRS.sheet]
    del book.defined_names[PanelCell.STATES]


def test_an_older_workbook_gets_the_review_and_keeps_what_is_the_offices(come: Path, tmp_path: Path) -> None:
    """The new columns come at the right of ours; words and formulas of the office beside them stay."""
    name = name_of(district.plan_of(come))
    office.edit(come, of_an_older_version)

    def office_at_work(book: Any) -> None:
        sheet = book[ENTRIES.sheet]
        office.decide(book, name, "1.1", REWORK, REMARK)
        row = office.row_of(sheet, name, "1.1")
        sheet.cell(row, office.add_column(sheet, "Кто проверил")).value = "Петрова"
        beside = book[COMPLETENESS.sheet]
        beside.cell(4, 20).value = "звонили"

    office.edit(come, office_at_work)
    result = office.press(come, 1)

    row = office.entries(come)[name, "1.1"]
    assert (row[REVIEW], row["Решение"], row["Кто проверил"]) == (ReviewState.REWORK, REWORK, "Петрова")
    assert shown(come, COMPLETENESS, "state")[name] == SchoolState.REWORK
    assert set(office.rows(come, LIGHTS.name)[0]) == {"Участник", "Светофор", "Главное"}
    assert "звонили" in str(list(openpyxl.load_workbook(office.workbook(come))[COMPLETENESS.sheet].values))
    assert office.faults(office.data(come), tmp_path) == []
    assert result.written_to == office.workbook(come)
    assert campaign.consolidate(come, district.DUE, district.NOW).written_to is None
