"""What ``remind`` prints: who owes what, where the letters lie, what was sent."""

from __future__ import annotations

from collections.abc import Iterator

from sheetsync.campaign import RemindResult
from sheetsync.campaign.letter_making import PreparedLetter
from sheetsync.grid import text_of
from sheetsync.letters.gaps import Gaps
from sheetsync.letters.notices import LetterNotice
from sheetsync.lines import plain_line
from sheetsync.notices import say
from sheetsync.reports import show_findings


def show_letters(result: RemindResult) -> None:
    """A line for every letter, on a trial with everything about it; then what is left to do."""
    for one in result.letters:
        plain_line(_gaps_line(LetterNotice.LINE, one.gaps))
        if result.is_dry:
            for told in _about(one, result):
                plain_line(f"  {told}")
    show_findings(plain_line, result.findings, result.plan)
    for told in _outcome(result):
        plain_line(told)


def _gaps_line(notice: LetterNotice, gaps: Gaps) -> str:
    return say(notice, name=gaps.participant.short_name, groups=gaps.summary)


def _about(one: PreparedLetter, result: RemindResult) -> Iterator[str]:
    """Who would get it, and what with it."""
    if one.to:
        yield say(LetterNotice.LINE_TO, to=", ".join(one.to))
    else:
        yield say(LetterNotice.LINE_BY_HAND)
    if one.copies:
        yield say(LetterNotice.LINE_COPY, to=", ".join(one.copies))
    names = (one.document.path.name, *one.enclosed.names)
    yield say(LetterNotice.LINE_FILES, names="; ".join(f"«{name}»" for name in names))
    if one.gaps.participant.code in result.sent_before:
        yield say(LetterNotice.LINE_SENT_ALREADY)


def _outcome(result: RemindResult) -> Iterator[str]:
    for gaps in result.own:
        yield _gaps_line(LetterNotice.OWN_OFFICE, gaps)
    if not result.letters:
        yield say(LetterNotice.NOTHING, as_of=text_of(result.as_of))
        return
    if result.without_form:
        names = ", ".join(one.short_name for one in result.without_form)
        yield say(LetterNotice.RETURN_FIRST, names=names, folder=result.campaign.folder)
    yield say(LetterNotice.ANSWER_BY, day=text_of(result.answer_by.day))
    for one in result.letters:
        if one.answer_by != result.answer_by.day:
            name = one.gaps.participant.short_name
            yield say(LetterNotice.ANSWER_BY_FORM, name=name, day=text_of(one.answer_by))
    if not result.answer_by.is_sure:
        yield say(LetterNotice.YEAR_UNKNOWN, year=result.answer_by.day.year)
    if not any(one.email for one in result.plan.participants):
        yield say(LetterNotice.NO_MAIL)
    if result.is_dry:
        yield say(LetterNotice.DRY, letters=len(result.letters))
        return
    written = sum(one.is_new for one in result.letters)
    same = len(result.letters) - written
    yield say(LetterNotice.WRITTEN, written=written, same=same, path=result.folder.resolve())
    if result.delivery:
        told = result.delivery
        yield say(LetterNotice.SENT, sent=told.sent, before=told.before, left=told.left)
    elif any(one.to for one in result.letters):
        yield say(LetterNotice.NEXT, folder=result.campaign.folder)
