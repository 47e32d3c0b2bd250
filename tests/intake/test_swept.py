"""A sheet of the school's own in its copy: a few words are told one by one, thousands together."""

from __future__ import annotations

from issued_copies import ORIGIN, issued, the_plan
from msgspec.structs import replace

from sheetsync.findings import fact_of
from sheetsync.grid import Cell, Sheet
from sheetsync.intake.known import Known
from sheetsync.intake.read import read_copy
from sheetsync.model import Finding, Submission

PLAN = the_plan()
BLANK = issued(PLAN, "S01")
KNOWN = Known.of(BLANK)
OWN = "Свои данные"


def with_own_sheet(rows: int, columns: int, **changed: Cell) -> Submission:
    """The form with a sheet of the school's own; ``changed`` are some of its cells."""
    cells = {
        (row, column): Cell(f"запись {row}, графа {column}")
        for row in range(1, rows + 1)
        for column in range(2, columns + 2)
    }
    cells |= {(int(at[1:]), ord(at[0]) - 64): cell for at, cell in changed.items()}
    book = replace(BLANK, sheets=(*BLANK.sheets, Sheet(OWN, cells)))
    (found,) = read_copy(book, PLAN, ORIGIN, KNOWN).submissions
    return found


def told(found: Submission) -> list[Finding]:
    return [one for one in found.findings if one.origin.sheet == OWN]


def test_a_few_strays_are_told_with_their_words() -> None:
    found = with_own_sheet(1, 5)
    assert [one.code for one in told(found)] == ["R307"] * 5
    assert dict(told(found)[4].params)["value"] == "запись 1, графа 6"


def test_many_strays_of_a_sheet_are_one_finding_and_each_keeps_its_cell() -> None:
    found = with_own_sheet(3, 40)
    (one,) = told(found)
    assert (one.code, one.count, one.origin.cell) == ("R340", 120, "B1")
    assert "Свои данные" in fact_of(one)
    assert "B1:AO3" in fact_of(one)
    assert len({(stray.origin.cell, stray.text) for stray in found.unplaced}) == 120


def test_a_whole_table_goes_aside_row_by_row() -> None:
    """Six hundred values of a foreign sheet are two hundred rows of «Не размещено»."""
    found = with_own_sheet(200, 3)
    assert [one.count for one in told(found)] == [600]
    assert len(found.unplaced) == 200
    assert found.unplaced[1].text == "запись 2, графа 2 | запись 2, графа 3 | запись 2, графа 4"
    assert (found.unplaced[1].origin.cell, found.unplaced[1].origin.sheet) == ("B2:D2", OWN)


def test_a_row_that_could_not_be_told_apart_stays_cell_by_cell() -> None:
    """A bar in a text, a note, a link, a formula, a text of the office: such rows are not joined."""
    found = with_own_sheet(
        200, 3,
        B2=Cell("а | б"), B3=Cell("слово", comment="примечание"), B4=Cell("слово", links=("https://a.ru/1",)),
        B5=Cell("7", formula="3+4"), B6=Cell(PLAN.rows[0].title),
    )  # fmt: skip
    apart = {one.origin.cell for one in found.unplaced if ":" not in one.origin.cell}
    assert {cell[1:] for cell in apart} == {"2", "3", "4", "5", "6"}
    assert sum(":" in one.origin.cell for one in found.unplaced) == 195
