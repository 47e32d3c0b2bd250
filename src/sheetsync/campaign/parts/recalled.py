"""Copies read in earlier runs, for a run that judges everybody at once: only what changed is read.

The memory is that of runs by parts; each kind of run finds what the other has read. One the disk spoils
costs only what was remembered.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from msgspec import Struct, field

from sheetsync import store
from sheetsync.campaign.parts.around import digest_of, reading_digest
from sheetsync.campaign.parts.keeping import DamagedMemoryError
from sheetsync.campaign.parts.memory import Memory, open_memory
from sheetsync.campaign.parts.part import CopyRead
from sheetsync.campaign.parts.reading import is_accident
from sheetsync.campaign.past_periods import PastPeriods
from sheetsync.journal import Journal, KnownCopy
from sheetsync.merge.packing import unpacked
from sheetsync.merge.received import Received
from sheetsync.model import Origin, Plan


class Recalled(Struct):
    """Readings of one campaign as it is now; ``digest`` is what they depend on beside the copies.

    Without a memory every copy is read.
    """

    memory: Memory | None
    digest: str
    is_kept: bool
    """Whether what is read is added."""
    places: set[str] = field(default_factory=set)
    """Where the memory has what was asked for."""

    def read(self, origin: Origin, arrival: KnownCopy, anew: Callable[[], Received]) -> Received:
        """A copy as it was read before, else ``anew``."""
        place = f"{self.digest} {digest_of(origin, arrival)}"
        known = self._found(place)
        if known is None:
            known = anew()
            if is_accident(known):
                return known
            self._keep(place, known)
        self.places.add(place)
        return known

    def _found(self, place: str) -> Received | None:
        if self.memory is None:
            return None
        try:
            data = self.memory.find_packed(place)
            return unpacked(data) if data else None
        except (DamagedMemoryError, ValueError):
            self.memory = None
            return None

    def _keep(self, place: str, read: Received) -> None:
        if self.memory is None or not self.is_kept:
            return
        try:
            self.memory.add_reading(place, CopyRead.of(read))
        except DamagedMemoryError:
            self.memory = None

    def tidy(self) -> None:
        """Forget copies that lie there no more."""
        if self.memory and self.is_kept:
            with contextlib.suppress(DamagedMemoryError):
                self.memory.keep_readings(self.places)


@contextlib.contextmanager
def recalled(
    campaign: store.Campaign, journal: Journal, plan: Plan, *, keep: bool, anew: bool = False
) -> Iterator[Recalled]:
    """What is remembered of the copies of a campaign read against this plan; nothing when all of them are
    to be read ``anew``. ``keep`` tells whether readings are added."""
    digest = reading_digest(plan, tuple(journal.forms()), PastPeriods.of(journal, plan))
    try:
        with contextlib.ExitStack() as stack:
            memory = None
            if not anew and (keep or campaign.memory.exists()):
                with contextlib.suppress(DamagedMemoryError):
                    memory = stack.enter_context(open_memory(campaign.memory))
            one = Recalled(memory, digest, keep)
            yield one
            one.tidy()
    except DamagedMemoryError as error:  # trouble of ours goes no further: this is the journal's
        raise error.__cause__ or error from None
