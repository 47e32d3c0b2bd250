"""Values of cells, exactly as written: texts, numbers, serial dates, formulas; notes and links.

Everything goes as ``userEnteredValue``, so nothing is parsed again: «1.10» and «=СУММ(1;2)» stay texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from typing import Any, Final

from msgspec import Struct
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.formula import ArrayFormula

from sheetsync.grid import Area
from sheetsync.workbooks.google.port import Json, Request
from sheetsync.workbooks.google.ranges import grid_range
from sheetsync.workbooks.google.serials import serial
from sheetsync.workbooks.google.translated_colours import Palette
from sheetsync.workbooks.google.translated_formulas import (
    FormulaNotForGoogle,
    Obstacle,
    Surroundings,
    google_formula,
)
from sheetsync.workbooks.google.translated_looks import text_format
from sheetsync.workbooks.google.translated_source import OpenpyxlCell, SourceSheet

_FORMULA: Final = "f"
_OPENS_ANYWHERE: Final = re.compile(r"https?://|mailto:", re.IGNORECASE)
_CONTROL: Final = re.compile(r"_x(00[01][0-9A-F])_", re.IGNORECASE)


class Wording(Struct, frozen=True):
    """What the cells of a sheet are written with."""

    palette: Palette
    around: Surroundings
    sheets: Mapping[str, int]
    """Ids by title, for links inside the workbook."""


def contents(source: SourceSheet, wording: Wording) -> Iterator[Request]:
    """One request for all values, notes and links of a sheet; one more for each link on a number.

    Raises ``FormulaNotForGoogle`` with the sheet and the cell.
    """
    rows = [
        {"values": _shortened([_cell_data(cell, source, wording) for cell in row])} for row in source.rows()
    ]
    used = {name for row in rows for cell in row["values"] for name in cell}
    if used:
        fields = ",".join(sorted(used))
        start = {"sheetId": source.id, "rowIndex": 0, "columnIndex": 0}
        yield {"updateCells": {"start": start, "rows": _shortened(rows), "fields": fields}}
    yield from _links_on_numbers(source, wording)


def _shortened(items: list[Any]) -> list[Any]:
    """The list without what is empty at its end."""
    last = max((at for at, one in enumerate(items, 1) if one not in ({}, {"values": []})), default=0)
    return items[:last]


def _cell_data(cell: OpenpyxlCell, source: SourceSheet, wording: Wording) -> Json:
    data: Json = {}
    value = _value(cell, source, wording)
    if value:
        data["userEnteredValue"] = value
    if "stringValue" in value:
        runs = _runs(cell, link_of(cell, wording.sheets), wording.palette)
        data |= {"textFormatRuns": runs} if runs else {}
    if cell.comment and cell.comment.text:
        data["note"] = _unescaped(cell.comment.text)
    return data


def _value(cell: OpenpyxlCell, source: SourceSheet, wording: Wording) -> Json:
    """The value as Google's ``ExtendedValue``; nothing for an empty cell."""
    value = cell.value
    if cell.data_type == _FORMULA:
        return {"formulaValue": _formula(cell, source, wording)}
    match value:
        case None | "":
            return {}
        case bool():
            return {"boolValue": value}
        case int() | float():
            return {"numberValue": value}
        case date() | time() | timedelta():
            return {"numberValue": serial(value)}
    return {"stringValue": _unescaped(str(value))}


def _formula(cell: OpenpyxlCell, source: SourceSheet, wording: Wording) -> str:
    """The formula of a cell; one that spills or is entered as an array says so to Google."""
    text = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
    if not isinstance(text, str):
        kind = type(cell.value).__name__
        raise FormulaNotForGoogle(Obstacle.KIND, kind, source.title, cell.coordinate)
    try:
        written = google_formula(text, wording.around, source.title, cell.row)
    except FormulaNotForGoogle as error:
        raise FormulaNotForGoogle(error.obstacle, error.what, source.title, cell.coordinate) from error
    if text is cell.value:
        return written
    return f"=ARRAYFORMULA({written.removeprefix('=')})"


def _unescaped(text: str) -> str:
    """A text as a person sees it: openpyxl undoes «_x005F_» only, not what stands for a control character."""
    return _CONTROL.sub(lambda found: chr(int(found[1], 16)), text)


def _runs(cell: OpenpyxlCell, link: str | None, palette: Palette) -> list[Json]:
    """Parts of a text that look otherwise than its cell, or lead somewhere."""
    led: Json = {"link": {"uri": link}} if link else {}
    if not isinstance(cell.value, CellRichText):
        return [{"format": text_format(cell.font, palette) | led}] if link else []
    runs: list[Json] = []
    start = 0
    for part in cell.value:
        look = _inline(part.font, palette) if isinstance(part, TextBlock) else {}
        runs.append(({"startIndex": start} if start else {}) | {"format": look | led})
        start += len(_unescaped(str(part)).encode("utf-16-le")) // 2
    return runs


def _inline(font: InlineFont, palette: Palette) -> Json:
    """The look of a part of a text."""
    whole = Font(font.rFont, font.sz, b=font.b, i=font.i, u=font.u, strike=font.strike, color=font.color)
    return text_format(whole, palette)


# --- links --------------------------------------------------------------------------------------


def link_of(cell: OpenpyxlCell, sheets: Mapping[str, int]) -> str | None:
    """Where a cell leads: an address, or a place of this spreadsheet as «#gid=5&range=A1».

    A file of the office's computer opens for nobody else, and Google may refuse the whole form for it:
    its words stay without the link.
    """
    link = cell.hyperlink
    if link is None:
        return None
    if link.target and not link.target.startswith("#"):
        address = f"{link.target}#{link.location}" if link.location else str(link.target)
        return address if _OPENS_ANYWHERE.match(address) else None
    sheet, _, place = (link.location or link.target or "").removeprefix("#").rpartition("!")
    number = sheets.get(sheet.strip("'").replace("''", "'"))
    return None if number is None else f"#gid={number}&range={place.replace('$', '')}"


def _links_on_numbers(source: SourceSheet, wording: Wording) -> Iterator[Request]:
    """Runs of text hold links of texts only; a number, a date or a formula bears its link as a whole."""
    for cell in source.cells():
        link = link_of(cell, wording.sheets)
        if link and cell.value is not None and not _is_text(cell):
            area = Area(cell.row, cell.column, cell.row, cell.column)
            yield {
                "repeatCell": {
                    "range": grid_range(source.id, area),
                    "cell": {"userEnteredFormat": {"textFormat": {"link": {"uri": link}}}},
                    "fields": "userEnteredFormat.textFormat.link",
                }
            }


def _is_text(cell: OpenpyxlCell) -> bool:
    return isinstance(cell.value, str | CellRichText) and cell.data_type != _FORMULA
