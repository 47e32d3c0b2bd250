"""What the coordinator wrote in «Исполнение» is read back by participant and key, wherever the row is."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from sheetsync.columns import ENTRIES
from sheetsync.district.bodies import Record, records_of
from sheetsync.district.reading import find_participant
from sheetsync.model import Decision, Plan
from sheetsync.text import squeeze
from sheetsync.workbooks.port import ROW_KEY_JOINT, TableRows


class ShownRow(Struct, frozen=True):
    """One row of «Исполнение» as the workbook shows it; ``label`` is how a person calls it."""

    participant: str
    activity: str
    label: str
    decision: Decision

    @property
    def place(self) -> tuple[str, str]:
        return self.participant, self.activity


def shown_rows(table: TableRows, plan: Plan) -> dict[str, list[ShownRow]]:
    """Rows of «Исполнение» by what their key columns show.

    A participant no longer in the roster keeps the name it was shown under as its code, so that
    the decision is reported as orphaned instead of vanishing.
    """
    found: dict[str, list[ShownRow]] = {}
    known: dict[str, str] = {}
    for record in records_of(ENTRIES, table):
        name = record.text("participant")
        if name not in known:
            participant = find_participant(name, plan.participants)
            known[name] = participant.code if participant else name
        words = (squeeze(name), squeeze(record.text("key")))
        key = ROW_KEY_JOINT.join(word for word in words if word)
        found.setdefault(key, []).append(_shown(record, known[name]))
    return found


def _shown(record: Record, code: str) -> ShownRow:
    name, activity = record.text("participant"), record.text("key")
    label = " ".join(part for part in (record.text("number"), record.text("title")) if part)
    return ShownRow(
        code,
        activity,
        ROW_KEY_JOINT.join(part for part in (name, label) if part),
        Decision(record.text("decision"), record.cell("remark").text),
    )


def decisions_of(rows: Mapping[str, list[ShownRow]]) -> dict[tuple[str, str], Decision]:
    """Решение and Замечание района by (participant code, activity key); empty ones are left out."""
    found: dict[tuple[str, str], Decision] = {}
    for row in (row for same in rows.values() for row in same):
        if row.decision != Decision():
            found[row.place] = _joined(found.get(row.place), row.decision)
    return found


def _joined(known: Decision | None, new: Decision) -> Decision:
    """Two rows of one key (a copied row): neither word is lost."""
    if known is None or known == new:
        return new
    verdicts, remarks = (
        dict.fromkeys(part for part in parts if part)
        for parts in ((known.verdict, new.verdict), (known.remark, new.remark))
    )
    first, *others = verdicts or [""]
    return Decision(first, "\n".join([*remarks, *others]))
