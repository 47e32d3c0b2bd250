"""Orders in .pdf with a text layer: ruled tables by pdfplumber, the rest as paragraphs.

A page is read top to bottom: text above a table, the table, text below it. A scan has no letters
and is refused with advice.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec import Struct

from sheetsync.documents.pdf_cells import rows_of
from sheetsync.documents.tall_cells import carried_over
from sheetsync.notices import Notice, say
from sheetsync.plan.document import Block, Document, OrderRefused, Paragraph, TableBlock
from sheetsync.text import plain, words

_LIST_MARK: Final = re.compile(r"^(\d+(\.\d+)*[.)]|[-–—•])\s")
_PAGE_NUMBER: Final = re.compile(r"^\s*[-–]?\s*\d{1,3}\s*[-–]?\s*$")
_HYPHEN_SEAM: Final = re.compile(r"([А-Яа-яЁё]+)[-‐‑]\n([А-Яа-яЁё]+)")
_DAMAGES: Final = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    struct.error,
    OSError,
    RecursionError,
)
"""What the parser of PDF meets in a file that is damaged or made up."""

_SAME_MARGIN: Final = 12.0
_LOOSE: Final = 1.3
"""Letters are not equally wide, nor are spaces in a justified line."""
_WIDE_GAP: Final = 0.9
_LETTERS_OF_A_SCAN: Final = 40
_TABLE: Final = {"snap_tolerance": 4, "join_tolerance": 4, "intersection_tolerance": 5, "text_x_tolerance": 2}


class _Line(Struct, frozen=True):
    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class _Run(Struct, frozen=True):
    """Lines between two tables, not yet joined into paragraphs."""

    lines: tuple[_Line, ...]


def read_pdf(data: bytes, name: str) -> Document:
    """The document's blocks. Raises ``OrderRefused`` for a broken, locked or scanned file."""
    import pdfplumber  # noqa: PLC0415 - heavy, and only orders in PDF need it
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415
    from pdfminer.pdfexceptions import PDFException  # noqa: PLC0415
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    try:
        with pdfplumber.open(io.BytesIO(data[data.index(b"%PDF-") :])) as file:
            if any(map(_is_turned, file.pages)):
                raise OrderRefused(say(Notice.ORDER_SIDEWAYS, name=name))
            parts = [part for page in file.pages for part in _page_parts(page)]
    except (PdfminerException, PDFException, *_DAMAGES) as error:
        if isinstance(error, PDFPasswordIncorrect) or any(
            isinstance(one, PDFPasswordIncorrect) for one in error.args
        ):
            raise OrderRefused(say(Notice.ORDER_LOCKED, name=name)) from error
        raise OrderRefused(say(Notice.ORDER_BROKEN, name=name, kind="PDF")) from error
    if sum(map(_letters, parts)) < _LETTERS_OF_A_SCAN:
        raise OrderRefused(say(Notice.ORDER_SCAN, name=name))
    if not any(isinstance(part, TableBlock) for part in parts):
        raise OrderRefused(say(Notice.ORDER_UNRULED, name=name))
    return Document(tuple(_blocks(parts)), name)


def _texts(part: _Run | TableBlock) -> list[str]:
    if isinstance(part, _Run):
        return [line.text for line in part.lines]
    return [cell for row in part.rows for cell in row.cells]


def _letters(part: _Run | TableBlock) -> int:
    return sum(char.isalpha() for text in _texts(part) for char in text)


def _is_turned(page: Any) -> bool:
    """Most letters of the page stand on their side or on their head."""
    matrices = [char["matrix"] for char in page.chars]
    upright = sum(1 for matrix in matrices if matrix[0] > abs(matrix[1]))
    return upright * 2 < len(matrices)


def _page_parts(page: Any) -> Iterator[_Run | TableBlock]:
    """Runs of lines and tables of one page, top to bottom; its objects are let go at the end."""
    tables = sorted(page.find_tables(_TABLE), key=lambda table: (table.bbox[1], table.bbox[0]))
    tables = [table for table in tables if any(sum(map(bool, row.cells)) > 1 for row in table.rows)]
    lines = [line for line in _lines(page, tables) if not _PAGE_NUMBER.match(line.text)]
    top = 0.0
    placed = page.extract_words(x_tolerance=2, y_tolerance=3, return_chars=True)
    for table in tables:
        yield _Run(tuple(line for line in lines if top <= line.middle < table.bbox[1]))
        yield TableBlock(rows_of(table, placed))
        top = max(top, table.bbox[3])
    yield _Run(tuple(line for line in lines if line.middle >= top))
    page.close()


def _blocks(parts: Sequence[_Run | TableBlock]) -> Iterator[Block]:
    tables = iter(carried_over([part.rows for part in parts if isinstance(part, TableBlock)]))
    known = frozenset(word for part in parts for text in _texts(part) for word in words(text))
    for part in parts:
        if isinstance(part, _Run):
            yield from _paragraphs(part.lines, known)
        else:
            yield TableBlock(next(tables))


def _lines(page: Any, tables: Sequence[Any]) -> list[_Line]:
    """Lines of text outside the tables, top to bottom."""
    boxes = [table.bbox for table in tables]

    def is_outside(thing: Any) -> bool:
        middle, height = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(
            left <= middle <= right and top <= height <= bottom for left, top, right, bottom in boxes
        )

    rest = page.filter(lambda thing: thing["object_type"] != "char" or is_outside(thing))
    found = rest.extract_text_lines(x_tolerance=2, return_chars=False)
    return [_Line(one["text"], one["x0"], one["x1"], one["top"], one["bottom"]) for one in found]


def _paragraphs(lines: Sequence[_Line], known: frozenset[str]) -> Iterator[Paragraph]:
    """Wrapped lines become one paragraph again: a full line followed closely by the next."""
    if not lines:
        return
    edges = min(line.left for line in lines), max(line.right for line in lines)
    current = [lines[0]]
    for line in lines[1:]:
        last = current[-1]
        gap = line.top - last.bottom
        if (
            _is_full(last, line, edges)
            and gap < (last.bottom - last.top) * _WIDE_GAP
            and not _LIST_MARK.match(line.text)
        ):
            current.append(line)
        else:
            yield Paragraph(_joined([one.text for one in current], known))
            current = [line]
    yield Paragraph(_joined([one.text for one in current], known))


def _is_full(line: _Line, after: _Line, edges: tuple[float, float]) -> bool:
    """The first word of the next line would not have fitted into this one."""
    before, rest = line.left - edges[0], edges[1] - line.right
    is_centred = abs(before - rest) < _SAME_MARGIN < rest
    letter = (after.right - after.left) / len(after.text)
    return rest * (2 if is_centred else 1) < (len(after.text.split()[0]) + 1) * letter * _LOOSE


def _joined(lines: Sequence[str], known: frozenset[str]) -> str:
    """Lines as one text; a hyphen at the end of one stays unless the whole word is known without it."""
    text = lines[0]
    for line in lines[1:]:
        seam = _HYPHEN_SEAM.search(f"{text}\n{line}")
        if seam is None:
            text = f"{text} {line}"
        else:
            text = (text[:-1] if plain(seam[1] + seam[2]) in known else text) + line
    return text
