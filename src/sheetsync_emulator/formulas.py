"""What the formulas of a spreadsheet come to. Every value is calculated once, when it is first read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sheetsync_emulator.book import Book
from sheetsync_emulator.entering import decimal_comma
from sheetsync_emulator.formula_functions import FUNCTIONS
from sheetsync_emulator.formula_syntax import (
    BadFormula,
    Broken,
    Call,
    Constant,
    Name,
    Node,
    Operation,
    Reference,
    parse,
)
from sheetsync_emulator.formula_values import (
    CellError,
    Cells,
    Single,
    Value,
    holds,
    number,
    single,
    text,
    truth,
)
from sheetsync_emulator.ranges import Box, Place
from sheetsync_emulator.sheet import VALUE, Sheet
from sheetsync_emulator.values import Json, error_value, extended, scalar_of

_COMPARISONS: Final = ("=", "<>", "<", ">", "<=", ">=")


@dataclass(frozen=True, slots=True)
class Result:
    """What stands in a cell: its value (``None``: nothing) and where a HYPERLINK of it leads."""

    value: Json | None
    link: str | None = None


class Calculation:
    """Results of the formulas of one state of a spreadsheet."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.locale = book.locale
        self._results: dict[tuple[int, Place], Result] = {}
        self._in_work: set[tuple[int, Place]] = set()

    def result(self, sheet: Sheet, place: Place) -> Result:
        """What a cell comes to."""
        entered = sheet.cell(place).get(VALUE)
        if entered is None or "formulaValue" not in entered:
            return Result(entered)
        key = (sheet.id, place)
        if key not in self._results:
            if key in self._in_work:
                raise CellError("REF", "Circular dependency detected.")
            self._in_work.add(key)
            try:
                self._results[key] = self._calculated(sheet, entered["formulaValue"])
            finally:
                self._in_work.discard(key)
        return self._results[key]

    def _calculated(self, sheet: Sheet, formula: str) -> Result:
        try:
            tree = parse(formula, comma=decimal_comma(self.locale))
        except BadFormula:
            return Result(error_value("ERROR", "Formula parse error."))
        formula_here = _Formula(self, sheet)
        try:
            value = single(formula_here.value(tree))
            link = formula_here.link(tree)
        except CellError as trouble:
            return Result(error_value(trouble.kind, trouble.message))
        except RecursionError:
            return Result(error_value("ERROR", "The formula is nested too deeply."))
        return Result(None if value is None else extended(value), link)

    def holds(self, sheet: Sheet, formula: str, shift: tuple[int, int]) -> bool:
        """Whether a condition is met; it stands ``shift`` rows and columns from where it was written."""
        try:
            tree = parse(formula, comma=decimal_comma(self.locale))
            return truth(single(_Formula(self, sheet, shift).value(tree)), self.locale)
        except (BadFormula, CellError):
            return False

    def plain(self, sheet: Sheet, place: Place) -> Single:
        """The value of a cell inside another formula."""
        value = self.result(sheet, place).value
        if not value:
            return None
        if "errorValue" in value:
            raise CellError(value["errorValue"]["type"], value["errorValue"].get("message", ""))
        return scalar_of(value)


class _Formula:
    """One formula being calculated on its sheet."""

    def __init__(self, calculation: Calculation, sheet: Sheet, shift: tuple[int, int] = (0, 0)) -> None:
        self._calculation = calculation
        self._sheet = sheet
        self._shift = shift
        self.locale = calculation.locale

    def link(self, tree: Node) -> str | None:
        if isinstance(tree, Call) and tree.function == "HYPERLINK":
            return text(single(self.value(tree.arguments[0])), self.locale)
        return None

    def value(self, node: Node | None) -> Value:
        match node:
            case None:
                return None
            case Constant(value=value):
                return value
            case Reference():
                return self._referred(node)
            case Broken():
                raise CellError("REF", "Reference does not exist.")
            case Name(name=name):
                return self._named(name)
            case Call(function=name, arguments=arguments):
                if name not in FUNCTIONS:
                    raise CellError("NAME", f"Unknown function: '{name}'.")
                return FUNCTIONS[name](self, arguments)
            case Operation():
                return self._operation(node)

    # --- cells ----------------------------------------------------------------------------------

    def _referred(self, node: Reference) -> Value:
        book = self._calculation.book
        sheet = self._sheet if node.sheet is None else book.sheet_titled(node.sheet)
        if sheet is None:
            raise CellError("REF", f"Unresolved sheet name '{node.sheet}'.")
        box = node.moved(*self._shift).box(sheet.rows, sheet.columns)
        if not sheet.whole.covers(box):
            raise CellError("REF", "Reference does not exist.")
        return self._cells(sheet, box)

    def _named(self, name: str) -> Value:
        named = self._calculation.book.named_range(name)
        if named is None:
            raise CellError("NAME", f"Unknown range name: '{name}'.")
        return self._cells(*self._calculation.book.area(named["range"]))

    def _cells(self, sheet: Sheet, box: Box) -> Value:
        if box.height == 1 and box.width == 1:
            return self._calculation.plain(sheet, (box.top, box.left))
        return Cells(tuple(tuple(self._row(sheet, box, row)) for row in range(box.top, box.bottom)))

    def _row(self, sheet: Sheet, box: Box, row: int) -> Iterator[Single | CellError]:
        for column in range(box.left, box.right):
            try:
                yield self._calculation.plain(sheet, (row, column))
            except CellError as trouble:
                if trouble.kind == "REF" and "Circular" in trouble.message:
                    raise
                yield trouble

    # --- signs ----------------------------------------------------------------------------------

    def _operation(self, node: Operation) -> Value:
        if node.sign == "%":
            return self._number(node.left) / 100
        if node.left is None:
            return -self._number(node.right) if node.sign == "-" else self._number(node.right)
        if node.sign == "&":
            return text(self._single(node.left), self.locale) + text(self._single(node.right), self.locale)
        if node.sign in _COMPARISONS:
            return holds(node.sign, self._single(node.left), self._single(node.right))
        return _arithmetic(node.sign, self._number(node.left), self._number(node.right))

    def _single(self, node: Node | None) -> Single:
        return single(self.value(node))

    def _number(self, node: Node | None) -> float:
        return number(self._single(node), self.locale)


def _arithmetic(sign: str, left: float, right: float) -> float:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            if not right:
                raise CellError("DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero.")
            return left / right
        case _:
            power = float(left) ** right if left or right > 0 else None
            if not isinstance(power, float):
                raise CellError("NUM", "Function POW has no value here.")
            return power
