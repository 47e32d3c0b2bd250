"""Markup as spreadsheet programs write it, told by pattern: cells, shared texts, links.

A form comes back with thousands of elements that all look alike. Those are taken by pattern out of
their part; what is left of it, the frame, is looked at and read as any XML is. Whatever a pattern
does not cover to the last character is not plain: then the whole part goes the general way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from xml.parsers import expat

from sheetsync.patterns import at_first_use

REFERENCE: Final = "[A-Z]{1,3}[1-9][0-9]{0,6}"

_ENTITIES: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ENTITY: Final = at_first_use("&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));")
_DECLARED: Final = at_first_use(
    r"""<\?xml version=["']1\.0["'](?: encoding=["'](?i:utf-8)["'])?(?: standalone=["'](yes|no)["'])?\s*\?>"""
)
_NO_TEXT: Final = bytes(one for one in range(32) if one not in b"\t\n\r")
_DECODED_TEXTS: Final = 1 << 12
_LAST_COLUMN: Final = "XFD"
_LAST_ROW: Final = 1_048_576


class NotPlain(Exception):
    """The part is written in some other way than the usual one."""


def letters_of(part: bytes) -> str:
    """A part as text, lines ended as XML ends them. ``NotPlain`` for letters XML has not."""
    if any(map(part.__contains__, _NO_TEXT)):
        raise NotPlain
    try:
        text = said_in(part)
    except UnicodeDecodeError:
        raise NotPlain from None
    if "\ufffe" in text or "\uffff" in text:
        raise NotPlain
    return text


def said_in(part: bytes) -> str:
    """The same of what has been looked at."""
    return (_with_lines(part) if b"\r" in part else part).decode()


def _with_lines(part: bytes) -> bytes:
    first, _, rest = part.partition(b"\r\n")  # behind the declaration alone, most often
    if b"\r" not in rest and b"\r" not in first:
        return b"\n".join((first, rest))
    return part.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def check_markup(text: str) -> None:
    """``NotPlain`` for more than elements and text: comments, instructions, a DOCTYPE, another encoding."""
    if text.count("<?") != bool(_DECLARED.match(text)) or "<!" in text or ends_section(text):
        raise NotPlain


def ends_section(text: str) -> bool:
    """Whether a text has «]]>», which XML allows at the end of a section of characters alone."""
    return "]" in text and "]]>" in text


def check_place(reference: str) -> str:
    """The address of a cell, when a sheet reaches so far; ``NotPlain`` else."""
    letters = reference.rstrip("0123456789")
    if (len(letters) == len(_LAST_COLUMN) and letters > _LAST_COLUMN) or int(
        reference[len(letters) :]
    ) > _LAST_ROW:
        raise NotPlain
    return reference


def spoken(raw: str) -> str:
    """Characters of an element or an attribute as they are meant: «&amp;» is «&»."""
    return raw if "&" not in raw else _spoken(raw)


@lru_cache(maxsize=_DECODED_TEXTS)
def _spoken(raw: str) -> str:
    text, count = _ENTITY.subn(_character, raw)
    if count != raw.count("&"):
        raise NotPlain
    return text


def _character(found: re.Match[str]) -> str:
    name, decimal, hexadecimal = found.groups()
    if name:
        return _ENTITIES[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000:
        return chr(code)
    raise NotPlain


def even_columns(listed: str, element: str, attributes: Sequence[str]) -> list[list[str]] | None:
    """The values of elements that follow each other and have just these attributes, attribute by attribute;
    None where any of them is marked up otherwise."""
    pieces = f"/>{listed}".split('"')
    step = 2 * len(attributes)
    if pieces.pop() != "/>" or len(pieces) % step:
        return None
    first, *others = attributes
    for at, name in enumerate((f"/><{element} {first}=", *[f" {one}=" for one in others])):
        names = pieces[2 * at :: step]
        if names.count(name) != len(names):
            return None
    return [pieces[2 * at + 1 :: step] for at in range(len(attributes))]


@lru_cache(maxsize=128)
def prefixes_around(frame: bytes, root: str, emptied: frozenset[str], gone: frozenset[str]) -> frozenset[str]:
    """The namespace prefixes at hand in the elements a part was relieved of.

    ``NotPlain`` unless each ``emptied`` one stands right below the root and but once, and of what was
    inside them, by the names of elements that are ``gone``, nothing is left elsewhere.
    """
    declared: set[str] = set()
    found: list[str] = []
    depth = 0

    def prefix(name: str | None, _: str) -> None:
        if not depth:
            declared.add(name or "")

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        local = name.rpartition(":")[2]
        if local in gone or (depth == 1 and local != root):
            raise NotPlain
        if local in emptied:
            found.append(local)
            if depth != 2:
                raise NotPlain

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate(namespace_separator=":")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartNamespaceDeclHandler = prefix
    try:
        parser.Parse(frame, True)
    except expat.ExpatError:
        raise NotPlain from None
    if len(set(found)) < len(found):
        raise NotPlain
    return frozenset(declared)
