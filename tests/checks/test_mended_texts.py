"""A text is mended wherever its damage stands, and is not searched where no sign of damage does."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from sheetsync.checks import evidence_cleaning as cleaning
from sheetsync.checks import evidence_links

DAMAGED = st.lists(
    st.sampled_from(
        (
            "ГI", "Гl", "Г|риказ", "Il", "l|", "риказ", "ротокол", "рика3", "Прика3", "в", "„", "–", "№", "N", "Ns", "Nо", "номер",
            "НОМЕР", "НоМеРом", "#", "0", "о", "5", "12", "2025", ",", ".", " ", "  ", "\n", "\t", "\u00a0", "http", "HTTPS", "hTTp", "s",
            ":", "/", "\\", "C:\\a", "file:///a", "«", "»", "_", "__", "от", "ОТ", "мая", "приказ", "пpиказ", "Cправка", "kl", "l18", "О1.О9.2О23",
            "- ", "1. ", "владелец", "действителен", "ФЗ", "закон", "273-", "ſ", "ᲂ", "é", "и\u0306",
        )
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(DAMAGED)
def test_no_slip_is_without_its_signs(text: str) -> None:
    for signs, pattern, meant in cleaning._SLIPS:
        assert any(sign in text for sign in signs) or pattern.sub(meant, text) == text


@given(DAMAGED)
def test_no_other_damage_is_without_its_signs(text: str) -> None:
    guarded = (
        (cleaning._SPACES, "  " in text or not text.isprintable()),
        (cleaning._TORN_SCHEME, any(sign in text for sign in cleaning._OF_A_SCHEME)),
        (cleaning._FILLED_BLANK, "_" in text),
        (cleaning._MIXED_WORD, cleaning._LIKE_RUSSIAN.search(text) is not None),
        (evidence_links._LOCAL, ":" in text or "\\" in text),
    )

    assert all(has_signs or not pattern.search(text) for pattern, has_signs in guarded)


@given(st.text("0123456789,– \u0663а", max_size=20))
def test_dates_with_other_signs_are_mended_from_their_first_figure(text: str) -> None:
    for sign, gap, (_, pattern, meant) in (
        (",", r"\s?", cleaning._SLIPS[-2]),
        ("–", "", cleaning._SLIPS[-1]),
    ):
        plainly = re.compile(rf"(?<![\d{sign}])(\d{{1,2}}){sign}{gap}(\d{{1,2}}){sign}{gap}(\d{{4}})(?!\d)")

        assert pattern.sub(meant, text) == plainly.sub(meant, text)
