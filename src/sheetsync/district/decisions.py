"""What the coordinator wrote in «Исполнение» is read back by participant and key, wherever the row is."""

from __future__ import annotations

from collections.abc import Mapping

from sheetsync.columns import ENTRIES
from sheetsync.district.bodies import records_of
from sheetsync.district.reading import find_participant
from sheetsync.model import Decision, Plan
from sheetsync.workbooks.port import TableRows


def read_decisions(table: TableRows, plan: Plan) -> Mapping[tuple[str, str], Decision]:
    """Решение and Замечание района by (participant code, activity key); empty ones are left out.

    A participant no longer in the roster keeps the name it was shown under as its code, so that
    the decision is reported as orphaned instead of vanishing.
    """
    found: dict[tuple[str, str], Decision] = {}
    for record in records_of(ENTRIES, table):
        decision = Decision(record.text("decision"), record.cell("remark").text)
        if decision != Decision():
            name = record.text("participant")
            participant = find_participant(name, plan.participants)
            place = (participant.code if participant else name, record.text("key"))
            found[place] = _joined(found.get(place), decision)
    return found


def _joined(known: Decision | None, new: Decision) -> Decision:
    """Two rows of one key (a copied row): neither word is lost."""
    if known is None or known == new:
        return new
    remarks = "\n".join(dict.fromkeys(part for part in (known.remark, new.remark) if part))
    return Decision(known.verdict or new.verdict, remarks)
