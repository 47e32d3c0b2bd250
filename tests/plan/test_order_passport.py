"""What an order says of itself: number, date, issuer, title, years, report date, schools."""

from __future__ import annotations

from datetime import date

import pytest
from order_grid import HEAD, codes, order_of

from sheetsync.model import CuratorPair, Order, SchoolsScope

PLAN = """
| № | Мероприятия | Сроки | Ответственные |
| 1 | Самодиагностика | март | ОО |
"""


def read(head: str = HEAD, below: str = "", plan: str = PLAN) -> Order:
    return order_of(f"{plan}\n{below}", head)


def test_the_usual_head() -> None:
    passport = read().passport

    assert (passport.number, passport.date) == ("17-ОД", date(2023, 1, 12))
    assert passport.issuer == "Отдел образования администрации Лесного района"
    assert passport.title == "План мероприятий по поддержке школ Лесного района на 2023 год"
    assert (passport.years, passport.report_due) == ((2023,), date(2023, 12, 20))
    assert [one.name for one in passport.schools] == ["МБОУ «Боровая СОШ»", "МБОУ «Ельниковская ООШ»"]


@pytest.mark.parametrize(
    ("printed", "number", "day"),
    [
        ("«12» января 2023г.\n\n№ 17", "17", date(2023, 1, 12)),
        ("12 января 2023 года                № 01-05/17", "01-05/17", date(2023, 1, 12)),
        ("12.01.2023г. N 5 - ОД", "5 - ОД", date(2023, 1, 12)),
        ("| 12.01.2023 | г. Лесной | № 17-о |", "17-о", date(2023, 1, 12)),
        ("от 31 марта 2023 г. № СЭД-26-01", "СЭД-26-01", date(2023, 3, 31)),
    ],
)
def test_number_and_date_in_other_shapes(printed: str, number: str, day: date) -> None:
    passport = read(HEAD.replace("от 12.01.2023 № 17-ОД", printed)).passport

    assert (passport.number, passport.date) == (number, day)


def test_numbers_of_cited_orders_are_not_taken() -> None:
    head = HEAD.replace("от 12.01.2023 № 17-ОД\n", "").replace(
        "В целях повышения качества образования",
        "На основании приказа министерства от 05.05.2022 № 999 «О мерах»",
    )
    order = read(head)

    assert (order.passport.number, order.passport.date) == (None, None)
    assert {"order-number-absent", "order-date-absent"} <= codes(order)


def test_the_stamp_on_the_attachment_helps() -> None:
    head = HEAD.replace("от 12.01.2023 № 17-ОД\n", "").replace(
        "Начальник отдела\n", "Приложение\nк приказу отдела образования\nот 13 января 2023 года № 18\n"
    )
    passport = read(head).passport

    assert (passport.number, passport.date) == ("18", date(2023, 1, 13))


def test_a_spaced_heading_and_a_department_of_its_own() -> None:
    head = HEAD.replace(
        "АДМИНИСТРАЦИЯ ЛЕСНОГО РАЙОНА\nОТДЕЛ ОБРАЗОВАНИЯ\n\nПРИКАЗ",
        "МУНИЦИПАЛЬНОЕ УЧРЕЖДЕНИЕ «УПРАВЛЕНИЕ ОБРАЗОВАНИЯ\nАДМИНИСТРАЦИИ ЗАРЕЧНОГО ОКРУГА»\n(МУ УО)\n\nП Р И К А З",
    )

    assert (
        read(head).passport.issuer
        == "Муниципальное учреждение «Управление образования администрации Заречного округа»"
    )


def test_the_nearest_title_above_the_table_wins() -> None:
    head = HEAD + "Цель: поддержка школ.\n\nДорожная карта\n«Шаги к качеству»\nна 2023 год\n"

    assert read(head).passport.title == "Дорожная карта «Шаги к качеству» на 2023 год"


def test_without_a_title_the_orders_own_heading_is_taken() -> None:
    order = read(HEAD.replace("План мероприятий по поддержке школ Лесного района на 2023 год\n", ""))

    assert (
        order.passport.title
        == "Об утверждении плана мероприятий по поддержке школ Лесного района на 2023 год"
    )
    assert "title-inferred" in codes(order)


@pytest.mark.parametrize(
    ("printed", "years"),
    [
        ("на 2021-2023 годы", (2021, 2022, 2023)),
        ("на 2022/23 учебный год", (2022, 2023)),
        ("на 2023 и 2024 годы", (2023, 2024)),
        ("на 2022 – 2024 гг.", (2022, 2023, 2024)),
    ],
)
def test_years_of_the_title(printed: str, years: tuple[int, ...]) -> None:
    assert read(HEAD.replace("на 2023 год", printed)).passport.years == years


