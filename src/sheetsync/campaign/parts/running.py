"""One run over a district of many schools: what changed is read and judged, by parts; the rest is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sheetsync import store
from sheetsync.campaign.collecting import Collector, Progress, missing_folder
from sheetsync.campaign.desk_file import put_in_place
from sheetsync.campaign.files import parse_workbook, read_file, read_table
from sheetsync.campaign.parts.around import Around, CopyTask, Decided, Formats, GroupTask, digest_of
from sheetsync.campaign.parts.joining import Joined, expected_rows
from sheetsync.campaign.parts.judging import Judging
from sheetsync.campaign.parts.keeping import DamagedMemoryError
from sheetsync.campaign.parts.memory import Memory, open_memory
from sheetsync.campaign.parts.part import CopyRead, Part
from sheetsync.campaign.parts.reading import Reading
from sheetsync.campaign.parts.recording import Recording, decided_by
from sheetsync.campaign.parts.shown import ShownBefore
from sheetsync.campaign.parts.workers import Here, MakeWorkers, Processes, Task, Workers, cores
from sheetsync.campaign.parts.working import Worker
from sheetsync.campaign.parts.writing import NotByPartsError, Writing, form_of, long_table
from sheetsync.campaign.past_periods import PastPeriods
from sheetsync.campaign.period_plan import read_period_plan
from sheetsync.campaign.run_lines import RunLines
from sheetsync.campaign.versions import Recorder
from sheetsync.columns import ENTRIES, ENTRIES_SHEET, INDICATORS, JOURNAL
from sheetsync.district.bodies import records_of
from sheetsync.journal import Journal
from sheetsync.merge.groups import by_participant
from sheetsync.merge.received import Received
from sheetsync.model import Channel, Consolidation, Finding, Origin
from sheetsync.values import dataclass
from sheetsync.workbooks.excel_file import ExcelFile


def processes_for(around: Around, decided: Mapping[str, Decided], tasks: int) -> Here | Processes:
    """This process for a few tasks, all cores for many."""
    count = min(cores(), tasks // _A_HANDFUL)
    return Processes(around, decided, count) if count > 1 else Here(Worker(around, decided))


_A_HANDFUL: Final = 25
"""A process is not begun for fewer tasks."""

_KEPT_EVERY: Final = 200
"""Results after which what was done is kept whatever happens."""


@dataclass(frozen=True, slots=True)
class ByParts:
    """What a run by parts gives: where it was written, ``None`` when the workbook shows all already."""

    found: Consolidation
    path: Path | None
    findings: tuple[Finding, ...] = ()


@dataclass
class PartsRun:
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

    def __post_init__(self) -> None:
        self.data = read_file(self.campaign.workbook)
        self.number = self.journal.next_run()
        self.lines = RunLines(self.number, self.now, frozenset(self.journal.copies()))
        self._workbook = parse_workbook(self.campaign, self.data)
        issue = max((one.issue for one in self.journal.forms()), default=1)
        self._plan_reading = read_period_plan(self._workbook, issue, self.journal)
        self.plan = self._plan_reading.plan
        if why := next(self._hindrances(), ""):
            raise NotByPartsError(why)

    def _hindrances(self) -> Iterator[str]:
        """Why everybody has to be judged at once."""
        plan, journal = self.plan, self.journal
        if self._workbook.made_anew:
            yield "tables were lost"
        if plan.settings.google or any(one.channel is Channel.GOOGLE for one in plan.participants):
            yield "sheets in Google"
        if journal.google.readings() or journal.destroyed_copies() or journal.orphans():
            yield "answers that are only in the workbook"
        if plan.previous:
            yield "figures of the period before"
        if journal.last_answered() > self._last_run_shown():
            yield "the workbook was closed without saving"

    def _last_run_shown(self) -> int:
        """The last run the workbook tells of; without any nothing was missed."""
        records = records_of(JOURNAL, read_table(self._workbook, JOURNAL.name))
        runs = [one.cell("run").value for one in records]
        return int(max((run for run in runs if isinstance(run, int | float)), default=self.number))

    # --- the run

    def result(self) -> ByParts:
        """Read, judge, write. Raises ``store.EditedMeanwhile`` too."""
        shown = self._shown()
        past = PastPeriods.of(self.journal, self.plan)
        decided = decided_by(self.journal, by_participant(shown.decisions))
        around = self._around(past)
        judging, received = self._judged(around, decided, shown)
        recorder = Recorder(
            self.journal,
            self.number,
            self.now,
            Origin(self.campaign.workbook.name, store.sha256(self.data), ENTRIES_SHEET),
        )
        recording = Recording(self.journal, self.memory, recorder, past, decided)
        return self._written(judging, received, recording, shown)

    def _judged(
        self, around: Around, decided: Mapping[str, Decided], shown: ShownBefore
    ) -> tuple[Judging, Sequence[Received]]:
        reading = Reading(self.memory, around.reading_digest())
        collector = Collector(
            self.campaign,
            self.plan,
            self.journal,
            self.number,
            self.as_of,
            seen=self.memory,
            read=reading.read,
        )
        collected = collector.copies(lambda *_: None)
        judging = Judging(around, self.memory, reading, decided)
        workers = self.make_workers(around, decided, len(reading.tasks))
        try:
            self._do(list(reading.tasks.values()), workers, judging)
            received = collector.with_attached(reading.finished(collected))
            told = self._told(collector, shown, received)
            self._do(judging.tasks(received, told), workers, judging)
            self._do(judging.tasks_of_sharing(), workers, judging)
        finally:
            workers.close()
        reading.tidy()
        judging.tidy()
        return judging, received

    def _do(self, tasks: Sequence[Task], workers: Workers, judging: Judging) -> None:
        for number, (task, done) in enumerate(workers.do(tasks)):
            if isinstance(task, CopyTask) and isinstance(done, CopyRead):
                self.progress(number, len(tasks), task.origin.file)
                judging.reading.take(task, done)
                judging.take_read(done)
            elif isinstance(task, GroupTask) and isinstance(done, Part):
                judging.take(task.codes, task.inputs, done)
            if number % _KEPT_EVERY == 0:
                self.memory.commit()

    def _told(
        self, collector: Collector, shown: ShownBefore, received: Iterable[Received]
    ) -> tuple[Finding, ...]:
        senders = {code for one in received if one.attached is None for code in one.participants}
        return (
            *missing_folder(self.campaign.received),
            *self._plan_reading.findings,
            *collector.told(),
            *shown.leaving(self.plan, senders),
        )

    # --- writing

    def _written(
        self, judging: Judging, received: Sequence[Received], recording: Recording, shown: ShownBefore
    ) -> ByParts:
        joined = Joined.of(self.plan, judging.heads())
        found = joined.consolidation(self.as_of)
        writing = Writing(self.memory, joined, judging.codes())
        arrived = self.lines.arrivals(received, found)
        self.journal.add_lines(arrived)
        if not arrived:
            drawn = writing.drawn(self._book(), found, self.journal.lines())
            if drawn.data == self.data:
                recording.record()
                return ByParts(found, None)
        outcome = self.lines.outcome(found)
        drawn = writing.drawn(self._book(), found, [*self.journal.lines(), outcome])
        self.journal.commit()
        put = put_in_place(self.campaign, self.hold, self.now, self.data, drawn.data)
        self.journal.add_lines([outcome])
        if put.path == self.campaign.workbook:
            recording.record()
            self.memory.keep_shown(self._digest_of(drawn.data), shown.after(joined.people))
        return ByParts(found, put.path, put.findings)

    def _book(self) -> ExcelFile:
        return parse_workbook(self.campaign, self.data)

    def _digest_of(self, workbook: bytes) -> str:
        return digest_of(store.sha256(workbook), self.plan)

    def _shown(self) -> ShownBefore:
        """What the workbook says; one that lies as it was left is not read again."""
        shown = self.memory.shown(self._digest_of(self.data))
        if not isinstance(shown, ShownBefore):
            shown = ShownBefore.in_workbook(self._workbook, self.plan)
        owed = {
            (one.code, row.key)
            for one in self.plan.participants
            for row in self.plan.placed_rows_of(one.code)
        }
        if not shown.decisions.keys() <= owed:
            raise NotByPartsError("decisions beside rows that are gone")
        return shown

    def _around(self, past: PastPeriods) -> Around:
        entries, indicators = (long_table(self._workbook, spec) for spec in (ENTRIES, INDICATORS))
        return Around(
            self.campaign.folder,
            self.plan,
            tuple(self.journal.forms()),
            past,
            self.as_of,
            self.journal.key,
            self.journal.links.all(),
            Formats(form_of(entries), form_of(indicators)),
            expected_rows(self.plan, entries.body.top),
        )


def consolidated_by_parts(
    campaign: store.Campaign,
    journal: Journal,
    hold: store.Hold,
    day: tuple[date, datetime],
    progress: Progress,
) -> ByParts | None:
    """A run over a district of many schools, as of a day and at a time; ``None`` when everybody has to
    be judged at once. Raises ``store.EditedMeanwhile`` when the workbook was edited while the run worked."""
    for _ in range(2):
        try:
            with open_memory(campaign.memory) as memory:
                return PartsRun(campaign, journal, memory, hold, *day, progress).result()
        except NotByPartsError:
            journal.roll_back()
            return None
        except DamagedMemoryError:
            journal.roll_back()
            campaign.memory.unlink(missing_ok=True)
    return None
