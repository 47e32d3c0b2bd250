"""Forms issued from the committed template, and one LibreOffice run shared by the tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from answered_forms import ANSWERS, answered_form

from invented_plan import PLAN, SCHOOL
from resaving import saved_by_libreoffice
from sheetsync.forms.model import form_of
from sheetsync.forms.render import fill_form
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.templates import Template, template_bytes


@pytest.fixture(scope="session")
def issued() -> bytes:
    """The form of the invented school as it is issued."""
    workbook = ExcelFile.from_bytes(template_bytes(Template.FORM))
    fill_form(workbook, form_of(PLAN, SCHOOL))
    return workbook.to_bytes()


@pytest.fixture(scope="session")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Answered forms and the template, opened and saved again by a real LibreOffice: name -> file."""
    folder = tmp_path_factory.mktemp("libreoffice")
    names = []
    for name in ANSWERS:
        (folder / f"{name}.xlsx").write_bytes(answered_form(name))
        names.append(name)
    (folder / "template.xlsx").write_bytes(template_bytes(Template.FORM))
    files = [folder / f"{name}.xlsx" for name in (*names, "template")]
    saved = saved_by_libreoffice(folder, files)
    return {path.stem: saved[path.name] for path in files}
