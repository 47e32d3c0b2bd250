"""An invented office's workbook with everything an office adds, and ways to look into a package."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import xlsxwriter
from lxml import etree

from packages import parts
from sheetsync.columns import COMPLETENESS, ENTRIES, ENTRIES_SHEET, MATRIX, MATRIX_SHEET, PANEL
from sheetsync.grid import a1, position
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Out, OutValue, TableBody

HEADERS = ("Участник", "Статус", "Дата исполнения", "Ссылка", "key")
OWN = "Пометка района"
"""A column the office put inside our table."""
TABLE_HEADERS = (*HEADERS[:2], OWN, *HEADERS[2:])
TOP = 5
"""The first body row of the table on «Исполнение»."""
OTHER_TABLE = "Наша_таблица"


def png() -> io.BytesIO:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    )


def office_workbook(rows: int = 3, *, keys: tuple[str, ...] | None = None) -> bytes:
    """The workbook: our tables on «Исполнение», «Свод», «Панель» and the office's own things."""
    keys = keys or tuple(f"k{number}" for number in range(1, rows + 1))
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2023, 1, 1)})
    looks = {
        "date": book.add_format({"num_format": "dd.mm.yyyy"}),
        "own": book.add_format({"bg_color": "#FFFF99"}),
        "red": book.add_format({"font_color": "#FF0000"}),
    }
    panel, entries = book.add_worksheet(PANEL), book.add_worksheet(ENTRIES_SHEET)
    _matrix(book.add_worksheet(MATRIX_SHEET), looks)
    mine = book.add_worksheet("Моё")
    last = TOP + len(keys) - 1
    _entries(book, entries, looks, keys)
    _below(entries, looks, last)
    _panel(book, panel, last)
    _mine(book, mine, last)
    book.define_name("свод_подпись", f"={ENTRIES_SHEET}!$A${last + 4}")
    book.define_name("свод_статусы", f"={ENTRIES_SHEET}!$B${TOP}:$B${last}")
    book.define_name("panel_title", f"={PANEL}!$A$1")
    book.close()
    return out.getvalue()


