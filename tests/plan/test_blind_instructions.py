"""Orders laid out as offices lay them out: every instruction is found with its addressee and date.

Their texts and what was read in them by hand stand in ``blind_orders``.
"""

from __future__ import annotations

import pytest
from blind_orders import ORDERS, TRUTH
from order_grid import document

from sheetsync.model import Instruction
from sheetsync.plan.order import read_document

PLAN = """
Приложение
к приказу

План мероприятий по поддержке школ района на {year} год

| № | Мероприятие | Срок | Ответственные |
| 1.1 | Самодиагностика школы | Март {year} | ОО |
| 1.2 | Семинар для школьных команд | Апрель {year} | Отдел образования, МКУ «ИМЦ» |
"""


def read(name: str) -> tuple[Instruction, ...]:
    year = "2024" if "2024" in ORDERS[name].split("\n\n")[0][:200] else "2023"
    return read_document(document(ORDERS[name] + PLAN.format(year=year))).instructions


@pytest.mark.parametrize("name", ORDERS)
def test_the_instructions_of_an_order_are_all_found_and_none_invented(name: str) -> None:
    truth = [tuple(part.strip() for part in line.split("|")) for line in TRUTH[name].strip().splitlines()]

    found = read(name)

    assert [one.number for one in found] == [number for number, *_ in truth]
    for one, (_, title, addressee, due) in zip(found, truth, strict=True):
        assert one.title.startswith(title)
        assert one.responsible.text.startswith(addressee)
        assert due in ("*", one.deadline.due.isoformat() if one.deadline.due else "-")


def one_of(item: str) -> Instruction:
    (found,) = read_document(
        document(f"ПРИКАЗ\n\nот 12.01.2023 № 17-ОД\n\nПРИКАЗЫВАЮ:\n\n1. {item}{PLAN.format(year=2023)}")
    ).instructions
    return found


def test_an_addressee_may_stand_after_what_is_asked_of_him() -> None:
    found = one_of("Отчёт о выполнении плана ответственным исполнителям представлять ежеквартально.")

    assert found.responsible.text == "ответственным исполнителям"
    assert found.title == "Отчёт о выполнении плана представлять ежеквартально"


def test_a_day_inside_the_words_is_the_day_of_the_item() -> None:
    found = one_of("Руководителям ОО начать учебный год 1 сентября 2023 года торжественной линейкой.")

    assert str(found.deadline.due) == "2023-09-01"


def test_a_body_told_in_the_present_answers() -> None:
    found = one_of("МКУ «ИМЦ» (Сомова В.Н.) обеспечивает методическую помощь школам.")

    assert found.responsible.text == "МКУ «ИМЦ» (Сомова В.Н.)"
    assert found.title == "обеспечивает методическую помощь школам"


@pytest.mark.parametrize("verb", ["Провести", "Организовать"])
def test_what_the_office_announces_is_asked_of_nobody(verb: str) -> None:
    text = f"1. {verb} с 8 по 20 ноября 2023 года конкурс школ.\n2. Школам района представить заявки."
    found = read_document(document(f"ПРИКАЗ\n\nПРИКАЗЫВАЮ:\n\n{text}{PLAN.format(year=2023)}")).instructions

    assert [one.title for one in found] == ["представить заявки"]


@pytest.mark.parametrize(
    ("addressee", "scope", "parties", "named"),
    [
        (
            "Директорам школ-участниц (МБОУ «Боровая СОШ» – Громов А.В., МБОУ «Ельниковская ООШ» – Ветрова Е.В.)",
            "named",
            ("Директора школ-участниц",),
            ("МБОУ «Боровая СОШ»", "МБОУ «Ельниковская ООШ»"),
        ),
        ("Общеобразовательным организациям", "all", ("Общеобразовательные организации",), ()),
        ("Рабочей группе (Сомова В.Н.)", "none", ("Рабочая группа",), ()),
        ("МБОУ ДПО «ИМЦ»", "none", ("МБОУ ДПО «ИМЦ»",), ()),
        ("МБУ ДО «Дом творчества»", "none", ("МБУ ДО «Дом творчества»",), ()),
    ],
)
def test_who_answers(addressee: str, scope: str, parties: tuple[str, ...], named: tuple[str, ...]) -> None:
    found = one_of(f"{addressee} подготовить справку.").responsible

    assert (found.schools, found.parties, found.named) == (scope, parties, named)
