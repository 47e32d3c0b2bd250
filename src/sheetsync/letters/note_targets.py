"""Target indicators in the note: plan, fact, previous period and change of every participant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sheetsync.letters.citing import Citing, of_all, sentence
from sheetsync.letters.figures import Figure, Figures
from sheetsync.letters.note import Cited, TargetRow, TargetTable
from sheetsync.letters.note_words import DASH, Counted, Word, shortened
from sheetsync.letters.practice import Cover
from sheetsync.model import Indicator, IndicatorFact
from sheetsync.plan.figures import is_other_unit, read_figure
from sheetsync.text import plain, squeeze

_STEM: Final = 4
_ASKS_FOR_LESS: Final = ("не более", "сниж", "уменьш", "сокра", "неуспева", "отсутств")


def target_tables(figures: Figures, cite: Citing, cover: Cover) -> tuple[TargetTable, ...]:
    """A table for every target somebody reported for."""
    return tuple(_table(figures, cite, cover, one) for one, _ in by_indicator(figures))


def by_indicator(figures: Figures) -> Iterator[tuple[Indicator, tuple[IndicatorFact, ...]]]:
    """Targets in the order of the plan with what was reported for them."""
    for indicator in figures.found.plan.indicators:
        facts = tuple(
            one
            for one in figures.found.indicators
            if one.indicator == indicator and one.participant in figures.people
        )
        if facts:
            yield indicator, facts


def title_of(one: Indicator) -> str:
    """«Доля выпускников, % (2026 г.)»; a unit the title names already is not said again."""
    is_said = not one.unit or plain(one.unit)[:_STEM] in plain(one.title)
    unit = "" if is_said else Word.TARGET_UNIT.format(unit=one.unit)
    year = Word.TARGET_YEAR.format(year=one.year) if one.year and str(one.year) not in one.title else ""
    title = f"{one.title[:1].upper()}{one.title[1:]}"
    return Word.INDICATOR.format(title=title, unit=unit, year=year)


def number_in(fact: IndicatorFact, text: str) -> float | None:
    """The number of a cell, when it is one and of the target's unit."""
    read = read_figure(text)
    return None if read is None or is_other_unit(read.unit, fact.indicator.unit) else read.value


def reached(figures: Figures, indicator: Indicator, facts: tuple[IndicatorFact, ...]) -> Figure | None:
    """Which part of those who named a number reached the target; ``None`` when that cannot be said.

    A target is «не менее»; of one whose title asks for less nothing is said.
    """
    target = indicator.target
    if target is None or asks_for_less(indicator):
        return None
    numbers = [(one, number_in(one, one.fact)) for one in facts]
    told = [(one, number, number >= target) for one, number in numbers if number is not None]
    return figures.reached(IndicatorFact("", indicator), told) if told else None


def asks_for_less(indicator: Indicator) -> bool:
    """Whether the title says that a smaller number is a better one."""
    return any(word in plain(indicator.title) for word in _ASKS_FOR_LESS)


def _table(figures: Figures, cite: Citing, cover: Cover, indicator: Indicator) -> TargetTable:
    facts = next(facts for one, facts in by_indicator(figures) if one == indicator)
    rows = tuple(_row(figures, cite, cover, fact) for fact in facts)
    share = reached(figures, indicator, facts)
    told = sentence(Word.REACHED, {"reached": of_all(cite, share)}) if share else ()
    return TargetTable(title_of(indicator), told, rows)


def _row(figures: Figures, cite: Citing, cover: Cover, fact: IndicatorFact) -> TargetRow:
    def cited(what: Counted, text: str) -> Cited:
        number = number_in(fact, text)
        if number is not None:
            return cite(figures.number(what, fact, number))
        said = shortened(cover(squeeze(text)))
        return Cited(Word.WITHOUT_FIGURE.format(text=said) if said else DASH)

    change = figures.change(fact)
    return TargetRow(
        figures.short(fact.participant),
        _plan(figures, cite, fact.indicator),
        cited(Counted.FACT, fact.fact),
        cited(Counted.PREVIOUS, fact.previous),
        cite(change) if change else Cited(DASH),
    )


def _plan(figures: Figures, cite: Citing, indicator: Indicator) -> Cited:
    """The target, which is nobody's own."""
    if indicator.target is None:
        return Cited(DASH)
    return cite(figures.number(Counted.PLAN, IndicatorFact("", indicator), indicator.target))
