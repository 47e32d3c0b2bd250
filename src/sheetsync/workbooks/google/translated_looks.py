"""Looks of cells: fonts, fills, borders, alignment, number formats, in rectangles of equal look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from copy import copy
from typing import Final

from openpyxl.styles import Alignment, Border, Font
from openpyxl.styles.numbers import is_datetime

from sheetsync.workbooks.google.port import Json, Request
from sheetsync.workbooks.google.ranges import Place, grid_range, rectangles
from sheetsync.workbooks.google.translated_colours import Palette
from sheetsync.workbooks.google.translated_source import OpenpyxlCell, SourceSheet

_LINES: Final = {
    "thin": "SOLID",
    "medium": "SOLID_MEDIUM",
    "thick": "SOLID_THICK",
    "double": "DOUBLE",
    "hair": "DOTTED",
    "dotted": "DOTTED",
    "dashed": "DASHED",
    "dashDot": "DASHED",
    "dashDotDot": "DASHED",
    "mediumDashed": "DASHED",
    "mediumDashDot": "DASHED",
    "mediumDashDotDot": "DASHED",
    "slantDashDot": "DASHED",
}
_ACROSS: Final = {
    "left": "LEFT",
    "center": "CENTER",
    "centerContinuous": "CENTER",
    "right": "RIGHT",
    "justify": "LEFT",
    "distributed": "CENTER",
}
_UPRIGHT: Final = {"top": "TOP", "center": "MIDDLE", "justify": "TOP", "distributed": "MIDDLE"}
_STACKED: Final = 255
_RIGHT_ANGLE: Final = 90
_PIXELS_AN_INDENT: Final = 9
_PADDING: Final = {"top": 2, "right": 3, "bottom": 2, "left": 3}
_TEXT: Final = "@"
_GENERAL: Final = "General"
_SHORT_DATES: Final = {"mm-dd-yy": "dd.mm.yyyy", "m/d/yy h:mm": "dd.mm.yyyy h:mm"}
"""Excel's formats 14 and 22: «the short date of this country», spelled for the USA in the file."""
_KINDS: Final = {"date": "DATE", "time": "TIME", "datetime": "DATE_TIME"}


def looks(source: SourceSheet, palette: Palette) -> Iterator[Request]:
    """The look of the sheet: the workbook's usual font everywhere, then every rectangle's own."""
    usual = cell_format(source.sheet.parent._fonts[0], palette)
    yield _painted({"sheetId": source.id}, usual)
    places: dict[int, list[Place]] = defaultdict(list)
    samples: dict[int, OpenpyxlCell] = {}
    for cell in source.cells():
        if cell.has_style:
            places[cell.style_id].append((cell.row, cell.column))
            samples.setdefault(cell.style_id, cell)
    for style, where in places.items():
        look = _look(samples[style], palette)
        if look != usual:
            for area in rectangles(where):
                yield _painted(grid_range(source.id, area), look)


def _painted(where: Json, look: Json) -> Request:
    return {
        "repeatCell": {"range": where, "cell": {"userEnteredFormat": look}, "fields": "userEnteredFormat"}
    }


def _look(cell: OpenpyxlCell, palette: Palette) -> Json:
    """How one cell looks, without what is Google's usual anyway.

    A fill is copied: openpyxl shows styles through proxies, and this one must say which kind it is.
    """
    look = cell_format(cell.font, palette)
    look |= _aligned(cell.alignment)
    fill = palette.fill(copy(cell.fill))
    if fill:
        look["backgroundColorStyle"] = fill
    lines = _framed(cell.border, palette)
    if lines:
        look["borders"] = lines
    number = number_format(cell.number_format)
    if number:
        look["numberFormat"] = number
    return look


def cell_format(font: Font, palette: Palette) -> Json:
    """The part of a look that is the font's."""
    return {"textFormat": text_format(font, palette)}


def text_format(font: Font, palette: Palette) -> Json:
    found: Json = {}
    if font.name:
        found["fontFamily"] = font.name
    if font.sz:
        found["fontSize"] = int(font.sz + 0.5)
    colour = palette.style(font.color)
    if colour:
        found["foregroundColorStyle"] = colour
    return found | {
        name: True
        for name, there in {
            "bold": font.b,
            "italic": font.i,
            "underline": font.u not in (None, "none"),
            "strikethrough": font.strike,
        }.items()
        if there
    }


def number_format(code: str | None) -> Json | None:
    """A number format of Excel as Google's kind and pattern."""
    if not code or code == _GENERAL:
        return None
    if code == _TEXT:
        return {"type": "TEXT"}
    if code in _SHORT_DATES:
        return {"type": "DATE_TIME" if "h" in code else "DATE", "pattern": _SHORT_DATES[code]}
    when = is_datetime(code)
    if when:
        return {"type": _KINDS[when], "pattern": _bare_date(code)}
    if _TEXT in code:
        return {"type": "TEXT", "pattern": code}
    return {"type": "PERCENT" if "%" in code else "NUMBER", "pattern": code}


def _bare_date(code: str) -> str:
    """The first section of a date format without the mark of a language: «[$-419]dd.mm.yyyy;@»."""
    first = code.partition(";")[0]
    return first.partition("]")[2] if first.startswith("[$") else first


def _aligned(how: Alignment) -> Json:
    found: Json = {}
    if how.horizontal in _ACROSS:
        found["horizontalAlignment"] = _ACROSS[how.horizontal]
    if how.vertical in _UPRIGHT:
        found["verticalAlignment"] = _UPRIGHT[how.vertical]
    if how.wrap_text or how.horizontal == "justify" or how.vertical == "justify":
        found["wrapStrategy"] = "WRAP"
    if how.textRotation:
        found["textRotation"] = _turned(int(how.textRotation))
    if how.indent:
        side = "right" if how.horizontal == "right" else "left"
        found["padding"] = _PADDING | {side: 3 + _PIXELS_AN_INDENT * int(how.indent)}
    return found


def _turned(degrees: int) -> Json:
    """Excel counts 0–90 up and 91–180 down; Google counts −90–90."""
    if degrees == _STACKED:
        return {"vertical": True}
    return {"angle": degrees if degrees <= _RIGHT_ANGLE else _RIGHT_ANGLE - degrees}


def _framed(border: Border, palette: Palette) -> Json:
    found: Json = {}
    for side in ("top", "bottom", "left", "right"):
        line = getattr(border, side)
        if line is not None and line.style in _LINES:
            colour = palette.style(line.color)
            found[side] = {"style": _LINES[line.style]} | ({"colorStyle": colour} if colour else {})
    return found
