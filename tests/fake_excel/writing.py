"""What happens when values or formulas are put into cells, and when cells are cleared."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from fake_excel import listobjects
from fake_excel.areas import Rect
from fake_excel.document import LINK_FONT, PLAIN, Cell, Document, Link, Note, Sheet, Table
from fake_excel.errors import UncertainManner, refused
from fake_excel.typed import EN, Region, Typed, serial, typed
from sheetsync.workbooks.references import translated

TEXT_LIMIT = 32_767
"""Microsoft, «Excel specifications and limits»: total number of characters that a cell can contain."""
BLOCK_TEXT_LIMIT = 8_203
"""Microsoft KB 832136: a longer text in an array put into a range is error 1004 (Excel 2003, 2007)."""
FORMULA_LIMIT = 8_192
"""Microsoft, «Excel specifications and limits»: length of formula contents."""
PROTECTED = "The cell or chart you're trying to change is on a protected sheet."
KINDS = (str, bool, int, float, datetime, type(None))

Block = tuple[tuple[Any, ...], ...]


def put_values(document: Document, sheet: Sheet, area: Rect, data: Any) -> None:
    """``Range.Value = data``: one value for all cells, or a block of the area's shape."""
    _put(document, sheet, area, data, document.program.region)


def put_formulas(document: Document, sheet: Sheet, area: Rect, data: Any) -> None:
    """``Range.Formula = data``: formulas in English; what is none is read by American rules.

    Microsoft, «Range.Formula property»: A1 notation in the language of the macro. One formula for many
    cells is adjusted for each of them.
    """
    _put(document, sheet, area, data, EN)


def may_change(document: Document, sheet: Sheet, area: Rect) -> None:
    """A locked cell of a protected sheet is not changed."""
    if sheet.protected and any(sheet.at(*spot).look.locked for spot in _bounded(sheet, area).spots()):
        raise refused(PROTECTED)


def may_rebuild(document: Document, sheet: Sheet) -> None:
    """Rows, formats, tables and notes of a protected sheet stay as they are."""
    if sheet.protected:
        raise refused(PROTECTED)


def no_filter_hides(sheet: Sheet, area: Rect) -> None:
    """What a write, a copy or a deletion does to rows a filter hides depends on how it is done."""
    if len(area_rows := range(area.top, area.bottom + 1)) > 1 and any(
        row in sheet.filtered_out for row in area_rows
    ):
        raise UncertainManner(f"a filter hides rows of {sheet.name}!{area.address()}")


def clear(document: Document, sheet: Sheet, area: Rect, *, contents: bool, formats: bool) -> None:
    """ClearContents, ClearFormats, or both with notes and links: Clear."""
    may_change(document, sheet, area)
    no_filter_hides(sheet, area)
    if any(merge.meets(area) and not merge.within(area) for merge in sheet.merges):
        raise refused("We can't do that to a merged cell.")
    for spot, cell in list(sheet.inside(area)):
        if contents:
            cell.value = cell.formula = None
            cell.prefix = False
        if formats:
            cell.look = PLAIN
        if contents and formats:
            sheet.cells[spot] = Cell()
    document.program.clipboard = None
    _settle_tables(document, sheet, area, grow=False)


def link(document: Document, sheet: Sheet, area: Rect, target: Link, text: str | None) -> None:
    """``Hyperlinks.Add``, then ``TextToDisplay``: the text is typed into the cell.

    The cell gets the style «Hyperlink», whose whole font takes the place of the cell's own; fill,
    borders and number format stay (Microsoft, «Style.IncludeFont»). An empty cell shows the address.
    """
    may_rebuild(document, sheet)
    if len(target.address + target.inside) > 2083 or len(target.tip) > 255:
        raise refused("Application-defined or object-defined error")
    for spot in area.spots():
        cell = sheet.edit(*spot)
        cell.link = target
        cell.look = replace(cell.look, style="Hyperlink", font=LINK_FONT)
        if text is None and cell.is_empty:
            cell.value = target.address or target.inside
    if text is not None:
        put_values(document, sheet, area, text)


def note(document: Document, sheet: Sheet, area: Rect, text: str) -> Note:
    """``Range.AddComment``: refused where a note is already."""
    may_rebuild(document, sheet)
    cell = sheet.edit(area.top, area.left)
    if cell.note or (area.top, area.left) in sheet.talks:
        raise refused("Application-defined or object-defined error")
    cell.note = Note(text, document.program.user)
    return cell.note


def _put(document: Document, sheet: Sheet, area: Rect, data: Any, region: Region) -> None:
    block = _block(data, area, document.program.long_texts)
    may_change(document, sheet, area)
    no_filter_hides(sheet, area)
    first = data if not isinstance(data, list | tuple) else None
    for at_row, row in enumerate(block):
        for at_column, value in enumerate(row):
            spot = area.top + at_row, area.left + at_column
            if any(merge.holds(spot) and spot != (merge.top, merge.left) for merge in sheet.merges):
                continue
            formula = isinstance(first, str) and first.startswith("=")
            put = translated(value, at_row, at_column) if formula else value
            _enter(document, sheet.edit(*spot), put, region)
    document.program.clipboard = None
    _settle_tables(document, sheet, area, grow=any(value not in ("", None) for row in block for value in row))


