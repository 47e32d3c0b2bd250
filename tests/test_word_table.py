"""A table of words says what a pattern of the same words says."""

from __future__ import annotations

import re
from enum import Enum, auto

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.privacy import marks, persons
from sheetsync.word_table import WordTable, listed, spelt


class Meant(Enum):
    """Three meanings, in the order in which they count."""

    FIRST = auto()
    SECOND = auto()
    LAST = auto()


FIRST = "мать учител* кл(|.)рук* тренер-* ??классник"
SECOND = "учитель состо+ (|до)школьник(а|у) ????классни(к|ца) мать уч-ся"
LAST = "о об ??ает ????ает ??(ал|ил)(|а|ась) шко*"
TABLE = WordTable((Meant.FIRST, FIRST), (Meant.SECOND, SECOND), (Meant.LAST, LAST))
LISTS = {
    "marks": " ".join((FIRST, SECOND, LAST)),
    "staff": marks._STAFF,
    "children": marks._CHILD,
    "stops": marks._STOP,
}


def as_pattern(words: str) -> str:
    """The plain way: one pattern of all the words of a list."""
    return "|".join(one_as_pattern(word) for pattern in words.split() for word in spelt(pattern))


def one_as_pattern(word: str) -> str:
    ending = word.lstrip("?")
    least = len(word) - len(ending)
    before = f"[а-я]{{{least},}}" if least else ""
    further = {"*": r"\w*", "+": r"\w+"}.get(ending[-1], "")
    return before + re.escape(ending[:-1] if further else ending) + further


PIECES = sorted({piece for words in LISTS.values() for piece in re.findall(r"[а-я]+", words)})
WORD = st.lists(
    st.one_of(st.sampled_from(PIECES), st.sampled_from(["-", ".", "'", "_", "7", "ё", "z", "у", "ь"])),
    max_size=4,
).map("".join)


@given(word=WORD)
def test_the_first_meaning_of_a_word_is_the_first_that_fits(word: str) -> None:
    meant = ((Meant.FIRST, FIRST), (Meant.SECOND, SECOND), (Meant.LAST, LAST))
    plainly = next((one for one, words in meant if re.fullmatch(as_pattern(words), word)), None)

    assert TABLE.meaning(word) is plainly


@pytest.mark.parametrize("words", LISTS.values(), ids=LISTS)
@given(word=WORD)
def test_a_word_is_listed_as_a_pattern_of_the_list_would_find_it(words: str, word: str) -> None:
    assert (word in listed(words)) is (re.fullmatch(as_pattern(words), word) is not None)


@pytest.mark.parametrize(
    ("word", "mark"),
    [
        ("учительница", marks.Mark.STAFF),
        ("семиклассник", marks.Mark.CHILD),
        ("одноклассницей", marks.Mark.OF_CHILD),
        ("неуспевающими", marks.Mark.OF_CHILDREN),
        ("состоящий", marks.Mark.PASS),
        ("прочитала", marks.Mark.STOP),
        ("учитель-логопед", marks.Mark.STAFF),
        ("логопедические", None),
        ("ал", None),
        ("состо", None),
    ],
)
def test_words_say_whose_a_name_beside_them_is(word: str, mark: marks.Mark | None) -> None:
    assert marks.mark_of(word) is mark


@pytest.mark.parametrize(("word", "is_place"), [("домом", True), ("домашний", False), ("школьный", True)])
def test_a_word_tells_that_a_place_is_named(word: str, is_place: bool) -> None:
    assert persons._is_place(word) is is_place
