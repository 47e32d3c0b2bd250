"""The shortcut beside the workbook: a double click while people have the workbook open, or have not."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import coordinator as office
import district_fixture as district
import pytest

from open_book import OpenBook
from sheetsync import store
from sheetsync.campaign import ConsolidateResult, NotConnected, consolidate_on_screen, pressing
from sheetsync.columns import COMPLETENESS, ENTRIES, KitMessage
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Refusal

NOON = datetime(2026, 6, 15, 12, 0)


@pytest.fixture
def book(place: Path, monkeypatch: pytest.MonkeyPatch) -> OpenBook:
    """The workbook, open in a program that left its mark beside the file."""
    office.send(place, "S01")
    path = office.workbook(place)
    path.with_name(f".~lock.{path.name}#").write_text("Иванова,,;", encoding="utf-8")
    shown = OpenBook.opened(path)

    @contextlib.contextmanager
    def found(_path: Path) -> Iterator[OpenBook]:
        yield shown

    monkeypatch.setattr(pressing, "found_open", found)
    return shown


def double_click(place: Path) -> ConsolidateResult:
    return consolidate_on_screen(place, district.DUE, NOON)


def answers(data: bytes) -> str:
    return str(ExcelFile.from_bytes(data).read_table(ENTRIES.name))


def test_an_open_workbook_is_updated_on_the_screen_and_not_saved(place: Path, book: OpenBook) -> None:
    before = office.data(place)
    result = double_click(place)

    assert "Сделано в полном объёме." in answers(book.to_bytes())
    assert office.data(place) == before
    assert [one.code for one in result.findings] == ["S811"]


def test_a_closed_workbook_is_written_as_ever(place: Path) -> None:
    office.send(place, "S01")
    result = double_click(place)

    assert "Сделано в полном объёме." in answers(office.data(place))
    assert result.findings == ()


def test_a_program_that_cannot_be_reached_leaves_the_result_beside(
    place: Path, book: OpenBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextlib.contextmanager
    def unreachable(_path: Path) -> Iterator[OpenBook]:
        raise NotConnected(KitMessage.NO_CONNECTION)
        yield

    monkeypatch.setattr(pressing, "found_open", unreachable)
    result = double_click(place)

    assert [one.code for one in result.findings] == ["S801"]
    assert result.is_beside


def test_a_program_that_refuses_leaves_the_result_beside(place: Path, book: OpenBook) -> None:
    book.refuse("at_work", Refusal.BUSY)
    result = double_click(place)

    assert [one.code for one in result.findings] == ["S801"]


def test_a_program_that_broke_off_is_told_and_not_covered_up(place: Path, book: OpenBook) -> None:
    book.refuse(COMPLETENESS.name, Refusal.BUSY)

    with pytest.raises(store.StoreError, match="Часть листов могла уже измениться"):
        double_click(place)
