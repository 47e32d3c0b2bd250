"""What «Проверить один файл» found becomes the table of its own sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sheetsync.columns import CHECKED
from sheetsync.district.bodies import OutRecord, body_of
from sheetsync.findings import advice_of, fact_of, grouped, severity_of
from sheetsync.merge.shown import place_of
from sheetsync.model import Finding, Plan
from sheetsync.notices import Notice, say
from sheetsync.workbooks.port import TableBody


def checked_body(
    name: str, findings: Iterable[Finding], plan: Plan | None, notes: Sequence[str] = ()
) -> TableBody:
    """The findings of one file, the worst first; a file without any has a row that says so.

    ``notes`` are what somebody wrote beside rows of the last check, each a row of its own.
    """
    records = [*(_record(one, plan) for one in grouped(findings))]
    records = records or [{"text": say(Notice.CHECK_CLEAN), "file": name}]
    return body_of(CHECKED, (*records, *_notes(notes)), CHECKED.keys)


def _record(one: Finding, plan: Plan | None) -> OutRecord:
    participant = plan.participant(one.participant) if plan and one.participant else None
    row = plan.row(one.activity) if plan and one.activity else None
    return {
        "severity": severity_of(one).value,
        "participant": participant.short_name if participant else one.participant,
        "activity": f"{row.number} {row.title}".strip() if row else one.activity,
        "cell": place_of(one.origin),
        "text": fact_of(one),
        "advice": advice_of(one),
        "file": one.origin.file,
    }


def _notes(notes: Sequence[str]) -> Iterator[OutRecord]:
    return ({"text": note} for note in notes)
