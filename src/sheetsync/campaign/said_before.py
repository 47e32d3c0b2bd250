"""What participants answered under an earlier issue: a form issued again asks nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.each_apart import each_apart
from sheetsync.campaign.form_names import form_name
from sheetsync.checks.answers import status_of
from sheetsync.columns import FORM_INDICATORS, REPORT, Owner
from sheetsync.forms.answered import Answers, answers_in, as_typed
from sheetsync.grid import Book
from sheetsync.intake.printed import table_rows
from sheetsync.journal import IssuedForm, Journal
from sheetsync.model import Consolidation, Entry, IndicatorAnswer, Origin, Participant, Plan, Submission
from sheetsync.workbooks.copies import open_copy

_NOTHING: Final[Answers] = {}


def said_in(found: Consolidation, plan: Plan, code: str) -> Submission:
    """What the свод has of a participant, as if one copy said it, but for targets ``plan`` has no more."""
    entries = (one.entry for one in found.outcomes if one.participant == code)
    facts = (one for one in found.indicators if one.participant == code and one.indicator in plan.indicators)
    return Submission(
        Origin(),
        code,
        plan.issue,
        tuple(_with_listed_status(entry) for entry in entries if entry),
        indicators=tuple(
            IndicatorAnswer(code, one.indicator, one.entry.fields) for one in facts if one.entry
        ),
    )


def _with_listed_status(entry: Entry) -> Entry:
    """The status in the word of the list it was understood as: the form asks for no other."""
    status = status_of(entry)
    if status is None:
        return entry
    field = replace(entry.fields["status"], text=status.value, value=status)
    return replace(entry, fields={**entry.fields, "status": field})


def answers_before(
    campaign: store.Campaign, journal: Journal, plan: Plan, found_now: Callable[[], Consolidation]
) -> Mapping[str, Answers]:
    """The answers the forms of this issue begin with, by participant: those the свод has now, or those
    the form of this issue was sent with already.

    ``found_now`` is asked only when an earlier issue was answered. Nothing may be pending in the journal.
    """
    forms = journal.forms()
    if plan.issue <= min((one.issue for one in forms), default=plan.issue) or not journal.copies():
        return {}
    sent = {one.code: form for one in plan.participants if (form := _sent(one, plan, forms))}
    owing = [one.code for one in plan.participants if one.owes_report and plan.rows_of(one.code)]
    apart = each_apart(found_now()) if set(owing) - set(sent) else {}
    return {
        one: _answers_of(campaign, sent[one]) if one in sent else _answers_in(apart.get(one), plan, one)
        for one in owing
    }


def _answers_in(own: Consolidation | None, plan: Plan, code: str) -> Answers:
    return answers_in([said_in(own, plan, code)], plan, code) if own else _NOTHING


def _sent(participant: Participant, plan: Plan, forms: Collection[IssuedForm]) -> IssuedForm | None:
    """The form of this issue as it was sent first."""
    name = form_name(participant)
    own = (one for one in forms if (one.participant, one.issue) == (participant.code, plan.issue))
    return next((one for one in own if one.name == name), None)


def _answers_of(campaign: store.Campaign, form: IssuedForm) -> Answers:
    """The answers a kept form was sent with, values as they stand in its cells."""
    data = store.read_original(campaign, form.sha256)
    book = open_copy(data, form.name).book if data else None
    return _in_cells(book) if book else _NOTHING


def _in_cells(book: Book) -> Answers:
    """What stands in the columns of the school, in both tables of the form."""
    return {
        (cells["key"].text, column.key): as_typed(cells[column.key].value, cells[column.key].text)
        for sheet in book.sheets
        for spec in (REPORT, FORM_INDICATORS)
        for cells in table_rows(sheet, spec)
        for column in spec.columns
        if column.owner is Owner.SCHOOL and cells["key"].text and not cells[column.key].is_empty
    }
