"""What is put into cells of a live LibreOffice is what they hold and what is read back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

pytestmark = pytest.mark.libreoffice

HOSTILE = [
    "1.10",
    "01.02.2024",
    "5 мая",
    "1/2",
    "+7 900 123-45-67",
    "-5",
    "@school",
    "TRUE",
    "ИСТИНА",
    "007",
    "1e5",
    "12:30",
    "#N/A",
    "=",
    " с пробелами ",
    "строка\nи ещё одна",
    "табуляция\tвнутри",
    "🏫 эмодзи",
    "кавычки \"«»' внутри",
    "ж" * 32_767,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_a_text_stays_that_text(sheet: Any, text: str) -> None:
    sheet["B2"].value = text

    assert sheet["B2"].value == text
    assert sheet["B2"].number_format == "General"


def test_texts_of_a_block_stay_texts(either_sheet: Any) -> None:
    either_sheet["A1"].value = [HOSTILE, HOSTILE[::-1]]

    assert either_sheet["A1"].expand().value == [HOSTILE, HOSTILE[::-1]]


def test_one_apostrophe_only_says_that_a_text_follows(sheet: Any) -> None:
    sheet["A1:C1"].value = ["'=1+1", "''слово", "'"]

    assert sheet["A1:C1"].value == ["=1+1", "'слово", None]
    assert sheet["A1"].formula == "=1+1"


def test_a_text_longer_than_a_cell_is_refused(sheet: Any) -> None:
    with pytest.raises(ValueError, match="32767"):
        sheet["A1"].value = "я" * 32_768


def test_every_kind_of_value_keeps_its_kind(either_sheet: Any) -> None:
    row = [1, 2.5, True, False, None, date(2024, 2, 1), datetime(2024, 2, 1, 10, 30), "слово", ""]
    cells = either_sheet["A1:I1"]
    cells.value = row

    assert cells.value == [
        1.0,
        2.5,
        True,
        False,
        None,
        datetime(2024, 2, 1),
        datetime(2024, 2, 1, 10, 30),
        "слово",
        None,
    ]
    assert [type(one) for one in cells.value[:3]] == [float, float, bool]


def test_a_date_gets_a_format_only_where_there_is_none(sheet: Any) -> None:
    sheet["B1"].number_format = "d mmmm yyyy"
    sheet["A1:B1"].value = [date(2024, 2, 1)] * 2

    assert sheet["A1"].number_format == "dd.mm.yyyy"
    assert sheet["B1"].number_format == "d mmmm yyyy"


def test_what_is_put_over_a_value_takes_its_place(sheet: Any) -> None:
    sheet["A1:C1"].value = ["было", 5, date(2024, 2, 1)]
    sheet["A1:C1"].value = [None, "5", "текст"]

    assert sheet["A1:C1"].value == [None, "5", "текст"]


def test_a_formula_is_one_unless_the_cell_is_for_text(either_sheet: Any) -> None:
    sheet = either_sheet
    sheet["A3"].number_format = "@"
    sheet["A1:A3"].options(transpose=True).value = ["=1+1", "=SUM(A1,5)", "=1+1"]

    assert sheet["A1:A3"].value == [2.0, 7.0, "=1+1"]
    assert sheet["A1:A3"].formula == (("=1+1",), ("=SUM(A1,5)",), ("=1+1",))


def test_one_formula_for_many_cells_moves_along(sheet: Any) -> None:
    sheet["A1"].options(transpose=True).value = [1, 2, 3]
    sheet["B1:B3"].formula = "=A1*10+$A$1"
    sheet["C1:C3"].value = "=B1+1"

    assert sheet["B1:B3"].value == [11.0, 21.0, 31.0]
    assert sheet["C3"].formula == "=B3+1"


def test_a_formula_over_another_sheet(book: Any) -> None:
    first = book.sheets[0]
    first.name = "Школа 'Росток' № 1"
    other = book.sheets.add(after=first, name="Итог")
    first["A1"].value = 4
    other["A1"].formula = "='Школа ''Росток'' № 1'!A1*2"

    assert other["A1"].value == 8.0
    assert other["A1"].formula == "='Школа ''Росток'' № 1'!A1*2"


def test_results_of_formulas_have_their_kinds(sheet: Any) -> None:
    sheet["A1:F1"].value = ["=1>0", "=DATE(2024,2,1)", "=1/0", "=NA()", '=""', '="a"&CHAR(10)&"b"']

    cells = sheet["A1:F1"]

    assert cells.value == [True, datetime(2024, 2, 1), None, None, None, "a\nb"]
    assert cells.options(err_to_str=True).value[2:4] == ["#DIV/0!", "#N/A"]


def test_clearing_takes_what_it_says(sheet: Any) -> None:
    for address in ("A1", "A2", "A3"):
        sheet[address].value = "слово"
        sheet[address].color = (255, 0, 0)
    sheet["A1"].clear_contents()
    sheet["A2"].clear_formats()
    sheet["A3"].clear()

    assert sheet["A1:A3"].value == [None, "слово", None]
    assert [sheet[one].color for one in ("A1", "A2", "A3")] == [(255, 0, 0), None, None]


def test_a_block_of_another_size_is_refused(sheet: Any) -> None:
    with pytest.raises(ValueError, match=r"\$A\$1:\$B\$2"):
        sheet["A1:B2"].raw_value = [[1, 2, 3]]


def test_expand_end_used_range_and_region(sheet: Any) -> None:
    sheet["B2"].value = [["а", "б", None, "г"], ["д", "е", None, None], [None, "ж", None, None]]

    assert sheet["B2"].expand().address == "$B$2:$C$3"
    assert sheet["B2"].expand("down").address == "$B$2:$B$3"
    assert sheet["B2"].end("right").address == "$C$2"
    assert sheet["C2"].end("right").address == "$E$2"
    assert sheet["C4"].end("up").address == "$C$2"
    assert sheet["E2"].end("left").address == "$C$2"
    assert sheet["A20"].end("up").address == "$A$1"
    assert sheet.used_range.address == "$B$2:$E$4"
    assert sheet["B2"].current_region.address == "$B$2:$C$4"


def test_cells_are_found_by_every_kind_of_address(sheet: Any) -> None:
    assert sheet.range((2, 3), (4, 5)).address == "$C$2:$E$4"
    assert sheet[1:4, 2:5].address == "$C$2:$E$4"
    assert sheet.range(sheet["C2"], sheet["E4"]).last_cell.address == "$E$4"
    assert sheet["C2:E4"](2, 2).address == "$D$3"
    assert sheet["C2:E4"](4).address == "$C$3"
    assert sheet["C2"].offset(1, 1).resize(2, 2).address == "$D$3:$E$4"
    assert sheet["2:3"].shape == (2, 16_384)
    with pytest.raises(IndexError):
        sheet.range((0, 1))
    with pytest.raises(KeyError, match="нет_такого"):
        sheet.range("нет_такого")
