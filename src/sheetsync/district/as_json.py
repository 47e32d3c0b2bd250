"""The consolidation as one JSON document: the contract other programs rely on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sheetsync.findings import advice_of, fact_of, severity_of
from sheetsync.model import Completeness, Consolidation, Entry, FileRecord, Finding, LedgerLine, Outcome, Plan

Json = dict[str, Any]


def consolidation_as_json(result: Consolidation) -> Json:
    """``sheetsync consolidate --json``: dates are ISO, what is absent is null."""
    return {
        "as_of": result.as_of.isoformat(),
        "files": [_file(one) for one in result.files],
        "participants": [_participant(one, result.plan) for one in result.completeness],
        "entries": [_entry(one, one.entry, result.plan) for one in result.outcomes if one.entry],
        "findings": findings_as_json(result.findings),
        "ledger": _ledger(result.ledger),
    }


def findings_as_json(findings: Iterable[Finding]) -> list[Json]:
    return [
        {
            "code": one.code,
            "severity": severity_of(one).value,
            "participant": one.participant,
            "activity": one.activity,
            "file": one.origin.file or None,
            "sheet": one.origin.sheet or None,
            "cell": one.origin.cell or None,
            "count": one.count,
            "text": fact_of(one),
            "advice": advice_of(one),
        }
        for one in findings
    ]


def _file(one: FileRecord) -> Json:
    return {
        "name": one.origin.file,
        "sha256": one.origin.sha256,
        "participant": one.participant,
        "verdict": one.verdict.value,
        "received_on": _iso(one.received_on),
    }


def _participant(one: Completeness, plan: Plan) -> Json:
    participant = plan.participant(one.participant)
    return {
        "code": one.participant,
        "name": participant.name if participant else one.participant,
        "received": one.received,
        "on_time": one.on_time,
        "rows_due": one.rows_due,
        "reported": one.reported,
        "confirmed_none": one.confirmed_none,
        "missing": one.missing,
        "done": one.done,
        "evidenced": one.evidenced,
        "state": one.state.value,
    }


def _entry(one: Outcome, entry: Entry, plan: Plan) -> Json:
    row = plan.row(one.activity)
    first = next((field.origin for field in entry.fields.values() if field.origin.cell), None)
    return {
        "participant": one.participant,
        "activity": one.activity,
        "number": row.number if row else None,
        "status": one.status.value if one.status else entry.text("status") or None,
        "done_on": _iso(one.done_on),
        **{key: entry.text(key) or None for key in ("info", "document", "reason")},
        "link": _link(entry) or None,
        "evidence_state": one.evidence.value if one.evidence else None,
        "review": one.review.value if one.review else None,
        "attached": list(one.attached),
        "source": {"file": first.file, "sheet": first.sheet, "cell": first.cell} if first else None,
    }


def _link(entry: Entry) -> str:
    """The words and the addresses of the link; where there are none, addresses behind other answers."""
    own = entry.fields.get("link")
    if own and (own.text or own.links):
        parts = [own.text, *(link for link in own.links if link not in own.text)]
    else:
        others = (entry.fields[key] for key in ("document", "info", "reason") if key in entry.fields)
        parts = [link for field in others for link in field.links if link not in field.text]
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _ledger(lines: Iterable[LedgerLine]) -> Json:
    lines = tuple(lines)
    parts = ("filled", "placed", "reported", "superseded", "refused", "unaccounted")
    return {part: sum(getattr(line, part) for line in lines) for part in parts}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
