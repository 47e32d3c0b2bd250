"""What lies in «Получено» becomes received copies: every file is read, none stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final

from sheetsync import store
from sheetsync.campaign.attaching import Aside, Attaching
from sheetsync.campaign.google.copies import GoogleCopy
from sheetsync.campaign.google.own_words import OwnWords
from sheetsync.campaign.google.receiving import about_sheet, not_filled_yet, says_anything
from sheetsync.campaign.issued import Issued, IssuedForms, census_of
from sheetsync.campaign.past_periods import PastPeriods
from sheetsync.campaign.shielding import masked_answers, masked_items, shield_for
from sheetsync.findings import make
from sheetsync.grid import Book
from sheetsync.intake.attached import is_of_other_kind
from sheetsync.intake.bundle import BundledFile, unpack
from sheetsync.intake.gate import Refused
from sheetsync.intake.limits import LIMITS, Reason
from sheetsync.intake.read import read_copy
from sheetsync.journal import Journal, KnownCopy
from sheetsync.merge.received import Received
from sheetsync.model import Finding, Origin, Plan, Verdict
from sheetsync.privacy.books import masked_book, told_of
from sheetsync.surprises import trace
from sheetsync.text import visible
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.google.snapshot import is_snapshot

_SYSTEM_PREFIXES: Final = ("~$", ".~lock.", "._")
"""Locks of Excel and LibreOffice, and what a Mac puts beside every file of an archive."""

OTHER_KIND: Final = "F109"
"""The finding for a document, a picture or a program that nobody's copy lies with."""

_SYSTEM_NAMES: Final = frozenset({"desktop.ini", "thumbs.db", ".ds_store"})

_Returned = Callable[[Book, Issued | None], Issued | None]
"""Adds to the form behind a copy what the office put into the copy afterwards."""

Progress = Callable[[int, int, str], None]
"""Called with (done, all, name) as files are read."""


