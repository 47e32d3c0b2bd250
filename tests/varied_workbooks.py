"""Honest workbooks of many makes, for readers to be compared on."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table


def _saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _written(write: Callable[[Any], None], **options: Any) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **options})
    write(book)
    book.close()
    return stream.getvalue()


def filled_form() -> bytes:
    """A form as a school fills it: every kind of content a report may hold."""

    def write(book: Any) -> None:
        sheet, day = book.add_worksheet("Отчёт 1"), book.add_format({"num_format": "dd.mm.yyyy"})
        moment, clock = (
            book.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
            book.add_format({"num_format": "hh:mm"}),
        )
        percent, bold = book.add_format({"num_format": "0.0%"}), book.add_format({"bold": True})
        sheet.write_row(0, 0, ["№", "Мероприятие", "Дата", "Ссылка", "Итог"])
        sheet.write_row(1, 0, ["1.1", "  Педсовет,\nвторая строка  "])
        sheet.write_datetime(1, 2, date(2023, 3, 1), day)
        sheet.write_url(1, 3, "https://a.example/doc?x=1&y=2", string="протокол")
        sheet.write_formula(1, 4, '=A2&"!"', None, "1.1!")
        sheet.write_number(2, 0, 2.5)
        sheet.write_rich_string(2, 1, "обычный ", bold, "жирный", " хвост 🙂")
        sheet.write_datetime(2, 2, datetime.fromisoformat("2023-03-01 10:30"), moment)
        sheet.write_url(2, 3, "internal:'Показатели'!A1", string="внутри")
        sheet.write_number(2, 4, 0.805, percent)
        sheet.write_number(3, 0, 100)
        sheet.write_boolean(3, 1, True)
        sheet.write_datetime(3, 2, time(9, 15), clock)
        sheet.write_formula(3, 3, '=HYPERLINK("https://b.example/","по формуле")', None, "по формуле")
        sheet.write_formula(3, 4, "=1+1", None, 2)
        sheet.merge_range("A6:C7", "слитая ячейка")
        sheet.write_comment("B2", "Иванова: уточнить\nдату")
        sheet.write_comment("H20", "в пустой ячейке")
        sheet.insert_textbox("G2", "Надпись поверх листа\nвторая строка")
        sheet.write(9, 1, "в скрытой строке")
        sheet.set_row(9, None, None, {"hidden": True})
        sheet.write(1, 8, "в скрытом столбце")
        sheet.set_column("I:I", None, None, {"hidden": True})
        sheet.write(199, 11, "далеко")
        other = book.add_worksheet("Показатели")
        other.add_table(
            "B2:C4", {"name": "tbl_targets", "columns": [{"header": "Показатель"}, {"header": "Факт"}]}
        )
        other.write_row("B3", ["Доля, %", 80])
        other.write_row("B4", ["Число", 1e-7])
        hidden = book.add_worksheet("Метки")
        hidden.write("A1", "план/школа/1/1")
        hidden.very_hidden()
        book.define_name("mark_plan", "=Метки!$A$1")
        book.define_name("area_all", "='Отчёт 1'!$A$1:$E$4")
        book.define_name("const_code", '="СШ-07"')
        book.set_custom_property("sheetsync", "план/школа/1/1")

    return _written(write)


def by_openpyxl() -> bytes:
    """Inline strings, comments, links over a range and beside text, a sheet state, a table."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "План & отчёт"
    for row in (
        ["№", "Текст"],
        [1, "да"],
        [2.25, "=A2*2"],
        [None, "<b>& «кавычки»"],
        [True, "\tтаб"],
        ["#N/A", "#ДЕЛ/0!"],
    ):
        sheet.append(row)
    sheet["C1"], sheet["C1"].number_format = (
        datetime.fromisoformat("2024-02-29 23:59:59"),
        "yyyy-mm-dd hh:mm:ss",
    )
    sheet["C2"], sheet["C2"].number_format = 45000, "[$-419]d mmm yyyy;@"
    sheet["C3"], sheet["C3"].number_format = 45000, '#,##0.00 "дней"'
    sheet["C4"], sheet["C4"].number_format = 0.5, "h:mm"
    sheet["C5"], sheet["C5"].number_format = 12, "0.00E+00"
    sheet["D2"] = "протокол"
    sheet["D2"].hyperlink = "https://c.example/путь"
    sheet["D2"].comment = Comment("см. сайт", "Петрова")
    sheet["D4"]._hyperlink = Hyperlink(ref="D4", location="'План & отчёт'!A1", display="внутри")
    sheet["D4"] = "внутри"
    sheet.merge_cells("A8:B9")
    sheet["A8"] = "слито"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["E"].hidden = True
    hidden = book.create_sheet("Скрыт")
    hidden["XFD1048576"] = "в самом углу"
    hidden.sheet_state = "hidden"
    hidden["A1"], hidden["B1"] = "Имя", "Факт"
    hidden.add_table(Table(displayName="tbl_hidden", ref="A1:B2"))
    book.defined_names["place"] = DefinedName("place", attr_text="'План & отчёт'!$A$1")
    return _saved(book)


def in_1904() -> bytes:
    """Dates counted from 1904, as old Macs do."""

    def write(book: Any) -> None:
        sheet = book.add_worksheet("Отчёт")
        for row, day in enumerate((date(1904, 1, 2), date(1999, 12, 31), date(2023, 3, 1))):
            sheet.write_datetime(row, 0, day, book.add_format({"num_format": 14}))

    return _written(write, date_1904=True)


def around_1900() -> bytes:
    """The first days Excel knows, its invented 29 February 1900 among them."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row, serial in enumerate((1, 59, 61, 367, 45000.25, 2_958_465), start=1):
        sheet.cell(row, 1, serial).number_format = "dd.mm.yyyy"
    return _saved(book)


def in_every_number_format() -> bytes:
    """One number under each built-in format and some that offices invent."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    codes = [
        "General", "0", "0.00", "#,##0", "0%", "0.00E+00", "mm-dd-yy", "d-mmm-yy", "d-mmm", "mmm-yy", "h:mm AM/PM",
        "h:mm:ss", "h:mm", "m/d/yy h:mm", "mm:ss", "@", '0" шт."', "[Red]0", '[Blue]#,##0\\ "дн."', "dd/mm/yyyy;@",
        "[$-F800]dddd, mmmm dd, yyyy", "[$-419]mmmm yyyy;@", 'yyyy"г."', '"день" 0', "# ?/?", "DD.MM.YYYY", "MMM YY",
        "_-* #,##0.00_-;-* #,##0.00_-", "\\d0",
    ]  # fmt: skip
    for row, code in enumerate(codes, start=1):
        cell = sheet.cell(row, 1, 45000.75)
        cell.number_format = code
    return _saved(book)


VARIED: dict[str, Callable[[], bytes]] = {
    "заполненная форма": filled_form,
    "книга openpyxl": by_openpyxl,
    "даты с 1904 года": in_1904,
    "даты около 1900 года": around_1900,
    "все виды чисел": in_every_number_format,
}
