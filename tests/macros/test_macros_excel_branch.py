"""What a press does in Excel, walked through without Excel: guards, launchers, outcomes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from excel_stand_in import PYTHON, ExcelOnWindows, build_macros, excel, excel_with_addin
from pyopenvba.apps.excel import ExcelApplication

from sheetsync.columns import KitCell, KitMessage

BOOK_PATH = "D:\\Плавск 2023\\Район.xlsm"
XLWINGS_ARGUMENTS = (
    '--wb="Район.xlsm" --from_xl=1 --app="C:\\Program Files\\Office\\Microsoft Excel" --hwnd="65552"'
)


def said(message: KitMessage) -> str:
    return str(build_macros.sentence(message))


def on_mac() -> ExcelOnWindows:
    """The interpreter has no ``#If Mac`` of its own to switch on."""
    places, answer = build_macros.workbook_sources()["modPlaces"], "        IsMac = False"
    assert places.count(answer) == 1
    sources = build_macros.workbook_sources() | {
        "modPlaces": places.replace(answer, "        IsMac = IsExcel()")
    }
    return ExcelOnWindows(sources, {}, {"AddinIsLoaded": True})


def test_without_the_addin_python_is_started_with_the_arguments_of_xlwings() -> None:
    """One hidden process, waited for, with the workbook's full path and what xlwings' Book.caller() needs."""
    office = excel()
    office.run("SheetsyncConsolidate")

    [command] = office.asked("shell")
    [flag] = [one for one in office.asked("remove") if one.endswith(".flag")]
    [snapshot] = office.asked("copy")
    assert command == (
        f'0 True "{PYTHON}" -E -P -m sheetsync.buttons consolidate --book "{BOOK_PATH}" --protocol "1" '
        f'--flag "{flag}" --snapshot "{snapshot}" {XLWINGS_ARGUMENTS}'
    )
    assert flag.startswith("C:\\Users\\Иванова\\Temp\\sheetsync-")
    assert snapshot in office.asked("remove")
    assert snapshot.endswith(".xlsm")
    assert office.status == said(KitMessage.RUNNING)


def test_with_the_addin_its_run_python_does_the_work() -> None:
    office = excel(AddinIsLoaded=True, AddinAnswer="done")
    office.run("SheetsyncIssue")

    [call] = office.asked("run")
    assert call.startswith("xlwings.xlam!RunPython import importlib")
    assert "press(['issue', '--book', 'D:\\\\Плавск 2023\\\\Район.xlsm', '--protocol', '1', '--flag'" in call
    assert office.asked("activate") == [""]
    assert office.asked("shell") == []


@pytest.mark.parametrize("trouble", [{"AddinBreaks": True}, {"AddinAnswer": ""}])
def test_an_addin_that_does_not_get_to_sheetsync_gives_way_to_the_own_launcher(
    trouble: dict[str, object],
) -> None:
    office = excel(AddinIsLoaded=True, **trouble)
    office.run("SheetsyncConsolidate")

    assert len(office.asked("run")) == 1
    assert len(office.asked("shell")) == 1


@pytest.mark.parametrize("word", [KitMessage.NO_CONNECTION, KitMessage.TIMEOUT, KitMessage.NO_XLWINGS])
def test_what_python_could_not_write_itself_is_shown(word: KitMessage) -> None:
    through_addin = excel(AddinIsLoaded=True, AddinAnswer=word.value)
    through_addin.run("SheetsyncConsolidate")
    alone = excel(ShellAnswer=word.value)
    alone.run("SheetsyncConsolidate")

    assert through_addin.status == alone.status == said(word)
    assert through_addin.asked("shell") == []


@pytest.mark.parametrize(
    ("answer", "message"),
    [("", KitMessage.SILENT), ("started", KitMessage.FAILED), ("failed", KitMessage.FAILED)],
)
def test_python_that_breaks_off_is_told_from_one_that_never_spoke(answer: str, message: KitMessage) -> None:
    office = excel(ShellAnswer=answer)
    office.run("SheetsyncConsolidate")

    assert office.status == said(message)


@pytest.mark.parametrize(
    ("book", "message"),
    [
        ({"Path": ""}, KitMessage.NOT_SAVED),
        ({"Path": "https://d.docs.live.net/0123/Плавск"}, KitMessage.CLOUD),
        ({"ReadOnly": True}, KitMessage.READ_ONLY),
        ({"Path": "", "ReadOnly": True}, KitMessage.NOT_SAVED),
    ],
)
def test_a_workbook_that_cannot_be_worked_on_starts_nothing(
    book: dict[str, object], message: KitMessage
) -> None:
    office = excel(book)
    office.run("SheetsyncConsolidate")

    assert office.status == said(message)
    assert office.asked("shell") == office.asked("copy") == []


def test_no_python_is_said() -> None:
    office = excel(Files="")
    office.run("SheetsyncConsolidate")

    assert office.status == said(KitMessage.NO_PYTHON)
    assert office.asked("shell") == []


def test_a_guard_that_forbids_excel_to_start_programs_is_said() -> None:
    """Defender's rule against child processes of Office: Python is there, and is not started."""
    office = excel(ShellBreaks=True)
    office.run("SheetsyncConsolidate")

    assert office.status == said(KitMessage.REFUSED)


@pytest.mark.parametrize("macro", ["SheetsyncIssue", "SheetsyncConsolidate", "SheetsyncCheck"])
def test_excel_for_macos_says_what_to_do_instead(macro: str) -> None:
    """Python could not write into its workbook; nothing is asked, copied or started there."""
    office = on_mac()
    office.run(macro)

    assert office.status == said(KitMessage.NO_MAC)
    assert office.asked("shell") == office.asked("run") == office.asked("ask") == office.asked("copy") == []


