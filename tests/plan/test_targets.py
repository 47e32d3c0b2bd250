"""A coordinator finds the numbers of a programme as indicators, and what each row must be proved by."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.plan.targets import read_targets

TARGETS = """
| text | target | unit |
| не менее 80 % | 80 | % |
| 100 % | 100 | % |
| снижение доли (на 70%) | 70 | % |
| Охват не ниже 95,5 процентов выпускников | 95.5 | % |
| увеличить долю с 44% до 50% | 50 | % |
| успеваемость 80-90 % | 80 | % |
| Проведено не менее 2-х семинаров | 2 | семинар |
| не менее двух вебинаров | 2 | вебинар |
| не менее 3 открытых уроков | 3 | урок |
| средний балл не ниже 50 баллов | 50 | балл |
| группы до 15 человек | 15 | чел. |
| Обучено 12 педагогов | 12 | педагог |
| Проведены 3 методических семинара | 3 | семинар |
| не реже 1 раза в месяц | 1 | раз |
| 90% мероприятий с участием родителей | 90 | % |
| Включить в наставничество в ОО не менее 50% обучающихся, имеющих риски | 50 | % |
| к 2024 году - 80 % школ | 80 | % |
| доля выпускников 9-х классов не менее 60 % | 60 | % |
| не менее 5 методических рекомендаций | 5 | рекомендаций |
"""

LOOK_ALIKES = (
    "До 01.03.2023",
    "до 15 декабря 2023 года",
    "приказ № 15 от 12.12.2018",
    "входные работы (5-8 классы)",
    "учащихся 9-х, 11-х классов",
    "с 5 до 9 класса",
    "не менее 72 часов",
    "проект 500+",
    "МБОУ СОШ №4 и СОШ № 5",
    "1 полугодие 2023-2024 учебного года",
    "в течение 3 лет",
    "Закон № 273-ФЗ от 29.12.2012",
    "ФГОС 2021",
    "от 15 до 150 км",
    "обучающиеся на «4» и «5»",
    "ГИА-9, ГИА-11",
    "на 2022/2023 учебный год",
    "п. 3 раздела 2",
    "3. Руководителям ОУ принять меры",
    "1) Организовать проведение диагностики. 2) Включить педагогов в работу",
    "<b>4. Совершенствование организационных условий</b>",
    "Повышение качества образования",
    "",
)


def grid(text: str) -> list[tuple[str, ...]]:
    """The rows of a pipe grid below its heading."""
    rows = [line.strip().strip("|").split("|") for line in text.strip().splitlines()]
    return [tuple(cell.strip() for cell in row) for row in rows[1:]]


@pytest.mark.parametrize(("text", "target", "unit"), grid(TARGETS))
def test_a_number_in_words_becomes_a_target(text: str, target: str, unit: str) -> None:
    (found,) = read_targets(text)

    assert (found.target, found.unit) == (float(target), unit)
    assert found.title


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes_are_no_targets(text: str) -> None:
    """Dates, years, classes, hours, numbers of orders and schools set nothing."""
    assert read_targets(text) == ()


def test_one_clause_may_set_several_targets() -> None:
    found = read_targets("Охват не менее 80% обучающихся, не менее 50 % педагогов")

    assert [(one.title, one.target) for one in found] == [
        ("Охват не менее 80% обучающихся", 80.0),
        ("не менее 50 % педагогов", 50.0),
    ]


def test_targets_in_brackets_are_told_apart() -> None:
    text = "- участие родителей (опекунов), в работе (90% собраний с родителями; 100% родителей (опекунов) – участники работы)."

    assert [(one.title, one.target) for one in read_targets(text)] == [
        ("90% собраний с родителями", 90.0),
        ("100% родителей (опекунов) – участники работы", 100.0),
    ]


def test_a_lone_number_in_brackets_leaves_the_title() -> None:
    (found,) = read_targets("- снижение доли школ с низкими результатами (на 70%);")

    assert found.title == "снижение доли школ с низкими результатами"


def test_a_list_of_indicators_without_numbers_is_kept() -> None:
    """Items of «показатели (индикаторы)» are indicators even when the programme gives no number."""
    text = (
        "Эффективность оценивается по следующим показателям:<ul style='x'><li>доля обучающихся на «4» и «5»;</li>"
        "<li>доля выпускников 9-х классов, получивших аттестат;</li><li>средний балл ЕГЭ;</li>"
        "<li>доля родителей, не менее 60 %</li></ul>"
    )

    assert [(one.title, one.unit, one.target) for one in read_targets(text)] == [
        ("доля обучающихся на «4» и «5»", "%", None),
        ("доля выпускников 9-х классов, получивших аттестат", "%", None),
        ("средний балл ЕГЭ", "балл", None),
        ("доля родителей, не менее 60 %", "%", 60.0),
    ]


def test_what_is_counted_is_the_noun() -> None:
    """«Родительских собраний» are meetings, «школьных мероприятий» are events."""
    found = [
        read_targets(text)[0].unit
        for text in ("не менее двух родительских собраний", "2 школьных мероприятия")
    ]

    assert found == ["собрание", "мероприятие"]


def test_the_year_of_a_target_is_kept() -> None:
    (found,) = read_targets("к 2024 году - 80 % школ")

    assert found.year == 2024


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 100), st.sampled_from(["не менее", "не ниже", "на", "до"]))
def test_any_percentage_is_found(value: int, bound: str) -> None:
    (found,) = read_targets(f"Охват обучающихся {bound} {value} % в районе")

    assert found.target == value


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_no_text_stops_the_reader(text: str) -> None:
    assert all(one.title or one.target is not None for one in read_targets(text))


ORDERS = Path(__file__).parents[2] / ".." / "shared" / "orders"


def part_of(name: str, first: str, last: str) -> str:
    """The text of a real order between two phrases; skips where the folder is absent."""
    path = ORDERS / name
    if not path.exists():
        pytest.skip("the shared folder of real orders is absent")
    text = path.read_text(encoding="utf-8")
    start = text.index(first)
    return text[start : text.index(last, start)]


@pytest.mark.real_orders
def test_indicators_of_a_real_road_map() -> None:
    text = part_of("urvan-2021.txt", "Важнейшие целевые индикаторы", "План мероприятий «Дорожная карта»")
    found = [one for one in read_targets(text) if one.target is not None]

    assert [(one.target, one.unit) for one in found] == [(100.0, "%"), (100.0, "%")]


@pytest.mark.real_orders
def test_indicators_of_a_real_programme() -> None:
    """Twelve indicators without numbers in the passport; six targets among the expected results."""
    indicators = part_of(
        "shimanovsk-2020-2022.txt", "Эффективность Программы оценивается", "Срок реализации программы"
    )
    results = part_of("shimanovsk-2020-2022.txt", "Ожидаемые результаты реализации", "Финансирование")

    assert [one.target for one in read_targets(indicators)] == [None] * 12
    assert [one.target for one in read_targets(results) if one.target] == [100.0, 70.0, 90.0, 100.0, 100.0]
