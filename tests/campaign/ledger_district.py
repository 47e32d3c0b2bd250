"""A district whose copies hold every kind of thing a school can leave in a form.

Texts that are cut, notes, addresses, words for statuses and dates, values beside the table, a text
box, a conversation, a constant in a name; and a school that sends twice.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from sheetsync import campaign, demo_schools, store
from sheetsync.campaign import ConsolidateResult
from sheetsync.campaign.files import open_workbook, read_workbook_plan
from sheetsync.columns import FORM_INDICATORS, FORM_SHEET, REPORT
from sheetsync.model import Plan
from sheetsync.text import skeleton

NOW = datetime(2026, 10, 15, 9, 30).astimezone()
LONG = "Подробный отчёт 🙂 о работе методического объединения учителей. " * 1100
"""More than two cells can hold."""

_MARK = "LONG-TEXT"
"""Stands for ``LONG`` until openpyxl, which cuts texts, has saved the copy."""

HARD = (
    "=СУММ(A1:A9) — это текст",
    "  пробелы по краям, два  внутри и\u00a0неразрывный ",
    "строка\nвторая\tс табуляцией",
    "возврат_x000D_каретки записан буквами",
    "невидимый\u200bпробел, мягкий\u00adперенос, й и и\u0306",
    "1234567890123456",
    "<b>&amp;</b> «кавычки» \"и\" 'апостроф'",
    "🙂👩\u200d🏫 учитель",
)
"""Answers that a careless program would mend."""

Change = Callable[[Any], None]


def built(folder: Path) -> Path:
    """The campaign with its workbook consolidated; returns its folder."""
    order = folder / demo_schools.ORDER_NAME
    order.write_bytes(demo_schools.example("order.docx"))
    place = folder / "Район"
    campaign.new_campaign(place, order, NOW)
    campaign.issue_forms(place, NOW)
    send(place, "ранняя копия.xlsx", _copy(place, "S01", _first_answers))
    press(place, 1)
    send(place, "а/исправленная копия.xlsx", _copy(place, "S01", _second_answers))
    send(place, "б/исправленная копия.xlsx", _copy(place, "S01", _other_second_answers))
    send(place, "всё подряд.xlsx", everything(_copy(place, "S02", _rich_answers)))
    press(place, 2)
    return place


def send(place: Path, name: str, data: bytes) -> None:
    path = place / store.RECEIVED_FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def press(place: Path, minute: int = 9, **options: Any) -> ConsolidateResult:
    return campaign.consolidate(place, NOW.date(), NOW + timedelta(minutes=minute), **options)


def plan_of(place: Path) -> Plan:
    return read_workbook_plan(open_workbook(store.open_campaign(place)), issue=1).plan


def workbook_of(place: Path) -> bytes:
    return store.open_campaign(place).workbook.read_bytes()


# --- what is filled in --------------------------------------------------------------------------

Answers = Mapping[str, Any]


def _first_answers(at: int) -> Answers:
    return {"status": "выполнено", "done_on": datetime(2026, 2, 1 + at), "info": f"Проведено, запись {at}"}


def _second_answers(at: int) -> Answers:
    if at == 1:
        return {**_first_answers(at), "info": "Проведено полнее, чем писали прежде"}
    return _first_answers(at)


def _other_second_answers(at: int) -> Answers:
    if at == 1:
        return {**_first_answers(at), "info": "Проведено иначе, чем в другой копии", "reason": "уточнили"}
    if at == 2:
        return {**_first_answers(at), "info": "Проведено,  запись 2 "}
    return _first_answers(at)


def _rich_answers(at: int) -> Answers:
    said: dict[str, Any] = {
        "status": ("выполнено", "исполнено", "в работе", "не выполнено", "Выполнено частично")[at % 5],
        "done_on": (datetime(2026, 3, 1 + at % 20), "15 марта 2026", "неизвестно когда")[at % 3],
        "info": f"{HARD[at % len(HARD)]} ({at})" if at else _MARK,
        "document": f"приказ № {at} от 01.03.2026",
        "link": f"https://s02.example.org/{at}.pdf?a=1&b=2#лист",
        "reason": ("", "перенос на осень", "=1+1")[at % 3],
    }
    if at == 3:
        said["info"] = 44_986.25
    return {key: value for key, value in said.items() if value != ""}


def _copy(place: Path, code: str, answers: Callable[[int], Answers]) -> bytes:
    """The issued form, opened, filled and saved as a school's Excel would."""
    book = openpyxl.load_workbook(next((place / store.FORMS_FOLDER).glob(f"{code} *.xlsx")))
    sheet = book[FORM_SHEET]
    columns, header = _header(sheet, REPORT.columns)
    rows = [row for row in range(header + 1, sheet.max_row + 1) if sheet.cell(row, columns["key"]).value]
    for at, row in enumerate(rows[:12]):
        for key, value in answers(at).items():
            cell = sheet.cell(row, columns[key])
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    if answers is _rich_answers:
        _leave_more(book, sheet, columns, rows)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _leave_more(book: Any, sheet: Any, columns: Mapping[str, int], rows: list[int]) -> None:
    sheet.cell(rows[1], columns["info"]).comment = Comment("Замечание к ответу,\nв две строки", "школа")
    sheet.cell(rows[2], columns["status"]).comment = Comment("не уверены в статусе", "школа")
    sheet.cell(rows[3], columns["info"]).hyperlink = "https://s02.example.org/photo"
    sheet.cell(rows[4], columns["document"]).hyperlink = "mailto:school@example.org"
    sheet.cell(rows[5], columns["info"]).value = '=HYPERLINK("https://s02.example.org/f";"по формуле")'
    sheet.cell(
        rows[6], columns["title"]
    ).value = "Мероприятие, которое придумала школа и которого нет в плане"
    sheet.cell(rows[6], columns["key"]).value = None
    sheet.cell(rows[7], columns["deadline"]).value = "когда-нибудь потом"
    sheet.cell(rows[-1] + 3, 2).value = "Исполнитель: завуч, все вопросы к ней"
    sheet.cell(rows[-1] + 4, 20).value = 3.14
    sheet.cell(rows[-1] + 5, 3).comment = Comment("примечание в пустом месте", "школа")
    sheet.cell(rows[8], len(REPORT.columns) + 3).value = "за таблицей"
    book.create_sheet("Дополнительно")["C5"] = "Ещё один лист с рассказом о работе"
    book.defined_names["school_note"] = DefinedName("school_note", attr_text='"Константа в имени"')
    figures = book[FORM_INDICATORS.sheet]
    places, header = _header(figures, FORM_INDICATORS.columns)
    for row in range(header + 1, figures.max_row + 1):
        if figures.cell(row, places["title"]).value:
            figures.cell(row, places["fact"]).value = 10 + row
            figures.cell(row, places["comment"]).value = f"пояснение к строке {row}"
    figures.cell(header + 1, places["fact"]).comment = Comment("по данным на май", "школа")
    figures.cell(header + 1, places["comment"]).hyperlink = "https://s02.example.org/figures"