def test_the_cell_of_the_workbook_goes_before_the_note_of_the_user() -> None:
    own = "E:\\Школы\\.venv\\Scripts\\python.exe"
    office = excel({KitCell.PYTHON.value: own}, Files=f"|{own}|{PYTHON}|")
    office.run("SheetsyncConsolidate")

    assert f'"{own}" -E -P' in office.asked("shell")[0]


def test_a_workbook_that_cannot_be_copied_is_worked_on_without_a_copy() -> None:
    office = excel({"CannotCopy": True})
    office.run("SheetsyncConsolidate")

    assert '--snapshot "" --wb=' in office.asked("shell")[0]


def test_what_python_left_switched_off_is_switched_on_again() -> None:
    """The stand-in's Python breaks off with calculation, screen, events and questions off."""
    office = excel(ShellAnswer="started")
    office.run("SheetsyncConsolidate")

    assert office.run("Program") == "-4105 True True True"


def test_one_file_is_asked_for_given_to_python_and_forgotten() -> None:
    office = excel(Chosen="D:\\Плавск 2023\\Получено\\Школа №1.xlsx")
    office.run("SheetsyncCheck")

    assert office.asked("ask") == [said(KitMessage.CHOOSE_FILE)]
    assert office.asked("folder") == ["D:\\Плавск 2023"]
    assert office.asked("file") == ["D:\\Плавск 2023\\Получено\\Школа №1.xlsx"]
    assert office.run("Cell", KitCell.FILE.value) == ""


@pytest.mark.parametrize(
    ("cell", "folders", "opened"),
    [
        ("Получено", "|D:\\Плавск 2023\\Получено|", "D:\\Плавск 2023\\Получено"),
        ("Получено", "", "D:\\Плавск 2023"),
        ("", "|D:\\Плавск 2023\\|", "D:\\Плавск 2023"),
    ],
    ids=["the copies lie there", "no such folder", "a workbook of an older version"],
)
@pytest.mark.parametrize("start", [excel, excel_with_addin])
def test_the_dialog_opens_where_the_copies_lie(
    start: Callable[..., ExcelOnWindows], cell: str, folders: str, opened: str
) -> None:
    office = start({KitCell.RECEIVED.value: cell}, Folders=folders)
    office.run("BringToFront", True)
    office.run("PressButton", "check")

    assert office.asked("folder") == [opened]


def test_a_file_named_in_the_cell_is_not_asked_for() -> None:
    office = excel({KitCell.FILE.value: "D:\\копия.xlsx"})
    office.run("SheetsyncCheck")

    assert office.asked("ask") == []
    assert office.asked("file") == [office.run("Cell", KitCell.FILE.value)] == ["D:\\копия.xlsx"]


def test_cancel_in_the_dialog_is_said_and_starts_nothing() -> None:
    office = excel()
    office.run("SheetsyncCheck")

    assert office.status == said(KitMessage.NO_FILE)
    assert office.asked("shell") == []


def test_a_press_can_follow_a_press_that_broke() -> None:
    office = excel(ShellBreaks=True)
    office.run("SheetsyncConsolidate")
    office.run("SetExcel", "ShellBreaks", False)
    office.run("SheetsyncConsolidate")

    assert len(office.asked("shell")) == 2


def test_a_press_torn_off_blocks_the_next_ones_only_for_a_while() -> None:
    """Somebody stops the macro in the editor: what a running press keeps in mind stays behind."""
    office = excel({KitCell.TIMEOUT.value: 60})
    office.freeze(datetime(2026, 9, 1, 12, 0, 0))
    office.tear_off("SheetsyncConsolidate")
    office.run("SheetsyncConsolidate")
    office.freeze(datetime(2026, 9, 1, 12, 1, 20))
    office.run("SheetsyncConsolidate")
    soon = len(office.asked("shell"))
    office.freeze(datetime(2026, 9, 1, 12, 1, 30))
    office.run("SheetsyncConsolidate")

    assert soon == 1
    assert len(office.asked("shell")) == 2


def test_the_addin_works_on_the_district_workbook_in_front() -> None:
    office = excel_with_addin()
    office.run("BringToFront", True)
    office.run("PressButton", "consolidate")

    assert f'--book "{BOOK_PATH}"' in office.asked("shell")[0]


@pytest.mark.parametrize("something_is_open", [True, False])
def test_the_addin_says_what_to_open(something_is_open: bool) -> None:
    """Any other workbook in front, or none: nothing is written into it, the status bar speaks."""
    office = excel_with_addin()
    if something_is_open:
        office.run("BringToFront", False)
    office.run("PressButton", "consolidate")

    assert office.run("Bar") == said(KitMessage.NO_BOOK)
    assert office.asked("shell") == []


@pytest.mark.parametrize(
    ("is_ours", "has_macros", "is_shown"), [(True, True, False), (True, False, True), (False, True, True)]
)
def test_two_tabs_are_never_shown(is_ours: bool, has_macros: bool, is_shown: bool) -> None:
    """The add-in's tab stands aside for the workbook's own."""
    office = excel_with_addin({"HasVBProject": has_macros})
    office.run("BringToFront", is_ours)

    assert office.run("AddinTabIsShown") is is_shown


def test_every_module_of_the_addin_can_be_read() -> None:
    """The module of the add-in's own workbook, too; the interpreter only knows no WithEvents."""
    source = build_macros.addin_sources()["ThisWorkbook"].replace("WithEvents ", "")

    ExcelApplication().add_module(source, name="Watcher", kind="class")
