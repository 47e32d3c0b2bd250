"""Workbooks written as Markdown, so that a test shows the grid it speaks of.

    ## Отчёт
    | № | Мероприятие         | Дата         | Ссылка                         |
    |---|---------------------|--------------|--------------------------------|
    | 1 | Педсовет ^[был!]    | `2023-03-01` | [протокол](https://a.example/) |

A cell is text unless it stands in back-ticks: `` `5` ``, `` `2.5` ``, `` `2023-03-01` ``,
`` `2023-03-01 10:30` ``, `` `10:30` ``, `` `ИСТИНА` ``, `` `=A1+1 -> 5` `` (formula -> cached value).
``[text](address)`` is a hyperlink, `` ^[text] `` at the end a comment, ``<br>`` a line break,
``\\|`` a bar. The line of dashes is decoration. ``## Лист [hidden]`` or ``[veryHidden]`` hides a
sheet; without a heading the sheet is called «Лист1». A row ``|  |`` is an empty row.

``book_from`` gives the ``grid.Book``, ``xlsx_from`` the bytes of a real workbook (XlsxWriter),
``markdown_of`` writes a book back as Markdown: for the expected value of a test.
"""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from msgspec.structs import replace

from sheetsync.grid import Book, Cell, Sheet, Table, Value, Visibility, area

_HEADING = re.compile(r"^##\s+(.*?)(?:\s+\[(hidden|veryHidden)\])?\s*$")
_RULE = re.compile(r"^\|(\s*:?-+:?\s*\|)+\s*$")
_BAR = re.compile(r"(?<!\\)\|")
_COMMENT = re.compile(r"^(.*?)\s*\^\[(.*)\]$", re.DOTALL)
_LINK = re.compile(r"^\[(.*)\]\(([^()\s]*)\)$", re.DOTALL)
_FORMATS = {datetime: "dd.mm.yyyy hh:mm", date: "dd.mm.yyyy", time: "hh:mm"}


# --- Markdown -> Book ---------------------------------------------------------------------------


def book_from(
    md: str,
    *,
    properties: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    tables: Mapping[str, tuple[str, str]] | None = None,
    merges: Mapping[str, list[str]] | None = None,
    hidden_rows: Mapping[str, set[int]] | None = None,
    hidden_columns: Mapping[str, set[int]] | None = None,
) -> Book:
    """The book a Markdown text describes.

    ``tables`` is name -> (sheet, «A1:D5»); ``merges``, ``hidden_rows`` and ``hidden_columns`` are
    by sheet name.
    """
    sheets = tuple(
        dataclasses.replace(
            sheet,
            merges=tuple(area(ref) for ref in (merges or {}).get(sheet.name, ())),
            hidden_rows=frozenset((hidden_rows or {}).get(sheet.name, ())),
            hidden_columns=frozenset((hidden_columns or {}).get(sheet.name, ())),
        )
        for sheet in _sheets(md)
    )
    book = Book(sheets, dict(properties or {}), dict(names or {}))
    found = tuple(_table(book, name, sheet, ref) for name, (sheet, ref) in (tables or {}).items())
    return replace(book, tables=found)


def _sheets(md: str) -> list[Sheet]:
    sheets: list[Sheet] = []
    cells: dict[tuple[int, int], Cell] = {}
    row = 0
    for line in (raw.strip() for raw in md.splitlines()):
        if heading := _HEADING.match(line):
            cells, row = {}, 0
            sheets.append(Sheet(heading[1], cells, Visibility(heading[2] or "visible")))
        elif line.startswith("|") and not _RULE.match(line):
            if not sheets:
                sheets.append(Sheet("Лист1", cells))
            row += 1
            for column, text in enumerate(_BAR.split(line)[1:-1], start=1):
                if text.strip():
                    cells[row, column] = _cell(text.strip())
    return sheets


def _cell(text: str) -> Cell:
    text = text.replace("\\|", "|").replace("<br>", "\n")
    comment: str | None = None
    links: tuple[str, ...] = ()
    if found := _COMMENT.match(text):
        text, comment = found[1], found[2]
    if found := _LINK.match(text):
        text, links = found[1], (found[2],)
    formula: str | None = None
    value: Value = text or None
    if len(text) > 1 and text.startswith("`") and text.endswith("`"):
        value, formula = _typed(text[1:-1])
    return Cell(value, formula, links, comment)


def _typed(text: str) -> tuple[Value, str | None]:
    if text.startswith("="):
        formula, arrow, cached = text[1:].partition(" -> ")
        return (_literal(cached) if arrow else None), formula
    return _literal(text), None


