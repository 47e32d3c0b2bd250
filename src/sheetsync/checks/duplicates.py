"""The same document or link in several rows, or in the answers of several participants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sheetsync.checks.case import Case, finding_at
from sheetsync.checks.evidence import EVIDENCE_COLUMNS, identity_of
from sheetsync.model import EvidenceItem, Finding, Outcome, Settings

_NAMED: Final = 5
"""How many other participants a finding names."""


@dataclass(frozen=True, slots=True)
class Use:
    """One document or link in one row."""

    outcome: Outcome
    item: EvidenceItem


def document_used_again(case: Case) -> Iterator[Finding]:
    """The same document elsewhere: told at the first row of every participant that names it."""
    names = {one.code: one.short_name or one.name for one in case.plan.participants}
    for uses in _uses(case).values():
        by_participant = _by_participant(uses)
        for code, rows in by_participant.items():
            if len(rows) > 1:
                numbers = ", ".join(
                    case.row(use.outcome).number or case.row(use.outcome).title for use in rows
                )
                yield _finding(rows[0], "E606", rows=numbers, count=len(rows))
            others = [names.get(other, other) for other in by_participant if other != code]
            if others:
                yield _finding(rows[0], "E607", others=_listed(others), count=len(rows))


def _listed(names: list[str]) -> str:
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


def _finding(use: Use, code: str, *, count: int, **params: object) -> Finding:
    return finding_at(use.outcome, _column_of(use), code, count=count, **params)


def _column_of(use: Use) -> str:
    entry, wanted = use.outcome.entry, use.item.link or use.item.text
    for column in EVIDENCE_COLUMNS:
        field = entry.fields.get(column) if entry else None
        if field and (wanted in field.text or wanted in field.links):
            return column
    return EVIDENCE_COLUMNS[0]
