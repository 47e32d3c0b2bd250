"""Requests about stripes of rows and charts: kept and moved along, not drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sheetsync_emulator.book import Book
from sheetsync_emulator.colours import paired, paired_mask
from sheetsync_emulator.handlers import Handler
from sheetsync_emulator.masks import merged, parsed
from sheetsync_emulator.protection import Author, guard
from sheetsync_emulator.ranges import sheet_id_of, tidy_range
from sheetsync_emulator.sheet import Sheet
from sheetsync_emulator.trouble import invalid
from sheetsync_emulator.values import Json


def _place(lists: list[tuple[Sheet, list[Json]]], name: str, wanted: Any) -> tuple[Sheet, list[Json], int]:
    """Where the thing with an id is kept."""
    for sheet, kept in lists:
        for place, one in enumerate(kept):
            if one[name] == wanted:
                return sheet, kept, place
    raise invalid(f"No {name} with ID: {wanted}")


# --- stripes ------------------------------------------------------------------------------------


def _bandings(book: Book) -> list[tuple[Sheet, list[Json]]]:
    return [(sheet, sheet.bandings) for sheet in book.sheets]


def _add_banding(book: Book, request: Json, author: Author) -> Json:
    given = paired(request["bandedRange"])
    sheet, box = book.area(given["range"])
    guard(sheet, box, author)
    if any(book.area(one["range"])[1].hits(box) for one in sheet.bandings):
        raise invalid("You cannot add alternating background colors to a range that already has them.")
    number = given.get("bandedRangeId") or book.next_id()
    banding = given | {"bandedRangeId": number, "range": tidy_range(given["range"])}
    sheet.bandings.append(banding)
    return {"addBanding": {"bandedRange": banding}}


def _update_banding(book: Book, request: Json, author: Author) -> Json:
    given = paired(request["bandedRange"])
    sheet, kept, place = _place(_bandings(book), "bandedRangeId", given.get("bandedRangeId"))
    banding = merged(kept[place], given, paired_mask(parsed(request["fields"])))
    banding["range"] = tidy_range(banding["range"])
    for one in (kept[place], banding):
        guard(sheet, book.area(one["range"])[1], author)
    kept[place] = banding
    return {}


def _delete_banding(book: Book, request: Json, author: Author) -> Json:
    sheet, kept, place = _place(_bandings(book), "bandedRangeId", request.get("bandedRangeId"))
    guard(sheet, book.area(kept[place]["range"])[1], author)
    del kept[place]
    return {}


# --- charts -------------------------------------------------------------------------------------


def _charts(book: Book) -> list[tuple[Sheet, list[Json]]]:
    return [(sheet, sheet.charts) for sheet in book.sheets]


def _add_chart(book: Book, request: Json, _: Author) -> Json:
    given = request["chart"]
    anchor = given.get("position", {}).get("overlayPosition", {}).get("anchorCell")
    if anchor is None:
        raise invalid("The emulator puts a chart over cells only: position.overlayPosition.anchorCell.")
    chart = given | {"chartId": given.get("chartId") or book.next_id()}
    book.sheet(sheet_id_of(anchor)).charts.append(chart)
    return {"addChart": {"chart": chart}}


def _update_chart(book: Book, request: Json, _author: Author) -> Json:
    _, kept, place = _place(_charts(book), "chartId", request.get("chartId"))
    kept[place] = kept[place] | {"spec": request["spec"]}
    return {}


def _delete_object(book: Book, request: Json, _author: Author) -> Json:
    _, kept, place = _place(_charts(book), "chartId", request.get("objectId"))
    del kept[place]
    return {}


KINDS: Final[Mapping[str, Handler]] = {
    "addBanding": _add_banding,
    "addChart": _add_chart,
    "deleteBanding": _delete_banding,
    "deleteEmbeddedObject": _delete_object,
    "updateBanding": _update_banding,
    "updateChartSpec": _update_chart,
}
