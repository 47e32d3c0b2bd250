"""Tables read as values alone say what the general readers say, or step aside."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from markdown_book import xlsx_from
from sheetsync.columns import COMPLETENESS, ENTRIES
from sheetsync.district.bodies import body_of
from sheetsync.grid import Value
from sheetsync.workbooks import value_tables
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.templates import Template, template_bytes
from sheetsync.workbooks.value_cells import Unusual, WholeRows, lines_in, values_in
from sheetsync.workbooks.value_tables import ValueTables

ROWS = [
    {
        "participant": "СОШ & «Ручьи» <1>",
        "received": "да",
        "rows_due": 3,
        "filled_rate": 0.5,
        "received_on": date(2026, 6, 1),
    },
    {"participant": "=1+1", "received": "", "rows_due": 0, "light": "● в порядке\nвторая строка"},
    {"participant": "  с пробелами  ", "missing": -2, "evidenced_rate": 1e-7},
]


def district(rows: list[dict[str, object]] = ROWS) -> bytes:
    book = ExcelFile.from_bytes(template_bytes(Template.DISTRICT))
    book.replace_table(COMPLETENESS.name, body_of(COMPLETENESS, rows, ("participant",)))  # type: ignore[arg-type]
    book.write_named("panel_as_of", Out(date(2026, 6, 20)))
    return book.to_bytes()


def bare(value: Value) -> Value:
    """A value as a workbook keeps it: days are numbers, nothing is an empty text."""
    if isinstance(value, date):
        day = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return (day - datetime(1899, 12, 30)).days
    return None if value == "" else value


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            held = old.read(one)
            new.writestr(one.filename, change(held) if part in one.filename else held)
    return out.getvalue()


def assert_same(data: bytes, name: str) -> None:
    table, told = ValueTables(data).table(name), ExcelFile.from_bytes(data).read_table(name)
    assert table is not None
    expected = [tuple(bare(cell.value) for cell in row) for row in told.rows]
    assert (table.headers, table.sheet, table.first_row) == (told.headers, told.sheet, told.first_row)
    assert [tuple(map(bare, row)) for row in table.rows] == expected


def test_a_table_reads_as_the_engine_reads_it() -> None:
    assert_same(district(), COMPLETENESS.name)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)


@given(st.lists(st.tuples(TEXTS, st.integers(-9, 10**6), st.floats(0, 1)), min_size=1, max_size=4))
def test_any_values_read_as_the_engine_reads_them(told: list[tuple[str, int, float]]) -> None:
    rows = [{"participant": f"{text}!", "rows_due": one, "filled_rate": share} for text, one, share in told]

    assert_same(district(rows), COMPLETENESS.name)


def test_a_named_cell_and_the_length_of_a_table_are_known() -> None:
    book = ValueTables(district())

    assert bare(book.named("panel_as_of")) == bare(date(2026, 6, 20))
    assert book.named("no such name") is None
    assert book.rows_of(COMPLETENESS.name) == len(ROWS)
    assert book.table("tbl_nobodys") is None


def test_shared_strings_are_read() -> None:
    data = xlsx_from("## Лист\n| Имя | Число |\n| а & б | `5` |", tables={ENTRIES.name: ("Лист", "A1:B2")})
    table = ValueTables(data).table(ENTRIES.name)

    assert table is not None
    assert (table.headers, table.rows) == (("Имя", "Число"), (("а & б", 5),))


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("worksheets/sheet8.xml", lambda data: data.replace(b"<c r=", b"<c  r=", 1)),
        ("worksheets/sheet8.xml", lambda data: data.replace(b"<sheetData>", b"<!DOCTYPE a><sheetData>")),
        ("worksheets/sheet8.xml", lambda data: data.replace(b"</v></c>", b"</v><v>7</v></c>", 1)),
        ("worksheets/sheet8.xml", lambda data: data.replace(b'="inlineStr"', b'="z"')),
        ("worksheets/sheet8.xml", lambda data: data[: len(data) // 2]),
        ("worksheets/sheet8.xml", lambda data: data.replace("СОШ".encode(), b"\xff\xfe")),
        ("worksheets/sheet8.xml", lambda data: data.replace(b"&amp;", b"&bomb;")),
        ("xl/workbook.xml", lambda data: data.replace(b"<sheet ", b"<x:sheet ")),
        ("_rels/.rels", lambda data: b"<Relationships/>"),
        ("table8.xml", lambda data: data.replace(b'ref="A4', b'ref="A', 1)),
        ("table8.xml", lambda data: data.replace(b"<tableColumn ", b"<nothing ", 1)),
    ],
)
def test_whatever_is_written_otherwise_is_left_to_the_general_reader(
    part: str, change: Callable[[bytes], bytes]
) -> None:
    data = changed(district(), part, change)

    with pytest.raises(Unusual):
        ValueTables(data).table(COMPLETENESS.name)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip", district()[:-200]])
def test_what_is_no_package_is_unusual(data: bytes) -> None:
    with pytest.raises(Unusual):
        ValueTables(data)


def test_a_part_that_inflates_without_end_is_refused() -> None:
    data = changed(district(), "worksheets/sheet8.xml", lambda _: b"<sheetData>" + b" " * (50 << 20))

    with pytest.raises(Unusual):
        ValueTables(data).table(COMPLETENESS.name)


# --- long tables


@pytest.fixture(params=[1, 7, 300, 4096])
def cut_small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts are unpacked by so many bytes."""
    monkeypatch.setattr(value_tables, "_PIECE", request.param)


