"""Buttons pressed in a real LibreOffice: each thing that can go wrong ends as a sentence in the workbook."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from button_book import build_macros, write_button_book

from desktop import Document, Office, lacking, profile_folder, profile_of, until
from sheetsync.columns import BUTTONS, MACRO_MODULE, PANEL, KitCell, KitMessage

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(bool(lacking("soffice")), reason="needs LibreOffice and its Python module"),
]

CONSOLIDATE = "SheetsyncConsolidate"
SOON = 30


def said(message: KitMessage) -> str:
    return str(build_macros.sentence(message))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The user's folder: its name has what names of users have."""
    folder: Path = tmp_path_factory.mktemp("macros") / "Иванова О'Нил «дом»"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def office(home: Path) -> Iterator[Office]:
    surroundings = {"TMPDIR": str(home), "TEMP": "", "XDG_CONFIG_HOME": "", "APPDATA": ""}
    with Office.opened(home, environment=surroundings) as started:
        yield started


def python_that(folder: Path, *steps: str) -> Path:
    """A stand-in for Python: notes its arguments, then does ``steps`` ($flag is the flag file)."""
    path = folder / "мой python" / "python"
    path.parent.mkdir(exist_ok=True)
    notes = "\n".join((
        "#!/bin/sh",
        f'printf "%s\\n" "$@" >> "{folder}/arguments"; echo END >> "{folder}/arguments"',
        'while [ $# -gt 0 ]; do [ "$1" = --flag ] && flag=$2; shift; done',
        'say() { echo "$1" > "$flag.new"; mv "$flag.new" "$flag"; }',
    ))  # fmt: skip
    path.write_text("\n".join((notes, *steps, "")), encoding="utf-8")
    path.chmod(0o755)
    return path


def runs(folder: Path) -> list[list[str]]:
    """Arguments of every start of the stand-in."""
    path = folder / "arguments"
    if not path.exists():
        return []
    return [run.splitlines() for run in path.read_text(encoding="utf-8").split("END\n") if run]


def book_in(folder: Path, **cells: object) -> Path:
    return write_button_book(
        folder / "Район.xlsm", {f"ss_{name}": content for name, content in cells.items()}
    )


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """Address of a server that gives out the files of ``tmp_path``."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietFiles, directory=tmp_path)) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


class QuietFiles(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        """The tests' output is no place for it."""


def after_press(office: Office, book: Path | str, macro: str = CONSOLIDATE, **options: object) -> str:
    with office.document(book, **options) as document:
        press(document, macro)
        return document.text(KitCell.STATUS)


def press(document: Document, macro: str) -> None:
    document.run(f"{MACRO_MODULE}.{macro}")


def test_a_copy_of_the_screen_is_made_while_python_starts(office: Office, home: Path, tmp_path: Path) -> None:
    """It lies in the user's own folder, holds what nobody saved yet, and is gone after the press."""
    kept = tmp_path / "copy.xlsm"
    taken = f'sleep 1; cp "$(tail -n 4 "{tmp_path}/arguments" | head -n 1)" "{kept}"'
    python = python_that(tmp_path, "say started", taken, "say done")

    after_press(office, book_in(tmp_path, python=str(python)))

    [run] = runs(tmp_path)
    snapshot = Path(run[run.index("--snapshot") + 1])
    shown_in_copy = {cell.value for row in openpyxl.load_workbook(kept)[PANEL].iter_rows() for cell in row}
    assert said(KitMessage.RUNNING) in shown_in_copy
    assert snapshot.is_relative_to(profile_folder(home))
    assert not snapshot.exists()


@pytest.mark.parametrize("button", BUTTONS, ids=[one.action.value for one in BUTTONS])
def test_a_button_starts_python_with_its_action(
    office: Office, home: Path, tmp_path: Path, button: object
) -> None:
    """The status stays as Python leaves it: here it said «done» and wrote nothing."""
    python = python_that(tmp_path, "say started", "say done")
    book = book_in(tmp_path, python=str(python), file="/копия.xlsx")

    assert after_press(office, book, button.macro) == said(KitMessage.RUNNING)  # type: ignore[attr-defined]
    [run] = runs(tmp_path)
    flag, snapshot = (run[run.index(name) + 1] for name in ("--flag", "--snapshot"))
    assert run == [
        "-E", "-P", "-m", "sheetsync.buttons", button.action.value, "--book", str(book),  # type: ignore[attr-defined]
        "--protocol", "1", "--flag", flag, "--snapshot", snapshot, "--profile", profile_of(home),
    ]  # fmt: skip
    assert Path(flag).parent == home
    assert not Path(flag).exists()


@pytest.mark.parametrize(
    ("message", "steps"),
    [
        (KitMessage.SILENT, ["exit 1"]),
        (KitMessage.TIMEOUT, ["say started", "sleep 20"]),
        (KitMessage.TIMEOUT, ["say started", "say timeout"]),
        (KitMessage.FAILED, ["say started", "sleep 0.2", "say failed"]),
        (KitMessage.NO_CONNECTION, ["say no_connection"]),
        (KitMessage.NO_XLWINGS, ["say no_xlwings"]),
        (KitMessage.NO_UNO, ["say no_uno"]),
    ],
    ids=lambda value: value.name if isinstance(value, KitMessage) else value[-1],
)
def test_what_went_wrong_in_python_is_said(
    office: Office, tmp_path: Path, message: KitMessage, steps: list[str]
) -> None:
    book = book_in(tmp_path, python=str(python_that(tmp_path, *steps)), timeout=2)

    assert after_press(office, book) == said(message)


