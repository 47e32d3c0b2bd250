"""The live workbook in a real LibreOffice, after what offices do to a sheet before they press the button."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.filters import FilterColumn, Filters

from office_workbook import TOP, entries_body, office_workbook
from sheetsync.columns import ENTRIES, ENTRIES_SHEET
from sheetsync.workbooks.excel_live.workbook import LiveWorkbook
from sheetsync.workbooks.libreoffice.beyond import BeyondLibreOffice

pytestmark = [pytest.mark.libreoffice, pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")]

ORDERS = [("k2", "k1", "k3"), ("k3", "новая", "k1", "k2"), ("k2",)]


def pressed(app: Any, place: Path, order: tuple[str, ...], change: Any) -> Any:
    """The sheet «Исполнение» after its rows got a new order; ``change`` is what the office had done."""
    book = openpyxl.load_workbook(io.BytesIO(office_workbook()))
    change(book[ENTRIES_SHEET])
    path = place / "Район.xlsx"
    book.save(path)
    opened = app.books.open(str(path))
    live = LiveWorkbook(opened, BeyondLibreOffice())
    with live.at_work():
        live.replace_table(ENTRIES.name, entries_body(*order))
    return opened.sheets[ENTRIES_SHEET]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("hidden", [TOP, TOP + 1])
def test_a_hidden_row_keeps_what_is_in_it(
    app: Any, tmp_path: Path, order: tuple[str, ...], hidden: int
) -> None:
    """LibreOffice copies nothing out of a hidden row: a school's answers and remarks were gone."""

    def hide(sheet: Any) -> None:
        sheet.row_dimensions[hidden].hidden = True

    sheet = pressed(app, tmp_path, order, hide)
    rows = range(TOP, TOP + len(order))
    key = f"k{hidden - TOP + 1}"

    assert [sheet.range((row, 6)).value for row in rows] == list(order)
    assert [sheet.range((row, 8)).value for row in rows] == [
        None if one == "новая" else f"заметка {one}" for one in order
    ]
    assert [one for one in order if sheet.range((TOP + order.index(one), 1)).rows.hidden] == [
        one for one in order if one == key
    ]
    sheet.book.close()


@pytest.mark.parametrize("order", ORDERS)
def test_a_hidden_column_keeps_what_is_in_it(app: Any, tmp_path: Path, order: tuple[str, ...]) -> None:
    def hide(sheet: Any) -> None:
        sheet.column_dimensions["H"].hidden = True

    sheet = pressed(app, tmp_path, order, hide)

    assert [sheet.range((TOP + at, 8)).value for at in range(len(order))] == [
        None if one == "новая" else f"заметка {one}" for one in order
    ]
    sheet.book.close()


@pytest.mark.parametrize("order", ORDERS[:2])
def test_a_filter_for_several_values_shows_them_all_again(
    app: Any, tmp_path: Path, order: tuple[str, ...]
) -> None:
    """Put back by filtering the cells, LibreOffice kept the first value alone and hid the other rows."""

    def ask_for_two(sheet: Any) -> None:
        asked = FilterColumn(colId=5, filters=Filters(filter=["k2", "k3"]))
        sheet.tables[ENTRIES.name].autoFilter.filterColumn.append(asked)
        sheet.row_dimensions[TOP].hidden = True

    sheet = pressed(app, tmp_path, order, ask_for_two)
    rows = range(TOP, TOP + len(order))

    assert [sheet.range((row, 6)).value for row in rows] == list(order)
    assert {one for at, one in enumerate(order) if not sheet.range((TOP + at, 1)).rows.hidden} == {"k2", "k3"}
    sheet.book.close()


@pytest.mark.parametrize(("order", "tall"), [(("k3", "новая", "k1", "k2"), 2), (("k2", "k1", "k3"), 1)])
def test_merged_cells_beside_follow_their_rows(
    app: Any, tmp_path: Path, order: tuple[str, ...], tall: int
) -> None:
    def merge(sheet: Any) -> None:
        sheet["N5"] = "обе школы"
        sheet.merge_cells("N5:N6")

    sheet = pressed(app, tmp_path, order, merge)
    cell = sheet.range((TOP + order.index("k1"), 14))

    assert (cell.value, cell.merge_area.shape) == ("обе школы", (tall, 1))
    sheet.book.close()


def test_rows_out_of_sight_stay_so_when_their_texts_change(app: Any) -> None:
    """Rows fitted to their new texts came into sight: those hidden by hand, and those a filter had hidden."""
    sheet = app.books.add().sheets[0]
    rows = sheet.book.impl.doc.Sheets.getByIndex(0).Rows
    rows.getByIndex(1).IsVisible = False
    rows.getByIndex(2).setPropertyValue("IsVisible", False)
    rows.getByIndex(2).setPropertyValue("IsFiltered", True)
    app.screen_updating = False
    sheet.range("A1:A5").value = [["по-новому"]] * 5
    app.screen_updating = True
    seen = [(rows.getByIndex(at).IsVisible, rows.getByIndex(at).IsFiltered) for at in range(5)]

    assert seen == [(True, False), (False, False), (False, True), (True, False), (True, False)]
    sheet.book.close()


def test_a_table_whose_rows_were_all_deleted_is_filled_again(app: Any, tmp_path: Path) -> None:
    """LibreOffice leaves such a table nothing but its header; a press broke off at it."""
    path = tmp_path / "Район.xlsx"
    path.write_bytes(office_workbook())
    opened = app.books.open(str(path))
    opened.sheets[ENTRIES_SHEET].range("5:7").delete("up")
    live = LiveWorkbook(opened, BeyondLibreOffice())
    with live.at_work():
        live.replace_table(ENTRIES.name, entries_body("k2", "k1"))

    assert [row[0].text for row in live.read_table(ENTRIES.name).rows] == ["Ясеневская школа"] * 2
    assert [row[-1].text for row in live.read_table(ENTRIES.name).rows] == ["k2", "k1"]
    opened.close()


def test_nothing_of_a_press_is_taken_back_by_halves(app: Any, tmp_path: Path) -> None:
    """Ctrl+Z took back the rows that had moved and left the values written into them."""

    def nothing(_: Any) -> None:
        pass

    sheet = pressed(app, tmp_path, ("k3", "новая", "k1"), nothing)
    steps = sheet.book.impl.doc.UndoManager

    assert not steps.isUndoPossible()
    assert not steps.isRedoPossible()
    sheet.book.close()
