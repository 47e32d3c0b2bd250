"""Orders of other districts: layouts met when real plans from all over the country were tried."""

from __future__ import annotations

import pytest
from order_grid import codes, document, order_of, rows, titles

from sheetsync.district.draft import participants_of, reporter_words
from sheetsync.model import DeadlineKind, Order
from sheetsync.plan.document import OrderRefused
from sheetsync.plan.order import read_document

PLAIN = "План мероприятий Озёрного района на 2024 год"


def read(markdown: str) -> Order:
    return read_document(document(markdown))


# --- columns and headings -----------------------------------------------------------------------


def test_months_head_the_sections_of_a_plan_without_a_deadline_column() -> None:
    order = order_of(
        """
        | № | Мероприятие | Ответственный | Результат |
        | Август 2024 | | | |
        | 1 | Августовское совещание | Отдел образования | Резолюция |
        | I квартал 2025 года | | | |
        | 2 | Мониторинг | ОО | Отчёт |
        """,
        head="План мероприятий на 2024/2025 учебный год\n",
    )

    assert [one.deadline.text for one in order.activities] == ["Август 2024", "I квартал 2025 года"]
    assert [str(one.deadline.due) for one in order.activities] == ["2024-08-31", "2025-03-31"]
    assert all("deadline-from-section" in codes(one) for one in order.activities)


def test_a_table_without_any_time_is_still_refused() -> None:
    with pytest.raises(OrderRefused, match="Сроки"):
        order_of("""
            | № | Мероприятие | Ответственный |
            | 1 | Августовское совещание | Отдел образования |
            """)


def test_years_are_ticked_in_columns() -> None:
    order = order_of(
        """
        | № п/п | Мероприятие | 2023 | 2024 год | 2025 | Ответственный |
        | 1 | Мониторинг | + | + | + | Отдел образования |
        | 2 | Независимая оценка | май | | октябрь | ОО |
        """,
        head="Программа поддержки школ на 2023-2025 годы\n",
    )

    assert [one.deadline.text for one in order.activities] == [
        "2023, 2024 год, 2025",
        "2023: май, 2025: октябрь",
    ]
    assert order.activities[0].deadline.kind is DeadlineKind.MULTI_YEAR


def test_columns_of_money_by_years_are_no_deadlines() -> None:
    with pytest.raises(OrderRefused):
        order_of("""
            | № | Мероприятие | Источник | 2023 | 2024 | Ответственный |
            | 1 | Ремонт | МБ | 100,0 | 200,0 | Отдел образования |
            """)


def test_a_range_of_quarters_as_a_heading() -> None:
    order = order_of(
        """
        | № | Мероприятие | Дата | Ответственный |
        | III-IV квартал | | | |
        | 1 | Подготовка к экзаменам | | ОО |
        """,
        head=PLAIN,
    )

    (only,) = order.activities
    assert (str(only.deadline.start), str(only.deadline.due)) == ("2024-07-01", "2024-12-31")


def test_the_column_of_stages_gives_the_sections() -> None:
    order = order_of("""
        | № | Наименование<br>этапа | Содержание деятельности | Сроки | Ответственный |
        | 1 | Подготовка | Утвердить положение | Февраль 2023 | ОО |
        | 2 | Обучение | Провести курсы | Март 2023 | ИМЦ |
        """)

    assert [one.title for one in order.sections] == ["Подготовка", "Обучение"]
    assert titles(order) == ["Утвердить положение", "Провести курсы"]


def test_a_header_with_slips_of_the_scanner() -> None:
    order = order_of(
        """
        | N: п/п | Меропрuятня | Срок исполнeния | Oтвeтcтвeнныe |
        | 1 | Анализ | Январь | OO |
        """,
        head="КОМИТЕТ ПО ОБРАЗОВАНИЮ\nПРИКАЗ\noт 17.01.2024 N: 22\nГIлан мероприятий на 2024 год\n",
    )

    assert rows(order) == [("1", "Анализ", "Январь", "OO")]
    assert (order.passport.number, str(order.passport.date)) == ("22", "2024-01-17")
    assert order.passport.title == "ГIлан мероприятий на 2024 год"


