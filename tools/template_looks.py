"""Conditional looks of the templates: colour, and always a word or a sign beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from template_styles import BAD, DOUBT, GOOD, Styles
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from sheetsync.columns import Light


@dataclass(frozen=True, slots=True)
class Look:
    """A conditional look: ``when`` is a condition on the cell, written as «{cell}»."""

    when: str
    properties: dict[str, Any]


def is_any(*words: str) -> str:
    """The condition «the cell says one of these words»."""
    tests = ",".join(f'{{cell}}="{word}"' for word in words)
    return f"OR({tests})" if len(words) > 1 else tests


def signed(properties: dict[str, Any], sign: str) -> dict[str, Any]:
    """The same look with a sign before the text, for eyes and printers without colour."""
    return properties | {"num_format": f'"{sign} "@'}


def word_looks(good: Iterable[str], doubt: Iterable[str], bad: Iterable[str]) -> tuple[Look, ...]:
    """Looks of words that are themselves good, doubtful or bad news."""
    kinds = ((tuple(good), GOOD), (tuple(doubt), DOUBT), (tuple(bad), BAD))
    return tuple(Look(is_any(*words), look) for words, look in kinds if words)


def light_looks() -> tuple[Look, ...]:
    return word_looks((Light.GREEN,), (Light.YELLOW,), (Light.RED,))


def paint(sheet: Worksheet, styles: Styles, area: tuple[int, int, int, int], looks: Iterable[Look]) -> None:
    """Apply looks to an area, told for its first cell."""
    cell = xl_rowcol_to_cell(area[0], area[1])
    for look in looks:
        criteria = "=" + look.when.replace("{cell}", cell)
        rule = {"type": "formula", "criteria": criteria, "format": styles.condition(look.properties)}
        sheet.conditional_format(*area, rule)
