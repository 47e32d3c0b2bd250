"""Conclusions as drafts for a person to edit: short sentences built from figures by rules.

Each rule speaks only where there is something to say; none praises, none guesses at causes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from sheetsync.checks.due import report_date
from sheetsync.letters.citing import Citing, of_all, sentence, together
from sheetsync.letters.figures import Figure, Figures
from sheetsync.letters.note import Cited, Sentence
from sheetsync.letters.note_targets import by_indicator, reached, title_of
from sheetsync.letters.note_words import ROWS, Counted, Draft, Word, amount, day, plural
from sheetsync.model import Outcome, Status

_MOST_ROWS: Final = 10
"""So many numbers of rows are listed in a sentence; all of them stand in the tables."""
_MOST_NAMES: Final = 15
"""The same of participants."""
_ENOUGH: Final = 5
_FEWEST: Final = 2
"""One alone is compared with nothing."""


def conclusions(figures: Figures, cite: Citing) -> tuple[Sentence, ...]:
    """Every sentence there is reason for, in the order of the note."""
    return tuple(one for rule in RULES for one in rule(figures, cite))


def _received(figures: Figures, cite: Citing) -> Iterator[Sentence]:
    received, on_time = figures.reports(Counted.RECEIVED), figures.reports(Counted.ON_TIME)
    if received.rows:
        in_time = cite(on_time, str(on_time.counted))
        yield sentence(Draft.RECEIVED, {"received": of_all(cite, received), "on_time": in_time})
    silent, due = _silent(figures), report_date(figures.found.plan.settings)
    if silent and _is_waited_for(figures) and due:
        yield sentence(Draft.SILENT_YET, {"due": day(due), "names": silent})
    elif silent:
        yield sentence(Draft.SILENT, {"names": silent})


def _is_waited_for(figures: Figures) -> bool:
    """Whether the day reports are due is still to come."""
    due = report_date(figures.found.plan.settings)
    return due is not None and figures.found.as_of <= due


def _filled(figures: Figures, cite: Citing) -> Iterator[Sentence]:
    filled = figures.share(Counted.FILLED, figures.whole)
    missing = figures.count(Counted.MISSING, figures.whole)
    if not filled.rows:
        yield sentence(Draft.NOTHING_DUE, {})
        return
    pattern = Draft.FILLED if missing.value else Draft.FILLED_ALL
    yield sentence(pattern, {"filled": of_all(cite, filled), "missing": cite(missing)})


def _evidenced(figures: Figures, cite: Citing) -> Iterator[Sentence]:
    confirmed = figures.share(Counted.CONFIRMED, figures.whole)
    bare = figures.count(Counted.BARE, figures.whole)
    if confirmed.rows:
        pattern = Draft.EVIDENCED if bare.value else Draft.EVIDENCED_ALL
        yield sentence(pattern, {"evidenced": of_all(cite, confirmed), "bare": cite(bare)})


def _weakest(figures: Figures, cite: Citing) -> Iterator[Sentence]:
    """The section with the smallest part of its due rows done; a few rows tell nothing of a section."""
    due = {one.key: [row for row in one.outcomes if row.is_due] for one in figures.sections}
    parts = {key: sum(map(_is_done, rows)) / len(rows) for key, rows in due.items() if len(rows) >= _ENOUGH}
    if len(set(parts.values())) < _FEWEST:
        return
    worst = min((one for one in figures.sections if one.key in parts), key=lambda one: parts[one.key])
    told = {"due": Counted.DUE, "done": Counted.DONE, "missing": Counted.MISSING}
    counts = {name: cite(figures.count(what, worst)) for name, what in told.items()}
    yield sentence(Draft.WEAKEST, {"name": worst.name, **counts})


def _nobody(figures: Figures, _cite: Citing) -> Iterator[Sentence]:
    """Rows that several owe and none has done."""
    rows = (figures.row(key) for key in figures.rows)
    idle = [of.name for of in rows if _is_idle([one for one in of.outcomes if one.is_due])]
    if idle:
        others = len(idle) - _MOST_ROWS
        more = [Word.MORE.format(count=others)] if others > 0 else []
        yield sentence(Draft.NOBODY, {"rows": "; ".join([*idle[:_MOST_ROWS], *more])})


def _is_idle(due: list[Outcome]) -> bool:
    return len(due) >= _FEWEST and not any(map(_is_done, due))


def _late(figures: Figures, cite: Citing) -> Iterator[Sentence]:
    late = figures.count(Counted.LATE, figures.whole)
    if late.value:
        yield sentence(Draft.LATE, {"late": _rows(cite, late, ROWS)})


def _rework(figures: Figures, cite: Citing) -> Iterator[Sentence]:
    rework = figures.count(Counted.REWORK, figures.whole)
    if rework.value:
        names = _names(figures, (row.participant for row in rework.rows))
        yield sentence(Draft.REWORK, {"rework": _rows(cite, rework, ROWS), "names": names})


def _targets(figures: Figures, cite: Citing) -> Iterator[Sentence]:
    """Targets somebody missed, one by one; of the others that nobody did."""
    told = [(one, reached(figures, one, facts)) for one, facts in by_indicator(figures)]
    known = [(one, figure) for one, figure in told if figure]
    missed = [(one, figure) for one, figure in known if figure.counted < len(figure.rows)]
    for indicator, figure in missed:
        names = _names(figures, (row.participant for row in figure.rows if not row.counts))
        share = of_all(cite, figure)
        yield sentence(Draft.TARGET, {"name": title_of(indicator), "reached": share, "names": names})
    if len(missed) < len(known):
        yield sentence(Draft.TARGETS_REST if missed else Draft.TARGETS_ALL, {})


def _proposals(figures: Figures, _cite: Citing) -> Iterator[Sentence]:
    silent = _silent(figures)
    if silent and not _is_waited_for(figures):
        yield sentence(Draft.PROPOSE_SILENT, {"names": silent})
    if figures.count(Counted.LATE, figures.whole).value:
        yield sentence(Draft.PROPOSE_LATE, {})
    if figures.found.plan.settings.evidence_required and figures.count(Counted.BARE, figures.whole).value:
        yield sentence(Draft.PROPOSE_BARE, {})


RULES: Final[tuple[Callable[[Figures, Citing], Iterator[Sentence]], ...]] = (
    _received,
    _filled,
    _evidenced,
    _weakest,
    _nobody,
    _late,
    _rework,
    _targets,
    _proposals,
)


def _silent(figures: Figures) -> str:
    return _names(figures, (one.participant for one in figures.lines if not one.received))


def _names(figures: Figures, codes: Iterable[str]) -> str:
    """«А, Б и ещё 3»; whoever is not named stands in the tables."""
    names = list(dict.fromkeys(map(figures.short, codes)))
    told, others = ", ".join(names[:_MOST_NAMES]), len(names) - _MOST_NAMES
    return f"{told} {Word.MORE.format(count=others)}" if others > 0 else told


def _is_done(one: Outcome) -> bool:
    return one.status in (Status.DONE, Status.NOT_REQUIRED)


def _rows(cite: Citing, figure: Figure, forms: tuple[str, str, str] = ROWS) -> Cited:
    value = figure.value or 0
    return cite(figure, together(amount(value), plural(value, forms)))
