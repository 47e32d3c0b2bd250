"""One worksheet part of an .xlsx becomes cells: one pass, only what holds something is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from functools import lru_cache
from typing import Final

from msgspec import Struct, field

from sheetsync.grid import EMPTY, Area, Cell, Value, area, position
from sheetsync.workbooks.ooxml_text import unescape
from sheetsync.workbooks.xlsx_package import Relation, relation_id
from sheetsync.workbooks.xlsx_values import NumberFormats, link_in
from sheetsync.workbooks.xml_walk import Attributes, Damaged, walk

_TRUE: Final = ("1", "true", "on")
_LAST_COLUMN: Final = 16_384
SAYS_ITSELF: Final = ("inlineStr", "str", "b", "e", "d")
"""Types of cells whose value needs nothing of the book."""
place_of: Final = lru_cache(maxsize=1 << 16)(position)
"""Copies of one form use the same few thousand addresses."""


class SheetBody(Struct):
    """What the sheet part itself says; comments, shapes and tables live in other parts."""

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_met: bool = False
    """Whether other copies may have these very cells."""
    longest: int = 0
    """Letters of the longest value or formula at most; 0 when nobody has looked."""


def read_sheet(
    part: bytes, strings: Sequence[str], formats: NumberFormats, relations: dict[str, Relation]
) -> SheetBody:
    """Read a worksheet part; ``relations`` are those of the part (hyperlink targets)."""
    reader = _SheetReader(strings, formats, relations)
    walk(part, reader.starts, reader.ends, reader.text)
    reader.lay_links()
    return reader.body


class _SheetReader:
    """The state of one pass: where we are, and what the current cell said so far."""

    def __init__(
        self, strings: Sequence[str], formats: NumberFormats, relations: dict[str, Relation]
    ) -> None:
        self.body = SheetBody()
        self._strings, self._formats, self._relations = strings, formats, relations
        self._row = self._column = 0
        self._attributes: Attributes = {}
        self._value: list[str] = []
        self._formula: list[str] = []
        self._has_formula = False
        self._shared = ""
        self._shared_formulas: dict[str, str] = {}
        self._links: list[tuple[Area, str]] = []
        self._heard: list[str] | None = None
        self._depth_phonetic = 0
        self._in_row = self._in_cell = self._in_inline = False
        self.starts = {
            "row": self._start_row,
            "c": self._start_cell,
            "v": self._start_value,
            "is": self._start_inline,
            "t": self._start_run,
            "f": self._start_formula,
            "rPh": self._start_phonetic,
            "col": self._column_range,
            "mergeCell": self._merge,
            "hyperlink": self._hyperlink,
        }
        self.ends = {
            "row": self._end_row,
            "c": self._end_cell,
            "v": self._deaf,
            "is": self._end_inline,
            "t": self._deaf,
            "f": self._deaf,
            "rPh": self._end_phonetic,
        }

    def text(self, text: str) -> None:
        if self._heard is not None:
            self._heard.append(text)

    def _deaf(self) -> None:
        self._heard = None

    def _start_row(self, attributes: Attributes) -> None:
        if self._in_row:
            raise Damaged("строка внутри строки")
        self._in_row = True
        self._row = int(attributes.get("r", self._row + 1))
        self._column = 0
        if attributes.get("hidden") in _TRUE:
            self.body.hidden_rows.add(self._row)

    def _end_row(self) -> None:
        self._in_row = False

    def _start_cell(self, attributes: Attributes) -> None:
        if self._in_cell or not self._in_row:
            raise Damaged("ячейка не на своём месте")
        self._in_cell = True
        reference = attributes.get("r")
        if reference:
            self._row, self._column = place_of(reference)
        else:
            self._column += 1
        self._attributes = attributes
        self._value.clear()
        self._formula.clear()
        self._has_formula = False

    def _start_value(self, _: Attributes) -> None:
        self._expect(first=not self._value)
        self._heard = self._value

    def _start_inline(self, _: Attributes) -> None:
        self._expect(first=not self._value)
        self._in_inline = True
        self._attributes["t"] = "inlineStr"  # whatever the cell says of itself, here is its text

    def _end_inline(self) -> None:
        self._in_inline = False

    def _start_run(self, _: Attributes) -> None:
        if not self._in_inline:
            raise Damaged("текст не на своём месте")
        if not self._depth_phonetic:
            self._heard = self._value

    def _start_formula(self, attributes: Attributes) -> None:
        self._expect(first=not self._has_formula)
        self._has_formula = True
        self._shared = attributes.get("si", "") if attributes.get("t") == "shared" else ""
        self._heard = self._formula

    def _expect(self, *, first: bool) -> None:
        """A value, an inline text or a formula begins: right inside a cell, and one of a kind."""
        if not first or not self._in_cell or self._in_inline or self._heard is not None:
            raise Damaged("значение ячейки повторено или не на своём месте")

    def _start_phonetic(self, _: Attributes) -> None:
        self._depth_phonetic += 1

    def _end_phonetic(self) -> None:
        self._depth_phonetic -= 1

    def _end_cell(self) -> None:
        self._heard, self._in_cell = None, False
        if not self._value and not self._has_formula:
            return  # a formatted cell that holds nothing
        value = self._typed("".join(self._value)) if self._value else None
        formula = self._finished_formula() if self._has_formula else None
        if formula is None and (value is None or (isinstance(value, str) and not value.strip())):
            return  # an empty text
        target = link_in(formula) if formula else None
        self.body.cells[self._row, self._column] = Cell(value, formula, (target,) if target else ())

    def _finished_formula(self) -> str:
        """The formula as written; a cell that shares one shows the text of the first."""
        text = unescape("".join(self._formula))
        if self._shared:
            text = self._shared_formulas.setdefault(self._shared, text)
        return text

    def _typed(self, text: str) -> Value:
        kind = self._attributes.get("t", "n")
        if kind == "s":
            return self._string(text)
        if kind in SAYS_ITSELF:
            return said_by_itself(kind, text)
        return self._formats.value(text.strip(), int(self._attributes.get("s", 0))) if text.strip() else None

    def _string(self, text: str) -> str:
        index = int(text)
        if not 0 <= index < len(self._strings):
            raise Damaged("ячейка ссылается на текст, которого нет в файле")
        return self._strings[index]

    def _column_range(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in _TRUE:
            first, last = int(attributes["min"]), min(int(attributes["max"]), _LAST_COLUMN)
            self.body.hidden_columns.update(range(first, last + 1))

    def _merge(self, attributes: Attributes) -> None:
        self.body.merges.append(area(attributes["ref"]))

    def _hyperlink(self, attributes: Attributes) -> None:
        target = self._target(attributes)
        if target:  # else a link to nowhere
            self._links.append((area(attributes["ref"]), target))

    def lay_links(self) -> None:
        """Give links to cells: to the filled ones of an area, or to its first."""
        cells = self.body.cells
        targets: dict[tuple[int, int], dict[str, None]] = {}
        for place, target in self._links:
            filled = [
                (row, column)
                for row in range(place.top, place.bottom + 1)
                for column in range(place.left, place.right + 1)
                if (row, column) in cells
            ]
            for at in filled or [(place.top, place.left)]:
                targets.setdefault(at, {})[target] = None
        give_links(cells, targets)

    def _target(self, attributes: Attributes) -> str:
        relation = self._relations.get(relation_id(attributes))
        location = attributes.get("location", "")
        target = relation.target if relation else ""
        return f"{target}#{location}" if location else target


def give_links(
    cells: dict[tuple[int, int], Cell], targets: Mapping[tuple[int, int], Mapping[str, None]]
) -> None:
    """Add links to cells, each once, behind those a formula spells out."""
    for at, found in targets.items():
        cell = cells.get(at, EMPTY)
        links = tuple(dict.fromkeys((*cell.links, *found))) if cell.links else tuple(found)
        cells[at] = Cell(cell.value, cell.formula, links, cell.comment, cell.secret)


def said_by_itself(kind: str, text: str) -> Value:
    """The value of a cell that needs neither the book's texts nor its number formats."""
    match kind:
        case "b":
            return text.strip() in _TRUE
        case "e":
            return text
        case "d":
            return _iso_moment(text)
    return unescape(text) or None


def _iso_moment(text: str) -> Value:
    """«2023-03-01T10:30:00», «2023-03-01», «10:30:00» as strict files write them; the rest stays text."""
    try:
        moment = datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return _iso_time(text)
    return moment if moment.time() != time() else moment.date()


def _iso_time(text: str) -> Value:
    try:
        return time.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return text
