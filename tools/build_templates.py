"""Builds workbook_templates/ from the declarations of ``sheetsync.columns``: `make templates`.

The same declarations give the same bytes; a test rebuilds and compares with what is committed.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from template_district import add_district_sheets
from template_form import add_form_sheets
from template_styles import Styles
from xlsxwriter import Workbook

from sheetsync.workbooks.templates import Template

FOLDER: Final = Path(__file__).parents[1] / "workbook_templates"
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
}


def build(template: Template) -> bytes:
    """One template as the bytes of a workbook."""
    out = io.BytesIO()
    workbook = Workbook(out, OPTIONS)
    workbook.set_properties({"author": "sheetsync", "created": CREATED})
    SHEETS[template](workbook, Styles(workbook))
    workbook.close()
    return out.getvalue()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for template in Template:
        (FOLDER / template.value).write_bytes(build(template))
        print(FOLDER / template.value)


if __name__ == "__main__":
    main()
