"""An appendix of more rows, or more links, than a sheet of Excel holds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import district_fixture as district
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from sheetsync import campaign
from sheetsync.campaign import ReportResult, reporting
from sheetsync.columns import FIGURE_ROWS
from sheetsync.workbooks import long_table
from sheetsync.workbooks.long_table import LongTable, Obstacle

AT = datetime(2026, 6, 20, 12, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = district.new(tmp_path)
    district.receive(place, "Липовка.xlsx", district.filled(place, "S01", district.all_good(place, "S01")))
    return place


def report(place: Path) -> ReportResult:
    return campaign.report(place, AT, date(2026, 6, 20))


def rows_of(result: ReportResult) -> Worksheet:
    return openpyxl.load_workbook(result.appendix)[FIGURE_ROWS.sheet]


def links_of(result: ReportResult) -> int:
    return sum(bool(cell.hyperlink) for row in rows_of(result).iter_rows() for cell in row)


def told(result: ReportResult) -> list[tuple[str, dict[str, str]]]:
    return [(one.code, dict(one.params)) for one in result.findings]


@pytest.mark.parametrize("row_by_row", [False, True])
def test_rows_that_a_sheet_does_not_hold_are_told(
    place: Path, monkeypatch: pytest.MonkeyPatch, row_by_row: bool
) -> None:
    usual = rows_of(report(place)).max_row
    monkeypatch.setattr(reporting, "SHEET_ROWS", usual - 5)
    if row_by_row:
        monkeypatch.setattr(LongTable, "_look", lambda *_: iter((Obstacle.COLUMNS,)))
    place.joinpath("Справка.docx").unlink()
    result = report(place)

    assert rows_of(result).max_row == usual - 5
    assert told(result) == [("S865", {"left": "5"})]
    assert not result.needs_user


def test_links_that_a_sheet_does_not_hold_are_told(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every row leads to its figure and, where it has one, to what the school wrote it from."""
    count = links_of(report(place))
    monkeypatch.setattr(long_table, "MAX_LINKS", count - 3)
    place.joinpath("Справка.docx").unlink()
    result = report(place)

    assert links_of(result) == count - 3
    assert told(result) == [("S866", {"left": "3"})]
