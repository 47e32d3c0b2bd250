"""A sheet part without the body of one table: what stands around a long body, and how its rows look.

The part is gone through bit by bit; its rows are never held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from msgspec import Struct, field

from sheetsync.grid import Area
from sheetsync.patterns import at_first_use
from sheetsync.workbooks.ooxml import OFFICE_RELATIONS

ROWS: Final = "sheetsync-rows"
"""An attribute of the row that stands where the rows of the body are to come."""

_ROW: Final = at_first_use(rb'<row r="(\d+)"([^>]*?)/?>')
_CELL: Final = at_first_use(rb'<c r="([A-Z]+)\d+"(?: s="(\d+)")?([^>]*)>')
_ATTRIBUTE: Final = at_first_use(rb'([\w:.-]+)="([^"]*)"')
_END: Final = b"</sheetData>"
_ROOT: Final = at_first_use(rb"<worksheet\b[^>]*>")
_PREFIX: Final = at_first_use(rb'\bxmlns:r="([^"]*)"')


class StrangePartError(ValueError):
    """A sheet part written in a way this module does not know; it is no less a sheet for it."""


class CellLook(NamedTuple):
    """What is known of some cells of a body: their column, style, and whether they are surely empty."""

    letters: str
    style: int
    is_empty: bool


class BodyLooks(Struct):
    """How the rows of a body look, each look once."""

    cells: set[CellLook] = field(default_factory=set)
    rows: set[bytes] = field(default_factory=set)
    """Attributes of rows as written, but those no other row takes over."""
    row_count: int = 0
    cell_count: int = 0
    has_formulas: bool = False

    def take_in(self, rows: bytes, attributes: list[bytes]) -> None:
        """Look at some more rows."""
        cells = _CELL.findall(rows)
        if len(cells) != rows.count(b"<c "):
            raise StrangePartError("cells without addresses")
        self.cells |= {
            CellLook(letters.decode(), int(style or 0), rest.endswith(b"/"))
            for letters, style, rest in set(cells)
        }
        self.rows |= set(attributes)
        self.row_count += len(attributes)
        self.cell_count += len(cells)
        self.has_formulas |= b"<f" in rows


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
    parted, looks = PartedSheet(chunks, body), BodyLooks()
    for rows, attributes in parted.rows():
        looks.take_in(rows, attributes)
    return Frame(parted.head, parted.tail, looks)


class PartedSheet:
    """A sheet part gone through once: ``head``, then the rows of the body, then ``tail``."""

    def __init__(self, chunks: Iterable[bytes], body: Area) -> None:
        self._source = iter(chunks)
        self._body = body
        self._last = 0
        self.head, self._rest = self._begun()
        self.tail = b""
        """What follows the body, once its rows are gone through."""

    def _begun(self) -> tuple[bytes, bytes]:
        """What comes before the first row of the body, and what of the rest was read along."""
        read = b""
        for chunk in self._source:
            read += chunk
            begins = (one.start() for one in _ROW.finditer(read) if int(one[1]) >= self._body.top)
            end = next(begins, read.find(_END))
            if end >= 0:
                return read[:end], read[end:]
        raise StrangePartError("no rows and no end of rows")

    def rows(self) -> Iterator[tuple[bytes, list[bytes]]]:
        """The rows of the body, many at once, and what their tags say. Raises ``StrangePartError``."""
        rest = self._rest
        while True:
            end = rest.find(_END)
            whole = end if end >= 0 else max(rest.rfind(b"<row "), 0)
            last, attributes = self._inside(rest[:whole])
            yield rest[:last], attributes
            if last < whole or end >= 0:
                self.tail = b"".join((rest[last:], *self._source))
                return
            more = next(self._source, None)
            if more is None:
                raise StrangePartError("rows without an end")
            rest = rest[whole:] + more

    def _inside(self, rows: bytes) -> tuple[int, list[bytes]]:
        """Where among whole rows those of the body end, and what their tags say."""
        tags = list(_ROW.finditer(rows))
        numbers = [self._last, *(int(one[1]) for one in tags)]
        if len(tags) != rows.count(b"<row") or numbers != sorted(set(numbers)):
            raise StrangePartError("rows out of order, or without numbers")
        self._last = numbers[-1]
        inside = sum(number <= self._body.bottom for number in numbers[1:])
        end = tags[inside].start() if inside < len(tags) else len(rows)
        return end, [one[2] for one in tags[:inside]]


def row_attributes(written: bytes) -> dict[str, str]:
    """Attributes of a row but its number and extent; a height Excel reckoned itself is none."""
    told = dict(_ATTRIBUTE.findall(written))
    if told.get(b"customHeight") not in (b"1", b"true"):
        told.pop(b"ht", None)
        told.pop(b"customHeight", None)
    return {name.decode(): value.decode() for name, value in told.items() if name != b"spans"}
