"""Rows of «Исполнение»: one for every outcome, as values in the order of its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from sheetsync.columns import ENTRIES, REPORT, EvidenceWord, Owner
from sheetsync.district.reading import RETIRED
from sheetsync.findings import fact_of
from sheetsync.grid import CELL_LIMIT, cell_pieces, text_of
from sheetsync.merge.shown import answer_text, place_of
from sheetsync.model import Consolidation, Entry, Origin, Outcome, PlanRow, ReviewState, Sufficiency
from sheetsync.model.kept import once_for_each
from sheetsync.notices import Notice, say
from sheetsync.patterns import at_first_use
from sheetsync.workbooks.port import Out, OutValue

EntryRow = Sequence[OutValue | Out]
Fitting = Callable[[str, str | None, Origin], str]
"""Gives of a text of a participant as much as a cell holds, and keeps the rest elsewhere."""

_EVIDENCE: Final = {
    Sufficiency.YES: EvidenceWord.YES.value,
    Sufficiency.WEAK: EvidenceWord.WEAK.value,
    Sufficiency.NO: EvidenceWord.NO.value,
}
_REVIEWS: Final[Mapping[ReviewState | None, str | None]] = {
    None: None,
    **{state: state.value for state in ReviewState},
}
_COLUMNS: Final = ENTRIES.keys
_OF_SCHOOLS: Final = {one.key for one in REPORT.columns if one.owner is Owner.SCHOOL}
_ANSWERS: Final = tuple((key, place) for place, key in enumerate(_COLUMNS) if key in _OF_SCHOOLS)
"""Columns with the words of schools, and their places in a row."""

_PLANS: Final = 4
"""Of how many plans the words are remembered."""

_PLAIN_ADDRESS: Final = at_first_use(r"https?://[A-Za-z0-9.-]+(?:[/?#]\S*)?")
"""An address of a host alone, without user or port: no doubt that it leads where it seems to."""


def entry_rows(found: Consolidation, names: Mapping[str, str], fitting: Fitting) -> Iterator[EntryRow]:
    """All rows; participants are shown under their ``names``. Only a live link makes an ``Out``."""
    facts: dict[tuple[str | None, str | None], list[str]] = {}
    for one in found.findings:
        facts.setdefault((one.participant, one.activity), []).append(fact_of(one))
    plan_cells = _plan_cells(found.plan.rows)
    for outcome in found.outcomes:
        number, title, due = plan_cells.get(outcome.activity, ("", "", None))
        told = facts.get((outcome.participant, outcome.activity), ())
        values: dict[str, OutValue | Out] = {
            "participant": names.get(outcome.participant, outcome.participant),
            "number": number,
            "title": title,
            "due": due,
            "findings": shortened("\n".join(dict.fromkeys(told))),
            "decision": outcome.decision.verdict,
            "remark": outcome.decision.remark,
            "evidence": _EVIDENCE[outcome.evidence] if outcome.evidence else None,
            "review": _REVIEWS[outcome.review],
            "key": outcome.activity,
            "source": shown_source(outcome),
        }
        if outcome.entry:
            _add_answers(values, outcome, outcome.entry, fitting)
        yield tuple(map(values.get, _COLUMNS))


@once_for_each(_PLANS)
def _plan_cells(rows: tuple[PlanRow, ...]) -> Mapping[str, tuple[str, str, date | None]]:
    """What a row of the plan says of itself: number, title, the day it is due."""
    return {row.key: (row.number, title_of(row), row.due) for row in rows}


def answers_stand(found: Consolidation, rows: Sequence[EntryRow]) -> bool:
    """Whether the rows say the answers that «Сверка» counts, as far as a cell holds them."""
    return all(
        _says(row[place], answer_text(outcome, outcome.entry, column))
        for outcome, row in zip(found.outcomes, rows, strict=True)
        if outcome.entry
        for column, place in _ANSWERS
        if column in outcome.entry.fields
    )


def _says(value: OutValue | Out, text: str) -> bool:
    bare = value.value if isinstance(value, Out) else value
    return bare == text or (bare if type(bare) is str else text_of(bare)) == _as_shown(text)


def _as_shown(text: str) -> str:
    """As much of an answer as a cell holds."""
    return text if fits(text) else cell_pieces(text)[0]


def _add_answers(values: dict[str, OutValue | Out], outcome: Outcome, entry: Entry, fitting: Fitting) -> None:
    """Answer cells: a date as a date, the first address of a link live, the rest as text."""
    for key, cell in entry.fields.items():
        if key == "done_on" and outcome.done_on:
            values[key] = outcome.done_on
            continue
        text = answer_text(outcome, entry, key)
        if not fits(text):
            text = fitting(text, outcome.participant, cell.origin)
        address = _first_address(text) if key == "link" else None
        values[key] = Out(text, link=address) if address else text


def title_of(row: PlanRow) -> str:
    """The title as the свод shows it: of a row taken out of the plan it says so."""
    return f"{row.title} ({RETIRED})" if row.is_retired else row.title


def source_of(outcome: Outcome) -> str:
    """Where the answer came from: every file that gave a part of it, with its first cell, and the
    files sent along that confirm it."""
    first: dict[str, Origin] = {}
    for one in outcome.entry.fields.values() if outcome.entry else ():
        first.setdefault(one.origin.file, one.origin)
    first.pop("", None)
    cells = [f"{file}, {place_of(first[file])}" for file in sorted(first)]
    along = [say(Notice.FILES_ALONG, names=", ".join(outcome.attached))] if outcome.attached else []
    return "; ".join((*cells, *along))


def shown_source(outcome: Outcome) -> str:
    """The same, as much of it as a cell holds."""
    return shortened(source_of(outcome))


def is_web_address(text: str) -> bool:
    """Only http and https become live links; everything else stays text.

    «https://gosuslugi.ru@evil.example» leads elsewhere than it seems: a name before the host is no link.
    """
    if _PLAIN_ADDRESS.fullmatch(text):
        return True
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc


def _first_address(text: str) -> str | None:
    return next((part for part in text.split() if is_web_address(part)), None)


def fits(text: str) -> bool:
    """Whether a text surely fits a cell."""
    return len(text) * 2 <= CELL_LIMIT


def shortened(text: str) -> str:
    """What is said elsewhere too, as much of it as a cell holds."""
    if fits(text):
        return text
    first, *others = cell_pieces(text)
    return f"{first[:-1]}…" if others else first
