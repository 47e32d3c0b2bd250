"""What stands in a copy and is no answer: unknown rows, notes around the table, shapes, names.

Nothing is passed over: it is the office's own text, or it goes to «Не размещено» with a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from sheetsync.columns import MARKS, FormCell, MarkCell
from sheetsync.findings import make
from sheetsync.grid import EMPTY, Book, Cell, Sheet, Visibility, a1, position
from sheetsync.intake.account import Account, Spot
from sheetsync.intake.fields import holds_something, quoted
from sheetsync.intake.known import Known
from sheetsync.intake.locate import TITLE, Found
from sheetsync.intake.marks import is_marks_sheet, named_place
from sheetsync.intake.match import Why
from sheetsync.intake.numbers import is_written_as
from sheetsync.intake.reasons import Reason
from sheetsync.intake.rows import NUMBER, BodyRow
from sheetsync.intake.statuses import read_status
from sheetsync.intake.swept import by_rows, stray, told_of
from sheetsync.model import Finding, Origin, Status, Unplaced
from sheetsync.plan.titles import leading
from sheetsync.text import plain, skeleton

_ROW_FINDING: Final = {Why.UNKNOWN: "R305", Why.AMBIGUOUS: "R329"}
_ROW_REASON: Final = {Why.UNKNOWN: Reason.UNKNOWN_ROW, Why.AMBIGUOUS: Reason.AMBIGUOUS_ROW}
_CONSTANT: Final = re.compile(r'"|[-+.\d]+\Z')
_TICKS: Final = frozenset({"x", "х"})


def read_section_row(row: BodyRow, account: Account) -> None:
    """The title of a section; what else stands in the row is left to the sweep."""
    for key in (NUMBER, TITLE):
        if key not in row.table.columns:
            continue  # the copy has no such column
        spot = row.spot(row.table.columns[key])
        is_its_number = key == NUMBER and is_written_as(row.cell(key).text, leading(row.said.section)[0])
        if is_its_number or account.known.says_here(*spot, row.cell(key)) or not account.known.cells:
            account.take_as_office(spot, row.cell(key))


def set_row_aside(row: BodyRow, why: Why, account: Account) -> None:
    """A row that is no row of the plan: all of it goes to «Не размещено», said once."""
    filled = [(column, cell) for column, cell in row.cells() if not account.is_claimed(row.spot(column))]
    typed = [
        (column, cell) for column, cell in filled if not account.known.says_here(*row.spot(column), cell)
    ]
    if not typed:
        return
    for column, cell in filled:
        account.set_aside(row.spot(column), cell, _ROW_REASON[why], None)
    title = row.title.strip() or typed[0][1].text
    account.say(_ROW_FINDING[why], row.spot(filled[0][0]), title=quoted(title))


def set_tables_aside(tables: Iterable[Found], accounts: Sequence[Account]) -> tuple[Unplaced, ...]:
    """Tables that are nobody's here: what somebody typed into them, under nobody's name."""
    first = accounts[0]
    nobody = Account("", first.origin, first.known, first.plan)
    for table in tables:
        rows = {*table.above, *table.header, *table.rows}
        for (row, column), cell in sorted(table.sheet.cells.items()):
            spot = (table.sheet, row, column)
            if row not in rows or any(account.is_claimed(spot) for account in accounts):
                continue
            if nobody.known.says_here(*spot, cell):
                nobody.take_as_office(spot, cell)
            else:
                nobody.set_aside(spot, cell, Reason.STRANGER, None)
    for account in accounts:
        account.claimed |= nobody.claimed
    first.office |= nobody.office
    return tuple(replace(one, participant=None) for one in nobody.unplaced)


def read_tick(book: Book, account: Account) -> bool:
    """The tick «Отчёт готов»: found by its name or its label; what is no tick stays for the sweep."""
    place = named_place(book, FormCell.READY) or _beside_label(book, account.known.ready_label)
    cell = place[0].at(*place[1:]) if place else EMPTY
    if place is None or not cell.text.strip() or account.is_claimed(place):
        return False
    if account.known.is_as_issued(*place, cell) or not _is_tick(cell):
        return False
    account.note("R332", place, value=cell.text)
    _keep_added(place, cell, account)
    return True


def _keep_added(spot: Spot, cell: Cell, account: Account) -> None:
    """Links and the note of a cell of which a finding quotes the value alone."""
    for text in account.added(cell):
        account.keep(spot, text, Reason.OUTSIDE)


def _beside_label(book: Book, label: str) -> Spot | None:
    """The cell that stands next to the right of a label; None when it is not there, or there twice."""
    labels = [
        (sheet, *at)
        for sheet in book.sheets
        for at, cell in sheet.cells.items()
        if label and skeleton(cell.text) == label
    ]
    if len(labels) != 1:
        return None
    sheet, row, column = labels[0]
    return next(((sheet, row, at) for at in sheet.row(row) if at > column), None)


def take_named_cells(book: Book, account: Account) -> None:
    """What the form's named cells still say as issued is the office's, wherever they moved."""
    for name, text in account.known.named.items():
        place = named_place(book, name)
        cell = place[0].at(*place[1:]) if place else EMPTY
        if place and text and plain(cell.text) == text and not account.is_claimed(place):
            account.take_as_office(place, cell)


def sweep_sheet(sheet: Sheet, above: int, below: int, account: Account) -> None:
    """Every cell of these rows nobody claimed: the office's text, or set aside."""
    marks = _marks_rows(sheet) if is_marks_sheet(sheet) else frozenset()
    already = len(account.unplaced)
    for (row, column), cell in sorted(sheet.cells.items()):
        spot = (sheet, row, column)
        if not above <= row < below or account.is_claimed(spot) or not holds_something(cell):
            continue
        if account.known.says_here(*spot, cell) or ((row, column) in marks and not account.known.cells):
            account.take_as_office(spot, cell)
        elif (row, column) in marks:
            account.note("V217", spot, value=cell.text)
            _keep_added(spot, cell, account)
        elif cell.is_empty:
            account.note("R314", spot)
        else:
            account.set_aside(spot, cell, Reason.OUTSIDE, None)
    strays = account.unplaced[already:]
    account.findings += told_of(strays)
    account.unplaced[already:] = by_rows(strays, sheet)


