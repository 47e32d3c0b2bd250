"""What every rule looks at: the plan, the outcomes of its rows, and how the copies arrived."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.findings import make
from sheetsync.grid import a1, position
from sheetsync.model import (
    NOWHERE,
    Evidence,
    Finding,
    IndicatorFact,
    LinkCheck,
    Origin,
    Outcome,
    Participant,
    PlacedFile,
    Plan,
    PlanRow,
    RowState,
    Status,
    Sufficiency,
)
from sheetsync.model.kept import once_for_each

_T = TypeVar("_T")

RowKey = tuple[str, str]
"""Participant code and activity key: one row of the свод."""

KnownLink = Callable[[str], LinkCheck | None]
"""What is known of an address; ``None`` when nobody looked whether it opens."""


def nothing_known(_address: str) -> None:
    """No link was looked at."""


_PLANS: Final = 8
NO_EVIDENCE: Final = Evidence(kinds=(), sufficient=Sufficiency.NO)


class Arrival(Struct, frozen=True):
    """How the copies of one participant came.

    ``received_on`` is the day of the first one; ``declared_ready`` the tick «Отчёт готов»;
    ``origin`` the latest copy, ``rows`` the activities it holds; ``copies`` how many were merged.
    """

    participant: str
    received_on: date | None = None
    declared_ready: bool = False
    origin: Origin = NOWHERE
    rows: frozenset[str] = frozenset()
    copies: int = 1
    asked: frozenset[str] = frozenset()
    """Rows the forms behind the copies asked; nothing where no form is known."""


class Case(Struct, frozen=True, dict=True):
    """One consolidation as the rules see it.

    ``evidence`` holds what reported rows offer, ``link_check`` tells what is known of an address.
    """

    plan: Plan
    as_of: date
    outcomes: tuple[Outcome, ...]
    arrivals: Mapping[str, Arrival]
    evidence: Mapping[RowKey, Evidence]
    indicators: tuple[IndicatorFact, ...] = ()
    link_check: KnownLink = nothing_known
    attached: tuple[PlacedFile, ...] = ()

    @cached_property
    def _known(self) -> dict[Callable[[Case], Any], Any]:
        return {}

    def once(self, work: Callable[[Case], _T]) -> _T:
        """What is worked out of the case, once for all rules that ask it."""
        known: dict[Callable[[Case], _T], _T] = self._known
        if work not in known:
            known[work] = work(self)
        return known[work]

    @cached_property
    def _rows(self) -> dict[str, PlanRow]:
        return _by_key(self.plan.rows)

    def row(self, outcome: Outcome) -> PlanRow:
        return self._rows[outcome.activity]

    def evidence_of(self, outcome: Outcome) -> Evidence:
        """What a row offers as confirmation; nothing where it is not reported."""
        return self.evidence.get((outcome.participant, outcome.activity), NO_EVIDENCE)

    def of(self, code: str) -> tuple[Outcome, ...]:
        """The rows of one participant, in the order of the plan."""
        return self._by_participant.get(code, ())

    @cached_property
    def _by_participant(self) -> dict[str, tuple[Outcome, ...]]:
        found: dict[str, list[Outcome]] = {}
        for outcome in self.outcomes:
            found.setdefault(outcome.participant, []).append(outcome)
        return {code: tuple(rows) for code, rows in found.items()}

    @cached_property
    def reporting(self) -> tuple[Participant, ...]:
        """Participants who owe a report: at least one row is theirs."""
        return tuple(one for one in self.plan.participants if one.owes_report and self.plan.rows_of(one.code))

    def with_status(self, *statuses: Status) -> Sequence[Outcome]:
        found = self._with_status.get(statuses)
        if found is None:
            found = [outcome for outcome in self.outcomes if outcome.status in statuses]
            self._with_status[statuses] = found
        return found

    @cached_property
    def _with_status(self) -> dict[tuple[Status, ...], list[Outcome]]:
        return {}

    def missing_rows(self, code: str) -> tuple[Outcome, ...]:
        """Due rows of a participant that are not answered."""
        return tuple(one for one in self.of(code) if one.is_due and one.state is RowState.MISSING)

    def finding(
        self, outcome: Outcome, column: str, code: str, *, count: int = 1, **params: object
    ) -> Finding:
        """A finding about one cell of an answer."""
        return make(
            code,
            participant=outcome.participant,
            activity=outcome.activity,
            origin=self.place(outcome, column),
            count=count,
            **params,
        )

    def place(self, outcome: Outcome, column: str) -> Origin:
        """The cell of a column. One left empty is found by its row and by where the column stands
        in the other rows; of a row all empty only the copy is known."""
        fields = outcome.entry.fields if outcome.entry else {}
        if column in fields and fields[column].origin.cell:
            return fields[column].origin
        beside = next((one.origin for one in fields.values() if one.origin.cell), None)
        if beside is None:
            arrival = self.arrivals.get(outcome.participant)
            return arrival.origin if arrival else NOWHERE
        number = self._columns.get((beside.file, beside.sheet, column))
        return replace(beside, cell=a1(position(beside.cell)[0], number)) if number else beside

    @cached_property
    def _columns(self) -> dict[tuple[str, str, str], int]:
        """Where a column of the form stands in a sheet of a copy."""
        return {
            (one.origin.file, one.origin.sheet, column): position(one.origin.cell)[1]
            for outcome in self.outcomes
            if outcome.entry
            for column, one in outcome.entry.fields.items()
            if one.origin.cell
        }


@once_for_each(_PLANS)
def _by_key(rows: tuple[PlanRow, ...]) -> dict[str, PlanRow]:
    return {row.key: row for row in rows}
