"""Groups of participants judged by workers, or known to come to what they came to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Final

from msgspec import Struct, field

from sheetsync.campaign.parts.around import Around, Decided, GroupTask, digest_of
from sheetsync.campaign.parts.memory import Memory
from sheetsync.campaign.parts.part import CopyRead, Head, Part
from sheetsync.campaign.parts.reading import Reading
from sheetsync.checks.between import Mentions, between, sharing
from sheetsync.journal import RowKey, answers_in
from sheetsync.merge.groups import Group, Sent, groups_of
from sheetsync.merge.packing import unpacked_mentions
from sheetsync.merge.received import Received
from sheetsync.model import AnswerMark, Finding

Codes = tuple[str, ...]
_JOINT: Final = ":"
_NOBODY: Final[Codes] = ()


class _Known(Struct, frozen=True):
    """A part: what it was made from, and what each of its participants mentions; the head only of one an
    earlier run made, any other is fetched when all are there."""

    inputs: str
    keys: Mapping[str, bytes]
    head: Head | None = None


class Judging(Struct, dict=True):
    """The parts of one run.

    ``decided`` are decisions by participant, ``told`` what was found before anything was received.
    """

    around: Around
    memory: Memory
    reading: Reading
    decided: Mapping[str, Decided]
    told: tuple[Finding, ...] = ()
    received: Sequence[Received] = ()
    _groups: dict[Codes, Group] = field(default_factory=dict)
    _parts: dict[Codes, _Known] = field(default_factory=dict)
    _bases: dict[Codes, str] = field(default_factory=dict)
    """What groups are made from but what they share, once it is known who sent what."""

    def __post_init__(self) -> None:
        self._digest = self.around.judging_digest()
        for codes, one in self.memory.parts().items():
            self._parts[codes] = _Known(one.inputs, one.head.keys(), one.head)

    def take(self, codes: Codes, inputs: str, part: Part) -> None:
        """A part was made."""
        self.memory.add_part(codes, inputs, part)
        self._parts[codes] = _Known(inputs, part.keys)

    def take_read(self, read: CopyRead) -> None:
        """A copy was read, and with it, it may be, all its participant sent."""
        if read.part:
            codes = read.part.codes
            self.take(codes, f"{self._base(codes, [read.light], ())}{_JOINT}", read.part)

    # --- tasks

    def unjudged(self, received: Sequence[Received], told: tuple[Finding, ...]) -> list[Group]:
        """Groups that are to be judged, now that it is known who sent what."""
        self.received, self.told = received, told
        sent = (
            Sent(number, one.origin.file, one.origin.sha256, self._whose(one))
            for number, one in enumerate(received)
        )
        self._bases.clear()
        self._groups = {group.codes: group for group in groups_of(self.around.plan, sent)}
        return [group for group in self._groups.values() if not self._is_judged(group)]

    def answers(self, codes: Set[str]) -> dict[RowKey, AnswerMark]:
        """What the rows of these participants say."""
        groups = [group for group in self._groups if not codes.isdisjoint(group)]
        said = (one for group in groups for one in self.memory.words(group).said.items())
        return {place: mark for own in said if own[0] in codes for place, mark in answers_in(*own).items()}

    def all_tasks(self) -> Iterator[GroupTask]:
        """Every group as it would be judged again, in the order of the roster."""
        return map(self.task, self._groups.values())

    def tasks_of_sharing(self) -> Iterator[GroupTask]:
        """Groups that share something with others and were judged as if they did not."""
        keys = {code: own for codes in self._groups for code, own in self._parts[codes].keys.items()}
        before = self.memory.sharing()
        now = sharing(keys, before)
        if now is not before:
            self.memory.keep_sharing(now)
        shared = self._shared(now.codes)
        stale = [
            (group, own)
            for codes, group in self._groups.items()
            if self._parts[codes].inputs != self._whole_inputs(group, own := shared.get(codes, ()))
        ]
        return (self.task(group, own) for group, own in stale)

    def heads(self) -> list[Head]:
        """All parts, in the order of the roster."""
        return [self._head(codes) for codes in self._groups]

    def inputs(self) -> list[tuple[Codes, str]]:
        """Whose the parts are, in the same order, and what each was made from."""
        return [(codes, self._parts[codes].inputs) for codes in self._groups]

    def tidy(self) -> None:
        """Forget parts of groups that are no more."""
        self.memory.keep_parts(self._groups.keys())

    def _head(self, codes: Codes) -> Head:
        return self._parts[codes].head or self.memory.head(codes)

    def _whose(self, one: Received) -> tuple[str, ...]:
        return tuple(code for code in one.participants if self.around.plan.participant(code))

    def task(self, group: Group, shared: tuple[Finding, ...] = ()) -> GroupTask:
        """What a group is judged by: all that was read of its files."""
        files = [self.reading.as_read(self.received[number]) for number in group.files]
        return GroupTask(
            group.codes,
            tuple(one for one in files if isinstance(one, bytes)),
            tuple(one for one in files if isinstance(one, Received)),
            self._decided(group.codes),
            self._told_of(group),
            shared,
            self._whole_inputs(group, shared),
            self._head(group.codes).shown if group.codes in self._parts else "",
        )

    # --- what a part was made from

    def _is_judged(self, group: Group) -> bool:
        known = self._parts.get(group.codes)
        return known is not None and known.inputs.partition(_JOINT)[0] == self._base_of(group)

    def _whole_inputs(self, group: Group, shared: tuple[Finding, ...]) -> str:
        """Equal for equal parts; behind the colon stands what is shared, which alone may be known late."""
        return f"{self._base_of(group)}{_JOINT}{digest_of(shared) if shared else ''}"

    def _base_of(self, group: Group) -> str:
        base = self._bases.get(group.codes)
        if base is None:
            files = [self.received[number] for number in group.files]
            base = self._bases[group.codes] = self._base(group.codes, files, self._told_of(group))
        return base

    def _base(self, codes: Codes, files: Sequence[Received], told: tuple[Finding, ...]) -> str:
        sent = [self.reading.places[one.origin] if self.reading.is_read(one) else repr(one) for one in files]
        return digest_of(self._digest, codes, sorted(sent), self._decided(codes), told)

    def _decided(self, codes: Codes) -> Decided:
        own = [self.decided[code] for code in codes if code in self.decided]
        return Decided(
            {place: one for some in own for place, one in some.decisions.items()},
            {place: one for some in own for place, one in some.on.items()},
        )

    def _told_of(self, group: Group) -> tuple[Finding, ...]:
        """What was found beforehand of a file goes with the file, everything else with nobody's."""
        if group.codes == _NOBODY:
            named = {
                self.received[number].origin.file
                for other in self._groups.values()
                if other.codes
                for number in other.files
            }
            return tuple(one for one in self.told if one.origin.file not in named or not one.origin.file)
        files = {self.received[number].origin.file for number in group.files}
        return tuple(one for one in self.told if one.origin.file and one.origin.file in files)

    def _shared(self, codes: frozenset[str]) -> dict[Codes, tuple[Finding, ...]]:
        """What participants share with others, by their groups."""
        mentions: dict[str, Mentions] = {}
        for group in self._groups:
            if not codes.isdisjoint(group):
                mentions |= unpacked_mentions(self.memory.words(group).mentions)
        group_of = {code: group for group in self._groups for code in group}
        found: dict[Codes, list[Finding]] = {}
        for one in between(self.around.plan.participants, mentions):
            found.setdefault(group_of[one.participant or ""], []).append(one)
        return {group: tuple(some) for group, some in found.items()}
