"""The form of a participant goes into its spreadsheet: at first, and again when it asks something else.

Before a form is replaced the sheet is read and kept, and the school's answers go into the new form.
What is typed between that reading and the writing is seen afterwards, and goes into it too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.files import open_template
from sheetsync.campaign.form_names import form_title, sheet_name
from sheetsync.campaign.google.left_alone import TRIES, LeftAlone, lacks_form, not_understood
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.google.readings import Reader
from sheetsync.campaign.issued import IssuedForms
from sheetsync.campaign.past_periods import PastPeriods
from sheetsync.findings import make
from sheetsync.forms.answered import Answers, answers_in, with_answers, with_late_answers
from sheetsync.forms.model import form_of
from sheetsync.forms.render import fill_form
from sheetsync.forms.wording import speak_of_google
from sheetsync.intake.read import read_copy
from sheetsync.journal import GoogleSheet, IssuedForm, Journal
from sheetsync.model import Event, Finding, JournalLine, Origin, Participant, Plan, Verdict
from sheetsync.notices import say
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.google.older_form import dropped, set_aside
from sheetsync.workbooks.google.port import DriveFile, Google, Request
from sheetsync.workbooks.google.translated_formulas import FormulaNotForGoogle
from sheetsync.workbooks.google.translation import THERE_FIELDS, There, there_in, translated
from sheetsync.workbooks.templates import Template


def content_of(plan: Plan, code: str) -> str:
    """A digest of what the form of a participant says, whatever the number of its issue and its looks."""
    form = form_of(replace(plan, issue=0), code)
    said = repr((form.marks, form.header, form.rows, form.indicators, form.mark_cells, form.mark_rows))
    return hashlib.sha256(said.encode()).hexdigest()


@dataclass
class Filling:
    """Writes the forms of one issue; ``digest`` is the plan's, ``findings`` are told into."""

    campaign: store.Campaign
    journal: Journal
    plan: Plan
    digest: str
    run: int
    now: datetime
    google: Google
    findings: list[Finding]

    def __post_init__(self) -> None:
        self._reader = Reader(self.campaign, self.journal, self.plan.issue, self.run)

    def is_filled(self, participant: Participant, sheet: GoogleSheet) -> bool:
        """Whether the sheet asks what the plan asks now."""
        return sheet.is_written and sheet.content == content_of(self.plan, participant.code)

    def fill(self, participant: Participant, sheet: GoogleSheet, file: DriveFile) -> None:
        """Write the form. Raises ``GoogleRefused`` and ``LeftAlone``; asked again, it goes on.

        A spreadsheet the journal knows no form of may hold one all the same: the journal was lost,
        or a school's own copy with our marks was found in its stead.
        """
        if not sheet.form:
            there = self._there(sheet)
            if there.is_fresh:
                self._begin(participant, sheet, there)
                return
        is_known = bool(sheet.form)
        for _ in range(TRIES):
            remembered = self._reader.known
            found = self._reader.read(self.google, sheet, file, self.now)
            if found.now.is_empty:
                self._begin(participant, sheet, self._there(sheet))
                return
            now = self._answers(found.now.data, participant, is_living=True)
            wanted = now
            if found.before:
                known = remembered.last(sheet.file, found.before.issue)
                wanted = with_late_answers(
                    now,
                    self._answers(self._kept(sheet.form), participant) if sheet.form else {},
                    self._answers(self._kept(known.sha256), participant) if known else {},
                    self._answers(found.before.data, participant),
                )
            is_there = found.before is not None or found.now.issue == self._reader.issue_of(sheet.form)
            is_asked = sheet.content == content_of(self.plan, participant.code)
            if is_there and is_asked and wanted == now:
                self._finish(participant, sheet, dropped(found.answer))
                return
            if wanted != now:
                self.findings.append(make("G626", participant=participant.code))
            is_superseded = not is_known and found.now.issue == self.plan.issue
            sheet = self._write(
                participant,
                sheet,
                wanted,
                self._there(sheet),
                set_aside(found.answer),
                sent={} if is_superseded else wanted,
            )
        raise LeftAlone(say(GoogleNotice.WHY_UNSETTLED))

    def _begin(self, participant: Participant, sheet: GoogleSheet, there: There) -> None:
        """The first form of a sheet, with what the participant said in a sheet that is gone."""
        readings = self._reader.known.of(participant.code)
        last = store.read_original(self.campaign, readings[-1].sha256) if readings else None
        answers = self._answers(last, participant) if last else {}
        self._finish(participant, self._write(participant, sheet, answers, there, sent=answers))

    def _there(self, sheet: GoogleSheet) -> There:
        """What the spreadsheet holds, a fresh one too: the number of its one sheet is Google's choice."""
        return there_in(self.google.read(sheet.file, THERE_FIELDS))

    def _write(
        self,
        participant: Participant,
        sheet: GoogleSheet,
        answers: Answers,
        there: There,
        before: Iterable[Request] = (),
        *,
        sent: Answers,
    ) -> GoogleSheet:
        """One batch. The journal knows of the form before Google does: a run cut off here finds it again.

        ``sent`` are the answers the office is known to have sent with it. They are none where no copy
        says them any more: what the sheet holds is then the school's own report.
        """
        requests = [*before, *self._requests(self._form(participant, answers), participant, there)]
        digest = store.keep_original(self.campaign, self._form(participant, sent))
        name = sheet_name(participant)
        issued = IssuedForm(participant.code, self.plan.issue, digest, name, self.digest, self.run)
        self.journal.add_form(issued, self.now)
        content = content_of(self.plan, participant.code)
        sheet = self._saved(replace(sheet, content=content, form=digest, is_written=False))
        self.journal.google.save_locked(sheet.file, {})  # the form comes with a protection of its own
        self.google.write_once(sheet.file, requests, self._mark(participant, digest))
        return sheet

    def _form(self, participant: Participant, answers: Answers) -> bytes:
        form = with_answers(form_of(self.plan, participant.code), self.plan, answers)
        workbook = open_template(Template.FORM, self.campaign.folder)
        fill_form(workbook, form)
        speak_of_google(workbook)
        return workbook.to_bytes()

    def _requests(self, data: bytes, participant: Participant, there: There) -> tuple[Request, ...]:
        try:
            return translated(
                data,
                title=form_title(participant),
                there=there,
                editors=(self._account,),
                guard_words=say(GoogleNotice.GUARD),
            ).requests
        except FormulaNotForGoogle as error:
            raise LeftAlone(say(GoogleNotice.WHY_FORMULA, cell=f"{error.sheet}!{error.cell}")) from error

    def _finish(self, participant: Participant, sheet: GoogleSheet, last: Iterable[Request] = ()) -> None:
        """The form is there; copies of the older one go."""
        requests = list(last)
        if requests:
            self.google.write_once(sheet.file, requests, self._mark(participant, sheet.form, "done"))
        name = sheet_name(participant)
        line = JournalLine(self.run, self.now, Event.ISSUED, participant.short_name, name)
        self.journal.add_lines([line])
        self._saved(replace(sheet, is_written=True))

    def _saved(self, sheet: GoogleSheet) -> GoogleSheet:
        self.journal.google.save_sheet(sheet)
        self.journal.commit()
        return sheet

    def _mark(self, participant: Participant, digest: str, *more: str) -> str:
        return "/".join((self.plan.plan_id, participant.code, str(self.plan.issue), digest, *more))

    @cached_property
    def _account(self) -> str:
        return self.google.account()

    # --- answers

    def _kept(self, digest: str) -> bytes:
        """A form that was sent, or what was read of a sheet."""
        data = store.read_original(self.campaign, digest)
        if data is None:
            raise LeftAlone(say(GoogleNotice.WHY_UNREADABLE))
        return data

    def _answers(self, data: bytes, participant: Participant, *, is_living: bool = False) -> Answers:
        """What a participant said in a sheet or a form; one that is not understood is not replaced,
        nor is a living one whose table was deleted: it can be brought back with its answers."""
        book = open_copy(data, "").book
        if book and not (is_living and lacks_form(book)):
            issued = IssuedForms(self.campaign, self.journal.forms(), self.plan).form_behind(book)
            read = read_copy(book, self.plan, Origin(), issued.known if issued else None)
            if read.verdict is Verdict.ACCEPTED:
                past = PastPeriods.of(self.journal, self.plan)
                current = (one for one in read.submissions if not past.of_issue(one.issue))
                return answers_in(current, self.plan, participant.code)
        raise not_understood(book)
