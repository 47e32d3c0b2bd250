"""Where the answers stand: tables found by what they are, never by where they were.

A table is found by its name, by a header (in one row or split over two), or, when the header is
gone, by the plan's own texts in a column. It may lie on any sheet, in any place, several times.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.columns import FORM_INDICATORS, REPORT, Owner, TableSpec
from sheetsync.grid import Book, Cell, Sheet
from sheetsync.intake.fields import looks_like
from sheetsync.intake.headers import Header, names_some_column, one_row, read_header, two_rows
from sheetsync.intake.marks import indicator_key, is_marks_sheet
from sheetsync.model import Plan
from sheetsync.model.kept import once_for_each
from sheetsync.text import skeleton

TITLE: Final = "title"
KEY: Final = "key"

_Rows = Mapping[int, dict[int, Cell]]


class Sought(Struct, frozen=True):
    """What is looked for: a declared table and the office's texts its columns hold."""

    spec: TableSpec
    texts: Mapping[str, frozenset[str]]
    years: tuple[int, ...] = ()


class Found(Struct, frozen=True):
    """One table: the rows of its header, the sheet column of each declared one, its body rows.

    ``headers`` are the texts met, ``by_place`` the columns known only by their neighbours,
    ``above`` the rows between the table and what stands before it (titles, whose report it is).
    """

    sheet: Sheet
    header: tuple[int, ...]
    columns: Mapping[str, int]
    headers: Mapping[str, str]
    rows: tuple[int, ...]
    above: tuple[int, ...] = ()
    by_place: frozenset[str] = frozenset()

    def cell(self, row: int, key: str) -> Cell:
        """The cell of a declared column; an empty one where the column is missing."""
        return self.sheet.at(row, self.columns.get(key, 0))

    @property
    def span(self) -> tuple[int, int]:
        """First and last sheet column of the table."""
        return min(self.columns.values()), max(self.columns.values())


@once_for_each(4)
def report_of(plan: Plan) -> Sought:
    """The table of answers of this plan's form."""
    attributes = {
        TITLE: [row.title for row in plan.rows],
        "number": [row.number for row in plan.rows],
        "deadline": [row.deadline_text for row in plan.rows],
        "responsible": [row.responsible for row in plan.rows],
        "result": [row.result for row in plan.rows],
        KEY: [row.key for row in plan.rows],
    }
    return Sought(REPORT, {key: _bones(texts) for key, texts in attributes.items()}, plan.settings.years)


@once_for_each(4)
def indicators_of(plan: Plan) -> Sought:
    """The table of indicators of this plan's form."""
    titles = _bones(one.title for one in plan.indicators)
    keys = _bones(indicator_key(place) for place in range(len(plan.indicators)))
    return Sought(FORM_INDICATORS, {TITLE: titles, KEY: keys}, plan.settings.years)


def find_tables(book: Book, sought: Sought) -> tuple[Found, ...]:
    """Every such table of a book: the form's own sheet first, hidden sheets last."""
    sheets = [sheet for sheet in book.sheets if sheet.cells and not is_marks_sheet(sheet)]
    sheets.sort(key=lambda sheet: (sheet.visibility.value != "visible", sheet.name != sought.spec.sheet))
    return tuple(found for sheet in sheets for found in _on_sheet(book, sheet, sought) if found.rows)


def is_hit(found: Found, row: int, sought: Sought) -> bool:
    """Does this row certainly come from the plan: its key, or its title word for word?"""
    return any(skeleton(found.cell(row, key).text) in sought.texts[key] for key in (TITLE, KEY))


# --- one sheet ----------------------------------------------------------------------------------


def _on_sheet(book: Book, sheet: Sheet, sought: Sought) -> Iterator[Found]:
    rows = dict(sheet.rows())
    heads = list(_heads(rows, sought, _named_top(book, sheet, sought)))
    if not heads:
        headless = _headless(sheet, rows, sought)
        if headless is None:
            return
        heads = [((), headless)]
    ends = [at[0] for at, _ in heads[1:]] + [max(rows, default=0) + 1]
    free_from = 1
    for (at, head), end in zip(heads, ends, strict=True):
        start = at[-1] + 1 if at else 1
        body = tuple(number for number in rows if start <= number < end)
        found = _completed(_trusted(Found(sheet, at, head.columns, head.texts, body), sought), sought)
        if free_from == 1:
            found = _with_rows_above(found, rows, sought)
        top = min((*at, *(row for row in found.rows if is_hit(found, row, sought))), default=1)
        above = tuple(number for number in rows if free_from <= number < top)
        hits = [row for row in found.rows if is_hit(found, row, sought)]
        free_from = max((*at, *hits, free_from)) + 1
        if hits or _has_number_like_rows(found):
            yield replace(found, above=above)


