"""A block of rows says what it was made of, and nothing else; anything else is noticed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.workbooks.block_reading import says
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.row_blocks import ColumnFormat, RowFormat, moved, packed_bytes, unpacked
from sheetsync.workbooks.row_encoding import RowValue, encode_rows

FORM = RowFormat(
    (
        ColumnFormat("B", 1, style=3, quoted=4, dated=5, room=20.0),
        ColumnFormat("C", 0, style=3, quoted=4, dated=5),
        ColumnFormat("D", None, style=7),
        ColumnFormat("AA", 2, style=3, quoted=4, dated=5),
    )
)
ROWS: list[list[RowValue]] = [
    ["Приказ № 5", "  пробелы по краям ", date(2025, 2, 1)],
    [None, "=1+1", 12],
    ["<&>", Out("https://school.example.org/1", link="https://school.example.org/1"), 0.25],
    ["две\nстроки", "", None],
]
FIRST = 17

texts = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r"), max_size=40)
days = st.dates(date(1901, 1, 1), date(2200, 1, 1))
values = st.one_of(st.none(), texts, days, st.integers(-(10**9), 10**9), st.booleans())


def test_a_block_says_the_rows_it_was_made_of() -> None:
    assert says(encode_rows(FORM, FIRST, ROWS), FORM, ROWS)


def test_a_value_that_is_another_is_noticed() -> None:
    block = encode_rows(FORM, FIRST, ROWS)
    for row in range(len(ROWS)):
        for place in range(3):
            other = [list(one) for one in ROWS]
            other[row][place] = "совсем другое"
            assert not says(block, FORM, other), (row, place)


def test_rows_too_many_too_few_and_in_another_place_are_noticed() -> None:
    block = encode_rows(FORM, FIRST, ROWS)

    assert not says(block, FORM, ROWS[:-2])
    assert not says(block, FORM, [*ROWS, ["ещё", None, None]])
    assert not says(moved(block, FIRST + 1)._replace(first_row=FIRST), FORM, ROWS)


def test_bytes_spoilt_on_the_way_are_noticed() -> None:
    block = encode_rows(FORM, FIRST, ROWS)
    spoilt = block.rows._replace(crc=block.rows.crc ^ 1)

    assert not says(block._replace(rows=spoilt), FORM, ROWS)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        (b"</row>", b"</row> "),
        (b"</row>", b'<c r="AB17"/></row>'),
        (b'<c r="D17" s="7"/>', b""),
        (b'<c r="D17" s="7"/>', b'<c r="D17" s="7"><v>0</v></c>'),
        (b'<c r="D17"', b'<c r="D18"'),
        (b"<v>12</v>", b"<f>6*2</f><v>12</v>"),
        (b"<v>12</v>", b"<v>13</v>"),
        (b"&lt;", b"&gt;"),
        (b"&amp;", b"&amp;amp;"),
        (b' s="5"', b' s="3"'),
    ],
)
def test_bytes_that_say_anything_else_are_noticed(written: bytes, instead: bytes) -> None:
    block = encode_rows(FORM, FIRST, ROWS)
    text = unpacked(block.rows)
    assert written in text

    assert not says(block._replace(rows=packed_bytes(text.replace(written, instead, 1))), FORM, ROWS)


@given(st.lists(st.tuples(values, values, values), min_size=1, max_size=6))
def test_whatever_is_written_is_read_back(rows: list[tuple[RowValue, RowValue, RowValue]]) -> None:
    assert says(encode_rows(FORM, FIRST, rows), FORM, rows)


def test_a_day_before_all_calendars_is_a_text_that_says_it() -> None:
    rows: list[list[RowValue]] = [["давно", None, date(1900, 1, 1) - timedelta(days=400)]]

    assert says(encode_rows(FORM, FIRST, rows), FORM, rows)
