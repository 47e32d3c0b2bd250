"""A form sent with the answers a school gave before: the plan changed, its words did not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from msgspec.structs import replace

from sheetsync.columns import FORM_INDICATORS, REPORT, FormCell, Owner, TableSpec
from sheetsync.forms.checking import check_of, progress_of
from sheetsync.forms.model import Form, FormRow
from sheetsync.grid import Value, cell_pieces
from sheetsync.intake.marks import indicator_key
from sheetsync.model import Field, Plan, Submission
from sheetsync.workbooks.port import OutValue

Place = tuple[str, str]
"""Row key and column key of a cell a school fills."""

Answers = Mapping[Place, OutValue]

_REPORT_COLUMNS: Final = tuple(one.key for one in REPORT.columns if one.owner is Owner.SCHOOL)
_INDICATOR_COLUMNS: Final = tuple(one.key for one in FORM_INDICATORS.columns if one.owner is Owner.SCHOOL)


def answers_in(submissions: Iterable[Submission], plan: Plan, participant: str) -> dict[Place, OutValue]:
    """What a participant said, cell by cell, as it can be put into a new form."""
    keys = {one: indicator_key(place) for place, one in enumerate(plan.indicators)}
    found: dict[Place, OutValue] = {}
    for one in submissions:
        if one.participant == participant:
            rows = [(entry.activity, entry.fields) for entry in one.entries]
            rows += [(keys[told.indicator], told.fields) for told in one.indicators]
            found |= {(key, column): _said(cell) for key, fields in rows for column, cell in fields.items()}
    return {place: value for place, value in found.items() if value not in ("", None)}


def with_late_answers(now: Answers, sent: Answers, known: Answers, before: Answers) -> dict[Place, OutValue]:
    """What a form filled in advance should say, once it is seen what stood there ``before`` it.

    It was ``sent`` with answers ``known`` a moment earlier. What the school wrote in that moment goes
    into it, except where the school has changed the new form already.
    """
    said = dict(now)
    for place in dict.fromkeys((*known, *before)):
        if before.get(place) != known.get(place) and now.get(place) == sent.get(place):
            said[place] = before.get(place)
    return {place: value for place, value in said.items() if value is not None}


def with_answers(form: Form, plan: Plan, answers: Answers) -> Form:
    """The form with these answers in their places."""
    waived = not plan.settings.evidence_required
    rows = tuple(_answered(row, answers, waived=waived) for row in form.rows)
    progress = progress_of(str(row.cells.get("check", "")) for row in rows)
    return replace(
        form,
        rows=rows,
        indicators=tuple(_filled(row, FORM_INDICATORS, answers) for row in form.indicators),
        header={**form.header, FormCell.PROGRESS: progress},
    )


def _answered(row: FormRow, answers: Answers, *, waived: bool) -> FormRow:
    filled = _filled(row, REPORT, answers)
    if filled is row:
        return row
    texts = {column: str(filled.cells.get(column) or "") for column in _REPORT_COLUMNS}
    return replace(filled, cells={**filled.cells, "check": check_of(texts, evidence_required=not waived)})


def _filled(row: FormRow, spec: TableSpec, answers: Answers) -> FormRow:
    columns = _REPORT_COLUMNS if spec is REPORT else _INDICATOR_COLUMNS
    said = {column: answers[row.key, column] for column in columns if (row.key, column) in answers}
    return replace(row, cells={**row.cells, **said}) if said else row


def _said(cell: Field) -> OutValue:
    """What was answered, as it was typed; addresses that hang on the words are written out.

    With these, or with personal data covered, words may grow longer than a cell: their end is left out.
    """
    hidden = [link for link in cell.links if link not in cell.text]
    if hidden:
        return cell_pieces("\n".join(part for part in (cell.text, *hidden) if part))[0]
    return as_typed(cell.value, cell_pieces(cell.text)[0])


def as_typed(value: Value, text: str) -> OutValue:
    """What stands in a cell as it goes into a form: a day or a number as such, all else as its text."""
    match value:
        case datetime():
            return value.date()
        case bool():
            return text
        case date() | int() | float():
            return value
    return text
