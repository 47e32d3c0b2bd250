"""What the свод shows, as the ledger asks it: answers by cell, texts by the place they came from.

Built twice: from the consolidation, as it ought to be shown, and from the district workbook, as it
is (``district.readback``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct, field

from sheetsync.findings import fact_of
from sheetsync.grid import text_of
from sheetsync.merge.copies import CellKey, shown
from sheetsync.merge.indicators import row_of
from sheetsync.model import Consolidation, Entry, Origin, Outcome, Status

_STATUSES: Final = {status: status.value for status in Status}

AnswerCell = tuple[str, str, str]
"""The name a participant is shown under, the key of the row and of the column."""

Place = tuple[str, str]
"""A file and a place in it as «Замечания» writes it: «Отчёт!D7»."""


class ShownCell(Struct, frozen=True):
    """An answer as it stands: its text and where a click on it leads."""

    text: str
    links: tuple[str, ...] = ()


class ShownFinding(Struct, frozen=True):
    """A row of «Замечания» about one place."""

    code: str
    text: str
    count: int


class Shown(Struct, frozen=True):
    """Everything the свод says. Participants of one name share their cells."""

    answers: Mapping[AnswerCell, tuple[ShownCell, ...]] = field(default_factory=dict)
    findings: Mapping[Place, tuple[ShownFinding, ...]] = field(default_factory=dict)
    unplaced: Mapping[Place, tuple[str, ...]] = field(default_factory=dict)


def place_of(origin: Origin) -> str:
    """«Отчёт!D7», or the sheet alone, or nothing."""
    return "!".join(part for part in (origin.sheet, origin.cell) if part)


def gathered(
    answers: Iterable[tuple[AnswerCell, ShownCell]],
    findings: Iterable[tuple[Place, ShownFinding]],
    unplaced: Iterable[tuple[Place, str]],
) -> Shown:
    """What several rows say of one thing, together and in their order."""
    by_cell: dict[AnswerCell, list[ShownCell]] = {}
    by_place: dict[Place, list[ShownFinding]] = {}
    aside: dict[Place, list[str]] = {}
    for key, cell in answers:
        by_cell.setdefault(key, []).append(cell)
    for place, finding in findings:
        by_place.setdefault(place, []).append(finding)
    for place, text in unplaced:
        aside.setdefault(place, []).append(text)
    return Shown(
        {key: tuple(cells) for key, cells in by_cell.items()},
        {place: tuple(rows) for place, rows in by_place.items()},
        {place: tuple(texts) for place, texts in aside.items()},
    )


def shown_by(found: Consolidation) -> Shown:
    """What a workbook with this consolidation ought to show."""
    names = {one.code: one.short_name for one in found.plan.participants}
    return gathered(
        ((_named(key, names), cell) for key, cell in _answers(found)),
        (
            ((one.origin.file, place_of(one.origin)), ShownFinding(one.code, fact_of(one), one.count))
            for one in found.findings
        ),
        (((one.origin.file, place_of(one.origin)), one.text) for one in found.unplaced),
    )


def _named(key: CellKey, names: Mapping[str, str]) -> AnswerCell:
    return (names.get(key[0], key[0]), *key[1:])


def _answers(found: Consolidation) -> Iterator[tuple[CellKey, ShownCell]]:
    for outcome in found.outcomes:
        if outcome.entry:
            row = (outcome.participant, outcome.activity)
            for column in outcome.entry.fields:
                yield (*row, column), ShownCell(answer_text(outcome, outcome.entry, column))
    places = {indicator: row_of(place) for place, indicator in enumerate(found.plan.indicators)}
    for fact in found.indicators:
        for column, cell in fact.entry.fields.items() if fact.entry else ():
            yield (fact.participant, places[fact.indicator], column), ShownCell(shown(cell))


def answer_text(outcome: Outcome, entry: Entry, column: str) -> str:
    """An answer with what hung on its cell; of a status and a date only how they were understood."""
    cell = entry.fields.get(column)
    match column:
        case "status":
            return _STATUSES[outcome.status] if outcome.status else entry.text(column)
        case "done_on":
            return text_of(outcome.done_on) if outcome.done_on else entry.text(column)
    return shown(cell) if cell else ""
