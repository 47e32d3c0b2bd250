"""A glance lets no personal data go: what it does not suspect, the finders find nothing in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_personal_phrases import ORDINARY, PERSONAL, typed

from sheetsync.campaign.shielding import masked_items
from sheetsync.grid import Book, Cell, Sheet
from sheetsync.merge.received import CensusItem, ItemKind
from sheetsync.model import Origin
from sheetsync.privacy import glance, tables
from sheetsync.privacy.books import masked_book
from sheetsync.privacy.children import known_people
from sheetsync.privacy.glance import suspects
from sheetsync.privacy.shield import Shield
from sheetsync.privacy.tables import headings, speaks_of_cells
from sheetsync.text import skeleton

SHIELD = Shield()
PHRASES = [typed(line) for line in (*PERSONAL, *ORDINARY)]
WORDS = sorted({word for line in PHRASES for word in line.split()})
SLIPS = (
    " ",
    "  ",
    "\n",
    "-",
    "–",
    ".",
    ",",
    "_",
    "\xa0",
    "/",
    "(",
    "№",
    "7",
    "Б",
    "ё",
    "’",
    '"',
    "A",
    "\xad",
    "й",
)

PHRASE = st.sampled_from(PHRASES)
MIXTURE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)


@st.composite
def mistyped(draw: st.DrawFn) -> str:
    """A phrase in which letters are lost, doubled or come from elsewhere."""
    letters = list(draw(PHRASE))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(letters)))
        letters[place : place + draw(st.integers(0, 2))] = draw(st.sampled_from(SLIPS))
    return "".join(letters)


TEXT = st.one_of(PHRASE, PHRASE.map(str.lower), PHRASE.map(str.upper), MIXTURE, mistyped())


@given(st.lists(TEXT, max_size=8))
def test_what_a_glance_lets_go_holds_nothing_personal(texts: list[str]) -> None:
    suspected = set(suspects(texts))

    assert [text for text in texts if SHIELD.covered(text).found and text not in suspected] == []


@given(st.lists(TEXT, max_size=8))
def test_what_a_glance_lets_go_names_nobody_in_full(texts: list[str]) -> None:
    """The people a plan names are sought where a glance finds anybody."""
    assert known_people(tuple(suspects(texts))) == known_people(tuple(texts))


def test_words_met_before_are_suspected_as_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many words are remembered, one or none."""
    known = [suspects([text]) for text in PHRASES]
    monkeypatch.setattr(glance, "_VOCABULARY", 0)

    assert [suspects([text]) for text in PHRASES] == known


def test_every_known_phrase_that_is_personal_is_suspected() -> None:
    personal = [text for text in PHRASES if SHIELD.covered(text).found]

    assert set(personal) <= set(suspects(PHRASES))


@pytest.mark.parametrize(
    "text",
    [
        "приказ № 01-45 от 12.03.2025",
        "Изучены работы 187 учеников, 66 % справились. В 2–7 классах успеваемость 66 %",
        "https://s01.example.org/docs/2025/03/123456.pdf",
        "С остальными (12) беседовали по телефону до 14.05",
    ],
)
def test_what_schools_write_most_is_let_go(text: str) -> None:
    assert suspects([text]) == []


@given(
    st.lists(st.one_of(TEXT, st.sampled_from(["ФИО учащегося", "7Б", "Дата рождения", "СНИЛС"])), max_size=24)
)
def test_headings_are_told_the_same_whoever_seeks_them(texts: list[str]) -> None:
    cells = {(place // 3 + 1, place % 3 + 1): text for place, text in enumerate(texts)}

    assert headings(cells, rows_of(cells, speaks_of_cells(texts)), str) == heads_of(cells)


@given(st.lists(TEXT, min_size=1, max_size=9))
def test_a_copy_and_its_count_are_covered_alike(texts: list[str]) -> None:
    """Whether a text was met before or not, in whichever of the two."""
    shield = Shield()
    cells = {(place + 1, 1): Cell(text) for place, text in enumerate(texts)}
    book, _ = masked_book(Book((Sheet("Отчёт", cells),)), shield, Origin("S01.xlsx"))
    items = tuple(
        CensusItem("Отчёт", f"A{row}", ItemKind.VALUE, cell.text) for (row, _), cell in cells.items()
    )

    counted = masked_items(items, shield)

    assert [one.text for one in counted] == [cell.text for cell in book.sheets[0].cells.values()]
    assert [one.text for one in counted] == [
        Shield().text(text, heading) for text, heading in zip(texts, heads(texts), strict=True)
    ]


def heads_of(cells: dict[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    """Every row looked at as if it might tell of others."""
    return headings(cells, {row for row, _ in cells}, str)


def rows_of(cells: dict[tuple[int, int], str], texts: set[str]) -> set[int]:
    return {row for (row, _), text in cells.items() if text in texts}


def heads(texts: list[str]) -> list[str]:
    told = heads_of({(place + 1, 1): text for place, text in enumerate(texts)})
    return [told.get((place + 1, 1), "") for place in range(len(texts))]


def test_nothing_is_made_anew_where_nothing_is_personal() -> None:
    given_book = Book((Sheet("Отчёт", {(1, 1): Cell("Педсовет проведён"), (2, 1): Cell(5.0)}),))
    items = (CensusItem("Отчёт", "A1", ItemKind.VALUE, "Педсовет проведён"),)

    assert masked_book(given_book, SHIELD, Origin("S01.xlsx"))[0] is given_book
    assert masked_items(items, SHIELD) is items


def test_a_sign_of_any_alphabet_is_told_as_by_the_list_of_signs() -> None:
    """In one byte where the sign has one, by itself elsewhere."""
    assert all(
        tables._is_bent(f"7{sign}") == (tables._BENT.search(sign) is not None)
        for sign in map(chr, (*range(0xD800), *range(0xE000, 0x1_F700)))
    )


def test_the_plans_own_words_are_nobodys_name_in_any_copy() -> None:
    said = "МБОУ «СОШ имени Иванова Петра Сергеевича», ученик Петров Иван"
    plan = Shield(texts=frozenset({skeleton(said)}))
    assert Shield().covered(said).found

    plan.learn({said})

    assert not plan.covered(said).found
    assert not plan.beside(frozenset()).telling({said})
