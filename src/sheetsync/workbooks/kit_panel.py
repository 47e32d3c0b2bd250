"""Where on «Панель» buttons and their answer stand: at the template's named cells, else in a free corner.

A workbook made before there were buttons, or a template an office restyled, has no such cells: the
corner is then found right of everything that stands at the top of the sheet, and named.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sheetsync.columns import BUTTONS, LIGHTS, PANEL, KitCell
from sheetsync.grid import Area, a1, area
from sheetsync.workbooks.button_shapes import areas_in
from sheetsync.workbooks.cells_xml import CellWriter
from sheetsync.workbooks.kit_buttons import GAP, NARROWEST, height_of
from sheetsync.workbooks.legacy_drawings import drawing_part
from sheetsync.workbooks.measures import Measures
from sheetsync.workbooks.note_shapes import NoteShapes
from sheetsync.workbooks.ooxml import WORKSHEET_ORDER, Element, append, child, children, descendants, placed
from sheetsync.workbooks.package import Package
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.references import MAX_COLUMN, fixed
from sheetsync.workbooks.sheet_xml import SheetXml
from sheetsync.workbooks.table_xml import TableXml
from sheetsync.workbooks.workbook_xml import SheetPlace, WorkbookXml

_STATUS_WIDTH: Final = 380
"""Pixels."""
_STATUS_ROWS: Final = 8
_FIRST_ROW: Final = 1
_EMU_A_PIXEL: Final = 9525


def fit_places(package: Package, workbook: WorkbookXml, writer: CellWriter, panel: SheetPlace) -> None:
    """Make sure that both named cells of the panel lead somewhere."""
    missing = [cell for cell in (KitCell.BUTTONS, KitCell.STATUS) if not workbook.leads(cell)]
    if not missing:
        return
    column = min(_last_column(package, panel) + 1, MAX_COLUMN - 1)
    measures = Measures(package.edit(panel.part))
    if KitCell.BUTTONS in missing:
        workbook.define(KitCell.BUTTONS, _target(panel, _FIRST_ROW, column))
    beside = measures.room(workbook.named_cell(KitCell.BUTTONS)[2], NARROWEST + 2 * GAP) + 1
    if KitCell.STATUS in missing:
        column = max(column, beside)
        right = measures.room(column, _STATUS_WIDTH)
        bottom = min(_STATUS_ROWS, _first_table_row(package, panel))
        _lay_status(package, writer, panel, Area(_FIRST_ROW, column, bottom, right))
        workbook.define(KitCell.STATUS, _target(panel, _FIRST_ROW, column))


def panel_of(package: Package, workbook: WorkbookXml) -> SheetPlace:
    """The sheet of the panel: by its name, else by its table, else the first."""
    sheets = workbook.sheets()
    named = (one for one in sheets if one.name.casefold() == PANEL.casefold())
    holding = (one for one in sheets if LIGHTS.name in _tables(package, one))
    return next(named, None) or next(holding, None) or sheets[0]


def _target(panel: SheetPlace, row: int, column: int) -> str:
    return fixed(Area(row, column, row, column), panel.name)


def _lay_status(package: Package, writer: CellWriter, panel: SheetPlace, place: Area) -> None:
    """One large cell that breaks lines: rows and columns keep their sizes, those of the table stay apart."""
    root = package.edit(panel.part)
    sheet = SheetXml(root)
    style = writer.styles.wrapped(sheet.style(place.top, place.left))
    sheet.put(place.top, place.left, writer.written(Out(), style, a1(place.top, place.left)))
    sheet.store()
    holder = placed(root, "mergeCells", WORKSHEET_ORDER)
    append(holder, "mergeCell", ref=place.ref)
    holder.set("count", str(len(children(holder, "mergeCell"))))


def _tables(package: Package, sheet: SheetPlace) -> dict[str, Area]:
    found = (TableXml(package.tree(part)) for part in package.related(sheet.part, "table"))
    return {table.name: table.area for table in found}


def _first_table_row(package: Package, panel: SheetPlace) -> int:
    return min((one.top for one in _tables(package, panel).values()), default=_STATUS_ROWS)


def _last_column(package: Package, panel: SheetPlace) -> int:
    """The last column of what stands or is drawn in the rows the buttons take."""
    root = package.tree(panel.part)
    bottom, _ = Measures(root).down(_FIRST_ROW, height_of(BUTTONS))
    return max((one.right for one in _occupied(package, panel) if one.top <= bottom), default=1)


def _occupied(package: Package, panel: SheetPlace) -> Iterator[Area]:
    root = package.tree(panel.part)
    for number, row in SheetXml(root).rows.items():
        filled = [column for column, cell in row.cells.items() if len(cell)]
        if filled:
            yield Area(number, 1, number, max(filled))
    yield from (area(one.get("ref")) for one in children(child(root, "mergeCells"), "mergeCell"))
    for drawing in package.related(panel.part, "drawing"):
        yield from _drawn(package.tree(drawing), Measures(root))
    shapes = drawing_part(package, panel.part)
    if shapes:
        yield from areas_in(NoteShapes(package.read(shapes)))


def _drawn(drawing: Element, measures: Measures) -> Iterator[Area]:
    """Where pictures, charts and shapes stand; one without a second corner tells its size."""
    for anchor in drawing:
        columns = [int(one.text) + 1 for one in descendants(anchor, "col")]
        rows = [int(one.text) + 1 for one in descendants(anchor, "row")]
        size = anchor.find("{*}ext")
        if not columns or not rows:
            continue
        if size is not None:
            columns.append(measures.across(columns[0], int(size.get("cx", "0")) // _EMU_A_PIXEL)[0])
        yield Area(min(rows), 1, max(rows), max(columns))