def rows_in_pieces(data: bytes, name: str) -> dict[int, tuple[Value, ...]]:
    """The rows that hold something, by their place on the sheet."""
    found = {}
    for one in ValueTables(data).pieces(name):
        for number, row in enumerate(one.rows, start=one.first_row):
            assert number not in found
            if any(value is not None for value in row):
                found[number] = row
    assert list(found) == sorted(found)
    return found


@pytest.mark.usefixtures("cut_small")
@given(told=st.lists(st.tuples(TEXTS, st.integers(0, 9)), min_size=1, max_size=12))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_table_in_pieces_is_the_table(told: list[tuple[str, int]]) -> None:
    data = district([{"participant": text, "rows_due": one} for text, one in told])
    table = ValueTables(data).table(COMPLETENESS.name)
    assert table is not None
    whole = {at: row for at, row in enumerate(table.rows, start=table.first_row) if any(map(is_told, row))}

    assert rows_in_pieces(data, COMPLETENESS.name) == whole


def is_told(value: Value) -> bool:
    return value is not None


@pytest.mark.usefixtures("cut_small")
def test_shared_strings_in_pieces_are_read() -> None:
    data = xlsx_from(
        "## Лист\n| Имя | Число |\n| а & б | `5` |\n| в | г |", tables={ENTRIES.name: ("Лист", "A1:B3")}
    )

    assert rows_in_pieces(data, ENTRIES.name) == {2: ("а & б", 5), 3: ("в", "г")}


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"</row></sheetData>", b"<c  r='Z9'/></row></sheetData>"),
        lambda data: data.replace(b"</row></sheetData>", b"<!-- --></row></sheetData>"),
        lambda data: data.replace(b"</worksheet>", b""),
        lambda data: data.replace(
            b"</row></sheetData>", b'</row><row r="5"><c r="A5"><v>1</v></c></row></sheetData>'
        ),
    ],
    ids=["a cell", "a remark", "no end", "a row above"],
)
@pytest.mark.usefixtures("cut_small")
def test_what_is_unusual_further_down_is_not_believed(change: Callable[[bytes], bytes]) -> None:
    data = changed(
        district([{"participant": f"СОШ {n}"} for n in range(40)]), "worksheets/sheet8.xml", change
    )

    with pytest.raises(Unusual):
        rows_in_pieces(data, COMPLETENESS.name)


