"""A person presses a button and reads one sentence in the status cell, whatever happened."""

from __future__ import annotations

import errno
import os
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import coordinator as office
import district_fixture as district
import openpyxl
import pytest

from open_book import OpenBook
from sheetsync import store
from sheetsync.campaign import pressing
from sheetsync.campaign.issuing import form_name
from sheetsync.campaign.pressing import Pressed
from sheetsync.columns import (
    CHECKED,
    CHECKED_SHEET,
    ENTRIES,
    FORM_SHEET,
    MATRIX,
    PARTICIPANTS,
    PLAN,
    PROTOCOL,
    Action,
    KitCell,
    KitMessage,
)
from sheetsync.grid import Cell
from sheetsync.workbooks.port import Out, Refusal, TableRows, WorkbookRefused

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

NOON = datetime(2026, 6, 15, 12, 0)
ACTIONS = tuple(Action)


@pytest.fixture
def book(place: Path) -> OpenBook:
    return OpenBook.opened(office.workbook(place))


def press(action: Action, book: OpenBook, **options: Any) -> Pressed:
    """Press; the status cell says what is returned."""
    pressed = pressing.press(action, book, NOON, **options)

    assert pressed.unsaid or book.status == pressed.sentence
    return pressed


def choose(book: OpenBook, path: Path) -> None:
    book.write_named(KitCell.FILE, Out(str(path)))


def rows_of(table: TableRows) -> list[dict[str, str]]:
    return [dict(zip(table.headers, [cell.text for cell in row], strict=True)) for row in table.rows]


# --- done


def test_the_sentence_of_a_consolidation_says_how_many_reports_there_are(place: Path, book: OpenBook) -> None:
    office.send(place, "S01")
    pressed = press(Action.CONSOLIDATE, book)

    assert re.fullmatch(
        r"Готово 12:0\d, \d+ с: поступило 1 из 4, обязательных замечаний \d+\. "
        r"Книга не сохранена: сохраните её \(Ctrl\+S\)\.",
        pressed.sentence,
    )
    assert pressed.needs_user
    assert book.said[-1] == ""
    assert {"Чтение копий: 1 из 1", "Запись в книгу…"} <= set(book.said)


def test_a_press_that_changes_nothing_says_so(place: Path, book: OpenBook) -> None:
    press(Action.CONSOLIDATE, book)
    pressed = press(Action.CONSOLIDATE, book)

    assert "с прошлого раза ничего не изменилось" in pressed.sentence
    assert "не сохранена" not in pressed.sentence


def test_received_renamed_away_is_told(place: Path, book: OpenBook) -> None:
    """Found where «поступило 0 из 9» named no folder."""
    received = store.Campaign(place).received
    received.rename(received.with_name("Получено (старое)"))
    pressed = press(Action.CONSOLIDATE, book)

    assert "Рядом с районной книгой нет папки «Получено»" in pressed.sentence
    assert pressed.needs_user
    assert "нет папки «Получено»" in press(Action.CONSOLIDATE, book).sentence


def test_a_file_in_the_place_of_received_is_told(place: Path, book: OpenBook) -> None:
    received = store.Campaign(place).received
    shutil.rmtree(received)
    received.write_bytes(b"")

    assert "Вместо папки «Получено»" in press(Action.CONSOLIDATE, book).sentence


@pytest.mark.parametrize("action", [Action.CONSOLIDATE, Action.ISSUE])
def test_a_plan_emptied_by_hand_is_told(action: Action, place: Path) -> None:
    """Found where «поступило 0 из 0» said nothing of the sheets that were emptied."""

    def emptied(workbook: Any) -> None:
        for spec in (PLAN, PARTICIPANTS):
            sheet = workbook[spec.sheet]
            first = office.row_of(sheet, spec.headers[1]) + 1
            for row in sheet.iter_rows(min_row=first):
                for cell in row:
                    cell.value = None

    book = OpenBook.opened(office.workbook(place), emptied)
    sentence = press(action, book).sentence

    assert "На листе «План» нет ни одного мероприятия" in sentence
    assert "На листе «Участники» нет ни одной школы" in sentence


def test_files_not_taken_are_counted(place: Path, book: OpenBook) -> None:
    district.receive(place, "пустой.xlsx", b"")

    assert "Не принято файлов: 1, см. лист «Замечания»." in press(Action.CONSOLIDATE, book).sentence


