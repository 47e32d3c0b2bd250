"""Where the templates of forms and district workbooks are found.

An office's restyled copy beside its campaign wins; else the one built into the program: packed by
``setup.py`` into the installed package, or standing in the source tree.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Final

OFFICE_FOLDER: Final = "Шаблоны"
"""Folder of a campaign where an office keeps templates of its own."""

_PACKED: Final = Path(__file__).parents[1] / "templates"
_SOURCE: Final = Path(__file__).parents[3] / "workbook_templates"


class Template(StrEnum):
    """The templates by file name."""

    FORM = "form.xlsx"
    DISTRICT = "district.xlsx"


def template_path(template: Template, campaign: Path | None = None) -> Path:
    """The file of a template: the campaign's own when it has one, else the program's.

    Raises ``FileNotFoundError`` naming the file when the program was installed incompletely.
    """
    office = [campaign / OFFICE_FOLDER] if campaign else []
    for folder in (*office, _PACKED, _SOURCE):
        path = folder / template.value
        if path.is_file():
            return path
    raise FileNotFoundError(template.value)


def built_in(name: str) -> Path | None:
    """A file packed with the program beside its templates; None when it was installed without."""
    return next((folder / name for folder in (_PACKED, _SOURCE) if (folder / name).is_file()), None)


def template_bytes(template: Template, campaign: Path | None = None) -> bytes:
    """The bytes of a template; see ``template_path``."""
    return template_path(template, campaign).read_bytes()
