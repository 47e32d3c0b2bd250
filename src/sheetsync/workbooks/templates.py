"""Where the templates of forms and district workbooks are found, and the macros of the buttons.

An office's restyled copy beside its campaign wins; else the one built into the program: packed by
``setup.py`` into the installed package, or standing in the source tree.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Final

OFFICE_FOLDER: Final = "Шаблоны"
"""Folder of a campaign where an office keeps templates of its own."""

MACROS_FILE: Final = "vbaProject.bin"
"""The VBA project of the buttons, built from ``macros/excel``."""

ADDIN_FILE: Final = "sheetsync.xlam"
"""The ribbon add-in, built from the same sources."""

EXTENSION_FILE: Final = "sheetsync.oxt"
"""What LibreOffice needs beside the district workbook, built from ``macros/libreoffice``."""

EXTENSION_NAME: Final = "org.sheetsync.buttons"
"""The name LibreOffice knows the extension by."""

_WITH_MACROS: Final = ".xlsm"
_PACKED: Final = Path(__file__).parents[1] / "templates"
_SOURCE: Final = Path(__file__).parents[3] / "workbook_templates"


class Template(StrEnum):
    """The templates by file name."""

    FORM = "form.xlsx"
    DISTRICT = "district.xlsx"
    APPENDIX = "appendix.xlsx"
    REGION = "region.xlsx"


class DocumentTemplate(StrEnum):
    """The templates of Word documents by file name."""

    LETTER = "letter.docx"
    NOTE = "note.docx"


def template_path(template: Template | DocumentTemplate, campaign: Path | None = None) -> Path:
    """The file of a template: the campaign's own, with macros or without, else the program's.

    Raises ``FileNotFoundError`` naming the file when the program was installed incompletely.
    """
    office = campaign / OFFICE_FOLDER / template.value if campaign else None
    own = (office, office.with_suffix(_WITH_MACROS)) if office else ()
    return next((path for path in own if path.is_file()), None) or _needed(template.value)


def macros_bytes() -> bytes:
    """The macros of the buttons. Raises ``FileNotFoundError`` as ``template_path`` does."""
    return _needed(MACROS_FILE).read_bytes()


def _needed(name: str) -> Path:
    found = built_in(name)
    if found is None:
        raise FileNotFoundError(name)
    return found


def built_in(name: str) -> Path | None:
    """A file packed with the program beside its templates; None when it was installed without."""
    return next((folder / name for folder in (_PACKED, _SOURCE) if (folder / name).is_file()), None)


def template_bytes(template: Template | DocumentTemplate, campaign: Path | None = None) -> bytes:
    """The bytes of a template; see ``template_path``."""
    return template_path(template, campaign).read_bytes()
