"""Rows grow with their wrapped texts; a height a person set stays."""

from __future__ import annotations

import io

import openpyxl
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Alignment
from openpyxl.worksheet.table import Table

from sheetsync.workbooks.block_heights import Wrapped, heights_of
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Out, TableBody
from sheetsync.workbooks.text_lines import extents, height_of, line_count, line_counts, may_need_more

LONG = "Проведение педагогического совета по итогам внешних оценочных процедур. " * 4


def workbook(width: float, height: float | None = None) -> bytes:
    """One table of one column and three rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.column_dimensions["A"].width = width
    for row, text in enumerate(("Мероприятие", "первое", "второе", "третье"), 1):
        sheet.cell(row, 1, text).alignment = Alignment(wrap_text=True)
    if height:
        sheet.row_dimensions[2].height = height
    sheet.add_table(Table(displayName="tbl_plan", ref="A1:A4"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def heights(data: bytes, *texts: str) -> list[float | None]:
    file = ExcelFile.from_bytes(data)
    file.replace_table("tbl_plan", TableBody(("Мероприятие",), tuple((Out(text),) for text in texts)))
    sheet = openpyxl.load_workbook(io.BytesIO(file.to_bytes())).active
    return [sheet.row_dimensions[row].height for row in range(2, 2 + len(texts))]


def test_a_long_text_makes_its_row_tall_and_a_short_one_leaves_it() -> None:
    tall, usual = heights(workbook(30), LONG, "коротко")

    assert tall is not None
    assert tall > 100
    assert usual is None


def test_a_wider_column_needs_lower_rows() -> None:
    narrow, wide = heights(workbook(20), LONG)[0], heights(workbook(80), LONG)[0]

    assert narrow is not None
    assert wide is not None
    assert narrow > 2 * wide


def test_a_height_the_office_set_stays() -> None:
    assert heights(workbook(20, height=33), "первое")[0] == 33


def test_no_row_is_taller_than_excel_allows() -> None:
    assert heights(workbook(10), LONG * 20)[0] == 409


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="аШi 1\n", max_size=200), st.floats(2, 60), st.floats(0, 20))
def test_more_room_never_needs_more_lines(text: str, room: float, more: float) -> None:
    assert line_count(text, room + more) <= line_count(text, room)


LETTERS = "аШi№ 1\n\u00a0→\0😀"
texts = st.text(alphabet=LETTERS, max_size=200)
mixed = texts | st.lists(st.text(alphabet="аШi№1→", min_size=1, max_size=40), max_size=12).map(" ".join)
rooms = st.floats(2, 60)


@given(st.lists(mixed, min_size=1, max_size=6), st.lists(st.integers(1, 9), min_size=6, max_size=6), rooms)
@example(["№№", "11"], [1] * 6, 2.015625)
def test_a_text_that_needs_more_lines_than_there_are_is_asked(
    several: list[str], lines: list[int], room: float
) -> None:
    there = lines[: len(several)]
    asked = may_need_more(several, there, room)
    plain = may_need_more(several, there, room, is_plain=True) if "".join(several).isprintable() else asked
    more = {step for step, one in enumerate(several) if one and line_count(one, room) > there[step]}

    assert more <= set(asked)
    assert more <= set(plain)


def test_a_text_is_asked_only_where_lines_that_follow_one_another_may_be_so_many() -> None:
    short, long = "слово " * 12, "слово " * 20

    assert line_count(short, 20.0) == 2
    assert may_need_more([short, long], [3, 3], 20.0) == [1]
    assert may_need_more([f"{short}\nда\nда\nда"], [3], 20.0) == [0]


@given(st.lists(mixed.filter(str.isprintable), max_size=8), rooms)
def test_plain_texts_wrap_as_any_do(several: list[str], room: float) -> None:
    assert line_counts(several, room, is_plain=True) == line_counts(several, room)


@given(st.lists(st.text(alphabet="аЯё№ \0→", max_size=900), min_size=1, max_size=5))
def test_texts_are_as_long_together_as_one_by_one(several: list[str]) -> None:
    assert extents(several) == [extents([one])[0] for one in several]


@given(st.lists(st.tuples(mixed, mixed, mixed), min_size=1, max_size=8), rooms, st.floats(8, 30))
@example([("", "", "")] * 5 + [("", "", "1"), ("1", "", "№№"), ("11", "", "")], 2.015625, 8.0)
def test_rows_reckoned_together_are_as_tall_as_their_tallest_text(
    rows: list[tuple[str, str, str]], room: float, size: float
) -> None:
    columns = [Wrapped(room, size, one, list(filter(None, one))) for one in zip(*rows, strict=True)]
    tall = [max([15.0, *(height_of(line_count(one, room), size) for one in row if one)]) for row in rows]

    assert heights_of(columns, 15.0, len(rows)) == tall
    assert heights_of(columns, 15.0, len(rows)) == tall, "what is known is reckoned again"


@given(st.lists(mixed, max_size=8), rooms)
def test_texts_wrap_together_as_they_do_alone(several: list[str], room: float) -> None:
    assert line_counts(several, room) == [line_count(one, room) for one in several]


def test_a_word_longer_than_its_line_goes_on_in_the_next() -> None:
    long = "Ш" * 100

    assert line_count(long, 10.0) == 10
    assert line_count(f"да {long}", 10.0) == 11
