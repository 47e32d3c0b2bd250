"""The same document or link in several rows of one participant, and what is asked to see it in several
reports (``checks.between``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from sheetsync.checks.case import Case
from sheetsync.checks.evidence import column_of, identity_of
from sheetsync.checks.plan_words import bones_of, own_words
from sheetsync.findings import make
from sheetsync.model import EvidenceItem, Finding, Origin, Outcome, Settings

INFORMATION: Final = "info"
"""The column of long texts."""
_LONG: Final = 80
"""Letters of a text that two schools do not write alike by chance."""


class Use(NamedTuple):
    """One document or link in one row."""

    outcome: Outcome
    item: EvidenceItem


def document_in_many_rows(case: Case) -> Iterator[Finding]:
    """One participant names one document in several rows: told once, at the first of them."""
    for rows in uses_by_document(case).values():
        for own in _by_participant(rows).values() if len(rows) > 1 else ():
            if len(own) > 1:
                yield _finding(case, own, "E606", rows=_numbers(case, own))


def long_texts(case: Case) -> dict[str, list[Outcome]]:
    """Rows by what they tell, spelling aside; what is short or said by the plan tells nothing."""
    own = own_words(case.plan.rows)
    found: dict[str, list[Outcome]] = {}
    for outcome in case.outcomes:
        text = outcome.entry.text(INFORMATION) if outcome.entry else ""
        told = "".join([one for one in bones_of(text) if one not in own]) if text else ""
        if len(told) >= _LONG:
            found.setdefault(told, []).append(outcome)
    return found


def _numbers(case: Case, uses: Iterable[Use]) -> str:
    return _numbered(case, (use.outcome for use in uses))


def _numbered(case: Case, outcomes: Iterable[Outcome]) -> str:
    rows = map(case.row, outcomes)
    return ", ".join(dict.fromkeys(row.number or row.title for row in rows))


def uses_by_document(case: Case) -> dict[str, list[Use]]:
    """Where each document stands, rows in the order of the plan.

    Only what can be told apart counts: a link, or a document with number and date. The order
    the plan itself belongs to may stand anywhere.
    """
    return case.once(_uses_by_document)


def _uses_by_document(case: Case) -> dict[str, list[Use]]:
    settings = case.plan.settings
    found: dict[str, list[Use]] = {}
    for outcome in case.outcomes:
        for identity, item in {identity_of(one): one for one in case.evidence_of(outcome).items}.items():
            if item.link or (item.number and item.date and not _is_the_order(item, settings)):
                known = found.get(identity)
                if known is None:
                    found[identity] = [Use(outcome, item)]
                else:
                    known.append(Use(outcome, item))
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
    outcome = uses[0].outcome
    return make(
        code,
        participant=outcome.participant,
        activity=outcome.activity,
        origin=place_of_use(case, uses[0]),
        count=len(uses),
        **params,
    )


def place_of_use(case: Case, use: Use) -> Origin:
    """The cell that names a document."""
    return case.place(use.outcome, column_of(use.outcome, use.item.link or use.item.text))
