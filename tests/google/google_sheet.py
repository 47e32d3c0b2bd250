"""A form as it stands in Google, and a school that fills it: the answers Google gives about it.

    sheet = GoogleSheet.of(form)
    sheet.type("1.1", "status", text("выполнено"))
    snapshot_bytes(sheet.answer())

Cells are what Google sends for them, made by hand from its documentation. Formulas of the form show
what they would show after the school has typed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from msgspec.structs import replace

from sheetsync.columns import FORM_SHEET, REPORT, FormCell
from sheetsync.forms.checking import check_of, progress_of
from sheetsync.grid import Area, Book, Cell, Sheet, Visibility, area, position
from sheetsync.workbooks.copies import open_copy

Json = dict[str, Any]
Place = tuple[str, int, int]
SPARE_ROWS = 50


# --- what Google says of one cell ---------------------------------------------------------------


def text(words: str, **beside: Any) -> Json:
    said = {"stringValue": words}
    return {"userEnteredValue": said, "effectiveValue": dict(said), "formattedValue": words, **beside}


def number(value: float, shown: str = "", kind: str = "", pattern: str = "") -> Json:
    """A number; with a ``kind`` of format when Google gave it one as it was typed."""
    said = {"numberValue": value}
    cell = {"userEnteredValue": said, "effectiveValue": dict(said), "formattedValue": shown or str(value)}
    if kind:
        told = {"numberFormat": {"type": kind, **({"pattern": pattern} if pattern else {})}}
        cell |= {"userEnteredFormat": told, "effectiveFormat": deepcopy(told)}
    return cell


def day(value: date, shown: str = "") -> Json:
    """A date as a person types it: Google stores a number and makes its format a date's."""
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    if moment.time() == time():
        return number(int(serial), shown or f"{moment:%d.%m.%Y}", "DATE", "dd.mm.yyyy")
    return number(serial, shown or f"{moment:%d.%m.%Y %H:%M}", "DATE_TIME", "dd.mm.yyyy hh:mm")


def truth(*, value: bool) -> Json:
    said = {"boolValue": value}
    return {"userEnteredValue": said, "effectiveValue": dict(said), "formattedValue": str(value).upper()}


def formula(written: str, shown: Json) -> Json:
    return {**shown, "userEnteredValue": {"formulaValue": written}}


def error(kind: str, written: str, shown: str) -> Json:
    said = {"errorValue": {"type": kind, "message": "Ссылка не существует."}}
    return formula(written, {"effectiveValue": said, "formattedValue": shown})


def chip(shown: str, uri: str = "", email: str = "") -> Json:
    """A smart chip: a file of Drive or a person; the value behind it is a placeholder."""
    inside = (
        {"richLinkProperties": {"uri": uri}}
        if uri
        else {"personProperties": {"email": email, "displayFormat": "DEFAULT"}}
    )
    return text("@") | {"formattedValue": shown, "chipRuns": [{"chip": inside}, {"startIndex": 1}]}


def runs(words: str, *links: tuple[str, str]) -> Json:
    """Words of which some are links: (the words, where they lead)."""
    found: list[Json] = []
    for said, uri in links:
        at = words.index(said)
        found += [
            {"startIndex": at, "format": {"link": {"uri": uri}}},
            {"startIndex": at + len(said), "format": {}},
        ]
    return text(words, textFormatRuns=found)


# --- the sheet ----------------------------------------------------------------------------------


