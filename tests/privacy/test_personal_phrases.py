"""What is personal in a phrase is covered, every other letter stays; ordinary phrases are let be."""

from __future__ import annotations

import re

import phrases_known
import phrases_unseen
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.privacy.shield import Shield
from sheetsync.text import squeeze

PERSONAL = [
    line
    for module in (phrases_known, phrases_unseen)
    for line in module.PERSONAL.splitlines()
    if line.strip()
]
ORDINARY = [
    line
    for module in (phrases_known, phrases_unseen)
    for line in module.ORDINARY.splitlines()
    if line.strip()
]
SECRET = re.compile(r"\{([^}]*)\}")
SHIELD = Shield()


def typed(line: str) -> str:
    """The phrase as a school types it, without our braces."""
    return SECRET.sub(r"\1", line)


@pytest.mark.parametrize("line", PERSONAL)
def test_what_is_personal_is_covered_and_nothing_else(line: str) -> None:
    outside = [re.escape(piece) for piece in SECRET.sub("\0", line).split("\0")]

    covered = SHIELD.text(typed(line))

    assert re.fullmatch("(.+)".join(outside), covered)
    assert [secret for secret in SECRET.findall(line) if secret in covered] == []


@pytest.mark.parametrize("line", ORDINARY)
def test_ordinary_words_stay_as_typed(line: str) -> None:
    assert SHIELD.text(line) == line


def test_covers_can_be_read() -> None:
    """A coordinator sees who is meant when she knows him, and nobody else does."""
    assert SHIELD.text("Иванов Пётр, 7Б") == "И***в П., 7Б"
    assert SHIELD.text("ученик 7Б Иванов Пётр Сергеевич") == "ученик 7Б И***в П.С."
    assert SHIELD.text("Петя Иванов (7Б)") == "П. И***в (7Б)"
    assert SHIELD.text("тел. 8-912-345-67-89") == "тел. +7 ***-**-89"
    assert SHIELD.text("112-233-445 95") == "***-***-*** 95"
    assert SHIELD.text("ivan@mail.ru") == "i***@mail.ru"
    assert SHIELD.text("01.02.2010 г.р.") == "**.**.2010 г.р."


def test_a_document_in_the_same_cell_stays_readable() -> None:
    covered = SHIELD.text("Иванов Пётр, 7Б, зачислен (Приказ № 5 от 01.09.2023)")

    assert covered == "И***в П., 7Б, зачислен (Приказ № 5 от 01.09.2023)"


@pytest.mark.parametrize("line", PERSONAL)
def test_a_line_wrapped_in_the_cell_is_covered_alike(line: str) -> None:
    """Programs change spaces and line breaks; the ledger compares the two spellings of one cell."""
    text = typed(line)

    for spaced in (text.replace(" ", "\u00a0"), text.replace(" ", "\n"), text.replace(" ", "  ")):
        assert squeeze(SHIELD.text(spaced)) == squeeze(SHIELD.text(text))


def test_look_alike_letters_and_split_accents_hide_nobody() -> None:
    assert "етр" not in SHIELD.text("Ивaнов Петр, 7B")  # Latin a and B
    assert "ергей" not in SHIELD.text("Андреев Сергеи\u0306, 7Б")
    assert "етр" not in SHIELD.text("Ива\u00adнов Пётр, 7Б").replace("ё", "е")


WORDS = st.sampled_from(
    [word for line in (*PERSONAL, *ORDINARY) for word in typed(line).split()]
    + [", ", ": ", "(", ")", "; ", "«", "»"]
)
PIECES = st.lists(st.one_of(WORDS, st.text(max_size=4)), max_size=12)


@given(PIECES)
def test_what_is_covered_once_is_covered(pieces: list[str]) -> None:
    text = " ".join(pieces)
    covered = SHIELD.text(text)

    assert SHIELD.text(covered) == covered
    assert len(covered) <= 2 * len(text) + 10


@given(PIECES)
def test_a_document_beside_anything_stays(pieces: list[str]) -> None:
    document = "; Приказ № 5 от 01.09.2023"

    assert SHIELD.text(" ".join(pieces) + document).endswith(document)