def test_a_copy_of_the_screen_that_failed_is_told(place: Path, book: OpenBook) -> None:
    book.refuse("save_copy", Refusal.BUSY)

    assert "Снять копию открытой книги не удалось" in press(Action.CONSOLIDATE, book).sentence


def test_forms_are_issued_by_the_plan_on_the_screen(place: Path) -> None:
    """A title typed and not saved is in the forms."""

    def retitled(workbook: Any) -> None:
        sheet = workbook[PLAN.sheet]
        cell = next(
            one for row in sheet.iter_rows() for one in row if one.value == "Летняя смена для отстающих"
        )
        cell.value = "Летняя смена для всех"

    book = OpenBook.opened(office.workbook(place), retitled)
    pressed = press(Action.ISSUE, book)
    form = openpyxl.load_workbook(district.form_of(place, "S01"))[FORM_SHEET]
    titles = {str(cell.value) for row in form.iter_rows() for cell in row}

    assert "выпущено форм 4, без изменений 0" in pressed.sentence
    assert "«Формы»" in pressed.sentence
    assert "Летняя смена для всех" in titles


def test_a_form_somebody_changed_is_told(place: Path, book: OpenBook) -> None:
    form = district.form_of(place, "S01")
    form.write_bytes(form.read_bytes() + b" ")
    pressed = press(Action.ISSUE, book)

    assert form.name in pressed.sentence
    assert pressed.needs_user
    assert form_name(district.plan_of(place).participants[0]) == form.name


def test_a_checked_file_is_told_row_by_row_on_its_sheet(place: Path, tmp_path: Path, book: OpenBook) -> None:
    """The file lies on the desktop, outside the campaign: it is checked by the plan on the screen."""
    copy = tmp_path / "с рабочего стола.xlsx"
    copy.write_bytes(district.filled(place, "S01", {"1.1": {"status": "выполнено"}}))
    choose(book, copy)
    before = [one.path for one in os.scandir(place / store.STATE_FOLDER / "originals")]

    pressed = press(Action.CHECK, book)
    found = rows_of(book.read_table(CHECKED.name))

    assert "«с рабочего стола.xlsx»: обязательных замечаний" in pressed.sentence
    assert "строк 5, с ответом 1" in pressed.sentence
    assert book.in_front == CHECKED_SHEET
    assert {"1.1 Назначение координатора в каждой школе"} <= {one["Мероприятие"] for one in found}
    assert {one["Участник"] for one in found} <= {"Липовская СОШ", ""}
    assert [one.path for one in os.scandir(place / store.STATE_FOLDER / "originals")] == before


def test_a_file_without_findings_has_a_row_that_says_so(place: Path, tmp_path: Path, book: OpenBook) -> None:
    copy = tmp_path / "хороший.xlsx"
    copy.write_bytes(district.filled(place, "S01", district.confirmed(place, "S01")))
    choose(book, copy)
    pressed = press(Action.CHECK, book)
    (row,) = rows_of(book.read_table(CHECKED.name)) if not pressed.needs_user else ({},)

    assert not pressed.needs_user, pressed.sentence
    assert row["Что не так"] == "Замечаний нет."


def test_what_was_written_beside_the_last_check_is_not_lost(
    place: Path, tmp_path: Path, book: OpenBook
) -> None:
    def noted(workbook: Any) -> None:
        sheet = workbook[CHECKED_SHEET]
        sheet.cell(office.row_of(sheet, "broken.xlsx"), len(CHECKED.columns) + 2).value = "перезвонить"

    (tmp_path / "broken.xlsx").write_bytes(b"")
    choose(book, tmp_path / "broken.xlsx")
    press(Action.CHECK, book)
    path = tmp_path / "на экране.xlsm"
    path.write_bytes(book.to_bytes())
    later = OpenBook.opened(path, noted)
    later.path = book.path
    (tmp_path / "другой.xlsx").write_bytes(b"")
    choose(later, tmp_path / "другой.xlsx")

    press(Action.CHECK, later)

    assert any("перезвонить" in one["Что не так"] for one in rows_of(later.read_table(CHECKED.name)))


