"""Our own sparse reader of .xlsx and .xlsm: gated parts in, a ``grid.Book`` out.

No library gives values, formulas, links and comments in one pass and stays calm when a sheet has
one value in its last corner. Links are read, never followed; macros are never looked into.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from msgspec.structs import replace

from sheetsync.grid import EMPTY, Book, Sheet, Table, Visibility
from sheetsync.intake.gate import Plain
from sheetsync.intake.plain_lists import PlainStrings
from sheetsync.intake.plain_sheet import PlainSheet
from sheetsync.workbooks import xlsx_beside
from sheetsync.workbooks.ooxml_text import unescape
from sheetsync.workbooks.xlsx_package import Package, relation_id
from sheetsync.workbooks.xlsx_plain import PlainTexts, cells_of, read_plain
from sheetsync.workbooks.xlsx_sheet import SheetBody, read_sheet
from sheetsync.workbooks.xlsx_values import NumberFormats
from sheetsync.workbooks.xml_walk import Attributes, Damaged, Text, walk

_TRUE: Final = ("1", "true", "on")
_BUILT_IN_NAME: Final = "_xlnm."
_REMEMBERED: Final = 64
"""Workbook parts and styles: copies saved by one program share them."""


def read_xlsx(
    parts: Mapping[str, bytes],
    plain: Mapping[str, Plain] | None = None,
    *,
    has_macros: bool = False,
    wanted: Callable[[Sequence[Table]], bool] = lambda _: True,
) -> Book:
    """The book in the gated ``parts``; ``plain`` are the pieces of those written plainly.

    A sheet whose tables are not ``wanted`` comes empty. Raises ``Damaged`` or an error of parsing when
    it is none.
    """
    package = Package(parts, plain)
    workbook = (*package.related("", "officeDocument"), "xl/workbook.xml")[0]
    contents = _contents(package.part(workbook))
    texts = _texts(package, workbook)
    formats = _number_formats(package, workbook, from_1904=contents.from_1904)
    relations = package.relations(workbook)
    sheets: list[Sheet] = []
    tables: list[Table] = []
    for name, visibility, relation in contents.sheets:
        if not relation:
            sheets.append(Sheet(name, visibility=visibility))  # a module of macros from an old .xls
            continue
        if relation not in relations or not relations[relation].kind.lower().endswith("sheet"):
            raise Damaged(f"лист «{name}» потерян")
        part = relations[relation].target
        own = xlsx_beside.tables(package, part, name)
        if wanted(own):
            sheets.append(_sheet(package, part, (name, visibility), texts, formats))
        else:
            sheets.append(Sheet(name, visibility=visibility))
        tables.extend(own)
    return Book(tuple(sheets), _properties(package), dict(contents.names), tuple(tables), has_macros)


def _texts(package: Package, workbook: str) -> PlainTexts:
    """The shared texts; of several lists, which no program writes, all in a row."""
    parts = package.related(workbook, "sharedStrings")
    if len(parts) == 1 and isinstance(plain := package.plain(parts[0]), PlainStrings):
        rich = xlsx_beside.framed_strings(plain.frame)
        if len(rich) == plain.texts.count(None):
            return PlainTexts(plain.texts, rich)
    strings = [one for part in parts for one in xlsx_beside.strings(package.part(part))]
    return PlainTexts([None] * len(strings), strings)


def _sheet(
    package: Package, part: str, called: tuple[str, Visibility], texts: PlainTexts, formats: NumberFormats
) -> Sheet:
    if (known := _met_before(package, part, called, texts, formats)) is not None:
        return known
    body = _body(package, part, texts, formats)
    cells, notes = body.cells, xlsx_beside.comments(package, part)
    if notes:
        cells = dict(cells)
    for at, comment in notes.items():
        cells[at] = replace(cells.get(at, EMPTY), comment=comment)
    name, visibility = called
    sheet = Sheet(
        name,
        cells,
        visibility,
        tuple(body.merges),
        frozenset(body.hidden_rows),
        frozenset(body.hidden_columns),
        xlsx_beside.shape_texts(package, part),
        xlsx_beside.pictures(package, part),
        max(body.longest, *map(len, notes.values())) if notes and body.longest else body.longest,
    )
    plain = package.plain(part)
    if body.is_met and cells is body.cells and isinstance(plain, PlainSheet):
        _keep(_Met(plain, package.beside(part), called, sheet))
    return sheet


class _Met(NamedTuple):
    """A sheet that copies may have in common, and all it was made of but texts and formats of its cells."""

    plain: PlainSheet
    beside: tuple[object, ...]
    called: tuple[str, Visibility]
    sheet: Sheet


_met: Final[dict[int, _Met]] = {}


def _keep(one: _Met) -> None:
    while len(_met) >= _REMEMBERED:
        _met.pop(next(iter(_met)), None)
    _met[id(one.plain)] = one


def _met_before(
    package: Package, part: str, called: tuple[str, Visibility], texts: PlainTexts, formats: NumberFormats
) -> Sheet | None:
    """The same sheet of an earlier copy, when this one holds the same."""
    known = _met.get(id(package.plain(part)))
    if known is None or known.called != called or known.beside != package.beside(part):
        return None
    with suppress(Exception):  # said by who reads it anew
        if cells_of(known.plain, texts, formats)[0] is known.sheet.cells:
            return known.sheet
    return None


def _body(package: Package, part: str, texts: PlainTexts, formats: NumberFormats) -> SheetBody:
    plain = package.plain(part)
    body = None
    if isinstance(plain, PlainSheet):
        with suppress(Exception):  # what is wrong with it the general reader says, in its own order
            body = read_plain(plain, package.targets(part), texts, formats)
    return body or read_sheet(package.part(part), texts.texts, formats, package.relations(part))


class _Contents:
    """What the workbook part lists: sheets in order, names, the epoch of dates."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, Visibility, str]] = []
        self.from_1904 = False
        self._names: list[tuple[Attributes, str]] = []
        self._name: Attributes = {}
        self.text = Text()

    def epoch(self, attributes: Attributes) -> None:
        self.from_1904 = attributes.get("date1904") in _TRUE

    def sheet(self, attributes: Attributes) -> None:
        state = attributes.get("state", "visible")
        known = state in tuple(Visibility)
        visibility = Visibility(state) if known else Visibility.VISIBLE
        self.sheets.append((unescape(attributes.get("name", "")), visibility, relation_id(attributes)))

    def start_name(self, attributes: Attributes) -> None:
        self._name = attributes
        self.text.open()

    def end_name(self) -> None:
        self._names.append((self._name, self.text.take()))

    @cached_property
    def names(self) -> dict[str, str]:
        """Defined names; one that belongs to a sheet is «Лист!имя» where the book has it too."""
        found: dict[str, str] = {}
        for attributes, text in sorted(self._names, key=lambda one: "localSheetId" in one[0]):
            name, owner = attributes.get("name", ""), attributes.get("localSheetId", "")
            if name.startswith(_BUILT_IN_NAME):
                continue  # print areas and filters of the program, not the user's names
            if name in found and owner.isdecimal() and int(owner) < len(self.sheets):
                name = f"{self.sheets[int(owner)][0]}!{name}"
            found[name] = text
        return found


