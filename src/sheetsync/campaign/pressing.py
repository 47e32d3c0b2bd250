"""A button pressed in the open district workbook: the use case, and one sentence of what it came to.

Whatever happens, a person reads a sentence in the status cell: what was done, or what is in the way
and what to do about it.
"""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from sheetsync import store
from sheetsync.campaign.checking import Beside, CheckResult, check_file
from sheetsync.campaign.collecting import Progress
from sheetsync.campaign.consolidating import ConsolidateResult, consolidate, consolidate_open
from sheetsync.campaign.desk_open import HalfWritten
from sheetsync.campaign.files import find_tables
from sheetsync.campaign.google.fetching import Connect
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.issuing import IssueResult, issue_forms
from sheetsync.campaign.opening import NotConnected, found_open
from sheetsync.columns import (
    BUTTONS,
    CHECKED,
    DISTRICT_TABLES,
    FINDINGS_SHEET,
    PROTOCOL,
    Action,
    KitCell,
    KitMessage,
)
from sheetsync.district.checked import checked_body
from sheetsync.findings import advice_of, fact_of, grouped, make, severity_of
from sheetsync.merge.summary import about_everything, outcome_line
from sheetsync.model import Finding, Plan, Severity, Verdict
from sheetsync.notices import Notice, say
from sheetsync.surprises import kept_details, kind_and_place
from sheetsync.workbooks.port import OpenWorkbook, Out, Refusal, WorkbookRefused

_CAPTIONS: Final = {one.action: one.caption for one in BUTTONS}
_GOOGLE_SECONDS: Final = 120.0
"""How long a press reads or makes Google sheets; the next one goes on from there."""

_ON_SCREEN: Final = "S811"
"""The workbook on the screen was changed, and is not saved."""

_TOLD: Final = 2
"""How many findings of a press its sentence quotes."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a press came to. ``unsaid`` is what the macro is to show where the sentence has no place."""

    sentence: str
    needs_user: bool
    unsaid: KitMessage | None = None


@dataclass(frozen=True, slots=True)
class _Press:
    """One press under way."""

    campaign: store.Campaign
    book: OpenWorkbook
    now: datetime
    snapshot: Path | None


def press(
    action: Action,
    book: OpenWorkbook,
    now: datetime,
    *,
    protocol: str = "",
    snapshot: Path | None = None,
) -> Pressed:
    """Do what a button says and say in the workbook what came of it. Never raises.

    ``protocol`` is what the macro speaks, where the workbook itself does not tell; ``snapshot`` a copy
    of what is on the screen, when the macro made one.
    """
    began = time.monotonic()
    try:
        _check_protocol(book, protocol)
        what, needs_user = _DEEDS[action](_Press(_campaign_of(book), book, now, snapshot))
        sentence = _done(what, now, time.monotonic() - began)
    except Exception as error:  # noqa: BLE001 - a person gets a sentence, the developer the details
        sentence, needs_user = sentence_of(error), True
    return Pressed(sentence, needs_user, say_in(book, sentence))


def say_in(book: OpenWorkbook, sentence: str) -> KitMessage | None:
    """Put a sentence into the status cell; gives what the macro is to show where that is not possible."""
    try:
        book.tell("")
        book.write_named(KitCell.STATUS, Out(sentence))
    except Exception as error:  # noqa: BLE001 - the macro says it in its own words
        is_locked = isinstance(error, WorkbookRefused) and error.refusal is Refusal.PROTECTED
        return KitMessage.NO_PLACE if is_locked or isinstance(error, KeyError) else KitMessage.NO_CONNECTION
    return None


_REFUSED: Final = {
    Refusal.READ_ONLY: Notice.KIT_READ_ONLY,
    Refusal.PROTECTED: Notice.PRESS_PROTECTED,
    Refusal.BUSY: Notice.PRESS_BUSY,
    Refusal.CLOSED: Notice.PRESS_CLOSED,
    Refusal.IN_THE_WAY: Notice.TABLE_IN_THE_WAY,
}


def sentence_of(error: BaseException) -> str:
    """What is in the way, and what to do."""
    match error:
        case HalfWritten(__cause__=WorkbookRefused(refusal=Refusal.CLOSED) as closed):
            return sentence_of(closed)
        case HalfWritten() if error.__cause__:
            half = say(Notice.PRESS_HALF, button=_CAPTIONS[Action.CONSOLIDATE])
            return f"{sentence_of(error.__cause__)} {half}"
        case store.StoreError():
            return str(error)
        case WorkbookRefused(refusal=Refusal.PROTECTED, where=""):
            return say(Notice.PRESS_PROTECTED_BOOK)
        case WorkbookRefused():
            return say(_REFUSED[error.refusal], sheet=error.where)
    return say(Notice.UNEXPECTED, reason=kind_and_place(error), path=kept_details(error))


