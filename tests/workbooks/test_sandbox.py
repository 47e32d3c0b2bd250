"""A large or vicious copy is read in a process apart: it can cost one file, and nothing is lost on the way."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
from msgspec.structs import fields

from attack_files import ODS_CELL
from attacks import ods, ods_table, row_xml, with_sheet, workbook
from sheetsync.findings import fact_of
from sheetsync.grid import Area, Book, Cell, Sheet, Table, Visibility
from sheetsync.intake.gate import Admitted, Refused, inspect
from sheetsync.intake.limits import LIGHT, Reason
from sheetsync.workbooks import child
from sheetsync.workbooks.census import census
from sheetsync.workbooks.census_items import Item, ItemKind
from sheetsync.workbooks.child import Worker
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.parse import count_items, read_book
from sheetsync.workbooks.wire import Failure, Reading, packed, unpacked

LARGE = with_sheet(
    row_xml(1, "план")
    + "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, LIGHT.cells + 3)),
    before='<cols><col min="5" max="6" hidden="1"/></cols>',
    after='<mergeCells><mergeCell ref="B1:C1"/></mergeCells><hyperlinks><hyperlink ref="A1" location="A2"/></hyperlinks>',
)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    child.read_apart.cache_clear()
    child.values_apart.cache_clear()
    yield
    child.read_apart.cache_clear()
    child.values_apart.cache_clear()


# --- what travels -------------------------------------------------------------------------------


def everything() -> Book:
    """A book in which every field of every value holds something."""
    cells = {
        (1, 1): Cell("текст", "A2&A3", ("https://a.example/",), "примечание"),
        (1, 2): Cell(date(2023, 3, 1)),
        (1, 3): Cell(datetime(2023, 3, 1, 10, 30)),
        (1, 4): Cell(time(10, 30)),
        (1, 5): Cell(5.0),
        (1, 6): Cell(7),
        (1, 7): Cell(True),
        (1, 8): Cell(None, "1/0"),
        (1, 9): Cell("половина знака \ud83d и \x00"),
    }
    sheet = Sheet(
        "Отчёт",
        cells,
        Visibility.VERY_HIDDEN,
        (Area(1, 2, 3, 4),),
        frozenset({2}),
        frozenset({5}),
        ("надпись",),
    )
    table = Table("tbl", "Отчёт", Area(1, 1, 2, 2), ("№",))
    return Book((sheet,), {"код": "S01"}, {"имя": "Отчёт!$A$1"}, (table,), has_macros=True)


def test_a_book_comes_back_as_it_was_with_all_it_holds() -> None:
    items = (Item("Отчёт", "A1", ItemKind.COMMENT, "примечание"),)
    reading = Reading(book=everything(), items=items, has_macros=True)

    assert unpacked(packed(reading)) == reading
    assert unpacked(packed(Reading(items=None))) == Reading(items=None)
    assert unpacked(packed(Failure.LOCKED)) is Failure.LOCKED
    refused = Reading(refused=Refused(Reason.BOMB, "слова"))
    assert unpacked(packed(refused)) == refused
    assert {type(cell.value) for cell in everything().sheets[0].cells.values()} >= {int, float, bool}


def test_a_field_added_to_a_cell_later_travels_too() -> None:
    """Cells travel as tuples of whatever fields they have."""
    names = [one.name for one in fields(Cell)]
    cell = Cell(**{name: (f"«{name}»",) if name == "links" else f"«{name}»" for name in names})
    book = Book((Sheet("Л", {(1, 1): cell}),))

    assert unpacked(packed(book)) == book


class _Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return print, ("запущено",)


@pytest.mark.parametrize("answer", [_Evil(), print, [1, 2], "Book"], ids=["call", "function", "list", "text"])
def test_an_answer_that_is_no_value_of_ours_is_not_built(
    answer: object, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(pickle.UnpicklingError):
        unpacked(pickle.dumps(answer))

    assert capsys.readouterr().out == ""


# --- large copies -------------------------------------------------------------------------------


def test_a_large_report_is_read_apart_exactly_as_here() -> None:
    here = inspect(LARGE)
    assert isinstance(here, Admitted)

    copy = open_copy(LARGE, "копия.xlsx")

    assert isinstance(inspect(LARGE, LIGHT), Refused), "an ordinary form would not leave the program"
    assert copy.findings == ()
    assert copy.book == read_book(here)
    assert census(LARGE) == count_items(LARGE, here)


def test_reader_and_count_ask_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def answer(_: Worker, data: bytes) -> Reading:
        asked.append(data)
        return Reading(book=everything(), items=(Item("Отчёт", "A1", ItemKind.VALUE, "текст"),))

    monkeypatch.setattr(Worker, "read_whole", answer)

    assert open_copy(LARGE, "копия.xlsx").book == everything()
    assert [one.text for one in census(LARGE)] == ["текст"]
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("failure", "says"),
    [
        (Failure.DIED, "Файл повреждён: программа чтения на нём остановилась."),
        (Failure.NO_MEMORY, "Файл повреждён: на его чтение не хватает памяти."),
        (Failure.UNREADABLE, "Файл повреждён: содержимое книги не разбирается."),
        (Failure.TOO_LONG, "Файл не удалось прочитать за 20 с."),
    ],
)
def test_a_reader_that_fails_costs_one_file(
    failure: Failure, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Worker, "read_whole", lambda *_: failure)

    copy = open_copy(LARGE, "копия.xlsx")

    assert copy.book is None
    assert [fact_of(finding) for finding in copy.findings] == [says]
    assert census(LARGE) == ()
    assert open_copy(workbook(), "другая.xlsx").findings == ()


def test_the_child_killed_over_a_file_serves_the_next_one() -> None:
    worker = Worker()
    try:
        assert isinstance(worker.read_whole(LARGE), Reading)
        assert worker._process is not None
        worker._process.kill()
        worker._process.wait()
        assert isinstance(worker.read_whole(LARGE), Reading)
    finally:
        worker.close()


def test_memory_is_bounded_in_the_child() -> None:
    """What would take gigabytes is an answer, or a death of the child alone."""
    worker = Worker()
    corners = with_sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9000"><c r="XFD9000"><v>2</v></c></row>'
    )
    try:
        assert worker.read_values(corners) in (Failure.DIED, Failure.UNREADABLE, Failure.NO_MEMORY)
        assert isinstance(worker.read_values(workbook()), Book)
    finally:
        worker.close()


def test_the_second_reader_gets_nothing_the_gate_did_not_see() -> None:
    data = workbook(more=[("xl/media/bomb.bin", b"\0" * (5 << 20)), ("xl/vbaProject.bin", b"Sub")])

    looked_at = child._looked_at(data)

    assert b"bomb" not in looked_at
    assert b"vbaProject" not in looked_at
    assert isinstance(child.values_apart(data), Book)


_ODS_ROW = f"<table:table-row>{ODS_CELL.format('')}</table:table-row>"
_MANIFEST = "<m:manifest xmlns:m='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (workbook(), "план"),
        (with_sheet(row_xml(1, "план")).replace(b"xl/w", b"xl\\w"), "план"),
        (ods(ods_table(_ODS_ROW), {"META-INF/manifest.xml": _MANIFEST}), "да"),
    ],
    ids=["xlsx", "backslashes", "ods"],
)
def test_what_the_gate_saw_is_enough_for_the_second_reader(data: bytes, text: str) -> None:
    book = child.values_apart(data)

    assert isinstance(book, Book)
    assert book.sheets[0].at(1, 1).text == text