# --- rows ---------------------------------------------------------------------------------------


def test_lettered_items_have_numbers_of_their_own() -> None:
    order = order_of("""
        | № | Мероприятия | Срок | Исполнитель |
        | 1. | Провести анализ: | | |
        | а) | результатов ГИА | до 1 августа 2023 г. | ИМЦ |
        | б) | результатов ВПР | до 15 июня 2023 г. | ОО |
        | 2. | Собеседования | сентябрь | ОО |
        """)

    assert [one.number for one in order.activities] == ["1", "1а", "1б", "2"]
    assert "deadline-empty" in codes(order.activities[0])
    assert not codes(order.activities[1]) | codes(order.activities[3])


def test_items_of_a_list_with_deadlines_of_their_own_are_rows() -> None:
    order = order_of("""
        | № | Мероприятие | Срок | Ответственный |
        | 5. | Участие в днях района: | | ОО |
        | | - выставка книг | сентябрь 2023 | |
        | | - встречи с писателями | октябрь 2023 | |
        | 6. | Конкурс чтецов | ноябрь 2023 | ОО |
        """)

    assert [one.number for one in order.activities] == ["5", "5а", "5б", "6"]
    assert "number-missing" in codes(order.activities[1])


def test_several_numbered_activities_in_one_cell_are_remarked() -> None:
    order = order_of("""
        | Месяц | Мероприятие | Ответственные |
        | Июнь 2023 | 1.День защиты детей<br>2.Досуг «Клад» | ОО |
        | Июль 2023 | 1.Выставка | ОО |
        """)

    assert ["title-list" in codes(one) for one in order.activities] == [True, False]


def test_a_row_after_a_nested_list_returns_to_its_section() -> None:
    order = order_of("""
        | № | Мероприятия | Сроки | Ответственные |
        | 1 | Организация | | |
        | 1.1 | Приказы: | | |
        | 1.1.1 | о рабочей группе | январь | Отдел образования |
        | 1.2 | Совещание | февраль | ОО |
        | 2 | Методика | | |
        | 2.1 | Семинар | март | ОО |
        """)

    assert [one.section for one in order.activities] == ["1.1", "1", "2"]
    assert not [code for one in order.activities for code in codes(one)]


def test_who_typed_the_order_is_no_section() -> None:
    order = order_of("""
        | № | Мероприятие | Срок | Ответственный |
        | 1 | Анализ | Январь | ОО |
        | Исп. Иванова И.И., тел. 2-22-22 | | | |
        """)

    assert order.sections == ()
    assert "text-skipped" in codes(order)


def test_the_same_row_of_another_year_is_no_repetition() -> None:
    order = order_of(
        """
        | № | Мероприятие | Срок | Ответственный |
        | 2023 год | | | |
        | 1 | Анализ | март | ОО |
        | 2024 год | | | |
        | 1 | Анализ | март | ОО |
        """,
        head="Комплексный план на 2023-2024 годы\n",
    )

    assert [one.deadline.due.year for one in order.activities if one.deadline.due] == [2023, 2024]
    assert "row-repeated" not in codes(order.activities[1])


def test_words_hyphenated_in_narrow_columns_are_put_together() -> None:
    order = order_of("""
        | № | Мероприя-<br>тия | Сроки | Ответст-<br>венные |
        | 1 | Прове-<br>дение диагности-<br>ческих работ | Январь-<br>февраль 2023 | Управле-<br>ние образова-<br>ния |
        | 2 | Совещание учителей-<br>предметников | март 2023 | ОО |
        """)

    first, second = order.activities
    assert first.title == "Проведение диагностических работ"
    assert first.deadline.text == "Январь-февраль 2023"
    assert first.responsible.text == "Управление образования"
    assert second.title == "Совещание учителей-предметников"
    assert all("word-rejoined" in codes(one) for one in (first, second))


