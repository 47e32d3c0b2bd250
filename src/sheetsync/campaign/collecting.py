"""What lies in «Получено» becomes received copies: every file is read, none stops the others."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, Protocol, Self

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.attaching import Aside, Attaching
from sheetsync.campaign.copy_reading import CopyReader
from sheetsync.campaign.issued import IssuedForms
from sheetsync.campaign.past_periods import PastPeriods
from sheetsync.findings import make
from sheetsync.intake.attached import is_of_other_kind
from sheetsync.intake.bundle import BundledFile, unpack
from sheetsync.intake.gate import Refused
from sheetsync.intake.limits import LIMITS, Reason
from sheetsync.journal import Journal, KnownCopy
from sheetsync.merge.received import Received
from sheetsync.model import Finding, Origin, Plan, Verdict
from sheetsync.text import visible

if TYPE_CHECKING:
    from sheetsync.campaign.google.copies import GoogleCopy

_SYSTEM_PREFIXES: Final = ("~$", ".~lock.", "._")
"""Locks of Excel and LibreOffice, and what a Mac puts beside every file of an archive."""

OTHER_KIND: Final = "F109"
"""The finding for a document, a picture or a program that nobody's copy lies with."""

_SYSTEM_NAMES: Final = frozenset({"desktop.ini", "thumbs.db", ".ds_store"})

ReadCopy = Callable[[Callable[[], bytes], Origin, KnownCopy], Received]
"""Reads a copy, at once or later; its bytes are given when they are asked for."""

RecallCopy = Callable[[Origin, KnownCopy, Callable[[], Received]], Received]
"""Tells what was read of a copy before, else reads it by the function given."""

Progress = Callable[[int, int, str], None]
"""Called with (done, all, name) as files are read."""


class SeenFiles(Protocol):
    """What is known of files of «Получено» that lie there as they lay before."""

    def sha256_of(self, name: str, size: int, changed: int) -> str | None:
        """The digest of a copy met before with this size and time of change (ns)."""
        ...

    def saw(self, name: str, size: int, changed: int, sha256: str) -> None:
        """A copy, not an archive of copies, was met."""
        ...


class _File(Struct, frozen=True):
    """One file to read: on disk, or a member of an archive («отчёты.zip/школа.xlsx»).

    ``changed`` is when, in seconds since 1970; ``is_kept`` when its bytes were met, and so kept, in an
    earlier run.
    """

    name: str
    sha256: str
    changed: float
    content: Callable[[], bytes]
    is_kept: bool = False

    @classmethod
    def of(cls, name: str, data: bytes, changed: float) -> Self:
        return cls(name, store.sha256(data), changed, lambda: data)

    def changed_on(self) -> date:
        return datetime.fromtimestamp(self.changed).astimezone().date()


