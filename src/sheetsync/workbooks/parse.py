"""What is done with a file the gate let in, in the program itself or in the child: read, count.

Both run over the same gated parts and share no code beyond them, so that what one forgets the
other still sees.
"""

from __future__ import annotations

from collections.abc import Iterable

from sheetsync.grid import Book, Sheet
from sheetsync.intake.gate import Admitted
from sheetsync.intake.limits import LIMITS, Reason, Refusal
from sheetsync.intake.snapshot_rules import PART
from sheetsync.intake.sniff import Format
from sheetsync.workbooks.census_items import Item
from sheetsync.workbooks.census_xlsx import xlsx_items
from sheetsync.workbooks.xlsx_reader import read_xlsx


def read_book(admitted: Admitted) -> Book:
    """The book by our own readers. Raises ``Damaged``, ``Refusal`` or an error of parsing."""
    book = _read(admitted)
    names = [sheet.name for sheet in book.sheets]
    if len(set(names)) < len(names):
        raise Refusal(Reason.BAD_XML, max(names, key=names.count))  # no program saves two sheets of one name
    _refuse_endless_text(book)
    return book


def _read(admitted: Admitted) -> Book:
    match admitted.format:
        case Format.GOOGLE:
            from sheetsync.workbooks.google.snapshot_reader import read_snapshot  # noqa: PLC0415 - a rare format

            return read_snapshot(admitted.parts[PART])
        case Format.ODS:
            from sheetsync.workbooks.ods_reader import read_ods  # noqa: PLC0415 - a rare format

            return read_ods(admitted.parts)
    return read_xlsx(admitted.parts, admitted.plain)


def count_items(data: bytes, admitted: Admitted) -> tuple[Item, ...] | None:
    """Everything the file holds; None when its content cannot be counted."""
    try:
        return tuple(_items(data, admitted))
    except Exception:  # noqa: BLE001 - whatever it stumbles over, the second reader counts instead
        return None


def _items(data: bytes, admitted: Admitted) -> Iterable[Item]:
    """Items of a snapshot of Google, or of the XML parts the gate unpacked."""
    match admitted.format:
        case Format.GOOGLE:
            from sheetsync.workbooks.google.census_google import google_items  # noqa: PLC0415 - a rare format

            return google_items(data)
        case Format.ODS:
            from sheetsync.workbooks.census_ods import ods_items  # noqa: PLC0415 - a rare format

            return ods_items(lambda name: admitted.parts[name.lower()])
    return xlsx_items(lambda name: admitted.parts[name.lower()])


def _refuse_endless_text(book: Book) -> None:
    """A long text referred to by many cells costs nothing here and everything later."""
    shown = 0
    if _cannot_be_endless(book.sheets):
        return
    for sheet in book.sheets:
        whole, longest = _text_sizes(sheet)
        shown += whole
        if longest > LIMITS.cell_text:
            raise Refusal(Reason.LONG_TEXT, sheet.name)
    if shown > LIMITS.shown_text:
        raise Refusal(Reason.TOO_MUCH_TEXT, LIMITS.shown_text >> 20)


def _cannot_be_endless(sheets: Iterable[Sheet]) -> bool:
    """Whether there would be few letters even if each cell had the longest of all texts thrice: in its
    value, its formula and its note."""
    most = 0
    for sheet in sheets:
        if sheet.texts or (sheet.cells and not 0 < sheet.longest <= LIMITS.cell_text):
            return False
        most += 3 * len(sheet.cells) * sheet.longest
    return most <= LIMITS.shown_text


def _text_sizes(sheet: Sheet) -> tuple[int, int]:
    """Characters of all texts of a sheet together, and of the longest."""
    cells = sheet.cells.values()
    sizes = [len(value) for cell in cells if (value := cell.value).__class__ is str]
    sizes += [len(text) for cell in cells if (text := cell.formula) is not None]
    sizes += [len(text) for cell in cells if (text := cell.comment) is not None]
    sizes += map(len, sheet.texts)
    return sum(sizes), max(sizes, default=0)
