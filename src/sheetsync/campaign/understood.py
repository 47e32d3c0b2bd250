"""How the copies of a school were understood, told to the school itself in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sheetsync.campaign.review_notices import ReviewNotice
from sheetsync.findings import CATALOGUE
from sheetsync.forms.returned import Repair
from sheetsync.model import Consolidation, Finding, Plan, Privacy

_READING: Final = "R"
_PERSONAL: Final = "P"
_ONLY_FOR_THE_OFFICE: Final = frozenset({"R332"})
"""That the tick «Отчёт готов» was set says nothing about how a copy was read."""


def repairs_of(found: Consolidation, code: str) -> tuple[Repair, ...]:
    """What was found out of place in the copies of a participant, by activity, as the plan has them."""
    places = {row.key: place for place, row in enumerate(found.plan.rows)}
    told = sorted(_told_to(found, code), key=lambda one: (places.get(one.activity or "", -1), one.code))
    return tuple(_repair(one, found.plan) for one in told)


def _told_to(found: Consolidation, code: str) -> Iterator[Finding]:
    for one in found.findings:
        is_reading = one.code.startswith(_READING) and one.code not in _ONLY_FOR_THE_OFFICE
        if one.participant == code and (is_reading or one.code.startswith(_PERSONAL)):
            yield one


def _repair(finding: Finding, plan: Plan) -> Repair:
    """In Russian, as the form is. Advice is for the coordinator and stays at home."""
    row = plan.row(finding.activity) if finding.activity else None
    origin = finding.origin
    place = "!".join(part for part in (origin.sheet, origin.cell) if part)
    fact = CATALOGUE[finding.code].fact.format(**dict(finding.params))
    if finding.code.startswith(_PERSONAL) and plan.settings.privacy is not Privacy.KEEP:
        fact = f"{fact} {ReviewNotice.RETURN_COVERED.value}"
    return Repair(row.number if row else "", ", ".join(filter(None, (place, origin.file))), fact)