def test_a_python_without_sheetsync_is_said(office: Office, tmp_path: Path) -> None:
    """A real Python that sees no installed packages."""
    path = tmp_path / "python"
    path.write_text('#!/bin/sh\nexec /usr/bin/python3 -S "$@"\n', encoding="ascii")
    path.chmod(0o755)

    assert after_press(office, book_in(tmp_path, python=str(path), timeout=2)) == said(KitMessage.SILENT)


def test_without_python_nothing_is_started(office: Office, tmp_path: Path) -> None:
    book = book_in(tmp_path, python=str(tmp_path / "нет такого"))

    assert after_press(office, book) == said(KitMessage.NO_PYTHON)


def test_a_python_that_may_not_run_is_said(office: Office, tmp_path: Path) -> None:
    python = python_that(tmp_path, "say done")
    python.chmod(0o644)

    assert after_press(office, book_in(tmp_path, python=str(python), timeout=2)) == said(KitMessage.NO_PYTHON)


def test_the_note_of_the_user_says_where_python_is(office: Office, home: Path, tmp_path: Path) -> None:
    """`sheetsync addin install` leaves it; the cell of the workbook may be empty or of another computer."""
    note = home / ".config" / "sheetsync" / "python.txt"
    note.parent.mkdir(parents=True)
    note.write_text(f"{python_that(tmp_path, 'say done')}\n", encoding="utf-8")
    try:
        assert after_press(office, book_in(tmp_path, python="C:\\Python\\python.exe")) == said(
            KitMessage.RUNNING
        )
    finally:
        note.unlink()
    assert len(runs(tmp_path)) == 1


@pytest.mark.parametrize(
    "name", ["Плавск #1", "50%25 и a+b", "тест [1]*?", "(скобки) $HOME `x`", 'a"b', "a\\b"]
)
def test_folders_of_any_name_are_worked_in(office: Office, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    python = python_that(tmp_path, "say done").rename(folder / "python")
    book = book_in(folder, python=str(python))

    assert after_press(office, book) == said(KitMessage.RUNNING)
    assert [run[run.index("--book") + 1] for run in runs(tmp_path)] == [str(book)]


def test_a_workbook_never_saved_is_said(office: Office, tmp_path: Path) -> None:
    book = book_in(tmp_path, python=str(python_that(tmp_path, "say done")))

    assert after_press(office, book, AsTemplate=True) == said(KitMessage.NOT_SAVED)
    assert runs(tmp_path) == []


def test_a_workbook_on_a_server_is_said(office: Office, tmp_path: Path, server: str) -> None:
    book_in(tmp_path, python=str(python_that(tmp_path, "say done")))

    assert after_press(office, f"{server}/{quote('Район.xlsm')}") == said(KitMessage.CLOUD)
    assert runs(tmp_path) == []


def test_a_workbook_open_for_reading_is_said(office: Office, tmp_path: Path) -> None:
    book = book_in(tmp_path, python=str(python_that(tmp_path, "say done")))

    assert after_press(office, book, ReadOnly=True) == said(KitMessage.READ_ONLY)
    assert runs(tmp_path) == []


def test_no_file_chosen_is_said(office: Office, tmp_path: Path) -> None:
    """Without a screen the file dialog answers as if Cancel had been pressed."""
    book = book_in(tmp_path, python=str(python_that(tmp_path, "say done")))

    assert after_press(office, book, "SheetsyncCheck") == said(KitMessage.NO_FILE)
    assert runs(tmp_path) == []


def test_a_second_press_starts_nothing_while_the_first_works(office: Office, tmp_path: Path) -> None:
    """And once that is over, a press works again."""
    python = python_that(
        tmp_path, "say started", f'while [ ! -e "{tmp_path}/go" ]; do sleep 0.05; done', "say done"
    )
    with office.document(book_in(tmp_path, python=str(python))) as document:
        first = threading.Thread(target=press, args=(document, CONSOLIDATE))
        first.start()
        until(lambda: runs(tmp_path), SOON, "the first press at work")
        press(document, "SheetsyncIssue")
        during = len(runs(tmp_path)), document.text(KitCell.STATUS)
        (tmp_path / "go").touch()
        first.join(SOON)
        press(document, "SheetsyncIssue")

    assert during == (1, said(KitMessage.RUNNING))
    assert [run[4] for run in runs(tmp_path)] == ["consolidate", "issue"]


def test_the_program_is_left_as_it_was(office: Office, tmp_path: Path) -> None:
    book = book_in(tmp_path, python=str(python_that(tmp_path, "say failed")))
    with office.document(book) as document:
        component = document.component
        component.enableAutomaticCalculation(False)
        press(document, CONSOLIDATE)

        assert not component.isAutomaticCalculationEnabled()
        assert not component.hasControllersLocked()
        assert not component.isActionLocked()


def test_a_workbook_without_a_status_cell_does_not_stop_the_work(office: Office, tmp_path: Path) -> None:
    """The office deleted the name: sentences go to the status bar, and Python is started all the same."""
    book = book_in(tmp_path, python=str(python_that(tmp_path, "say done")))
    with office.document(book) as document:
        document.component.NamedRanges.removeByName(KitCell.STATUS.value)
        press(document, CONSOLIDATE)

    assert len(runs(tmp_path)) == 1
