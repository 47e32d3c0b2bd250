"""What is looked at for a whole column at once comes out as it does for every cell alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.workbooks.cells_xml import text_item, text_items
from sheetsync.workbooks.links_xml import are_usual, split_link
from sheetsync.workbooks.ooxml import attribute
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.row_blocks import ColumnFormat, RowFormat, unpacked
from sheetsync.workbooks.row_encoding import RowValue, encode_rows
from sheetsync.workbooks.turning import turning_among, turns

some = st.lists(
    st.one_of(st.text(max_size=40), st.text(alphabet="аб  \n<&_x\u00a0", max_size=40)), max_size=6
)
typed = st.one_of(
    st.text(alphabet="=+-@' 1а.e5года№:/", max_size=70),
    st.from_regex(r"\A(май|января|e|1|истина)[ .\u00a0-]{0,3}(2026|№|г|мая|5)?[ .]{0,2}(г\.?|лет)?\Z"),
)


@given(some)
def test_texts_become_the_same_items_together(texts: list[str]) -> None:
    texts = list(filter(None, texts))
    items, are_plain = text_items(texts, "<is>", "</is><c")

    assert items == [f"<is>{text_item(one)}</is><c".encode() for one in texts]
    assert not are_plain or all(text.isprintable() for text in texts)


@given(st.lists(typed, max_size=6))
def test_those_that_turn_are_found_among_others(texts: list[str]) -> None:
    assert turning_among(texts) == {one for one in texts if turns(one)}


@pytest.mark.parametrize(
    ("link", "usual"),
    [
        ("https://school.example.org/1.html", True),
        ("https://school.example.org", True),
        ("https://school.example.org/?a=1&b=2", False),
        ("https://school.example.org/приказ", False),
        ("https://school.example.org/a b", False),
        ("https://school.example.org/" + "a" * 3000, False),
        ("https://school.example.org/\nhttps://other.example.org/", True),
        ("#'Исполнение'!A5", False),
        ("beside:Район.xlsm", False),
        ("javascript:alert(1)", False),
    ],
)
def test_a_usual_link_is_stored_as_it_is(link: str, usual: bool) -> None:
    links = link.split("\n")

    assert are_usual(links) is usual
    assert are_usual([*links, "https://school.example.org/2"]) is usual
    if usual:
        assert [split_link(one) for one in links] == [(one, "") for one in links]
        assert list(map(attribute, links)) == links


FORM = RowFormat(
    tuple(ColumnFormat(one, at, 1, 2, 3, room=5.0, size=11.0) for at, one in enumerate("ABC")), ' x="100 %"'
)
WIDE = RowFormat(
    tuple(
        ColumnFormat(one, at, 1, 2, 3, room=room, size=size)
        for at, (one, room, size) in enumerate((("A", 5.0, 11.0), ("BC", 9.5, 20.0), ("BD", 0.0, 11.0)))
    )
)
values = st.one_of(
    st.none(), st.text(max_size=30), st.dates(), st.integers(-99, 99), st.booleans(), st.floats(-9, 9)
)


@given(st.lists(st.tuples(values, values), min_size=1, max_size=4))
def test_a_column_met_again_is_written_as_at_first(rows: list[tuple[RowValue, RowValue]]) -> None:
    """The plan's own columns come again with every copy; equal values of another kind are no such thing."""
    again = [(*row, Out(f"{at}")) for at, row in enumerate(rows)]
    alike = [(*(int(one) if isinstance(one, bool) else one for one in row), None) for row in rows]
    _columns_forgotten()
    first = encode_rows(FORM, 5, again)
    other = encode_rows(FORM, 9, alike)
    _columns_forgotten()

    assert encode_rows(FORM, 9, alike) == other
    assert encode_rows(FORM, 5, again) == first


cells = st.one_of(
    st.sampled_from(["выполнено", "в работе", "", None, "12.05.2026", "=1", "слово " * 9]),
    st.text(alphabet="аб  \n<&_x№", max_size=30),
    st.dates(),
    st.builds(
        Out,
        st.sampled_from(["текст", None, 7]),
        link=st.sampled_from(["https://a.example.org/1", "#Свод!A1"]),
    ),
    st.builds(Out, st.just(4), formula=st.just("2+2")),
)
columns = st.one_of(
    cells.map(lambda one: [one] * 12),
    st.lists(st.sampled_from(["выполнено", "в работе", "", None]), min_size=12, max_size=12),
    st.lists(st.text(alphabet="аб №", max_size=60) | st.none(), min_size=12, max_size=12),
    st.lists(st.none() | st.dates(), min_size=12, max_size=12),
    st.lists(cells, min_size=12, max_size=12),
)


@given(columns, columns)
def test_rows_come_out_together_as_they_do_one_by_one(first: list[RowValue], second: list[RowValue]) -> None:
    rows = list(zip(first, second, first[::-1], strict=True))
    together = encode_rows(WIDE, 5, rows)
    alone = [encode_rows(WIDE, at, [row]) for at, row in enumerate(rows, start=5)]

    for what in ("rows", "links", "relations"):
        pieces = [unpacked(getattr(one, what)) for one in alone]
        assert unpacked(getattr(together, what)) == b"".join(pieces)
    assert together.link_count == sum(one.link_count for one in alone)
    assert together.has_formulas is any(one.has_formulas for one in alone)


def _columns_forgotten() -> None:
    """Write something else, so that what was last written is no longer known."""
    encode_rows(FORM, 1, [("совсем", "другое", date(2025, 1, 1))] * 2)
