"""What the command «period» says."""

from __future__ import annotations

from datetime import date

from sheetsync.campaign import PeriodResult, PeriodStanding
from sheetsync.campaign.review_notices import ReviewNotice
from sheetsync.lines import plain_line
from sheetsync.notices import Notice, say
from sheetsync.reports import show_findings


def show_standing(standing: PeriodStanding) -> None:
    """Which periods there are, which is under way, what is open in it and what comes next."""
    current, after = standing.current, standing.after
    if current is None:
        plain_line(say(ReviewNotice.PERIOD_ONE))
        return
    told = say(
        ReviewNotice.PERIOD_STANDING,
        periods=", ".join(one.label for one in standing.periods),
        current=current.label,
        start=_day(current.start),
        finish=_day(current.finish),
        due=_day(current.report_due),
    )
    plain_line(told)
    _show_counts(standing)
    if after is None:
        plain_line(say(ReviewNotice.PERIOD_LAST, current=current.label))
        return
    folder = standing.campaign.folder
    plain_line(say(ReviewNotice.PERIOD_HOW, current=current.label, after=after.label, folder=folder))


def show_period(result: PeriodResult) -> None:
    """What was closed and begun, and what is left to the coordinator."""
    closed, begun = result.closed, result.begun
    if result.is_dry:
        _show_counts(result.standing)
        plain_line(say(ReviewNotice.PERIOD_DRY, closed=closed.label, archive=result.archive))
        return
    show_findings(plain_line, result.findings, None)
    plain_line(say(ReviewNotice.PERIOD_CLOSED, closed=closed.label, archive=result.archive))
    days = {"start": _day(begun.start), "finish": _day(begun.finish)}
    plain_line(say(ReviewNotice.PERIOD_BEGUN, begun=begun.label, **days))
    _show_counts(result.standing)
    if begun.report_due:
        plain_line(say(ReviewNotice.PERIOD_DUE, due=_day(begun.report_due)))
    else:
        plain_line(say(ReviewNotice.PERIOD_NO_DUE, finish=_day(begun.finish)))
    plain_line(say(ReviewNotice.PERIOD_NEXT, folder=result.standing.campaign.folder))


def _show_counts(standing: PeriodStanding) -> None:
    current = standing.current.label if standing.current else ""
    counts = {"asked": standing.asked, "missing": standing.missing, "settled": standing.settled}
    plain_line(say(ReviewNotice.PERIOD_COUNTS, current=current, **counts))
    if standing.after:
        rows = {"rows": standing.rows_after, "carried": standing.carried}
        plain_line(say(ReviewNotice.PERIOD_AFTER, after=standing.after.label, **rows))


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else say(Notice.NOT_SAID)
