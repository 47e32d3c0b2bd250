"""What is written into an open workbook is what stands there afterwards, byte for byte."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from live_books import in_excel

from fake_excel import Engine
from office_workbook import one_table
from sheetsync.grid import Cell
from sheetsync.workbooks.excel_live.values import assigned, cell_of, goes_alone, in_rows, shows
from sheetsync.workbooks.port import Out, OutValue, TableBody

TRICKY = (
    "=1+1", "1.10", "01.02.2024", "+7 900 000-00-00", "TRUE", "ИСТИНА", "'в кавычке'", "''", "5 мая", "май 2024",
    "1/2", "-", "--", "@все", "50%", "2024", " 7 ", "1,5", "1e5", "#Н/Д", "00123", "10:30", "1 000", "три\nстроки\n",
    "(5)", "$5", "я" * 8_300, "=" * 8_300, "🙂" * 5_000,
)  # fmt: skip


def test_texts_stay_texts(excel: Engine) -> None:
    live, document = in_excel(excel, one_table(("Что",)))

    live.replace_table("tbl", TableBody(("Что",), tuple((Out(text),) for text in TRICKY)))

    assert tuple(row[0].value for row in live.read_table("tbl").rows) == TRICKY
    assert not [cell for cell in document.sheets[0].cells.values() if cell.formula]


VALUES: tuple[OutValue, ...] = ("1.10", "=1+1", "01.02.2024", "'да", "просто", 7, 2.5, True)
CELLS_FOR = [(value, code) for value in VALUES for code in ("@", "General", "0.00")]


@pytest.mark.parametrize(("value", "number_format"), [*CELLS_FOR, ("1.10", "dd.mm.yyyy")])
def test_a_value_is_kept_whatever_the_cell_was_for(
    excel: Engine, value: OutValue, number_format: str
) -> None:
    live, document = in_excel(excel, one_table(("Что",), ("а",)))
    cell = document.sheets[0].edit(2, 1)
    cell.look = type(cell.look)(number_format=number_format)

    live.replace_table("tbl", TableBody(("Что",), ((Out(value),),)))

    assert live.read_table("tbl").rows[0][0].value == value


def test_days_are_days_in_the_format_of_their_column(excel: Engine) -> None:
    live, document = in_excel(excel, one_table(("Когда", "Ещё")))
    days: tuple[OutValue, ...] = (date(2024, 5, 1), datetime(2024, 5, 1, 13, 30), date(1800, 1, 1))
    document.sheets[0].edit(2, 1).look = type(document.sheets[0].edit(2, 1).look)(number_format="dd.mm.yyyy")

    live.replace_table("tbl", TableBody(("Когда", "Ещё"), tuple((Out(day), Out("x")) for day in days)))

    read = [row[0].value for row in live.read_table("tbl").rows]
    assert read == [date(2024, 5, 1), datetime(2024, 5, 1, 13, 30), "01.01.1800"]
    assert document.sheets[0].at(3, 1).look.number_format == "dd.mm.yyyy"


@pytest.mark.parametrize(
    ("value", "formula", "cell"),
    [
        (5.0, "5", Cell(5)),
        (2.5, "2.5", Cell(2.5)),
        ("=1+1", "=1+1", Cell("=1+1")),
        (2.0, "=1+1", Cell(2, "1+1")),
        (None, "", Cell(None)),
        (True, "TRUE", Cell(True)),
        (-2146826243, "=FILTER(A:A,B:B)", Cell("#SPILL!", "FILTER(A:A,B:B)")),
        (-2146826243.0, "-2146826243", Cell(-2146826243)),
        (datetime(2024, 5, 1), "45413", Cell(date(2024, 5, 1))),
        (datetime(1899, 12, 30, 9, 15), "0.38", Cell(time(9, 15))),
        (datetime(2024, 5, 1, 13, 29, 59, 999_700), "", Cell(datetime(2024, 5, 1, 13, 30))),
    ],
)
def test_cells_are_read_as_a_file_tells_them(value: object, formula: str, cell: Cell) -> None:
    assert cell_of(value, formula) == cell


def test_one_is_neither_truth_nor_a_text() -> None:
    assert shows(Cell(1), Out(1.0))
    assert not shows(Cell(1), Out(True))
    assert not shows(Cell(1), Out("1"))
    assert shows(Cell(None), Out(""))
    assert not shows(Cell(2, "1+1"), Out(2))


def test_an_apostrophe_stands_before_what_would_turn_and_nowhere_else() -> None:
    assert assigned(Out("1.10")) == "'1.10"
    assert assigned(Out("'в кавычке")) == "''в кавычке"
    assert assigned(Out("Педсовет № 5")) == "Педсовет № 5"
    assert goes_alone("🙂" * 4_001)


@pytest.mark.parametrize(
    ("found", "columns", "rows"),
    [("=A1", 1, [["=A1"]]), (("а", "б"), 2, [("а", "б")]), (("а", "б"), 1, [["а"], ["б"]]), ((("а",), ("б",)), 1, (("а",), ("б",)))],
)  # fmt: skip
def test_a_block_is_rows_however_a_program_flattens_it(found: object, columns: int, rows: object) -> None:
    assert in_rows(found, columns) == rows


@pytest.mark.parametrize("text", ["я" * 32_768, float("nan")])
def test_what_no_cell_holds_is_refused_before_anything_changes(excel: Engine, text: OutValue) -> None:
    live, _ = in_excel(excel, one_table(("Что",), ("а",)))

    with pytest.raises(ValueError, match="cell"):
        live.replace_table("tbl", TableBody(("Что",), ((Out("б"),), (Out(text),))))

    assert [row[0].value for row in live.read_table("tbl").rows] == ["а"]


@pytest.mark.parametrize("stays_in_sight", [True, False])
def test_a_column_for_texts_is_written_at_once_either_way(excel: Engine, stays_in_sight: bool) -> None:
    """What Excel does with an apostrophe in a cell of the format «Текстовый» is not certain."""
    excel.program.shows_apostrophe = stays_in_sight
    live, document = in_excel(excel, one_table(("№", "Ещё")))
    sheet = document.sheets[0]
    sheet.edit(2, 1).look = type(sheet.edit(2, 1).look)(number_format="@")
    numbers = [f"1.{number}" for number in range(1, 61)]
    live.replace_table("tbl", TableBody(("№", "Ещё"), tuple((Out(one), Out("x")) for one in numbers)))

    assert [row[0].value for row in live.read_table("tbl").rows] == numbers
    assert len(excel.program.calls.block_writes()) <= 2
