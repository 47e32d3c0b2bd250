"""What the commands print for people: a few plain lines, tables where they help."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sheetsync.findings import advice_of, fact_of, severity_of
from sheetsync.lines import Line, plain_line, result_line
from sheetsync.merge.summary import worst_findings
from sheetsync.messages import tr
from sheetsync.model import Consolidation, Finding, Plan, Severity
from sheetsync.notices import Notice, say

if TYPE_CHECKING:
    from sheetsync.campaign import ConsolidateResult, IssueResult


def show_issue(result: IssueResult) -> None:
    show_findings(result_line, result.findings, result.plan)
    counts = {"written": len(result.written), "same": len(result.same)}
    sheets = result.sheets
    by_google = bool(sheets.written or sheets.same)
    if any(counts.values()) or not by_google:
        result_line(say(Notice.ISSUE_DONE, path=result.campaign.forms, **counts))
        result_line(say(Notice.ISSUE_NEXT, received=result.campaign.received))
    if by_google:
        from sheetsync.campaign.google.notices import GoogleNotice  # noqa: PLC0415 - most districts send files alone

        told = say(GoogleNotice.ISSUED, written=len(sheets.written), same=len(sheets.same))
        result_line(told)


def show_consolidation(result: ConsolidateResult) -> list[str]:
    """Where the workbook is, the four rates, how many findings, the worst of them.

    Gives what the same run again would say.
    """
    said = _sentences(result)
    for sentence in (_where(result), *said):
        plain_line(sentence)
    return [_where(replace(result, written_to=None)), *said]


def _where(result: ConsolidateResult) -> str:
    if result.written_to is None:
        same = Notice.CONSOLIDATE_DRY if result.is_dry else Notice.CONSOLIDATE_SAME
        return say(same, path=result.campaign.workbook.resolve())
    return say(Notice.CONSOLIDATE_DONE, path=result.written_to.resolve())


def _sentences(result: ConsolidateResult) -> list[str]:
    """What is told of a consolidation, wherever its workbook lies."""
    found = result.consolidation
    said = [rates_line(found), counts_line(found), ledger_line(found)]
    if result.shown_at:
        from sheetsync.campaign.google.notices import GoogleNotice  # noqa: PLC0415

        said.append(say(GoogleNotice.DISTRICT_LINK, link=result.shown_at))
    show_findings(said.append, result.findings, found.plan)
    worst = worst_findings(found)
    if worst:
        said.append(say(Notice.WORST_FINDINGS))
        show_findings(said.append, worst, found.plan)
    return said


def rates_line(found: Consolidation) -> str:
    rates = found.rates
    return say(
        Notice.RATES,
        as_of=f"{found.as_of:%d.%m.%Y}",
        received=percent(rates.received),
        on_time=percent(rates.on_time),
        filled=percent(rates.filled),
        evidenced=percent(rates.evidenced),
    )


def percent(rate: float | None) -> str:
    """0.5 -> «50 %»; never rounds up to 100 or down to 0."""
    if rate is None:
        return say(Notice.RATE_NONE)
    shown = round(rate * 100)
    if shown == 100 and rate < 1:
        shown = 99
    if shown == 0 and rate > 0:
        shown = 1
    return f"{shown} %"


def counts_line(found: Consolidation) -> str:
    counts = Counter(severity_of(one) for one in found.findings)
    return say(
        Notice.FINDING_COUNTS,
        must=counts[Severity.MUST],
        warn=counts[Severity.WARN],
        info=counts[Severity.INFO],
    )


def ledger_line(found: Consolidation) -> str:
    parts = ("filled", "placed", "reported", "superseded", "refused")
    return say(
        Notice.LEDGER_DONE, **{part: sum(getattr(line, part) for line in found.ledger) for part in parts}
    )


def show_findings(line: Line, findings: Iterable[Finding], plan: Plan | None) -> None:
    """A line for each: severity, who and which row, what is wrong, what to do."""
    for one in findings:
        place = " · ".join(part for part in (*_names(one, plan), one.origin.file, one.origin.cell) if part)
        severity = tr(severity_of(one).value)
        head = f"[{severity}] {place}: " if place else f"[{severity}] "
        line(f"{head}{fact_of(one)} {advice_of(one)}")


def _names(one: Finding, plan: Plan | None) -> tuple[str, str]:
    participant = plan.participant(one.participant) if plan and one.participant else None
    row = plan.row(one.activity) if plan and one.activity else None
    who = participant.short_name if participant else one.participant or ""
    return who, row.number or row.title if row else ""


def progress() -> AbstractContextManager[Callable[[int, int, str], None]]:
    """A bar on stderr while copies are read; silent when stderr is not a terminal."""
    if not sys.stderr.isatty():
        return contextlib.nullcontext(lambda *_: None)
    from sheetsync.progress_bar import bar  # noqa: PLC0415 - drawing takes a tenth of a second to load

    return bar(say(Notice.READING))
