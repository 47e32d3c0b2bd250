"""The figures of the period before: what «Показатели» says in «Прошлый период» is kept, run after run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sheetsync.district.bodies import Record
from sheetsync.findings import make
from sheetsync.model import Finding, Indicator, Participant, PreviousFigure
from sheetsync.plan.names import best_name
from sheetsync.text import skeleton


def previous_figures(
    records: Iterable[Record],
    participants: Sequence[Participant],
    indicators: Sequence[Indicator],
    findings: list[Finding],
) -> tuple[PreviousFigure, ...]:
    """Every figure of «Прошлый период»; one that belongs to nobody is told, not lost."""
    found: dict[tuple[str, Indicator], PreviousFigure] = {}
    for record in records:
        name, text = record.text("participant"), record.text("previous")
        if not name or not text:
            continue
        whose = _participant(name, participants)
        target = next(_targets(record, indicators), None)
        if whose is None or target is None:
            title = record.text("title")
            findings.append(make("N410", value=text, participant_name=name, title=title))
        else:
            found[whose.code, target] = PreviousFigure(whose.code, target, text)
    return tuple(found.values())


def _participant(name: str, participants: Sequence[Participant]) -> Participant | None:
    spellings = {
        spelling: one
        for one in participants
        for spelling in (one.name, *one.aliases, one.code, one.short_name)
        if spelling
    }
    if name in spellings:
        return spellings[name]
    best = best_name(name, list(spellings))
    return spellings[best[0]] if best else None


def _targets(record: Record, indicators: Sequence[Indicator]) -> Iterator[Indicator]:
    """The target a row is about: the one of its year and activity, else the one of its title."""
    named = [one for one in indicators if skeleton(one.title) == skeleton(record.text("title"))]
    for one in named:
        if record.text("year") == str(one.year or "") and record.text("key") == (one.activity or ""):
            yield one
    yield from named
