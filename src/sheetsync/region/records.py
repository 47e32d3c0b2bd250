"""Districts and their sums as rows of the region's tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sheetsync.columns import (
    COMPLETENESS,
    MATRIX,
    RegionSign,
)
from sheetsync.district.bodies import OutRecord
from sheetsync.district.records import figure_or_text
from sheetsync.merge.summary import Light
from sheetsync.model import Rates, SchoolState
from sheetsync.notices import say
from sheetsync.region.links import HEADER_ROWS, to_book, to_row
from sheetsync.region.matching import RegionActivity
from sheetsync.region.model import ActivityFacts, District, FigureFacts, SchoolFacts
from sheetsync.region.notices import RegionNotice
from sheetsync.region.rollup import (
    RegionFigure,
    Row,
    Sums,
    mean_of,
    row_of,
    states_of,
    sums_of,
)
from sheetsync.settings import NO, YES
from sheetsync.workbooks.port import Out

_LONGEST_HEADER: Final = 200
_NAMES_TOLD: Final = 5


def school_record(district: District, one: SchoolFacts, look: str) -> OutRecord:
    """A line of «Полнота» of a district."""
    return {
        "district": district.title,
        "participant": one.name,
        "received": YES if one.received else NO,
        "on_time": YES if one.on_time else NO,
        "rows_due": one.rows_due,
        "missing": one.missing,
        "done": one.done,
        "evidenced": one.evidenced,
        "filled_rate": (one.reported + one.confirmed_none) / one.rows_due if one.rows_due else None,
        "evidenced_rate": one.evidenced / one.done if one.done else None,
        "light": one.light,
        "state": one.state,
        "look": Out(look, link=to_row(district.source, COMPLETENESS, one.row)),
    }


def note_of(sums: Sums) -> str:
    """What a head of the region reads first about a district."""
    absent, bare = sums.participants - sums.received, sums.done - sums.evidenced
    told = (
        (absent, RegionNotice.NOTE_ABSENT, {"absent": absent, "all": sums.participants}),
        (sums.missing, RegionNotice.NOTE_MISSING, {"rows": sums.missing}),
        (bare, RegionNotice.NOTE_BARE, {"rows": bare}),
    )
    return "; ".join(say(notice, **values) for count, notice, values in told if count)


def sign_of(row: Row) -> RegionSign:
    """The sign of a cell of «Свод»: a missing answer first, then whether all is settled."""
    if row.missing:
        return RegionSign.MISSING
    if row.owed == row.settled:
        return RegionSign.FULL
    return RegionSign.NOT_DUE if row.not_due == row.owed else RegionSign.GOING


def matrix_cell(district: District, facts: ActivityFacts, row: Row) -> Out:
    """A cell of «Свод»."""
    text = cell_text(row)
    return Out(text, link=to_row(district.source, MATRIX, facts.row)) if text else Out()


def cell_text(row: Row) -> str | None:
    """«✔ 12 из 12»: how many of those who owe an activity are done with it."""
    if not row.owed:
        return None
    return say(RegionNotice.CELL, sign=sign_of(row).value, settled=row.settled, owed=row.owed)


def entry_record(district: District, one: RegionActivity, facts: ActivityFacts, look: str) -> OutRecord:
    """A row of «Исполнение»."""
    keys = ("owed", "answered", "missing", "not_due", "done", "evidenced", "going", "not_done", "none")
    return {
        "district": district.title,
        "number": facts.number,
        "title": facts.title,
        "due": day_of(facts.due),
        **counts_of(row_of(facts), (*keys, "filled_rate", "evidenced_rate")),
        "look": Out(look, link=to_row(district.source, MATRIX, facts.row)),
        "key": one.key,
    }


def counts_of(row: Row, keys: Sequence[str]) -> OutRecord:
    """Some of the counts of a row, by column."""
    return {key: getattr(row, key) for key in keys}


def completeness_record(one: District, sums: Sums, light: Light) -> OutRecord:
    """A row of «Полнота»."""
    rates, states = sums.rates, states_of(one.facts.schools)
    before = sums_of(one.before).rates if one.before else Rates(None, None, None, None)
    return {
        "district": Out(one.title, link=to_book(one.source)),
        **sums._asdict(),
        "received_rate": rates.received,
        "on_time_rate": rates.on_time,
        "filled_rate": rates.filled,
        "evidenced_rate": rates.evidenced,
        "light": light.value,
        **{f"state_{state.name.lower()}": states[state] for state in SchoolState},
        "before": one.before.period if one.before else None,
        "received_change": difference(rates.received, before.received),
        "filled_change": difference(rates.filled, before.filled),
        "evidenced_change": difference(rates.evidenced, before.evidenced),
        "look": Out(say(RegionNotice.OPEN), link=to_row(one.source, COMPLETENESS, HEADER_ROWS)),
    }


def difference(now: float | None, before: float | None) -> float | None:
    """How much more than before; ``None`` unless both are known."""
    return None if now is None or before is None else round(now - before, 10)


def figure_record(one: RegionFigure, fact: FigureFacts, whose: str) -> dict[str, Out]:
    """A row of «Показатели»; ``whose`` are its figures."""
    has_figures = bool(fact.figures)
    return {
        "district": Out(whose),
        "title": Out(one.title),
        "unit": Out(one.unit),
        "year": Out(figure_or_text(one.year)),
        "target": Out(figure_or_text(fact.target)),
        "figures": Out(fact.figures),
        "total": Out(round(fact.total, 4) if has_figures and one.is_summed else None),
        "mean": Out(mean_of(fact)),
        "low": Out(fact.low if has_figures else None),
        "high": Out(fact.high if has_figures else None),
        "met": Out(fact.met if has_figures and fact.target else None),
        "no_figure": Out(fact.words),
    }


def change_record(now: float | None, before: float | None) -> dict[str, Out]:
    """The mean of the period before and the change since."""
    return {"before": Out(before), "change": Out(difference(now, before))}


def names_told(names: Sequence[str]) -> str:
    """A few names, and how many more."""
    told = "; ".join(names[:_NAMES_TOLD])
    more = len(names) - _NAMES_TOLD
    return say(RegionNotice.AND_MORE, names=told, more=more) if more > 0 else told


def header_of(title: str) -> str:
    """The header of a district's column: Excel takes 255 characters."""
    return title if len(title) <= _LONGEST_HEADER else f"{title[: _LONGEST_HEADER - 1]}…"


def day_of(iso: str) -> date | None:
    """A day of the facts."""
    return date.fromisoformat(iso) if iso else None


def moment_of(iso: str) -> str:
    """2026-06-20 10:15 -> 20.06.2026 10:15."""
    day, _, hour = iso.partition(" ")
    return f"{'.'.join(reversed(day.split('-')))} {hour}".strip()
