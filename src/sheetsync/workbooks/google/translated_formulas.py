"""A formula of a workbook as Google takes it, or a clear refusal.

English names and A1 references, as the file has them, but «;» between arguments. Google's documents do
not say in which grammar ``formulaValue`` and conditions are read: it was seen to be that of the
spreadsheet's language (googleapis/google-api-nodejs-client#1994: formulas with commas did not parse in
a Turkish one), and a Russian one writes «;» and «1,5». «;» is understood in every language, and
a fraction is written as a division, so a formula of ours means the same whichever grammar it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Final

from msgspec import Struct, field
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from sheetsync.grid import Area
from sheetsync.workbooks.google.google_functions import GOOGLE_FUNCTIONS
from sheetsync.workbooks.references import fixed, references_in

_NEWER_EXCEL: Final = re.compile(r"_xl(?:fn|ws|udf)\.", re.IGNORECASE)
_OTHER_BOOK: Final = re.compile(r"^'?[^'!]*\[[^\]]+\][^!]*!")
_STRUCTURED: Final = re.compile(r"(?P<table>[^\W\d][\w.]*)?\[(?P<inside>.*)\]", re.DOTALL)
_PIECE: Final = re.compile(r"\[(?P<text>(?:'.|[^'\[\]])*)\]")
_BETWEEN_ARGUMENTS: Final = ";"
_ESCAPED: Final = re.compile(r"'(.)")


class Obstacle(StrEnum):
    """Why a formula cannot live in Google."""

    FUNCTION = "function"
    OTHER_FILE = "other_file"
    REFERENCE = "reference"
    """A place written in a way Google does not know: a part of a table, a name that leads nowhere."""
    KIND = "kind"
    """A data table («что если»), a union of areas, an array of constants."""


class FormulaNotForGoogle(Exception):
    """A formula of the workbook cannot calculate in Google; ``what`` is the part it stumbles over."""

    def __init__(self, obstacle: Obstacle, what: str, sheet: str = "", cell: str = "") -> None:
        super().__init__(obstacle.value, what, sheet, cell)
        self.obstacle = obstacle
        self.what = what
        self.sheet = sheet
        self.cell = cell


class TableShape(Struct, frozen=True):
    """Where a table lies; ``area`` is header, body and totals together."""

    name: str
    sheet: str
    area: Area
    columns: tuple[str, ...]
    header_rows: int = 1
    totals_rows: int = 0

    @property
    def kept(self) -> Area:
        """Header and body."""
        return Area(self.area.top, self.area.left, self.area.bottom - self.totals_rows, self.area.right)

    @property
    def body(self) -> Area:
        kept = self.kept
        return Area(kept.top + self.header_rows, kept.left, kept.bottom, kept.right)


class Surroundings(Struct, frozen=True):
    """What formulas may speak of beside cells: tables and names, spelled as Google will know them."""

    tables: Mapping[str, TableShape] = field(default_factory=dict)
    """By name in lower case."""
    names: Collection[str] = ()
    """In lower case."""


def google_formula(formula: str, around: Surroundings, sheet: str, row: int) -> str:
    """A formula («=…») for Google, written in a cell of that sheet and row.

    Raises ``FormulaNotForGoogle`` naming the function or reference Google does not have.
    """
    tokens = Tokenizer(_NEWER_EXCEL.sub("", formula)).items
    if any(one.type == Token.ARRAY for one in tokens):
        raise FormulaNotForGoogle(Obstacle.KIND, "{}")
    return "=" + "".join(_spelled(one, around, sheet, row) for one in tokens)


def _spelled(token: Token, around: Surroundings, sheet: str, row: int) -> str:
    text = str(token.value)
    match token.type, token.subtype:
        case Token.FUNC, Token.OPEN if text.removesuffix("(").upper() not in GOOGLE_FUNCTIONS:
            raise FormulaNotForGoogle(Obstacle.FUNCTION, text.removesuffix("("))
        case Token.OPERAND, Token.RANGE:
            return _range(text, around, sheet, row)
        case Token.OPERAND, Token.NUMBER:
            return _number(text)
        case Token.SEP, _:
            return _BETWEEN_ARGUMENTS
        case Token.OP_IN, _ if text == ",":
            raise FormulaNotForGoogle(Obstacle.KIND, text)
    return text


def _number(text: str) -> str:
    """«0.25» -> «(1/4)»: no decimal sign, which languages write differently."""
    if text.isdecimal():
        return text
    upper, lower = Decimal(text).as_integer_ratio()
    return str(upper) if lower == 1 else f"({upper}/{lower})"


def _range(text: str, around: Surroundings, sheet: str, row: int) -> str:
    if _OTHER_BOOK.match(text):
        raise FormulaNotForGoogle(Obstacle.OTHER_FILE, text)
    structured = _STRUCTURED.fullmatch(text)
    if structured:
        return _a1_of(structured, around, sheet, row)
    if references_in(text) or text.lower() in around.names:
        return text
    raise FormulaNotForGoogle(Obstacle.REFERENCE, text)


# --- parts of tables ----------------------------------------------------------------------------


def _a1_of(found: re.Match[str], around: Surroundings, sheet: str, row: int) -> str:
    """«tbl[[#This Row],[Статус]]» -> «$F12»; the table is another sheet's: «'Отчёт'!$F$7:$F$35»."""
    table = around.tables.get((found["table"] or "").lower()) or _own_table(around, sheet, row, found)
    pieces = [one["text"] for one in _PIECE.finditer(found["inside"])] or [found["inside"]]
    items = [one.lower() for one in pieces if one.startswith("#")]
    columns = [_ESCAPED.sub(r"\1", one) for one in pieces if one and not one.startswith("#")]
    unknown = [one for one in columns if one.casefold() not in map(str.casefold, table.columns)]
    if unknown or len(columns) > 2 or len(items) > 2:
        raise FormulaNotForGoogle(Obstacle.REFERENCE, found[0])
    top, bottom = _rows_of(items, table, row, found[0])
    places = [[one.casefold() for one in table.columns].index(one.casefold()) for one in columns]
    left = table.area.left + min(places, default=0)
    right = table.area.left + max(places, default=len(table.columns) - 1)
    return fixed(Area(top, left, bottom, right), "" if table.sheet == sheet else table.sheet)


def _own_table(around: Surroundings, sheet: str, row: int, found: re.Match[str]) -> TableShape:
    """The table around a cell whose formula does not name it."""
    near = [
        one for one in around.tables.values() if one.sheet == sheet and one.area.top <= row <= one.area.bottom
    ]
    if found["table"] or len(near) != 1:
        raise FormulaNotForGoogle(Obstacle.REFERENCE, found[0])
    return near[0]


def _rows_of(items: list[str], table: TableShape, row: int, written: str) -> tuple[int, int]:
    """First and last row of the named parts of a table."""
    body = table.body
    parts = {
        "#data": (body.top, body.bottom),
        "#all": (table.area.top, table.area.bottom),
        "#headers": (table.area.top, table.area.top),
        "#totals": (table.area.bottom, table.area.bottom),
        "#this row": (row, row),
    }
    if any(one not in parts for one in items) or ("#totals" in items and not table.totals_rows):
        raise FormulaNotForGoogle(Obstacle.REFERENCE, written)
    chosen = [parts[one] for one in items or ["#data"]]
    return min(first for first, _ in chosen), max(last for _, last in chosen)
