"""A body written in blocks is the body a replacement writes; what blocks cannot keep is told beforehand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resaving
from office_workbook import HEADERS, office_workbook, parts, rebuilt, sheet_part
from sheetsync.columns import ENTRIES, ENTRIES_SHEET, FINDINGS, MATRIX
from sheetsync.workbooks.block_check import WrittenBook
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.excel_replace import TablePlace
from sheetsync.workbooks.long_table import Obstacle
from sheetsync.workbooks.port import Out, TableBody
from sheetsync.workbooks.row_blocks import NOTHING, Block, RowFormat, moved, unpacked
from sheetsync.workbooks.row_encoding import RowValue, encode_rows
from sheetsync.workbooks.templates import Template, template_bytes

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

Rows = Sequence[Sequence[RowValue]]
DISTRICT = template_bytes(Template.DISTRICT)


def row(number: int, /, **told: RowValue) -> tuple[RowValue, ...]:
    """One row of «Исполнение»."""
    usual: dict[str, RowValue] = {
        "participant": f"Школа №{number // 3}",
        "number": f"1.{number}",
        "title": "Провести совещание по итогам года. " * (number % 4 + 1),
        "due": date(2026, 5, number % 28 + 1),
        "status": ("выполнено", "в работе", "")[number % 3],
        "info": "Итоги подведены & приняты <к сведению>" if number % 2 else "Ёлка — «готово»",
        "link": Out(
            f"https://школа.example/{number}?a=1&b=2", link=f"https://школа.example/{number}?a=1&b=2"
        ),
        "done_on": None,
        "key": f"r{number}",
    }
    told = {**usual, **told}
    return tuple(told.get(one) for one in ENTRIES.keys)


ROWS = [
    *(row(number) for number in range(1, 9)),
    row(
        9,
        info="  два  пробела ",
        reason="=1+1",
        document="12.05.2026",
        findings="первое\nвторое\n\nчетвёртое",
    ),
    row(10, info="_x0041_ \x07 \U0001f600", status=7, document=2.5, reason=True, due="1 мая 2026"),
    row(
        11,
        due=date(1850, 1, 1),
        done_on=date(1900, 1, 5),
        remark="слово" * 60,
        link=Out("нет", link="#'Свод'!A1"),
    ),
    row(12, info=Out("42", formula="40+2"), remark=Out("см.", note="замечание\nпрограммы"), number=" "),
]


@cache
def with_looks() -> bytes:
    """A workbook that has every look a cell may need, so that none gets another number."""
    return in_blocks(DISTRICT, [row(0)])


def in_blocks(data: bytes, rows: Rows, table: str = ENTRIES.name, *, size: int = 5) -> bytes:
    book = ExcelFile.from_bytes(data)
    spec = ENTRIES if table == ENTRIES.name else FINDINGS
    place = book.long_table(table, spec.headers)
    assert place.obstacles == ()
    assert place.form is not None
    book.replace_blocks(place, tuple(blocks_of(place.form, place.body.top, rows, size)))
    return book.to_bytes()


def blocks_of(form: RowFormat, first: int, rows: Rows, size: int) -> Iterator[Block]:
    for at in range(0, len(rows), size):
        block = encode_rows(form, first, rows[at : at + size])
        first = block.next_row
        yield block


def replaced(data: bytes, rows: Rows, headers: tuple[str, ...] = ENTRIES.headers) -> bytes:
    book = ExcelFile.from_bytes(data)
    outs = tuple(tuple(one if isinstance(one, Out) else Out(one) for one in row) for row in rows)
    book.replace_table(ENTRIES.name, TableBody(headers, outs, (ENTRIES.column("participant").header, "key")))
    return book.to_bytes()


def seen(data: bytes) -> dict[str, Any]:
    """What openpyxl sees: values, looks, links, notes, heights and what is told of areas."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    found: dict[str, Any] = {}
    for sheet in book:
        for line in sheet.iter_rows():
            for cell in line:
                look = (str(cell.fill.fgColor.rgb), cell.number_format, cell.font.b, cell.quotePrefix)
                link = cell.hyperlink and (cell.hyperlink.target, cell.hyperlink.location)
                note = cell.comment and cell.comment.text
                found[f"{sheet.title}!{cell.coordinate}"] = (cell.value, look, link, note)
        heights = {number: one.height for number, one in sheet.row_dimensions.items()}
        rules = [
            (str(one.sqref), [rule.formula for rule in one.rules]) for one in sheet.conditional_formatting
        ]
        checks = [str(one.sqref) for one in sheet.data_validations.dataValidation]
        tables = dict(sheet.tables.items())
        found[sheet.title] = (heights, rules, checks, tables, sheet.dimensions, sheet.print_area)
    return found