def test_a_year_printed_only_in_deadlines_is_inferred() -> None:
    order = read(HEAD.replace(" на 2023 год", ""), plan=PLAN.replace("март", "март 2024"))

    assert order.passport.years == (2024,)
    assert "years-from-deadlines" in codes(order)


@pytest.mark.parametrize(
    ("item", "due"),
    [
        (
            "Руководителям ОО направить отчёт об исполнении плана не позднее 25 декабря 2023 года.",
            date(2023, 12, 25),
        ),
        ("Установить срок предоставления информации о выполнении плана до 15.12.2023.", date(2023, 12, 15)),
        ("Директорам представить сведения о реализации плана в срок до 1 декабря.", date(2023, 12, 1)),
        ("Директорам разработать планы до 01.02.2023.", None),
        ("Контроль за исполнением приказа оставляю за собой.", None),
    ],
)
def test_the_report_date(item: str, due: date | None) -> None:
    start, end = HEAD.index("2. Руководителям"), HEAD.index("Начальник отдела")
    order = read(f"{HEAD[:start]}2. {item}\n\n{HEAD[end:]}")

    assert order.passport.report_due == due
    assert ("report-due-absent" in codes(order)) is (due is None)


LISTS = """
Список школ с низкими образовательными результатами

1. МБОУ «Еловская СОШ №2»;
2. МБОУ «Центр образования №1»;
3. МКОУ Сосновская ООШ.

Список школ и школ-кураторов
1. МБОУ «ЕСОШ №2» - МБОУ «Гимназия №1»;
2. МБОУ «ЦО №1» – МБОУ «Лицей №3»
"""


def test_lists_of_schools_and_curators() -> None:
    order = read(below=LISTS)

    assert [one.name for one in order.passport.schools] == [
        "МБОУ «Еловская СОШ №2»",
        "МБОУ «Центр образования №1»",
        "МКОУ Сосновская ООШ",
    ]
    assert order.passport.schools[0].aliases == ("МБОУ «ЕСОШ №2»",)
    assert order.passport.curators == (
        CuratorPair("МБОУ «ЕСОШ №2»", "МБОУ «Гимназия №1»"),
        CuratorPair("МБОУ «ЦО №1»", "МБОУ «Лицей №3»"),
    )
    assert "school-list-differs" in codes(order)


def test_a_list_of_schools_as_a_table() -> None:
    order = read(
        below="""
        Приложение 2
        Перечень общеобразовательных организаций

        | № | Школа | Школа-куратор |
        | 1 | МБОУ «Еловская СОШ» | МБОУ «Гимназия №1» |
        | 2 | МБОУ «Сосновская СОШ» | МБОУ «Лицей №3» |
        """.replace("        ", "")
    )

    assert [one.name for one in order.passport.schools] == ["МБОУ «Еловская СОШ»", "МБОУ «Сосновская СОШ»"]
    assert order.passport.curators[1] == CuratorPair("МБОУ «Сосновская СОШ»", "МБОУ «Лицей №3»")


def test_schools_defined_in_a_row_stand_for_the_words_after_it() -> None:
    plan = """
| № | Мероприятия | Сроки | Ответственные |
| 1 | Планы школ | март | МБОУ Боровая СОШ, МБОУ Ельниковская ООШ (далее – школы-участницы) |
| 2 | Отчёт | май | Школы-участницы |
"""
    order = read(plan=plan)

    assert [one.name for one in order.passport.schools] == ["МБОУ Боровая СОШ", "МБОУ Ельниковская ООШ"]
    assert order.activities[1].responsible.schools is SchoolsScope.ALL


def test_an_order_that_names_no_school_says_so() -> None:
    start, end = HEAD.index("2. Руководителям"), HEAD.index("Начальник отдела")
    order = read(HEAD[:start] + HEAD[end:])

    assert order.passport.schools == ()
    assert "schools-absent" in codes(order)


def test_every_item_of_a_list_is_a_school_of_its_own() -> None:
    """A branch is not its school; items need no numbers, a title may take two lines."""
    order = read(
        below="Перечень общеобразовательных организаций\nс низкими результатами\n"
        "МБОУ Степная СОШ\nМБОУ Полевая ООШ им. А.А. Белова\nФилиал МБОУ Степная СОШ в с. Луговое\nПримечание: без изменений\n"
    )

    assert [one.name for one in order.passport.schools] == [
        "МБОУ Степная СОШ",
        "МБОУ Полевая ООШ им. А.А. Белова",
        "Филиал МБОУ Степная СОШ в с. Луговое",
    ]
