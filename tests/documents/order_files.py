"""Orders as files: one neutral document printed as Word, as a workbook and as PDF, in many looks.

The text of an order is the measure: whatever its look, the same plan must be read from it.
"""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from fpdf import FPDF
from fpdf.enums import TableHeadingsDisplay
from fpdf.fonts import FontFace
from openpyxl.styles import Alignment

from sheetsync.plan.document import Block, Document, Paragraph, TableBlock, TableRow
from sheetsync.plan.headers import ColumnKind, Header, header_of
from sheetsync.plan.order import read_document

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
_PAGE_WIDTH = {False: 9800, True: 14400}
"""Width of the text on A4 in twentieths of a point, portrait and landscape."""

_WEIGHTS = {"№": 1.6, "сро": 3, "отв": 4}


@dataclass(frozen=True, slots=True)
class Look:
    """How an office prints its order."""

    landscape: bool = False
    font: str = "Times New Roman"
    size: int = 12
    merged_sections: bool = False
    """A heading of a section is one cell over all columns, not a text in one of them."""
    column_numbers: bool = False
    repeated_header: bool = False
    """Word prints the header on every page."""
    header_again: int = 0
    """The header is typed again after so many rows."""
    counted_numbers: bool = False
    """Numbers are not typed: Word counts them."""
    merged_responsible: bool = False
    """Neighbouring rows with the same responsible share one tall cell."""
    rows_stay_whole: bool = False
    running_head: str = ""


PLAIN = Look()


# --- the neutral document -----------------------------------------------------------------------


def is_header(row: TableRow) -> bool:
    return header_of(row.cells) is not None


def is_section(row: TableRow) -> bool:
    """Only a number and a title, or a title alone, at the left; not the tail of a broken row."""
    filled = [place for place, cell in enumerate(row.cells) if cell]
    told = row.cells[filled[-1]] if filled else ""
    return filled in ([0], [1], [0, 1]) and len(row.cells) > 2 and not told[0].islower()


# --- Word ---------------------------------------------------------------------------------------


def docx_of(document: Document, look: Look = PLAIN) -> bytes:
    """The order as Word saves it."""
    header: TableBlock | None = None
    blocks = []
    for block in document.blocks:
        if isinstance(block, TableBlock) and is_header(block.rows[0]):
            header = block
        blocks.append(_block_xml(block, look, header))
    return docx_with("".join(blocks), look)


def docx_with(body: str, look: Look = PLAIN) -> bytes:
    """A Word file with this XML for its body."""
    package = docx.Document()
    section = package.sections[0]
    section.page_width, section.page_height = (
        (section.page_height, section.page_width)
        if look.landscape
        else (section.page_width, section.page_height)
    )
    section.left_margin = section.right_margin = 720 * 635
    if look.running_head:
        section.header.paragraphs[0].text = look.running_head
        section.footer.paragraphs[0].text = look.running_head
    style = package.styles["Normal"]
    style.font.name, style.font.size = look.font, look.size * 12700
    package.part.numbering_part.element.insert(0, parse_xml(_LIST))
    package.part.numbering_part.element.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    inner = parse_xml(f"<w:body {nsdecls('w')} {_MORE_NAMES}>{body}</w:body>")
    for place, element in enumerate(list(inner)):
        package.element.body.insert(place, element)
    file = io.BytesIO()
    package.save(file)
    return file.getvalue()


_MORE_NAMES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_LIST = f"""<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>
</w:abstractNum>"""


def paragraph_xml(text: str, depth: int | None = None) -> str:
    """A paragraph; with ``depth`` Word counts it in the order's list."""
    counted = (
        f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr></w:pPr>'
        if depth is not None
        else ""
    )
    return f"<w:p>{counted}{runs_xml(text)}</w:p>"


def runs_xml(text: str) -> str:
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{'<w:br/>'.join(lines)}</w:r>" if text else ""