@dataclass
class GoogleSheet:
    """A spreadsheet made of a form, cell by cell; ``is_protected`` as the office left it."""

    book: Book
    cells: dict[Place, Json] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    hidden_rows: set[Place] = field(default_factory=set)
    is_protected: bool = True

    @classmethod
    def of(cls, form: bytes) -> GoogleSheet:
        book = open_copy(form, "форма.xlsx").book
        assert book
        cells = {
            (sheet.name, *at): _as_google(cell) for sheet in book.sheets for at, cell in sheet.cells.items()
        }
        return cls(book, cells)

    # --- what a person does

    def put(self, sheet: str, place: str, cell: Json) -> None:
        self.cells[(sheet, *position(place))] = cell

    def type(self, number: str, column: str, cell: Json) -> None:
        """Type into an answer's cell: the row by its number, the column by its key."""
        self.cells[(FORM_SHEET, self.row_of(number), self.column_of(column))] = cell

    def fill(self, answers: Mapping[str, Mapping[str, Any]]) -> None:
        """Answers by number as the tests of files give them."""
        for number, answer in answers.items():
            for column, value in answer.items():
                self.type(number, column, day(value) if isinstance(value, date) else text(value))

    def delete_row(self, number: str) -> None:
        self._shift(self.row_of(number), -1)

    def insert_row_above(self, number: str) -> int:
        row = self.row_of(number)
        self._shift(row, 1)
        return row

    def swap_rows(self, one: str, other: str) -> None:
        """Two rows change places, as sorting does."""
        rows = self.row_of(one), self.row_of(other)
        turned = {rows[0]: rows[1], rows[1]: rows[0]}
        self.cells = {
            (sheet, turned.get(row, row) if sheet == FORM_SHEET else row, column): cell
            for (sheet, row, column), cell in self.cells.items()
        }

    def copy_tab(self, title: str) -> None:
        """The tab «Отчёт» once more, under another name; names stay with the first."""
        own = self.book.sheet(FORM_SHEET)
        assert own
        self.book = replace(self.book, sheets=(*self.book.sheets, dataclasses.replace(own, name=title)))
        self.cells |= {
            (title, *at[1:]): deepcopy(cell) for at, cell in self.cells.items() if at[0] == FORM_SHEET
        }

    def add_tab(self, title: str) -> None:
        self.book = replace(self.book, sheets=(*self.book.sheets, Sheet(title)))

    def row_of(self, number: str) -> int:
        key = self.column_of("key")
        return next(
            row
            for (sheet, row, column), cell in self.cells.items()
            if sheet == FORM_SHEET
            and column == self.column_of("number")
            and cell.get("formattedValue") == number
            and (FORM_SHEET, row, key) in self.cells
        )

    def column_of(self, key: str) -> int:
        table = next(one for one in self.book.tables if one.name == REPORT.name)
        return table.area.left + table.columns.index(REPORT.column(key).header)

    def _shift(self, row: int, step: int) -> None:
        lost = row if step < 0 else 0
        self.cells = {
            (sheet, at + step if sheet == FORM_SHEET and at >= row else at, column): cell
            for (sheet, at, column), cell in self.cells.items()
            if (sheet, at) != (FORM_SHEET, lost)
        }
        tables = [
            replace(one, area=replace(one.area, bottom=one.area.bottom + step))
            if one.sheet == FORM_SHEET
            else one
            for one in self.book.tables
        ]
        self.book = replace(self.book, tables=tuple(tables))

    # --- what Google answers

    def answer(self) -> Json:
        self._calculate()
        return {
            "properties": {"title": "S01 Липовская СОШ", "locale": "ru_RU", "timeZone": "Europe/Moscow"},
            "sheets": [self._sheet(index, one) for index, one in enumerate(self.book.sheets)],
            "namedRanges": [
                *(self._named(name, *_target(where)) for name, where in self.book.names.items()),
                *(self._named(one.name, one.sheet, one.area) for one in self.book.tables),
            ],
        }

    def _named(self, name: str, sheet: str, place: Area) -> Json:
        return {"name": name, "range": _range(place, self._id(sheet))}

    def _id(self, sheet: str) -> int:
        return 100 * [one.name for one in self.book.sheets].index(sheet)

    def _sheet(self, index: int, sheet: Sheet) -> Json:
        own = {at[1:]: cell for at, cell in self.cells.items() if at[0] == sheet.name}
        rows = max((row for row, _ in own), default=0) + SPARE_ROWS
        columns = max((column for _, column in own), default=0) + 3
        grid = [
            {"values": [own.get((row, column), {}) for column in range(1, columns + 1)]}
            for row in range(1, rows + 1)
        ]
        hidden = {row for name, row, _ in self.hidden_rows if name == sheet.name}
        properties: Json = {
            "sheetId": self._id(sheet.name),
            "title": self.titles.get(sheet.name, sheet.name),
            "index": index,
        }
        if sheet.visibility is not Visibility.VISIBLE:
            properties["hidden"] = True
        return {
            "properties": {**properties, "gridProperties": {"rowCount": rows, "columnCount": columns}},
            "merges": [_range(one, self._id(sheet.name)) for one in sheet.merges],
            "protectedRanges": [{"range": {"sheetId": self._id(sheet.name)}}] if self.is_protected else [],
            "data": [
                {
                    "rowData": grid,
                    "rowMetadata": [
                        {"hiddenByFilter": True} if row in hidden else {} for row in range(1, rows + 1)
                    ],
                    "columnMetadata": [
                        {"hiddenByUser": True} if column in sheet.hidden_columns else {}
                        for column in range(1, columns + 1)
                    ],
                }
            ],
        }

    def _calculate(self) -> None:
        """Show in «Проверка» and in the progress line what their formulas now give."""
        checks = []
        keyed = [at for at in self.cells if at[0] == FORM_SHEET and at[2] == self.column_of("check")]
        for _, row, column in keyed:
            cell = self.cells[FORM_SHEET, row, column]
            if "formulaValue" not in cell.get("userEnteredValue", {}):
                continue
            said = {
                key: self.cells.get((FORM_SHEET, row, self.column_of(key)), {}).get("formattedValue", "")
                for key in REPORT.keys
            }
            checks.append(check_of(said))
            self._show(cell, checks[-1])
        sheet, place = _target(self.book.names[FormCell.PROGRESS])
        self._show(self.cells[sheet, place.top, place.left], progress_of(checks))

    @staticmethod
    def _show(cell: Json, words: str) -> None:
        cell |= {"effectiveValue": {"stringValue": words}, "formattedValue": words}


def _as_google(cell: Cell) -> Json:
    """A cell of the issued form as the translator would have put it there."""
    match cell.value:
        case bool(value):
            made = truth(value=value)
        case int(value) | float(value):
            made = number(value)
        case date() as value:
            made = day(value)
        case _:
            made = text(cell.text) if cell.text else {}
    if cell.formula is not None:
        made = formula(f"={cell.formula}", made)
    if cell.links:
        made["hyperlink"] = cell.links[0]
    if cell.comment:
        made["note"] = cell.comment
    return made


def _target(reference: str) -> tuple[str, Area]:
    sheet, _, place = reference.rpartition("!")
    return sheet.strip("'"), area(place)


def _range(place: Area, sheet: int) -> Json:
    return {
        **({"sheetId": sheet} if sheet else {}),
        "startRowIndex": place.top - 1,
        "endRowIndex": place.bottom,
        "startColumnIndex": place.left - 1,
        "endColumnIndex": place.right,
    }
