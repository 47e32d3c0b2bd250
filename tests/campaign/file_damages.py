"""What schools, and the programs they use, do to the file of a form: each damage is a story.

A damage scribbles on a ``Draft``, the filled form as openpyxl opens it. It moves and spoils; what it
types beyond the answers it writes down, so that a judge can look for every text afterwards.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from district_fixture import header_of
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.cell_range import CellRange

from sheetsync.columns import FORM_HELP_SHEET, FORM_SHEET, MARKS
from sheetsync.model import PlanRow

Place = tuple[int, int]
Where = Callable[[int, int], Place | None]
Damage = Callable[["Draft"], None]
_REFERENCE = re.compile(r"(\$?)(?P<column>[A-Z]{1,2})(\$?)(?P<row>\d+)\b")

DAMAGES: dict[str, Damage] = {}
HONEST: set[str] = set()
"""Damages after which nothing at all may be remarked beyond what an untouched form is told."""


def damage(function: Damage) -> Damage:
    DAMAGES[function.__name__] = function
    return function


def honest(function: Damage) -> Damage:
    HONEST.add(function.__name__)
    return damage(function)


@dataclass(frozen=True)
class Case:
    """One school's files and what it meant by them: answers by activity key and column, other texts
    with the activity they may be shown at, answers only a program that calculates can see."""

    name: str
    code: str
    files: tuple[str, ...]
    expected: dict[tuple[str, str], str]
    typed: dict[str, str | None]
    perhaps: dict[tuple[str, str], str] = field(default_factory=dict)


class Draft:
    """A filled form that can be spoilt; ``expected`` are its answers by activity key and column."""

    def __init__(self, book: Workbook, code: str, expected: dict[tuple[str, str], str]) -> None:
        self.book = book
        self.code = code
        self.expected = dict(expected)
        self.typed: dict[str, str | None] = {}
        """Texts beyond the answers: each with the activity it may be shown at, if any."""
        self.perhaps: dict[tuple[str, str], str] = {}
        """Answers that only a program that calculates can see."""
        self.sheet: Any = book[FORM_SHEET]
        self.columns, self.header = header_of(self.sheet)

    strange: PlanRow
    """A row of the plan this school is not asked."""

    def case(self, name: str, *files: str) -> Case:
        return Case(name, self.code, files, self.expected, self.typed, self.perhaps)

    def cell(self, row: int, key: str) -> Any:
        return self.sheet.cell(row, self.columns[key])

    def rows(self) -> list[int]:
        """Rows of activities as they stand now (while the keys are there)."""
        return [
            row
            for row in range(self.header + 1, self.sheet.max_row + 1)
            if self.cell(row, "key").value and self.cell(row, "status").value
        ]

    def row_of(self, number: str, nth: int = 0) -> int:
        return [row for row in self.rows() if str(self.cell(row, "number").value) == number][nth]

    def key(self, row: int) -> str:
        return str(self.cell(row, "key").value)

    def type(self, cell: Any, text: str, activity: str | None = None) -> None:
        """Type a text of the school's into a cell; it must be met again."""
        cell.value = text
        if text.startswith("="):
            cell.data_type = "s"
        self.typed[text] = activity

    def answer(self, row: int, column: str, value: Any, shown: str | None = None) -> None:
        """Answer otherwise; ``shown`` is what the свод must say."""
        cell = self.cell(row, column)
        cell.value = value
        if isinstance(value, str) and value[:1] == "=":
            cell.data_type = "s"
        self.expected[self.key(row), column] = str(value) if shown is None else shown

    def move(self, where: Where, sheet: Any = None) -> None:
        """Every cell of a sheet goes elsewhere, as a spreadsheet program moves them."""
        sheet = sheet or self.sheet
        merged = [CellRange(one.coord) for one in sheet.merged_cells.ranges]
        for one in merged:
            sheet.unmerge_cells(one.coord)
        old = dict(sheet._cells)
        sheet._cells.clear()
        for place, cell in sorted(old.items()):
            to = where(*place)
            if to:
                self._put(sheet, to, cell)
        for one in merged:
            first, last = where(one.min_row, one.min_col), where(one.max_row, one.max_col)
            if first and last and first < last:
                sheet.merge_cells(None, *first, *last)
        self._move_formulas(sheet, where)
        self._move_tables(sheet, where)
        self._move_names(sheet, where)

    @staticmethod
    def _move_formulas(sheet: Any, where: Where) -> None:
        """References follow the cells they point to."""

        def follow(found: re.Match[str]) -> str:
            to = where(int(found["row"]), column_index_from_string(found["column"]))
            return f"{found[1]}{get_column_letter(to[1])}{found[3]}{to[0]}" if to else "#REF!"

        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.value = _REFERENCE.sub(follow, cell.value)

    @staticmethod
    def _put(sheet: Any, to: Place, cell: Any) -> None:
        new = sheet.cell(*to)
        new.value, new.data_type, new._style = cell.value, cell.data_type, copy(cell._style)
        if cell.hyperlink:
            target = cell.hyperlink.target
            new.hyperlink = target
            new.value = cell.value
        if cell.comment:
            new.comment = Comment(cell.comment.text, cell.comment.author)

    @staticmethod
    def _move_tables(sheet: Any, where: Where) -> None:
        for table in list(sheet.tables.values()):
            area = CellRange(table.ref)
            corners = [where(area.min_row, area.min_col), where(area.max_row, area.max_col)]
            wide = corners[1][1] - corners[0][1] if all(corners) else -1
            if wide != area.max_col - area.min_col:
                del sheet.tables[table.name]  # a table whose columns changed is rebuilt by nobody here
            else:
                (top, left), (bottom, right) = corners
                table.ref = CellRange(min_row=top, min_col=left, max_row=bottom, max_col=right).coord
                if table.autoFilter:
                    table.autoFilter.ref = table.ref

    def _move_names(self, sheet: Any, where: Where) -> None:
        for defined in self.book.defined_names.values():
            title, _, cell = defined.attr_text.rpartition("!")
            if title.strip("'") == sheet.title and ":" not in cell:
                area = CellRange(cell.replace("$", ""))
                to = where(area.min_row, area.min_col)
                new = CellRange(min_row=to[0], min_col=to[1], max_row=to[0], max_col=to[1]) if to else None
                defined.attr_text = f"{title}!{new.coord}" if new else "#REF!"

    def shift(self, rows: dict[int, int | None]) -> None:
        """Rows go where this says; the rest stay."""
        self.move(lambda row, column: (to, column) if (to := rows.get(row, row)) else None)

    def insert_rows(self, at: int, amount: int = 1) -> None:
        self.move(lambda row, column: (row + amount * (row >= at), column))

    def delete_rows(self, gone: Iterable[int]) -> None:
        lost = sorted(gone)
        for row in lost:
            own = self.key(row)
            self.expected = {at: text for at, text in self.expected.items() if at[0] != own}
        self.move(lambda row, column: None if row in lost else (row - sum(one < row for one in lost), column))

    def insert_column(self, at: int) -> None:
        """Below the heading of the form only, so that its title keeps its width."""
        self.move(lambda row, column: (row, column + (column >= at and row >= self.header)))
        self.find_header()

    def delete_column(self, key: str) -> None:
        at = self.columns[key]
        self.expected = {place: text for place, text in self.expected.items() if place[1] != key}
        self.move(
            lambda row, column: (
                (row, column)
                if row < self.header or column < at
                else None
                if column == at
                else (row, column - 1)
            )
        )
        del self.columns[key]
        self.columns = {one: place - (place > at) for one, place in self.columns.items()}

    def find_header(self) -> None:
        self.columns, self.header = header_of(self.sheet)

    def last_row(self) -> int:
        return max(self.rows())

    def drop_marks(self, *, keys: bool = True) -> None:
        """Everything that says whose form it is, but the texts of the sheet."""
        if MARKS.sheet in self.book.sheetnames:
            del self.book[MARKS.sheet]
        for name in list(self.book.defined_names):
            del self.book.defined_names[name]
        for prop in list(self.book.custom_doc_props.names):
            del self.book.custom_doc_props[prop]
        if keys:
            for row in range(self.header, self.sheet.max_row + 1):
                self.cell(row, "key").value = None

    def saved(self) -> bytes:
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()


