"""What is said of a table as a whole: where it was found, which columns bear other names or are gone."""

from __future__ import annotations

from sheetsync.columns import Owner, TableSpec
from sheetsync.grid import a1
from sheetsync.intake.account import Account
from sheetsync.intake.fields import quoted
from sheetsync.intake.headers import is_declared, names_some_column
from sheetsync.intake.locate import Found
from sheetsync.intake.reasons import Reason


def note_heading(table: Found, spec: TableSpec, account: Account) -> None:
    """Claim the header of a table and say what about it is not as it was issued."""
    for key, column in table.columns.items():
        _column(table, key, column, spec, account)
    _missing(table, spec, account)
    _other_headers(table, spec, account)
    if table.sheet.name != spec.sheet:
        first = (table.sheet, min(table.header or table.rows), table.span[0])
        account.say("R308", first, sheet=table.sheet.name, cell=a1(first[1], first[2]))


def _column(table: Found, key: str, column: int, spec: TableSpec, account: Account) -> None:
    declared = spec.column(key)
    by_place = key in table.by_place and declared.owner is Owner.SCHOOL
    if by_place and not any(table.sheet.at(row, column).text.strip() for row in table.header):
        account.say(
            "R323", (table.sheet, min(table.header or table.rows), column), column=declared.header, header=""
        )
    for row in table.header:
        spot = (table.sheet, row, column)
        cell = table.sheet.at(row, column)
        if (
            cell.text.strip()
            and not is_declared(spec, key, cell.text)
            and not account.known.says_here(*spot, cell)
        ):
            account.note("R323" if by_place else "R301", spot, column=declared.header, header=cell.text)
        account.take_as_office(spot, cell)


def _missing(table: Found, spec: TableSpec, account: Account) -> None:
    """Answer columns that are gone; a plan column that is gone loses nothing."""
    if not table.header:
        return
    for declared in spec.columns:
        if declared.owner is Owner.SCHOOL and declared.key not in table.columns:
            spot = (table.sheet, table.header[0], table.span[0])
            account.say("R302", spot, column=declared.header)


def _other_headers(table: Found, spec: TableSpec, account: Account) -> None:
    """Headers of columns the form does not have, and of a column that stands twice."""
    left, right = table.span
    for row in table.header:
        for column, cell in table.sheet.row(row).items():
            spot = (table.sheet, row, column)
            if account.is_claimed(spot) or not cell.text.strip():
                continue
            if names_some_column(spec, cell.text):
                account.set_aside(spot, cell, Reason.EXTRA_COLUMN, "R330", header=quoted(cell.text))
            elif (left <= column <= right + 1) and not account.known.says_here(*spot, cell):
                account.set_aside(spot, cell, Reason.EXTRA_COLUMN, "R322", header=quoted(cell.text))
