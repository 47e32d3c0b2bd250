"""Which stands first, the number of a document or its date, is told before both are sought."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from sheetsync.checks import evidence_requisites as requisites

PIECES = (
    *("№", "N", "n ", "No ", "5", "11", "181/1-ОД", "12-ОД", "18/1-2020", "IV", "lI", "a", "приказ"),
    *("01.02.2023", "1 марта 2023", "«29» 08. 2012г", "2023-01-05", "года", "г."),
    *(" ", "  ", " от ", "за ", ", ", "и", "___", "«", "»", '"', "-", "/", "."),
)
TEXT = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)


@given(text=TEXT)
@example(text=" 18/1-2020 N5")
@example(text="01.02.2023 № 5 от 2.3.2023")
def test_a_date_before_the_number_is_always_sought(text: str) -> None:
    number, day = requisites._NUMBER_FIRST.search(text), requisites._DATE_FIRST.search(text)

    if number and day and day.start() < number.start():
        assert requisites._may_be_dated_before(text, number)


@given(text=TEXT)
def test_a_number_is_unreadable_only_where_a_sign_of_numbers_stands(text: str) -> None:
    assert requisites._NUMBERED.search(text) or not requisites._UNREADABLE_NUMBER.search(text)


@given(text=TEXT)
def test_a_number_without_a_sign_stands_only_at_the_beginning(text: str) -> None:
    assert text.lstrip()[:1].isdecimal() or not requisites._BARE_NUMBER.match(text)