class Collector(Struct, dict=True):
    """Reads the copies of one campaign against its plan.

    ``keep`` says whether originals and arrivals are recorded (a dry run records nothing). ``seen``
    remembers files from run to run, ``read`` reads copies otherwise than here and now, and ``recalled``
    spares reading those that were read in earlier runs.
    """

    campaign: store.Campaign
    plan: Plan
    journal: Journal
    run: int
    as_of: date
    keep: bool = True
    seen: SeenFiles | None = None
    read: ReadCopy | None = None
    recalled: RecallCopy | None = None

    def __post_init__(self) -> None:
        self.past = PastPeriods.of(self.journal, self.plan)
        self._arrivals = self.journal.copies()
        self._destroyed = self.journal.destroyed_copies()
        self._first_names: dict[str, str] = {}
        self._read = self.read or self._read_here
        self._originals = store.Originals(self.campaign)
        self._aside: list[Aside] = []
        self._attaching = Attaching(
            self.campaign, self.plan, self.journal, self.run, self.as_of, self.past, self.keep
        )

    def _read_here(self, content: Callable[[], bytes], origin: Origin, arrival: KnownCopy) -> Received:
        def anew() -> Received:
            return self._reader.read(content(), origin, arrival)

        return self.recalled(origin, arrival, anew) if self.recalled else anew()

    @cached_property
    def _reader(self) -> CopyReader:
        """What reads a copy at once: others may be asked to read all of them."""
        forms = IssuedForms(self.campaign, self.journal.forms(), self.plan, keep=self.keep)
        return CopyReader(self.campaign, self.plan, forms, self.past, self.keep)

    def collect(self, progress: Progress, sheets: Iterable[GoogleCopy] = ()) -> tuple[Received, ...]:
        """Every file of «Получено», in the order of names, and the sheets of schools.

        The second of equal files is a duplicate; documents and pictures beside copies are sent along.
        """
        collected = self.copies(progress)
        for sheet in sheets:
            collected += self._take_sheet(sheet)
        return self.with_attached(collected)

    def copies(self, progress: Progress) -> list[Received]:
        """Every file of «Получено» that is no document sent along, in the order of names."""
        folder = self.campaign.received
        names, place = _names_under(folder), f"{folder}{os.sep}"
        collected: list[Received] = []
        for done, lies_at in enumerate(names):
            name = visible(lies_at)
            progress(done, len(names), name)
            collected += self._take(f"{place}{lies_at}", name)
        self._originals.settle()
        progress(len(names), len(names), "")
        return collected

    def with_attached(self, collected: Sequence[Received]) -> tuple[Received, ...]:
        """Everything collected, and what was sent along with it."""
        return tuple(self._attaching.attached(collected, self._aside))

    def told(self) -> tuple[Finding, ...]:
        """What is to be said of the folder as a whole."""
        return (*self.past.told(), *self._attaching.told)

    def _take(self, path: str, name: str) -> Iterator[Received]:
        aside = code_of_no_copy(name)
        about = None if aside and aside != OTHER_KIND else _about(path)
        is_file = about is not None and stat.S_ISREG(about.st_mode)
        if aside == OTHER_KIND and is_file:
            self._aside.append(Aside(name, Path(path)))
        elif aside is not None:
            yield set_aside(aside, name)
        elif about is None or not is_file:  # a pipe, a device, a link that leads nowhere: it may never end
            finding = make("F111", origin=Origin(name), what="это не обычный файл")
            yield Received(Origin(name), Verdict.REFUSED, findings=(finding,))
        elif about.st_size > LIMITS.archive_bytes:
            yield _too_big(name)
        else:
            yield from self._read_file(path, name, about)

    def _read_file(self, path: str, name: str, about: os.stat_result) -> Iterator[Received]:
        """A file that may hold copies; one that was met before need not be opened for that."""
        try:
            known = self.seen and self.seen.sha256_of(name, about.st_size, about.st_mtime_ns)
            if known and self._originals.has(known):
                yield self._receive(
                    _File(name, known, about.st_mtime, partial(_bytes_in, path), is_kept=True)
                )
                return
            data = _bytes_in(path)
        except OSError as error:
            finding = make("F111", origin=Origin(name), what=error.strerror or str(error))
            yield Received(Origin(name), Verdict.REFUSED, findings=(finding,))
            return
        yield from self._unpack(data, _File.of(name, data, about.st_mtime), Path(path), about)

    def _take_sheet(self, sheet: GoogleCopy) -> Iterator[Received]:
        """A Google sheet came on the day of its first answer; nothing came while there is none."""
        from sheetsync.campaign.google.own_words import OwnWords  # noqa: PLC0415 - most districts send files alone
        from sheetsync.campaign.google.receiving import about_sheet, not_filled_yet, says_anything  # noqa: PLC0415

        digest = sheet.reading.sha256
        if self.past.of_issue(sheet.reading.issue) and self.past.is_past_run(sheet.reading.run):
            yield self.past.set_aside(Origin(sheet.name, digest))
            return
        earlier = [self._arrivals[one] for one in (digest, *sheet.earlier) if one in self._arrivals]
        day = min([min(sheet.changed_on, self.as_of), *(one.received_on for one in earlier)])
        arrival = KnownCopy(digest, sheet.name, sheet.reading.run, day)
        returned = partial(OwnWords(self.journal, self.plan).printed, sheet)
        read = self._reader.read(sheet.data, Origin(sheet.name, digest), arrival, returned)
        if read.verdict is Verdict.ACCEPTED and not earlier and not says_anything(read):
            if not sheet.is_closed:
                yield not_filled_yet(sheet)
            return
        self._arrivals.setdefault(digest, arrival)
        if self.keep:
            self.journal.add_copy(arrival)
        yield replace(read, findings=(*read.findings, *about_sheet(sheet)))

    def _unpack(self, data: bytes, file: _File, path: Path, about: os.stat_result) -> Iterator[Received]:
        """The file itself, or every file of an archive of forms; a bad member costs only itself."""
        match unpack(data):
            case None:
                if self.seen and self.keep:
                    self.seen.saw(file.name, about.st_size, about.st_mtime_ns, file.sha256)
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
                return self._receive(_File.of(name, content, archive.changed))

    def _refused(self, name: str, came_in: _File, refused: Refused) -> Received:
        """A file that cannot even be unpacked; the bytes it came in are kept."""
        arrival = self._kept(came_in)
        finding = make(refused.reason.code, origin=Origin(name, arrival.sha256), what=refused.what)
        return Received(finding.origin, Verdict.REFUSED, findings=(finding,))

    def _receive(self, file: _File) -> Received:
        origin = Origin(file.name, file.sha256)
        if self.past.was_counted(self._arrivals.get(origin.sha256)):
            return self.past.set_aside(origin)
        first = self._first_names.setdefault(origin.sha256, file.name)
        if first != file.name:
            finding = make("V207", origin=origin, name=first)
            return Received(origin, Verdict.DUPLICATE, findings=(finding,))
        return self._read(file.content, origin, self._kept(file))

    def _kept(self, file: _File) -> KnownCopy:
        """When a file first came. Its bytes are kept, unless an act has destroyed them once."""
        digest = file.sha256
        known = self._arrivals.get(digest)
        arrival = known or KnownCopy(digest, file.name, self.run, min(file.changed_on(), self.as_of))
        if self.keep:
            if digest not in self._destroyed and not (file.is_kept and known):
                self._originals.keep(digest, file.content())
            if known is None:
                self.journal.add_copy(arrival)
        return arrival


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
    return [folder / name for name in _names_under(folder)]


