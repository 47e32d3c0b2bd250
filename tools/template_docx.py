"""Pieces of Word templates: paragraphs, ruled tables that fill row by row, marks docxtpl takes away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT: Final = "Times New Roman"
LEFT, CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY
REFERENCE_STYLE: Final = "Ссылка на число"
"""The number of a figure in the appendix: an office that wants none in sight makes it hidden."""
CELL_STYLE: Final = "Текст таблицы"
HEADER_FILL: Final = "E7E6E6"
_GREY: Final = RGBColor(0x59, 0x59, 0x59)


@dataclass(frozen=True, slots=True)
class Part:
    """A column of a table: header, what stands in a cell, how wide it is (mm)."""

    header: str
    text: str
    width: float
    centred: bool = False
    cited: bool = False
    """Whether ``text`` names a figure, which has a number in the appendix."""


def prepare(document: Any, size: float) -> None:
    """A4, Russian, the fonts of an official paper, and the styles of our own."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    section.top_margin = section.bottom_margin = Mm(18)
    normal = document.styles["Normal"]
    _with_font(normal, size)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.0
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "ru-RU")
    normal.element.rPr.append(language)
    heading = document.styles["Heading 1"]
    _with_font(heading, size + 1)
    heading.font.bold, heading.font.color.rgb = True, RGBColor(0, 0, 0)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(12), Pt(4)
    reference = document.styles.add_style(REFERENCE_STYLE, WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript, reference.font.color.rgb = True, _GREY
    cell = document.styles.add_style(CELL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = normal
    _with_font(cell, size - 2)
    cell.paragraph_format.space_after = Pt(0)


def _with_font(style: Any, size: float) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def mark(place: Any, text: str) -> None:
    """A paragraph that docxtpl takes away."""
    place.add_paragraph(text)


def say(place: Any, text: str, align: Any = LEFT, *, style: str | None = None, **looks: Any) -> Any:
    """A paragraph; ``looks`` are bold, italic, size, before, after, keep (with the next one)."""
    paragraph = place.add_paragraph(style=style)
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.bold, run.italic = looks.get("bold"), looks.get("italic")
    run.font.size = Pt(looks["size"]) if "size" in looks else None
    shape = paragraph.paragraph_format
    shape.space_before = Pt(looks["before"]) if "before" in looks else None
    shape.space_after = Pt(looks["after"]) if "after" in looks else None
    shape.keep_with_next = looks.get("keep")
    return paragraph


def cite(paragraph: Any, name: str) -> None:
    """A figure and its number: «{{ name.text }}» with «{{ name.ref }}» above the line."""
    paragraph.add_run(f"{{{{ {name}.text }}}}")
    paragraph.add_run(f"{{{{ {name}.ref }}}}", style=REFERENCE_STYLE)


def pieces(paragraph: Any, values: str) -> None:
    """A sentence piece by piece, figures among them."""
    paragraph.add_run(f"{{%r for piece in {values} %}}")
    cite(paragraph, "piece")
    paragraph.add_run("{%r endfor %}")


def ruled(document: Any, values: str, parts: Sequence[Part], *, total: Sequence[Part] = ()) -> None:
    """A ruled table: headers that come again on the next page, a row a value.

    One with a ``total`` at its end is short and stays on one page.
    """
    table = document.add_table(rows=4 + bool(total), cols=len(parts), style="Table Grid")
    _lay_out(table, [part.width for part in parts])
    headers, begin, row, end, *last = table.rows
    _header(headers, parts)
    begin.cells[0].paragraphs[0].add_run(f"{{%tr for one in {values} %}}")
    end.cells[0].paragraphs[0].add_run("{%tr endfor %}")
    _row(row, parts)
    for cell in row.cells if total else ():
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    for one in last:
        _row(one, total, bold=True)
    _gap(document)


def grouped(document: Any, groups: str, title: str, remark: str, parts: Sequence[Part]) -> None:
    """A ruled table in groups: a title over all columns with a remark, then a row a value."""
    table = document.add_table(rows=6, cols=len(parts), style="Table Grid")
    _lay_out(table, [part.width for part in parts])
    headers, begin, head, begin_rows, row, end = table.rows
    _header(headers, parts)
    begin.cells[0].paragraphs[0].add_run(f"{{%tr for group in {groups} %}}")
    merged = head.cells[0].merge(head.cells[-1])
    _fill(merged, Part("", title, 0), bold=True)
    merged.paragraphs[0].paragraph_format.keep_with_next = True
    remarks = merged.paragraphs[0]
    remarks.add_run(f"{{% if {remark} %}}: {{% endif %}}")
    pieces(remarks, remark)
    head._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    begin_rows.cells[0].paragraphs[0].add_run("{%tr for one in group.rows %}")
    _row(row, parts)
    end.cells[0].paragraphs[0].add_run("{%tr endfor %}")
    last = table.add_row()
    last.cells[0].paragraphs[0].add_run("{%tr endfor %}")
    _gap(document)


def bare(document: Any, values: str, parts: Sequence[Part]) -> None:
    """Lines in columns without rules."""
    table = document.add_table(rows=3, cols=len(parts))
    _lay_out(table, [part.width for part in parts])
    begin, row, end = table.rows
    begin.cells[0].paragraphs[0].add_run(f"{{%tr for one in {values} %}}")
    end.cells[0].paragraphs[0].add_run("{%tr endfor %}")
    for cell, part in zip(row.cells, parts, strict=True):
        _fill(cell, part)


def page_number(document: Any) -> None:
    """The number of the page at the foot of it, in the middle."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = CENTRE
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            step = OxmlElement("w:fldChar")
            step.set(qn("w:fldCharType"), kind)
        else:
            step = OxmlElement("w:instrText")
            step.set(qn("xml:space"), "preserve")
            step.text = text
        run._r.append(step)


def _header(headers: Any, parts: Sequence[Part]) -> None:
    for cell, part in zip(headers.cells, parts, strict=True):
        _fill(cell, Part(part.header, part.header, part.width, centred=True), bold=True)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        _shade(cell)
    headers._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    headers._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _row(row: Any, parts: Sequence[Part], *, bold: bool = False) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, part in zip(row.cells, parts, strict=True):
        _fill(cell, part, bold=bold)


def _gap(document: Any) -> None:
    """Two tables one under another would become one."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(6)


def _fill(cell: Any, part: Part, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = CELL_STYLE
    paragraph.alignment = CENTRE if part.centred else LEFT
    if part.cited:
        cite(paragraph, part.text)
    else:
        paragraph.add_run(part.text)
    paragraph.runs[0].bold = bold or None


def _lay_out(table: Any, widths: Sequence[float]) -> None:
    """Widths that no program reckons anew, and cells with little air."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    properties.insert(len(properties) if look is None else properties.index(look), margins)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", HEADER_FILL)):
        shade.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
