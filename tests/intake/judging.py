"""How a reading is judged: answers right, left open, silently wrong, silently lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from damages import Draft

from sheetsync.columns import REPORT
from sheetsync.intake.read import CopyReading

BY_PLACE = "R323"
"""The finding that tells the coordinator to look at a column: its answers are not silent."""


@dataclass(frozen=True)
class Judgement:
    """Counts of expected answers, and the cases to look at."""

    expected: int
    right: int
    wrong: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def open(self) -> int:
        return self.expected - self.right - len(self.lost)


def judge(reading: CopyReading, draft: Draft) -> Judgement:
    """Compare a reading with what the school meant."""
    placed = {
        (entry.activity, column): field.text
        for one in reading.submissions
        for entry in one.entries
        for column, field in entry.fields.items()
    }
    expected, typed = draft.expected, draft.typed
    told = list(_told(reading))
    doubted = _doubted_columns(reading)
    wanted = [
        *((str(at), text) for at, text in expected.items() if placed.get(at) != text),
        *(("", one) for one in typed),
    ]
    lost = [f"{at} {text}" for at, text in wanted if not any(text in one for one in told)]
    wrong = [
        f"{at}: {text} instead of {expected.get(at)}"
        for at, text in placed.items()
        if text not in (expected.get(at), draft.either.get(at)) and at[1] not in doubted
    ]
    right = sum(placed.get(at) in (text, draft.either.get(at, text)) for at, text in expected.items())
    return Judgement(len(expected), right, tuple(wrong), tuple(lost))


def _told(reading: CopyReading) -> Iterator[str]:
    """Every text the coordinator is shown."""
    for one in reading.submissions:
        yield from (item.text for item in one.unplaced)
        yield from (text for finding in one.findings for _, text in finding.params)
        for entry in one.entries:
            yield from (text for field in entry.fields.values() for text in (field.text, field.comment))
    yield from (text for finding in reading.findings for _, text in finding.params)


def _doubted_columns(reading: CopyReading) -> set[str]:
    headers = {
        dict(finding.params)["column"]
        for one in reading.submissions
        for finding in one.findings
        if finding.code == BY_PLACE
    }
    return {column.key for column in REPORT.columns if column.header in headers}
