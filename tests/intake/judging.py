"""How a reading is judged: answers right, left open, silently wrong, silently lost."""

from __future__ import annotations

from dataclasses import dataclass

from sheetsync.intake.read import CopyReading


@dataclass(frozen=True)
class Judgement:
    """Counts of expected answers, and the cases to look at."""

    expected: int
    right: int
    open: int
    wrong: tuple[str, ...]
    lost: tuple[str, ...]


def judge(reading: CopyReading, expected: dict[tuple[str, str], str], typed: list[str]) -> Judgement:
    """Compare a reading with what the school meant; ``typed`` are other texts that must be met."""
    placed = {
        (entry.activity, column): field.text
        for one in reading.submissions
        for entry in entry_list(one)
        for column, field in entry.fields.items()
    }
    told = [item.text for one in reading.submissions for item in one.unplaced]
    told += [text for one in reading.submissions for finding in one.findings for _, text in finding.params]
    told += [text for finding in reading.findings for _, text in finding.params]
    told += [field.comment for one in reading.submissions for e in one.entries for field in e.fields.values()]
    right = [at for at, text in expected.items() if placed.get(at) == text]
    missing = {at: text for at, text in expected.items() if placed.get(at) != text}
    lost = [f"{at}: {text}" for at, text in missing.items() if not any(text in one for one in told)]
    lost += [text for text in typed if text not in placed.values() and not any(text in one for one in told)]
    wrong = [f"{at}: {text} != {expected.get(at)}" for at, text in placed.items() if expected.get(at) != text]
    return Judgement(len(expected), len(right), len(missing) - len(lost), tuple(wrong), tuple(lost))


def entry_list(submission):  # type: ignore[no-untyped-def]
    return submission.entries
