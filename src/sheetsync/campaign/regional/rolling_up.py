"""The command «rollup»: workbooks of many districts become the region's.

Only what changed since the last time is read. A workbook that cannot be counted is told and costs
nothing else; a run that was cut off begins where it stopped.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import __version__, store
from sheetsync.campaign.regional import row_files
from sheetsync.campaign.regional.drawing import (
    BOOK_NAME,
    Before,
    Drawing,
    bare,
    drawn,
    is_as_written,
    put,
    read_old,
)
from sheetsync.campaign.regional.gathering import Gathering, Progress
from sheetsync.campaign.regional.memory import Memory, findings_from, findings_told, open_memory
from sheetsync.campaign.regional.reading import read_rows
from sheetsync.campaign.regional.rows import row_record, rows_of
from sheetsync.campaign.regional.sources import Found, find_sources
from sheetsync.columns import REGION_MATRIX, REGION_ROWS
from sheetsync.district.bodies import OutRecord
from sheetsync.findings import grouped, make, needs_user
from sheetsync.messages import language
from sheetsync.model import Finding
from sheetsync.notices import say
from sheetsync.region.bodies import Bodies, body_of
from sheetsync.region.choosing import chosen
from sheetsync.region.links import MOST_LINKS
from sheetsync.region.model import Source
from sheetsync.region.notices import RegionNotice
from sheetsync.region.panel import Outcome, outcome_of, panel_cells
from sheetsync.region.rollup import Region, rolled_up

_LAST: Final = "run"


class RollupResult(Struct, frozen=True):
    """The region of one run; ``path`` is its workbook, which may have needed no writing."""

    outcome: Outcome
    path: Path | None
    findings: tuple[Finding, ...]
    read: int
    kept: int
    is_written: bool
    row_folder: Path | None
    make_region: Callable[[], Region]

    @property
    def region(self) -> Region:
        """Everything the workbook shows. A run that found nothing changed makes it when asked."""
        return self.make_region()

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
    asked = Asked(out, period, with_rows, find_sources(places, out))
    with _alone_in(out), open_memory(out) as memory:
        return _Run(asked, memory, progress, row_progress).done()


@contextlib.contextmanager
def _alone_in(out: Path) -> Iterator[None]:
    """Nobody else rolls up into the folder meanwhile. Raises ``store.StoreError``."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(store.one_writer(store.Campaign(out), datetime.now(tz=UTC), "rollup"))
        except store.CampaignLocked as error:
            raise store.StoreError(say(RegionNotice.BUSY, folder=out)) from error
        yield


class Asked(Struct, frozen=True):
    """What a roll-up was asked for, and the workbooks it found."""

    out: Path
    period: str
    with_rows: bool
    found: Found

    @property
    def rows_folder(self) -> Path:
        return self.out / row_files.ROWS_FOLDER


def region_of(asked: Asked, sources: Sequence[Source]) -> Region:
    """The region these workbooks make."""
    choice = chosen(sources, asked.period)
    return rolled_up(replace(choice, findings=(*asked.found.findings, *choice.findings)))


def _region_anew(asked: Asked) -> Region:
    """The same from what is remembered of the workbooks."""
    with open_memory(asked.out) as memory:
        gathering = Gathering(memory, asked.found.books)
        gathering.take_in(lambda _: None, lambda *_: None)
        return region_of(asked, gathering.sources())


class _Sheets(Struct, frozen=True):
    """What the workbook is to show, the region as it says so, and all there is to tell."""

    drawing: Drawing
    shown: Region
    findings: tuple[Finding, ...]