def _literal(text: str) -> Value:
    if text in ("ИСТИНА", "ЛОЖЬ"):
        return text == "ИСТИНА"
    for read in (int, float, date.fromisoformat, datetime.fromisoformat, time.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return text


def _table(book: Book, name: str, sheet_name: str, ref: str) -> Table:
    sheet, place = book.sheet(sheet_name), area(ref)
    assert sheet is not None, sheet_name
    headers = tuple(sheet.at(place.top, column).text for column in range(place.left, place.right + 1))
    return Table(name, sheet_name, place, headers)


# --- Book -> Markdown ---------------------------------------------------------------------------


def markdown_of(book: Book) -> str:
    """The sheets of a book as Markdown that ``book_from`` reads back."""
    return "\n".join(line for sheet in book.sheets for line in _sheet_lines(sheet))


def _sheet_lines(sheet: Sheet) -> list[str]:
    mark = "" if sheet.visibility is Visibility.VISIBLE else f" [{sheet.visibility.value}]"
    last_row = max((row for row, _ in sheet.cells), default=0)
    width = max((column for _, column in sheet.cells), default=0)
    rows = (
        "| " + " | ".join(_cell_text(sheet.at(row, column)) for column in range(1, width + 1)) + " |"
        for row in range(1, last_row + 1)
    )
    return [f"## {sheet.name}{mark}", *rows]


def _cell_text(cell: Cell) -> str:
    match cell.value:
        case None | str():
            text = cell.value or ""
        case bool():
            text = f"`{cell.text}`"
        case date() | time():
            text = f"`{cell.value.isoformat(' ') if isinstance(cell.value, datetime) else cell.value}`"
        case number:
            text = f"`{number:g}`"
    if cell.formula is not None:
        cached = f" -> {text.strip('`')}" if text else ""
        text = f"`={cell.formula}{cached}`"
    if cell.links:
        text = f"[{text}]({cell.links[0]})"
    if cell.comment:
        text = f"{text} ^[{cell.comment}]"
    return text.replace("|", "\\|").replace("\n", "<br>")


# --- Book -> real workbook ----------------------------------------------------------------------


def xlsx_from(md: str, **options: Any) -> bytes:
    """The bytes of a real .xlsx with the sheets of ``md``; options are those of ``book_from``."""
    return xlsx_of(book_from(md, **options))


def xlsx_of(book: Book) -> bytes:
    """The bytes of a real .xlsx that holds ``book``."""
    import xlsxwriter  # noqa: PLC0415 - heavy, and only wanted here

    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_urls": False, "nan_inf_to_errors": True}
    )
    formats = {kind: workbook.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
    for sheet in book.sheets:
        _write_sheet(workbook.add_worksheet(sheet.name), sheet, formats)
    for table in book.tables:
        _write_table(workbook.get_worksheet_by_name(table.sheet), table)
    for name, target in book.names.items():
        workbook.define_name(name, f"={target}")
    for name, value in book.properties.items():
        workbook.set_custom_property(name, value, "text")
    workbook.close()
    return stream.getvalue()


def _write_sheet(out: Any, sheet: Sheet, formats: Mapping[type, Any]) -> None:
    merged_anchors = {(one.top, one.left) for one in sheet.merges}
    for one in sheet.merges:
        out.merge_range(one.top - 1, one.left - 1, one.bottom - 1, one.right - 1, "")
    for (row, column), cell in sheet.cells.items():
        assert (row, column) in merged_anchors or not any((row, column) in one for one in sheet.merges)
        _write_cell(out, row - 1, column - 1, cell, formats)
    for row in sheet.hidden_rows:
        out.set_row(row - 1, None, None, {"hidden": True})
    for column in sheet.hidden_columns:
        out.set_column(column - 1, column - 1, None, None, {"hidden": True})
    if sheet.visibility is Visibility.HIDDEN:
        out.hide()
    elif sheet.visibility is Visibility.VERY_HIDDEN:
        out.very_hidden()


def _write_cell(out: Any, row: int, column: int, cell: Cell, formats: Mapping[type, Any]) -> None:
    value, look = cell.value, formats.get(type(cell.value))
    if cell.formula is not None:
        done = out.write_formula(row, column, f"={cell.formula}", look, _cached(value))
    elif cell.links:
        done = out.write_url(row, column, cell.links[0], None, cell.text or None)
    elif isinstance(value, str):
        done = out.write_string(row, column, value)
    elif isinstance(value, bool):
        done = out.write_boolean(row, column, value)
    elif isinstance(value, (date, time)):
        done = out.write_datetime(row, column, value, look)
    elif value is not None:
        done = out.write_number(row, column, value)
    else:
        done = 0
    assert done == 0, f"XlsxWriter refused the value at row {row + 1}: {done}"
    if cell.comment is not None:
        out.write_comment(row, column, cell.comment)


def _cached(value: Value) -> Any:
    """A formula's result as a file stores it: dates are day numbers, nothing is an empty text."""
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return (moment - datetime(1899, 12, 30)).total_seconds() / 86400
    return "" if value is None else value


def _write_table(out: Any, table: Table) -> None:
    place = table.area
    columns = [{"header": header} for header in table.columns]
    out.add_table(
        place.top - 1,
        place.left - 1,
        place.bottom - 1,
        place.right - 1,
        {"name": table.name, "columns": columns},
    )
