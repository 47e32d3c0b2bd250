"""What the census finds without an element tree: cells and texts marked up as programs usually do.

It knows nothing of how the reader takes a sheet apart: what stands between two stored values is matched
by its own patterns and remembered, as copies of one form repeat it. The parts are well formed,
the gate has seen to that; whatever is not known here to the last character is left to the tree.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element, ParseError, fromstring

from sheetsync.patterns import at_first_use

_PIECE: Final = at_first_use(
    r"(?:</row>|<row(?: [^<>]*)?>|<c [^<>]*/>)*+"
    r'(?:<c((?: [a-z]+="[^"<>]*")+)>'
    r"((?:<f(?: [^<>]*)?/>|<f(?: [^<>]*[^<>/])?>[^<]*</f>)?)"
    r'((?:<v/>|<v>[^<]*</v>|<is><t(?: xml:space="preserve")?>[^<]*</t></is>)?))?'
)
_ATTRIBUTE: Final = at_first_use(' ([a-z]+)="([^"]*)"')
_PLACE: Final = at_first_use("[A-Z]{1,3}[1-9][0-9]*")
_UTF8: Final = at_first_use(
    rb"""(?:<\?xml [^<>]*encoding=["'](?i:utf-8)["'][^<>]*\?>|<\?xml (?![^<>]*encoding)[^<>]*\?>|(?=<[^?]))"""
)
_BOTH_ENDS: Final = 2
"""Of the rows: how often their element is named where it stands once."""
_ROW_ELSEWHERE: Final = at_first_use(rb"[<:](?:row|sheetData)[\s/]")
_ADDRESS: Final = at_first_use(
    r'<Relationship(?: Id="([^"&]*)")? Type="[^"&]*/hyperlink" Target="([^"&]*)" TargetMode="External"'
    r'(?: Id="([^"&]*)")?/>'
)
_ADDRESS_GROUPS: Final = _ADDRESS.groups + 1
_LINK: Final = at_first_use(
    rb'<hyperlink(?: xmlns:r="[^"]*")? ref="([A-Z]{1,3}[1-9][0-9]*)" r:id="([^"&\s]+)"'
    rb'(?: tooltip="[^"]*")?(?: display="[^"]*")?(?: xr:uid="[^"]*")?/>'
)
_ESCAPED: Final = at_first_use("(?i:_xd[89ab]..__xd[c-f]..|_x(?!d[89a-f])....)_".replace("..", "[0-9a-f]{2}"))
"""A character, or both halves of one; a half alone stays as it is written."""
_VALUE, _VALUE_END, _SOME_VALUE = b"<v>", b"</v></c>", b"<v>0</v>"
_TEXT_START, _SPACED_START = "<si><t>", '<si><t xml:space="preserve">'
_TEXT_END: Final = "</t></si>"
_TAGS: Final = 4
"""Of a text that is all its item holds: how each of the two begins and ends."""
_ENTITIES: Final = (("&gt;", ">"), ("&lt;", "<"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_ENTRY: Final = 256
"""What remembering one costs besides."""
_REMEMBERED: Final = 2 << 20
"""Bytes of markup kept in mind."""


class Odd(Exception):
    """Marked up in some other way."""


class Met(NamedTuple):
    """A cell that holds something: a text, or the number of a shared one; the formula as written. Where a
    value stands beside it, it holds that one: ``held`` only tells the number of a text from other values.
    """

    cell: str
    held: str | int
    formula: str | None


class _Gap(NamedTuple):
    """What stands between two stored values: cells that hold something without one, and the cell whose the
    second value is."""

    before: tuple[Met, ...]
    cell: Met


class _Gaps(dict[bytes, _Gap]):
    """What stands between values; copies of one form repeat it, whatever was typed into them."""

    _size = 0

    def __missing__(self, gap: bytes) -> _Gap:
        *before, last = _cells_in(gap + _SOME_VALUE)
        if last is None:
            raise Odd
        self._size += len(gap) + _ENTRY
        if self._size > _REMEMBERED:
            self.clear()
            self._size = len(gap) + _ENTRY
        found = self[gap] = _Gap(tuple(filter(None, before)), last)
        return found


_gaps: Final = _Gaps()


def plain_cells(part: bytes) -> tuple[list[Met], list[bytes | None], bytes]:
    """The cells of a sheet that hold something, the values stored in them where these are plain, and the
    sheet without its rows. Raises ``Odd``."""
    opened, closed = part.find(b"<sheetData>") + len(b"<sheetData>"), part.rfind(b"</sheetData>")
    if not len(b"<sheetData>") <= opened <= closed:
        raise Odd
    around = part[:opened] + part[closed:]
    may_have_rows = b"row" in around or around.count(b"sheetData") > _BOTH_ENDS
    if b"<!" in around or (may_have_rows and _ROW_ELSEWHERE.search(around)) or not _UTF8.match(around):
        raise Odd
    *cut, rest = part[opened:closed].replace(_VALUE_END, _VALUE).split(_VALUE)
    gaps, values = cut[::2], cut[1::2]
    if len(gaps) > len(values) or b"<" in (said := b"".join(values)):
        raise Odd
    known = list(map(_gaps.__getitem__, gaps))
    met, stored = [gap.cell for gap in known], list[bytes | None](values)
    if b"&" in said or b"_x" in said or b"\r" in said or not all(values):
        met, stored = _as_meant_each(gaps, met, values)
    if any(gap.before for gap in known):
        met, stored = _with_those_before(known, met, stored)
    *last, none = _cells_in(rest)
    if none is not None:
        raise Odd
    held = list(filter(None, last))
    return met + held, stored + [None] * len(held), around


def _as_meant_each(
    gaps: list[bytes], met: list[Met], values: list[bytes]
) -> tuple[list[Met], list[bytes | None]]:
    """The cells with values written in some roundabout way as what they mean."""
    stored = list[bytes | None](values)
    for at, value in enumerate(values):
        if not value or b"&" in value or b"_x" in value or b"\r" in value:
            met[at], stored[at] = _cells_in(gaps[at] + _VALUE + value + b"</v>")[-1] or met[at], None
    return met, stored


def _with_those_before(
    known: list[_Gap], met: list[Met], stored: list[bytes | None]
) -> tuple[list[Met], list[bytes | None]]:
    """The cells with those among them that have no stored value."""
    every: list[tuple[Met, bytes | None]] = []
    for gap, one, value in zip(known, met, stored, strict=True):
        every += [(before, None) for before in gap.before]
        every.append((one, value))
    return [one for one, _ in every], [value for _, value in every]


def _cells_in(rows: bytes) -> list[Met | None]:
    """What each cell holds, or what rows without one do: nothing."""
    return list(map(_met, _lines(rows.decode()).split("</c>")))


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
    said = _between(formula) if formula else None
    if held.startswith("<is>"):
        return Met(attributes["r"], unescaped(_between(held[len("<is>") : -len("</is>")])), said)
    stored = _between(held)
    match attributes.get("t"):
        case "s" if stored:
            return Met(attributes["r"], int(stored), said)
        case "str":
            return Met(attributes["r"], unescaped(stored), said)
    return Met(attributes["r"], stored, said)


def _between(element: str) -> str:
    """The text of an element written whole."""
    if element.endswith("/>"):
        return ""
    return meant(element.partition(">")[2].rpartition("</")[0])


def plain_texts(part: bytes, rich: Callable[[Element], str]) -> list[str]:
    """The shared texts of a book; ``rich`` tells the text of one in several runs. Raises ``Odd``."""
    whole = lines_of(part)
    first, last = whole.find("<si>"), whole.rfind(_TEXT_END)
    items, rest = whole[max(first, 0) : last], whole[last + len(_TEXT_END) :]
    head = whole[: max(first, 0)]
    is_only_list = head.count("<") == 1 + head.count("<?") and "<!" not in head
    if not (0 <= first < last and is_only_list) or "<" in rest.replace("</sst>", "", 1):
        raise Odd
    if (bare := _bare_texts(items)) is not None:
        return bare
    texts: list[str] = []
    for piece in items.split(_TEXT_END):
        if piece.startswith(_TEXT_START):
            raw = piece[len(_TEXT_START) :]
        elif piece.startswith(_SPACED_START):
            raw = piece[len(_SPACED_START) :]
        else:
            texts += _several(piece, rich)
            continue
        if "<" in raw:
            raise Odd
        texts.append(_as_meant(raw))
    return texts


def _bare_texts(items: str) -> list[str] | None:
    """The texts, when every item holds nothing but one."""
    even = items.replace(_SPACED_START, _TEXT_START)
    if not even.startswith(_TEXT_START):
        return None
    bare = even[len(_TEXT_START) :].split(_TEXT_END + _TEXT_START)
    if even.count("<") != _TAGS * len(bare) - _TAGS // 2:
        return None
    return list(map(_as_meant, bare)) if "&" in even or "_x" in even else bare


def _as_meant(raw: str) -> str:
    return unescaped(meant(raw)) if "&" in raw or "_x" in raw else raw


def _several(piece: str, rich: Callable[[Element], str]) -> Iterator[str]:
    """Texts of which some are in runs, up to one that is not."""
    try:
        root = fromstring(f"<sst>{piece}{_TEXT_END}</sst>")
    except ParseError:
        raise Odd from None
    if any(one.tag != "si" for one in root):
        raise Odd
    return map(rich, root)


def plain_links(around: bytes) -> list[tuple[str, str, str]]:
    """The hyperlinks of a sheet whose each leads from one cell out of the book. Raises ``Odd``.

    Of each the cell, the relation, and no place inside the book.
    """
    found = _LINK.findall(around)
    if len(found) != around.count(b"hyperlink ") + around.count(b"hyperlink\n"):
        raise Odd
    return [(at.decode(), relation.decode(), "") for at, relation in found]


def plain_addresses(part: bytes) -> tuple[dict[str, str], bytes]:
    """Addresses by relation, and the relations that are none. Raises ``Odd``."""
    whole = lines_of(part)
    cut = _ADDRESS.split(whole)
    before, targets, after = (cut[at::_ADDRESS_GROUPS] for at in (1, 2, 3))
    names = [one or other or "" for one, other in zip(before, after, strict=True)]
    rest, said = "".join(cut[::_ADDRESS_GROUPS]), "".join(targets)
    if len(set(names)) < len(names) or "" in names or any(map(all, zip(before, after, strict=True))):
        raise Odd
    if "<!" in rest or "\n" in said or "\t" in said:
        raise Odd  # in an attribute they mean a blank
    return dict(zip(names, targets, strict=True)), rest.encode()


def meant(raw: str) -> str:
    """Characters as XML means them."""
    if "&" not in raw:
        return raw
    if "&#" in raw:
        return fromstring(f"<t>{raw}</t>").text or ""
    for entity, sign in _ENTITIES:
        raw = raw.replace(entity, sign)
    return raw


def unescaped(text: str) -> str:
    """A stored text with the characters XML cannot carry: «_x000D_» or «_xD83D__xDE00_»."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: _units(found[0]), text)


def _units(escaped: str) -> str:
    units = [int(one, 16) for one in re.findall("_x(.{4})_", escaped)]
    return struct.pack(f"<{len(units)}H", *units).decode("utf-16-le")


def lines_of(part: bytes) -> str:
    """A part in UTF-8 as text. Raises ``Odd`` for one in another encoding."""
    if not _UTF8.match(part):
        raise Odd
    return _lines(part.decode())


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
