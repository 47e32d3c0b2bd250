"""Excel's spelling and LibreOffice's own: formulas, targets of links, number formats, addresses. No office needed."""

from __future__ import annotations

import pytest

from sheetsync.workbooks.libreoffice import areas, colors
from sheetsync.workbooks.libreoffice.areas import LAST_COLUMN, LAST_ROW, Area
from sheetsync.workbooks.libreoffice.spelling import (
    code_to_excel,
    target_to_excel,
    target_to_office,
    to_excel,
    to_office,
)

FORMULAS = {
    "=SUM(A1:B2,3)": "=SUM(A1:B2;3)",
    '=IF(A1>0,"да, конечно","нет; никогда")': '=IF(A1>0;"да, конечно";"нет; никогда")',
    '="кавычка "" и, запятая"&A1': '="кавычка "" и, запятая"&A1',
    "=Исполнение!$B$5": "=$Исполнение.$B$5",
    "=SUM('Не размещено'!A1:A3)": "=SUM($'Не размещено'.A1:A3)",
    "='Школа ''№ 1'''!A1": "=$'Школа ''№ 1'''.A1",
    "={1,2;3,4}": "={1;2|3;4}",
    '={"а,б","в;г"}': '={"а,б";"в;г"}',
    '=COUNTIF(tbl_entries[Статус],"выполнено")': '=COUNTIF(tbl_entries[Статус];"выполнено")',
    "=ROWS(tbl_entries[[#All],[Статус, итог]])": "=ROWS(tbl_entries[[#All];[Статус, итог]])",
    "=STDEV.S(A1:A5)": "=STDEV.S(A1:A5)",
    "=IF(TRUE,1,2)": "=IF(TRUE;1;2)",
}


@pytest.mark.parametrize("excel", FORMULAS)
def test_a_formula_is_spelled_for_the_office_and_back(excel: str) -> None:
    assert to_office(excel) == FORMULAS[excel]
    assert to_excel(FORMULAS[excel]) == excel


def test_this_row_of_a_table_is_spelled_in_full() -> None:
    assert to_office("=tbl[@Статус]&tbl[@[Дата исполнения]]") == (
        "=tbl[[#This Row];[Статус]]&tbl[[#This Row];[Дата исполнения]]"
    )


def test_newer_functions_lose_the_mark_files_carry() -> None:
    assert to_office('=_xlfn.TEXTJOIN(", ",TRUE,A1:B2)') == '=TEXTJOIN(", ";TRUE;A1:B2)'


def test_truth_is_no_function_in_excel() -> None:
    assert to_excel("=IF(TRUE();1;FALSE())") == "=IF(TRUE,1,FALSE)"


@pytest.mark.parametrize(
    ("excel", "office"),
    [
        ("#Исполнение!A175", "#Исполнение.A175"),
        ("#'Не размещено'!A1", "#'Не размещено'.A1"),
        ("https://пример.рф/отчёт!1.pdf", "https://пример.рф/отчёт!1.pdf"),
    ],
)
def test_a_link_leads_to_the_same_place(excel: str, office: str) -> None:
    assert (target_to_office(excel), target_to_excel(office)) == (office, excel)


@pytest.mark.parametrize(
    ("office", "excel"),
    [
        ("DD.MM.YYYY", "dd.mm.yyyy"),
        ("ДД.ММ.ГГГГ ЧЧ:ММ", "dd.mm.yyyy hh:mm"),
        ('D MMMM YYYY "Г."', 'd mmmm yyyy "Г."'),
        ("[H]:MM", "[h]:mm"),
        ("General", "General"),
        ("0.00%", "0.00%"),
        ("@", "@"),
    ],
)
def test_a_number_format_is_told_as_excel_spells_it(office: str, excel: str) -> None:
    assert code_to_excel(office) == excel


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("B2", Area(2, 2, 1, 1)),
        ("$C$5:A3", Area(3, 1, 3, 3)),
        ("5:7", Area(5, 1, 3, LAST_COLUMN)),
        ("B:D", Area(1, 2, LAST_ROW, 3)),
        ("tbl_plan", None),
    ],
)
def test_an_address_names_cells(address: str, area: Area | None) -> None:
    assert areas.area_of(address) == area


@pytest.mark.parametrize("address", ["$A$1", "$B$2:$XFD$7", "$B:$D", "$3:$3"])
def test_cells_have_an_address(address: str) -> None:
    area = areas.area_of(address)

    assert area is not None
    assert areas.address_of(area) == address


@pytest.mark.parametrize(
    ("filled", "steps"),
    [("xxx", 2), ("xx x", 1), ("x  x", 3), ("  x", 2), ("x", 9), ("", 9)],
)
def test_ctrl_and_arrow_stop_where_excel_stops(filled: str, steps: int) -> None:
    assert areas.jump([one == "x" for one in filled], 9) == steps


@pytest.mark.parametrize("color", [(1, 2, 3), "#010203", 0x030201])
def test_a_colour_may_be_said_in_three_ways(color: colors.Color) -> None:
    assert colors.to_python(colors.to_office(color)) == (1, 2, 3)