def _has_number_like_rows(found: Found) -> bool:
    """A table none of whose rows is known word for word is still one when its header is rich."""
    return bool(found.header) and len(found.headers) >= 4


def _heads(rows: _Rows, sought: Sought, named_top: int | None) -> Iterator[tuple[tuple[int, ...], Header]]:
    last = 0
    named = {number: _plain_hits(sought.spec, cells) for number, cells in rows.items()}
    for number, cells in rows.items():
        if number <= last:
            continue
        if number != named_top and named[number] + named.get(number + 1, 0) < 2:
            continue
        below = rows.get(number + 1, {})
        single, pair = (
            read_header(sought.spec, one_row(cells)),
            read_header(sought.spec, two_rows(cells, below)),
        )
        under = read_header(sought.spec, one_row(below))
        if len(pair) > max(len(single), len(under)) and _is_head(pair):
            last = number + 1
            yield (number, number + 1), pair
        elif _is_head(single) or (number == named_top and len(single)):
            last = number
            yield (number,), single


def _plain_hits(spec: TableSpec, cells: Mapping[int, Cell]) -> int:
    return sum(names_some_column(spec, cell.text) for cell in cells.values())


def _is_head(header: Header) -> bool:
    return len(header) >= 4 or (len(header) >= 2 and TITLE in header.columns)


def _named_top(book: Book, sheet: Sheet, sought: Sought) -> int | None:
    tables = (one for one in book.tables if one.name == sought.spec.name and one.sheet == sheet.name)
    return next((one.area.top for one in tables), None)


def _headless(sheet: Sheet, rows: _Rows, sought: Sought) -> Header | None:
    """A table whose header is gone: columns that hold the office's own texts."""
    columns: dict[str, int] = {}
    said = _said(sheet, rows)
    for key in (KEY, TITLE, *sought.texts):
        if key in columns:
            continue  # known by the first look
        best = _column_of(said, sought.texts[key], set(columns.values()), least=2)
        if best:
            columns[key] = best
    return Header(columns, {}) if TITLE in columns or KEY in columns else None


def _with_rows_above(found: Found, rows: _Rows, sought: Sought) -> Found:
    """Rows of the plan that stand above the header: somebody sorted the header into the table."""
    top = min(found.header, default=1)
    strays = tuple(row for row in rows if row < top and is_hit(found, row, sought))
    return replace(found, rows=(*strays, *found.rows))


# --- columns the header does not tell -----------------------------------------------------------


def _trusted(found: Found, sought: Sought) -> Found:
    """Without the columns whose header only resembles a declared one and whose content denies it."""
    spec = sought.spec
    wrong = {
        key
        for key, column in found.columns.items()
        if spec.column(key).owner is Owner.SCHOOL
        and not names_some_column(spec, found.headers.get(key, ""))
        and _suits(found, key, column, sought) is False
    }
    return replace(found, columns={key: at for key, at in found.columns.items() if key not in wrong})


def _completed(found: Found, sought: Sought) -> Found:
    """Columns added by their content (keys, titles) and by their place between neighbours."""
    columns = dict(found.columns)
    missing = [key for key in (KEY, TITLE) if key not in columns]
    said = _said(found.sheet, found.rows) if missing else {}
    for key in missing:
        best = _column_of(said, sought.texts[key], set(columns.values()), least=1)
        if best:
            columns[key] = best
    by_place = _by_place(found, columns, sought)
    return replace(found, columns={**columns, **by_place}, by_place=frozenset(by_place))


def _said(sheet: Sheet, rows: Iterable[int]) -> dict[int, list[str]]:
    """What the cells of these rows say, column by column, as texts are compared."""
    wanted = set(rows)
    said: dict[int, list[str]] = {}
    for (row, column), cell in sheet.cells.items():
        if row in wanted and (text := cell.text):
            said.setdefault(column, []).append(skeleton(text))
    return said


