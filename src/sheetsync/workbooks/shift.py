"""Where things go when a table's body is replaced: pure arithmetic on rows, columns and references.

Rows above the body stay, rows below it move as a block, and a body row goes where its key goes.
An area that covers the whole body is stretched to the new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.grid import Area
from sheetsync.workbooks.references import MAX_ROW, Axis, Change, Reference, change_references

Span = tuple[int, int]


class Shift(Struct, frozen=True):
    """One replacement on one sheet.

    ``rows``: old body row -> new row, for rows that live on. ``columns``: old table column -> new,
    for columns that live on. ``spans``: old table column -> the new columns an area over it takes,
    None when nothing takes its place. ``pinned`` are columns of other tables beside ours: their
    rows do not move.
    """

    sheet: str
    top: int
    bottom: int
    new_bottom: int
    left: int
    right: int
    new_right: int
    rows: Mapping[int, int]
    columns: Mapping[int, int]
    spans: Mapping[int, Span | None]
    pinned: tuple[Span, ...] = ()

    @property
    def is_identity(self) -> bool:
        """Whether everything stays where it is, and no row gives way to another."""
        return (
            self.bottom == self.new_bottom
            and all(self.rows.get(row) == row for row in range(self.top, self.bottom + 1))
            and all(span == (old, old) for old, span in self.spans.items())
        )

    @property
    def delta(self) -> int:
        return self.new_bottom - self.bottom

    def in_body(self, row: int) -> bool:
        return self.top <= row <= self.bottom

    def row(self, row: int) -> int | None:
        """The new number of a row; None for a body row that is gone, or one pushed off the sheet."""
        if self.in_body(row):
            return self.rows.get(row)
        moved = row + self.delta if row > self.bottom else row
        return moved if moved <= MAX_ROW else None

    def column(self, column: int) -> int | None:
        """The new number of a column; None for one that is gone."""
        if self.left <= column <= self.right:
            return self.columns.get(column)
        return column + self.new_right - self.right if column > self.right else column

    def is_pinned(self, first: int, last: int) -> bool:
        return any(left <= first and last <= right for left, right in self.pinned)

    def cell(self, row: int, column: int) -> tuple[int, int] | None:
        """Where a cell goes; None when its row or column is gone."""
        new_row = row if self.is_pinned(column, column) else self.row(row)
        new_column = self.column(column)
        return None if new_row is None or new_column is None else (new_row, new_column)

    def settled(self, row: int) -> int:
        """The row a pointer to a body row means afterwards: its key's, else the same place."""
        return self.rows.get(row) or min(row, self.new_bottom)

    def row_span(self, first: int, last: int) -> Span:
        """Rows of an area: stretched when they reach the end of the body."""
        return self._low(first), self._high(last)

    def column_span(self, first: int, last: int) -> Span | None:
        """Columns of an area; None when all of them are gone."""
        outer = self.new_right - self.right
        inside = [self.spans.get(one) for one in range(max(first, self.left), min(last, self.right) + 1)]
        ends = [end for span in inside if span for end in span]
        if first < self.left:
            ends.append(first)
            ends.append(min(last, self.left - 1))
        if last > self.right:
            ends.append(max(first, self.right + 1) + outer)
            ends.append(last + outer)
        return (min(ends), max(ends)) if ends else None

    def area(self, area: Area) -> Area | None:
        """An area as a whole: moved or stretched."""
        columns = self.column_span(area.left, area.right)
        if columns is None:
            return None
        rows = (area.top, area.bottom)
        if not self.is_pinned(area.left, area.right):
            rows = self.row_span(*rows)
        return Area(rows[0], columns[0], rows[1], columns[1])

    def pieces(self, area: Area) -> list[Area]:
        """An area of a rule or a merge: one over some body rows follows those rows."""
        whole = self.area(area)
        within = self.in_body(area.top) and self.in_body(area.bottom)
        covers = (area.top, area.bottom) == (self.top, self.bottom)
        if whole is None:
            return []
        if not within or covers or self.is_pinned(area.left, area.right):
            return [whole]
        living = {self.rows[row] for row in range(area.top, area.bottom + 1) if row in self.rows}
        return [Area(first, whole.left, last, whole.right) for first, last in runs(living)]

    def trail(self, area: Area) -> list[Area]:
        """The area of a link: one in a body row goes and comes with it, even where there is no other row."""
        if area.top < area.bottom or not self.in_body(area.top) or self.is_pinned(area.left, area.right):
            return self.pieces(area)
        whole, row = self.area(area), self.rows.get(area.top)
        return [replace(whole, top=row, bottom=row)] if whole and row else []

    def _low(self, row: int) -> int:
        if row <= self.top:
            return row
        return min(row + self.delta, MAX_ROW) if row > self.bottom else min(row, self.new_bottom)

    def _high(self, row: int) -> int:
        if row < self.top:
            return row
        return min(row + self.delta, MAX_ROW) if row >= self.bottom else min(row, self.new_bottom)


def runs(numbers: Iterable[int]) -> list[Span]:
    """Numbers as runs of neighbours: {3, 4, 7} -> [(3, 4), (7, 7)]."""
    found: list[Span] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


# --- references in formulas ---------------------------------------------------------------------


