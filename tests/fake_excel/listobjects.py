"""The rules of tables (ListObjects): what Excel refuses, and what it does by itself.

Evidence: Microsoft, «ListObject.Resize method» (the header stays in its row, the new range overlaps the
old one), «Overview of Excel tables», «Use calculated columns in an Excel table», «ListObjects.Add».
"""

from __future__ import annotations

from msgspec.structs import replace

from fake_excel.areas import Rect
from fake_excel.document import Document, Sheet, Table
from fake_excel.errors import UncertainManner, refused
from fake_excel.moving import Shift, change_formulas
from sheetsync.workbooks.references import Reference, translated

SHIFTS_A_TABLE = (
    "This operation is not allowed. The operation is attempting to shift cells in a table on your worksheet."
)
OVERLAPS = "A table cannot overlap another table."


def add(document: Document, sheet: Sheet, area: Rect, name: str | None, style: str) -> Table:
    """A new table over cells whose first row are the headers."""
    if area.rows < 2:
        area = area._replace(bottom=area.top + 1)
    if sheet.tables_at(area):
        raise refused(OVERLAPS)
    if any(merge.meets(area) for merge in sheet.merges):
        raise UncertainManner("ListObjects.Add over merged cells: Excel takes the merges apart")
    taken = {table.name.lower() for _, table in document.tables()}
    number = next(one for one in range(1, 10_000) if f"таблица{one}" not in taken)
    table = Table(f"Таблица{number}", area, [], style=style)
    sheet.tables.append(table)
    settle_headers(sheet, table)
    if name is not None:
        rename(document, table, name)
    return table


def rename(document: Document, table: Table, name: str) -> None:
    """A table's name is one of a kind in the workbook, and no name or cell is called so."""
    taken = {one.name.lower() for _, one in document.tables() if one is not table}
    taken |= {one.name.lower() for one in document.names}
    if not name or " " in name or name.lower() in taken or not (name[0].isalpha() or name[0] == "_"):
        raise refused("The name that you entered is not valid.")
    table.name = name


def resize(document: Document, sheet: Sheet, table: Table, area: Rect) -> None:
    """New borders of a table; no cell moves.

    A reference that covered exactly the rows of the body covers the rows of a body that grew.
    """
    if area.top != table.area.top or not area.meets(table.area):
        raise refused(
            "The header row must remain in the same row, and the resulting table must overlap the original table."
        )
    if area.rows < 2:
        raise refused("A table must have at least one row of data.")
    if any(other is not table and other.area.meets(area) for other in sheet.tables):
        raise refused(OVERLAPS)
    if any(merge.meets(area) for merge in sheet.merges):
        raise UncertainManner("ListObject.Resize over merged cells")
    if table.filters:
        raise UncertainManner("ListObject.Resize while a filter hides rows")
    old, body = table.area, table.body
    table.area, table.blank = area, False
    settle_headers(sheet, table)
    if area.bottom > old.bottom:
        _stretch(document, sheet, body, table.body.bottom)
    if old.left == area.left:
        fill_calculated(sheet, table, range(old.bottom + 1, area.bottom + 1))


def settle_headers(sheet: Sheet, table: Table) -> None:
    """Headers are texts, none is empty and none is there twice; Excel sees to it itself."""
    headers: list[str] = []
    for column in range(table.area.left, table.area.right + 1):
        cell = sheet.edit(table.area.top, column)
        text = _header_text(cell.value)
        if not text:
            numbers = range(1, len(table.headers) + table.area.columns + 2)
            text = next(one for n in numbers if _free(one := f"Столбец{n}", headers, sheet, table))
        elif text.lower() in (one.lower() for one in headers):
            text = next(one for n in range(2, 10_000) if _free(one := f"{text}{n}", headers, sheet, table))
        cell.value, cell.formula = text, None
        headers.append(text)
    table.headers = headers


def before_shift(shift: Shift) -> None:
    """Refuse what Excel refuses: cutting a table across, beheading it, moving cells of a filtered one."""
    growing = 0
    for table in shift.sheet.tables:
        if not shift.touches(table.area):
            continue
        if not shift.covers(table.area):
            raise refused(SHIFTS_A_TABLE)
        first, last = shift.along(table.area)
        if shift.by < 0:
            _before_delete(shift, table, first, last)
        inside = first < shift.at <= last
        growing += inside
        if inside and table.filters and shift.rows and not shift.whole:
            raise refused(SHIFTS_A_TABLE)
    if growing > 1 and shift.rows:
        raise refused(SHIFTS_A_TABLE)


