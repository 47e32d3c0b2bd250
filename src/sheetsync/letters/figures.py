"""Every figure of the analytic note is a value that knows the rows it was counted from.

Counted from the consolidation by the rules of ``merge.rates``, so the note, «Панель» and «Полнота»
say the same. Whoever counts the rows of a figure again by its ``Unit`` gets its value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.checks.due import first_due, last_due
from sheetsync.letters.note_words import NO_SECTION, Counted, Word
from sheetsync.merge.indicators import change_of
from sheetsync.model import (
    NOWHERE,
    Completeness,
    Consolidation,
    IndicatorFact,
    Origin,
    Outcome,
    Participant,
    PlanRow,
    ReviewState,
    RowState,
    Status,
    Sufficiency,
    Verdict,
)
from sheetsync.plan.figures import read_figure


class Unit(StrEnum):
    """How a figure follows from its rows; the value is what the appendix says of it."""

    COUNT = "сколько строк учтено"
    SHARE = "учтённые строки ÷ все строки"
    NUMBER = "число учтённой строки"
    CHANGE = "число учтённой строки − число другой"


class Source(Struct, frozen=True):
    """A row a figure was counted from: whose, of which activity, and where it stands.

    No ``activity``: the report as a whole, or a target. ``counts`` says whether it is among the
    counted ones or only among all; ``amount`` is what was reported, where that is a number.
    """

    participant: str
    activity: str = ""
    number: str = ""
    origin: Origin = NOWHERE
    counts: bool = True
    amount: float | None = None
    target: str = ""

    @property
    def place(self) -> tuple[str, str, str]:
        """What tells rows apart, whatever they say."""
        return self.participant, self.activity, self.target


class Figure(Struct, frozen=True):
    """``key`` stays the same from note to note; ``value`` is ``None`` where there is nothing to count."""

    key: str
    label: str
    value: float | None
    unit: Unit
    rows: tuple[Source, ...]

    @property
    def counted(self) -> int:
        return sum(row.counts for row in self.rows)


class Scope(Struct, frozen=True):
    """What a figure is of: the whole district, a section, a participant, a row of the plan.

    ``key`` stays the same from note to note, ``name`` is printed.
    """

    key: str
    name: str
    outcomes: tuple[Outcome, ...]


Test = Callable[[Outcome], bool]


def recounted(unit: Unit, rows: Iterable[Source]) -> float | None:
    """The value these rows give."""
    told = list(rows)
    amounts = [(row.amount or 0) * (1 if row.counts else -1) for row in told]
    match unit:
        case Unit.COUNT:
            return sum(row.counts for row in told)
        case Unit.SHARE:
            return sum(row.counts for row in told) / len(told) if told else None
    return round(sum(amounts), 10) if told else None


def key_of(what: Counted, scope: str = "") -> str:
    """What names a figure from note to note."""
    return f"{what.name.lower()}:{scope}" if scope else what.name.lower()


def row_name(row: PlanRow) -> str:
    return Word.ROW.format(number=row.number) if row.number else row.title


class Figures:
    """The figures of one consolidation; asked for twice, a figure is the same."""

    def __init__(self, found: Consolidation) -> None:
        self.found = found
        self.rows = {row.key: row for row in found.plan.rows if not row.is_retired}
        self.people = {one.code: one for one in found.plan.participants if one.owes_report}
        self.lines = tuple(one for one in found.completeness if one.owes_report)
        self.outcomes = tuple(
            one for one in found.outcomes if one.participant in self.people and one.activity in self.rows
        )
        self.silent = frozenset(one.participant for one in self.lines if not one.received)
        self._made: dict[str, Figure] = {}
        self._tests = _tests(self)

    # --- what is reported on

    @cached_property
    def whole(self) -> Scope:
        return Scope("", "", self.outcomes)

    @cached_property
    def sections(self) -> tuple[Scope, ...]:
        """Sections somebody reports on, in the order of the plan.

        The key is the place in the plan: a title may be mended between two notes.
        """
        titles = dict.fromkeys(row.section for row in self.rows.values())
        of = _grouped(self.outcomes, lambda one: self.rows[one.activity].section)
        return tuple(
            Scope(f"section{place}", title or NO_SECTION, of[title])
            for place, title in enumerate(titles, start=1)
            if title in of
        )

    def person(self, code: str) -> Scope:
        return Scope(code, self.short(code), self._by_participant.get(code, ()))

    def row(self, key: str) -> Scope:
        return Scope(key, row_name(self.rows[key]), self._by_row.get(key, ()))

    def short(self, code: str) -> str:
        one: Participant | None = self.people.get(code)
        return one.short_name if one else code

    def is_late(self, one: Outcome) -> bool:
        """Its deadline has passed and nothing says it is done; of who sent no report all is missing."""
        row, found = self.rows[one.activity], self.found
        if one.participant in self.silent:
            return False
        if one.state is RowState.MISSING:
            return one.is_due
        due = last_due(row) if one.status in _UNDER_WAY else first_due(row, found.plan.settings)
        return one.is_due and one.status in _UNFINISHED and due is not None and due < found.as_of

    def is_after_term(self, one: Outcome) -> bool:
        """Done, but later than its last deadline; a day yet to come is a slip of the pen."""
        due, day = last_due(self.rows[one.activity]), one.done_on
        is_done = one.status is Status.DONE and day is not None and day <= self.found.as_of
        return is_done and due is not None and day is not None and due < day

    # --- the figures

    def count(self, what: Counted, of: Scope) -> Figure:
        """How many rows are so."""
        test = self._tests[what]
        return self._figure(what, of.key, of.name, Unit.COUNT, lambda: self._all(of, test, test))

    def share(self, what: Counted, of: Scope) -> Figure:
        """Заполнено or подтверждено: which part of the rows that ought to be so is so."""
        base, test = self._tests[_BASES[what]], self._tests[what]
        return self._figure(what, of.key, of.name, Unit.SHARE, lambda: self._all(of, base, test))

    def reports(self, what: Counted) -> Figure:
        """Поступило or в срок: which part of the participants."""
        return self._figure(what, "", "", Unit.SHARE, lambda: map(self._report(what), self.lines))

    def number(self, what: Counted, fact: IndicatorFact, amount: float) -> Figure:
        """A number of an indicator: plan, fact, previous."""
        return self._figure(what, *_named(self, fact), Unit.NUMBER, lambda: [_stated(what, fact, amount)])

    def change(self, fact: IndicatorFact) -> Figure | None:
        """Fact less previous; ``None`` when they are no numbers of one kind."""
        now, before = read_figure(fact.fact), read_figure(fact.previous)
        if change_of(fact) is None or now is None or before is None:
            return None
        rows = (
            _stated(Counted.FACT, fact, now.value),
            replace(_stated(Counted.PREVIOUS, fact, before.value), counts=False),
        )
        return self._figure(Counted.CHANGE, *_named(self, fact), Unit.CHANGE, lambda: rows)

    def reached(self, target: IndicatorFact, facts: Iterable[tuple[IndicatorFact, float, bool]]) -> Figure:
        """Which part of those who named a number reached the target; nobody's own is ``target``."""
        rows = [replace(_stated(Counted.FACT, fact, number), counts=good) for fact, number, good in facts]
        return self._figure(Counted.REACHED, *_named(self, target), Unit.SHARE, lambda: rows)

    def _figure(
        self, what: Counted, scope: str, name: str, unit: Unit, rows: Callable[[], Iterable[Source]]
    ) -> Figure:
        key = key_of(what, scope)
        if key not in self._made:
            told = tuple(rows())
            label = f"{what.value}: {name}" if name else what.value
            self._made[key] = Figure(key, label, recounted(unit, told), unit, told)
        return self._made[key]

    def _all(self, of: Scope, base: Test, test: Test) -> Iterator[Source]:
        for one in of.outcomes:
            if base(one):
                row = self.rows[one.activity]
                yield Source(one.participant, one.activity, row.number, _origin(one), counts=test(one))

    def _report(self, what: Counted) -> Callable[[Completeness], Source]:
        """What tells that one came is its first copy: later ones change nothing here."""
        latest_first = sorted(self.found.files, key=lambda file: file.received_on or date.max, reverse=True)
        copies = {
            code: file.origin
            for file in latest_first
            if file.verdict is Verdict.ACCEPTED
            for code in file.participants
        }

        def source(line: Completeness) -> Source:
            counts = line.received if what is Counted.RECEIVED else line.on_time
            return Source(line.participant, origin=copies.get(line.participant, NOWHERE), counts=counts)

        return source

    # --- groups

    @cached_property
    def _by_participant(self) -> dict[str, tuple[Outcome, ...]]:
        return _grouped(self.outcomes, lambda one: one.participant)

    @cached_property
    def _by_row(self) -> dict[str, tuple[Outcome, ...]]:
        return _grouped(self.outcomes, lambda one: one.activity)


