"""An issued form as Excel would save it, cut where a school's answers go in.

What Excel changes is changed alike: every text goes into the shared strings, formulas get their values,
links and notes get parts of their own, the parts get Excel's namespaces and stand in its order. Marks,
styles, validation, conditional formats, protection and tables stay as they were issued.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final

import corpus_parts
from corpus_zip import Member, archive, member

from sheetsync.columns import FORM_INDICATORS, REPORT, Owner
from sheetsync.workbooks.package import Package

REPORT_PART: Final = "xl/worksheets/sheet1.xml"
INDICATORS_PART: Final = "xl/worksheets/sheet2.xml"
STRINGS_PART: Final = "xl/sharedStrings.xml"
RELATIONS_PART: Final = "xl/worksheets/_rels/sheet1.xml.rels"
PROPERTY_PART: Final = "docProps/custom.xml"
PEOPLE_PART: Final = "docProps/core.xml"
PROGRESS: Final = "C4"
READY: Final = "I4"
TABLE_PLACE: Final = '<tablePart r:id="{table}"'
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_ORDER: Final = (
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/sheet",
    "xl/theme/",
    "xl/styles.xml",
    STRINGS_PART,
    "xl/worksheets/_rels/",
    "xl/drawings/",
    "xl/tables/",
    "xl/comments",
    "xl/calcChain.xml",
    "docProps/",
)
"""In which order Excel packs the parts."""
_ROW: Final = re.compile(r'<row r="(\d+)"([^>]*)>(.*?)</row>', re.DOTALL)
_CELL: Final = re.compile(r'<c r="([A-Z]+)(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_TEXT: Final = re.compile(r"<t(?: [^>]*)?>(.*?)</t>", re.DOTALL)
_STYLE: Final = re.compile(r' s="(\d+)"')


@dataclass(frozen=True, slots=True)
class RowToFill:
    """A row of «Отчёт», cut where the answers go in."""

    number: int
    planned: str
    """Cells left of the answers."""
    styles: Mapping[str, str]
    """Of the answers, by column key."""
    remark: str
    check: str
    """The calculated cell, up to its value."""
    key: str


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a form with shared strings; ``told`` is how many cells point to them."""

    parts: Mapping[str, str]
    indices: Mapping[str, int]
    told: int


@dataclass(frozen=True, slots=True)
class ExcelForm:
    """The form of one school prepared once, to be filled for every school of the campaign."""

    code: str
    name: str
    mark: str
    """The part with the mark of the copy."""
    indices: Mapping[str, int]
    told: int
    pieces: tuple[str | RowToFill, ...]
    """«Отчёт» up to its last row."""
    rules: str
    """What stands after the rows and before the links, and, in ``setup``, after the links."""
    setup: str
    indicators: str
    fixed: Mapping[str, Member]
    """Parts that are the same in every copy."""

    @property
    def targets(self) -> tuple[float, ...]:
        """The figures to reach, in the order of «Показатели»."""
        letter = letters(FORM_INDICATORS.keys)["target"]
        found = re.findall(rf'<c r="{letter}\d+"(?: s="\d+")?><v>([\d.]+)</v>', self.indicators)
        return tuple(map(float, found))

    def copy(self, parts: Mapping[str, str]) -> bytes:
        """A book with these parts instead of the form's own."""
        members = {**self.fixed, **{name: member(name, text.encode()) for name, text in parts.items()}}
        return archive(members[name] for name in sorted(members, key=_place))


def prepared(form: bytes, code: str, name: str) -> ExcelForm:
    """The form of the school with that code and name."""
    package = Package.from_bytes(form)
    parts = {one: package.read(one).decode() for one in package.names()}
    sheets = _sheets(parts)
    pieces, rules, setup = _cut(sheets.parts[REPORT_PART])
    fixed = {name: member(name, text.encode()) for name, text in _fixed(parts, sheets, pieces).items()}
    return ExcelForm(
        code,
        name,
        parts[PROPERTY_PART],
        sheets.indices,
        sheets.told,
        tuple(pieces),
        rules,
        setup,
        sheets.parts[INDICATORS_PART],
        fixed,
    )


def letters(keys: Iterable[str]) -> dict[str, str]:
    """The letters of a table's columns by key; all tables of the form begin in A."""
    return dict(zip(keys, LETTERS, strict=False))


def _place(name: str) -> int:
    return next(at for at, start in enumerate(_ORDER) if name.startswith(start))


