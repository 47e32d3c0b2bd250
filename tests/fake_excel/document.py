"""What Excel keeps in memory: a document of sheets of cells, tables and names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from fake_excel.areas import MAX_COLUMN, MAX_ROW, Rect
from fake_excel.calls import Calls
from fake_excel.typed import RU, Held, Region

STANDARD_HEIGHT = 15.0
STANDARD_WIDTH = 8.43


@dataclass(frozen=True, slots=True)
class Font:
    name: str = "Calibri"
    size: float = 11.0
    bold: bool = False
    italic: bool = False
    color: int = 0
    underline: int = -4142
    """``xlUnderlineStyleNone``."""


STANDARD_FONT = Font()
LINK_FONT = Font(color=0xC16305, underline=2)
"""The built-in style «Hyperlink»: Excel gives it to every cell a link is put into."""


@dataclass(frozen=True, slots=True)
class Look:
    """Everything about a cell that is a format: it travels with «paste formats»."""

    number_format: str = "General"
    color: tuple[int, int, int] | None = None
    wrap: bool = False
    font: Font = STANDARD_FONT
    style: str = ""
    """A named style, or whatever else tells one look from another."""
    locked: bool = True


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Link:
    address: str
    inside: str = ""
    tip: str = ""


@dataclass(slots=True)
class Note:
    text: str
    author: str = ""


@dataclass(slots=True)
class Cell:
    value: Held = None
    formula: str | None = None
    prefix: bool = False
    look: Look = PLAIN
    note: Note | None = None
    link: Link | None = None

    @property
    def is_blank(self) -> bool:
        """Nothing in it and nothing about it: the same as no cell."""
        return self == Cell()

    @property
    def is_empty(self) -> bool:
        return self.value is None and self.formula is None

    def copied(self) -> Cell:
        return replace(self, note=self.note and replace(self.note))


@dataclass(slots=True)
class Filter:
    """One condition of a filter, as ``xlwings`` snapshots it, and its field."""

    field: int
    type: str
    values: tuple[str, ...] = ()
    operator: str | None = None
    value1: str | None = None
    value2: str | None = None


@dataclass(slots=True)
class Table:
    """A ListObject. ``area`` holds the header row and the body."""

    name: str
    area: Rect
    headers: list[str]
    style: str = "TableStyleMedium2"
    totals: bool = False
    show_filter: bool = True
    filters: dict[int, Filter] = field(default_factory=dict)
    calculated: dict[int, str] = field(default_factory=dict)
    """Formulas of calculated columns (from 0), as they stand in the first row of the body."""
    blank: bool = False
    """All rows were deleted: one empty row waits for the first entry."""

    @property
    def header_area(self) -> Rect:
        return self.area._replace(bottom=self.area.top)

    @property
    def body(self) -> Rect:
        return self.area._replace(top=self.area.top + 1, bottom=self.area.bottom - self.totals)


@dataclass(slots=True)
class Rule:
    """Conditional formats and validations: only where they apply is kept."""

    kind: str
    areas: list[Rect]


@dataclass(slots=True)
class Sheet:
    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered_out: set[int] = field(default_factory=set)
    """Rows a filter hides."""
    tables: list[Table] = field(default_factory=list)
    merges: list[Rect] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    filter_area: Rect | None = None
    """Where the sheet's own filter (not a table's) stands."""
    filters: dict[int, Filter] = field(default_factory=dict)
    visible: int = -1
    """-1 visible, 0 hidden, 2 very hidden, as ``xlSheetVisibility``."""
    protected: bool = False
    password: str = ""
    selection: Rect = field(default=Rect(1, 1, 1, 1))
    talks: set[tuple[int, int]] = field(default_factory=set)
    """Cells with a threaded comment."""
    moved: list[Rect] = field(default_factory=list)
    """Where cells moved, in order: a Range asked for before no longer knows what it points to."""

    def at(self, row: int, column: int) -> Cell:
        """The cell to look at; nothing is made."""
        return self.cells.get((row, column)) or Cell()

    def edit(self, row: int, column: int) -> Cell:
        """The cell to change."""
        return self.cells.setdefault((row, column), Cell())

    def inside(self, area: Rect) -> Iterator[tuple[tuple[int, int], Cell]]:
        """The cells that are there, of an area."""
        if area.size <= len(self.cells):
            for spot in area.spots():
                if spot in self.cells:
                    yield spot, self.cells[spot]
        else:
            yield from [(spot, cell) for spot, cell in self.cells.items() if area.holds(spot)]

    def tables_at(self, area: Rect) -> list[Table]:
        return [table for table in self.tables if table.area.meets(area)]

    @property
    def used(self) -> Rect:
        """Excel's UsedRange: whatever has a value, a format or a note; A1 on an empty sheet."""
        spots = [spot for spot, cell in self.cells.items() if not cell.is_blank] or [(1, 1)]
        rows, columns = zip(*spots, strict=True)
        return Rect(min(rows), min(columns), max(rows), max(columns))

    @property
    def everything(self) -> Rect:
        return Rect(1, 1, MAX_ROW, MAX_COLUMN)


@dataclass(slots=True)
class Name:
    """A defined name; ``scope`` is the sheet it belongs to, '' for the whole workbook."""

    name: str
    refers_to: str
    scope: str = ""


@dataclass(slots=True)
class Clipboard:
    sheet: Sheet
    area: Rect


@dataclass(slots=True)
class Program:
    """The state of the running Excel, its settings, and what was asked of it."""

    region: Region = RU
    screen_updating: bool = True
    enable_events: bool = True
    display_alerts: bool = True
    calculation: str = "automatic"
    status_bar: str | bool = False
    grow_beside: bool = True
    """AutoCorrect.AutoExpandListRange: typing beside a table makes it larger."""
    long_texts: bool = True
    """Whether blocks of texts over 8203 characters are refused (Excel 2007 and older)."""
    shows_apostrophe: bool = False
    """An apostrophe before a text in a cell for texts stays in sight: nobody here could ask a real one."""
    clipboard: Clipboard | None = None
    shape_selected: bool = False
    """A chart or a shape is selected, not cells."""
    nothing_selected: bool = False
    """Not even a shape, as on a chart sheet."""
    busy: Iterator[Exception | None] = field(default_factory=lambda: iter(()))
    """What becomes of the next calls, one each: None lets one through (``errors.BUSY``)."""
    calls: Calls = field(default_factory=Calls)
    user: str = "Координатор"
    told: list[str | bool] = field(default_factory=list)
    """What the status bar showed, in order."""
    results: Callable[[str], Held] | None = None
    """Values of formulas, when a test knows better than the fake."""


@dataclass(slots=True)
class Document:
    """An open workbook."""

    path: Path
    sheets: list[Sheet]
    program: Program
    names: list[Name] = field(default_factory=list)
    active: Sheet = field(init=False)
    original: bytes = b""
    saved: int = 0
    """How often somebody tried to save it: the tool never does."""
    read_only: bool = False
    scrolled: tuple[int, int] = (1, 1)

    def __post_init__(self) -> None:
        self.active = next(sheet for sheet in self.sheets if sheet.visible == -1)

    def sheet(self, name: str) -> Sheet | None:
        return next((one for one in self.sheets if one.name.lower() == name.lower()), None)

    def tables(self) -> Iterator[tuple[Sheet, Table]]:
        for sheet in self.sheets:
            for table in sheet.tables:
                yield sheet, table
