"""The macros run in pyOpenVBA's interpreter against a stand-in for Excel on Windows.

The stand-in is VBA itself (``stand_in/``): it answers only what Excel has and what the macros may
use, and it keeps a diary of what was asked of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.exceptions import VBAUnsupportedError

from sheetsync.columns import MESSAGE_CELL, KitCell, KitMessage
from tools_path import tool

build_macros = tool("build_macros")
STAND_IN: Final = Path(__file__).parent / "stand_in"
PYTHON: Final = "C:\\Programs\\Python\\python.exe"
BOOK: Final = {"Path": "D:\\Плавск 2023", "Name": "Район.xlsm"}


class ExcelOnWindows:
    """An Excel with one district workbook; ``run`` runs a macro or one of the stand-in's own functions."""

    def __init__(
        self, sources: Mapping[str, str], book: Mapping[str, object], excel: Mapping[str, object]
    ) -> None:
        self._app = ExcelApplication()
        self._app.add_workbook()
        for path in sorted(STAND_IN.iterdir()):
            kind = "class" if path.suffix == ".cls" else "standard"
            self._app.add_module(path.read_text(encoding="utf-8"), name=path.stem, kind=kind)
        for name, source in sources.items():
            if name not in {"modFiles", "ThisWorkbook"}:
                self._app.add_module(source, name=name)
        self.run("Prepare")
        for member, content in (_cells() | BOOK | dict(book)).items():
            self.run("SetBook", str(member), content)
        for member, content in ({"Files": f"|{PYTHON}|"} | dict(excel)).items():
            self.run("SetExcel", member, content)

    def run(self, macro: str, *arguments: object) -> object:
        return self._app.run(macro, *arguments)

    def freeze(self, when: datetime) -> None:
        """The clock stands still at that time."""
        self._app.freeze_clock(when)

    def tear_off(self, macro: str) -> None:
        """Run a macro that is stopped from outside while the shell works: no handler of its own runs."""
        self.run("SetExcel", "ShellIsTornOff", True)
        with suppress(VBAUnsupportedError):
            self.run(macro)
        self.run("SetExcel", "ShellIsTornOff", False)

    @property
    def status(self) -> str:
        return str(self.run("Cell", KitCell.STATUS.value))

    def asked(self, word: str) -> list[str]:
        """Lines of the diary that begin with ``word``, without it."""
        lines = str(self.run("Diary")).splitlines()
        return [line.removeprefix(word).strip() for line in lines if line.startswith(word)]


def excel(book: Mapping[str, object] | None = None, **members: object) -> ExcelOnWindows:
    """An Excel in which the workbook's own macros run."""
    return ExcelOnWindows(build_macros.workbook_sources(), book or {}, members)


def excel_with_addin(book: Mapping[str, object] | None = None, **members: object) -> ExcelOnWindows:
    """An Excel in which the ribbon add-in runs."""
    return ExcelOnWindows(build_macros.addin_sources(), book or {}, members)


def _cells() -> dict[str, object]:
    cells: dict[str, object] = {cell.value: "" for cell in KitCell}
    cells |= {KitCell.PROTOCOL.value: 1, KitCell.TIMEOUT.value: 60}
    return cells | {MESSAGE_CELL.format(key=one.value): build_macros.sentence(one) for one in KitMessage}
