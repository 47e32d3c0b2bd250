"""Kinds of requests ``batchUpdate`` knows here, and one batch of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Final

from sheetsync_emulator import (
    requests_cells,
    requests_lines,
    requests_metadata,
    requests_moving,
    requests_objects,
    requests_ranges,
    requests_rules,
    requests_sheets,
)
from sheetsync_emulator.book import Book
from sheetsync_emulator.handlers import Handler
from sheetsync_emulator.masks import ALL, parsed
from sheetsync_emulator.protection import Author
from sheetsync_emulator.sheet import WRITABLE
from sheetsync_emulator.trouble import ApiError, invalid
from sheetsync_emulator.values import Json

HANDLERS: Final[Mapping[str, Handler]] = {
    **requests_cells.KINDS,
    **requests_lines.KINDS,
    **requests_metadata.KINDS,
    **requests_moving.KINDS,
    **requests_objects.KINDS,
    **requests_ranges.KINDS,
    **requests_rules.KINDS,
    **requests_sheets.KINDS,
}

MOST_CELLS: Final = 10_000_000

_CELL: Final = frozenset(
    {*WRITABLE, "effectiveValue", "formattedValue", "effectiveFormat", "hyperlink", "pivotTable"}
)
FIELDS: Final[Mapping[str, Set[str]]] = {
    "appendCells": _CELL,
    "repeatCell": _CELL,
    "updateBanding": {"range", "rowProperties", "columnProperties"},
    "updateCells": _CELL,
    "updateDeveloperMetadata": {"metadataKey", "metadataValue", "visibility", "location"},
    "updateDimensionProperties": {"hiddenByUser", "pixelSize"},
    "updateNamedRange": {"name", "range"},
    "updateProtectedRange": {
        *("range", "namedRangeId", "description", "warningOnly", "unprotectedRanges", "editors"),
    },
    "updateSheetProperties": {
        *("sheetId", "title", "index", "gridProperties", "hidden", "rightToLeft"),
        *("tabColor", "tabColorStyle"),
    },
    "updateSpreadsheetProperties": {
        *("title", "locale", "timeZone", "autoRecalc", "defaultFormat", "spreadsheetTheme"),
        "iterativeCalculationSettings",
    },
}
"""What a request may change, by its kind: any other field in its mask is refused."""


def carried_out(book: Book, requests: Sequence[Json], author: Author) -> list[Json]:
    """Every request on a draft, one after another; gives the replies.

    The first refusal names its request and ends it: the draft is then good for nothing.
    """
    if not requests:
        raise invalid("Must specify at least one request.")
    replies = [_one(book, index, request, author) for index, request in enumerate(requests)]
    if sum(sheet.rows * sheet.columns for sheet in book.sheets) > MOST_CELLS:
        raise invalid(
            "This action would increase the number of cells in the workbook"
            f" above the limit of {MOST_CELLS} cells."
        )
    return replies


def _refuse_fields(kind: str, fields: str | None) -> None:
    """Raise for a mask that names nothing, or a field the changed object does not have."""
    if fields is None:
        return
    mask = parsed(fields)
    if not mask:
        raise invalid("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    for name in mask:
        if name != ALL and name not in FIELDS[kind]:
            raise invalid(f"Invalid field: {name}")


def _one(book: Book, index: int, request: Json, author: Author) -> Json:
    kinds = [kind for kind, given in request.items() if given is not None]
    if len(kinds) != 1:
        raise invalid(f"Invalid requests[{index}]: exactly one kind of request must be set.")
    kind = kinds[0]
    try:
        if kind not in HANDLERS:
            raise invalid("The emulator does not know this kind of request.")
        _refuse_fields(kind, request[kind].get("fields"))
        return HANDLERS[kind](book, request[kind], author)
    except KeyError as absent:
        raise invalid(f"Invalid requests[{index}].{kind}: {absent.args[0]} is required.") from absent
    except ApiError as trouble:
        if trouble.code != 400:
            raise
        raise invalid(f"Invalid requests[{index}].{kind}: {trouble.message}") from trouble
