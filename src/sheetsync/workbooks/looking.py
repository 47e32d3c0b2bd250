"""Tables that a program did not keep are looked for by their headers. Pure.

Some programs save a workbook without its tables (online ones do), leave out of a table the rows
typed under it (Excel takes them in), or let an office give a table another name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from sheetsync.columns import DISTRICT_TABLES, FORM_REPAIRS, FORM_TABLES, REGION_TABLES
from sheetsync.grid import Area, Cell
from sheetsync.workbooks.table_xml import header_key

OUR_TABLES: Final = frozenset(
    spec.name for spec in (*DISTRICT_TABLES, *FORM_TABLES, FORM_REPAIRS, *REGION_TABLES)
)
"""Names no other table of a workbook has."""

_LAST_HEADER_ROW: Final = 60
_FEWEST_HEADERS: Final = 2


def has_most(headers: Sequence[str], declared: Sequence[str]) -> bool:
    """Whether these are the headers of a declared table: the better part of them is there."""
    found = {header_key(one) for one in headers} & {header_key(one) for one in declared}
    return len(found) >= _FEWEST_HEADERS and 2 * len(found) > len(declared)


def meet(one: Area, other: Area) -> bool:
    """Whether two areas have a cell in common."""
    apart = (
        one.bottom < other.top or other.bottom < one.top or one.right < other.left or other.right < one.left
    )
    return not apart


class SheetText:
    """What the cells of a sheet show: ``columns`` of every row that has cells, and how to read one."""

    def __init__(self, columns: Mapping[int, Iterable[int]], cell: Callable[[int, int], Cell]) -> None:
        self._columns = columns
        self._cell = cell

    def at(self, row: int, column: int) -> str:
        return self._cell(row, column).text.strip()

    def is_filled(self, row: int, left: int, right: int) -> bool:
        """Whether a row holds something that was typed; formulas filled down do not count."""
        cells = (self._cell(row, column) for column in range(left, right + 1))
        return any(one.formula is None and one.text.strip() for one in cells)

    def header_row(self, declared: Sequence[str]) -> Area | None:
        """The row that holds the better part of the declared headers, with its neighbours."""
        wanted = {header_key(one) for one in declared}
        for row in sorted(self._columns):
            if row > _LAST_HEADER_ROW:
                break
            texts = {column: self.at(row, column) for column in self._columns[row]}
            if has_most(tuple(texts.values()), declared):
                ours = [column for column, text in texts.items() if header_key(text) in wanted]
                left, right = min(ours), max(ours)
                while texts.get(left - 1):
                    left -= 1
                while texts.get(right + 1):
                    right += 1
                return Area(row, left, row, right)
        return None

    def filled_below(self, row: int, left: int, right: int, is_taken: Callable[[int], bool]) -> int:
        """The last of the filled rows that follow a row without a gap."""
        while not is_taken(row + 1) and self.is_filled(row + 1, left, right):
            row += 1
        return row