def test_an_older_workbook_without_the_sheet_gets_the_sentence_alone(place: Path, tmp_path: Path) -> None:
    book = OpenBook.opened(office.workbook(place), lambda workbook: workbook.__delitem__(CHECKED_SHEET))
    (tmp_path / "пустой.xlsx").write_bytes(b"")
    choose(book, tmp_path / "пустой.xlsx")

    pressed = press(Action.CHECK, book)

    assert "файл «пустой.xlsx» не принят" in pressed.sentence
    assert "Листа «Проверка файла» в этой книге нет" in pressed.sentence


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "Файл пустой (0 байт)."), (b"%PDF-1.7\n", "Это не книга Excel")]
)
def test_a_file_that_is_not_taken_is_told_so_with_the_reason(
    data: bytes, reason: str, tmp_path: Path, book: OpenBook
) -> None:
    """Found where the sentence said «обязательных замечаний 1» and nothing of the file itself."""
    (tmp_path / "отчёт.xlsx").write_bytes(data)
    choose(book, tmp_path / "отчёт.xlsx")
    sentence = press(Action.CHECK, book).sentence

    assert f"файл «отчёт.xlsx» не принят, в свод он не войдёт. {reason}" in sentence
    assert "Подробно — на листе «Проверка файла»." in sentence


def test_a_workbook_that_is_no_report_is_told_so_with_the_reason(tmp_path: Path, book: OpenBook) -> None:
    other = openpyxl.Workbook()
    other.active.append(["Меню столовой", "Цена"])
    other.save(tmp_path / "меню.xlsx")
    choose(book, tmp_path / "меню.xlsx")

    assert (
        "файл «меню.xlsx» не принят, в свод он не войдёт. В файле не найден отчёт"
        in press(Action.CHECK, book).sentence
    )


def test_no_file_chosen_is_told(book: OpenBook) -> None:
    assert press(Action.CHECK, book).sentence == "Файл не выбран: проверять нечего."


def test_a_file_that_is_gone_is_told(tmp_path: Path, book: OpenBook) -> None:
    choose(book, tmp_path / "нет.xlsx")

    assert "нет.xlsx» нет. Проверьте имя и папку." in press(Action.CHECK, book).sentence


# --- which book, which buttons


@pytest.mark.parametrize("action", ACTIONS)
def test_a_book_outside_a_campaign_is_told(action: Action, tmp_path: Path, book: OpenBook) -> None:
    book.path = tmp_path / "копия.xlsm"
    book.path.write_bytes(b"")

    assert "не в папке кампании" in press(action, book).sentence


@pytest.mark.parametrize("action", ACTIONS)
def test_another_book_of_the_campaign_is_told(action: Action, place: Path, book: OpenBook) -> None:
    book.path = place / "Район (новый).xlsm"
    book.path.write_bytes(b"")
    sentence = press(action, book).sentence

    assert "Это «Район (новый).xlsm»" in sentence
    assert store.NEW_WORKBOOK_NAME in sentence


def test_a_book_never_saved_is_told(tmp_path: Path, book: OpenBook) -> None:
    book.path = tmp_path / "Книга1"

    assert "Сначала сохраните книгу" in press(Action.CONSOLIDATE, book).sentence


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    ("spoken", "words"), [(PROTOCOL - 1, "старше программы"), (PROTOCOL + 1, "новее программы")]
)
def test_buttons_of_another_version_do_nothing_and_say_what_to_update(
    action: Action, spoken: int, words: str, book: OpenBook
) -> None:
    book.write_named(KitCell.PROTOCOL, Out(spoken))
    book.calls.clear()

    assert words in press(action, book).sentence
    assert book.calls == []


