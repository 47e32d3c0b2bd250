"""The whole story on an invented district: order, plan, forms, six schools, the свод, the note. Offline.

It has days of its own, so that it comes out the same whenever it is played.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Final

from sheetsync import campaign, demo_office, reports, store
from sheetsync import demo_schools as schools
from sheetsync.campaign import ConsolidateResult
from sheetsync.campaign.files import open_workbook, read_workbook_plan
from sheetsync.checks.verdicts import ACCEPTED, REWORK
from sheetsync.columns import ENTRIES, PARTICIPANTS, EvidenceWord
from sheetsync.demo_office import Line, Typed
from sheetsync.letters.note_words import share
from sheetsync.lines import plain_line
from sheetsync.model import Participant, Plan, ReviewState, Status
from sheetsync.notices import Notice, say

REVIEWED_ON: Final = date(2026, 10, 21)
MENDED_ON: Final = date(2026, 10, 27)
NOTED_ON: Final = date(2026, 10, 28)
LAST_DAY: Final = date(2026, 10, 30)


def run(folder: Path, now: datetime) -> None:
    """Play the story into ``folder`` and say where the result is.

    A folder that holds something already is left alone: the story goes into the next free one.
    """
    story = _Story(free_folder(folder), now)
    story.forms_go_out()
    story.copies_come()
    story.answers_are_judged()
    story.school_mends()
    story.note_is_written()
    story.show_places()


def free_folder(folder: Path) -> Path:
    """«район», or «район-2», «район-3»... when it is taken."""
    free, ordinal = folder, 2
    while free.exists() and any(free.iterdir()):
        free, ordinal = folder.with_name(f"{folder.name}-{ordinal}"), ordinal + 1
    return free


def _tell(notice: Notice, **words: object) -> None:
    plain_line(say(notice, **words))


@dataclass
class _Story:
    """The district through one autumn; ``now`` is the moment it has got to."""

    folder: Path
    now: datetime
    last: ConsolidateResult | None = field(default=None, init=False)

    @property
    def place(self) -> store.Campaign:
        return store.open_campaign(self.folder)

    @cached_property
    def plan(self) -> Plan:
        return read_workbook_plan(open_workbook(self.place), issue=1).plan

    @property
    def hasty(self) -> Participant:
        return schools.schools_of(self.plan)[1]

    # --- what happens

    def forms_go_out(self) -> None:
        """The order is read, addresses are typed, forms are made."""
        self._comes(schools.ISSUED_ON)
        _tell(Notice.DEMO_ORDER, name=schools.ORDER_NAME)
        self.folder.mkdir(parents=True, exist_ok=True)
        order_path = self.folder / schools.ORDER_NAME
        store.write_atomically(order_path, schools.example("order.docx"))
        order = campaign.new_campaign(self.folder, order_path, self.now).order
        _tell(
            Notice.DEMO_READ,
            activities=len(order.activities),
            schools=len(order.passport.schools),
            curators=len({one.curator for one in order.passport.curators}),
            indicators=len(order.indicators),
            instructions=len(order.instructions),
        )
        people = (line["code"] for line in demo_office.lines(self.place, PARTICIPANTS))
        addresses: Typed = {(code,): {"email": f"{code.lower()}@example.org"} for code in people}
        demo_office.type_into(self.place, PARTICIPANTS, ("code",), addresses)
        _tell(Notice.DEMO_ISSUE)
        campaign.issue_forms(self.folder, self.now)

    def copies_come(self) -> None:
        """Most in time, one late, one school silent."""
        _tell(Notice.DEMO_FILL)
        self._comes(schools.REPORT_DUE)
        self._receive(schools.copies_in_time(self.place, self.plan))
        self._collect()
        _tell(Notice.DEMO_LATE, day=f"{schools.LATE_DAY:%d.%m.%Y}")
        self._comes(schools.LATE_DAY)
        self._receive(schools.late_copies(self.place, self.plan))

    def answers_are_judged(self) -> None:
        """What is confirmed is accepted in one go, what is not goes back; the rest gets letters."""
        self._comes(REVIEWED_ON)
        self._accept()
        remark = say(Notice.DEMO_REMARK_WORDS)
        rows = self._decide(_is_unconfirmed, decision=REWORK, remark=remark)
        campaign.return_remarks(self.folder, self.now)
        _tell(Notice.DEMO_RETURN, school=self.hasty.short_name, rows=rows, decision=REWORK, remark=remark)
        letters = campaign.remind(self.folder, self.now, self.now.date()).letters
        names = ", ".join(one.gaps.participant.short_name for one in letters)
        _tell(Notice.DEMO_REMIND, letters=len(letters), names=names)

    def school_mends(self) -> None:
        """The returned form comes back; what was asked for is there, and accepted by eye."""
        self._comes(MENDED_ON)
        self._receive(schools.mended_copies(self.place, self.plan))
        _tell(Notice.DEMO_MENDED, school=self.hasty.short_name)
        self._accept()
        rows = self._decide(_is_mended, decision=ACCEPTED)
        _tell(Notice.DEMO_BY_EYE, rows=rows, state=ReviewState.MENDED.value)

    def note_is_written(self) -> None:
        """The note; a copy that comes after it; the note again, which says what has changed."""
        self._comes(NOTED_ON)
        rates = campaign.report(self.folder, self.now, self.now.date()).consolidation.rates
        told = {"received": share(rates.received), "evidenced": share(rates.evidenced)}
        _tell(Notice.DEMO_NOTE, day=f"{NOTED_ON:%d.%m.%Y}", **told)
        self._comes(LAST_DAY)
        self._receive(schools.last_copies(self.place, self.plan))
        note = campaign.report(self.folder, self.now, self.now.date()).note
        changed = len(note.changes.rows) if note.changes else 0
        silent = schools.schools_of(self.plan)[3]
        _tell(Notice.DEMO_CHANGED, school=silent.short_name, day=f"{LAST_DAY:%d.%m.%Y}", count=changed)
        self._collect()

    def show_places(self) -> None:
        """The свод as it is in the end, and where everything else lies."""
        if self.last:
            reports.show_consolidation(self.last)
        place = self.place
        _tell(Notice.DEMO_LOOK)
        for notice, path in {
            Notice.DEMO_LOOK_NOTE: place.note,
            Notice.DEMO_LOOK_FIGURES: place.appendix,
            Notice.DEMO_LOOK_RETURNED: place.returned,
            Notice.DEMO_LOOK_LETTERS: place.letters,
        }.items():
            _tell(notice, path=path.resolve())

    # --- how

    def _comes(self, day: date) -> None:
        """It is nine o'clock in the morning of that day."""
        self.now = datetime.combine(day, time(9), self.now.tzinfo)

    def _receive(self, copies: Iterable[tuple[str, bytes]]) -> None:
        """Put copies into «Получено» as files of the day that has come."""
        for name, data in copies:
            path = self.place.received / name
            store.write_atomically(path, data)
            os.utime(path, (self.now.timestamp(),) * 2)

    def _collect(self) -> None:
        self.last = campaign.consolidate(self.folder, self.now.date(), self.now)

    def _accept(self) -> None:
        """A consolidation too: what has just come is judged with the rest."""
        done = campaign.accept_sufficient(self.folder, self.now)
        _tell(Notice.DEMO_ACCEPT, count=done.count, left=sum(done.left.values()))
        self.now += timedelta(minutes=1)

    def _decide(self, is_meant: Callable[[Line], bool], **typed: str) -> int:
        """Write the same words beside rows of the hasty school; how many they are."""
        entries = demo_office.lines(self.place, ENTRIES)
        name = self.hasty.short_name
        meant = [one for one in entries if one["participant"] == name and is_meant(one)]
        chosen: Typed = {(one["participant"], one["key"]): typed for one in meant}
        demo_office.type_into(self.place, ENTRIES, ("participant", "key"), chosen)
        return len(meant)


def _is_unconfirmed(line: Line) -> bool:
    unconfirmed = {EvidenceWord.NO.value, EvidenceWord.WEAK.value}
    return line["status"] == Status.DONE.value and line["evidence"] in unconfirmed


def _is_mended(line: Line) -> bool:
    return line["review"] == ReviewState.MENDED.value
