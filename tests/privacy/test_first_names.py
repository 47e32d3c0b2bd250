"""A word is a first name when it is one of the forms of one, though forms are not written out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.privacy.first_names import DOUBLE_NAMES, FIRST_NAMES
from sheetsync.privacy.glance import _is_name

FORMS = frozenset(FIRST_NAMES.forms())
HALVES = frozenset(half for form in FORMS for half in form.split("-"))
ENDINGS = ("", "а", "я", "ой", "ы", "ем", "ью", "ею", "ому", "ь", "-", "льва")
CUT = st.builds(
    lambda form, to, ending: form[:to] + ending,
    st.sampled_from(sorted(FORMS)),
    st.integers(0, 14),
    st.sampled_from(ENDINGS),
)


@given(word=st.one_of(st.sampled_from(sorted(FORMS)), CUT))
def test_a_word_is_a_name_when_it_is_a_form_of_one(word: str) -> None:
    assert (word in FIRST_NAMES) is (word in FORMS)
    assert FIRST_NAMES.isdisjoint([word, "план"]) is (word not in FORMS)


@given(word=CUT)
def test_a_glance_knows_the_names_and_the_halves_of_double_ones(word: str) -> None:
    assert all(_is_name(half.encode("cp1251")) is (half in HALVES) for half in word.split("-") if half)


@pytest.mark.parametrize(
    ("word", "is_name"),
    [("павел", True), ("павла", True), ("львом", True), ("петей", True), ("игорю", True), ("план", False)],
)
def test_names_are_known_in_their_cases(word: str, is_name: bool) -> None:
    assert (word in FIRST_NAMES) is is_name


def test_names_of_two_words_are_known_whole() -> None:
    assert {"ай-херел", "ай-херела"} <= FORMS & set(DOUBLE_NAMES.forms())
