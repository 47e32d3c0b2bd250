"""How new body rows look: what the rows already there look like."""

from __future__ import annotations

from collections import Counter
from typing import Final

from sheetsync.grid import Area
from sheetsync.workbooks.sheet_xml import SheetXml
from sheetsync.workbooks.styles_xml import Styles

_OF_ONE_ROW: Final = ("hidden", "collapsed")
"""Attributes of a row that no other row takes over."""


class BodyStyles:
    """Looks of a body as it was before the replacement."""

    def __init__(self, sheet: SheetXml, styles: Styles, body: Area) -> None:
        self._body = body
        self._rows = range(body.top, body.bottom + 1)
        self._cells = {
            column: [styles.plain(sheet.style(row, column)) for row in self._rows]
            for column in range(body.left, body.right + 1)
        }
        self._attributes = [_attributes(sheet, row) for row in self._rows]
        self._usual = {column: Counter(found).most_common(1)[0][0] for column, found in self._cells.items()}
        lasting = [tuple(sorted(_lasting(one).items())) for one in self._attributes]
        self._usual_row = dict(Counter(lasting).most_common(1)[0][0])

    def of_new(self, column: int, sample: int | None) -> int:
        """The style of a cell in a new row: the sample's, else the usual one of its column."""
        if sample is None:
            return self._usual[column]
        return self._cells[column][min(sample, len(self._rows) - 1)]

    def of_old(self, row: int, column: int) -> int:
        """The style a cell had."""
        return self._cells[column][row - self._body.top]

    def row_of_new(self, sample: int | None) -> dict[str, str]:
        """Attributes of a new row."""
        if sample is None:
            return dict(self._usual_row)
        return _lasting(self._attributes[min(sample, len(self._rows) - 1)])

    def row_of_old(self, row: int) -> dict[str, str]:
        """Attributes a row had."""
        return dict(self._attributes[row - self._body.top])


def _attributes(sheet: SheetXml, row: int) -> dict[str, str]:
    """A row's attributes; a height Excel reckoned itself is forgotten, for the text may change."""
    found = dict(sheet.rows[row].attributes) if row in sheet.rows else {}
    if found.get("customHeight") not in ("1", "true"):
        found.pop("ht", None)
    return found


def _lasting(attributes: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if name not in _OF_ONE_ROW}
