"""What the rows and columns of a copy mean: where the cells of a form are now, whoever moved them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from sheetsync.columns import REPORT
from sheetsync.grid import Book
from sheetsync.intake.locate import Found, find_tables, report_of
from sheetsync.intake.match import match_rows
from sheetsync.intake.recognise import recognise
from sheetsync.intake.rows import body_rows
from sheetsync.model import NOWHERE, Plan

Spot = tuple[str, int, int]
"""A cell: name of its sheet, row, column."""

Meaning = tuple[str, str | int, str | int]
"""A cell by its sheet, activity and column key; by how far it is from the table where it has none."""

_REMARK = REPORT.column("remark").key


class Layout(Struct, frozen=True):
    """Where a participant's answers stand in a copy.

    ``remarks`` are all cells of the column of remarks, each with the activity whose answer is read
    from its row; a row copied from another has none. ``corners`` are where tables begin.
    """

    remarks: Mapping[Spot, str | None]
    rows: Mapping[tuple[str, int], str]
    columns: Mapping[tuple[str, int], str]
    corners: Mapping[str, tuple[int, int]]

    def meaning(self, spot: Spot) -> Meaning | None:
        """What a cell is for; ``None`` on a sheet without a table."""
        sheet, row, column = spot
        if sheet not in self.corners:
            return None
        top, left = self.corners[sheet]
        return (
            sheet,
            self.rows.get((sheet, row), row - top),
            self.columns.get((sheet, column), column - left),
        )

    def spot(self, meaning: Meaning) -> Spot | None:
        """The cell that means this here."""
        sheet, activity, key = meaning
        if sheet not in self.corners:
            return None
        top, left = self.corners[sheet]
        rows = {said: row for (name, row), said in reversed(list(self.rows.items())) if name == sheet}
        columns = {said: column for (name, column), said in self.columns.items() if name == sheet}
        row = rows.get(activity) if isinstance(activity, str) else top + activity
        column = columns.get(key) if isinstance(key, str) else left + key
        return (sheet, row, column) if row and column else None


def layout_of(book: Book, plan: Plan, participant: str) -> Layout | None:
    """The layout of a participant's part of a copy; ``None`` when no part is recognised as theirs."""
    tables = find_tables(book, report_of(plan))
    parts = recognise(book, plan, tables, NOWHERE).parts
    own = next((one.tables for one in parts if one.participant == participant), ())
    if not own:
        return None
    rows = body_rows(own, plan)
    owed = frozenset(row.key for row in plan.rows_of(participant))
    matching = match_rows([row.said for row in rows if not row.is_section], plan.rows, owed)
    found = {one.place: one.plan.key for one in matching.matches}
    first = {key: place for place, key in reversed(found.items())}
    remarks: dict[Spot, str | None] = {}
    for place, row in enumerate(rows):
        column = row.table.columns.get(_REMARK)
        if column:
            key = found.get(place)
            remarks[row.spot(column)[0].name, row.row, column] = key if key and first[key] == place else None
    return Layout(
        remarks,
        {(rows[place].table.sheet.name, rows[place].row): key for place, key in found.items()},
        {(table.sheet.name, column): key for table in reversed(own) for key, column in table.columns.items()},
        {table.sheet.name: _corner(table) for table in reversed(own)},
    )


def _corner(table: Found) -> tuple[int, int]:
    return min((*table.header, *table.rows)), table.span[0]