def _column_of(
    said: Mapping[int, Sequence[str]], texts: frozenset[str], taken: set[int], *, least: int
) -> int | None:
    """The column most cells of which hold one of these texts; None when half of them do not."""
    hits = {
        column: sum(map(texts.__contains__, several))
        for column, several in said.items()
        if column not in taken
    }
    best = max(hits, key=lambda column: (hits[column], -column), default=None)
    if best is None or hits[best] < least or hits[best] * 2 < len(said[best]):
        return None
    return best


def _by_place(found: Found, columns: Mapping[str, int], sought: Sought) -> dict[str, int]:
    """Unknown columns that stand exactly where missing ones belong, if their content agrees.

    What one look settles narrows the gaps for the next.
    """
    placed: dict[str, int] = {}
    while more := _between_known(found, {**columns, **placed}, sought):
        placed |= more
    if not found.header and not placed:
        placed = _open_end(found, columns, sought)
    return placed


def _between_known(found: Found, columns: Mapping[str, int], sought: Sought) -> dict[str, int]:
    order = sought.spec.keys
    known = sorted((order.index(key), column) for key, column in columns.items())
    placed: dict[str, int] = {}
    for (before, left), (after, right) in pairwise(known):
        missing = order[before + 1 : after]
        between = range(left + 1, right)
        if not missing or not between or any(left < column < right for column in columns.values()):
            continue
        placed |= _fill_gap(found, missing, _unnamed(found, between, sought.spec), sought)
    return placed


def _unnamed(found: Found, between: Iterable[int], spec: TableSpec) -> list[int]:
    """Columns of a gap that do not bear the name of another declared column."""
    return [
        column
        for column in between
        if not any(names_some_column(spec, found.sheet.at(row, column).text) for row in found.header)
    ]


def _fill_gap(found: Found, missing: Sequence[str], between: list[int], sought: Sought) -> dict[str, int]:
    used = [column for column in between if _cells(found, column, with_header=True)]
    if len(between) == len(missing):
        pairs = dict(zip(missing, between, strict=True))
    elif len(used) == len(missing):
        pairs = dict(zip(missing, used, strict=True))
    else:
        return _by_content(found, missing, used, sought)
    if any(_suits(found, key, column, sought) is False for key, column in pairs.items()):
        return _by_content(found, missing, used, sought)
    return pairs


def _by_content(found: Found, missing: Sequence[str], used: Sequence[int], sought: Sought) -> dict[str, int]:
    """Only columns that one missing kind, and no other column, can be; a last one the first it may be."""
    fitting = {key: [column for column in used if _suits(found, key, column, sought)] for key in missing}
    placed = {key: several[0] for key, several in fitting.items() if len(several) == 1}
    if placed or len(used) != 1 or any(sought.spec.column(key).owner is not Owner.SCHOOL for key in missing):
        return placed
    possible = [key for key in missing if _suits(found, key, used[0], sought) is not False]
    return {possible[0]: used[0]} if possible else {}


def _open_end(found: Found, columns: Mapping[str, int], sought: Sought) -> dict[str, int]:
    """Without a header: the columns right of the last known one, while their content says so."""
    order = sought.spec.keys
    last = max(columns, key=lambda key: order.index(key) if key != KEY else -1)
    placed: dict[str, int] = {}
    for step, key in enumerate(order[order.index(last) + 1 :], 1):
        column = columns[last] + step
        suits = _suits(found, key, column, sought)
        if suits is False:
            return {one: at for one, at in placed.items() if _suits(found, one, at, sought)}
        if column in columns.values() or (suits is None and not placed):
            break
        placed[key] = column
    return placed


def _suits(found: Found, key: str, column: int, sought: Sought) -> bool | None:
    """Does the content of a sheet column agree with a declared one? None when it cannot tell."""
    cells = _cells(found, column)
    declared = sought.spec.column(key)
    if declared.owner is Owner.SCHOOL or key not in sought.texts:
        return looks_like(declared, cells, sought.years)
    hits = sum(skeleton(cell.text) in sought.texts[key] for cell in cells)
    return hits * 2 >= len(cells) if cells else None


def _cells(found: Found, column: int, *, with_header: bool = False) -> list[Cell]:
    wanted = {*found.rows, *(found.header if with_header else ())}
    return [cell for (row, at), cell in found.sheet.cells.items() if at == column and row in wanted]


def _bones(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(skeleton, texts)) - {""}
