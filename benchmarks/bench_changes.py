"""What changes in a district between two runs, and what a run left to be counted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from sheetsync import store
from sheetsync.columns import FINDINGS, PLAN
from sheetsync.district.bodies import as_it_is
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Out, TableBody


def move_due(place: Path) -> date:
    """The coordinator gives the first row of «План» a week more; returns the new day."""
    campaign = store.open_campaign(place)
    book = ExcelFile.from_bytes(campaign.workbook.read_bytes())
    plan = book.read_table(PLAN.name)
    column = plan.headers.index(PLAN.column("due").header)
    rows = [[as_it_is(cell) for cell in row] for row in plan.rows]
    row = next(one for one in rows if isinstance(one[column].value, date))
    before = row[column].value
    assert isinstance(before, date)
    row[column] = Out(before + timedelta(weeks=1))
    book.replace_table(PLAN.name, TableBody(plan.headers, tuple(map(tuple, rows)), (plan.headers[0],)))
    store.write_atomically(campaign.workbook, book.to_bytes())
    return before + timedelta(weeks=1)


def findings_in(place: Path) -> int:
    """How many findings the workbook of a district shows."""
    book = ExcelFile.from_bytes(store.open_campaign(place).workbook.read_bytes())
    return len([one for one in book.read_table(FINDINGS.name).rows if any(not cell.is_empty for cell in one)])
