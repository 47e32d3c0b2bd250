"""What lies in «Получено» becomes received copies: every file is read, none stops the others."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sheetsync import store
from sheetsync.findings import make
from sheetsync.intake.read import CopyReading, Known, read_copy
from sheetsync.journal import Journal, KnownCopy
from sheetsync.merge.received import CensusItem, Received
from sheetsync.model import Finding, Origin, Plan, Verdict
from sheetsync.workbooks.census import census
from sheetsync.workbooks.copies import open_copy

WORKBOOK_SUFFIXES: Final = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".xltx", ".fods", ""})
_LOCK_PREFIXES: Final = ("~$", ".~lock.")
_SYSTEM_NAMES: Final = frozenset({"desktop.ini", "thumbs.db", ".ds_store"})

Progress = Callable[[int, int, str], None]
"""Called with (done, all, name) as files are read."""


@dataclass(frozen=True, slots=True)
class Collector:
    """Reads the copies of one campaign against its plan."""

    campaign: store.Campaign
    plan: Plan
    journal: Journal
    run: int
    today: date
    keep: bool = True
    """Whether originals and arrivals are recorded (a dry run records nothing)."""

    def collect(self, progress: Progress) -> tuple[Received, ...]:
        """Every file of «Получено», in the order of their names; duplicates are marked, not read."""
        files = sorted(received_files(self.campaign.received), key=str)
        known = self.journal.copies()
        first_names: dict[str, str] = {}
        collected = []
        for done, path in enumerate(files):
            name = path.relative_to(self.campaign.received).as_posix()
            progress(done, len(files), name)
            collected.append(self._receive(path, name, known, first_names))
        progress(len(files), len(files), "")
        return tuple(collected)

    def _receive(
        self, path: Path, name: str, known: dict[str, KnownCopy], first_names: dict[str, str]
    ) -> Received:
        other = not_a_copy(path)
        if other is not None:
            return self._set_aside(name, other)
        try:
            data = path.read_bytes()
            changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
        except OSError as error:
            finding = make("F111", origin=Origin(name), what=error.strerror or str(error))
            return Received(Origin(name), self.today, self.run, Verdict.REFUSED, (), (finding,), ())
        digest = store.sha256(data)
        origin = Origin(name, digest)
        arrival = known.get(digest) or KnownCopy(digest, name, self.run, min(changed, self.today))
        if digest in first_names:
            finding = make("V207", origin=origin, name=first_names[digest])
            return Received(origin, arrival.received_on, arrival.run, Verdict.DUPLICATE, (), (finding,), ())
        first_names[digest] = name
        self._record(data, arrival)
        return self._read(data, origin, arrival)

    def _set_aside(self, name: str, code: str) -> Received:
        what = Path(name).suffix.lstrip(".").lower()
        finding = make(code, origin=Origin(name), name=Path(name).name, what=what)
        return Received(Origin(name), self.today, self.run, Verdict.SKIPPED, (), (finding,), ())

    def _record(self, data: bytes, arrival: KnownCopy) -> None:
        if self.keep:
            store.keep_original(self.campaign, data)
            self.journal.add_copy(arrival)

    def _read(self, data: bytes, origin: Origin, arrival: KnownCopy) -> Received:
        try:
            reading, items = read_received(data, origin, self.plan, self._known_texts())
        except Exception as error:  # noqa: BLE001 - one file never stops the others: X999 and a saved trace
            self._save_trace(origin)
            finding = make("X999", origin=origin, what=type(error).__name__)
            reading, items = CopyReading(Verdict.REFUSED, (), (finding,)), ()
        return Received(
            origin,
            arrival.received_on,
            arrival.run,
            reading.verdict,
            reading.submissions,
            reading.findings,
            items,
        )
