"""A button pressed in the open district workbook: the use case, and one sentence of what it came to.

Whatever happens, a person reads a sentence in the status cell: what was done, or what is in the way
and what to do about it.
"""

from __future__ import annotations

import contextlib
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.collecting import Progress
from sheetsync.campaign.consolidate_result import ConsolidateResult
from sheetsync.campaign.consolidating import consolidate, consolidate_open
from sheetsync.campaign.deeds import DEEDS, Press, told_of
from sheetsync.campaign.desk_open import HalfWritten
from sheetsync.campaign.google.fetching import Connect
from sheetsync.campaign.opening import NotConnected, found_open
from sheetsync.campaign.review_deeds import REVIEW_DEEDS
from sheetsync.columns import BUTTONS, PROTOCOL, Action, KitCell, KitMessage
from sheetsync.findings import make
from sheetsync.notices import Notice, say
from sheetsync.surprises import kept_details, kind_and_place
from sheetsync.workbooks.port import OpenWorkbook, Out, Refusal, WorkbookRefused

_CAPTIONS: Final = {one.action: one.caption for one in BUTTONS}
_ON_SCREEN: Final = "S811"
"""The workbook on the screen was changed, and is not saved."""

_DEEDS: Final = {**DEEDS, **REVIEW_DEEDS}


class Pressed(Struct, frozen=True):
    """What a press came to. ``unsaid`` is what the macro is to show where the sentence has no place."""

    sentence: str
    needs_user: bool
    unsaid: KitMessage | None = None


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
        what, needs_user = _DEEDS[action](Press(_campaign_of(book), book, now, snapshot))
        sentence = _done(what, now, time.monotonic() - began)
    except Exception as error:  # noqa: BLE001 - a person gets a sentence, the developer the details
        sentence, needs_user = sentence_of(error, action), True
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


def sentence_of(error: BaseException, action: Action = Action.CONSOLIDATE) -> str:
    """What is in the way of a button, and what to do."""
    match error:
        case HalfWritten(__cause__=WorkbookRefused(refusal=Refusal.CLOSED) as closed):
            return sentence_of(closed, action)
        case HalfWritten() if error.__cause__:
            half = say(Notice.PRESS_HALF, button=_CAPTIONS[action])
            return f"{sentence_of(error.__cause__, action)} {half}"
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


def told_of_run(result: ConsolidateResult, now: datetime, seconds: float) -> str:
    """The sentence of a run nobody pressed a button for; it began at ``now``."""
    is_on_screen = any(one.code == _ON_SCREEN for one in result.findings)
    return _done(told_of(result, is_on_screen=is_on_screen), now, seconds)


def _done(what: str, now: datetime, seconds: float) -> str:
    at = now + timedelta(seconds=seconds)
    return say(Notice.PRESS_DONE, at=f"{at:%H:%M}", seconds=max(round(seconds), 1), what=what)


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