@lru_cache(maxsize=_REMEMBERED)
def _contents(part: bytes) -> _Contents:
    contents = _Contents()
    walk(
        part,
        {"workbookPr": contents.epoch, "sheet": contents.sheet, "definedName": contents.start_name},
        {"definedName": contents.end_name},
        contents.text.hear,
    )
    if not contents.sheets:
        raise Damaged("в книге нет ни одного листа")
    return contents


def _number_formats(package: Package, workbook: str, *, from_1904: bool) -> NumberFormats:
    parts = tuple(package.part(part) for part in package.related(workbook, "styles"))
    return _formats_in(parts, from_1904=from_1904)


@lru_cache(maxsize=_REMEMBERED)
def _formats_in(parts: tuple[bytes, ...], *, from_1904: bool) -> NumberFormats:
    codes: list[int] = []
    custom: dict[int, str] = {}
    holder = ""

    def enter(name: str) -> Callable[[Attributes], None]:
        def start(_: Attributes) -> None:
            nonlocal holder
            holder = name

        return start

    def leave() -> None:
        nonlocal holder
        holder = ""

    def cell_format(attributes: Attributes) -> None:
        if holder == "cellXfs":
            codes.append(int(attributes.get("numFmtId", 0)))

    def number_format(attributes: Attributes) -> None:
        if holder == "numFmts":  # rules of conditional formats number theirs anew
            custom[int(attributes["numFmtId"])] = unescape(attributes.get("formatCode", ""))

    lists = ("numFmts", "cellXfs")
    starts = {"numFmt": number_format, "xf": cell_format, **{one: enter(one) for one in lists}}
    for part in parts:
        walk(part, starts, dict.fromkeys(lists, leave), extensions="")
    return NumberFormats(codes, custom, from_1904=from_1904)


def _properties(package: Package) -> dict[str, str]:
    """Custom document properties as text."""
    found: dict[str, str] = {}
    text = Text()
    name = ""

    def start(attributes: Attributes) -> None:
        nonlocal name
        name = attributes.get("name", "")
        text.take()
        text.open()

    def end() -> None:
        found[name] = unescape(text.take().strip())

    for part in package.related("", "custom-properties"):
        walk(package.part(part), {"property": start}, {"property": end}, text.hear)
    return found
