"""A text put into a cell is read as if typed: the manner that spoils a careless writer's numbers.

Microsoft, «Range.Value property (Excel)», «Stop automatically changing numbers to dates», «Text
functions: keep leading zeros»; xlwings issues 36, 436, 1635.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from fake_excel import ComError, Engine
from fake_excel.making import new_book
from fake_excel.typed import EN, RU, Region

RUSSIAN = [
    ("1.10", datetime(2024, 10, 1)),
    ("01.02.2024", datetime(2024, 2, 1)),
    ("2024-02-01", datetime(2024, 2, 1)),
    ("1/2", datetime(2024, 2, 1)),
    ("1-2", datetime(2024, 2, 1)),
    ("5 мая", datetime(2024, 5, 5)),
    ("Май 2023", datetime(2023, 5, 1)),
    ("сентябрь 2023 г.", datetime(2023, 9, 1)),
    ("3.1", datetime(2024, 1, 3)),
    ("1,5", 1.5),
    ("5%", 0.05),
    ("1e5", 100_000.0),
    ("1234E3", 1_234_000.0),
    ("+7 900", 7900.0),
    ("007", 7.0),
    ("-5", -5.0),
    ("(5)", -5.0),
    (" 5 ", 5.0),
    ("ИСТИНА", True),
    ("TRUE", True),
    ("#Н/Д", "#N/A"),
    ("12:30", datetime(1899, 12, 30, 12, 30)),
]
ENGLISH = [
    ("1.10", 1.1),
    ("1/2", datetime(2024, 1, 2)),
    ("1-2", datetime(2024, 1, 2)),
    ("5 May", datetime(2024, 5, 5)),
    ("1,000", 1000.0),
    ("TRUE", True),
    ("01.02.2024", "01.02.2024"),
    ("ИСТИНА", "ИСТИНА"),
]
LEFT_ALONE = [
    "Приказ № 12",
    "1.10.",
    "1.1.1.1",
    "31.02.2024",
    "5 маяков",
    "в 2024 году",
    "1 2",
    "-",
    "=",
    "+",
    "12:75",
    "№ 5",
    "https://школа.рф/1",
]


def put(excel: Engine, text: Any, region: Region = RU, number_format: str = "General") -> Any:
    """The cell after a text was put into it."""
    excel.program.region = region
    cell = new_book(excel, {"План": []}).sheets[0].range("B2")
    if number_format != "General":
        cell.number_format = number_format
    cell.value = text
    return cell


@pytest.mark.parametrize(("text", "becomes"), RUSSIAN)
def test_russian_settings_read_a_text(excel: Engine, text: str, becomes: object) -> None:
    assert put(excel, text).options(err_to_str=True).value == becomes


@pytest.mark.parametrize(("text", "becomes"), ENGLISH)
def test_english_settings_read_it_otherwise(excel: Engine, text: str, becomes: object) -> None:
    assert put(excel, text, EN).value == becomes


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_a_text_that_is_nothing_else_stays(excel: Engine, text: str) -> None:
    assert put(excel, text).value == text


@pytest.mark.parametrize("text", [text for text, _ in RUSSIAN] + ["=1+1", "@имя", "-А", "+А1"])
def test_an_apostrophe_keeps_a_text(excel: Engine, text: str) -> None:
    """The prefix character is no part of the value (Microsoft, «Range.PrefixCharacter»)."""
    cell = put(excel, f"'{text}")

    assert (cell.value, cell.formula, cell.number_format) == (text, text, "General")


@pytest.mark.parametrize("text", [text for text, _ in RUSSIAN] + ["=1+1", "@имя"])
def test_the_text_format_keeps_a_text(excel: Engine, text: str) -> None:
    """Format «@» set before the value (xlwings issue 1635); set after, it is too late."""
    assert put(excel, text, number_format="@").value == text


def test_a_text_that_begins_with_an_apostrophe_needs_two(excel: Engine) -> None:
    assert put(excel, "''цитата'").value == "'цитата'"
    assert put(excel, "''цитата'", number_format="@").value == "'цитата'"


def test_a_number_put_into_a_text_cell_becomes_text(excel: Engine) -> None:
    assert put(excel, 12, number_format="@").value == "12"
    assert put(excel, True, number_format="@").value == "ИСТИНА"


def test_a_formula_put_into_a_text_cell_stays_text(excel: Engine) -> None:
    cell = put(excel, None, number_format="@")
    cell.formula = "=1+1"

    assert (cell.value, cell.impl._state.at(2, 2).formula) == ("=1+1", None)


def test_the_text_format_does_not_change_what_is_there(excel: Engine) -> None:
    cell = put(excel, "1.10")
    cell.number_format = "@"

    assert cell.value == 45566.0


@pytest.mark.parametrize("text", ["=1+1", "@СУММ", "+А1", "-А1"])
def test_signs_of_a_formula_make_one(excel: Engine, text: str) -> None:
    """Microsoft, «Overview of formulas»: also «+», «-» and «@» begin one."""
    assert str(put(excel, text).formula).startswith("=")


@pytest.mark.parametrize("text", ["=(", "=СУММ(A1;B1)", '="а', "=", "- мероприятия школы", "=1+"])
def test_a_formula_excel_cannot_read_is_refused(excel: Engine, text: str) -> None:
    """Run-time error 1004, where a person would see a dialog. A bare «=» is a text."""
    if text == "=":
        assert put(excel, text).value == "="
        return
    with pytest.raises(ComError):
        put(excel, text)


def test_a_date_takes_on_a_date_format_only_in_a_general_cell(excel: Engine) -> None:
    assert put(excel, "01.02.2024").number_format == "m/d/yyyy"
    assert put(excel, "01.02.2024", number_format="dd.mm.yyyy").number_format == "dd.mm.yyyy"
    assert put(excel, datetime(2024, 2, 1), number_format="0").value == 45323.0


@pytest.mark.parametrize(
    ("number_format", "kind"),
    [("General", float), ("dd.mm.yyyy", datetime), ('"дней" 0', float), ("[h]:mm", datetime)],
)
def test_a_number_is_a_date_by_its_format(excel: Engine, number_format: str, kind: type) -> None:
    """Microsoft, «Range.Value2»: only ``Value`` uses the types Date and Currency."""
    cell = put(excel, 45323)
    cell.number_format = number_format

    assert isinstance(cell.value, kind)


def test_money_comes_back_as_a_decimal(excel: Engine) -> None:
    """VT_CY over COM: ``Decimal``, no float. Whoever expects numbers must expect it too."""
    assert str(put(excel, "1 500 ₽").value) == "1500.0"
    assert type(put(excel, "1 500 ₽").value).__name__ == "Decimal"


@pytest.mark.parametrize(
    ("value", "comes_back"), [(3, 3.0), (True, True), (None, None), ("", None), ("а", "а")]
)
def test_values_come_back_as_excel_keeps_them(excel: Engine, value: object, comes_back: object) -> None:
    back = put(excel, value).value

    assert back == comes_back
    assert type(back) is type(comes_back)