@dataclass(frozen=True, slots=True)
class _File:
    """One file to read: on disk, or a member of an archive («отчёты.zip/школа.xlsx»)."""

    name: str
    data: bytes
    changed: date


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

    def __post_init__(self) -> None:
        self._forms = IssuedForms(self.campaign, self.journal, self.plan)
        self._arrivals = self.journal.copies()
        self._destroyed = self.journal.destroyed_copies()
        self._first_names: dict[str, str] = {}
        self._own_words = OwnWords(self.journal, self.plan)
        self.past = PastPeriods.of(self.journal, self.plan)
        self._aside: list[Aside] = []
        self._attaching = Attaching(
            self.campaign, self.plan, self.journal, self.run, self.as_of, self.past, self.keep
        )

    def collect(self, progress: Progress, sheets: Iterable[GoogleCopy] = ()) -> tuple[Received, ...]:
        """Every file of «Получено», in the order of names, and the sheets of schools.

        The second of equal files is a duplicate; documents and pictures beside copies are sent along.
        """
        paths = received_files(self.campaign.received)
        collected: list[Received] = []
        for done, path in enumerate(paths):
            name = visible(path.relative_to(self.campaign.received).as_posix())
            progress(done, len(paths), name)
            collected += self._take(path, name)
        progress(len(paths), len(paths), "")
        for sheet in sheets:
            collected += self._take_sheet(sheet)
        return tuple(self._attaching.attached(collected, self._aside))

    def told(self) -> tuple[Finding, ...]:
        """What is to be said of the folder as a whole."""
        return (*self.past.told(), *self._attaching.told)

    def _take(self, path: Path, name: str) -> Iterator[Received]:
        aside = code_of_no_copy(name)
        if aside == OTHER_KIND and path.is_file():
            self._aside.append(Aside(name, path))
            return
        if aside is not None:
            yield set_aside(aside, name)
            return
        if not path.is_file():  # a pipe, a device, a link that leads nowhere: reading it may never end
            finding = make("F111", origin=Origin(name), what="это не обычный файл")
            yield Received(Origin(name), Verdict.REFUSED, findings=(finding,))
            return
        try:
            if path.stat().st_size > LIMITS.archive_bytes:
                yield _too_big(name)
                return
            data = path.read_bytes()
            changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
        except OSError as error:
            finding = make("F111", origin=Origin(name), what=error.strerror or str(error))
            yield Received(Origin(name), Verdict.REFUSED, findings=(finding,))
            return
        yield from self._unpack(_File(name, data, changed), path)

    def _take_sheet(self, sheet: GoogleCopy) -> Iterator[Received]:
        """A Google sheet came on the day of its first answer; nothing came while there is none."""
        digest = sheet.reading.sha256
        if self.past.of_issue(sheet.reading.issue) and self.past.is_past_run(sheet.reading.run):
            yield self.past.set_aside(Origin(sheet.name, digest))
            return
        earlier = [self._arrivals[one] for one in (digest, *sheet.earlier) if one in self._arrivals]
        day = min([min(sheet.changed_on, self.as_of), *(one.received_on for one in earlier)])
        arrival = KnownCopy(digest, sheet.name, sheet.reading.run, day)
        returned = partial(self._own_words.printed, sheet)
        read = self._read(sheet.data, Origin(sheet.name, digest), arrival, returned)
        if read.verdict is Verdict.ACCEPTED and not earlier and not says_anything(read):
            if not sheet.is_closed:
                yield not_filled_yet(sheet)
            return
        self._arrivals.setdefault(digest, arrival)
        if self.keep:
            self.journal.add_copy(arrival)
        yield replace(read, findings=(*read.findings, *about_sheet(sheet)))

    def _unpack(self, file: _File, path: Path) -> Iterator[Received]:
        """The file itself, or every file of an archive of forms; a bad member costs only itself."""
        match unpack(file.data):
            case None:
                yield self._receive(file)
            case Refused() as refused:
                yield self._refused(file.name, file, refused)
            case members:
                for member in members:
                    name = f"{file.name}/{member.name}"
                    if code_of_no_copy(name) == OTHER_KIND:
                        self._aside.append(Aside(name, path, member.name))
                    else:
                        yield self._receive_member(file, member, name)

    def _receive_member(self, archive: _File, member: BundledFile, name: str) -> Received:
        aside = code_of_no_copy(name)
        if aside:
            return set_aside(aside, name)
        match member.read():
            case Refused() as refused:
                return self._refused(name, archive, refused)
            case content:
                return self._receive(_File(name, content, archive.changed))

    def _refused(self, name: str, came_in: _File, refused: Refused) -> Received:
        """A file that cannot even be unpacked; the bytes it came in are kept."""
        arrival = self._kept(came_in)
        finding = make(refused.reason.code, origin=Origin(name, arrival.sha256), what=refused.what)
        return Received(finding.origin, Verdict.REFUSED, findings=(finding,))

    def _receive(self, file: _File) -> Received:
        origin = Origin(file.name, store.sha256(file.data))
        if self.past.was_counted(self._arrivals.get(origin.sha256)):
            return self.past.set_aside(origin)
        first = self._first_names.setdefault(origin.sha256, file.name)
        if first != file.name:
            finding = make("V207", origin=origin, name=first)
            return Received(origin, Verdict.DUPLICATE, findings=(finding,))
        return self._read(file.data, origin, self._kept(file))

    def _kept(self, file: _File) -> KnownCopy:
        """When a file first came. Its bytes are kept, unless an act has destroyed them once."""
        digest = store.sha256(file.data)
        arrival = self._arrivals.get(digest) or KnownCopy(
            digest, file.name, self.run, min(file.changed, self.as_of)
        )
        if self.keep:
            if digest not in self._destroyed:
                store.keep_original(self.campaign, file.data)
            self.journal.add_copy(arrival)
        return arrival

    def _read(
        self, data: bytes, origin: Origin, arrival: KnownCopy, returned: _Returned = lambda _, form: form
    ) -> Received:
        def form_behind(book: Book) -> Issued | None:
            form = self._forms.form_behind(book, arrival.run, in_google=is_snapshot(data))
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
    items = census_of(data, values_only=opened.has_values_only)
    if opened.book is None:
        return Received(origin, Verdict.REFUSED, findings=opened.findings, census=items)
    issued = form_behind(opened.book)
    shield = shield_for(plan, issued)
    book, personal = masked_book(opened.book, shield, origin)
    reading = read_copy(book, plan, origin, issued.known if issued else None)
    return Received(
        origin,
        reading.verdict,
        submissions=reading.submissions,
        findings=(*opened.findings, *reading.findings, *told_of(personal, reading.submissions)),
        census=masked_items(items, shield),
        blank=masked_items(issued.items, shield) if issued else (),
        office=reading.office,
        exchanged=masked_answers(issued.answers, shield) if issued else (),
    )


def set_aside(code: str, name: str) -> Received:
    """A file that is not a copy by its very name: listed, not read."""
    path = PurePosixPath(name)
    finding = make(code, origin=Origin(name), name=path.name, what=path.suffix.lstrip(".").lower())
    return Received(Origin(name), Verdict.SKIPPED, findings=(finding,))


def _too_big(name: str) -> Received:
    """A file no archive of forms is as large as: told of and left where it lies."""
    what = Reason.FILE_TOO_BIG.what(LIMITS.archive_bytes >> 20)
    finding = make(Reason.FILE_TOO_BIG.code, origin=Origin(name), what=what)
    return Received(Origin(name), Verdict.REFUSED, findings=(finding,))


def missing_folder(folder: Path) -> tuple[Finding, ...]:
    """What is told when «Получено» is not there, or a file lies in its place."""
    if folder.is_dir():
        return ()
    return (make("S813" if folder.exists() else "S812", folder=folder.name),)


def received_files(folder: Path) -> list[Path]:
    """Every file under «Получено», any depth, in a stable order."""
    return sorted((path for path in folder.rglob("*") if not path.is_dir()), key=lambda path: path.as_posix())


def code_of_no_copy(name: str) -> str | None:
    """The finding for a file that is not a copy of a form by its very name; ``None`` for the rest."""
    path = PurePosixPath(name.lower())
    if (
        path.name.startswith(_SYSTEM_PREFIXES)
        or path.name in _SYSTEM_NAMES
        or path.suffix == store.TEMPORARY_SUFFIX
    ):
        return "F108"
    return OTHER_KIND if is_of_other_kind(name) else None
