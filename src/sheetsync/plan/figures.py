"""A figure as people type it: «85», «85,5 %», «1 200 чел.»; anything else is no figure."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from sheetsync.patterns import at_first_use
from sheetsync.text import plain

PERCENT: Final = "%"

NUMBER_WORDS: Final = {
    "одного": 1, "одной": 1, "один": 1, "одна": 1, "двух": 2, "два": 2, "две": 2, "трех": 3, "трёх": 3,
    "три": 3, "четырех": 4, "четырёх": 4, "четыре": 4, "пяти": 5, "пять": 5, "шести": 6, "семи": 7,
    "восьми": 8, "девяти": 9, "десяти": 10,
}  # fmt: skip
"""Numbers that orders and plans spell out."""

_FIGURE: Final = at_first_use(
    r"\s*(?P<number>[+\-−–]?\s?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?)"
    r"\s*(?P<unit>(?:%|[^\W\d])[^\d]{0,30})?"
)
_SPACES: Final = at_first_use(r"[ \u00a0\u202f]")
_STEM: Final = 3
"""So many first letters tell one unit from another: «чел.» and «человек», «балл» and «баллов»."""

_VAGUE: Final = ("шт", "ед", "раз")
"""Units that may stand for whatever is counted."""


class Figure(Struct, frozen=True):
    """A number and the unit written after it, if any."""

    value: float
    unit: str = ""

    @property
    def is_percent(self) -> bool:
        return is_percent(self.unit)


def read_figure(text: str) -> Figure | None:
    """The number a text is; ``None`` for words, ranges, fractions «80 из 100» and dates."""
    found = _FIGURE.fullmatch(text)
    if found is None:
        return None
    number = _SPACES.sub("", found["number"]).replace(",", ".")
    return Figure(float(number.replace("−", "-").replace("–", "-")), (found["unit"] or "").strip())


def is_percent(unit: str | None) -> bool:
    """«%», «процентов», «проц.»."""
    return plain(unit or "").startswith((PERCENT, "проц"))


def is_other_unit(written: str, wanted: str | None) -> bool:
    """Whether a unit certainly is not the one that was asked for."""
    if not written or not wanted:
        return False
    if is_percent(written) or is_percent(wanted):
        return is_percent(written) != is_percent(wanted)
    one, other = plain(written), plain(wanted)
    return one[:_STEM] != other[:_STEM] and not one.startswith(_VAGUE) and not other.startswith(_VAGUE)


def signed(change: float) -> str:
    """«+5», «−3,5», «0»: how a change is shown."""
    size = f"{abs(change):.10g}".replace(".", ",")
    return size if change == 0 else f"{'+' if change > 0 else '−'}{size}"
