"""Plans printed in ways the five real orders do not show."""

from __future__ import annotations

import pytest
from order_grid import HEAD, codes, order_of, rows, titles

from sheetsync.model import DeadlineKind


def test_a_row_of_column_numbers_is_not_an_activity() -> None:
    order = order_of("""
        | № п/п | Мероприятия | Срок исполнения | Ответственный | Результат |
        | 1 | 2 | 3 | 4 | 5 |
        | 1. | Провести совещание директоров | Февраль | Отдел образования | Протокол |
        | 2. | Утвердить школьные планы | До 01.03.2023 | ОО | Приказ |
        """)

    assert rows(order) == [
        ("1", "Провести совещание директоров", "Февраль", "Отдел образования"),
        ("2", "Утвердить школьные планы", "До 01.03.2023", "ОО"),
    ]
    assert order.sections == ()


def test_the_deadline_may_stand_first() -> None:
    order = order_of("""
        | Сроки проведения | Содержание мероприятия | Ответственные лица |
        | Нормативное обеспечение | | |
        | Январь | Разработка положения о методической сети | Отдел образования |
        | До 10.02.2023 | Назначение школьных координаторов | Руководители ОО |
        | Кадровое обеспечение | | |
        | Март | Семинар для заместителей директоров | РМО |
        """)

    assert [one.title for one in order.sections] == ["Нормативное обеспечение", "Кадровое обеспечение"]
    assert rows(order)[1] == ("2", "Назначение школьных координаторов", "До 10.02.2023", "Руководители ОО")
    assert [one.section for one in order.activities] == ["1", "1", "2"]
    assert "numbers-absent" in codes(order)


def test_a_month_as_a_heading_gives_its_deadline() -> None:
    order = order_of("""
        | № | Мероприятие | Дата проведения | Ответственный |
        | Сентябрь | | | |
        | 1 | Входная диагностика в пятых классах | | ОО |
        | 2 | Совещание по итогам диагностики | 25.09.2023 | Отдел образования |
        | Октябрь | | | |
        | 1 | Посещение уроков | | РМО |
        """)

    first, second, third = order.activities
    assert (first.deadline.text, second.deadline.text, third.deadline.text) == (
        "Сентябрь",
        "25.09.2023",
        "Октябрь",
    )
    assert first.deadline.kind is DeadlineKind.MONTH
    assert "deadline-from-section" in codes(first)
    assert "deadline-from-section" not in codes(second)


def test_beginning_and_end_in_two_columns_are_one_deadline() -> None:
    order = order_of("""
        | № п/п | Наименование мероприятия | Плановое начало | Плановое окончание | Исполнитель |
        | 1.1 | Курсы для учителей математики | 01.02.2023 | 30.04.2023 | ИМЦ |
        | 1.2 | Сводный отчёт | 01.06.2023 | 01.06.2023 | ИМЦ |
        """)

    first, second = order.activities
    assert first.deadline.text == "с 01.02.2023 по 30.04.2023"
    assert (str(first.deadline.start), str(first.deadline.due)) == ("2023-02-01", "2023-04-30")
    assert "deadline-joined" in codes(first)
    assert second.deadline.text == "01.06.2023"


def test_a_header_in_two_rows_with_a_divided_deadline() -> None:
    order = order_of("""
        | № | Мероприятия | Сроки реализации | | Ответственные |
        | п/п | | начало | окончание | исполнители |
        | 1 | Мониторинг посещаемости | январь | май | ОО |
        | 2 | Анализ итогов года | июнь | август | Отдел образования |
        """)

    assert [one.deadline.text for one in order.activities] == ["январь – май", "июнь – август"]
    assert rows(order)[0][3] == "ОО"


def test_ticks_under_months_are_the_deadline() -> None:
    order = order_of("""
        | № | Мероприятие | Январь | Февраль | Март | Ответственный |
        | 1 | Собеседования с директорами | + | | + | Отдел образования |
        | 2 | Диагностика дефицитов | | до 15 | | ОО |
        """)

    assert [one.deadline.text for one in order.activities] == ["Январь, Март", "Февраль: до 15"]


