"""What the buttons after collecting do in the open workbook: accept, undo, return, letters, report.

Their use cases are imported when pressed: nobody else waits for letters and charts. Only acceptances
change the workbook; the others go by what it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from sheetsync import campaign
from sheetsync.campaign.deeds import GOOGLE_SECONDS, Press, Told, joined, quoted
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.press_notices import PressNotice
from sheetsync.campaign.review_notices import ReviewNotice
from sheetsync.columns import BUTTONS, ENTRIES, ENTRIES_SHEET, Action
from sheetsync.grid import text_of
from sheetsync.letters.notices import LetterNotice, NoteNotice
from sheetsync.merge.acceptable import Left
from sheetsync.model import ReviewState
from sheetsync.notices import Notice, say

if TYPE_CHECKING:
    from sheetsync.campaign import AcceptResult, RemindResult, ReportResult, ReturnResult

_CAPTIONS: Final = {one.action: one.caption for one in BUTTONS}


# --- accepting, and taking it back


def _accept(press: Press) -> Told:
    result = _revised(press, undo=False)
    return joined(*_accepted(result), *_of_run(result)), result.needs_user


def _undo(press: Press) -> Told:
    result = _revised(press, undo=True)
    return joined(*_undone(result), *_of_run(result)), result.needs_user


def _revised(press: Press, *, undo: bool) -> AcceptResult:
    return campaign.accept_sufficient(
        press.campaign.folder,
        press.now,
        press.book,
        undo=undo,
        snapshot=press.snapshot,
        seconds=GOOGLE_SECONDS,
        progress=press.tell_reading,
    )


def _accepted(result: AcceptResult) -> Iterator[str]:
    if result.count:
        yield say(PressNotice.ACCEPTED, count=result.count, undo=_CAPTIONS[Action.UNDO])
    else:
        yield say(PressNotice.ACCEPTED_NONE)
    left = sum(count for why, count in result.left.items() if why is not Left.REWORK)
    if left:
        column = ENTRIES.column("review").header
        yield say(PressNotice.TO_REVIEW, count=left, sheet=ENTRIES_SHEET, column=column)


def _undone(result: AcceptResult) -> Iterator[str]:
    if result.count or result.kept:
        yield say(PressNotice.UNDONE, count=result.count)
    else:
        yield say(PressNotice.UNDONE_NONE, accept=_CAPTIONS[Action.ACCEPT])
    if result.kept:
        yield say(PressNotice.UNDONE_KEPT, count=result.kept)


def _of_run(result: AcceptResult) -> Iterator[str]:
    run = result.run
    if run.written_to:
        yield say(Notice.PRESS_NOT_SAVED)
    yield from quoted(result.findings, run.consolidation.plan)


# --- giving back


def _return(press: Press) -> Told:
    result = campaign.return_remarks(
        press.campaign.folder,
        press.now,
        press.book,
        snapshot=press.snapshot,
        progress=press.tell_sheets,
    )
    return joined(*_returned(result), *quoted(result.findings, result.plan)), result.needs_user


def _returned(result: ReturnResult) -> Iterator[str]:
    new = sum(one.is_new for one in result.files)
    sheets = result.sheets
    is_in_sheets = bool(sheets.put or sheets.taken or sheets.same)
    if result.files:
        folder = result.campaign.returned.name
        yield say(PressNotice.RETURNED, new=new, same=len(result.files) - new, folder=folder)
    elif is_in_sheets:
        yield say(PressNotice.RETURNED_NO_FILES)
    elif result.needs_user:
        yield say(PressNotice.RETURNED_NOT)
    else:
        yield say(PressNotice.RETURNED_NONE, sheet=ENTRIES_SHEET, verdict=ReviewState.REWORK.value)
    if is_in_sheets:
        yield say(GoogleNotice.RETURN_SHEETS, put=sheets.put, taken=sheets.taken, same=sheets.same)
    if sheets.closed or sheets.opened:
        yield say(ReviewNotice.RETURN_LOCKS, closed=sheets.closed, opened=sheets.opened)
    if sheets.at_home:
        yield say(GoogleNotice.RETURN_AT_HOME, count=sheets.at_home, word=GoogleNotice.REWORK.value)
    if new or sheets.put:
        yield say(PressNotice.FROM_SCREEN)


# --- letters


def _letters(press: Press) -> Told:
    result = campaign.remind(
        press.campaign.folder,
        press.now,
        press.now.date(),
        workbook=press.book,
        snapshot=press.snapshot,
        progress=press.tell_reading,
    )
    return joined(*_written(result), *quoted(result.findings, result.plan)), result.needs_user


def _written(result: RemindResult) -> Iterator[str]:
    written = sum(one.is_new for one in result.letters)
    if result.letters:
        folder = result.folder.relative_to(result.campaign.folder).as_posix()
        counts = {"written": written, "same": len(result.letters) - written}
        yield say(PressNotice.LETTERS, folder=folder, **counts)
        yield say(LetterNotice.ANSWER_BY, day=text_of(result.answer_by.day))
    else:
        yield say(PressNotice.LETTERS_NONE)
    if result.without_form:
        buttons = {"first": _CAPTIONS[Action.RETURN], "letters": _CAPTIONS[Action.LETTERS]}
        yield say(PressNotice.RETURN_FIRST, count=len(result.without_form), **buttons)
    for gaps in result.own:
        yield say(LetterNotice.OWN_OFFICE, name=gaps.participant.short_name, groups=gaps.summary)
    if written:
        yield say(PressNotice.FROM_SCREEN)


# --- the note


def _report(press: Press) -> Told:
    result = campaign.report(
        press.campaign.folder,
        press.now,
        press.now.date(),
        press.book,
        snapshot=press.snapshot,
        progress=press.tell_reading,
    )
    return joined(*_noted(result), *quoted(result.findings, result.consolidation.plan)), result.needs_user


def _noted(result: ReportResult) -> Iterator[str]:
    told = {"day": f"{result.consolidation.as_of:%d.%m.%Y}", "name": result.path.name}
    if not result.is_written:
        yield say(PressNotice.NOTE_SAME, **told)
        return
    yield say(PressNotice.NOTE, appendix=result.appendix.name, **told)
    if not result.consolidation.rates.received:
        yield say(NoteNotice.NOTHING_RECEIVED)
    changes = result.note.changes
    if changes and changes.rows:
        yield say(NoteNotice.CHANGED, day=changes.as_of, count=len(changes.rows))
    yield say(NoteNotice.DRAFT)
    yield say(PressNotice.FROM_SCREEN)


REVIEW_DEEDS: Final[Mapping[Action, Callable[[Press], Told]]] = {
    Action.ACCEPT: _accept,
    Action.UNDO: _undo,
    Action.RETURN: _return,
    Action.LETTERS: _letters,
    Action.REPORT: _report,
}
