"""The census of a snapshot of a Google sheet, over its bare JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import unquote

from sheetsync.workbooks.census_items import Item, ItemKind, letters

_SPELLED_LINK: Final = re.compile(r'=\s*hyperlink\s*\(\s*"((?:[^"]|"")+)"\s*[,;)]', re.IGNORECASE)
_WITHOUT_SCHEME: Final = re.compile(r"\A(?:mailto:|https?://)")
_ERROR_NAMES: Final = {
    "REF": "#REF!",
    "NAME": "#NAME?",
    "VALUE": "#VALUE!",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "NULL_VALUE": "#NULL!",
}


def google_items(data: bytes) -> Iterator[Item]:
    """Items of every sheet in order; Google has no shapes one can read and no names for constants."""
    for sheet in json.loads(data)["spreadsheet"]["sheets"]:
        title = sheet.get("properties", {}).get("title", "")
        for at, cell in _cells(sheet):
            yield from (Item(title, at, kind, text) for kind, text in _cell_items(cell))


def _cells(sheet: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for block in sheet.get("data", ()):
        row = block.get("startRow", 0)
        for line in block.get("rowData", ()):
            row += 1
            column = block.get("startColumn", 0)
            for cell in line.get("values", ()):
                column += 1
                yield f"{letters(column)}{row}", cell


def _cell_items(cell: dict[str, Any]) -> Iterator[tuple[ItemKind, str]]:
    entered = cell.get("userEnteredValue", {})
    formula = entered.get("formulaValue", "")
    said = cell.get("effectiveValue", entered)
    text = _value(cell, said)
    value = text if text.strip() else formula
    if value.strip():
        yield ItemKind.VALUE, value
    words = "" if {"numberValue", "boolValue"} & said.keys() else unquote(text).lower()
    for address in dict.fromkeys(_addresses(cell, formula)):
        if address and _WITHOUT_SCHEME.sub("", unquote(address).lower()).rstrip("/") not in words:
            yield ItemKind.LINK, address
    if cell.get("note", "").strip():
        yield ItemKind.COMMENT, cell["note"]


def _value(cell: dict[str, Any], said: dict[str, Any]) -> str:
    """What stands in a cell, a number as the sheet stores it."""
    shown: str = cell.get("formattedValue", "")
    if "boolValue" in said:
        return "1" if said["boolValue"] else "0"
    if "numberValue" in said:
        return str(said["numberValue"])
    if "stringValue" in said:
        return shown if shown and cell.get("chipRuns") else said["stringValue"]
    if "errorValue" in said and shown[:1] != "#":
        return _ERROR_NAMES.get(said["errorValue"].get("type", ""), "#ERROR!")
    return shown


def _addresses(cell: dict[str, Any], formula: str) -> Iterator[str]:
    """Wherever Google keeps the targets of a cell's links."""
    spelled = _SPELLED_LINK.match(formula)
    if spelled:
        yield spelled[1].replace('""', '"')
    yield cell.get("hyperlink", "")
    for run in cell.get("textFormatRuns", ()):
        yield run.get("format", {}).get("link", {}).get("uri", "")
    for run in cell.get("chipRuns", ()):
        chip = run.get("chip", {})
        yield chip.get("richLinkProperties", {}).get("uri", "")
        if person := chip.get("personProperties", {}).get("email"):
            yield f"mailto:{person}"