def _entries(book: Any, sheet: Any, looks: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    last = TOP + len(keys) - 1
    sheet.write("A1", "Исполнение: одна строка на участника")
    columns: list[dict[str, Any]] = [{"header": header} for header in TABLE_HEADERS]
    sheet.add_table(f"A4:F{last}", {"name": ENTRIES.name, "columns": columns})
    for row, key in enumerate(keys, start=TOP):
        sheet.write_row(f"A{row}", ["Ясеневская школа", "выполнено"])
        sheet.write(f"C{row}", f"пометка {key}", looks["own"])
        sheet.write_datetime(f"D{row}", datetime(2023, 3, 1), looks["date"])
        sheet.write_url(f"E{row}", f"https://school.example/{key}", string="ссылка")
        sheet.write(f"F{row}", key)
        sheet.write(f"H{row}", f"заметка {key}", looks["own"])
        sheet.write_formula(f"I{row}", f'=IF(B{row}="выполнено",1,0)', None, 1)
        sheet.write_formula(f"J{row}", f"=SUM(I${TOP}:I{row})", None, row - TOP + 1)
        sheet.set_row(row - 1, 20 + row)
    sheet.write_comment(f"H{TOP + 1}", "позвонить в школу")
    sheet.write_comment(f"B{TOP + 1}", "спорно")
    sheet.write_url(f"K{TOP + 1}", f"internal:'{ENTRIES_SHEET}'!A{TOP + 1}", string="сюда")
    sheet.add_sparkline(f"L{TOP + 1}", {"range": f"{ENTRIES_SHEET}!I{TOP + 1}:J{TOP + 1}"})
    sheet.data_validation(f"B{TOP}:B{last}", {"validate": "list", "source": ["выполнено", "в работе"]})
    rule = {"type": "formula", "criteria": f'=$B{TOP}="в работе"', "format": looks["red"]}
    sheet.conditional_format(f"A{TOP}:F{last}", rule)
    mark = {"type": "formula", "criteria": f"=LEN($H{TOP + 1})>3", "format": looks["red"]}
    sheet.conditional_format(f"H{TOP + 1}", mark)
    sheet.conditional_format(f"I{TOP}:I{last}", {"type": "data_bar", "data_bar_2010": True})
    sheet.set_column("H:H", 40)


def _below(sheet: Any, looks: Mapping[str, Any], last: int) -> None:
    """What stands under the table."""
    sheet.write(f"A{last + 4}", "Подпись начальника")
    sheet.write_formula(f"B{last + 4}", f"=COUNTA(B{TOP}:B{last})", None, last - TOP + 1)
    sheet.write_comment(f"A{last + 4}", "не забыть подписать")
    sheet.merge_range(f"A{last + 5}:C{last + 5}", "М.П.")
    columns = [{"header": "Что"}, {"header": "Сколько"}]
    sheet.add_table(f"A{last + 8}:B{last + 10}", {"name": OTHER_TABLE, "columns": columns})
    sheet.write_row(f"A{last + 9}", ["семинары", 2])
    sheet.insert_image(f"A{last + 13}", "печать.png", {"image_data": png()})
    sheet.insert_button(f"D{last + 4}", {"caption": "Печать"})
    sheet.data_validation(f"C{last + 4}", {"validate": "integer", "criteria": ">", "value": f"=B{last + 4}"})
    sheet.set_h_pagebreaks([last + 6])
    sheet.ignore_errors({"number_stored_as_text": f"A{last + 4}:B{last + 4}"})
    sheet.print_area(f"A1:F{last + 5}")
    sheet.repeat_rows(3)


def _matrix(sheet: Any, looks: Mapping[str, Any]) -> None:
    sheet.write("A1", "Свод")
    sheet.merge_range("A2:E2", "по состоянию")
    columns = [{"header": header} for header in (*MATRIX.headers, "Ясеневская", "Берёзовская")]
    sheet.add_table("A4:E6", {"name": MATRIX.name, "columns": columns})
    for row, number in ((5, "1"), (6, "2")):
        sheet.write_row(f"A{row}", [number, f"Мероприятие {number}"])
        sheet.write_datetime(f"C{row}", datetime(2023, 5, 1), looks["date"])
        sheet.write_row(f"D{row}", ["✓", "✗"], looks["red"])
        sheet.write(f"G{row}", f"рядом {number}")
    sheet.conditional_format(
        "D5:E6", {"type": "cell", "criteria": "==", "value": '"✗"', "format": looks["red"]}
    )
    sheet.set_column("D:E", 7)
    sheet.set_column("G:G", 33)


def _panel(book: Any, sheet: Any, last: int) -> None:
    sheet.write("A1", "Панель")
    columns = [{"header": "Участник"}, {"header": "Поступило"}]
    sheet.add_table("A20:B21", {"name": COMPLETENESS.name, "columns": columns})
    sheet.write_formula("B3", f'=COUNTIF({ENTRIES_SHEET}!B{TOP}:B{last},"выполнено")', None, last - TOP + 1)
    sheet.write_formula("B4", f"={ENTRIES_SHEET}!A{last + 4}", None, "Подпись начальника")
    sheet.write_url("B5", f"internal:'{ENTRIES_SHEET}'!A{last + 4}", string="к подписи")
    _chart(book, sheet, last)


def _mine(book: Any, sheet: Any, last: int) -> None:
    """The office's own sheet: never to be touched."""
    sheet.write_row("A1", ["Своя таблица", 1, 2, 3])
    sheet.write_formula("A2", f"={ENTRIES_SHEET}!A{last + 4}", None, "Подпись начальника")
    sheet.add_sparkline("E1", {"range": "Моё!B1:D1"})
    sheet.insert_textbox("F5", "Плакат", {"fill": {"color": "#FFEEAA"}})
    sheet.insert_image("F20", "герб.png", {"image_data": png()})
    sheet.write_comment("A1", "наша пометка")
    _chart(book, sheet, last)


def _chart(book: Any, sheet: Any, last: int) -> None:
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {
            "categories": f"={ENTRIES_SHEET}!$A${TOP}:$A${last}",
            "values": f"={ENTRIES_SHEET}!$I${TOP}:$I${last}",
        }
    )
    sheet.insert_chart("D3", chart)


def opened(data: bytes) -> ExcelFile:
    return ExcelFile.from_bytes(data)


