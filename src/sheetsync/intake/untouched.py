"""A copy that stands as its form was issued: only the cells for answers are read.

Every other cell is compared with the form. Whatever else is different (a row moved, a sheet added,
a word beside the table) makes it a copy like any other, which ``read.read_copy`` reads in its usual
way. What is said of an untouched copy is exactly what it would say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.columns import FORM_INDICATORS
from sheetsync.grid import Book, Cell, Sheet
from sheetsync.intake.account import Account
from sheetsync.intake.answers import complete_row, read_answer, read_row
from sheetsync.intake.blueprint import AnswerRow, Blueprint, Office, draw
from sheetsync.intake.fields import holds_something, read_field
from sheetsync.intake.known import Known
from sheetsync.intake.marks import CODE_WORD, read_printed_code
from sheetsync.intake.outline import Outline
from sheetsync.intake.pattern import Pattern
from sheetsync.intake.quick_rows import is_plain, plain_field
from sheetsync.intake.reading import CopyReading
from sheetsync.intake.recognise import recognise_marked
from sheetsync.intake.rows import BodyRow
from sheetsync.intake.statuses import LISTED
from sheetsync.intake.strays import read_tick
from sheetsync.model import (
    NOWHERE,
    CellsOfFile,
    Entry,
    Field,
    IndicatorAnswer,
    Marks,
    Origin,
    Plan,
    Submission,
    Verdict,
)
from sheetsync.model.kept import once_for_each

ReadAny = Callable[[Book, Plan, Origin, Known | None], CopyReading]
"""The reader of copies in whatever state they come."""

_WORTH_DRAWING: Final = 2
"""From so many copies of one pattern on a blueprint costs less than it saves."""
_NOT_OF_THE_FORM: Final = frozenset({"V205", "V206", "V213", "V214"})
"""What is said of a copy by whose it is and how its file is called."""

_Answered = list[tuple[AnswerRow, dict[str, Cell]]]


def read_untouched(
    book: Book, plan: Plan, origin: Origin, known: Known, read_any: ReadAny
) -> CopyReading | None:
    """What an untouched copy of a form says; ``None`` for every other book."""
    outline = _outline(known.form.pattern, plan, read_any) if known.form else None
    if known.form is None or outline is None:
        return None
    marks = outline.marks(known.form)
    code = _owner(outline.blueprint, marks, plan)
    if marks is None or code is None or not outline.is_kept(book, known.form):
        return None
    return _Reading(book, plan, origin, known, outline.blueprint).of(code, marks)


# --- the blueprint of a pattern under a plan ----------------------------------------------------


class _Asked(Struct, frozen=True):
    """How often the outline of a pattern was asked for under a plan, and what was drawn."""

    plan: Plan
    times: int = 0
    outline: Outline | None = None


def _outline(pattern: Pattern, plan: Plan, read_any: ReadAny) -> Outline | None:
    known: _Asked = pattern.remembered.get(id(plan), _Asked(plan))
    times = known.times + 1 if known.plan is plan else 1
    if times > _WORTH_DRAWING:
        return known.outline
    outline = _drawn(pattern, plan, read_any) if times == _WORTH_DRAWING else None
    pattern.remembered[id(plan)] = _Asked(plan, times, outline)
    return outline


def _drawn(form: Pattern, plan: Plan, read_any: ReadAny) -> Outline | None:
    def office_of(bare: Book, known: Known) -> Office | None:
        reading = read_any(bare, plan, NOWHERE, known)
        if len(reading.submissions) != 1 or {one.code for one in reading.findings} - _NOT_OF_THE_FORM:
            return None
        said = reading.submissions[0]
        if said.findings or said.unplaced or said.declared_ready or said.indicators:
            return None
        return frozenset((one.sheet, one.cell) for one in reading.office)

    blueprint = draw(form, plan, office_of)
    return Outline(blueprint, form.book) if blueprint else None


def _owner(blueprint: Blueprint, marks: Marks | None, plan: Plan) -> str | None:
    """The participant a form is for, when it answers for every row of it."""
    code = (marks.participant or "") if marks else ""
    return code if _asked(plan).get(code, frozenset()).issuperset(blueprint.activities) else None


@once_for_each(4)
def _asked(plan: Plan) -> Mapping[str, frozenset[str]]:
    """The activities each participant who owes a report is or was asked of."""
    keys: dict[str, set[str]] = {one.code: set() for one in plan.participants if one.owes_report}
    for row in plan.rows:
        for code in keys.keys() & set(row.reporters):
            keys[code].add(row.key)
    alike: dict[frozenset[str], frozenset[str]] = {}
    return {code: alike.setdefault(own := frozenset(several), own) for code, several in keys.items()}


# --- reading ------------------------------------------------------------------------------------


class _Reading:
    """One copy on its way to a submission."""

    def __init__(self, book: Book, plan: Plan, origin: Origin, known: Known, blueprint: Blueprint) -> None:
        self._book, self._plan, self._origin, self._known, self._form = book, plan, origin, known, blueprint
        self._sheet = self._of(blueprint.table.sheet.name)

    def _of(self, name: str) -> Sheet:
        return next(sheet for sheet in self._book.sheets if sheet.name == name)

    def of(self, code: str, marks: Marks) -> CopyReading | None:
        """The reading of a copy of this participant; ``None`` when an answer may be taken for a table."""
        form, origin = self._form, self._origin
        answered = self._answered()
        if answered is None or not self._has_plain_figures():
            return None
        account = Account(code, origin, self._known, self._plan)
        self._read_rows(answered, account)
        figures = self._figures(account)
        ready = bool(form.ready and form.ready[1:] in self._sheet.cells)
        if ready and not read_tick(self._book, account):
            return None
        whose = recognise_marked(self._book, self._plan, form.table, marks, origin)
        fields = account.fields
        entries = tuple(Entry(code, key, fields.get(key, {})) for key in form.activities)
        said = Submission(
            origin,
            code,
            whose.issue,
            entries,
            tuple(account.unplaced),
            tuple(account.findings),
            ready,
            figures,
        )
        office = CellsOfFile(origin.file, origin.sha256, form.office)
        return CopyReading(Verdict.ACCEPTED, (said,), whose.findings, office)

    def _answered(self) -> _Answered | None:
        """The rows that are answered, each with its cells; ``None`` when a text of them may be a header."""
        get, words = self._sheet.cells.get, self._form.words
        answered: _Answered = []
        texts: list[str] = []
        for row in self._form.rows:
            found: dict[str, Cell] = {}
            for key, at, _ in row.cells:
                cell = get(at)
                if cell is None or not (cell.value or holds_something(cell)):
                    continue
                found[key] = cell
                text = cell.value
                if text.__class__ is str and text not in LISTED:
                    if words.have(text):
                        return None
                    texts.append(text)
            if found:
                answered.append((row, found))
        return None if _may_be_code(texts) else answered

    def _has_plain_figures(self) -> bool:
        cells = self._of(self._form.figures).cells if self._form.figures else {}
        texts = [cells[at].value for row in self._form.figure_rows for _, at, _ in row.cells if at in cells]
        said = [text for text in texts if isinstance(text, str)]
        return not any(map(self._form.figure_words.have, said)) and not _may_be_code(said)

    # --- rows

    def _read_rows(self, answered: _Answered, account: Account) -> None:
        others: list[AnswerRow] = []
        for row, cells in answered:
            if is_plain(cells):
                self._read_plain_row(row, cells, account)
            else:
                others.append(row)
                self._read_other_row(row, account)
        for row in others:
            complete_row(row.match.plan.key, account)

    def _read_plain_row(self, row: AnswerRow, cells: Mapping[str, Cell], account: Account) -> None:
        file, sha256, sheet = self._origin.file, self._origin.sha256, self._sheet.name
        fields: dict[str, Field] = {}
        account.fields[row.match.plan.key] = fields
        for key, at, ref in row.cells:
            cell = cells.get(key)
            if cell is None:
                continue
            field = plain_field(key, cell, Origin(file, sha256, sheet, ref))
            if field is None:
                read_answer(self._alone(row), at[1], key, row.match.plan.key, account)
            else:
                fields[key] = field

    def _read_other_row(self, row: AnswerRow, account: Account) -> None:
        if account.known is self._known:
            account.known = self._known.with_plan(self._plan)
        read_row(self._alone(row), row.match, account)

    def _alone(self, row: AnswerRow) -> BodyRow:
        """A row of the copy with nothing beside it but its header."""
        said, cells = row.said, self._sheet.cells
        places = [(number, at) for number in (*said.table.header, said.row) for at in row.columns]
        sheet = Sheet(self._sheet.name, {at: cells[at] for at in places if at in cells})
        return BodyRow(replace(said.table, sheet=sheet), said.row, said.said)

    # --- indicators

    def _figures(self, account: Account) -> tuple[IndicatorAnswer, ...]:
        if not self._form.figure_rows:
            return ()
        sheet, years = self._of(self._form.figures), self._plan.settings.years
        answers: dict[int, dict[str, Field]] = {}
        for row in self._form.figure_rows:
            for key, at, _ in row.cells:
                cell = sheet.cells.get(at)
                if cell is not None and holds_something(cell):
                    declared, origin = FORM_INDICATORS.column(key), account.at((sheet, *at))
                    field, findings = read_field(declared, cell, origin, years)
                    answers.setdefault(row.indicator, {})[key] = field
                    account.about(None, findings)
        return tuple(
            IndicatorAnswer(account.participant, self._plan.indicators[place], fields)
            for place, fields in sorted(answers.items())
        )


def _may_be_code(texts: Iterable[str]) -> bool:
    """Is one of these texts, or a piece of it, the line that says whose a form is?"""
    several = list(texts)
    if CODE_WORD not in "\n".join(several).casefold():
        return False
    return any(read_printed_code(text) is not None for text in several)
