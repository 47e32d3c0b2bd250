"""The workbooks of one roll-up: those that lie as they lay are known, the others are read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from sheetsync import store
from sheetsync.campaign.regional.freshness import stale
from sheetsync.campaign.regional.memory import Memory, Seen, Stamp, digest_of
from sheetsync.campaign.regional.one_book import BookTask, died, read_book
from sheetsync.campaign.regional.pool import each
from sheetsync.campaign.regional.reading import BookFacts
from sheetsync.campaign.regional.sources import Named
from sheetsync.findings import make
from sheetsync.model import Finding, Origin
from sheetsync.region.model import Source

Progress = Callable[[int, int, str], None]
"""Called with (done, all, name) as workbooks are read or files written."""

_KEPT_EVERY: Final = 50
"""So many workbooks are read between two writings of the memory."""


class Gathering:
    """``new`` are the workbooks to be read, each with how it lies; ``known`` those read before."""

    def __init__(self, memory: Memory, books: tuple[Named, ...]) -> None:
        self.books = books
        self.new: dict[Path, Stamp | None] = {}
        self.known: dict[Path, Seen] = {}
        self.read = 0
        self._memory = memory
        self._facts: dict[Path, BookFacts] = {}
        self._told: dict[Path, tuple[Finding, ...]] = {}
        self._sort()
        self._rows = sum(one.rows or 0 for one in self.known.values())

    def _sort(self) -> None:
        seen = self._memory.seen()
        for one in self.books:
            stamp, known = Stamp.of(one.path), seen.get(str(one.path))
            if stamp and known and (known.is_as(stamp) or self._was_touched(one.path, stamp, known)):
                self.known[one.path] = known
            else:
                self.new[one.path] = stamp

    def _was_touched(self, path: Path, stamp: Stamp, known: Seen) -> bool:
        """Whether a workbook holds the bytes it held, whatever its time says."""
        began = time.time_ns()
        if known.stamp.size != stamp.size or known.sha256 != digest_of(path):
            return False
        self._memory.keep_time(path, stamp, began)
        return True

    # --- reading

    def take_in(self, rows_into: Callable[[int], Path | None], progress: Progress) -> None:
        """Read what is new, and recall the rest meanwhile. ``rows_into`` tells for so many rows in all
        into which folder they go."""
        began, count = time.time_ns(), len(self.new)
        results = each(read_book, self._tasks(rows_into), self.new, died, self._recall)
        for done, (task, found) in enumerate(results, start=1):
            self._facts[task.path] = found.book
            self._rows += found.book.facts.entries if found.book.facts else 0
            stamp = self.new[task.path]
            if stamp and found.book.is_settled:
                self._memory.keep(task.path, stamp, began, found.book)
            if found.rows:
                self._memory.keep_row_file(task.path, found.rows)
            if done % _KEPT_EVERY == 0:
                self._memory.commit()
            self.read = done
            progress(done, count, task.name)
        self._memory.commit()

    def _tasks(self, rows_into: Callable[[int], Path | None]) -> Iterator[BookTask]:
        for one in self.books:
            if one.path in self.new:
                yield BookTask(one.path, one.name, rows_into(self._rows))

    def _recall(self) -> None:
        for one in self.books:
            if one.path in self.known and one.path not in self._facts:
                book = self._memory.book(one.path, one.name)
                self._facts[one.path] = book or read_book(BookTask(one.path, one.name)).book

    # --- what they came to

    def sha256(self, path: Path) -> str:
        """Which bytes a workbook is; '' when nobody could tell."""
        known = self.known.get(path)
        return known.sha256 if known else self._facts[path].sha256

    def told_of(self, one: Named) -> tuple[Finding, ...]:
        """What there is to say of a workbook besides what it holds."""
        if one.path not in self._told:
            self._told[one.path] = tuple(self._look_around(one))
        return self._told[one.path]

    def _look_around(self, one: Named) -> Iterator[Finding]:
        if self._has_facts(one.path) and store.is_open_elsewhere(one.path):
            yield make("L105", origin=Origin(one.name))
        if self._has_facts(one.path) and one.campaign:
            late = stale(one.campaign, one.name, self.sha256(one.path), self._memory)
            if late:
                yield late
        if one.path not in self.known and not self._facts[one.path].is_settled:
            yield from self._facts[one.path].findings

    def _has_facts(self, path: Path) -> bool:
        known = self.known.get(path)
        return known.rows is not None if known else self._facts[path].facts is not None

    def sources(self) -> list[Source]:
        """All of them with what they hold; what is new has been read by now."""
        self._recall()
        return [self._source(one, self._facts[one.path]) for one in self.books]

    def _source(self, one: Named, book: BookFacts) -> Source:
        told = (*book.findings, *self.told_of(one)) if book.is_settled else self.told_of(one)
        return Source(one.name, one.link, book.sha256, book.facts, told, is_campaign=one.campaign is not None)