_UNDER_WAY: Final = (Status.IN_PROGRESS, Status.PARTLY)
_UNFINISHED: Final = (*_UNDER_WAY, Status.NOT_STARTED, Status.NOT_DONE)
_BASES: Final = {Counted.FILLED: Counted.DUE, Counted.CONFIRMED: Counted.DONE}


def _tests(figures: Figures) -> dict[Counted, Test]:
    """What each count looks for in a row; the names of «Полнота» mean the same there."""
    return {
        Counted.DUE: lambda one: one.is_due,
        Counted.FILLED: lambda one: one.is_due and one.state is not RowState.MISSING,
        Counted.MISSING: lambda one: one.is_due and one.state is RowState.MISSING,
        Counted.DONE: lambda one: one.status is Status.DONE,
        Counted.PARTLY: lambda one: one.status is Status.PARTLY,
        Counted.EVIDENCED: lambda one: one.status is Status.DONE and one.evidence is Sufficiency.YES,
        Counted.CONFIRMED: lambda one: one.status is Status.DONE and one.evidence is Sufficiency.YES,
        Counted.BARE: lambda one: one.status is Status.DONE and one.evidence is not Sufficiency.YES,
        Counted.LATE: figures.is_late,
        Counted.AFTER_TERM: figures.is_after_term,
        Counted.REWORK: lambda one: one.review is ReviewState.REWORK,
        Counted.ACCEPTED: lambda one: one.review is ReviewState.ACCEPTED,
    }


