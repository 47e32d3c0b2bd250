"""A campaign whose schools work in Google, over a district of ``google_district``.

    story = Story(district, place)
    story.issue()
    story.type("S01", "1.1", status="выполнено")     by the school's own account
    story.consolidate()

The coordinator's time is the emulator's clock; a press never sleeps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from google_district import GoogleDistrict, google_district

from sheetsync import campaign, store
from sheetsync.campaign import ConsolidateResult, IssueResult
from sheetsync.campaign.files import journal_of, open_workbook, read_workbook_plan
from sheetsync.columns import FORM_SHEET, PARTICIPANTS, PLAN, REPORT, SETTINGS, TableSpec
from sheetsync.journal import GoogleSheet, Reading
from sheetsync.model import Plan
from sheetsync.settings import YES
from sheetsync.text import skeleton
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.google.port import DriveFile, Google, Json
from sheetsync.workbooks.google.snapshot import SNAPSHOT_FIELDS, snapshot_bytes
from sheetsync.workbooks.port import Out, TableBody

DUE = date(2026, 12, 15)
ORDER = """
ОТДЕЛ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ ТЕНИСТОГО РАЙОНА

ПРИКАЗ

12.01.2026\t№ 8

Об утверждении плана-графика поддержки школ на 2026 год

1. Утвердить план-график поддержки школ на 2026 год.
2. Руководителям школ представить отчёт в срок до 15.12.2026.

План-график поддержки школ Тенистого района на 2026 год

№ п/п\tМероприятия\tСроки\tОтветственные\tОжидаемый результат
1.\tПодготовка\t\t\t
1.1.\tНазначение координатора в каждой школе\tДо 01.02.2026\tОО\tПриказ по школе
1.2.\tСамодиагностика школы по выбранным рискам\tФевраль 2026\tОО\tСправка
2.\tРабота с учениками\t\t\t
2.1.\tДополнительные занятия по математике\tПостоянно\tОО\tРасписание