def _header(sheet: Any, declared: Any) -> tuple[dict[str, int], int]:
    keys = {skeleton(one.header): one.key for one in declared}
    for cells in sheet.iter_rows():
        found = {keys[text]: one.column for one in cells if (text := skeleton(str(one.value))) in keys}
        if len(found) == len(keys):
            return found, cells[0].row
    raise LookupError(sheet.title)


# --- what openpyxl cannot write -----------------------------------------------------------------

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_BOX = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:absoluteAnchor>'
    '<xdr:pos x="0" y="0"/><xdr:ext cx="9" cy="9"/><xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="t"/>'
    "<xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr/><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>Надпись поверх листа</a:t>"
    "</a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:absoluteAnchor></xdr:wsDr>"
)
_TALK = (
    f'<ThreadedComments xmlns="{_THREADS}"><threadedComment ref="B40" dT="2026-03-01T10:00:00.00" '
    'personId="{1}" id="{2}"><text>Кто заполнит эту строку?</text></threadedComment></ThreadedComments>'
)


def everything(book: bytes) -> bytes:
    """The copy with a long text, a text box and a conversation."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name).decode("utf-8", "surrogateescape") for name in archive.namelist()}
    parts = {name: text.replace(_MARK, LONG) for name, text in parts.items()}
    extra = next(
        name for name, text in parts.items() if "sheetData" in text and "C5" in text and len(text) < 1500
    )
    rels = extra.replace("worksheets/", "worksheets/_rels/") + ".rels"
    parts[extra] = re.sub(
        "</worksheet>", f'<drawing xmlns:r="{_RELATIONS}" r:id="rId901"/></worksheet>', parts[extra]
    )
    parts[rels] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId901" Type="{_RELATIONS}/drawing" Target="/xl/drawings/drawing901.xml"/>'
        '<Relationship Id="rId902" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"'
        ' Target="/xl/threadedComments/threadedComment901.xml"/></Relationships>'
    )
    parts["xl/drawings/drawing901.xml"] = _BOX
    parts["xl/threadedComments/threadedComment901.xml"] = _TALK
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text.encode("utf-8", "surrogateescape"))
    return out.getvalue()
