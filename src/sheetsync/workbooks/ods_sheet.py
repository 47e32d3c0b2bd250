"""One table of content.xml becomes a sheet: repeats are spread only where something stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from sheetsync.grid import Area, Cell, Sheet, Visibility
from sheetsync.workbooks import ods_values
from sheetsync.workbooks.xlsx_values import link_in
from sheetsync.workbooks.xml_walk import Attributes, Damaged

_HIDDEN: Final = ("collapse", "filter")
_LAST_COLUMN: Final = 16_384
_LONGEST_GAP: Final = 32_767
_LINE_ENDS: Final = re.compile(r"[\t\n\r]+")


def repeat(attributes: Attributes, name: str) -> int:
    return int(attributes.get(name, 1))


class Paragraphs:
    """Text of paragraphs, each heard into the list that was open when it began."""

    def __init__(self) -> None:
        self._open: list[tuple[list[str] | None, list[str]]] = []

    def start(self, into: list[str] | None) -> None:
        if into is not None and any(one is into for one, _ in self._open):
            raise Damaged("абзац внутри абзаца")
        self._open.append((into, []))

    def hear(self, text: str) -> None:
        if self._open:
            self._open[-1][1].append(_LINE_ENDS.sub(" ", text))

    def add(self, text: str) -> None:
        if self._open:
            self._open[-1][1].append(text)

    def spaces(self, attributes: Attributes) -> None:
        count = next((value for name, value in attributes.items() if name.endswith(":c")), "1")
        self.add(" " * min(int(count), _LONGEST_GAP))

    def end(self) -> None:
        into, pieces = self._open.pop()
        if into is not None:
            into.append("".join(pieces))


@dataclass(slots=True)
class CellBuilder:
    """The cell being read."""

    attributes: Attributes
    text: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def cell(self) -> Cell | None:
        """The finished cell, or None when it holds nothing."""
        written = self.attributes.get("formula")
        formula = None if written is None else ods_values.formula(written)
        value = ods_values.value(self.attributes, "\n".join(self.text))
        if isinstance(value, str) and not value.strip():
            value = None
        target = link_in(formula) if formula else None
        links = tuple(dict.fromkeys([*self.links, *([target] if target else [])]))
        note = "\n".join(self.note)
        if value is None and formula is None and not links and not note.strip():
            return None
        return Cell(value, formula, links, note or None)


class SheetBuilder:
    """The sheet being read: where we are, and what stands there."""

    def __init__(self, name: str, visibility: Visibility) -> None:
        self.name = name
        self.texts: list[str] = []
        self.is_foreign = False
        """A cache of another file's sheet that LibreOffice keeps inside this one."""
        self._visibility = visibility
        self._cells: dict[tuple[int, int], Cell] = {}
        self._merges: list[Area] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._columns = 0
        self._row = self._row_repeat = self._column = 0
        self._row_cells: dict[int, Cell] = {}
        self._row_is_hidden = self._in_row = False
        self.building: CellBuilder | None = None

    def column(self, attributes: Attributes) -> None:
        first, count = self._columns + 1, repeat(attributes, "number-columns-repeated")
        self._columns += count
        if attributes.get("visibility") in _HIDDEN:
            self._hidden_columns.update(range(first, min(self._columns, _LAST_COLUMN) + 1))

    def start_row(self, attributes: Attributes) -> None:
        if self._in_row:
            raise Damaged("строка внутри строки")
        self._in_row = True
        self._row += 1
        self._row_repeat = repeat(attributes, "number-rows-repeated")
        self._row_is_hidden = attributes.get("visibility") in _HIDDEN
        self._row_cells, self._column = {}, 0

    def end_row(self) -> None:
        last = self._row + self._row_repeat - 1
        if self._row_cells:
            for row in range(self._row, last + 1):
                self._cells.update({(row, column): cell for column, cell in self._row_cells.items()})
            if self._row_is_hidden:
                self._hidden_rows.update(range(self._row, last + 1))
        self._row, self._in_row = last, False

    def start_cell(self, attributes: Attributes) -> None:
        if self.building is not None or not self._in_row:
            raise Damaged("ячейка не на своём месте")
        self.building = CellBuilder(attributes)

    def end_cell(self) -> None:
        assert self.building is not None  # what starts in a row ends there
        attributes, cell = self.building.attributes, self.building.cell()
        count = repeat(attributes, "number-columns-repeated")
        first, last = self._column + 1, self._column + count
        if cell is not None:
            self._row_cells.update(dict.fromkeys(range(first, last + 1), cell))
        down, across = repeat(attributes, "number-rows-spanned"), repeat(attributes, "number-columns-spanned")
        if down > 1 or across > 1:
            self._merges.append(Area(self._row, first, self._row + down - 1, first + across - 1))
        self._column = last
        self.building = None

    def sheet(self) -> Sheet:
        return Sheet(
            self.name,
            self._cells,
            self._visibility,
            tuple(self._merges),
            frozenset(self._hidden_rows),
            frozenset(self._hidden_columns),
            tuple(self.texts),
        )
