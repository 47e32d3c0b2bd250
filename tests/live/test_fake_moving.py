"""Rows come and go: everything moves as in Excel, against a naive model of lists.

Microsoft, «Range.Insert method», «Range.Delete method», «Insert or delete rows and columns» (references
adjust; a range grows by what is inserted inside it; what referred to deleted cells becomes #REF!).
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fake_excel import ComError, Engine, UncertainManner, document_of, engine
from fake_excel.areas import Rect
from fake_excel.document import Look, Rule
from fake_excel.making import new_book

ROWS, COLUMNS = 7, 3
Token = object


class Naive:
    """Cells are lists that elements are inserted into and deleted from; a range is the list of its cells."""

    def __init__(self) -> None:
        self.columns = [[object() for _ in range(ROWS + 40)] for _ in range(COLUMNS)]
        self.label = {
            self.columns[column][row]: f"{column}-{row}" for column in range(COLUMNS) for row in range(ROWS)
        }

    def insert(self, at: int, count: int, band: range, ranges: list[list[Token]]) -> None:
        for column in band:
            cells = self.columns[column]
            before, after = cells[at - 1] if at else None, cells[at]
            new = [object() for _ in range(count)]
            cells[at:at] = new
            for one in ranges:
                if before in one and after in one:
                    where = one.index(after)
                    one[where:where] = new

    def delete(self, at: int, count: int, band: range, ranges: list[list[Token]]) -> None:
        for column in band:
            gone = self.columns[column][at : at + count]
            del self.columns[column][at : at + count]
            for one in ranges:
                one[:] = [token for token in one if token not in gone]

    def address(self, cells: list[Token], column: int) -> str:
        if not cells:
            return "#REF!"
        rows = [self.columns[column].index(token) + 1 for token in (cells[0], cells[-1])]
        letter = "ABC"[column]
        return f"${letter}${rows[0]}:{letter}{rows[1]}"


steps = st.lists(
    st.tuples(
        st.sampled_from(["insert", "delete"]),
        st.integers(0, ROWS - 1),
        st.integers(1, 3),
        st.sampled_from([range(COLUMNS), range(1), range(1, 3), range(1, 2)]),
    ),
    max_size=6,
)
spans = st.lists(
    st.tuples(st.integers(0, COLUMNS - 1), st.integers(0, ROWS - 1), st.integers(0, ROWS - 1)), max_size=4
)


@settings(max_examples=150, deadline=None)
@given(steps=steps, spans=spans)
def test_cells_and_references_move_as_lists_do(
    steps: list[tuple[str, int, int, range]], spans: list[tuple[int, int, int]]
) -> None:
    """Any insertions and deletions, of whole rows and of some columns: values, formulas and names agree."""
    naive = Naive()
    places = [(column, min(one, two), max(one, two)) for column, one, two in spans]
    ranges = [naive.columns[column][first : last + 1] for column, first, last in places]
    formulas = [
        f"=SUM(План!{naive.address(cells, place[0])})" for cells, place in zip(ranges, places, strict=True)
    ]
    rows = [[f"{column}-{row}" for column in range(COLUMNS)] for row in range(ROWS)]
    with engine() as excel:
        book = new_book(
            excel,
            {"План": rows, "Итог": [[one] for one in formulas]},
            names={f"n{at}": one for at, one in enumerate(formulas)},
        )
        for what, at, count, band in steps:
            whole = band == range(COLUMNS)
            first, last = at + 1, at + count
            address = f"{first}:{last}" if whole else f"{'ABC'[band[0]]}{first}:{'ABC'[band[-1]]}{last}"
            cells = book.sheets["План"].range(address)
            cells.insert("down") if what == "insert" else cells.delete("up")
            getattr(naive, what)(at, count, band, ranges)

        sheet = document_of(book).sheets[0]
        shown = {spot: cell.value for spot, cell in sheet.cells.items() if cell.value is not None}
        expected = {
            (row + 1, column + 1): naive.label[token]
            for column in range(COLUMNS)
            for row, token in enumerate(naive.columns[column])
            if token in naive.label
        }
        wanted = [
            f"=SUM(План!{naive.address(cells, place[0])})"
            for cells, place in zip(ranges, places, strict=True)
        ]

        assert shown == expected
        assert [document_of(book).sheets[1].at(row + 1, 1).formula for row in range(len(wanted))] == wanted
        assert [one.refers_to for one in document_of(book).names] == wanted


def dressed(excel: Engine) -> Any:
    """A sheet whose third row has everything a row can have."""
    book = new_book(
        excel,
        {"План": [["А", "Б"], ["1", "2"], ["3", "4"], ["5", "=A3&B$3"]], "Свод": [["=План!A3"]]},
        tables={"tbl": "План!A1:B4"},
        names={"место": "=План!$A$3"},
    )
    sheet = document_of(book).sheets[0]
    cells = book.sheets[0]
    cells.range("A3").add_note("заметка")
    cells.range("A3").add_hyperlink("https://школа.рф", "3")
    cells.range("3:3").row_height = 40
    sheet.edit(3, 1).look = Look(number_format="0.00", color=(255, 0, 0))
    sheet.hidden_rows.add(4)
    sheet.rules.append(Rule("validation", [Rect(2, 1, 4, 1)]))
    return book


def test_a_row_takes_everything_along(excel: Engine) -> None:
    """Value, note, link, look, height, hidden flag; names and formulas of other sheets follow."""
    book = dressed(excel)
    book.sheets[0].range("2:3").insert("down")
    sheet, moved = document_of(book).sheets[0], document_of(book).sheets[0].at(5, 1)

    assert (moved.value, moved.note and moved.note.text, moved.look.color) == (3.0, "заметка", (255, 0, 0))
    assert moved.link
    assert sheet.heights[5] == 40
    assert sheet.hidden_rows == {6}
    assert sheet.tables[0].area == Rect(1, 1, 6, 2)
    assert sheet.rules[0].areas == [Rect(4, 1, 6, 1)]
    assert sheet.at(6, 2).formula == "=A5&B$5"
    assert document_of(book).sheets[1].at(1, 1).formula == "=План!A5"
    assert book.names["место"].refers_to_range.address == "$A$5"


def test_a_deleted_row_takes_everything_away(excel: Engine) -> None:
    """A name of a deleted cell is no range any more; asking for it is an error, not None."""
    book = dressed(excel)
    book.sheets[0].range("3:3").delete("up")

    assert document_of(book).sheets[1].at(1, 1).formula == "=План!#REF!"
    assert document_of(book).sheets[0].heights == {}
    assert book.names["место"].refers_to == "=План!#REF!"
    with pytest.raises(ComError):
        _ = book.names["место"].refers_to_range


def test_new_rows_look_like_the_row_above(excel: Engine) -> None:
    """``xlFormatFromLeftOrAbove``: looks and height, no note, no link, no value; or like the row below."""
    book = dressed(excel)
    book.sheets[0].range("4:4").insert("down")
    sheet = document_of(book).sheets[0]
    new = sheet.at(4, 1)

    assert (new.look.color, sheet.heights[4], new.value, new.note, new.link) == (
        (255, 0, 0),
        40,
        None,
        None,
        None,
    )
    book.sheets[0].range("3:3").insert("down", copy_origin="format_from_right_or_below")
    assert sheet.at(3, 1).look.color == (255, 0, 0)


def test_a_range_kept_over_an_insertion_is_refused(excel: Engine) -> None:
    """xlwings keeps the coordinates of some ranges and Excel moves others: ask anew."""
    sheet = dressed(excel).sheets[0]
    kept = sheet.range("A3")
    sheet.range("2:2").insert("down")

    with pytest.raises(UncertainManner):
        _ = kept.value


def test_columns_move_as_rows_do(excel: Engine) -> None:
    """Widths go along, references follow; a table gets a column with a header of its own."""
    book = dressed(excel)
    book.sheets[0].range("B:B").column_width = 30
    book.sheets[0].range("B:B").insert("right")
    sheet = document_of(book).sheets[0]

    assert sheet.tables[0].headers == ["А", "Столбец1", "Б"]
    assert sheet.at(4, 3).formula == "=A3&C$3"
    assert sheet.widths == {3: 30.0}
    book.sheets[0].range("B:B").delete("left")
    assert sheet.tables[0].headers == ["А", "Б"]


def test_cut_cells_are_followed(excel: Engine) -> None:
    """Microsoft, «Move or copy a formula»: references to moved cells follow, wherever they stand."""
    book = dressed(excel)
    book.sheets[0].range("A3:A3").move(book.sheets[0].range("D8"))
    sheet = document_of(book).sheets[0]

    assert sheet.at(8, 4).value == 3.0
    assert sheet.at(3, 1).is_empty
    assert sheet.at(4, 2).formula == "=D8&B$3"
    assert book.names["место"].refers_to == "=План!$D$8"
    with pytest.raises(UncertainManner):
        book.sheets[0].range("A4").move(book.sheets[0].range("D8"))


def test_an_edge_of_an_area_follows_when_it_is_cut(excel: Engine) -> None:
    """Microsoft, «Move or copy a formula»: what was cut is still the end of the range; past the other end
    nobody knows."""
    book = dressed(excel)
    book.names.add("все", "=План!$A$2:$A$4")

    book.sheets[0].range("3:3").move(book.sheets[0].range("9:9"))
    assert document_of(book).sheets[0].heights[9] == 40
    book.sheets[0].range("4:4").move(book.sheets[0].range("12:12"))
    assert book.names["все"].refers_to == "=План!$A$2:$A$12"
    with pytest.raises(UncertainManner, match="edge"):
        book.sheets[0].range("2:2").move(book.sheets[0].range("14:14"))


def test_a_copied_row_carries_looks_heights_and_relative_formulas(excel: Engine) -> None:
    """Microsoft, «Range.Copy»; a destination of several rows is filled with repeats."""
    book = dressed(excel)
    book.sheets[0].range("4:4").copy(book.sheets[0].range("8:9"))
    book.sheets[0].range("3:3").copy(book.sheets[0].range("10:10"))
    sheet = document_of(book).sheets[0]

    assert [sheet.at(row, 2).formula for row in (8, 9)] == ["=A7&B$3", "=A8&B$3"]
    assert (sheet.at(10, 1).look, sheet.heights[10]) == (sheet.at(3, 1).look, 40)
    assert sheet.at(10, 1).note is not sheet.at(3, 1).note
    assert Rect(8, 1, 8, 1) in sheet.rules[0].areas


def test_formats_are_pasted_only_while_something_is_copied(excel: Engine) -> None:
    """A write ends the copying (CutCopyMode), and then PasteSpecial fails."""
    sheet = dressed(excel).sheets[0]
    sheet.range("A3").copy()
    sheet.range("D1:D2").paste("formats")
    assert sheet.range("D1:D2").color == (255, 0, 0)
    sheet.range("E1").value = 1

    with pytest.raises(ComError):
        sheet.range("E1").paste("formats")


def test_a_merged_cell_is_not_torn(excel: Engine) -> None:
    book = dressed(excel)
    document_of(book).sheets[0].merges.append(Rect(6, 1, 7, 2))
    with pytest.raises(ComError, match="merged"):
        book.sheets[0].range("A6").insert("down")
    book.sheets[0].range("7:7").insert("down")

    assert document_of(book).sheets[0].merges == [Rect(6, 1, 8, 2)]


def test_a_sheet_s_last_row_is_not_pushed_off(excel: Engine) -> None:
    sheet = dressed(excel).sheets[0]
    sheet.range((1_048_576, 9)).value = "конец"

    with pytest.raises(ComError):
        sheet.range("2:2").insert("down")
