"""Workbooks shared by the tests of this folder."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from varied_workbooks import filled_form


@pytest.fixture(scope="session")
def saved_by_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One filled form as a real LibreOffice saves it: bytes by «xlsx», «ods», «xls»."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "LibreOffice is needed here (Debian package libreoffice-calc)"
    folder: Path = tmp_path_factory.mktemp("libreoffice")
    (folder / "form.xlsx").write_bytes(filled_form())
    saved = {}
    for kind in ("ods", "xls", "xlsx"):
        subprocess.run(
            [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
             "--convert-to", kind, "--outdir", str(folder / "saved"), str(folder / "form.xlsx")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        saved[kind] = (folder / "saved" / f"form.{kind}").read_bytes()
    return saved