def one_table(headers: tuple[str, ...], *rows: tuple[object, ...], **options: object) -> bytes:
    """A workbook with one table at A1."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    sheet = book.add_worksheet("Лист")
    columns = [{"header": header} for header in headers]
    sheet.add_table(0, 0, max(len(rows), 1), len(headers) - 1, {"name": "tbl", "columns": columns})
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def values(book: ExcelFile, table: str = "tbl") -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in book.read_table(table).rows]


# --- bodies -------------------------------------------------------------------------------------


def entries_body(*rows: tuple[str, OutValue] | str, note: str | None = None) -> TableBody:
    """A body of «Исполнение»: keys, or (key, status)."""
    pairs = [(row, "выполнено") if isinstance(row, str) else row for row in rows]
    return TableBody(
        HEADERS,
        tuple(
            (
                Out("Ясеневская школа"),
                Out(status),
                Out(date(2023, 3, 1)),
                Out("ссылка", link=f"https://school.example/{key}"),
                Out(key, note=note),
            )
            for key, status in pairs
        ),
        key_headers=("key",),
    )


def matrix_body(*participants: str, dropped: tuple[str, ...] = ()) -> TableBody:
    """A body of «Свод» for these participants."""
    rows = tuple(
        (Out(number), Out(f"Мероприятие {number}"), Out(date(2023, 5, 1)), *(Out("✓") for _ in participants))
        for number in ("1", "2")
    )
    return TableBody((*MATRIX.headers, *participants), rows, ("№", "Мероприятие"), dropped_headers=dropped)


# --- looking into a package ---------------------------------------------------------------------


def rebuilt(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The package with some parts changed or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts(data), **changed}.items():
            archive.writestr(zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def sheet_part(data: bytes, sheet: str) -> str:
    """The part of a sheet, by its name."""
    book = etree.fromstring(parts(data)["xl/workbook.xml"])
    names = [one.get("name") for one in book.iter("{*}sheet")]
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def sheet_tree(data: bytes, sheet: str) -> Any:
    return etree.fromstring(parts(data)[sheet_part(data, sheet)])


def attributes(data: bytes, sheet: str, element: str, name: str) -> list[str]:
    """An attribute of all elements of one name in a sheet."""
    return [one.get(name) for one in sheet_tree(data, sheet).iter(f"{{*}}{element}")]


def texts(data: bytes, sheet: str, element: str) -> list[str]:
    """The texts of all elements of one name in a sheet."""
    return [one.text for one in sheet_tree(data, sheet).iter(f"{{*}}{element}")]


def grid(data: bytes, sheet: str) -> dict[str, object]:
    """What openpyxl, an independent reader, sees: formulas as text, values otherwise."""
    import openpyxl  # noqa: PLC0415 - slow to import, needed here only

    found = openpyxl.load_workbook(io.BytesIO(data))[sheet]
    return {
        cell.coordinate: cell.value for row in found.iter_rows() for cell in row if cell.value is not None
    }


def style_of(data: bytes, sheet: str, address: str) -> str:
    """The fill colour and number format of a cell, as openpyxl sees them."""
    import openpyxl  # noqa: PLC0415

    cell = openpyxl.load_workbook(io.BytesIO(data))[sheet][address]
    return f"{cell.fill.fgColor.rgb if cell.fill.fill_type else ''} {cell.number_format}".strip()


def notes_of(data: bytes, sheet: str) -> dict[str, str]:
    """Notes by cell, as openpyxl sees them."""
    import openpyxl  # noqa: PLC0415

    found = openpyxl.load_workbook(io.BytesIO(data))[sheet]
    return {c.coordinate: c.comment.text for row in found.iter_rows() for c in row if c.comment}


def note_shapes(data: bytes) -> list[str]:
    """Cells the note shapes of all drawings belong to."""
    found = []
    for name, content in parts(data).items():
        if name.endswith(".vml"):
            for shape in re.findall(r'ObjectType="Note".*?</x:ClientData>', content.decode(), re.DOTALL):
                row, column = (int(re.search(f"<x:{what}>(\\d+)<", shape)[1]) for what in ("Row", "Column"))  # type: ignore[index]
                found.append(a1(row + 1, column + 1))
    return sorted(found, key=position)


def replaced(data: bytes, body: TableBody, table: str = ENTRIES.name) -> bytes:
    """The workbook after one replacement, saved."""
    book = ExcelFile.from_bytes(data)
    book.replace_table(table, body)
    return book.to_bytes()