def test_compounds_keep_their_hyphen_where_nothing_is_hyphenated() -> None:
    order = order_of("""
        | № | Мероприятия | Сроки | Ответственные |
        | 1 | Работа тьюторов-<br>консультантов | март 2023 | ОО |
        """)

    assert titles(order) == ["Работа тьюторов-консультантов"]


def test_an_hour_under_a_date_is_not_its_year() -> None:
    order = order_of("""
        | № | Мероприятия | Дата | Ответственные |
        | 1 | Вечер | 01.04.23<br>18.00 | ОО |
        """)

    (only,) = order.activities
    assert (only.deadline.text, str(only.deadline.due)) == ("01.04.23 18.00", "2023-04-01")


# --- what the order says of itself --------------------------------------------------------------

TABLE = """
| № | Мероприятие | Срок | Ответственный |
| 1 | Анализ | Январь | Отдел |
| 2 | Программы | Февраль | ОО |
"""


@pytest.mark.parametrize(
    "sentence",
    [
        "Просим направить отчёт о выполнении плана\nв срок до 16 декабря 2024 года.",
        "Срок представления отчёта об исполнении плана – до 16 декабря 2024 года.",
        "Отчёт об исполнении представляется в отдел в срок до 16 декабря 2024 года.",
    ],
)
def test_the_report_date_of_a_letter_or_of_an_appendix(sentence: str) -> None:
    order = read(f"О направлении плана\n\n{PLAIN}\n{sentence}\n\n{TABLE.strip()}")

    assert str(order.passport.report_due) == "2024-12-16"
    assert order.passport.title == PLAIN


def test_the_grounds_of_an_order_give_no_report_date() -> None:
    order = read(
        "В соответствии с письмом о представлении отчёта о реализации плана до 1 марта 2024 года\n"
        f"{PLAIN}\n{TABLE}"
    )

    assert order.passport.report_due is None


def test_an_appendix_alone_tells_the_order_by_its_stamp() -> None:
    order = read(
        "Приложение № 2\nк приказу Управления образования\nадминистрации Озёрного района\n"
        f"от «14» марта 2024 г. № 58/1-од\n{PLAIN}\n{TABLE}"
    )

    said = order.passport
    assert (said.number, str(said.date)) == ("58/1-од", "2024-03-14")
    assert said.issuer == "Управление образования администрации Озёрного района"


@pytest.mark.parametrize(
    ("letterhead", "issuer"),
    [
        ("ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ ГОРОДА КЕДРОВОГО", "Департамент образования города Кедрового"),
        ("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ ДАЛЬНЕГО РАЙОНА", "Управление образования Дальнего района"),
        (
            "Министерство образования Снежного края\nУправление образования Ольхового района",
            "Управление образования Ольхового района",
        ),
    ],
)
def test_the_body_that_issued_the_order(letterhead: str, issuer: str) -> None:
    order = read(f"{letterhead}\nПРИКАЗ\nот 10.01.2024 № 7\n{PLAIN}\n{TABLE}")

    assert order.passport.issuer == issuer


# --- schools, curators, participants ------------------------------------------------------------


def test_schools_are_named_by_the_item_that_determines_them() -> None:
    order = read(
        "ОТДЕЛ ОБРАЗОВАНИЯ\nПРИКАЗ\nот 10.01.2024 № 7\nПРИКАЗЫВАЮ:\n1. Утвердить план.\n"
        "2. Определить следующие школы с низкими результатами:\n- МБОУ «Холмская СОШ»;\n- МБОУ «Речная ООШ».\n"
        f"3. Контроль оставляю за собой.\n{PLAIN}\n{TABLE}"
    )

    assert [one.name for one in order.passport.schools] == ["МБОУ «Холмская СОШ»", "МБОУ «Речная ООШ»"]


