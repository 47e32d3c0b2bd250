"""A file opened in the fake is there as Excel would show it; a copy of it can be opened again."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.filters import FilterColumn, Filters
from openpyxl.worksheet.table import Table, TableColumn, TableFormula

from fake_excel import ComError, Engine, UncertainManner, document_of, grid, open_file
from fake_excel.areas import Rect


def a_file() -> bytes:
    """A workbook with one of everything the loader knows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "План"
    for row in (["№", "Срок", "Сумма"], ["1.10", datetime(2024, 2, 1), 5], ["2", None, None]):
        sheet.append(row)
    sheet["A2"].quotePrefix = True
    sheet["B2"].number_format = "dd.mm.yyyy"
    sheet["C3"] = "=_xlfn.CONCAT(A2,A3)"
    sheet["A2"].comment = Comment("заметка", "Район")
    sheet["A3"].hyperlink = "https://школа.рф/п#1"
    sheet["A3"].fill = PatternFill("solid", fgColor="FFFF0000")
    sheet["A3"].font = Font(bold=True, size=14)
    sheet["C2"].protection = Protection(locked=False)
    sheet.row_dimensions[2].height = 40
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].width = 33
    sheet.merge_cells("E1:F2")
    sheet.protection.sheet = True
    table = Table(displayName="tbl_plan", ref="A1:C3")
    table._initialise_columns()
    for column, name in zip(table.tableColumns, ["№", "Срок", "Сумма"], strict=True):
        column.name = name
    table.tableColumns[2] = TableColumn(id=3, name="Сумма")
    table.tableColumns[2].calculatedColumnFormula = TableFormula(attr_text="A2*2")
    table.autoFilter.filterColumn.append(FilterColumn(colId=0, filters=Filters(filter=["1.10"])))
    sheet.add_table(table)
    hidden = book.create_sheet("Тайна")
    hidden.sheet_state = "veryHidden"
    book.defined_names["место"] = DefinedName("место", attr_text="План!$B$2")
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def test_values_looks_and_surroundings_are_loaded(excel: Engine) -> None:
    book = open_file(excel, a_file())
    document = document_of(book)
    sheet = document.sheets[0]
    cells = grid(book)["План"]

    assert book.sheet_names == ["План", "Тайна"]
    assert book.sheets["План"].range("A2:C2").value == ["1.10", datetime(2024, 2, 1), 5.0]
    assert cells["A2"].prefix
    assert cells["A2"].note
    assert (cells["A2"].note.text, cells["A2"].note.author) == ("заметка", "Район")
    assert cells["A3"].link
    assert (cells["A3"].link.address, cells["A3"].link.inside) == ("https://школа.рф/п", "1")
    assert (cells["A3"].look.color, cells["A3"].look.font.bold) == ((255, 0, 0), True)
    assert cells["C3"].formula == "=CONCAT(A2,A3)"
    assert (cells["C2"].look.locked, cells["C3"].look.locked) == (False, True)
    assert (sheet.heights, sheet.widths) == ({2: 40.0}, {2: 33.0})
    assert (sheet.protected, sheet.merges, document.sheets[1].visible) == (True, [Rect(1, 5, 2, 6)], 2)
    assert book.names["место"].refers_to_range.value == datetime(2024, 2, 1)


def test_a_table_comes_with_its_filter_and_its_formulas(excel: Engine) -> None:
    """A row hidden under a filter is hidden by the filter: it comes back when the filter is lifted."""
    book = open_file(excel, a_file())
    state = document_of(book).sheets[0]
    state.protected = False
    table = book.sheets[0].tables["tbl_plan"]

    assert (table.range.address, state.tables[0].calculated) == ("$A$1:$C$3", {2: "=A2*2"})
    assert [one.values for one in table.autofilter.criteria if one.type != "none"] == [["1.10"]]
    assert book.sheets[0].range("3:3").rows.hidden is True
    table.autofilter.clear()
    assert book.sheets[0].range("3:3").rows.hidden is False


def test_a_copy_holds_what_is_on_the_screen(excel: Engine, tmp_path: Path) -> None:
    """Microsoft, «Workbook.SaveCopyAs»: unsaved changes are in the copy, the workbook stays unsaved."""
    book = open_file(excel, a_file(), path=tmp_path / "Район.xlsx")
    document_of(book).sheets[0].protected = False
    book.sheets[0].range("A5").value = "'новое"
    book.api.SaveCopyAs(str(tmp_path / "Копия.xlsx"))
    again = open_file(excel, tmp_path / "Копия.xlsx")

    assert again.sheets[0].range("A5").value == "новое"
    assert not (tmp_path / "Район.xlsx").exists()
    with pytest.raises(UncertainManner):
        book.api.SaveCopyAs(str(tmp_path / "Копия.bak"))
    with pytest.raises(ComError):
        book.api.SaveCopyAs(str(tmp_path / "нет" / "Копия.xlsx"))
