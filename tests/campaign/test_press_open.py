"""«Собрать свод» in the workbook people look at: what the file would get, they see."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import coordinator as office
import district_fixture as district
import pytest

from open_book import OpenBook
from sheetsync import campaign, store
from sheetsync.campaign import ConsolidateResult
from sheetsync.campaign.consolidating import consolidate_open
from sheetsync.campaign.desk_open import HalfWritten
from sheetsync.columns import (
    COMPLETENESS,
    DISTRICT_TABLES,
    ENTRIES,
    FINDINGS,
    JOURNAL,
    LEDGER,
    MATRIX,
    UNPLACED,
    PanelCell,
)
from sheetsync.district.tables import Tables
from sheetsync.grid import Cell
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Refusal, WorkbookRefused, WorkbookTables

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

NOON = datetime(2026, 6, 15, 12, 0)


def press(book: OpenBook, minute: int = 0) -> ConsolidateResult:
    """The button in the open workbook, at its own minute."""
    return consolidate_open(
        store.open_campaign(book.path), book, district.DUE, datetime(2026, 6, 15, 9, minute)
    )


def opened(place: Path, change: Callable[[Any], None] | None = None) -> OpenBook:
    return OpenBook.opened(office.workbook(place), change)


def tables(workbook: WorkbookTables) -> dict[str, tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]]:
    """Everything the declared tables show, cell by cell, with links and notes."""
    read = {spec.name: workbook.read_table(spec.name) for spec in DISTRICT_TABLES}
    return {name: (one.headers, one.rows) for name, one in read.items()}


def panel(workbook: WorkbookTables) -> dict[str, object]:
    return {name: workbook.read_named(name).value for name in PanelCell}


def journal(place: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the journal remembers, but for the copy of the workbook words are cited from."""
    columns = {
        "events": "run, at, event, participant, file, note",
        "copies": "sha256, name, run, received_on",
        "senders": "sha256, participant",
        "said": "participant, rows",
        "judged": "participant, activity",
        "orphans": "participant, activity, row, text, sheet, cell",
        "versions": "participant, activity, part, kind, run, at, word, file, sheet, cell",
    }
    with closing(sqlite3.connect(store.Campaign(place).journal)) as book:
        return {
            name: sorted(book.execute(f"SELECT {what} FROM {name}").fetchall(), key=repr)
            for name, what in columns.items()
        }


def backups(place: Path) -> list[bytes]:
    folder = store.Campaign(place).backups
    return [path.read_bytes() for path in sorted(folder.iterdir())] if folder.is_dir() else []


# --- the same as in the file


def nothing(_book: Any) -> None:
    pass


def typed_decision(book: Any) -> None:
    office.decide(book, "Липовская СОШ", "1.1", "на доработку", "пришлите приказ")


def own_column(book: Any) -> None:
    sheet = book[ENTRIES.sheet]
    column = office.add_column(sheet, "Звонил")
    sheet.cell(office.row_of(sheet, "Липовская СОШ", "1.2"), column).value = "в пятницу"


def words_beside(book: Any) -> None:
    sheet = book[FINDINGS.sheet]
    sheet.cell(office.row_of(sheet, "Кленовская ООШ"), len(FINDINGS.columns) + 3).value = "обещали завтра"


def row_of_plan_gone(book: Any) -> None:
    typed_decision(book)
    office.drop_rows(book["План"], "1.1")


def school_gone(book: Any) -> None:
    typed_decision(book)
    sheet = book[COMPLETENESS.sheet]
    sheet.cell(office.row_of(sheet, "Липовская СОШ"), 20).value = "новый директор"
    office.drop_rows(book["Участники"], "S01")