# --- nothing but saved --------------------------------------------------------------------------


@honest
def untouched(draft: Draft) -> None:
    """Filled and saved by another program."""


@honest
def answers_with_signs_of_formulas(draft: Draft) -> None:
    """Texts that begin with = + - @ are texts."""
    for row, sign in zip(draft.rows(), "=+-@", strict=False):
        draft.answer(row, "info", f"{sign}{draft.cell(row, 'info').value}")


@honest
def very_long_answers(draft: Draft) -> None:
    """As much as a cell holds."""
    text = f"начало {draft.code} " + "слово " * 6000
    draft.answer(draft.rows()[2], "info", text[:32766] + "ц")


@honest
def only_a_filter_was_left_on(draft: Draft) -> None:
    """Rows without answers are hidden, so are the office's columns."""
    empty = [row for row in range(draft.header + 1, draft.last_row()) if row not in draft.rows()]
    for row in empty:
        draft.sheet.row_dimensions[row].hidden = True
    draft.sheet.column_dimensions["E"].hidden = True


@honest
def lines_and_spaces(draft: Draft) -> None:
    """Answers over several lines, with no-break spaces and emoji."""
    row = draft.rows()[4]
    draft.answer(row, "info", f"Сделано:\n• пункт\u00a0один {draft.code}\n• пункт два ✔ 👍")


