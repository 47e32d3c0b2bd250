"""Copies of «Получено» read by workers, or known to say what they said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from msgspec import Struct, field

from sheetsync import store
from sheetsync.campaign.parts.around import CopyTask, digest_of
from sheetsync.campaign.parts.memory import Memory
from sheetsync.campaign.parts.part import CopyRead
from sheetsync.intake.senders import names_of
from sheetsync.journal import KnownCopy
from sheetsync.merge.received import Received
from sheetsync.model import Origin, Plan, Verdict
from sheetsync.plan.name_index import keep_signs, signs_of


class Reading(Struct, dict=True):
    """What a collector asks instead of reading here and now.

    ``digest`` is what readings depend on beside the copies; ``places`` tell where the memory has the
    reading of each copy; ``tasks`` are copies nobody has read yet.
    """

    campaign: store.Campaign
    memory: Memory
    digest: str
    places: dict[Origin, str] = field(default_factory=dict)
    tasks: dict[Origin, CopyTask] = field(default_factory=dict)
    _read_now: dict[Origin, Received] = field(default_factory=dict)
    _not_kept: dict[Origin, bytes] = field(default_factory=dict)
    """What was read in this run and is not to be remembered."""

    @cached_property
    def _known(self) -> dict[str, Received]:
        return self.memory.readings(self.digest)

    def read(self, content: Callable[[], bytes], origin: Origin, arrival: KnownCopy) -> Received:
        """The copy as it is remembered; for one that waits for a worker, something that stands for it."""
        place = self.places[origin] = self._place(origin, arrival)
        known = self._known.get(place)
        if known is None:
            self._keep_whole(content, origin.sha256)
            self.tasks[origin] = CopyTask(origin, arrival.run, arrival.name, arrival.received_on)
        return known or Received(origin, Verdict.ACCEPTED)

    def recalled(self, origin: Origin, arrival: KnownCopy, anew: Callable[[], Received]) -> Received:
        """The copy as it is remembered, else ``anew``; what is read so is not remembered."""
        place = self.places[origin] = self._place(origin, arrival)
        known = self._known.get(place)
        if known is None:
            read = CopyRead.of(anew())
            self._not_kept[origin] = read.packed
            return read.light
        return known

    def _place(self, origin: Origin, arrival: KnownCopy) -> str:
        return f"{self.digest} {digest_of(origin, arrival)}"

    def know_names(self, plan: Plan) -> None:
        """What the names of the roster are found by is worked out once, for all who read and all runs."""
        names = names_of(plan)
        digest = digest_of(names)
        signs = self.memory.signs_of_names(digest)
        if signs is None:
            self.memory.keep_signs_of_names(digest, signs_of(names))
        else:
            keep_signs(names, signs)

    def _keep_whole(self, content: Callable[[], bytes], digest: str) -> None:
        """Workers read what is kept of a copy: it is made good where the disk spoilt it since."""
        data = content()
        if store.read_original(self.campaign, digest) != data and store.sha256(data) == digest:
            store.write_atomically(store.original_path(self.campaign, digest), data, mode=0o400)

    def take(self, task: CopyTask, read: CopyRead) -> None:
        """A worker has read a copy."""
        self.memory.add_reading(self.places[task.origin], read)
        self._read_now[task.origin] = read.light

    def finished(self, collected: Sequence[Received]) -> list[Received]:
        """What was collected, with every copy that waited as it was read."""
        return [self._read_now.get(one.origin, one) for one in collected]

    def as_read(self, one: Received) -> bytes | Received:
        """All of a copy that was read, packed; of any other file what is told of it is all."""
        if not self.is_read(one):
            return one
        return self._not_kept.get(one.origin) or self.memory.packed(self.places[one.origin])

    def is_read(self, one: Received) -> bool:
        """Whether this is a copy, and not a file set aside or one sent along."""
        return one.origin in self.places and one.attached is None and one.verdict is not Verdict.DUPLICATE

    def tidy(self) -> None:
        """Forget copies that lie there no more, and those a run stumbled over."""
        accidents = {origin for origin, read in self._read_now.items() if is_accident(read)}
        kept = frozenset(place for origin, place in self.places.items() if origin not in accidents)
        self.memory.keep_readings(kept)


def is_accident(read: Received) -> bool:
    """Whether another reading of the same bytes may go well."""
    return any(one.code == "X999" for one in read.findings)
