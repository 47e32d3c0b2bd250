"""Builds the bundled example: the order in Word from its text, and the copy saved by LibreOffice.

    python tools/build_example.py order     order.txt -> order.docx
    python tools/build_example.py copy      the form of the sixth school, filled, saved as copy.ods

The copy needs LibreOffice and is made again when the form's template or the example's plan changes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from sheetsync.documents.text_file import read_text
from sheetsync.plan.document import Paragraph, TableBlock

EXAMPLE = Path(__file__).parents[1] / "src" / "sheetsync" / "example"
WIDTHS = (1.4, 8.5, 3.8, 5.6, 5.2)


def build_order() -> None:
    """The order as an office types it: A4 landscape, one ruled table, header row repeated."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    text = (EXAMPLE / "order.txt").read_bytes()
    for block in read_text(text, "order.txt").blocks:
        match block:
            case Paragraph(line):
                document.add_paragraph(line.replace("**", ""))
            case TableBlock():
                add_table(document, block)
    document.save(str(EXAMPLE / "order.docx"))


def add_table(document: docx.document.Document, block: TableBlock) -> None:
    table = document.add_table(rows=0, cols=len(WIDTHS))
    table.style = "Table Grid"
    for row in block.rows:
        cells = table.add_row().cells
        for cell, text, width in zip(cells, row.cells, WIDTHS, strict=False):
            cell.text, cell.width = text, Cm(width)
        if row.cells[0].startswith("№"):
            repeat_header(table.rows[-1])
        elif not any(row.cells[2:]) and row.cells[0]:
            cells[1].merge(cells[-1])


def repeat_header(row: docx.table._Row) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def build_copy() -> None:
    """The form of the sixth school, filled and saved by LibreOffice."""
    from sheetsync import campaign, demo_schools  # noqa: PLC0415 - the order they read is built above
    from sheetsync.campaign.files import open_workbook, read_workbook_plan  # noqa: PLC0415
    from sheetsync.model import ParticipantKind  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "campaign"
        order = folder / demo_schools.ORDER_NAME
        order.parent.mkdir(parents=True)
        order.write_bytes(demo_schools.example("order.docx"))
        now = datetime.now(UTC)
        place = campaign.new_campaign(folder, order, now).campaign
        campaign.issue_forms(folder, now)
        plan = read_workbook_plan(open_workbook(place), issue=1).plan
        school = [one for one in plan.participants if one.kind is ParticipantKind.SCHOOL][5]
        source = Path(name) / "copy.xlsx"
        source.write_bytes(demo_schools.filled(place, plan, school, demo_schools.complete))
        profile = f"-env:UserInstallation=file://{name}/profile"
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "ods",
            "--outdir",
            str(EXAMPLE),
            str(source),
        ]
        subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    {"order": build_order, "copy": build_copy}[sys.argv[1]]()
