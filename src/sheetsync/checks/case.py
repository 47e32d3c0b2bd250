"""What every rule looks at: the plan, the outcomes of its rows, and how the copies arrived."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sheetsync.checks.answers import place_of
from sheetsync.findings import make
from sheetsync.model import (
    NOWHERE,
    Evidence,
    Finding,
    Origin,
    Outcome,
    Participant,
    Plan,
    PlanRow,
    RowState,
    Status,
)

RowKey = tuple[str, str]
"""Participant code and activity key: one row of the свод."""


@dataclass(frozen=True, slots=True)
class Arrival:
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


@dataclass(frozen=True)
class Case:
    """One consolidation as the rules see it.

    ``evidence`` holds what reported rows offer, ``decided_on`` the fingerprint of the answer each
    decision was made on (``decisions.fingerprint``).
    """

    plan: Plan
    as_of: date
    outcomes: tuple[Outcome, ...]
    arrivals: Mapping[str, Arrival]
    evidence: Mapping[RowKey, Evidence]
    decided_on: Mapping[RowKey, str] = field(default_factory=dict)

    @cached_property
    def _rows(self) -> dict[str, PlanRow]:
        return {row.key: row for row in self.plan.rows}

    def row(self, outcome: Outcome) -> PlanRow:
        return self._rows[outcome.activity]

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

    def with_status(self, *statuses: Status) -> Iterator[Outcome]:
        return (outcome for outcome in self.outcomes if outcome.status in statuses)

    def missing_rows(self, code: str) -> tuple[Outcome, ...]:
        """Due rows of a participant that are not answered."""
        return tuple(one for one in self.of(code) if one.is_due and one.state is RowState.MISSING)


def finding_at(outcome: Outcome, column: str, code: str, *, count: int = 1, **params: object) -> Finding:
    """A finding about one cell of an answer."""
    return make(
        code,
        participant=outcome.participant,
        activity=outcome.activity,
        origin=place_of(outcome.entry, column),
        count=count,
        **params,
    )
