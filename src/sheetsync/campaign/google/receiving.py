"""What a Google sheet is beside the files of «Получено»: when it has come, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator

from sheetsync.campaign.google.copies import GoogleCopy
from sheetsync.findings import make
from sheetsync.merge.received import Received
from sheetsync.model import Field, Finding, Origin, Submission, Verdict
from sheetsync.text import squeeze


def says_anything(read: Received) -> bool:
    """Whether the school put anything into it beyond the answers it was sent with."""
    sent = {
        (entry.activity, column): squeeze(cell.text)
        for entry in read.exchanged
        for column, cell in entry.fields.items()
    }

    def is_new(activity: str, column: str, cell: Field) -> bool:
        words = squeeze(cell.text)
        return bool(cell.comment or ((words or cell.links) and words != sent.get((activity, column))))

    def says(one: Submission) -> bool:
        return (
            one.declared_ready
            or bool(one.unplaced)
            or any(cell.text.strip() for told in one.indicators for cell in told.fields.values())
            or any(
                is_new(entry.activity, column, cell)
                for entry in one.entries
                for column, cell in entry.fields.items()
            )
        )

    return any(says(one) for one in read.submissions)


def not_filled_yet(sheet: GoogleCopy) -> Received:
    """A sheet nobody wrote into: it has not come, and that is told with the time."""
    origin = Origin(sheet.name, sheet.reading.sha256)
    at = f"{sheet.reading.read_at:%d.%m.%Y %H:%M}"
    told = (make("G610", participant=sheet.participant, origin=origin, at=at), *about_sheet(sheet))
    return Received(origin, Verdict.SKIPPED, findings=told)


def about_sheet(sheet: GoogleCopy) -> Iterator[Finding]:
    """What is wrong with the sheet itself."""
    if not sheet.is_closed and sheet.lost_protection:
        origin = Origin(sheet.name, sheet.reading.sha256)
        yield make("G611", participant=sheet.participant, origin=origin)
