"""How hostile, broken and odd files are made: an honest workbook, and the means to spoil it."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'

Parts = dict[str, "str | bytes"]


@dataclass(frozen=True)
class Attack:
    """One file: ``code`` is the finding it must end in, '' when it must be read in peace."""

    name: str
    make: Callable[[], bytes]
    code: str = ""
    says: str = ""
    """Words the finding must contain."""
    family: str = ""
    heavy: bool = False
    """Costs a second or more and tries a bound other cases try too: left to benchmarks."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "make", cache(self.make))  # several tests ask for the same bytes


# --- an honest workbook to start from -----------------------------------------------------------


def sheet_xml(rows: str, before: str = "", after: str = "", head: str = HEAD) -> str:
    return f'{head}<worksheet {MAIN} xmlns:r="{_R}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def row_xml(number: int, text: str) -> str:
    return f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def content_types(main: str = f"{_SHEETML}.sheet.main+xml") -> str:
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>'
    )


def relations(*targets: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def strings_xml(*texts: str, head: str = HEAD) -> str:
    return f"{head}<sst {MAIN}>{''.join(f'<si><t>{text}</t></si>' for text in texts)}</sst>"


def styles_xml(formats: str = "<xf/>", more: str = "") -> str:
    return f"{HEAD}<styleSheet {MAIN}>{more}<cellXfs>{formats}</cellXfs></styleSheet>"


def honest_parts(sheet: str | bytes | None = None) -> Parts:
    """The parts of a workbook with one sheet «Отчёт»."""
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{HEAD}<workbook {MAIN} xmlns:r="{_R}"><sheets><sheet name="Отчёт" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": sheet if sheet is not None else sheet_xml(row_xml(1, "план")),
        "xl/sharedStrings.xml": strings_xml("текст"),
        "xl/styles.xml": styles_xml(),
    }


