"""A demo district with its button workbook: issued, filled by the schools, not yet consolidated."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from desktop import Document
from sheetsync import campaign, demo_schools, store
from sheetsync.campaign.files import open_workbook, read_workbook_plan
from sheetsync.columns import DISTRICT_TABLES, JOURNAL
from sheetsync.grid import Value
from sheetsync.workbooks.excel_file import ExcelFile

FOLDER = "Плавск и Щёкино 2026"
"""A folder as offices name them: Cyrillic and spaces."""


def build(folder: Path) -> Path:
    """The campaign up to the day the copies lie in «Получено»; gives the workbook."""
    folder.mkdir(parents=True)
    order = folder / demo_schools.ORDER_NAME
    order.write_bytes(demo_schools.example("order.docx"))
    now = datetime(2026, 9, 1, 9, 0)
    place = campaign.new_campaign(folder, order, now).campaign
    campaign.issue_forms(folder, now)
    plan = read_workbook_plan(open_workbook(place), issue=1).plan
    for name, data in (*demo_schools.copies_in_time(place, plan), *demo_schools.late_copies(place, plan)):
        store.write_atomically(place.received / name, data)
    return place.workbook


def copied(district: Path, into: Path) -> Path:
    """A fresh campaign of one's own, with the same copies."""
    shutil.copytree(district.parent, into / FOLDER)
    return into / FOLDER / district.name


def by_command_line(workbook: Path) -> dict[str, Any]:
    """Consolidate the campaign as `sheetsync consolidate DIR --json` does; gives what it printed."""
    command = [sys.executable, "-m", "sheetsync", "consolidate", str(workbook.parent), "--json"]
    done = subprocess.run(command, capture_output=True, timeout=150, check=False)
    assert done.returncode in {0, 1}, done.stderr.decode()
    printed: dict[str, Any] = json.loads(done.stdout)
    return printed


Row = tuple[object, ...]
Shown = list[Row]
"""A table as the screen shows it: headers, then the value of each cell."""


def tables_of_file(workbook: Path) -> dict[str, Shown]:
    """Every table of a workbook on the disk."""
    book = ExcelFile.from_bytes(workbook.read_bytes())
    tables: dict[str, Shown] = {}
    for spec in DISTRICT_TABLES:
        read = book.read_table(spec.name)
        body = [tuple(_as_number(cell.value) for cell in row) for row in read.rows]
        tables[spec.name] = [read.headers, *body]
    return tables


def tables_on_screen(document: Document, like: Path) -> dict[str, Shown]:
    """The same tables of an open workbook, read where ``like`` has them, and one line more below each."""
    book = ExcelFile.from_bytes(like.read_bytes())
    tables: dict[str, Shown] = {}
    for spec in DISTRICT_TABLES:
        read = book.read_table(spec.name)
        sheet, top = document.sheet(read.sheet), read.first_row - 2
        line = sheet.getCellRangeByPosition(0, top, 60, top).getDataArray()[0]
        left = line.index(read.headers[0])
        right, bottom = left + len(read.headers) - 1, top + len(read.rows)
        tables[spec.name] = list(sheet.getCellRangeByPosition(left, top, right, bottom).getDataArray())
    return tables


def without_hours(tables: dict[str, Shown]) -> dict[str, Shown]:
    """The tables, with the journal's lines saying nothing of when they were written."""
    headers, *lines = tables[JOURNAL.name]
    when = headers.index(JOURNAL.column("at").header)
    return tables | {JOURNAL.name: [headers, *((*line[:when], *line[when + 1 :]) for line in lines)]}


_FIRST_DAY = datetime(1899, 12, 30)


def _as_number(value: Value) -> object:
    """A value as LibreOffice holds it: every number with a point, days counted."""
    match value:
        case None:
            return ""
        case datetime():
            return (value - _FIRST_DAY) / timedelta(days=1)
        case date():
            return float((value - _FIRST_DAY.date()).days)
        case bool() | int():
            return float(value)
    return value


@contextmanager
def unchanged(*files: Path) -> Iterator[None]:
    """These files are byte for byte the same afterwards."""
    before: Mapping[Path, bytes] = {file: file.read_bytes() for file in files}
    yield
    changed = [file.name for file in files if file.read_bytes() != before[file]]
    assert changed == []
