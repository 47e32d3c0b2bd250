"""Insert, delete, cut and copy: what Excel's Range methods do to a sheet."""

from __future__ import annotations

from msgspec.structs import replace

from fake_excel import listobjects
from fake_excel.areas import MAX_COLUMN, MAX_ROW, Rect, checked
from fake_excel.document import Cell, Document, Sheet
from fake_excel.errors import UncertainManner, refused
from fake_excel.moving import Shift, change_formulas, move
from fake_excel.writing import may_change, may_rebuild, no_filter_hides
from sheetsync.workbooks.references import Axis, Reference, translated

MERGED = "We can't do that to a merged cell."


def insert(document: Document, sheet: Sheet, area: Rect, *, down: bool, look_after: bool) -> None:
    """``Range.Insert``: cells make room; the new ones look like those above (left), or after them.

    Microsoft, «Range.Insert method», ``xlFormatFromLeftOrAbove``.
    """
    may_rebuild(document, sheet)
    if document.program.clipboard:
        raise UncertainManner("something was copied and not pasted: Insert would insert the copied cells")
    shift = _shift(sheet, area, down, area.rows if down else area.columns)
    listobjects.before_shift(shift)
    move(document, shift)
    listobjects.after_shift(shift)
    _look_like_the_neighbour(shift, look_after)


def delete(document: Document, sheet: Sheet, area: Rect, *, up: bool) -> None:
    """``Range.Delete``: the cells go, what is behind them closes up."""
    may_rebuild(document, sheet)
    if sheet.filter_area and sheet.filters and sheet.filter_area.meets(area):
        no_filter_hides(sheet, area)
    shift = _shift(sheet, area, up, -(area.rows if up else area.columns))
    listobjects.before_shift(shift)
    move(document, shift)
    listobjects.after_shift(shift)


def copy(document: Document, sheet: Sheet, area: Rect, target_sheet: Sheet, target: Rect) -> None:
    """``Range.Copy(Destination)``: everything goes along; a larger destination is filled with repeats."""
    may_change(document, target_sheet, target)
    no_filter_hides(sheet, area)
    place = _destination(area, target)
    no_filter_hides(target_sheet, place)
    if any(table.area.within(area) for table in sheet.tables):
        raise UncertainManner("a whole table is copied: Excel makes a second one")
    if any(_beheads(table.area, place) for table in target_sheet.tables):
        raise UncertainManner("a copy is pasted over the header row of a table")
    cells = {spot: cell.copied() for spot, cell in sheet.inside(area)}
    heights, widths = dict(sheet.heights), dict(sheet.widths)
    _wipe(target_sheet, place)
    for row in range(place.top, place.bottom + 1, area.rows):
        for column in range(place.left, place.right + 1, area.columns):
            _stamp(cells, area, target_sheet, row - area.top, column - area.left)
    if area.whole_rows:
        for row in range(place.top, place.bottom + 1):
            _set(target_sheet.heights, row, heights.get(area.top + (row - place.top) % area.rows))
    if area.whole_columns:
        for column in range(place.left, place.right + 1):
            _set(target_sheet.widths, column, widths.get(area.left + (column - place.left) % area.columns))
    _copy_rules(sheet, area, target_sheet, place)
    document.program.clipboard = None


def paste_formats(document: Document, sheet: Sheet, area: Rect) -> None:
    """``PasteSpecial(xlPasteFormats)`` of what was copied."""
    source = document.program.clipboard
    if source is None:
        raise refused("PasteSpecial method of Range class failed")
    may_change(document, sheet, area)
    place = _destination(source.area, area)
    no_filter_hides(sheet, place)
    for row, column in place.spots():
        at = (
            source.area.top + (row - place.top) % source.area.rows,
            source.area.left + (column - place.left) % source.area.columns,
        )
        sheet.edit(row, column).look = source.sheet.at(*at).look


def cut(document: Document, sheet: Sheet, area: Rect, target: Rect) -> None:
    """``Range.Cut(Destination)`` on one sheet: cells move, and every reference to them follows.

    Of a larger area only the edge moves that was cut from side to side: it is stretched or shrunk.
    """
    may_rebuild(document, sheet)
    no_filter_hides(sheet, area)
    place = checked(Rect.sized(target.top, target.left, area.rows, area.columns))
    no_filter_hides(sheet, place)
    if any(not cell.is_empty for spot, cell in sheet.inside(place) if not area.holds(spot)):
        raise UncertainManner("Range.Cut onto cells that hold something: what referred to them becomes #REF!")
    for rect in (area, place):
        if any(merge.meets(rect) and not merge.within(rect) for merge in sheet.merges):
            raise refused(MERGED)
    if any(_beheads(table.area, area) or _beheads(table.area, place) for table in sheet.tables):
        raise UncertainManner("Range.Cut of a part of a table's header row")
    sheet.moved += [area, place]
    down, aside = place.top - area.top, place.left - area.left
    moved = {spot: sheet.cells.pop(spot) for spot, _ in list(sheet.inside(area))}
    _wipe(sheet, place)
    sheet.cells |= {(row + down, column + aside): cell for (row, column), cell in moved.items()}
    sheet.merges = [_aside(one, down, aside) if one.within(area) else one for one in sheet.merges]
    if area.whole_rows:
        for at in range(area.rows):
            _set(sheet.heights, place.top + at, sheet.heights.get(area.top + at))
    home = sheet.name.lower()

    def follow(ref: Reference, on: str) -> Reference | None:
        if (ref.sheet or on).lower() != home:
            return ref
        if not _rect(ref).within(area):
            return _edges_followed(ref, area, down, aside)
        return replace(
            ref,
            first_row=_by(ref.first_row, down),
            last_row=_by(ref.last_row, down),
            first_column=_by(ref.first_column, aside),
            last_column=_by(ref.last_column, aside),
        )

    change_formulas(document, follow)
    document.program.clipboard = None


