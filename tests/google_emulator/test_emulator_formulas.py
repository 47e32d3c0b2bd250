"""Formulas: what they come to in the emulator, in LibreOffice and in our own rules."""

from __future__ import annotations

from itertools import product
from typing import Any

import openpyxl
import pytest
from desk import Desk, grid

from resaving import saved_by_libreoffice
from sheetsync.columns import REPORT
from sheetsync.forms.checking import (
    CHECKED_COLUMNS,
    check_formula,
    check_of,
    missing_formula,
    progress_formula,
    progress_of,
)
from sheetsync.model import Status
from sheetsync_emulator.ranges import column_letters

CELLS: tuple[tuple[Any, ...], ...] = (
    ("готово", "нет подтверждения", "нет даты, нет подтверждения", "  два   слова ", "Готово"),
    (1, 2.5, -3, 0, 10),
    (None, True, False, "10", "a*b"),
)
"""What stands in A1:E3 while the formulas are calculated."""

SAME_IN_LIBREOFFICE = [
    "=1+2*3-4/2",
    "=(1+2)*3",
    "=2^3^2",
    "=-2^2",
    "=10%",
    "=A2+B2",
    '=A2&" из "&E2',
    '="а""б"',
    "=1/0",
    "=A1+1",
    '=A1="ГОТОВО"',
    "=A1<>B1",
    "=A2<B2",
    "=A2>=A2",
    '=A2="1"',
    '=A3=""',
    "=A3=0",
    "=LEN(A3)",
    "=LEN(D1)",
    "=TRIM(D1)",
    "=LEN(TRIM(A3))=0",
    '=IF(A2=1,"да","нет")',
    "=IF(A2=2,1)",
    "=IF(A3,1,2)",
    '=IF(1=1,"да",1/0)',
    "=AND(A2=1,B2>2)",
    "=AND(A2=1,1/0)",
    "=OR(A2=2,B2=2.5)",
    "=NOT(A2=1)",
    "=AND(A2:E2)",
    '=COUNTIF(A1:E1,"готово")',
    '=COUNTIF(A1:E1,"*нет подтверждения*")',
    '=COUNTIF(A1:E1,"?*")',
    '=COUNTIF(A1:E1,"<>готово")',
    '=COUNTIF(A2:E2,">0")',
    '=COUNTIF(A2:E2,"<=2.5")',
    "=COUNTIF(A2:E2,10)",
    '=COUNTIF(A3:E3,"a~*b")',
    '=COUNTIF($A$1:$E$3,"готово")',
    "=COUNTA(A1:E3)",
    "=SUM(A2:E2)",
    "=SUM(A2:E2,5)",
    "=MAX(A2:E2)-MIN(A2:E2)",
    "=ROUND(2.345,2)",
    "=ROUND(-2.5,0)",
    "=MID(B1,5,99)",
    "=MID(B1,50,3)",
    "=LEFT(A1,3)&RIGHT(A1,2)",
    "=UPPER(A1)&LOWER(E1)",
    "=IFERROR(1/0,7)",
    "=ISBLANK(A3)",
    "=IF(AND(LEN(TRIM(A1))>0,NOT(A2=2)),MID(A1&B1,3,5),0)",
]


def fill(desk: Desk) -> None:
    desk.puts("A1", *(list(row) for row in CELLS))


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Any], list[list[Any]]]:
    """What a real LibreOffice makes of the formulas, and of every way to answer the form."""
    book = openpyxl.Workbook()
    for row in CELLS:
        book.worksheets[0].append(row)
    for place, formula in enumerate(SAME_IN_LIBREOFFICE, start=1):
        book.worksheets[0].cell(place, 8).value = formula
    form = book.create_sheet()
    for row in form_rows("да"):
        form.append(row)
    folder = tmp_path_factory.mktemp("formulas")
    path = folder / "formulas.xlsx"
    book.save(path)
    saved = openpyxl.load_workbook(saved_by_libreoffice(folder, [path])[path.name], data_only=True)
    column = [saved.worksheets[0].cell(row, 8).value for row in range(1, len(SAME_IN_LIBREOFFICE) + 1)]
    answers = saved.worksheets[1].iter_rows(max_row=len(WAYS), values_only=True)
    return column, [list(row) for row in answers]


