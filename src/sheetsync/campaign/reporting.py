"""The command «report»: the analytic note and its appendix, from what the copies say now.

A late copy counts without collecting again. The same copies and decisions on the same day give the
same bytes; a note somebody edited is never written over.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.collecting import Progress
from sheetsync.campaign.desk_place import desk_at
from sheetsync.campaign.documents import filled_in
from sheetsync.campaign.files import journal_of, open_template, taken_over
from sheetsync.campaign.found_now import found_now
from sheetsync.campaign.note_files import NoteFiles, NotePut, put_note
from sheetsync.campaign.note_records import Written, figures_text, read_records
from sheetsync.campaign.parts.standing import ROWS
from sheetsync.campaign.past_periods import PastPeriods
from sheetsync.columns import APPENDIX_TABLES, FIGURE_ROWS, FIGURES
from sheetsync.district.tables import Corner
from sheetsync.findings import make, severity_of
from sheetsync.grid import SHEET_ROWS
from sheetsync.journal import Journal, NoteRecord
from sheetsync.letters.appendix import Corners, LongBody, Row, appendix_bodies
from sheetsync.letters.note import Note
from sheetsync.letters.note_memory import changes_since, memory_of
from sheetsync.letters.notices import NoteNotice
from sheetsync.letters.noting import Noted, noted
from sheetsync.model import Consolidation, Event, Finding, JournalLine, Privacy, Severity, Verdict
from sheetsync.notices import say
from sheetsync.printing.note import note_context
from sheetsync.privacy.shield import Shield
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import OpenWorkbook, Workbook
from sheetsync.workbooks.row_blocks import Block, RowFormat
from sheetsync.workbooks.row_encoding import encode_rows
from sheetsync.workbooks.templates import DocumentTemplate, Template

_BLOCK_ROWS: Final = 2_000


class ReportResult(Struct, frozen=True):
    """The note of one run: what it says, where it lies, whether it had to be written anew."""

    campaign: store.Campaign
    consolidation: Consolidation
    note: Note
    path: Path
    appendix: Path
    is_written: bool
    findings: tuple[Finding, ...] = ()

    @property
    def needs_user(self) -> bool:
        """Whether the note lies beside an edited one, or leaves out what was sent."""
        return any(severity_of(one) is not Severity.INFO for one in self.findings)


def report(
    place: Path,
    now: datetime,
    as_of: date,
    workbook: OpenWorkbook | None = None,
    *,
    snapshot: Path | None = None,
    progress: Progress = lambda *_: None,
) -> ReportResult:
    """Write the note as of a day.

    The words of the coordinator are those of ``workbook``, when people have it open, else of the file;
    ``snapshot`` is a copy of it, when one was made already.
    Raises ``store.StoreError`` when it cannot go on: a broken template, a disk that refuses.
    """
    campaign = store.open_campaign(place)
    with store.one_writer(campaign, now, "report") as hold, journal_of(campaign) as journal:
        desk = desk_at(campaign, hold, now, workbook, snapshot)
        found = found_now(campaign, journal, desk, hold, (as_of, now), progress=progress, wanted=ROWS)
        result = _Writing(campaign, journal, found, now).result()
    return replace(result, findings=(*taken_over(hold), *result.findings))


class _Writing:
    """One note on its way from a consolidation into its files."""

    def __init__(
        self, campaign: store.Campaign, journal: Journal, found: Consolidation, now: datetime
    ) -> None:
        self._campaign = campaign
        self._journal = journal
        self._found = found
        self._now = now
        self._records = read_records(journal.notes.records())
        past = PastPeriods.of(journal, found.plan)
        self._of_period = [one for one in self._records if not past.is_past_run(one.record.run)]
        self._noted = noted(found, dataclasses.replace(Shield.of(found.plan), mode=Privacy.MASK).text)
        self._content = _fingerprint(journal, self._noted.note)

    def result(self) -> ReportResult:
        last = self._of_period[-1] if self._of_period else None
        is_same = last is not None and last.content == self._content
        earlier = self._of_period[-2:-1] if is_same else self._of_period[-1:]
        told, lost = self._with_changes(earlier)
        appendix, beyond = _appendix(self._campaign, told)
        files = NoteFiles(self._document(told), appendix)
        known = last if is_same else None
        run = known.record.run if known else self._journal.next_run()
        self._remember(run, known, files, known.file if known else self._campaign.note.name)
        ours = {digest for one in self._records for digest in one.digests}
        put = put_note(self._campaign, files, ours, known.file if known else "")
        if put.is_written:
            self._remember(run, known, files, put.place.note.name)
            self._tell(put)
        findings = (*lost, *put.findings, *beyond, *_left_out(self._found))
        return ReportResult(
            self._campaign,
            self._found,
            told.note,
            put.place.note,
            put.place.appendix,
            put.is_written,
            findings,
        )

    def _with_changes(self, earlier: list[Written]) -> tuple[Noted, tuple[Finding, ...]]:
        """The note with what changed since the one before, as far as the journal remembers that one."""
        if not earlier:
            return self._noted, ()
        memory = earlier[0].remembered()
        if memory is None:
            return self._noted, (make("S863"),)
        changes = changes_since(memory, self._noted.figures, self._noted.cite, self._journal.fingerprint)
        return replace(self._noted, note=replace(self._noted.note, changes=changes)), ()

    def _document(self, told: Noted) -> bytes:
        context = note_context(told.note, self._campaign.appendix.stem)
        return filled_in(DocumentTemplate.NOTE, self._campaign, context)

    def _remember(self, run: int, known: Written | None, files: NoteFiles, name: str) -> None:
        """Known before it is there: a run cut off here leaves no file of ours that looks edited."""
        figures = self._noted.figures
        memory = memory_of(figures, self._noted.cite.figures, self._journal.fingerprint)
        digests = files.digests | (known.digests if known else frozenset())
        text = figures_text(self._content, name, digests, memory)
        at = known.record.at if known else self._now
        self._journal.notes.save(NoteRecord(run, at, self._found.as_of, text))
        self._journal.commit()

    def _tell(self, put: NotePut) -> None:
        said = say(NoteNotice.JOURNAL, day=f"{self._found.as_of:%d.%m.%Y}")
        line = JournalLine(
            self._journal.next_run(), self._now, Event.NOTED, file=put.place.note.name, note=said
        )
        self._journal.add_lines([line])


def _fingerprint(journal: Journal, note: Note) -> str:
    """What is kept of all a note says; figure by figure, for each tells of thousands of rows."""
    figures = (journal.fingerprint(repr(one)) for one in note.figures)
    return journal.fingerprint(repr(replace(note, figures=())), *figures)


def _appendix(campaign: store.Campaign, told: Noted) -> tuple[bytes, tuple[Finding, ...]]:
    """The workbook beside the note, from the office's template or the program's, and what of it no sheet
    of Excel holds: a large district has more rows than that."""
    workbook = open_template(Template.APPENDIX, campaign.folder)
    corners = Corners(_corner(workbook, FIGURES.name), _corner(workbook, FIGURE_ROWS.name))
    bodies = appendix_bodies(told.figures, told.note.figures, corners)
    beyond = [one for spec in APPENDIX_TABLES for one in _put(workbook, spec.name, bodies[spec.name])]
    return workbook.to_bytes(), tuple(beyond)


def _put(workbook: ExcelFile, name: str, body: LongBody) -> Iterator[Finding]:
    """A table in blocks of rows, unless the office keeps something in it; tells what does not fit."""
    table = workbook.long_table(name, body.spec.headers)
    rows = body.rows()
    fitting = islice(rows, SHEET_ROWS + 1 - table.body.top)
    if table.form is None or table.obstacles:
        workbook.replace_table(name, body.as_table(fitting))
        links = 0
    else:
        links = workbook.replace_blocks(table, list(_blocks(table.form, table.body.top, fitting))).links_left
    if links:
        yield make("S866", left=links)
    if left := sum(1 for _ in rows):
        yield make("S865", left=left)


def _blocks(form: RowFormat, first: int, rows: Iterator[Row]) -> Iterator[Block]:
    while some := list(islice(rows, _BLOCK_ROWS)):
        yield encode_rows(form, first, some)
        first += len(some)


def _corner(workbook: Workbook, name: str) -> Corner:
    table = workbook.read_table(name)
    return Corner(table.sheet, table.first_row)


def _left_out(found: Consolidation) -> Iterator[Finding]:
    """Files that were sent and are in none of the figures."""
    lost = sum(one.verdict in {Verdict.REFUSED, Verdict.UNRECOGNISED} for one in found.files)
    if lost:
        yield make("S864", files=lost)
