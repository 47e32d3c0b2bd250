"""The text of a formula taken apart: tokens, and the tree of what is to be calculated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from sheetsync_emulator.ranges import Area, parse_area, unquoted

_TOKEN: Final = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<text>"(?:[^"]|"")*")
    | (?P<broken>(?:(?:'(?:[^']|'')*'|[^\W\d][\w.]*)!)?\#REF!)
    | (?P<reference>(?:(?:'(?:[^']|'')*'|[^\W\d][\w.]*)!)?
        (?:\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}(?:\$?\d+)?)?
          |\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}
          |\$?\d+:\$?\d+)(?![\w(.]))
    | (?P<number>(?:\d+DECIMAL?\d*|DECIMAL\d+)(?:[eE][-+]?\d+)?)
    | (?P<function>[^\W\d][\w.]*)(?=\s*\()
    | (?P<name>[^\W\d][\w.]*)
    | (?P<sign><>|<=|>=|[-+*/^&=<>%(),;])
    """,
    re.VERBOSE,
)
_BINDING: Final = {
    "=": 1,
    "<>": 1,
    "<": 1,
    ">": 1,
    "<=": 1,
    ">=": 1,
    "&": 2,
    "+": 3,
    "-": 3,
    "*": 4,
    "/": 4,
    "^": 5,
}
_SIGNED: Final = 6


Anchors = tuple[bool, bool]
"""Whether the row and the column of a corner stay when the formula is copied."""

_ANCHORS: Final = re.compile(r"(?P<column>\$?)[A-Za-z]+(?P<row>\$?)\d*|(?P<only_row>\$?)\d+")


class BadFormula(ValueError):
    """A text that is no formula: «#ERROR!» in the cell."""


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Constant:
    value: float | str | bool


@dataclass(frozen=True, slots=True)
class Reference:
    """Cells; ``sheet`` is a title, ``None`` for the sheet of the formula.

    ``first`` and ``last`` tell which corners stay where they are («$»): its row, its column.
    """

    sheet: str | None
    area: Area
    first: Anchors = (False, False)
    last: Anchors = (False, False)

    def moved(self, rows: int, columns: int) -> Area:
        """The cells meant when the formula stands so many rows lower and columns further right."""
        area = self.area
        if not (rows or columns):
            return area
        (first_row, first_column), (last_row, last_column) = self.first, self.last
        return replace(
            area,
            top=_shifted(area.top, rows, stays=first_row),
            left=_shifted(area.left, columns, stays=first_column),
            bottom=_shifted(area.bottom, rows, stays=last_row),
            right=_shifted(area.right, columns, stays=last_column),
        )


def _shifted(line: int | None, by: int, *, stays: bool) -> int | None:
    return line if line is None or stays else line + by


@dataclass(frozen=True, slots=True)
class Broken:
    """Cells that were deleted."""


@dataclass(frozen=True, slots=True)
class Name:
    """A named range."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple[Node | None, ...]
    """``None`` is an argument left out: ``IF(A1,,2)``."""


@dataclass(frozen=True, slots=True)
class Operation:
    """``left sign right``; a sign before its value has no left, «%» has no right."""

    sign: str
    left: Node | None
    right: Node | None


Node = Constant | Reference | Broken | Name | Call | Operation


@lru_cache(maxsize=4096)
def tokens(text: str, *, comma: bool = False) -> tuple[Token, ...]:
    """Tokens of a formula after its «=»; with ``comma`` a decimal fraction is written «1,5»."""
    pattern = _with_decimal_comma() if comma else _with_decimal_point()
    found = []
    at = 0
    while at < len(text):
        match = pattern.match(text, at)
        if match is None:
            raise BadFormula(text)
        found.append(Token(match.lastgroup or "", match.group()))
        at = match.end()
    return tuple(found)


@lru_cache(maxsize=1)
def _with_decimal_comma() -> re.Pattern[str]:
    return re.compile(_TOKEN.pattern.replace("DECIMAL", ","), re.VERBOSE)


@lru_cache(maxsize=1)
def _with_decimal_point() -> re.Pattern[str]:
    return re.compile(_TOKEN.pattern.replace("DECIMAL", r"\."), re.VERBOSE)


@lru_cache(maxsize=4096)
def parse(formula: str, *, comma: bool = False) -> Node:
    """The tree of «=IF(A1=1,2,3)».

    Arguments are parted by «;» everywhere, and by «,» only where no decimal comma is written.
    """
    if not formula.startswith("="):
        raise BadFormula(formula)
    parser = _Parser([one for one in tokens(formula[1:], comma=comma) if one.kind != "space"], comma=comma)
    tree = parser.expression(0)
    parser.end()
    return tree


class _Parser:
    """Precedence climbing over the tokens."""

    def __init__(self, found: list[Token], *, comma: bool) -> None:
        self._tokens = found
        self._at = 0
        self._separators = (";",) if comma else (",", ";")

    def end(self) -> None:
        if self._at != len(self._tokens):
            raise BadFormula(self._sign)

    def expression(self, weakest: int) -> Node:
        left = self._operand()
        while True:
            if self._sign == "%":
                self._next()
                left = Operation("%", left, None)
                continue
            binding = _BINDING.get(self._sign, 0)
            if binding <= weakest:
                return left
            sign = self._next().text
            left = Operation(sign, left, self.expression(binding))

    @property
    def _sign(self) -> str:
        if self._at >= len(self._tokens):
            return ""
        token = self._tokens[self._at]
        return token.text if token.kind == "sign" else ""

    def _next(self) -> Token:
        if self._at >= len(self._tokens):
            raise BadFormula("the formula ends too early")
        self._at += 1
        return self._tokens[self._at - 1]

    def _operand(self) -> Node:
        token = self._next()
        match token.kind:
            case "number":
                return Constant(float(token.text.replace(",", ".")))
            case "text":
                return Constant(token.text[1:-1].replace('""', '"'))
            case "reference":
                return reference(token.text)
            case "broken":
                return Broken()
            case "function":
                return Call(token.text.upper(), tuple(self._arguments()))
            case "name":
                return _word(token.text)
            case _:
                return self._group_or_sign(token)

    def _group_or_sign(self, token: Token) -> Node:
        if token.text in ("-", "+"):
            return Operation(token.text, None, self.expression(_SIGNED))
        if token.text != "(":
            raise BadFormula(token.text)
        inside = self.expression(0)
        self._expect(")")
        return inside

    def _arguments(self) -> Iterator[Node | None]:
        self._expect("(")
        if self._sign == ")":
            self._next()
            return
        while True:
            yield None if self._sign in (*self._separators, ")") else self.expression(0)
            if self._sign not in self._separators:
                break
            self._next()
        self._expect(")")

    def _expect(self, sign: str) -> None:
        if self._next().text != sign:
            raise BadFormula(f"{sign} is missing")


def _word(text: str) -> Node:
    words = {"TRUE": True, "FALSE": False, "ИСТИНА": True, "ЛОЖЬ": False}
    value = words.get(text.upper())
    return Name(text) if value is None else Constant(value)


def reference(text: str) -> Reference:
    """«'Лист 1'!$A$1:B2» as a reference."""
    title, mark, cells = text.rpartition("!")
    area = parse_area(cells)
    if area is None:
        raise BadFormula(text)
    first, _, last = cells.partition(":")
    return Reference(unquoted(title) if mark else None, area, _anchors(first), _anchors(last or first))


def _anchors(corner: str) -> Anchors:
    match = _ANCHORS.fullmatch(corner)
    if match is None:
        raise BadFormula(corner)
    return bool(match["row"] or match["only_row"]), bool(match["column"])
