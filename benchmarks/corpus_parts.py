"""The parts of a workbook as Excel words them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID
from xml.sax.saxutils import escape

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
LINKED: Final = "58"
"""The style Excel gives a cell with a link, added after those of the form."""
NOTES_PART: Final = "xl/comments1.xml"
SHAPES_PART: Final = "xl/drawings/vmlDrawing1.vml"
CHAIN_PART: Final = "xl/calcChain.xml"

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES: Final = "application/vnd.openxmlformats-officedocument"
_MICROSOFT: Final = "http://schemas.microsoft.com/office/spreadsheetml"
_SCHEMAS: Final = "http://schemas.openxmlformats.org"
SPACES: Final = (
    f'xmlns="{MAIN}" xmlns:r="{_OFFICE}" xmlns:mc="{_SCHEMAS}/markup-compatibility/2006" '
    f'mc:Ignorable="x14ac xr xr2 xr3" xmlns:x14ac="{_MICROSOFT}/2009/9/ac" '
    f'xmlns:xr="{_MICROSOFT}/2014/revision" xmlns:xr2="{_MICROSOFT}/2015/revision2" '
    f'xmlns:xr3="{_MICROSOFT}/2016/revision3"'
)
_LINK_FONT: Final = (
    '<font><u/><sz val="10"/><color theme="10"/><name val="Calibri"/><family val="2"/><charset val="204"/>'
    '<scheme val="minor"/></font>'
)
_NOTE_FONT: Final = (
    '<rPr>{bold}<sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/>'
    '<charset val="204"/></rPr>'
)
_SHAPE: Final = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;margin-top:5pt;'
    'width:104pt;height:64pt;z-index:1;visibility:hidden" fillcolor="infoBackground [80]" '
    'strokecolor="none [81]" o:insetmode="auto"><v:fill color2="infoBackground [80]"/>'
    '<v:shadow color="none [81]" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {row}, 10, {right}, 15, {below}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SHAPES: Final = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" '
    'o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a cell; row and column are counted from nought."""

    cell: str
    row: int
    column: int
    text: str


def uid(kind: int, number: int) -> str:
    """Excel marks its parts with such names."""
    return f"{{{UUID(int=(kind << 64) + number)}}}".upper()


def item(text: str) -> str:
    """A text among the shared strings."""
    kept = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f"<si><t{kept}>{escape(text)}</t></si>"


def strings(items: Sequence[str], used: int) -> str:
    counts = f'count="{used}" uniqueCount="{len(items)}"'
    return f'{DECLARATION}<sst xmlns="{MAIN}" {counts}>{"".join(items)}</sst>'


def links(places: Sequence[str]) -> str:
    """The links of a sheet, in the order of their relations."""
    told = (f'<hyperlink ref="{one}" r:id="rId{n}" xr:uid="{uid(4, n)}"/>' for n, one in enumerate(places, 1))
    return f"<hyperlinks>{''.join(told)}</hyperlinks>" if places else ""


def relations(addresses: Sequence[str]) -> str:
    """Of the report: its links, then its notes' shapes, its table, its notes."""
    told = [
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/hyperlink" Target="{escape(url)}" TargetMode="External"/>'
        for n, url in enumerate(addresses, 1)
    ]
    targets = {
        "vmlDrawing": "drawings/vmlDrawing1.vml",
        "table": "tables/table1.xml",
        "comments": "comments1.xml",
    }
    told += [
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="../{target}"/>'
        for n, (kind, target) in enumerate(targets.items(), len(addresses) + 1)
    ]
    head = f'{DECLARATION}<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">'
    return f"{head}{''.join(told)}</Relationships>"