EDITS = (nothing, typed_decision, own_column, words_beside, row_of_plan_gone, school_gone)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign consolidated once with one school, and a second report that came since."""
    place = district.new(tmp_path_factory.mktemp("begun"))
    office.send(place, "S01")
    office.press(place)
    office.send(place, "S02", "вторая.xlsx")
    return place


@pytest.fixture
def started(begun: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(begun, tmp_path / begun.name))


@pytest.mark.parametrize("edit", EDITS)
def test_the_open_workbook_gets_the_tables_of_the_file(
    started: Path, tmp_path: Path, edit: Callable[[Any], None]
) -> None:
    """One coordinator saves and runs the command, another presses the button unsaved; then both again."""
    other = Path(shutil.copytree(started, tmp_path / "другая"))
    book = opened(started, edit)
    office.edit(other, edit)

    for minute in (1, 2):
        pressed, run = press(book, minute), office.press(other, minute)
        file = ExcelFile.from_bytes(office.data(other))

        assert tables(book) == tables(file)
        assert panel(book) == panel(file)
        assert pressed.consolidation == run.consolidation
        assert journal(started) == journal(other)
        assert (pressed.written_to is None) == (run.written_to is None) == (minute == 2)


def test_a_late_copy_and_one_that_changed_come_out_alike(started: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(started, tmp_path / "другая"))
    book = opened(started)
    changed = {**district.all_good(started, "S01"), "1.2": {**district.GOOD, "info": "Переделано."}}
    copy = district.filled(started, "S01", changed)
    for place in (started, other):
        district.receive(place, "исправленный.xlsx", copy)

    pressed, run = press(book, 5), office.press(other, 5)

    assert tables(book) == tables(ExcelFile.from_bytes(office.data(other)))
    assert pressed.consolidation.findings == run.consolidation.findings


def test_nothing_is_written_to_the_disk_but_the_copy_of_the_screen(started: Path) -> None:
    before = office.data(started)
    book = opened(started, typed_decision)
    on_screen = book.to_bytes()

    press(book, 1)

    assert office.data(started) == before
    assert backups(started)[-1] == on_screen
    assert not [*store.Campaign(started).state.glob("*.xls*")]


def test_a_second_press_touches_nothing(started: Path) -> None:
    book = opened(started)
    press(book, 1)
    shown, kept = book.to_bytes(), backups(started)
    book.calls.clear()

    result = press(book, 2)

    assert result.written_to is None
    assert book.calls == []
    assert book.to_bytes() == shown
    assert backups(started) == kept


def test_only_tables_that_change_are_written(started: Path) -> None:
    """An empty file came, no answer changed: «Исполнение» is not written again."""
    book = opened(started)
    press(book, 1)
    book.calls.clear()
    district.receive(started, "пустой.xlsx", b"")

    press(book, 2)

    assert ENTRIES.name not in book.replaced
    assert {FINDINGS.name, LEDGER.name, JOURNAL.name} <= set(book.replaced)


# --- words typed and not saved


def test_a_decision_typed_and_not_saved_is_remembered_with_its_words(started: Path) -> None:
    """Nothing else changed: nothing is written, and yet the history can quote the word from the copy."""
    book = opened(
        started, lambda book: office.decide(book, "Липовская СОШ", "1.1", "на доработку", "где он?")
    )
    press(book, 1)
    entries = book.read_table(ENTRIES.name)
    typed = OpenBook.opened(_saved(book, started), typed_decision)
    typed.path = book.path

    result = press(typed, 2)
    words = {one.became.text for one in campaign.history(started) if one.became.text}

    assert result.written_to is None
    assert entries.rows != typed.read_table(ENTRIES.name).rows
    assert {"на доработку", "пришлите приказ"} <= words


def _saved(book: OpenBook, place: Path) -> Path:
    path = place.parent / "на экране.xlsx"
    path.write_bytes(book.to_bytes())
    return path


def test_a_word_typed_while_the_press_reads_is_not_lost(
    started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = opened(started)
    real, calls = Tables.bodies, []

    def slow(self: Any) -> Any:
        if not calls:
            calls.append(1)
            typed = OpenBook.opened(_saved(book, started), typed_decision)
            book.__dict__.update({**typed.__dict__, "path": book.path})
        return real(self)

    monkeypatch.setattr(Tables, "bodies", slow)
    press(book, 1)
    table = book.read_table(ENTRIES.name)
    remark = table.headers.index(ENTRIES.column("remark").header)
    shown = {row[0].text + row[1].text: row[remark].text for row in table.rows}

    assert shown["Липовская СОШ1.1"] == "пришлите приказ"


# --- closed without saving


def test_a_press_closed_unsaved_is_undone(started: Path) -> None:
    """Next day the workbook is opened as it was saved; the same press comes to the same tables."""
    book = opened(started)
    press(book, 1)

    again = opened(started)
    press(again, 2)
    shown, before = tables(again), tables(book)

    assert {name: one for name, one in shown.items() if name != JOURNAL.name} == {
        name: one for name, one in before.items() if name != JOURNAL.name
    }
    assert len(shown[JOURNAL.name][1]) == len(before[JOURNAL.name][1]) + 1


def test_a_decision_on_an_answer_that_a_lost_press_had_replaced_is_flagged(started: Path) -> None:
    """The press showed the new answer and was closed unsaved; the decision is made on the old one."""
    press(opened(started), 1)
    changed = {**district.all_good(started, "S01"), "1.1": {**district.GOOD, "info": "Переделано."}}
    district.receive(started, "исправленный.xlsx", district.filled(started, "S01", changed))
    press(opened(started), 2)

    decided = opened(started, typed_decision)
    told = [press(decided, minute).consolidation.findings for minute in (3, 4)]

    for findings in told:
        assert [one.participant for one in findings if one.code == "M710"] == ["S01"]


def test_a_row_taken_away_and_brought_back_is_not_mourned(started: Path) -> None:
    """The row of the plan was deleted by mistake, the press showed it, the workbook was closed unsaved."""
    office.edit(started, typed_decision)
    mistaken = press(opened(started, lambda book: office.drop_rows(book["План"], "1.1")), 1)
    mended = press(opened(started), 2)

    assert "M704" in [one.code for one in mistaken.consolidation.findings]
    assert "M704" not in [one.code for one in mended.consolidation.findings]


# --- the copy of the screen


def test_the_copy_the_macro_made_is_used_up(started: Path, tmp_path: Path) -> None:
    book = opened(started)
    snapshot = tmp_path / "снимок.xlsm"
    snapshot.write_bytes(book.to_bytes())
    book.refuse("save_copy", Refusal.BUSY)

    consolidate_open(store.open_campaign(book.path), book, district.DUE, NOON, snapshot=snapshot)

    assert not snapshot.exists()
    assert backups(started)[-1] == OpenBook.opened(office.workbook(started)).to_bytes()


def test_where_no_copy_can_be_made_the_file_is_kept_and_that_is_told(started: Path) -> None:
    book = opened(started, typed_decision)
    book.refuse("save_copy", Refusal.BUSY)

    result = press(book, 1)

    assert [one.code for one in result.findings] == ["S810"]
    assert backups(started)[-1] == office.data(started)


# --- a press that breaks off


@pytest.mark.parametrize("table", [one.name for one in (MATRIX, ENTRIES, COMPLETENESS, JOURNAL)])
@pytest.mark.parametrize("edit", [typed_decision, school_gone])
def test_a_press_broken_off_in_the_middle_is_put_right_by_the_next(
    started: Path, tmp_path: Path, table: str, edit: Callable[[Any], None]
) -> None:
    """The program refuses at one table; what was lost beside vanished rows is known already."""
    other = Path(shutil.copytree(started, tmp_path / "другая"))
    book = opened(started, edit)
    office.edit(other, edit)
    book.refusals[table] = RuntimeError("the program hung up")

    with pytest.raises(HalfWritten):
        press(book, 1)
    del book.refusals[table]
    press(book, 2)
    office.press(other, 2)
    skipped = {JOURNAL.name}
    shown, file = tables(book), tables(ExcelFile.from_bytes(office.data(other)))

    assert {name: one for name, one in shown.items() if name not in skipped} == {
        name: one for name, one in file.items() if name not in skipped
    }
    assert journal(started)["orphans"] == journal(other)["orphans"]


def test_what_is_lost_is_in_the_journal_before_its_row_goes(started: Path) -> None:
    book = opened(started, school_gone)
    book.refuse(COMPLETENESS.name, Refusal.BUSY)

    with pytest.raises(HalfWritten):
        press(book, 1)

    assert "новый директор" in str(journal(started)["orphans"])


def test_a_loss_no_trial_foresaw_is_kept_at_once(started: Path) -> None:
    """No copy of the screen to try in: the port tells of the loss when it has happened."""
    book = opened(started, school_gone)
    book.refuse("save_copy", Refusal.BUSY)

    result = press(book, 1)

    assert "новый директор" in str(journal(started)["orphans"])
    assert "M704" in [one.code for one in result.consolidation.findings]
    assert "новый директор" in str(tables(book)[UNPLACED.name])


# --- «Сверка» by what the screen shows


def test_the_ledger_is_counted_by_what_the_screen_shows(started: Path) -> None:
    """The program keeps back an answer: the line does not add up, and «Сверка» says so."""
    book = opened(started)
    real = book.replace_table

    def forgetful(name: str, body: Any) -> Any:
        if name == ENTRIES.name:
            at = body.headers.index("Информация об исполнении")
            rows = tuple((*row[:at], type(row[at])(None), *row[at + 1 :]) for row in body.rows)
            body = type(body)(body.headers, rows, body.key_headers)
        return real(name, body)

    book.replace_table = forgetful  # type: ignore[method-assign]

    result = press(book, 1)
    shown = book.read_table(LEDGER.name)
    differences = [row[shown.headers.index("Разница")].value for row in shown.rows]

    assert "S802" in [one.code for one in result.consolidation.findings]
    assert any(differences)
    assert "S802" in str(tables(book)[FINDINGS.name])


def test_a_balanced_workbook_is_written_once(started: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = opened(started)

    press(book, 1)

    assert len(book.replaced) == len(set(book.replaced))


# --- what the program refuses


def test_a_refusal_is_the_caller_s_to_tell(started: Path) -> None:
    book = opened(started)
    book.refuse("at_work", Refusal.READ_ONLY)

    with pytest.raises(WorkbookRefused):
        press(book, 1)
