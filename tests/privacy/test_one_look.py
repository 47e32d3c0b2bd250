"""Where one look tells that nothing personal stands, the finders would find nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.privacy import numbers, persons, tokens
from sheetsync.privacy.normal import normal
from sheetsync.privacy.persons import persons_of
from sheetsync.privacy.tokens import Sort, tokens_of

FIGURES = st.lists(
    st.sampled_from(
        (
            "7", "10", "11", "12", "1", " ", "-", "Б", "б", "«", "»", '"', "класс", "класса", "кл.", "кл", "К", "л", "№", "п ",
            "n ", "го", "ого", "8", "(916)", "916", "123", "45", "67", "+7", "+375", ".", "/", ",", "(", ")", "тел.", "факс",
            "x", "٣", "112-233-445 95", "11223344595", "мая",
        )
    ),
    max_size=14,
).map("".join)  # fmt: skip
NAMED = st.lists(
    st.sampled_from(
        (
            "Иванов", "иванов", "ИВАНОВ", "Пётр", "петя", "ПЕТЯ", "П.", "п.", "И", "Сергеевич", "сергеевич", "кызы", "вагиф",
            "Ооржак", "айкат", "Мария", "приказ", "Приказ", "ученик", "Ученица", "школа", "Ивановская", "ª", "中Иванов", "ǅа",
            "7Б", "5", ",", "-", "Роман", "роман", "вера", "основов", "учителя", "список", "ий", "Кожевников-оглы",
        )
    ),
    max_size=9,
).map(" ".join)  # fmt: skip


@given(FIGURES)
def test_classes_stand_where_a_figure_or_their_word_does(text: str) -> None:
    everywhere = re.compile(
        tokens._CLASS.pattern.replace("(?=[1-9к])", "", 1), re.VERBOSE | re.IGNORECASE
    ).finditer(text)

    assert list(map(str, tokens._CLASS.finditer(text))) == list(map(str, everywhere))


@given(FIGURES)
def test_phones_and_insurance_numbers_have_their_figures_together(text: str) -> None:
    said = normal(text)
    found = [*numbers.phones(said), *numbers.snils(said)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(numbers, "_LONG", re.compile(""))

        assert found == [*numbers.phones(said), *numbers.snils(said)]


@given(NAMED)
def test_names_begin_with_capitals_or_are_like_names(text: str) -> None:
    said = tokens_of(normal(text))
    found = persons_of(said)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(persons, "_may_be_named", lambda token: token.sort is Sort.WORD)

        assert found == persons_of(said)
