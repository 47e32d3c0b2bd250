"""«Собрать свод» in Excel, as strict a one as can be had here: the tables are the file's own."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import coordinator as office
import district_fixture as district
import pytest

from fake_excel import document_of, engine, open_file
from open_book import OpenBook
from sheetsync import store
from sheetsync.campaign.consolidating import consolidate_open
from sheetsync.columns import DISTRICT_TABLES, PanelCell
from sheetsync.workbooks.excel_live.beyond_excel import BeyondExcel
from sheetsync.workbooks.excel_live.workbook import LiveWorkbook
from sheetsync.workbooks.port import OpenWorkbook, WorkbookTables

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


def press(book: OpenWorkbook, minute: int) -> None:
    consolidate_open(store.open_campaign(book.path), book, district.DUE, datetime(2026, 6, 15, 9, minute))


def tables(workbook: WorkbookTables) -> dict[str, object]:
    """Everything the declared tables and named figures show."""
    read = {spec.name: workbook.read_table(spec.name) for spec in DISTRICT_TABLES}
    named = {name: workbook.read_named(name).value for name in PanelCell}
    return {name: (one.headers, one.rows) for name, one in read.items()} | named


def test_a_press_in_excel_shows_what_the_file_would_get(place: Path, tmp_path: Path) -> None:
    """Copies arrive twice; after each press every table shows the same cells, and nothing was saved."""
    twin = tmp_path / "twin" / place.name
    shutil.copytree(place, twin)
    with engine() as excel:
        path = office.workbook(place)
        book = open_file(excel, path)
        live, file = LiveWorkbook(book, BeyondExcel()), OpenBook.opened(office.workbook(twin))
        before = path.read_bytes()
        for minute, code in enumerate(("S01", "S02")):
            data = district.filled(place, code, district.all_good(place, code))
            for home in (place, twin):
                district.receive(home, f"{code}.xlsx", data)
            excel.program.calls.clear()
            press(live, minute)
            press(file, minute)

            assert tables(live) == tables(file)
            written = [call.on for call in excel.program.calls.block_writes()]
            assert len(written) == len(set(written))

        assert path.read_bytes() == before
        assert document_of(book).saved == 0
        assert (excel.program.screen_updating, excel.program.calculation) == (True, "automatic")
