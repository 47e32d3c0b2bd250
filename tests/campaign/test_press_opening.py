"""The open workbook is found in the program that shows it, or it is said what is missing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sheetsync.campaign import NotConnected, opened, opening
from sheetsync.columns import KitMessage
from sheetsync.workbooks.excel_live import workbook as live
from sheetsync.workbooks.libreoffice import reaching

BY_EXCEL = ["consolidate", "--wb=Район.xlsm", "--from_xl=1"]


@pytest.fixture
def excel(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What xlwings knows of; a live workbook is whatever book was found."""
    xw = SimpleNamespace(Book=SimpleNamespace(caller=lambda: "the caller"), apps=[])
    monkeypatch.setitem(sys.modules, "sheetsync.workbooks.excel_live.xw", SimpleNamespace(xw=xw))
    monkeypatch.setattr(live, "LiveWorkbook", lambda book, beyond: book)
    return xw


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> Callable[[reaching.Unreachable], None]:
    """No LibreOffice can be reached, for a reason."""

    def because(reason: reaching.Unreachable) -> None:
        def refused(*_: object, **__: object) -> Any:
            raise reaching.OfficeUnreachable(reason)

        monkeypatch.setattr(reaching, "reach", refused)

    return because


def test_excel_that_started_the_press_shows_the_workbook(tmp_path: Path, excel: SimpleNamespace) -> None:
    with opened(tmp_path / "Район.xlsm", arguments=BY_EXCEL) as book:
        assert book == "the caller"  # type: ignore[comparison-overlap]


def test_an_excel_that_does_not_answer_is_no_connection(tmp_path: Path, excel: SimpleNamespace) -> None:
    def gone() -> None:
        raise RuntimeError("no such window")

    excel.Book.caller = gone

    with pytest.raises(NotConnected) as refused, opened(tmp_path / "Район.xlsm", arguments=BY_EXCEL):
        pass
    assert refused.value.message is KitMessage.NO_CONNECTION


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        (reaching.Unreachable.NO_UNO, KitMessage.NO_UNO),
        (reaching.Unreachable.NO_ANSWER, KitMessage.NO_CONNECTION),
        (reaching.Unreachable.NO_PROGRAM, KitMessage.NO_CONNECTION),
    ],
)
def test_an_office_that_cannot_be_reached_is_told_by_its_reason(
    tmp_path: Path,
    no_office: Callable[[reaching.Unreachable], None],
    reason: reaching.Unreachable,
    message: KitMessage,
) -> None:
    no_office(reason)

    with pytest.raises(NotConnected) as refused, opened(tmp_path / "Район.xlsm", arguments=["consolidate"]):
        pass
    assert refused.value.message is message


def test_a_python_without_xlwings_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sheetsync.workbooks.excel_live.xw", None)

    with pytest.raises(NotConnected) as refused, opened(tmp_path / "Район.xlsm"):
        pass
    assert refused.value.message is KitMessage.NO_XLWINGS


def test_a_double_click_finds_the_workbook_among_those_of_excel(
    tmp_path: Path, excel: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside one from the cloud and one of another folder."""
    path, other = tmp_path / "Район.xlsm", tmp_path / "Другая.xlsm"
    for one in (path, other):
        one.write_bytes(b"")
    names = ("https://облако/Район.xlsm", str(other), str(path))
    excel.apps.append(SimpleNamespace(books=[SimpleNamespace(fullname=name) for name in names]))
    monkeypatch.setattr(opening.sys, "platform", "win32")

    with opening.found_open(path) as book:
        assert book.fullname == str(path)  # type: ignore[attr-defined]