def cell_xml(text: str, width: int, *, span: int = 1, merge: str = "", depth: int | None = None) -> str:
    """A cell over ``span`` columns; ``merge`` is «restart» or «continue» for a tall one."""
    merged = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
    grid = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{grid}{merged}</w:tcPr>'
        f"{paragraph_xml(text, depth)}</w:tc>"
    )


def row_xml(cells: str, *, header: bool = False, whole: bool = False) -> str:
    marks = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if header else "")
    return f"<w:tr>{f'<w:trPr>{marks}</w:trPr>' if marks else ''}{cells}</w:tr>"


def table_xml(rows: str, widths: Sequence[int], *, ruled: bool = True) -> str:
    line = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"{f'<w:tblBorders>{line}</w:tblBorders>' if ruled else ''}"
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>'
    )


def widths_of(table: TableBlock, total: int) -> list[int]:
    """Columns as wide as offices make them: numbers narrow, activities wide."""
    width = max(len(row.cells) for row in table.rows)
    first = (*table.rows[0].cells, *[""] * (width - len(table.rows[0].cells)))
    weights = [next((w for key, w in _WEIGHTS.items() if key in cell.lower()[:6]), 6) for cell in first]
    if not is_header(table.rows[0]):
        weights = [1.4, *[5] * (width - 1)] if width > 2 else [1] * width
    return [round(total * weight / sum(weights)) for weight in weights]


def _block_xml(block: Block, look: Look, header: TableBlock | None) -> str:
    if isinstance(block, Paragraph):
        return paragraph_xml(block.text)
    goes_on = header is not None and len(header.rows[0].cells) == len(block.rows[0].cells)
    widths = widths_of(header if header and goes_on else block, _PAGE_WIDTH[look.landscape])
    return table_xml("".join(_rows_xml(block, widths, look)), widths)


def _rows_xml(table: TableBlock, widths: Sequence[int], look: Look) -> Iterator[str]:
    header = table.rows[0] if is_header(table.rows[0]) else None
    for place, row in enumerate(table.rows):
        cells = (*row.cells, *[""] * (len(widths) - len(row.cells)))
        if header and look.header_again and place and place % look.header_again == 0:
            yield row_xml("".join(map(cell_xml, header.cells, widths)))
        if row is header:
            yield row_xml("".join(map(cell_xml, cells, widths)), header=look.repeated_header)
            if look.column_numbers:
                numbers = (str(number + 1) for number in range(len(widths)))
                yield row_xml("".join(map(cell_xml, numbers, widths)))
        elif is_section(row) and look.merged_sections:
            depth = 0 if look.counted_numbers and cells[0] and cells[1] else None
            text = cells[1] if depth == 0 else " ".join(filter(None, cells))
            yield row_xml(cell_xml(text, sum(widths), span=len(widths), depth=depth))
        else:
            yield row_xml("".join(_cells_xml(table, place, widths, look)), whole=look.rows_stay_whole)


def _cells_xml(table: TableBlock, place: int, widths: Sequence[int], look: Look) -> Iterator[str]:
    row = table.rows[place]
    for column, width in enumerate(widths):
        text = row.cells[column] if column < len(row.cells) else ""
        if column == 0 and look.counted_numbers and text:
            yield cell_xml("", width, depth=0 if is_section(row) else 1)
        else:
            yield cell_xml(text, width, merge=_merge(table, place, column, look))


def _merge(table: TableBlock, place: int, column: int, look: Look) -> str:
    """Whether the cell is the first or a covered one of a tall responsible cell."""
    header = header_of(table.rows[0].cells)
    if not look.merged_responsible or header is None or header.kinds[column] != "responsible":
        return ""

    def told(row: int) -> str:
        inside = 0 < row < len(table.rows) and not is_section(table.rows[row])
        return table.rows[row].cells[column] if inside else ""

    if told(place) and told(place) == told(place - 1):
        return "continue"
    return "restart" if told(place) and told(place) == told(place + 1) else ""


# --- PDF ----------------------------------------------------------------------------------------


