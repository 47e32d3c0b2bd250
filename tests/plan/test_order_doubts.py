"""Whatever the reader is not sure of, it says beside the row or for the order as a whole."""

from __future__ import annotations

from order_grid import HEAD, codes, document, order_of, titles

from sheetsync.doubts import text_of
from sheetsync.plan.document import MAY_CONTINUE
from sheetsync.plan.order import doubts_of, read_document

PLAN = """
| № | Мероприятия | Сроки | Ответственные |
| 1 | Самодиагностика школ района | март | ОО |
"""


def test_every_doubt_is_a_sentence() -> None:
    order = order_of("""
        | № | Мероприятия | Классы | Сроки | Ответственные | Результат |
        | 1.1 | Курсы и | 9 | | ОО | Справка |
        | 1.3 | Смотр | | март | ОО | Справка |
        """)

    said = [
        text_of(one)
        for one in (*order.doubts, *(doubt for row in order.activities for doubt in doubts_of(row)))
    ]
    assert len(said) > 3
    assert all(one.endswith((".", "?", ":", "9")) and "{" not in one for one in said)


def test_a_broken_word_and_one_that_may_be_two() -> None:
    order = order_of(f"""
        | № | Мероприятия | Сроки | Ответственные |
        | 1 | Оценива{MAY_CONTINUE}<br>ние знаний | март | ОО |
        | 2 | Изготовление{MAY_CONTINUE}<br>буклетов | март | ОО |
        """)

    assert titles(order) == ["Оценивание знаний", "Изготовление буклетов"]
    assert ["word-rejoined" in codes(one) for one in order.activities] == [True, False]
    assert ["word-at-edge" in codes(one) for one in order.activities] == [False, True]


def test_a_heading_that_may_be_the_end_of_the_row_before() -> None:
    order = order_of("""
        | Мероприятия | Сроки | Ответственные |
        | Открытие центра | март | ОО |

        | Плавание для всех | | |
        | Смотр | май | ОО |
        """)

    assert [one.title for one in order.sections] == ["Плавание для всех"]
    assert ["heading-or-tail" in codes(one) for one in order.activities] == [True, False]


def test_a_heading_broken_by_a_page() -> None:
    order = order_of("""
        | № | Мероприятия | Сроки | Ответственные |
        | 1. Повышение качества подготовки | | | |

        | обучающихся | | | |
        | 1.1 | Смотр | май | ОО |
        """)

    assert [one.title for one in order.sections] == ["Повышение качества подготовки обучающихся"]
    assert "section-rejoined" in codes(order)


def test_an_empty_result_where_all_others_have_one() -> None:
    filled = "\n".join(f"| {n} | Смотр кабинетов {n} | май | ОО | Справка |" for n in range(1, 10))
    order = order_of(
        f"| № | Мероприятия | Сроки | Ответственные | Результат |\n{filled}\n| 10 | Совет | май | ОО | |"
    )

    assert ["cell-empty" in codes(one) for one in order.activities] == [False] * 9 + [True]


def test_a_table_after_the_plan_that_does_not_fit_it() -> None:
    order = order_of(PLAN + "\nДалее по годам\n\n| Смотр | май |\n| Совет | июнь |\n")

    assert len(order.activities) == 1
    assert "table-unread" in codes(order)


def test_schools_taken_from_the_text() -> None:
    assert "schools-from-text" in codes(order_of(PLAN))


def test_a_plan_without_an_order() -> None:
    order = read_document(
        document("Рабочие материалы отдела по подготовке к совещанию директоров школ\n" + PLAN)
    )

    assert {"title-absent", "years-absent", "issuer-absent", "order-number-absent"} <= codes(order)
    assert order.passport.title is None
    assert order.activities[0].deadline.due is None


def test_the_year_of_the_order_itself() -> None:
    order = order_of(PLAN, HEAD.replace(" на 2023 год", ""))

    assert order.passport.years == (2023,)
    assert "years-from-date" in codes(order)
