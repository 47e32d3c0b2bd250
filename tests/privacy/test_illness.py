"""Where no part of a word of illness stands, and no code, no illness is named."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from sheetsync.privacy import health

PIECES = sorted({*re.findall("[а-я]{2,}", health._WORDS), "диагноз", "мкб", "речи", "слуха", "план"})
SIGNS = ("", " ", "-", "а", "ый ", "ого ", "f", "ф ", "g", "7", "12", ".", ": ")
TEXT = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(SIGNS)), max_size=5).map(
    lambda pairs: "".join(map("".join, pairs))
)


@given(text=TEXT)
@example(text="диагноз: f70")
@example(text="задержка психического развития")
@example(text="психическое расстройство")
def test_no_illness_is_named_without_a_part_of_its_word(text: str) -> None:
    is_named = health._SAID.search(text) or health._ILLNESS.search(text)

    assert not is_named or health._may_be_ill(text)


def test_a_form_that_asks_for_no_diagnoses_names_none() -> None:
    assert not health._may_be_ill("5. не пишите фамилий, телефонов и диагнозов детей: достаточно количества.")
