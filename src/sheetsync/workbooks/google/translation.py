"""A workbook of ours, translated: its bytes become one ``batchUpdate`` that makes the same in Google.

The same list of requests fits a fresh spreadsheet and one that holds an older issue: sheets that are
there already are emptied and filled anew in place, so their ids, links to them and comments beside
their cells live on. All of it is one batch: done whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct, field

from sheetsync.workbooks.google.older_form import is_aside
from sheetsync.workbooks.google.port import Json, Request
from sheetsync.workbooks.google.translated_cells import Wording, contents
from sheetsync.workbooks.google.translated_colours import Palette
from sheetsync.workbooks.google.translated_conditions import conditional_looks
from sheetsync.workbooks.google.translated_looks import looks
from sheetsync.workbooks.google.translated_names import named_ranges, protection
from sheetsync.workbooks.google.translated_rules import validations
from sheetsync.workbooks.google.translated_shape import (
    PROPERTY_FIELDS,
    dimensions,
    is_hidden,
    merges,
    properties,
)
from sheetsync.workbooks.google.translated_source import Loss, Source, SourceSheet, read_source

RUSSIAN: Final = "ru_RU"
MOSCOW: Final = "Europe/Moscow"
THERE_FIELDS: Final = (
    "namedRanges(namedRangeId,name,range(sheetId)),"
    "sheets(properties(sheetId,title),conditionalFormats(ranges(sheetId)),"
    "protectedRanges(protectedRangeId),bandedRanges(bandedRangeId),basicFilter(range(sheetId)),merges)"
)
"""What ``there_in`` needs of a ``spreadsheets.get``."""

_EVERYTHING: Final = "userEnteredValue,userEnteredFormat,note,textFormatRuns,dataValidation"


class SheetThere(Struct, frozen=True):
    """A sheet a spreadsheet has already, and what on it must go before it is filled anew."""

    id: int
    title: str = ""
    looks: int = 0
    """How many conditional looks it has."""
    protections: tuple[int, ...] = ()
    bands: tuple[int, ...] = ()
    filtered: bool = False
    merged: bool = False


class There(Struct, frozen=True):
    """What a spreadsheet holds before the batch; ``dropped`` are sheets to delete in it."""

    sheets: tuple[SheetThere, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """Ids of named ranges by their names in lower case."""
    dropped: tuple[int, ...] = ()

    @property
    def is_fresh(self) -> bool:
        """Whether Drive has just made it: its one sheet is to go."""
        return bool(self.dropped)


FRESH: Final = There((SheetThere(0),), dropped=(0,))
"""A spreadsheet Drive has just made: one empty sheet, whatever it is called."""


class Translation(Struct, frozen=True):
    """The one batch, and what of the workbook it leaves out."""

    requests: tuple[Request, ...]
    losses: tuple[Loss, ...]


def there_in(answer: Mapping[str, Any]) -> There:
    """What a spreadsheet holds, from an answer with at least ``THERE_FIELDS``.

    Sheets that are not ours stay: a school may have added its own. Only the lone sheet of a fresh
    spreadsheet goes, whatever number it has (mostly 0, yet Google has been seen to give others).
    """
    aside = {one["properties"].get("sheetId", 0) for one in answer.get("sheets", ()) if is_aside(one)}
    names = {
        one["name"].lower(): one["namedRangeId"]
        for one in answer.get("namedRanges", ())
        if one.get("range", {}).get("sheetId", 0) not in aside
    }
    sheets = tuple(_sheet_there(one) for one in answer.get("sheets", ()))
    lone = sheets[0].id if len(sheets) == 1 and not names else None
    return There(sheets, names, () if lone is None else (lone,))


def _sheet_there(sheet: Mapping[str, Any]) -> SheetThere:
    told = sheet.get("properties", {})
    return SheetThere(
        told.get("sheetId", 0),
        told.get("title", ""),
        len(sheet.get("conditionalFormats", ())),
        tuple(one["protectedRangeId"] for one in sheet.get("protectedRanges", ())),
        tuple(one["bandedRangeId"] for one in sheet.get("bandedRanges", ())),
        "basicFilter" in sheet,
        bool(sheet.get("merges")),
    )


def translated(
    data: bytes,
    *,
    title: str,
    there: There = FRESH,
    editors: Sequence[str] = (),
    guard_words: str = "",
    zone: str = MOSCOW,
) -> Translation:
    """The requests that make a spreadsheet the same workbook as these bytes.

    ``editors`` (e-mails, the account's own among them) may write everywhere, others only into
    unlocked cells; ``guard_words`` is what Google shows of the protection. Charts, pictures and
    buttons are left out. Raises ``FormulaNotForGoogle`` with the cell of a formula that cannot live there.
    """
    book = read_source(data)
    palette = Palette(book.book)
    wording = Wording(palette, book.around, {one.title: one.id for one in book.sheets})
    spoken = {"title": title, "locale": RUSSIAN, "timeZone": zone}
    requests = [_spreadsheet(spoken), *_made(book, palette, there), *named_ranges(book, there.names)]
    for sheet in book.sheets:
        requests += dressed(sheet, book, wording)
    for sheet in book.sheets:
        requests += protection(sheet, editors, guard_words)
    requests += _finished(book, there)
    return Translation(tuple(requests), tuple(book.losses))


def dressed(sheet: SourceSheet, book: Source, wording: Wording) -> Iterator[Request]:
    """Everything that stands on one sheet, in the order Google needs it: looks before links in texts."""
    yield from looks(sheet, wording.palette)
    yield from contents(sheet, wording)
    yield from merges(sheet)
    yield from validations(sheet, book)
    yield from conditional_looks(sheet, wording.palette, book)
    yield from dimensions(sheet)


def _spreadsheet(told: Json) -> Request:
    return {"updateSpreadsheetProperties": {"properties": told, "fields": ",".join(told)}}


# --- sheets that are there, and those that are not ----------------------------------------------


def _made(book: Source, palette: Palette, there: There) -> Iterator[Request]:
    """Every sheet of the workbook in its place and empty."""
    known = {one.id: one for one in there.sheets}
    yield from _out_of_the_way(book, there)
    for index, sheet in enumerate(book.sheets):
        told = properties(sheet, index, palette, book)
        if sheet.id not in known:
            yield {"addSheet": {"properties": told}}
            continue
        yield from _emptied(known[sheet.id])
        yield {"updateSheetProperties": {"properties": told, "fields": PROPERTY_FIELDS}}
        yield {"updateSheetProperties": {"properties": {"sheetId": sheet.id}, "fields": "hidden"}}


def _out_of_the_way(book: Source, there: There) -> Iterator[Request]:
    """Another name for whoever bears the name one of ours is to get."""
    wanted = {one.title.casefold(): one.id for one in book.sheets}
    taken = {one.title.casefold() for one in there.sheets} | set(wanted)
    for one in there.sheets:
        if wanted.get(one.title.casefold(), one.id) != one.id:
            number = next(
                number for number in range(2, 1000) if f"{one.title} ({number})".casefold() not in taken
            )
            title = f"{one.title} ({number})"
            taken.add(title.casefold())
            told = {"sheetId": one.id, "title": title}
            yield {"updateSheetProperties": {"properties": told, "fields": "title"}}


def _emptied(sheet: SheetThere) -> Iterator[Request]:
    """Nothing of the older issue stays: values, looks, rules, protection, merged and hidden cells."""
    for _ in range(sheet.looks):
        yield {"deleteConditionalFormatRule": {"sheetId": sheet.id, "index": 0}}
    for number in sheet.protections:
        yield {"deleteProtectedRange": {"protectedRangeId": number}}
    for number in sheet.bands:
        yield {"deleteBanding": {"bandedRangeId": number}}
    if sheet.filtered:
        yield {"clearBasicFilter": {"sheetId": sheet.id}}
    if sheet.merged:
        yield {"unmergeCells": {"range": {"sheetId": sheet.id}}}
    yield {"updateCells": {"range": {"sheetId": sheet.id}, "fields": _EVERYTHING}}
    for dimension in ("ROWS", "COLUMNS"):
        where = {"sheetId": sheet.id, "dimension": dimension}
        yield {
            "updateDimensionProperties": {
                "range": where, "properties": {"hiddenByUser": False}, "fields": "hiddenByUser",
            }
        }  # fmt: skip


def _finished(book: Source, there: There) -> Iterator[Request]:
    """What can only be done while another sheet is in sight: dropping and hiding."""
    ours = {sheet.id for sheet in book.sheets}
    for number in there.dropped:
        if number not in ours:
            yield {"deleteSheet": {"sheetId": number}}
    for sheet in book.sheets:
        if is_hidden(sheet):
            told = {"sheetId": sheet.id, "hidden": True}
            yield {"updateSheetProperties": {"properties": told, "fields": "hidden"}}
