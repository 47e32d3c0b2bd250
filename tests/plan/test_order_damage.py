"""Plans damaged by pages, scanners and converters: nothing is lost, nothing is glued in silence."""

from __future__ import annotations

import pytest
from order_grid import codes, document, order_of, rows, titles

from sheetsync.plan.document import Document, OrderRefused, Paragraph
from sheetsync.plan.order import read_document


def test_a_row_broken_by_a_page_is_one_activity() -> None:
    order = order_of("""
        | № | Мероприятия | Сроки | Ответственные | Результат |
        | 1.1 | Проведение совещаний с руководителями школ и | До 01.03. | Отдел образования, МБОУ | Протокол |

        | № | Мероприятия | Сроки | Ответственные | Результат |
        | | их заместителями | 2023 | «Боровая СОШ» | |
        | 1.2 | Самодиагностика | март | ОО | Справка |
        """)

    assert rows(order)[0] == (
        "1.1",
        "Проведение совещаний с руководителями школ и их заместителями",
        "До 01.03.2023",
        "Отдел образования, МБОУ «Боровая СОШ»",
    )
    assert "row-rejoined" in codes(order.activities[0])
    assert len(order.activities) == 2


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("в период после снятия ограничитель", "ных мер", "в период после снятия ограничительных мер"),
        ("работа с учителями-", "предметниками школ", "работа с учителями-предметниками школ"),
        ("обмен опы-", "том между школами", "обмен опытом между школами"),
        ("анализ самодиагностики и", "рисковых профилей", "анализ самодиагностики и рисковых профилей"),
        ("развитие образователь", "ной среды", "развитие образовательной среды"),
        (
            "с привлечением родителей",
            "и их законных представителей",
            "с привлечением родителей и их законных представителей",
        ),
    ],
)
def test_a_word_broken_at_the_end_of_a_page_is_one_word(left: str, right: str, whole: str) -> None:
    order = order_of(f"""
        | № | Мероприятия | Сроки | Ответственные |
        | 1.1 | Изучение: {left} | март | ОО |

        | | {right} | | |
        | 1.2 | Делиться опытом работы с учителями начальных классов | май | ОО |
        """)

    assert titles(order)[0] == f"Изучение: {whole}"


def test_a_tail_of_one_cell_goes_to_that_cell() -> None:
    order = order_of("""
        | № | Мероприятия | Сроки | Ответственные | Результат |
        | 1.1 | Мониторинг | В соответствии с графиком | ОО | Рост доли участников |

        | | | Рособрнадзора | | |
        | 1.2 | Конкурс | май | ОО | Повышение |

        | | | | | Мотивации учителей |
        """)

    assert order.activities[0].deadline.text == "В соответствии с графиком Рособрнадзора"
    assert order.activities[1].result == "Повышение Мотивации учителей"
    assert all("row-rejoined" in codes(one) for one in order.activities)


def test_a_whole_row_without_a_number_is_an_activity() -> None:
    order = order_of("""
        | № | Мероприятия | Сроки | Ответственные |
        | 1.1 | Анализ итогов | январь | Отдел образования |
        | | Составление плана помощи | февраль | Отдел образования |
        | 1.3 | Семинар | март | ИМЦ |
        """)

    assert [one.number for one in order.activities] == ["1.1", "1.2", "1.3"]
    assert order.activities[1].number_printed == ""
    assert "number-missing" in codes(order.activities[1])


def test_a_heading_between_the_pages_of_a_table_is_a_section() -> None:
    order = order_of("""
        | № | Мероприятия | Сроки | Ответственные |
        | 1. Управление | | | |
        | 1.1 | Совещание | январь | Отдел образования |

        3

        2. Кадры и их повышение
        квалификации

        | 2.1 | Курсы | март | ИМЦ |
        """)

    assert [(one.number, one.title) for one in order.sections] == [
        ("1", "Управление"),
        ("2", "Кадры и их повышение квалификации"),
    ]
    assert order.activities[1].section == "2"
    assert "section-outside-table" in codes(order)


