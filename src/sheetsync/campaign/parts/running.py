"""One run over a district of many schools: what changed is read and judged, by parts; the rest is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.collecting import Collector, Progress, missing_folder
from sheetsync.campaign.files import (
    WRITTEN_TABLES,
    after_the_fact,
    parse_workbook,
    read_file,
    read_workbook_plan,
)
from sheetsync.campaign.parts.around import Around, CopyTask, Decided, Formats, GroupTask, digest_of
from sheetsync.campaign.parts.everybody import Everybody, without_words
from sheetsync.campaign.parts.joining import Joined, expected_rows
from sheetsync.campaign.parts.judging import Judging
from sheetsync.campaign.parts.keeping import DamagedMemoryError
from sheetsync.campaign.parts.memory import Memory, forget, open_memory
from sheetsync.campaign.parts.part import CopyRead, Part
from sheetsync.campaign.parts.reading import Reading
from sheetsync.campaign.parts.recording import Recording, decided_by
from sheetsync.campaign.parts.shown import NOTHING_BEFORE, Before, Left, ShownBefore
from sheetsync.campaign.parts.workers import Here, MakeWorkers, Task, Workers, cores
from sheetsync.campaign.parts.working import Worker
from sheetsync.campaign.parts.writing import NotByPartsError, Writing, bare, form_of, long_table
from sheetsync.campaign.past_periods import PastPeriods
from sheetsync.campaign.period_plan import in_its_period
from sheetsync.campaign.placing import put_in_place
from sheetsync.campaign.revising import NOTHING_REVISED, Revision
from sheetsync.campaign.run_lines import RunLines
from sheetsync.campaign.sheet_room import need_room
from sheetsync.campaign.versions import Recorder
from sheetsync.checks.case import nothing_known
from sheetsync.columns import ENTRIES, ENTRIES_SHEET, INDICATORS
from sheetsync.journal import Journal
from sheetsync.memory import untidied
from sheetsync.merge.groups import by_participant
from sheetsync.merge.received import Received
from sheetsync.model import Channel, Consolidation, Decision, Finding, JournalLine, Origin, Outcome
from sheetsync.notices import Notice, say
from sheetsync.workbooks.excel_file import ExcelFile


def processes_for(around: Around, decided: Mapping[str, Decided], tasks: int) -> Workers:
    """This process for a few tasks, all cores for many."""
    count = min(cores(), tasks // _A_HANDFUL)
    if count <= 1:
        return Here(Worker(around, decided))
    from sheetsync.campaign.parts.processes import Processes  # noqa: PLC0415 - a few copies need none

    return Processes(around, decided, count)


_A_HANDFUL: Final = 25
"""A process is not begun for fewer tasks."""

_KEPT_EVERY: Final = 200
"""Results after which what was done is kept whatever happens."""


class ByParts(Struct, frozen=True):
    """What a run by parts gives: where it was written, ``None`` when the workbook shows all already."""

    found: Consolidation
    path: Path | None
    findings: tuple[Finding, ...] = ()


class PartsRun(Struct, dict=True):
    """One attempt over the workbook as it was when the attempt began. Raises ``NotByPartsError`` when the
    district is not one to be judged by parts: nothing was written then."""

    campaign: store.Campaign
    journal: Journal
    memory: Memory
    hold: store.Hold
    as_of: date
    now: datetime
    progress: Progress
    make_workers: MakeWorkers = processes_for
    keep: bool = True
    """Whether what came and what is read and judged is recorded; a run that writes the workbook keeps it."""
    revision: Revision = NOTHING_REVISED

    def __post_init__(self) -> None:
        data = read_file(self.campaign.workbook)
        self.digest = store.sha256(data)
        self.number = self.journal.next_run()
        self.lines = RunLines(self.number, self.now, frozenset(self.journal.copies()))
        left = self.memory.left(self.digest)
        self.before = Before(data, left.laid) if left else NOTHING_BEFORE
        issue = max((one.issue for one in self.journal.forms()), default=1)
        if left and left.reading.plan.issue == issue:
            self._read = left.reading
        else:
            workbook = parse_workbook(self.campaign, left.bare if left else data)
            self._read = read_workbook_plan(workbook, issue)
        self._plan_reading = in_its_period(self._read, self.journal)
        self.plan = self._plan_reading.plan
        need_room(self.plan)
        self.left = left or self._looked_at(workbook, data)
        if why := next(self._hindrances(), ""):
            raise NotByPartsError(why)

    def _looked_at(self, workbook: ExcelFile, data: bytes) -> Left:
        """A workbook somebody may have worked in since a run left it."""
        if workbook.made_anew:
            raise NotByPartsError("tables were lost")
        shown = ShownBefore.in_workbook(workbook, self.plan)
        emptied = bare(workbook, lambda: parse_workbook(self.campaign, data), self.plan)
        workbook = parse_workbook(self.campaign, emptied, WRITTEN_TABLES)
        entries, indicators = (long_table(workbook, spec) for spec in (ENTRIES, INDICATORS))
        formats = Formats(form_of(entries), form_of(indicators), entries.body.top)
        return Left(emptied, self._read, formats, shown, "")

    def _hindrances(self) -> Iterator[str]:
        """Why everybody has to be judged at once."""
        plan, journal, shown = self.plan, self.journal, self.left.shown
        if plan.settings.google or any(one.channel is Channel.GOOGLE for one in plan.participants):
            yield "sheets in Google"
        if journal.google.readings() or journal.destroyed_copies() or journal.orphans():
            yield "answers that are only in the workbook"
        if plan.previous:
            yield "figures of the period before"
        if shown.last_run is not None and journal.last_answered() > shown.last_run:
            yield "the workbook was closed without saving"
        places = ((one.code, row.key) for one in plan.participants for row in plan.placed_rows_of(one.code))
        if shown.decisions and not shown.decisions.keys() <= set(places):
            yield "decisions beside rows that are gone"

    # --- the run

    def judged(self) -> Judging:
        """Everybody judged; nothing is written."""
        return self._judged(*self._given())

    def collected(self) -> Judging:
        """What everybody is to be judged by, and nobody judged; nothing is written."""
        around, decided = self._given()
        reading = Reading(self.campaign, self.memory, around.reading_digest())
        collector = self._collector(reading)
        received = collector.with_attached(collector.copies(self.progress))
        judging = Judging(around, self.memory, reading, decided)
        judging.unjudged(received, self._told(collector, received))
        return judging

    def _given(self) -> tuple[Around, Mapping[str, Decided]]:
        """What judging depends on beside the copies: the campaign and what was decided."""
        decided = decided_by(self.journal, by_participant(self.left.shown.decisions))
        return self._around(PastPeriods.of(self.journal, self.plan)), decided

    def result(self) -> ByParts:
        """Read, judge, write. Raises ``store.EditedMeanwhile`` too."""
        judging = self._judged(*self._given())
        if self.revision is not NOTHING_REVISED:
            judging = self._revised(judging)
        source = Origin(self.campaign.workbook.name, self.digest, ENTRIES_SHEET)
        recorder = Recorder(self.journal, self.number, self.now, source)
        recording = Recording(self.journal, self.memory, recorder, judging.around.past, judging.decided)
        with untidied():
            result = self._written(judging, recording)
        with after_the_fact(self.journal) as untold:
            self.revision.done(self.journal, self.lines)
        return replace(result, findings=tuple(dict.fromkeys((*result.findings, *untold))))

    def _judged(self, around: Around, decided: Mapping[str, Decided]) -> Judging:
        reading = Reading(self.campaign, self.memory, around.reading_digest())
        collector = self._collector(reading)
        collected = collector.copies(lambda *_: None)
        judging = Judging(around, self.memory, reading, decided)
        if reading.tasks:
            reading.know_names(self.plan)
        workers = self.make_workers(around, decided, len(reading.tasks))
        try:
            self._do(reading.tasks.values(), workers, judging)
            received = collector.with_attached(reading.finished(collected))
            told = self._told(collector, received)
        except BaseException:
            workers.close()
            raise
        self._judge(judging, received, told, workers)
        reading.tidy()
        judging.tidy()
        return judging

    def _judge(
        self, judging: Judging, received: Sequence[Received], told: tuple[Finding, ...], workers: Workers
    ) -> None:
        """All that is not judged yet, now that everything is read; the workers go home then."""
        try:
            groups = judging.unjudged(received, told)
            workers = self._enough_for(len(groups), workers, judging)
            self._do(map(judging.task, groups), workers, judging)
            self._do(judging.tasks_of_sharing(), workers, judging)
        finally:
            workers.close()

    def _revised(self, judging: Judging) -> Judging:
        """Those judged again whose decisions are to be others, made on what their rows say now."""
        told = Joined.of(self.plan, judging.heads()).consolidation(self.as_of)
        rows = self.everybody(without_words).of(judging.all_tasks()).outcomes
        revised = self.revision.decisions(replace(told, outcomes=rows), self.journal)
        if not revised:
            return judging
        shown = self.left.shown
        decisions = {place: one for place, one in {**shown.decisions, **revised}.items() if one != Decision()}
        self.left = replace(self.left, shown=replace(shown, decisions=decisions))
        answers = judging.answers({code for code, _ in revised})
        on = {place: answers[place] for place in revised}
        decided = decided_by(self.journal, by_participant(decisions), on)
        anew = Judging(judging.around, self.memory, judging.reading, decided)
        workers = self.make_workers(judging.around, decided, 0)
        self._judge(anew, judging.received, judging.told, workers)
        return anew

    def everybody(self, slimmed: Callable[[Outcome], Outcome]) -> Everybody:
        """Makes the rows of everybody; of each stays what ``slimmed`` leaves."""
        links = self.journal.links
        return Everybody(self.plan, self.as_of, links.known if links.all() else nothing_known, slimmed)

    def _collector(self, reading: Reading) -> Collector:
        """New copies are read by workers when they are kept, else here and now: they are few."""
        return Collector(
            self.campaign,
            self.plan,
            self.journal,
            self.number,
            self.as_of,
            keep=self.keep,
            seen=self.memory,
            read=reading.read if self.keep else None,
            recalled=reading.recalled,
        )

    def _enough_for(self, tasks: int, workers: Workers, judging: Judging) -> Workers:
        """Another plan or another day makes nobody read and everybody judge: then more hands are called."""
        if not isinstance(workers, Here) or tasks < 2 * _A_HANDFUL:
            return workers
        workers.close()
        return self.make_workers(judging.around, judging.decided, tasks)

    def _do(self, tasks: Iterable[Task], workers: Workers, judging: Judging) -> None:
        for number, (task, done) in enumerate(workers.do(tasks)):
            if isinstance(task, CopyTask) and isinstance(done, CopyRead):
                self.progress(number, len(judging.reading.tasks), task.origin.file)
                judging.reading.take(task, done)
                judging.take_read(done)
            elif isinstance(task, GroupTask) and isinstance(done, Part):
                judging.take(task.codes, task.inputs, done)
            if number % _KEPT_EVERY == 0:
                self.memory.commit()

    def _told(self, collector: Collector, received: Iterable[Received]) -> tuple[Finding, ...]:
        senders = {code for one in received if one.attached is None for code in one.participants}
        return (
            *missing_folder(self.campaign.received),
            *self._plan_reading.findings,
            *collector.told(),
            *self.left.shown.leaving(self.plan, senders),
        )

    # --- writing

    def _written(self, judging: Judging, recording: Recording) -> ByParts:
        joined = Joined.of(self.plan, judging.heads())
        if not joined.is_borne_out:
            raise NotByPartsError("rows that do not say what «Сверка» counts")
        found = joined.consolidation(self.as_of)
        arrived = [
            *self.lines.arrivals(judging.received, found),
            *self.revision.recorded(found, self.journal, self.lines),
        ]
        self.journal.add_lines(arrived)
        writing = Writing(self.memory, joined, judging.inputs(), self.before)
        lines = self.journal.lines()
        content = digest_of(writing.inputs, lines)
        if content == self.left.content:
            return self._shown_already(found, recording, self.left)
        if not arrived and not self.left.content:  # nobody remembers what it shows
            drawn = writing.drawn(self._bare, found, lines)
            if store.sha256(drawn.data) == self.digest:
                left = replace(self.left, content=content, dead_links=drawn.links_left, laid=drawn.laid)
                return self._shown_already(found, recording, left)
            writing = replace(writing, before=Before(drawn.data, drawn.laid))
        return self._put(writing, found, recording, lines)

    def _shown_already(self, found: Consolidation, recording: Recording, left: Left) -> ByParts:
        """The workbook shows all this: what is known of it changes at most."""
        recording.record()
        self.memory.keep_left(self.digest, left)
        return ByParts(found, None, left.told())

    def _put(
        self, writing: Writing, found: Consolidation, recording: Recording, lines: Sequence[JournalLine]
    ) -> ByParts:
        """The workbook with all this in its place; ``lines`` are the story up to here."""
        outcome = self.lines.outcome(found)
        lines = [*lines, outcome]
        drawn = writing.drawn(self._bare, found, lines)
        self.journal.commit()  # what came is known, whatever becomes of the workbook
        old = self._source()
        put = put_in_place(self.campaign, self.hold, self.now, old, drawn.data, digest=self.digest)
        shown = self.left.shown.after(writing.joined.people, self.number)
        left = replace(
            self.left, reading=self._read, shown=shown, dead_links=drawn.links_left, laid=drawn.laid
        )
        with after_the_fact(self.journal) as untold:
            self.journal.add_lines([outcome])
            if put.path == self.campaign.workbook:
                recording.record()
                content = digest_of(writing.inputs, lines)
                self.memory.keep_left(store.sha256(drawn.data), replace(left, content=content))
        return ByParts(found, put.path, (*put.findings, *untold, *left.told()))

    def _bare(self) -> ExcelFile:
        """The workbook to write into: opened when it is needed, beside no worker."""
        return parse_workbook(self.campaign, self.left.bare, WRITTEN_TABLES)

    def _source(self) -> bytes:
        """The workbook as it was read. Raises ``store.EditedMeanwhile`` when it is another one by now."""
        data = self.before.data or read_file(self.campaign.workbook)
        if data is not self.before.data and store.sha256(data) != self.digest:
            raise store.EditedMeanwhile(self.campaign.workbook)
        return data

    def _around(self, past: PastPeriods) -> Around:
        return Around(
            self.campaign.folder,
            self.plan,
            tuple(self.journal.forms()),
            past,
            self.as_of,
            self.journal.key,
            self.journal.links.all(),
            self.left.formats,
            expected_rows(self.plan, self.left.formats.first_row),
        )


def consolidated_by_parts(
    campaign: store.Campaign,
    journal: Journal,
    hold: store.Hold,
    day: tuple[date, datetime],
    progress: Progress,
    *,
    cluster: str = "",
    revision: Revision = NOTHING_REVISED,
) -> ByParts | None:
    """A run over a district of many schools, as of a day and at a time; ``None`` when everybody has to
    be judged at once, or when the workbook was edited while the run worked. A disk that spoils the memory
    or takes none costs only what would have been remembered."""
    make_workers = _on_cluster(cluster) if cluster else processes_for
    for memory_file in (campaign.memory, campaign.memory, None):
        try:
            with open_memory(memory_file) as memory:
                run = PartsRun(
                    campaign, journal, memory, hold, *day, progress, make_workers, revision=revision
                )
                return run.result()
        except (NotByPartsError, store.EditedMeanwhile):
            journal.roll_back()
            return None
        except DamagedMemoryError:
            journal.roll_back()
            forget(campaign.memory)
    return None


def _on_cluster(address: str) -> MakeWorkers:
    """Raises ``store.StoreError`` when the library for it is not installed."""
    try:
        from sheetsync.campaign.parts.cluster import on_cluster  # noqa: PLC0415 - an optional extra, a second to load
    except ImportError as error:
        raise store.StoreError(say(Notice.CLUSTER_EXTRA)) from error
    return on_cluster(address, processes_for)
