"""Formulas of a workbook as Google takes them, and those it could not calculate."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.table import Table
from translated_books import book_of, form, requests_of

from sheetsync.grid import Area
from sheetsync.workbooks.google.google_functions import GOOGLE_FUNCTIONS
from sheetsync.workbooks.google.translated_formulas import (
    FormulaNotForGoogle,
    Obstacle,
    Surroundings,
    TableShape,
    google_formula,
)

PLAN = TableShape("Планы", "План", Area(4, 2, 10, 4), ("Номер", "Срок [дней]", "Готово"), totals_rows=1)
AROUND = Surroundings({"планы": PLAN}, frozenset({"итого"}))


def written(formula: str, sheet: str = "План", row: int = 6) -> str:
    return google_formula(formula, AROUND, sheet, row)


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM('План'!$B$5:$B$9)*2%+Итого",
        '="=СУММ(1;2)"&A1',
        "=A:A+3:3",
    ],
)
def test_a_plain_formula_goes_as_it_is(formula: str) -> None:
    assert written(formula) == formula


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ('=IF(LEN(TRIM($N7))=0,"",COUNTIF(M7:M35,"?*"))', '=IF(LEN(TRIM($N7))=0;"";COUNTIF(M7:M35;"?*"))'),
        ('=IF(A1=",",1,",")', '=IF(A1=",";1;",")'),
        ("=A1*0.25+2.0+1E3+.5", "=A1*(1/4)+2+1000+(1/2)"),
    ],
)
def test_nothing_depends_on_the_language_of_the_spreadsheet(formula: str, expected: str) -> None:
    """A Russian spreadsheet parts arguments by «;» and writes «0,25»; an English one takes «;» too."""
    assert written(formula) == expected


def test_functions_of_newer_excel_lose_their_prefix() -> None:
    assert written('=_xlfn.TEXTJOIN(", ",TRUE,_xlfn._xlws.FILTER(A1:A3,B1:B3))') == (
        '=TEXTJOIN(", ";TRUE;FILTER(A1:A3;B1:B3))'
    )


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=SUM(Планы[Номер])", "=SUM($B$5:$B$9)"),
        ("=COUNTA(Планы[])", "=COUNTA($B$5:$D$9)"),
        ("=Планы[[#This Row],[Готово]]", "=$D$6"),
        ("=Планы[[#Headers],[Номер]]", "=$B$4"),
        ("=ROWS(Планы[#All])", "=ROWS($B$4:$D$10)"),
        ("=Планы[[#Totals],[Готово]]", "=$D$10"),
        ("=SUM(Планы[[Номер]:[Готово]])", "=SUM($B$5:$D$9)"),
        ("=SUM(Планы[[#Headers],[#Data],[Номер]])", "=SUM($B$4:$B$9)"),
        ("=SUM(Планы[Срок '[дней']])", "=SUM($C$5:$C$9)"),
    ],
)
def test_parts_of_tables_become_cells(formula: str, expected: str) -> None:
    """Google has no structured references to a named range."""
    assert written(formula) == expected


def test_a_table_of_another_sheet_is_named_with_its_sheet() -> None:
    assert written("=SUM(Планы[Номер])", sheet="Свод") == "=SUM('План'!$B$5:$B$9)"


@pytest.mark.parametrize(
    ("formula", "obstacle", "what"),
    [
        ("=CUBEVALUE(A1)", Obstacle.FUNCTION, "CUBEVALUE"),
        ("=_xlfn.SINGLE(A1)", Obstacle.FUNCTION, "SINGLE"),
        ("=WEBSERVICE(A1)", Obstacle.FUNCTION, "WEBSERVICE"),
        ("=IMPORTXML(A1,B1)", Obstacle.FUNCTION, "IMPORTXML"),
        ("=[1]Лист!A1", Obstacle.OTHER_FILE, "[1]Лист!A1"),
        ("='C:\\x\\[Книга.xlsx]Лист'!A1", Obstacle.OTHER_FILE, "'C:\\x\\[Книга.xlsx]Лист'!A1"),
        ("=SUM({1,2;3,4})", Obstacle.KIND, "{}"),
        ("=SUM((A1,B1))", Obstacle.KIND, ","),
        ("=Нечто+1", Obstacle.REFERENCE, "Нечто"),
        ("=Планы[Нет такого]", Obstacle.REFERENCE, "Планы[Нет такого]"),
        ("=Чужая[Номер]", Obstacle.REFERENCE, "Чужая[Номер]"),
        ("=Планы[@Номер]", Obstacle.REFERENCE, "Планы[@Номер]"),
    ],
)
def test_what_google_cannot_calculate_is_refused(formula: str, obstacle: Obstacle, what: str) -> None:
    with pytest.raises(FormulaNotForGoogle) as refused:
        written(formula)

    assert (refused.value.obstacle, refused.value.what) == (obstacle, what)


def test_the_refusal_names_the_cell() -> None:
    def change(book: Any) -> None:
        book.active["C3"] = "=CUBEVALUE(A1)"

    with pytest.raises(FormulaNotForGoogle) as refused:
        requests_of(book_of(change))

    assert (refused.value.sheet, refused.value.cell) == ("Лист", "C3")


def test_a_data_table_is_refused() -> None:
    def change(book: Any) -> None:
        book.active["B2"] = DataTableFormula("B2:B4", r1="A1")

    with pytest.raises(FormulaNotForGoogle, match="DataTable"):
        requests_of(book_of(change))


def test_an_array_formula_says_that_it_is_one() -> None:
    def change(book: Any) -> None:
        book.active["B1"] = ArrayFormula("B1:B3", "=A1:A3*2")

    cells = requests_of(book_of(change), "updateCells")[0]["rows"][0]["values"]

    assert cells[1] == {"userEnteredValue": {"formulaValue": "=ARRAYFORMULA(A1:A3*2)"}}


def test_a_formula_about_the_row_of_its_table() -> None:
    """As an office's Excel writes a calculated column of a table."""

    def change(book: Any) -> None:
        sheet = book.active
        sheet.append(["Цена", "Два раза"])
        sheet.append([5, "=Товары[[#This Row],[Цена]]*2"])
        sheet.append([7, "=Товары[[#This Row],[Цена]]*2"])
        sheet.add_table(Table(displayName="Товары", ref="A1:B3"))

    rows = requests_of(book_of(change), "updateCells")[0]["rows"]

    assert [row["values"][1]["userEnteredValue"] for row in rows[1:]] == [
        {"formulaValue": "=$A$2*2"},
        {"formulaValue": "=$A$3*2"},
    ]


def test_every_formula_of_our_form_is_one_of_googles() -> None:
    """Nothing of the form is refused, and its functions are the oldest ones."""
    cells = [
        cell for one in requests_of(form(), "updateCells") for row in one["rows"] for cell in row["values"]
    ]
    formulas = [
        one["userEnteredValue"]["formulaValue"]
        for one in cells
        if "formulaValue" in one.get("userEnteredValue", {})
    ]

    assert len(formulas) > 20
    assert {"IF", "COUNTIF", "MID", "TRIM", "LEN"} <= GOOGLE_FUNCTIONS
    assert all(";" in one for one in formulas)
