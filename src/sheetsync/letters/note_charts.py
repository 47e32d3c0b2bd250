"""What the charts of the note show: the same figures as its tables, to be seen at a glance."""

from __future__ import annotations

from typing import Final

from sheetsync.letters.figures import Figures, Scope
from sheetsync.letters.note import Chart, ChartKind, Series
from sheetsync.letters.note_targets import by_indicator, number_in, title_of
from sheetsync.letters.note_words import Counted, Word, amount
from sheetsync.model import Indicator, IndicatorFact

_PERCENT: Final = 100
_FEWEST: Final = 2
"""One bar compares nothing."""
_MOST_PEOPLE: Final = 40
"""More bars than this stand in no picture that a page holds."""


def people_charts(figures: Figures) -> tuple[Chart, ...]:
    """Заполнено and подтверждено, participant by participant."""
    people = [figures.person(line.participant) for line in figures.lines][:_MOST_PEOPLE]
    if len(people) < _FEWEST:
        return ()
    series = tuple(
        Series(what.value, tuple(_percent(figures, what, one) for one in people))
        for what in (Counted.FILLED, Counted.CONFIRMED)
    )
    labels = tuple(one.name for one in people)
    return (_chart(ChartKind.GROUPED, Word.CHART_PEOPLE, labels, series, top=_PERCENT),)


def section_charts(figures: Figures) -> tuple[Chart, ...]:
    """What became of the rows of every section."""
    if len(figures.sections) < _FEWEST:
        return ()
    parts: dict[str, list[float | None]] = {
        Word.PAPER_YES: [],
        Word.PAPER_NO: [],
        Word.IN_PART: [],
        Word.NONE_YET: [],
    }
    for one in figures.sections:
        counts = {
            what: figures.count(what, one).value or 0
            for what in (Counted.EVIDENCED, Counted.DONE, Counted.PARTLY, Counted.MISSING)
        }
        parts[Word.PAPER_YES].append(counts[Counted.EVIDENCED])
        parts[Word.PAPER_NO].append(counts[Counted.DONE] - counts[Counted.EVIDENCED])
        parts[Word.IN_PART].append(counts[Counted.PARTLY])
        parts[Word.NONE_YET].append(counts[Counted.MISSING])
    series = tuple(Series(name, tuple(values)) for name, values in parts.items())
    labels = tuple(one.name for one in figures.sections)
    return (_chart(ChartKind.STACKED, Word.CHART_SECTIONS, labels, series),)


def target_charts(figures: Figures) -> tuple[Chart, ...]:
    """Fact beside the previous period, with the target as a line: one target, that with most to compare."""
    charts = (_target_chart(figures, one, facts) for one, facts in by_indicator(figures))
    drawn = sorted((one for one in charts if one), key=lambda one: (-len(one.series), -len(one.labels)))
    return tuple(drawn[:1])


def _target_chart(figures: Figures, target: Indicator, facts: tuple[IndicatorFact, ...]) -> Chart | None:
    now = tuple(number_in(one, one.fact) for one in facts)
    before = tuple(number_in(one, one.previous) for one in facts)
    if sum(one is not None for one in now) < _FEWEST:
        return None
    series = [Series(Counted.FACT.value, now)]
    if any(one is not None for one in before):
        series.insert(0, Series(Counted.PREVIOUS.value, before))
    labels = tuple(figures.short(one.participant) for one in facts)
    told = Word.TARGET.format(target=amount(target.target)) if target.target is not None else ""
    return _chart(
        ChartKind.GROUPED, title_of(target), labels, tuple(series), line=target.target, line_name=told
    )


def _chart(
    kind: ChartKind,
    title: str,
    labels: tuple[str, ...],
    series: tuple[Series, ...],
    *,
    top: float | None = None,
    line: float | None = None,
    line_name: str = "",
) -> Chart:
    alt = Word.ALT_CHART.format(title=title)
    return Chart(kind, str(title), alt, labels, series, top, line, line_name)


def _percent(figures: Figures, what: Counted, of: Scope) -> float | None:
    value = figures.share(what, of).value
    return None if value is None else _PERCENT * value
