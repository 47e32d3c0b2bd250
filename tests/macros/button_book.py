"""A small workbook with the real macros, as the district workbook will have them."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook

from sheetsync.columns import (
    BUTTONS,
    KIT_SHEET,
    MACRO_MODULE,
    MESSAGE_CELL,
    PANEL,
    PROTOCOL,
    KitCell,
    KitMessage,
)
from tools_path import tool

build_macros = tool("build_macros")
CODE_NAMES: Final = {PANEL: "shPanel", KIT_SHEET: "shKit"}


def write_button_book(path: Path, cells: Mapping[str, object]) -> Path:
    """A workbook with every button, every sentence and ``cells`` (named cell -> what it holds)."""
    workbook = Workbook(path, {"strings_to_urls": False, "strings_to_formulas": False})
    workbook.add_vba_project(
        BytesIO(build_macros.project_bytes(build_macros.workbook_sources(), CODE_NAMES)), is_stream=True
    )
    workbook.set_vba_name("ThisWorkbook")
    panel, kit = (workbook.add_worksheet(name) for name in CODE_NAMES)
    panel.set_vba_name(CODE_NAMES[PANEL])
    kit.set_vba_name(CODE_NAMES[KIT_SHEET])
    for row, button in enumerate(BUTTONS):
        macro = f"{MACRO_MODULE}.{button.macro}"
        panel.insert_button(row * 3 + 3, 1, {"macro": macro, "caption": button.caption, "width": 200})
    panel.merge_range("B2:F2", "")
    workbook.define_name(KitCell.STATUS, f"='{PANEL}'!$B$2:$F$2")
    held: dict[str, object] = {cell: "" for cell in KitCell if cell is not KitCell.STATUS}
    held |= {KitCell.PROTOCOL: PROTOCOL, KitCell.TIMEOUT: 60}
    held |= {MESSAGE_CELL.format(key=one.value): build_macros.sentence(one) for one in KitMessage}
    for row, (name, value) in enumerate((held | dict(cells)).items()):
        kit.write(row, 1, value)
        workbook.define_name(str(name), f"='{KIT_SHEET}'!$B${row + 1}")
    kit.hide()
    workbook.close()
    return path
