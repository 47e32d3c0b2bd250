"""What a coordinator does with the district workbook between two runs, and what others' programs make of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import copy
from datetime import datetime
from pathlib import Path
from typing import Any

import district_fixture as district
import openpyxl
from lxml import etree
from openxml_audit import OpenXmlValidator

from packages import packed, parts
from sheetsync import campaign, store
from sheetsync.campaign import ConsolidateResult
from sheetsync.columns import ENTRIES
from sheetsync.workbooks.excel_file import ExcelFile

Change = Callable[[Any], None]


# --- the campaign


def workbook(place: Path) -> Path:
    return place / store.NEW_WORKBOOK_NAME


def data(place: Path) -> bytes:
    return workbook(place).read_bytes()


def press(place: Path, minute: int = 0, **options: Any) -> ConsolidateResult:
    """The button, at its own minute, so that runs are told apart."""
    return campaign.consolidate(place, district.DUE, datetime(2026, 6, 15, 9, minute), **options)


def press_whole(place: Path, minute: int = 0) -> ConsolidateResult:
    """The same, judged at once: the result tells every row."""
    return press(place, minute, whole=True)


def send(place: Path, code: str, name: str = "", answers: Mapping[str, Any] | None = None) -> None:
    given = answers or district.all_good(place, code)
    district.receive(place, name or f"{code}.xlsx", district.filled(place, code, given))


def rows(place: Path, table: str) -> list[dict[str, str]]:
    read = ExcelFile.from_bytes(data(place)).read_table(table)
    return [dict(zip(read.headers, [cell.text for cell in row], strict=True)) for row in read.rows]


def entries(place: Path) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["Участник"], row["№"]): row for row in rows(place, ENTRIES.name)}


def codes(result: ConsolidateResult) -> list[str]:
    return [one.code for one in result.consolidation.findings]


# --- the coordinator at work


def edit(place: Path, change: Change) -> None:
    """Open the workbook with openpyxl, change it, save it."""
    book = openpyxl.load_workbook(workbook(place))
    change(book)
    book.save(workbook(place))


def column_of(sheet: Any, header: str) -> int:
    return next(cell.column for row in sheet.iter_rows(max_row=40) for cell in row if cell.value == header)


def row_of(sheet: Any, *texts: str) -> int:
    """The first row that shows all these texts."""
    return next(row[0].row for row in sheet.iter_rows() if set(texts) <= {str(cell.value) for cell in row})


def decide(book: Any, who: str, number: str, verdict: str, remark: str) -> None:
    sheet = book[ENTRIES.sheet]
    row = row_of(sheet, who, number)
    sheet.cell(row, column_of(sheet, "Решение")).value = verdict
    sheet.cell(row, column_of(sheet, "Замечание района")).value = remark


def add_row(sheet: Any, values: Mapping[str, object], *, grow: bool = True) -> None:
    """A row typed under the table; ``grow``: as Excel does it, else the table stays as it was."""
    (table,) = sheet.tables.values()
    left, top, right, bottom = openpyxl.utils.range_boundaries(table.ref)
    for column in range(left, right + 1):
        header = sheet.cell(top, column).value
        if header in values:
            sheet.cell(bottom + 1, column).value = values[header]
    if grow:
        corner = f"{openpyxl.utils.get_column_letter(right)}{bottom + 1}"
        table.ref = table.autoFilter.ref = f"{openpyxl.utils.get_column_letter(left)}{top}:{corner}"


def drop_rows(sheet: Any, *texts: str) -> None:
    """Delete a row of a table, as Excel does it: the rows below come up."""
    (table,) = sheet.tables.values()
    left, top, right, bottom = openpyxl.utils.range_boundaries(table.ref)
    sheet.delete_rows(row_of(sheet, *texts))
    corner = f"{openpyxl.utils.get_column_letter(right)}{bottom - 1}"
    table.ref = table.autoFilter.ref = f"{openpyxl.utils.get_column_letter(left)}{top}:{corner}"


def add_column(sheet: Any, header: str) -> int:
    """An own column at the right edge of the table, as Excel takes it in; its place."""
    (table,) = sheet.tables.values()
    left, top, right, bottom = openpyxl.utils.range_boundaries(table.ref)
    for row in range(top, bottom + 1):
        sheet.cell(row, right + 1)._style = copy(sheet.cell(row, right)._style)
    sheet.cell(top, right + 1).value = header
    letters = openpyxl.utils.get_column_letter
    table.ref = table.autoFilter.ref = f"{letters(left)}{top}:{letters(right + 1)}{bottom}"
    column = copy(table.tableColumns[-1])
    column.id, column.name = max(one.id for one in table.tableColumns) + 1, header
    column.calculatedColumnFormula = None
    table.tableColumns.append(column)
    return int(right + 1)


# --- other programs


def without_tables(book: bytes) -> bytes:
    """The workbook as an online program saves it: cells stay, table objects go."""
    gone = (
        (r"xl/worksheets/_rels/.*", rb"<Relationship [^>]*/table\"[^>]*/>"),
        (r"xl/worksheets/[^/]*", rb"<tableParts.*?</tableParts>"),
        (r"\[Content_Types\]\.xml", rb"<Override [^>]*/xl/tables/[^>]*/>"),
    )
    kept = {name: one for name, one in parts(book).items() if not name.startswith("xl/tables/")}
    for which, what in gone:
        kept |= {name: re.sub(what, b"", one) for name, one in kept.items() if re.fullmatch(which, name)}
    return packed(kept)


def with_prefixes(book: bytes) -> bytes:
    """The workbook as another producer writes it: prefixed names, cells without addresses."""
    which = r"xl/(workbook|styles|sharedStrings|worksheets/[^/]*|tables/[^/]*)\.xml"
    return packed(
        {
            name: _prefixed(one, drop_addresses="worksheets/" in name) if re.fullmatch(which, name) else one
            for name, one in parts(book).items()
        }
    )


def _prefixed(content: bytes, *, drop_addresses: bool) -> bytes:
    root = etree.fromstring(content)
    main = etree.QName(root).namespace
    nsmap = {prefix or "x": uri for prefix, uri in root.nsmap.items()}
    made = etree.Element(root.tag, nsmap=nsmap)
    made.attrib.update(root.attrib)
    made.extend(list(root))
    if drop_addresses:
        for row in made.iter(f"{{{main}}}row"):
            places = [cell.get("r") for cell in row]
            if places == [
                f"{openpyxl.utils.get_column_letter(n)}{row.get('r')}" for n, _ in enumerate(row, 1)
            ]:
                for cell in row:
                    del cell.attrib["r"]
    etree.cleanup_namespaces(made, keep_ns_prefixes=list(nsmap))
    return etree.tostring(made, xml_declaration=True, encoding="UTF-8", standalone=True)


# --- looking into a file

FALSE_ALARMS = {
    "inline-string cell": "openpyxl leaves no shared strings; text in the cells themselves is as good",
    "Unexpected element 'b' found": "openpyxl's order inside the fonts of conditional formats; Excel takes it",
    "Unexpected element 'i' found": "the same",
    "Unexpected element 'color' found": "the same",
    "relationships/theme' is missing": "LibreOffice writes no theme; Excel takes its own",
}
"""Findings of openxml-audit on files other programs saved: part of the description -> the reason."""


def faults(book: bytes, folder: Path) -> list[str]:
    """What the schema validator says of a workbook, but for the known false alarms."""
    has_macros = b"macroEnabled" in parts(book)["[Content_Types].xml"]
    path = folder / f"проверка.{'xlsm' if has_macros else 'xlsx'}"
    path.write_bytes(book)
    told = [f"{one.part_uri}: {one.description}" for one in OpenXmlValidator().validate(str(path)).errors]
    return [one for one in told if not any(alarm in one for alarm in FALSE_ALARMS)]


def orphan_parts(book: bytes) -> set[str]:
    """Parts no relation leads to."""
    content = parts(book)
    reached = {"[Content_Types].xml"} | {name for name in content if name.endswith(".rels")}
    for name in [one for one in content if one.endswith(".rels")]:
        folder = Path(name).parent.parent
        for one in etree.fromstring(content[name]):
            target = one.get("Target", "")
            joined = Path(target.lstrip("/")) if target.startswith("/") else folder / target
            steps: list[str] = []
            for step in joined.parts:
                if step == "..":
                    steps.pop()
                elif step != ".":
                    steps.append(step)
            reached.add("/".join(steps))
    return set(content) - reached


def chart_ranges(book: bytes) -> list[str]:
    """What the charts of a workbook are drawn from."""
    return sorted(
        one.text or ""
        for name, content in parts(book).items()
        if re.search(r"charts/chart\d+\.xml$", name)
        for one in etree.fromstring(content).iter("{*}f")
    )


def rules(book: bytes) -> dict[str, tuple[int, int]]:
    """(conditional formats, validations) of each sheet part."""
    return {
        name: (content.count(b"<cfRule"), content.count(b"<dataValidation "))
        for name, content in parts(book).items()
        if name.startswith("xl/worksheets/sheet")
    }
