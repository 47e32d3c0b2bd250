"""Orders built from parts in every combination: each item that is told to somebody is found, no other is."""

from __future__ import annotations

from datetime import date
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st
from test_instructions import order

from sheetsync.model import SchoolsScope

ADDRESSEES = {
    "Руководителям общеобразовательных организаций": SchoolsScope.ALL,
    "Рекомендовать директорам школ": SchoolsScope.ALL,
    "Руководителям МБОУ «Боровая СОШ» (Громов А.В.), МБОУ «Ельниковская ООШ» (Ветрова Е.В.)": SchoolsScope.NAMED,
    "Методическому центру (директору Сомовой В.Н.)": SchoolsScope.NONE,
    "Главному специалисту отдела образования Ветровой Е.В.": SchoolsScope.NONE,
    "ИМЦ (Сомова В.Н.)": SchoolsScope.NONE,
}
ACTS = (
    "разработать дорожные карты",
    "утвердить планы работы с учётом приказа министерства от 20.12.2022 № 881",
    "обеспечить участие педагогов (не менее двух от школы) в семинарах",
    "принять меры по выполнению плана на 2023 год",
    "организовать родительские собрания «Помощь в учёбе»",
)
DATES = {
    "": None,
    " в срок до 15 марта 2023 года": date(2023, 3, 15),
    " до 15.03.2023": date(2023, 3, 15),
    " не позднее 1 октября 2023 г.": date(2023, 10, 1),
}
OWN = (
    "Утвердить план мероприятий (приложение 1).",
    "Признать утратившим силу приказ от 10.01.2022 № 5.",
    "Назначить муниципальным координатором Ветрову Е.В.",
    "Контроль за исполнением приказа оставляю за собой.",
    "Контроль за исполнением приказа возложить на методиста Ветрову Е.В.",
)
MARKS = ("{item}.{place}. ", "{item}.{place} ", "{place}) ", "- ", "– ", "• ")

asked = st.tuples(st.sampled_from(ACTS), st.sampled_from(sorted(DATES)))
told = st.tuples(
    st.sampled_from(sorted(ADDRESSEES)), st.lists(asked, min_size=1, max_size=4), st.sampled_from(MARKS)
)
items = st.lists(st.one_of(st.sampled_from(OWN), told), min_size=1, max_size=6)


def wrapped(text: str, width: int) -> str:
    """The text in lines as a scan breaks them."""
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) > width and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def printed(item: str | tuple[str, list[tuple[str, str]], str], number: int) -> list[str]:
    if isinstance(item, str):
        return [f"{number}. {item}"]
    addressee, acts, mark = item
    if len(acts) == 1:
        return [f"{number}. {addressee} {acts[0][0]}{acts[0][1]}."]
    under = [
        f"{mark.format(item=number, place=place)}{act}{when};" for place, (act, when) in enumerate(acts, 1)
    ]
    return [f"{number}. {addressee}:", *under[:-1], under[-1][:-1] + "."]


@settings(max_examples=120, deadline=None)
@given(items, st.integers(40, 200), st.booleans())
def test_every_item_told_to_somebody_is_found(
    parts: list[str | tuple[str, list[tuple[str, str]], str]], width: int, spaced: bool
) -> None:
    numbers = count(1)
    lines = [wrapped(line, width) for one in parts for line in printed(one, next(numbers))]
    found = order(("\n\n" if spaced else "\n").join(lines)).instructions
    wanted = [
        (act, DATES[when], ADDRESSEES[one[0]])
        for one in parts
        if not isinstance(one, str)
        for act, when in one[1]
    ]

    assert [
        (one.title.startswith(act), one.deadline.due, one.responsible.schools)
        for one, (act, _, _) in zip(found, wanted, strict=False)
    ] == [(True, due, schools) for _, due, schools in wanted]
    assert len(found) == len(wanted)


@settings(max_examples=150, deadline=None)
@given(st.text("абвгдежзийклмнопрстуфхцчшщъыьэюя АБВГДЕИМЦРУК0123456789.,:;()«»-–\n\t№", max_size=400))
def test_whatever_a_scanner_made_of_the_text_is_read(text: str) -> None:
    found = order(f"1. Утвердить план.\n{text}").instructions

    assert all(one.title and one.number for one in found)
    assert len({one.key for one in found}) == len(found)
