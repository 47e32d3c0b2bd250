"""Sentences an answer copies from its row of the plan are known however they are spelled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.checks.plan_words import bones_of, sentences, without_own_words
from sheetsync.model import PlanRow
from sheetsync.text import has_small_bones, skeleton

TEXT = st.lists(
    st.sampled_from(
        [
            "Проведён",
            "педсовет",
            "ё",
            "5",
            ". ",
            "; ",
            "!",
            "? ",
            "\n",
            "\u00a0",
            "…",
            "™",
            "㎏",
            "№",
            "\u00ad",
            "«",
            " ",
        ]
    ),
    max_size=14,
).map("".join)
ROW = PlanRow(
    "k", "1.1", "", "Провести педсовет по итогам года", result="Протокол. Справка по итогам года готова"
)


@given(TEXT)
def test_sentences_have_the_bones_they_have_apart(text: str) -> None:
    told = [bones for bones in bones_of(text) if bones]

    assert told == [skeleton(one) for one in sentences(text) if skeleton(one)]
    assert "".join(told) == skeleton(text)


@given(TEXT)
def test_small_bones_are_no_longer_than_the_text(text: str) -> None:
    assert not has_small_bones(text) or len(skeleton(text)) <= len(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("провести  педсовет по итогам года", ""),
        ("Провести педсовет по итогам года. Пришли все.", "Пришли все."),
        ("Справка по итогам года готова; приказ № 5", "приказ № 5"),
        ("Приказ", "Приказ"),
        ("Протокол. Педсовет прошёл 5 мая, говорили о том, как провести педсовет по итогам года", None),
        ("https://school.example.org/a.html", None),
    ],
)
def test_only_the_schools_own_sentences_are_left(text: str, left: str | None) -> None:
    assert without_own_words(text, ROW) == (text if left is None else left)


def test_words_of_the_plan_are_known_in_latin_letters_too() -> None:
    row = PlanRow("k", "1.1", "", "Рост, мост, тест", result="Протокол заседания совета")

    assert without_own_words("POCT, MOCT, TECT", row) == ""
    assert (
        without_own_words("https://POCT.example.org/MOCT/TECT", row) == "https://POCT.example.org/MOCT/TECT"
    )