def _names_under(folder: Path) -> list[str]:
    """The same by names as they follow from the folder: a district has thousands."""
    found: list[str] = []
    waiting = [""] if folder.is_dir() else []
    while waiting:
        under = waiting.pop()
        with contextlib.suppress(PermissionError), os.scandir(f"{folder}/{under}") as entries:
            for one in entries:
                name = f"{under}{one.name}"
                if not _is_folder(one):
                    found.append(name)
                elif not one.is_symlink():  # what lies elsewhere was not received
                    waiting.append(f"{name}/")
    return sorted(found)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _bytes_in(path: str) -> bytes:
    return Path(path).read_bytes()


def _about(path: str) -> os.stat_result | None:
    """What the disk tells of a file; ``None`` of a link that leads nowhere."""
    try:
        return os.stat(path)  # noqa: PTH116 - of thousands of files, and a path takes as long as the disk
    except OSError:
        return None


def code_of_no_copy(name: str) -> str | None:
    """The finding for a file that is not a copy of a form by its very name; ``None`` for the rest."""
    own = name.lower().rpartition("/")[2]
    if own.startswith(_SYSTEM_PREFIXES) or own in _SYSTEM_NAMES or own.endswith(store.TEMPORARY_SUFFIX):
        return "F108"
    return OTHER_KIND if is_of_other_kind(name) else None
