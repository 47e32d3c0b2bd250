"""References inside formulas: what is one, and where it goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.grid import a1, area
from sheetsync.workbooks.references import change_references, references_in, translated
from sheetsync.workbooks.shift import Shift, in_cell, in_range, in_rule, runs

SHEET = "Исполнение"


def shift(new: int, rows: dict[int, int] | None = None, *, top: int = 5, bottom: int = 7) -> Shift:
    """A body of rows 5-7 in columns A:E becomes ``new`` rows long."""
    columns = range(1, 6)
    return Shift(
        SHEET,
        top,
        bottom,
        top + new - 1,
        1,
        5,
        5,
        rows or {},
        {c: c for c in columns},
        {c: (c, c) for c in columns},
    )


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("A1+$A1+A$1+$A$1", "B3+$A3+B$1+$A$1"),
        ("SUM('Не размещено'!B2:C3)", "SUM('Не размещено'!C4:D5)"),
        ("Свод!A:C+Свод!$1:2", "Свод!B:D+Свод!$1:4"),
        ('"A1 и ""B2"""&C3', '"A1 и ""B2"""&D5'),
        ("LOG10(A1)*1.5E3", "LOG10(B3)*1.5E3"),
        ("tbl_plan[[#This Row],[A1]]&tbl_plan[B2]", "tbl_plan[[#This Row],[A1]]&tbl_plan[B2]"),
        ("Итог_A1+A1B+ABC9999999+x.A1", "Итог_A1+A1B+ABC9999999+x.A1"),
        ("[1]Лист!A1", "[1]Лист!A1"),
        ("A1:INDEX(B:B,3)", "B3:INDEX(C:C,3)"),
        ("'Лист ''А'''!A1", "'Лист ''А'''!B3"),
    ],
)
def test_only_references_move_when_a_formula_is_copied(formula: str, moved: str) -> None:
    assert translated(formula, 2, 1) == moved


@given(
    st.integers(1, 1_048_576), st.integers(1, 16_384), st.integers(1, 1_048_576), st.integers(1, 16_384),
    st.sampled_from(["", "Свод!", "'Мой лист'!"]),
)  # fmt: skip
def test_a_reference_is_read_and_written_back(r1: int, c1: int, r2: int, c2: int, sheet: str) -> None:
    formula = f"{sheet}{a1(r1, c1)}:{a1(r2, c2)}"
    found = references_in(formula)

    assert len(found) == 1
    assert (found[0].sheet or "") == sheet.rstrip("!").strip("'")
    assert change_references(formula, lambda ref: ref) == formula
    assert translated(translated(formula, 3, 2), -3, -2) == formula


@given(st.text(max_size=60))
def test_any_text_survives_when_nothing_changes(text: str) -> None:
    assert change_references(text, lambda ref: ref) == text


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM(B5:B7)", "SUM(B5:B9)"),
        ("SUM(B4:B8)", "SUM(B4:B10)"),
        ("B10-A3", "B12-A3"),
        ("SUM(Исполнение!B5:B7)", "SUM(Исполнение!B5:B9)"),
        ("SUM(Свод!B5:B7)", "SUM(Свод!B5:B7)"),
        ("B5", "B6"),
        ("B6", "B6"),
        ("SUM($B$5:$B$7)", "SUM($B$5:$B$9)"),
    ],
)
def test_a_formula_below_sees_the_whole_body_and_a_pointer_follows_its_row(
    formula: str, expected: str
) -> None:
    assert in_cell(formula, shift(5, {5: 6}), SHEET, 12) == expected


def test_a_formula_in_a_body_row_moves_with_its_own_row() -> None:
    moved = shift(5, {5: 8})

    assert in_cell("B5*2+SUM(C5:D5)", moved, SHEET, 5) == "B8*2+SUM(C8:D8)"
    assert in_cell("SUM(I$5:I5)", moved, SHEET, 5) == "SUM(I$5:I8)"


def test_a_body_of_one_row_is_stretched_where_the_whole_column_was_meant() -> None:
    grown = shift(4, {5: 7}, bottom=5)

    assert in_range("Исполнение!$B$5", grown, "") == "Исполнение!$B$5:$B$8"
    assert in_range("Исполнение!$B$5:$B$5", grown, "") == "Исполнение!$B$5:$B$8"
    assert in_rule("$B5>COUNTA($B$5:$B$5)", grown, SHEET) == "$B5>COUNTA($B$5:$B$8)"
    assert in_cell("SUM(B5:B5)", grown, "Панель", 3) == "SUM(B5:B5)"
    assert in_cell("SUM(Исполнение!B5:B5)", grown, "Панель", 3) == "SUM(Исполнение!B5:B8)"


def test_print_titles_and_areas_below_move() -> None:
    grown = shift(5)

    assert in_range("Исполнение!$A:$B,Исполнение!$4:$4", grown, "") == "Исполнение!$A:$B,Исполнение!$4:$4"
    assert in_range("Исполнение!$A$1:$E$20", grown, "") == "Исполнение!$A$1:$E$22"


def test_an_area_over_some_rows_follows_them() -> None:
    moved = shift(5, {5: 9, 6: 5, 7: 6})

    assert [one.ref for one in moved.pieces(area("H5:H6"))] == ["H5", "H9"]
    assert [one.ref for one in moved.pieces(area("H6:H7"))] == ["H5:H6"]
    assert [one.ref for one in moved.pieces(area("B5:B7"))] == ["B5:B9"]
    assert [one.ref for one in moved.pieces(area("A9:C12"))] == ["A11:C14"]


@given(st.integers(1, 30), st.integers(1, 40), st.integers(0, 20))
def test_areas_never_turn_inside_out(new: int, top: int, height: int) -> None:
    moved = shift(new)
    found = moved.area(area(f"B{top}:C{top + height}"))

    assert found is not None
    assert found.top <= found.bottom
    assert (found.bottom - found.top == height) or top <= 7


def test_neighbours_become_runs() -> None:
    assert runs({7, 3, 4}) == [(3, 4), (7, 7)]