def zipped(parts: Iterable[tuple[str, str | bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return stream.getvalue()


def workbook(changes: Parts | None = None, more: Iterable[tuple[str, str | bytes]] = ()) -> bytes:
    """The honest workbook with some parts replaced and others added."""
    return zipped([*(honest_parts() | (changes or {})).items(), *more])


def with_sheet(rows: str, before: str = "", after: str = "") -> bytes:
    return workbook({"xl/worksheets/sheet1.xml": sheet_xml(rows, before, after)})


def ods(content: str, more: Parts | None = None) -> bytes:
    """An .ods whose spreadsheet holds ``content``."""
    namespaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("draw", "drawing"),
            ("style", "style"),
        )
    )
    xml = f'{HEAD}<office:document-content {namespaces} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:spreadsheet>{content}</office:spreadsheet></office:body></office:document-content>'
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped([("mimetype", mimetype), ("content.xml", xml), *(more or {}).items()])


def ods_table(rows: str, name: str = "Отчёт") -> str:
    return f'<table:table table:name="{name}">{rows}</table:table>'


ODS_CELL = '<table:table-cell office:value-type="string"{}><text:p>да</text:p></table:table-cell>'


def ole(*streams: str, child_of_storage: str = "") -> bytes:
    """An OLE container with streams of these names in its root (and one inside a storage)."""
    names = ["Root Entry", *streams, *(["Storage", child_of_storage] if child_of_storage else [])]
    entries = []
    for number, name in enumerate(names):
        raw = name.encode("utf-16-le")
        right = number + 1 if 0 < number < len(names) - 1 else -1
        child = 1 if number == 0 and len(names) > 1 else -1
        if child_of_storage and number == len(names) - 2:
            right, child = -1, number + 1
        if child_of_storage and number == len(names) - 1:
            right = -1
        kind = 5 if number == 0 else 2
        entry = raw.ljust(64, b"\0") + struct.pack("<HBBiii", len(raw) + 2, kind, 1, -1, right, child)
        entries.append(entry.ljust(128, b"\0"))
    header = bytearray(512)
    header[:8] = bytes.fromhex("D0CF11E0A1B11AE1")
    struct.pack_into("<5H", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<iiii", header, 44, 1, 0, 0, 4096)
    struct.pack_into("<109i", header, 76, 1, *([-1] * 108))
    sectors = -(-len(entries) // 4)
    assert sectors == 1, "one directory sector is enough here"
    fat = struct.pack("<128i", -2, -3, *([-1] * 126))
    return bytes(header) + b"".join(entries).ljust(512, b"\0") + fat


def xls(*cells: tuple[int, int, float], before: bytes = b"") -> bytes:
    """An old .xls with one sheet «Отчёт» holding these numbers; ``before`` are records of the book."""

    def record(kind: int, body: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def start(kind: int) -> bytes:
        return record(0x0809, struct.pack("<4H2I", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))

    title = "Отчёт"
    name = struct.pack("<BB", len(title), 1) + title.encode("utf-16-le")
    first = start(5) + before
    place = len(first) + 4 + 6 + len(name) + 4
    book = first + record(0x0085, struct.pack("<IBB", place, 0, 0) + name) + record(0x000A)
    numbers = b"".join(
        record(0x0203, struct.pack("<HHHd", row, column, 15, one)) for row, column, one in cells
    )
    return ole_with("Workbook", book + start(0x10) + numbers + record(0x000A))


def ole_with(stream: str, content: bytes) -> bytes:
    """An OLE container whose only stream holds ``content``."""
    content = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
    sectors = len(content) // 512
    tables = -(-(sectors + 2) // 127)
    chain = [*range(1, sectors), -2]
    fat = [*chain, -2, *([-3] * tables)]
    fat += [-1] * (tables * 128 - len(fat))
    entries = b""
    for name, kind, child, at, size in (("Root Entry", 5, 1, -2, 0), (stream, 2, -1, 0, len(content))):
        raw = name.encode("utf-16-le")
        entry = raw.ljust(64, b"\0") + struct.pack("<HBBiii", len(raw) + 2, kind, 1, -1, -1, child)
        entries += entry.ljust(116, b"\0") + struct.pack("<iQ", at, size)
    header = bytearray(512)
    header[:8] = bytes.fromhex("D0CF11E0A1B11AE1")
    struct.pack_into("<5H", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<iiii", header, 44, tables, sectors, 0, 4096)
    struct.pack_into("<iiii", header, 60, -2, 0, -2, 0)
    places = [sectors + 1 + one for one in range(tables)]
    struct.pack_into("<109i", header, 76, *places, *([-1] * (109 - tables)))
    return bytes(header) + content + entries.ljust(512, b"\0") + struct.pack(f"<{len(fat)}i", *fat)


# --- one part changed or added ------------------------------------------------------------------

SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
Content = str | bytes | Callable[[], "str | bytes"]
"""What stands in a part; a callable where it is long, so that nobody holds it who does not ask."""


def part(name: str, content: Content) -> Callable[[], bytes]:
    return lambda: workbook({name: _made(content)})


def more(name: str, content: Content = "x") -> Callable[[], bytes]:
    return lambda: workbook(more=[(name, _made(content))])


def sheet(rows: Content, before: str = "", after: str = "") -> Callable[[], bytes]:
    return lambda: with_sheet(str(_made(rows)), before, after)


def beside(kind: str, content: Content, after: str = "") -> Callable[[], bytes]:
    """A workbook whose sheet has one part of a kind beside it: comments, a drawing, a table."""
    return lambda: workbook(
        {SHEET: sheet_xml(row_xml(1, "план"), after=after)},
        more=[
            ("xl/worksheets/_rels/sheet1.xml.rels", relations((kind, f"../{kind}1.xml"))),
            (f"xl/{kind}1.xml", _made(content)),
        ],
    )


def _made(content: Content) -> str | bytes:
    return content() if callable(content) else content


def of_kind(main: str) -> Callable[[], bytes]:
    return lambda: workbook({"[Content_Types].xml": content_types(main)})


def odf(kind: str) -> Callable[[], bytes]:
    return lambda: zipped(
        [("mimetype", f"application/vnd.oasis.opendocument.{kind}"), ("content.xml", "<x/>")]
    )


def family(name: str, *attacks: Attack) -> tuple[Attack, ...]:
    """The attacks, each told to which family it belongs."""
    return tuple(replace(one, family=name) for one in attacks)
