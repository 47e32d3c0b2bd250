"""What the coordinator decided, beside what the answer says now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

from sheetsync.checks.answers import ANSWER_COLUMNS
from sheetsync.checks.case import Case
from sheetsync.checks.verdicts import is_understood
from sheetsync.model import AnswerMark, Entry, Finding, Outcome, ReviewState
from sheetsync.text import squeeze


def fingerprint(entry: Entry | None) -> str:
    """What an answer says, as a digest.

    Only words and addresses count, covered ones too: the file, its cells and notes may change freely.
    """
    if entry is None:
        return _NOTHING_SAID
    said = []
    for column in ANSWER_COLUMNS:
        cell = entry.fields.get(column)
        if cell is None:
            continue
        words, links = squeeze(cell.text), sorted(cell.links)
        if words or links or cell.text.strip():
            told = (column, words, *links, cell.secret) if cell.secret else (column, words, *links)
            said.append("\x1f".join(told))
    return _digest("\x1e".join(said))


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


_NOTHING_SAID: Final = _digest("")


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
