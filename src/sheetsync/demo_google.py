"""«sheetsync demo --google»: the story of a district that works in files and in Google, offline.

A stand-in answers instead of Google and has pages to look at. Nothing of the user's is touched: neither
a real sign-in nor a setting. The story has a time of its own, so it can be told in seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from time import sleep
from typing import Final

from sheetsync import campaign, demo, demo_office, demo_schools, reports, store
from sheetsync.campaign import ConsolidateResult
from sheetsync.campaign.files import journal_of, open_workbook, read_workbook_plan
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.google.tick import answered, asked_to_collect
from sheetsync.campaign.pressing import told_of_run
from sheetsync.columns import (
    ENTRIES,
    FORM_INDICATORS,
    PARTICIPANTS,
    REPORT,
    SETTINGS,
    FormCell,
    GoogleCell,
)
from sheetsync.demo_google_desk import Desk, Line, Spot, cell_of, chip_of, trial_account
from sheetsync.demo_office import Typed
from sheetsync.lines import plain_line
from sheetsync.model import Channel, Consolidation, Participant, ParticipantKind, Plan
from sheetsync.notices import say
from sheetsync.settings import NO, YES
from sheetsync.workbooks.google.port import GoogleRefused, Json
from sheetsync.workbooks.google.service import GoogleService
from sheetsync_emulator.clock import HandClock
from sheetsync_emulator.server import served
from sheetsync_emulator.service import Emulator

OFFICE: Final = "office@district.example.org"
REMARKED_ON: Final = date(2026, 10, 16)
_LONG: Final = 3600.0
IN_GOOGLE: Final = 4
"""The first schools of the order work in Google, the others send files."""


def run(folder: Path, now: datetime, wait: Callable[[], None] | None = None) -> None:
    """Play the story into ``folder``, say what happens and where to look.

    ``wait`` returns when the pages have been looked at; without it they close at once.
    """
    with _staged(demo.free_folder(folder), now) as story:
        story.play()
        story.show_pages()
        if wait is None:
            _tell(GoogleNotice.DEMO_CLOSED)
        else:
            _tell(GoogleNotice.DEMO_SERVING)
            wait()


def until_interrupted() -> None:
    """Return when the user presses Ctrl+C."""
    with suppress(KeyboardInterrupt):
        while True:
            sleep(_LONG)


@contextmanager
def _staged(folder: Path, now: datetime) -> Iterator[_Story]:
    """The stand-in on a free port and everybody signed in to it, while the block lasts."""
    clock = HandClock()
    emulator = Emulator(OFFICE, clock, check=False)
    with served(emulator, links=True) as base, ExitStack() as accounts:
        yield _Story(folder, now, emulator, clock, base, accounts)


def _tell(notice: GoogleNotice, **words: object) -> None:
    plain_line(say(notice, **words))


@dataclass
class _Story:
    """Everybody in it: the coordinator, the schools, and what answers instead of Google."""

    folder: Path
    now: datetime
    emulator: Emulator
    clock: HandClock
    base: str
    accounts: ExitStack

    def play(self) -> None:
        """The year of the campaign, in its order."""
        _tell(GoogleNotice.DEMO_NOT_GOOGLE, address=self.base)
        self._comes(demo_schools.ISSUED_ON)
        self._begin()
        self._issue()
        self._comes(demo_schools.REPORT_DUE)
        self._schools_fill()
        self._collect(demo_schools.REPORT_DUE)
        self._comes(REMARKED_ON)
        line = self._remark()
        self._comes(demo_schools.LATE_DAY)
        self._correct(line)
        found = self._answer_the_tick()
        for sentence in (reports.rates_line(found), reports.ledger_line(found)):
            plain_line(sentence)
        switched_off: Typed = {("google",): {"value": NO}}
        demo_office.type_into(self.place, SETTINGS, ("key",), switched_off)
        _tell(GoogleNotice.DEMO_SWITCHED_OFF, path=self.place.workbook.resolve())

    def show_pages(self) -> None:
        """Where to look, each address on a line of its own."""
        school = self.schools[1]
        pages = {
            say(GoogleNotice.DEMO_PAGE_FILES): f"{self.base}/drive/folders/{self._folder}",
            say(GoogleNotice.DEMO_PAGE_DISTRICT): self._page(self._district),
            say(GoogleNotice.DEMO_PAGE_SCHOOL, school=school.short_name): self._page(
                self._sheets[school.code]
            ),
        }
        _tell(GoogleNotice.DEMO_PAGES)
        for what, address in pages.items():
            _tell(GoogleNotice.DEMO_PAGE, what=what, address=address)

    def _page(self, file: str) -> str:
        return f"{self.base}/spreadsheets/d/{file}/edit"

    # --- what it stands on

    @property
    def place(self) -> store.Campaign:
        return store.open_campaign(self.folder)

    @cached_property
    def plan(self) -> Plan:
        return read_workbook_plan(open_workbook(self.place), issue=1).plan

    @cached_property
    def schools(self) -> list[Participant]:
        return [one for one in self.plan.participants if one.kind is ParticipantKind.SCHOOL]

    @cached_property
    def office(self) -> GoogleService:
        return self._account(OFFICE)

    def _account(self, email: str) -> GoogleService:
        return self.accounts.enter_context(trial_account(email, self.base, self.clock, self.clock.forward))

    def _signed_in(self) -> GoogleService:
        return self.office

    @cached_property
    def _sheets(self) -> dict[str, str]:
        with journal_of(self.place) as journal:
            return {one.participant: one.file for one in journal.google.sheets()}

    @cached_property
    def _district(self) -> str:
        with journal_of(self.place) as journal:
            return journal.published.file(self.plan.plan_id) or ""

    @cached_property
    def _folder(self) -> str:
        with journal_of(self.place) as journal:
            return journal.google.folder(self.plan.plan_id) or ""

    def _comes(self, day: date) -> None:
        """It is nine o'clock in the morning of that day."""
        self.now = datetime.combine(day, time(9), self.now.tzinfo)
        self.clock.now = self.now.timestamp()

    # --- the coordinator

    def _begin(self) -> None:
        """The order is read; Google is switched on, for some schools."""
        self.folder.mkdir(parents=True, exist_ok=True)
        order = self.folder / demo_schools.ORDER_NAME
        store.write_atomically(order, demo_schools.example("order.docx"))
        campaign.new_campaign(self.folder, order, self.now)
        by_google = self.schools[:IN_GOOGLE]
        chosen: Typed = {
            (one.code,): {"channel": Channel.GOOGLE.value, "email": _email(one)} for one in by_google
        }
        demo_office.type_into(self.place, PARTICIPANTS, ("code",), chosen)
        switched: Typed = {(key,): {"value": YES} for key in ("google", "google_publish")}
        demo_office.type_into(self.place, SETTINGS, ("key",), switched)
        del self.plan, self.schools
        counts = {"sheets": len(by_google), "schools": len(self.schools)}
        _tell(GoogleNotice.DEMO_SETTINGS, name=demo_schools.ORDER_NAME, **counts)

    def _issue(self) -> None:
        result = campaign.issue_forms(self.folder, self.now, google=self._signed_in)
        counts = {"sheets": len(result.sheets.written), "files": len(result.written)}
        _tell(GoogleNotice.DEMO_ISSUED, letters=len(self.emulator.shelf.letters), **counts)

    def _collect(self, day: date) -> ConsolidateResult:
        before = len(self.emulator.log)
        result = campaign.consolidate(self.folder, day, self.now, google=self._signed_in)
        calls = len(self.emulator.log) - before
        _tell(GoogleNotice.DEMO_COLLECTED, day=f"{day:%d.%m.%Y}", calls=calls)
        return result

    def _answer_the_tick(self) -> Consolidation:
        """The office asks for the свод by a tick, as from a telephone; the answer stands beside it."""
        desk = Desk(self.office, self._district)
        desk.types({desk.named(GoogleCell.COLLECT_NOW): cell_of(True)})
        _tell(GoogleNotice.DEMO_TICK, tick=say(GoogleNotice.COLLECT_NOW))
        if not asked_to_collect(self.office, self._district):
            raise LookupError(GoogleCell.COLLECT_NOW)
        result = self._collect(demo_schools.LATE_DAY)
        answered(self.office, self._district, told_of_run(result, self.now, 0))
        return result.consolidation

    def _remark(self) -> Line:
        """A row of the hasty school is sent back: in the Google district spreadsheet, then by «return»."""
        school, desk = self.schools[1], Desk(self.office, self._district)
        entries = (one for one in desk.lines(ENTRIES) if one["participant"].words == school.short_name)
        line = next(one for one in entries if one["status"].words and not one["document"].words)
        decision = ENTRIES.column("decision").choices[1]
        remark = say(GoogleNotice.DEMO_REMARK_WORDS)
        desk.types({line["decision"]: cell_of(decision), line["remark"]: cell_of(remark)})
        words = {"school": school.short_name, "number": line["number"].words}
        _tell(GoogleNotice.DEMO_REMARK, decision=decision, remark=remark, **words)
        returned = campaign.return_remarks(self.folder, self.now, google=self._signed_in)
        if returned.sheets.put:
            _tell(GoogleNotice.DEMO_RETURNED)
        return line

    # --- the schools

    def _schools_fill(self) -> None:
        diligent, hasty, idle, modern = self.schools[:IN_GOOGLE]
        self._fills(diligent, demo_schools.complete)
        _tell(GoogleNotice.DEMO_DILIGENT, school=diligent.short_name)
        if self._is_kept_from_the_plan(diligent):
            _tell(GoogleNotice.DEMO_PROTECTED, school=diligent.short_name)
        self._fills(hasty, demo_schools.with_gaps)
        _tell(GoogleNotice.DEMO_HURRY, school=hasty.short_name)
        _tell(GoogleNotice.DEMO_UNTOUCHED, school=idle.short_name)
        self._fills(modern, demo_schools.complete, chip_of)
        _tell(GoogleNotice.DEMO_CHIP, school=modern.short_name)
        copies = list(demo_schools.copies_by_file(self.place, self.plan))
        for name, data in copies:
            store.write_atomically(self.place.received / name, data)
        _tell(GoogleNotice.DEMO_FILES, files=len(copies))

    def _desk(self, who: Participant) -> Desk:
        return Desk(self._account(_email(who)), self._sheets[who.code])

    def _fills(
        self, who: Participant, habit: demo_schools.Habit, link: Callable[[str], Json] = cell_of
    ) -> None:
        """A school answers in its sheet, all at once."""
        desk, rows = self._desk(who), {one.key: one for one in self.plan.rows_of(who.code)}
        typed: dict[Spot, Json] = {}
        lines = (one for one in desk.lines(REPORT) if one["key"].words in rows)
        for step, line in enumerate(lines):
            answers = habit(step, rows[line["key"].words], who)
            for column, value in answers.items():
                if value is not None:
                    typed[line[column]] = link(value) if column == "link" else cell_of(value)
        if habit is demo_schools.complete:
            typed |= _facts(desk)
            typed[desk.named(FormCell.READY)] = cell_of(YES)
        desk.types(typed)

    def _is_kept_from_the_plan(self, who: Participant) -> bool:
        """Whether Google refuses the school a cell of the plan."""
        desk = self._desk(who)
        deadline = next(iter(desk.lines(REPORT)))["deadline"]
        try:
            desk.types({deadline: cell_of(f"{demo_schools.LATE_DAY:%d.%m.%Y}")})
        except GoogleRefused:
            return True
        return False

    def _correct(self, sent_back: Line) -> None:
        """The school mends the row that was sent back."""
        school, key = self.schools[1], sent_back["key"].words
        desk = self._desk(school)
        line = next(one for one in desk.lines(REPORT) if one["key"].words == key)
        row = next(one for one in self.plan.rows_of(school.code) if one.key == key)
        good = demo_schools.complete(0, row, school)
        desk.types({line[column]: cell_of(value) for column, value in good.items()})
        number = sent_back["number"].words
        _tell(GoogleNotice.DEMO_CORRECTED, school=school.short_name, number=number)


def _facts(desk: Desk) -> dict[Spot, Json]:
    """What was reached: each target, or a little above it."""
    lines = [one for one in desk.lines(FORM_INDICATORS) if one["target"].words.isdecimal()]
    targets = {one["fact"]: int(one["target"].words) for one in lines}
    return {
        fact: cell_of(target if target == 100 else target + step % 3)
        for step, (fact, target) in enumerate(targets.items())
    }


def _email(who: Participant) -> str:
    return f"{who.code.lower()}@school.example.org"
