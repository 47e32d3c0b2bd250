"""The model of a form: what one participant is asked, before any workbook program is involved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.columns import FORM_VERSION, FormCell, MarkCell
from sheetsync.forms.checking import check_of, progress_of
from sheetsync.intake.marks import indicator_key
from sheetsync.model import Indicator, Marks, Participant, Plan, PlanRow
from sheetsync.plan.asked_indicators import indicators_asked
from sheetsync.settings import NO, YES
from sheetsync.workbooks.port import OutValue

_SECTION: Final = re.compile(r"^\s*(?P<number>\d+(?:\.\d+)*|[IVXLC]+)[.)]\s*(?P<title>\S.*)$", re.DOTALL)

_BEFORE: Final = "Прошлый период: {figure}"


class FormRow(Struct, frozen=True):
    """One row of a table of the form, values by column key.

    A row without ``key`` is the title of a section: nothing is asked in it. ``note`` hangs on its
    title: what was answered in the period before.
    """

    key: str
    cells: Mapping[str, OutValue]
    note: str = ""

    @property
    def is_section(self) -> bool:
        return not self.key


class Form(Struct, frozen=True):
    """Everything a form says: its header, its tables and the marks it will be recognised by."""

    participant: Participant
    marks: Marks
    header: Mapping[FormCell, OutValue]
    rows: tuple[FormRow, ...]
    indicators: tuple[FormRow, ...]
    mark_cells: Mapping[MarkCell, OutValue]
    mark_rows: tuple[FormRow, ...]
    back: Back | None = None
    """What makes it a form that is returned; ``None`` in one that is issued."""


class Back(Struct, frozen=True):
    """A return: its line above the table, the rows (by key) to mend and those that are closed, and
    how the copy before it was understood."""

    line: str
    open: frozenset[str]
    accepted: frozenset[str]
    repairs: tuple[FormRow, ...] = ()


def form_of(plan: Plan, participant_code: str) -> Form:
    """The form of one participant: only the rows it owes, in the order of the plan.

    Raises ``KeyError`` for a code the plan does not know.
    """
    participant = plan.participant(participant_code)
    if participant is None:
        raise KeyError(participant_code)
    owed = plan.rows_of(participant_code)
    marks = Marks(plan.plan_id, participant.code, plan.issue, FORM_VERSION)
    before = {one.activity: one.text for one in plan.reference if one.participant == participant_code}
    rows = tuple(replace(row, note=before.get(row.key, "")) for row in _rows(owed))
    return Form(
        participant=participant,
        marks=marks,
        header=_header(plan, participant, rows),
        rows=rows,
        indicators=tuple(_indicator_rows(plan, participant_code)),
        mark_cells=_mark_cells(plan, participant, marks),
        mark_rows=tuple(map(_mark_row, owed)),
    )


def _rows(owed: Iterable[PlanRow]) -> Iterable[FormRow]:
    for section, rows in groupby(owed, key=lambda row: row.section.strip()):
        if section:
            yield _section_row(section)
        yield from map(_activity_row, rows)


def _section_row(section: str) -> FormRow:
    found = _SECTION.match(section)
    number, title = (found["number"], found["title"]) if found else ("", section)
    return FormRow("", {"number": number, "title": title})


def _activity_row(row: PlanRow) -> FormRow:
    cells = {
        "number": row.number,
        "title": row.title,
        "deadline": row.deadline_text,
        "responsible": row.responsible,
        "result": row.result,
        "check": check_of({}),
        "key": row.key,
    }
    return FormRow(row.key, cells)


def _indicator_rows(plan: Plan, code: str) -> Iterable[FormRow]:
    """Targets the participant is asked for in this period."""
    before = {one.indicator: one.text for one in plan.previous if one.participant == code}
    for place, one in indicators_asked(plan, code):
        note = _BEFORE.format(figure=before[one]) if one in before else ""
        yield replace(_indicator_row(indicator_key(place), one), note=note)


def _indicator_row(key: str, indicator: Indicator) -> FormRow:
    cells: dict[str, OutValue] = {
        "title": indicator.title,
        "unit": indicator.unit,
        "target": indicator.target,
        "year": indicator.year,
        "key": key,
    }
    return FormRow(key, cells)


def _header(plan: Plan, participant: Participant, rows: Iterable[FormRow]) -> dict[FormCell, OutValue]:
    settings = plan.settings
    return {
        FormCell.ORGANISATION: settings.organisation,
        FormCell.PLAN_TITLE: settings.plan_title,
        FormCell.PARTICIPANT: participant.name,
        FormCell.REPORT_DUE: settings.report_due,
        FormCell.EVIDENCE: YES if settings.evidence_required else NO,
        FormCell.PROGRESS: progress_of(str(row.cells.get("check", "")) for row in rows),
    }


def _mark_cells(plan: Plan, participant: Participant, marks: Marks) -> dict[MarkCell, OutValue]:
    return {
        MarkCell.PLAN_ID: marks.plan_id,
        MarkCell.PARTICIPANT: marks.participant,
        MarkCell.ISSUE: marks.issue,
        MarkCell.VERSION: marks.version,
        MarkCell.PARTICIPANT_NAME: participant.name,
        MarkCell.PLAN_TITLE: plan.settings.plan_title,
        MarkCell.REPORT_DUE: plan.settings.report_due,
        MarkCell.PERIOD_START: plan.settings.period_start,
    }


def _mark_row(row: PlanRow) -> FormRow:
    cells: dict[str, OutValue] = {
        "key": row.key,
        "number": row.number,
        "title": row.title,
        "start": row.start,
        "due": row.due,
        "evidence_asked": row.evidence_asked,
        "target": row.target,
    }
    return FormRow(row.key, cells)
