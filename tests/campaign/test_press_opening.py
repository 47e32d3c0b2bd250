"""The open workbook is found in the program that shows it, or it is said what is missing."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sheetsync.campaign import NotConnected, opened, opening
from sheetsync.columns import KitMessage
from sheetsync.workbooks.excel_live import patience
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


@pytest.fixture
def details(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """What was kept of unexpected errors."""
    kept = tmp_path / "временные файлы"
    kept.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(kept))
    return lambda: [one.read_text(encoding="utf-8") for one in kept.iterdir()]


def test_excel_that_started_the_press_shows_the_workbook(tmp_path: Path, excel: SimpleNamespace) -> None:
    with opened(tmp_path / "Район.xlsm", arguments=BY_EXCEL) as book:
        assert book == "the caller"  # type: ignore[comparison-overlap]


def lying_at(path: Path) -> SimpleNamespace:
    """An Excel that shows the workbook of a path."""
    path.write_bytes(b"")
    return SimpleNamespace(books=[SimpleNamespace(fullname=str(path))])


def test_a_name_xlwings_cannot_read_is_found_by_its_path(tmp_path: Path, excel: SimpleNamespace) -> None:
    """``Book.caller`` cuts «--wb=План=факт.xlsm» at the second «=»."""
    path = tmp_path / "План=факт.xlsm"
    excel.Book.caller = dict[str, str]().popitem
    excel.apps += [lying_at(tmp_path / "Другая.xlsm"), lying_at(path)]

    with opened(path, arguments=BY_EXCEL) as book:
        assert book.fullname == str(path)  # type: ignore[attr-defined]


def test_an_excel_that_is_busy_for_a_moment_is_asked_again(
    tmp_path: Path, excel: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell is left, a dialog closed: no reason to say that Excel cannot be reached."""
    answers = [type("ExcelBusyError", (Exception,), {})("not responding"), "the caller"]

    def caller() -> str:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return str(answer)

    excel.Book.caller = caller
    monkeypatch.setattr(patience, "PAUSE", 0)

    with opened(tmp_path / "Район.xlsm", arguments=BY_EXCEL) as book:
        assert book == "the caller"  # type: ignore[comparison-overlap]


def test_the_server_of_xlwings_brings_no_arguments(
    tmp_path: Path, excel: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """«USE UDF SERVER» of the add-in: one Python serves every press, its arguments are its own."""
    monkeypatch.setattr(sys, "platform", "win32")

    with opened(tmp_path / "Район.xlsm", arguments=["-c"]) as book:
        assert book == "the caller"  # type: ignore[comparison-overlap]


def test_excel_for_macos_is_not_touched(
    tmp_path: Path, excel: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither by a button nor by a double click, which then works on the file."""
    path = tmp_path / "Район.xlsm"
    excel.apps.append(lying_at(path))
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(reaching, "reach", lambda *_: (_ for _ in ()).throw(RuntimeError("nobody")))

    with pytest.raises(NotConnected) as refused, opened(path, arguments=BY_EXCEL):
        pass
    with pytest.raises(NotConnected), opening.found_open(path):
        pass
    assert refused.value.message is KitMessage.NO_MAC


def test_an_excel_that_does_not_answer_is_no_connection(
    tmp_path: Path, excel: SimpleNamespace, details: Callable[[], list[str]]
) -> None:
    """A person is told to try again; why it did not is kept for the developer."""

    def gone() -> None:
        raise RuntimeError("no such window")

    excel.Book.caller = gone

    with pytest.raises(NotConnected) as refused, opened(tmp_path / "Район.xlsm", arguments=BY_EXCEL):
        pass
    assert refused.value.message is KitMessage.NO_CONNECTION
    assert "RuntimeError" in "".join(details())


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
    details: Callable[[], list[str]],
    reason: reaching.Unreachable,
    message: KitMessage,
) -> None:
    """It is nothing a developer has to look into."""
    no_office(reason)

    with pytest.raises(NotConnected) as refused, opened(tmp_path / "Район.xlsm", arguments=["consolidate"]):
        pass
    assert refused.value.message is message
    assert details() == []


def test_a_python_without_xlwings_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where ``uno`` is loaded, whose own way of importing takes a module from its package's names."""
    monkeypatch.setitem(sys.modules, "sheetsync.workbooks.excel_live.xw", None)
    monkeypatch.delattr("sheetsync.workbooks.excel_live.xw", raising=False)

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
    monkeypatch.setattr(sys, "platform", "win32")

    with opening.found_open(path) as book:
        assert book.fullname == str(path)  # type: ignore[attr-defined]
