"""The command «rollup»: workbooks of many districts become the region's.

Only what changed since the last time is read. A workbook that cannot be counted is told and costs
nothing else; a run that was cut off begins where it stopped.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from typing import Final

from sheetsync import __version__, store
from sheetsync.campaign.regional import row_files
from sheetsync.campaign.regional.drawing import BOOK_NAME, Drawing, is_as_written, put
from sheetsync.campaign.regional.freshness import stale
from sheetsync.campaign.regional.memory import Memory, Stamp, open_memory
from sheetsync.campaign.regional.pool import each
from sheetsync.campaign.regional.reading import PROCESS_DIED, BookFacts, entry_table, read_book_facts
from sheetsync.campaign.regional.rows import row_record, rows_of
from sheetsync.campaign.regional.sources import Found, Named, find_sources
from sheetsync.columns import REGION_ROWS
from sheetsync.district.bodies import OutRecord
from sheetsync.findings import grouped, make, needs_user
from sheetsync.model import Finding, Origin
from sheetsync.notices import say
from sheetsync.region.bodies import Bodies, body_of
from sheetsync.region.choosing import chosen
from sheetsync.region.links import MOST_LINKS
from sheetsync.region.model import Source
from sheetsync.region.notices import RegionNotice
from sheetsync.region.panel import panel_cells
from sheetsync.region.rollup import Region, rolled_up
from sheetsync.values import dataclass

Progress = Callable[[int, int, str], None]
"""Called with (done, all, name) as workbooks are read or files written."""

_DRAWN: Final = "book"
_KEPT_EVERY: Final = 50
"""So many workbooks are read between two writings of the memory."""


@dataclass(frozen=True, slots=True)
class RollupResult:
    """The region of one run; ``path`` is its workbook, which may have needed no writing."""

    region: Region
    path: Path | None
    findings: tuple[Finding, ...]
    read: int
    kept: int
    is_written: bool
    row_folder: Path | None = None

    @property
    def needs_user(self) -> bool:
        return self.path is None or needs_user(self.findings)


def rollup(
    places: Sequence[Path],
    out: Path,
    *,
    period: str = "",
    with_rows: bool = False,
    progress: Progress = lambda *_: None,
    row_progress: Progress = lambda *_: None,
) -> RollupResult:
    """Make or bring up to date the workbook of a region in the folder ``out``.

    ``with_rows`` writes the rows as Parquet also where they fit a sheet.
    Raises ``store.StoreError`` when the folder is a district's own, or the disk refuses.
    """
    if store.Campaign(out).workbook.exists():
        raise store.StoreError(say(RegionNotice.OUT_IS_CAMPAIGN, folder=out))
    if with_rows and not row_files.can_write():
        raise store.StoreError(say(RegionNotice.NO_PYARROW))
    found = find_sources(places, out)
    with open_memory(out) as memory:
        run = _Run(out, memory, found, with_rows, row_progress)
        return run.done(period, progress)


@dataclass
class _Run:
    """One roll-up into one folder."""

    out: Path
    memory: Memory
    found: Found
    with_rows: bool
    row_progress: Progress
    _read: int = 0
    _paths: dict[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._paths = {one.link: one.path for one in self.found.books}

    def done(self, period: str, progress: Progress) -> RollupResult:
        sources = self._sources(progress)
        choice = chosen(sources, period)
        choice = replace(choice, findings=(*self.found.findings, *choice.findings))
        region = rolled_up(choice)
        kept = len(sources) - self._read
        if not region.districts:
            return RollupResult(region, None, region.findings, self._read, kept, is_written=False)
        digest = self._digest(region)
        last_digest, _, last = self.memory.drawn(_DRAWN).partition(" ")
        last_sha256, _, folder = last.partition(" ")
        if (
            last_digest == digest
            and is_as_written(self.out, last_sha256, BOOK_NAME)
            and self._has_rows(region)
        ):
            rows = self.out / folder if folder else None
            told = (*region.findings, *self._row_findings(region), *Bodies(region).drawn().findings)
            return self._result(region, self.out / BOOK_NAME, told, rows, is_written=False)
        return self._drawn(region, digest, last_sha256)

    def _drawn(self, region: Region, digest: str, last_sha256: str) -> RollupResult:
        rows = self._row_folder(region)
        failed: tuple[Finding, ...] = ()
        if rows:
            pairs = [(one, self._path_of(one.source)) for one in region.districts]
            failed = row_files.write_row_files(pairs, rows, self.memory, self.row_progress)
        told = (*self._row_findings(region), *failed)
        shown = replace(region, findings=grouped((*region.findings, *told)))
        drawn = Bodies(shown).drawn()
        rows_body = body_of(REGION_ROWS, partial(self._rows, region), _ROW_IDENTITY)
        bodies = {**drawn.bodies, REGION_ROWS.name: rows_body}
        where = put(Drawing(bodies, panel_cells(region)), self.out, last_sha256)
        if where.path.name == BOOK_NAME and not failed:
            folder = rows.name if rows else ""
            self.memory.keep_drawn(_DRAWN, f"{digest} {where.sha256} {folder}".rstrip())
        findings = (*shown.findings, *drawn.findings, *where.findings)
        return self._result(region, where.path, findings, rows, is_written=True)

    def _result(
        self, region: Region, path: Path, told: Sequence[Finding], rows: Path | None, *, is_written: bool
    ) -> RollupResult:
        kept = len(self.found.books) - self._read
        return RollupResult(region, path, grouped(told), self._read, kept, is_written, rows)

    # --- reading

    def _sources(self, progress: Progress) -> list[Source]:
        known: dict[Path, BookFacts] = {}
        new: list[tuple[Named, Stamp | None]] = []
        for one in self.found.books:
            stamp = Stamp.of(one.path)
            kept = self._kept(one, stamp) if stamp else None
            if kept:
                known[one.path] = kept
            else:
                new.append((one, stamp))
        known.update(self._read_now(new, progress))
        return [self._source(one, known[one.path]) for one in self.found.books]

    def _kept(self, one: Named, stamp: Stamp) -> BookFacts | None:
        """What is known of a workbook that is still the same."""
        kept = self.memory.unchanged(one.path, stamp, one.name)
        if kept:
            return kept
        began = time.time_ns()
        kept = self.memory.touched(one.path, stamp, one.name)
        if kept:
            self.memory.keep(one.path, stamp, began, kept)
        return kept

    def _read_now(
        self, new: Sequence[tuple[Named, Stamp | None]], progress: Progress
    ) -> Iterator[tuple[Path, BookFacts]]:
        stamps = {one.path: stamp for one, stamp in new}
        began = time.time_ns()
        tasks = [one for one, _ in new]
        for done, (one, facts) in enumerate(each(_read, tasks, _died), start=1):
            stamp = stamps[one.path]
            if stamp and facts.is_settled:
                self.memory.keep(one.path, stamp, began, facts)
            if done % _KEPT_EVERY == 0:
                self.memory.commit()
            self._read = done
            progress(done, len(tasks), one.name)
            yield one.path, facts
        self.memory.commit()

    def _source(self, one: Named, book: BookFacts) -> Source:
        told = list(book.findings)
        if book.facts and store.is_open_elsewhere(one.path):
            told.append(make("L105", origin=Origin(one.name)))
        if book.facts and one.campaign:
            late = stale(one.campaign, one.name, book.sha256, self.memory)
            told += [late] if late else []
        return Source(
            one.name, one.link, book.sha256, book.facts, tuple(told), is_campaign=one.campaign is not None
        )

    def _path_of(self, source: Source) -> Path:
        return self._paths[source.link]

    # --- rows

    def _entries(self, region: Region) -> int:
        return sum(one.facts.entries for one in region.districts)

    def _fit(self, region: Region) -> bool:
        return self._entries(region) <= MOST_LINKS

    def _row_folder(self, region: Region) -> Path | None:
        wanted = self.with_rows or not self._fit(region)
        return self.out / row_files.ROWS_FOLDER if wanted and row_files.can_write() else None

    def _has_rows(self, region: Region) -> bool:
        """Whether the files of rows, if there are to be any, lie where the last run put them."""
        folder = self._row_folder(region)
        if folder is None:
            return True
        known = self.memory.row_files()
        files = (known.get(str(self._path_of(one.source)), ("", "")) for one in region.districts)
        return all(name and (folder / name).exists() for _, name in files)

    def _row_findings(self, region: Region) -> tuple[Finding, ...]:
        if self._fit(region):
            return ()
        rows = self._entries(region)
        folder = self._row_folder(region)
        return (make("L116", rows=rows, folder=folder.name) if folder else make("L117", rows=rows),)

    def _rows(self, region: Region) -> Iterator[OutRecord]:
        """The rows of every district, while a sheet has room and links for them."""
        if not self._fit(region):
            return
        for district in region.districts:
            path = self._path_of(district.source)
            with store.disk_errors(path):
                table = entry_table(path.read_bytes(), district.source.name)
            for number, values in rows_of(table) if table else ():
                yield row_record(district, number, values)

    def _digest(self, region: Region) -> str:
        """What the workbook is made from: the same digest, the same workbook."""
        told = [__version__, region.choice.period, str(self.with_rows), str(row_files.can_write())]
        for one in region.choice.standings:
            source = one.source
            told += [one.standing, one.title, source.name, source.link, source.sha256]
        told += [repr(one) for one in region.findings]
        return hashlib.sha256("\x1f".join(told).encode("utf-8", "surrogatepass")).hexdigest()


_ROW_IDENTITY: Final = ("district", "participant", "key", "number", "title")


def _read(one: Named) -> BookFacts:
    return read_book_facts(one.path, one.name)


def _died(one: Named) -> BookFacts:
    return BookFacts("", None, (make("X999", origin=Origin(one.name), what=PROCESS_DIED),), is_settled=False)