def _enter(document: Document, cell: Cell, value: Any, region: Region) -> None:
    """One value into one cell, as Excel takes it."""
    if cell.look.number_format == "@" and value not in ("", None):
        text = _as_text(value)
        is_prefix = text.startswith("'") and not document.program.shows_apostrophe
        found = Typed(text[is_prefix:], prefix=is_prefix)
    elif isinstance(value, str):
        found = typed(value, region)
    elif isinstance(value, datetime):
        clock = "m/d/yyyy" if value.time() == value.min.time() else "m/d/yyyy h:mm"
        found = Typed(serial(value), clock)
    else:
        found = Typed(value if value is None or isinstance(value, bool) else float(value))
    if found.formula:
        _is_a_formula(found.formula)
    cell.formula = found.formula
    cell.value = _result(document, found.formula) if found.formula else found.value
    cell.prefix = found.prefix
    if found.number_format and cell.look.number_format == "General":
        cell.look = replace(cell.look, number_format=found.number_format)


def _block(data: Any, area: Rect, long_texts: bool) -> Block:
    """What was given, as rows of the area's shape."""
    if not isinstance(data, list | tuple):
        _checked(data, TEXT_LIMIT)
        return ((data,) * area.columns,) * area.rows
    rows = tuple(data)
    if not rows or not all(isinstance(row, list | tuple) for row in rows):
        raise UncertainManner("a one-dimensional array: Excel repeats its first element down a column")
    if len({len(row) for row in rows}) != 1:
        raise TypeError("the rows of a block are of different lengths")
    if (len(rows), len(rows[0])) != (area.rows, area.columns):
        raise UncertainManner(
            f"a block of {len(rows)}x{len(rows[0])} put into {area.address()}: cut off, or #N/A in the rest"
        )
    one = area.size == 1
    for row in rows:
        for value in row:
            _checked(value, TEXT_LIMIT if one or not long_texts else BLOCK_TEXT_LIMIT)
    return tuple(tuple(row) for row in rows)


def _checked(value: Any, limit: int) -> None:
    if isinstance(value, date) and not isinstance(value, datetime):
        raise TypeError("must be a pywintypes time object (got a date)")
    if not isinstance(value, KINDS):
        raise TypeError(f"Objects of type '{type(value).__name__}' can not be converted to a COM VARIANT")
    if isinstance(value, str):
        formula = value.startswith("=")
        longest = FORMULA_LIMIT if formula else limit + value.startswith("'")
        if len(value.encode("utf-16-le")) // 2 > longest:
            raise refused("Application-defined or object-defined error")


def _is_a_formula(formula: str) -> None:
    """Excel refuses what it cannot read: open brackets or quotes, and «;» between arguments."""
    bare = re.sub(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|\{[^}]*\}', "", formula)
    broken = bare.count("(") != bare.count(")") or '"' in bare or ";" in bare or bare.rstrip() in ("=", "=-")
    if broken or re.search(r"[А-Яа-яё\w]\s+[А-Яа-яё]", bare) or bare.rstrip()[-1] in "+-*/^&,":
        raise refused("There's a problem with this formula.")


def _result(document: Document, formula: str) -> Any:
    """What a formula shows. The fake reckons only the plainest ones: it tests writers, not functions."""
    if document.program.results:
        return document.program.results(formula)
    if found := re.fullmatch(r'=HYPERLINK\("(?:[^"]|"")*",\s*"((?:[^"]|"")*)"\)', formula):
        return found[1].replace('""', '"')
    if found := re.fullmatch(r'="((?:[^"]|"")*)"', formula):
        return found[1].replace('""', '"')
    return 0.0


def _settle_tables(document: Document, sheet: Sheet, area: Rect, *, grow: bool) -> None:
    """Headers, calculated columns and borders of tables follow what was written."""
    for table in sheet.tables_at(area):
        if table.header_area.meets(area):
            listobjects.settle_headers(sheet, table)
        if table.body.meets(area):
            table.blank = table.blank and not grow
            _settle_calculated(sheet, table, area)
    if grow and document.program.grow_beside:
        listobjects.grow_beside(sheet, area)


def _settle_calculated(sheet: Sheet, table: Table, area: Rect) -> None:
    """A formula typed into one cell of an empty column fills the column.

    Microsoft, «Use calculated columns in an Excel table»; ``AutoCorrect.AutoFillFormulasInLists``.
    """
    body = table.body
    for at in range(body.columns):
        column = body._replace(left=body.left + at, right=body.left + at)
        written = column.common(area)
        if not written:
            continue
        formulas = [sheet.at(row, column.left).formula for row in range(body.top, body.bottom + 1)]
        base = [one and translated(one, -row) for row, one in enumerate(formulas)]
        others = [
            row
            for row in range(body.top, body.bottom + 1)
            if not written.top <= row <= written.bottom and not sheet.at(row, column.left).is_empty
        ]
        if written.rows == 1 and formulas[written.top - body.top] and not others:
            table.calculated[at] = base[written.top - body.top] or ""
            listobjects.fill_calculated(sheet, table, range(body.top, body.bottom + 1))
        elif base[0] and len(set(base)) == 1:
            table.calculated[at] = base[0]
        elif not any(formulas):
            table.calculated.pop(at, None)


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y}"
    return value if isinstance(value, str) else f"{value:.15g}"


def _bounded(sheet: Sheet, area: Rect) -> Rect:
    """Whole rows and columns are locked from end to end: one look at what is used is enough."""
    if area.size < 1_000_000:
        return area
    used = sheet.used
    return area.common(used) or area._replace(bottom=area.top, right=area.left)
