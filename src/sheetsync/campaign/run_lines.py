"""What «Журнал» tells of one run: tables put right, copies that came, and the outcome in one line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from sheetsync.columns import DISTRICT_TABLES
from sheetsync.district.panel import run_note
from sheetsync.merge.received import Received
from sheetsync.model import Consolidation, Event, JournalLine
from sheetsync.notices import Notice, say


class RunLines(Struct, frozen=True):
    """Lines of one run: its number, when it was, and copies known before it by their sha256."""

    number: int
    at: datetime
    met_before: Collection[str]

    def mended(self, made_anew: Collection[str]) -> list[JournalLine]:
        """Tables another program lost and that were made anew."""
        return [
            self._line(Event.MENDED, note=say(Notice.TABLE_MENDED, sheet=spec.sheet, table=spec.name))
            for spec in DISTRICT_TABLES
            if spec.name in made_anew
        ]

    def arrivals(self, received: Iterable[Received], found: Consolidation) -> list[JournalLine]:
        """Copies nobody has told of yet."""
        names = {one.code: one.short_name for one in found.plan.participants}
        return [
            self._line(
                Event.RECEIVED,
                ", ".join(names.get(code, code) for code in one.participants),
                one.origin.file,
                say(Notice.ARRIVAL, day=f"{one.received_on:%d.%m.%Y}"),
            )
            for one in received
            if one.received_on and one.origin.sha256 and self._is_new(one)
        ]

    def outcome(self, found: Consolidation) -> JournalLine:
        return self._line(Event.CONSOLIDATED, note=run_note(found))

    def counted(self, event: Event, told: Sequence[tuple[str, str]]) -> list[JournalLine]:
        """One line a participant: pairs of its short name and what is to be told of it."""
        return [self._line(event, name, note=note) for name, note in told]

    def _is_new(self, one: Received) -> bool:
        return one.order == self.number or one.origin.sha256 not in self.met_before

    def _line(self, event: Event, participant: str = "", file: str = "", note: str = "") -> JournalLine:
        return JournalLine(self.number, self.at, event, participant, file, note)
