"""The census of .xlsx and .xlsm, over element trees of the parts."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from posixpath import join, normpath, split
from typing import Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element, fromstring, iterparse

from sheetsync.workbooks.census_items import Item, ItemKind, letters
from sheetsync.workbooks.census_plain import INLINE, Met, Odd, plain_cells, plain_texts

Part = Callable[[str], bytes]
_ESCAPED: Final = re.compile("(?i:_xd[89ab]..__xd[c-f]..|_x(?!d[89a-f])....)_".replace("..", "[0-9a-f]{2}"))
"""A character, or both halves of one; a half alone stays as it is written."""
_REFERENCE: Final = re.compile(r"\$?([A-Z]+)\$?(\d+)")
_SPELLED_LINK: Final = re.compile(r'=?\s*hyperlink\s*\(\s*"(([^"]|"")+)"\s*[,;)]', re.IGNORECASE)
_CONSTANT: Final = re.compile(r'"|[-+.\d]+\Z')
_ONE_CELL: Final = re.compile("[A-Z]{1,3}[1-9][0-9]*")
_Links = dict[str, tuple[str, str, bool]]
_NOWHERE: Final = ("", "", False)
_REMEMBERED: Final = 128


def xlsx_items(part: Part) -> Iterator[Item]:
    """Items of every sheet in order, then the names that hold constants."""
    book_name = (*_targets(part, "", "officeDocument"), "xl/workbook.xml")[0]
    book = fromstring(part(book_name))
    links = _links(part, book_name)
    texts = [text for name in _targets(part, book_name, "sharedStrings") for text in _shared(part(name))]
    for sheet in _all(book, "sheet"):
        relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        if relation:  # a module of macros from an old .xls has no content
            yield from _sheet_items(part, _plain(sheet.get("name", "")), links[relation][1], texts)
    for name in _all(book, "definedName"):
        if _CONSTANT.match(name.text or "") and not name.get("name", "").startswith("_xlnm."):
            yield Item("", name.get("name", ""), ItemKind.NAME, name.text or "")


def _sheet_items(part: Part, title: str, name: str, texts: list[str]) -> Iterator[Item]:
    met, links = _cells(part(name))
    filled: set[str] = set()
    spelled: list[Item] = []
    for at, kind, stored, formula in met:
        text = _value(kind, stored, texts)
        if formula is not None:
            if not text.strip():
                text = f"={formula}"
            if found := _SPELLED_LINK.match(formula):
                spelled.append(Item(title, at, ItemKind.LINK, found[1].replace('""', '"')))
        elif not text.strip():
            continue  # an empty text
        filled.add(at)
        yield Item(title, at, ItemKind.VALUE, text)
    known = {(one.cell, one.text) for one in spelled}
    yield from spelled
    for at, target in _hyperlinks(links, _links(part, name), filled):
        if (at, target) not in known:
            known.add((at, target))
            yield Item(title, at, ItemKind.LINK, target)
    for at, text in _comments(part, name).items():
        yield Item(title, at, ItemKind.COMMENT, text)
    for drawing in _targets(part, name, "drawing"):
        for text in _shapes(fromstring(part(drawing))):
            yield Item(title, "", ItemKind.SHAPE, text)


# --- cells --------------------------------------------------------------------------------------


def _cells(part: bytes) -> tuple[Iterable[Met], list[Element]]:
    """What holds something, row by row, and the hyperlinks, known when the cells are gone through."""
    links: list[Element] = []
    try:
        met, around = plain_cells(part)
    except Odd:
        return _grown(part, links), links
    links.extend(_all(fromstring(around), "hyperlink"))
    return met, links


def _grown(part: bytes, links: list[Element]) -> Iterator[Met]:
    """The cells of a sheet marked up in some unusual way; hyperlinks met after them go to ``links``."""
    row = 0
    for element in _ended(part, "row", "hyperlink"):
        if _tag(element) == "hyperlink":
            links.append(element)
            continue
        row = int(element.get("r") or row + 1)
        column = 0
        for cell in _children(element, "c"):
            at = cell.get("r")
            column = _column(at) if at else column + 1
            inside = {_tag(child): child for child in cell}
            if inside:  # else formatted, but holds nothing
                is_inline = "is" in inside
                stored = _rich(inside["is"]) if is_inline else _text_of(inside, "v") or ""
                kind = "" if is_inline else cell.get("t", "")
                formula = _text_of(inside, "f")
                yield Met(at or f"{letters(column)}{row}", kind, stored, formula)
        element.clear()


def _text_of(inside: dict[str, Element], tag: str) -> str | None:
    return (inside[tag].text or "") if tag in inside else None


def _column(at: str) -> int:
    column = 0
    for letter in at.rstrip("0123456789"):
        column = 26 * column + "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter) + 1
    return column


def _value(kind: str, stored: str, texts: list[str]) -> str:
    if kind == "s":
        return texts[int(stored)] if stored else ""
    return _plain(stored) if kind in ("str", INLINE) else stored


def _hyperlinks(found: list[Element], links: _Links, filled: set[str]) -> Iterator[tuple[str, str]]:
    """Place and target; a link over a range belongs to its filled cells, or to its first cell."""
    for link in found:
        relation = next((value for key, value in link.items() if key.endswith("}id")), "")
        target = links.get(relation, _NOWHERE)[1]
        if link.get("location"):
            target += f"#{link.get('location')}"
        if target:  # else it leads nowhere
            reference = link.get("ref", "")
            places = [reference] if _ONE_CELL.fullmatch(reference) else _places(reference, filled)
            for at in places:
                yield at, target


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
        return plain_texts(part, _rich)
    except Odd:
        return _shared_texts(part)


def _shared_texts(part: bytes) -> Iterator[str]:
    for element in _ended(part, "si"):
        yield _rich(element)
        element.clear()


# --- beside the cells ---------------------------------------------------------------------------


def _comments(part: Part, sheet: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _targets(part, sheet, "comments"):
        root = fromstring(part(name))
        authors = [author.text or "" for author in _all(root, "author")]
        for note in _outer(root, "comment"):
            author = int(note.get("authorId", "0"))
            stands_for_thread = author < len(authors) and authors[author].startswith("tc=")
            text = _rich(note)
            if text.strip() and not stands_for_thread:
                found[note.get("ref", "")] = text
    for name in _targets(part, sheet, "threadedComment"):
        for remark in _all(fromstring(part(name)), "threadedComment"):
            at, text = remark.get("ref", ""), _plain(_child_text(remark, "text"))
            if text.strip():
                found[at] = f"{found[at]}\n{text}" if at in found else text
    return found


def _shapes(root: Element) -> Iterator[str]:
    fallback = {id(shape) for one in _outer(root, "Fallback") for shape in _all(one, "sp")}
    for shape in _outer(root, "sp"):
        if id(shape) in fallback:
            continue  # said already by the newer form of the same shape
        lines = ["".join(_run(run) for run in line.iter()) for line in _outer(shape, "p")]
        text = "\n".join(lines).strip()
        if text:
            yield text


def _run(element: Element) -> str:
    tag = _tag(element)
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
    found: _Links = {}
    for one in _all(fromstring(part), "Relationship"):
        outside = one.get("TargetMode") == "External" or one.get("Type", "").endswith("/hyperlink")
        target = one.get("Target", "")
        if not outside:
            target = normpath(join("/", folder, unquote(target).replace("\\", "/"))).lstrip("/")
        found[one.get("Id", "")] = one.get("Type", "").split("/")[-1], target, outside
    return found


def _targets(part: Part, name: str, kind: str) -> list[str]:
    """Parts of one kind that a part leads to and the file really has."""
    found = [target for is_a, target, outside in _links(part, name).values() if is_a == kind and not outside]
    return [target for target in found if _is_there(part, target)]


def _is_there(part: Part, name: str) -> bool:
    try:
        return bool(part(name))
    except KeyError:
        return False


# --- elements by their name without namespace ---------------------------------------------------


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _ended(part: bytes, *tags: str) -> Iterator[Element]:
    """Elements of these names as they end, so that a long part is never whole in memory."""
    return (element for _, element in iterparse(io.BytesIO(part)) if element.tag.rpartition("}")[2] in tags)


def _all(element: Element, tag: str) -> Iterator[Element]:
    return (one for one in element.iter() if _tag(one) == tag)


def _outer(element: Element, tag: str) -> Iterator[Element]:
    """Elements of that name that do not lie inside another one: none is visited twice."""
    for one in element:
        if _tag(one) == tag:
            yield one
        else:
            yield from _outer(one, tag)


def _children(element: Element, tag: str) -> Iterator[Element]:
    return (one for one in element if _tag(one) == tag)


def _child(element: Element, tag: str) -> Element | None:
    return next(_children(element, tag), None)


def _child_text(element: Element, tag: str) -> str:
    found = _child(element, tag)
    return (found.text or "") if found is not None else ""


def _rich(element: Element) -> str:
    """All text runs of an element, without phonetic readings."""
    if len(element) == 1 and _tag(element[0]) == "t" and not len(element[0]):
        return _plain(element[0].text or "")
    phonetic = {id(run) for reading in _all(element, "rPh") for run in reading}
    return _plain("".join(run.text or "" for run in _all(element, "t") if id(run) not in phonetic))


def _plain(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: _units(found[0]), text)


def _units(escaped: str) -> str:
    """«_x000D_» or «_xD83D__xDE00_» as the character."""
    units = [int(one, 16) for one in re.findall("_x(.{4})_", escaped)]
    return struct.pack(f"<{len(units)}H", *units).decode("utf-16-le")