def consolidate_on_screen(
    place: Path,
    as_of: date,
    now: datetime,
    *,
    progress: Progress = lambda *_: None,
    google: Connect | None = None,
    may_save_beside: bool = True,
) -> ConsolidateResult:
    """«Собрать свод» in the workbook people have open; in the file when nobody has, or it cannot be reached.

    Raises ``store.StoreError`` when it cannot go on, ``store.TargetBusy`` when an open workbook cannot
    be reached and nothing may be saved beside it.
    """
    campaign = store.open_campaign(place)
    if not store.is_open_elsewhere(campaign.workbook):
        return consolidate(place, as_of, now, progress=progress, google=google)
    try:
        with found_open(campaign.workbook) as book:
            result = consolidate_open(campaign, book, as_of, now, progress=progress, google=google)
    except (NotConnected, WorkbookRefused) as error:
        if not may_save_beside:
            raise store.TargetBusy(campaign.workbook) from error
        return consolidate(place, as_of, now, progress=progress, google=google)
    except HalfWritten as error:
        raise store.StoreError(sentence_of(error)) from error
    told = (make(_ON_SCREEN),) if result.written_to else ()
    return replace(result, findings=(*result.findings, *told))


# --- what may be in the way


def _check_protocol(book: OpenWorkbook, told: str) -> None:
    """Raises ``store.StoreError`` when the macros of the workbook are of another time than the program."""
    with contextlib.suppress(KeyError):  # a workbook without buttons of its own: the add-in's are pressed
        told = book.read_named(KitCell.PROTOCOL).text or told
    spoken = int(told) if told.strip().isdecimal() else PROTOCOL
    if spoken != PROTOCOL:
        notice = Notice.PRESS_OLD_BUTTONS if spoken < PROTOCOL else Notice.PRESS_NEW_BUTTONS
        raise store.StoreError(say(notice))


def _campaign_of(book: OpenWorkbook) -> store.Campaign:
    """The campaign whose district workbook this is. Raises ``store.StoreError`` for any other book."""
    path = book.path
    if not path.is_file():
        raise store.StoreError(say(Notice.KIT_NOT_SAVED))
    campaign = store.Campaign(path.parent)
    if not campaign.workbook.exists():
        raise store.CampaignMissing(say(Notice.PRESS_NO_CAMPAIGN, workbook=campaign.workbook.name))
    if not path.samefile(campaign.workbook):
        names = {"name": path.name, "workbook": campaign.workbook.name}
        raise store.StoreError(say(Notice.PRESS_OTHER_BOOK, **names))
    return campaign


# --- the three buttons

Told = tuple[str, bool]
"""What was done, and whether it needs the user."""


def _consolidate(press: _Press) -> Told:
    def tell(done: int, total: int, _name: str) -> None:
        press.book.tell(say(Notice.PRESS_READING, done=done, total=total))

    result = consolidate_open(
        press.campaign,
        press.book,
        press.now.date(),
        press.now,
        snapshot=press.snapshot,
        seconds=_GOOGLE_SECONDS,
        progress=tell,
    )
    return _told(result, is_on_screen=True), result.needs_user


def told_of_run(result: ConsolidateResult, now: datetime, seconds: float) -> str:
    """The sentence of a run nobody pressed a button for; it began at ``now``."""
    is_on_screen = any(one.code == _ON_SCREEN for one in result.findings)
    return _done(_told(result, is_on_screen=is_on_screen), now, seconds)


def _told(result: ConsolidateResult, *, is_on_screen: bool) -> str:
    worth = (*about_everything(result.consolidation.findings), *result.findings)
    said = _consolidated(result, is_on_screen=is_on_screen)
    return _joined(*said, *_quoted(worth, result.consolidation.plan))


def _done(what: str, now: datetime, seconds: float) -> str:
    at = now + timedelta(seconds=seconds)
    return say(Notice.PRESS_DONE, at=f"{at:%H:%M}", seconds=max(round(seconds), 1), what=what)


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


def _issue(press: _Press) -> Told:
    def tell(done: int, total: int, _name: str) -> None:
        press.book.tell(say(GoogleNotice.PRESS_SHEETS, done=done, total=total))

    result = issue_forms(press.book.path, press.now, press.book, seconds=_GOOGLE_SECONDS, progress=tell)
    return _joined(*_issued(result), *_quoted(result.findings, result.plan)), result.needs_user


def _issued(result: IssueResult) -> Iterator[str]:
    counts = {"written": len(result.written), "same": len(result.same)}
    yield say(Notice.PRESS_ISSUED, folder=result.campaign.forms.name, **counts)
    sheets = result.sheets
    if sheets.written or sheets.same:
        yield say(GoogleNotice.ISSUED, written=len(sheets.written), same=len(sheets.same))


def _check(press: _Press) -> Told:
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
    return _joined(*_checked(result), say(where, sheet=CHECKED.sheet)), result.needs_user


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


_DEEDS: Final[Mapping[Action, Callable[[_Press], Told]]] = {
    Action.CONSOLIDATE: _consolidate,
    Action.ISSUE: _issue,
    Action.CHECK: _check,
}


def _quoted(findings: Iterable[Finding], plan: Plan) -> Iterator[str]:
    """What a run remarks about itself, a little of it in full, with whom it is about."""
    worth = [one for one in findings if severity_of(one) is not Severity.INFO]
    for one in worth[:_TOLD]:
        whose = plan.participant(one.participant) if one.participant else None
        named = f"{whose.short_name}: " if whose else ""
        yield f"{named}{fact_of(one)} {advice_of(one)}"
    if len(worth) > _TOLD:
        yield say(Notice.PRESS_MORE, count=len(worth) - _TOLD)


def _joined(*sentences: str) -> str:
    return " ".join(sentences)
