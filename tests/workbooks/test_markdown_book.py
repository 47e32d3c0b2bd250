"""The tests' own helper: what a Markdown grid says is what the workbook holds."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl

from markdown_book import book_from, markdown_of, xlsx_from

REPORT = """
## Отчёт
| №   | Мероприятие      | Дата         | Ссылка                         |
|-----|------------------|--------------|--------------------------------|
| 1.1 | Педсовет ^[был!] | `2023-03-01` | [протокол](https://a.example/) |
|     |                  |              |                                |
| `5` | «да» \\| «нет»    | `=A1+1 -> 5` | `2023-03-01 10:30:00`          |

## Метки [veryHidden]
| школа<br>№ 1 | `ИСТИНА` |
"""


def test_markdown_survives_the_way_there_and_back() -> None:
    book = book_from(REPORT)

    assert book_from(markdown_of(book)) == book
    assert [sheet.name for sheet in book.sheets] == ["Отчёт", "Метки"]
    assert book.sheets[1].at(1, 1).text == "школа\n№ 1"


def test_the_real_workbook_holds_what_the_markdown_says() -> None:
    data = xlsx_from(
        REPORT,
        properties={"sheetsync": "план/школа"},
        tables={"tbl_report": ("Отчёт", "A1:D4")},
        hidden_columns={"Отчёт": {4}},
    )

    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Отчёт"]
    assert [cell.value for cell in sheet[2]] == [
        "1.1",
        "Педсовет",
        datetime.fromisoformat("2023-03-01"),
        "протокол",
    ]
    assert sheet["B2"].comment.text == "был!"
    assert sheet["D2"].hyperlink.target == "https://a.example/"
    assert [cell.value for cell in sheet[4]] == [
        5,
        "«да» | «нет»",
        "=A1+1",
        datetime.fromisoformat("2023-03-01 10:30"),
    ]
    assert "tbl_report" in sheet.tables
    assert sheet.column_dimensions["D"].hidden
    assert book["Метки"].sheet_state == "veryHidden"
    assert book.custom_doc_props["sheetsync"].value == "план/школа"
