"""Our own reader of snapshots of Google sheets: gated bytes in, a ``grid.Book`` out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from sheetsync.columns import TABLE_PREFIX
from sheetsync.grid import Area, Book, Cell, Sheet, Table, Visibility, a1
from sheetsync.intake.limits import LIMITS, Reason, Refusal
from sheetsync.intake.snapshot_rules import SPREADSHEET
from sheetsync.workbooks.google.port import Json
from sheetsync.workbooks.google.ranges import area_of, sheet_of
from sheetsync.workbooks.google.snapshot_values import formula_of, value_of
from sheetsync.workbooks.google.spelled import is_spelled
from sheetsync.workbooks.references import fixed
from sheetsync.workbooks.xlsx_values import link_in

_MAIL: Final = "mailto:"


def read_snapshot(data: bytes) -> Book:
    """The book in a snapshot that passed the gate. Raises ``Refusal`` where it goes beyond a sheet."""
    spreadsheet = json.loads(data)[SPREADSHEET]
    sheets = {one.get("properties", {}).get("sheetId", 0): _sheet(one) for one in spreadsheet["sheets"]}
    if len(sheets) < len(spreadsheet["sheets"]):
        raise Refusal(Reason.BAD_SNAPSHOT)
    names: dict[str, str] = {}
    tables: list[Table] = []
    for one in spreadsheet.get("namedRanges", []):
        name, place = one.get("name", ""), one.get("range", {})
        sheet = sheets.get(sheet_of(place))
        if sheet is None:
            continue  # a name that outlived its sheet leads nowhere
        if not name.startswith(TABLE_PREFIX):
            names[name] = fixed(area_of(place), sheet.name)
        elif sheet.cells:
            tables.append(_table(name, sheet, place))
    if len(tables) > LIMITS.ranges:
        raise Refusal(Reason.TOO_MANY_RANGES, LIMITS.ranges)
    return Book(tuple(sheets.values()), names=names, tables=tuple(tables))


def _sheet(given: Json) -> Sheet:
    properties = given.get("properties", {})
    blocks = given.get("data", [])
    return Sheet(
        properties.get("title", ""),
        _cells(blocks),
        Visibility.HIDDEN if properties.get("hidden") else Visibility.VISIBLE,
        _merges(given.get("merges", [])),
        _hidden(blocks, "rowMetadata", "startRow"),
        _hidden(blocks, "columnMetadata", "startColumn"),
    )


def _hidden(blocks: Sequence[Json], dimension: str, start: str) -> frozenset[int]:
    """Rows or columns nobody sees: hidden by hand or by a filter."""
    return frozenset(
        number
        for block in blocks
        for number, one in enumerate(block.get(dimension, []), block.get(start, 0) + 1)
        if one.get("hiddenByUser") or one.get("hiddenByFilter")
    )


def _merges(given: Sequence[Json]) -> tuple[Area, ...]:
    areas = tuple(map(area_of, given))
    if sum((one.bottom - one.top + 1) * (one.right - one.left + 1) for one in areas) > LIMITS.merged_area:
        raise Refusal(Reason.MERGE_AREA, LIMITS.merges)
    return areas


# --- cells --------------------------------------------------------------------------------------


def _cells(blocks: Sequence[Json]) -> dict[tuple[int, int], Cell]:
    found: dict[tuple[int, int], Cell] = {}
    for row, column, given in _places(blocks):
        cell = _cell(given)
        if cell is None:
            continue  # nothing stands there
        if row > LIMITS.last_row or column > LIMITS.last_column:
            raise Refusal(Reason.OUTSIDE_SHEET, a1(row, column))
        if (row, column) in found:
            raise Refusal(Reason.CELL_TWICE, a1(row, column))
        found[row, column] = cell
    return found


def _places(blocks: Sequence[Json]) -> Iterator[tuple[int, int, Json]]:
    for block in blocks:
        for row, values in enumerate(block.get("rowData", []), block.get("startRow", 0) + 1):
            for column, cell in enumerate(values.get("values", []), block.get("startColumn", 0) + 1):
                yield row, column, cell


def _cell(given: Json) -> Cell | None:
    """The cell, or None when it holds nothing."""
    value, formula = value_of(given), formula_of(given)
    if isinstance(value, str) and not value.strip():
        value = None
    links = tuple(_links(given, formula, value if isinstance(value, str) else ""))
    note = given.get("note", "")
    if value is None and formula is None and not links and not note.strip():
        return None
    return Cell(value, formula, links, note if note.strip() else None)


def _links(given: Json, formula: str | None, text: str) -> Mapping[str, None]:
    """Where a cell leads, each address once, but for those its own text spells.

    Google makes a live link of every address it meets in a text; only what is behind words was put
    there by somebody.
    """
    found = [link_in(formula) if formula else None, given.get("hyperlink")]
    found += [run.get("format", {}).get("link", {}).get("uri") for run in given.get("textFormatRuns", [])]
    for run in given.get("chipRuns", []):
        chip = run.get("chip", {})
        person = chip.get("personProperties", {}).get("email")
        found += [chip.get("richLinkProperties", {}).get("uri"), f"{_MAIL}{person}" if person else None]
    return {link: None for link in found if link and not is_spelled(link, text)}


# --- names --------------------------------------------------------------------------------------


def _table(name: str, sheet: Sheet, place: Json) -> Table:
    """A table with its headers; one without an end ends where the sheet does."""
    last_row, last_column = (max(ends) for ends in zip(*sheet.cells, strict=True))
    named = area_of({"endRowIndex": last_row, **place})
    area = replace(named, right=min(named.right, last_column))
    headers = (sheet.at(area.top, column).text for column in range(area.left, area.right + 1))
    return Table(name, sheet.name, area, tuple(headers))
