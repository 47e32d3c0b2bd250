"""«Панель» in Google: a tick instead of the buttons, and no room for charts that are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.columns import LIGHTS, PANEL, GoogleCell, KitCell
from sheetsync.grid import Area
from sheetsync.notices import say
from sheetsync.workbooks.google.port import Json, Request
from sheetsync.workbooks.google.ranges import corner, grid_range
from sheetsync.workbooks.google.workbook_model import BookModel, NamedRange


class PanelInGoogle:
    """What the district template does not have, and what of it is of no use in Google."""

    def __init__(self, answer: Json) -> None:
        book = BookModel.of(answer)
        by_title = {one.title: one for one in book.sheets.values()}
        self._sheet = by_title.get(PANEL) or next(iter(book.sheets.values()))
        self._names: Mapping[str, NamedRange] = {
            name: one for name, one in book.names.items() if one.sheet == self._sheet.id
        }

    @property
    def id(self) -> int:
        return self._sheet.id

    @property
    def tick(self) -> Area:
        """Where the buttons would be, or right of everything on the first row."""
        buttons, lights = self._names.get(KitCell.BUTTONS), self._names.get(LIGHTS.name)
        if buttons is not None:
            return _first_cell(buttons.area)
        right = lights.area.right + 1 if lights else 1
        return Area(1, right, 1, right)

    @property
    def _line(self) -> Area:
        """Where a button says what came of it, or under the tick."""
        status, tick = self._names.get(KitCell.STATUS), self.tick
        below = Area(tick.top + 1, tick.left, tick.top + 1, tick.left)
        return below if status is None else _first_cell(status.area)

    def requests(self) -> Iterator[Request]:
        """All of it, once."""
        needed = self.tick.right + 1
        if self._sheet.columns < needed:
            told = {"sheetId": self.id, "gridProperties": {"columnCount": needed}}
            fields = "gridProperties.columnCount"
            yield {"updateSheetProperties": {"properties": told, "fields": fields}}
        yield self._controls()
        for name, area in ((GoogleCell.COLLECT_NOW, self.tick), (GoogleCell.OUTCOME, self._line)):
            named = {"name": str(name), "range": grid_range(self.id, area)}
            yield {"addNamedRange": {"namedRange": named}}
        yield from self._without_charts()

    def _controls(self) -> Request:
        """The tick and its caption."""
        rule = {"condition": {"type": "BOOLEAN"}, "strict": True}
        middle = {"verticalAlignment": "MIDDLE"}
        box = {
            "userEnteredValue": {"boolValue": False},
            "userEnteredFormat": {**middle, "horizontalAlignment": "RIGHT", "textFormat": {"fontSize": 14}},
            "dataValidation": rule,
        }
        caption = {
            "userEnteredValue": {"stringValue": say(GoogleNotice.COLLECT_NOW)},
            "userEnteredFormat": {**middle, "textFormat": {"bold": True}},
        }
        rows, fields = [{"values": [box, caption]}], "userEnteredValue,userEnteredFormat,dataValidation"
        return {"updateCells": {"start": corner(self.id, self.tick), "rows": rows, "fields": fields}}

    def _without_charts(self) -> Iterator[Request]:
        """Rows over the traffic lights that only charts filled are hidden, but for one."""
        lights = self._names.get(LIGHTS.name)
        if lights is None:
            return
        filled = {row for (row, _), cell in self._sheet.cells.items() if cell.to_cell().text}
        first = max((row for row in filled if row < lights.area.top), default=0) + 2
        if first < lights.area.top:
            lines = {"sheetId": self.id, "dimension": "ROWS"}
            lines |= {"startIndex": first - 1, "endIndex": lights.area.top - 1}
            told = {"range": lines, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
            yield {"updateDimensionProperties": told}


def _first_cell(area: Area) -> Area:
    return Area(area.top, area.left, area.top, area.left)
