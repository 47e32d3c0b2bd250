"""Files sent along with copies: whose each is, kept in the store, known to the journal.

Nothing is opened: the first bytes say what a file is, all of them make its fingerprint. What was
taken out of «Получено» confirms nothing any more, as with copies; what an act destroyed still does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property, partial
from pathlib import Path, PurePosixPath
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.past_periods import PastPeriods
from sheetsync.checks.attached import listed
from sheetsync.findings import make
from sheetsync.intake.attached import (
    HEAD_BYTES,
    MOST_BYTES,
    MOST_BYTES_TOGETHER,
    MOST_FILES,
    Owner,
    Owners,
    fault_of,
)
from sheetsync.intake.bundle import BundledFile, unpack
from sheetsync.intake.gate import Refused
from sheetsync.intake.limits import LIMITS, Reason
from sheetsync.journal import DestroyedKind, Journal, KeptFile
from sheetsync.merge.received import Received
from sheetsync.model import AttachedFile, FileFault, Finding, Origin, Plan, Verdict
from sheetsync.patterns import at_first_use
from sheetsync.privacy.shield import Shield
from sheetsync.text import visible

_LIMITS: Final = replace(LIMITS, file_bytes=MOST_BYTES, bundle_bytes=MOST_BYTES_TOGETHER)
_TURNING: Final = at_first_use("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of a text: «скан\u202efdp.exe» reads as a picture."""
_LONGEST_NAME: Final = 200
_NO_REPORT: Final = "V201"
_NOT_COPIES: Final = frozenset({_NO_REPORT, "F103", "F104"})
"""A file refused for this alone is nobody's report that went wrong."""


class Aside(Struct, frozen=True):
    """A file of another kind: on the disk, or a member of an archive there (``member`` names it)."""

    name: str
    path: Path
    member: str = ""


@dataclass
class Attaching:
    """Files of other kinds in one run. ``keep`` as in ``Collector``."""

    campaign: store.Campaign
    plan: Plan
    journal: Journal
    run: int
    as_of: date
    past: PastPeriods
    keep: bool = True
    told: list[Finding] = field(default_factory=list, init=False)
    """What is to be said of files that are no longer there."""
    _open: tuple[Path, dict[str, BundledFile]] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        destroyed = self.journal.destroyed()
        self._destroyed = {one.sha256 for one in destroyed if one.kind is DestroyedKind.ATTACHED}
        self._known = {(one.participant, one.sha256): one for one in self.journal.attached.all()}
        self._count: dict[str, int] = {}
        self._bytes: dict[str, int] = {}

    @cached_property
    def _shown(self) -> Callable[[str], str]:
        """Gives the name of a file with personal data covered; most districts send no files along."""
        return partial(shown_name, Shield.of(self.plan))

    def attached(self, received: Sequence[Received], aside: Sequence[Aside]) -> Iterator[Received]:
        """Everything received, with files sent along among it; files of nobody are told of as before."""
        owners = cache(lambda: Owners(self.plan, _copies(received, self.journal.senders())))
        found: list[AttachedFile] = []
        for one in received:
            attached = self._workbook(one, owners)
            yield one if attached == one.attached else replace(one, attached=attached)
        for file, owner in [(one, owners().of(one.name)) for one in _in_order(aside)]:
            if owner is None:
                yield aside_of_nobody(self._shown(file.name))
                continue
            attached = self._attached(file, owner)
            if attached is None:
                yield Received(Origin(self._shown(file.name)), Verdict.SKIPPED)
                continue
            found.append(attached)
            yield Received(attached.origin, Verdict.SKIPPED, attached=attached)
        here = {self._shown(one.name) for one in aside}
        for destroyed in self._not_here(found, here):
            yield Received(destroyed.origin, Verdict.SKIPPED, attached=destroyed)

    # --- one file

    def _workbook(self, one: Received, owners: Callable[[], Owners]) -> AttachedFile | None:
        """A workbook beside a copy that holds no report may be a document of the school."""
        is_idle = one.verdict is Verdict.UNRECOGNISED and {told.code for told in one.findings} == {_NO_REPORT}
        owner = owners().of(one.origin.file) if is_idle else None
        if owner is None or owner.by_name:
            return None
        return AttachedFile(owner.code, one.origin, owner.depth, is_workbook=True)

    def _attached(self, file: Aside, owner: Owner) -> AttachedFile | None:
        """The file with its fingerprint, kept; ``None`` for one counted in an earlier period."""
        read = self._read_member if file.member else self._read_loose
        sha256, fault, changed = read(file, owner)
        known = self._known.get((owner.code, sha256))
        if known and self.past.is_past_run(known.run):
            return None
        origin = Origin(self._shown(file.name), sha256)
        if self.keep and sha256 and fault is None and known is None:
            day = min(changed, self.as_of)
            self.journal.attached.add(
                KeptFile(sha256, owner.code, origin.file, owner.depth, owner.by_name, self.run, day)
            )
        return AttachedFile(owner.code, origin, owner.depth, owner.by_name, fault)

    def _read_loose(self, file: Aside, owner: Owner) -> tuple[str, FileFault | None, date]:
        try:
            about = file.path.stat()
            changed = datetime.fromtimestamp(about.st_mtime).astimezone().date()
            with file.path.open("rb") as stream:
                head = stream.read(HEAD_BYTES)
            fault = fault_of(file.name, head, about.st_size) or self._too_many(owner.code, about.st_size)
            if fault:
                return "", fault, changed
            seen = self.journal.attached.sha256_of(file.path, about.st_size, about.st_mtime_ns)
            if seen and (seen in self._destroyed or store.original_path(self.campaign, seen).exists()):
                return seen, None, changed
            sha256 = self._kept(file.path.read_bytes())
            if self.keep:
                self.journal.attached.saw(file.path, about.st_size, about.st_mtime_ns, sha256)
        except OSError:
            return "", FileFault.DAMAGED, self.as_of
        return sha256, None, changed

    def _read_member(self, file: Aside, owner: Owner) -> tuple[str, FileFault | None, date]:
        changed = datetime.fromtimestamp(file.path.stat().st_mtime).astimezone().date()
        member = self._members(file.path).get(file.member)
        data = member.read() if member else Refused(Reason.BAD_ARCHIVE, "")
        if isinstance(data, Refused):
            is_big = data.reason in (Reason.BOMB, Reason.FILE_TOO_BIG)
            return "", FileFault.TOO_BIG if is_big else FileFault.DAMAGED, changed
        fault = fault_of(file.name, data[:HEAD_BYTES], len(data)) or self._too_many(owner.code, len(data))
        return ("" if fault else self._kept(data)), fault, changed

    def _members(self, path: Path) -> dict[str, BundledFile]:
        """The files of an archive; the last one opened stays at hand, others do not fill the memory."""
        if self._open is None or self._open[0] != path:
            members = unpack(path.read_bytes(), _LIMITS)
            listed_members = () if members is None or isinstance(members, Refused) else members
            self._open = path, {one.name: one for one in listed_members}
        return self._open[1]

    def _too_many(self, code: str, size: int) -> FileFault | None:
        count, together = self._count.get(code, 0) + 1, self._bytes.get(code, 0) + size
        if count > MOST_FILES or together > MOST_BYTES_TOGETHER:
            return FileFault.TOO_MANY
        self._count[code], self._bytes[code] = count, together
        return None

    def _kept(self, data: bytes) -> str:
        sha256 = store.sha256(data)
        if self.keep and sha256 not in self._destroyed:
            store.keep_original(self.campaign, data)
        return sha256

    # --- files known from earlier runs

    def _not_here(self, found: Iterable[AttachedFile], names: set[str]) -> Iterator[AttachedFile]:
        """Those an act destroyed, which count on; of the others it is said that they are gone."""
        here = {(one.participant, one.origin.sha256) for one in found}
        gone: dict[str, list[AttachedFile]] = {}
        for place, one in self._known.items():
            is_ours = self.plan.participant(one.participant) and not self.past.is_past_run(one.run)
            if place in here or not is_ours:
                continue
            file = AttachedFile(one.participant, Origin(one.name, one.sha256), one.depth, one.by_name)
            if one.sha256 in self._destroyed:
                yield file
            elif one.name not in names:
                gone.setdefault(one.participant, []).append(file)
        self.told += [
            make("E628", participant=code, count=len(files), names=listed(files))
            for code, files in sorted(gone.items())
        ]


