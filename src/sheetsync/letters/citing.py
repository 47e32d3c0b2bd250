"""Figures get their numbers: in the order they are first printed, the same figure always the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sheetsync.letters.figures import Figure, Unit
from sheetsync.letters.note import Cited, Sentence
from sheetsync.letters.note_words import NBSP, NOTHING, Word, amount, share

_NAME: Final = re.compile(r"\{(\w+)\}")


class Citing:
    """What was cited so far."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._figures: list[Figure] = []

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every cited figure, in the order of the numbers."""
        return tuple(self._figures)

    def __call__(self, figure: Figure, text: str | None = None) -> Cited:
        """The figure as printed (``text``: in other words than usual) with its number."""
        if figure.key not in self._numbers:
            self._figures.append(figure)
            self._numbers[figure.key] = len(self._figures)
        return Cited(printed(figure) if text is None else text, f"[{self._numbers[figure.key]}]")


def printed(figure: Figure) -> str:
    """A share as per cent, anything else as a number.

    A word instead of a number stands where there is nothing to count.
    """
    if figure.value is None:
        return NOTHING
    if figure.unit is Unit.CHANGE:
        return f"{'+' if figure.value > 0 else ''}{amount(figure.value)}"
    return share(figure.value) if figure.unit is Unit.SHARE else amount(figure.value)


def sentence(pattern: str, parts: Mapping[str, Cited | str]) -> Sentence:
    """A sentence whose names in braces became figures or words."""
    pieces: list[Cited] = []
    for place, piece in enumerate(_NAME.split(pattern)):
        part = parts[piece] if place % 2 else piece
        pieces.append(part if isinstance(part, Cited) else Cited(part))
    return tuple(piece for piece in pieces if piece.text)


def of_all(cite: Citing, figure: Figure) -> Cited:
    """«12 из 40» of a share."""
    return cite(figure, Word.OF.format(part=figure.counted, whole=len(figure.rows)))


def together(number: str, noun: str) -> str:
    """A number and its noun, never parted at the end of a line."""
    return f"{number}{NBSP}{noun}"
