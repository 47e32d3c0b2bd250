"""One campaign, three media: the file, Excel (the strict fake) and a real LibreOffice show the same cells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from live_books import shown

import button_district
from desktop import Office, lacking
from fake_excel import engine, open_file
from sheetsync import campaign, store
from sheetsync.campaign.consolidating import consolidate_open
from sheetsync.checks.verdicts import ACCEPTED
from sheetsync.columns import DISTRICT_TABLES, ENTRIES, PanelCell
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.excel_live.beyond_excel import BeyondExcel
from sheetsync.workbooks.excel_live.workbook import LiveWorkbook
from sheetsync.workbooks.libreoffice.beyond import BeyondLibreOffice
from sheetsync.workbooks.libreoffice.connect import book_at, engine_on
from sheetsync.workbooks.port import TableRows, WorkbookTables

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.filterwarnings("ignore::UserWarning:openpyxl"),
    pytest.mark.skipif(bool(lacking("soffice")), reason="needs LibreOffice and its Python module"),
]

Tables = dict[str, TableRows]
NOON = datetime(2026, 11, 2, 12, 0)


def test_the_file_excel_and_libreoffice_show_the_same_cells(tmp_path: Path) -> None:
    """Half of the demo district's copies arrive, then the rest; what is confirmed is accepted, and that is
    taken back. After each press every table, every link, note and named figure read back through the port
    is the same in all three."""
    district = button_district.build(tmp_path / button_district.FOLDER)
    with in_excel(button_district.copied(district, tmp_path / "Excel")) as book:
        excel = pressed_on(book)
    with in_libreoffice(button_district.copied(district, tmp_path / "LibreOffice"), tmp_path) as book:
        libreoffice = pressed_on(book)
    file = pressed_on(button_district.copied(district, tmp_path / "файл"))

    assert all(before != after for before, after in pairwise(file))
    assert accepted(file[2]) > accepted(file[1]) == accepted(file[3]) == 0
    for wanted, in_fake, in_office in zip(file, excel, libreoffice, strict=True):
        assert len(wanted[ENTRIES.name].rows) > 30
        assert differing(in_fake, wanted) == {}
        assert differing(in_office, wanted) == {}


def pressed_on(book: LiveWorkbook | Path) -> list[Tables]:
    """What the workbook shows after each press; a path is a workbook nobody has open."""
    place = store.Campaign((book if isinstance(book, Path) else book.path).parent)
    late = sorted(place.received.iterdir())[::2]
    for one in late:
        one.rename(place.folder / one.name)
    first = pressed(place, book, NOON)
    for one in late:
        (place.folder / one.name).rename(one)
    second = pressed(place, book, NOON.replace(minute=1))
    return [first, second, *(accepted_or_not(place, book, undo=undo) for undo in (False, True))]


def accepted_or_not(place: store.Campaign, book: LiveWorkbook | Path, *, undo: bool) -> Tables:
    """What the workbook shows after «Принять подтверждённое» or «Отменить принятие»."""
    on_screen = None if isinstance(book, Path) else book
    campaign.accept_sufficient(place.folder, NOON.replace(minute=2 + undo), on_screen, undo=undo)
    return tables(ExcelFile.from_bytes(place.workbook.read_bytes()) if on_screen is None else on_screen)


def accepted(shown: Tables) -> int:
    """How many decisions «принято» there are."""
    entries = shown[ENTRIES.name]
    at = entries.headers.index(ENTRIES.column("decision").header)
    return sum(row[at].text == ACCEPTED for row in entries.rows)


def pressed(place: store.Campaign, book: LiveWorkbook | Path, now: datetime) -> Tables:
    if isinstance(book, Path):
        campaign.consolidate(place.folder, now.date(), now)
        return tables(ExcelFile.from_bytes(book.read_bytes()))
    consolidate_open(place, book, now.date(), now)
    return tables(book)


def tables(book: WorkbookTables) -> Tables:
    """Every declared table, and the named figures of the panel as one more."""
    figures = tuple(book.read_named(name) for name in PanelCell)
    panel = TableRows(tuple(PanelCell), (figures,), "", 0)
    return {spec.name: shown(book.read_table(spec.name)) for spec in DISTRICT_TABLES} | {"": shown(panel)}


def differing(some: Tables, others: Tables) -> dict[str, object]:
    """Tables that are not the same, with the cells that differ."""
    return {
        name: [
            (mine, theirs)
            for line, other in zip(table.rows, others[name].rows, strict=False)
            for mine, theirs in zip(line, other, strict=False)
            if mine != theirs
        ]
        for name, table in some.items()
        if table != others[name]
    }


@contextmanager
def in_excel(path: Path) -> Iterator[LiveWorkbook]:
    with engine() as excel:
        yield LiveWorkbook(open_file(excel, path), BeyondExcel())


@contextmanager
def in_libreoffice(path: Path, folder: Path) -> Iterator[LiveWorkbook]:
    with Office.opened(folder / "home") as office, office.document(path):
        yield LiveWorkbook(book_at(engine_on(office.context), path), BeyondLibreOffice())
