"""The census of .xlsx and .xlsm, over element trees of the parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from posixpath import join, normpath, split
from typing import Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element, fromstring

from msgspec import Struct

from sheetsync.patterns import at_first_use
from sheetsync.workbooks.census_elements import child_text, children, ended, every, outer, rich, tag_of
from sheetsync.workbooks.census_items import Item, ItemKind, letters
from sheetsync.workbooks.census_notes import Remark, plain_remarks
from sheetsync.workbooks.census_plain import (
    Met,
    Odd,
    plain_addresses,
    plain_cells,
    plain_links,
    plain_texts,
    unescaped,
)

Part = Callable[[str], bytes]
_REFERENCE: Final = at_first_use(r"\$?([A-Z]+)\$?(\d+)")
_SPELLED_LINK: Final = at_first_use(r'=?\s*hyperlink\s*\(\s*"(([^"]|"")+)"\s*[,;)]', re.IGNORECASE)
_CONSTANT: Final = at_first_use(r'"|[-+.\d]+\Z')
_ONE_CELL: Final = at_first_use("[A-Z]{1,3}[1-9][0-9]*")
_Links = dict[str, tuple[str, str, bool]]
_Link = tuple[str, str, str]
"""A hyperlink: its reference, its relation, its place inside a book."""
_NOWHERE: Final = ("", "", False)
_HYPERLINK: Final = "hyperlink"
_REMEMBERED: Final = 24
_REMEMBERED_SHEETS: Final = 64
_SHORT: Final = 32 << 10
"""Bytes of a sheet that is remembered whole."""
_NUMBERED: Final = 1 << 12
"""Shared texts known by their number as it is written."""


def xlsx_items(part: Part) -> list[Item]:
    """Items of every sheet in order, then the names that hold constants."""
    book_name = (*_there(part, _links(part, ""), "officeDocument"), "xl/workbook.xml")[0]
    contents, names = _contents(part(book_name))
    links = _links(part, book_name)
    texts = [text for name in _there(part, links, "sharedStrings") for text in _shared(part(name))]
    found: list[Item] = []
    for title, relation in contents:
        if relation:  # a module of macros from an old .xls has no content
            found += _sheet_items(part, title, links[relation][1], texts)
    found += names
    return found


@lru_cache(maxsize=_REMEMBERED)
def _contents(part: bytes) -> tuple[tuple[tuple[str, str], ...], tuple[Item, ...]]:
    """The sheets of a book by title and relation, and its names that hold constants."""
    book = fromstring(part)
    sheets = [
        (
            unescaped(sheet.get("name", "")),
            next((value for key, value in sheet.attrib.items() if key.endswith("}id")), ""),
        )
        for sheet in every(book, "sheet")
    ]
    names = [
        Item("", name.get("name", ""), ItemKind.NAME, name.text or "")
        for name in every(book, "definedName")
        if _CONSTANT.match(name.text or "") and not name.get("name", "").startswith("_xlnm.")
    ]
    return tuple(sheets), tuple(names)


def _sheet_items(part: Part, title: str, name: str, texts: list[str]) -> list[Item]:
    leads = _links(part, name)
    known: dict[tuple[str, str], None] = {}
    sheet = part(name)
    if len(sheet) > _SHORT:
        met, stored, links = _cells(sheet)
        found = _values(title, met, stored, texts, known)
    else:
        short = _short(sheet)
        found, links = short.values(title, texts, known), short.links
    if links:
        known |= dict.fromkeys(_hyperlinks(links, leads, found))
    made, link = tuple.__new__, ItemKind.LINK
    found += [made(Item, (title, at, link, target)) for at, target in known]
    found += [Item(title, at, ItemKind.COMMENT, text) for at, text in _comments(part, leads).items()]
    for drawing in _there(part, leads, "drawing"):
        found += [Item(title, "", ItemKind.SHAPE, text) for text in _shapes(fromstring(part(drawing)))]
    return found


class _Short(Struct, eq=False):
    """A sheet that copies of one form have in common, and what it showed in the last of them."""

    met: list[Met]
    stored: list[bytes | None]
    links: list[_Link]
    numbers: tuple[int, ...]
    places: tuple[int, ...]
    """Of each number the cell that has it; none when formulas stand among the cells."""
    _shown: tuple[str, tuple[str, ...]] = ("", ())
    _found: tuple[Item, ...] = ()
    _spelled: tuple[tuple[str, str], ...] = ()

    def values(self, title: str, texts: list[str], spelled: dict[tuple[str, str], None]) -> list[Item]:
        shown = title, tuple(map(texts.__getitem__, self.numbers))
        if shown != self._shown and not self._has_shown(shown):
            own: dict[tuple[str, str], None] = {}
            self._found = tuple(_values(title, self.met, self.stored, texts, own))
            self._spelled = tuple(own)
        self._shown = shown
        spelled |= dict.fromkeys(self._spelled)
        return list(self._found)

    def _has_shown(self, shown: tuple[str, tuple[str, ...]]) -> bool:
        """Put other texts where only texts differ from what was shown, each cell filled in both."""
        (title, texts), (called, before) = shown, self._shown
        if title != called or not self.places or len(self._found) < len(self.met):
            return False
        found = list(self._found)
        for at, text, other in zip(self.places, texts, before, strict=True):
            if text != other:
                if not text or text.isspace():
                    return False
                found[at] = Item(title, found[at].cell, ItemKind.VALUE, text)
        self._found = tuple(found)
        return True


@lru_cache(maxsize=_REMEMBERED_SHEETS)
def _short(part: bytes) -> _Short:
    met, stored, links = _cells(part)
    asking = [
        (at, one.held if value is None else int(value.decode()))
        for at, (one, value) in enumerate(zip(met, stored, strict=True))
        if isinstance(one.held, int)
    ]
    is_bare = all(one.formula is None for one in met)
    places = tuple(at for at, _ in asking) if is_bare else ()
    return _Short(met, stored, links, tuple(number for _, number in asking), places)


def _values(
    title: str,
    met: Iterable[Met],
    stored: Iterable[bytes | None],
    texts: list[str],
    spelled: dict[tuple[str, str], None],
) -> list[Item]:
    """What the cells show; addresses that formulas spell out go to ``spelled``."""
    found: list[Item] = []
    numbered = dict(zip(_numbers(), texts, strict=False))
    value, made = ItemKind.VALUE, tuple.__new__
    for (at, held, formula), own in zip(met, stored, strict=True):
        if held.__class__ is int:
            text = numbered.get(own) or texts[held if own is None else int(own.decode())]  # type: ignore[arg-type]
        else:
            text = held if own is None else own.decode()  # type: ignore[assignment]
        if formula is not None:
            text = text if text.strip() else f"={formula}"
            if link := _SPELLED_LINK.match(formula):
                spelled[at, link[1].replace('""', '"')] = None
        elif not text or text.isspace():
            continue  # an empty text
        found.append(made(Item, (title, at, value, text)))
    return found


@cache
def _numbers() -> tuple[bytes, ...]:
    """Numbers of shared texts as cells have them; few books have more."""
    return tuple([b"%d" % one for one in range(_NUMBERED)])


# --- cells --------------------------------------------------------------------------------------


def _cells(part: bytes) -> tuple[list[Met], list[bytes | None], list[_Link]]:
    """What holds something, row by row, with the values stored in it, and the hyperlinks."""
    links: list[_Link] = []
    try:
        met, stored, around = plain_cells(part)
    except Odd:
        met = list(_grown(part, links))
        return met, [None] * len(met), links
    if b"hyperlink " in around or b"hyperlink\n" in around:
        try:
            links += plain_links(around)
        except Odd:
            links += map(_link, every(fromstring(around), "hyperlink"))
    return met, stored, links


def _grown(part: bytes, links: list[_Link]) -> Iterator[Met]:
    """The cells of a sheet marked up in some unusual way; hyperlinks met after them go to ``links``."""
    row = 0
    for element in ended(part, "row", "hyperlink"):
        if tag_of(element) == "hyperlink":
            links.append(_link(element))
            continue
        row = int(element.get("r") or row + 1)
        column = 0
        for cell in children(element, "c"):
            at = cell.get("r")
            column = _column(at) if at else column + 1
            inside = {tag_of(child): child for child in cell}
            if inside:  # else formatted, but holds nothing
                yield Met(at or f"{letters(column)}{row}", _held(cell, inside), _text_of(inside, "f"))
        element.clear()


def _held(cell: Element, inside: dict[str, Element]) -> str | int:
    if "is" in inside:
        return rich(inside["is"])
    stored = _text_of(inside, "v") or ""
    match cell.get("t"):
        case "s":
            return int(stored) if stored else ""
        case "str":
            return unescaped(stored)
    return stored


def _link(element: Element) -> _Link:
    relation = next((value for key, value in element.items() if key.endswith("}id")), "")
    return element.get("ref", ""), relation, element.get("location") or ""


def _text_of(inside: dict[str, Element], tag: str) -> str | None:
    return (inside[tag].text or "") if tag in inside else None


def _column(at: str) -> int:
    column = 0
    for letter in at.rstrip("0123456789"):
        column = 26 * column + "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter) + 1
    return column


def _hyperlinks(found: list[_Link], links: _Links, values: list[Item]) -> Iterator[tuple[str, str]]:
    """Place and target; a link over a range belongs to its filled cells, or to its first cell."""
    filled: set[str] = set()
    for reference, relation, location in found:
        target = links.get(relation, _NOWHERE)[1]
        if location:
            target += f"#{location}"
        if not target:
            continue  # leads nowhere
        if _ONE_CELL.fullmatch(reference):
            yield reference, target
        else:
            filled = filled or {one.cell for one in values}
            yield from ((at, target) for at in _places(reference, filled))


def _places(reference: str, filled: set[str]) -> list[str]:
    """The filled cells of a range, or its first cell."""
    corners = [(int(row), _column(column)) for column, row in _REFERENCE.findall(reference)]
    (top, left), (bottom, right) = corners[0], corners[-1]
    inside = [
        f"{letters(column)}{row}"
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if f"{letters(column)}{row}" in filled
    ]
    return inside or [f"{letters(left)}{top}"]


def _shared(part: bytes) -> Iterable[str]:
    try:
        return plain_texts(part, rich)
    except Odd:
        return _shared_texts(part)


def _shared_texts(part: bytes) -> Iterator[str]:
    for element in ended(part, "si"):
        yield rich(element)
        element.clear()


# --- beside the cells ---------------------------------------------------------------------------


def _comments(part: Part, links: _Links) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _there(part, links, "comments"):
        authors, notes = _notes(part(name))
        for at, author, text in notes:
            stands_for_thread = author < len(authors) and authors[author].startswith("tc=")
            if text.strip() and not stands_for_thread:
                found[at] = text
    for name in _there(part, links, "threadedComment"):
        for remark in every(fromstring(part(name)), "threadedComment"):
            at, text = remark.get("ref", ""), unescaped(child_text(remark, "text"))
            if text.strip():
                found[at] = f"{found[at]}\n{text}" if at in found else text
    return found


def _notes(part: bytes) -> tuple[list[str], list[Remark]]:
    """Who wrote notes, and the notes."""
    try:
        notes, around = plain_remarks(part)
    except Odd:
        root = fromstring(part)
        notes = [
            (one.get("ref", ""), int(one.get("authorId", "0")), rich(one)) for one in outer(root, "comment")
        ]
        return _authors(root), notes
    return _authors(fromstring(around)), notes


def _authors(root: Element) -> list[str]:
    return [author.text or "" for author in every(root, "author")]


def _shapes(root: Element) -> Iterator[str]:
    fallback = {id(shape) for one in outer(root, "Fallback") for shape in every(one, "sp")}
    for shape in outer(root, "sp"):
        if id(shape) in fallback:
            continue  # said already by the newer form of the same shape
        lines = ["".join(_run(run) for run in line.iter()) for line in outer(shape, "p")]
        text = "\n".join(lines).strip()
        if text:
            yield text


def _run(element: Element) -> str:
    tag = tag_of(element)
    return (element.text or "") if tag == "t" else "\n" if tag == "br" else ""


# --- the package --------------------------------------------------------------------------------


def _links(part: Part, name: str) -> _Links:
    """Relations of a part by id: kind, target, whether it leads out of the file."""
    folder, file = split(name)
    try:
        return _listed(folder, part(join(folder, "_rels", f"{file}.rels")))
    except KeyError:
        return {}  # a part that points to nothing


@lru_cache(maxsize=_REMEMBERED)
def _listed(folder: str, part: bytes) -> _Links:
    try:
        addresses, rest = plain_addresses(part)
    except Odd:
        return _related(folder, part)
    found = _related(folder, rest)
    if not found.keys().isdisjoint(addresses):
        return _related(folder, part)  # of two alike the later one holds
    return found | {one: (_HYPERLINK, target, True) for one, target in addresses.items()}


def _related(folder: str, part: bytes) -> _Links:
    found: _Links = {}
    for one in every(fromstring(part), "Relationship"):
        outside = one.get("TargetMode") == "External" or one.get("Type", "").endswith("/hyperlink")
        target = one.get("Target", "")
        if not outside:
            target = normpath(join("/", folder, unquote(target).replace("\\", "/"))).lstrip("/")
        found[one.get("Id", "")] = one.get("Type", "").split("/")[-1], target, outside
    return found


def _there(part: Part, links: _Links, kind: str) -> list[str]:
    """Parts of one kind that relations lead to and the file really has."""
    found = [target for is_a, target, outside in links.values() if is_a == kind and not outside]
    return [target for target in found if _is_there(part, target)]


def _is_there(part: Part, name: str) -> bool:
    try:
        return bool(part(name))
    except KeyError:
        return False
