"""Conditional looks of the templates: colour, and always a word or a sign beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from template_styles import BAD, DOUBT, GOOD, Properties, Styles
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from sheetsync.merge.summary import Light
from sheetsync.model import SchoolState


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks when it says one of ``words``, or when the condition ``when`` is true.

    A condition speaks of the first cell of its area, written «{cell}». Words need no such address,
    so they go on working in whatever column the cells come to stand.
    """

    properties: Properties
    words: tuple[str, ...] = ()
    when: str = ""

    def rules(self, cell: str) -> Iterable[dict[str, Any]]:
        """The rules of this look as XlsxWriter takes them."""
        for word in self.words:
            yield {"type": "cell", "criteria": "==", "value": f'"{word}"'}
        if self.when:
            yield {"type": "formula", "criteria": "=" + self.when.replace("{cell}", cell)}


def signed(properties: Properties, sign: str) -> dict[str, Any]:
    """The same look with a sign before the text, for eyes and printers without colour."""
    return dict(properties) | {"num_format": f'"{sign} "@'}


def word_looks(good: Iterable[str], doubt: Iterable[str], bad: Iterable[str]) -> tuple[Look, ...]:
    """Looks of words that are themselves good, doubtful or bad news."""
    return Look(GOOD, tuple(good)), Look(DOUBT, tuple(doubt)), Look(BAD, tuple(bad))


def light_looks() -> tuple[Look, ...]:
    return word_looks((Light.FINE,), (Light.GAPS,), (Light.NO_REPORT,))


def state_looks() -> tuple[Look, ...]:
    """How far the review of a report has got: what waits for the office is a doubt, what waits for
    the school bad news."""
    return word_looks(
        (SchoolState.ACCEPTED, SchoolState.APPROVED),
        (SchoolState.RECEIVED, SchoolState.IN_REVIEW),
        (SchoolState.REWORK, SchoolState.NOT_RECEIVED),
    )


def paint(sheet: Worksheet, styles: Styles, area: tuple[int, int, int, int], looks: Iterable[Look]) -> None:
    """Apply looks to an area."""
    cell = xl_rowcol_to_cell(area[0], area[1])
    for look in looks:
        for rule in look.rules(cell):
            sheet.conditional_format(*area, rule | {"format": styles.condition(look.properties)})
