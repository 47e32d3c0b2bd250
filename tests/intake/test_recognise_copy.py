"""Whose copy is it? Marks are lost, disagree, or speak of another plan; names and texts remain."""

from __future__ import annotations

import dataclasses
import re

import pytest
from issued_copies import HEADER_ROW, ORIGIN, filled, issued, the_plan
from msgspec.structs import replace

from sheetsync.columns import MARK_PROPERTY, MARKS, REPORT, FormCell
from sheetsync.findings import fact_of
from sheetsync.grid import Book, Cell, Sheet
from sheetsync.intake.known import Known
from sheetsync.intake.marks import (
    mark_property,
    printed_code,
    property_marks,
    read_mark_property,
    read_printed_code,
    sheet_marks,
)
from sheetsync.intake.read import CopyReading, read_copy
from sheetsync.model import Marks, Plan, Verdict

PLAN = the_plan()
KNOWN = Known.of(issued(PLAN, "S01"))


def read(book: Book, plan: Plan = PLAN) -> CopyReading:
    return read_copy(book, plan, ORIGIN, KNOWN)


def codes(reading: CopyReading) -> set[str]:
    return {finding.code for finding in reading.findings}


def whose(reading: CopyReading) -> list[str]:
    return [one.participant for one in reading.submissions]


def bare(book: Book) -> Book:
    """Only the report sheet, as pasted into a new workbook; the printed code is gone too."""
    report = book.sheets[0]
    cells = {at: cell for at, cell in report.cells.items() if read_printed_code(cell.text) is None}
    return Book(sheets=(dataclasses.replace(report, name="Лист1", cells=cells),))


def renamed(book: Book, name: str) -> Book:
    """Another name in the form's own cell."""
    report = book.sheets[0]
    cells = {**report.cells, (2, 2): Cell(name)}
    return replace(book, sheets=(dataclasses.replace(report, cells=cells), *book.sheets[1:]))


# --- marks as text ------------------------------------------------------------------------------


@pytest.mark.parametrize("marks", [Marks("KRTV", "S03", 1, 1), Marks("план 7/2023", "Школа 3", 12, 2)])
def test_marks_survive_being_written_and_read(marks: Marks) -> None:
    """Whatever code an office gives, property and printed line give it back."""
    assert read_mark_property(mark_property(marks)) == marks
    assert read_printed_code(printed_code(marks)) == replace(marks, version=None)


@pytest.mark.parametrize(
    "text",
    [
        "План KRTV · участник S03 · выпуск 1",
        "  план KRTV  участник S03, выпуск 1",
        "Код: План KRTV | участник S03 | выпуск 1.",
    ],
)
def test_a_printed_code_is_read_however_spaced(text: str) -> None:
    """Spaces, signs and neighbours do not matter."""
    assert read_printed_code(text) == Marks("KRTV", "S03", 1)


@pytest.mark.parametrize("text", ["", "План на 2023 год", "a/b/c", "участник S03"])
def test_other_texts_are_no_marks(text: str) -> None:
    """Ordinary words never become an identity."""
    assert read_printed_code(text) is None
    assert read_mark_property(text) is None


def test_no_sign_a_printed_line_may_be_written_in_is_missed_by_the_glance_before() -> None:
    signs = "".join(map(chr, range(0x110000)))
    for letter in "выпуск":
        alike = re.findall(letter, signs, re.IGNORECASE)

        assert {one.casefold() for one in alike} == {letter}


def test_the_hidden_sheet_speaks_without_names() -> None:
    """All defined names are lost: labels left of the values tell the marks."""
    book = replace(issued(PLAN, "S02"), names={})
    assert sheet_marks(book) == Marks("KRTV", "S02", 1, 1)


def test_a_foreign_property_is_ignored() -> None:
    """Somebody else's property of the same name is no mark."""
    assert property_marks(Book(sheets=(), properties={MARK_PROPERTY: "привет"})) is None


# --- one mark is enough -------------------------------------------------------------------------


def only_property(book: Book) -> Book:
    return replace(bare(book), properties=book.properties)


def only_sheet(book: Book) -> Book:
    return replace(bare(book), sheets=(*bare(book).sheets, book.sheets[-1]))


def only_code(book: Book) -> Book:
    return Book(sheets=(dataclasses.replace(book.sheets[0], name="Лист1"),))


@pytest.mark.parametrize("left", [only_property, only_sheet, only_code])
def test_any_one_mark_is_enough(left) -> None:  # type: ignore[no-untyped-def]
    """Two of three textual marks are gone: the third tells whose copy it is, without a warning."""
    book, _ = filled(PLAN, "S03")
    reading = read(left(book))
    assert whose(reading) == ["S03"]
    assert codes(reading) == set()


def test_without_marks_the_name_and_the_keys_decide() -> None:
    """Pasted into a new workbook: the name above the table is believed, and that is said."""
    book, _ = filled(PLAN, "S02")
    reading = read(bare(book))
    assert whose(reading) == ["S02"]
    assert codes(reading) == {"V204"}
    assert "Липовская" in fact_of(reading.findings[0])


