"""A workbook open before a coordinator, in memory: the file's own implementation of the port, with a screen.

What is on the screen and what lies on the disk are two things, as in a program: nothing here saves.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from msgspec.structs import replace

from sheetsync.columns import KitCell
from sheetsync.grid import Cell
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Orphan, Out, Refusal, TableBody, TableRows, WorkbookRefused


class OpenBook(ExcelFile):
    """An ``OpenWorkbook`` over the bytes a file had when it was opened, and what was typed since.

    ``refusals`` say what is refused: the name of a call, of a table or of a cell to be written leads to
    what is raised then.
    """

    path: Path
    refusals: dict[str, Exception]

    @classmethod
    def opened(cls, path: Path, change: Callable[[Any], None] | None = None) -> OpenBook:
        """Open a file; ``change`` is what somebody types on the screen without saving it."""
        data = path.read_bytes()
        if change:
            book = openpyxl.load_workbook(io.BytesIO(data), keep_vba=True)
            change(book)
            stream = io.BytesIO()
            book.save(stream)
            if book.vba_archive:  # closed late, it complains in the middle of another test
                book.vba_archive.close()
            data = stream.getvalue()
        self = cls.from_bytes(data)
        self.path = path
        self.refusals = {}
        self.calls: list[str] = []
        self.said: list[str] = []
        self.in_front: str | None = None
        self.is_at_work = False
        return self

    def read_contents(self, name: str) -> TableRows:
        table = self.read_table(name)
        rows = tuple(tuple(Cell(one.value, one.formula) for one in row) for row in table.rows)
        return replace(table, rows=rows)

    @property
    def status(self) -> str:
        return self.read_named(KitCell.STATUS).text

    @property
    def replaced(self) -> list[str]:
        """Tables written so far."""
        return [call.removeprefix("replace ") for call in self.calls if call.startswith("replace ")]

    def refuse(self, what: str, refusal: Refusal, where: str = "") -> None:
        self.refusals[what] = WorkbookRefused(refusal, where)

    # --- what a program adds to a file

    def check_writable(self, names: Sequence[str]) -> None:
        for name in names:
            refusal = self.refusals.get(name)
            if isinstance(refusal, WorkbookRefused) and refusal.refusal is Refusal.PROTECTED:
                raise refusal

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        self._ask("at_work")
        assert not self.is_at_work
        self.is_at_work = True
        try:
            yield
        finally:
            self.is_at_work = False

    def tell(self, words: str) -> None:
        self._ask("tell")
        self.said.append(words)

    def save_copy(self, target: Path) -> None:
        self._ask("save_copy")
        target.write_bytes(self.to_bytes())

    def show_sheet(self, name: str) -> None:
        self._ask("show_sheet")
        self.in_front = name

    # --- what the program may refuse

    def replace_table(self, name: str, body: TableBody) -> tuple[Orphan, ...]:
        self._ask(name)
        assert self.is_at_work, "tables are written while the screen rests"
        self.calls.append(f"replace {name}")
        return super().replace_table(name, body)

    def write_named(self, name: str, out: Out) -> None:
        self._ask("write_named")
        self._ask(name)
        if name != KitCell.STATUS:
            self.calls.append(f"write {name}")
        super().write_named(name, out)

    def _ask(self, what: str) -> None:
        if what in self.refusals:
            raise self.refusals[what]