def test_a_page_scanned_twice_is_read_once_in_its_better_reading() -> None:
    order = order_of("""
        | Мероприятия | Сроки | Ответственные |
        | Организационная работа | | |
        | Собеседования с руководителями ОО по вопросам качества | январь | Отдел образования |
        | Семинары для команд школ по работе с рисками | март | Общественные организации |
        | Мониторинг реализации программ школ района | Июнь 2023 | Отдел образования |

        | Организационная работа | | | |
        | Собеседования с руководителями ОО по вопросам качества | январь | Отдел образования | |
        | Семинары для команд школ по работе с рисками | март | Общеобразовательные организации | |
        | Мониторинг реализации программ школ района | Июнь 2023 | Отдел образования | |

        | Общеобразовательные организации представляют отчёты | декабрь | ОО |
        """)

    assert len(order.activities) == 4
    assert order.activities[1].responsible.text == "Общеобразовательные организации"
    assert "page-duplicated" in codes(order.activities[1])
    assert "Общественные" in dict(order.activities[1].doubts[0].params)["other"]
    assert "page-dropped" in codes(order)


def test_rows_that_only_look_alike_are_all_kept() -> None:
    order = order_of("""
        | № | Мероприятия | Сроки | Ответственные |
        | 1 | Мониторинг успеваемости учащихся школ района | Октябрь 2023 | ОО |
        | 2 | Мониторинг посещаемости учащихся школ района | Октябрь 2023 | ОО |

        | 3 | Мониторинг успеваемости учащихся школ района | Декабрь 2023 | ОО |
        | 4 | Мониторинг посещаемости учащихся школ района | Декабрь 2023 | ОО |
        """)

    assert [one.number for one in order.activities] == ["1", "2", "3", "4"]
    assert len({one.key for one in order.activities}) == 4


def test_the_same_row_twice_on_one_page_is_kept_and_remarked() -> None:
    order = order_of("""
        | Мероприятия | Сроки | Ответственные |
        | Участие в вебинарах | В течение года | ОО |
        | Участие в вебинарах | В течение года | ОО |
        """)

    assert len(order.activities) == 2
    assert "row-repeated" in codes(order.activities[1])


def test_an_orphan_tail_is_reported_and_glued_to_nothing() -> None:
    order = order_of("""
        | Мероприятия | Сроки | Ответственные |
        | Обновление сведений | Постоянно | Отдел образования |

        | 2024-2025 год на основе итогов мониторинга в школах района | | |
        """)

    assert titles(order) == ["Обновление сведений"]
    assert "orphan-tail" in codes(order)
    assert "orphan-tail" in codes(order.activities[0])


def test_a_tail_after_a_heading_has_no_head() -> None:
    order = order_of("""
        | Мероприятия | Сроки | Ответственные |
        | Кадры | | |

        | учителей начальных классов | | |
        | Курсы по функциональной грамотности | март | ИМЦ |
        """)

    assert titles(order) == ["Курсы по функциональной грамотности"]
    assert "orphan-tail" in codes(order)


def test_html_and_stars_of_a_scanner_are_not_text() -> None:
    order = order_of("""
        | № | **Мероприятия** | Сроки | Ответственные |
        | <b>1. Кадры</b> | | | |
        | 1.1 | <p>Семинары:</p> <ul style="list-style-type: none"> - для директоров;<br> - для учителей &laquo;риск&raquo;</ul> | <p>март</p> | ОО |
        | 1.2 | Охват не менее <80 % детей | май | **ОО** |
        """)

    assert titles(order) == [
        "Семинары: - для директоров; - для учителей «риск»",
        "Охват не менее <80 % детей",
    ]
    assert order.sections[0].title == "Кадры"


def test_lines_of_a_narrow_cell_are_one_text() -> None:
    order = order_of("""
        | № | Мероприятия | Сроки | Ответственные |
        | 1 | Консультации<br>для педагогов<br>по вопросам оценива<br>ния | До 15.12.<br>2023 | Отдел образо-<br>вания |
        """)

    assert rows(order) == [
        ("1", "Консультации для педагогов по вопросам оценивания", "До 15.12.2023", "Отдел образования")
    ]