def test_without_keys_the_words_of_the_rows_tell_the_plan() -> None:
    """Neither marks nor keys: titles tell the plan, with the share that agrees."""
    book = bare(filled(PLAN, "S02")[0])
    report = book.sheets[0]
    last = len(REPORT.columns)
    cells = {at: cell for at, cell in report.cells.items() if at[1] != last}
    reading = read(replace(book, sheets=(dataclasses.replace(report, cells=cells),)))
    assert whose(reading) == ["S02"]
    assert codes(reading) == {"V204", "V208"}


def test_a_name_in_other_words_is_recognised() -> None:
    """The school wrote its own name in its own way."""
    reading = read(renamed(bare(filled(PLAN, "S02")[0]), "Школа: МБОУ Липовская основная школа"))
    assert whose(reading) == ["S02"]


def test_an_unknown_name_is_not_guessed() -> None:
    """No marks, and a name nobody on the list bears: refused, with what stands there."""
    book = renamed(bare(filled(PLAN, "S02")[0]), "МБОУ «Дальняя СОШ № 9»")
    reading = read(book)
    assert reading.verdict is Verdict.UNRECOGNISED
    assert codes(reading) == {"V203"}


def test_an_unknown_code_is_not_guessed() -> None:
    """The mark names a participant the coordinator removed."""
    plan = replace(PLAN, participants=tuple(one for one in PLAN.participants if one.code != "S03"))
    reading = read(filled(PLAN, "S03")[0], plan)
    assert reading.verdict is Verdict.UNRECOGNISED
    assert codes(reading) == {"V209"}


def test_not_a_report_at_all() -> None:
    """A book about something else."""
    reading = read(Book(sheets=(Sheet("Лист1", {(1, 1): Cell("Меню столовой"), (2, 1): Cell("каша")}),)))
    assert reading.verdict is Verdict.UNRECOGNISED
    assert codes(reading) == {"V201"}


# --- disagreement -------------------------------------------------------------------------------


def test_marks_that_disagree_are_said_and_the_strongest_wins() -> None:
    """The property says one school, the hidden sheet and the code another."""
    book = filled(PLAN, "S03")[0]
    book = replace(book, properties={MARK_PROPERTY: mark_property(Marks("KRTV", "S01", 1, 1))})
    reading = read(book)
    assert whose(reading) == ["S01"]
    assert codes(reading) == {"V205"}
    assert "S03" in fact_of(reading.findings[0])


def test_a_neighbours_form_is_noticed_by_the_name() -> None:
    """A school filled its neighbour's form and typed its own name over."""
    reading = read(renamed(filled(PLAN, "S01")[0], "МБОУ «Заречная СОШ»"))
    assert whose(reading) == ["S01"]
    assert codes(reading) == {"V205"}


def test_the_offices_own_name_above_is_no_dispute() -> None:
    """The header names the office too: that is not whose report it is."""
    assert codes(read(filled(PLAN, "S01")[0])) == set()


def test_a_form_of_another_plan_is_refused() -> None:
    """Last year's form, though its rows may be the same."""
    reading = read(filled(the_plan("OLDX"), "S01")[0])
    assert reading.verdict is Verdict.UNRECOGNISED
    assert codes(reading) == {"V202"}


def test_another_plan_without_marks_is_refused() -> None:
    """No marks, and none of the activities is ours."""
    book = bare(filled(PLAN, "S01")[0])
    other = replace(
        PLAN,
        rows=tuple(
            replace(row, key=f"Z{row.key}", title=f"Ремонт кровли {at}") for at, row in enumerate(PLAN.rows)
        ),
    )
    reading = read(book, other)
    assert reading.verdict is Verdict.UNRECOGNISED
    assert codes(reading) <= {"V201", "V202"}


def test_an_older_issue_is_accepted_and_said() -> None:
    """Issued before the plan changed: rows that still exist are matched by key, others by title."""
    book, _ = filled(PLAN, "S01")
    rows = tuple(replace(row, key=f"N{at:02d}X") if at == 3 else row for at, row in enumerate(PLAN.rows))
    newer = replace(PLAN, rows=rows, issue=2)
    reading = read(book, newer)
    assert codes(reading) == {"V206"}
    submission = reading.submissions[0]
    assert submission.issue == 1
    assert "N03X" in {entry.activity for entry in submission.entries}


# --- several reports in one file ----------------------------------------------------------------


def test_three_schools_on_three_sheets() -> None:
    """A methodist gathered the forms of three schools into one book."""
    sheets = tuple(
        dataclasses.replace(filled(PLAN, code)[0].sheets[0], name=f"Отчёт {code}")
        for code in ("S01", "S02", "S03")
    )
    reading = read(Book(sheets=sheets))
    assert sorted(whose(reading)) == ["S01", "S02", "S03"]
    assert codes(reading) == {"V211"}
    for one in reading.submissions:
        expected = filled(PLAN, one.participant)[1]
        assert {(e.activity, key): f.text for e in one.entries for key, f in e.fields.items()} == expected


