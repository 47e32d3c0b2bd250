"""The same code over a real LibreOffice: what the fake Excel showed holds in a running program too."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from live_books import shown
from msgspec.structs import replace
from test_live_equal import OURS, PUPILS, TABLE, TRICKY, office_book

from desktop import Office, lacking
from office_workbook import entries_body, office_workbook
from sheetsync.columns import COMPLETENESS, DISTRICT_TABLES, ENTRIES, ENTRIES_SHEET, MATRIX, PANEL
from sheetsync.grid import Area
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.excel_live.workbook import LiveWorkbook
from sheetsync.workbooks.libreoffice.beyond import BeyondLibreOffice
from sheetsync.workbooks.libreoffice.connect import engine_on
from sheetsync.workbooks.port import Out, TableBody
from sheetsync.workbooks.templates import Template, template_path

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.filterwarnings("ignore::UserWarning:openpyxl"),
    pytest.mark.skipif(bool(lacking("soffice")), reason="needs LibreOffice and its Python module"),
]

Opener = Callable[[bytes], tuple[LiveWorkbook, Any]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The engine over an office of these tests' own."""
    with Office.opened(tmp_path_factory.mktemp("home")) as running:
        yield engine_on(running.context)


@pytest.fixture
def opened(office: Any, tmp_path: Path) -> Iterator[Opener]:
    """Opens a workbook under a name with Cyrillic and a space; all are closed unsaved afterwards."""
    books: list[Any] = []

    def open_it(data: bytes) -> tuple[LiveWorkbook, Any]:
        path = tmp_path / f"Район {len(books)}.xlsx"
        path.write_bytes(data)
        office.activate()
        books.append(office.apps.active.books.open(str(path)))
        return LiveWorkbook(books[-1], BeyondLibreOffice()), books[-1]

    yield open_it
    for book in books:
        book.close()


def some_body(chance: random.Random) -> TableBody:
    """A body as in the comparison with the fake, but without links of empty cells: LibreOffice has none."""
    keys = chance.sample("абвгдежз", chance.randint(0, 6))
    pupils = tuple(chance.sample(PUPILS, chance.randint(0, 3)))

    def out() -> Out:
        link = chance.choice([None, None, "https://school.example/1", "#Свод!A1"])
        note = chance.choice([None, None, None, "от программы"])
        return Out(chance.choice([*TRICKY, True, 5, 2.5]), link=link, note=note)

    def day() -> Out:
        return Out(chance.choice([None, date(2024, 5, 1), "до мая"]))

    rows = tuple((Out(key), out(), day(), out(), *(out() for _ in pupils)) for key in keys)
    gone = tuple(one for one in PUPILS if one not in pupils)
    return TableBody((*OURS, *pupils), rows, OURS[:1], dropped_headers=gone)


@pytest.mark.parametrize("seed", range(5))
def test_the_file_and_libreoffice_show_the_same(opened: Opener, seed: int) -> None:
    """Found so: a block of values took the notes under it away."""
    chance = random.Random(seed)
    data = office_book(chance.sample("абвгд", chance.randint(1, 5)))
    file = ExcelFile.from_bytes(data)
    live, _ = opened(data)
    assert shown(live.read_table(TABLE)) == shown(file.read_table(TABLE))

    for body in (some_body(chance), some_body(chance)):
        told, expected = live.replace_table(TABLE, body), file.replace_table(TABLE, body)

        assert shown(live.read_table(TABLE)) == shown(file.read_table(TABLE))
        assert sorted(map(str, told)) == sorted(map(str, expected))


def test_the_tables_of_the_district_workbook_are_filled_alike(opened: Opener) -> None:
    """Our template, every table of it from its one blank row to several and back."""
    data = template_path(Template.DISTRICT).read_bytes()
    file = ExcelFile.from_bytes(data)
    live, _ = opened(data)

    for spec in DISTRICT_TABLES:
        headers = file.read_table(spec.name).headers
        rows = tuple(
            tuple(
                Out(f"{header} {row}", link="#Панель!A1" if not at else None)
                for at, header in enumerate(headers)
            )
            for row in range(7)
        )
        for body in (TableBody(headers, rows), TableBody(headers, rows[::2]), TableBody(headers, ())):
            with live.at_work():
                live.replace_table(spec.name, body)
            file.replace_table(spec.name, body)
            assert shown(live.read_table(spec.name)) == shown(file.read_table(spec.name)), spec.name