def test_a_prefilled_cell_of_execution_is_remarked() -> None:
    order = order_of("""
        | № | Мероприятия | Ответственные | Срок реализации и | Информация об исполнении (с указанием ссылок) |
        | 1 | Справка | ОО | май | Подготовлена |
        | 2 | Отчёт | ОО | май | |
        """)

    assert [one.info for one in order.activities] == ["Подготовлена", None]
    assert "info-prefilled" in codes(order.activities[0])


def test_text_between_the_tables_is_never_dropped_in_silence() -> None:
    order = order_of("""
        | № | Мероприятия | Сроки | Ответственные |
        | 1 | Совещание для руководителей | январь | ОО |

        Верстка типографии «Лес»

        | | и педагогов | | |
        | 2 | Семинар | март | ОО |
        """)

    assert titles(order) == ["Совещание для руководителей и педагогов", "Семинар"]
    assert order.sections == ()
    assert "text-skipped" in codes(order)


# --- what cannot be read ------------------------------------------------------------------------


def test_a_scan_without_text_is_refused() -> None:
    with pytest.raises(OrderRefused, match="скан"):
        read_document(Document((Paragraph("1"),), "приказ.pdf"))


def test_an_order_without_a_plan_is_refused() -> None:
    with pytest.raises(OrderRefused, match="не найдена таблица плана"):
        read_document(
            document("""
            ПРИКАЗ

            О проведении олимпиады школьников в Лесном районе в 2023 году

            ПРИКАЗЫВАЮ: провести олимпиаду 12 марта.

            | Школа | Директор | Телефон |
            | МБОУ «Боровая СОШ» | И.И. Иванов | 2-11-11 |
            """)
        )


@pytest.mark.parametrize(
    "page",
    [
        """
        План мероприятий по поддержке школ на 2023 год
        № п/п Мероприятия Сроки реализации Ответственные
        1.1. Проведение совещания Февраль Отдел
        с руководителями школ 2023 образования
        1.2. Самодиагностика школ До 01.03 ОО
        """,
        """
        План мероприятий по поддержке школ на 2023 год
        № п/п
        Мероприятия
        Сроки реализации
        Ответственные
        1.1.
        Проведение совещания
        Февраль
        Отдел образования
        """,
        """
        План мероприятий по поддержке школ на 2023 год

        | Мероприятия | Сроки | Ответственные |
        | Проведение | Февраль | Отдел |
        | совещания с директорами | 2023 | образования |
        | школ района | | |
        | Подготовка | До 01 | Школы |
        | планов работы | марта | района |
        | на год | 2023 | |
        | Обучение | Март | ИМЦ |
        | педагогов школ | 2023 | |
        | по программам | | |
        """,
    ],
)
def test_columns_mixed_line_by_line_are_refused(page: str) -> None:
    with pytest.raises(OrderRefused, match="перемешаны построчно"):
        read_document(document(page))


def test_garbled_letters_are_refused() -> None:
    with pytest.raises(OrderRefused, match="не читается"):
        read_document(Document((Paragraph("Ïëàí ìåðîïðèÿòèé ïî ïîääåðæêå øêîë " * 5),), "приказ.txt"))


def test_a_page_drawn_with_another_grid() -> None:
    order = order_of("""
        | № | Мероприятия | Сроки | Ответственные |
        | 1.1 | Курсы для учителей | март | ИМЦ |

        | | и педагогов | | | | района | |
        | 1.2 | Смотр | | май | | ОО | |
        | 1.3 | Совет | июнь | | | ОО | |
        """)

    assert rows(order) == [
        ("1.1", "Курсы для учителей и педагогов", "март", "ИМЦ района"),
        ("1.2", "Смотр", "май", "ОО"),
        ("1.3", "Совет", "июнь", "ОО"),
    ]
