"""What is remembered of a note, so that the next one can say which figures changed and why.

Numbers, keys and fingerprints: no word of a school. ``Mark`` makes the fingerprints (``journal``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.checks.due import report_date
from sheetsync.letters.citing import Citing, printed
from sheetsync.letters.figures import Figure, Figures, Source, key_of, row_name
from sheetsync.letters.note import ChangedRow, Changes
from sheetsync.letters.note_words import CAUSE, CAUSE_OF_ROWS, DASH, Cause, Counted, Word, day, shortened
from sheetsync.model import Outcome, Verdict
from sheetsync.text import squeeze

Mark = Callable[..., str]
"""The fingerprint of some words."""

Place = tuple[str, str, str]
"""Participant, activity, fingerprint of a target: what tells the rows of figures apart."""

_FINGERPRINT: Final = 16
_MOST_ROWS: Final = 5
_LONGEST_LABEL: Final = 80
"""Titles of sections fill half a page otherwise; the number of the figure leads to the rest."""


class RowMark(Struct, frozen=True):
    """What a row of the свод was when the note was written."""

    answer: str
    is_due: bool = False
    review: str = ""


class FigureMark(Struct, frozen=True):
    value: float | None
    counted: frozenset[Place]
    others: frozenset[Place]


class Memory(Struct, frozen=True):
    """One note as it is remembered. ``as_of`` is the day it was counted for, as printed; ``report_due``
    the day reports were due, empty in memories of before it was kept."""

    as_of: str
    copies: frozenset[str]
    rows: Mapping[Place, RowMark]
    figures: Mapping[str, FigureMark]
    report_due: str = ""


def memory_of(figures: Figures, cited: Iterable[Figure], mark: Mark) -> Memory:
    """What to remember of a note that cites these figures."""
    rows = {(one.participant, one.activity, ""): _row_mark(one, mark) for one in figures.outcomes}
    told = list(cited)
    for source in (source for figure in told for source in figure.rows if not source.activity):
        said = source.origin.sha256 if source.amount is None else f"{source.amount}"
        rows[_place(source, mark)] = RowMark(mark(said)[:_FINGERPRINT])
    return Memory(
        day(figures.found.as_of),
        frozenset(one.origin.sha256 for one in figures.found.files if one.verdict is Verdict.ACCEPTED),
        rows,
        {one.key: _figure_mark(one, mark) for one in told},
        day(report_date(figures.found.plan.settings)),
    )


def _row_mark(one: Outcome, mark: Mark) -> RowMark:
    said = (str(one.status), str(one.evidence), str(one.done_on), str(one.state))
    return RowMark(mark(*said)[:_FINGERPRINT], one.is_due, one.review.name if one.review else "")


def _figure_mark(figure: Figure, mark: Mark) -> FigureMark:
    counted = frozenset(_place(one, mark) for one in figure.rows if one.counts)
    others = frozenset(_place(one, mark) for one in figure.rows if not one.counts)
    return FigureMark(figure.value, counted, others)


def _place(source: Source, mark: Mark) -> Place:
    target = mark(source.target)[:_FINGERPRINT] if source.target else ""
    return source.participant, source.activity, target


# --- as text ------------------------------------------------------------------------------------


def as_text(memory: Memory) -> str:
    """For the journal: rows are named once, figures point to them."""
    places = {place: number for number, place in enumerate(sorted({*memory.rows, *_cited(memory)}))}
    unmarked = RowMark("")

    def numbers(of: frozenset[Place]) -> list[int]:
        return sorted(places[one] for one in of)

    def row(place: Place) -> list[Any]:
        one = memory.rows.get(place, unmarked)
        return [*place, one.answer, int(one.is_due), one.review]

    told = {
        "as_of": memory.as_of,
        "report_due": memory.report_due,
        "copies": sorted(memory.copies),
        "rows": [row(place) for place in places],
        "figures": {
            key: [one.value, numbers(one.counted), numbers(one.others)] for key, one in memory.figures.items()
        },
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Memory:
    """The memory a journal kept. Raises ``ValueError`` or ``LookupError`` for any other text."""
    told = json.loads(text)
    places: list[Place] = [(row[0], row[1], row[2]) for row in told["rows"]]
    return Memory(
        told["as_of"],
        frozenset(told["copies"]),
        {
            place: RowMark(row[3], bool(row[4]), row[5])
            for place, row in zip(places, told["rows"], strict=True)
        },
        {
            key: FigureMark(
                value, frozenset(places[one] for one in counted), frozenset(places[one] for one in others)
            )
            for key, (value, counted, others) in told["figures"].items()
        },
        told.get("report_due", ""),
    )


def _cited(memory: Memory) -> Iterator[Place]:
    for one in memory.figures.values():
        yield from one.counted | one.others


# --- what changed -------------------------------------------------------------------------------


def changes_since(old: Memory, figures: Figures, cite: Citing, mark: Mark) -> Changes:
    """Figures both notes cite that differ, each with the rows that made the difference.

    Those of one row of the plan are left out: the lists of the note itself tell them.
    """
    telling = _Telling(old, memory_of(figures, cite.figures, mark), figures, mark)
    rows = [
        ChangedRow(
            shortened(one.label, _LONGEST_LABEL),
            _shown(one, old.figures[one.key].value),
            cite(one),
            telling.causes(one),
        )
        for one in cite.figures
        if one.key in old.figures
        and one.key.partition(":")[2] not in figures.rows
        and old.figures[one.key].value != one.value
    ]
    return Changes(old.as_of, tuple(rows))


def _shown(figure: Figure, value: float | None) -> str:
    """An earlier value as this figure is printed."""
    return printed(replace(figure, value=value))


class _Telling:
    """Why a figure is not what it was: whose rows count otherwise now, and since what."""

    def __init__(self, old: Memory, now: Memory, figures: Figures, mark: Mark) -> None:
        self._old, self._now, self._figures, self._mark = old, now, figures, mark
        self._outcomes = {(one.participant, one.activity): one for one in figures.outcomes}
        order = (*figures.people, *figures.rows)
        self._order = {key: step for step, key in enumerate(order)}

    def causes(self, figure: Figure) -> str:
        """Rows that came, went or count otherwise: of one cause those of one participant together, and
        participants of whom the same is said."""
        sources = {_place(one, self._mark): one for one in figure.rows}
        rows: dict[tuple[str, str], list[str]] = {}
        for place in self._moved(figure):
            code, activity, _ = place
            why = self._new_day(figure, place) or self._why(place, sources.get(place))
            named = rows.setdefault((why, self._figures.short(code)), [])
            if row := self._figures.found.plan.row(activity):
                named.append(row_name(row))
        people: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for (why, who), named in rows.items():
            people.setdefault((why, tuple(named)), []).append(who)
        told = (_cause(", ".join(who), why, named) for (why, named), who in people.items())
        return "; ".join(told) or Cause.OTHERWISE

    def _moved(self, figure: Figure) -> list[Place]:
        before, after = self._old.figures[figure.key], self._now.figures[figure.key]
        moved = (before.counted ^ after.counted) | (before.others ^ after.others)
        stayed = (before.counted | before.others) & (after.counted | after.others)
        said_anew = {one for one in stayed if one[2] and self._old.rows.get(one) != self._now.rows.get(one)}
        order = self._order
        return sorted(moved | said_anew, key=lambda one: (order.get(one[0], 0), order.get(one[1], 0), one))

    def _new_day(self, figure: Figure, place: Place) -> str:
        """Why a report that had come is in time now, or no longer is: the day it was due has moved."""
        before, after = self._old.report_due, self._now.report_due
        is_moved = figure.key == key_of(Counted.ON_TIME) and before not in ("", after)
        mark = self._old.rows.get(place)
        if not is_moved or mark is None or mark != self._now.rows.get(place):
            return ""
        return Cause.NEW_DAY.format(was=before, now=after)

    def _why(self, place: Place, source: Source | None) -> str:
        code, activity, _ = place
        if not activity:
            file = source.origin.file if source else ""
            return Cause.REPORT.format(file=file) if file else Cause.OTHERWISE.value
        before, after = self._old.rows.get(place), self._now.rows.get(place)
        one = self._outcomes.get((code, activity))
        row = self._figures.found.plan.row(activity)
        if row and row.is_retired:
            return Cause.RETIRED
        if after is None or one is None:
            return Cause.GONE
        if before is None:
            return Cause.ADDED
        return self._since(before, after, one)

    def _since(self, before: RowMark, after: RowMark, one: Outcome) -> str:
        if before.answer != after.answer:
            file = self._new_file(one)
            return Cause.NEW_COPY.format(file=file) if file else Cause.CHANGED
        if before.review != after.review:
            return Cause.REVIEWED.format(state=one.review.value if one.review else DASH)
        is_later = self._old.as_of != self._now.as_of
        return Cause.CAME_DUE if before.is_due != after.is_due or is_later else Cause.OTHERWISE

    def _new_file(self, one: Outcome) -> str:
        """The copy the answer stands in, when the last note did not know it."""
        fields = one.entry.fields.values() if one.entry else ()
        new = (cell.origin.file for cell in fields if cell.origin.sha256 not in self._old.copies)
        return squeeze(next(new, ""))


def _cause(who: str, why: str, rows: Sequence[str]) -> str:
    if not rows:
        return CAUSE.format(who=who, why=why)
    others = len(rows) - _MOST_ROWS
    more = f" {Word.MORE.format(count=others)}" if others > 0 else ""
    return CAUSE_OF_ROWS.format(who=who, why=why, rows=", ".join(rows[:_MOST_ROWS]) + more)
