"""Workbooks shared by the tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import resaving
from varied_workbooks import filled_form


@pytest.fixture(scope="session")
def saved_by_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One filled form as a real LibreOffice saves it: bytes by «xlsx», «ods», «xls»."""
    folder: Path = tmp_path_factory.mktemp("libreoffice")
    form = folder / "form.xlsx"
    form.write_bytes(filled_form())
    return {
        kind: resaving.saved_by_libreoffice(folder, [form], kind)[f"form.{kind}"].read_bytes()
        for kind in ("ods", "xls", "xlsx")
    }
