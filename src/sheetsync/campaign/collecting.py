"""What lies in «Получено» becomes received copies: every file is read, none stops the others."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sheetsync import store
from sheetsync.findings import make
from sheetsync.grid import Book
from sheetsync.intake.known import Known
from sheetsync.intake.marks import property_marks, sheet_marks
from sheetsync.intake.read import CopyReading, read_copy
from sheetsync.journal import Journal, KnownCopy
from sheetsync.merge.received import CensusItem, ItemKind, Received
from sheetsync.model import Finding, Marks, Origin, Plan, Verdict
from sheetsync.workbooks.census import census
from sheetsync.workbooks.copies import open_copy

_DOCUMENTS: Final = (".pdf", ".doc", ".docx", ".rtf", ".odt", ".txt", ".ppt", ".pptx", ".eml", ".msg", ".url")
_PICTURES: Final = (
    ".jpg",
    ".jpeg",
    ".png",
    ".gif",
    ".bmp",
    ".tif",
    ".tiff",
    ".heic",
    ".webp",
    ".mp4",
    ".mov",
)
_ARCHIVES: Final = (".zip", ".rar", ".7z")
_ATTACHMENTS: Final = frozenset((*_DOCUMENTS, *_PICTURES, *_ARCHIVES))
_LOCK_PREFIXES: Final = ("~$", ".~lock.")
_SYSTEM_NAMES: Final = frozenset({"desktop.ini", "thumbs.db", ".ds_store"})

Progress = Callable[[int, int, str], None]
"""Called with (done, all, name) as files are read."""


@dataclass(frozen=True, slots=True)
class Issued:
    """What an issued form held before a school touched it."""

    known: Known
    items: tuple[CensusItem, ...]


@dataclass
class Collector:
    """Reads the copies of one campaign against its plan.

    ``keep`` says whether originals and arrivals are recorded (a dry run records nothing).
    """

    campaign: store.Campaign
    plan: Plan
    journal: Journal
    run: int
    as_of: date
    keep: bool = True
    _issued: dict[tuple[str, int], Issued | None] = field(default_factory=dict)
    _first_names: dict[str, str] = field(default_factory=dict)

    def collect(self, progress: Progress) -> tuple[Received, ...]:
        """Every file of «Получено», in the order of names; the second of equal files is a duplicate."""
        files = received_files(self.campaign.received)
        arrivals = self.journal.copies()
        collected = []
        for done, path in enumerate(files):
            name = path.relative_to(self.campaign.received).as_posix()
            progress(done, len(files), name)
            collected.append(self._receive(path, name, arrivals))
        progress(len(files), len(files), "")
        return tuple(collected)

    def _receive(self, path: Path, name: str, arrivals: dict[str, KnownCopy]) -> Received:
        aside = code_of_no_copy(path)
        if aside is not None:
            what = path.suffix.lstrip(".").lower()
            finding = make(aside, origin=Origin(name), name=path.name, what=what)
            return Received(Origin(name), Verdict.SKIPPED, findings=(finding,))
        try:
            data = path.read_bytes()
            changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
        except OSError as error:
            finding = make("F111", origin=Origin(name), what=error.strerror or str(error))
            return Received(Origin(name), Verdict.REFUSED, findings=(finding,))
        origin = Origin(name, store.sha256(data))
        first = self._first_names.setdefault(origin.sha256, name)
        if first != name:
            finding = make("V207", origin=origin, name=first)
            return Received(origin, Verdict.DUPLICATE, findings=(finding,))
        arrival = arrivals.get(origin.sha256) or KnownCopy(
            origin.sha256, name, self.run, min(changed, self.as_of)
        )
        if self.keep:
            store.keep_original(self.campaign, data)
            self.journal.add_copy(arrival)
        return self._read(data, origin, arrival)

    def _read(self, data: bytes, origin: Origin, arrival: KnownCopy) -> Received:
        try:
            items = census_of(data)
            reading, blank = self._reading(data, origin)
        except Exception as error:  # noqa: BLE001 - one file never stops the others: a finding and a trace
            items, blank = (), ()
            reading = CopyReading(Verdict.REFUSED, findings=(self._surprise(origin, error),))
        return Received(
            origin,
            reading.verdict,
            arrival.run,
            arrival.received_on,
            reading.submissions,
            reading.findings,
            items,
            blank,
        )

    def _reading(self, data: bytes, origin: Origin) -> tuple[CopyReading, tuple[CensusItem, ...]]:
        opened = open_copy(data, origin.file)
        if opened.book is None:
            return CopyReading(Verdict.REFUSED, findings=opened.findings), ()
        issued = self._issued_form(opened.book)
        reading = read_copy(opened.book, self.plan, origin, issued.known if issued else None)
        found = CopyReading(reading.verdict, reading.submissions, (*opened.findings, *reading.findings))
        return found, issued.items if issued else ()

    def _issued_form(self, book: Book) -> Issued | None:
        """The form this copy was made from, by the marks it carries."""
        marks = property_marks(book) or sheet_marks(book) or Marks()
        place = (marks.participant or "", marks.issue or 0)
        if place not in self._issued:
            self._issued[place] = self._load_issued(*place)
        return self._issued[place]

    def _load_issued(self, participant: str, issue: int) -> Issued | None:
        forms = [one for one in self.journal.forms() if (one.participant, one.issue) == (participant, issue)]
        data = store.read_original(self.campaign, forms[-1].sha256) if forms else None
        book = open_copy(data, forms[-1].name).book if data else None
        return Issued(Known.of(book), census_of(data)) if data and book else None

    def _surprise(self, origin: Origin, error: Exception) -> Finding:
        """X999, with the traceback kept: addresses and line numbers, no text of cells."""
        if self.keep:
            frames = "".join(traceback.format_tb(error.__traceback__))
            report = f"{origin.sha256}\n{type(error).__name__}\n{frames}"
            store.write_atomically(self.campaign.errors / f"{origin.sha256[:16]}.txt", report.encode())
        return make("X999", origin=origin, what=type(error).__name__)


def received_files(folder: Path) -> list[Path]:
    """Every file under «Получено», any depth, in a stable order."""
    return sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix())


def code_of_no_copy(path: Path) -> str | None:
    """The finding for a file that is not a copy of a form by its very name; ``None`` for the rest."""
    name = path.name.lower()
    if name.startswith(_LOCK_PREFIXES) or name in _SYSTEM_NAMES or name.endswith(store.TEMPORARY_SUFFIX):
        return "F108"
    return "F109" if path.suffix.lower() in _ATTACHMENTS else None


def census_of(data: bytes) -> tuple[CensusItem, ...]:
    """The independent count of a file as values of the merge."""
    return tuple(CensusItem(one.sheet, one.cell, ItemKind(one.kind), one.text) for one in census(data))
