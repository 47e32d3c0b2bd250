"""Formulas whose cells move: references follow inserted rows and copied cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from sheetsync_emulator.book import Book
from sheetsync_emulator.formula_syntax import BadFormula, Token, tokens
from sheetsync_emulator.ranges import COLUMNS, ROWS, column_letters, column_number, quoted, unquoted
from sheetsync_emulator.sheet import VALUE
from sheetsync_emulator.values import Json

Shift = Callable[[int], int | None]
"""Where a row (or column) goes; ``None`` when it is deleted."""

_CORNER: Final = re.compile(r"(\$?)([A-Za-z]*)(\$?)(\d*)")
BROKEN: Final = "#REF!"


def rebased(formula: str, rows: int, columns: int, *, comma: bool) -> str:
    """A formula copied so many rows down and columns to the right: what has no «$» moves along."""
    if not (rows or columns):
        return formula

    def corner(text: str) -> str | None:
        dollar, letters, row_dollar, digits = _parts(text)
        column = column_number(letters) + (0 if dollar else columns) if letters else 0
        row = int(digits) - 1 + (0 if row_dollar else rows) if digits else 0
        if row < 0 or column < 0:
            return None
        return _joined(dollar, column if letters else None, row_dollar, row if digits else None)

    return _each_reference(formula, comma, lambda _, cells: _both(cells, corner))


def followed(formula: str, own_title: str, title: str, dimension: str, shift: Shift, *, comma: bool) -> str:
    """A formula of sheet ``own_title`` after rows or columns of sheet ``title`` moved."""

    def changed(sheet: str | None, cells: str) -> str:
        if (own_title if sheet is None else sheet).lower() != title.lower():
            return cells
        return _shifted(cells, dimension, shift)

    return _each_reference(formula, comma, changed)


def respelled(formula: str, *, comma: bool) -> str:
    """A formula in the other spelling: «=ROUND(1.5,0)» where a decimal comma is written is «=ROUND(1,5;0)».

    ``comma`` = it is spelled with decimal commas now.
    """
    try:
        found = tokens(formula[1:], comma=comma)
    except BadFormula:
        return formula
    return "=" + "".join(_respelled_token(token, comma=comma) for token in found)


def _respelled_token(token: Token, *, comma: bool) -> str:
    if token.kind == "number":
        return token.text.replace(",", ".") if comma else token.text.replace(".", ",")
    return ";" if token.text == "," and not comma else token.text


def renamed(formula: str, old: str, new: str, *, comma: bool) -> str:
    """A formula after a sheet got another title."""
    try:
        found = tokens(formula[1:], comma=comma)
    except BadFormula:
        return formula
    parts = ["="]
    for token in found:
        title, mark, cells = token.text.rpartition("!")
        is_old = token.kind == "reference" and mark and unquoted(title).lower() == old.lower()
        parts.append(f"{quoted(new)}!{cells}" if is_old else token.text)
    return "".join(parts)


Rewrite = Callable[[str, str], str]
"""A formula and the title of its sheet -> the formula as it is then."""


def rewrite(book: Book, change: Rewrite, of_rules: Rewrite | None = None) -> None:
    """Change every formula of a spreadsheet: in cells and (maybe otherwise) in conditional formats."""
    for sheet in book.sheets:
        for place, cell in list(sheet.cells.items()):
            formula = cell.get(VALUE, {}).get("formulaValue")
            if formula and (text := change(formula, sheet.title)) != formula:
                sheet.cells[place] = cell | {VALUE: {"formulaValue": text}}
        sheet.conditional = [
            _with_formulas(rule, sheet.title, of_rules or change) for rule in sheet.conditional
        ]


def _with_formulas(rule: Json, title: str, change: Rewrite) -> Json:
    condition = rule.get("booleanRule", {}).get("condition", {})
    if not condition.get("values"):
        return rule
    values = [
        value | {"userEnteredValue": change(value["userEnteredValue"], title)}
        if value.get("userEnteredValue", "").startswith("=")
        else value
        for value in condition["values"]
    ]
    return rule | {"booleanRule": rule["booleanRule"] | {"condition": condition | {"values": values}}}


def _each_reference(formula: str, comma: bool, change: Callable[[str | None, str], str]) -> str:
    try:
        found = tokens(formula[1:], comma=comma)
    except BadFormula:
        return formula
    parts = ["="]
    for token in found:
        if token.kind != "reference":
            parts.append(token.text)
            continue
        title, mark, cells = token.text.rpartition("!")
        parts.append(f"{title}{mark}{change(unquoted(title) if mark else None, cells)}")
    return "".join(parts)


def _both(cells: str, corner: Callable[[str], str | None]) -> str:
    corners = [corner(one) for one in cells.split(":")]
    return BROKEN if None in corners else ":".join(one for one in corners if one is not None)


def _shifted(cells: str, dimension: str, shift: Shift) -> str:
    """A range whose rows or columns move; it shrinks when some are deleted, and breaks with the last."""
    first, colon, last = cells.partition(":")
    start, end = _line(first, dimension), _line(last or first, dimension)
    if start is None or end is None:
        return cells
    kept = [moved for moved in map(shift, range(min(start, end), max(start, end) + 1)) if moved is not None]
    if not kept:
        return BROKEN
    start_text = _with_line(first, dimension, kept[0])
    return f"{start_text}:{_with_line(last, dimension, kept[-1])}" if colon else start_text


def _line(corner: str, dimension: str) -> int | None:
    _, letters, _, digits = _parts(corner)
    if dimension == ROWS:
        return int(digits) - 1 if digits else None
    return column_number(letters) if letters else None


def _with_line(corner: str, dimension: str, line: int) -> str:
    dollar, letters, row_dollar, digits = _parts(corner)
    column = column_number(letters) if letters else None
    row = int(digits) - 1 if digits else None
    return _joined(
        dollar,
        line if dimension == COLUMNS else column,
        row_dollar,
        line if dimension == ROWS else row,
    )


@lru_cache(maxsize=4096)
def _parts(corner: str) -> tuple[str, str, str, str]:
    """«$A$1» -> dollar, letters, dollar, digits; the only dollar of «$5» is that of its row."""
    match = _CORNER.fullmatch(corner)
    if match is None:
        raise BadFormula(corner)
    dollar, letters, row_dollar, digits = match.groups()
    return ("", "", dollar, digits) if not letters else (dollar, letters, row_dollar, digits)


def _joined(dollar: str, column: int | None, row_dollar: str, row: int | None) -> str:
    letters = "" if column is None else f"{dollar}{column_letters(column)}"
    return letters if row is None else f"{letters}{row_dollar}{row + 1}"