# --- rows ---------------------------------------------------------------------------------------


@damage
def blank_rows_inserted(draft: Draft) -> None:
    for row in reversed(draft.rows()[2::5]):
        draft.insert_rows(row, 2)


@damage
def own_row_inserted(draft: Draft) -> None:
    """An activity of the school's own between those of the plan."""
    at = draft.rows()[5]
    draft.insert_rows(at)
    draft.type(draft.cell(at, "title"), f"Экскурсия на завод керамики {draft.code}")
    draft.cell(at, "status").value = "выполнено"
    draft.type(draft.cell(at, "info"), f"Своё мероприятие {draft.code}")


@damage
def rows_deleted(draft: Draft) -> None:
    draft.delete_rows(draft.rows()[3:8:2])


@damage
def rows_sorted(draft: Draft) -> None:
    """Sorted whole, sections sank among the rows."""
    last = draft.last_row()
    rows = list(range(draft.header + 1, last + 1))
    order = sorted(rows, key=lambda row: str(draft.cell(row, "info").value or ""), reverse=True)
    draft.shift(dict(zip(order, rows, strict=True)))


@damage
def sorted_without_the_hidden_column(draft: Draft) -> None:
    """Keys stayed where they were."""
    rows = draft.rows()
    to = dict(zip(rows, rows[::-1], strict=True))
    key = draft.columns["key"]
    draft.move(lambda row, column: (row if column == key else to.get(row, row), column))


@honest
def numbers_called_points(draft: Draft) -> None:
    """«п. 1.1» instead of «1.1»."""
    for row in draft.rows():
        draft.cell(row, "number").value = f"п. {draft.cell(row, 'number').value}"


@damage
def words_beside_numbers(draft: Draft) -> None:
    """«1.1 перенос»: a word beside the number must be met again."""
    for row in draft.rows()[:3]:
        cell = draft.cell(row, "number")
        draft.type(cell, f"{cell.value} перенос {draft.code}", draft.key(row))


@honest
def days_counted_from_1904(draft: Draft) -> None:
    """The file went through an old Mac: every date is stored as another number."""
    draft.book.epoch = CALENDAR_MAC_1904


@damage
def own_row_with_the_forms_formula(draft: Draft) -> None:
    """A row was copied for an activity of the school's own, formula and all; a column is gone besides."""
    draft.delete_column("number")
    at = draft.rows()[4]
    check = draft.cell(at, "check").value
    draft.insert_rows(at)
    draft.type(draft.cell(at, "title"), f"Турнир знатоков реки {draft.code}")
    draft.type(draft.cell(at, "info"), f"Сверх плана {draft.code}")
    draft.cell(at, "check").value = check


@damage
def renumbered(draft: Draft) -> None:
    for number, row in enumerate(draft.rows(), 1):
        draft.cell(row, "number").value = number


@damage
def renumbered_and_keys_wiped(draft: Draft) -> None:
    rows = draft.rows()
    for number, row in enumerate(rows, 1):
        draft.cell(row, "number").value = f"{number}."
    for row in rows:
        draft.cell(row, "key").value = None


