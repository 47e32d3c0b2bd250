"""A whole year of one campaign, told with the words of those who live it.

The coordinator types commands and decisions, schools fill forms, time passes. What is answered stands in
``year/answers.md``, what must come of it in ``year/<plan>.md``; schools go there by their part in the story.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import coordinator as office
import district_fixture as district
import openpyxl
import pytest
from docx import Document

from markdown_book import book_from
from sheetsync import cli, cli_options, store
from sheetsync.campaign.files import journal_of
from sheetsync.columns import (
    COMPLETENESS,
    ENTRIES,
    FORM_SHEET,
    LEDGER,
    MARKS,
    PARTICIPANTS,
    PanelCell,
    TableSpec,
)
from sheetsync.grid import Book
from sheetsync.model import Plan
from sheetsync.store.layout import LETTERS_FOLDER, NOTE_NAME, RETURNED_FOLDER
from sheetsync.workbooks.excel_file import ExcelFile

FOLDER = Path(__file__).parent / "year"
PARTS = ("полная", "слабая", "повреждённая", "опоздавшая", "отдел")
COUNTS = (
    "participant", "on_time", "rows_owed", "rows_due", "reported", "confirmed_none", "missing", "done", "evidenced",
    "state",
)  # fmt: skip
RATES = (PanelCell.RECEIVED, PanelCell.ON_TIME, PanelCell.FILLED, PanelCell.EVIDENCED)

DOCUMENTS = (".xlsx", ".xlsm", ".docx")

Answers = Mapping[str, Mapping[str, Any]]
Rows = list[list[str]]


@dataclass(frozen=True)
class Script:
    """Where the story is played: its order, and what must come of it, which in part is the same everywhere."""

    order: Path
    books: tuple[Book, ...]

    def grid(self, heading: str) -> Rows:
        """A grid of ``year/<name>.md`` or ``year/both.md``, its row of headings first."""
        (sheet,) = (found for book in self.books if (found := book.sheet(heading)))
        bottom, right = (max(one[axis] for one in sheet.cells) for axis in (0, 1))
        return [[sheet.at(row, at).text for at in range(1, right + 1)] for row in range(1, bottom + 1)]


def script(name: str, order: Path) -> Script:
    return Script(order, (_read(name), _read("both")))


def _read(name: str) -> Book:
    return book_from((FOLDER / f"{name}.md").read_text(encoding="utf-8"))


ANSWERS = _read("answers")
COLUMNS = ("status", "done_on", "info", "document", "link", "reason")


def answers_of(copy: str) -> Answers:
    """A sheet of ``year/answers.md``, by number and column."""
    sheet = ANSWERS.sheet(copy)
    assert sheet is not None, copy
    found = {}
    for row in range(2, max(row for row, _ in sheet.cells) + 1):
        cells = {key: sheet.at(row, at).value for at, key in enumerate(COLUMNS, 2)}
        found[sheet.at(row, 1).text] = {key: value for key, value in cells.items() if value is not None}
    return found


# --- the year


class Year:
    """One campaign from its order to its last note; ``parts`` are codes of participants by their part."""

    def __init__(self, played: Script, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.script = played
        self.place = folder / "Кампания «2023»"
        self.now = datetime(2023, 12, 11, 9, 0)
        self.parts: dict[str, str] = {}
        self.names: dict[str, str] = {}
        monkeypatch.setattr(cli_options, "datetime", SimpleNamespace(now=lambda: self.now))

    def on(self, day: str, hour: int = 9) -> None:
        """It is that day now."""
        self.now = datetime.fromisoformat(day) + timedelta(hours=hour)

    # --- the coordinator

    def types(self, *command: str) -> tuple[int, str]:
        """A command: its exit code and what it says, in one line. A minute passes."""
        said = io.StringIO()
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            code = cli.run([command[0], str(self.place), *command[1:]])
        self.now += timedelta(minutes=1)
        return code, self.in_parts(" ".join(said.getvalue().replace("\xa0", " ").split()))

    def does(self, *command: str) -> str:
        """A command that goes well; what it says."""
        code, said = self.types(*command)
        assert code == 0, said
        return said

    def begins(self) -> None:
        """The order becomes a campaign; its participants get their parts, schools as the order lists them."""
        self.does("new", "--order", str(self.script.order))
        self.names = {one.code: one.short_name for one in self.plan.participants}
        self.parts = dict(
            zip(PARTS, sorted(self.names, key=lambda code: (code[0] != "S", code)), strict=True)
        )

    def collects(self) -> str:
        """The свод; every filled cell of every file is in it."""
        _, said = self.types("consolidate")
        told = office.rows(self.place, LEDGER.name)
        assert {row[LEDGER.column("unaccounted").header] for row in told} == {"0"}
        return said

    def decides(self, *words: tuple[str, str, str, str]) -> None:
        """Part, number, decision, remark: typed into «Исполнение» and saved."""

        def change(book: Any) -> None:
            for part, number, verdict, remark in words:
                office.decide(book, self.name(part), number, verdict, remark)

        self.edits(change)

    def approves(self, part: str) -> None:
        """Today's day beside a school in «Участники»."""

        def change(book: Any) -> None:
            sheet = book[PARTICIPANTS.sheet]
            column = office.column_of(sheet, PARTICIPANTS.column("approved_on").header)
            sheet.cell(office.row_of(sheet, self.parts[part]), column).value = self.now

        self.edits(change)

    def edits(self, change: Callable[[Any], None]) -> None:
        book = openpyxl.load_workbook(self.book, keep_vba=True)
        change(book)
        book.save(self.book)
        book.vba_archive.close()

    def amended_order(self, *changes: tuple[str, str]) -> Path:
        """The order printed anew with changes; each finds something to change."""
        text = self.script.order.read_text(encoding="utf-8")
        for was, now in changes:
            text, count = re.subn(was, now, text, flags=re.MULTILINE)
            assert count, was
        path = self.place.parent / "Приказ об изменениях.txt"
        path.write_text(text, encoding="utf-8")
        return path

    # --- schools

    def fills(
        self,
        part: str,
        copy: str,
        name: str,
        form: Path | None = None,
        spoil: Callable[[Any], None] | None = None,
    ) -> bytes:
        """A school fills its form, or one that came back or is kept from earlier, and sends it."""
        book = openpyxl.load_workbook(form or district.form_of(self.place, self.parts[part]))
        sheet = book[FORM_SHEET]
        columns, rows = numbered(sheet)
        for number, cells in answers_of(copy).items():
            for key, value in cells.items() if number in rows else ():
                sheet.cell(rows[number], columns[key]).value = value
        if spoil:
            spoil(sheet)
        stream = io.BytesIO()
        book.save(stream)
        self.sends(name, stream.getvalue())
        return stream.getvalue()

    def sends(self, name: str, data: bytes) -> None:
        """A file arrives in «Получено», as old as it is late."""
        path = district.receive(self.place, name, data)
        moment = self.now.timestamp()
        os.utime(path, (moment, moment))

    def returned(self, part: str, number: int) -> Path:
        return next((self.place / RETURNED_FOLDER).glob(f"{self.parts[part]} *(возврат {number}).xlsx"))

    # --- what there is to see

    @property
    def book(self) -> Path:
        return self.place / store.NEW_WORKBOOK_NAME

    @property
    def plan(self) -> Plan:
        return district.plan_of(self.place)

    def told(self, heading: str) -> Rows:
        """What must be there."""
        return self.script.grid(heading)

    def name(self, part: str) -> str:
        return self.names[self.parts[part]]

    def in_parts(self, text: str) -> str:
        """A text with parts in place of participants, and without the name of the order's file."""
        for part, code in self.parts.items():
            text = text.replace(self.names[code], part)
        return text.replace(self.script.order.name, "приказ")

    def table(self, spec: TableSpec, *columns: str) -> Rows:
        """A table of the workbook, headings first."""
        headers = [spec.column(one).header for one in columns]
        rows = office.rows(self.place, spec.name)
        return [headers, *([self.in_parts(row[one]) for one in headers] for row in rows)]

    def counts(self) -> Rows:
        """«Полнота»."""
        return self.table(COMPLETENESS, *COUNTS)

    def rates(self) -> list[str]:
        """The four of «Панель», in per cent."""
        book = ExcelFile.from_bytes(self.book.read_bytes())
        read = (book.read_named(one).value for one in RATES)
        return [f"{100 * one:.1f}" if isinstance(one, int | float) else "" for one in read]

    def reviews(self) -> Rows:
        """«Проверка района» of «Исполнение»: a row a number, a column a participant."""
        _, *rows = self.table(ENTRIES, "participant", "number", "review")
        states = {(who, number): state for who, number, state in rows}
        numbers = sorted(
            {number for _, number in states}, key=lambda one: [int(part) for part in one.split(".")]
        )
        cells = ([number, *(states.get((part, number), "·") for part in self.parts)] for number in numbers)
        return [["№", *self.parts], *cells]

    def letter(self, day: str, part: str) -> Rows:
        """What a letter asks for: the groups, and the rows of each."""
        path = next((self.place / LETTERS_FOLDER / day).glob(f"{self.parts[part]} *.docx"))
        groups: Rows = []
        for block in Document(str(path)).iter_inner_content():
            if not hasattr(block, "rows"):
                if heading := re.match(r"\d+\. (.+?)\.", f"{block.text}."):
                    groups.append([heading[1], ""])
            elif groups and len(block.columns) > 2:
                numbers = [row.cells[0].text for row in block.rows][1:]
                groups[-1][1] = ", ".join(filter(None, [groups[-1][1], *numbers]))
        return [["О чём", "Строки"], *groups]

    def letters(self, day: str) -> list[str]:
        """Who got one."""
        names = sorted(path.stem for path in (self.place / LETTERS_FOLDER / day).iterdir())
        return [self.in_parts(name).partition(" ")[2] for name in names]

    def note(self, heading: str) -> Rows:
        """The table of the note below a heading, numbers of references left out."""
        blocks = list(Document(str(self.place / NOTE_NAME)).iter_inner_content())
        place = next(at for at, one in enumerate(blocks) if getattr(one, "text", "").startswith(heading))
        table = next(one for one in blocks[place:] if hasattr(one, "rows"))
        return [[self._without_titles(cell.text) for cell in row.cells] for row in table.rows]

    def _without_titles(self, text: str) -> str:
        """Sections by their numbers alone."""
        told = re.sub(r"\[\d+\]|\xad", "", self.in_parts(text)).replace("\xa0", " ")
        return re.sub(r"^(|.+: )(\d)\. .+$", r"\1раздел \2", told)

    def journal(self) -> Rows:
        """What happened, in its order."""
        with journal_of(store.open_campaign(self.place)) as journal:
            lines = journal.lines()
        told = ([f"{one.at:%d.%m.%Y}", one.event.value, one.participant, one.file] for one in lines)
        rows = ([self.in_parts(cell) for cell in row] for row in told)
        return [["Когда", "Событие", "Участник", "Файл"], *rows]

    def files(self) -> Rows:
        """The folders and documents of the campaign."""
        paths = sorted(path.relative_to(self.place) for path in self.place.rglob("*") if path.is_file())
        shown = (path for path in paths if path.parts[0] != store.STATE_FOLDER and path.suffix in DOCUMENTS)
        return [
            ["Папка", "Файл"],
            *([self.in_parts(str(one.parent)), self.in_parts(one.name)] for one in shown),
        ]


# --- damages


def numbered(sheet: Any) -> tuple[dict[str, int], dict[str, int]]:
    """Columns of a form by key, rows by number."""
    columns, header = district.header_of(sheet)
    asked = (row for row in range(header + 1, sheet.max_row + 1) if sheet.cell(row, columns["key"]).value)
    return columns, {str(sheet.cell(row, columns["number"]).value): row for row in asked}


def torn(sheet: Any) -> None:
    """What a hurried school does to a form: marks gone, a heading of its own, a number become a date, a key
    wiped out, a row deleted, a word under the table."""
    columns, rows = numbered(sheet)
    del sheet.parent[MARKS.sheet]
    sheet.parent.custom_doc_props.props.clear()
    sheet.cell(rows["1.1"] - 2, columns["info"]).value = "Что сделано по факту"
    sheet.cell(rows["3.1"], columns["number"]).value = date(2023, 1, 3)
    sheet.cell(rows["2.1"], columns["key"]).value = None
    sheet.delete_rows(rows["2.2"])
    sheet.cell(sheet.max_row + 2, columns["title"]).value = "Отчёт составил завуч"


def cut_off(data: bytes) -> bytes:
    """A file that broke on its way."""
    return data[: len(data) // 2]
