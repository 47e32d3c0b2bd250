"""The plan of the period a campaign is in, and what was answered in the period before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.files import find_tables, read_file, read_table, read_workbook_plan
from sheetsync.columns import ENTRIES, REPORT
from sheetsync.district.bodies import Record, records_of
from sheetsync.district.reading import PlanReading, find_participant
from sheetsync.findings import make
from sheetsync.journal import Journal
from sheetsync.model import Finding, Plan, PreviousAnswer
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import WorkbookTables

_LONGEST: Final = 900
"""A longer answer is shown by its beginning: the school has last year's form."""

_TOLD: Final = ("status", "done_on", "info", "document", "link", "reason")
_FIRST_LINE: Final = 2
"""Status and date stand in the first line, everything else below."""


def read_period_plan(workbook: WorkbookTables, issue: int, journal: Journal) -> PlanReading:
    """The plan in the workbook with the rows its current period asks."""
    return in_its_period(read_workbook_plan(workbook, issue), journal)


def in_its_period(reading: PlanReading, journal: Journal) -> PlanReading:
    """A plan as it was read, with the rows its current period asks."""
    label = reading.plan.settings.period
    if not label:
        return reading
    from sheetsync.plan.periods import plan_of_period  # noqa: PLC0415 - most campaigns are of one year

    told = tuple(_not_begun(label, journal))
    plan = plan_of_period(reading.plan, journal.periods.settled_before(label))
    return PlanReading(plan, (*reading.findings, *told))


def _not_begun(label: str, journal: Journal) -> Iterator[Finding]:
    """A period typed by hand: nothing was closed before it."""
    begun = journal.periods.all()
    if begun and label not in {one.label for one in begun}:
        yield make("S880", period=label, current=begun[-1].label)


# --- the period before --------------------------------------------------------------------------


def archive_name(path: Path, label: str) -> str:
    """What a file of a closed period is called in «Архив»: «Район 2020.xlsm»."""
    return f"{path.stem} {label.replace('/', '-')}{path.suffix}"


def with_reference(reading: PlanReading, campaign: store.Campaign) -> PlanReading:
    """The same plan knowing the answers of the period before, where its workbook still lies in «Архив»."""
    from sheetsync.plan.periods import periods_of_settings  # noqa: PLC0415 - most campaigns are of one year

    plan = reading.plan
    labels = [one.label for one in periods_of_settings(plan.settings)]
    if plan.settings.period not in labels[1:]:
        return reading
    label = labels[labels.index(plan.settings.period) - 1]
    path = campaign.archive / archive_name(campaign.workbook, label)
    try:
        workbook = ExcelFile.from_bytes(read_file(path))
        find_tables(workbook, (ENTRIES,))
        records = records_of(ENTRIES, read_table(workbook, ENTRIES.name))
    except (store.StoreError, ValueError, KeyError, OSError, SyntaxError):
        told = make("S881", name=f"{campaign.archive.name}/{path.name}", period=label)
        return PlanReading(plan, (*reading.findings, told))
    reference = tuple(_answers(records, plan, label))
    return PlanReading(replace(plan, reference=reference), reading.findings)


def _answers(records: list[Record], plan: Plan, label: str) -> Iterator[PreviousAnswer]:
    asked = {row.key for row in plan.asked_rows}
    for record in records:
        whose = find_participant(record.text("participant"), plan.participants)
        text = _answer_text(record)
        if whose and text and record.text("key") in asked:
            yield PreviousAnswer(whose.code, record.text("key"), f"{label}: {text}")


def _answer_text(record: Record) -> str:
    """An answer as a note: status and date, then what was done, by which document."""
    first = ", ".join(filter(None, map(record.text, _TOLD[:_FIRST_LINE])))
    rest = [
        f"{REPORT.column(key).header}: {record.text(key)}" for key in _TOLD[_FIRST_LINE:] if record.text(key)
    ]
    text = "\n".join(filter(None, (first, *rest)))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
