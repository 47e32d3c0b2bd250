"""The same document or link in several rows, or in the answers of several participants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sheetsync.checks.case import Case
from sheetsync.checks.evidence import EVIDENCE_COLUMNS, identity_of
from sheetsync.model import EvidenceItem, Finding, Outcome, Settings

_NAMED: Final = 5
"""How many other participants a finding names."""


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
            if others:
                shared.setdefault((code, others), []).extend(own)
    for (_, others), own in shared.items():
        yield _finding(case, own, "E607", others=_listed(others), rows=_numbers(case, own))


def _numbers(case: Case, uses: Iterable[Use]) -> str:
    rows = (case.row(use.outcome) for use in uses)
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
        evidence = case.evidence.get((outcome.participant, outcome.activity))
        for item in {identity_of(one): one for one in (evidence.items if evidence else ())}.values():
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
    return case.finding(uses[0].outcome, _column_of(uses[0]), code, count=len(uses), **params)


def _column_of(use: Use) -> str:
    entry, wanted = use.outcome.entry, use.item.link or use.item.text
    for column in EVIDENCE_COLUMNS:
        field = entry.fields.get(column) if entry else None
        if field and (wanted in field.text or wanted in field.links):
            return column
    return EVIDENCE_COLUMNS[0]
