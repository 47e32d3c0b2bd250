"""What a copy holds of the office's own: texts a school did not type.

Two sources: the plan itself (its texts stand in every form) and the form as it was issued.
A cell that says the same is office text; everything else in a copy is an answer or is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from sheetsync.columns import FORM_TABLES, MARKS, FormCell
from sheetsync.grid import Book, Cell, Sheet, a1, is_error, text_of
from sheetsync.intake.marks import Place, named_cell, named_place, read_printed_code
from sheetsync.intake.pattern import Likeness
from sheetsync.intake.printed import printed_rows
from sheetsync.model import Plan, Status
from sheetsync.model.kept import once_for_each
from sheetsync.patterns import at_first_use
from sheetsync.text import plain, skeleton

_SHORT: Final = 4
"""Texts of fewer letters, and bare numbers, are office text only in their own cell."""

_DATE: Final = 8
"""So many figures are a whole date."""

_SENTENCE: Final = 12
"""So many letters of computed words cannot be an answer by chance («готово» can)."""

_LITERAL: Final = at_first_use(r'"((?:[^"]|"")*)"')
_DIGITS: Final = at_first_use(r"\d+")
_BETWEEN: Final = at_first_use(r", |\b\d+\b")
"""What stands between the words of a computed text."""
_REFERENCE: Final = at_first_use(r"\$?\b[A-Z]{1,3}\$?\d+\b|#REF!|\s")


_STATUSES: Final = frozenset(skeleton(one.value) for one in Status)


@dataclass(frozen=True, slots=True)
class Known:
    """The office's texts. ``cells`` are the texts of the issued form by (sheet, «B2»)."""

    texts: frozenset[str] = frozenset()
    cells: Mapping[tuple[str, str], str] = field(default_factory=dict)
    computed: frozenset[str] = frozenset()
    """Skeletons of the words the form's formulas can show."""
    comments: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    shapes: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    formulas: frozenset[str] = frozenset()
    """The form's formulas without the cells they refer to."""
    named: Mapping[FormCell, str] = field(default_factory=dict)
    """What the form's named cells said, wherever they stand now."""
    ready_label: str = ""
    """Bones of the words left of the tick «Отчёт готов»."""
    pictures: Mapping[str, int] = field(default_factory=dict)
    """How many pictures of the office (a logo, a stamp) lie over each sheet of the form."""
    printed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What the form printed beside each key, by column."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Sheets of the copy that were called otherwise in the form: name now -> name then."""
    around: frozenset[str] = frozenset()
    """What the plan and the declarations put into a form; see ``with_plan``."""
    form: Likeness | None = field(default=None, compare=False, repr=False)
    """The form itself, told from the others of its kind, when somebody compared them."""

    @classmethod
    def of(cls, book: Book) -> Known:
        """Everything the issued form holds."""
        placed = [(sheet, at, cell) for sheet in book.sheets for at, cell in sheet.cells.items()]
        cells = [cell for _, _, cell in placed]
        return cls(
            texts=_bones(cell.text for cell in cells),
            cells={(sheet.name, a1(*at)): plain(cell.text) for sheet, at, cell in placed},
            computed=_bones(word for cell in cells for word in _literals(cell.formula or "")),
            comments=_bones(cell.comment for cell in cells if cell.comment),
            links=frozenset(link for cell in cells for link in cell.links),
            shapes=_bones(text for sheet in book.sheets for text in sheet.texts),
            names=frozenset(book.names.values()),
            formulas=frozenset(_shape(cell.formula) for cell in cells if cell.formula),
            printed={
                key: {column: cell.text for column, cell in row.items()}
                for key, row in printed_rows(book).items()
            },
            pictures={sheet.name: sheet.pictures for sheet in book.sheets},
            ready_label=_left_of(named_place(book, FormCell.READY)),
            named={name: plain(cell.text) for name in FormCell if (cell := named_cell(book, name))},
        )

    def with_plan(self, plan: Plan) -> Known:
        """The same, with every text the plan and the declarations put into a form."""
        return replace(self, around=_texts_around(plan))

    def has_bones(self, bones: str) -> bool:
        """Is this the skeleton of a text of the form or the plan?"""
        return bones in self.texts or bones in self.around

    def says(self, text: str) -> bool:
        """Is this text, wherever it stands, one the office wrote? A bare status is an answer."""
        bones = skeleton(text)
        if (
            self.has_bones(bones)
            and bones not in _STATUSES
            and (len(bones) == _DATE if bones.isdigit() else len(bones) >= _SHORT)
        ):
            return True
        return read_printed_code(text) is not None

    def says_here(self, sheet: Sheet, row: int, column: int, cell: Cell) -> bool:
        """Is the value of this cell the office's: by its place, its words, or its formula?"""
        if self.is_as_issued(sheet, row, column, cell) or self.says(cell.text) or self.calculates(cell):
            return True
        sure = cell.formula is not None or len(_DIGITS.sub("", skeleton(cell.text))) >= _SENTENCE
        return sure and self.computes(cell.text)

    def is_as_issued(self, sheet: Sheet, row: int, column: int, cell: Cell) -> bool:
        """Did the issued form hold the same in the same cell?"""
        name = self.renamed.get(sheet.name, sheet.name)
        return plain(cell.text) == self.cells.get((name, a1(row, column)))

    def has_comment(self, comment: str) -> bool:
        """Is this note one the form was issued with?"""
        return skeleton(comment) in self.comments

    def calculates(self, cell: Cell) -> bool:
        """Is this one of the form's own formulas, wherever it went, with what such a formula shows?"""
        is_ours = bool(cell.formula) and _shape(cell.formula or "") in self.formulas
        return is_ours and (not cell.text or is_error(cell.text) or self.computes(cell.text))

    def computes(self, text: str) -> bool:
        """Could a formula of the form show this text: its words, each once, commas and figures between?"""
        said = [bones for words in _BETWEEN.split(text) if (bones := skeleton(words))]
        return 0 < len(said) == len(self.computed.intersection(said))


NOTHING: Final = Known()


def _left_of(place: Place | None) -> str:
    """The nearest text left of a cell, as bones."""
    if place is None:
        return ""
    sheet, row, column = place
    texts = [cell.text for at, cell in sheet.row(row).items() if at < column and cell.text.strip()]
    return skeleton(texts[-1]) if texts else ""


def _bones(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(skeleton, texts)) - {""}


def _literals(formula: str) -> list[str]:
    return [found.replace('""', '"') for found in _LITERAL.findall(formula)]


def _shape(formula: str) -> str:
    return _REFERENCE.sub("", formula.removeprefix("="))


@once_for_each(4)
def _texts_around(plan: Plan) -> frozenset[str]:
    return _bones(_plan_texts(plan)) | _bones(_declared_texts())


def _plan_texts(plan: Plan) -> Iterable[str]:
    for row in plan.rows:
        yield from (row.number, row.section, row.title, row.deadline_text, row.responsible, row.result)
        yield from (row.key, row.evidence_asked)
    for one in plan.participants:
        yield from (one.name, one.short_name)
    for indicator in plan.indicators:
        yield indicator.title
    settings = plan.settings
    yield from (settings.organisation, settings.plan_title, text_of(settings.report_due))


def _declared_texts() -> Iterable[str]:
    for table in FORM_TABLES:
        yield from (table.title, *table.headers)
        yield from (column.prompt for column in table.columns)
    yield MARKS.sheet
