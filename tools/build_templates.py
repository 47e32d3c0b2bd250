"""Builds workbook_templates/ from the declarations of ``sheetsync.columns``: `make templates`.

The same declarations give the same bytes; a test rebuilds and compares with what is committed.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from docx.document import Document
from template_appendix import add_appendix_sheets
from template_district import add_district_sheets
from template_form import add_form_sheets
from template_letter import letter_template
from template_note import note_template
from template_region import add_region_sheets
from template_styles import Styles
from xlsxwriter import Workbook

from sheetsync.printing.docx_template import without_dates
from sheetsync.workbooks.templates import DocumentTemplate, Template

FOLDER: Final = Path(__file__).parents[1] / "workbook_templates"
SECOND_STYLES: Final = "/stylesWithEffects"
"""Styles for Word 2010 that python-docx's own template carries: they would contradict ours."""
CREATED: Final = datetime(2023, 1, 1)
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd.mm.yyyy",
}
SHEETS: Final[dict[Template, Callable[[Workbook, Styles], None]]] = {
    Template.FORM: add_form_sheets,
    Template.DISTRICT: add_district_sheets,
    Template.APPENDIX: add_appendix_sheets,
    Template.REGION: add_region_sheets,
}
DOCUMENTS: Final[dict[DocumentTemplate, Callable[[], Document]]] = {
    DocumentTemplate.LETTER: letter_template,
    DocumentTemplate.NOTE: note_template,
}


def build(template: Template) -> bytes:
    """One template as the bytes of a workbook."""
    out = io.BytesIO()
    workbook = Workbook(out, OPTIONS)
    workbook.set_properties({"author": "sheetsync", "created": CREATED})
    SHEETS[template](workbook, Styles(workbook))
    workbook.close()
    return out.getvalue()


def build_document(template: DocumentTemplate) -> bytes:
    """One template as the bytes of a Word document."""
    out = io.BytesIO()
    document = DOCUMENTS[template]()
    told = document.core_properties
    told.author = told.last_modified_by = "sheetsync"
    told.title = told.comments = ""
    told.created = told.modified = CREATED
    for name, one in list(document.part.rels.items()):
        if one.reltype.endswith(SECOND_STYLES):
            document.part.rels.pop(name)
    document.save(out)
    return without_dates(out.getvalue())


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    built = {one.value: build(one) for one in Template} | {
        one.value: build_document(one) for one in DOCUMENTS
    }
    for name, data in built.items():
        (FOLDER / name).write_bytes(data)
        print(FOLDER / name)


if __name__ == "__main__":
    main()
