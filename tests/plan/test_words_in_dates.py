"""Words are looked for in a date only where one may stand, and then nothing is read otherwise."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st

from sheetsync.plan import answer_dates, deadline_repairs
from sheetsync.plan.answer_dates import read_answer_date
from sheetsync.plan.deadline_repairs import repaired

PIECES = (
    *("1", "5", "12", "15", "10", "20", "2023", " ", ".", "/", "-", ",", "до ", "от ", "г.", "III", "iv"),
    *("март", "мая", "маи", "янв", "sept", "декабря", "пн", "среду", "ср.", "monday", "sat", "сентя6рь"),
    *("приказ № 5 от ", "акт", "план", "срок ", "о1", "1о", "l5", "з1", "-х числах", "-е чисел", "п/г"),
    *("новым годом", "отложен", "не выполнено"),
)
TEXT = st.lists(st.sampled_from(PIECES), max_size=7).map("".join)


@given(text=TEXT)
@example(text="приказ № 5 от 01.02.2023, проведено 15 марта 2023")
@example(text="пн 15-мар-23")
def test_a_day_is_read_as_if_every_word_were_looked_for(text: str) -> None:
    with patch.object(answer_dates, "_has_any", return_value=True):
        plainly = read_answer_date(text, [2023])

    assert read_answer_date(text, [2023]) == plainly


@given(text=TEXT)
@example(text="в 10-х числах")
def test_a_deadline_is_repaired_as_if_every_slip_were_looked_for(text: str) -> None:
    plainly = deadline_repairs._HALF_YEAR.sub("полугодие", deadline_repairs._QUOTED_DAY.sub(r"\1", text))
    for _, wrong, right in deadline_repairs._MISREAD:
        plainly = wrong.sub(right, plainly)
    plainly = deadline_repairs._DIGIT_IN_A_WORD.sub(deadline_repairs._word_of_digits, plainly)

    assert repaired(text)[0] == plainly
