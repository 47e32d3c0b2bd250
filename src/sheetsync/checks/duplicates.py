"""The same document, link or long text in several rows, or in the answers of several participants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sheetsync.checks.case import Case
from sheetsync.checks.evidence import column_of, identity_of, is_of_an_office
from sheetsync.checks.plan_words import own_words, sentences
from sheetsync.model import EvidenceItem, Finding, Outcome, Settings
from sheetsync.text import skeleton

_NAMED: Final = 5
"""How many other participants a finding names."""

_INFORMATION: Final = "info"
_LONG: Final = 80
"""Letters of a text that two schools do not write alike by chance."""


@dataclass(frozen=True, slots=True)
class Use:
    """One document or link in one row."""

    outcome: Outcome
    item: EvidenceItem


def document_in_many_rows(case: Case) -> Iterator[Finding]:
    """One participant names one document in several rows: told once, at the first of them."""
    for rows in _uses(case).values():
        for own in _by_participant(rows).values():
            if len(own) > 1:
                yield _finding(case, own, "E606", rows=_numbers(case, own))


def document_of_others(case: Case) -> Iterator[Finding]:
    """Documents a participant shares with the same others are one cause, told once."""
    names = {one.code: one.short_name or one.name for one in case.plan.participants}
    shared: dict[tuple[str, tuple[str, ...]], list[Use]] = {}
    for uses in _uses(case).values():
        by_participant = _by_participant(uses)
        for code, own in by_participant.items():
            others = tuple(names[other] for other in by_participant if other != code)
            if others and not is_of_an_office(uses[0].item):
                shared.setdefault((code, others), []).extend(own)
    for (_, others), own in shared.items():
        yield _finding(case, own, "E607", others=_listed(others), rows=_numbers(case, own))


def text_of_others(case: Case) -> Iterator[Finding]:
    """Participants that tell the same at length: rows shared with the same others are one cause."""
    names = {one.code: one.short_name or one.name for one in case.plan.participants}
    shared: dict[tuple[str, tuple[str, ...]], list[Outcome]] = {}
    for rows in _long_texts(case).values():
        codes = tuple(dict.fromkeys(outcome.participant for outcome in rows))
        for outcome in rows if len(codes) > 1 else ():
            others = tuple(names[code] for code in codes if code != outcome.participant)
            shared.setdefault((outcome.participant, others), []).append(outcome)
    for (_, others), own in shared.items():
        numbers = _numbered(case, own)
        yield case.finding(own[0], _INFORMATION, "E611", count=len(own), others=_listed(others), rows=numbers)


def _long_texts(case: Case) -> dict[str, list[Outcome]]:
    """Rows by what they tell, spelling aside; what is short or said by the plan tells nothing."""
    own = own_words(case.plan.rows)
    found: dict[str, list[Outcome]] = {}
    for outcome in case.outcomes:
        text = outcome.entry.text(_INFORMATION) if outcome.entry else ""
        told = [skeleton(one) for one in sentences(text) if skeleton(one) not in own]
        if sum(map(len, told)) >= _LONG:
            found.setdefault("".join(told), []).append(outcome)
    return found


def _numbers(case: Case, uses: Iterable[Use]) -> str:
    return _numbered(case, (use.outcome for use in uses))


def _numbered(case: Case, outcomes: Iterable[Outcome]) -> str:
    rows = map(case.row, outcomes)
    return ", ".join(dict.fromkeys(row.number or row.title for row in rows))


def _listed(names: tuple[str, ...]) -> str:
    """A few names and how many more there are."""
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" (+{more})" if more > 0 else "")


def _uses(case: Case) -> dict[str, list[Use]]:
    """Where each document stands, rows in the order of the plan.

    Only what can be told apart counts: a link, or a document with number and date. The order
    the plan itself belongs to may stand anywhere.
    """
    found: dict[str, list[Use]] = {}
    for outcome in case.outcomes:
        for item in {identity_of(one): one for one in case.evidence_of(outcome).items}.values():
            if (item.link or (item.number and item.date)) and not _is_the_order(item, case.plan.settings):
                found.setdefault(identity_of(item), []).append(Use(outcome, item))
    return found


def _by_participant(uses: list[Use]) -> dict[str, list[Use]]:
    found: dict[str, list[Use]] = {}
    for use in uses:
        found.setdefault(use.outcome.participant, []).append(use)
    return found


def _is_the_order(item: EvidenceItem, settings: Settings) -> bool:
    return bool(settings.order_number) and (item.number, item.date) == (
        settings.order_number,
        settings.order_date,
    )


def _finding(case: Case, uses: list[Use], code: str, **params: object) -> Finding:
    outcome, item = uses[0].outcome, uses[0].item
    return case.finding(outcome, column_of(outcome, item.link or item.text), code, count=len(uses), **params)
