"""A spreadsheet as its API shows it: read, changed all at once or not at all, copied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sheetsync_emulator import requests_sheets, values_api
from sheetsync_emulator.book import Book, shown_range
from sheetsync_emulator.formulas import Calculation
from sheetsync_emulator.protection import Author
from sheetsync_emulator.ranges import Box
from sheetsync_emulator.rendering import wish_of
from sheetsync_emulator.requests_all import carried_out
from sheetsync_emulator.resources import Telling, wanted_areas
from sheetsync_emulator.sheet import Sheet
from sheetsync_emulator.trouble import missing
from sheetsync_emulator.values import Json

Params = Mapping[str, str]
"""Query parameters of a request (or the options in its body)."""


class Spreadsheet:
    """Methods are those of the service; ``user`` asks, ``owner`` owns. What is given is only to be read."""

    def __init__(self, id: str, title: str, next_id: Callable[[], int]) -> None:  # noqa: A002
        self.id = id
        self._book = Book(title, next_id)
        self._calculation = Calculation(self._book)

    @property
    def title(self) -> str:
        return str(self._book.properties["title"])

    @title.setter
    def title(self, title: str) -> None:
        self._book.properties = self._book.properties | {"title": title}

    # --- the whole ------------------------------------------------------------------------------

    def resource(
        self,
        ranges: Sequence[str] = (),
        *,
        grid_data: bool = False,
        looks: bool = False,
        user: str | None = None,
        owner: str | None = None,
    ) -> Json:
        """``spreadsheets.get`` before the field mask; without ``user`` as its owner sees it.

        ``looks`` = cells come with ``effectiveFormat``: also what conditional formats make of them.
        """
        areas = [self._book.locate(text)[:2] for text in ranges]
        return self._told(areas if ranges else None, _reader(user, owner), grid_data=grid_data, looks=looks)

    def resource_by_data_filter(
        self, body: Json, *, user: str | None = None, owner: str | None = None
    ) -> Json:
        """``spreadsheets.getByDataFilter`` before the field mask."""
        filters = body.get("dataFilters") or []
        areas = [area for one in filters for area in self._book.filtered(one)]
        grid_data = bool(body.get("includeGridData"))
        return self._told(areas if filters else None, _reader(user, owner), grid_data=grid_data)

    @property
    def titles(self) -> tuple[str, ...]:
        """Sheets in their order."""
        return tuple(sheet.title for sheet in self._book.sheets)

    def _told(
        self,
        areas: Sequence[tuple[Sheet, Box]] | None,
        reader: Author | None,
        *,
        grid_data: bool,
        looks: bool = False,
    ) -> Json:
        wanted = None if areas is None else wanted_areas(areas)
        telling = Telling(self._book, self._calculation, reader, looks)
        told = telling.resource(wanted, grid_data=grid_data)
        address = f"https://docs.google.com/spreadsheets/d/{self.id}/edit"
        return {"spreadsheetId": self.id} | told | {"spreadsheetUrl": address}

    def copied(self, id: str, title: str) -> Spreadsheet:  # noqa: A002
        """A copy with all that is in it, under another id."""
        twin = Spreadsheet(id, title, self._book.next_id)
        twin._settle(self._book.copy())
        twin.title = title
        return twin

    def copy_sheet_to(self, sheet_id: int, other: Spreadsheet) -> Json:
        """``sheets.copyTo``: a sheet at the end of another spreadsheet; gives its properties."""
        draft = other._book.copy()
        properties = requests_sheets.copied_to(self._book.sheet(sheet_id), draft)
        other._settle(draft)
        return properties

    # --- changes --------------------------------------------------------------------------------

    def batch_update(self, body: Json, user: str, owner: str) -> Json:
        """``spreadsheets.batchUpdate``: all of the requests, or ``ApiError`` and nothing."""
        draft = self._book.copy()
        replies = carried_out(draft, body.get("requests") or [], Author(user, owner))
        self._settle(draft)
        answer: Json = {"spreadsheetId": self.id, "replies": replies}
        if body.get("includeSpreadsheetInResponse"):
            answer["updatedSpreadsheet"] = self.resource(
                body.get("responseRanges") or (),
                grid_data=bool(body.get("responseIncludeGridData")),
                user=user,
                owner=owner,
            )
        return answer

    def _settle(self, draft: Book) -> None:
        """The draft is the spreadsheet now."""
        self._book = draft
        self._calculation = Calculation(draft)

    # --- metadata -------------------------------------------------------------------------------

    def search_metadata(self, body: Json) -> Json:
        """``developerMetadata.search``."""
        found = [
            {"developerMetadata": mark.resource(), "dataFilters": [one]}
            for one in body.get("dataFilters") or []
            for mark in self._book.found_marks(one)
        ]
        return _if_any(matchedDeveloperMetadata=found)

    def get_metadata(self, metadata_id: int) -> Json:
        """``developerMetadata.get``."""
        for mark in self._book.marks:
            if mark.id == metadata_id:
                return mark.resource()
        raise missing()

    # --- values, reading ------------------------------------------------------------------------

    def values_get(self, range: str, params: Params) -> Json:  # noqa: A002
        sheet, box, _ = self._book.locate(range)
        return values_api.read(self._calculation, sheet, box, wish_of(params))

    def values_batch_get(self, ranges: Sequence[str], params: Params) -> Json:
        return {
            "spreadsheetId": self.id,
            "valueRanges": [self.values_get(one, params) for one in ranges],
        }

    def values_batch_get_by_data_filter(self, body: Json) -> Json:
        found = [
            {
                "valueRange": values_api.read(self._calculation, sheet, box, wish_of(body)),
                "dataFilters": [one],
            }
            for one in body.get("dataFilters") or []
            for sheet, box in self._book.filtered(one)
        ]
        return {"spreadsheetId": self.id} | _if_any(valueRanges=found)

    # --- values, writing ------------------------------------------------------------------------

    def values_update(self, range: str, body: Json, params: Params, user: str, owner: str) -> Json:  # noqa: A002
        writing = self._writing(params, user, owner)
        sheet, box, is_bounded = writing.book.locate(range)
        written = values_api.write(writing, sheet, box, values_api.rows_of(body), is_bounded=is_bounded)
        self._settle(writing.book)
        return {"spreadsheetId": self.id} | self._with_values(written, params)

    def values_append(self, range: str, body: Json, params: Params, user: str, owner: str) -> Json:  # noqa: A002
        writing = self._writing(params, user, owner)
        sheet, box, _ = writing.book.locate(range)
        insert = params.get("insertDataOption") == "INSERT_ROWS"
        rows = values_api.rows_of(body)
        written, table = values_api.append(writing, sheet, box, rows, insert=insert)
        self._settle(writing.book)
        updates = {"spreadsheetId": self.id} | self._with_values(written, params)
        answer: Json = {"spreadsheetId": self.id, "updates": updates}
        return answer | ({"tableRange": table} if table else {})

    def values_batch_update(self, body: Json, user: str, owner: str) -> Json:
        writing = self._writing(body, user, owner)
        written = []
        for one in body.get("data") or []:
            sheet, box, is_bounded = writing.book.locate(one.get("range", ""))
            rows = values_api.rows_of(one)
            written.append(values_api.write(writing, sheet, box, rows, is_bounded=is_bounded))
        self._settle(writing.book)
        responses = [{"spreadsheetId": self.id} | self._with_values(one, body) for one in written]
        return {"spreadsheetId": self.id} | values_api.totals(written) | _if_any(responses=responses)

    def values_batch_update_by_data_filter(self, body: Json, user: str, owner: str) -> Json:
        writing = self._writing(body, user, owner)
        written = [
            (
                one["dataFilter"],
                values_api.write(writing, sheet, box, values_api.rows_of(one), is_bounded=True),
            )
            for one in body.get("data") or []
            for sheet, box in writing.book.filtered(one["dataFilter"])
        ]
        self._settle(writing.book)
        responses = [{"dataFilter": where} | self._with_values(one, body) for where, one in written]
        totals = values_api.totals([one for _, one in written])
        return {"spreadsheetId": self.id} | totals | _if_any(responses=responses)

    def values_clear(self, range: str, user: str, owner: str) -> Json:  # noqa: A002
        return {"spreadsheetId": self.id, "clearedRange": self._cleared([range], user, owner)[0]}

    def values_batch_clear(self, body: Json, user: str, owner: str) -> Json:
        return {
            "spreadsheetId": self.id,
            "clearedRanges": self._cleared(body.get("ranges") or [], user, owner),
        }

    def values_batch_clear_by_data_filter(self, body: Json, user: str, owner: str) -> Json:
        areas = [area for one in body.get("dataFilters") or [] for area in self._book.filtered(one)]
        texts = [shown_range(sheet, box) for sheet, box in areas]
        return {"spreadsheetId": self.id, "clearedRanges": self._cleared(texts, user, owner)}

    def _cleared(self, ranges: Sequence[str], user: str, owner: str) -> list[str]:
        draft = self._book.copy()
        cleared = [values_api.clear(*draft.locate(text)[:2], Author(user, owner)) for text in ranges]
        self._settle(draft)
        return cleared

    def _writing(self, params: Params, user: str, owner: str) -> values_api.Writing:
        typed = values_api.as_typed(params.get("valueInputOption"))
        return values_api.Writing(self._book.copy(), Author(user, owner), typed)

    def _with_values(self, written: values_api.Written, params: Params) -> Json:
        """What an answer tells of a write, with the values that stand there now if they are asked for."""
        if str(params.get("includeValuesInResponse", "")).lower() != "true":
            return written.answer
        wish = wish_of(
            {
                "valueRenderOption": params.get("responseValueRenderOption", ""),
                "dateTimeRenderOption": params.get("responseDateTimeRenderOption", ""),
            }
        )
        values = values_api.read(self._calculation, written.sheet, written.box, wish)
        return written.answer | {"updatedData": values}


def _reader(user: str | None, owner: str | None) -> Author | None:
    return None if user is None else Author(user, owner or "")


def _if_any(**lists: list[Json]) -> Json:
    """Lists of an answer; an empty one is not told."""
    return {name: found for name, found in lists.items() if found}
