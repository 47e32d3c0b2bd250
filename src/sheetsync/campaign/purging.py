"""The command «purge»: copies received before a day are destroyed, and an act says which.

What goes: their originals, backups of the workbook older than the day, forms that were returned with
answers and, when asked, the same files in «Получено». What stays: issued forms, the district workbook
and its answers. The act is begun in the journal before the first file goes and completed after the
last: a run cut off is finished by the next one.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.act import act_document
from sheetsync.campaign.attachments_gone import attached_before, attached_lying_before
from sheetsync.campaign.collecting import code_of_no_copy, received_files
from sheetsync.campaign.files import journal_of, open_workbook, read_file, read_workbook_plan
from sheetsync.campaign.google.destroying import SheetsRead
from sheetsync.campaign.returns_gone import returned_before
from sheetsync.intake.bundle import unpack
from sheetsync.intake.gate import Refused
from sheetsync.journal import Act, Destroyed, DestroyedKind, Journal, KnownCopy, VersionKind
from sheetsync.model import Event, JournalLine
from sheetsync.notices import Notice, say
from sheetsync.text import visible

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


class Stuck(Struct, frozen=True):
    """A file the disk would not let go, and why."""

    path: str
    reason: str


class PurgeResult(Struct, frozen=True):
    """What was destroyed (or would be) and what the coordinator has to know or do.

    ``left`` are files of «Получено» with the same data, ``mixed`` archives that also hold other
    copies, ``in_google`` spreadsheets that hold the same data, ``not_yet`` copies the workbook was
    not written from yet, ``aside`` how many other files lie in «Получено», ``only_in_workbook`` how
    many answers cannot be read again from any copy.
    """

    campaign: store.Campaign
    before: date
    acts: tuple[Act, ...] = ()
    files: tuple[Destroyed, ...] = ()
    left: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()
    in_google: tuple[str, ...] = ()
    not_yet: tuple[str, ...] = ()
    stuck: tuple[Stuck, ...] = ()
    aside: int = 0
    only_in_workbook: int = 0
    is_dry: bool = False

    @property
    def needs_user(self) -> bool:
        return bool(self.left or self.mixed or self.in_google or self.not_yet or self.stuck)

    def count(self, kind: DestroyedKind) -> int:
        """How many files of one kind are gone (or would be)."""
        kept = {one.path for one in self.stuck}
        return sum(one.kind is kind and one.path not in kept for one in self.files)


def purge(
    place: Path, before: date, now: datetime, *, received: bool = False, dry_run: bool = False
) -> PurgeResult:
    """Destroy what was received before a day; ``received``: in «Получено» too.

    Raises ``store.StoreError`` when it cannot go on.
    """
    campaign = store.open_campaign(place)
    with store.one_writer(campaign, now, "purge") as hold, journal_of(campaign) as journal:
        organisation = read_workbook_plan(open_workbook(campaign), 1).plan.settings.organisation
        destruction = _Destruction(campaign, journal, organisation, now)
        acts = [] if dry_run else destruction.finish_begun()
        search = _Search(campaign, journal, before)
        files = tuple(search.files(with_received=received))
        result = PurgeResult(
            campaign,
            before,
            files=files,
            left=() if received else tuple(one.path for one in (*search.received, *search.attached)),
            mixed=search.mixed,
            in_google=search.in_google,
            not_yet=search.not_yet,
            aside=search.aside,
            only_in_workbook=search.only_in_workbook(files),
            is_dry=dry_run,
        )
        if files and not dry_run:
            hold.check()
            acts.append(destruction.carry_out(destruction.begin(before, files)))
    return replace(result, acts=tuple(acts), stuck=tuple(destruction.stuck))


# --- what is to go ------------------------------------------------------------------------------


@dataclass
class _Search:
    """Everything in the campaign that was received before a day."""

    campaign: store.Campaign
    journal: Journal
    before: date

    def __post_init__(self) -> None:
        returned = {one.sha256 for one in self.journal.returned.all()}
        forms = {one.sha256 for one in self.journal.forms()} - returned
        self._sheets = SheetsRead.by(self.journal)
        copies = self.journal.copies()
        old = [one for one in copies.values() if self._sheets.day_of(one) < self.before]
        consolidated = self.journal.senders()
        self._copies = [one for one in old if one.sha256 in consolidated and one.sha256 not in forms]
        self._copies += [
            one
            for one in self._sheets.overtaken()
            if one.received_on < self.before and one.sha256 not in copies
        ]
        self.not_yet = tuple(sorted(one.name for one in old if one.sha256 not in consolidated))
        self._gone = self.journal.destroyed_copies()

    @property
    def in_google(self) -> tuple[str, ...]:
        """Spreadsheets of which copies go; Google keeps them, and every version of them."""
        return self._sheets.holding({one.sha256 for one in self._copies} | self._gone.keys())

    def files(self, *, with_received: bool) -> Iterator[Destroyed]:
        for copy in sorted(self._copies, key=lambda one: (one.received_on, one.name)):
            path = store.original_path(self.campaign, copy.sha256)
            if path.exists():
                yield self._file(DestroyedKind.ORIGINAL, path, copy)
        if with_received:
            yield from self.received
            yield from self.attached
        yield from self._backups()
        yield from attached_before(self.campaign, self.journal, self.before)
        yield from returned_before(self.campaign, self.journal, self.before)

    @cached_property
    def received(self) -> tuple[Destroyed, ...]:
        """Files of «Получено» that hold nothing but copies received before the day."""
        return tuple(one for one, is_whole in self._in_received if is_whole)

    @cached_property
    def attached(self) -> tuple[Destroyed, ...]:
        """Files sent along before the day that lie in «Получено» by themselves."""
        return tuple(attached_lying_before(self.campaign, self.journal, self.before))

    @cached_property
    def mixed(self) -> tuple[str, ...]:
        """Archives of «Получено» in which later copies lie beside such copies."""
        return tuple(one.path for one, is_whole in self._in_received if not is_whole)

    @cached_property
    def _received(self) -> dict[Path, Set[str]]:
        known = self.journal.copies().keys()
        files = (path for path in received_files(self.campaign.received) if path.is_file())
        return {path: _copies_in(path, known) for path in files}

    @property
    def aside(self) -> int:
        """Scans, documents and the like: no copies, so the journal does not know when they came."""
        return sum(not shas for shas in self._received.values()) - len(self.attached)

    @cached_property
    def _in_received(self) -> tuple[tuple[Destroyed, bool], ...]:
        known = self.journal.copies()
        going = {one.sha256: one for one in self._copies} | {sha: known[sha] for sha in self._gone}
        found = []
        for path, shas in self._received.items():
            if not shas.isdisjoint(going):
                copy = going[min(shas & going.keys())]
                found.append((self._file(DestroyedKind.RECEIVED, path, copy), shas <= going.keys()))
        return tuple(found)

    def _backups(self) -> Iterator[Destroyed]:
        folder = self.campaign.backups
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            day = _DAY.search(path.name)
            if path.is_file() and day and date.fromisoformat(day[0]) < self.before:
                yield self._file(DestroyedKind.BACKUP, path)

    def _file(self, kind: DestroyedKind, path: Path, copy: KnownCopy | None = None) -> Destroyed:
        data = read_file(path)
        where = path.relative_to(self.campaign.folder).as_posix()
        name = copy.name if copy and kind is DestroyedKind.ORIGINAL else visible(path.name)
        day = copy.received_on if copy else None
        return Destroyed(kind, where, name, store.sha256(data), len(data), day)

    def only_in_workbook(self, files: tuple[Destroyed, ...]) -> int:
        """Answers the workbook shows whose copies will be nowhere once these files go."""
        if not files:
            return 0
        leaving = {self.campaign.folder / one.path for one in files if one.kind is DestroyedKind.RECEIVED}
        kept = {sha for path, shas in self._received.items() if path not in leaving for sha in shas}
        going = {*self._gone, *(one.sha256 for one in files if one.kind is DestroyedKind.ORIGINAL)} - kept
        last = {one.place: one for one in self.journal.versions() if one.kind is VersionKind.ANSWER}
        return sum(bool(one.fingerprint) and one.origin.sha256 in going for one in last.values())


def _copies_in(path: Path, known: Set[str]) -> Set[str]:
    """The copies a file of «Получено» is or holds, by sha256; what lies beside them in an archive
    (scans, documents) shares its fate. Of a damaged archive the file itself is ``known`` too."""
    if code_of_no_copy(path.name):
        return frozenset()
    data = read_file(path)
    own = {store.sha256(data)}
    members = unpack(data)
    if members is None or isinstance(members, Refused):
        return own
    contents = [one.read() for one in members if not code_of_no_copy(one.name)]
    return own & known | {store.sha256(one) for one in contents if not isinstance(one, Refused)}


# --- how it goes --------------------------------------------------------------------------------


@dataclass
class _Destruction:
    """Carries acts out; every step may be done again after a run that was cut off."""

    campaign: store.Campaign
    journal: Journal
    organisation: str
    now: datetime

    def __post_init__(self) -> None:
        self.stuck: list[Stuck] = []

    def finish_begun(self) -> list[Act]:
        """Acts a run did not bring to the end."""
        return [self.carry_out(act) for act in self.journal.acts() if act.completed is None]

    def begin(self, before: date, files: tuple[Destroyed, ...]) -> Act:
        """From here on the files count as destroyed."""
        number = len(self.journal.acts()) + 1
        name = say(Notice.ACT_FILE, number=number, day=f"{self.now:%Y-%m-%d}")
        wanted = self.campaign.folder / f"{name}.docx"
        path = next(one for one in chain([wanted], store.names_beside(wanted)) if not one.exists())
        act = Act(number, before, self.now, path.name)
        self.journal.save_act(act)
        self.journal.add_destroyed(act, files)
        self.journal.commit()
        return act

    def carry_out(self, act: Act) -> Act:
        files = self.journal.destroyed(act)
        self._write(act, files)
        stuck = [one for one in (*map(self._remove, files), *self._forget()) if one]
        self.stuck += stuck
        if stuck:
            return act
        done = replace(act, completed=self.now)
        self._write(done, files)
        self.journal.save_act(done)
        note = say(Notice.ACT_NOTE, number=act.number, files=len(files), before=f"{act.before:%d.%m.%Y}")
        line = JournalLine(self.journal.next_run(), self.now, Event.DESTROYED, file=act.file, note=note)
        self.journal.add_lines([line])
        self.journal.commit()
        return done

    def _write(self, act: Act, files: list[Destroyed]) -> None:
        path = self.campaign.folder / act.file
        try:
            store.write_atomically(path, act_document(act, files, self.organisation))
        except store.TargetBusy as error:
            raise store.StoreError(say(Notice.ACT_BUSY, path=path)) from error

    def _forget(self) -> Iterator[Stuck]:
        """What runs remember of the copies they read goes with the copies; it is made anew when needed."""
        for path in (self.campaign.memory, self.campaign.last_run):
            try:
                if path.exists():
                    path.unlink()
            except OSError as error:
                name = path.relative_to(self.campaign.folder).as_posix()
                yield Stuck(name, error.strerror or type(error).__name__)

    def _remove(self, file: Destroyed) -> Stuck | None:
        path = self.campaign.folder / file.path
        try:
            if path.exists() and store.sha256(path.read_bytes()) == file.sha256:
                path.chmod(0o600)  # Windows keeps a read-only file
                path.unlink()
        except OSError as error:
            return Stuck(file.path, error.strerror or type(error).__name__)
        if path.is_relative_to(self.campaign.originals):
            with contextlib.suppress(OSError):  # the folder holds other originals
                path.parent.rmdir()
        return None
