"""The buttons after collecting: what each does with the workbook on the screen, and what it answers."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import coordinator as office
import district_fixture as district
import pytest

from open_book import OpenBook
from sheetsync import store
from sheetsync.campaign import pressing
from sheetsync.columns import ENTRIES, JOURNAL, Action
from sheetsync.workbooks.port import Refusal

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

NOON = datetime(2026, 6, 15, 12, 0)
ACCEPTED, REWORK, _ = ENTRIES.column("decision").choices
SCHOOL, NUMBER, REMARK = "Липовская СОШ", "1.1", "Приложите приказ с печатью"
NOT_SAVED = "Книга не сохранена: сохраните её (Ctrl+S)."
FROM_SCREEN = "Взято то, что сейчас на экране: сохраните книгу (Ctrl+S)."


@pytest.fixture
def come(place: Path) -> Path:
    """One school of four has reported, everything done and confirmed; the workbook is saved."""
    office.send(place, "S01", answers=district.confirmed(place, "S01"))
    office.press(place)
    return place


@pytest.fixture
def book(come: Path) -> OpenBook:
    return OpenBook.opened(office.workbook(come))


@pytest.fixture
def sent_back(come: Path) -> OpenBook:
    """A row is sent back with a remark, on the screen alone: nobody has saved it."""
    return OpenBook.opened(
        office.workbook(come), lambda workbook: office.decide(workbook, SCHOOL, NUMBER, REWORK, REMARK)
    )


def press(action: Action, book: OpenBook, minute: int = 0) -> str:
    """What the status cell says."""
    pressed = pressing.press(action, book, NOON.replace(minute=minute))

    assert book.status == pressed.sentence
    return pressed.sentence


def done(sentence: str) -> str:
    """What was done, without when and how long."""
    told = re.fullmatch(r"Готово \d\d:\d\d, \d+ с: (.*)", sentence)
    assert told, sentence
    return told[1]


def verdicts(book: OpenBook) -> list[str]:
    read = book.read_table(ENTRIES.name)
    at = read.headers.index(ENTRIES.column("decision").header)
    return [row[at].text for row in read.rows if row[at].text]


# --- accepting


def test_accepting_is_done_on_the_screen_and_undone_there(come: Path, book: OpenBook) -> None:
    on_disk = office.data(come)

    assert (
        done(press(Action.ACCEPT, book))
        == f"принято ответов: 5. Передумали — «Отменить принятие». {NOT_SAVED}"
    )
    assert verdicts(book) == [ACCEPTED] * 5
    assert done(press(Action.UNDO, book, 1)) == f"отменено решений «принято»: 5. {NOT_SAVED}"
    assert verdicts(book) == []
    assert office.data(come) == on_disk


def test_nothing_to_accept_or_undo_is_told(book: OpenBook) -> None:
    press(Action.ACCEPT, book)

    assert "принимать нечего" in press(Action.ACCEPT, book, 1)
    press(Action.UNDO, book, 2)
    assert (
        done(press(Action.UNDO, book, 3))
        == "отменять нечего: нажатием «Принять подтверждённое» ничего не принято."
    )


def test_what_is_left_to_the_coordinators_eyes_is_counted_with_its_place(come: Path) -> None:
    answers = district.confirmed(come, "S02")
    office.send(come, "S02", answers=answers | {"1.2": {**answers["1.2"], "document": ""}})
    book = OpenBook.opened(office.workbook(come))

    assert "Проверить самим осталось 1: лист «Исполнение», столбец «Проверка района»." in press(
        Action.ACCEPT, book
    )


def test_rows_decided_meanwhile_are_kept_when_undone(come: Path, book: OpenBook, tmp_path: Path) -> None:
    press(Action.ACCEPT, book)
    screen = tmp_path / "экран.xlsm"
    screen.write_bytes(book.to_bytes())
    later = OpenBook.opened(screen, lambda workbook: office.decide(workbook, SCHOOL, NUMBER, REWORK, REMARK))
    later.path = book.path

    assert "отменено решений «принято»: 4. Оставлено как есть 1" in press(Action.UNDO, later, 1)
    assert verdicts(later) == [REWORK]


def test_a_protected_sheet_is_told_before_anything_is_accepted(book: OpenBook) -> None:
    book.refuse(ENTRIES.name, Refusal.PROTECTED, ENTRIES.sheet)

    assert "Лист «Исполнение» защищён" in press(Action.ACCEPT, book)
    assert book.calls == []
    book.refusals.clear()
    assert "отменять нечего" in press(Action.UNDO, book, 1)


def test_a_press_torn_off_names_its_own_button(book: OpenBook) -> None:
    book.refuse(JOURNAL.name, Refusal.BUSY)

    assert "нажмите «Принять подтверждённое» ещё раз" in press(Action.ACCEPT, book)
    book.refusals.clear()
    press(Action.ACCEPT, book, 1)
    assert verdicts(book) == [ACCEPTED] * 5
    assert "отменено решений «принято»: 5" in press(Action.UNDO, book, 2)


def test_taking_back_that_could_not_be_written_is_done_by_another_press(book: OpenBook) -> None:
    """Somebody began to edit a cell while the button worked."""
    press(Action.ACCEPT, book)
    book.refuse("at_work", Refusal.BUSY)

    assert "Выйдите из правки ячейки" in press(Action.UNDO, book, 1)
    assert verdicts(book) == [ACCEPTED] * 5
    book.refusals.clear()
    assert "отменено решений «принято»: 5" in press(Action.UNDO, book, 2)
    assert verdicts(book) == []


# --- giving back


def test_remarks_nobody_has_saved_yet_are_given_back(come: Path, sent_back: OpenBook) -> None:
    on_disk = office.data(come)

    assert done(press(Action.RETURN, sent_back)) == (
        f"форм с замечаниями 1, без изменений 0; лежат в папке «Возврат», отправьте их школам. {FROM_SCREEN}"
    )
    assert len(list(store.Campaign(come).returned.iterdir())) == 1
    assert sent_back.calls == []
    assert office.data(come) == on_disk


def test_nothing_to_give_back_is_told(book: OpenBook) -> None:
    assert done(press(Action.RETURN, book)) == (
        "возвращать нечего: на листе «Исполнение» нет строк «на доработке», ждущих ответа школы."
    )


def test_giving_back_writes_nothing_into_a_protected_workbook(sent_back: OpenBook) -> None:
    sent_back.refuse(ENTRIES.name, Refusal.PROTECTED, ENTRIES.sheet)

    assert "форм с замечаниями 1" in press(Action.RETURN, sent_back)


def test_a_returned_form_somebody_changed_is_told(come: Path, sent_back: OpenBook, tmp_path: Path) -> None:
    press(Action.RETURN, sent_back)
    (form,) = store.Campaign(come).returned.iterdir()
    form.write_bytes(form.read_bytes() + b" ")
    sent_back = OpenBook.opened(
        office.workbook(come), lambda workbook: office.decide(workbook, SCHOOL, NUMBER, REWORK, "Другое")
    )

    assert f"{SCHOOL}: Возвращённая форма «{form.name}» изменилась" in press(Action.RETURN, sent_back, 1)


# --- letters


def test_letters_lie_in_their_folder_and_nobody_sends_them(
    come: Path, book: OpenBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sent(*_: Any, **__: Any) -> None:
        raise AssertionError("a button sends nothing")

    monkeypatch.setattr("smtplib.SMTP.__init__", sent)
    told = done(press(Action.LETTERS, book))

    assert told.startswith(
        "писем составлено 2, без изменений 0; лежат в папке «Письма/2026-06-15». Прочитайте их и отправьте сами. "
        "Ответ ждём не позднее "
    )
    assert FROM_SCREEN in told
    assert len(list((store.Campaign(come).letters / "2026-06-15").glob("*.docx"))) == 2
    assert "писем составлено 0, без изменений 2" in press(Action.LETTERS, book, 1)


def test_letters_ask_first_for_the_form_with_the_remarks(sent_back: OpenBook) -> None:
    first = (
        "Замечания есть, а форма с ними не выдана (1): нажмите «Вернуть на доработку», затем снова «Письма»."
    )

    assert first in press(Action.LETTERS, sent_back)
    press(Action.RETURN, sent_back, 1)
    assert first not in press(Action.LETTERS, sent_back, 2)


# --- the note


def test_the_note_lies_beside_the_workbook(come: Path, book: OpenBook) -> None:
    told = done(press(Action.REPORT, book))
    campaign = store.Campaign(come)

    assert told.startswith(
        "справка на 15.06.2026 лежит рядом с книгой: «Справка.docx», откуда каждое число — «Справка. Откуда числа.xlsx»."
    )
    assert "Выводы в справке — черновик" in told
    assert told.endswith(FROM_SCREEN)
    assert campaign.note.is_file()
    assert campaign.appendix.is_file()
    assert (
        done(press(Action.REPORT, book, 1))
        == "справка на 15.06.2026 та же, ничего не изменилось: «Справка.docx»."
    )


def test_a_note_open_in_word_stays_and_the_new_one_lies_beside(come: Path, book: OpenBook) -> None:
    press(Action.REPORT, book)
    note = store.Campaign(come).note
    before = note.read_bytes()
    note.with_name(f"~${note.name}").write_bytes(b"")
    office.send(come, "S02", answers=district.confirmed(come, "S02"))
    told = press(Action.REPORT, book, 1)

    assert "лежит рядом с книгой: «Справка (2).docx»" in told
    assert "Справка «Справка.docx» открыта в другой программе" in told
    assert note.read_bytes() == before


def test_decisions_on_the_screen_are_in_the_note(come: Path, book: OpenBook, sent_back: OpenBook) -> None:
    press(Action.REPORT, book)
    before = store.Campaign(come).note.read_bytes()

    assert "лежит рядом с книгой: «Справка.docx»" in press(Action.REPORT, sent_back, 1)
    assert store.Campaign(come).note.read_bytes() != before
