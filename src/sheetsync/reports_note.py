"""What ``report`` prints: where the note lies, its four rates, what changed, what to do with it."""

from __future__ import annotations

from collections.abc import Iterator

from sheetsync.campaign import ReportResult
from sheetsync.letters.note_words import share
from sheetsync.letters.notices import NoteNotice
from sheetsync.lines import plain_line
from sheetsync.notices import say
from sheetsync.reports import show_findings


def show_note(result: ReportResult) -> None:
    """What was left alone or left out, then the outcome."""
    show_findings(plain_line, result.findings, result.consolidation.plan)
    for told in _outcome(result):
        plain_line(told)


def _outcome(result: ReportResult) -> Iterator[str]:
    day = f"{result.consolidation.as_of:%d.%m.%Y}"
    if not result.is_written:
        yield say(NoteNotice.SAME, day=day, path=result.path.resolve())
        return
    path, appendix = result.path.resolve(), result.appendix.name
    yield say(NoteNotice.WRITTEN, day=day, path=path, appendix=appendix)
    rates = result.consolidation.rates
    if not rates.received:
        yield say(NoteNotice.NOTHING_RECEIVED)
    else:
        yield say(
            NoteNotice.RATES,
            received=share(rates.received),
            on_time=share(rates.on_time),
            filled=share(rates.filled),
            evidenced=share(rates.evidenced),
        )
    changes = result.note.changes
    if changes and changes.rows:
        yield say(NoteNotice.CHANGED, day=changes.as_of, count=len(changes.rows))
    yield say(NoteNotice.DRAFT)
