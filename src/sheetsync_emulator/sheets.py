"""Sheets v4: each method asks the spreadsheet; rights and the last change are Drive's business."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sheetsync_emulator import refusals
from sheetsync_emulator.accounts import is_service_account
from sheetsync_emulator.call import Call
from sheetsync_emulator.files import GOOGLES_PLACE, SPREADSHEET, File, Json
from sheetsync_emulator.masks import wants
from sheetsync_emulator.permissions import Power
from sheetsync_emulator.shelf import Shelf
from sheetsync_emulator.spreadsheet import Spreadsheet

UNTITLED: Final = "Untitled spreadsheet"
_LOOKS: Final = ("sheets", "data", "rowData", "values", "effectiveFormat")


def created(shelf: Shelf, call: Call) -> Json:
    """``spreadsheets.create``: a new file in the caller's Drive, with the sheets that are asked for."""
    properties = call.body.get("properties", {})
    if is_service_account(call.user) and not shelf.service_accounts_own_files:
        raise refusals.no_rights()
    file = shelf.made(properties.get("title", UNTITLED), SPREADSHEET, call.user, [])
    book = _book(file)
    requests = list(_first_requests(properties, call.body.get("sheets", [])))
    if requests:
        book.batch_update({"requests": requests}, call.user, call.user)
    return linked(shelf, book.resource())


def _first_requests(properties: Json, sheets: list[Json]) -> list[Json]:
    """How a fresh spreadsheet becomes the one that is asked for."""
    fields = ",".join(name for name in properties if name != "title")
    change = {"properties": properties, "fields": fields}
    requests = [{"updateSpreadsheetProperties": change}] if fields else []
    wanted = [{"addSheet": {"properties": one.get("properties", {})}} for one in sheets]
    return [*requests, *wanted, {"deleteSheet": {"sheetId": 0}}] if wanted else requests


def _book(file: File) -> Spreadsheet:
    if file.book is None:
        raise refusals.no_such_file(file.id)
    return file.book


def linked(shelf: Shelf, resource: Json) -> Json:
    """The spreadsheet's own address leads to where it can be opened."""
    if not shelf.place:
        return resource
    return resource | {"spreadsheetUrl": resource["spreadsheetUrl"].replace(GOOGLES_PLACE, shelf.place)}


def got(shelf: Shelf, call: Call) -> Json:
    """``spreadsheets.get``; a mask that asks for cells stands for ``includeGridData``."""
    file, book = shelf.book(call.places["spreadsheetId"], call.user, Power.READ)
    mask = call.param("fields")
    cells = wants(mask, "sheets", "data") if mask else call.flag("includeGridData")
    looks = wants(mask, *_LOOKS) if mask else cells
    told = book.resource(
        call.params("ranges"), grid_data=cells, looks=looks, user=call.user, owner=file.owner
    )
    return linked(shelf, told)


def got_by_filter(shelf: Shelf, call: Call) -> Json:
    file, book = shelf.book(call.places["spreadsheetId"], call.user, Power.READ)
    return linked(shelf, book.resource_by_data_filter(call.body, user=call.user, owner=file.owner))


def changed(shelf: Shelf, call: Call) -> Json:
    """``spreadsheets.batchUpdate``: all of it or nothing."""
    file, book = shelf.book(call.places["spreadsheetId"], call.user, Power.WRITE)
    answer = book.batch_update(call.body, call.user, file.owner)
    file.name = book.title
    shelf.changed(file, call.user, content=True)
    return answer


def sheet_copied(shelf: Shelf, call: Call) -> Json:
    _, book = shelf.book(call.places["spreadsheetId"], call.user, Power.READ)
    file, other = shelf.book(call.body.get("destinationSpreadsheetId", ""), call.user, Power.WRITE)
    properties = book.copy_sheet_to(int(call.places["sheetId"]), other)
    shelf.changed(file, call.user, content=True)
    return properties


def reading(read: Callable[[Spreadsheet, Call], Json]) -> Callable[[Shelf, Call], Json]:
    """A method that only looks."""

    def deed(shelf: Shelf, call: Call) -> Json:
        return read(shelf.book(call.places["spreadsheetId"], call.user, Power.READ)[1], call)

    return deed


def writing(write: Callable[[Spreadsheet, Call, str], Json]) -> Callable[[Shelf, Call], Json]:
    """A method that changes values; it is given the owner, who passes every protection."""

    def deed(shelf: Shelf, call: Call) -> Json:
        file, book = shelf.book(call.places["spreadsheetId"], call.user, Power.WRITE)
        answer = write(book, call, file.owner)
        shelf.changed(file, call.user, content=True)
        return answer

    return deed


def _where(call: Call) -> str:
    return call.places["range"]


DEEDS: Final[Mapping[str, Callable[[Shelf, Call], Json]]] = {
    "spreadsheets.create": created,
    "spreadsheets.get": got,
    "spreadsheets.getByDataFilter": got_by_filter,
    "spreadsheets.batchUpdate": changed,
    "spreadsheets.sheets.copyTo": sheet_copied,
    "spreadsheets.developerMetadata.get": reading(
        lambda book, call: book.get_metadata(int(call.places["metadataId"]))
    ),
    "spreadsheets.developerMetadata.search": reading(lambda book, call: book.search_metadata(call.body)),
    "spreadsheets.values.get": reading(lambda book, call: book.values_get(_where(call), call.options())),
    "spreadsheets.values.batchGet": reading(
        lambda book, call: book.values_batch_get(call.params("ranges"), call.options())
    ),
    "spreadsheets.values.batchGetByDataFilter": reading(
        lambda book, call: book.values_batch_get_by_data_filter(call.body)
    ),
    "spreadsheets.values.update": writing(
        lambda book, call, owner: book.values_update(
            _where(call), call.body, call.options(), call.user, owner
        )
    ),
    "spreadsheets.values.append": writing(
        lambda book, call, owner: book.values_append(
            _where(call), call.body, call.options(), call.user, owner
        )
    ),
    "spreadsheets.values.clear": writing(
        lambda book, call, owner: book.values_clear(_where(call), call.user, owner)
    ),
    "spreadsheets.values.batchUpdate": writing(
        lambda book, call, owner: book.values_batch_update(call.body, call.user, owner)
    ),
    "spreadsheets.values.batchUpdateByDataFilter": writing(
        lambda book, call, owner: book.values_batch_update_by_data_filter(call.body, call.user, owner)
    ),
    "spreadsheets.values.batchClear": writing(
        lambda book, call, owner: book.values_batch_clear(call.body, call.user, owner)
    ),
    "spreadsheets.values.batchClearByDataFilter": writing(
        lambda book, call, owner: book.values_batch_clear_by_data_filter(call.body, call.user, owner)
    ),
}
