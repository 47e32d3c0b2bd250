"""Tables of a sheet, as xlwings sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sheetsync.workbooks.libreoffice.areas import Area
from sheetsync.workbooks.libreoffice.faces import Face
from sheetsync.workbooks.libreoffice.inside import tables
from sheetsync.workbooks.libreoffice.inside.places import Place

if TYPE_CHECKING:
    from sheetsync.workbooks.libreoffice.ranges import Range
    from sheetsync.workbooks.libreoffice.sheets import Sheet

_HEADERS = "ContainsHeader"
_TOTALS = "TotalsRow"
_FILTER_BUTTONS = "AutoFilter"


class Tables(Face):
    """The tables of one sheet, in the order of their names."""

    __slots__ = ("parent",)

    def __init__(self, sheet: Sheet) -> None:
        self.parent = sheet

    def _names(self) -> list[str]:
        every = self.parent.book.do(tables.read)
        return [name for name, place in every if place[0] == self.parent.name]

    def __call__(self, key: int | str) -> Table:
        for number, name in enumerate(self._names(), 1):
            if key == number or (isinstance(key, str) and key.lower() == name.lower()):
                return Table(self.parent, name)
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self._names())

    def __iter__(self) -> Iterator[Table]:
        return (Table(self.parent, name) for name in self._names())

    def __contains__(self, name: str) -> bool:
        return name.lower() in (other.lower() for other in self._names())

    def add(  # noqa: PLR0917
        self,
        source_type: str | None = None,
        source: Any = None,
        link_source: bool | None = None,
        has_headers: bool | None = None,
        destination: Any = None,
        table_style_name: str | None = None,  # noqa: ARG002
        name: str | None = None,
    ) -> Table:
        """Make a table of a range whose first row is its header. LibreOffice keeps no style of a table."""
        if not has_headers or destination is not None or link_source or source_type:
            raise NotImplementedError("LibreOffice: Tables.add of anything but a range with headers")
        taken = {one.lower() for one, _ in self.parent.book.do(tables.read)}
        chosen = name or next(
            one for number in range(1, 10_000) if (one := f"Table{number}").lower() not in taken
        )
        if chosen.lower() in taken:
            raise ValueError(f"there is a table {chosen} already")
        self.parent.book.do(tables.add, chosen, source.impl.place)
        return Table(self.parent, chosen)


class Table(Face):
    """One table, by its name."""

    __slots__ = ("_name", "parent")

    def __init__(self, sheet: Sheet, name: str) -> None:
        self.parent = sheet
        self._name = name

    @property
    def place(self) -> Place:
        """Where the table stands now."""
        return self.parent.book.do(tables.place_of_table, self._name)

    @property
    def api(self) -> Any:
        """LibreOffice's own database range."""
        return tables.named(self.parent.book.doc, self._name)

    @property
    def name(self) -> str:
        """The name."""
        return self._name

    @name.setter
    def name(self, name: str) -> None:
        self.parent.book.do(tables.rename, self._name, name)
        self._name = name

    @property
    def range(self) -> Range:
        """All of the table: header, body, totals."""
        _, row, column, rows, columns = self.place
        return self.parent.at(Area(row + 1, column + 1, rows, columns))

    @property
    def header_row_range(self) -> Range | None:
        """The row of headers; None where the table shows none."""
        whole = self.range
        return whole.at(whole.area._replace(rows=1)) if self.show_headers else None

    @property
    def data_body_range(self) -> Range | None:
        """The rows under the header; None where there is none."""
        above, below = int(self.show_headers), int(self.show_totals)
        whole = self.range
        rows = whole.area.rows - above - below
        return whole.at(whole.area._replace(row=whole.row + above, rows=rows)) if rows else None

    @property
    def totals_row_range(self) -> Range | None:
        """The row of totals, or None."""
        whole = self.range
        last = whole.area._replace(row=whole.row + whole.area.rows - 1, rows=1)
        return whole.at(last) if self.show_totals else None

    def resize(self, range: Any) -> None:  # noqa: A002 - xlwings names it so
        """Make the table cover another range of its sheet, which begins with its header."""
        self.parent.book.do(tables.resize, self._name, range.impl.place)

    @property
    def show_headers(self) -> bool:
        """Whether the first row is a header."""
        return self._read(_HEADERS)

    @property
    def show_totals(self) -> bool:
        """Whether the last row is totals."""
        return self._read(_TOTALS)

    @property
    def show_autofilter(self) -> bool:
        """Whether the header has filter buttons."""
        return self._read(_FILTER_BUTTONS)

    @show_autofilter.setter
    def show_autofilter(self, shown: bool) -> None:
        self.parent.book.do(tables.write_flag, self._name, _FILTER_BUTTONS, bool(shown))

    def _read(self, flag: str) -> bool:
        return self.parent.book.do(tables.read_flag, self._name, flag)
