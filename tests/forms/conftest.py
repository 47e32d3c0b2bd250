"""Forms issued from the committed template, and one LibreOffice run shared by the tests of this folder."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from answered_forms import ANSWERS, answered_form

from invented_plan import PLAN, SCHOOL
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
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "LibreOffice is needed here (Debian package libreoffice-calc)"
    folder = tmp_path_factory.mktemp("libreoffice")
    names = []
    for name in ANSWERS:
        (folder / f"{name}.xlsx").write_bytes(answered_form(name))
        names.append(name)
    (folder / "template.xlsx").write_bytes(template_bytes(Template.FORM))
    files = [str(folder / f"{name}.xlsx") for name in (*names, "template")]
    subprocess.run(
        [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", "xlsx", "--outdir", str(folder / "saved"), *files],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return {name: folder / "saved" / f"{name}.xlsx" for name in (*names, "template")}
