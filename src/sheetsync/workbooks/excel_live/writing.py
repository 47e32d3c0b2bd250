"""Values, links and notes of a table's own columns: only what differs is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from sheetsync.grid import Area, Cell
from sheetsync.workbooks.excel_live.beyond import Place
from sheetsync.workbooks.excel_live.sheets import LiveSheet
from sheetsync.workbooks.excel_live.values import (
    Assigned,
    assigned,
    cell_of,
    goes_alone,
    kept,
    otherwise,
    same_value,
    shows,
)
from sheetsync.workbooks.links_xml import split_link
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.shift import runs

_TEXT: Final = "@"
_GENERAL: Final = "General"


def put_changed(
    sheet: LiveSheet, corner: Place, outs: Sequence[Sequence[Out]], now: Sequence[Sequence[Cell]]
) -> range:
    """Write a block in one assignment, from its first row that differs to its last; tells the rows."""
    pairs = enumerate(zip(outs, now, strict=True))
    changed = [at for at, (row, cells) in pairs if not all(map(shows, cells, row))]
    if not changed:
        return range(0)
    first, last = changed[0], changed[-1]
    top, left = corner
    put(sheet, Area(top + first, left, top + last, left + len(outs[0]) - 1), outs[first : last + 1])
    return range(top + first, top + last + 1)


def put(sheet: LiveSheet, place: Area, outs: Sequence[Sequence[Out]]) -> None:
    """Write a block in one assignment; what the program took for something else is mended."""
    block = [[assigned(out) for out in row] for row in outs]
    sheet.write(place, [[None if goes_alone(one) else one for one in row] for row in block])
    for row, values in enumerate(block, start=place.top):
        for column, value in enumerate(values, start=place.left):
            if goes_alone(value):
                sheet.write(Area(row, column, row, column), [[value]])
    wrong = _wrong(sheet, place, outs)
    if _turn_around(sheet, wrong):
        wrong = _wrong(sheet, place, outs)
    for (row, column), out in wrong.items():
        _mend(sheet, Area(row, column, row, column), out)


def _wrong(sheet: LiveSheet, place: Area, outs: Sequence[Sequence[Out]]) -> dict[Place, Out]:
    """Cells that do not hold what was put there."""
    return {
        (row, column): out
        for row, (found, wanted) in enumerate(zip(sheet.values(place), outs, strict=True), start=place.top)
        for column, (value, out) in enumerate(zip(found, wanted, strict=True), start=place.left)
        if out.formula is None and not same_value(cell_of(value, None).value, kept(out))
    }


def _turn_around(sheet: LiveSheet, wrong: Mapping[Place, Out]) -> bool:
    """Put texts the other way, many at once: an apostrophe may stay in sight in a column for texts."""
    texts = {
        at: otherwise(out)
        for at, out in wrong.items()
        if isinstance(kept(out), str) and not goes_alone(assigned(out))
    }
    for run in in_columns(texts):
        sheet.write(run, [[texts[row, run.left]] for row in range(run.top, run.bottom + 1)])
    return bool(texts)


def _mend(sheet: LiveSheet, place: Area, out: Out) -> None:
    """Try a text the other way, then a cell that is for texts; a value in a cell that is for values."""
    ways: list[tuple[Assigned, str | None]] = [(assigned(out), _GENERAL)]
    if isinstance(kept(out), str):
        ways = [(otherwise(out), None), (str(kept(out)), _TEXT)]
    for value, number_format in ways:
        if number_format:
            sheet.format_as(place, number_format)
        sheet.write(place, [[value]])
        if same_value(cell_of(sheet.values(place)[0][0], None).value, kept(out)):
            return


# --- links


def settle_links(sheet: LiveSheet, found: Mapping[Place, str], outs: Mapping[Place, Out]) -> set[Place]:
    """Links found in our columns become those of the body; tells where they were others.

    A program may have lost some with the values.
    """
    wanted = {at: link for at, out in outs.items() if out.link and (link := stored_link(out.link))}
    gone = {at for at, link in found.items() if wanted.get(at) != link}
    for run in in_columns(gone):
        sheet.remove_links(run)
    missing = {at: link for at, link in wanted.items() if found.get(at) != link}
    if missing:
        sheet.add_links(missing)
    for run in in_columns(at for at in missing if kept(outs[at]) is None and not outs[at].formula):
        sheet.clear_contents(run)
    return gone.union(missing)


def stored_link(link: str) -> str | None:
    """A link as a workbook tells it afterwards; None for one no program would open."""
    parts = split_link(link)
    if parts is None:
        return None
    address, inside = parts
    return f"{address}#{inside}" if inside else address


def in_columns(places: Iterable[Place]) -> list[Area]:
    """Places as few areas: runs of neighbouring rows, column by column."""
    rows: dict[int, set[int]] = {}
    for row, column in places:
        rows.setdefault(column, set()).add(row)
    return [
        Area(first, column, last, column)
        for column, found in sorted(rows.items())
        for first, last in runs(found)
    ]


# --- notes


def settle_notes(sheet: LiveSheet, is_ours: Callable[[Place], bool], outs: Mapping[Place, Out]) -> None:
    """Notes of ours become those of the body; people's notes stay, and keep ours away."""
    wanted = {at: out.note for at, out in outs.items() if out.note}
    taken = set()
    for note in sheet.notes():
        if note.is_ours and is_ours(note.place) and wanted.get(note.place) != note.text:
            note.delete()
        else:
            taken.add(note.place)
    for at, text in wanted.items():
        if at not in taken:
            sheet.add_note(at, text)
