"""The rules of tables.

Microsoft, «ListObjects.Add», «ListObject.Resize», «Resize a table by adding or removing rows and
columns», «Use calculated columns in an Excel table», «Overview of Excel tables».
"""

from __future__ import annotations

from typing import Any

import pytest

from fake_excel import ComError, Engine, UncertainManner, document_of
from fake_excel.making import new_book

ROWS = [["А", "Б", None, "В", "Г"], [1, 2, None, 3, 4], [5, 6, None, 7, 8], [], ["ниже"]]


@pytest.fixture
def book(excel: Engine) -> Any:
    """Two tables side by side and something under the left one."""
    return new_book(excel, {"План": ROWS}, tables={"left": "План!A1:B3", "right": "План!D1:E3"})


def areas(book: Any) -> dict[str, str]:
    return {table.name: table.area.address(False, False) for table in document_of(book).sheets[0].tables}


def test_cells_of_the_whole_width_may_be_inserted_inside(book: Any) -> None:
    """The table grows, what is under it moves, the other table stays."""
    book.sheets[0].range("A3:B3").insert("down")

    assert areas(book) == {"left": "A1:B4", "right": "D1:E3"}
    assert book.sheets[0].range("A6").value == "ниже"


def test_a_row_under_the_last_one_is_no_part_of_the_table(book: Any) -> None:
    book.sheets[0].range("A4:B4").insert("down")

    assert areas(book)["left"] == "A1:B3"


@pytest.mark.parametrize("address", ["A2", "B2:C2", "A3:D3", "D2"])
def test_a_table_is_not_cut_across(book: Any, address: str) -> None:
    """«This operation is not allowed. The operation is attempting to shift cells in a table…»"""
    cells = book.sheets[0].range(address)
    with pytest.raises(ComError, match="shift cells in a table"):
        cells.insert("down")
    with pytest.raises(ComError, match="shift cells in a table"):
        cells.delete("up")


def test_whole_rows_do_not_go_through_two_tables(book: Any) -> None:
    with pytest.raises(ComError, match="shift cells in a table"):
        book.sheets[0].range("3:3").insert("down")


def test_a_table_is_not_beheaded(book: Any) -> None:
    with pytest.raises(ComError):
        book.sheets[0].range("A1:B1").delete("up")


def test_one_row_of_the_body_stays(book: Any) -> None:
    """What is left after all rows were deleted differs between ways of deleting: keep one row."""
    with pytest.raises(UncertainManner):
        book.sheets[0].range("A2:B3").delete("up")
    book.sheets[0].range("A3:B3").delete("up")

    assert areas(book)["left"] == "A1:B2"


def test_a_table_deleted_whole_is_gone(book: Any) -> None:
    table = book.sheets[0].tables["left"]
    book.sheets[0].range("A1:B3").delete("up")

    assert list(areas(book)) == ["right"]
    with pytest.raises(ComError):
        _ = table.range


@pytest.mark.parametrize("address", ["A2:B4", "A1:B1", "A9:B12", "A1:D3"])
def test_borders_a_table_cannot_have(book: Any, address: str) -> None:
    """The header stays in its row, one row of body at least, no overlap."""
    sheet = book.sheets[0]
    with pytest.raises(ComError):
        sheet.tables["left"].resize(sheet.range(address))


def test_resizing_moves_no_cell(book: Any) -> None:
    sheet = book.sheets[0]
    sheet.tables["left"].resize(sheet.range("A1:C6"))

    assert areas(book)["left"] == "A1:C6"
    assert sheet.range("A5").value == "ниже"
    assert sheet.range("C1").value == "Столбец1"


def test_a_name_over_the_whole_body_grows_with_it(book: Any) -> None:
    """What referred to all rows of a column refers to all rows of the larger one."""
    sheet = book.sheets[0]
    book.names.add("все", "=План!$A$2:$A$3")
    book.names.add("часть", "=План!$A$2:$A$2")
    sheet.tables["left"].resize(sheet.range("A1:B6"))

    assert book.names["все"].refers_to == "=План!$A$2:$A$6"
    assert book.names["часть"].refers_to == "=План!$A$2:$A$2"


def test_headers_are_texts_of_a_kind(book: Any) -> None:
    """Numbers become texts, an empty one and a repeated one get a number."""
    sheet = book.sheets[0]
    sheet.range("A1:B1").value = [["Б", "Б"]]
    assert sheet.range("A1:B1").value == ["Б", "Б2"]
    sheet.range("A1:B1").value = [[2023, None]]

    assert sheet.range("A1:B1").value == ["2023", "Столбец1"]


def test_a_formula_in_an_empty_column_fills_it(book: Any) -> None:
    """A calculated column; rows inserted later get the formula too."""
    sheet = book.sheets[0]
    sheet.range("B2:B3").clear_contents()
    sheet.range("B2").formula = "=A2*2"
    assert sheet.range("B2:B3").formula == (("=A2*2",), ("=A3*2",))
    sheet.range("A3:B3").insert("down")

    assert sheet.range("B2:B4").formula == (("=A2*2",), ("=A3*2",), ("=A4*2",))


def test_a_filtered_table_lets_no_cells_be_shifted(book: Any) -> None:
    sheet = book.sheets[0]
    sheet.tables["left"].autofilter.apply_values(1, ["1"])

    with pytest.raises(ComError):
        sheet.range("A3:B3").insert("down")


def test_a_new_table_overlaps_none(book: Any) -> None:
    sheet = book.sheets[0]
    with pytest.raises(ComError, match="overlap"):
        sheet.tables.add(source=sheet.range("B1:C3"))
    made = sheet.tables.add(source=sheet.range("A5:B6"), name="made")

    assert (made.name, made.range.address, sheet.range("A5:B5").value) == (
        "made",
        "$A$5:$B$6",
        ["ниже", "Столбец1"],
    )


@pytest.mark.parametrize("name", ["right", "Две части", ""])
def test_a_table_s_name_is_one_of_a_kind(book: Any, name: str) -> None:
    with pytest.raises(ComError):
        book.sheets[0].tables["left"].name = name


def test_a_table_that_is_not_there(book: Any) -> None:
    """``_xlwindows.Collection.__call__`` turns Excel's error into KeyError; a name stays an error."""
    with pytest.raises(KeyError):
        _ = book.sheets[0].tables["нет"]
    with pytest.raises(ComError):
        _ = book.names["нет"]
