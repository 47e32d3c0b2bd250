"""Orders in .pdf with a text layer: ruled tables by pdfplumber, the rest as paragraphs.

A page is read top to bottom: text above a table, the table, text below it. A scan has no letters
and is refused with advice.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sheetsync.documents.pdf_cells import rows_of
from sheetsync.notices import Notice, say
from sheetsync.plan.document import Block, Document, OrderRefused, Paragraph, TableBlock

_LIST_MARK: Final = re.compile(r"^(\d+(\.\d+)*[.)]|[-–—•])\s")
_PAGE_NUMBER: Final = re.compile(r"^\s*[-–]?\s*\d{1,3}\s*[-–]?\s*$")
_SHORT_LINE: Final = 0.86
_WIDE_GAP: Final = 0.9
_LETTERS_OF_A_SCAN: Final = 40
_TABLE: Final = {"snap_tolerance": 4, "join_tolerance": 4, "intersection_tolerance": 5, "text_x_tolerance": 2}


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def read_pdf(data: bytes, name: str) -> Document:
    """The document's blocks. Raises ``OrderRefused`` for a broken, locked or scanned file."""
    import pdfplumber  # noqa: PLC0415 - heavy, and only orders in PDF need it
    from pdfminer.pdfexceptions import PDFException  # noqa: PLC0415
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    try:
        with pdfplumber.open(io.BytesIO(data)) as file:
            letters = sum(len(page.chars) for page in file.pages)
            if letters < _LETTERS_OF_A_SCAN:
                raise OrderRefused(say(Notice.ORDER_SCAN, name=name))
            blocks = tuple(block for page in file.pages for block in _page_blocks(page))
    except (PdfminerException, PDFException, ValueError, OSError) as error:
        raise OrderRefused(say(Notice.ORDER_BROKEN, name=name, kind="PDF")) from error
    return Document(blocks, name)


def _page_blocks(page: Any) -> Iterator[Block]:
    tables = sorted(page.find_tables(_TABLE), key=lambda table: table.bbox[1])
    tables = [table for table in tables if len(table.rows) > 0 and len(table.rows[0].cells) > 1]
    lines = [line for line in _lines(page, tables) if not _PAGE_NUMBER.match(line.text)]
    top = 0.0
    words = page.extract_words(x_tolerance=2, y_tolerance=3, return_chars=True)
    for table in tables:
        yield from _paragraphs([line for line in lines if top <= line.middle < table.bbox[1]])
        yield TableBlock(rows_of(table, words))
        top = table.bbox[3]
    yield from _paragraphs([line for line in lines if line.middle >= top])


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


def _paragraphs(lines: Sequence[_Line]) -> Iterator[Paragraph]:
    """Wrapped lines become one paragraph again: a full line followed closely by the next."""
    if not lines:
        return
    width = max(line.right for line in lines) - min(line.left for line in lines)
    edge = max(line.right for line in lines)
    current = [lines[0]]
    for line in lines[1:]:
        last = current[-1]
        gap = line.top - last.bottom
        is_full = edge - last.right < width * (1 - _SHORT_LINE)
        if is_full and gap < (last.bottom - last.top) * _WIDE_GAP and not _LIST_MARK.match(line.text):
            current.append(line)
        else:
            yield Paragraph(" ".join(one.text for one in current))
            current = [line]
    yield Paragraph(" ".join(one.text for one in current))
