"""A whole copy through the shield: cells, numbers, notes, links, shapes, lists over several cells."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.findings import severity_of
from sheetsync.grid import Book, Cell, Sheet
from sheetsync.model import Origin, Plan, PlanRow, Privacy, Settings, Severity
from sheetsync.privacy.books import masked_book
from sheetsync.privacy.shield import Shield

HERE = Origin("школа.xlsx", "abc")


def book(*cells: Cell | Any, **parts: Any) -> Book:
    """A book with these cells in column A, one under another."""
    placed = {
        (row, 1): cell if isinstance(cell, Cell) else Cell(cell) for row, cell in enumerate(cells, start=1)
    }
    return Book((Sheet("Отчёт", placed, **parts),))


def rows(*lines: tuple[Any, ...]) -> Book:
    """A book with these rows of values."""
    placed = {
        (row, column): Cell(value)
        for row, line in enumerate(lines, start=1)
        for column, value in enumerate(line, start=1)
    }
    return Book((Sheet("Список", placed),))


def masked(given: Book, shield: Shield | None = None) -> tuple[list[Cell], list[str]]:
    """The covered cells in order, and the codes of the findings."""
    result, findings = masked_book(given, shield or Shield(), HERE)
    return list(result.sheets[0].cells.values()), [one.code for one in findings]


def texts(given: Book) -> list[str]:
    return [cell.text for cell in masked(given)[0]]


def test_a_phone_kept_as_a_number_is_covered() -> None:
    cells, codes = masked(book(89123456789.0, 79123456789, 9123456789, 5, 2023, 44986.5))

    assert [cell.value for cell in cells[:3]] == ["+7 ***-**-89"] * 3
    assert [cell.value for cell in cells[3:]] == [5, 2023, 44986.5]
    assert codes == ["P902"] * 3


def test_a_snils_kept_as_a_number_is_covered() -> None:
    assert texts(book(11223344595)) == ["***-***-*** 95"]


def test_notes_links_and_formulas_are_covered() -> None:
    cell = Cell(
        "почта",
        formula='HYPERLINK("mailto:ivan@mail.ru","почта")',
        links=("mailto:ivan@mail.ru", "tel:+79123456789", "https://lip.example/Иванов_Пётр_7Б.pdf"),
        comment="Мама ученика Иванова Петра",
    )
    (covered,), codes = masked(book(cell))

    assert covered.formula == 'HYPERLINK("mailto:i***@mail.ru","почта")'
    assert covered.links == ("mailto:i***@mail.ru", "tel:+7 ***-**-89", "https://lip.example/И***в_П._7Б.pdf")
    assert covered.comment == "Мама ученика И***а П."
    assert sorted(codes) == ["P901", "P902", "P905"]


def test_an_ordinary_link_still_opens() -> None:
    links = ("https://disk.example/d/89123456789", "https://vk.example/id79123456789?w=wall-1_2", "mailto:")
    cells, codes = masked(book(Cell("ссылка", links=links)))

    assert cells[0].links == links
    assert codes == []


def test_shapes_and_names_are_covered() -> None:
    given = Book(
        (Sheet("Отчёт", texts=("Иванов Пётр, 7Б",)),),
        names={"тел": '"8-912-345-67-89"', "свод": "Отчёт!$A$1"},
    )

    result, findings = masked_book(given, Shield(), HERE)

    assert result.sheets[0].texts == ("И***в П., 7Б",)
    assert result.names == {"тел": '"+7 ***-**-89"', "свод": "Отчёт!$A$1"}
    assert [(one.code, one.origin.sheet, one.origin.cell) for one in findings] == [
        ("P901", "Отчёт", ""),
        ("P902", "", "тел"),
    ]


def test_a_finding_tells_place_and_kind_but_never_the_words() -> None:
    _, findings = masked_book(
        book("Иванов Пётр, Петрова Анна, Орлов Д., Зуева К., 7Б; тел. 8-912-345-67-89"), Shield(), HERE
    )

    assert [(one.code, one.origin.cell, dict(one.params)["quote"]) for one in findings] == [
        ("P901", "A1", "«И***в П.», «П***а А.», «О***в Д.» (+1)"),
        ("P902", "A1", "«+7 ***-**-89»"),
    ]


def test_a_diagnosis_must_be_removed() -> None:
    """Exit code 1: a special category of data does not pass by."""
    _, findings = masked_book(
        book("Орлов Д., 7Б, F70", "СНИЛС 112-233-445 95", "Орлов Д., 7Б"), Shield(), HERE
    )

    assert [(one.code, severity_of(one)) for one in findings] == [
        ("P901", Severity.WARN),
        ("P907", Severity.MUST),
        ("P903", Severity.MUST),
        ("P901", Severity.WARN),
    ]


# --- lists over several cells


def test_a_table_of_children_is_covered_by_its_headings() -> None:
    given = rows(
        ("№", "ФИО обучающегося", "Дата рождения", "СНИЛС", "Телефон"),
        (1, "Иванов Пётр", date(2012, 3, 4), "087654303 01", 512233),
        (2, "Ооржак", "05.06.2013", None, "8-912-345-67-89"),
    )

    assert texts(given)[5:] == [
        *("1", "И***в П.", "**.**.****", "***-***-*** 01", "***-**-33"),
        *("2", "О***к", "**.**.****", "", "+7 ***-**-89"),
    ]


def test_a_name_beside_a_class_is_a_childs() -> None:
    assert texts(rows(("Иванов Пётр", "7Б"), ("5 «А»", "Петрова Анна Ивановна"))) == [
        *("И***в П.", "7Б"),
        *("5 «А»", "П***а А.И."),
    ]


def test_a_table_of_teachers_is_let_be() -> None:
    given = rows(
        ("№", "ФИО учителя", "Класс", "Телефон горячей линии"),
        (1, "Иванова Инна Ивановна", "7Б", "есть"),
        ("", "Петрова Анна Ивановна", "классный руководитель", "5А"),
    )

    assert masked(given)[1] == []


def test_names_under_a_list_title_are_children() -> None:
    given = book(
        "Список обучающихся группы риска", "Иванов Пётр", "2. Петрова А.И.", "Приказ № 5, Гайда И.В."
    )

    assert texts(given)[1:] == ["И***в П.", "2. П***а А.И.", "Приказ № 5, Гайда И.В."]


def test_an_answer_that_names_a_list_makes_no_heading_of_itself() -> None:
    """«Список обучающихся» as a confirmation: the next rows are answers, not children."""
    given = book(
        "Список обучающихся 9 класса", "Справка Гайды И.В. от 01.02.2023", "Выписка", "Анализ работы"
    )

    assert masked(given)[1] == []


# --- settings


def test_keep_covers_nothing_but_tells() -> None:
    given = book("Иванов Пётр, 7Б", 89123456789.0)
    result, findings = masked_book(given, Shield(Privacy.KEEP), HERE)

    assert result == given
    assert [one.code for one in findings] == ["P901", "P902"]
    assert "Пётр" not in str(findings)


def test_hold_takes_the_whole_value_aside() -> None:
    cells, codes = masked(book("Иванов Пётр, 7Б, тел. 8-912-345-67-89", "Приказ № 5"), Shield(Privacy.HOLD))

    assert [cell.text for cell in cells] == ["[скрыто до проверки: имя ребёнка, телефон]", "Приказ № 5"]
    assert sorted(codes) == ["P901", "P902"]


def test_what_the_plan_says_is_no_secret() -> None:
    row = PlanRow("r1", "1", "", "Олимпиада, тел. 8-912-345-67-89", responsible="Гайда И.В., ученики 7Б")
    shield = Shield.of(Plan(Settings(), (row,), ()))

    for text in (
        row.title,
        row.responsible,
        "7Б: Гайда И. В.",
        "Родители 7Б класса: Гайдой Ириной Викторовной",
    ):
        assert shield.text(text) == text
    assert shield.text("Гайда Ирина, 7Б") == "Г***а И., 7Б"


# --- two children behind one cover


def test_two_children_who_look_alike_are_told_apart() -> None:
    cells, _ = masked(book("Иванов Пётр, 7Б", "Иванов Павел, 7Б", "Иванов  Пётр,\n7Б", "Приказ № 5"))
    one, other, same, ordinary = cells

    assert one.text == other.text
    assert one.secret != other.secret
    assert one.secret == same.secret
    assert ordinary.secret == ""


@pytest.mark.parametrize("value", [None, True, date(2023, 9, 1), 12, "", "выполнено"])
def test_what_is_not_personal_is_the_same_object(value: Any) -> None:
    cell = Cell(value)

    assert masked(book(cell))[0][0] is cell


def test_sheets_named_after_children_are_covered_and_still_told_apart() -> None:
    """A school gives every pupil a sheet: «Иванов Пётр, 7А», «Ильинов Павел, 7А»."""
    given = Book((Sheet("Иванов Пётр, 7А"), Sheet("Ильинов Павел, 7А"), Sheet("Отчёт")))

    result, findings = masked_book(given, Shield(), HERE)

    names = [sheet.name for sheet in result.sheets]
    assert names[2] == "Отчёт"
    assert [name.partition(" #")[0] for name in names[:2]] == ["И***в П., 7А", "И***в П., 7А"]
    assert len(set(names)) == 3
    assert [(one.code, one.origin.sheet) for one in findings] == [("P901", names[0]), ("P901", names[1])]


def test_a_name_folded_into_a_web_address_is_covered() -> None:
    folded = (
        "https://disk.example/%D1%83%D1%87%D0%B5%D0%BD%D0%B8%D0%BA_%D0%98%D0%B2%D0%B0%D0%BD%D0%BE%D0%B2.pdf"
    )

    assert texts(book(folded)) == ["https://disk.example/ученик_И***в.pdf"]
