"""A campaign in review on files: decide, return, see what a school sees, fill the returned form, send it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import coordinator
import district_fixture as district
import openpyxl

from sheetsync import campaign
from sheetsync.campaign import ConsolidateResult, ReturnResult
from sheetsync.columns import COMPLETENESS, ENTRIES, FORM_REPAIRS, FORM_SHEET, JOURNAL, REPORT, Owner
from sheetsync.store.layout import RETURNED_FOLDER
from sheetsync.workbooks.excel_file import ExcelFile

SCHOOL = "Липовская СОШ"
ANSWERS = [one.key for one in REPORT.columns if one.owner is Owner.SCHOOL]


@dataclass
class Loop:
    """One campaign; every press comes a minute after the one before."""

    place: Path
    now: datetime = datetime(2026, 6, 16, 9, 0)

    def _later(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    # --- the coordinator

    def collect(self) -> ConsolidateResult:
        result = campaign.consolidate(self.place, district.DUE, self._later())
        assert result.consolidation.ledger
        assert all(line.unaccounted == 0 for line in result.consolidation.ledger)
        return result

    def decide(self, number: str, verdict: str, remark: str = "", who: str = SCHOOL) -> None:
        change = partial(coordinator.decide, who=who, number=number, verdict=verdict, remark=remark)
        coordinator.edit(self.place, change)

    def give_back(self, **parts: Any) -> ReturnResult:
        return campaign.return_remarks(self.place, self._later(), **parts)

    def shown(self, number: str, who: str = SCHOOL) -> dict[str, str]:
        """A row of «Исполнение», by column keys."""
        row = coordinator.entries(self.place)[who, number]
        return {one.key: row[one.header] for one in ENTRIES.columns if one.header in row}

    def state(self, who: str = SCHOOL) -> str:
        """«Состояние отчёта» in «Полнота»."""
        rows = coordinator.rows(self.place, COMPLETENESS.name)
        name, state = (COMPLETENESS.column(key).header for key in ("participant", "state"))
        return next(row[state] for row in rows if row[name] == who)

    def told_in_journal(self) -> list[str]:
        return [row[JOURNAL.column("event").header] for row in coordinator.rows(self.place, JOURNAL.name)]

    # --- the folder «Возврат»

    def returned(self) -> list[str]:
        folder = self.place / RETURNED_FOLDER
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []

    def form(self, number: int = 1, code: str = "S01") -> Path:
        return next((self.place / RETURNED_FOLDER).glob(f"{code} *(возврат {number}).xlsx"))

    # --- a school

    def send(self, name: str, data: bytes) -> None:
        district.receive(self.place, name, data)


@dataclass(frozen=True)
class FormRow:
    """A row as it stands in a form: its cells, and what of it a school may change."""

    cells: Mapping[str, Any]
    open: frozenset[str]

    @property
    def is_closed(self) -> bool:
        return not self.open


def rows_of(path: Path) -> dict[str, FormRow]:
    """Rows of a form by number, as a person sees them."""
    sheet = openpyxl.load_workbook(path)[FORM_SHEET]
    columns, header = district.header_of(sheet)
    found = {}
    for row in range(header + 1, sheet.max_row + 1):
        if sheet.cell(row, columns["key"]).value:
            cells = {key: sheet.cell(row, column) for key, column in columns.items()}
            opened = frozenset(key for key, cell in cells.items() if not cell.protection.locked)
            said = {key: cell.value for key, cell in cells.items()}
            found[str(said["number"])] = FormRow({**said, "sign": cells["number"].number_format}, opened)
    return found


def repairs_in(path: Path) -> list[tuple[str, ...]]:
    """What «Что исправлено» tells."""
    rows = ExcelFile.from_bytes(path.read_bytes()).read_table(FORM_REPAIRS.name).rows
    return [tuple(cell.text for cell in row) for row in rows]


def mended(path: Path, answers: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The returned form with some answers typed anew, saved by another program than ours."""
    book = openpyxl.load_workbook(path)
    sheet = book[FORM_SHEET]
    columns, header = district.header_of(sheet)
    for row in range(header + 1, sheet.max_row + 1):
        number = str(sheet.cell(row, columns["number"]).value)
        for key, value in answers.get(number, {}).items() if sheet.cell(row, columns["key"]).value else ():
            sheet.cell(row, columns[key]).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
