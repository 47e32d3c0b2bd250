"""Small parts of reading an order: keys, broken words, numbers, headers, the JSON document."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from order_grid import order_of

from sheetsync.plan.headers import ColumnKind, classify
from sheetsync.plan.joining import Vocabulary, join, join_all
from sheetsync.plan.keys import keys_of
from sheetsync.plan.markup import undressed
from sheetsync.plan.numbering import PrintedNumber, heading_number, number_activities, parse_number
from sheetsync.plan.order_json import order_as_json

# --- keys ---------------------------------------------------------------------------------------


def test_a_key_does_not_depend_on_how_the_title_is_printed() -> None:
    one, other, spaced = (
        keys_of([title])[0]
        for title in (
            "Работа с учителями-предметниками «группы риска»",
            'Работа  с учителями- предметниками "группы риска".',
            "Работа с учителями предметниками группы\nриска",
        )
    )

    assert one == other == spaced


@given(st.lists(st.sampled_from(["Семинар", "Смотр", "семинар", "Курсы"]), max_size=12))
@settings(max_examples=30)
def test_keys_are_unique_letters_in_every_plan(titles: list[str]) -> None:
    keys = keys_of(titles)

    assert len(set(keys)) == len(titles)
    assert all(re.fullmatch(r"[a-z]{8}", key) and not set(key) & set("aeiouy") for key in keys)
    assert keys == keys_of(titles)


def test_an_added_row_does_not_change_the_keys_of_the_others() -> None:
    before = keys_of(["Курсы", "Смотр", "Курсы"])

    assert keys_of(["Курсы", "Олимпиада", "Смотр", "Курсы"])[2:] == before[1:]


# --- broken text --------------------------------------------------------------------------------


@given(
    st.lists(
        st.sampled_from(["проведение", "мероприятий", "для", "учителей", "школ", "района", "и", "совещания"]),
        min_size=2,
        max_size=9,
    )
)
@settings(max_examples=40)
def test_whole_words_are_joined_with_one_space(words: list[str]) -> None:
    text = " ".join(words)

    for cut in range(1, len(words)):
        left, right = " ".join(words[:cut]), " ".join(words[cut:])
        assert join(left, right, Vocabulary.of([text])).text == text


@pytest.mark.parametrize(
    ("wrapped", "whole"),
    [
        ("до 15.12.\n2023", "до 15.12.2023"),
        ("за 2022-\n2023 учебный год", "за 2022-2023 учебный год"),
        ("не менее 2-\nх семинаров", "не менее 2-х семинаров"),
        ("оценива\nния знаний", "оценивания знаний"),
        ("работа с\nв классах", "работа с в классах"),
        ("методов\nобучения", "методов обучения"),
    ],
)
def test_lines_of_a_cell(wrapped: str, whole: str) -> None:
    assert join_all(wrapped.splitlines(), Vocabulary()).text == whole


def test_tags_are_taken_off_and_signs_of_comparison_stay() -> None:
    assert (
        undressed("<p>доля <b>менее</b> <5 %</p><ul style='a: b'> - раз;</ul> **да**")
        == "доля менее <5 %\n- раз;\nда"
    )


# --- numbers ------------------------------------------------------------------------------------


def test_printed_numbers() -> None:
    printed = ("1.1.", "2.10", "1, 2", "3)", "№ 4", "п. 5.1", "25.", "1.2.3.")
    read = [(1, 1), (2, 10), (1, 2), (3,), (4,), (5, 1), (25,), (1, 2, 3)]

    assert [parse_number(one) for one in printed] == read
    assert [parse_number(one) for one in ("", "Раздел", "2023-2024", "01.02.2023", "1.1 Курсы")] == [None] * 5


def test_headings_and_their_numbers() -> None:
    assert heading_number("5.Совершенствование работы") == ("5", "Совершенствование работы")
    assert heading_number("Раздел.1 Паспорт") == ("1", "Паспорт")
    assert heading_number("IV. Работа с родителями") == ("IV", "Работа с родителями")
    assert heading_number("2023 год") == ("", "2023 год")
    assert heading_number("Кадры") == ("", "Кадры")


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5))
@settings(max_examples=30)
def test_a_count_without_slips_is_left_alone(sizes: list[int]) -> None:
    """Sections of any size, numbered 1.1, 1.2 ... as an office numbers them."""
    printed = [PrintedNumber(f"{s + 1}.{n}.", s) for s, size in enumerate(sizes) for n in range(1, size + 1)]
    numbering = number_activities(printed, [str(s + 1) for s in range(len(sizes))])

    assert [one.number for one in numbering.numbers] == [one.text.rstrip(".") for one in printed]
    assert not any(one.doubts for one in numbering.numbers)


@given(st.integers(1, 12), st.integers(13, 16))
@settings(max_examples=30)
def test_one_lost_number_is_found_again(lost: int, size: int) -> None:
    printed = [PrintedNumber("" if n == lost else f"1.{n}", 0) for n in range(1, size)]
    numbering = number_activities(printed, ["1"])

    assert [one.number for one in numbering.numbers] == [f"1.{n}" for n in range(1, size)]
    assert [bool(one.doubts) for one in numbering.numbers] == [n == lost for n in range(1, size)]


# --- headers ------------------------------------------------------------------------------------

HEADERS = {
    ColumnKind.NUMBER: "№ п/п;№;N п/п;N;N п.п.;№п/п;№ п\\п;№пп;№ п/ п;п/п;Номер строки",
    ColumnKind.ACTIVITY: "Мероприятия;Мероприятие;Наименования мероприятия;Название мероприятия;Тема;"
    "Наименований направлений/мер/мероприятий;Содержание мероприятия;Направления деятельности;"
    "Содержание деятельности и (примерный) план мероприятий;Рассматриваемые вопросы;Вид выполняемых работ",
    ColumnKind.DEADLINE: "Сроки реализации;Срок реализации и;Сроки проведения;Срок;Сроки исполнения;Дата;Месяц;"
    "Срок реализации мероприятия;Дата и время проведения;Планируемая дата наступления контрольного события",
    ColumnKind.RESPONSIBLE: "Ответственные;Ответственные исполнители;Ответственный исполнитель/соисполнители;"
    "Ответственный за проведение мероприятия;Исполнитель;Ответст-венные",
    ColumnKind.RESULT: "Планируемый результат;Ожидаемые результаты;Формальные показатели;Результат. Вид документа;"
    "Контрольные показатели реализации;Результаты, достижение которых обеспечиваются мероприятиями",
    ColumnKind.INFO: "Информация об исполнении (с указанием подтверждающих документов, ссылок);Статус;"
    "Комментарии (причины нарушения сроков);Фактическая дата исполнения;Отметка о выполнении;Требования к исполнению",
    ColumnKind.EXTRA: "Классы;Место проведения мероприятия;Участники;Финансирование;1;Цель мероприятия",
    ColumnKind.PERIOD: "Январь;II квартал;1 полугодие;Сентябрь 2023",
    ColumnKind.START: "Плановое начало;Дата начала;Срок начала",
    ColumnKind.END: "Плановое окончание;Срок завершения;окончание",
}


@pytest.mark.parametrize(
    ("kind", "header"), [(kind, one) for kind, all_ in HEADERS.items() for one in all_.split(";")]
)
def test_what_a_header_means(kind: ColumnKind, header: str) -> None:
    assert classify(header) is kind


# --- JSON ---------------------------------------------------------------------------------------


def test_the_json_of_an_order() -> None:
    order = order_of("""
        | № | Мероприятия | Сроки | Ответственные | Результат |
        | 1. Кадры | | | | |
        | 1.1. | Курсы для учителей | До 01.03.2023 | ОО | Охват не менее 80 % |
        | 1.2. | Смотр | | МБОУ «Боровая СОШ» | |
        """)
    told = json.loads(json.dumps(order_as_json(order), ensure_ascii=False))

    assert set(told) == {"order", "sections", "activities", "instructions", "indicators", "doubts"}
    assert told["order"]["date"] == "2023-01-12"
    assert told["sections"] == [{"number": "1", "title": "Кадры"}]
    first, second = told["activities"]
    assert (first["number"], first["number_printed"], first["section"]) == ("1.1", "1.1.", "1")
    assert first["deadline"] == {
        "text": "До 01.03.2023",
        "kind": "by-date",
        "start": None,
        "due": "2023-03-01",
        "occurrences": [],
    }
    assert first["responsible"]["schools"] == "all"
    assert second["deadline"]["text"] is None
    assert (second["result"], second["info"]) == (None, None)
    assert second["responsible"]["named"] == ["МБОУ «Боровая СОШ»"]
    assert {one["code"] for one in second["doubts"]} >= {"deadline-empty"}
    assert all(one["text"] for one in second["doubts"])
    indicator = told["indicators"][0]
    assert (indicator["target"], indicator["unit"], indicator["year"]) == (80.0, "%", 2023)
    assert indicator["activity"] == first["key"]
