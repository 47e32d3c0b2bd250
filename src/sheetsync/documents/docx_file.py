"""Orders in .docx: body paragraphs and tables in reading order, as printed.

python-docx opens the package and resolves styles; the text is taken from the XML so that tracked
insertions, content controls and automatic numbers are not lost and deletions are not read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

from sheetsync.documents.docx_numbering import Numbering
from sheetsync.notices import Notice, say
from sheetsync.plan.document import Block, Document, OrderRefused, Paragraph, TableBlock, TableRow

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
    except (KeyError, ValueError, OSError, SyntaxError) as error:
        raise OrderRefused(say(Notice.ORDER_BROKEN, name=name, kind="Word (.docx)")) from error
    numbering = Numbering.of(package)
    return Document(tuple(_blocks(package.element.body, numbering)), name)


def _blocks(parent: Any, numbering: Numbering) -> Iterator[Block]:
    for element in parent:
        if element.tag == f"{_W}p":
            yield from (Paragraph(line) for line in _paragraph(element, numbering).split("\n"))
        elif element.tag == f"{_W}tbl":
            yield TableBlock(tuple(_rows(element, numbering)))
        elif element.tag in _CONTAINERS:
            yield from _blocks(element, numbering)


def _rows(table: Any, numbering: Numbering) -> Iterator[TableRow]:
    for row in _children(table, "tr"):
        yield TableRow(tuple(_cells(row, numbering)))


def _cells(row: Any, numbering: Numbering) -> Iterator[str]:
    """Texts by grid column: a merged cell stands in its first place, '' in the ones it covers."""
    yield from [""] * _amount(row.find(f"{_W}trPr/{_W}gridBefore"))
    for cell in _children(row, "tc"):
        properties = cell.find(f"{_W}tcPr")
        span = _amount(properties.find(f"{_W}gridSpan")) if properties is not None else 0
        merge = properties.find(f"{_W}vMerge") if properties is not None else None
        is_covered = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
        yield "" if is_covered else _cell_text(cell, numbering)
        yield from [""] * (max(span, 1) - 1)


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Direct children of one tag, looking through content controls and tracked insertions."""
    for element in parent:
        if element.tag == f"{_W}{tag}":
            yield element
        elif element.tag in _CONTAINERS:
            yield from _children(element, tag)


def _amount(element: Any) -> int:
    return int(element.get(f"{_W}val", "0")) if element is not None else 0


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
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _SKIPPED and child.tag != f"{_W}pPr":
            yield from _runs(child)