def _sheets(parts: Mapping[str, str]) -> Sheets:
    """Every sheet as Excel words it."""
    old = [
        "".join(_TEXT.findall(one)) for one in re.findall(r"<si>(.*?)</si>", parts[STRINGS_PART], re.DOTALL)
    ]
    strings = _Strings(old)
    names = [one for one in parts if one.startswith("xl/worksheets/sheet")]
    found = {one: _as_excel(parts[one], number, strings) for number, one in enumerate(names)}
    return Sheets(found, strings.indices, strings.told)


class _Strings:
    """The shared strings of a book being saved."""

    def __init__(self, old: list[str]) -> None:
        self.old = old
        self.indices: dict[str, int] = {}
        self.told = 0

    def index(self, escaped: str) -> int:
        self.told += 1
        return self.indices.setdefault(unescape(escaped), len(self.indices))


def _as_excel(text: str, number: int, strings: _Strings) -> str:
    """A sheet with Excel's namespaces, heights and shared strings."""
    head = (
        f'{corpus_parts.DECLARATION}<worksheet {corpus_parts.SPACES} xr:uid="{corpus_parts.uid(1, number)}">'
    )
    text = re.sub(r"^<\?xml.*?\?>\s*<worksheet [^>]*>", head, text)
    text = text.replace('defaultRowHeight="15"/>', 'defaultRowHeight="15" x14ac:dyDescent="0.25"/>')

    def row(found: re.Match[str]) -> str:
        cells = _CELL.sub(lambda cell: _cell_as_excel(cell, strings), found[3])
        kept = re.sub(r' spans="[^"]*"', "", found[2])
        return f'<row r="{found[1]}" spans="1:14"{kept} x14ac:dyDescent="0.25">{cells}</row>'

    return _ROW.sub(row, text)


def _cell_as_excel(found: re.Match[str], strings: _Strings) -> str:
    letters, number, attributes, inside = found.groups()
    style = _STYLE.search(attributes)
    place = f'<c r="{letters}{number}"{style[0] if style else ""}'
    if not inside:
        return f"{place}/>"
    if "<f>" in inside:
        return f'{place} t="str">{inside}</c>'
    if 't="inlineStr"' in attributes:
        return f'{place} t="s"><v>{strings.index("".join(_TEXT.findall(inside)))}</v></c>'
    if 't="s"' in attributes:
        (old,) = re.findall(r"<v>(\d+)</v>", inside)
        return f'{place} t="s"><v>{strings.index(strings.old[int(old)])}</v></c>'
    return f"{place}>{inside.replace('.0</v>', '</v>')}</c>"


def _cut(report: str) -> tuple[list[str | RowToFill], str, str]:
    """Rows, fixed and to fill; what stands before the links; what stands after them."""
    report = report.replace('<tablePart r:id="rId1"', TABLE_PLACE)
    start, end = report.index("<sheetData>") + len("<sheetData>"), report.index("</sheetData>")
    rows = [_row_to_fill(found) or found[0] for found in _ROW.finditer(report, start, end)]
    margins = report.index("<pageMargins")
    return [report[:start], *rows], report[end:margins], report[margins:]


def _row_to_fill(found: re.Match[str]) -> RowToFill | None:
    """``None`` for a row nobody fills."""
    cells = {one[1]: one for one in _CELL.finditer(found[3])}
    place = letters(REPORT.keys)
    check = cells.get(place["check"])
    if not check or "<f>" not in (check[4] or ""):
        return None
    mine = [one.key for one in REPORT.columns if one.owner is Owner.SCHOOL]
    styles = {key: _STYLE.findall(cells[place[key]][3])[0] for key in mine}
    return RowToFill(
        int(found[1]),
        found[3][: cells[place[mine[0]]].start()],
        styles,
        cells[place["remark"]][0],
        re.sub(r"<v>.*?</v></c>", "", check[0]),
        cells[place["key"]][0],
    )


def _fixed(parts: Mapping[str, str], sheets: Sheets, pieces: Iterable[str | RowToFill]) -> dict[str, str]:
    check = letters(REPORT.keys)["check"]
    calculated = [f"{check}{one.number}" for one in pieces if isinstance(one, RowToFill)]
    return {
        **parts,
        **sheets.parts,
        "xl/styles.xml": corpus_parts.styles(parts["xl/styles.xml"]),
        "xl/workbook.xml": corpus_parts.workbook(parts["xl/workbook.xml"]),
        "xl/_rels/workbook.xml.rels": corpus_parts.workbook_relations(parts["xl/_rels/workbook.xml.rels"]),
        "[Content_Types].xml": corpus_parts.types(parts["[Content_Types].xml"]),
        corpus_parts.CHAIN_PART: corpus_parts.chain([*reversed(calculated), PROGRESS]),
    }
