"""How a reading is judged: answers right, repaired, left open, silently wrong, silently lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from damages import Draft

from sheetsync.columns import REPORT
from sheetsync.intake.read import CopyReading
from sheetsync.model import Field, Finding, Origin

BY_PLACE = "R323"
"""The finding that tells the coordinator to look at a column: its answers are not silent."""

Place = tuple[str, str]


@dataclass
class Judgement:
    """Counts of expected answers, and the cases to look at."""

    expected: int = 0
    right: int = 0
    repaired: int = 0
    """Answers at their activity that stood elsewhere or meant what a finding says they mean."""
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    """Told, but not at their activity."""

    @property
    def attributed(self) -> int:
        return self.right + self.repaired


@dataclass
class _Seen:
    """One reading as the coordinator sees it."""

    placed: dict[Place, Field]
    texts: list[str]
    findings: list[Finding]

    @classmethod
    def of(cls, reading: CopyReading) -> _Seen:
        placed = {
            (entry.activity, column): field
            for one in reading.submissions
            for entry in one.entries
            for column, field in entry.fields.items()
        }
        findings = [*reading.findings, *(one for each in reading.submissions for one in each.findings)]
        return cls(placed, list(_told(reading)), findings)

    def tells(self, text: str) -> bool:
        return any(text in one for one in self.texts)

    def remarks(self, origin: Origin) -> bool:
        """Does a finding speak of this very cell?"""
        return any(one.origin == origin for one in self.findings)

    def doubted(self) -> set[str]:
        headers = {dict(one.params)["column"] for one in self.findings if one.code == BY_PLACE}
        return {column.key for column in REPORT.columns if column.header in headers}


def judge(reading: CopyReading, draft: Draft) -> Judgement:
    """Compare a reading with what the school meant."""
    seen, found = _Seen.of(reading), Judgement(expected=len(draft.expected) + len(draft.misput))
    for at, text in draft.expected.items():
        _expected(at, text, draft, seen, found)
    for at, text in draft.misput.items():
        _misput(at, text, draft, seen, found)
    found.lost += [f"typed {text!r}" for text in draft.typed if not seen.tells(text)]
    _invented(draft, seen, found)
    return found


def _expected(at: Place, text: str, draft: Draft, seen: _Seen, found: Judgement) -> None:
    field = seen.placed.get(at)
    if field is None or field.text not in (text, draft.either.get(at, text)):
        _not_there(at, text, seen, found)
    elif at not in draft.values:
        found.right += 1
    elif field.value == draft.values[at]:
        is_plain = field.value is not None and field.text == str(field.value)
        found.right += is_plain
        found.repaired += not is_plain
        if not is_plain and field.value is None and not seen.remarks(field.origin):
            found.wrong.append(f"{at}: {text!r} not understood and not said")
    elif field.value is None and seen.remarks(field.origin):
        found.repaired += 1  # at its place, and said not to be understood
    else:
        found.wrong.append(f"{at}: {text!r} understood as {field.value!r}")


def _misput(at: Place, text: str, draft: Draft, seen: _Seen, found: Judgement) -> None:
    """Right when moved to its column or left where it was typed, and either said; else told."""
    own = seen.placed.get(at)
    if own is not None and _shows(own, text):
        found.repaired += 1
        if not seen.remarks(own.origin):
            found.wrong.append(f"{at}: {text!r} moved and not said")
        return
    beside = [field for place, field in seen.placed.items() if place[0] == at[0] and _shows(field, text)]
    if any(seen.remarks(field.origin) for field in beside):
        found.repaired += 1
    elif beside:
        found.wrong.append(f"{at}: {text!r} in another column and not said")
    else:
        _not_there(at, text, seen, found)


def _not_there(at: Place, text: str, seen: _Seen, found: Judgement) -> None:
    (found.open if seen.tells(text) else found.lost).append(f"{at}: {text[:80]!r}")


def _shows(field: Field, text: str) -> bool:
    written = f"{field.value:%d.%m.%Y}" if isinstance(field.value, date) else ""
    return bool(text) and (text in (field.text, field.comment, written) or text in field.text)


def _invented(draft: Draft, seen: _Seen, found: Judgement) -> None:
    """Nothing stands at an activity that the school did not answer there."""
    doubted = seen.doubted()
    for at, cell in seen.placed.items():
        meant = {draft.expected.get(at), draft.either.get(at)}
        own = [text for place, text in draft.misput.items() if place[0] == at[0]]
        if cell.text in meant or at[1] in doubted or any(_shows(cell, text) for text in own):
            continue
        typed = [text for place, text in draft.expected.items() if place[0] == at[0]]
        if any(cell.text in text for text in typed) and seen.remarks(cell.origin):
            continue  # said to be found inside another answer
        if cell.text or cell.links or cell.comment:
            found.wrong.append(f"{at}: {cell.text[:80]!r} instead of {draft.expected.get(at)!r}")


def _told(reading: CopyReading) -> Iterator[str]:
    """Every text the coordinator is shown."""
    for one in reading.submissions:
        yield from (item.text for item in one.unplaced)
        yield from (text for finding in one.findings for _, text in finding.params)
        for entry in one.entries:
            for cell in entry.fields.values():
                yield from (cell.text, cell.comment, *cell.links)
    yield from (text for finding in reading.findings for _, text in finding.params)
