"""«Пары»: a school and the school that helps it, the agreement between them, and how far its report is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sheetsync.columns import PAIRS, AgreementWord
from sheetsync.district.bodies import OutRecord, body_of
from sheetsync.merge.rates import rates_of
from sheetsync.model import Consolidation, Outcome, Participant, PlanRow, Status, Sufficiency
from sheetsync.plan.papers import FIRM, Paper, mention_of
from sheetsync.workbooks.port import TableBody

_AGREEMENT: Final = mention_of((kind, FIRM[kind]) for kind in (Paper.AGREEMENT, Paper.CONTRACT))
_WORDS: Final = (
    (Sufficiency.YES, AgreementWord.YES),
    (Sufficiency.WEAK, AgreementWord.WEAK),
)
"""The best agreement counts: a school may report it in several rows."""


def pairs_body(result: Consolidation) -> TableBody:
    """A row for every school that has a curator and owes a report."""
    counts = {one.participant: one for one in result.completeness}
    asking = {row.key for row in result.plan.rows if asks_agreement(row)}
    records: list[OutRecord] = []
    for one in _helped(result.plan.participants):
        own = counts.get(one.code)
        rates = rates_of([own] if own else [])
        records.append(
            {
                "participant": one.short_name,
                "curator": one.curator,
                "agreement": _agreement(one.code, result.outcomes, asking).value,
                "filled_rate": rates.filled,
                "evidenced_rate": rates.evidenced,
                "state": own.state.value if own else "",
            }
        )
    return body_of(PAIRS, records, ("participant",))


def asks_agreement(row: PlanRow) -> bool:
    """Whether what confirms a row is an agreement; by the expected result where the plan does not say."""
    return not row.is_retired and bool(_AGREEMENT.search(row.evidence_asked or row.result))


def _helped(participants: Sequence[Participant]) -> list[Participant]:
    return [one for one in participants if one.curator and one.owes_report]


def _agreement(code: str, outcomes: Sequence[Outcome], asking: set[str]) -> AgreementWord:
    own = [one for one in outcomes if one.participant == code and one.activity in asking]
    if not own:
        return AgreementWord.NOT_ASKED
    found = {one.evidence for one in own if one.status is not Status.NOT_REQUIRED}
    return next((word for evidence, word in _WORDS if evidence in found), AgreementWord.NO)