def test_columns_a_plan_has_no_place_for_are_kept_in_doubts() -> None:
    order = order_of("""
        | № п/п | Мероприятие | Классы | Место проведения мероприятия | Сроки | Ответственные | Финансирование |
        | 1 | Пробный экзамен | 9, 11 | МБОУ «Боровая СОШ» | апрель | ОО | не требуется |
        """)

    only = order.activities[0]
    kept = {
        dict(one.params)["column"]: dict(one.params)["text"]
        for one in only.doubts
        if one.code == "extra-column"
    }
    assert kept == {
        "Классы": "9, 11",
        "Место проведения мероприятия": "МБОУ «Боровая СОШ»",
        "Финансирование": "не требуется",
    }
    assert rows(order) == [("1", "Пробный экзамен", "апрель", "ОО")]


def test_all_rows_numbered_one_are_counted() -> None:
    order = order_of("""
        | № п/п | Мероприятия | Сроки | Ответственные |
        | 1. | Анализ результатов ВПР | май | ОО |
        | 1. | Корректировка программ | июнь | ОО |
        | 1. | Педагогический совет | август | ОО |
        """)

    assert [one.number for one in order.activities] == ["1", "2", "3"]
    assert [one.number_printed for one in order.activities] == ["1.", "1.", "1."]
    assert "numbers-same" in codes(order)


def test_numbers_glued_to_titles_are_numbers() -> None:
    order = order_of("""
        | Мероприятия | Сроки | Ответственные |
        | 1. Организационные мероприятия | | |
        | 1.1. Создать рабочую группу | январь | Отдел образования |
        | 1.2. Определить кураторов | январь | Отдел образования |
        | 2. Методическая поддержка | | |
        | 2.1.Провести семинары | март | ИМЦ |
        """)

    assert [(one.number, one.title) for one in order.sections] == [
        ("1", "Организационные мероприятия"),
        ("2", "Методическая поддержка"),
    ]
    assert [(one.number, one.title) for one in order.activities] == [
        ("1.1", "Создать рабочую группу"),
        ("1.2", "Определить кураторов"),
        ("2.1", "Провести семинары"),
    ]


def test_a_wrapped_spaced_and_starred_header_is_recognised() -> None:
    order = order_of("""
        | **№<br>п/п** | **Меро-<br>приятия** | **С р о к и** | **Ответствен ные** | <b>Ожидаемый резуль-<br>тат</b> |
        | 1 | Методический день | ноябрь | ИМЦ | Программа дня |
        """)

    assert rows(order) == [("1", "Методический день", "ноябрь", "ИМЦ")]
    assert order.activities[0].result == "Программа дня"


def test_roman_and_named_headings_are_sections() -> None:
    order = order_of("""
        | № | Мероприятия | Сроки | Ответственные |
        | I. Работа с кадрами | | | |
        | 1 | Курсы | март | ИМЦ |
        | II. Работа с детьми | | | |
        | 1 | Олимпиады | октябрь | ОО |
        | Раздел III. Работа с родителями | | | |
        | 1 | Собрания | ноябрь | ОО |
        """)

    assert [(one.number, one.title) for one in order.sections] == [
        ("I", "Работа с кадрами"),
        ("II", "Работа с детьми"),
        ("III", "Работа с родителями"),
    ]
    assert [(one.section, one.number) for one in order.activities] == [("I", "1"), ("II", "1"), ("III", "1")]
    assert not codes(order) & {"number-repeated", "section-number-inferred"}


def test_a_column_of_directions_makes_sections() -> None:
    order = order_of("""
        | № | Направление деятельности | Мероприятия | Срок | Ответственный |
        | 1 | Управление | Совещание директоров | январь | Отдел образования |
        | 2 | | Самодиагностика школ | февраль | ОО |
        | 3 | Кадры | Стажировки | март | ИМЦ |
        """)

    assert [one.title for one in order.sections] == ["Управление", "Кадры"]
    assert [one.section for one in order.activities] == ["1", "1", "2"]


def test_two_plans_with_different_columns_are_joined() -> None:
    order = order_of("""
        1. Организационное обеспечение

        | № | Мероприятия | Сроки | Ответственные |
        | 1.1 | Приказ о кураторах | январь | Отдел образования |

        2. Методическое обеспечение

        | № | Ответственные | Мероприятия | Ожидаемый результат | Сроки |
        | 2.1 | ИМЦ | Семинар для учителей физики | Программа семинара | март |
        | 2.2 | ОО | Открытые уроки | Конспекты | апрель |
        """)

    assert [one.number for one in order.activities] == ["1.1", "2.1", "2.2"]
    assert rows(order)[1] == ("2.1", "Семинар для учителей физики", "март", "ИМЦ")
    assert [(one.number, one.title) for one in order.sections] == [
        ("1", "Организационное обеспечение"),
        ("2", "Методическое обеспечение"),
    ]
    assert [one.section for one in order.activities] == ["1", "2", "2"]


