"""«sheetsync return» for participants whose channel is Excel: their forms again, in «Возврат».

A form goes back with the answers the свод has, so that personal data covered there stay covered;
what the school leaves as it is changes nothing (``merge.copies`` compares with what was sent).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.each_apart import each_apart
from sheetsync.campaign.files import open_template, read_file
from sheetsync.campaign.form_names import returned_name
from sheetsync.campaign.issuing import plan_digest
from sheetsync.campaign.remark_words import remark_words
from sheetsync.campaign.review_notices import ReviewNotice
from sheetsync.campaign.said_before import said_in
from sheetsync.campaign.understood import repairs_of
from sheetsync.columns import FORM_REPAIRS
from sheetsync.district.remarks import accepted_rows
from sheetsync.findings import make
from sheetsync.forms.answered import answers_in
from sheetsync.forms.model import Form, form_of
from sheetsync.forms.render import fill_form
from sheetsync.forms.returned import Return, returned
from sheetsync.journal import IssuedForm, Journal, ReturnedForm
from sheetsync.letters.letter import answer_day
from sheetsync.model import (
    Consolidation,
    Decision,
    Event,
    Finding,
    JournalLine,
    Participant,
    RowState,
    Verdict,
)
from sheetsync.notices import say
from sheetsync.workbooks.templates import Template

_FIRST: Final = 1
_AT_NO_TIME: Final = Return(0, date(2000, 1, 1), {})
"""A return whose round and day are not settled yet: what it says is compared without them."""


class FileReturned(Struct, frozen=True):
    """One form in «Возврат»: the round, how many rows it asks to mend, till when."""

    participant: Participant
    path: Path
    number: int
    open: int
    until: date
    is_new: bool = True


@dataclass
class FilesReturning:
    """Writes the forms of one run; ``until`` is the coordinator's own word on the day."""

    campaign: store.Campaign
    journal: Journal
    found: Consolidation
    run: int
    now: datetime
    until: date | None = None
    returned: list[FileReturned] = field(default_factory=list, init=False)
    findings: list[Finding] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self._plan = self.found.plan
        self._digest = plan_digest(self._plan)
        self._sent = {one.sha256 for one in self.journal.forms()}

    def give_back(self, participant: Participant, remarks: Mapping[str, Decision]) -> None:
        """Write the form of one participant; one that says what the last one said stays as it is."""
        code = participant.code
        last = self.journal.returned.last(code)
        copies = self.journal.fingerprint("copies", *self._copies_of(code))
        one = self._return(code, remarks)
        content = self.journal.fingerprint("return", _content(self._form(code, one)))
        is_known = last is not None and (last.content, last.copies) == (content, copies)
        if last and is_known and self.until in (None, last.until):
            data = store.read_original(self.campaign, last.sha256)
            if data is not None:
                self._put(participant, replace(last, run=self.run), data, len(remarks), is_known=True)
                return
        number, until = self._round(last, copies)
        data = self._rendered(self._form(code, replace(one, number=number, until=until)))
        form = ReturnedForm(code, number, store.sha256(data), content, copies, until, self.run)
        self._put(participant, form, data, len(remarks))

    def _put(
        self, participant: Participant, form: ReturnedForm, data: bytes, count: int, *, is_known: bool = False
    ) -> None:
        """Put the form into the folder. The journal knows it before it is there, as of issued forms."""
        path = self.campaign.returned / returned_name(participant, form.number)
        present = read_file(path) if path.exists() else None
        if present is not None and present != data and store.sha256(present) not in self._sent:
            self.findings.append(make("S840", participant=participant.code, name=path.name))
            return
        told = FileReturned(participant, path, form.number, count, form.until, is_new=present != data)
        self.returned.append(told)
        if is_known and present == data:
            return
        if not is_known:
            self._remember(form, path.name, data)
        note = say(ReviewNotice.RETURN_FILE_NOTE, number=form.number, open=count, until=_day(form.until))
        line = JournalLine(self.run, self.now, Event.RETURNED, participant.short_name, path.name, note)
        self.journal.add_lines([line])
        self.journal.commit()
        store.write_atomically(path, data)

    def _remember(self, form: ReturnedForm, name: str, data: bytes) -> None:
        store.keep_original(self.campaign, data)
        issued = IssuedForm(form.participant, self._plan.issue, form.sha256, name, self._digest, self.run)
        self.journal.add_form(issued, self.now)
        self.journal.returned.add(form)

    def _round(self, last: ReturnedForm | None, copies: str) -> tuple[int, date]:
        """A round lasts until the school sends something; what is returned meanwhile belongs to it."""
        if last and last.copies == copies:
            return last.number, self.until or last.until
        day = self.until or answer_day(self._plan.settings, self.now.date()).day
        return (last.number + 1 if last else _FIRST), day

    # --- what it says

    def _return(self, code: str, remarks: Mapping[str, Decision]) -> Return:
        own = self._apart[code]
        rows = own.outcomes
        return replace(
            _AT_NO_TIME,
            remarks={key: remark_words(one, one.remark.strip()) for key, one in remarks.items()},
            accepted=accepted_rows(rows).get(code, frozenset()),
            missing=sum(
                one.is_due and one.state is RowState.MISSING and one.activity not in remarks for one in rows
            ),
            repairs=repairs_of(own, code),
        )

    def _form(self, code: str, one: Return) -> Form:
        plan = self._plan
        answers = answers_in([said_in(self._apart[code], plan, code)], plan, code)
        return returned(form_of(plan, code), plan, answers, one)

    def _rendered(self, form: Form) -> bytes:
        workbook = open_template(Template.FORM, self.campaign.folder)
        if FORM_REPAIRS.name not in workbook.table_names():
            self._tell_once(make("S841", name=Template.FORM.value))
        fill_form(workbook, form)
        return workbook.to_bytes()

    def _tell_once(self, finding: Finding) -> None:
        if finding not in self.findings:
            self.findings.append(finding)

    def _copies_of(self, code: str) -> Iterable[str]:
        return self._senders.get(code, ())

    @cached_property
    def _apart(self) -> Mapping[str, Consolidation]:
        return each_apart(self.found)

    @cached_property
    def _senders(self) -> Mapping[str, list[str]]:
        """The copies that came, by whose reports they hold."""
        found: dict[str, list[str]] = {}
        for file in self.found.files:
            for code in file.participants if file.verdict is Verdict.ACCEPTED else ():
                found.setdefault(code, []).append(file.origin.sha256)
        return {code: sorted(set(shas)) for code, shas in found.items()}


def _content(form: Form) -> str:
    """Everything it says, in an order of its own: sets are printed in any."""
    back = form.back
    said = (back.line, sorted(back.open), sorted(back.accepted), back.repairs) if back else ()
    return repr((form.marks, form.header, form.rows, form.indicators, form.mark_rows, said))


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
