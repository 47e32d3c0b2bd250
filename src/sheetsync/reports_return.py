"""What «return» prints: what could not be returned, where the forms lie, what was put into Google."""

from __future__ import annotations

from sheetsync.campaign import ReturnResult
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.review_notices import ReviewNotice
from sheetsync.lines import plain_line
from sheetsync.notices import say
from sheetsync.reports import show_findings


def show_return(result: ReturnResult) -> None:
    """Findings first, then the forms with what to do with them, then the sheets."""
    show_findings(plain_line, result.findings, result.plan)
    _show_files(result)
    _show_sheets(result)
    sheets = result.sheets
    if not (result.findings or result.files or sheets.put or sheets.taken or sheets.same or sheets.closed):
        plain_line(say(GoogleNotice.RETURN_NOTHING))


def _show_files(result: ReturnResult) -> None:
    if not result.files:
        return
    new = sum(one.is_new for one in result.files)
    path = result.campaign.returned.resolve()
    plain_line(say(ReviewNotice.RETURN_FILES, new=new, same=len(result.files) - new, path=path))
    for one in result.files:
        sentence = ReviewNotice.RETURN_FILE if one.is_new else ReviewNotice.RETURN_FILE_SAME
        plain_line("  " + say(sentence, name=one.path.name, open=one.open, until=f"{one.until:%d.%m.%Y}"))
    if new:
        plain_line(say(ReviewNotice.RETURN_NEXT, received=result.campaign.received.name))


def _show_sheets(result: ReturnResult) -> None:
    sheets = result.sheets
    if sheets.put or sheets.taken or sheets.same:
        counts = {"put": sheets.put, "taken": sheets.taken, "same": sheets.same}
        plain_line(say(GoogleNotice.RETURN_SHEETS, **counts))
    if sheets.closed or sheets.opened:
        plain_line(say(ReviewNotice.RETURN_LOCKS, closed=sheets.closed, opened=sheets.opened))
    if sheets.at_home:
        word = GoogleNotice.REWORK.value
        plain_line(say(GoogleNotice.RETURN_AT_HOME, count=sheets.at_home, word=word))