def test_a_table_of_stages_and_a_passport_are_not_the_plan() -> None:
    order = order_of("""
        | Наименование программы | Поддержка школ Лесного района |
        | Сроки реализации | 2023 год |
        | Ожидаемые результаты | - снижение доли школ с низкими результатами (на 20 %); |

        | Этап | Сроки | Содержание деятельности |
        | Подготовительный | январь | Сбор данных |
        | Основной | февраль - ноябрь | Реализация |

        | № | Мероприятия | Сроки | Ответственные |
        | 1 | Совещание | январь | Отдел образования |

        Приложение 2

        | № | Школа | Директор | Телефон |
        | 1 | МБОУ «Боровая СОШ» | И.И. Иванов | 2-11-11 |
        | 2 | МБОУ «Ельниковская ООШ» | П.П. Петров | 2-22-22 |
        """)

    assert titles(order) == ["Совещание"]
    assert "table-skipped" in codes(order)
    assert [(one.target, one.unit) for one in order.indicators] == [(20.0, "%")]


def test_the_signature_under_the_plan_is_not_an_activity() -> None:
    order = order_of("""
        | Мероприятия | Сроки | Ответственные |
        | Педагогический совет | март | ОО |

        | Начальник отдела образования | | И.И. Иванова |
        """)

    assert titles(order) == ["Педагогический совет"]


@pytest.mark.parametrize(
    ("printed", "number"),
    [("03.01.2023", "3.1"), ("З.1", "3.1"), ("3,1", "3.1"), ("3.1)", "3.1"), ("№ 3.1", "3.1"), ("31", "3.1")],
)
def test_a_damaged_number_is_told_by_its_place(printed: str, number: str) -> None:
    order = order_of(f"""
        | № | Мероприятия | Сроки | Ответственные |
        | 2. Кадры | | | |
        | 2.1 | Курсы | март | ИМЦ |
        | 3. Дети | | | |
        | {printed} | Олимпиады | октябрь | ОО |
        | 3.2 | Конкурсы | ноябрь | ОО |
        """)

    assert [one.number for one in order.activities] == ["2.1", number, "3.2"]


def test_excel_cut_the_zero_of_2_10() -> None:
    numbered = "\n".join(f"| 2.{n} | Мероприятие недели {n} | март | ОО |" for n in range(1, 10))
    order = order_of(
        f"| № | Мероприятия | Сроки | Ответственные |\n{numbered}\n| 2.1 | Итоги | март | ОО |\n| 2.11 | Отчёт | март | ОО |"
    )

    assert [one.number for one in order.activities][-3:] == ["2.9", "2.10", "2.11"]
    assert "number-corrected" in codes(order.activities[-2])


def test_a_repeated_number_that_proves_nothing_is_kept_and_remarked() -> None:
    order = order_of("""
        | № | Мероприятия | Сроки | Ответственные |
        | 1.1 | Курсы | март | ИМЦ |
        | 1.2 | Семинар | март | ИМЦ |
        | 1.2 | Вебинар | март | ИМЦ |
        | 1.3 | Конкурс | март | ИМЦ |
        | 1.5 | Смотр | март | ИМЦ |
        """)

    assert [one.number for one in order.activities] == ["1.1", "1.2", "1.2", "1.3", "1.5"]
    assert "number-repeated" in codes(order.activities[2])
    assert "number-skipped" in codes(order.activities[4])
    assert len({one.key for one in order.activities}) == 5


def test_school_year_plans_read_months_in_their_year() -> None:
    head = HEAD.replace("на 2023 год", "на 2022/2023 учебный год")
    order = order_of(
        """
        | № | Мероприятия | Сроки | Ответственные |
        | 1 | Входной контроль | сентябрь | ОО |
        | 2 | Итоговый контроль | май | ОО |
        """,
        head,
    )

    assert order.passport.years == (2022, 2023)
    assert [str(one.deadline.due) for one in order.activities] == ["2022-09-30", "2023-05-31"]


def test_a_year_as_a_heading_gives_its_rows_the_year() -> None:
    order = order_of(
        """
        | № | Мероприятия | Сроки | Ответственные |
        | 2023 год | | | |
        | 1 | Входной мониторинг | март | ОО |
        | 2024 год | | | |
        | 2 | Итоговый мониторинг | март | ОО |
        """,
        HEAD.replace("на 2023 год", "на 2023-2024 годы"),
    )

    assert [str(one.deadline.due) for one in order.activities] == ["2023-03-31", "2024-03-31"]


