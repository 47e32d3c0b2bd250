"""What offices do to a workbook before they press the button, and the live workbook bears it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from live_books import in_excel, texts

from fake_excel import Engine, document_of
from fake_excel.areas import Rect
from fake_excel.document import Document, Filter, Font, Sheet
from fake_excel.filtering import reapply
from office_workbook import TOP, entries_body, matrix_body, office_workbook
from sheetsync.columns import ENTRIES, ENTRIES_SHEET, MATRIX, MATRIX_SHEET, PANEL
from sheetsync.workbooks.excel_live.patience import WorkbookProtected
from sheetsync.workbooks.excel_live.workbook import LiveWorkbook
from sheetsync.workbooks.port import Out, Refusal

WORKBOOK = office_workbook()
NEW = entries_body("k3", "новая", "k1", "k2")


@pytest.fixture
def opened(excel: Engine) -> tuple[LiveWorkbook, Document, Sheet]:
    """The office's workbook, its document, and the sheet «Исполнение»."""
    live, document = in_excel(excel, WORKBOOK)
    sheet = document.sheet(ENTRIES_SHEET)
    return live, document, sheet


def keys(document: Document) -> list[object]:
    return texts(document, ENTRIES_SHEET, "F", TOP, TOP + 3)


def test_a_filter_is_on_again_and_no_row_was_skipped(opened: Any) -> None:
    """Rows hidden by the filter are moved and written like the others; then the filter hides anew."""
    live, document, sheet = opened
    table = sheet.tables[0]
    table.filters[6] = Filter(6, "values", ("k2", "новая"))
    reapply(sheet, table)
    assert sheet.filtered_out == {TOP, TOP + 2}
    with live.at_work():
        live.replace_table(ENTRIES.name, NEW)

    assert keys(document) == ["k3", "новая", "k1", "k2"]
    assert sheet.filtered_out == {TOP, TOP + 2}
    assert table.filters[6].values == ("k2", "новая")


def test_a_column_put_before_the_filtered_one_leaves_the_filter_on_its_column(opened: Any) -> None:
    """The filter belongs to a header, not to a number."""
    live, document, _ = opened
    sheet = document.sheet(MATRIX_SHEET)
    sheet.tables[0].filters[5] = Filter(5, "values", ("✗",))
    reapply(sheet, sheet.tables[0])
    with live.at_work():
        live.replace_table(MATRIX.name, matrix_body("Ясеневская", "Новая", "Берёзовская"))

    at = sheet.tables[0].headers.index("Берёзовская") + 1
    assert [(field, one.values) for field, one in sheet.tables[0].filters.items()] == [(at, ("✗",))]


def test_a_hidden_row_and_a_hidden_column_stay_hidden(opened: Any) -> None:
    live, _, sheet = opened
    sheet.hidden_rows.add(TOP)
    sheet.hidden_columns.add(3)
    with live.at_work():
        live.replace_table(ENTRIES.name, NEW)

    assert sheet.hidden_columns == {3}
    assert sheet.hidden_rows == {TOP + 2}


def test_a_protected_sheet_is_said_before_anything_is_written(excel: Engine, opened: Any) -> None:
    live, _, sheet = opened
    sheet.protected = True
    before = {spot: cell.copied() for spot, cell in sheet.cells.items()}
    with pytest.raises(WorkbookProtected) as caught, live.at_work():
        live.replace_table(ENTRIES.name, NEW)

    assert (caught.value.refusal, caught.value.where) == (Refusal.PROTECTED, ENTRIES_SHEET)
    assert sheet.cells == before
    assert (excel.program.screen_updating, excel.program.calculation) == (True, "automatic")


def test_a_selection_in_a_deleted_row_is_selected_again(opened: Any) -> None:
    live, document, sheet = opened
    document.active = sheet
    sheet.selection = Rect(TOP + 2, 2, TOP + 2, 3)
    with live.at_work():
        live.replace_table(ENTRIES.name, entries_body("k1"))

    assert document.active is sheet
    assert sheet.selection == Rect(TOP + 2, 2, TOP + 2, 3)


def test_a_selected_chart_is_no_trouble(excel: Engine, opened: Any) -> None:
    live, document, _ = opened
    excel.program.shape_selected = True
    document.active = document.sheet(PANEL)
    with live.at_work():
        live.replace_table(ENTRIES.name, NEW)

    assert keys(document) == ["k3", "новая", "k1", "k2"]


