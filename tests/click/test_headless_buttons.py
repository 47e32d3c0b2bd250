"""Every button of the workbook, and every sentence it may answer with, in a LibreOffice without a screen.

The macro, the Python it starts, the office and the campaign are all real; only the mouse is not.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

import button_district
from desktop import Document, Office, lacking
from sheetsync import store
from sheetsync.columns import (
    BUTTONS,
    CHECKED,
    ENTRIES,
    ENTRIES_SHEET,
    MACRO_MODULE,
    PANEL,
    PROTOCOL,
    Action,
    KitCell,
)
from sheetsync.notices import Notice, say
from sheetsync.workbooks.libreoffice.reaching import URL_VARIABLE

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(bool(lacking("soffice")), reason="needs LibreOffice and its Python module"),
]

MACROS = {one.action: one.macro for one in BUTTONS}
ACCEPTED, REWORK, _ = ENTRIES.column("decision").choices


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with Office.opened(tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture
def workbook(district: Path, tmp_path: Path) -> Path:
    return button_district.copied(district, tmp_path)


@contextmanager
def opened(
    office: Office, workbook: Path, cells: Mapping[KitCell, object] | None = None, **how: object
) -> Iterator[Document]:
    """The workbook in the office, with these settings of its buttons; ``how`` are options of opening it."""
    with office.document(workbook, **how) as document:
        for name, value in (cells or {}).items():
            document.write(name, value)
        yield document


def press(document: Document, action: Action) -> str:
    """Run what the button runs; what the status cell says when it is over."""
    document.run(f"{MACRO_MODULE}.{MACROS[action]}")
    return document.text(KitCell.STATUS)


# --- what the buttons do


def test_every_button_has_its_case_here() -> None:
    collecting = {Action.ISSUE, Action.CONSOLIDATE, Action.CHECK}
    assert set(MACROS) == collecting | {
        Action.ACCEPT,
        Action.UNDO,
        Action.RETURN,
        Action.LETTERS,
        Action.REPORT,
    }


def test_issue_makes_a_form_for_every_participant(office: Office, workbook: Path) -> None:
    """«Выпустить формы»: the forms lie in the folder, and the workbook says how many."""
    forms = store.Campaign(workbook.parent).forms
    issued = sorted(one.name for one in forms.iterdir())
    for one in forms.iterdir():
        one.unlink()

    with opened(office, workbook) as document:
        said = press(document, Action.ISSUE)

    assert sorted(one.name for one in forms.iterdir()) == issued
    assert f"выпущено форм {len(issued)}" in said


def test_consolidate_fills_the_sheets(office: Office, workbook: Path) -> None:
    """«Собрать свод» without a screen; what exactly it writes is asked where the mouse presses it."""
    with opened(office, workbook) as document:
        said = press(document, Action.CONSOLIDATE)
        shown = document.sheet(ENTRIES_SHEET).getCellRangeByName("A1:D40").getDataArray()

    assert said.startswith("Готово")
    assert "поступило 8 из 9" in said
    assert sum(1 for row in shown if any(row)) > 30


def test_buttons_work_in_a_workbook_libreoffice_has_saved(office: Office, workbook: Path) -> None:
    """Ctrl+S, closed, opened again: its macros no longer knew their own workbook and did nothing, silently."""
    with opened(office, workbook) as document:
        document.component.store()

    with opened(office, workbook) as document:
        said = press(document, Action.CONSOLIDATE)
        asked = press(document, Action.CHECK)

    assert "поступило 8 из 9" in said
    assert asked == say(Notice.KIT_NO_FILE)


def test_a_campaign_that_lost_its_memory_is_consolidated_all_the_same(office: Office, workbook: Path) -> None:
    """Somebody tidied the hidden folder .sheetsync away: copies and workbook say everything again."""
    campaign = store.Campaign(workbook.parent)
    shutil.rmtree(campaign.state)

    with opened(office, workbook) as document:
        said = press(document, Action.CONSOLIDATE)

    assert said.startswith("Готово")
    assert "поступило 8 из 9" in said
    assert campaign.journal.exists()


def test_check_shows_what_is_wrong_with_one_file(office: Office, workbook: Path) -> None:
    """«Проверить один файл» with the file named beforehand: its sheet comes to the front with the findings."""
    copy = store.Campaign(workbook.parent).received / "план (1).xlsx"

    with opened(office, workbook, {KitCell.FILE: str(copy)}) as document:
        said = press(document, Action.CHECK)
        shown = str(document.sheet(CHECKED.sheet).getCellRangeByName("A1:G30").getDataArray())
        active = document.component.CurrentController.ActiveSheet.Name

    assert f"«{copy.name}»" in said
    assert active == CHECKED.sheet
    assert "без даты исполнения" in shown


def test_the_review_is_done_on_the_screen_from_the_first_decision_to_the_note(
    office: Office, workbook: Path
) -> None:
    """Accepted and taken back, one row sent back by hand and not saved: the form, the letters and the note
    go by what the screen shows, and the file on the disk stays as it was."""
    campaign = store.Campaign(workbook.parent)
    before = workbook.read_bytes()

    with opened(office, workbook) as document:
        accepted = press(document, Action.ACCEPT)
        assert decisions(document).count(ACCEPTED) > 10
        undone = press(document, Action.UNDO)
        assert ACCEPTED not in decisions(document)
        decide(document, REWORK, "Приложите приказ")
        returned = press(document, Action.RETURN)
        letters = press(document, Action.LETTERS)
        note = press(document, Action.REPORT)

    assert say(Notice.PRESS_NOT_SAVED) in accepted
    assert "отменено решений «принято»" in undone
    assert "форм с замечаниями 1" in returned
    assert len(list(campaign.returned.iterdir())) == 1
    assert "писем составлено" in letters
    assert list(campaign.letters.rglob("*.docx"))
    assert "лежит рядом с книгой" in note
    assert campaign.note.is_file()
    assert workbook.read_bytes() == before


def decisions(document: Document) -> list[str]:
    """What stands in «Решение», row by row."""
    place, rows = entries(document)
    return [row[place["decision"]] for row in rows.values()]


def decide(document: Document, verdict: str, remark: str) -> None:
    """The first answer gets a decision and a remark."""
    place, rows = entries(document)
    at = next(at for at, row in rows.items() if row[place["status"]])
    sheet = document.sheet(ENTRIES_SHEET)
    sheet.getCellByPosition(place["decision"], at).String = verdict
    sheet.getCellByPosition(place["remark"], at).String = remark


def entries(document: Document) -> tuple[dict[str, int], dict[int, tuple[str, ...]]]:
    """«Исполнение» as the screen shows it: where each column stands, and the rows by their numbers."""
    shown = document.sheet(ENTRIES_SHEET).getCellRangeByName("A1:AZ300").getDataArray()
    wanted = {one.key: one.header for one in ENTRIES.columns}
    top = next(at for at, row in enumerate(shown) if set(wanted.values()) <= set(row))
    place = {key: shown[top].index(header) for key, header in wanted.items()}
    return place, dict(enumerate(shown[top + 1 :], top + 1))


# --- what may be in the way

Arrangement = Callable[[Path], Path | None]
"""Something done to the campaign beforehand; gives another workbook to open, when it is another."""


def python_that(first: str) -> Callable[[Path], str]:
    """A Python with something wrong: ``first`` is run before the program the macro asked for."""

    def made(folder: Path) -> str:
        script = folder / "python"
        body = f"import runpy, sys; {first}; sys.argv[0] = sys.argv.pop(1); runpy.run_module(sys.argv[0], run_name='__main__')"
        script.write_text(f'#!/bin/sh\nshift 3\nexec \'{sys.executable}\' -E -P -c "{body}" "$@"\n')
        script.chmod(0o755)
        return str(script)

    return made


@dataclass(frozen=True)
class InTheWay:
    """One thing in the way of a press, and what the status cell then says.

    ``{folder}`` in the sentence is the campaign's, «*» whatever is told there.
    """

    sentence: str
    cells: Mapping[KitCell, object] = field(default_factory=dict)
    python: Callable[[Path], str] | None = None
    arranged: Arrangement = lambda _: None
    action: Action = Action.CONSOLIDATE
    on_screen: Callable[[Document], None] = lambda _: None
    opened_as: Mapping[str, object] = field(default_factory=dict)


TOLD = store.Campaign(Path("{folder}"))
"""The campaign as sentences name it."""


def _renamed(workbook: Path) -> Path:
    other = workbook.with_name("Копия.xlsm")
    other.write_bytes(workbook.read_bytes())
    return other


def _elsewhere(workbook: Path) -> Path:
    folder = workbook.parent.parent / "в стороне"
    folder.mkdir()
    other = folder / "Отчёт.xlsm"
    other.write_bytes(workbook.read_bytes())
    return other


def _protected(document: Document) -> None:
    document.sheet(ENTRIES_SHEET).protect("")


def _without_entries(document: Document) -> None:
    document.component.Sheets.removeByName(ENTRIES_SHEET)


def _damaged_journal(workbook: Path) -> None:
    store.Campaign(workbook.parent).journal.write_bytes(b"no journal" * 1000)


def _no_backups(workbook: Path) -> None:
    _file_instead_of(store.Campaign(workbook.parent).backups)


def _no_forms(workbook: Path) -> None:
    _file_instead_of(store.Campaign(workbook.parent).forms)


def _file_instead_of(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("somebody's file")


def failing_disk(code: int) -> Callable[[Path], str]:
    """A Python for which the disk takes nothing any more."""
    return python_that(
        f"import os; os.fsync = lambda *_: (_ for _ in ()).throw(OSError({code}, os.strerror({code})))"
    )


IN_THE_WAY = {
    "macros older than the program": InTheWay(
        say(Notice.PRESS_OLD_BUTTONS), {KitCell.PROTOCOL: PROTOCOL - 1}
    ),
    "macros newer than the program": InTheWay(
        say(Notice.PRESS_NEW_BUTTONS), {KitCell.PROTOCOL: PROTOCOL + 1}
    ),
    "no Python": InTheWay(say(Notice.KIT_NO_PYTHON), {KitCell.PYTHON: "/nowhere/python"}),
    "a Python without sheetsync": InTheWay(
        say(Notice.KIT_SILENT),
        {KitCell.TIMEOUT: 2},
        python_that("sys.path[:] = [p for p in sys.path if 'site-packages' not in p and '/src' not in p]"),
    ),
    "a Python without uno": InTheWay(say(Notice.KIT_NO_UNO), {}, python_that("sys.modules['uno'] = None")),
    "a Python without xlwings": InTheWay(
        say(Notice.KIT_NO_XLWINGS), {}, python_that("sys.modules['xlwings'] = None")
    ),
    "an office that cannot be reached": InTheWay(
        say(Notice.KIT_NO_CONNECTION),
        {},
        python_that(f"import os; os.environ['{URL_VARIABLE}'] = 'uno:nonsense'"),
    ),
    "work that takes too long": InTheWay(
        say(Notice.KIT_TIMEOUT),
        {KitCell.TIMEOUT: 5},
        python_that("import time, sheetsync.campaign as c; c.press = lambda *a, **k: time.sleep(60)"),
    ),
    "another copy of the workbook": InTheWay(
        say(Notice.PRESS_OTHER_BOOK, name="Копия.xlsm", workbook=store.NEW_WORKBOOK_NAME), arranged=_renamed
    ),
    "a workbook outside a campaign": InTheWay(
        say(Notice.PRESS_NO_CAMPAIGN, workbook=store.NEW_WORKBOOK_NAME), arranged=_elsewhere
    ),
    "a protected sheet": InTheWay(say(Notice.PRESS_PROTECTED, sheet=ENTRIES_SHEET), on_screen=_protected),
    "a protected sheet when accepting": InTheWay(
        say(Notice.PRESS_PROTECTED, sheet=ENTRIES_SHEET), on_screen=_protected, action=Action.ACCEPT
    ),
    "a protected panel": InTheWay(
        say(Notice.KIT_NO_PLACE), on_screen=lambda document: document.sheet(PANEL).protect("")
    ),
    "a sheet that was removed": InTheWay(
        say(Notice.WORKBOOK_LACKS_TABLE, table="tbl_entries", sheet=ENTRIES_SHEET), on_screen=_without_entries
    ),
    "a workbook opened for reading only": InTheWay(say(Notice.KIT_READ_ONLY), opened_as={"ReadOnly": True}),
    "a workbook never saved": InTheWay(say(Notice.KIT_NOT_SAVED), opened_as={"AsTemplate": True}),
    "a damaged journal": InTheWay(say(Notice.JOURNAL_DAMAGED, path=TOLD.journal), arranged=_damaged_journal),
    "a file where the backups belong": InTheWay(
        say(Notice.DISK_FILE_FOR_FOLDER, path=TOLD.backups), arranged=_no_backups
    ),
    "a file where the forms belong": InTheWay(
        say(Notice.DISK_FILE_FOR_FOLDER, path=TOLD.forms), arranged=_no_forms, action=Action.ISSUE
    ),
    "a full disk": InTheWay(
        say(Notice.DISK_FULL, path=TOLD.originals / "*"), python=failing_disk(errno.ENOSPC)
    ),
    "a disk that fails": InTheWay(
        say(Notice.DISK_FAILS, path=TOLD.originals / "*", reason=os.strerror(errno.EIO)),
        python=failing_disk(errno.EIO),
    ),
    "a file that is not there": InTheWay(
        say(Notice.FILE_MISSING, path="/nowhere/копия.xlsx"),
        {KitCell.FILE: "/nowhere/копия.xlsx"},
        action=Action.CHECK,
    ),
}


@pytest.mark.parametrize("name", IN_THE_WAY)
def test_what_is_in_the_way_is_said_in_the_workbook(
    office: Office, workbook: Path, tmp_path: Path, name: str
) -> None:
    case = IN_THE_WAY[name]
    python = {KitCell.PYTHON: case.python(tmp_path)} if case.python else {}

    book = case.arranged(workbook) or workbook
    before = book.read_bytes()
    with opened(office, book, {**case.cells, **python}, **case.opened_as) as document:
        case.on_screen(document)
        said = press(document, case.action)

    assert fnmatchcase(said, case.sentence.replace("{folder}", str(workbook.parent)))
    assert book.read_bytes() == before


def test_a_campaign_another_run_works_with_is_left_alone(office: Office, workbook: Path) -> None:
    """Another live process holds the campaign: the workbook says who, and nothing is written."""
    campaign = store.Campaign(workbook.parent)

    with (
        opened(office, workbook) as document,
        store.one_writer(campaign, datetime.now(UTC).replace(tzinfo=None), "consolidate"),
    ):
        said = press(document, Action.CONSOLIDATE)
        shown = document.sheet(ENTRIES_SHEET).getCellRangeByName("A2:D40").getDataArray()

    assert said.startswith(say(Notice.CAMPAIGN_LOCKED, who="|").partition("|")[0])
    assert sum(1 for row in shown if any(row)) <= 2