def merge(document: Document, sheet: Sheet, area: Rect, across: bool) -> None:
    """``Range.Merge``: the upper-left value stays, the others go. No table lets its cells be merged."""
    may_rebuild(document, sheet)
    if sheet.tables_at(area):
        raise refused("We can't merge cells in a table.")
    if across or any(one.meets(area) and not one.within(area) for one in sheet.merges):
        raise UncertainManner("merging across, or over a part of merged cells")
    for spot, cell in sheet.inside(area):
        if spot != (area.top, area.left):
            cell.value = cell.formula = None
    sheet.merges = [*(one for one in sheet.merges if not one.within(area)), area]


def unmerge(document: Document, sheet: Sheet, area: Rect) -> None:
    """``Range.UnMerge``: every merge the area touches falls apart; the value stays in its first cell."""
    may_rebuild(document, sheet)
    sheet.merges = [one for one in sheet.merges if not one.meets(area)]


def _shift(sheet: Sheet, area: Rect, rows: bool, by: int) -> Shift:
    if rows:
        return Shift(sheet, True, area.top, by, area.left, area.right)
    return Shift(sheet, False, area.left, by, area.top, area.bottom)


def _look_like_the_neighbour(shift: Shift, look_after: bool) -> None:
    """Only formats are taken over; a whole new row is as high as its neighbour."""
    sheet = shift.sheet
    neighbour = shift.at + shift.by if look_after else shift.at - 1
    if neighbour < 1:
        return
    others = {
        (column if shift.rows else row): cell.look
        for (row, column), cell in list(sheet.cells.items())
        if (row if shift.rows else column) == neighbour
    }
    for line in range(shift.at, shift.at + shift.by):
        for other, look in others.items():
            if shift.low <= other <= shift.high:
                spot = (line, other) if shift.rows else (other, line)
                sheet.edit(*spot).look = look
        sizes = sheet.heights if shift.rows else sheet.widths
        if shift.whole and neighbour in sizes:
            sizes[line] = sizes[neighbour]


def _destination(area: Rect, target: Rect) -> Rect:
    """Where a paste lands: the copied shape, or as many repeats as the target holds exactly."""
    rows = target.rows if target.rows % area.rows == 0 else area.rows
    columns = target.columns if target.columns % area.columns == 0 else area.columns
    return checked(Rect.sized(target.top, target.left, rows, columns))


def _wipe(sheet: Sheet, place: Rect) -> None:
    if any(merge.meets(place) and not merge.within(place) for merge in sheet.merges):
        raise refused(MERGED)
    sheet.merges = [merge for merge in sheet.merges if not merge.meets(place)]
    for spot, _ in list(sheet.inside(place)):
        del sheet.cells[spot]


def _stamp(cells: dict[tuple[int, int], Cell], area: Rect, sheet: Sheet, down: int, aside: int) -> None:
    for (row, column), cell in cells.items():
        new = cell.copied()
        if new.formula:
            new.formula = translated(new.formula, down, aside)
        sheet.cells[row + down, column + aside] = new


def _copy_rules(sheet: Sheet, area: Rect, target_sheet: Sheet, place: Rect) -> None:
    """Validations and conditional formats over what was copied now lie over the copy as well."""
    for rule in list(sheet.rules):
        lying = [common for one in rule.areas if (common := one.common(area))]
        if not lying:
            continue
        new = [
            _aside(one, row - area.top, column - area.left)
            for one in lying
            for row in range(place.top, place.bottom + 1, area.rows)
            for column in range(place.left, place.right + 1, area.columns)
        ]
        if sheet is target_sheet:
            rule.areas.extend(one for one in new if not any(one.within(old) for old in rule.areas))


def _beheads(table: Rect, area: Rect) -> bool:
    """The area takes a part of a table's header row, not the whole table."""
    return table._replace(bottom=table.top).meets(area) and not table.within(area)


def _edges_followed(ref: Reference, area: Rect, down: int, aside: int) -> Reference:
    """A reference whose first or last row was cut: that end follows, unless the ends would change places."""
    referred = _rect(ref)
    first = referred._replace(bottom=referred.top).within(area)
    last = referred._replace(top=referred.bottom).within(area)
    if not (first or last):
        return ref
    top, bottom = referred.top + down * first, referred.bottom + down * last
    if aside or top > bottom:
        raise UncertainManner(f"Range.Cut takes an edge of {referred.address()} past the other or aside")
    return replace(ref, first_row=_by(ref.first_row, down * first), last_row=_by(ref.last_row, down * last))


def _aside(area: Rect, down: int, aside: int) -> Rect:
    return Rect(area.top + down, area.left + aside, area.bottom + down, area.right + aside)


def _set(sizes: dict[int, float], line: int, size: float | None) -> None:
    if size is None:
        sizes.pop(line, None)
    else:
        sizes[line] = size


def _rect(ref: Reference) -> Rect:
    top = ref.first_row.at if ref.first_row else 1
    left = ref.first_column.at if ref.first_column else 1
    bottom = (ref.last_row or ref.first_row).at if ref.first_row else MAX_ROW
    right = (ref.last_column or ref.first_column).at if ref.first_column else MAX_COLUMN
    return Rect(top, left, bottom, right)


def _by(axis: Axis | None, by: int) -> Axis | None:
    return axis and replace(axis, at=axis.at + by)
