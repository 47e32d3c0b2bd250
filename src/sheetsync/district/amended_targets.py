"""Targets of «Показатели» that an amended order moves or adds.

They change in their places and new ones come last, because forms sent before name a target by its
place. One the order has no more stays: it is asked only with its activity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.columns import INDICATORS
from sheetsync.district.bodies import OutRecord, as_it_is, body_of, records_of
from sheetsync.district.records import indicator_record
from sheetsync.model import Indicator
from sheetsync.text import skeleton
from sheetsync.workbooks.port import TableBody, TableRows

_IDENTITY = ("participant", "unit", "year", "key")
"""What tells a row while its words change."""

_Name = tuple[str, str, int | None]


class TargetChange(Struct, frozen=True):
    """One target: as the workbook has it (``None``: it has not) and as it is to be. ``is_edited``: the
    coordinator had changed it too."""

    was: Indicator | None
    becomes: Indicator
    is_edited: bool = False


def target_changes(
    base: Sequence[Indicator], ours: Sequence[Indicator], theirs: Sequence[Indicator]
) -> tuple[TargetChange, ...]:
    """Compare targets, each naming its activity by the key it has in the plan."""
    return tuple(_changes(_by_name(base), _by_name(ours), _by_name(theirs)))


def _changes(
    base: Mapping[_Name, list[Indicator]],
    ours: Mapping[_Name, list[Indicator]],
    theirs: Mapping[_Name, list[Indicator]],
) -> Iterator[TargetChange]:
    for name, later in theirs.items():
        own, before = ours.get(name, []), base.get(name, [])
        for place, new in enumerate(later):
            was = own[place] if place < len(own) else None
            said = before[place] if place < len(before) else was
            if (said and _is_same(said, new)) or (was and _is_same(was, new)):
                continue
            if was or not said:
                yield TargetChange(was, new, bool(was and said and not _is_same(was, said)))


def _by_name(targets: Sequence[Indicator]) -> dict[_Name, list[Indicator]]:
    """Targets by what they are of: the activity, or the words of one that has none."""
    found: dict[_Name, list[Indicator]] = {}
    for one in targets:
        name = (one.activity or skeleton(one.title), one.unit or "", one.year)
        found.setdefault(name, []).append(one)
    return found


def _is_same(one: Indicator, other: Indicator) -> bool:
    return one.target == other.target and skeleton(one.title) == skeleton(other.title)


def of_plan(targets: Sequence[Indicator], keys: Mapping[str, str]) -> tuple[Indicator, ...]:
    """Targets of an order under the keys their activities have in the plan."""
    return tuple(
        replace(one, activity=keys.get(one.activity) if one.activity else None)
        for one in targets
        if one.activity is None or one.activity in keys
    )


def targets_body(table: TableRows, changes: Sequence[TargetChange]) -> TableBody:
    """«Показатели» with the order's targets; what schools reported stays as it is until the next run."""
    anew = {_place(one.was): one.becomes for one in changes if one.was}
    rows: list[OutRecord] = []
    for record in records_of(INDICATORS, table):
        kept: OutRecord = {key: as_it_is(record.cell(key)) for key in INDICATORS.keys}
        name = (record.text("title"), record.text("unit"), record.text("year"), record.text("key"))
        new = None if record.text("participant") else anew.get(name)
        rows.append({**kept, **({"title": new.title, "target": new.target} if new else {})})
    added = (indicator_record(one.becomes) for one in changes if one.was is None)
    return body_of(INDICATORS, (*rows, *added), _IDENTITY)


def _place(one: Indicator) -> tuple[str, str, str, str]:
    year = str(one.year) if one.year else ""
    return one.title, one.unit or "", year, one.activity or ""
