"""A small invented district for tests of checks and merge: a plan, answers, copies, one call.

    copy("S1", answer("r1", status="выполнено", document="приказ № 5 от 01.02.2023"))

is the copy of school S1 with one answered row; its census lists what stands in its cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace

from sheetsync.merge.consolidate import consolidate
from sheetsync.merge.received import CensusItem, ItemKind, Received
from sheetsync.model import (
    Consolidation,
    Decision,
    Entry,
    Field,
    Finding,
    Origin,
    Participant,
    ParticipantKind,
    Plan,
    PlanRow,
    Settings,
    Status,
    Submission,
    Unplaced,
    Verdict,
)

SHEET = "Отчёт"
LETTERS = {"status": "F", "done_on": "G", "info": "H", "document": "I", "link": "J", "reason": "K"}
SETTINGS = Settings(
    plan_id="p1",
    years=(2023,),
    period_start=date(2023, 1, 1),
    period_end=date(2023, 12, 31),
    report_due=date(2023, 12, 20),
)
SCHOOLS = ("S1", "S2")
ROWS = (
    PlanRow("r1", "1.1", "1. Работа", "Педагогический совет", due=date(2023, 3, 1), reporters=SCHOOLS),
    PlanRow("r2", "1.2", "1. Работа", "Семинар для учителей", due=date(2023, 6, 30), reporters=SCHOOLS),
    PlanRow("r3", "1.3", "1. Работа", "Индивидуальная работа", reporters=SCHOOLS),
    PlanRow("r4", "2.1", "2. Район", "Совещание директоров", due=date(2023, 2, 1), reporters=("O1",)),
)
PLAN = Plan(
    SETTINGS,
    ROWS,
    (
        Participant("S1", "МБОУ «Берёзовская СОШ»", "Берёзовская СОШ"),
        Participant("S2", "МБОУ «Липовская ООШ»", "Липовская ООШ"),
        Participant("O1", "Отдел образования", "Отдел", kind=ParticipantKind.OFFICE),
    ),
)
AT_THE_END = date(2023, 12, 31)
FULL = {
    "status": "выполнено",
    "done_on": "20.02.2023",
    "info": "Проведён педсовет, 14 участников",
    "document": "протокол № 3 от 20.02.2023",
}


def plan_with(*, rows: tuple[PlanRow, ...] = ROWS, **settings: Any) -> Plan:
    """The plan with other rows or settings."""
    return replace(PLAN, rows=rows, settings=replace(SETTINGS, **settings))


def field(column: str, text: str, row: int, **parts: Any) -> Field:
    """A cell as the reader gives it: statuses and dates in their places are understood."""
    value: Any = None
    if column == "status" and text in {one.value for one in Status}:
        value = Status(text)
    elif column == "done_on" and text:
        day, month, year = map(int, text.split("."))
        value = date(year, month, day)
    return Field(text, value, origin=Origin(sheet=SHEET, cell=f"{LETTERS[column]}{row}"), **parts)


def answer(activity: str, **texts: str | Field) -> Entry:
    """One row of a copy; a text, or a whole ``Field`` where links and notes matter."""
    row = 7 + [one.key for one in ROWS].index(activity) if activity in {one.key for one in ROWS} else 40
    fields: dict[str, Field] = {}
    for column, given in texts.items():
        if given == "":
            continue  # the reader gives no field for an empty cell
        fields[column] = given if isinstance(given, Field) else field(column, given, row)
        if not fields[column].origin.cell:
            fields[column] = replace(
                fields[column], origin=Origin(sheet=SHEET, cell=f"{LETTERS[column]}{row}")
            )
    return Entry("", activity, fields)


def copy(
    participant: str,
    *entries: Entry,
    file: str = "",
    order: int = 1,
    received_on: date | None = date(2023, 12, 1),
    unplaced: tuple[Unplaced, ...] = (),
    findings: tuple[Finding, ...] = (),
    declared_ready: bool = False,
    **parts: Any,
) -> Received:
    """An accepted copy. Rows not given stand in it empty, as in a form nobody filled."""
    origin = Origin(file or f"{participant}.xlsx", sha256=f"sha of {file or participant}")
    given = {entry.activity for entry in entries}
    empty = [answer(row.key) for row in PLAN.rows_of(participant) if row.key not in given]
    rows = tuple(_stamped(entry, participant, origin) for entry in (*entries, *empty))
    put_aside = tuple(
        replace(one, origin=replace(one.origin, file=origin.file, sha256=origin.sha256)) for one in unplaced
    )
    submission = Submission(origin, participant, 1, rows, put_aside, findings, declared_ready)
    census = (
        *census_of(rows),
        *(CensusItem(one.origin.sheet, one.origin.cell, ItemKind.VALUE, one.text) for one in put_aside),
    )
    given_parts: dict[str, Any] = {"census": census, **parts}
    return Received(origin, Verdict.ACCEPTED, order, received_on, (submission,), **given_parts)


def without_rows(received: Received, *activities: str) -> Received:
    """The copy with rows deleted by the school."""
    (submission,) = received.submissions
    rows = tuple(entry for entry in submission.entries if entry.activity not in activities)
    return replace(received, submissions=(replace(submission, entries=rows),), census=census_of(rows))


def census_of(entries: tuple[Entry, ...]) -> tuple[CensusItem, ...]:
    """What an honest count of the cells finds."""
    items = []
    for cell in (cell for entry in entries for cell in entry.fields.values()):
        texts = [(ItemKind.VALUE, cell.text), (ItemKind.COMMENT, cell.comment)]
        texts += [(ItemKind.LINK, link) for link in cell.links]
        items += [
            CensusItem(cell.origin.sheet, cell.origin.cell, kind, text)
            for kind, text in texts
            if text.strip()
        ]
    return tuple(items)


def run(
    *received: Received,
    plan: Plan = PLAN,
    as_of: date = AT_THE_END,
    decisions: Mapping[tuple[str, str], Decision] | None = None,
    **more: Any,
) -> Consolidation:
    return consolidate(plan, received, decisions or {}, as_of, **more).found


def codes(result: Consolidation, participant: str | None = None, activity: str | None = None) -> list[str]:
    """Codes of findings, of one participant and row when these are named."""
    return [
        one.code
        for one in result.findings
        if (participant is None or one.participant == participant)
        and (activity is None or one.activity == activity)
    ]


def the(result: Consolidation, code: str) -> Finding:
    """The only finding of that code."""
    (found,) = [one for one in result.findings if one.code == code]
    return found


def _stamped(entry: Entry, participant: str, origin: Origin) -> Entry:
    fields = {
        column: replace(cell, origin=replace(cell.origin, file=origin.file, sha256=origin.sha256))
        for column, cell in entry.fields.items()
    }
    return replace(entry, participant=participant, fields=fields)