Список школ:
"""
NAMES = ("Липовская", "Кленовская", "Берёзовская", "Дубовская", "Осиновская",
         "Ольховская", "Вязовская", "Кедровская", "Рябиновская", "Тополёвская")  # fmt: skip
GOOD = {
    "status": "выполнено",
    "info": "Сделано в полном объёме.",
    "document": "приказ № 5 от 30.01.2026",
}


def email(code: str) -> str:
    """The account of a school."""
    return f"{code.lower()}@school.example.org"


def new_campaign(folder: Path, schools: int = 3) -> Path:
    """A campaign of invented schools, nothing issued."""
    folder.mkdir(parents=True, exist_ok=True)
    order = folder / "Приказ № 8.txt"
    listed = ";\n".join(f"{n}. МБОУ «{name} СОШ»" for n, name in enumerate(NAMES[:schools], 1))
    order.write_text(f"{ORDER}{listed}.\n", encoding="utf-8")
    place = folder / "Тенистый 2026"
    campaign.new_campaign(place, order, datetime(2026, 11, 22, 8, 0, tzinfo=UTC))
    return place


@contextmanager
def quick_district(**parts: Any) -> Iterator[GoogleDistrict]:
    """A district without a socket and without a judge: what is sent is judged in the story over sockets."""
    with google_district(in_process=True, **parts) as district:
        judge, district.emulator.judge = district.emulator.judge, None
        yield district
        district.emulator.judge = judge


@dataclass
class Story:
    """One campaign of a district on Google, and everybody who works in it."""

    district: GoogleDistrict
    place: Path

    # --- the coordinator

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.district.clock(), UTC)

    @property
    def campaign(self) -> store.Campaign:
        return store.open_campaign(self.place)

    @property
    def plan(self) -> Plan:
        return read_workbook_plan(open_workbook(self.campaign), 1).plan

    def office(self) -> Google:
        return self.district.office

    def issue(self, **parts: Any) -> IssueResult:
        return campaign.issue_forms(self.place, self.now, google=self.office, **parts)

    def consolidate(self, **parts: Any) -> ConsolidateResult:
        return campaign.consolidate(self.place, DUE, self.now, google=self.office, **parts)

    def later(self, minutes: float) -> None:
        self.district.clock.forward(60 * minutes)

    def participants(self, code: str = "", **cells: str) -> None:
        """Type into «Участники», beside one code or all schools."""
        self._type(PARTICIPANTS, "code", code, cells)

    def settings(self, **values: str) -> None:
        """Choose on «Настройки»."""
        for key, value in values.items():
            self._type(SETTINGS, "key", key, {"value": value})

    def by_google(self, *codes: str, **settings: str) -> None:
        """Schools (all of them, when none is named) work in Google, and Google is switched on."""
        for code in codes or [one.code for one in self.plan.participants if one.code.startswith("S")]:
            self.participants(code, channel="Google", email=email(code))
        self.settings(google=YES, **settings)

    def row(self, code: str) -> dict[str, str]:
        """What «Участники» says of one."""
        table = ExcelFile.from_bytes(self.campaign.workbook.read_bytes()).read_table(PARTICIPANTS.name)
        rows = (dict(zip(PARTICIPANTS.keys, (cell.text for cell in row), strict=True)) for row in table.rows)
        return next(one for one in rows if one["code"] == code)

    def _type(self, spec: TableSpec, key: str, wanted: str, cells: Mapping[str, str]) -> None:
        book = ExcelFile.from_bytes(self.campaign.workbook.read_bytes())
        read = book.read_table(spec.name)
        headers = tuple(spec.column(one).header for one in (key, *cells))
        places = [read.headers.index(header) for header in headers]
        rows = []
        for row in read.rows:
            own, *told = (row[place].text for place in places)
            said = cells.values() if wanted in {"", own} else told
            rows.append(tuple(Out(one) for one in (own, *said)))
        book.replace_table(spec.name, TableBody(headers, tuple(rows), headers[:1]))
        self.campaign.workbook.write_bytes(book.to_bytes())

    def edit_plan(self, change: Callable[[Any], None]) -> None:
        """Change the workbook in another program than ours."""
        book = openpyxl.load_workbook(self.campaign.workbook, keep_vba=True)
        change(book)
        book.save(self.campaign.workbook)
        if book.vba_archive:  # closed late, it complains in the middle of another test
            book.vba_archive.close()

    def word_anew(self, was: str, now: str) -> None:
        """The coordinator words an activity anew: its forms ask something else."""

        def change(book: Any) -> None:
            for row in book[PLAN.sheet].iter_rows():
                for cell in row:
                    if cell.value == was:
                        cell.value = now

        self.edit_plan(change)

    # --- what is remembered

    def sheets(self) -> dict[str, GoogleSheet]:
        with journal_of(self.campaign) as journal:
            return {one.participant: one for one in journal.google.sheets()}

    def readings(self) -> tuple[Reading, ...]:
        with journal_of(self.campaign) as journal:
            return journal.google.readings()

    def shared_with(self, code: str) -> list[str]:
        """Who may write in a school's sheet beside the office."""
        people = self.district.office.permissions(self.sheets()[code].file)
        return sorted(one.email for one in people if one.email != self.district.office.account())

    def files(self) -> tuple[DriveFile, ...]:
        """Every spreadsheet of the campaign on Drive."""
        with journal_of(self.campaign) as journal:
            folder = journal.google.folder(self.plan.plan_id)
        return self.district.office.listed(folder) if folder else ()

    # --- a school

    def shown(self, code: str, number: str) -> dict[str, str]:
        """A row of a school's sheet as it stands in Google."""
        grid, columns, row = self._row(code, number)
        return {key: grid.at(row, column).text for key, column in columns.items()}

    def type(self, code: str, number: str, by: str = "", **answers: str) -> None:
        """A school fills cells of one row, by its own account; a protected one is refused."""
        _, columns, row = self._row(code, number)
        requests = [_typed(self.sheet_id(code), row, columns[key], value) for key, value in answers.items()]
        self.district.as_user(by or email(code)).write(self.sheets()[code].file, requests)

    def fill(self, code: str, **more: str) -> None:
        """A diligent school: every row."""
        for row in self.plan.rows_of(code):
            self.type(code, row.number, **{**GOOD, **more})

    def answer(self, code: str) -> Json:
        return self.district.office.read(self.sheets()[code].file, SNAPSHOT_FIELDS)

    def sheet_id(self, code: str, title: str = FORM_SHEET) -> int:
        sheets = (one["properties"] for one in self.answer(code)["sheets"])
        return int(next(one["sheetId"] for one in sheets if one["title"] == title))

    def _row(self, code: str, number: str) -> tuple[Any, dict[str, int], int]:
        book = open_copy(snapshot_bytes(self.answer(code)), code).book
        grid = book.sheet(FORM_SHEET) if book else None
        assert grid is not None
        keys = {skeleton(one.header): one.key for one in REPORT.columns}
        for top, cells in grid.rows():
            headers = ((at, skeleton(cell.text)) for at, cell in cells.items())
            columns = {keys[header]: at for at, header in headers if header in keys}
            if len(columns) == len(keys):
                below = (row for row, _ in grid.rows() if row > top and grid.at(row, columns["key"]).text)
                return (
                    grid,
                    columns,
                    next(one for one in below if grid.at(one, columns["number"]).text == number),
                )
        raise LookupError(number)


def _typed(sheet: int, row: int, column: int, value: str) -> Json:
    told = {"stringValue": value} if value else {}
    start = {"sheetId": sheet, "rowIndex": row - 1, "columnIndex": column - 1}
    cells = [{"userEnteredValue": told} if told else {}]
    return {"updateCells": {"start": start, "rows": [{"values": cells}], "fields": "userEnteredValue"}}


def codes(findings: Any, participant: str | None = None) -> list[str]:
    return [one.code for one in findings if participant in (None, one.participant)]
