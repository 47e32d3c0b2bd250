"""Tables: ``xlwings.base_classes`` Table and Tables. The rules stand in listobjects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from fake_excel import listobjects
from fake_excel.areas import Rect
from fake_excel.com import ComTable, OnDocument
from fake_excel.document import Document, Sheet
from fake_excel.document import Table as TableState
from fake_excel.errors import UncertainManner, refused
from fake_excel.faces import Face
from fake_excel.filtering import AutoFilter
from fake_excel.ranges import Range
from fake_excel.writing import may_rebuild

if TYPE_CHECKING:
    from fake_excel.app import App
    from fake_excel.book import Sheet as SheetFace


class Table(Face, base_classes.Table):
    def __init__(self, app: App, document: Document, sheet: Sheet, state: TableState) -> None:
        super().__init__(app, document)
        self._sheet = sheet
        self._state = state

    def _where(self) -> str:
        return self._state.name

    def _fresh(self) -> None:
        if not any(one is self._state for one in self._sheet.tables):
            raise refused("Object required: the table is gone")

    @property
    def api(self) -> ComTable:
        return ComTable(self._document, self._sheet, self._state)

    @property
    def parent(self) -> SheetFace:
        return self._app._sheet(self._document, self._sheet)

    @property
    def name(self) -> str:
        return self._state.name

    @name.setter
    def name(self, value: str) -> None:
        listobjects.rename(self._document, self._state, value)

    @property
    def display_name(self) -> str:
        return self._state.name

    @property
    def range(self) -> Range:
        return self._range(self._state.area)

    @property
    def header_row_range(self) -> Range:
        return self._range(self._state.header_area)

    @property
    def data_body_range(self) -> Range | None:
        """Microsoft, «ListObject.DataBodyRange»: Nothing when the table has no rows."""
        return None if self._state.blank else self._range(self._state.body)

    @property
    def totals_row_range(self) -> Range:
        if not self._state.totals:
            raise UncertainManner("ListObject.TotalsRowRange of a table without totals")
        return self._range(self._state.area._replace(top=self._state.area.bottom))

    @property
    def show_headers(self) -> bool:
        return True

    @property
    def show_totals(self) -> bool:
        return self._state.totals

    @property
    def show_autofilter(self) -> bool:
        return self._state.show_filter

    @property
    def table_style(self) -> str:
        return self._state.style

    @property
    def autofilter(self) -> AutoFilter:
        return AutoFilter(self._document, self._sheet, self._state, self._state.area)

    def resize(self, range: Any) -> None:  # noqa: A002 - the interface's own word
        """``range`` is an ``xlwings.Range``: ``_xlwindows`` asks it for its ``api``."""
        may_rebuild(self._document, self._sheet)
        target = range.api
        if target._state is not self._sheet:
            raise refused("The range must be on the table's sheet.")
        listobjects.resize(self._document, self._sheet, self._state, target._area)

    def _range(self, area: Rect) -> Range:
        return Range(self._app, self._document, self._sheet, area)


class ComTables(OnDocument):
    _kind = "ListObjects"


class Tables(Face, base_classes.Tables):
    """A collection, though ``base_classes.Tables`` does not inherit from ``Collection``."""

    def __init__(self, app: App, document: Document, sheet: Sheet) -> None:
        super().__init__(app, document)
        self._sheet = sheet

    @property
    def api(self) -> ComTables:
        return ComTables(self._document)

    def _table(self, state: TableState) -> Table:
        return Table(self._app, self._document, self._sheet, state)

    def __call__(self, key: int | str) -> Table:
        for number, one in enumerate(self._sheet.tables, 1):
            if key == number or (isinstance(key, str) and one.name.lower() == key.lower()):
                return self._table(one)
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self._sheet.tables)

    def __iter__(self) -> Iterator[Table]:
        for one in list(self._sheet.tables):
            yield self._table(one)

    def __contains__(self, key: int | str) -> bool:
        return any(
            key == number or str(key).lower() == one.name.lower()
            for number, one in enumerate(self._sheet.tables, 1)
        )

    def add(  # noqa: PLR0917 - the interface's own arguments
        self,
        source_type: Any = None,
        source: Any = None,
        link_source: Any = None,
        has_headers: Any = None,
        destination: Any = None,
        table_style_name: str | None = None,
        name: str | None = None,
    ) -> Table:
        """Microsoft, «ListObjects.Add», for a range of cells with headers."""
        may_rebuild(self._document, self._sheet)
        if source_type or link_source or destination or not has_headers:
            raise UncertainManner("only ListObjects.Add of cells that have their headers is offered")
        target = source.api
        if target._state is not self._sheet:
            raise refused("The range must be on the sheet the table is added to.")
        style = table_style_name or "TableStyleMedium2"
        return self._table(listobjects.add(self._document, self._sheet, target._area, name, style))
