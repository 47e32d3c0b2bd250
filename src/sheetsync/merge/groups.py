"""Who must be judged together: participants whose files, or names, one of them cannot be told without.

Everybody else is judged alone, in any order and by any worker, and the results are put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.model import Finding, IndicatorFact, Outcome, Participant, Plan, PreviousFigure
from sheetsync.model.kept import once_for_each

_T = TypeVar("_T")
_Owned = TypeVar("_Owned", Outcome, Finding, IndicatorFact)
_PLANS: Final = 2
"""Of how many plans it is remembered where everybody stands."""


class Sent(Struct, frozen=True):
    """One file of «Получено» as far as grouping goes: ``number`` is its place among them, ``whose``
    the participants of the roster it speaks of."""

    number: int
    file: str
    sha256: str
    whose: tuple[str, ...] = ()


class Group(Struct, frozen=True):
    """Participants judged together, in the order of the roster, and the numbers of their files."""

    codes: tuple[str, ...]
    files: tuple[int, ...]


def groups_of(plan: Plan, sent: Iterable[Sent]) -> tuple[Group, ...]:
    """Every participant once, in the order of the roster; files that are nobody's come last, together.

    A file joins those it speaks of; files of one name or of the same bytes, and participants shown
    under one name, belong together.
    """
    links = _Links()
    for one in plan.participants:
        links.join(_name(one.short_name), one.code)
    files = tuple(sent)
    for file in files:
        for token in (_bytes(file.sha256), _called(file.file), *file.whose):
            if token:
                links.join(_number(file.number), token)
    numbers: dict[str, list[int]] = {}
    for file in files:
        numbers.setdefault(links.root(_number(file.number)), []).append(file.number)
    codes: dict[str, list[str]] = {}
    for one in plan.participants:
        codes.setdefault(links.root(one.code), []).append(one.code)
    groups = [Group(tuple(own), tuple(numbers.pop(root, ()))) for root, own in codes.items()]
    return (*groups, Group((), tuple(sorted(number for left in numbers.values() for number in left))))


class _Links:
    """Tokens that belong together (a union-find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, token: str) -> str:
        above = self._above.setdefault(token, token)
        while above != (higher := self._above[above]):
            self._above[token] = token = above = higher
        return above

    def join(self, one: str, other: str) -> None:
        self._above[self.root(one)] = self.root(other)


def _number(number: int) -> str:
    return f"number {number}"


def _bytes(sha256: str) -> str:
    return f"bytes {sha256}" if sha256 else ""


def _called(file: str) -> str:
    return f"file {file}" if file else ""


def _name(short_name: str) -> str:
    return f"name {short_name}"


def by_owner(values: Iterable[_Owned]) -> dict[str | None, list[_Owned]]:
    """Rows, findings or figures, apart for each participant they name; those that name nobody too."""
    found: dict[str | None, list[_Owned]] = {}
    for one in values:
        found.setdefault(one.participant, []).append(one)
    return found


def by_participant(values: Mapping[tuple[str, str], _T]) -> dict[str, dict[tuple[str, str], _T]]:
    """What is known by participant and activity, apart for each participant."""
    found: dict[str, dict[tuple[str, str], _T]] = {}
    for place, value in values.items():
        found.setdefault(place[0], {})[place] = value
    return found


def narrowed(plan: Plan, codes: Sequence[str]) -> Plan:
    """The plan as a group sees it: every row, its own people, what was told of them before."""
    return replace(
        plan,
        participants=_own(plan.participants, _of_roster(plan.participants), codes),
        previous=_own(plan.previous, _of_figures(plan.previous), codes),
    )


def _own(things: Sequence[_T], places: Mapping[str, Sequence[int]], codes: Iterable[str]) -> tuple[_T, ...]:
    """Those of some participants, in the order they stand in."""
    return tuple(
        [things[place] for place in sorted(place for code in {*codes} for place in places.get(code, ()))]
    )


@once_for_each(_PLANS)
def _of_roster(roster: tuple[Participant, ...]) -> Mapping[str, Sequence[int]]:
    return _places(one.code for one in roster)


@once_for_each(_PLANS)
def _of_figures(figures: tuple[PreviousFigure, ...]) -> Mapping[str, Sequence[int]]:
    return _places(one.participant for one in figures)


def _places(codes: Iterable[str]) -> dict[str, list[int]]:
    """Where each participant stands among others."""
    found: dict[str, list[int]] = {}
    for place, code in enumerate(codes):
        found.setdefault(code, []).append(place)
    return found