@pytest.mark.libreoffice
def test_formulas_come_to_what_libreoffice_says(libreoffice: tuple[list[Any], list[list[Any]]]) -> None:
    desk = Desk()
    fill(desk)
    desk.office.call(
        "PUT",
        f"/v4/spreadsheets/{desk.id}/values/H1",
        {"values": [[formula] for formula in SAME_IN_LIBREOFFICE]},
        valueInputOption="USER_ENTERED",
    )
    count = len(SAME_IN_LIBREOFFICE)
    shown = desk.shown(f"H1:H{count}", valueRenderOption="UNFORMATTED_VALUE")
    ours = [row[0] if row else "" for row in [*shown, *([[]] * (count - len(shown)))]]
    pairs = zip(SAME_IN_LIBREOFFICE, ours, libreoffice[0], strict=True)

    assert [one for one in pairs if not same(one[1], one[2])] == []


def same(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, float) and isinstance(theirs, int | float):
        return abs(ours - theirs) < 1e-9
    return bool((theirs or "") == (ours or "") if not isinstance(theirs, bool) else ours is theirs)


# --- what only Google's way decides -------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("=NOSUCH(1)", "#NAME?"),
        ("=СУММ(1)", "#NAME?"),
        ("=no_such_name", "#NAME?"),
        ("=Z1+1", "#REF!"),
        ("=Нет!A1", "#REF!"),
        ("=A1:A3", "#VALUE!"),
        ("=LEN()", "#N/A"),
        ("=1+", "#ERROR!"),
        ("=IF(1=1", "#ERROR!"),
        ('="без конца', "#ERROR!"),
        ("=A1", "готово"),
        ("=A3", ""),
        ('=COUNTIF(A:A,"готово")', 1),
        ("=SUM(2:2)", 10.5),
        ("=1=1", True),
    ],
)
def test_what_a_person_sees(formula: str, shown: Any) -> None:
    desk = Desk()
    fill(desk)

    assert (desk.calculated(formula) or "") == shown


def test_cells_that_wait_for_each_other_are_an_error() -> None:
    desk = Desk()
    desk.types("A1", "=B1+1")
    desk.types("B1", "=A1+1")

    assert desk.shown("A1:B1") == [["#REF!", "#REF!"]]
    assert "Circular" in desk.cell("B1")["effectiveValue"]["errorValue"]["message"]


def test_a_formula_reads_other_sheets_and_names() -> None:
    desk = Desk()
    desk.add_sheet("Отчёт школы", 7)
    desk.puts("'Отчёт школы'!B2", ["да"])
    desk.edit({"addNamedRange": {"namedRange": {"name": "form_ready", "range": grid("B2", 7)}}})

    assert desk.calculated("='Отчёт школы'!B2&form_ready") == "дада"


def test_a_formula_goes_on_reading_a_sheet_that_is_renamed_and_breaks_when_it_is_deleted() -> None:
    desk = Desk()
    desk.add_sheet("Отчёт", 7)
    desk.puts("Отчёт!A1", ["да"])
    desk.types("A1", "=Отчёт!A1")
    rename = {"properties": {"sheetId": 7, "title": "Отчёт школы"}, "fields": "title"}
    desk.edit({"updateSheetProperties": rename})

    assert desk.shown("A1", valueRenderOption="FORMULA") == [["='Отчёт школы'!A1"]]
    assert desk.shown("A1") == [["да"]]

    desk.edit({"deleteSheet": {"sheetId": 7}})

    assert desk.shown("A1") == [["#REF!"]]


def test_a_formula_is_calculated_anew_after_every_change() -> None:
    desk = Desk()
    desk.types("B1", '=IF(A1="да","готово","ждём")')
    before = desk.shown("B1")
    desk.types("A1", "да", by=desk.school)

    assert (before, desk.shown("B1")) == ([["ждём"]], [["готово"]])


def test_a_russian_spreadsheet_wants_semicolons_and_decimal_commas() -> None:
    desk = Desk("ru_RU")

    assert desk.calculated("=ROUND(1,25;1)") == 1.3
    assert desk.calculated("=ROUND(1.25,1)") == "#ERROR!"
    assert desk.calculated('=IF(1=1;"да";"нет")') == "да"


def test_an_american_spreadsheet_takes_semicolons_too() -> None:
    assert Desk().calculated('=IF(1=1;"да";"нет")') == "да"


