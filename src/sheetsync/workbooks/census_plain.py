"""What the census finds without an element tree: cells and texts marked up as programs usually do.

It knows nothing of how the reader takes a sheet apart: rows are cut at the end of each filled cell,
and what such a piece holds is remembered, as copies of one form repeat it. The parts are well formed,
the gate has seen to that; whatever is not known here to the last character is left to the tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element, ParseError, fromstring

_PIECE: Final = re.compile(
    r"(?:</row>|<row(?: [^<>]*)?>|<c [^<>]*/>)*+"
    r'(?:<c((?: [a-z]+="[^"<>]*")+)>'
    r"((?:<f(?: [^<>]*)?/>|<f(?: [^<>]*[^<>/])?>[^<]*</f>)?)"
    r'((?:<v/>|<v>[^<]*</v>|<is><t(?: xml:space="preserve")?>[^<]*</t></is>)?))?'
)
_ATTRIBUTE: Final = re.compile(' ([a-z]+)="([^"]*)"')
_PLACE: Final = re.compile("[A-Z]{1,3}[1-9][0-9]*")
_UTF8: Final = re.compile(
    rb"""(?:<\?xml [^<>]*encoding=["'](?i:utf-8)["'][^<>]*\?>|<\?xml (?![^<>]*encoding)[^<>]*\?>|(?=<[^?]))"""
)
_ROW_ELSEWHERE: Final = re.compile(rb"[<:](?:row|sheetData)[\s/]")
_TEXT_START, _SPACED_START = "<si><t>", '<si><t xml:space="preserve">'
_TEXT_END: Final = "</t></si>"
INLINE: Final = "<is>"
"""The type of a cell that holds a text of its own, whatever it says of itself."""
_ENTITIES: Final = (("&gt;", ">"), ("&lt;", "<"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_REMEMBERED: Final = 4 << 20
"""Bytes of markup kept in mind."""


class Odd(Exception):
    """Marked up in some other way."""


class Met(NamedTuple):
    """A cell that holds something: ``kind`` is its type, ``stored`` what it stores, escapes in it still."""

    cell: str
    kind: str
    stored: str
    formula: str | None


class _Pieces(dict[bytes, Met | None]):
    """What a piece of rows ends with: a cell that holds something, or nothing."""

    _size = 0

    def __missing__(self, piece: bytes) -> Met | None:
        self._size += len(piece)
        if self._size > _REMEMBERED:
            self.clear()
            self._size = len(piece)
        met = self[piece] = _met(_lines(piece.decode()))
        return met


_pieces: Final = _Pieces()


def plain_cells(part: bytes) -> tuple[list[Met], bytes]:
    """The cells of a sheet that hold something, and the sheet without its rows. Raises ``Odd``."""
    opened, closed = part.find(b"<sheetData>") + len(b"<sheetData>"), part.rfind(b"</sheetData>")
    if not len(b"<sheetData>") <= opened <= closed:
        raise Odd
    around = part[:opened] + part[closed:]
    if b"<!" in around or _ROW_ELSEWHERE.search(around) or not _UTF8.match(around):
        raise Odd
    pieces = part[opened:closed].split(b"</c>")
    met = list(filter(None, map(_pieces.__getitem__, pieces)))
    if _pieces[pieces[-1]] is not None:
        raise Odd
    return met, around


def _met(piece: str) -> Met | None:
    found = _PIECE.fullmatch(piece)
    if not found:
        raise Odd
    markup, formula, held = found.groups()
    if not (formula or held):
        return None
    attributes = dict(_ATTRIBUTE.findall(markup))
    if not _PLACE.fullmatch(attributes.get("r", "")):
        raise Odd
    is_inline = held.startswith("<is>")
    stored = _between(held.removeprefix("<is>").removesuffix("</is>"))
    kind = INLINE if is_inline else attributes.get("t", "")
    return Met(attributes["r"], kind, stored, _between(formula) if formula else None)


def _between(element: str) -> str:
    """The text of an element written whole."""
    if element.endswith("/>"):
        return ""
    return meant(element.partition(">")[2].rpartition("</")[0])


def plain_texts(part: bytes, rich: Callable[[Element], str]) -> list[str]:
    """The shared texts of a book; ``rich`` tells the text of one in several runs. Raises ``Odd``."""
    if not _UTF8.match(part):
        raise Odd
    whole = _lines(part.decode())
    first = whole.find("<si>")
    *pieces, rest = whole[max(first, 0) :].split(_TEXT_END)
    if first < 0 or "<!" in whole[:first] or "<" in rest.replace("</sst>", "", 1):
        raise Odd
    texts: list[str] = []
    for piece in pieces:
        if piece.startswith(_TEXT_START):
            raw = piece[len(_TEXT_START) :]
        elif piece.startswith(_SPACED_START):
            raw = piece[len(_SPACED_START) :]
        else:
            texts += _several(piece, rich)
            continue
        if "<" in raw:
            raise Odd
        texts.append(meant(raw))
    return texts


def _several(piece: str, rich: Callable[[Element], str]) -> Iterator[str]:
    """Texts of which some are in runs, up to one that is not."""
    try:
        root = fromstring(f"<sst>{piece}{_TEXT_END}</sst>")
    except ParseError:
        raise Odd from None
    if any(one.tag != "si" for one in root):
        raise Odd
    return map(rich, root)


def meant(raw: str) -> str:
    """Characters as XML means them."""
    if "&" not in raw:
        return raw
    if "&#" in raw:
        return fromstring(f"<t>{raw}</t>").text or ""
    for entity, sign in _ENTITIES:
        raw = raw.replace(entity, sign)
    return raw


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