def rows_written(data: bytes) -> bytes:
    return re.search(rb"<sheetData>.*</sheetData>", parts(data)[sheet_part(data, ENTRIES_SHEET)], re.DOTALL)[
        0
    ]


# --- the same as a replacement


def test_blocks_write_the_rows_a_replacement_writes_byte_for_byte() -> None:
    data = with_looks()

    assert rows_written(in_blocks(data, ROWS)) == rows_written(replaced(data, ROWS))


def test_the_workbook_around_them_is_the_same_too() -> None:
    once, twice = in_blocks(DISTRICT, ROWS), replaced(DISTRICT, ROWS)

    assert seen(once) == seen(twice)
    apart = {name for name, data in parts(once).items() if parts(twice)[name] != data}
    assert apart <= {f"xl/worksheets/{'sheet6.xml'}", "xl/worksheets/_rels/sheet6.xml.rels", "xl/styles.xml"}


@pytest.mark.parametrize("count", [0, 1, 12])
def test_a_body_grows_and_shrinks_as_a_replacement_makes_it(count: int) -> None:
    before = in_blocks(DISTRICT, ROWS[:7])

    assert seen(in_blocks(before, ROWS[:count])) == seen(replaced(before, ROWS[:count]))


def test_an_offices_order_of_columns_looks_and_rows_around_are_kept() -> None:
    book = openpyxl.load_workbook(io.BytesIO(DISTRICT))
    sheet = book[ENTRIES_SHEET]
    sheet["A1"] = "Отчёт района"
    sheet["A9"] = "Подписал"
    sheet["B9"] = "=COUNTA(C5:C5)"
    sheet.column_dimensions["C"].width = 60
    sheet["G5"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF00FF00")
    out = io.BytesIO()
    book.save(out)
    swapped = parts(out.getvalue())
    table = next(name for name, data in swapped.items() if b'"tbl_entries"' in data)
    text = swapped[table].decode()
    text = text.replace('name="Статус"', 'name="?"').replace('name="Дата исполнения"', 'name="Статус"')
    data = rebuilt(out.getvalue(), {table: text.replace('name="?"', 'name="Дата исполнения"').encode()})

    assert seen(in_blocks(data, ROWS)) == seen(replaced(data, ROWS))
    assert seen(in_blocks(data, ROWS))["Исполнение!A20"][0] == "Подписал"


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.one_of(st.text(max_size=80), st.dates(), st.none(), st.integers(), st.booleans()), max_size=6)
)
def test_any_values_are_written_alike(values: list[Any]) -> None:
    rows = [row(number, info=value, remark=value) for number, value in enumerate(values, start=1)]
    data = with_looks()

    assert rows_written(in_blocks(data, rows)) == rows_written(replaced(data, rows))


def test_what_a_cell_cannot_keep_is_refused() -> None:
    form = ExcelFile.from_bytes(DISTRICT).long_table(ENTRIES.name, ENTRIES.headers).form
    assert form is not None

    for value in ("а" * 32_768, float("nan"), Out("x", link="file:///etc/passwd")):
        with pytest.raises(ValueError, match=r"fit|hold|become"):
            encode_rows(form, 5, [row(1, info=value)])


def test_libreoffice_opens_it_and_sees_the_same(tmp_path: Path) -> None:
    files = {"blocks.xlsx": in_blocks(DISTRICT, ROWS), "whole.xlsx": replaced(DISTRICT, ROWS)}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)

    saved = resaving.saved_by_libreoffice(tmp_path, [tmp_path / name for name in files])
    blocks, whole = (
        ExcelFile.from_bytes(saved[name].read_bytes()).read_table(ENTRIES.name) for name in files
    )

    assert blocks == whole
    assert [line[-1].text for line in blocks.rows] == [f"r{number}" for number in range(1, 13)]


