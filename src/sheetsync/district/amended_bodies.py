"""An amendment as new bodies of «План», «Настройки» and «Участники».

Whatever the order does not change stays cell by cell as it is: values, formulas, notes, links.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from sheetsync.columns import PARTICIPANTS, PLAN, SETTINGS, DoubtPlace, TableSpec
from sheetsync.district.amended import RosterChange, SettingChange
from sheetsync.district.bodies import OutRecord, Record, as_it_is, body_of, records_of
from sheetsync.district.draft import participant_record
from sheetsync.district.reading import IN_FORCE, RETIRED
from sheetsync.plan.amending import AmendedRow
from sheetsync.plan.amending_rows import ASPECTS, Kind
from sheetsync.settings import SETTINGS_ROWS
from sheetsync.text import plain
from sheetsync.workbooks.port import Out, TableBody, TableRows

_KEY: Final = "key"

_SPOKEN_OF: Final = {Kind.DEADLINE: DoubtPlace.DEADLINE, Kind.RESPONSIBLE: DoubtPlace.RESPONSIBLE}
"""Where «Проверьте» speaks of a part of a row; of the rest it speaks as of the row."""


# --- План ---------------------------------------------------------------------------------------


def plan_body(
    table: TableRows,
    records: Mapping[str, Record],
    rows: Sequence[AmendedRow],
    drafted: Mapping[str, Mapping[str, Out]],
) -> TableBody:
    """«План» as it is to be. Rows without a title stay after the row they follow now."""
    keys = {record.row: key for key, record in records.items()}
    untitled: dict[str, list[OutRecord]] = {}
    above = ""
    for record in _every(PLAN, table):
        above = keys.get(record.row, above)
        if record.row not in keys:
            untitled.setdefault(above, []).append(_kept(PLAN, record))
    body = [*untitled.get("", ())]
    for one in rows:
        body += [
            _amended(one, records.get(one.own), drafted.get(one.drafted, {})),
            *untitled.get(one.key, ()),
        ]
    return body_of(PLAN, body, (_KEY,))


def keyed_body(table: TableRows, records: Mapping[str, Record]) -> TableBody | None:
    """«План» with the keys its rows are read with written out; ``None`` when they stand there already."""
    if all(record.text(_KEY) == key for key, record in records.items()):
        return None
    keys = {record.row: key for key, record in records.items()}
    rows = (
        {**_kept(PLAN, one), **({_KEY: Out(keys[one.row])} if one.row in keys else {})}
        for one in _every(PLAN, table)
    )
    return body_of(PLAN, rows, ("number", "title"))


def _amended(one: AmendedRow, own: Record | None, drafted: Mapping[str, Out]) -> OutRecord:
    if own is None:
        return {**drafted, _KEY: Out(one.key), "state": Out(IN_FORCE)}
    told = {column: drafted[column] for column in one.columns}
    if one.columns:
        told["doubts"] = Out(_doubts(own.cell("doubts").text, drafted["doubts"], one.columns))
    if one.is_restated:
        told["state"] = Out(RETIRED if one.is_retired else IN_FORCE)
    return {**_kept(PLAN, own), _KEY: Out(one.key), **told}


def _doubts(own: str, drafted: Out, columns: Collection[str]) -> str:
    """What is to be checked: of parts the order says anew what it gives cause for, of others what it was."""
    taken = {
        _SPOKEN_OF.get(kind, DoubtPlace.ROW) for kind in ASPECTS if not set(ASPECTS[kind]).isdisjoint(columns)
    }
    kept = [line for line in own.splitlines() if _place_of(line) not in taken]
    new = [line for line in str(drafted.value or "").splitlines() if _place_of(line) in taken]
    return "\n".join((*kept, *new))


def _place_of(line: str) -> DoubtPlace | None:
    return next((place for place in DoubtPlace if line.startswith(f"{place.value}:")), None)


# --- Настройки ----------------------------------------------------------------------------------


def settings_body(table: TableRows, changes: Iterable[SettingChange]) -> TableBody:
    """«Настройки» with the order's new words; a row that the workbook lacks is added."""
    labels = {plain(spec.label): spec.key for spec in SETTINGS_ROWS}
    values = {one.key: one.value for one in changes}
    rows: list[OutRecord] = []
    for record in _every(SETTINGS, table):
        key = record.text(_KEY) or labels.get(plain(record.text("name")), "")
        told = {"value": values.pop(key)} if key in values else {}
        rows.append({**_kept(SETTINGS, record), **told})
    missing = [spec for spec in SETTINGS_ROWS if spec.key in values]
    rows += [
        {"name": spec.label, "value": values[spec.key], "note": spec.note, _KEY: spec.key} for spec in missing
    ]
    return body_of(SETTINGS, rows, ("name", _KEY))


# --- Участники ----------------------------------------------------------------------------------


def participants_body(table: TableRows, change: RosterChange) -> TableBody:
    """«Участники» with those who are new; who is gone stays, for the coordinator to decide."""
    curators = {code: now for code, _, now in change.curators}
    rows = [
        {
            **_kept(PARTICIPANTS, one),
            **({"curator": Out(now)} if (now := curators.get(one.text("code"))) else {}),
        }
        for one in _every(PARTICIPANTS, table)
    ]
    return body_of(PARTICIPANTS, (*rows, *map(participant_record, change.added)), ("code",))


# --- rows as they are ---------------------------------------------------------------------------


def _every(spec: TableSpec, table: TableRows) -> Iterator[Record]:
    """All rows of a table, blank ones too."""
    filled = {record.row: record for record in records_of(spec, table)}
    for row in range(table.first_row, table.first_row + len(table.rows)):
        yield filled.get(row, Record({}, row))


def _kept(spec: TableSpec, record: Record) -> dict[str, Out]:
    return {key: as_it_is(record.cell(key)) for key in spec.keys}
