"""``spreadsheets.values``: reading and writing values of ranges, without anything else of the cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sheetsync_emulator.book import Book, shown_range
from sheetsync_emulator.entering import RAW, Entered, stored, typed
from sheetsync_emulator.formats import MOMENTS
from sheetsync_emulator.formulas import Calculation
from sheetsync_emulator.protection import Author, guard
from sheetsync_emulator.ranges import ROWS, Box, Place, column_letters
from sheetsync_emulator.rendering import Wish, rendered
from sheetsync_emulator.sheet import FORMAT, VALUE, Sheet, number_format, with_value
from sheetsync_emulator.structure import Lines, inserted_lines
from sheetsync_emulator.trouble import invalid
from sheetsync_emulator.values import Json, Scalar, stands_for_something

INPUT_OPTIONS: Final = (RAW, "USER_ENTERED")

Rows = Sequence[Sequence[Scalar | None]]


# --- reading ------------------------------------------------------------------------------------


def read(calculation: Calculation, sheet: Sheet, asked: Box, wish: Wish) -> Json:
    """``ValueRange`` of a rectangle: without the empty cells and rows at its end."""
    box = asked.common(sheet.whole)
    end = min(box.bottom, 1 + max((row for row, _ in sheet.cells), default=-1))
    rows = [
        [rendered(calculation, sheet, (row, column), wish) for column in range(box.left, box.right)]
        for row in range(box.top, end)
    ]
    if wish.by_columns:
        rows = [list(column) for column in zip(*rows, strict=True)]
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    told = {
        "range": shown_range(sheet, box),
        "majorDimension": "COLUMNS" if wish.by_columns else "ROWS",
    }
    return told | ({"values": rows} if rows else {})


# --- writing ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Writing:
    """Where values go and how they are taken: as typed by a person, or as they are."""

    book: Book
    author: Author
    as_typed: bool


@dataclass(frozen=True, slots=True)
class Written:
    """What a write came to: its cells, and what the answer tells of it."""

    sheet: Sheet
    box: Box
    answer: Json


def as_typed(option: str | None) -> bool:
    """Whether values are taken as if a person typed them."""
    if option not in INPUT_OPTIONS:
        raise invalid("'valueInputOption' is required but not specified")
    return option != RAW


def rows_of(value_range: Mapping[str, Any]) -> Rows:
    """Values of a ``ValueRange`` by rows; a value that is not sent is ``None``."""
    values: Rows = value_range.get("values") or []
    if value_range.get("majorDimension") != "COLUMNS":
        return values
    height = max(map(len, values), default=0)
    return [[column[row] if row < len(column) else None for column in values] for row in range(height)]


def write(writing: Writing, sheet: Sheet, box: Box, rows: Rows, *, is_bounded: bool) -> Written:
    """Put values from the top left of a rectangle on: ``None`` leaves a cell, '' clears it."""
    width = max(map(len, rows), default=0)
    if is_bounded:
        _refuse_overflow(sheet, box, len(rows), width)
    target = Box(box.top, box.top + max(1, len(rows)), box.left, box.left + max(1, width))
    guard(sheet, target, writing.author)
    sheet.grown(target.bottom, target.right)
    changed: list[Place] = []
    for step, row in enumerate(rows):
        for offset, scalar in enumerate(row):
            if scalar is not None:
                changed.append((box.top + step, box.left + offset))
                _put(writing, sheet, changed[-1], scalar)
    told: Json = {"updatedRange": shown_range(sheet, target)}
    if changed:
        told["updatedRows"] = len({row for row, _ in changed})
        told["updatedColumns"] = len({column for _, column in changed})
        told["updatedCells"] = len(changed)
    return Written(sheet, target, told)


def totals(written: Sequence[Written]) -> Json:
    """What a batch of writes came to."""
    answers = [one.answer for one in written]
    return {
        "totalUpdatedRows": sum(one.get("updatedRows", 0) for one in answers),
        "totalUpdatedColumns": max((one.get("updatedColumns", 0) for one in answers), default=0),
        "totalUpdatedCells": sum(one.get("updatedCells", 0) for one in answers),
        "totalUpdatedSheets": len({one.sheet.id for one in written}),
    }


def _refuse_overflow(sheet: Sheet, box: Box, height: int, width: int) -> None:
    if height <= box.height and width <= box.width:
        return
    beyond = f"row [{box.bottom + 1}]" if height > box.height else f"column [{column_letters(box.right)}]"
    raise invalid(
        f"Requested writing within range [{shown_range(sheet, box)}], but tried writing to {beyond}"
    )


def _put(writing: Writing, sheet: Sheet, place: Place, scalar: Scalar) -> None:
    cell = sheet.cell(place)
    entered = _entered(writing, cell, scalar)
    if not stands_for_something(entered.value):
        sheet.put(place, with_value(cell, None))
        return
    changed = with_value(cell, entered.value)
    if entered.number_format and number_format(cell).get("type") not in (*MOMENTS, "PERCENT"):
        changed[FORMAT] = cell.get(FORMAT, {}) | {"numberFormat": entered.number_format}
    sheet.put(place, changed)


def _entered(writing: Writing, cell: Json, scalar: Scalar) -> Entered:
    if not writing.as_typed:
        return stored(scalar)
    return typed(scalar, writing.book.locale, as_text=number_format(cell).get("type") == "TEXT")


def clear(sheet: Sheet, box: Box, author: Author) -> str:
    """Take the values of a rectangle away; formats, notes and checks stay. Gives its address."""
    target = box.common(sheet.whole)
    guard(sheet, target, author)
    for place in sheet.used(target):
        sheet.put(place, with_value(sheet.cell(place), None))
    return shown_range(sheet, target)


# --- appending ----------------------------------------------------------------------------------


def append(
    writing: Writing, sheet: Sheet, box: Box, rows: Rows, *, insert: bool
) -> tuple[Written, str | None]:
    """Put rows under the table the service sees at a range (cells that touch each other).

    Gives the address of the table, too, when there is one.
    """
    filled = {place for place, cell in sheet.cells.items() if VALUE in cell}
    table = _table_at(filled, box, is_whole=box == sheet.whole)
    at = (table.bottom, table.left) if table else (box.top, box.left)
    if insert and table and at[0] < sheet.rows:
        inserted_lines(writing.book, sheet, Lines(ROWS, at[0], at[0] + len(rows)))
    sheet.grown(at[0] + len(rows), 0)
    target = Box(at[0], at[0] + 1, at[1], at[1] + 1)
    written = write(writing, sheet, target, rows, is_bounded=False)
    return written, shown_range(sheet, table) if table else None


def _table_at(filled: set[Place], box: Box, *, is_whole: bool) -> Box | None:
    """The last table of a sheet, or the one whose cell stands first in a range."""
    if is_whole:
        seed = max(filled, default=None)
    else:
        seed = (box.top, box.left) if (box.top, box.left) in filled else None
    if seed is None:
        return None
    table = Box(seed[0], seed[0] + 1, seed[1], seed[1] + 1)
    rest = filled - {seed}
    while True:
        around = Box(table.top - 1, table.bottom + 1, table.left - 1, table.right + 1)
        touching = {place for place in rest if place in around}
        if not touching:
            return table
        rest -= touching
        table = Box(
            min(table.top, *(row for row, _ in touching)),
            max(table.bottom, *(row + 1 for row, _ in touching)),
            min(table.left, *(column for _, column in touching)),
            max(table.right, *(column + 1 for _, column in touching)),
        )