# --- blocks


def test_equal_blocks_give_equal_bytes_also_over_a_workbook_that_has_them() -> None:
    once = in_blocks(DISTRICT, ROWS)

    assert in_blocks(DISTRICT, ROWS) == once
    assert in_blocks(once, ROWS) == once
    assert in_blocks(in_blocks(DISTRICT, ROWS[:3]), ROWS) == once


def test_a_block_moves_to_another_place_as_if_written_there() -> None:
    form = ExcelFile.from_bytes(DISTRICT).long_table(ENTRIES.name, ENTRIES.headers).form
    assert form is not None
    text = '<c r="A5"> ref="I5" Id="linkI5"'
    rows = [row(1, info=text, remark=Out("x", note="y")), *ROWS[:4]]

    assert moved(encode_rows(form, 5, rows), 1234) == encode_rows(form, 1234, rows)


def test_blocks_must_follow_one_another() -> None:
    book = ExcelFile.from_bytes(DISTRICT)
    table = book.long_table(ENTRIES.name, ENTRIES.headers)
    assert table.form is not None

    with pytest.raises(ValueError, match="rows 7 follow 5"):
        book.replace_blocks(
            table, [encode_rows(table.form, 5, ROWS[:1]), encode_rows(table.form, 7, ROWS[:1])]
        )


def test_a_damaged_block_is_known() -> None:
    form = ExcelFile.from_bytes(DISTRICT).long_table(ENTRIES.name, ENTRIES.headers).form
    assert form is not None
    block = encode_rows(form, 5, ROWS)

    assert len(unpacked(block.rows)) == block.rows.size
    with pytest.raises(ValueError, match="damaged"):
        unpacked(block.rows._replace(crc=1))


def test_a_sheet_holds_so_many_links_and_the_rest_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sheetsync.workbooks.long_table.MAX_LINKS", 7)
    book = ExcelFile.from_bytes(DISTRICT)
    table = book.long_table(ENTRIES.name, ENTRIES.headers)
    assert table.form is not None

    put = book.replace_blocks(table, list(blocks_of(table.form, table.body.top, ROWS, 5)))
    found = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))[ENTRIES_SHEET]

    assert put.links_left == 5
    linked = [number for number in range(5, 17) if found.cell(number, 9).hyperlink]
    assert linked == list(range(5, 12))
    assert found["I16"].value == "https://школа.example/12?a=1&b=2"


def laid_out(rows: Rows) -> tuple[bytes, TablePlace, list[Block]]:
    """A workbook with these rows written in blocks of five, where they lie, and the blocks."""
    book = ExcelFile.from_bytes(DISTRICT)
    table = book.long_table(ENTRIES.name, ENTRIES.headers)
    assert table.form is not None
    blocks = list(blocks_of(table.form, table.body.top, rows, 5))
    book.replace_blocks(table, blocks)
    return book.to_bytes(), table.place, blocks


def test_a_written_body_is_checked_against_its_blocks() -> None:
    data, place, blocks = laid_out(ROWS)

    assert WrittenBook(data).laid(place, blocks) is not None
    assert not _holds(data, place, blocks[:-1])
    assert not _holds(data, place, blocks[1:])
    assert not _holds(data, place, [blocks[0], blocks[0]._replace(first_row=10), blocks[2]])
    assert not _holds(replaced(DISTRICT, ROWS), place, blocks)
    assert not _holds(data[:500], place, blocks)


@pytest.mark.parametrize("at", [0, 1, 3])
def test_a_block_without_rows_is_found_among_others_wherever_it_stands(at: int) -> None:
    data, place, blocks = laid_out(ROWS[:-1])
    row = [*(one.first_row for one in blocks), blocks[-1].next_row][at]
    with_empty = [*blocks[:at], Block(row, 0, NOTHING), *blocks[at:]]

    laid = WrittenBook(data).laid(place, with_empty)

    assert laid is not None
    assert list(laid.taken(data)) == with_empty


