"""Cells of a PDF table from the letters on its page, line by line as they were laid out.

A program that lays out a page breaks a word longer than its cell without a hyphen: the piece stands
alone on its line, and not one letter more would fit. Such a line ends with a soft hyphen here;
``plan.joining`` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final

from msgspec import Struct

from sheetsync.documents.table_grid import PlacedCell, table_rows
from sheetsync.plan.document import MAY_CONTINUE, TableRow

Box = tuple[float, float, float, float]
Word = Mapping[str, Any]

_SAME_LINE: Final = 3.0
_SAME_EDGE: Final = 2.0
_WIDEST_PADDING: Final = 9.0
_USUAL_PADDING: Final = 5.4
_SLACK: Final = 0.7
"""Rounding of letters' widths, in points."""
_NUMBER: Final = re.compile(r"\d{1,2}(?:\.\d{1,3}){0,3}\.?")


class _CellLine(Struct, frozen=True):
    """A printed line inside a cell and where it stands; ``first`` is the width of its first letter."""

    text: str
    left: float
    right: float
    first: float


class _Cell(Struct, frozen=True):
    box: Box
    lines: tuple[_CellLine, ...]


def rows_of(table: Any, words: Sequence[Word]) -> tuple[TableRow, ...]:
    """The rows of a table pdfplumber found; ``words`` are those of the page, with their letters."""
    cells = [_Cell(box, tuple(_lines(_inside(box, words)))) for box in table.cells]
    end = table.bbox[3] - _SAME_EDGE
    texts = {cell.box: _text(cell, _padding(cell, cells), goes_on=cell.box[3] > end) for cell in cells}
    tops = sorted(row.bbox[1] for row in table.rows)
    return table_rows([_placed(top, texts) for top in tops])


def _placed(top: float, texts: Mapping[Box, str]) -> list[PlacedCell]:
    """The cells of the row that begins at ``top``, tall ones from above among them."""
    here = [box for box in texts if box[1] < top + _SAME_EDGE < box[3]]
    return [
        PlacedCell(box[0], box[2], texts[box], is_covered=box[1] < top - _SAME_EDGE) for box in sorted(here)
    ]


def _padding(cell: _Cell, cells: Sequence[_Cell]) -> float:
    """How far from its border the column's text begins, and so ends."""
    left = cell.box[0]
    gaps = [line.left - left for one in cells if abs(one.box[0] - left) < _SAME_EDGE for line in one.lines]
    least = min(gaps, default=_USUAL_PADDING)
    return least if 0 <= least <= _WIDEST_PADDING else _USUAL_PADDING


def _text(cell: _Cell, padding: float, *, goes_on: bool) -> str:
    """The lines of a cell; one at the bottom of a page may go on over the page."""
    lines = [line.text for line in cell.lines]
    if len(lines) > 1 and _NUMBER.fullmatch("".join(lines)):
        return "".join(lines)
    room = cell.box[2] - cell.box[0] - 2 * padding
    pairs = zip_longest(cell.lines, cell.lines[1:])
    text = "".join(line.text + (_seam(line, after, room) if after else "") for line, after in pairs)
    is_full = goes_on and cell.lines and _may_be_broken(cell.lines[-1], cell.lines[-1], room)
    return f"{text}{MAY_CONTINUE}" if is_full else text


def _seam(line: _CellLine, after: _CellLine, room: float) -> str:
    """What stands between two lines; a sign that never begins a word was pushed over the edge."""
    if after.text[0] in ",;:)»!?" or after.text == ".":
        return ""
    return f"{MAY_CONTINUE}\n" if _may_be_broken(line, after, room) else "\n"


def _may_be_broken(line: _CellLine, after: _CellLine, room: float) -> bool:
    """One piece of letters, and the first letter of the next line would not fit beside it."""
    is_full = room - (line.right - line.left) < after.first + _SLACK
    return is_full and " " not in line.text and line.text[-1].isalpha()


def _inside(box: Box, words: Sequence[Word]) -> list[Word]:
    left, top, right, bottom = box
    return [
        word
        for word in words
        if left <= (word["x0"] + word["x1"]) / 2 <= right
        and top <= (word["top"] + word["bottom"]) / 2 <= bottom
    ]


def _lines(words: Sequence[Word]) -> Iterator[_CellLine]:
    line: list[Word] = []
    for word in sorted(words, key=lambda one: (one["top"], one["x0"])):
        if line and abs(word["top"] - line[-1]["top"]) > _SAME_LINE:
            yield _cell_line(line)
            line = []
        line.append(word)
    if line:
        yield _cell_line(line)


def _cell_line(words: Sequence[Word]) -> _CellLine:
    placed = sorted(words, key=lambda word: float(word["x0"]))
    text = " ".join(word["text"] for word in placed)
    first = placed[0]["chars"][0]
    return _CellLine(text, placed[0]["x0"], placed[-1]["x1"], first["x1"] - first["x0"])
