"""What a copy holds in vain is left out before anything is made of it; what it says stays."""

from __future__ import annotations

import pytest

from attack_files import (
    HEAD,
    MAIN,
    SHEET,
    STRINGS,
    beside,
    row_xml,
    sheet_xml,
    strings_xml,
    with_sheet,
    workbook,
)
from attack_sheets import notes_part
from sheetsync.intake.gate import Admitted, inspect
from sheetsync.intake.limits import LIGHT
from sheetsync.intake.surplus import NOTES_READ
from sheetsync.workbooks.census import census
from sheetsync.workbooks.copies import open_copy

_PAINTED = "".join(
    f'<row r="{n}" spans="1:8" ht="15" customHeight="1"><c r="A{n}" s="17"/><c r="B{n}" s="18"/></row>'
    for n in range(10, 30_000)
)
_SAID = row_xml(1, "план") + row_xml(5, "ответ")
_LAST = row_xml(40_000, "далеко внизу")


def admitted(data: bytes) -> Admitted:
    verdict = inspect(data, LIGHT)
    assert isinstance(verdict, Admitted), verdict
    return verdict


def test_rows_that_are_only_painted_are_left_out() -> None:
    """A school scrolled down and coloured; the answers above and below are read as they were."""
    painted, clean = with_sheet(_SAID + _PAINTED + _LAST), with_sheet(_SAID + _LAST)

    assert len(admitted(painted).parts[SHEET]) == len(admitted(clean).parts[SHEET])
    assert open_copy(painted, "копия.xlsx").book == open_copy(clean, "копия.xlsx").book
    assert census(painted) == census(clean)


@pytest.mark.parametrize(
    "row",
    [
        '<row r="9"><c r="A9" s="1"><v>7</v></c></row>',
        '<row r="9"><c r="A9" s="1"><f>1+1</f></c></row>',
        '<row r="9"><c r="A9" t="inlineStr"><is><t>да</t></is></c></row>',
        '<row r="9" hidden="1"><c r="A9" s="1"/></row>',
    ],
)
def test_a_row_that_says_something_stays_among_painted_ones(row: str) -> None:
    part = admitted(with_sheet(_SAID + row + _PAINTED)).parts[SHEET].decode()

    assert row in part


@pytest.mark.parametrize(
    ("rows", "after"),
    [
        (_SAID + _PAINTED.replace('<row r="10"', "<row") + row_xml(40_000, "ниже"), ""),
        (_SAID + _PAINTED, "<!-- <row/> -->"),
    ],
)
def test_a_sheet_marked_up_in_some_unusual_way_stays_as_it_is(rows: str, after: str) -> None:
    """Where a row does not say which it is, the next one would become another."""
    data = with_sheet(rows, after=after)
    verdict = inspect(data)

    assert isinstance(verdict, Admitted)
    assert verdict.parts[SHEET].decode() == sheet_xml(rows, after=after)


def _with_texts(rows: str, *texts: str) -> bytes:
    return workbook({SHEET: sheet_xml(rows), STRINGS: strings_xml(*texts)})


_TEXTS = ("план", "ответ", *(f"лишний {n}" for n in range(60_000)))


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" t="s"><v>1</v></c>',
        '<c r="A1" s="3" t="s"><f>B1</f><v>1</v></c>',
        '<c r="A1" t="s" s="3"><v>1</v></c><c r="B1" t="s"/><c r="C1" t="s"><v/></c>',
    ],
)
def test_texts_no_cell_asks_for_are_left_out(cell: str) -> None:
    row = f'<row r="1">{cell}</row>'
    many, few = _with_texts(row, *_TEXTS), _with_texts(row, *_TEXTS[:2])

    assert admitted(many).parts[STRINGS.lower()] == admitted(few).parts[STRINGS.lower()]
    assert open_copy(many, "копия.xlsx").book == open_copy(few, "копия.xlsx").book
    assert census(many) == census(few)


def test_a_text_far_down_the_list_is_still_there() -> None:
    copy = open_copy(_with_texts('<row r="1"><c r="A1" t="s"><v>30000</v></c></row>', *_TEXTS), "копия.xlsx")

    assert copy.book is not None
    assert copy.book.sheets[0].at(1, 1).text == _TEXTS[30_000]


def test_more_texts_than_a_workbook_may_hold_do_no_harm_when_nobody_asks_for_them() -> None:
    crowd = "<si><t>x</t></si>" * 500_000
    strings = f"{HEAD}<sst {MAIN}><si><t>план</t></si>{crowd}</sst>"
    data = workbook({SHEET: sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), STRINGS: strings})

    copy = open_copy(data, "копия.xlsx")

    assert copy.book is not None
    assert copy.book.sheets[0].at(1, 1).text == "план"


@pytest.mark.parametrize(
    "sheet",
    [
        "<row r='1'><c r='A1' t='s'><v>30000</v></c></row>",
        '<row r="1"><c r="A1" t = "s"><v>30000</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v> 30000 </v></c></row>',
    ],
)
def test_texts_stay_where_it_is_not_plain_who_asks_for_them(sheet: str) -> None:
    verdict = inspect(_with_texts(sheet, *_TEXTS))

    assert isinstance(verdict, Admitted)
    assert _TEXTS[-1].encode() in verdict.parts[STRINGS.lower()]


def test_of_a_hundred_thousand_notes_the_first_are_read_and_the_rest_counted() -> None:
    data = beside("comments", lambda: notes_part(100_000))()

    copy = open_copy(data, "копия.xlsx")

    assert copy.book is not None
    assert sum(cell.comment is not None for cell in copy.book.sheets[0].cells.values()) == NOTES_READ
    (finding,) = copy.findings
    assert (finding.code, finding.params) == ("F113", (("notes", str(100_000 - NOTES_READ)),))
    assert len([one for one in census(data) if one.kind.name == "COMMENT"]) == NOTES_READ


def test_thousands_of_notes_are_read_all() -> None:
    copy = open_copy(beside("comments", lambda: notes_part(5_000))(), "копия.xlsx")

    assert copy.findings == ()
    assert copy.book is not None
    assert sum(cell.comment is not None for cell in copy.book.sheets[0].cells.values()) == 5_000


def test_a_part_that_unpacks_to_more_than_it_may_is_not_unpacked_at_all() -> None:
    bomb = with_sheet(row_xml(1, "x" * (60 << 20)))
    verdict = inspect(bomb)

    assert not isinstance(verdict, Admitted)
    assert "распаковывается" in verdict.what
