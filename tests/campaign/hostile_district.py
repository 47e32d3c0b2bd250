"""A district whose schools type hostile texts everywhere, and what its workbook holds afterwards."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape as xml_escape

import coordinator as office
import district_fixture as district
import openpyxl
from lxml import etree
from openpyxl.comments import Comment

from sheetsync import campaign
from sheetsync.columns import SETTINGS_SHEET
from sheetsync.settings import SETTINGS_ROWS
from sheetsync.workbooks.templates import macros_bytes

COLUMNS: Final = ("info", "document", "reason")
SCHOOLS: Final = ("S01", "S02", "S03")
_MARK: Final = re.compile(r"@@(\d+)@@")
_NEEDS_ESCAPE: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_DIGITS: Final = re.compile(r"\d+")


def order_of(rows: int) -> str:
    """The invented order with as many activities for every school as asked for."""
    head, rest = district.ORDER.split("1.1.\t")
    tail = rest[rest.index("\nСписок школ") :]
    words = ("сбор", "обзор", "разбор", "отчёт", "опрос", "тренинг", "семинар", "выезд", "урок", "зачёт")
    made = [
        f"1.{number}.\t{words[number % 10].capitalize()} {words[number // 10 % 10]} {number} в школе\tПостоянно\tОО\tСправка"
        for number in range(1, rows + 1)
    ]
    return head + "\n".join(made) + "\n" + tail


def new(folder: Path, rows: int) -> Path:
    """A campaign of that order, forms issued; answers are shown as they are typed."""
    order = folder / "Приказ.txt"
    order.write_text(order_of(rows), encoding="utf-8")
    place = folder / "К"
    campaign.new_campaign(place, order, district.NOW)
    office.edit(place, _keep_personal_data)
    campaign.issue_forms(place, district.NOW)
    return place


def _keep_personal_data(book: Any) -> None:
    wanted = next((one for one in SETTINGS_ROWS if one.key == "privacy"), None)
    if wanted is None:
        return
    cells = (cell for row in book[SETTINGS_SHEET].iter_rows() for cell in row)
    label = next(cell for cell in cells if cell.value == wanted.label)
    label.offset(0, 1).value = wanted.choices[1]


@dataclass(frozen=True)
class Typed:
    """What one school typed, and in which form it lies."""

    code: str
    file: str
    answers: Mapping[str, Mapping[str, str]]
    comments: Mapping[str, str]
    targets: Mapping[str, str]
    """By activity number: all texts, the comment of «Информация», the target of «Документ»."""


def shared_out(texts: Sequence[str], rows: int) -> list[Typed]:
    """The texts dealt to the columns of every school's rows."""
    dealt = iter(texts)
    found = []
    for code in SCHOOLS:
        answers: dict[str, dict[str, str]] = {}
        for number, column in ((f"1.{row}", one) for row in range(1, rows + 1) for one in COLUMNS):
            text = next(dealt, None)
            if text is not None:
                answers.setdefault(number, {})[column] = text
        found.append(Typed(code, f"{code}.xlsx", answers, {}, {}))
    return found


def form(place: Path, typed: Typed) -> bytes:
    """The school's form as Excel would save it with these texts in it."""
    texts: list[str] = []

    def mark(text: str) -> str:
        texts.append(text)
        return f"@@{len(texts) - 1}@@"

    answers = {
        number: {column: mark(text) for column, text in cells.items()}
        for number, cells in typed.answers.items()
    }

    def hang(sheet: Any) -> None:
        columns, header = district.header_of(sheet)
        for row in range(header + 1, sheet.max_row + 1):
            number = str(sheet.cell(row, columns["number"]).value)
            if number in typed.comments:
                sheet.cell(row, columns["info"]).comment = Comment(mark(typed.comments[number]), "Школа")
            if number in typed.targets:
                sheet.cell(row, columns["document"]).hyperlink = f"http://{mark(typed.targets[number])}"

    saved = district.filled(place, typed.code, answers, hang)
    return _put_in(saved, texts)


def _put_in(saved: bytes, texts: Sequence[str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name).decode("utf-8") if name.endswith((".xml", ".rels")) else None
            if part is None or "@@" not in part:
                new.writestr(name, old.read(name))
                continue
            if name.endswith(".rels"):
                part = re.sub(r"http://@@(\d+)@@", lambda one: _attribute(texts[int(one[1])]), part)
            part = re.sub(r"<t>(@@\d+@@)", r'<t xml:space="preserve">\1', part)
            new.writestr(name, _MARK.sub(lambda one: as_excel_stores(texts[int(one[1])]), part))
    return out.getvalue()


def as_excel_stores(text: str) -> str:
    return xml_escape(_NEEDS_ESCAPE.sub(lambda one: f"_x{ord(one[0]):04X}_", text), {"\r": "_x000D_"})


def _attribute(text: str) -> str:
    kept = "".join(one for one in text if one >= " " or one in "\t\r\n")
    return xml_escape(kept, {'"': "&quot;", "\t": "&#9;", "\r": "&#13;", "\n": "&#10;"})


# --- what a written workbook holds


def cells_of(data: bytes) -> Iterator[tuple[str, Any, str]]:
    """(sheet, cell, text a person sees) of every text cell, read by openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.data_type != "f":
                    yield sheet.title, cell, as_seen(cell.value)


def as_seen(stored: str) -> str:
    """Stored text with its escapes undone, independently of the product."""
    return re.sub(r"_x(?![dD][89a-fA-F])([0-9A-Fa-f]{4})_", lambda one: chr(int(one[1], 16)), stored)


def formulas_of(data: bytes) -> set[str]:
    """Formulas of a workbook with their numbers left out: those of moved rows are the same."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [
            archive.read(name)
            for name in archive.namelist()
            if re.match(r"xl/(worksheets|tables)/[^/]+\.xml", name)
        ]
    trees = [etree.fromstring(part) for part in parts]
    found = (
        one.text or ""
        for tree in trees
        for one in tree.iter("{*}f", "{*}calculatedColumnFormula", "{*}totalsRowFormula")
    )
    return {_DIGITS.sub("9", one) for one in found}


def outward(data: bytes) -> list[str]:
    """Everything of a package that leads or reaches outside, but for sound web addresses and our own macros."""
    wrong = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if _FOREIGN.search(name) and archive.read(name) != macros_bytes():
                wrong.append(name)
            if name.endswith(".rels"):
                wrong += [
                    f"{name}: {one[:80]!r}" for one in _external(archive.read(name)) if not _is_sound(one)
                ]
            if name == "xl/workbook.xml":
                names = etree.fromstring(archive.read(name)).iter("{*}definedName")
                wrong += [f"name: {one.text}" for one in names if _NO_NAME.search(one.text or "")]
    return wrong


_FOREIGN: Final = re.compile(
    "externalLinks?|vbaProject|connections|queryTable|activeX|embeddings|oleObject|customXml", re.IGNORECASE
)
_NO_NAME: Final = re.compile(r"@@|\[|https?:|\||'\\")


def _external(relations: bytes) -> Iterator[str]:
    for one in etree.fromstring(relations):
        if one.get("TargetMode") == "External":
            yield one.get("Target", "")


def _is_sound(target: str) -> bool:
    is_web = re.match(r"https?://[^/\\\s@]", target, re.IGNORECASE)
    return bool(is_web) and len(target) <= 2_079 and not re.search(r"[\s\x00-\x1f\"<>\\]", target)