def shown_name(shield: Shield, name: str) -> str:
    """A name as people see it: nothing that misleads, personal data covered, of a length to read."""
    steps = _TURNING.sub("\N{REPLACEMENT CHARACTER}", visible(name)).split("/")
    said = "/".join(_covered(shield, step) for step in steps)
    return said if len(said) <= _LONGEST_NAME else f"…{said[1 - _LONGEST_NAME :]}"


def _covered(shield: Shield, step: str) -> str:
    path = PurePosixPath(step)
    spaced = path.stem.replace("_", " ")
    told = shield.text(spaced)
    return told + path.suffix if told != spaced else step


def aside_of_nobody(name: str) -> Received:
    """A file of another kind that no copy lies with and no participant is named by."""
    path = PurePosixPath(name)
    finding = make("F109", origin=Origin(name), name=path.name, what=path.suffix.lstrip(".").lower())
    return Received(Origin(name), Verdict.SKIPPED, findings=(finding,))


def _copies(
    received: Iterable[Received], senders: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Files that hold reports, or may: by name, with those whose reports they are."""
    received = tuple(received)
    by_content = {one.origin.sha256: one.participants for one in received if one.verdict is Verdict.ACCEPTED}
    found: dict[str, tuple[str, ...]] = {}
    for one in received:
        told = tuple(sorted({finding.participant for finding in one.findings if finding.participant}))
        if one.verdict is Verdict.ACCEPTED:
            found[one.origin.file] = one.participants
        elif one.verdict is Verdict.DUPLICATE:
            found[one.origin.file] = by_content.get(one.origin.sha256, ())
        elif one.verdict is Verdict.SKIPPED:  # counted in an earlier period
            found.update({one.origin.file: whose} if (whose := senders.get(one.origin.sha256)) else {})
        elif not {it.code for it in one.findings} <= _NOT_COPIES:
            found[one.origin.file] = told
    return found


def _in_order(aside: Iterable[Aside]) -> list[Aside]:
    """Members of one archive together: it is opened once."""
    return sorted(aside, key=lambda one: (one.path.as_posix(), one.name))
