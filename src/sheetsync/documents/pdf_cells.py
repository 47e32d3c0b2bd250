"""Cells of a PDF table from the words on its page, line by line as they were laid out.

A program that lays out a page breaks a word longer than its cell without a hyphen: the piece fills
the line alone, to the edge. Such a line ends with a soft hyphen here; ``plan.joining`` decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sheetsync.plan.document import MAY_CONTINUE, TableRow

Box = tuple[float, float, float, float]
Word = Mapping[str, Any]

_SAME_LINE: Final = 3.0
_LETTERS_SHORT_OF_THE_EDGE: Final = 1.6
_PADDING: Final = 5.6
"""Usual distance between a cell's text and its border, in points."""


@dataclass(frozen=True, slots=True)
class _CellLine:
    text: str
    right: float
    letter: float
    """Mean width of a letter of the line."""


def table_rows(table: Any, words: Sequence[Word]) -> tuple[TableRow, ...]:
    """The rows of a table pdfplumber found; places a merged cell covers are ''."""
    return tuple(
        TableRow(tuple(_cell_text(box, words) if box else "" for box in row.cells)) for row in table.rows
    )


def _cell_text(box: Box, words: Sequence[Word]) -> str:
    edge = box[2] - _PADDING
    lines = _lines(_inside(box, words))
    return "\n".join(line.text + (MAY_CONTINUE if _may_be_broken(line, edge) else "") for line in lines)


def _may_be_broken(line: _CellLine, edge: float) -> bool:
    """One piece of letters that fills the line so that not one more would fit."""
    fills = edge - line.right < line.letter * _LETTERS_SHORT_OF_THE_EDGE
    return fills and " " not in line.text and line.text[-1].isalpha()


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
    for word in sorted(words, key=lambda one: (round(one["top"] / _SAME_LINE), one["x0"])):
        if line and abs(word["top"] - line[-1]["top"]) > _SAME_LINE:
            yield _cell_line(line)
            line = []
        line.append(word)
    if line:
        yield _cell_line(line)


def _cell_line(words: Sequence[Word]) -> _CellLine:
    text = " ".join(word["text"] for word in words)
    letters = sum(len(word["text"]) for word in words)
    width = sum(word["x1"] - word["x0"] for word in words)
    return _CellLine(text, words[-1]["x1"], width / letters)
