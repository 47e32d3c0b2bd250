"""What the coordinator decided, beside what the answer says now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sheetsync.checks.answers import ANSWER_COLUMNS
from sheetsync.checks.case import Case
from sheetsync.checks.verdicts import is_understood
from sheetsync.model import AnswerMark, Entry, Field, Finding, Outcome, ReviewState
from sheetsync.text import squeeze


def fingerprint(entry: Entry | None) -> str:
    """What an answer says, as a digest.

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


def mark_of(outcome: Outcome) -> AnswerMark:
    """What a row says now: the journal keeps it with the decision made on it."""
    return AnswerMark(fingerprint(outcome.entry), outcome.attached_digests)


def decided_before_change(case: Case) -> Iterator[Finding]:
    """«Изменено после решения»: the answer is no longer the one the decision was made on."""
    for outcome in case.outcomes:
        if outcome.review is ReviewState.CHANGED:
            yield case.finding(outcome, "status", "M703", decision=outcome.decision.verdict)


def mended_after_remark(case: Case) -> Iterator[Finding]:
    """«Исправлено, ждёт проверки»: the participant answered anew what was sent back, or sent a file."""
    for outcome in case.outcomes:
        if outcome.review is ReviewState.MENDED:
            yield case.finding(outcome, "status", "M710")


def unknown_verdict(case: Case) -> Iterator[Finding]:
    """A word in «Решение» that is none of those offered decides nothing, and that is said."""
    for outcome in case.outcomes:
        if outcome.decision.verdict and not is_understood(outcome.decision):
            yield case.finding(outcome, "status", "M712", decision=outcome.decision.verdict)