def test_links_remembered_are_those_libreoffice_tells(opened: Opener) -> None:
    """A row that is written loses its links there, and gets them again."""
    live, book = opened(office_workbook(4))
    live.replace_table(ENTRIES.name, entries_body("k1", "k2", "k3", "k4"))
    live.read_table(ENTRIES.name)

    live.replace_table(ENTRIES.name, entries_body("k1", ("k2", "в работе"), "k3", "k4"))

    table = live.read_table(ENTRIES.name)
    at = table.headers.index("Ссылка")
    assert [row[at].links for row in table.rows] == [
        (f"https://school.example/k{one}",) for one in range(1, 5)
    ]
    assert table == LiveWorkbook(book, BeyondLibreOffice()).read_table(ENTRIES.name)


def test_formulas_are_told_where_they_are(opened: Opener) -> None:
    """Also one of several cells at once; a text that begins like a formula is none."""
    live, book = opened(office_workbook(4))
    sheet = book.sheets[ENTRIES_SHEET]
    sheet.range("K1").value = [["'=1+1", "=1+1"], ["слово", "=SUM(A1:B2)"]]

    cells = live._sheets[ENTRIES_SHEET].read(Area(1, 11, 2, 12))

    assert [[cell.formula for cell in row] for row in cells] == [[None, "1+1"], [None, "SUM(A1:B2)"]]
    assert cells[0][0].value == "=1+1"


def test_what_the_office_added_goes_with_its_row(opened: Opener) -> None:
    live, book = opened(office_workbook(4))
    sheet = book.sheets[ENTRIES_SHEET]
    height = sheet.range("H6").row_height

    live.replace_table(ENTRIES.name, entries_body("k2", "новая", "k1", "k4", "ещё"))

    assert sheet.range("H5:H9").value == ["заметка k2", None, "заметка k1", "заметка k4", None]
    assert sheet.range("H5").note.text == "позвонить в школу"
    assert sheet.range("H5").row_height == pytest.approx(height, abs=0.5)
    assert sheet.range("H5").color == (255, 255, 153)
    assert sheet.range("B13").formula == "=COUNTA(B5:B9)"
    assert sheet.range("D6").number_format.lower() == "dd.mm.yyyy"


def test_rules_and_charts_lie_over_the_new_body_and_nothing_else(opened: Opener, tmp_path: Path) -> None:
    """Grown from one blank row, shrunk, changed in rows and columns. Found so: columns that came
    while the screen rested made every row of the sheet one to be fitted."""
    live, _ = opened(template_path(Template.DISTRICT).read_bytes())
    chance = random.Random(3)

    for count in (3, 12, 5):
        with live.at_work():
            for spec in (ENTRIES, COMPLETENESS):
                live.replace_table(spec.name, numbered(spec.headers, sorted(chance.sample(range(99), count))))
            pupils = tuple(f"Школа {number}" for number in sorted(chance.sample(range(9), 4)))
            gone = tuple(set(live.read_table(MATRIX.name).headers) - {*MATRIX.headers, *pupils})
            body = numbered((*MATRIX.headers, *pupils), list(range(count)))
            live.replace_table(MATRIX.name, replace(body, key_headers=body.headers[:1], dropped_headers=gone))

        last = 4 + count
        live.save_copy(tmp_path / f"{count}.xlsx")
        saved = openpyxl.load_workbook(tmp_path / f"{count}.xlsx")
        assert ruled(saved[MATRIX.sheet]) == {f"D5:G{last}"}
        assert ruled(saved[ENTRIES.sheet]) == {f"{letter}5:{letter}{last}" for letter in "EKMN"}
        series = [one.val.numRef.f for chart in saved[PANEL]._charts for one in chart.series]
        assert {text.rpartition("$")[2] for text in series} == {str(last)}


def numbered(headers: tuple[str, ...], numbers: list[int]) -> TableBody:
    rows = tuple(tuple(Out(f"{header} {number}") for header in headers) for number in numbers)
    return TableBody(headers, rows, headers[:2])


def ruled(sheet: Any) -> set[str]:
    """Where conditional formats apply."""
    return {str(one.sqref) for one in sheet.conditional_formatting}
