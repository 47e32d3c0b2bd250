"""Formulas, addresses of links and number formats: Excel's spelling and LibreOffice's own.

LibreOffice has a parser for Excel's formulas, but references to tables are lost in it, so the few
differences are told apart here, outside of quoted texts: «,» and «;», «Лист!A1» and «$Лист.A1»,
«{1,2;3,4}» and «{1;2|3;4}», «tbl[@Имя]» and «tbl[[#This Row];[Имя]]».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_QUOTED: Final = r'"(?:[^"]|"")*"'
_SHEET: Final = r"'(?:[^']|'')*'|[^\W\d][\w.]*"
_BRACKETS: Final = r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]"
_ARRAY: Final = r'\{(?:[^{}"]|"(?:[^"]|"")*")*\}'

_EXCEL: Final = re.compile(
    rf"(?P<text>{_QUOTED})|(?P<array>{_ARRAY})|(?P<table>{_BRACKETS})|(?P<sheet>{_SHEET})!"
    rf"|(?P<newer>_xlfn\.(?:_xlws\.)?)|(?P<comma>,)"
)
_OFFICE: Final = re.compile(
    rf"(?P<text>{_QUOTED})|(?P<array>{_ARRAY})|(?P<table>{_BRACKETS})|\$?(?P<sheet>{_SHEET})\.(?=\$?[A-Z]{{1,3}}(?:\$?\d|:)|#REF)"
    rf"|(?P<truth>\b(?:TRUE|FALSE)\(\))|(?P<semicolon>;)"
)
_THIS_ROW: Final = "[#This Row]"


def to_office(formula: str) -> str:
    """A formula as Excel spells it, spelled as LibreOffice does."""

    def spelled(found: re.Match[str]) -> str:
        match found.lastgroup:
            case "array":
                return _swapped(found[0], {",": ";", ";": "|"})
            case "table":
                return _this_row(_swapped_brackets(found[0], ",", ";"))
            case "sheet":
                return f"${found['sheet']}."
            case "newer":
                return ""
            case "comma":
                return ";"
        return found[0]

    return _EXCEL.sub(spelled, formula)


def to_excel(formula: str) -> str:
    """A formula as LibreOffice spells it, spelled as Excel does."""

    def spelled(found: re.Match[str]) -> str:
        match found.lastgroup:
            case "array":
                return _swapped(found[0], {";": ",", "|": ";"})
            case "table":
                return _swapped_brackets(found[0], ";", ",")
            case "sheet":
                return f"{found['sheet']}!"
            case "truth":
                return found[0][:-2]
            case "semicolon":
                return ","
        return found[0]

    return _OFFICE.sub(spelled, formula)


def _swapped(array: str, marks: dict[str, str]) -> str:
    pieces = re.split(rf"({_QUOTED})", array)
    table = str.maketrans(marks)
    return "".join(piece if piece.startswith('"') else piece.translate(table) for piece in pieces)


def _swapped_brackets(reference: str, old: str, new: str) -> str:
    """The separator between the parts of «[[#All],[Имя]]»; one inside a column's name stays."""
    return re.sub(rf"\]\s*{re.escape(old)}\s*\[", f"]{new}[", reference)


def _this_row(reference: str) -> str:
    found = re.fullmatch(r"\[@(?:\[(?P<whole>.*)\]|(?P<plain>[^\[\]]*))\]", reference)
    if not found:
        return reference
    column = found["whole"] or found["plain"]
    return f"[{_THIS_ROW};[{column}]]" if column else f"[{_THIS_ROW}]"


def quoted(sheet: str) -> str:
    """A sheet's name as a formula spells it: in apostrophes unless it is one plain word."""
    if sheet.replace(".", "_").isidentifier():
        return sheet
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"


# --- places inside the workbook a link leads to


def target_to_office(target: str) -> str:
    """«#Лист!A1» as LibreOffice keeps it, «#Лист.A1»; other targets as they are."""
    if not target.startswith("#"):
        return target
    sheet, mark, cell = target.rpartition("!")
    return f"{sheet}.{cell}" if mark else target


def target_to_excel(target: str) -> str:
    """«#$Лист.A1» as Excel keeps it, «#Лист!A1»; other targets as they are."""
    if not target.startswith("#"):
        return target
    sheet, mark, cell = target.rpartition(".")
    return f"#{sheet[1:].removeprefix('$')}!{cell}" if mark else target


# --- number formats

_DATE_LETTERS: Final = str.maketrans("DMYHSДМГЧС", "dmyhsdmyhs")


def code_to_excel(code: str) -> str:
    """A format code as LibreOffice spells it, with Excel's letters of dates: small and English."""
    return "".join(_code_pieces(code))


def _code_pieces(code: str) -> Iterator[str]:
    for piece in re.split(r'("[^"]*"|\\.|\[[^\]]*\]|AM/PM|General)', code):
        if re.fullmatch(r"\[[HMSЧМС]+\]", piece):
            yield piece.translate(_DATE_LETTERS)
        elif piece.startswith(('"', "\\", "[")) or piece in ("AM/PM", "General"):
            yield piece
        else:
            yield piece.translate(_DATE_LETTERS)