def test_no_rows_at_all_are_not_found() -> None:
    data, place, _ = laid_out(ROWS)

    assert not _holds(data, place, [])
    assert not _holds(data, place, [Block(5, 0, NOTHING)])


def _holds(data: bytes, place: TablePlace, blocks: Sequence[Block]) -> bool:
    return WrittenBook(data).laid(place, blocks) is not None


def test_blocks_are_taken_from_where_they_lie() -> None:
    data, place, blocks = laid_out(ROWS[:-1])
    laid = WrittenBook(data).laid(place, blocks)
    assert laid is not None

    taken = list(laid.taken(data))
    again = ExcelFile.from_bytes(DISTRICT)
    again.replace_blocks(again.long_table(ENTRIES.name, ENTRIES.headers), taken)

    assert taken == blocks
    assert again.to_bytes() == data


def test_blocks_with_notes_are_not_taken_from_where_they_lie() -> None:
    data, place, blocks = laid_out(ROWS)

    laid = WrittenBook(data).laid(place, blocks)

    assert laid is not None
    assert list(laid.taken(data)) == []


def painted(sheet: Any) -> None:
    sheet["C6"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF00FF00")


def hidden(sheet: Any) -> None:
    sheet.row_dimensions[6].hidden = True


def tall(sheet: Any) -> None:
    sheet.row_dimensions[6].height = 90


def beside(sheet: Any) -> None:
    sheet["T7"] = "заметка"


def merged(sheet: Any) -> None:
    sheet.merge_cells("C6:D6")


def noted(sheet: Any) -> None:
    sheet["C6"].comment = openpyxl.comments.Comment("спросить", "Куратор")


def pointed_at(sheet: Any) -> None:
    sheet["C40"] = "=C6"


def ruled(sheet: Any) -> None:
    rule = openpyxl.formatting.rule.FormulaRule(formula=["$C6=1"])
    sheet.conditional_formatting.add("C6:C7", rule)


@pytest.mark.parametrize(
    ("change", "obstacle"),
    [
        (painted, Obstacle.LOOKS),
        (hidden, Obstacle.LOOKS),
        (tall, Obstacle.LOOKS),
        (beside, Obstacle.NEIGHBOURS),
        (merged, Obstacle.MERGED),
        (noted, Obstacle.NOTES),
        (pointed_at, Obstacle.POINTERS),
        (ruled, Obstacle.POINTERS),
    ],
)
def test_a_row_that_means_more_than_its_values_is_no_row_of_a_block(change: Any, obstacle: Obstacle) -> None:
    low = [row(number, title="Совещание", info="", link="") for number in range(9)]
    book = openpyxl.load_workbook(io.BytesIO(in_blocks(DISTRICT, low)))
    change(book[ENTRIES_SHEET])
    out = io.BytesIO()
    book.save(out)

    assert (
        obstacle in ExcelFile.from_bytes(out.getvalue()).long_table(ENTRIES.name, ENTRIES.headers).obstacles
    )


@pytest.mark.parametrize("free", [0, 1, 3])
def test_a_table_that_reaches_the_end_of_a_sheet_is_looked_at_too(
    free: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    low = [row(number, title="Совещание", info="", link="") for number in range(9)]
    full = in_blocks(DISTRICT, low)
    body = ExcelFile.from_bytes(full).long_table(ENTRIES.name, ENTRIES.headers).body
    book = openpyxl.load_workbook(io.BytesIO(full))
    ruled(book[ENTRIES_SHEET])
    pointed = io.BytesIO()
    book.save(pointed)
    for module in ("excel_file", "fitting", "shift"):
        monkeypatch.setattr(f"sheetsync.workbooks.{module}.MAX_ROW", body.bottom + free)

    assert rows_written(in_blocks(full, low)) == rows_written(full)
    table = ExcelFile.from_bytes(pointed.getvalue()).long_table(ENTRIES.name, ENTRIES.headers)
    assert table.obstacles == (Obstacle.POINTERS,)


def test_a_column_of_the_offices_own_stands_in_the_way_when_it_holds_something() -> None:
    book = ExcelFile.from_bytes(office_workbook(3))

    assert Obstacle.COLUMNS in book.long_table(ENTRIES.name, HEADERS).obstacles


def test_a_column_that_is_not_there_yet_comes_by_a_replacement_first() -> None:
    book = ExcelFile.from_bytes(DISTRICT)

    table = book.long_table(MATRIX.name, (*MATRIX.headers, "Ясеневская школа"))

    assert table.obstacles == (Obstacle.COLUMNS,)


def test_looking_at_a_table_changes_nothing_around_it() -> None:
    book = ExcelFile.from_bytes(DISTRICT)

    book.long_table(ENTRIES.name, ENTRIES.headers)

    before, after = parts(DISTRICT), parts(book.to_bytes())
    assert {name for name in before if before[name] != after[name]} <= {"xl/styles.xml"}


# --- some columns of a table


def test_columns_are_read_as_the_whole_table_has_them() -> None:
    book = ExcelFile.from_bytes(in_blocks(DISTRICT, ROWS))
    asked = [ENTRIES.column(one).header for one in ("participant", "info", "due", "reason", "status", "key")]

    whole, some = book.read_table(ENTRIES.name), book.read_columns(ENTRIES.name, asked)
    places = [whole.headers.index(one) for one in some.headers]

    assert set(some.headers) == set(asked)
    assert some.rows == tuple(tuple(row[at] for at in places) for row in whole.rows)
    assert (some.sheet, some.first_row) == (whole.sheet, whole.first_row)


def test_a_linked_or_noted_column_is_read_with_its_links_and_notes() -> None:
    book = ExcelFile.from_bytes(in_blocks(DISTRICT, ROWS))

    links = book.read_columns(ENTRIES.name, [ENTRIES.column("link").header])
    remarks = book.read_columns(ENTRIES.name, [ENTRIES.column("remark").header])

    assert links.rows[0][0].links == ("https://школа.example/1?a=1&b=2",)
    assert remarks.rows[11][0].comment == "замечание\nпрограммы"


def test_columns_of_a_workbook_another_program_saved_are_read_too() -> None:
    book = openpyxl.load_workbook(io.BytesIO(in_blocks(DISTRICT, ROWS)))
    out = io.BytesIO()
    book.save(out)
    read = ExcelFile.from_bytes(out.getvalue())
    headers = [ENTRIES.column(one).header for one in ("key", "due")]

    whole, some = read.read_table(ENTRIES.name), read.read_columns(ENTRIES.name, headers)

    places = [whole.headers.index(one) for one in some.headers]
    assert some.rows == tuple(tuple(row[at] for at in places) for row in whole.rows)


@pytest.mark.parametrize("saved_by_another", [False, True])
def test_the_texts_of_columns_are_those_the_table_has(saved_by_another: bool) -> None:
    data = in_blocks(DISTRICT, ROWS)
    if saved_by_another:
        out = io.BytesIO()
        openpyxl.load_workbook(io.BytesIO(data)).save(out)
        data = out.getvalue()

    whole = ExcelFile.from_bytes(data).read_table(ENTRIES.name)
    texts = ExcelFile.from_bytes(data).column_texts(ENTRIES.name)

    assert tuple(texts) == whole.headers
    for at, header in enumerate(whole.headers):
        assert texts[header] == {row[at].text for row in whole.rows} - {""}, header


# --- long parts


def test_a_long_part_stays_compressed_and_is_kept_byte_for_byte() -> None:
    rows = [row(number, info=f"Исполнено в срок, отчёт {number}. " * 8) for number in range(1, 900)]
    data = in_blocks(DISTRICT, rows, size=60)
    part = sheet_part(data, ENTRIES_SHEET)
    assert len(parts(data)[part]) > 1 << 20
    book = ExcelFile.from_bytes(data)

    with zipfile.ZipFile(io.BytesIO(book.to_bytes())) as after, zipfile.ZipFile(io.BytesIO(data)) as before:
        assert after.testzip() is None
        assert after.getinfo(part).compress_size == before.getinfo(part).compress_size
        assert after.read(part) == before.read(part)
    assert in_blocks(data, rows, size=60) == data
