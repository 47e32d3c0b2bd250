"""The template of the letters: workbook_templates/letter.docx, an official letter on A4.

What stands in braces is filled from ``letters.letter.Letter`` by docxtpl; everything else is looks,
and an office may change it in Word.
"""

from __future__ import annotations

from typing import Any, Final

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT: Final = "Times New Roman"
BODY, SMALL, SMALLEST = Pt(13), Pt(11), Pt(10)
INDENT: Final = Mm(12.5)
WIDTHS: Final = (Mm(12), Mm(58), Mm(30), Mm(48), Mm(18))
"""№, activity, due, what is wrong, cell: the width of the page between its margins."""
WIDTHS_WITHOUT_CELL: Final = (*WIDTHS[:3], Mm(66))
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY
GAP_COLUMNS: Final = ("number", "title", "due", "fact", "cell")
ROW_COLUMNS: Final = ("number", "title", "due")


def letter_template() -> Docx:
    """The letter with its marks."""
    document = Document()
    _page(document)
    _say(document, "{{ letter.organisation }}", CENTRE, bold=True, size=Pt(14), line_below=True)
    _head(document)
    _say(document, "{{ letter.subject }}", bold=True, after=Pt(10))
    _say(document, "{{ letter.opening }}", JUSTIFIED, indent=True)
    _chapters(document)
    _upcoming(document)
    _every(document, "letter.closing", "{{ one }}", JUSTIFIED, indent=True, before=Pt(6), keep=True)
    _every(document, "letter.notes", "{{ one }}", LEFT, size=SMALL, keep=True)
    _signature(document)
    return document


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(29), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, BODY
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "ru-RU")
    normal.element.rPr.append(language)


def _head(document: Any) -> None:
    """Date and number of the letter on the left, whom it is for on the right."""
    left, right = _bare_table(document, (Mm(76), Mm(90))).rows[0].cells
    _say(left, "{{ letter.day }} № ____________", first=True)
    _say(right, "{{ letter.addressee }}", first=True, after=Pt(0))
    _say(right, "{{ letter.post }}", after=Pt(10))


def _chapters(document: Any) -> None:
    _mark(document, "{%p for chapter in letter.chapters %}")
    _say(document, "{{ chapter.heading }}", bold=True, before=Pt(8), keep=True)
    _mark(document, "{%p for block in chapter.blocks %}")
    _every(document, "block.facts", "{{ one }}", JUSTIFIED, indent=True)
    _say(document, "{{ block.advice }}", JUSTIFIED, italic=True, before=Pt(4), after=Pt(3), keep=True)
    _mark(document, "{%p if block.names_cells %}")
    _lines(document, "block.lines", GAP_COLUMNS, WIDTHS)
    _mark(document, "{%p elif block.lines %}")
    _lines(document, "block.lines", GAP_COLUMNS[:-1], WIDTHS_WITHOUT_CELL)
    _mark(document, "{%p endif %}")
    _mark(document, "{%p endfor %}")
    _mark(document, "{%p endfor %}")


def _upcoming(document: Any) -> None:
    _mark(document, "{%p if letter.upcoming %}")
    _say(document, "{{ letter.upcoming }}", bold=True, before=Pt(8), keep=True)
    _lines(document, "letter.upcoming_lines", ROW_COLUMNS, (Mm(12), Mm(131), Mm(23)))
    _mark(document, "{%p endif %}")


def _signature(document: Any) -> None:
    row = _bare_table(document, (Mm(92), Mm(74))).rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    who, line = row.cells
    _say(who, "{{ letter.organisation }}", first=True, before=Pt(18))
    _say(line, "______________________________", CENTRE, first=True, before=Pt(18), after=Pt(0))
    _say(line, "{{ letter.sign_place }}", CENTRE, size=Pt(9))


# --- pieces -------------------------------------------------------------------------------------


def _mark(place: Any, text: str) -> None:
    """A paragraph that docxtpl takes away."""
    _say(place, text, size=Pt(8))


def _every(place: Any, values: str, text: str, *looks: Any, **more: Any) -> None:
    _mark(place, f"{{%p for one in {values} %}}")
    _say(place, text, *looks, **more)
    _mark(place, "{%p endfor %}")


def _say(
    place: Any,
    text: str,
    align: Any = LEFT,
    *,
    bold: bool = False,
    italic: bool = False,
    size: Any = None,
    indent: bool = False,
    before: Any = None,
    after: Any = None,
    keep: bool = False,
    line_below: bool = False,
    first: bool = False,
) -> None:
    """A paragraph; ``first``: the one an empty cell has already."""
    paragraph = place.paragraphs[0] if first else place.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold or None, italic or None, size
    looks = paragraph.paragraph_format
    paragraph.alignment = align
    looks.first_line_indent = INDENT if indent else None
    looks.space_before, looks.space_after, looks.keep_with_next = before, after, keep or None
    if line_below:
        after_it = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")  # Word asks for this order
        paragraph._p.get_or_add_pPr().insert_element_before(_border("w:pBdr", "w:bottom"), *after_it)


def _lines(document: Any, values: str, columns: tuple[str, ...], widths: tuple[Any, ...]) -> None:
    """A ruled table: headers that come again on the next page, and a row for every value."""
    table = document.add_table(rows=4, cols=len(columns), style="Table Grid")
    _lay_out(table, widths)
    headers, begin, row, end = table.rows
    for cell, column in zip(headers.cells, columns, strict=True):
        name = f"{{{{ letter.columns.{column} }}}}"
        _say(cell, name, CENTRE, first=True, bold=True, size=SMALL, after=Pt(0), keep=True)
    headers._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _say(begin.cells[0], f"{{%tr for line in {values} %}}", first=True)
    for cell, column in zip(row.cells, columns, strict=True):
        _say(cell, f"{{{{ line.{column} }}}}", first=True, size=SMALLEST, after=Pt(0))
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    _say(end.cells[0], "{%tr endfor %}", first=True)


def _bare_table(document: Any, widths: tuple[Any, ...]) -> Any:
    table = document.add_table(rows=1, cols=len(widths))
    _lay_out(table, widths)
    return table


def _lay_out(table: Any, widths: tuple[Any, ...]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _border(name: str, side: str) -> Any:
    border, line = OxmlElement(name), OxmlElement(side)
    for key, value in (("val", "single"), ("sz", "8"), ("space", "4"), ("color", "000000")):
        line.set(qn(f"w:{key}"), value)
    border.append(line)
    return border