def test_a_long_table_may_be_larger_than_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    data = district([{"participant": f"СОШ {n}"} for n in range(40)])
    read = rows_in_pieces(data, COMPLETENESS.name)
    monkeypatch.setattr(value_tables, "_PART_LIMIT", 9_000)
    book = ValueTables(data)

    with pytest.raises(Unusual):
        book.table(COMPLETENESS.name)
    assert len(read) == 40
    assert rows_in_pieces(data, COMPLETENESS.name) == read


def test_a_bomb_is_not_unpacked_in_pieces_either() -> None:
    bomb = b"<worksheet><sheetData>" + b'<row r="1"></row>' * (4 << 20) + b"</sheetData></worksheet>"
    data = changed(district(), "worksheets/sheet8.xml", lambda _: bomb)

    with pytest.raises(Unusual):
        rows_in_pieces(data, COMPLETENESS.name)


# --- rows written whole

CELLS = st.sampled_from(
    [
        ' s="3"/>',
        "/>",
        ' s="3" t="inlineStr"><is><t>школа</t></is></c>',
        ' t="inlineStr"><is><t xml:space="preserve"> a &amp; b&#10;_x000D_ </t></is></c>',
        ' t="inlineStr"><is><t></t></is></c>',
        ' t="inlineStr"><is><r><t>два</t></r></is></c>',
        ' s="3"><v>45869</v></c>',
        "><v>0.5</v></c>",
        "><v></v></c>",
        "><v>no number</v></c>",
        ' t="inlineStr"><is><t>&bomb;</t></is></c>',
        ' t="s"><v>1</v></c>',
        ' t="str"><f>A1</f><v>7</v></c>',
        ' t="b"><v>1</v></c>',
    ]
)


@st.composite
def markup_of_rows(draw: st.DrawFn) -> str:
    """A sheet of rows of B:D: most are whole, some lack a cell, have one beside or stand there twice."""
    rows = []
    for number in draw(st.lists(st.integers(5, 9), max_size=4)):
        letters = draw(st.sampled_from(["BCD", "BCD", "BCD", "BD", "BCDE", "ABCD", "BDC"]))
        inside = "".join(f'<c r="{letter}{number}"{draw(CELLS)}' for letter in letters)
        rows.append(f'<row r="{number}" ht="15">{inside}</row>')
    return f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>"


def told_or_not(lines: Callable[[], dict[int, tuple[Value, ...]]]) -> object:
    try:
        return lines()
    except Unusual:
        return Unusual


@given(markup_of_rows())
@settings(max_examples=300)
def test_rows_written_whole_say_what_their_cells_say(markup: str) -> None:
    def by_cells() -> dict[int, tuple[Value, ...]]:
        (rows,) = values_in([markup], "общая {}".format)
        return those_told({number: tuple(map(row.get, range(2, 5))) for number, row in rows.items()})

    def by_lines() -> dict[int, tuple[Value, ...]]:
        (lines,) = lines_in([markup], "общая {}".format, 2, 4)
        return those_told(lines)

    assert told_or_not(by_lines) == told_or_not(by_cells)


def those_told(lines: dict[int, tuple[Value, ...]]) -> dict[int, tuple[Value, ...]]:
    return {number: row for number, row in lines.items() if any(map(is_told, row))}


def test_rows_of_the_tool_are_whole() -> None:
    row = '<row r="{0}" ht="15"><c r="B{0}" s="3" t="inlineStr"><is><t>а</t></is></c><c r="C{0}" s="2"><v>5</v></c></row>'

    assert WholeRows(2, 3).lines(row.format(5) + row.format(7)) == {5: ("а", 5), 7: ("а", 5)}
    assert not WholeRows(2, 3).lines(row.format(5) + row.format(5))
    assert not WholeRows(2, 4).lines(row.format(5))