class _Run:
    """One roll-up into one folder."""

    def __init__(self, asked: Asked, memory: Memory, progress: Progress, row_progress: Progress) -> None:
        self._asked = asked
        self._memory = memory
        self._progress = progress
        self._row_progress = row_progress
        self._books = Gathering(memory, asked.found.books)
        self._paths = {one.link: one.path for one in asked.found.books}
        self._last: dict[str, Any] = memory.last(_LAST) or {}
        self._unread: dict[Path, Finding] = {}

    def done(self) -> RollupResult:
        books = self._books
        if not books.new and (same := self._as_before(self._digest())):
            return same
        books.take_in(self._rows_into, self._progress)
        if books.new and (same := self._as_before(self._digest())):
            return same
        region = region_of(self._asked, books.sources())
        if not region.districts:
            return self._result(region, None, region.findings, None)
        return self._drawn(region)

    def _digest(self) -> str:
        """What the workbook is made from: the same digest, the same workbook."""
        asked = self._asked
        told = [__version__, language(), asked.period, str(asked.with_rows), str(row_files.can_write())]
        told += map(repr, asked.found.findings)
        for one in asked.found.books:
            told += [one.name, one.link, self._books.sha256(one.path), str(one.campaign is not None)]
            told += map(repr, self._books.told_of(one))
        return hashlib.sha256("\x1f".join(told).encode("utf-8", "surrogatepass")).hexdigest()

    def _as_before(self, digest: str) -> RollupResult | None:
        """The result of the last run, when this one would come to the same."""
        last, out = self._last, self._asked.out
        if last.get("digest") != digest or not is_as_written(out, last["sha256"]):
            return None
        folder = self._asked.rows_folder if last["has_rows"] else None
        if folder:
            current = [(sha256, Path(path)) for sha256, path in last["counted"]]
            if not row_files.has_row_files(current, folder, self._memory):
                return None
        periods, rates = tuple(last["outcome"][4]), tuple(last["outcome"][-1])
        return RollupResult(
            Outcome(*last["outcome"])._replace(periods=periods, rates=rates),
            out / BOOK_NAME,
            findings_from(last["findings"]),
            self._books.read,
            len(self._books.books) - self._books.read,
            is_written=False,
            row_folder=folder,
            make_region=cache(partial(_region_anew, self._asked)),
        )

    def _result(
        self, region: Region, path: Path | None, told: Sequence[Finding], rows: Path | None
    ) -> RollupResult:
        return RollupResult(
            outcome_of(region),
            path,
            grouped(told),
            self._books.read,
            len(self._books.books) - self._books.read,
            is_written=path is not None,
            row_folder=rows,
            make_region=lambda: region,
        )

    # --- drawing

    def _drawn(self, region: Region) -> RollupResult:
        asked, memory = self._asked, self._memory
        rows, failed = self._row_files(region)
        told = (*self._row_findings(region), *failed)
        old = read_old(asked.out)
        before = Before(memory, frozenset(self._last.get("columns", ())))
        into = self._into(old, before.columns)
        sheets = self._sheets(region, told)
        data = drawn(sheets.drawing, into, asked.out, before)
        if unread := tuple(self._unread.values()):  # known only now: «Замечания» are to tell of it too
            sheets = self._sheets(region, tuple(dict.fromkeys((*told, *unread))))
            data = drawn(sheets.drawing, into, asked.out, before)
        where = put(data, asked.out, old)
        memory.forget_blocks(memory.block_digests() - before.used)
        result = self._result(sheets.shown, where.path, (*sheets.findings, *where.findings), rows)
        if where.path.name == BOOK_NAME:
            columns = before.columns | set(sheets.drawing.bodies[REGION_MATRIX.name].headers)
            self._keep(result, where.sha256, into, old, columns, is_settled=not (failed or unread))
        return replace(result, make_region=lambda: region)

    def _sheets(self, region: Region, told: Sequence[Finding]) -> _Sheets:
        shown = replace(region, findings=grouped((*region.findings, *told)))
        bodies = Bodies(shown).drawn()
        rows = body_of(REGION_ROWS, partial(self._rows, region), _ROW_IDENTITY)
        drawing = Drawing({**bodies.bodies, REGION_ROWS.name: rows}, panel_cells(region))
        return _Sheets(drawing, shown, (*shown.findings, *bodies.findings))

    def _into(self, old: bytes | None, columns: frozenset[str]) -> bytes | None:
        """The workbook to draw into, as far as may be without the rows of earlier runs; ``None`` for the
        template."""
        if old is None:
            return None
        digest = store.sha256(old)
        if digest == self._last.get("sha256"):
            if self._last["into"] == _TEMPLATE:
                return None
            return old if self._last["into"] == _WHOLE else self._memory.bare(digest) or old
        return bare(old, self._asked.out, columns) or old

    def _keep(
        self,
        result: RollupResult,
        sha256: str,
        into: bytes | None,
        old: bytes | None,
        columns: frozenset[str],
        *,
        is_settled: bool,
    ) -> None:
        """Remember the run for those to come."""
        if into is not None and into is not old:
            self._memory.keep_bare(sha256, into)
        counted = [(one.source.sha256, str(self._path_of(one.source))) for one in result.region.districts]
        self._memory.keep_last(
            _LAST,
            {
                "digest": self._digest() if is_settled else "",
                "sha256": sha256,
                "into": _TEMPLATE if into is None else _WHOLE if into is old else _BARE,
                "columns": sorted(columns - set(REGION_MATRIX.headers)),
                "outcome": result.outcome,
                "findings": findings_told(result.findings),
                "has_rows": result.row_folder is not None,
                "counted": counted if result.row_folder else [],
            },
        )

    # --- rows

    def _path_of(self, source: Source) -> Path:
        return self._paths[source.link]

    def _rows_into(self, rows: int) -> Path | None:
        """Where the rows of a workbook go as it is read, there being so many in all."""
        is_wanted = self._asked.with_rows or rows > MOST_LINKS or self._last.get("has_rows")
        if not is_wanted or not row_files.can_write():
            return None
        folder = self._asked.rows_folder
        with store.disk_errors(folder):
            folder.mkdir(exist_ok=True)
        return folder

    def _row_files(self, region: Region) -> tuple[Path | None, tuple[Finding, ...]]:
        """The folder with the files of rows, if there are to be any, and what went wrong with them."""
        folder = self._asked.rows_folder
        if not self._has_row_files(region):
            row_files.remove_others({}, folder, self._memory)
            return None, ()
        pairs = [(one, self._path_of(one.source)) for one in region.districts]
        return folder, row_files.write_row_files(pairs, folder, self._memory, self._row_progress)

    def _has_row_files(self, region: Region) -> bool:
        return row_files.can_write() and (self._asked.with_rows or not _fit(region))

    def _row_findings(self, region: Region) -> tuple[Finding, ...]:
        if _fit(region):
            return ()
        rows = _entries(region)
        if row_files.can_write():
            return (make("L116", rows=rows, folder=row_files.ROWS_FOLDER),)
        return (make("L117", rows=rows),)

    def _rows(self, region: Region) -> Iterator[OutRecord]:
        """The rows of every district, while a sheet has room and links for them."""
        if not _fit(region):
            return
        for district in region.districts:
            path = self._path_of(district.source)
            with store.disk_errors(path):
                data = path.read_bytes()
            pieces = read_rows(data, district.source.name)
            if isinstance(pieces, Finding):
                self._unread[path] = pieces
                continue
            for one in pieces:
                for number, values in rows_of(one):
                    yield row_record(district, number, values)


_ROW_IDENTITY: Final = ("district", "participant", "key", "number", "title")

_TEMPLATE: Final = "template"
_BARE: Final = "bare"
_WHOLE: Final = "whole"


def _fit(region: Region) -> bool:
    return _entries(region) <= MOST_LINKS


def _entries(region: Region) -> int:
    """Rows in all «Исполнение» of the districts."""
    return sum(one.facts.entries for one in region.districts)
