"""A strict Excel in memory, behind the interface ``xlwings`` has for its engines.

For tests of code that uses ``xlwings`` where no Excel exists. It has Excel's manners (a text is read as
if typed, rows that move take their surroundings along, tables have rules), refuses what Excel refuses
with Excel's codes, and refuses with ``UncertainManner`` what nobody can promise.

    with engine() as excel:
        book = open_file(excel, path)
        book.sheets["План"].range("A2").value = "'1.10"
        assert grid(book)["План"]["A2"].value == "1.10"
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fake_excel.areas import Rect
from fake_excel.book import Book
from fake_excel.document import Cell, Document, Program
from fake_excel.engine import Engine, engine
from fake_excel.errors import ComError, NotOffered, UncertainManner
from fake_excel.loading import load
from sheetsync.workbooks.excel_live.xw import xw

__all__ = [
    "ComError",
    "Document",
    "Engine",
    "NotOffered",
    "Program",
    "UncertainManner",
    "document_of",
    "engine",
    "grid",
    "open_file",
]


def open_file(excel: Engine, source: Path | bytes, *, path: Path | None = None) -> Any:
    """An .xlsx or .xlsm opened in the fake, as an ``xlwings.Book``; ``path`` is where it says it lies."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    where = path or (source if isinstance(source, Path) else Path("/Плавск 2023/Район.xlsx"))
    document = load(where, data, excel.program)
    excel.documents.insert(0, document)
    return xw.Book(impl=Book(excel._app, document))


def document_of(book: Any) -> Document:
    """What the fake keeps of a workbook, to prepare or to look at without a call being counted."""
    document: Document = book.impl._document
    return document


def grid(book: Any) -> dict[str, dict[str, Cell]]:
    """Every cell that holds something or has a note or a link: by sheet and address («B2»)."""
    return {
        sheet.name: {
            Rect(*spot, *spot).address(False, False): cell
            for spot, cell in sorted(sheet.cells.items())
            if not cell.is_empty or cell.note or cell.link
        }
        for sheet in document_of(book).sheets
    }
