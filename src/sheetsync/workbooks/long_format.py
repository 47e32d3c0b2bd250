"""How the rows of a long body are written, read from the rows that are there: all of them look alike."""

from __future__ import annotations

from collections.abc import Mapping

from sheetsync.grid import Area, column_letters
from sheetsync.workbooks.ooxml import Element, child, children
from sheetsync.workbooks.package import Package
from sheetsync.workbooks.row_blocks import ColumnFormat
from sheetsync.workbooks.row_heights import DEFAULT_WIDTH, RowHeights, column_widths
from sheetsync.workbooks.sheet_frame import BodyLooks, row_attributes
from sheetsync.workbooks.sheet_xml import column_number
from sheetsync.workbooks.styles_xml import Styles
from sheetsync.workbooks.table_layout import Layout


def columns_of(
    root: Element, looks: BodyLooks, table: tuple[Layout, Area], styles: Styles, package: Package
) -> tuple[ColumnFormat, ...] | None:
    """The columns of a table, told by its layout and body; None when cells of one column look different."""
    layout, body = table
    places = range(body.left, body.left + len(layout.columns))
    found = styles_by_column(looks)
    if looks.cell_count < (body.bottom - body.top + 1) * len(places):
        found = {one: {*found.get(one, ()), _style_of_column(root, one)} for one in places}
    usual = [_one_of(found[one], styles) for one in places]
    related = [_related(one, styles) for one in usual if one is not None]
    if len(related) < len(usual):
        return None
    heights, widths = RowHeights(package), column_widths(root)
    made = []
    for at, column, looks_of_cells in zip(places, layout.columns, related, strict=True):
        look = heights.look(looks_of_cells[0])
        room = look.room(widths.get(at, DEFAULT_WIDTH))
        made.append(ColumnFormat(column_letters(at), column.declared, *looks_of_cells, room, look.size))
    return tuple(made)


def _related(style: int, styles: Styles) -> tuple[int, int, int]:
    """A style as it is, for a text that must stay one, and for a day."""
    quoted = styles.relative(style, date=False, quoted=True)
    return style, quoted, styles.relative(style, date=True, quoted=False)


def styles_by_column(looks: BodyLooks) -> Mapping[int, set[int]]:
    """The styles of the cells of each column."""
    found: dict[int, set[int]] = {}
    for one in looks.cells:
        found.setdefault(column_number(one.letters), set()).add(one.style)
    return found


def row_of(looks: BodyLooks) -> str | None:
    """The attributes of a row, as XML; None when rows differ in them, or in what a person set."""
    seen = [row_attributes(one) for one in sorted(looks.rows)]
    told = seen[0] if seen else {}
    if any(one != told for one in seen):
        return None
    if told.keys() & {"ht", "hidden", "collapsed", "s", "customFormat"}:
        return None
    return "".join(f' {name}="{value}"' for name, value in told.items())


def _one_of(seen: set[int], styles: Styles) -> int | None:
    """The one style of a column: a day, and a text that must stay one, are written in a relative of it."""
    plain = sorted({styles.plain(one) for one in seen})
    if len(plain) == 2:
        one, other = plain
        if styles.is_date(other) and styles.relative(one, date=True, quoted=False) == other:
            return one
        if styles.is_date(one) and styles.relative(other, date=True, quoted=False) == one:
            return other
    return plain[0] if len(plain) == 1 else None


def _style_of_column(root: Element, column: int) -> int:
    groups = children(child(root, "cols"), "col")
    inside = (one for one in groups if int(one.get("min", "0")) <= column <= int(one.get("max", "0")))
    found = next(inside, None)
    return 0 if found is None else int(found.get("style", "0"))
