"""Builds what carries the VBA from its sources in ``macros/``: `make macros`.

``vbaProject.bin`` goes into every district workbook `sheetsync new` makes; ``sheetsync.xlam`` is the
ribbon add-in. The same sources give the same bytes; a test rebuilds and compares with what is committed.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from pyopenvba import ExcelFile, VBAModuleKind
from xlsxwriter import Workbook

from sheetsync.columns import CODE_NAMES, KIT_SHEET, MESSAGE_CELL, RIBBON_TAB, WORKBOOK_CODE_NAME, KitMessage
from sheetsync.notices import Notice
from sheetsync.workbooks.kit_ribbon import ADDIN_CALLBACKS, RIBBON_PART, RIBBON_RELATION, ribbon_xml

ROOT: Final = Path(__file__).parents[1]
WORKBOOK_SOURCES: Final = ROOT / "macros" / "excel"
ADDIN_SOURCES: Final = ROOT / "macros" / "addin"
TARGET: Final = ROOT / "workbook_templates"
PROJECT_FILE: Final = TARGET / "vbaProject.bin"
ADDIN_FILE: Final = TARGET / "sheetsync.xlam"

CREATED: Final = datetime(2023, 1, 1)
_MACRO_WORKBOOK: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN: Final = "application/vnd.ms-excel.addin.macroEnabled.main+xml"


class BadSource(Exception):
    """A source that would not become a sound VBA project."""


def workbook_sources() -> dict[str, str]:
    """Module name -> source of the district workbook's own modules."""
    return _sources(WORKBOOK_SOURCES)


def addin_sources() -> dict[str, str]:
    """The add-in has the workbook's modules, another ``modBook`` and its own ribbon subs."""
    return workbook_sources() | _sources(ADDIN_SOURCES)


def build_project() -> bytes:
    """``vbaProject.bin`` of the district workbook."""
    return project_bytes(workbook_sources(), CODE_NAMES)


def build_addin() -> bytes:
    """``sheetsync.xlam``: the modules, the ribbon and a hidden sheet with the sentences."""
    project = project_bytes(addin_sources(), {KIT_SHEET: CODE_NAMES[KIT_SHEET]})
    return _as_addin(_texts_workbook(project))


def project_bytes(sources: Mapping[str, str], code_names: Mapping[str, str]) -> bytes:
    """A VBA project with ``sources`` and an empty document module for the workbook and every sheet."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "carrier.xlsm"
        path.write_bytes(_bare_workbook(code_names))
        with ExcelFile(path) as book:
            project = book.add_vba_project()
            for name, source in sorted(sources.items()):
                if name == WORKBOOK_CODE_NAME:
                    project.get_module(name).body = source
                else:
                    project.add_module(name, source, kind=VBAModuleKind.standard)
            book.save()
        with ExcelFile(path) as book:
            if problems := book.vba_project().validate():
                raise BadSource("; ".join(problems))
            return bytes(book.vba_project_bytes())


def _sources(folder: Path) -> dict[str, str]:
    files = sorted((*folder.glob("*.bas"), *folder.glob("*.cls")))
    return {path.stem: _source(path) for path in files}


def _source(path: Path) -> str:
    text = path.read_bytes()
    if not text.isascii():
        raise BadSource(f"{path.name}: only ASCII; texts for people stand in named cells")
    return text.decode("ascii").replace("\r\n", "\n").replace("\n", "\r\n")


def _bare_workbook(code_names: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    workbook = Workbook(out, {"in_memory": True})
    workbook.set_vba_name(WORKBOOK_CODE_NAME)
    for sheet, code_name in code_names.items():
        workbook.add_worksheet(sheet).set_vba_name(code_name)
    workbook.close()
    return out.getvalue()


def _texts_workbook(project: bytes) -> bytes:
    """A workbook of one sheet whose named cells hold every sentence the VBA may say."""
    out = io.BytesIO()
    workbook = Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    workbook.set_properties({"title": RIBBON_TAB, "author": "sheetsync", "created": CREATED})
    workbook.add_vba_project(io.BytesIO(project), is_stream=True)
    workbook.set_vba_name(WORKBOOK_CODE_NAME)
    sheet = workbook.add_worksheet(KIT_SHEET)
    sheet.set_vba_name(CODE_NAMES[KIT_SHEET])
    for row, message in enumerate(KitMessage):
        sheet.write_row(row, 0, (message.value, sentence(message)))
        workbook.define_name(MESSAGE_CELL.format(key=message.value), f"='{KIT_SHEET}'!$B${row + 1}")
    workbook.close()
    return out.getvalue()


def sentence(message: KitMessage) -> str:
    """What people read when the VBA says ``message``."""
    return Notice["KIT_" + message.name].value


def _as_addin(workbook: bytes) -> bytes:
    """The same package declared an add-in, with the ribbon part."""
    relation = f'<Relationship Id="rIdRibbon" Type="{RIBBON_RELATION}" Target="{RIBBON_PART}"/>'
    edits = {
        "[Content_Types].xml": (_MACRO_WORKBOOK, _ADDIN),
        "_rels/.rels": ("</Relationships>", relation + "</Relationships>"),
    }
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, (old, new) in edits.items():
        parts[name] = parts[name].replace(old.encode(), new.encode())
    return packed((*parts.items(), (RIBBON_PART, ribbon_xml(ADDIN_CALLBACKS))))


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A package of these parts; the same parts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def main() -> None:
    for path, content in ((PROJECT_FILE, build_project()), (ADDIN_FILE, build_addin())):
        path.write_bytes(content)
        print(path)


if __name__ == "__main__":
    main()
