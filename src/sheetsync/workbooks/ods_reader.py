"""Our own sparse reader of .ods: gated parts in, a ``grid.Book`` out.

LibreOffice and Р7 save a filled form so; a million empty repeated rows cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sheetsync.grid import Book, Sheet, Table, Visibility, area
from sheetsync.workbooks import ods_values
from sheetsync.workbooks.ods_sheet import Paragraphs, SheetBuilder
from sheetsync.workbooks.xml_walk import Attributes, Damaged, Ends, Starts, Text, local, walk

_SHAPES: Final = (
    "text-box", "custom-shape", "rect", "ellipse", "circle", "polygon", "polyline", "path", "line",
    "connector", "caption", "measure", "regular-polygon",
)  # fmt: skip
_NOT_THE_SHEETS: Final = ("tracked-changes", "dde-links", "forms")
_UNNAMED_RANGE: Final = "__Anonymous"
_BUILT_IN_NAME: Final = "_xlnm"


def read_ods(parts: Mapping[str, bytes], *, has_macros: bool = False) -> Book:
    """The book in the gated ``parts``. Raises ``Damaged`` or an error of parsing when it is none."""
    content = _Content()
    walk(parts["content.xml"], content.starts(), content.ends(), content.paragraphs.hear, extensions="")
    if not content.sheets:
        raise Damaged("в книге нет ни одного листа")
    meta = parts.get("meta.xml")
    properties = _properties(meta) if meta is not None else {}
    return Book(tuple(content.sheets), properties, content.names, content.tables(), has_macros)


def _properties(part: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    text = Text()
    name = ""

    def start(attributes: Attributes) -> None:
        nonlocal name
        name = local(attributes).get("name", "")
        text.open()

    def end() -> None:
        found[name] = text.take()

    walk(part, {"user-defined": start}, {"user-defined": end}, text.hear)
    return found


class _Content:
    """The state of one pass over content.xml."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.names: dict[str, str] = {}
        self.paragraphs = Paragraphs()
        self._ranges: list[tuple[str, str]] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._sheet: SheetBuilder | None = None
        self._aside = 0
        self._notes = 0
        self._shapes: list[list[str]] = []

    def starts(self) -> Starts:
        in_sheet: Starts = {
            "table-source": self._foreign,
            "table-column": lambda attributes: self._on_sheet(SheetBuilder.column, attributes),
            "table-row": lambda attributes: self._on_sheet(SheetBuilder.start_row, attributes),
            "table-cell": lambda attributes: self._on_sheet(SheetBuilder.start_cell, attributes),
            "covered-table-cell": lambda attributes: self._on_sheet(SheetBuilder.start_cell, attributes),
            "annotation": self._start_note,
            "a": self._link,
        }
        text: Starts = {
            "p": lambda _: self.paragraphs.start(self._hearer()),
            "h": lambda _: self.paragraphs.start(self._hearer()),
            "s": self.paragraphs.spaces,
            "tab": lambda _: self.paragraphs.add("\t"),
            "line-break": lambda _: self.paragraphs.add("\n"),
        }
        return {
            "style": self._start_style,
            "table-properties": self._table_style,
            "table": self._start_table,
            "named-range": self._named_range,
            "named-expression": self._named_expression,
            "database-range": self._database_range,
            **dict.fromkeys(_SHAPES, lambda _: self._shapes.append([])),
            **dict.fromkeys(_NOT_THE_SHEETS, self._step_aside),
            **in_sheet,
            **text,
        }

    def ends(self) -> Ends:
        return {
            "table": self._end_table,
            "table-row": lambda: self._done_on_sheet(SheetBuilder.end_row),
            "table-cell": lambda: self._done_on_sheet(SheetBuilder.end_cell),
            "covered-table-cell": lambda: self._done_on_sheet(SheetBuilder.end_cell),
            "annotation": self._end_note,
            "p": self.paragraphs.end,
            "h": self.paragraphs.end,
            **dict.fromkeys(_SHAPES, self._end_shape),
            **dict.fromkeys(_NOT_THE_SHEETS, self._come_back),
        }

    def _on_sheet(self, act: Callable[[SheetBuilder, Attributes], None], attributes: Attributes) -> None:
        if self._sheet is not None and not self._aside:
            act(self._sheet, local(attributes))

    def _done_on_sheet(self, act: Callable[[SheetBuilder], None]) -> None:
        if self._sheet is not None and not self._aside:
            act(self._sheet)

    def _step_aside(self, _: Attributes) -> None:
        self._aside += 1

    def _come_back(self) -> None:
        self._aside -= 1

    # --- sheets

    def _start_style(self, attributes: Attributes) -> None:
        self._style = local(attributes).get("name", "")

    def _table_style(self, attributes: Attributes) -> None:
        if local(attributes).get("display") == "false":
            self._hidden_styles.add(self._style)

    def _start_table(self, attributes: Attributes) -> None:
        if self._aside:
            return
        if self._sheet is not None:
            raise Damaged("таблица внутри ячейки")
        named = local(attributes)
        hidden = named.get("style-name") in self._hidden_styles
        self._sheet = SheetBuilder(named.get("name", ""), Visibility.HIDDEN if hidden else Visibility.VISIBLE)

    def _foreign(self, _: Attributes) -> None:
        if self._sheet is not None:
            self._sheet.is_foreign = True

    def _end_table(self) -> None:
        if self._sheet is not None and not self._aside:
            if not self._sheet.is_foreign:
                self.sheets.append(self._sheet.sheet())
            self._sheet = None

    # --- text: of the cell, of its note, of a shape lying over it

    def _hearer(self) -> list[str] | None:
        if self._aside or self._sheet is None:
            return None
        if self._shapes:
            return self._shapes[-1]
        building = self._sheet.building
        if building is None:
            return None
        return building.note if self._notes else building.text

    def _start_note(self, _: Attributes) -> None:
        self._notes += 1

    def _end_note(self) -> None:
        self._notes -= 1

    def _link(self, attributes: Attributes) -> None:
        building = self._sheet.building if self._sheet else None
        target = local(attributes).get("href")
        if target and building is not None and not self._notes and not self._shapes and not self._aside:
            building.links.append(target)

    def _end_shape(self) -> None:
        text = "\n".join(self._shapes.pop()).strip()
        if text and self._sheet is not None and not self._aside:
            self._sheet.texts.append(text)

    # --- names

    def _named_range(self, attributes: Attributes) -> None:
        named = local(attributes)
        self._name(named.get("name", ""), ods_values.address(named.get("cell-range-address", "")))

    def _named_expression(self, attributes: Attributes) -> None:
        named = local(attributes)
        self._name(named.get("name", ""), ods_values.formula(named.get("expression", "")))

    def _name(self, name: str, target: str) -> None:
        if name.startswith(_BUILT_IN_NAME):
            return  # print areas and filters of the program, not the user's names
        if self._sheet is not None and name in self.names:
            name = f"{self._sheet.name}!{name}"
        self.names[name] = target

    def _database_range(self, attributes: Attributes) -> None:
        named = local(attributes)
        name = named.get("name", "")
        if not name.startswith(_UNNAMED_RANGE) and named.get("contains-header") != "false":
            self._ranges.append((name, named.get("target-range-address", "")))

    def tables(self) -> tuple[Table, ...]:
        """Named ranges with headers: what a table of .xlsx becomes when LibreOffice saves it."""
        sheets = {sheet.name: sheet for sheet in self.sheets}
        found = []
        for name, written in self._ranges:
            place = ods_values.sheet_and_range(written)
            if place is None or place[0] not in sheets:
                continue  # the range of a deleted sheet («#REF!») is no table
            lies = area(place[1])
            headers = (
                sheets[place[0]].at(lies.top, column).text for column in range(lies.left, lies.right + 1)
            )
            found.append(Table(name, place[0], lies, tuple(headers)))
        return tuple(found)
