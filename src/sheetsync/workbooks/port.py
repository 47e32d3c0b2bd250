"""The port: what the campaign asks of a workbook, whatever program keeps it.

Tables and cells are found by name, never by coordinates, so an office may restyle and rearrange.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct

from sheetsync.grid import Cell, Value

OutValue = str | int | float | bool | date | None

FILE_LINK: Final = "beside:"
"""How a link to another file begins; no text of a school ever becomes one."""


class Out(Struct, frozen=True):
    """A value to write. Text is always written as text, byte for byte, whatever it begins with.

    ``link`` makes the cell a hyperlink: an http(s) address, «#Лист!A1» inside the workbook, or, after
    ``FILE_LINK``, a file beside it («beside:../Плавск/Район.xlsm#Свод!A1», signs of addresses escaped).
    ``formula`` (without «=») is written instead of the value; ``value`` is then its cached result.
    ``note`` is a cell note the tool owns.
    """

    value: OutValue = None
    link: str | None = None
    formula: str | None = None
    note: str | None = None


class TableBody(Struct, frozen=True):
    """New columns and rows of a table.

    ``headers`` are all headers in declared order; a workbook whose office reordered or added
    columns keeps its own order (cells are matched by header). ``key_headers`` name the columns
    whose texts identify a row (empty: all of ``headers``), so that row heights, colours and the
    office's own cells beside the table follow their row when rows move.
    ``samples`` picks, per row, which row of the template's body gives the style; without it a row
    that was there keeps its style and a new one gets the usual style of its column.
    ``dropped_headers`` are columns of ours to take away (a participant who left); any other column
    that is not among ``headers`` is the office's and stays.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[Out, ...], ...]
    key_headers: tuple[str, ...] = ()
    samples: tuple[int, ...] = ()
    dropped_headers: tuple[str, ...] = ()


ROW_KEY_JOINT: Final = " · "


class Orphan(Struct, frozen=True):
    """What the office had written beside a row that is no longer there: reported, never lost in silence.

    ``row_key`` is what the key columns of the row showed, joined by ``ROW_KEY_JOINT``.
    """

    row_key: str
    cell: str
    text: str


class TableRows(Struct, frozen=True):
    """A table as read: headers as the workbook has them and the cells under them.

    ``first_row`` is the sheet row of the first body row, for messages («строка 12»).
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sheet: str = ""
    first_row: int = 0


class ValueTable(Struct, frozen=True):
    """A table as values alone, for who reads hundreds of workbooks: no links, no notes, no formulas.

    A row has a value for every header, ``None`` where the cell is empty. A day may come as the number
    the workbook keeps it by: ``since_1904`` says from when it counts.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    sheet: str
    first_row: int
    since_1904: bool = False


class WorkbookTables(Protocol):
    """The tables and named cells of a workbook, to be read."""

    @property
    def made_anew(self) -> Sequence[str]:
        """Names of tables another program had lost and ``find_again`` made anew."""
        ...

    def table_names(self) -> Sequence[str]: ...

    def read_table(self, name: str) -> TableRows:
        """The table's headers and body; ``KeyError`` when there is none of that name."""
        ...

    def read_named(self, name: str) -> Cell:
        """The cell a defined name points to; ``KeyError`` when there is none."""
        ...


class Workbook(WorkbookTables, Protocol):
    """One workbook, a file's bytes or one that is open in a program: its tables and named cells."""

    def find_again(self, name: str, sheet: str, headers: Sequence[str]) -> bool:
        """Find a table its name does not lead to, by its sheet and headers; make it anew if need be."""
        ...

    def take_in_rows(self, name: str) -> None:
        """Take in what was typed right under a table by a program that did not do it itself."""
        ...

    def replace_table(self, name: str, body: TableBody) -> tuple[Orphan, ...]:
        """Put a new body into the table; everything around it is kept and moved as needed."""
        ...

    def write_named(self, name: str, out: Out) -> None:
        """Put a value into the cell a defined name points to, keeping its style."""
        ...


class WorkbookFile(Workbook, Protocol):
    """A workbook that is not open anywhere and becomes a file."""

    def set_property(self, name: str, value: str) -> None:
        """Set a custom document property."""
        ...

    def hide_sheet(self, name: str) -> None:
        """Hide a sheet the current content does not need."""
        ...

    def to_bytes(self) -> bytes:
        """The workbook as a file. Equal content gives equal bytes."""
        ...


class Refusal(StrEnum):
    """Why the program that shows a workbook would not do what was asked of it."""

    READ_ONLY = "read_only"
    PROTECTED = "protected"
    """``WorkbookRefused.where`` is the sheet, or nothing for the structure of the book."""
    BUSY = "busy"
    """A cell is being edited, a dialog is open, or the program does not answer."""
    CLOSED = "closed"
    """The workbook, or the program, is gone."""
    IN_THE_WAY = "in_the_way"
    """Something of the office's stands where a table has to grow; ``where`` says on which sheet."""


class WorkbookRefused(Exception):
    """The program that shows the workbook refused. Asked again later it may do it."""

    def __init__(self, refusal: Refusal, where: str = "") -> None:
        super().__init__(refusal.value, where)
        self.refusal = refusal
        self.where = where


class OpenWorkbook(Workbook, Protocol):
    """A workbook people are looking at. It is never saved by the tool: closing it unsaved undoes a press.

    Every call may raise ``WorkbookRefused``.
    """

    @property
    def path(self) -> Path:
        """Where the workbook lies on the disk."""
        ...

    def read_contents(self, name: str) -> TableRows:
        """The table without links and notes, which a program takes long to tell."""
        ...

    def check_writable(self, names: Sequence[str]) -> None:
        """``WorkbookRefused`` when the sheet of one of these tables is protected; nothing is written."""
        ...

    def at_work(self) -> AbstractContextManager[None]:
        """Screen, calculation and events rest while a press writes; selection, filters and the sheet
        in front are as before when it ends, also when it ends badly."""
        ...

    def tell(self, words: str) -> None:
        """Progress in the program's own status bar; '' gives the bar back."""
        ...

    def save_copy(self, target: Path) -> None:
        """What is on the screen now, as a file beside; the workbook itself is not saved."""
        ...

    def show_sheet(self, name: str) -> None:
        """Bring a sheet to the front."""
        ...
