"""Rows of «Свод», some at a time, known again by the signs that stand in them.

A sign that becomes another one changes the rows it is among. A row more or less in «Исполнение» changes
all rows: every sign leads to its own row there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import Final

from msgspec import Struct, field

from sheetsync.campaign.parts.around import digest_of
from sheetsync.campaign.parts.part import ParticipantPart
from sheetsync.campaign.parts.told import Handful, Row, Told
from sheetsync.campaign.parts.working import mark_behind
from sheetsync.columns import MatrixMark
from sheetsync.district.tables import Corner, matrix_headers, matrix_identity, matrix_rows, signs_beside
from sheetsync.model import Plan, PlanRow

_SIGNS_AT_ONCE: Final = 1 << 12
"""Signs made at a time, each with the link it is."""


class Signs(Struct, dict=True):
    """The signs of all ``people``, who follow one another as the roster has them."""

    plan: Plan
    people: Sequence[ParticipantPart]
    corner: Corner
    _lists: dict[tuple[int, ...], int] = field(default_factory=dict)
    """Rows a participant may be shown with, each list once, and its number."""

    def __post_init__(self) -> None:
        self._list_of = [self._lists.setdefault(one.rows, len(self._lists)) for one in self.people]
        self._first = []
        rows = 0
        for one in self.people:
            self._first.append(rows)
            rows += len(one.rows)

    def told(self) -> Told:
        """The body of «Свод»."""
        headers = matrix_headers(self.plan)
        people = [(one.code, of) for one, of in zip(self.people, self._list_of, strict=True)]
        leads_to = (self.corner.sheet, self.corner.row, self.corner.column)
        around = digest_of(headers, people, list(self._lists), leads_to)
        answered = {self.plan.rows[place].key for places in self._lists for place in places}
        shown = matrix_rows(self.plan, answered)
        step = max(1, _SIGNS_AT_ONCE // max(1, len(self.people)))
        some = (self._handful(shown[at : at + step], f"{around} {at}") for at in range(0, len(shown), step))
        return Told(headers, tuple(some), matrix_identity())

    def _handful(self, rows: Sequence[PlanRow], place: str) -> Handful:
        asked = [(one.key, one.number, one.title, one.due, one.is_retired) for one in rows]
        picked = [_picker([step for step, _ in inside]) for inside in self._inside(rows)]
        marks = [picked[of](one.marks) for one, of in zip(self.people, self._list_of, strict=True)]
        return Handful(f"{place} {digest_of(asked, marks)}", partial(self._rows, rows))

    def _rows(self, rows: Sequence[PlanRow]) -> Sequence[Row]:
        return signs_beside(rows, self.plan, dict(self._signs(rows)), self.corner)

    def _signs(self, rows: Sequence[PlanRow]) -> Iterator[tuple[tuple[str, str], tuple[int, MatrixMark]]]:
        inside = self._inside(rows)
        for one, of, first in zip(self.people, self._list_of, self._first, strict=True):
            for step, key in inside[of]:
                yield (one.code, key), (first + step, mark_behind(one.marks[step]))

    def _inside(self, rows: Sequence[PlanRow]) -> list[list[tuple[int, str]]]:
        """Of every list where these rows stand in it, and their keys."""
        asked = {row.key for row in rows}
        keys = {place: row.key for place, row in enumerate(self.plan.rows) if row.key in asked}
        return [[(step, keys[row]) for step, row in enumerate(one) if row in keys] for one in self._lists]


def _picker(steps: Sequence[int]) -> Callable[[str], object]:
    """What takes the letters at these places of a text; places that follow one another are taken as one."""
    if not steps:
        return itemgetter(slice(0))
    if steps[-1] - steps[0] + 1 == len(steps):
        return itemgetter(slice(steps[0], steps[-1] + 1))
    return itemgetter(*steps)