def test_a_renamed_table_is_found_by_its_headers(opened: Any, excel: Engine) -> None:
    live, document, sheet = opened
    sheet.tables[0].name = "Наш_свод"
    again = LiveWorkbook(live._book, live._beyond)

    assert again.find_again(ENTRIES.name, ENTRIES_SHEET, NEW.headers)
    again.replace_table(ENTRIES.name, NEW)
    assert keys(document) == ["k3", "новая", "k1", "k2"]


@pytest.mark.parametrize(
    ("order", "merged"),
    [
        (("k3", "новая", "k1", "k2"), {(TOP + 2, TOP + 3)}),
        (("k2", "k1", "k3"), set()),
        (("k1", "новая", "k2", "k3"), set()),
    ],
)
def test_merged_cells_beside_the_table_follow_their_rows(
    opened: Any, order: tuple[str, ...], merged: set[tuple[int, int]]
) -> None:
    """Two rows of the office's column merged, which Excel refuses to tear: apart, and together again.

    Their text is never out of sight under another cell of the merge.
    """
    live, document, sheet = opened
    sheet.merges.append(Rect(TOP, 14, TOP + 1, 14))
    sheet.edit(TOP, 14).value = "обе школы"
    with live.at_work():
        live.replace_table(ENTRIES.name, entries_body(*order))

    assert keys(document)[: len(order)] == list(order)
    assert {(one.top, one.bottom) for one in sheet.merges if one.left == 14} == merged
    assert sheet.at(TOP + order.index("k1"), 14).value == "обе школы"


def test_something_copied_before_the_press_is_not_inserted(excel: Engine, opened: Any) -> None:
    """The user pressed Ctrl+C and then the button: Insert would insert what was copied."""
    live, document, _ = opened
    excel.program.calculation = "manual"
    live._book.sheets[PANEL].range("A1").copy()
    with live.at_work():
        live.replace_table(ENTRIES.name, NEW)

    assert keys(document) == ["k3", "новая", "k1", "k2"]


def test_letters_of_linked_cells_stay_as_the_office_made_them(opened: Any) -> None:
    """Excel's style «Hyperlink» takes size and boldness away, not the colour alone."""
    live, document, _ = opened
    sheet = document.sheet(MATRIX_SHEET)
    for row, font in ((5, Font(size=14, bold=True)), (6, Font(size=8, color=255))):
        cell = sheet.edit(row, 4)
        cell.look = replace(cell.look, font=font)
    body = matrix_body("Ясеневская", "Берёзовская")
    linked = tuple(
        (*row[:3], Out("✓", link=f"#{ENTRIES_SHEET}!A{number}"), *row[4:])
        for number, row in enumerate(body.rows, start=5)
    )
    live.replace_table(MATRIX.name, msgspec.structs.replace(body, rows=linked))

    assert [sheet.at(row, 4).look.font.size for row in (5, 6)] == [14, 8]
    assert [sheet.at(row, 4).look.font.bold for row in (5, 6)] == [True, False]
    assert [sheet.at(row, 4).link.inside for row in (5, 6)] == [f"{ENTRIES_SHEET}!A5", f"{ENTRIES_SHEET}!A6"]


def test_one_block_is_written_for_one_run_of_our_columns(excel: Engine, opened: Any) -> None:
    """«Table bodies replaced in one block write each»: the office's column between parts it in two."""
    live, document, _ = opened
    excel.program.calls.clear()
    live.replace_table(ENTRIES.name, entries_body("a", "b", "c", "d"))

    written = [one.on for one in excel.program.calls.block_writes()]
    assert len(written) == 2
    assert document.saved == 0


def test_a_row_typed_right_under_the_table_is_not_taken_for_it(opened: Any) -> None:
    """Excel made the table larger itself when the row was typed; the next press keeps what is beside."""
    live, document, sheet = opened
    book = live._book
    bottom = sheet.tables[0].area.bottom
    book.sheets[ENTRIES_SHEET].range(f"F{bottom + 1}").value = "k9"

    assert sheet.tables[0].area.bottom == bottom + 1
    assert len(live.read_table(ENTRIES.name).rows) == 4
    assert document_of(book) is document
