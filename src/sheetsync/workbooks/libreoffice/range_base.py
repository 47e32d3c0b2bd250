"""What a range is: cells of a sheet by their numbers; the office is asked only for what they hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from sheetsync.workbooks.libreoffice.areas import Area, address_of
from sheetsync.workbooks.libreoffice.faces import Face
from sheetsync.workbooks.libreoffice.inside.places import Place, cells_at
from sheetsync.workbooks.libreoffice.spelling import quoted

if TYPE_CHECKING:
    from sheetsync.workbooks.libreoffice.sheets import Sheet

P = ParamSpec("P")
T = TypeVar("T")


class RangeBase(Face):
    """Cells of one sheet; rows and columns are counted from 1, as everywhere in xlwings."""

    __slots__ = ("area", "options", "sheet")

    def __init__(self, sheet: Sheet, area: Area) -> None:
        self.sheet = sheet
        self.area = area
        self.options: dict[str, Any] = {}

    @property
    def place(self) -> Place:
        """The cells as deeds know them."""
        row, column, rows, columns = self.area
        return self.sheet.name, row - 1, column - 1, rows, columns

    @property
    def _first(self) -> Place:
        sheet, row, column, _, _ = self.place
        return sheet, row, column, 1, 1

    def _do(self, deed: Callable[Concatenate[Any, P], T], *given: P.args, **_named: P.kwargs) -> T:
        return self.sheet.book.do(deed, *given, **_named)

    @property
    def api(self) -> Any:
        """LibreOffice's own range; None for no cells at all, as xlwings expects."""
        return cells_at(self.sheet.book.doc, self.place) if len(self) else None

    @property
    def row(self) -> int:
        """Number of the first row."""
        return self.area.row

    @property
    def column(self) -> int:
        """Number of the first column."""
        return self.area.column

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns."""
        return self.area.rows, self.area.columns

    def __len__(self) -> int:
        return self.area.rows * self.area.columns

    @property
    def address(self) -> str:
        """«$A$1:$B$2»."""
        return self.get_address(True, True, False)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """The address; ``external`` adds the workbook and the sheet, quoted where Excel quotes them."""
        address = address_of(self.area, row_absolute, col_absolute)
        if not external:
            return address
        where = quoted(f"{self.sheet.book.name}_{self.sheet.name}")
        bare = f"[{self.sheet.book.name}]{self.sheet.name}".replace("'", "''")
        return f"'{bare}'!{address}" if where.startswith("'") else f"{bare}!{address}"
