"""What the charts of the note show: the same figures as its tables, to be seen at a glance.

A picture is no taller than a page. Of many participants only those are drawn who are to be seen: all of
them stand in the tables.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from sheetsync.letters.figures import Figures, Scope
from sheetsync.letters.note import Chart, ChartKind, Series
from sheetsync.letters.note_targets import asks_for_less, by_indicator, number_in, title_of
from sheetsync.letters.note_words import Counted, Word, amount
from sheetsync.model import Indicator, IndicatorFact

_PERCENT: Final = 100
_FEWEST: Final = 2
"""One bar compares nothing."""
_PICTURE: Final = 20
"""So many labels, of two lines each, stand in a picture that a page holds with its title."""
_PICTURES: Final = 3
"""More participants than stand in so many pictures are not compared at a glance."""


def people_charts(figures: Figures) -> tuple[Chart, ...]:
    """Заполнено and подтверждено, participant by participant."""
    people = [figures.person(line.participant) for line in figures.lines]
    if len(people) < _FEWEST:
        return ()
    filled, confirmed = (
        Series(what.value, tuple(_percent(figures, what, one) for one in people))
        for what in (Counted.FILLED, Counted.CONFIRMED)
    )
    labels = tuple(one.name for one in people)
    chart = _chart(ChartKind.GROUPED, Word.CHART_PEOPLE, labels, (filled, confirmed), top=_PERCENT)
    if _is_too_much(chart):
        ranks = [tuple(map(_rank, both)) for both in zip(filled.values, confirmed.values, strict=True)]
        return (_first(chart, ranks, Word.CHART_LEAST),)
    return _on_pages(chart)


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
    return _on_pages(_chart(ChartKind.STACKED, Word.CHART_SECTIONS, labels, series))


def target_charts(figures: Figures) -> tuple[Chart, ...]:
    """Fact beside the previous period, with the target as a line: one target, that with most to compare."""
    drawn = [
        (target, chart)
        for target, facts in by_indicator(figures)
        if (chart := _target_chart(figures, target, facts))
    ]
    if not drawn:
        return ()
    target, chart = max(drawn, key=lambda one: (len(one[1].series), len(one[1].labels)))
    if not _is_too_much(chart):
        return _on_pages(chart)
    is_less, facts = asks_for_less(target), chart.series[-1].values
    ranks = [(_rank(-one if is_less and one is not None else one),) for one in facts]
    return (_first(chart, ranks, Word.CHART_MOST if is_less else Word.CHART_LEAST),)


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


# --- no taller than a page ----------------------------------------------------------------------


def _is_too_much(chart: Chart) -> bool:
    return len(chart.labels) > _PICTURE * _PICTURES


def _rank(value: float | None) -> float:
    """Where there is nothing to show, it is shown last."""
    return math.inf if value is None else value


def _first(chart: Chart, ranks: Sequence[tuple[float, ...]], title: Word) -> Chart:
    """A picture of those who come first by their ranks, one for each label."""
    steps = sorted(range(len(ranks)), key=ranks.__getitem__)[:_PICTURE]
    return _of(chart, steps, title.format(title=chart.title, part=len(steps), whole=len(ranks)))


def _on_pages(chart: Chart) -> tuple[Chart, ...]:
    """All labels in as few pictures as hold them, with one axis."""
    count = len(chart.labels)
    pictures = math.ceil(count / _PICTURE)
    if pictures <= 1:
        return (chart,)
    whole = replace(chart, top=max(chart.top or 0, chart.longest))
    ends = [count * step // pictures for step in range(pictures + 1)]
    return tuple(_of(whole, range(*part), _title_of_part(whole, *part)) for part in pairwise(ends))


def _title_of_part(chart: Chart, first: int, after: int) -> str:
    return Word.CHART_PART.format(title=chart.title, first=first + 1, last=after, whole=len(chart.labels))


def _of(chart: Chart, steps: Sequence[int], title: str) -> Chart:
    """Some of the labels under a title of their own."""
    series = tuple(Series(one.name, tuple(one.values[step] for step in steps)) for one in chart.series)
    labels = tuple(chart.labels[step] for step in steps)
    return replace(chart, title=title, alt=_alt(title), labels=labels, series=series)


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
    return Chart(kind, str(title), _alt(title), labels, series, top, line, line_name)


def _alt(title: str) -> str:
    return Word.ALT_CHART.format(title=title)


def _percent(figures: Figures, what: Counted, of: Scope) -> float | None:
    value = figures.share(what, of).value
    return None if value is None else _PERCENT * value
