"""Formulas, in the office's own spelling: «;» between arguments, «$Лист.A1» for another sheet's cell."""

from __future__ import annotations

from typing import Any

from .places import Place, block_at, cells_at, cells_of, writable_at
from .values import FORMULAS


def read(doc: Any, place: Place) -> tuple[tuple[str, ...], ...]:
    """What is typed in each cell: a formula with «=», else the text or the number."""
    _, row, column, _, _ = place
    cells = cells_at(doc, place)
    typed = cells.getFormulaArray()
    formulas = {
        (at_row - row, at_column - column)
        for address in cells.queryContentCells(FORMULAS).RangeAddresses
        for at_row, at_column in cells_of(address)
    }
    made: list[tuple[str, ...]] = []
    for number, (values, words) in enumerate(zip(cells.getDataArray(), typed)):
        # beside a formula, a text is given as its value: the typed form may begin with an apostrophe
        made.append(
            tuple(
                value if isinstance(value, str) and (number, at) not in formulas else word
                for at, (value, word) in enumerate(zip(values, words))
            )
        )
    return tuple(made)


def only(doc: Any, place: Place) -> tuple[tuple[int, int, tuple[tuple[str, ...], ...]], ...]:
    """The formulas alone, in blocks: row and column of each in the place, and what is typed in its cells."""
    _, row, column, _, _ = place
    cells = cells_at(doc, place)
    sheet = cells.Spreadsheet
    return tuple(
        (one.StartRow - row, one.StartColumn - column, block_at(sheet, one).getFormulaArray())
        for one in cells.queryContentCells(FORMULAS).RangeAddresses
    )


def fill(doc: Any, place: Place, formula: str) -> None:
    """One formula in all cells, its relative references moved as if it were copied from the first cell."""
    cells = writable_at(doc, place)
    first = cells.getCellByPosition(0, 0)
    first.setFormula(formula)
    _, _, _, rows, columns = place
    others = [(row, column) for row in range(rows) for column in range(columns)][1:]
    if not others:
        return
    if "[" in formula:
        # tokens of a table reference are lost on the way through the interface
        raise NotImplementedError("a formula over a table in many cells at once")
    tokens = first.getTokens()
    for row, column in others:
        cells.getCellByPosition(column, row).setTokens(tokens)
