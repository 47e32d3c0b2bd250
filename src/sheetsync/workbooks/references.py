"""Cell references inside formulas: found, moved, and left alone where they are no references."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.grid import SHEET_COLUMNS, SHEET_ROWS, Area, column_letters
from sheetsync.patterns import at_first_use

MAX_ROW: Final = SHEET_ROWS
MAX_COLUMN: Final = SHEET_COLUMNS
LOST: Final = "#REF!"

_TOKEN: Final = at_first_use(
    r"""
    (?P<text> "(?:[^"]|"")*" )
  | (?P<bracket> (?:[^\W\d][\w.]*)?
        \[ (?: [^\[\]] | \[ (?:[^\[\]]|'[\[\]])* \] )* \]
        (?: [\w.]+ ! \$?[A-Za-z]{1,3} \$?\d+ )? )
  | (?P<sheet> (?: '(?:[^']|'')+' | [^\W\d][\w.]* ) ! )?
    (?: (?P<c1> \$?[A-Za-z]{1,3} ) (?P<r1> \$?[1-9]\d{0,6} )
        (?: : (?P<c2> \$?[A-Za-z]{1,3} ) (?P<r2> \$?[1-9]\d{0,6} ) )?
      | (?P<cc1> \$?[A-Za-z]{1,3} ) : (?P<cc2> \$?[A-Za-z]{1,3} )
      | (?P<rr1> \$?[1-9]\d{0,6} ) : (?P<rr2> \$?[1-9]\d{0,6} )
    ) (?! [\w.(!\[] )
  | (?P<word> '(?:[^']|'')+' | [\w.\\?]+ )
    """,
    re.VERBOSE,
)


class Axis(Struct, frozen=True):
    """One coordinate of a reference: its number and whether a «$» fixes it."""

    at: int
    fixed: bool = False


class Reference(Struct, frozen=True):
    """A reference as written: whole rows have no columns, whole columns no rows; a bare cell no ``last``."""

    sheet: str | None = None
    first_row: Axis | None = None
    first_column: Axis | None = None
    last_row: Axis | None = None
    last_column: Axis | None = None


Change = Callable[[Reference], Reference | None]
"""What becomes of a reference; None when what it pointed to is gone."""


def change_references(formula: str, change: Change) -> str:
    """The formula with every reference changed; strings, names and table references stay."""

    def changed(found: re.Match[str]) -> str:
        reference = _reference(found)
        if reference is None:
            return found[0]
        new = change(reference)
        if new == reference:
            return found[0]
        return (found["sheet"] or "") + (LOST if new is None else _written(new))

    return _TOKEN.sub(changed, formula)


def references_in(formula: str) -> list[Reference]:
    """The references of a formula, as they come."""
    found = (_reference(token) for token in _TOKEN.finditer(formula))
    return [one for one in found if one is not None]


def translated(formula: str, rows: int, columns: int = 0) -> str:
    """The formula as if copied that many rows and columns away: relative references move."""

    def moved(axis: Axis | None, by: int, limit: int) -> Axis | None:
        if axis is None or axis.fixed:
            return axis
        return Axis((axis.at + by - 1) % limit + 1)

    def shift(ref: Reference) -> Reference:
        return replace(
            ref,
            first_row=moved(ref.first_row, rows, MAX_ROW),
            last_row=moved(ref.last_row, rows, MAX_ROW),
            first_column=moved(ref.first_column, columns, MAX_COLUMN),
            last_column=moved(ref.last_column, columns, MAX_COLUMN),
        )

    return change_references(formula, shift) if rows or columns else formula


def quoted(sheet: str) -> str:
    """A sheet's name as every formula may write it."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"


def fixed(area: Area, sheet: str = "") -> str:
    """«'Отчёт'!$B$2:$C$9»: an area that means the same wherever the formula is copied to."""
    ends = dict.fromkeys(((area.top, area.left), (area.bottom, area.right)))
    written = ":".join(f"${column_letters(column)}${row}" for row, column in ends)
    return f"{quoted(sheet)}!{written}" if sheet else written


def mentions(data: bytes, sheet: str) -> bool:
    """Whether the bytes of an XML part may hold a reference to a sheet: a cheap look before parsing."""
    bare = sheet.replace("&", "&amp;")
    return (
        f"{bare}!".encode() in data
        or f"{bare.replace(chr(39), chr(39) * 2)}'!".encode() in data
        or ("'" in sheet and b"&apos;" in data)
    )


def _reference(found: re.Match[str]) -> Reference | None:
    sheet = _sheet_name(found["sheet"])
    if found["c1"]:
        last_row = _row(found["r2"]) if found["r2"] else None
        last_column = _column(found["c2"]) if found["c2"] else None
        reference = Reference(sheet, _row(found["r1"]), _column(found["c1"]), last_row, last_column)
        return reference if _fits(reference) else None
    if found["cc1"]:
        first, last = _column(found["cc1"]), _column(found["cc2"])
        return Reference(sheet, first_column=first, last_column=last)
    if found["rr1"]:
        return Reference(sheet, first_row=_row(found["rr1"]), last_row=_row(found["rr2"]))
    return None


def _fits(reference: Reference) -> bool:
    """Names such as «ABC9999999» only look like cells."""
    row, column = reference.first_row, reference.first_column
    return bool(row and column and row.at <= MAX_ROW and column.at <= MAX_COLUMN)


def _sheet_name(written: str | None) -> str | None:
    if written is None:
        return None
    name = written[:-1]
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def _row(written: str) -> Axis:
    return Axis(int(written.lstrip("$")), written.startswith("$"))


def _column(written: str) -> Axis:
    number = 0
    for letter in written.lstrip("$").upper():
        number = number * 26 + ord(letter) - 64
    return Axis(number, written.startswith("$"))


def _written(ref: Reference) -> str:
    first = _end(ref.first_row, ref.first_column)
    if ref.last_row is None and ref.last_column is None:
        return first
    return f"{first}:{_end(ref.last_row, ref.last_column)}"


def _end(row: Axis | None, column: Axis | None) -> str:
    letters = f"{'$' * column.fixed}{column_letters(column.at)}" if column else ""
    digits = f"{'$' * row.fixed}{row.at}" if row else ""
    return letters + digits
