"""«Пары»: a school and the school that helps it, the agreement between them, and how far its report is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Final

from sheetsync.columns import PAIRS, AgreementWord
from sheetsync.district.bodies import OutRecord, ValueBody, values_of
from sheetsync.merge.rates import rates_of
from sheetsync.model import Consolidation, Finding, Outcome, Participant, PlanRow, Status, Sufficiency
from sheetsync.plan.papers import FIRM, Paper, mention_of

_RowKey = tuple[str, str]
_OF_OTHER_KIND: Final = "E610"
_WORDS: Final = (
    (Sufficiency.YES, AgreementWord.YES),
    (Sufficiency.WEAK, AgreementWord.WEAK),
)
"""The best agreement counts: a school may report it in several rows."""


@cache
def _words_of_agreements() -> re.Pattern[str]:
    return mention_of((kind, FIRM[kind]) for kind in (Paper.AGREEMENT, Paper.CONTRACT))


def pairs_body(result: Consolidation, agreements: Mapping[str, str] | None = None) -> ValueBody:
    """A row for every school that has a curator and owes a report; ``agreements`` are words known of them."""
    counts = {one.participant: one for one in result.completeness}
    records: list[OutRecord] = []
    for one in _helped(result.plan.participants):
        own = counts.get(one.code)
        rates = rates_of([own] if own else [])
        records.append(
            {
                "participant": one.short_name,
                "curator": one.curator,
                "agreement": agreements[one.code] if agreements else agreement_in(one.code, result).value,
                "filled_rate": rates.filled,
                "evidenced_rate": rates.evidenced,
                "state": own.state.value if own else "",
            }
        )
    return values_of(PAIRS, records, ("participant",))


def agreement_in(code: str, result: Consolidation) -> AgreementWord:
    """The word of one school by a consolidation that holds it."""
    asking = {row.key for row in result.plan.rows if asks_agreement(row)}
    return agreement_of(code, result.outcomes, asking, rows_of_other_kind(result.findings))


def asks_agreement(row: PlanRow) -> bool:
    """Whether what confirms a row is an agreement; by the expected result where the plan does not say."""
    return not row.is_retired and bool(_words_of_agreements().search(row.evidence_asked or row.result))


def _helped(participants: Sequence[Participant]) -> list[Participant]:
    return [one for one in participants if one.curator and one.owes_report]


def rows_of_other_kind(findings: Iterable[Finding]) -> frozenset[_RowKey]:
    """Rows confirmed by a document of another kind than asked."""
    return frozenset(
        (one.participant or "", one.activity or "") for one in findings if one.code == _OF_OTHER_KIND
    )


def agreement_of(
    code: str, outcomes: Sequence[Outcome], asking: Collection[str], others: Collection[_RowKey] = ()
) -> AgreementWord:
    """How the agreement of a school is confirmed; ``asking`` are the rows that ask for one, ``others``
    those that are confirmed by something else."""
    own = [one for one in outcomes if one.participant == code and one.activity in asking]
    if not own:
        return AgreementWord.NOT_ASKED
    reported = [one for one in own if one.status is not Status.NOT_REQUIRED]
    found = {one.evidence for one in reported if (one.participant, one.activity) not in others}
    shown = next((word for evidence, word in _WORDS if evidence in found), AgreementWord.NO)
    is_other = shown is AgreementWord.NO and any((code, one.activity) in others for one in reported)
    return AgreementWord.OTHER if is_other else shown
