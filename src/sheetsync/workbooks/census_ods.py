"""The census of .ods, over the element tree of its content."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final
from xml.etree.ElementTree import Element, fromstring

from sheetsync.workbooks.census_items import Item, ItemKind, letters

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW: Final = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_PARAGRAPHS: Final = (f"{_TEXT}p", f"{_TEXT}h")
_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_ROW_GROUPS: Final = (f"{_TABLE}table-row-group", f"{_TABLE}table-header-rows", f"{_TABLE}table-rows")
_STORED: Final = ("value", "date-value", "time-value", "boolean-value", "string-value")
_SPELLED_LINK: Final = re.compile(r'[^=]*=\s*hyperlink\s*\(\s*"(([^"]|"")+)"\s*[,;)]', re.IGNORECASE)
_CONSTANT: Final = re.compile(r'(?:[^=]*=)?("|[-+.\d]+\Z)')


def ods_items(part: Callable[[str], bytes]) -> Iterator[Item]:
    """Items of every sheet in order, then the names that hold constants."""
    root = fromstring(part("content.xml"))
    for sheet in root.iterfind(f".//{_OFFICE}spreadsheet/{_TABLE}table"):
        if sheet.find(f"{_TABLE}table-source") is None:
            yield from _sheet_items(sheet)
    for name in root.iter(f"{_TABLE}named-expression"):
        expression = name.get(f"{_TABLE}expression", "")
        if _CONSTANT.match(expression):
            yield Item(
                "", name.get(f"{_TABLE}name", ""), ItemKind.NAME, expression.partition("=")[2] or expression
            )


def _sheet_items(sheet: Element) -> Iterator[Item]:
    title = sheet.get(f"{_TABLE}name", "")
    first = 1
    for row in _rows(sheet):
        times = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        found = list(_row_items(row))
        for number in range(first, first + times) if found else ():
            yield from (Item(title, f"{letters(column)}{number}", kind, text) for column, kind, text in found)
        first += times
    for shape in sheet.iter():
        if shape.tag.startswith(_DRAW):
            text = "\n".join(_said(one) for one in shape if one.tag in _PARAGRAPHS).strip()
            if text:
                yield Item(title, "", ItemKind.SHAPE, text)


def _rows(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def _row_items(row: Element) -> Iterator[tuple[int, ItemKind, str]]:
    column = 1
    for cell in (one for one in row if one.tag in _CELLS):
        times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        found = list(_cell_items(cell))
        for at in range(column, column + times) if found else ():
            yield from ((at, kind, text) for kind, text in found)
        column += times


def _cell_items(cell: Element) -> Iterator[tuple[ItemKind, str]]:
    paragraphs = [one for one in cell if one.tag in _PARAGRAPHS]
    formula = cell.get(f"{_TABLE}formula", "")
    text = _value(cell, paragraphs) or (formula and f"={formula.partition('=')[2]}")
    if text.strip():
        yield ItemKind.VALUE, text
    spelled = _SPELLED_LINK.match(formula)
    targets = [link.get(_HREF, "") for one in paragraphs for link in one.iter(f"{_TEXT}a")]
    if spelled:
        targets.append(spelled[1].replace('""', '"'))
    yield from ((ItemKind.LINK, target) for target in dict.fromkeys(targets) if target)
    notes = cell.findall(f"{_OFFICE}annotation")
    said = "\n".join(_said(one) for note in notes for one in note.iter() if one.tag in _PARAGRAPHS)
    if said.strip():
        yield ItemKind.COMMENT, said


def _value(cell: Element, paragraphs: list[Element]) -> str:
    shown = "\n".join(_said(one) for one in paragraphs)
    kind = cell.get(f"{_OFFICE}value-type", "string")
    if kind == "string" and shown.strip():
        return shown
    return next((cell.get(f"{_OFFICE}{name}", "") for name in _STORED if cell.get(f"{_OFFICE}{name}")), shown)


def _said(element: Element) -> str:
    """The text of a paragraph; spaces, tabs and line breaks are elements of their own."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            pieces.append(" " * int(child.get(f"{_TEXT}c", "1")))
        elif child.tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        if child.tag != f"{_OFFICE}annotation":
            pieces.append(_said(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
