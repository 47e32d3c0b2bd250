"""One school's copy: its answers put into the form as Excel saves them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.sax.saxutils import escape

import corpus_parts
from corpus_answers import Answer
from corpus_excel import (
    INDICATORS_PART,
    PEOPLE_PART,
    PROGRESS,
    PROPERTY_PART,
    READY,
    RELATIONS_PART,
    REPORT_PART,
    STRINGS_PART,
    TABLE_PLACE,
    ExcelForm,
    RowToFill,
    letters,
)
from corpus_parts import Note

from sheetsync.columns import FORM_INDICATORS, REPORT
from sheetsync.forms.checking import check_of, progress_of
from sheetsync.settings import YES

_EPOCH: Final = date(1899, 12, 30)
_COLUMNS: Final = letters(REPORT.keys)
_FIRST_INDICATOR: Final = 5
_LINE: Final = 34
"""Letters of a line in the column of information, at its width."""
_LINE_HEIGHT: Final = 12.75
_LEAST_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Filled:
    """What one school puts into its form; ``facts`` beside the rows of indicators."""

    code: str
    name: str
    answers: Sequence[Answer]
    facts: Sequence[tuple[float, str]]
    is_ready: bool
    saved_on: date


def copy_of(form: ExcelForm, school: Filled) -> bytes:
    """The file the school sends."""
    return form.copy(_Copy(form, school).parts())


class _Copy:
    """A copy being written."""

    def __init__(self, form: ExcelForm, school: Filled) -> None:
        self._form, self._school = form, school
        self._renamed = {form.code: school.code, form.name: school.name}
        self._new: dict[str, int] = {}
        self._used = form.told
        self._links: dict[str, str] = {}
        self._notes: list[Note] = []

    def parts(self) -> dict[str, str]:
        """The parts that are this school's own."""
        own, other = f"/{self._school.code}/", f"/{self._form.code}/"
        return {
            REPORT_PART: self._report(),
            INDICATORS_PART: self._indicators(),
            STRINGS_PART: self._strings(),
            RELATIONS_PART: corpus_parts.relations(list(self._links.values())),
            corpus_parts.NOTES_PART: corpus_parts.notes(self._notes),
            corpus_parts.SHAPES_PART: corpus_parts.shapes(self._notes),
            PROPERTY_PART: self._form.mark.replace(other, own),
            PEOPLE_PART: corpus_parts.people(self._school.saved_on),
        }

    def _report(self) -> str:
        answers, checks, rows = iter(self._school.answers), [], []
        for piece in self._form.pieces:
            if isinstance(piece, str):
                rows.append(piece)
                continue
            answer = next(answers)
            checks.append(check_of({key: str(value) for key, value in answer.cells.items()}))
            rows.append(self._row(piece, answer, checks[-1]))
        sheet = self._header("".join(rows), progress_of(checks))
        count = len(self._links)
        drawn = f'<legacyDrawing r:id="rId{count + 1}"/><tableParts'
        table = TABLE_PLACE.format(table=f"rId{count + 2}")
        setup = self._form.setup.replace("<tableParts", drawn).replace(TABLE_PLACE, table)
        return f"{sheet}{self._form.rules}{corpus_parts.links(list(self._links))}{setup}"

    def _header(self, sheet: str, progress: str) -> str:
        at = sheet.index("</c>", sheet.index(f'<c r="{PROGRESS}"'))
        sheet = f"{sheet[:at]}<v>{escape(progress)}</v>{sheet[at:]}"
        return self._typed(sheet, READY, YES) if self._school.is_ready else sheet

    def _typed(self, sheet: str, place: str, value: str | float) -> str:
        """The sheet with an empty cell filled."""
        return re.sub(rf'<c r="{place}" s="(\d+)"/>', lambda found: self._cell(place, found[1], value), sheet)

    def _row(self, row: RowToFill, answer: Answer, check: str) -> str:
        cells = []
        for key, style in row.styles.items():
            letter = _COLUMNS[key]
            place = f"{letter}{row.number}"
            if key in answer.links:
                self._links[place] = answer.links[key]
            if key in answer.notes:
                self._notes.append(Note(place, row.number - 1, ord(letter) - ord("A"), answer.notes[key]))
            shown = corpus_parts.LINKED if key in answer.links else style
            cells.append(self._cell(place, shown, answer.cells.get(key)))
        lines = max(len(str(answer.cells.get("info", ""))) // _LINE + 1, _LEAST_LINES)
        return (
            f'<row r="{row.number}" spans="1:14" ht="{_LINE_HEIGHT * lines:g}" x14ac:dyDescent="0.25">'
            f"{row.planned}{''.join(cells)}{row.remark}{row.check}<v>{escape(check)}</v></c>{row.key}</row>"
        )

    def _cell(self, place: str, style: str, value: str | date | float | None) -> str:
        if value is None:
            return f'<c r="{place}" s="{style}"/>'
        if isinstance(value, str):
            return f'<c r="{place}" s="{style}" t="s"><v>{self._index(value)}</v></c>'
        number = (value - _EPOCH).days if isinstance(value, date) else value
        return f'<c r="{place}" s="{style}"><v>{number:.12g}</v></c>'

    def _index(self, text: str) -> int:
        """Where a text stands among the shared strings."""
        self._used += 1
        known = None if text in self._renamed else self._form.indices.get(text)
        if known is None:
            known = self._new.setdefault(text, len(self._form.indices) + len(self._new))
        return known

    def _indicators(self) -> str:
        sheet, place = self._form.indicators, letters(FORM_INDICATORS.keys)
        for row, (figure, words) in enumerate(self._school.facts, start=_FIRST_INDICATOR):
            sheet = self._typed(sheet, f"{place['fact']}{row}", figure)
            sheet = self._typed(sheet, f"{place['comment']}{row}", words)
        return sheet

    def _strings(self) -> str:
        """The form's texts, which name the school in a few, and the school's own."""
        items = []
        for text in self._form.indices:
            own = self._renamed.get(text)
            own = own or text.replace(f"участник {self._form.code} ", f"участник {self._school.code} ")
            items.append(corpus_parts.item(own))
        items += map(corpus_parts.item, self._new)
        return corpus_parts.strings(items, self._used)
