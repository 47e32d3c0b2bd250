"""A text is compared alike by the table of Russian letters and by the rules of Unicode."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sheetsync import text as texts
from sheetsync.text import plain, skeleton, squeeze, visible

RUSSIAN = [bytes([code]).decode("cp1251", "ignore") for code in range(256)]
ODD = [
    "\u00ad",
    "\u200b",
    "\ufeff",
    "\u2009",
    "\u0306",
    "е\u0308",
    "и\u0306",
    "ﬁ",
    "½",
    "İ",
    "Σ",
    "😀",
    "\x1f",
    "ё",
]
TEXT = st.lists(st.sampled_from([*RUSSIAN, *ODD]), max_size=80).map("".join)


@given(TEXT)
def test_the_table_of_letters_agrees_with_unicode(text: str) -> None:
    assert plain(text) == texts._plain_of_any(text)
    assert skeleton(text) == texts._skeleton_of_any(text)


@given(TEXT)
def test_spaces_are_squeezed_as_the_pattern_says(text: str) -> None:
    assert squeeze(text) == texts._SPACES.sub(" ", text.replace("\u00ad", "")).strip()


@given(TEXT)
def test_only_signs_no_document_can_show_are_replaced(text: str) -> None:
    unseen = [
        sign for sign in text if unicodedata.category(sign) in {"Cc", "Cs", "Cn"} and sign not in "\t\n"
    ]

    assert visible(text).count("�") == text.count("�") + len(unseen)
    assert len(visible(text)) == len(text)
