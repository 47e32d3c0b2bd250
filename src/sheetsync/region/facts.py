"""The tables of a district workbook become its facts: counted here once, never carried further as cells."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from sheetsync.columns import (
    COMPLETENESS,
    FINDINGS,
    INDICATORS,
    JOURNAL,
    MATRIX,
    PLAN,
    SETTINGS,
    MatrixMark,
    PanelCell,
    TableSpec,
)
from sheetsync.district.reading import RETIRED
from sheetsync.findings import make
from sheetsync.grid import Value, text_of
from sheetsync.merge.summary import Light
from sheetsync.model import Event, Finding, Origin, SchoolState
from sheetsync.plan.figures import is_other_unit, read_figure
from sheetsync.region.model import ActivityFacts, DistrictFacts, FigureFacts, KindFacts, SchoolFacts
from sheetsync.settings import YES
from sheetsync.text import plain, skeleton, squeeze
from sheetsync.workbooks.port import ValueTable

_NEEDED: Final = (SETTINGS, PLAN, MATRIX, COMPLETENESS, FINDINGS)
_MARKS: Final = {one.value: one.name for one in MatrixMark}
_EPOCHS: Final = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
_LAST_DAY: Final = 2_958_465


class Tables:
    """What of a workbook the facts are counted from."""

    def __init__(
        self,
        table: Callable[[TableSpec], ValueTable | None],
        named: Callable[[str], Value],
        entries: Callable[[], int],
        entry_pieces: Callable[[], Iterator[ValueTable]],
    ) -> None:
        self.table = table
        self.named = named
        self.entries = entries
        """How many rows «Исполнение» has."""
        self.entry_pieces = entry_pieces
        """These rows from top to bottom, some at a time."""


class _Records(Struct, frozen=True):
    """A table with its declared columns found, wherever the office put them."""

    table: ValueTable
    places: Mapping[str, int]

    @classmethod
    def of(cls, spec: TableSpec, table: ValueTable) -> _Records:
        found = {skeleton(header): place for place, header in enumerate(table.headers)}
        places = {
            one.key: found[skeleton(one.header)] for one in spec.columns if skeleton(one.header) in found
        }
        return cls(table, places)

    def missing(self, spec: TableSpec) -> list[str]:
        return [one.header for one in spec.columns if one.key not in self.places]

    def rows(self) -> Iterator[tuple[int, Sequence[Value]]]:
        """Sheet row and values of every row that holds something."""
        for step, row in enumerate(self.table.rows):
            if any(value not in (None, "") for value in row):
                yield self.table.first_row + step, row

    def value(self, row: Sequence[Value], key: str) -> Value:
        place = self.places.get(key)
        return None if place is None else row[place]

    def text(self, row: Sequence[Value], key: str) -> str:
        return text_of(self.value(row, key)).strip()

    def count(self, row: Sequence[Value], key: str) -> int:
        value = self.value(row, key)
        return max(int(value), 0) if isinstance(value, int | float) and math.isfinite(value) else 0

    def day(self, row: Sequence[Value], key: str) -> str:
        return iso_day(self.value(row, key), since_1904=self.table.since_1904)


@dataclass(slots=True)
class Counted:
    """Facts of one workbook, and what is wrong with it. Without facts it is no district workbook."""

    facts: DistrictFacts | None
    findings: list[Finding] = field(default_factory=list)


def facts_of(tables: Tables, name: str) -> Counted:
    """What a district workbook shows; ``name`` is for messages."""
    read = {spec.name: tables.table(spec) for spec in _NEEDED}
    lost = [spec.sheet for spec in _NEEDED if read[spec.name] is None]
    if lost:
        what = ", ".join(f"«{sheet}»" for sheet in lost)
        return Counted(None, [make("L101", origin=Origin(name), what=what)])
    found = {spec.name: _Records.of(spec, table) for spec in _NEEDED if (table := read[spec.name])}
    for spec in (INDICATORS, JOURNAL):
        table = tables.table(spec)
        if table is not None:
            found[spec.name] = _Records.of(spec, table)
    counted = Counted(None, list(_columns_lost(found, name)))
    as_of = tables.named(PanelCell.AS_OF)
    counted.facts = DistrictFacts(
        **_settings(found[SETTINGS.name]),
        as_of=iso_day(as_of, since_1904=found[PLAN.name].table.since_1904),
        consolidated=_consolidated(found.get(JOURNAL.name)),
        entries=tables.entries(),
        activities=tuple(_activities(found[PLAN.name], found[MATRIX.name])),
        schools=tuple(_schools(found[COMPLETENESS.name])),
        kinds=tuple(_kinds(found[FINDINGS.name])),
        figures=tuple(_figures(found[INDICATORS.name])) if INDICATORS.name in found else (),
        sheets={key: one.table.sheet for key, one in found.items()},
    )
    return counted


def iso_day(value: Value, *, since_1904: bool) -> str:
    """A day as ISO text, whether the workbook shows it as a day, a number or words; '' for none."""
    match value:
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case bool() | None:
            return ""
        case int() | float():
            is_day = math.isfinite(value) and 1 <= value <= _LAST_DAY
            return (_EPOCHS[since_1904] + timedelta(days=int(value))).date().isoformat() if is_day else ""
    try:
        return datetime.strptime(text_of(value).strip(), "%d.%m.%Y").date().isoformat()  # noqa: DTZ007
    except ValueError:
        return ""


_OPTIONAL: Final = frozenset({"state", "curator", "key", "doubts"})
"""Columns older workbooks lack, or that nothing is counted from."""


def _columns_lost(found: Mapping[str, _Records], name: str) -> Iterator[Finding]:
    for spec in (PLAN, COMPLETENESS, FINDINGS):
        gone = [one for one in found[spec.name].missing(spec) if one not in _headers(spec, _OPTIONAL)]
        if gone:
            columns = ", ".join(f"«{one}»" for one in gone)
            origin = Origin(name, sheet=spec.sheet)
            yield make("L121", origin=origin, sheet=spec.sheet, columns=columns)


def _headers(spec: TableSpec, keys: frozenset[str]) -> set[str]:
    return {one.header for one in spec.columns if one.key in keys}


# --- the tables ---------------------------------------------------------------------------------


def _settings(records: _Records) -> dict[str, str]:
    values: dict[str, str] = {}
    days: dict[str, str] = {}
    for _, row in records.rows():
        key = records.text(row, "key")
        values[key] = records.text(row, "value")
        days[key] = records.day(row, "value")
    years = squeeze(values.get("years", ""))
    span = "–".join(filter(None, (days.get("period_start", "")[:4], days.get("period_end", "")[:4])))
    return {
        "organisation": squeeze(values.get("organisation", "")),
        "plan_id": values.get("plan_id", ""),
        "plan_title": squeeze(values.get("plan_title", "")),
        "period": squeeze(values.get("period", "")) or years or "–".join(dict.fromkeys(span.split("–"))),
    }


def _consolidated(records: _Records | None) -> str:
    """When the workbook was consolidated last, as the journal tells it: newest first."""
    for _, row in records.rows() if records else ():
        if records and records.text(row, "event") == Event.CONSOLIDATED.value:
            return _moment(records.value(row, "at"))
    return ""


def _moment(value: Value) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    try:
        moment = datetime.strptime(text_of(value).strip(), "%d.%m.%Y %H:%M")  # noqa: DTZ007 - the sheet tells no zone
    except ValueError:
        return ""
    return moment.isoformat(" ", "minutes")


def _activities(plan: _Records, matrix: _Records) -> Iterator[ActivityFacts]:
    """The rows of «План» that are in force, each with its signs in «Свод»."""
    signs: dict[tuple[str, str], list[tuple[int, dict[str, int]]]] = defaultdict(list)
    ours = set(matrix.places.values())
    others = [place for place in range(len(matrix.table.headers)) if place not in ours]
    for number, row in matrix.rows():
        told = (text_of(row[place]).strip() for place in others)
        marks = Counter(_MARKS[text] for text in told if text in _MARKS)
        identity = skeleton(matrix.text(row, "number")), skeleton(matrix.text(row, "title"))
        signs[identity].append((number, dict(sorted(marks.items()))))
    for _, row in plan.rows():
        title = plan.text(row, "title")
        shown = signs.get((skeleton(plan.text(row, "number")), skeleton(title)))
        if shown:  # else the row is asked of nobody now
            where, marks_of = shown.pop(0)
            words = (squeeze(plan.text(row, "section")), squeeze(title), plan.day(row, "due"))
            yield ActivityFacts(plan.text(row, "key"), plan.text(row, "number"), *words, where, marks_of)
    for _, row in matrix.rows():
        title = squeeze(matrix.text(row, "title"))
        left = signs[skeleton(matrix.text(row, "number")), skeleton(title)]
        if left and not title.endswith(f"({RETIRED})"):  # «План» was edited since the last run
            where, marks_of = left.pop(0)
            due = matrix.day(row, "due")
            yield ActivityFacts("", matrix.text(row, "number"), "", title, due, where, marks_of)


def _schools(records: _Records) -> Iterator[SchoolFacts]:
    lights, states = {one.value for one in Light}, {one.value for one in SchoolState}
    for number, row in records.rows():
        light, state = records.text(row, "light"), records.text(row, "state")
        is_received = plain(records.text(row, "received")) == YES
        usual = SchoolState.RECEIVED if is_received else SchoolState.NOT_RECEIVED
        yield SchoolFacts(
            name=squeeze(records.text(row, "participant")),
            received=is_received,
            on_time=is_received and plain(records.text(row, "on_time")) == YES,
            rows_owed=records.count(row, "rows_owed"),
            rows_due=records.count(row, "rows_due"),
            reported=records.count(row, "reported"),
            confirmed_none=records.count(row, "confirmed_none"),
            missing=records.count(row, "missing"),
            done=records.count(row, "done"),
            evidenced=records.count(row, "evidenced"),
            light=light if light in lights else "",
            state=state if state in states else usual.value,
            row=number,
        )


def _kinds(records: _Records) -> Iterator[KindFacts]:
    counts: Counter[str] = Counter()
    people: dict[str, set[str]] = defaultdict(set)
    first: dict[str, tuple[str, int]] = {}
    for number, row in records.rows():
        code = records.text(row, "code")
        counts[code] += max(records.count(row, "count"), 1)
        people[code].add(records.text(row, "participant"))
        first.setdefault(code, (records.text(row, "severity"), number))
    for code, count in sorted(counts.items()):
        yield KindFacts(code, first[code][0], count, len(people[code] - {""}), first[code][1])


@dataclass(slots=True)
class _Figures:
    row: int
    values: list[float] = field(default_factory=list)
    words: int = 0


def _figures(records: _Records) -> Iterator[FigureFacts]:
    """One line a target; a row without a participant declares it, the others are facts."""
    found: dict[tuple[str, str, str, str], _Figures] = {}
    for number, row in records.rows():
        title, unit = squeeze(records.text(row, "title")), squeeze(records.text(row, "unit"))
        identity = title, unit, records.text(row, "year"), records.text(row, "target")
        if not title:
            continue  # nothing a figure could be of
        about = found.setdefault(identity, _Figures(number))
        fact = records.text(row, "fact")
        if not records.text(row, "participant") or not fact:
            continue  # a target, or a figure of the period before alone
        figure = read_figure(fact)
        if figure is None or is_other_unit(figure.unit, unit):
            about.words += 1
        else:
            about.values.append(figure.value)
    for (title, unit, year, target), about in found.items():
        yield _figure(
            FigureFacts(title, unit, year, target, 0, 0, 0, 0, 0, about.words, about.row), about.values
        )


def _figure(about: FigureFacts, values: Sequence[float]) -> FigureFacts:
    if not values:
        return about
    goal = read_figure(about.target)
    met = sum(one >= goal.value for one in values) if goal else 0
    return about._replace(
        figures=len(values), total=math.fsum(values), low=min(values), high=max(values), met=met
    )