def test_a_district_of_more_than_a_hundred_schools_loses_none() -> None:
    listed = ";\n".join(f"{number}. МБОУ «Холмская СОШ №{number}»" for number in range(1, 121))
    order = read(f"{PLAIN}\n{TABLE}\n\nСписок школ:\n{listed}.\n")

    assert [one.name for one in order.passport.schools][98:101] == [
        f"МБОУ «Холмская СОШ №{number}»" for number in (99, 100, 101)
    ]
    assert len(order.passport.schools) == 120


def test_persons_of_a_table_are_curators() -> None:
    order = read(
        "Перечень школ с низкими результатами\n| № | Наименование ОО | Ф.И.О. куратора | Телефон |\n"
        "| 1 | МБОУ «Холмская СОШ» | Мартынова Е.В. | 2-11-11 |\n| 2 | МБОУ «Речная ООШ» | Громов П.С. | 2-11-12 |\n"
        f"{PLAIN}\n\n{TABLE}"
    )

    assert [one.name for one in order.passport.schools] == ["МБОУ «Холмская СОШ»", "МБОУ «Речная ООШ»"]
    assert [(one.school, one.curator) for one in order.passport.curators] == [
        ("МБОУ «Холмская СОШ»", "Мартынова Е.В."),
        ("МБОУ «Речная ООШ»", "Громов П.С."),
    ]


def test_persons_of_a_list_are_curators() -> None:
    order = read(
        f"{PLAIN}\n{TABLE}\n\nСписок школ с низкими результатами и их кураторов\n"
        "1. МБОУ «Холмская СОШ» – Петрова А.А., методист ИМЦ;\n2. МБОУ «Речная ООШ» – Сидорова Б.Б., методист ИМЦ."
    )

    assert [one.curator for one in order.passport.curators] == [
        "Петрова А.А., методист ИМЦ",
        "Сидорова Б.Б., методист ИМЦ",
    ]


def test_the_bare_word_for_the_office_is_the_office_that_issued_the_order() -> None:
    order = read(f"ОТДЕЛ ОБРАЗОВАНИЯ ОЗЁРНОГО РАЙОНА\nПРИКАЗ\nот 10.01.2024 № 7\n{PLAIN}\n{TABLE}")

    (office,) = participants_of(order)
    assert (office.name, office.short_name) == ("Отдел образования Озёрного района", "Отдел образования")
    assert [reporter_words(one, (office,)) for one in order.activities] == [
        ["Отдел образования"],
        ["все школы"],
    ]


def test_the_office_is_known_by_the_name_of_its_letterhead_too() -> None:
    table = TABLE.replace("Отдел ", "Отдел образования ")
    order = read(f"ОТДЕЛ ОБРАЗОВАНИЯ ОЗЁРНОГО РАЙОНА\nПРИКАЗ\nот 10.01.2024 № 7\n{PLAIN}\n{table}")

    (office,) = participants_of(order)
    assert {office.name, *office.aliases} == {"Отдел образования", "Отдел образования Озёрного района"}


def test_schools_are_named_by_the_item_that_defines_the_word() -> None:
    order = read(
        "ПРИКАЗ\nот 10.01.2024 № 7\nПРИКАЗЫВАЮ:\n"
        "1. Организовать помощь МБОУ СОШ с. Луговое, МБОУ ООШ д. Ручьи (далее – школы).\n"
        f"{PLAIN}\n{TABLE}"
    )

    assert [one.name for one in order.passport.schools] == ["МБОУ СОШ с. Луговое", "МБОУ ООШ д. Ручьи"]


def test_curators_assigned_to_schools_in_an_appendix() -> None:
    order = read(
        f"{PLAIN}\n{TABLE}\n\nПриложение 2\nЗакрепление кураторов за общеобразовательными организациями\n"
        "| № | Школа | Куратор |\n| 1 | МБОУ «Холмская СОШ» | Орлова О.О. |"
    )

    assert [(one.school, one.curator) for one in order.passport.curators] == [
        ("МБОУ «Холмская СОШ»", "Орлова О.О.")
    ]
