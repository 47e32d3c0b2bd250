"""A campaign in review: the coordinator writes decisions, schools see remarks and change their sheets.

story.decide("S01", "1.1", "на доработку", "Приложите приказ")
story.return_remarks()
story.shown("S01", "1.1")["remark"]
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from google_campaign import GOOD, Story, email, new_campaign
from google_district import GoogleDistrict

from sheetsync import campaign, store
from sheetsync.campaign import ReturnResult
from sheetsync.campaign.files import journal_of
from sheetsync.columns import ENTRIES, FORM_SHEET, REPORT, FormCell, Owner
from sheetsync.grid import Sheet
from sheetsync.model import Consolidation, Event, JournalLine
from sheetsync.text import skeleton
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.google.port import Json, Request
from sheetsync.workbooks.google.snapshot import snapshot_bytes
from sheetsync.workbooks.google.workbook import GoogleWorkbook
from sheetsync.workbooks.port import Out, TableBody, TableRows, Workbook
from sheetsync_emulator.faults import Fault, meanwhile
from sheetsync_emulator.shelf import Shelf

READS = "GET /v4/spreadsheets/"
WRITES = "POST .*:batchUpdate"
_ANSWERS = [one.key for one in REPORT.columns if one.owner is Owner.SCHOOL]
_DECIDED = ("participant", "key", "decision", "remark")


@dataclass
class Moment:
    """A campaign and its Google as they were, to begin from again and again."""

    story: Review
    shelf: Shelf

    @classmethod
    def of(cls, story: Review) -> Moment:
        return cls(story, deepcopy(story.district.emulator.shelf))

    def again(self, folder: Path) -> Review:
        emulator = self.story.district.emulator
        emulator.shelf = deepcopy(self.shelf)
        emulator.shelf.clock = emulator.clock
        emulator.log.clear()
        emulator.faults.clear()
        return Review(self.story.district, Path(shutil.copytree(self.story.place, folder / "again")))


@dataclass(frozen=True)
class Report:
    """The table of answers of a sheet as it stands in Google now."""

    id: int
    sheet: Sheet
    header: int
    columns: Mapping[str, int]

    def rows(self) -> list[dict[str, str]]:
        """Rows with a key, top to bottom; ``at`` is where."""
        found = []
        for row, _ in self.sheet.rows():
            said = {key: self.sheet.at(row, column).text for key, column in self.columns.items()}
            if row > self.header and said["key"]:
                found.append({**said, "at": str(row)})
        return found

    def row(self, number: str) -> int:
        return next(int(one["at"]) for one in self.rows() if one["number"] == number)


class Review(Story):
    """The story of remarks."""

    @classmethod
    def begun(cls, district: GoogleDistrict, folder: Path, schools: int = 2, **settings: str) -> Review:
        """All schools have answered, and the свод is collected."""
        story = cls(district, new_campaign(folder, schools))
        story.by_google(**settings)
        story.issue()
        for code in sorted(story.sheets()):
            story.fill_at_once(code)
        story.tick("S01")
        story.later(20)
        story.consolidate()
        district.emulator.log.clear()
        return story

    # --- the coordinator

    def return_remarks(self) -> ReturnResult:
        return campaign.return_remarks(self.place, self.now, google=self.office)

    def decide(self, code: str, number: str, decision: str, remark: str) -> None:
        """Write beside a row of «Исполнение» in the book."""
        book = ExcelFile.from_bytes(self.campaign.workbook.read_bytes())
        self._decide(book, code, number, decision, remark)
        self.campaign.workbook.write_bytes(book.to_bytes())

    def decide_in_google(self, code: str, number: str, decision: str, remark: str) -> None:
        """The same in the district spreadsheet."""
        file = self.district_file()
        book = GoogleWorkbook.opened(self.district.office, file)
        self._decide(book, code, number, decision, remark)
        book.commit(self.district.office, file)

    def _decide(self, book: Workbook, code: str, number: str, decision: str, remark: str) -> None:
        name = next(one.short_name for one in self.plan.participants if one.code == code)
        headers = tuple(ENTRIES.column(key).header for key in _DECIDED)
        rows = []
        for one in _records(book.read_table(ENTRIES.name)):
            is_it = (one["participant"], one["number"]) == (name, number)
            told = (decision, remark) if is_it else (one["decision"], one["remark"])
            rows.append(tuple(Out(text) for text in (one["participant"], one["key"], *told)))
        book.replace_table(ENTRIES.name, TableBody(headers, tuple(rows), headers[:2]))

    def add_up(self) -> Consolidation:
        """Collect twenty minutes later: nothing a school wrote is unaccounted for."""
        self.later(20)
        found = self.consolidate().consolidation
        assert [one.unaccounted for one in found.ledger] == [0] * len(found.ledger)
        return found

    def told(self, code: str, found: Consolidation) -> set[str]:
        return {one.code for one in found.findings if one.participant == code}

    def info(self, code: str, found: Consolidation, number: str = "1.1") -> str:
        (key,) = [row.key for row in found.plan.rows if row.number == number]
        (entry,) = [one.entry for one in found.outcomes if (one.participant, one.activity) == (code, key)]
        return entry.text("info") if entry else ""

    def published(self, code: str, number: str) -> dict[str, str]:
        """A row of «Исполнение» in the district spreadsheet."""
        book = GoogleWorkbook.opened(self.district.office, self.district_file())
        name = next(one.short_name for one in self.plan.participants if one.code == code)
        records = _records(book.read_table(ENTRIES.name))
        return next(one for one in records if (one["participant"], one["number"]) == (name, number))

    def lines(self, event: Event) -> list[JournalLine]:
        with journal_of(self.campaign) as journal:
            return [one for one in journal.lines() if one.event is event]

    def district_file(self) -> str:
        with journal_of(self.campaign) as journal:
            return journal.published.file(self.plan.plan_id) or ""

    # --- a school

    def report(self, code: str) -> Report:
        """The table of answers, wherever it is and whatever the tab is called."""
        return self.report_in(self.answer(code))

    def report_in(self, answer: Json) -> Report:
        book = open_copy(snapshot_bytes(answer), "").book
        assert book is not None
        ids = {one["properties"]["title"]: one["properties"]["sheetId"] for one in answer["sheets"]}
        keys = {skeleton(one.header): one.key for one in REPORT.columns}
        for sheet in book.sheets:
            for top, cells in sheet.rows():
                said = {skeleton(cell.text): at for at, cell in cells.items()}
                columns = {keys[word]: at for word, at in said.items() if word in keys}
                if len(columns) >= len(keys) - 1:
                    return Report(ids[sheet.name], sheet, top, columns)
        raise LookupError

    def remarks(self, code: str) -> dict[str, list[str]]:
        """What stands in the column of remarks, by the number of the row."""
        found: dict[str, list[str]] = {}
        for row in self.report(code).rows():
            found.setdefault(row["number"], []).append(row["remark"])
        return found

    def answers(self, code: str) -> dict[str, list[str]]:
        return {row["key"]: [row[key] for key in _ANSWERS] for row in self.report(code).rows()}

    def above(self, code: str) -> list[str]:
        """Everything said above the table but the tick."""
        report = self.report(code)
        cells = sorted(report.sheet.cells.items())
        return [cell.text for (row, _), cell in cells if row < report.header and cell.text not in {"", "да"}]

    def fill_at_once(self, code: str) -> None:
        """A diligent school: every row, in one go."""
        report = self.report(code)
        start = {"sheetId": report.id, "rowIndex": 0, "columnIndex": 0}
        requests = [
            {
                "updateCells": {
                    "start": {
                        **start,
                        "rowIndex": int(row["at"]) - 1,
                        "columnIndex": report.columns[key] - 1,
                    },
                    "rows": [{"values": [{"userEnteredValue": {"stringValue": text}}]}],
                    "fields": "userEnteredValue",
                }
            }
            for row in report.rows()
            for key, text in GOOD.items()
        ]
        self.district.as_user(email(code)).write(self.sheets()[code].file, requests)

    def tick(self, code: str) -> None:
        """«Отчёт готов»."""
        cells = [{"values": [{"userEnteredValue": {"stringValue": "да"}}]}]
        request = {
            "updateCells": {"range": _tick(self.answer(code)), "rows": cells, "fields": "userEnteredValue"}
        }
        self.district.as_user(email(code)).write(self.sheets()[code].file, [request])

    def is_ticked(self, code: str) -> bool:
        return self.is_ticked_in(self.answer(code))

    def is_ticked_in(self, answer: Json) -> bool:
        place = _tick(answer)
        at = place["startRowIndex"] + 1, place["startColumnIndex"] + 1
        return bool(self.report_in(answer).sheet.at(*at).text)

    def colour(self, code: str, number: str, key: str) -> Json:
        """How Google shows a cell, rules that are met included."""
        report = self.report(code)
        fields = (
            "sheets(properties(sheetId),data(rowData(values(effectiveFormat(backgroundColor,textFormat)))))"
        )
        answer = self.district.office.read(self.sheets()[code].file, fields)
        (data,) = [
            one["data"] for one in answer["sheets"] if one["properties"].get("sheetId", 0) == report.id
        ]
        cell = data[0]["rowData"][report.row(number) - 1]["values"][report.columns[key] - 1]
        return dict(cell.get("effectiveFormat", {}))

    def send_file(self, code: str, number: str, **answers: str) -> None:
        """A school sends the table it filled as a file of Excel."""
        form = store.read_original(self.campaign, self.sheets()[code].form)
        assert form is not None
        book = openpyxl.load_workbook(io.BytesIO(form))
        sheet = book[FORM_SHEET]
        report = self.report(code)
        for key, value in answers.items():
            sheet.cell(report.row(number), report.columns[key], value)
        book.save(self.place / store.RECEIVED_FOLDER / f"{code}.xlsx")

    # --- somebody who may do everything with a sheet

    def change(self, code: str, *requests: Request) -> None:
        self.district.office.write(self.sheets()[code].file, list(requests))

    def unprotect(self, code: str) -> None:
        file = self.sheets()[code].file
        answer = self.district.office.read(file, "sheets(protectedRanges(protectedRangeId))")
        found = [one for sheet in answer["sheets"] for one in sheet.get("protectedRanges", ())]
        self.change(
            code,
            *({"deleteProtectedRange": {"protectedRangeId": one["protectedRangeId"]}} for one in found),
        )

    def rename(self, code: str, title: str) -> None:
        told = {"sheetId": self.report(code).id, "title": title}
        self.change(code, {"updateSheetProperties": {"properties": told, "fields": "title"}})

    def move_row(self, code: str, number: str, before: str) -> None:
        report = self.report(code)
        self._move(code, report.id, "ROWS", report.row(number), report.row(before))

    def move_column(self, code: str, key: str, before: str) -> None:
        report = self.report(code)
        self._move(code, report.id, "COLUMNS", report.columns[key], report.columns[before])

    def insert_row(self, code: str, before: str) -> None:
        self.insert_lines(code, self.report(code).row(before) - 1, "ROWS")

    def insert_column(self, code: str, before: str) -> None:
        self.insert_lines(code, self.report(code).columns[before] - 1, "COLUMNS")

    def insert_lines(self, code: str, at: int, dimension: str) -> None:
        place = _lines(self.report(code).id, dimension, at)
        self.change(code, {"insertDimension": {"range": place, "inheritFromBefore": at > 0}})

    def delete_row(self, code: str, number: str) -> None:
        report = self.report(code)
        self._delete(code, report.id, "ROWS", report.row(number))

    def delete_column(self, code: str, key: str) -> None:
        report = self.report(code)
        self._delete(code, report.id, "COLUMNS", report.columns[key])

    def copy_row(self, code: str, number: str) -> None:
        """A copy of a row under it, its key too."""
        report = self.report(code)
        row, width = report.row(number), max(report.columns.values())
        self.insert_lines(code, row, "ROWS")
        copy = {"source": _row(report.id, row, width), "destination": _row(report.id, row + 1, width)}
        self.change(code, {"copyPaste": {**copy, "pasteType": "PASTE_NORMAL"}})

    def _move(self, code: str, sheet: int, dimension: str, line: int, before: int) -> None:
        place = {"source": _lines(sheet, dimension, line - 1), "destinationIndex": before - 1}
        self.change(code, {"moveDimension": place})

    def _delete(self, code: str, sheet: int, dimension: str, line: int) -> None:
        self.change(code, {"deleteDimension": {"range": _lines(sheet, dimension, line - 1)}})


def unsettled(story: Review, code: str, number: str) -> Fault:
    """A row is inserted before each of our writings."""
    inserting = {"is": False}

    def insert() -> None:
        if not inserting["is"]:
            inserting["is"] = True
            story.insert_row(code, number)
            inserting["is"] = False

    return meanwhile(WRITES, insert, times=99)


def _records(table: TableRows) -> list[dict[str, str]]:
    keys = {one.header: one.key for one in ENTRIES.columns}
    return [
        {keys[header]: cell.text for header, cell in zip(table.headers, row, strict=True) if header in keys}
        for row in table.rows
    ]


def _tick(answer: Json) -> Json:
    names = {one["name"]: one["range"] for one in answer["namedRanges"]}
    return dict(names[FormCell.READY])


def _lines(sheet: int, dimension: str, at: int) -> Json:
    return {"sheetId": sheet, "dimension": dimension, "startIndex": at, "endIndex": at + 1}


def _row(sheet: int, row: int, width: int) -> Json:
    return {
        "sheetId": sheet,
        "startRowIndex": row - 1,
        "endRowIndex": row,
        "startColumnIndex": 0,
        "endColumnIndex": width,
    }