def test_a_named_heading_and_its_title_in_two_rows_are_one_section() -> None:
    order = order_of("""
        | № | Мероприятия | Сроки | Ответственные |
        | Раздел 1 | | | |
        | Работа с кадрами | | | |
        | 1.1 | Курсы | март | ИМЦ |
        | Раздел 2 | | | |
        | Работа с детьми | | | |
        | 2.1 | Олимпиады | октябрь | ОО |
        """)

    assert [(one.number, one.title) for one in order.sections] == [
        ("1", "Работа с кадрами"),
        ("2", "Работа с детьми"),
    ]


def test_the_head_of_every_page_is_no_section() -> None:
    order = order_of("""
        | Мероприятия | Сроки | Ответственные |
        | Курсы для учителей | март | ИМЦ |

        Отдел образования Лесного района

        | Смотр кабинетов | апрель | ОО |

        Отдел образования Лесного района

        | Олимпиада | май | ОО |
        """)

    assert order.sections == ()
    assert titles(order) == ["Курсы для учителей", "Смотр кабинетов", "Олимпиада"]
    assert "text-skipped" in codes(order)


def test_numbers_inside_numbers_make_subsections() -> None:
    order = order_of("""
        | № | Мероприятия | Сроки | Ответственные |
        | 1 | Управление качеством | | |
        | 1.1 | Мониторинги | | |
        | 1.1.1 | Входной мониторинг | сентябрь | ОО |
        | 1.1.2 | Итоговый мониторинг | май | ОО |
        | 2 | Кадры | | |
        | 2.1 | Курсы | март | ИМЦ |
        """)

    assert [one.title for one in order.sections] == ["Управление качеством", "Мониторинги", "Кадры"]
    assert [one.number for one in order.activities] == ["1.1.1", "1.1.2", "2.1"]
    assert [one.section for one in order.activities] == ["1.1", "1.1", "2"]


def test_a_footnote_in_the_table_is_no_section() -> None:
    order = order_of("""
        | Мероприятия | Сроки | Ответственные |
        | Курсы для учителей* | март | ИМЦ |
        | * по согласованию | | |
        """)

    assert (titles(order), order.sections) == (["Курсы для учителей*"], ())
    assert "text-skipped" in codes(order)


def test_a_title_inside_the_sheet_above_the_header() -> None:
    head = HEAD.replace("План мероприятий по поддержке школ Лесного района на 2023 год\n", "")
    order = order_of(
        """
        | План работы со школами Лесного района на 2023 год | | | |
        | № | Мероприятия | Сроки | Ответственные |
        | 1 | Курсы | март | ИМЦ |
        """,
        head,
    )

    assert order.passport.title == "План работы со школами Лесного района на 2023 год"


def test_titles_in_small_letters_are_activities_all_the_same() -> None:
    order = order_of("""
        | Мероприятия | Сроки | Ответственные |
        | проведение входной диагностики | сентябрь | ОО |
        | анализ её результатов | октябрь | отдел образования |
        | обсуждение на совещании | ноябрь | отдел образования |
        """)

    assert len(order.activities) == 3


def test_a_plan_without_responsible_parties() -> None:
    order = order_of("""
        | № | Мероприятие | Срок |
        | 1 | Курсы | март |
        | 2 | Смотр | апрель |
        """)

    assert titles(order) == ["Курсы", "Смотр"]
    assert all("party-empty" in codes(one) for one in order.activities)


def test_every_section_may_repeat_the_same_rows() -> None:
    order = order_of("""
        | Мероприятия | Сроки | Ответственные |
        | Математика | | |
        | Семинар для учителей | март | РМО |
        | Открытые уроки | апрель | ОО |
        | Анализ результатов | май | ОО |

        | Русский язык | | |
        | Семинар для учителей | март | РМО |
        | Открытые уроки | апрель | ОО |
        | Анализ результатов | май | ОО |
        """)

    assert len(order.activities) == 6
    assert len({one.key for one in order.activities}) == 6


def test_a_signature_in_the_last_row_of_the_table() -> None:
    order = order_of("""
        | № | Мероприятия | Сроки | Ответственные |
        | 1 | Курсы | март | ИМЦ |
        | 2 | Анкетирование учителей, | | |
        | | родителей | май | ОО |
        | Начальник отдела | И.И. Иванова | | |
        """)

    assert titles(order) == ["Курсы", "Анкетирование учителей, родителей"]
    assert order.sections == ()
