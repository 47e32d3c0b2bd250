"""What the district workbook says when a new period begins: nothing is answered and decided yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from sheetsync.columns import ENTRIES, INDICATORS, PARTICIPANTS, SETTINGS
from sheetsync.district.bodies import OutRecord, Record, as_it_is, body_of, records_of
from sheetsync.district.records import INDICATOR_IDENTITY, figure_or_text, indicator_record
from sheetsync.model import Indicator, IndicatorFact, Plan, Settings
from sheetsync.plan.asked_indicators import identity_of, is_asked_now
from sheetsync.settings import SETTINGS_ROWS
from sheetsync.text import skeleton
from sheetsync.workbooks.port import Out, TableBody, TableRows, WorkbookTables

_MOVED: Final = ("period", "period_start", "period_end", "report_due")
"""Settings that are another in every period."""

_OF_ONE_PERIOD: Final = ("received_on", "approved_on")
"""Columns of «Участники» the coordinator fills anew in every period."""


def bodies_of_new_period(
    workbook: WorkbookTables, plan: Plan, facts: Iterable[IndicatorFact]
) -> dict[str, TableBody]:
    """Bodies by table: ``plan`` has the settings of the new period, ``facts`` the figures of the old one."""
    return {
        SETTINGS.name: _settings(workbook.read_table(SETTINGS.name), plan.settings),
        PARTICIPANTS.name: _participants(workbook.read_table(PARTICIPANTS.name)),
        ENTRIES.name: body_of(ENTRIES, (), ("participant", "key")),
        INDICATORS.name: body_of(INDICATORS, _figures(plan, facts), INDICATOR_IDENTITY),
    }


def _settings(table: TableRows, settings: Settings) -> TableBody:
    """The column of values, those of the period changed; a setting the workbook lacks yet is added."""
    name, value = SETTINGS.column("name"), SETTINGS.column("value")
    labels = {skeleton(spec.label): spec.key for spec in SETTINGS_ROWS}
    moved: dict[str, date | str | None] = {key: getattr(settings, key) for key in _MOVED}
    rows, met = [], set()
    for record in _every(table, records_of(SETTINGS, table)):
        key = record.text("key") or labels.get(skeleton(record.text("name")), "")
        met.add(key)
        shown = Out(moved[key]) if key in moved else as_it_is(record.cell("value"))
        rows.append((as_it_is(record.cell("name")), shown))
    lacking = (spec for spec in SETTINGS_ROWS if spec.key in moved and spec.key not in met)
    added = [(Out(spec.label), Out(moved[spec.key])) for spec in lacking]
    return TableBody((name.header, value.header), (*rows, *added), (name.header,))


def _participants(table: TableRows) -> TableBody:
    """Who came when, and whose report was approved, belongs to the period that is closed."""
    code = PARTICIPANTS.column("code")
    emptied = tuple(PARTICIPANTS.column(key) for key in _OF_ONE_PERIOD)
    shown = [one for one in emptied if skeleton(one.header) in map(skeleton, table.headers)]
    rows = tuple(
        (as_it_is(record.cell(code.key)), *(Out() for _ in shown))
        for record in _every(table, records_of(PARTICIPANTS, table))
    )
    return TableBody((code.header, *(one.header for one in shown)), rows, (code.header,))


def _every(table: TableRows, records: Iterable[Record]) -> Iterator[Record]:
    """A record for every row of the sheet, the empty ones too: rows keep their places."""
    met: Mapping[int, Record] = {one.row: one for one in records}
    for row in range(table.first_row, table.first_row + len(table.rows)):
        yield met.get(row, Record({}, row))


def _figures(plan: Plan, facts: Iterable[IndicatorFact]) -> Iterator[OutRecord]:
    """The targets, and what was reported as figures of the period before."""
    yield from map(indicator_record, plan.indicators)
    names = {one.code: one.short_name for one in plan.participants}
    told: set[tuple[str, Indicator]] = set()
    for fact in facts:
        target = _target_now(plan, fact.indicator)
        if fact.fact.strip() and (fact.participant, target) not in told:
            told.add((fact.participant, target))
            yield {
                **indicator_record(target),
                "participant": names.get(fact.participant, fact.participant),
                "previous": figure_or_text(fact.fact.strip()),
            }


def _target_now(plan: Plan, indicator: Indicator) -> Indicator:
    """The same target as the new period asks it: in a table of targets by years, that of its year."""
    same = (one for one in plan.indicators if identity_of(one) == identity_of(indicator))
    return next((one for one in same if is_asked_now(plan, one)), indicator)