def test_buttons_of_the_add_in_tell_their_version_themselves(
    book: OpenBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workbook without a kit of its own: its cells are not there."""
    real = OpenBook.read_named

    def bare(self: OpenBook, name: str) -> Cell:
        if name == KitCell.PROTOCOL:
            raise KeyError(name)
        return real(self, name)

    monkeypatch.setattr(OpenBook, "read_named", bare)

    assert "новее программы" in press(Action.CONSOLIDATE, book, protocol=str(PROTOCOL + 1)).sentence
    assert "Готово" in press(Action.CONSOLIDATE, book, protocol=str(PROTOCOL)).sentence


# --- in the way


@pytest.mark.parametrize("action", [Action.CONSOLIDATE, Action.ISSUE])
def test_another_run_is_named(
    action: Action, place: Path, book: OpenBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.lock, "_WAIT_SECONDS", 0.1)
    with store.one_writer(store.open_campaign(place), NOON, "consolidate"):
        sentence = press(action, book).sentence

    assert "уже работает другой запуск" in sentence
    assert "начат 15.06.2026 12:00" in sentence


@pytest.mark.parametrize(
    ("refusal", "where", "words"),
    [
        (Refusal.READ_ONLY, "", "только для чтения"),
        (Refusal.PROTECTED, "Исполнение", "Лист «Исполнение» защищён"),
        (Refusal.PROTECTED, "", "Книга защищена"),
        (Refusal.BUSY, "", "Выйдите из правки ячейки"),
        (Refusal.CLOSED, "", "Книга закрылась"),
        (Refusal.IN_THE_WAY, "Свод", "На листе «Свод» таблице некуда расти"),
    ],
)
def test_what_the_program_refuses_is_told_with_what_to_do(
    refusal: Refusal, where: str, words: str, book: OpenBook
) -> None:
    book.refuse(MATRIX.name, refusal, where)
    sentence = press(Action.CONSOLIDATE, book).sentence

    assert words in sentence
    assert "Часть листов" not in sentence


def test_a_protected_sheet_is_known_before_any_is_written(place: Path, book: OpenBook) -> None:
    office.send(place, "S01")
    book.refuse(ENTRIES.name, Refusal.PROTECTED, ENTRIES.sheet)
    sentence = press(Action.CONSOLIDATE, book).sentence

    assert "Лист «Исполнение» защищён" in sentence
    assert book.calls == []


def test_a_press_refused_in_the_middle_says_that_sheets_may_have_changed(place: Path, book: OpenBook) -> None:
    office.send(place, "S01")
    book.refuse(ENTRIES.name, Refusal.BUSY)
    sentence = press(Action.CONSOLIDATE, book).sentence

    assert "Выйдите из правки ячейки" in sentence
    assert "закройте книгу без сохранения или нажмите «Собрать свод» ещё раз" in sentence


def test_a_lost_table_is_named_with_its_sheet(place: Path) -> None:
    book = OpenBook.opened(office.workbook(place), lambda workbook: workbook.__delitem__(MATRIX.sheet))

    assert "нет таблицы tbl_matrix (лист «Свод»)" in press(Action.CONSOLIDATE, book).sentence


@pytest.mark.parametrize("action", ACTIONS)
def test_a_journal_that_cannot_be_read_is_told(action: Action, place: Path, book: OpenBook) -> None:
    store.Campaign(place).journal.write_bytes(b"no database")
    choose(book, district.form_of(place, "S01"))

    assert "Журнал кампании" in press(action, book).sentence


def test_a_full_disk_is_told(place: Path, book: OpenBook, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    office.send(place, "S01")
    monkeypatch.setattr(os, "fsync", full)

    assert "на диске кончилось место" in press(Action.CONSOLIDATE, book).sentence


@pytest.mark.parametrize("action", ACTIONS)
def test_anything_else_leaves_a_file_for_the_developer(
    action: Action, place: Path, book: OpenBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Иванова Мария")

    choose(book, district.form_of(place, "S01"))
    monkeypatch.setattr(OpenBook, "read_table", broken)
    sentence = press(action, book).sentence
    details = re.search(r"Подробности: (.*?\.txt)", sentence)

    assert details
    assert "RuntimeError" in Path(details[1]).read_text(encoding="utf-8")
    assert "Иванова" not in sentence
    Path(details[1]).unlink()


# --- where it is said


@pytest.mark.parametrize("refusal", [KeyError(KitCell.STATUS), WorkbookRefused(Refusal.PROTECTED)])
def test_where_the_sentence_has_no_place_the_macro_says_so(book: OpenBook, refusal: Exception) -> None:
    """The status cell is gone or its sheet protected; found where «Работаю…» stayed for good."""
    book.refusals[KitCell.STATUS] = refusal

    assert pressing.press(Action.CHECK, book, NOON).unsaid is KitMessage.NO_PLACE


def test_a_program_that_is_gone_leaves_it_to_the_macro(book: OpenBook) -> None:
    book.refusals |= {"tell": RuntimeError("gone"), "write_named": RuntimeError("gone")}

    assert pressing.press(Action.CONSOLIDATE, book, NOON).unsaid is KitMessage.NO_CONNECTION
