"""A document from an .xlsx: through openpyxl, which only tests may use for this."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell as FileCell
from openpyxl.cell.cell import MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from fake_excel.areas import Rect, rect_of
from fake_excel.document import (
    Cell,
    Document,
    Filter,
    Font,
    Link,
    Look,
    Name,
    Note,
    Program,
    Rule,
    Sheet,
    Table,
)
from fake_excel.typed import Fault, Held, serial
from sheetsync.workbooks.references import translated

VISIBILITY = {"visible": -1, "hidden": 0, "veryHidden": 2}


def load(path: Path, data: bytes, program: Program) -> Document:
    """The workbook as Excel holds it after opening the file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        formulas = openpyxl.load_workbook(BytesIO(data), keep_links=True)
        values = openpyxl.load_workbook(BytesIO(data), data_only=True)
    sheets = [_sheet(one, values[one.title]) for one in formulas.worksheets]
    document = Document(path, sheets, program, list(_names(formulas)), original=data)
    active = formulas.active and document.sheet(formulas.active.title)
    if active and active.visible == -1:
        document.active = active
    return document


def _sheet(written: Worksheet, shown: Worksheet) -> Sheet:
    sheet = Sheet(written.title, visible=VISIBILITY[written.sheet_state], protected=written.protection.sheet)
    for row in written.iter_rows():
        for cell in row:
            if isinstance(cell, FileCell):
                found = _cell(cell, shown.cell(cell.row, cell.column).value)
                if not found.is_blank:
                    sheet.cells[cell.row, cell.column] = found
    for line, row_size in written.row_dimensions.items():
        if row_size.height is not None:
            sheet.heights[line] = float(row_size.height)
        if row_size.hidden:
            sheet.hidden_rows.add(line)
    for column_size in written.column_dimensions.values():
        columns = range(column_size.min or 0, (column_size.max or -1) + 1)
        if column_size.customWidth:
            sheet.widths |= dict.fromkeys(columns, float(column_size.width))
        if column_size.hidden:
            sheet.hidden_columns |= set(columns)
    sheet.merges = [rect_of(one.coord) for one in written.merged_cells.ranges]
    sheet.tables = [_table(one) for one in written.tables.values()]
    sheet.rules = list(_rules(written))
    if written.auto_filter.ref:
        sheet.filter_area = rect_of(written.auto_filter.ref)
        sheet.filters = dict(_filters(written.auto_filter))
    _hidden_by_filters(sheet)
    if written.sheet_view.selection:
        sheet.selection = rect_of(str(written.sheet_view.selection[0].sqref).split(" ", maxsplit=1)[0])
    return sheet


def _cell(cell: FileCell | MergedCell, shown: Any) -> Cell:
    formula = _formula(cell.value, cell.coordinate) if cell.data_type == "f" else None
    found = Cell(
        value=_held(shown if formula else cell.value, cell.data_type),
        formula=formula,
        prefix=bool(cell.quotePrefix),
        look=_look(cell),
    )
    if cell.comment:
        found.note = Note(cell.comment.text, cell.comment.author or "")
    if cell.hyperlink:
        address, _, inside = (cell.hyperlink.target or "").partition("#")
        found.link = Link(address, cell.hyperlink.location or inside, cell.hyperlink.tooltip or "")
    return found


def _formula(value: Any, _at: str) -> str:
    if isinstance(value, ArrayFormula):
        value = value.text
    elif isinstance(value, DataTableFormula):
        value = "=TABLE()"
    return re.sub(r"_xl(?:fn|ws)\.", "", value if value.startswith("=") else f"={value}")


def _held(value: Any, kind: str) -> Held:
    if isinstance(value, datetime | date):
        return serial(value)
    if isinstance(value, time):
        clock = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
        return clock / timedelta(days=1)
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    if isinstance(value, str):
        return Fault(value) if kind == "e" else value or None
    return value if value is None or isinstance(value, bool) else float(value)


def _look(cell: FileCell | MergedCell) -> Look:
    """Not every format, but enough to tell whether a cell kept its own: the rest is in ``style``."""
    fill, font = cell.fill, cell.font
    solid = fill.fill_type == "solid" and isinstance(fill.fgColor.rgb, str)
    rgb = fill.fgColor.rgb[-6:] if solid else ""
    color = (int(rgb[:2], 16), int(rgb[2:4], 16), int(rgb[4:], 16)) if rgb else None
    return Look(
        number_format=cell.number_format,
        color=color,
        wrap=bool(cell.alignment.wrap_text),
        font=Font(
            name=font.name or "Calibri",
            size=float(font.size or 11),
            bold=bool(font.bold),
            italic=bool(font.italic),
            underline=2 if font.underline else -4142,
        ),
        style=cell.style if cell.style != "Normal" else "",
        locked=bool(cell.protection.locked),
    )


def _table(table: Any) -> Table:
    area = rect_of(table.ref)
    found = Table(
        table.displayName,
        area,
        [column.name for column in table.tableColumns],
        style=table.tableStyleInfo.name if table.tableStyleInfo else "",
        totals=bool(table.totalsRowCount),
        show_filter=table.autoFilter is not None,
    )
    for at, column in enumerate(table.tableColumns):
        if column.calculatedColumnFormula is not None:
            text = column.calculatedColumnFormula.attr_text
            found.calculated[at] = translated(text if text.startswith("=") else f"={text}", 0)
    if table.autoFilter is not None:
        found.filters = dict(_filters(table.autoFilter))
    return found


def _filters(written: Any) -> Iterator[tuple[int, Filter]]:
    for column in written.filterColumn:
        field = column.colId + 1
        if column.filters is not None:
            values = tuple(str(one) for one in column.filters.filter)
            yield field, Filter(field, "values", (*values, *([""] if column.filters.blank else [])))
        elif column.customFilters is not None:
            first = column.customFilters.customFilter[0]
            operator = {"equal": "equal_to", "notEqual": "not_equal_to"}.get(first.operator, first.operator)
            yield field, Filter(field, "comparison", (), operator, first.val)
        else:
            yield field, Filter(field, "unknown")


def _hidden_by_filters(sheet: Sheet) -> None:
    """A file keeps one flag for hidden rows: under a filter it means the filter."""
    bodies = [table.body for table in sheet.tables if table.filters]
    if sheet.filter_area and sheet.filters:
        bodies.append(sheet.filter_area)
    for row in list(sheet.hidden_rows):
        if any(body.top <= row <= body.bottom for body in bodies):
            sheet.hidden_rows.discard(row)
            sheet.filtered_out.add(row)


def _rules(written: Worksheet) -> Iterator[Rule]:
    for validation in written.data_validations.dataValidation:
        yield Rule(f"validation {validation.formula1}", _areas(validation.sqref))
    for number, formatting in enumerate(written.conditional_formatting):
        yield Rule(f"conditional {number}", _areas(formatting.sqref))


def _areas(ranges: Any) -> list[Rect]:
    return [rect_of(one) for one in str(ranges).split()]


def _names(book: Workbook) -> Iterator[Name]:
    for name, defined in book.defined_names.items():
        yield Name(name, f"={defined.attr_text}")
    for sheet in book.worksheets:
        for name, defined in sheet.defined_names.items():
            yield Name(name, f"={defined.attr_text}", sheet.title)