@damage
def a_row_answered_twice(draft: Draft) -> None:
    """A row was copied and the copy answered otherwise: the second answer is told."""
    row = draft.rows()[4]
    draft.insert_rows(row + 1)
    for column in range(1, draft.columns["key"] + 1):
        draft.sheet.cell(row + 1, column).value = draft.sheet.cell(row, column).value
    draft.type(draft.cell(row + 1, "info"), f"второй ответ {draft.code}")


@damage
def numbers_became_dates(draft: Draft) -> None:
    for row in draft.rows():
        day, _, month = str(draft.cell(row, "number").value).partition(".")
        if month.isdigit() and int(month) <= 12:
            draft.cell(row, "number").value = datetime(2026, int(month), int(day))


@damage
def numbers_became_dates_without_keys(draft: Draft) -> None:
    rows = draft.rows()
    numbers_became_dates(draft)
    for row in rows:
        draft.cell(row, "key").value = None


@damage
def numbers_became_floats_without_keys(draft: Draft) -> None:
    rows = draft.rows()
    for row in rows:
        draft.cell(row, "number").value = float(draft.cell(row, "number").value)
        draft.cell(row, "key").value = None


@damage
def keys_wiped(draft: Draft) -> None:
    for row in draft.rows():
        draft.cell(row, "key").value = None


@damage
def a_row_continued_below(draft: Draft) -> None:
    """The document of a row did not fit and went into an inserted row."""
    row = draft.rows()[6]
    draft.insert_rows(row + 1)
    cell = draft.cell(row, "document")
    draft.cell(row + 1, "document").value, cell.value = cell.value, None