def test_two_schools_under_one_header() -> None:
    """Blocks of rows one under another, each headed by the school's name, no second header."""
    report = bare(filled(PLAN, "S01")[0]).sheets[0]
    last = max(row for row, _ in report.cells)
    second = bare(filled(PLAN, "S02")[0]).sheets[0]
    below = {
        (row - HEADER_ROW + last + 1, column): cell
        for (row, column), cell in second.cells.items()
        if row > HEADER_ROW
    }
    cells = {**report.cells, (last + 1, 1): Cell("МБОУ «Липовская ООШ»"), **below}
    reading = read(Book(sheets=(dataclasses.replace(report, cells=cells),)))
    assert sorted(whose(reading)) == ["S01", "S02"]
    for one in reading.submissions:
        expected = filled(PLAN, one.participant)[1]
        assert {(e.activity, key): f.text for e in one.entries for key, f in e.fields.items()} == expected


def under_one_header(*blocks: tuple[str, str]) -> Book:
    """Rows of several forms under one header, each block under the name of a school."""
    cells = {
        at: cell for at, cell in bare(filled(PLAN, "S01")[0]).sheets[0].cells.items() if at[0] == HEADER_ROW
    }
    row = HEADER_ROW + 1
    for name, code in blocks:
        body = {
            at: cell for at, cell in bare(filled(PLAN, code)[0]).sheets[0].cells.items() if at[0] > HEADER_ROW
        }
        cells |= {(row, 1): Cell(name)}
        cells |= {(at - HEADER_ROW + row, column): cell for (at, column), cell in body.items()}
        row = max(at for at, _ in cells) + 1
    return Book(sheets=(Sheet("Сводная", cells),))


def test_rows_under_a_name_on_no_list_go_to_nobody() -> None:
    """A methodist's table of three schools, one of which takes no part: its rows are set aside."""
    book = under_one_header(
        ("МБОУ «Кратовская СОШ № 1»", "S01"),
        ("МБОУ «Дальняя СОШ № 9»", "S02"),
        ("МБОУ «Заречная СОШ»", "S03"),
    )
    reading = read(book)

    assert whose(reading) == ["S01", "S03"]
    assert codes(reading) == {"V203", "V211"}
    for one in reading.submissions:
        expected = filled(PLAN, one.participant)[1]
        assert {(e.activity, key): f.text for e in one.entries for key, f in e.fields.items()} == expected
    aside = {one.text for one in reading.submissions[0].unplaced if one.participant is None}
    assert {text for (_, key), text in filled(PLAN, "S02")[1].items() if key == "info"} <= aside


def test_an_own_heading_like_a_school_cuts_no_ordinary_form() -> None:
    """A single report with a line «Школа № 5 приняла участие»: no other name, nothing is cut."""
    book, expected = filled(PLAN, "S01")
    report = book.sheets[0]
    last = max(row for row, _ in report.cells)
    cells = {**report.cells, (last + 1, 2): Cell("Школа № 5 приняла участие")}
    reading = read(replace(book, sheets=(dataclasses.replace(report, cells=cells), *book.sheets[1:])))

    (submission,) = reading.submissions
    assert {(e.activity, key): f.text for e in submission.entries for key, f in e.fields.items()} == expected
    assert codes(reading) == set()


def test_last_years_title_tells_another_period_when_all_marks_are_gone() -> None:
    """The same activities, the same school, «на 2022 год» in the title: not this year's report."""
    book = bare(filled(PLAN, "S02")[0])
    report = book.sheets[0]
    last = len(REPORT.columns)
    cells = {at: cell for at, cell in report.cells.items() if at[1] != last}
    title = PLAN.settings.plan_title.replace("2023", "2022")
    cells = {at: Cell(title) if cell.text == PLAN.settings.plan_title else cell for at, cell in cells.items()}
    assert title in {cell.text for cell in cells.values()}

    reading = read(replace(book, sheets=(dataclasses.replace(report, cells=cells),)))

    assert reading.verdict is Verdict.UNRECOGNISED
    assert codes(reading) == {"V202"}


def test_marks_of_several_that_nobody_bears_give_way_to_the_name() -> None:
    """The coordinator gave the participants other codes: the name above the table is still theirs."""
    plan = replace(
        PLAN,
        participants=tuple(
            replace(one, code=f"N{one.code}") if one.code == "S01" else one for one in PLAN.participants
        ),
    )
    reading = read(filled(PLAN, "S01")[0], plan)

    assert whose(reading) == ["NS01"]
    assert codes(reading) == {"V205"}


def test_the_marks_sheet_may_be_renamed() -> None:
    """The hidden sheet was shown and given another name; names of cells broke with it."""
    book = filled(PLAN, "S03")[0]
    marks = book.sheet(MARKS.sheet)
    assert marks
    reading = read(
        replace(only_sheet(book), sheets=(*bare(book).sheets, dataclasses.replace(marks, name="служебный")))
    )
    assert whose(reading) == ["S03"]


def test_a_broken_name_does_not_stop_reading() -> None:
    """A defined name points nowhere."""
    book = filled(PLAN, "S01")[0]
    reading = read(
        replace(book, names={**book.names, FormCell.READY: "#REF!", FormCell.PARTICIPANT: "Отчёт!$A"})
    )
    assert whose(reading) == ["S01"]
