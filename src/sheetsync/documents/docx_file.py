"""Orders in .docx: body paragraphs and tables in reading order, as printed.

python-docx opens the package and resolves styles; the text is taken from the XML so that tracked
insertions, content controls and automatic numbers are not lost and deletions are not read.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, Final

from sheetsync.documents.docx_numbering import Numbering
from sheetsync.documents.table_grid import PlacedCell, table_rows
from sheetsync.notices import Notice, say
from sheetsync.plan.document import Block, Document, OrderRefused, Paragraph, TableBlock

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED: Final = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_MC}Fallback", f"{_W}pict"})
_CONTAINERS: Final = frozenset({f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml"})
_SIGNS: Final = {
    f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": "",
}  # fmt: skip


def read_docx(data: bytes, name: str) -> Document:
    """The document's blocks. Raises ``OrderRefused`` when the file is not a readable .docx."""
    import docx  # noqa: PLC0415 - heavy, and only orders in Word need it

    try:
        package = docx.Document(io.BytesIO(data))
    except (
        KeyError,
        ValueError,
        OSError,
        SyntaxError,
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
    ) as error:
        raise OrderRefused(say(Notice.ORDER_BROKEN, name=name, kind="Word (.docx)")) from error
    numbering = Numbering.of(package)
    return Document(tuple(_blocks(package.element.body, numbering)), name)


def _blocks(parent: Any, numbering: Numbering) -> Iterator[Block]:
    for element in parent:
        if element.tag == f"{_W}p":
            lines = _paragraph(element, numbering).split("\n")
            yield from (Paragraph(line) for line in lines if line.strip())
        elif element.tag == f"{_W}tbl":
            yield TableBlock(table_rows(list(_rows(element, numbering))))
        elif element.tag in _CONTAINERS:
            yield from _blocks(element, numbering)


def _rows(table: Any, numbering: Numbering) -> Iterator[list[PlacedCell]]:
    """The rows that are printed, their cells between the lines of the table's grid."""
    edges = [0, *accumulate(_amount(column, "w") for column in table.iterfind(f"{_W}tblGrid/{_W}gridCol"))]
    tall: dict[int, str] = {}
    for row in _children(table, "tr"):
        if row.find(f"{_W}trPr/{_W}del") is None:
            yield list(_cells(row, edges, tall, numbering))


def _cells(
    row: Any, edges: Sequence[int], tall: dict[int, str], numbering: Numbering
) -> Iterator[PlacedCell]:
    """The cells of a row; ``tall`` holds the texts of those that go on below, by their first line."""
    first = _amount(row.find(f"{_W}trPr/{_W}gridBefore"))
    for cell in _children(row, "tc"):
        after = first + max(_amount(cell.find(f"{_W}tcPr/{_W}gridSpan")), 1)
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        is_covered = merge is not None and merge.get(f"{_W}val", "continue") == "continue" and first in tall
        text = _cell_text(cell, numbering)
        if not is_covered:
            tall.pop(first, None)
        if merge is not None:
            tall.setdefault(first, text)
        yield PlacedCell(
            _edge(edges, first), _edge(edges, after), tall[first] if is_covered else text, is_covered
        )
        first = after


def _edge(edges: Sequence[int], line: int) -> float:
    """Where a line of the grid lies; beyond the declared grid every column is equally wide."""
    known = len(edges) - 1
    return edges[line] if line <= known else edges[known] + 1000 * (line - known)


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Direct children of one tag, looking through content controls and tracked insertions."""
    for element in parent:
        if element.tag == f"{_W}{tag}":
            yield element
        elif element.tag in _CONTAINERS:
            yield from _children(element, tag)


def _amount(element: Any, name: str = "val") -> int:
    told = element.get(f"{_W}{name}", "0") if element is not None else "0"
    return round(float(told)) if told.replace(".", "", 1).isdigit() else 0


def _cell_text(cell: Any, numbering: Numbering) -> str:
    parts = []
    for block in _blocks(cell, numbering):
        match block:
            case Paragraph(text):
                parts.append(text)
            case TableBlock(rows):
                parts += [" ".join(text for text in row.cells if text) for row in rows]
    return "\n".join(part for part in parts if part.strip())


def _paragraph(paragraph: Any, numbering: Numbering) -> str:
    text = "".join(_runs(paragraph))
    number = numbering.next_number(paragraph)
    return f"{number} {text}".strip() if number else text


def _runs(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}p":
            yield "\n"
            yield from _runs(child)
        elif _is_hidden(child):
            continue
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _SKIPPED and child.tag != f"{_W}pPr":
            yield from _runs(child)


def _is_hidden(run: Any) -> bool:
    """Hidden text is not printed."""
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "1") not in {"0", "false", "off"}
