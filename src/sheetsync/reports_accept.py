"""What «accept» prints: how many and whose, what is left to look at and why, how to take it back."""

from __future__ import annotations

from typing import Final

from sheetsync.campaign import AcceptResult
from sheetsync.campaign.review_notices import ReviewNotice
from sheetsync.lines import plain_line
from sheetsync.merge.acceptable import Left
from sheetsync.notices import say
from sheetsync.reports import show_findings

_WHY: Final = {
    Left.MENDED: ReviewNotice.ACCEPT_LEFT_MENDED,
    Left.CHANGED: ReviewNotice.ACCEPT_LEFT_CHANGED,
    Left.FAULTY: ReviewNotice.ACCEPT_LEFT_FAULTY,
    Left.UNCONFIRMED: ReviewNotice.ACCEPT_LEFT_UNCONFIRMED,
    Left.NOT_DONE: ReviewNotice.ACCEPT_LEFT_NOT_DONE,
    Left.REWORK: ReviewNotice.ACCEPT_LEFT_REWORK,
}
"""What asks for eyes first."""


def show_accepted(result: AcceptResult) -> None:
    show_findings(plain_line, result.findings, result.run.consolidation.plan)
    if result.is_undo:
        _show_undone(result)
    else:
        _show_accepted(result)


def _show_accepted(result: AcceptResult) -> None:
    is_dry = result.run.is_dry
    sentence = ReviewNotice.ACCEPTED_DRY if is_dry else ReviewNotice.ACCEPTED
    plain_line(say(sentence, count=result.count) if result.count else say(ReviewNotice.ACCEPTED_NONE))
    _show_whose(result)
    if result.left:
        plain_line(say(ReviewNotice.ACCEPT_LEFT))
        for why, notice in _WHY.items():
            if result.left.get(why):
                plain_line("  " + say(notice, count=result.left[why]))
    if result.count and not is_dry:
        plain_line(say(ReviewNotice.ACCEPT_UNDO_HOW, folder=result.run.campaign.folder))


def _show_undone(result: AcceptResult) -> None:
    sentence = ReviewNotice.UNDONE_DRY if result.run.is_dry else ReviewNotice.UNDONE
    if result.count or not result.kept:
        plain_line(say(sentence, count=result.count) if result.count else say(ReviewNotice.UNDONE_NONE))
    _show_whose(result)
    if result.kept:
        plain_line(say(ReviewNotice.UNDONE_KEPT, count=result.kept))


def _show_whose(result: AcceptResult) -> None:
    names = {one.code: one.short_name for one in result.run.consolidation.plan.participants}
    for code, count in result.rows.items():
        plain_line("  " + say(ReviewNotice.ACCEPTED_OF, name=names.get(code, code), count=count))
