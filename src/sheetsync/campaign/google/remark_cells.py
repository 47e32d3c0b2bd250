"""The cells «Замечание района» of one school's sheet are made to say what the office wants to say.

Each pass reads the sheet, writes what differs as one batch, and looks again: rows may move between a
reading and a writing, and Google has no way to write only into what was read. What the look finds in
a wrong place is mended, also a cell of another column that was written over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.google.left_alone import TRIES, LeftAlone, lacks_form, not_understood
from sheetsync.campaign.google.locking import Locking, is_guarded
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.google.own_words import OwnWords
from sheetsync.campaign.google.readings import Reader, typed_in
from sheetsync.columns import REPORT, FormCell
from sheetsync.findings import make
from sheetsync.grid import Book
from sheetsync.intake.fields import quoted
from sheetsync.intake.layout import Layout, Spot, layout_of
from sheetsync.intake.marks import named_place
from sheetsync.journal import GoogleSheet, Journal, RemarkState, SentRemark
from sheetsync.model import Finding, Plan
from sheetsync.notices import say
from sheetsync.text import squeeze
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.google.older_form import parted
from sheetsync.workbooks.google.port import DriveFile, Google, Json, Request
from sheetsync.workbooks.google.snapshot import SNAPSHOT_FIELDS, snapshot_bytes

Wanted = Mapping[str, str]
"""What is to stand beside each activity, by its key; nothing beside all others."""

_FIELDS: Final = "userEnteredValue,textFormatRuns"


class Put(Struct, frozen=True):
    """What came of one sheet: how many remarks were put into it, how many taken out, how many accepted
    rows were closed, how many opened again."""

    put: int = 0
    taken: int = 0
    closed: int = 0
    opened: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def is_anything(self) -> bool:
        return bool(self.put or self.taken or self.closed or self.opened)


@dataclass(frozen=True)
class _Seen:
    """A sheet as one answer of Google shows it."""

    answer: Json
    book: Book
    layout: Layout

    @cached_property
    def ids(self) -> dict[str, int]:
        told = (one["properties"] for one in self.answer.get("sheets", ()))
        return {one["title"]: one.get("sheetId", 0) for one in told}

    @property
    def tick(self) -> Spot | None:
        """The cell «Отчёт готов»."""
        place = named_place(self.book, FormCell.READY)
        return (place[0].name, *place[1:]) if place else None

    def text(self, spot: Spot) -> str:
        sheet = self.book.sheet(spot[0])
        return squeeze(sheet.at(*spot[1:]).text) if sheet else ""

    def cell(self, spot: Spot) -> Json:
        """What was typed into a cell, as Google has it."""
        title, row, column = spot
        sheets = [one for one in self.answer["sheets"] if one["properties"]["title"] == title]
        for block in (block for one in sheets for block in one.get("data", ())):
            rows, at = block.get("rowData", ()), row - 1 - block.get("startRow", 0)
            cells = rows[at].get("values", ()) if 0 <= at < len(rows) else ()
            place = column - 1 - block.get("startColumn", 0)
            if 0 <= place < len(cells):
                return {name: cells[place][name] for name in _FIELDS.split(",") if name in cells[place]}
        return {}

    def request(self, spot: Spot, cell: Json) -> Request:
        title, row, column = spot
        start = {"sheetId": self.ids[title], "rowIndex": row - 1, "columnIndex": column - 1}
        return {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": _FIELDS}}


class _Writing(Struct, frozen=True):
    """One batch: what was put into which cells of a sheet as it was seen."""

    seen: _Seen
    cells: Mapping[Spot, Json]


@dataclass
class RemarkCells:
    """Puts remarks into sheets of one campaign in one run."""

    campaign: store.Campaign
    journal: Journal
    plan: Plan
    run: int
    now: datetime
    google: Google

    def __post_init__(self) -> None:
        self._reader = Reader(self.campaign, self.journal, self.plan.issue, self.run)
        self._words = OwnWords(self.journal, self.plan)

    def put(self, sheet: GoogleSheet, file: DriveFile, wanted: Wanted, accepted: Set[str]) -> Put:
        """Make the sheet say it, and close its ``accepted`` rows. Raises ``GoogleRefused`` and
        ``LeftAlone``; asked again, it goes on.

        A sheet that says it already is not written.
        """
        found = self._reader.read(self.google, sheet, file, self.now)
        first = seen = self._seen(parted(found.answer)[0], sheet)
        writings: list[_Writing] = []
        locked = self.journal.google.locked(sheet.file)
        locking = Locking(first.answer, first.layout, accepted, locked.keys() - accepted)
        while True:
            cells = self._cells(seen, sheet, wanted, writings)
            locks = list(locking.requests(seen.answer, seen.layout))
            if not cells and not locks:
                break
            if len(writings) == TRIES:
                raise LeftAlone(say(GoogleNotice.WHY_UNSETTLED))
            self.journal.google.save_locked(sheet.file, dict.fromkeys(accepted, False) | locked)
            self._expect(seen, sheet, wanted)
            writings.append(_Writing(seen, cells))
            requests = [seen.request(spot, cell) for spot, cell in cells.items()]
            self.google.write(sheet.file, [*requests, *locks])
            seen = self._seen(parted(self.google.read(sheet.file, SNAPSHOT_FIELDS))[0], sheet)
        if writings and self._is_otherwise_the_same(first, seen, writings):
            self._reader.retell(sheet, snapshot_bytes(seen.answer), found.now.issue)
        written = {
            key
            for one in writings
            for spot, cell in one.cells.items()
            if cell and (key := one.seen.layout.remarks.get(spot))
        }
        put = self._settled(seen, sheet, wanted, written)
        return self._closed(put, seen, sheet, locked, accepted)

    def _closed(
        self, put: Put, seen: _Seen, sheet: GoogleSheet, locked: Mapping[str, bool], accepted: Set[str]
    ) -> Put:
        """What is closed now is what the journal says; where the protection is gone, nothing can be."""
        if not is_guarded(seen.answer, seen.layout):
            self.journal.google.save_locked(sheet.file, {})
            told = [make("S842", participant=sheet.participant)] if accepted else []
            return replace(put, findings=(*put.findings, *told))
        self.journal.google.save_locked(sheet.file, dict.fromkeys(accepted, True))
        known = {activity for activity, is_seen in locked.items() if is_seen}
        return replace(put, closed=len(accepted - known), opened=len(locked.keys() - accepted))

    def _seen(self, answer: Json, sheet: GoogleSheet) -> _Seen:
        book = open_copy(snapshot_bytes(answer), "").book
        layout = layout_of(book, self.plan, sheet.participant) if book else None
        if book is None or layout is None or lacks_form(book):
            raise not_understood(book)
        if not layout.remarks:
            raise LeftAlone(say(GoogleNotice.WHY_NO_COLUMN, column=REPORT.column("remark").header))
        return _Seen(answer, book, layout)

    # --- what is to be written

    def _cells(
        self, seen: _Seen, sheet: GoogleSheet, wanted: Wanted, writings: list[_Writing]
    ) -> dict[Spot, Json]:
        """Cells that are to say something else: remarks, the tick, and what a moved row cost."""
        ours = self._words.put_into(sheet.file)
        cells: dict[Spot, Json] = {}
        for spot, activity in seen.layout.remarks.items():
            text, says = wanted.get(activity or "", ""), seen.text(spot)
            if says != squeeze(text) and (not says or self._words.fingerprint(says) in ours):
                cells[spot] = {"userEnteredValue": {"stringValue": text}} if text else {}
        if not writings and any(cells.values()) and seen.tick and seen.text(seen.tick):
            cells[seen.tick] = {}
        if writings:
            cells |= _spoilt(writings[-1], seen)
        return cells

    def _expect(self, seen: _Seen, sheet: GoogleSheet, wanted: Wanted) -> None:
        """From here on these words count as the office's, whatever becomes of the run."""
        present = {key for key in seen.layout.remarks.values() if key}
        standing = self._states(sheet)
        marks = [(key, self._words.fingerprint(text)) for key, text in wanted.items() if key in present]
        self.journal.google.save_remarks(
            SentRemark(sheet.file, *mark, RemarkState.SENDING)
            for mark in marks
            if standing.get(mark) is not RemarkState.STANDING
        )
        self.journal.commit()

    def _states(self, sheet: GoogleSheet) -> dict[tuple[str, str], RemarkState]:
        sent = (one for one in self.journal.google.remarks() if one.file == sheet.file)
        return {(one.activity, one.fingerprint): one.state for one in sent}

    # --- what came of it

    def _settled(self, seen: _Seen, sheet: GoogleSheet, wanted: Wanted, written: set[str]) -> Put:
        """What stands in the sheet is what the journal says from now on."""
        stand = {
            (key, self._words.fingerprint(wanted[key]))
            for spot, key in seen.layout.remarks.items()
            if key and key in wanted and seen.text(spot) == squeeze(wanted[key])
        }
        before = self._states(sheet)
        came = {mark for mark in stand if before.get(mark) is not RemarkState.STANDING}
        went = {mark for mark, state in before.items() if mark not in stand and state is not RemarkState.GONE}
        states = [(mark, RemarkState.STANDING) for mark in came] + [(mark, RemarkState.GONE) for mark in went]
        self.journal.google.save_remarks(SentRemark(sheet.file, *mark, state) for mark, state in states)
        taken = {key for key, _ in went} - {key for key, _ in stand}
        told = tuple(self._told(seen, sheet, wanted))
        return Put(len(written | {key for key, _ in came}), len(taken), findings=told)

    def _told(self, seen: _Seen, sheet: GoogleSheet, wanted: Wanted) -> Iterator[Finding]:
        """Remarks that found no place."""
        places = {key: spot for spot, key in seen.layout.remarks.items() if key}
        for key, text in wanted.items():
            row = self.plan.row(key)
            if key not in places:
                title = quoted(row.title) if row else key
                yield make("G615", participant=sheet.participant, activity=key, title=title)
            elif (says := seen.text(places[key])) != squeeze(text):
                yield make("G628", participant=sheet.participant, activity=key, value=quoted(says))

    def _is_otherwise_the_same(self, before: _Seen, after: _Seen, writings: list[_Writing]) -> bool:
        """Whether nobody but the office changed anything meanwhile."""
        ours = {spot for one in writings for spot in one.cells}
        first, last = (
            {place: said for place, said in typed_in(snapshot_bytes(one.answer)).items() if place not in ours}
            for one in (before, after)
        )
        return first == last


def _spoilt(writing: _Writing, seen: _Seen) -> Iterator[tuple[Spot, Json]]:
    """Cells that a batch hit because everything had moved, and what stood there before."""
    for spot, cell in writing.cells.items():
        meaning = seen.layout.meaning(spot)
        said = squeeze(cell.get("userEnteredValue", {}).get("stringValue", ""))
        if (
            meaning is None
            or meaning == writing.seen.layout.meaning(spot)
            or spot in seen.layout.remarks
            or seen.text(spot) != said
        ):
            continue
        was = writing.seen.layout.spot(meaning)
        before = writing.seen.cell(was) if was else {}
        if before.get("userEnteredValue", {}) != cell.get("userEnteredValue", {}):
            yield spot, before