def sweep_shapes_and_names(book: Book, account: Account) -> None:
    """Texts over the sheets and texts hidden in defined names."""
    found = [
        *(
            (text, replace(account.origin, sheet=sheet.name), Reason.SHAPE)
            for sheet in book.sheets
            for text in sheet.texts
        ),
        *((text, replace(account.origin, cell=name), Reason.NAME) for name, text in _constants(book)),
    ]
    for text, origin, reason in found:
        bones = skeleton(text)
        is_ours = _has_letters(text) and (bones in account.known.shapes or account.known.has_bones(bones))
        if text.strip() and not is_ours:
            account.unplaced.append(Unplaced(account.participant, text, origin, reason.value))
            account.findings.append(stray(account.unplaced[-1]))


def pictures_of(book: Book, origin: Origin, known: Known) -> Iterator[Finding]:
    """Say where the school laid pictures: a table pasted as one holds answers that nobody reads."""
    for sheet in book.sheets:
        added = sheet.pictures - known.pictures.get(known.renamed.get(sheet.name, sheet.name), 0)
        if added > 0:
            yield make("R339", origin=replace(origin, sheet=sheet.name), sheet=sheet.name, pictures=added)


def note_hidden(book: Book, account: Account) -> None:
    """Say which answers stand in hidden rows, columns or sheets: once a place."""
    said: set[str] = set()
    for activity, fields in account.fields.items():
        for field in fields.values():
            sheet = book.sheet(field.origin.sheet)
            for where in _hidden_places(sheet, field.origin.cell) if sheet else ():
                if where not in said:
                    said.add(where)
                    account.findings.append(
                        make(
                            "R315",
                            participant=account.participant,
                            activity=activity,
                            origin=field.origin,
                            where=where,
                        )
                    )


def note_merged(rows: Sequence[BodyRow], activities: Sequence[str | None], account: Account) -> None:
    """Say where one merged answer cell covers the rows of several activities."""
    sheets = {row.table.sheet.name: row.table.sheet for row in rows}
    corners = {
        (name, area.top, area.left): area for name, sheet in sheets.items() for area in reversed(sheet.merges)
    }
    for row, activity in zip(rows, activities, strict=True):
        for key in row.answers() if activity else ():
            spot = row.spot(row.table.columns[key])
            area = corners.get((spot[0].name, *spot[1:]))
            others = {
                other
                for one, other in zip(rows, activities, strict=True)
                if area
                and one.table is row.table
                and area.top < one.row <= area.bottom
                and other not in (None, activity)
            }
            if area and others:
                account.say("R326", spot, activity=activity, area=area.ref, title=quoted(row.title))


def _hidden_places(sheet: Sheet, cell: str) -> Iterator[str]:
    row, column = position(cell)
    if sheet.visibility is not Visibility.VISIBLE:
        yield f"{sheet.name}"
    if row in sheet.hidden_rows:
        yield f"{sheet.name}!{row}:{row}"
    if column in sheet.hidden_columns:
        letters = a1(1, column)[:-1]
        yield f"{sheet.name}!{letters}:{letters}"


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _is_tick(cell: Cell) -> bool:
    return read_status(cell.text) is Status.DONE or cell.text.strip().lower() in _TICKS


def _marks_rows(sheet: Sheet) -> frozenset[tuple[int, int]]:
    """Cells of the hidden sheet that are ours: labels, their values, the table of marks."""
    labels = {one.value for one in MarkCell}
    ours: set[tuple[int, int]] = set()
    header = next(
        (row for row, cells in sheet.rows() if {cell.text for cell in cells.values()} >= set(MARKS.headers)),
        None,
    )
    for (row, column), cell in sheet.cells.items():
        if cell.text in labels:
            ours |= {(row, column), (row, column + 1)}
        if header and row >= header and sheet.at(header, column).text in MARKS.headers:
            ours.add((row, column))
    return frozenset(ours)


def _constants(book: Book) -> list[tuple[str, str]]:
    """Names that hold a text or a number instead of pointing to cells."""
    pairs = ((name, target.lstrip("=")) for name, target in sorted(book.names.items()))
    return [
        (name, text[1:-1] if text[1:].endswith('"') else text)
        for name, text in pairs
        if _CONSTANT.match(text)
    ]


def is_constant(target: str) -> bool:
    """Is this what a name holds instead of pointing to cells?"""
    return _CONSTANT.match(target.lstrip("=")) is not None
