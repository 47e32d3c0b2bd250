"""A sheet is read and what it held is kept: for a consolidation, and before its form is replaced."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.google.copies import Remembered
from sheetsync.intake.marks import sheet_marks
from sheetsync.journal import GoogleSheet, Journal, Look, Reading
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.google.older_form import parted
from sheetsync.workbooks.google.port import DriveFile, Google, Json
from sheetsync.workbooks.google.snapshot import SNAPSHOT_FIELDS, snapshot_bytes


class Held(Struct, frozen=True):
    """What a spreadsheet held: the bytes of its snapshot, and of which issue the form in it is."""

    data: bytes
    issue: int
    is_empty: bool
    is_aside: bool = False
    """Read from the copy that was made of an older form."""


class Found(Struct, frozen=True):
    """One answer of Google: what stands in a sheet, and what stood there until a new form came."""

    answer: Json
    now: Held
    before: Held | None


@dataclass
class Reader:
    """Reads sheets of one campaign in one run. Without ``keep`` nothing is recorded."""

    campaign: store.Campaign
    journal: Journal
    issue: int
    run: int
    keep: bool = True
    data: dict[str, bytes] = field(default_factory=dict, init=False)
    """What was read in this run, by sha256."""

    def __post_init__(self) -> None:
        self.known = Remembered.by(self.journal.google)
        self._destroyed = self.journal.destroyed_copies()

    def read(self, google: Google, sheet: GoogleSheet, file: DriveFile, at: datetime) -> Found:
        """One request; what it brings is kept for good before anything else is done.

        ``file`` is the sheet as Drive listed it before. Content that did not change is no new reading.
        """
        answer = google.read(sheet.file, SNAPSHOT_FIELDS)
        now, before = parted(answer)
        aside = replace(self._held(before, sheet), is_aside=True) if before else None
        found = Found(answer, self._held(now, sheet), aside)
        for held in (found.before, found.now):
            if held is not None and not held.is_empty:
                self._remember(held, sheet, file, at)
        if self.keep:
            self.journal.google.save_look(Look(sheet.file, file.version, file.modified, at))
            self.journal.commit()
        return found

    def lacks(self, sheet: GoogleSheet) -> bool:
        """Whether the store has lost what was read of a sheet last."""
        last = self.known.last(sheet.file)
        if last is None or last.sha256 in self._destroyed:
            return False
        return not store.original_path(self.campaign, last.sha256).exists()

    def adopt(self, sheet: GoogleSheet) -> None:
        """A sheet nobody remembered is read from now on."""
        self.known = self.known.with_sheet(sheet)
        if self.keep:
            self.journal.google.save_sheet(sheet)

    def _held(self, answer: Json, sheet: GoogleSheet) -> Held:
        """By its own marks a form says of which issue it is; else it is the one that was written."""
        data = snapshot_bytes(answer)
        book = open_copy(data, "").book
        marks = sheet_marks(book) if book else None
        said = marks.issue if marks and marks.participant == sheet.participant else None
        is_empty = book is not None and not any(one.cells for one in book.sheets)
        return Held(data, said or self.issue_of(sheet.form) or self.issue, is_empty)

    def _says_the_same(self, aside: Held, last: Reading) -> bool:
        """Whether the copy of an older form holds what was read of that form itself."""
        known = self.data.get(last.sha256) or store.read_original(self.campaign, last.sha256)
        return known is not None and typed_in(known) == typed_in(aside.data)

    def retell(self, sheet: GoogleSheet, data: bytes, issue: int) -> None:
        """The last reading told again as it says now that words of the office were put into it.

        Nothing came from the school: when its answers came and in what order stays as it was.
        """
        last, digest = self.known.last(sheet.file, issue), store.sha256(data)
        if last is None or last.sha256 == digest:
            return
        reading = replace(last, sha256=digest)
        self.known = self.known.with_reading(reading)
        if digest not in self._destroyed:
            store.keep_original(self.campaign, data)
        self.journal.google.add_reading(reading)
        copy = self.journal.copies().get(last.sha256)
        if copy:
            self.journal.add_copy(replace(copy, sha256=digest))

    def issue_of(self, form: str) -> int | None:
        """The issue of a form that was sent, by its sha256."""
        return next((one.issue for one in self.journal.forms() if one.sha256 == form), None)

    def _remember(self, held: Held, sheet: GoogleSheet, file: DriveFile, at: datetime) -> None:
        digest = store.sha256(held.data)
        self.data[digest] = held.data
        last = self.known.last(sheet.file, held.issue)
        if last and held.is_aside and self._says_the_same(held, last):
            return
        if self.keep and digest not in self._destroyed:
            store.keep_original(self.campaign, held.data)  # again, where the store has lost it
        if last and last.sha256 == digest:
            return
        reading = Reading(sheet.file, held.issue, digest, file.modified, file.author, at, self.run)
        self.known = self.known.with_reading(reading)
        if self.keep:
            self.journal.google.add_reading(reading)


def typed_in(data: bytes) -> dict[tuple[str, int, int], tuple[str, tuple[str, ...], str | None]]:
    """Everything in a snapshot but what formulas show: a copied sheet calculates otherwise."""
    book = open_copy(data, "").book
    return {
        (sheet.name, *at): (cell.text, cell.links, cell.comment)
        for sheet in (book.sheets if book else ())
        for at, cell in sheet.cells.items()
        if cell.formula is None
    }