def _origin(one: Outcome) -> Origin:
    """The first cell of the answer."""
    fields = one.entry.fields.values() if one.entry else ()
    return next((cell.origin for cell in fields if cell.origin.cell), NOWHERE)


def _grouped(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, tuple[Outcome, ...]]:
    found: dict[str, list[Outcome]] = {}
    for one in outcomes:
        found.setdefault(key(one), []).append(one)
    return {name: tuple(rows) for name, rows in found.items()}


def _named(figures: Figures, fact: IndicatorFact) -> tuple[str, str]:
    """Key and label of a number: of which target, and whose, where it is somebody's."""
    title, year = fact.indicator.title, fact.indicator.year
    key = f"target{figures.found.plan.indicators.index(fact.indicator) + 1}"
    label = f"{title}, {year}" if year else title
    if not fact.participant:
        return key, label
    return f"{key}:{fact.participant}", f"{label} — {figures.short(fact.participant)}"


def _stated(what: Counted, fact: IndicatorFact, amount: float) -> Source:
    """Where a number of an indicator stands: in the copy, or in «Показатели» for plan and past."""
    origin = next(iter(fact.origins.values()), NOWHERE) if what is Counted.FACT else NOWHERE
    return Source(
        fact.participant, origin=origin, amount=amount, target=f"{what.value}: {fact.indicator.title}"
    )
