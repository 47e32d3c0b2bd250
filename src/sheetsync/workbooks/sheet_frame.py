"""A sheet part without the body of one table: what stands around a long body, and how its rows look.

The part is gone through bit by bit; its rows are never held.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sheetsync.grid import Area
from sheetsync.workbooks.ooxml import OFFICE_RELATIONS

ROWS: Final = "sheetsync-rows"
"""An attribute of the row that stands where the rows of the body are to come."""

_ROW: Final = re.compile(rb'<row r="(\d+)"([^>]*?)/?>')
_CELL: Final = re.compile(rb'<c r="([A-Z]+)\d+"(?: s="(\d+)")?([^>]*)>')
_ATTRIBUTE: Final = re.compile(rb'([\w:.-]+)="([^"]*)"')
_END: Final = b"</sheetData>"
_ROOT: Final = re.compile(rb"<worksheet\b[^>]*>")
_PREFIX: Final = re.compile(rb'\bxmlns:r="([^"]*)"')


class StrangePartError(ValueError):
    """A sheet part written in a way this module does not know; it is no less a sheet for it."""


class CellLook(NamedTuple):
    """What is known of some cells of a body: their column, style, and whether they are surely empty."""

    letters: str
    style: int
    is_empty: bool


@dataclass(slots=True)
class BodyLooks:
    """How the rows of a body look, each look once."""

    cells: set[CellLook] = field(default_factory=set)
    rows: set[bytes] = field(default_factory=set)
    """Attributes of rows as written, but those no other row takes over."""
    row_count: int = 0
    cell_count: int = 0
    has_formulas: bool = False


class Frame(NamedTuple):
    """A sheet part without its body, in two halves."""

    head: bytes
    tail: bytes
    looks: BodyLooks


def placeholder(row: int) -> bytes:
    """The marked row, as it is written."""
    return f'<row r="{row}" {ROWS}=""/>'.encode()


def with_relations_declared(head: bytes) -> bytes:
    """The beginning of a sheet part in which ``r:`` means relations; the blocks say so."""
    root = _ROOT.search(head)
    if root is None:
        raise StrangePartError("no sheet, or one with a prefix")
    told = _PREFIX.search(root[0])
    if told and not told[1].endswith(b"/relationships"):
        raise StrangePartError("«r» is no relation here")
    if told:
        return head
    at = root.start() + len(b"<worksheet")
    return head[:at] + f' xmlns:r="{OFFICE_RELATIONS}"'.encode() + head[at:]


def frame_of(chunks: Iterable[bytes], body: Area) -> Frame:
    """Take a sheet part apart. Raises ``StrangePartError``."""
    source = iter(chunks)
    head, rest = _head(source, body.top)
    looks = BodyLooks()
    tail = _tail(source, rest, body, looks)
    return Frame(head, tail, looks)


def _head(source: Iterator[bytes], top: int) -> tuple[bytes, bytes]:
    """What comes before the first row of the body, and what of the rest was read along."""
    read = b""
    for chunk in source:
        read += chunk
        begins = (one.start() for one in _ROW.finditer(read) if int(one[1]) >= top)
        end = next(begins, read.find(_END))
        if end >= 0:
            return read[:end], read[end:]
    raise StrangePartError("no rows and no end of rows")


def _tail(source: Iterator[bytes], rest: bytes, body: Area, looks: BodyLooks) -> bytes:
    """What comes after the last row of the body, whose rows are looked at."""
    while True:
        end = rest.find(_END)
        whole = end if end >= 0 else max(rest.rfind(b"<row "), 0)
        last = _look_at(rest[:whole], body, looks)
        if last < whole or end >= 0:
            return b"".join((rest[last:], *source))
        more = next(source, None)
        if more is None:
            raise StrangePartError("rows without an end")
        rest = rest[whole:] + more


def _look_at(rows: bytes, body: Area, looks: BodyLooks) -> int:
    """Take in the rows of the body among whole rows; returns where those end."""
    tags = [(one.start(), int(one[1]), one[2]) for one in _ROW.finditer(rows)]
    numbers = [number for _, number, _ in tags]
    if len(tags) != rows.count(b"<row") or numbers != sorted(set(numbers)):
        raise StrangePartError("rows out of order, or without numbers")
    inside = [tag for tag in tags if tag[1] <= body.bottom]
    end = tags[len(inside)][0] if len(inside) < len(tags) else len(rows)
    ours = rows[:end]
    cells = _CELL.findall(ours)
    if len(cells) != ours.count(b"<c "):
        raise StrangePartError("cells without addresses")
    looks.cells |= {
        CellLook(letters.decode(), int(style or 0), rest.endswith(b"/"))
        for letters, style, rest in set(cells)
    }
    looks.rows |= {attributes for _, _, attributes in inside}
    looks.row_count += len(inside)
    looks.cell_count += len(cells)
    looks.has_formulas |= b"<f" in ours
    return end


def row_attributes(written: bytes) -> dict[str, str]:
    """Attributes of a row but its number and extent; a height Excel reckoned itself is none."""
    told = dict(_ATTRIBUTE.findall(written))
    if told.get(b"customHeight") not in (b"1", b"true"):
        told.pop(b"ht", None)
        told.pop(b"customHeight", None)
    return {name.decode(): value.decode() for name, value in told.items() if name != b"spans"}
