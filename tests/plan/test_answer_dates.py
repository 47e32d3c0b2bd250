"""Dates as schools type them into «Дата исполнения»."""

from __future__ import annotations

import pytest

from sheetsync.doubts import text_of
from sheetsync.plan.answer_dates import read_answer_date

DATES = """
| typed | plan | date | doubts |
| 15.03.2023 | 2023 | 2023-03-15 | |
| 15.03.23 г. | 2023 | 2023-03-15 | |
| 15.3.23 | 2023 | 2023-03-15 | |
| 15/03/2023 | 2023 | 2023-03-15 | |
| 15-03-2023 | 2023 | 2023-03-15 | |
| 15,03,2023 | 2023 | 2023-03-15 | |
| 15 03 2023 | 2023 | 2023-03-15 | |
| 20.03 2023 | 2023 | 2023-03-20 | |
| 2023-03-15 | 2023 | 2023-03-15 | |
| 2023-03-15 00:00:00 | 2023 | 2023-03-15 | |
| 15 марта | 2023 | 2023-03-15 | |
| 15 марта | 2022 2023 | 2023-03-15 | deadline-school-year-assumed |
| 15 октября | 2022 2023 | 2022-10-15 | deadline-school-year-assumed |
| 15 марта | 2021 2022 2023 | | deadline-which-year |
| 15 марта | | | deadline-no-year |
| 15 марта 2023 года | | 2023-03-15 | |
| «15» марта 2023 г. | 2023 | 2023-03-15 | |
| 15.03 | 2023 | 2023-03-15 | |
| 44986 | 2023 | 2023-03-01 | deadline-serial |
| 15.03.2O23 | 2023 | 2023-03-15 | deadline-misread |
| 13-17.02.2023 | 2023 | 2023-02-17 | date-several |
| с 13 по 17 марта | 2023 | 2023-03-17 | date-several |
| 15.03.2023, 20.03.2023 | 2023 | 2023-03-20 | date-several |
| 20.03.2023; 15.03.2023 | 2023 | 2023-03-20 | date-several |
| 15.03.2023 совещание | 2023 | 2023-03-15 | date-with-words |
| март 2023 | 2023 | | date-not-a-day |
| в течение года | 2023 | | date-unread |
| выполнено | 2023 | | date-unread |
| 31.02.2023 | 2023 | | deadline-impossible |
| 29 февраля | 2023 | | deadline-impossible |
| 03/15/2023 | 2023 | 2023-03-15 | date-month-first |
| 3/15/23 | 2023 | 2023-03-15 | date-month-first |
| 2023-15-03 | 2023 | 2023-03-15 | date-month-first |
| 03/04/2023 | 2023 | 2023-04-03 | |
| 15-мар-23 | 2023 | 2023-03-15 | |
| 15-мар | 2023 | 2023-03-15 | |
| 15.мар.2023 | 2023 | 2023-03-15 | |
| мар.23 | 2023 | | date-not-a-day |
| March 15, 2023 | 2023 | 2023-03-15 | |
| 15 Mar 2023 | 2023 | 2023-03-15 | |
| 15.III.2023 | 2023 | 2023-03-15 | |
| 15,03.2023 | 2023 | 2023-03-15 | |
| 15 03 23 | 2023 | 2023-03-15 | |
| 15032023 | 2023 | 2023-03-15 | |
| ср, 15.03.2023 | 2023 | 2023-03-15 | |
| до 15.03 | 2023 | 2023-03-15 | |
| 15.03-20.03.2023 | 2023 | 2023-03-20 | date-several |
| 15.03.2023, приказ № 5 от 18.03.2023 | 2023 | 2023-03-15 | date-with-words |
| 15.03.2023 (план 20.03.2023) | 2023 | 2023-03-15 | date-with-words |
| срок 20.03.2023, исполнено 15.03.2023 | 2023 | 2023-03-15 | date-with-words |
| приказ № 5 от 18.03.2023 | 2023 | 2023-03-18 | date-with-words |
| перенос на 15.05.2023 | 2023 | | date-put-off |
| 15.03.2023 не проведено | 2023 | | date-put-off |
"""


def rows() -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in DATES.strip().splitlines()[1:]]


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[0]} @ {row[1]}")
def test_a_school_types_a_date(row: list[str]) -> None:
    typed, plan, expected, codes = row

    day, doubts = read_answer_date(typed, [int(year) for year in plan.split()])

    assert (str(day or ""), " ".join(one.code for one in doubts)) == (expected, codes)
    assert all(text_of(one).endswith(".") for one in doubts)


def test_an_empty_cell_is_no_date() -> None:
    day, doubts = read_answer_date(" ", [2023])

    assert day is None
    assert [one.code for one in doubts] == ["date-empty"]
