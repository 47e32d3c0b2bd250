"""What the commands print for people: a few plain lines, tables where they help."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from sheetsync.campaign import CheckResult, ConsolidateResult, IssueResult, NewResult, VerifyResult
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.district.as_json import findings_as_json
from sheetsync.doubts import text_of
from sheetsync.findings import advice_of, fact_of, severity_of
from sheetsync.merge.ledger import places_named
from sheetsync.merge.summary import worst_findings
from sheetsync.messages import tr
from sheetsync.model import (
    Activity,
    Consolidation,
    Doubt,
    Finding,
    Instruction,
    Order,
    Plan,
    SchoolsScope,
    Severity,
)
from sheetsync.notices import Notice, say
from sheetsync.terminal import Terminal


def plain_line(sentence: str) -> None:
    """One sentence on stderr, as it is."""
    Terminal(stderr=True).print(sentence, markup=False, soft_wrap=True)


def show_order(order: Order) -> None:
    """The plan as it was understood, with what to check."""
    out = Terminal()
    passport = order.passport
    nothing = say(Notice.NOT_SAID)
    out.print(passport.title or nothing, style="bold")
    out.print(
        say(
            Notice.ORDER_FACTS,
            number=passport.number or nothing,
            date=_day(passport.date),
            issuer=passport.issuer or nothing,
            due=_day(passport.report_due),
        )
    )
    out.print(_order_counts(order))
    table = Table(show_lines=False)
    for heading in _ORDER_COLUMNS:
        table.add_column(say(heading), overflow="fold")
    for activity in order.activities:
        table.add_row(*_order_row(activity))
    out.print(table)
    _show_instructions(out, order)
    for doubt in order.doubts:
        out.print(f"? {text_of(doubt)}", markup=False)


def _show_instructions(out: Terminal, order: Order) -> None:
    """What the order's own text asks, when it asks anything."""
    if not order.instructions:
        return
    out.print(_instruction_counts(order), markup=False)
    table = Table(show_lines=False)
    for heading in _INSTRUCTION_COLUMNS:
        table.add_column(say(heading), overflow="fold")
    for one in order.instructions:
        table.add_row(*_order_row(one))
    out.print(table)


def _instruction_counts(order: Order) -> str:
    return say(Notice.ORDER_INSTRUCTIONS, count=len(order.instructions))


_ORDER_COLUMNS = (
    Notice.COLUMN_NUMBER,
    Notice.COLUMN_ACTIVITY,
    Notice.COLUMN_DEADLINE,
    Notice.COLUMN_WHO,
    Notice.COLUMN_DOUBTS,
)
_INSTRUCTION_COLUMNS = (Notice.COLUMN_NUMBER, Notice.COLUMN_INSTRUCTION, *_ORDER_COLUMNS[2:])


def _order_counts(order: Order) -> str:
    return say(
        Notice.ORDER_COUNTS,
        sections=len(order.sections),
        activities=len(order.activities),
        schools=len(order.passport.schools),
        indicators=len(order.indicators),
        doubts=len(all_doubts(order)),
    )


def all_doubts(order: Order) -> list[Doubt]:
    """Doubts of the order and of every row."""
    rows: tuple[Activity | Instruction, ...] = (*order.activities, *order.instructions)
    return [*order.doubts, *(doubt for one in rows for doubt in row_doubts(one))]


def row_doubts(row: Activity | Instruction) -> tuple[Doubt, ...]:
    return (*row.doubts, *row.deadline.doubts, *row.responsible.doubts)


def _order_row(row: Activity | Instruction) -> tuple[str, ...]:
    deadline, responsible = row.deadline, row.responsible
    days = [f"{day:%d.%m.%Y}" for day in (deadline.start, deadline.due) if day]
    schools = {
        SchoolsScope.ALL: say(Notice.SCHOOLS_ALL),
        SchoolsScope.NAMED: "; ".join(responsible.named),
        SchoolsScope.UNCLEAR: say(Notice.SCHOOLS_UNCLEAR),
        SchoolsScope.NONE: "",
    }[responsible.schools]
    doubts = "\n".join(dict.fromkeys(text_of(doubt) for doubt in row_doubts(row)))
    return (
        row.number,
        row.title,
        "\n".join([deadline.text, " – ".join(dict.fromkeys(days))]).strip(),
        "\n".join(part for part in (responsible.text, f"→ {schools}" if schools else "") if part),
        doubts,
    )


def show_new(result: NewResult) -> None:
    out = Terminal()
    out.print(_order_counts(result.order), markup=False)
    if result.order.instructions:
        out.print(_instruction_counts(result.order), markup=False, soft_wrap=True)
    out.print(say(Notice.NEW_DONE, path=result.campaign.workbook.resolve()), markup=False, soft_wrap=True)
    buttons = result.sentences or (say(Notice.NEW_BUTTONS, folder=result.campaign.folder),)
    for told in buttons:
        out.print(told, markup=False, soft_wrap=True)
    doubts = len(all_doubts(result.order))
    sentence = say(Notice.NEW_NEXT, doubts=doubts, folder=result.campaign.folder)
    out.print(sentence, markup=False, soft_wrap=True)