def in_cell(formula: str, shift: Shift, sheet: str, row: int) -> str:
    """A cell's formula; ``row`` is where the cell stood. References to its own row follow it."""
    home = row if sheet == shift.sheet and shift.in_body(row) else None

    def bare(ref: Reference) -> Span:
        settled = shift.settled(_first(ref))
        return settled, settled

    def rows(ref: Reference) -> Span:
        first, last = _first(ref), _last(ref)
        own_row = home == first and not _is_fixed(ref)
        alone = first == last and shift.in_body(first) and not _is_mixed(ref)
        if alone and (shift.top < shift.bottom or own_row):
            return bare(ref)
        low, high = shift.row_span(first, last)
        if home == first and ref.first_row and not ref.first_row.fixed:
            low = shift.settled(home)
        if home == last and ref.last_row and not ref.last_row.fixed:
            high = shift.settled(home)
        return min(low, high), max(low, high)

    return _changed(formula, shift, sheet, rows, bare)


def in_range(formula: str, shift: Shift, sheet: str) -> str:
    """A defined name, a chart's series, a sparkline's data: what covers the body is stretched."""

    def rows(ref: Reference) -> Span:
        first, last = _first(ref), _last(ref)
        if first == last and shift.in_body(first) and shift.top < shift.bottom:
            return shift.settled(first), shift.settled(first)
        return shift.row_span(first, last)

    return _changed(formula, shift, sheet, rows, rows)


def in_rule(formula: str, shift: Shift, sheet: str, drift: int = 0) -> str:
    """A rule's formula (conditional format, validation), told for the first cell of its area.

    ``drift`` is how far that first cell moved inside the body: relative references move with it.
    """

    def bare(ref: Reference) -> Span:
        row = _first(ref) if _is_fixed(ref) else max(_first(ref) + drift, 1)
        return row, row

    def rows(ref: Reference) -> Span:
        first, last = _first(ref), _last(ref)
        covers = shift.top == shift.bottom and _is_fixed(ref)
        return (
            bare(ref)
            if first == last and shift.in_body(first) and not covers
            else shift.row_span(first, last)
        )

    return _changed(formula, shift, sheet, rows, bare)


_Rows = Callable[[Reference], Span]


def _changed(formula: str, shift: Shift, sheet: str, rows: _Rows, bare: _Rows) -> str:
    """A formula of a sheet, taken apart only when it may refer to the shifted one."""
    home, shifted = sheet.casefold(), shift.sheet.casefold()
    if home != shifted and shifted.replace("'", "''") not in formula.casefold():
        return formula
    return change_references(formula, _change(shift, sheet, rows, bare))


def _change(shift: Shift, sheet: str, rows: _Rows, bare: _Rows) -> Change:
    """The change of one reference: ``rows`` says it for areas, ``bare`` for one cell of the body."""

    def changed(ref: Reference) -> Reference | None:
        if (ref.sheet or sheet).casefold() != shift.sheet.casefold():
            return ref
        if ref.first_column is None:
            return _with_rows(ref, rows(ref))
        columns = _columns(shift, ref)
        if columns is None:
            return None
        moved = _with_columns(ref, columns)
        if ref.first_row is None or shift.is_pinned(
            ref.first_column.at, (ref.last_column or ref.first_column).at
        ):
            return moved
        if ref.last_row is None and not shift.in_body(ref.first_row.at):
            outside = shift.row(ref.first_row.at) or ref.first_row.at
            return _with_rows(moved, (outside, outside))
        return _with_rows(moved, bare(ref) if ref.last_row is None else rows(ref))

    return changed


def _columns(shift: Shift, ref: Reference) -> Span | None:
    """The new columns of a reference; a lone cell stays a lone cell."""
    first = ref.first_column.at if ref.first_column else 0
    if ref.last_column:
        return shift.column_span(first, ref.last_column.at)
    column = shift.column(first)
    return None if column is None else (column, column)


def _with_columns(ref: Reference, span: Span) -> Reference:
    first, last = ref.first_column, ref.last_column
    moved = replace(ref, first_column=first and replace(first, at=span[0]))
    return replace(moved, last_column=replace(last, at=span[1])) if last else moved


def _with_rows(ref: Reference, span: Span) -> Reference:
    """A lone cell that now covers several rows becomes an area."""
    if ref.first_row is None:
        return ref
    first = replace(ref.first_row, at=span[0])
    if ref.last_row is None and span[0] == span[1]:
        return replace(ref, first_row=first)
    last = Axis(span[1], (ref.last_row or ref.first_row).fixed)
    return replace(ref, first_row=first, last_row=last, last_column=ref.last_column or ref.first_column)


def _first(ref: Reference) -> int:
    return ref.first_row.at if ref.first_row else 0


def _last(ref: Reference) -> int:
    return ref.last_row.at if ref.last_row else _first(ref)


def _is_mixed(ref: Reference) -> bool:
    """Whether one end is fixed and the other is not, as in a running total."""
    return bool(ref.first_row and ref.last_row and ref.first_row.fixed != ref.last_row.fixed)


def _is_fixed(ref: Reference) -> bool:
    return all(axis.fixed for axis in (ref.first_row, ref.last_row) if axis)
