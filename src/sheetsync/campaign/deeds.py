"""What the buttons of collecting do in the open workbook, and their answers: issue, consolidate, check."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.checking import Beside, CheckResult, check_file
from sheetsync.campaign.consolidate_result import ConsolidateResult
from sheetsync.campaign.consolidating import consolidate_open
from sheetsync.campaign.files import find_tables
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.issuing import IssueResult, issue_forms
from sheetsync.columns import CHECKED, DISTRICT_TABLES, FINDINGS_SHEET, Action, KitCell
from sheetsync.district.checked import checked_body
from sheetsync.findings import advice_of, fact_of, grouped, severity_of
from sheetsync.merge.summary import about_everything, outcome_line
from sheetsync.model import Finding, Plan, Severity, Verdict
from sheetsync.notices import Notice, say
from sheetsync.workbooks.port import OpenWorkbook

GOOGLE_SECONDS: Final = 120.0
"""How long a press reads or makes Google sheets; the next one goes on from there."""

_TOLD: Final = 2
"""How many findings of a press its sentence quotes."""

Told = tuple[str, bool]
"""What was done, and whether it needs the user."""


class Press(Struct, frozen=True):
    """One press under way. ``snapshot`` is a copy of what is on the screen, when the macro made one."""

    campaign: store.Campaign
    book: OpenWorkbook
    now: datetime
    snapshot: Path | None

    def tell_reading(self, done: int, total: int, _name: str) -> None:
        """How far reading the copies has got, in the status bar."""
        self.book.tell(say(Notice.PRESS_READING, done=done, total=total))

    def tell_sheets(self, done: int, total: int, _name: str) -> None:
        """How far the sheets in Google have got."""
        self.book.tell(say(GoogleNotice.PRESS_SHEETS, done=done, total=total))


def _consolidate(press: Press) -> Told:
    result = consolidate_open(
        press.campaign,
        press.book,
        press.now.date(),
        press.now,
        snapshot=press.snapshot,
        seconds=GOOGLE_SECONDS,
        progress=press.tell_reading,
    )
    return told_of(result, is_on_screen=True), result.needs_user


def told_of(result: ConsolidateResult, *, is_on_screen: bool) -> str:
    """What a consolidation came to."""
    worth = (*about_everything(result.consolidation.findings), *result.findings)
    said = _consolidated(result, is_on_screen=is_on_screen)
    return joined(*said, *quoted(worth, result.consolidation.plan))


def _consolidated(result: ConsolidateResult, *, is_on_screen: bool) -> Iterator[str]:
    line = outcome_line(result.consolidation)
    if result.written_to is None:
        yield say(Notice.PRESS_SAME)
    yield say(Notice.PRESS_CONSOLIDATED, received=line.received, owing=line.owing, must=line.must)
    if line.not_taken:
        yield say(Notice.PRESS_NOT_TAKEN, not_taken=line.not_taken, sheet=FINDINGS_SHEET)
    if result.written_to and is_on_screen:
        yield say(Notice.PRESS_NOT_SAVED)
    if result.shown_at:
        yield say(GoogleNotice.DISTRICT_LINK, link=result.shown_at)


def _issue(press: Press) -> Told:
    result = issue_forms(
        press.book.path,
        press.now,
        press.book,
        snapshot=press.snapshot,
        seconds=GOOGLE_SECONDS,
        progress=press.tell_sheets,
    )
    return joined(*_issued(result), *quoted(result.findings, result.plan)), result.needs_user


def _issued(result: IssueResult) -> Iterator[str]:
    counts = {"written": len(result.written), "same": len(result.same)}
    yield say(Notice.PRESS_ISSUED, folder=result.campaign.forms.name, **counts)
    sheets = result.sheets
    if sheets.written or sheets.same:
        yield say(GoogleNotice.ISSUED, written=len(sheets.written), same=len(sheets.same))


def _check(press: Press) -> Told:
    """The file is named in a cell: by the macro's dialog, or by whoever wrote it there."""
    book = press.book
    named = ""
    with contextlib.suppress(KeyError):
        named = book.read_named(KitCell.FILE).text.strip()
    if not named:
        raise store.StoreError(say(Notice.KIT_NO_FILE))
    find_tables(book, DISTRICT_TABLES)
    result = check_file(Path(named), press.now.date(), Beside(press.campaign, book))
    is_shown = _show_check(book, result)
    where = Notice.PRESS_CHECKED_ON if is_shown else Notice.PRESS_CHECKED_NOWHERE
    return joined(*_checked(result), say(where, sheet=CHECKED.sheet)), result.needs_user


def _checked(result: CheckResult) -> Iterator[str]:
    """What came of a check; of a file that is not taken the main reason instead of figures."""
    if result.verdict is not Verdict.ACCEPTED:
        yield say(Notice.PRESS_CHECK_REFUSED, name=result.name)
        yield from (f"{fact_of(one)} {advice_of(one)}" for one in grouped(result.findings)[:1])
        return
    counts = Counter(severity_of(one) for one in result.findings)
    yield say(
        Notice.PRESS_CHECKED,
        name=result.name,
        must=counts[Severity.MUST],
        warn=counts[Severity.WARN],
        info=counts[Severity.INFO],
    )
    for one in result.answered:
        yield say(Notice.CHECK_WHO, participant=one.name, rows=one.rows, answered=one.answered)


def _show_check(book: OpenWorkbook, result: CheckResult) -> bool:
    """Put the findings on their sheet and bring it to the front; whether the workbook has it."""
    find_tables(book, [CHECKED])
    if CHECKED.name not in book.table_names():
        return False
    with book.at_work():
        lost = book.replace_table(CHECKED.name, checked_body(result.name, result.findings, result.plan))
        if lost:
            notes = [say(Notice.CHECK_BESIDE, cell=one.cell, text=one.text) for one in lost]
            book.replace_table(CHECKED.name, checked_body(result.name, result.findings, result.plan, notes))
    book.show_sheet(book.read_table(CHECKED.name).sheet)
    return True


DEEDS: Final[Mapping[Action, Callable[[Press], Told]]] = {
    Action.CONSOLIDATE: _consolidate,
    Action.ISSUE: _issue,
    Action.CHECK: _check,
}


def quoted(findings: Iterable[Finding], plan: Plan) -> Iterator[str]:
    """What a run remarks about itself, a little of it in full, with whom it is about."""
    worth = [one for one in findings if severity_of(one) is not Severity.INFO]
    for one in worth[:_TOLD]:
        whose = plan.participant(one.participant) if one.participant else None
        named = f"{whose.short_name}: " if whose else ""
        yield f"{named}{fact_of(one)} {advice_of(one)}"
    if len(worth) > _TOLD:
        yield say(Notice.PRESS_MORE, count=len(worth) - _TOLD)


def joined(*sentences: str) -> str:
    """One answer of several sentences."""
    return " ".join(sentences)
