"""What the coordinator decided, beside what the answer says now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

from sheetsync.checks.answers import ANSWER_COLUMNS
from sheetsync.checks.case import Case
from sheetsync.columns import ENTRIES
from sheetsync.model import Entry, Field, Finding
from sheetsync.text import squeeze

_UNDECIDED: Final = ENTRIES.column("decision").choices[-1]
"""«Не проверено»: the answer may change as it likes."""


def fingerprint(entry: Entry | None) -> str:
    """What an answer says, as a digest: the journal keeps it with the decision made on it.

    Only words and addresses count, covered ones too: the file, its cells and notes may change freely.
    """
    fields = entry.fields if entry else {}
    said = [
        "\x1f".join((column, *_said(fields[column])))
        for column in ANSWER_COLUMNS
        if column in fields and (fields[column].text.strip() or fields[column].links)
    ]
    return hashlib.sha256("\x1e".join(said).encode()).hexdigest()


def _said(cell: Field) -> tuple[str, ...]:
    return (squeeze(cell.text), *sorted(cell.links), *([cell.secret] if cell.secret else ()))


def decided_before_change(case: Case) -> Iterator[Finding]:
    """«Изменено после решения»: the answer is no longer the one the decision was made on."""
    for outcome in case.outcomes:
        verdict = outcome.decision.verdict
        decided_on = case.decided_on.get((outcome.participant, outcome.activity))
        if verdict and verdict != _UNDECIDED and decided_on and decided_on != fingerprint(outcome.entry):
            yield case.finding(outcome, "status", "M703", decision=verdict)