def test_formulas_and_rules_are_respelled_when_the_language_changes() -> None:
    """So a batch may write with commas while the spreadsheet speaks English, and turn it Russian then."""
    desk = Desk()
    desk.types("A1", '=IF(LEN("a,b.c")=5,ROUND(1.25,1),0)')
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=OR(A1=1,A1=2)"}]}
    rule = {"ranges": [grid("A1")], "booleanRule": {"condition": condition, "format": {}}}
    desk.edit({"addConditionalFormatRule": {"rule": rule}})
    desk.speak("ru_RU")
    told = desk.sheet()["conditionalFormats"][0]["booleanRule"]["condition"]["values"][0]

    assert desk.cell("A1")["userEnteredValue"]["formulaValue"] == '=IF(LEN("a,b.c")=5;ROUND(1,25;1);0)'
    assert told == {"userEnteredValue": "=OR(A1=1;A1=2)"}
    assert desk.shown("A1") == [["1,3"]]

    desk.speak("en_US")

    assert desk.cell("A1")["userEnteredValue"]["formulaValue"] == '=IF(LEN("a,b.c")=5;ROUND(1.25;1);0)'
    assert desk.shown("A1") == [["1.3"]]


# --- the formulas of the form -------------------------------------------------------------------

STATUSES = ("", " ", "сделано", "Выполнено", " в  работе ", *(one.value for one in Status))
FILLED = {
    "done_on": "01.03.2023",
    "info": "сделано",
    "document": "приказ",
    "link": "https://a.example",
    "reason": "карантин",
}
WAYS = [
    {"status": status, "key": "R1"}
    | {key: FILLED[key] for key, given in zip(FILLED, mask, strict=True) if given}
    for status in STATUSES
    for mask in product((False, True), repeat=len(FILLED))
]
WAYS += [{"key": "R1", "status": "выполнено", **FILLED, "remark": one} for one in ("Нет скана", "✓ принято")]
KEYS = REPORT.keys
CHECK = KEYS.index("check")
WIDTH = len(KEYS)
WAIVED = column_letters(WIDTH)
"""A column of its own says «нет» where no documents are asked for."""


def reference(row: int) -> Any:
    return lambda key: f"{column_letters(KEYS.index(key))}{row}"


def form_rows(waived: str) -> list[list[Any]]:
    """Every way to answer: the cells of the row, then what is still missing by column."""
    rows = []
    for row, way in enumerate(WAYS, start=1):
        condition = f'${WAIVED}{row}="нет"'
        cells: list[Any] = [way.get(key) or None for key in KEYS]
        cells[CHECK] = "=" + check_formula(reference(row), condition)
        missing = [missing_formula(column, reference(row), condition) for column in CHECKED_COLUMNS]
        rows.append([*cells, waived, *(f"={formula}" for formula in missing)])
    progress = column_letters(CHECK)
    rows.append(["=" + progress_formula(f"${progress}$1:${progress}${len(WAYS)}")])
    return rows


def emulated(rows: list[list[Any]]) -> list[list[Any]]:
    """The same rows in Google: written in English with commas, then turned Russian, as forms are made."""
    desk = Desk()
    desk.add_sheet("Форма", 7, rows=len(rows), columns=WIDTH + 1 + len(CHECKED_COLUMNS))
    cells = [{"values": [{"userEnteredValue": entered(one)} for one in row]} for row in rows]
    desk.edit({"updateCells": {"start": {"sheetId": 7}, "rows": cells, "fields": "userEnteredValue"}})
    desk.speak("ru_RU")
    return desk.shown("Форма", valueRenderOption="UNFORMATTED_VALUE")


def entered(value: Any) -> dict[str, Any] | None:
    if value is None:
        return None
    return {"formulaValue": value} if value.startswith("=") else {"stringValue": value}


@pytest.mark.parametrize("waived", ["да", "нет"])
def test_the_form_says_what_is_missing_as_our_own_rules_do(waived: str) -> None:
    """Every status with every set of filled cells."""
    shown = emulated(form_rows(waived))
    wanted = [check_of(way, evidence_required=waived != "нет") for way in WAYS]

    assert [row[CHECK] for row in shown[:-1]] == wanted
    assert shown[-1] == [progress_of(wanted)]


@pytest.mark.libreoffice
def test_the_form_is_coloured_as_in_libreoffice(libreoffice: tuple[list[Any], list[list[Any]]]) -> None:
    """«Проверка» and the conditions of the colours, for every way to answer."""
    ours = emulated(form_rows("да"))[:-1]
    theirs = libreoffice[1]

    assert [row[CHECK] for row in ours] == [row[CHECK] for row in theirs]
    assert [row[WIDTH + 1 :] for row in ours] == [row[WIDTH + 1 :] for row in theirs]
    assert {flag for row in ours for flag in row[WIDTH + 1 :]} == {True, False}
