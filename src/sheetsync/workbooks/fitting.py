"""A replacement reckoned before anything is written: the same for a file and for an open workbook. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from sheetsync.grid import Area, Cell, Value
from sheetsync.text import squeeze
from sheetsync.workbooks.cells_xml import Calendar, check
from sheetsync.workbooks.links_xml import split_link
from sheetsync.workbooks.port import Out, TableBody
from sheetsync.workbooks.references import MAX_COLUMN, MAX_ROW
from sheetsync.workbooks.shift import Shift
from sheetsync.workbooks.table_layout import Key, Layout, key_places, matched_rows

BLANK: Final = Out()


class TableInTheWayError(ValueError):
    """Another table of the sheet stands where this one must grow."""


class SheetFullError(ValueError):
    """A table would reach beyond the last row or column of its sheet."""

    def __init__(self, sheet: str) -> None:
        super().__init__(f"a table does not fit sheet {sheet}")
        self.sheet = sheet


def need_room(sheet: str, bottom: int, right: int) -> None:
    """Raises ``SheetFullError`` when a sheet has no such row or column."""
    if bottom > MAX_ROW or right > MAX_COLUMN:
        raise SheetFullError(sheet)


def rows_of(body: TableBody) -> tuple[tuple[Out, ...], ...]:
    """The body's rows; a table always has one at least."""
    return body.rows or (tuple(BLANK for _ in body.headers),)


def check_body(name: str, body: TableBody) -> None:
    """Refuse what cells cannot hold before anything is changed."""
    for row in body.rows:
        if len(row) != len(body.headers):
            raise ValueError(f"rows of {name} are not as long as its headers")
        for out in row:
            check(out)
            if out.link:
                split_link(out.link)


def key_text(value: Value, calendar: Calendar) -> str:
    """What tells a row by one of its key cells: dates and numbers by their number, texts squeezed."""
    match value:
        case date() if calendar.holds(value):
            return number_key(calendar.serial(value))
        case int() | float() if not isinstance(value, bool):
            return number_key(value)
    return squeeze(Cell(value).text)


def number_key(number: float) -> str:
    """A number as a key: what differs only by rounding is one."""
    return f"{number:.12g}"


def new_keys(layout: Layout, body: TableBody, calendar: Calendar) -> list[Key]:
    """The keys of the rows to come."""
    places = [new for _, new in key_places(layout, body)]
    return [tuple(key_text(row[at].value, calendar) for at in places) for row in rows_of(body)]


def shift_of(
    sheet: str, old: Area, layout: Layout, keys: tuple[Mapping[int, Key], list[Key]], pinned: Iterable[Area]
) -> Shift:
    """Where everything goes when the body ``old`` is replaced.

    ``keys`` are those of the rows there are and of the rows to come, ``pinned`` the tables beside.
    """
    before, after = keys
    need_room(sheet, old.top + len(after) - 1, old.left + len(layout.columns) - 1)
    return Shift(
        sheet=sheet,
        top=old.top,
        bottom=old.bottom,
        new_bottom=old.top + len(after) - 1,
        left=old.left,
        right=old.right,
        new_right=old.left + len(layout.columns) - 1,
        rows=matched_rows(before, after, old.top),
        columns=layout.places(old.left),
        spans=layout.spans(old.left, old.right - old.left + 1),
        pinned=tuple((one.left, one.right) for one in pinned),
    )


def beside(whole: Area, others: Iterable[Area]) -> list[Area]:
    """Tables that share rows with this one: their rows stay where they are."""
    return [one for one in others if one.top <= whole.bottom and one.bottom >= whole.top]


def is_torn(shift: Shift, other: Area) -> bool:
    """Whether a replacement would tear another table of the sheet apart."""
    columns = range(other.left, other.right + 1)
    moved = {(shift.column(one) or 0) - one for one in columns}
    pinned_in_part = len({shift.is_pinned(one, one) for one in columns}) > 1
    return len(moved) > 1 or (pinned_in_part and bool(shift.delta))