def show_issue(result: IssueResult) -> None:
    out = Terminal()
    show_findings(out, result.findings, result.plan)
    counts = {"written": len(result.written), "same": len(result.same)}
    sheets = result.sheets
    by_google = bool(sheets.written or sheets.same)
    if any(counts.values()) or not by_google:
        out.print(say(Notice.ISSUE_DONE, path=result.campaign.forms, **counts), markup=False, soft_wrap=True)
        out.print(say(Notice.ISSUE_NEXT, received=result.campaign.received), markup=False, soft_wrap=True)
    if by_google:
        told = say(GoogleNotice.ISSUED, written=len(sheets.written), same=len(sheets.same))
        out.print(told, markup=False, soft_wrap=True)


def show_consolidation(result: ConsolidateResult) -> None:
    """Where the workbook is, the four rates, how many findings, the worst of them."""
    out = Terminal(stderr=True)
    found = result.consolidation
    if result.written_to is None:
        same = Notice.CONSOLIDATE_DRY if result.is_dry else Notice.CONSOLIDATE_SAME
        out.print(say(same, path=result.campaign.workbook.resolve()), markup=False, soft_wrap=True)
    else:
        out.print(
            say(Notice.CONSOLIDATE_DONE, path=result.written_to.resolve()), markup=False, soft_wrap=True
        )
    for sentence in (rates_line(found), counts_line(found), ledger_line(found)):
        out.print(sentence, markup=False, soft_wrap=True)
    if result.shown_at:
        out.print(say(GoogleNotice.DISTRICT_LINK, link=result.shown_at), markup=False, soft_wrap=True)
    show_findings(out, result.findings, found.plan)
    worst = worst_findings(found)
    if worst:
        out.print(say(Notice.WORST_FINDINGS))
        show_findings(out, worst, found.plan)


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


def show_verify(result: VerifyResult) -> None:
    """A line for every file the workbook no longer holds whole, with the places of what is gone."""
    out = Terminal(stderr=True)
    for one in result.incomplete:
        sentence = say(
            Notice.VERIFY_MISSING,
            name=one.line.origin.file,
            difference=one.line.unaccounted,
            filled=one.line.filled,
            cells=places_named(one),
        )
        out.print(sentence, markup=False, soft_wrap=True)
    path, files = result.campaign.workbook.resolve(), len(result.files)
    if result.incomplete:
        last = say(Notice.VERIFY_INCOMPLETE, path=path, files=files, incomplete=len(result.incomplete))
    else:
        last = say(
            Notice.VERIFY_WHOLE, path=path, files=files, filled=sum(one.line.filled for one in result.files)
        )
    out.print(last, markup=False, soft_wrap=True)


def show_findings(out: Terminal, findings: Iterable[Finding], plan: Plan | None) -> None:
    """A line for each: severity, who and which row, what is wrong, what to do."""
    for one in findings:
        place = " · ".join(part for part in (*_names(one, plan), one.origin.file, one.origin.cell) if part)
        severity = tr(severity_of(one).value)
        head = f"[{severity}] {place}: " if place else f"[{severity}] "
        out.print(f"{head}{fact_of(one)} {advice_of(one)}", markup=False, soft_wrap=True)


def _names(one: Finding, plan: Plan | None) -> tuple[str, str]:
    participant = plan.participant(one.participant) if plan and one.participant else None
    row = plan.row(one.activity) if plan and one.activity else None
    who = participant.short_name if participant else one.participant or ""
    return who, row.number or row.title if row else ""


def show_check(result: CheckResult) -> None:
    out = Terminal(stderr=True)
    for line in result.answered:
        out.print(
            say(Notice.CHECK_WHO, participant=line.name, rows=line.rows, answered=line.answered), markup=False
        )
    show_findings(out, result.findings, result.plan)
    if not result.findings:
        out.print(say(Notice.CHECK_CLEAN))


def check_as_json(result: CheckResult) -> dict[str, Any]:
    return {
        "file": result.name,
        "verdict": result.verdict.value,
        "participants": [
            {"code": one.code, "name": one.name, "rows": one.rows, "answered": one.answered}
            for one in result.answered
        ],
        "findings": findings_as_json(result.findings),
    }


@contextlib.contextmanager
def progress() -> Iterator[Callable[[int, int, str], None]]:
    """A bar on stderr while copies are read; silent when stderr is not a terminal."""
    console = Terminal(stderr=True)
    columns: Sequence[Any] = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(say(Notice.READING), total=None)
        yield lambda done, total, _name: bar.update(task, completed=done, total=total)


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else say(Notice.NOT_SAID)
