"""One copy read and shielded: what every run does with the bytes of a copy, wherever it does it."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.counting import counts_of, items_of
from sheetsync.campaign.issued import Issued, IssuedForms
from sheetsync.campaign.past_periods import PastPeriods
from sheetsync.campaign.shielding import masked_answers, shield_for
from sheetsync.findings import make
from sheetsync.grid import Book
from sheetsync.intake.read import read_copy
from sheetsync.intake.sniff import is_snapshot
from sheetsync.journal.records import KnownCopy
from sheetsync.merge.received import Received
from sheetsync.model import Finding, Origin, Plan, Verdict
from sheetsync.privacy.books import masked_book, told_of
from sheetsync.surprises import trace
from sheetsync.workbooks.census import census
from sheetsync.workbooks.copies import open_copy

Returned = Callable[[Book, Issued | None], Issued | None]
"""Adds to the form behind a copy what the office put into the copy afterwards."""


class CopyReader(Struct, frozen=True):
    """Reads copies of one campaign against its plan and the forms that were sent.

    ``keep`` says whether what nobody expected is recorded beside the campaign.
    """

    campaign: store.Campaign
    plan: Plan
    forms: IssuedForms
    past: PastPeriods
    keep: bool = True

    def read(
        self, data: bytes, origin: Origin, arrival: KnownCopy, returned: Returned = lambda _, form: form
    ) -> Received:
        """The copy, told of whatever it holds: one file never stops the others."""

        def form_behind(book: Book) -> Issued | None:
            form = self.forms.form_behind(book, arrival.run, in_google=is_snapshot(data))
            return returned(book, form)

        try:
            read = received(data, origin, self.plan, form_behind)
        except Exception as error:  # noqa: BLE001 - one file never stops the others: a finding and a trace
            read = Received(origin, Verdict.REFUSED, findings=(self._surprise(origin, error),))
        read = self.past.judged(read)
        return replace(read, order=arrival.run, received_on=arrival.received_on, first_name=arrival.name)

    def _surprise(self, origin: Origin, error: Exception) -> Finding:
        """X999, with the traceback kept: addresses and line numbers, no text of cells."""
        if self.keep:
            report = f"{origin.sha256}\n{trace(error)}"
            store.write_atomically(self.campaign.errors / f"{origin.sha256[:16]}.txt", report.encode())
        return make("X999", origin=origin, what=type(error).__name__)


def received(
    data: bytes, origin: Origin, plan: Plan, form_behind: Callable[[Book], Issued | None]
) -> Received:
    """One copy read, beside an independent count of what it holds.

    Personal data are covered first, in the copy and in the count alike: nothing after sees them.
    """
    opened = open_copy(data, origin.file)
    counted = census(data, values_only=opened.has_values_only)
    if opened.book is None:
        return Received(origin, Verdict.REFUSED, findings=opened.findings, census=items_of(counted))
    issued = form_behind(opened.book)
    shield = shield_for(plan, issued)
    book, personal = masked_book(opened.book, shield, origin)
    count, blank = counts_of(counted, issued, shield)
    reading = read_copy(book, plan, origin, issued.known if issued else None)
    return Received(
        origin,
        reading.verdict,
        submissions=reading.submissions,
        findings=(*opened.findings, *reading.findings, *told_of(personal, reading.submissions)),
        census=count,
        blank=blank,
        office=reading.office,
        exchanged=masked_answers(issued.answers, shield) if issued else (),
    )
