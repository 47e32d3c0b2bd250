"""An order saved as text: one printed line a line, the cells of a table divided by tabs.

Scanners, «Сохранить как текст» and copying out of Word all give this. A blank line is where a
page or a table ended.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from sheetsync.notices import Notice, say
from sheetsync.plan.document import Block, Document, OrderRefused, Paragraph, TableBlock, TableRow

_LEAST_BARS: Final = 2
"""A line with so many upright bars is a row of a table drawn with them."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(data: bytes, name: str) -> Document:
    """The document of a text file in UTF-8, UTF-16 or Windows-1251.

    Raises ``OrderRefused`` when the bytes are no text at all.
    """
    text = _decoded(data, name)
    lines = re.split(r"\r\n|\r|\n", text.replace("\f", "\n\n"))
    return Document(tuple(_blocks([line.replace("\v", "\n") for line in lines])), name)


def _decoded(data: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data.decode(encoding, errors="replace"), name)
    if guess := _utf16_without_mark(data):
        return _checked(data.decode(guess, errors="replace"), name)
    try:
        return _checked(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        return _checked(data.decode("cp1251", errors="replace"), name)


def _utf16_without_mark(data: bytes) -> str | None:
    """Spaces and digits tell UTF-16 apart: half of their bytes are zeros, always on one side."""
    sample = data[:4000]
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if first + second < len(sample) / 100 or min(first, second):
        return None
    return "utf-16-le" if second else "utf-16-be"


def _checked(text: str, name: str) -> str:
    if "\0" in text:
        raise OrderRefused(say(Notice.ORDER_NOT_TEXT, name=name))
    return text


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Neighbouring lines with tabs are one table; every other line is a paragraph of its own."""
    numbered = [(number, _tabbed(line)) for number, line in enumerate(lines, start=1)]
    for kind, group in groupby(numbered, key=lambda one: _kind(one[1])):
        if kind == "table":
            yield TableBlock(tuple(TableRow(tuple(line.split("\t")), number) for number, line in group))
        elif kind == "text":
            for number, line in group:
                yield Paragraph(line.strip(), number)


def _tabbed(line: str) -> str:
    """«| 1.1 | Семинар | Март |» -> cells divided by tabs; a line of dashes between rows goes."""
    bare = line.strip()
    if "\t" in line or bare.count("|") < _LEAST_BARS:
        return line
    if not bare.strip("|-=+: "):
        return "\t"
    return "\t".join(cell.strip() for cell in bare.strip("|").split("|"))


def _kind(line: str) -> str:
    if not line.strip():
        return "table" if "\t" in line else "blank"
    return "table" if "\t" in line.strip("\r\n") else "text"