@damage
def answers_below_in_a_second_table(draft: Draft) -> None:
    """The table was cut in two, the second half under its own header."""
    rows = draft.rows()
    at = rows[len(rows) // 2]
    header = [draft.sheet.cell(draft.header, column).value for column in range(1, draft.columns["key"] + 1)]
    draft.insert_rows(at, 4)
    for column, text in enumerate(header, 1):
        draft.sheet.cell(at + 3, column).value = text


# --- columns ------------------------------------------------------------------------------------


@damage
def a_column_inserted(draft: Draft) -> None:
    at = draft.columns["document"]
    draft.insert_column(at)
    draft.sheet.cell(draft.header, at).value = "Кто проводил"
    for row in draft.rows()[::4]:
        draft.type(draft.sheet.cell(row, at), f"завуч {draft.code} {row}")


@damage
def columns_moved(draft: Draft) -> None:
    """Status and date went to the right end of the answers."""
    order = ["number", "title", "deadline", "responsible", "result", "info", "document", "link", "reason",
             "done_on", "status", "remark", "check", "key"]  # fmt: skip
    to = {draft.columns[key]: place for place, key in enumerate(order, 1)}
    draft.move(lambda row, column: (row, to.get(column, column) if row >= draft.header else column))


@damage
def headers_renamed(draft: Draft) -> None:
    names = {"status": "Отметка о выполнении", "done_on": "Дата выполнения", "document": "Реквизиты документа",
             "link": "Ссылки", "info": "Ход исполнения"}  # fmt: skip
    for key, text in names.items():
        draft.cell(draft.header, key).value = text


@damage
def headers_in_own_words(draft: Draft) -> None:
    draft.cell(draft.header, "info").value = "Чем занимались в школе"
    draft.cell(draft.header, "done_on").value = "Когда"


@damage
def office_columns_deleted(draft: Draft) -> None:
    for key in ("result", "responsible", "deadline"):
        draft.delete_column(key)


@damage
def an_answer_column_deleted(draft: Draft) -> None:
    draft.delete_column("reason")


@damage
def header_row_deleted(draft: Draft) -> None:
    top = draft.header
    draft.sheet.tables.clear()
    draft.move(lambda row, column: None if row == top else (row - (row > top), column))


# --- places -------------------------------------------------------------------------------------


@damage
def moved_down_and_right(draft: Draft) -> None:
    draft.sheet.column_dimensions["N"].hidden = False
    draft.move(lambda row, column: (row + 7, column + 3))


@damage
def title_rows_above(draft: Draft) -> None:
    draft.move(lambda row, column: (row + 3, column))
    draft.type(draft.sheet.cell(1, 1), f"УТВЕРЖДАЮ директор {draft.code}")


@damage
def pasted_as_values(draft: Draft) -> None:
    """Table and heading as values in a new workbook: no marks at all, one named sheet."""
    new = Workbook()
    target = new.active
    target.title = "Лист1"
    key = draft.columns["key"]
    for (row, column), cell in draft.sheet._cells.items():
        if cell.value is not None and column != key and "выпуск" not in str(cell.value):
            value = cell.value
            if cell.data_type == "f":
                value = "готово" if row > draft.header else "Заполнено 20 из 20, без подтверждения 0"
            target.cell(row, column).value = value
    draft.book, draft.sheet = new, target


@damage
def sheet_renamed_and_sheets_added(draft: Draft) -> None:
    draft.sheet.title = "Наш отчёт"
    for name in draft.book.defined_names.values():
        name.attr_text = name.attr_text.replace(FORM_SHEET, "Наш отчёт")
    notes = draft.book.create_sheet("Заметки", 0)
    draft.type(notes["A1"], f"список дел завуча {draft.code}")
    draft.type(notes["C5"], f"позвонить {draft.code}")
    draft.book.active = 0


@damage
def hidden_places(draft: Draft) -> None:
    for row in draft.rows()[::3]:
        draft.sheet.row_dimensions[row].hidden = True
    draft.sheet.column_dimensions["J"].hidden = True


@damage
def the_sheet_is_hidden(draft: Draft) -> None:
    cover = draft.book.create_sheet("Титул", 0)
    draft.type(cover["B2"], f"Отчёт школы {draft.code}")
    draft.book.active = 0
    draft.sheet.sheet_state = "hidden"


@damage
def answer_cells_merged(draft: Draft) -> None:
    """One document for three rows: the first keeps it, the others are told to be empty."""
    rows = draft.rows()[1:4]
    for row in rows[1:]:
        draft.cell(row, "document").value = None
        del draft.expected[draft.key(row), "document"]
    column = draft.columns["document"]
    draft.sheet.merge_cells(None, rows[0], column, rows[-1], column)


@damage
def number_and_title_merged(draft: Draft) -> None:
    row = draft.rows()[7]
    draft.cell(row, "title").value = None
    draft.sheet.merge_cells(None, row, draft.columns["number"], row, draft.columns["title"])


# --- answers in other words ---------------------------------------------------------------------


@damage
def dates_in_words(draft: Draft) -> None:
    rows = draft.rows()
    texts = {
        "15.02.2026": "15.02.2026",
        "15.2.26": "15.02.2026",
        "16 февраля 2026 г.": "16.02.2026",
        "2026-02-17": "17.02.2026",
        "18/02/2026": "18.02.2026",
    }
    for row, (text, shown) in zip(rows, texts.items(), strict=False):
        draft.answer(row, "done_on", text, shown)
    draft.answer(rows[5], "done_on", "10.02.2026-14.02.2026", "14.02.2026")
    for row, text in zip(rows[6:], ("в течение года", "ежемесячно"), strict=False):
        draft.answer(row, "done_on", text)
        draft.expected.pop((draft.key(row), "done_on"))
        draft.typed[text] = draft.key(row)


@damage
def statuses_in_words(draft: Draft) -> None:
    rows = draft.rows()
    texts = {
        "Исполнено": "выполнено",
        "ВЫПОЛНЕНО.": "выполнено",
        "да": "выполнено",
        "+": "выполнено",
        "в процессе": "в работе",
        "частично": "выполнено частично",
        "не треб.": "не требуется",
    }
    for row, (text, shown) in zip(rows, texts.items(), strict=False):
        draft.answer(row, "status", text, shown)
    draft.answer(rows[9], "status", f"ну почти {draft.code}")


@damage
def links_behind_words(draft: Draft) -> None:
    """The address hides behind «приказ»; another stands beside the status."""
    rows = draft.rows()
    for row, key in ((rows[1], "document"), (rows[2], "info"), (rows[3], "status")):
        cell = draft.cell(row, key)
        value = cell.value
        target = f"https://disk.example/{draft.code}/{key}"
        cell.hyperlink = target
        cell.value = value
        draft.typed[target] = draft.key(row)


@damage
def comments_on_answers(draft: Draft) -> None:
    row = draft.rows()[2]
    for key in ("status", "done_on", "info", "link"):
        text = f"примечание {key} {draft.code}"
        draft.cell(row, key).comment = Comment(text, "Завуч")
        draft.typed[text] = draft.key(row)


@damage
def comment_on_an_empty_answer(draft: Draft) -> None:
    """The answer itself was put into a note."""
    row = draft.rows()[2]
    cell = draft.cell(row, "document")
    cell.value = None
    del draft.expected[draft.key(row), "document"]
    text = f"протокол лежит у завуча {draft.code}"
    cell.comment = Comment(text, "Завуч")
    draft.typed[text] = draft.key(row)


@damage
def formulas_without_values(draft: Draft) -> None:
    """A formula whose result was never computed: the cell is named, nothing is guessed."""
    row = draft.rows()[3]
    draft.cell(row, "info").value = '=CONCATENATE("Проведено ",2+3)'
    draft.perhaps[draft.key(row), "info"] = "Проведено 5"
    del draft.expected[draft.key(row), "info"]


@damage
def errors_of_excel(draft: Draft) -> None:
    row = draft.rows()[3]
    draft.cell(row, "info").value = "#ССЫЛКА!"
    draft.expected[draft.key(row), "info"] = "#ССЫЛКА!"


# --- answers in other places --------------------------------------------------------------------


@damage
def notes_around_the_table(draft: Draft) -> None:
    last = draft.sheet.max_row
    draft.type(draft.sheet.cell(last + 3, 2), f"Директор Орлова {draft.code}")
    draft.type(draft.sheet.cell(last + 6, 8), f"Дополнительно провели ярмарку {draft.code}")
    draft.type(draft.sheet.cell(draft.rows()[1], draft.columns["key"] + 3), f"см. письмо {draft.code}")
    draft.type(draft.sheet.cell(1, 12), f"исх. № 77 {draft.code}")


@damage
def answers_in_section_rows(draft: Draft) -> None:
    row = next(
        row
        for row in range(draft.header + 1, draft.last_row())
        if draft.cell(row, "title").value and not draft.cell(row, "key").value
    )
    draft.type(draft.cell(row, "info"), f"по разделу всё сделано {draft.code}")


@damage
def answers_in_the_offices_columns(draft: Draft) -> None:
    rows = draft.rows()
    draft.type(draft.cell(rows[1], "remark"), f"мы не согласны {draft.code}")
    draft.type(draft.cell(rows[2], "check"), f"проверено завучем {draft.code}")
    draft.type(draft.cell(rows[3], "deadline"), f"перенесли на осень {draft.code}")
    draft.type(draft.cell(rows[4], "result"), f"справка готова {draft.code}")


@damage
def a_row_of_another_school(draft: Draft) -> None:
    """A row this school was not asked for, copied from a neighbour's form."""
    at = draft.last_row()
    draft.insert_rows(at)
    row = draft.strange
    for key, text in {
        "number": row.number,
        "title": row.title,
        "deadline": row.deadline_text,
        "key": row.key,
    }.items():
        draft.cell(at, key).value = text
    draft.cell(at, "status").value = "выполнено"
    draft.type(draft.cell(at, "info"), f"и это сделали {draft.code}")


@damage
def help_sheet_scribbled(draft: Draft) -> None:
    sheet = draft.book[FORM_HELP_SHEET]
    draft.type(sheet.cell(sheet.max_row + 2, 2), f"не понятен пункт 3 {draft.code}")


@damage
def constants_in_names(draft: Draft) -> None:
    text = f"спрятано {draft.code}"
    draft.book.defined_names["тайник"] = DefinedName("тайник", attr_text=f'"{text}"')
    draft.typed[text] = None


# --- marks --------------------------------------------------------------------------------------


@damage
def marks_lost_but_keys(draft: Draft) -> None:
    draft.drop_marks(keys=False)


@damage
def all_marks_lost(draft: Draft) -> None:
    draft.drop_marks()
    for row in range(1, draft.header):
        for column in range(1, 15):
            cell = draft.sheet.cell(row, column)
            if "выпуск" in str(cell.value):
                cell.value = None


@damage
def sorted_without_marks_in_new_words(draft: Draft) -> None:
    """Several at once: sorted, renumbered, marks gone, titles touched."""
    rows = draft.rows()
    for number, row in enumerate(rows, 1):
        draft.cell(row, "number").value = number
        title = draft.cell(row, "title")
        title.value = f"{title.value} ".replace(" ", "  ") if number % 2 else str(title.value).upper()
    all_marks_lost(draft)
    to = dict(zip(rows, rows[::-1], strict=True))
    draft.shift(dict(to))
