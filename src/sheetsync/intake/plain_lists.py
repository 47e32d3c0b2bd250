"""Long lists of a workbook written plainly: the shared texts, the hyperlinks a sheet leads out by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from sheetsync.intake.plain_xml import NotPlain, check_markup, ends_section, even_columns, letters_of, spoken
from sheetsync.patterns import at_first_use

_STRING: Final = at_first_use(
    r'<si>(?:<t(?: xml:space="preserve")?>([^<]*)</t>|((?:<r>|<t(?: xml:space="preserve")?/>).*?))</si>',
    re.DOTALL,
)
_STRING_GROUPS: Final = _STRING.groups + 1
_HEAD: Final = at_first_use(r"(?:<\?[^<>]*\?>\s*)?<[a-zA-Z]+(?: [^<]*)?>")
_TAIL: Final = at_first_use(r"</[a-zA-Z]+>\s*")
_ADDRESS: Final = at_first_use(
    r'<Relationship(?: Id="([^"<&\s]+)")? Type="https?://[^"<&\s]+/hyperlink" Target="([^"<]*)"'
    r' TargetMode="External"(?: Id="([^"<&\s]+)")?/>'
)
_ADDRESS_GROUPS: Final = _ADDRESS.groups + 1
_RELATION, _OUTSIDE = '<Relationship Id="', ' TargetMode="External"/>'
_LEADS_OUT: Final = at_first_use(r'https?://[^"<&\s]+/hyperlink')
_PASSING: Final = at_first_use(' (count|uniqueCount)="[0-9]*"')
"""What a list says of its length nobody believes."""
_SHORT: Final = 1 << 16
_BARE_START, _SPACED_START, _TEXT_END = "<si><t>", '<si><t xml:space="preserve">', "</t></si>"
_NEXT_TEXT: Final = _TEXT_END + _BARE_START
_TAGS: Final = 4
"""Between two texts with nothing but letters: the ends of a text and its item, the next item, its text."""


class PlainStrings(Struct, frozen=True):
    """The shared texts as marked up, in order; a rich one is None and stands in the frame."""

    frame: bytes
    texts: tuple[str | None, ...]
    longest: int
    """Bytes of the longest text at most."""


class PlainRelations(Struct, frozen=True):
    """Addresses by the name of their relation; all other relations stand in the frame."""

    frame: bytes
    addresses: dict[str, str]
    longest: int
    """Bytes of the longest address at most."""


def plain_strings(part: bytes) -> PlainStrings:
    """The shared texts in pieces. Raises ``NotPlain``."""
    whole = letters_of(part)
    return _bare_strings(part, whole) or _rich_strings(part, whole)


def _bare_strings(part: bytes, whole: str) -> PlainStrings | None:
    """The usual case: every text is nothing but its letters."""
    even = whole.replace(_SPACED_START, _BARE_START)
    start, end = even.find(_BARE_START), even.rfind(_TEXT_END)
    head, body, tail = (
        even[: max(start, 0)],
        even[start + len(_BARE_START) : end],
        even[end + len(_TEXT_END) :],
    )
    texts = body.split(_NEXT_TEXT)
    if not 0 <= start < end or body.count("<") != _TAGS * (len(texts) - 1):
        return None
    if not _HEAD.fullmatch(head) or not _TAIL.fullmatch(tail):
        return None
    check_markup(head + tail)
    if ends_section(whole):
        raise NotPlain
    for text in texts if "&" in body else ():
        if "&" in text:
            spoken(text)
    longest = _bytes_of_longest(texts, len(part))
    return PlainStrings((_PASSING.sub(r' \1=""', head) + tail).encode(), tuple(texts), longest)


def _rich_strings(part: bytes, whole: str) -> PlainStrings:
    found = _STRING.split(whole)
    head, tail = found[0], found[-1]
    between = any(found[_STRING_GROUPS:-1:_STRING_GROUPS])
    if between or not _HEAD.fullmatch(head) or not _TAIL.fullmatch(tail):
        raise NotPlain
    texts, rich = found[1::_STRING_GROUPS], filter(None, found[2::_STRING_GROUPS])
    frame = "".join((head, *(f"<si>{one}</si>" for one in rich), tail))
    check_markup(frame)
    if ends_section(whole):
        raise NotPlain
    if "&" in whole:
        for text in texts:
            spoken(text or "")
    longest = _bytes_of_longest(texts, len(part))
    return PlainStrings(frame.encode(), tuple(texts), longest)


def _bytes_of_longest(texts: Sequence[str | None], size: int) -> int:
    """At most, in a part of ``size`` bytes."""
    return size if size < _SHORT else 4 * max(map(len, filter(None, texts)), default=0)


def plain_relations(part: bytes) -> PlainRelations:
    """The relations in pieces. Raises ``NotPlain``."""
    whole = letters_of(part)
    return _even_relations(whole) or _uneven_relations(whole)


def _even_relations(whole: str) -> PlainRelations | None:
    """The usual case: the addresses stand in a row, each with the same attributes in the same order."""
    start, end = whole.find(_RELATION), whole.rfind(_OUTSIDE) + len(_OUTSIDE)
    if start < 1 or whole[start - 1] + whole[end : end + 1] != "><":
        return None
    columns = even_columns(whole[start:end], "Relationship", ("Id", "Type", "Target", "TargetMode"))
    if not columns or not columns[0]:
        return None
    names, kinds, targets, modes = columns
    if modes.count("External") + kinds.count(kinds[0]) < 2 * len(names) or not _LEADS_OUT.fullmatch(kinds[0]):
        return None
    listed = "".join(names)
    if (
        "" in names
        or "&" in listed
        or listed.split() != [listed]
        or whole.count("<", start, end) > len(names)
    ):
        return None
    frame = whole[:start] + whole[end:]
    # an address that stands elsewhere may have the name of one of these
    return None if "/hyperlink" in frame else _relations(frame, names, targets)


def _uneven_relations(whole: str) -> PlainRelations:
    found = _ADDRESS.split(whole)
    before, targets, after = (found[at::_ADDRESS_GROUPS] for at in (1, 2, 3))
    gaps = [one for one in found[_ADDRESS_GROUPS:-1:_ADDRESS_GROUPS] if one]
    if found[0][-1:] != ">" or found[-1][:1] != "<" or any(one[0] + one[-1] != "<>" for one in gaps):
        raise NotPlain
    names = [one or other for one, other in zip(before, after, strict=True)]
    if None in names or before.count(None) + after.count(None) != len(names):
        raise NotPlain  # an address has one name, before it or behind it
    return _relations("".join(found[::_ADDRESS_GROUPS]), names, targets)


def _relations(frame: str, names: Sequence[str], targets: Sequence[str]) -> PlainRelations:
    said = "".join(targets)
    if "\n" in said or "\t" in said:
        raise NotPlain  # in an attribute they mean a blank
    addresses = dict(zip(names, map(spoken, targets) if "&" in said else targets, strict=True))
    if len(addresses) < len(names):
        raise NotPlain
    check_markup(frame)
    return PlainRelations(frame.encode(), addresses, _bytes_of_longest(targets, 4 * len(said)))
