"""A whole year on the plan of Хотынец and on an invented one: from the order to the last note.

What is answered stands in ``year/answers.md``; what must come of it, figure by figure, in the grids of
``year/both.md``, ``year/khotynets.md`` and ``year/invented.md``, named by day.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from year_story import FOLDER, PARTS, Script, Year, cut_off, script, torn

from sheetsync.columns import LEDGER, UNPLACED

ORDERS = Path(__file__).parents[3] / "shared" / "orders"
FULL, WEAK, DAMAGED, LATE, OFFICE = PARTS
BACK, YES = "на доработку", "принято"

AMENDED = (
    (r"8 декабря 2023 года", "26 января 2024 года"),
    (r"№ (515|77)", "№ 21"),
    (r"до 29 декабря 2023 года", "до 1 марта 2024 года"),
    (r"Июнь, декабрь 2023", "Июнь 2023, февраль 2024"),
    (
        r"контрольно-измерительных материалов для",
        "контрольно-измерительных материалов и критериев оценивания для",
    ),
    (r"^3\.2\..*\n", ""),
    (
        r"^(4\.2\..*)$",
        r"\1\n4.3.\tПроведение семинара по обмену опытом\tОбразовательные организации\tФевраль 2024\t",
    ),
)
"""Row 1.2 and the whole report get another day, 2.2 other words, 3.2 goes, 4.3 comes."""

REAL = pytest.param(
    script("khotynets", ORDERS / "khotynets-2023.txt"),
    id="khotynets",
    marks=[
        pytest.mark.real_orders,
        pytest.mark.skipif(not ORDERS.is_dir(), reason="the shared folder with the real orders is not here"),
    ],
)
INVENTED = pytest.param(script("invented", FOLDER / "order.txt"), id="invented")


@pytest.mark.parametrize("played", [INVENTED, REAL])
def test_a_year(played: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    year = Year(played, tmp_path, monkeypatch)

    the_order_becomes_forms(year)
    three_schools_and_the_office_answer(year)
    what_is_good_is_accepted_the_rest_goes_back(year)
    some_of_it_is_mended(year)
    letters_name_each_its_own_gaps(year)
    the_rest_goes_back_again(year)
    the_note_is_written(year)
    the_fourth_school_sends_after_the_note(year)
    an_order_amends_the_plan(year)
    the_new_row_is_answered_and_an_old_form_comes(year)
    the_year_ends(year)


def the_order_becomes_forms(year: Year) -> None:
    year.on("2023-12-11")
    year.begins()

    assert "Выпущено форм: 5" in year.does("issue")


def three_schools_and_the_office_answer(year: Year) -> None:
    """One school is complete, one weak, one sends a file that broke and then a torn form, one is silent."""
    year.on("2023-12-26")
    year.fills(FULL, "полная", "Отчёт.xlsx")
    year.fills(OFFICE, "отдел", "Отдел.xlsx")
    year.on("2023-12-27")
    year.fills(WEAK, "слабая", "слабая/форма заполненная.xlsx")
    year.on("2023-12-28")
    sent = year.fills(DAMAGED, "повреждённая", "новая форма (3).xlsx", spoil=torn)
    year.sends("не открывается.xlsx", cut_off(sent))

    year.on("2023-12-29")
    said = year.collects()

    assert "Файл повреждён: архив обрывается" in said
    assert year.counts() == year.told("Полнота 29 декабря")
    assert year.rates() == year.told("Доли")[1][1:]
    assert year.table(UNPLACED, "participant", "text") == year.told("Не размещено")


def what_is_good_is_accepted_the_rest_goes_back(year: Year) -> None:
    assert year.told("Принято разом")[1][1] in year.does("accept")

    year.decides(
        (WEAK, "2.1", BACK, "Приложите справку по итогам анализа"),
        (WEAK, "3.3", BACK, "Какая программа? Укажите номер и дату"),
        (DAMAGED, "3.2", BACK, "Назовите причину и новый срок"),
        (FULL, "3.1", YES, ""),
    )
    said = year.does("return")

    assert f"S02 {WEAK} (возврат 1).xlsx — строк с замечанием: 2, срок 15.01.2024" in said
    assert f"S03 {DAMAGED} (возврат 1).xlsx — строк с замечанием: 1, срок 15.01.2024" in said


def some_of_it_is_mended(year: Year) -> None:
    """The broken file is put away; the weak school mends one remark of two, the damaged one both rows."""
    year.on("2024-01-10")
    (year.place / "Получено" / "не открывается.xlsx").unlink()
    year.fills(WEAK, "слабая, исправлено", "слабая, исправлено.xlsx", year.returned(WEAK, 1))
    year.fills(
        DAMAGED, "повреждённая, исправлено", "повреждённая, исправлено.xlsx", year.returned(DAMAGED, 1)
    )
    year.collects()

    assert year.counts() == year.told("Полнота 10 января")
    assert year.rates() == year.told("Доли")[2][1:]
    assert year.reviews() == year.told("Проверка 10 января")


def letters_name_each_its_own_gaps(year: Year) -> None:
    """No letter to who is complete, none about what the coordinator has yet to look at."""
    said = year.does("remind")

    assert year.letters("2024-01-10") == [WEAK, LATE]
    assert year.letter("2024-01-10", WEAK) == year.told("Письмо слабой 10 января")
    assert year.letter("2024-01-10", LATE) == year.told("Письмо опоздавшей 10 января")
    assert "Ответ ждём не позднее 17.01.2024." in said
    assert f"{WEAK}: не позднее 15.01.2024, как сказано в возвращённой форме." in said


def the_rest_goes_back_again(year: Year) -> None:
    year.on("2024-01-11")
    year.decides(
        (WEAK, "2.1", YES, ""),
        (WEAK, "3.3", BACK, "Вторая просьба: номер и дата программы"),
        (WEAK, "1.1", BACK, "Нужны номер и дата плана"),
        (DAMAGED, "3.2", YES, ""),
        (DAMAGED, "2.2", BACK, "Материалы из банка района кем-то утверждены?"),
    )
    assert year.told("Принято разом")[2][1] in year.does("accept")
    assert "Возвращено форм: 2" in year.does("return")

    year.on("2024-01-17")
    year.fills(WEAK, "слабая, исправлено ещё раз", "слабая, ещё раз.xlsx", year.returned(WEAK, 2))
    year.fills(DAMAGED, "повреждённая, исправлено ещё раз", "повреждённая, 2.xlsx", year.returned(DAMAGED, 2))
    year.collects()

    assert year.counts() == year.told("Полнота 17 января")
    assert year.rates() == year.told("Доли")[3][1:]
    year.decides(*((WEAK, number, YES, "") for number in ("1.1", "3.2", "3.3")), (DAMAGED, "2.2", YES, ""))
    assert year.told("Принято разом")[3][1] in year.does("accept")


def the_note_is_written(year: Year) -> None:
    year.on("2024-01-18")
    assert "Справка составлена на 18.01.2024" in year.does("report")

    assert year.note("Общие итоги") == year.told("Справка 18 января: общие итоги")
    assert year.note("Итоги по разделам плана") == year.told("Справка 18 января: разделы")
    assert year.note("Итоги по участникам") == year.told("Справка 18 января: участники")


def the_fourth_school_sends_after_the_note(year: Year) -> None:
    """Nobody collects before the next note: it counts the late copy and says what changed."""
    year.on("2024-01-23")
    year.fills(LATE, "опоздавшая", "наконец.xlsx")
    year.on("2024-01-24")
    assert "чисел изменилось" in year.does("report")

    assert year.note("Общие итоги") == year.told("Справка 24 января: общие итоги")
    assert year.note("Что изменилось с прошлой справки") == year.told("Справка 24 января: что изменилось")
    assert year.told("Принято разом")[4][1] in year.does("accept")
    assert year.counts() == year.told("Полнота 24 января")
    assert year.rates() == year.told("Доли")[4][1:]


def an_order_amends_the_plan(year: Year) -> None:
    year.on("2024-01-29")
    order = year.amended_order(*AMENDED)

    code, said = year.types("amend", "--order", str(order))
    assert code == 1
    assert "Изменено строк: 3, добавлено: 1, исключено: 1" in said
    year.does("amend", "--order", str(order), "--yes")
    assert "Выпущено форм: 5" in year.does("issue")


def the_new_row_is_answered_and_an_old_form_comes(year: Year) -> None:
    """The weak school fills a form of the first issue: what came of it since stays."""
    year.on("2024-02-20")
    for part in (FULL, DAMAGED, LATE):
        year.fills(part, f"новая строка, {part}", f"{part} (2024).xlsx")
    year.on("2024-02-22")
    year.fills(WEAK, "прежняя форма, слабая", "слабая, старая форма.xlsx", year.returned(WEAK, 2))
    year.on("2024-03-01")
    said = year.collects()

    assert "Решение «принято» принято до того, как ответ изменился" in said
    assert "оставлен прежний ответ" not in said
    assert year.counts() == year.told("Полнота 1 марта")
    assert year.rates() == year.told("Доли")[5][1:]


def the_year_ends(year: Year) -> None:
    """One school is approved, one accepted, one owes a row, one has a remark to see to."""
    assert year.told("Принято разом")[5][1] in year.does("accept")
    year.decides((WEAK, "1.2", YES, "проверено повторно"), (LATE, "4.3", BACK, "Назовите день семинара"))
    year.approves(FULL)
    year.collects()
    year.does("report")
    year.does("return")
    year.does("remind")
    year.does("verify")

    assert year.counts() == year.told("Полнота в конце")
    assert year.rates() == year.told("Доли")[6][1:]
    assert year.reviews() == year.told("Проверка в конце")
    assert year.note("Общие итоги") == year.told("Справка 1 марта: общие итоги")
    assert year.note("Что изменилось с прошлой справки") == year.told("Справка 1 марта: что изменилось")
    assert year.letters("2024-03-01") == [WEAK, LATE]
    assert year.letter("2024-03-01", WEAK) == year.told("Письмо слабой 1 марта")
    assert year.letter("2024-03-01", LATE) == year.told("Письмо опоздавшей 1 марта")
    assert year.table(LEDGER, "file", "filled", "placed", "reported", "superseded", "refused") == year.told(
        "Сверка"
    )
    assert year.files() == year.told("Папка")
    assert year.journal() == year.told("Журнал")
