"""Whatever is done to a workbook, the file and the open workbook come to the same tables."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from live_books import in_excel, shown

from fake_excel import engine
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Out, OutValue, TableBody

SHEET, TABLE, TOP = "Свод", "tbl_matrix", 4
OURS = ("Ключ", "Текст", "Срок", "Сколько")
OWN, RECKONED = "Пометка", "Счёт"
OFFICE = ("Ключ", OWN, "Текст", RECKONED, "Срок", "Сколько")
PUPILS = ("Первая", "Вторая", "Третья")

TRICKY = ("=1+1", "1.10", "01.02.2024", "+7 900 000-00-00", "TRUE", "'в кавычке", "5 мая", "1/2", "-", "@а",
          "обычный текст", "две\nстроки", "50%", "2024", " 7 ", "1,5", "#Н/Д", "''", "я" * 8300)  # fmt: skip


def office_book(keys: list[str]) -> bytes:
    """One sheet: a title, our table with two columns of the office, cells and colours beside and below."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, own = book.add_worksheet(SHEET), book.add_format({"bg_color": "#FFFF99"})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    last = TOP + len(keys) - 1
    sheet.merge_range("A1:F1", "Заголовок")
    columns: list[dict[str, Any]] = [{"header": header} for header in OFFICE]
    columns[3]["formula"] = "=LEN([@Ключ])"
    sheet.add_table(f"A{TOP - 1}:F{last}", {"name": TABLE, "columns": columns})
    for row, key in enumerate(keys, start=TOP):
        sheet.write_row(f"A{row}", [key, f"пометка {key}", f"текст {key}"])
        sheet.write_datetime(f"E{row}", datetime(2024, 5, 1), day)
        sheet.write_url(f"F{row}", f"https://school.example/{key}", string="7")
        sheet.write(f"H{row}", f"рядом {key}", own)
        sheet.write_formula(f"I{row}", f"=LEN(H{row})", None, 1)
    if keys:
        sheet.write_comment(f"B{TOP}", "пометка человека")
        sheet.write_comment(f"A{last}", "спорно")
    sheet.write(f"A{last + 3}", "Подпись")
    sheet.write_formula(f"B{last + 3}", f"=COUNTA(A{TOP}:A{last})", None, len(keys))
    book.close()
    return out.getvalue()


values = st.one_of(
    st.sampled_from(TRICKY),
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp")), max_size=6
    ),
    st.none(),
    st.booleans(),
    st.integers(-5, 10**6),
    st.sampled_from([0.1, 2.5, -3.75, 1e-9]),
)
days = st.one_of(
    st.none(),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["до 1 мая", date(1800, 1, 1), datetime(2024, 5, 1, 13, 30)]),
)
links = st.sampled_from([None, None, "https://school.example/1", "#Свод!A1", "http://"])
notes = st.sampled_from([None, None, None, "от программы"])
outs = st.builds(Out, value=values, link=links, note=notes)
deadlines = st.builds(Out, value=days, note=notes)


@st.composite
def bodies(draw: st.DrawFn) -> TableBody:
    keys = draw(st.lists(st.sampled_from("абвгдежз"), max_size=6, unique=draw(st.booleans())))
    pupils = tuple(draw(st.lists(st.sampled_from(PUPILS), unique=True)))
    headers = (*OURS, *pupils)
    rows = tuple((Out(key), draw(outs), draw(deadlines), *(draw(outs) for _ in headers[3:])) for key in keys)
    gone = tuple(one for one in PUPILS if one not in pupils)
    return TableBody(headers, rows, key_headers=OURS[:1], dropped_headers=gone)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from("абвгд"), max_size=5, unique=True), st.lists(bodies(), min_size=1, max_size=3)
)
def test_the_file_and_the_open_workbook_show_the_same(keys: list[str], changes: list[TableBody]) -> None:
    data = office_book(keys or [""])
    file = ExcelFile.from_bytes(data)
    with engine() as excel:
        live, document = in_excel(excel, data)
        assert shown(live.read_table(TABLE)) == shown(file.read_table(TABLE))

        for body in changes:
            told, expected = live.replace_table(TABLE, body), file.replace_table(TABLE, body)

            assert shown(live.read_table(TABLE)) == shown(file.read_table(TABLE))
            assert sorted(map(str, told)) == sorted(map(str, expected))
        assert beside(document) == beside_in(file)


def beside(document: Any) -> Mapping[str, object]:
    """Office's texts outside the table, in Excel."""
    cells = document.sheet(SHEET).cells
    return {f"{row} {column}": cell.value for (row, column), cell in cells.items() if is_office(cell.value)}


def beside_in(file: ExcelFile) -> Mapping[str, object]:
    """The same of the file."""
    with engine() as excel:
        return beside(in_excel(excel, file.to_bytes())[1])


def is_office(value: OutValue) -> bool:
    return isinstance(value, str) and value.startswith(("рядом", "пометка", "Подпись", "Заголовок"))


# --- another table beside


def book_of_two_tables(keys: list[str], others: int) -> bytes:
    """Ours with office's texts left, right and between, and a table of the office's that shares rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(SHEET)
    mine = [{"header": header} for header in ("Ключ", OWN, "Текст")]
    sheet.add_table(2, 1, 2 + len(keys), 3, {"name": TABLE, "columns": mine})
    for row, key in enumerate(keys, start=3):
        sheet.write_row(row, 0, [f"слева {key}", key, f"пометка {key}", f"текст {key}", f"между {key}"])
        sheet.write(row, 9, f"справа {key}")
    theirs = [{"header": header} for header in ("Что", "Сколько")]
    sheet.add_table(2, 6, 2 + others, 7, {"name": "Другая", "columns": theirs})
    for row in range(others):
        sheet.write_row(3 + row, 6, [f"другая {row}", row])
    sheet.write(5 + max(len(keys), others), 1, "Подпись")
    book.close()
    return out.getvalue()


some_keys = st.lists(st.sampled_from("абвгдежз"), min_size=1, max_size=6, unique=True)


@settings(max_examples=30, deadline=None)
@given(some_keys, st.integers(1, 6), some_keys)
def test_a_table_beside_stays_where_it_is(keys: list[str], others: int, wanted: list[str]) -> None:
    data = book_of_two_tables(keys, others)
    file = ExcelFile.from_bytes(data)
    body = TableBody(OURS[:2], tuple((Out(key), Out(f"новое {key}")) for key in wanted), OURS[:1])
    with engine() as excel:
        live, document = in_excel(excel, data)

        told, expected = live.replace_table(TABLE, body), file.replace_table(TABLE, body)

        assert sorted(map(str, told)) == sorted(map(str, expected))
        assert every_value(document) == every_value_in(file)


def every_value(document: Any) -> Mapping[tuple[int, int], object]:
    cells = document.sheet(SHEET).cells
    return {at: cell.value for at, cell in cells.items() if cell.value is not None}


def every_value_in(file: ExcelFile) -> Mapping[tuple[int, int], object]:
    with engine() as excel:
        return every_value(in_excel(excel, file.to_bytes())[1])