def notes(found: Iterable[Note]) -> str:
    """As Excel writes what somebody types into a note: who it is in bold, then the words."""
    bold, plain = (_NOTE_FONT.format(bold=one) for one in ("<b/>", ""))
    told = "".join(
        f'<comment ref="{one.cell}" authorId="0" shapeId="0" xr:uid="{uid(6, n)}"><text>'
        f"<r>{bold}<t>Школа:</t></r>"
        f'<r>{plain}<t xml:space="preserve">\n{escape(one.text)}</t></r></text></comment>'
        for n, one in enumerate(found, 1)
    )
    spaces = f'xmlns="{MAIN}" xmlns:mc="{_SCHEMAS}/markup-compatibility/2006" mc:Ignorable="xr"'
    return (
        f'{DECLARATION}<comments {spaces} xmlns:xr="{_MICROSOFT}/2014/revision">'
        f"<authors><author>Школа</author></authors><commentList>{told}</commentList></comments>"
    )


def shapes(found: Iterable[Note]) -> str:
    """The yellow leaves of the notes."""
    told = "".join(
        _SHAPE.format(
            id=1024 + n,
            left=one.column + 1,
            right=one.column + 3,
            row=one.row,
            below=one.row + 4,
            column=one.column,
        )
        for n, one in enumerate(found, 1)
    )
    return f"{_SHAPES}{told}</xml>"


def chain(cells: Sequence[str]) -> str:
    """In which order Excel calculated."""
    told = "".join(f'<c r="{one}" i="1"/>' for one in cells)
    return f'{DECLARATION}<calcChain xmlns="{MAIN}">{told}</calcChain>'


def styles(text: str) -> str:
    """With Excel's own style of a link, for a cell of the form's columns of text."""
    (fonts,) = re.findall(r'<fonts count="(\d+)">', text)
    (count,) = re.findall(r'<cellXfs count="(\d+)">', text)
    assert count == LINKED, f"the form has {count} styles now: make LINKED so many"
    linked = (
        f'<xf numFmtId="49" fontId="{fonts}" fillId="0" borderId="5" xfId="0" applyNumberFormat="1" '
        'applyFont="1" applyBorder="1" applyAlignment="1" applyProtection="1">'
        '<alignment vertical="top" wrapText="1"/><protection locked="0"/></xf>'
    )
    changes = {
        f'<fonts count="{fonts}">': f'<fonts count="{int(fonts) + 1}">',
        "</fonts>": f"{_LINK_FONT}</fonts>",
        f'<cellXfs count="{count}">': f'<cellXfs count="{int(count) + 1}">',
        "</cellXfs>": f"{linked}</cellXfs>",
    }
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def workbook(text: str) -> str:
    text = re.sub(r"<\?xml.*?\?>\s*<workbook [^>]*>", f"{DECLARATION}<workbook {SPACES}>", text)
    version = '<fileVersion appName="xl" lastEdited="7" lowestEdited="4" rupBuild="27328"/>'
    text = re.sub(r"<fileVersion [^>]*/>", version, text)
    return re.sub(r"<calcPr [^>]*/>", '<calcPr calcId="191029"/>', text)


def workbook_relations(text: str) -> str:
    added = f'<Relationship Id="rId99" Type="{_OFFICE}/calcChain" Target="calcChain.xml"/></Relationships>'
    return text.replace("</Relationships>", added)


def types(text: str) -> str:
    added = (
        f'<Default Extension="vml" ContentType="{_TYPES}.vmlDrawing"/>'
        f'<Override PartName="/{NOTES_PART}" ContentType="{_TYPES}.spreadsheetml.comments+xml"/>'
        f'<Override PartName="/{CHAIN_PART}" ContentType="{_TYPES}.spreadsheetml.calcChain+xml"/></Types>'
    )
    return text.replace("</Types>", added)


def people(day: date) -> str:
    """Who saved the book, and when."""
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_SCHEMAS}/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        "<dc:creator>sheetsync</dc:creator><cp:lastModifiedBy>Школа</cp:lastModifiedBy>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2023-01-01T00:00:00Z</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day:%Y-%m-%d}T09:12:44Z</dcterms:modified>'
        "</cp:coreProperties>"
    )