def pdfs_of(files: Mapping[str, bytes], folder: Path, target: str = "pdf") -> dict[str, bytes]:
    """Files (name with ending -> bytes) printed by one start of LibreOffice: stem -> PDF."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(folder / "out"),
            *[str(folder / name) for name in files],
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {one.stem: one.read_bytes() for one in (folder / "out").iterdir()}


def drawn_pdf(document: Document, look: Look = PLAIN, *, ruled: bool = True) -> bytes:
    """The order as a PDF drawn directly, by a program that is no office."""
    page = FPDF(orientation="L" if look.landscape else "P", format="A4")
    page.add_font("body", "", str(FONT))
    page.set_font("body", size=look.size - 2)
    page.add_page()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            page.multi_cell(0, 6, block.text, new_x="LMARGIN", new_y="NEXT")
            continue
        widths = widths_of(block, 1000)
        with page.table(
            col_widths=tuple(widths),
            repeat_headings=TableHeadingsDisplay.ON_TOP_OF_EVERY_PAGE
            if look.repeated_header and is_header(block.rows[0])
            else TableHeadingsDisplay.NONE,
            headings_style=FontFace(emphasis=""),
            borders_layout="ALL" if ruled else "NONE",
            text_align="LEFT",
            line_height=5,
            padding=1,
        ) as table:
            for row in block.rows:
                line = table.row()
                if look.merged_sections and is_section(row):
                    line.cell(" ".join(filter(None, row.cells)), colspan=len(widths))
                    continue
                for place in range(len(widths)):
                    line.cell(row.cells[place] if place < len(row.cells) else "")
        page.ln(4)
    return bytes(page.output())


# --- workbooks ----------------------------------------------------------------------------------


def xlsx_of(document: Document, look: Look = PLAIN) -> bytes:
    """The order retyped into one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    width = max(len(row.cells) for one in document.blocks if isinstance(one, TableBlock) for row in one.rows)
    at = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            at += 1
            sheet.cell(at, 1, block.text)
            continue
        at += 1
        for row in block.rows:
            at += 1
            for place, text in enumerate(row.cells, start=1):
                if text:
                    sheet.cell(at, place, text).alignment = Alignment(wrap_text=True)
            if is_section(row) and look.merged_sections:
                sheet.cell(at, 1, " ".join(filter(None, row.cells)))
                if row.cells[1]:
                    sheet.cell(at, 2).value = None
                sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=width)
        at += 1
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


# --- one plan without the damage of paper -------------------------------------------------------


def clean(document: Document) -> Document:
    """The same order with its plan as one whole table: what its author had in Word."""
    order = read_document(document)
    titles = {one.number: one.title for one in order.sections}
    places = [place for place, block in enumerate(document.blocks) if isinstance(block, TableBlock)]
    first, header = next(found for found in map(partial(_header_in, document), places) if found[1])
    assert header is not None
    rows = [TableRow(header.titles)]
    section: str | None = None
    for one in order.activities:
        if one.section not in {section, None}:
            section = one.section
            rows.append(_row(header, {"number": f"{section}.", "activity": titles[section or ""]}))
        told = {"number": f"{one.number}.", "activity": one.title, "deadline": one.deadline.text}
        told |= {"responsible": one.responsible.text, "result": one.result or "", "info": one.info or ""}
        rows.append(_row(header, told))
    around = document.blocks[:first], document.blocks[places[-1] + 1 :]
    return Document((*around[0], TableBlock(tuple(rows)), *around[1]), document.name)


def _header_in(document: Document, place: int) -> tuple[int, Header | None]:
    block = document.blocks[place]
    assert isinstance(block, TableBlock)
    headers = filter(None, (header_of(row.cells) for row in block.rows))
    return place, next((one for one in headers if one.has(ColumnKind.RESPONSIBLE)), None)


def _row(header: Header, told: Mapping[str, str]) -> TableRow:
    return TableRow(tuple(told.get(kind, "") for kind in header.kinds))
