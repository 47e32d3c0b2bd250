"""What the text of the five real orders asks, against a reading by hand.

Only the first words that tell an item, its addressee's first word and its date are told here. The
readings that could be argued with:

* «Установить срок предоставления информации ...» (Plavsk 3) is the signer's own act; its date is the
  report date of the order. «Провести мониторинг ...» (Khotynets 1) is addressed to nobody.
* «обеспечить контроль: - ...; - ...» (Plavsk 5) is told to the coordinator and is kept, item by item;
  «Контроль ... оставляю за собой», «Контроль ... возложить на ...» are none.
* «Координацию работ ... возложить на директора ...» (Urvan 4) is kept, with a doubt.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from sheetsync.documents.text_file import read_text
from sheetsync.model import Order, SchoolsScope
from sheetsync.plan.order import doubts_of, read_document

ORDERS = Path(__file__).parents[3] / "shared" / "orders"
pytestmark = [
    pytest.mark.real_orders,
    pytest.mark.skipif(not ORDERS.is_dir(), reason="the shared folder with the real orders is not here"),
]

ALL, NAMED, NONE = SchoolsScope.ALL, SchoolsScope.NAMED, SchoolsScope.NONE
Said = tuple[str, str, str, SchoolsScope, int, str | None]

TRUTH: dict[str, list[Said]] = {
    "khotynets-2023": [
        ("2", "предоставить в срок до", "Руководителям", NAMED, 4, "2023-12-29"),
        ("3", "подготовить аналитическую справку", "Главному специалисту отдела", NONE, 0, None),
    ],
    "ocher-2023": [
        ("2.1", "Принять участие в реализации", "Руководителям", ALL, 0, None),
        ("2.2", "Руководствоваться планом мероприятий", "Руководителям", ALL, 0, None),
    ],
    "plavsk-2023": [
        ("2.1", "разработать и утвердить планы", "Руководителям", ALL, 0, None),
        ("2.2", "заключить партнерские соглашения", "Руководителям", ALL, 0, None),
        ("2.3", "обеспечить актуализацию программы", "Руководителям", ALL, 0, None),
        ("2.4", "разработать и реализовать антирисковые", "Руководителям", ALL, 0, None),
        (
            "4",
            "обеспечить в пределах своей компетенции исполнение",
            "Муниципальному казённому",
            NONE,
            0,
            None,
        ),
        ("5.1", "обеспечить контроль разработки,", "Муниципальному координатору", NONE, 0, None),
        ("5.2", "обеспечить контроль работы школ", "Муниципальному координатору", NONE, 0, None),
    ],
    "shimanovsk-2020-2022": [
        ("2.1", "Обеспечить реализацию Программы", "руководителям", NAMED, 4, None),
        ("2.2", "Откорректировать, с учетом Программы", "руководителям", NAMED, 4, None),
        ("2.3", "Повысить ответственность", "руководителям", NAMED, 4, None),
    ],
    "urvan-2021": [
        ("2", "обеспечить методическое сопровождение", "ИМЦ", NONE, 0, None),
        ("3", "принять соответствующие меры", "Руководителям ОУ", ALL, 0, None),
        ("4", "Координацию работ", "директора информационно-методического", NONE, 0, None),
    ],
}
"""Number, first words, addressee, which schools, how many named, due date."""


@cache
def read(name: str) -> Order:
    path = ORDERS / f"{name}.txt"
    return read_document(read_text(path.read_bytes(), path.name))


@pytest.mark.parametrize("name", TRUTH)
def test_every_instruction_is_found_and_none_invented(name: str) -> None:
    found = read(name).instructions

    assert [one.number for one in found] == [number for number, *_ in TRUTH[name]]
    for one, (_, title, addressee, schools, named, due) in zip(found, TRUTH[name], strict=True):
        assert one.title.startswith(title)
        assert one.responsible.text.startswith(addressee)
        assert (one.responsible.schools, len(one.responsible.named)) == (schools, named)
        assert (one.deadline.due.isoformat() if one.deadline.due else None) == due


@pytest.mark.parametrize("name", TRUTH)
def test_titles_end_where_the_items_end(name: str) -> None:
    """No wrapped line is lost, no next item is glued on."""
    for one in read(name).instructions:
        assert not one.title.endswith((";", ",", ":"))
        assert "Контроль за" not in one.title


def test_only_the_item_that_is_no_plain_order_is_doubted() -> None:
    doubted = {name: [one.number for one in read(name).instructions if doubts_of(one)] for name in TRUTH}

    assert {name: numbers for name, numbers in doubted.items() if numbers} == {"urvan-2021": ["4"]}


@pytest.mark.parametrize("name", TRUTH)
def test_keys_differ_from_those_of_activities(name: str) -> None:
    order = read(name)

    keys = [one.key for one in (*order.activities, *order.instructions)]

    assert len(set(keys)) == len(keys)