def after_shift(shift: Shift) -> None:
    """Move the tables, give new columns a header and fill calculated columns."""
    sheet = shift.sheet
    for table in list(sheet.tables):
        if not shift.covers(table.area):
            continue
        old, new = table.area, shift.area(table.area)
        if new is None:
            sheet.tables.remove(table)
            continue
        table.area = new
        if shift.rows:
            if shift.by > 0 and new.rows > old.rows:
                fill_calculated(sheet, table, range(shift.at, shift.at + shift.by))
        elif new.columns != old.columns:
            _renumber(table, shift, old)
            settle_headers(sheet, table)


def fill_calculated(sheet: Sheet, table: Table, rows: range) -> None:
    """New rows of a table get the formulas of its calculated columns."""
    for at, formula in table.calculated.items():
        for row in rows:
            if table.body.top <= row <= table.body.bottom:
                cell = sheet.edit(row, table.area.left + at)
                cell.formula, cell.value = translated(formula, row - table.body.top), 0.0


def _stretch(document: Document, sheet: Sheet, body: Rect, bottom: int) -> None:
    home = sheet.name.lower()

    def longer(ref: Reference, on: str) -> Reference | None:
        first, last, left = ref.first_row, ref.last_row, ref.first_column
        right = ref.last_column or left
        exactly = first and last and left and right and (first.at, last.at) == (body.top, body.bottom)
        if not exactly or (ref.sheet or on).lower() != home:
            return ref
        assert left
        assert right
        assert last
        inside = body.left <= left.at and right.at <= body.right
        return replace(ref, last_row=replace(last, at=bottom)) if inside else ref

    change_formulas(document, longer)


def grow_beside(sheet: Sheet, written: Rect) -> None:
    """AutoCorrect.AutoExpandListRange: what is typed right under or beside a table joins it.

    Microsoft, «AutoCorrect.AutoExpandListRange property»; it works for VBA and COM as well.
    """
    for table in sheet.tables:
        area = table.area
        if not table.totals and _right_under(area, written):
            _grow(sheet, table, area._replace(bottom=written.bottom))
        elif written.left == area.right + 1 and area.top <= written.top <= area.bottom:
            _grow(sheet, table, area._replace(right=written.right))


def _right_under(area: Rect, written: Rect) -> bool:
    return written.top == area.bottom + 1 and written.left <= area.right and area.left <= written.right


def _grow(sheet: Sheet, table: Table, area: Rect) -> None:
    if any(other is not table and other.area.meets(area) for other in sheet.tables):
        return
    old, table.area = table.area, area
    settle_headers(sheet, table)
    fill_calculated(sheet, table, range(old.bottom + 1, area.bottom + 1))


def _before_delete(shift: Shift, table: Table, first: int, last: int) -> None:
    gone_first, gone_last = shift.at, shift.at - shift.by - 1
    if gone_first <= first and last <= gone_last:
        return
    if not shift.rows:
        return
    if gone_first <= first <= gone_last:
        raise refused(SHIFTS_A_TABLE)
    if gone_first == first + 1 and gone_last >= last:
        raise UncertainManner("the last body row of a table is deleted: one empty row stays, somewhere")
    hidden = shift.sheet.filtered_out & set(range(max(gone_first, first), min(gone_last, last) + 1))
    if hidden:
        raise UncertainManner(
            "rows hidden by a filter are among those to delete: Excel deletes only what is seen"
        )


def _renumber(table: Table, shift: Shift, old: Rect) -> None:
    moved = {at: shift.line(old.left + at) for at in table.calculated}
    table.calculated = {
        new - table.area.left: table.calculated[at] for at, new in moved.items() if new is not None
    }
    fields = {at: shift.line(old.left + at - 1) for at in table.filters}
    table.filters = {
        new - table.area.left + 1: table.filters[at] for at, new in fields.items() if new is not None
    }


def _header_text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    return str(value or "")


def _free(text: str, headers: list[str], sheet: Sheet, table: Table) -> bool:
    standing = [
        _header_text(sheet.at(table.area.top, column).value).lower()
        for column in range(table.area.left, table.area.right + 1)
    ]
    return text.lower() not in [*standing, *(one.lower() for one in headers)]
