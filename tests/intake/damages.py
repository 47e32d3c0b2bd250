"""What happens to a form between the office and the office: each damage is a function with a story.

A damage takes a ``Draft`` (a copy one may scribble on) and a random source, and leaves the answers
the school meant unchanged, only their places, their neighbours and their looks.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from random import Random

import msgspec
from issued_copies import FIRST_ROW, HEADER_ROW

from sheetsync.columns import FORM_HELP_SHEET, MARKS, REPORT, FormCell
from sheetsync.grid import Area, Book, Cell, Sheet, Table, Visibility, position

Damage = Callable[["Draft", Random], None]
DAMAGES: dict[str, Damage] = {}
_ACTIVITY = re.compile(r"K\d\dX")


def damage(function: Damage) -> Damage:
    DAMAGES[function.__name__] = function
    return function


class Draft:
    """A copy that can be changed: sheets, names, properties, tables."""

    def __init__(self, book: Book, expected: dict[tuple[str, str], str]) -> None:
        self.book = book
        self.expected = dict(expected)
        self.typed: list[str] = []
        """Texts a damage adds: each must be met again somewhere."""
        self.either: dict[tuple[str, str], str] = {}
        """A second answer of the school's to the same: either may be placed, the other is told."""
        self.values: dict[tuple[str, str], object] = {}
        """What a status or a date typed in words means; None: nobody could say."""
        self.misput: dict[tuple[str, str], str] = {}
        """Answers typed into another cell than their own, by the activity and column they are for."""

    @property
    def report(self) -> Sheet:
        return self.book.sheets[self._at]

    _at = 0

    def put(self, sheet: Sheet) -> None:
        sheets = list(self.book.sheets)
        sheets[self._at] = sheet
        self.book = msgspec.structs.replace(self.book, sheets=tuple(sheets))

    def cells(self, cells: dict[tuple[int, int], Cell]) -> None:
        self.put(dataclasses.replace(self.report, cells=cells))

    def edit(self, row: int, column: int, **changes: object) -> None:
        cells = dict(self.report.cells)
        cells[row, column] = msgspec.structs.replace(self.report.at(row, column), **changes)  # type: ignore[arg-type]
        self.cells(cells)

    def move(self, where: Callable[[int, int], tuple[int, int] | None]) -> None:
        """Every cell goes to a new place or away; names, merges and the table follow."""
        moved = {where(*at): cell for at, cell in self.report.cells.items()}
        cells = {at: cell for at, cell in moved.items() if at is not None}
        rows = frozenset(to[0] for row in self.report.hidden_rows if (to := where(row, 1)))
        columns = frozenset(
            to[1] for column in self.report.hidden_columns if (to := where(HEADER_ROW, column))
        )
        self.put(dataclasses.replace(self.report, cells=cells, hidden_rows=rows, hidden_columns=columns))
        self._move_names(where)
        self._move_tables(where)

    def _move_names(self, where: Callable[[int, int], tuple[int, int] | None]) -> None:
        names = dict(self.book.names)
        for name, target in self.book.names.items():
            sheet, _, cell = target.rpartition("!")
            if sheet.strip("'") == self.report.name:
                to = where(*position(cell))
                names[name] = f"{sheet}!${chr(64 + to[1])}${to[0]}" if to else "#REF!"
        self.book = msgspec.structs.replace(self.book, names=names)

    def _move_tables(self, where: Callable[[int, int], tuple[int, int] | None]) -> None:
        tables = []
        for one in self.book.tables:
            first = where(one.area.top, one.area.left) or (one.area.top, one.area.left)
            tables.append(
                Table(one.name, one.sheet, Area(*first, one.area.bottom, one.area.right), one.columns)
            )
        self.book = msgspec.structs.replace(self.book, tables=tuple(tables))

    def header_row(self) -> int:
        titles = [
            row for (row, _), cell in self.report.cells.items() if cell.text in ("Мероприятие", "Что сделать")
        ]
        return min(titles, default=0)

    def column(self, key: str) -> int:
        """Where a column stands now, by its header."""
        header = REPORT.column(key).header
        found = [
            at
            for (row, at), cell in self.report.cells.items()
            if cell.text == header and row == self.header_row()
        ]
        return found[0] if found else 0

    def plan_rows(self) -> list[int]:
        """Rows of activities: those with a title and an answer."""
        title, status = self.column("title"), self.column("status")
        if not title or not status:
            return []
        top = self.header_row()
        return [row for row, cells in self.report.rows() if row > top and title in cells and status in cells]

    def answered(self, *keys: str) -> list[tuple[int, str]]:
        """Rows whose activity is known by their information, with it; none when a column is gone."""
        if not all(self.column(key) for key in ("title", "info", *keys)):
            return []
        met = Counter(activities(self).values())
        elsewhere = {activity for activity, _ in self.misput}
        return [
            (row, own)
            for row, own in sorted(activities(self).items())
            if met[own] == 1 and own not in elsewhere
        ]

    def answer(self, row: int, activity: str, key: str, **changes: object) -> None:
        """The school answers otherwise: what is typed is what is expected."""
        self.edit(row, self.column(key), **changes)
        self.expected[activity, key] = self.report.at(row, self.column(key)).text

    def take(self, row: int, activity: str, key: str) -> str:
        """Empty an answer cell; its text comes back, nothing is expected there any more."""
        at = row, self.column(key)
        text = self.report.at(*at).text
        self.cells({place: cell for place, cell in self.report.cells.items() if place != at})
        for kept in (self.expected, self.either, self.values, self.misput):
            kept.pop((activity, key), None)  # type: ignore[attr-defined]
        return text

    def keep_only(self, stays: Callable[[str, str], bool]) -> None:
        """Forget what was expected in cells of activities and columns that are gone."""
        for kept in (self.expected, self.either, self.values):
            for place in [place for place in kept if not stays(*place)]:
                kept.pop(place)  # type: ignore[attr-defined]

    def forget_gone(self) -> None:
        """Texts that a later damage took away with their cells are not looked for."""
        held = {
            text
            for sheet in self.book.sheets
            for cell in sheet.cells.values()
            for text in (cell.text, cell.comment or "", *cell.links, cell.formula or "")
        }
        held |= {text for sheet in self.book.sheets for text in sheet.texts}
        stands = "\n".join(sorted(held))
        self.typed = [text for text in self.typed if text in stands]
        self.misput = {place: text for place, text in self.misput.items() if text in stands}

    def wipe_column(self, key: str) -> None:
        at, top = self.column(key), self.header_row()
        if at:
            self.cells({(r, c): cell for (r, c), cell in self.report.cells.items() if c != at or r < top})


# --- rows ---------------------------------------------------------------------------------------


@damage
def rows_sorted(draft: Draft, random: Random) -> None:
    """The school sorted the table by status; sections sank between the rows."""
    rows = [row for row, _ in draft.report.rows() if row > draft.header_row() > 0]
    shuffled = rows[:]
    random.shuffle(shuffled)
    to = dict(zip(rows, shuffled, strict=True))
    draft.move(lambda row, column: (to.get(row, row), column))


@damage
def visible_columns_sorted(draft: Draft, random: Random) -> None:
    """Sorted without the hidden column: keys stayed where they were."""
    rows = draft.plan_rows()
    key = draft.column("key")
    shuffled = rows[:]
    random.shuffle(shuffled)
    to = dict(zip(rows, shuffled, strict=True))
    draft.move(lambda row, column: (row if column == key else to.get(row, row), column))


@damage
def rows_inserted(draft: Draft, random: Random) -> None:
    """Blank rows were put between activities."""
    rows = draft.plan_rows()
    places = sorted(random.sample(rows, min(3, len(rows))))
    draft.move(lambda row, column: (row + sum(place <= row for place in places), column))


@damage
def own_activity_added(draft: Draft, random: Random) -> None:
    """The school added an activity of its own, like one of the plan but another."""
    rows = draft.plan_rows()
    if not rows:
        return
    at = random.choice(rows)
    draft.move(lambda row, column: (row + (row >= at), column))
    texts = {
        "title": "Курсы повышения квалификации учителей химии",
        "status": "выполнено",
        "info": "своё мероприятие",
    }
    for key, text in texts.items():
        if draft.column(key):
            draft.edit(at, draft.column(key), value=text)
            draft.typed += [text] if key != "status" else []


@damage
def rows_deleted(draft: Draft, random: Random) -> None:
    """Rows the school thought needless were deleted, with their answers."""
    rows = draft.plan_rows()
    gone = set(random.sample(rows, min(3, len(rows))))
    known = activities(draft)
    if not gone <= known.keys():
        return
    left = {activity for row, activity in known.items() if row not in gone}
    lost = {known[row] for row in gone} - left
    draft.keep_only(lambda activity, _: activity not in lost)
    draft.move(lambda row, column: None if row in gone else (row - sum(one < row for one in gone), column))


@damage
def sections_deleted(draft: Draft, random: Random) -> None:
    """Section titles were in the way."""
    own = {draft.column("title"), draft.column("number")} - {0}
    last = max(draft.plan_rows(), default=0)
    sections = {row for row, cells in draft.report.rows() if set(cells) <= own and row < last}
    top = draft.header_row()
    draft.cells(
        {at: cell for at, cell in draft.report.cells.items() if at[0] <= top or at[0] not in sections}
    )


@damage
def renumbered(draft: Draft, random: Random) -> None:
    """The school numbered its rows 1..N."""
    if draft.column("number"):
        for number, row in enumerate(draft.plan_rows(), 1):
            draft.edit(row, draft.column("number"), value=number)


@damage
def numbers_became_dates(draft: Draft, random: Random) -> None:
    """Excel read 3.1 as 3 January and 2.10 as 2 October."""
    for row in draft.plan_rows() if draft.column("number") else ():
        day, _, month = draft.report.at(row, draft.column("number")).text.partition(".")
        if month and int(month) <= 12:
            draft.edit(row, draft.column("number"), value=date(2023, int(month), int(day)))


@damage
def numbers_became_floats(draft: Draft, random: Random) -> None:
    """2.10 became 2.1."""
    for row in draft.plan_rows() if draft.column("number") else ():
        text = draft.report.at(row, draft.column("number")).text
        if text.count(".") == 1:
            draft.edit(row, draft.column("number"), value=float(text))


@damage
def numbers_wiped(draft: Draft, random: Random) -> None:
    """The number column was emptied."""
    if draft.column("number"):
        at = draft.column("number")
        rows = set(draft.plan_rows())
        draft.cells({(r, c): cell for (r, c), cell in draft.report.cells.items() if c != at or r not in rows})


@damage
def titles_edited(draft: Draft, random: Random) -> None:
    """A few titles were corrected, cut or added to."""
    rows = [row for row in draft.plan_rows() if row in activities(draft)]
    for row in random.sample(rows, min(4, len(rows))):
        title = draft.report.at(row, draft.column("title")).text
        change = random.choice(("add", "typo", "spaces"))
        if change == "add" and len(title) > 30:
            title += " (в том числе дистанционно)"
        elif change == "typo" and len(title) > 20:
            title = title[:10] + title[11:]
        else:
            title = title.upper().replace(" ", "  ")
        draft.edit(row, draft.column("title"), value=title)


@damage
def keys_wiped(draft: Draft, random: Random) -> None:
    """The hidden key column was unhidden and cleared."""
    draft.wipe_column("key")


@damage
def some_keys_wiped(draft: Draft, random: Random) -> None:
    """Keys of some rows are gone."""
    if draft.column("key"):
        for row in random.sample(draft.plan_rows(), min(6, len(draft.plan_rows()))):
            draft.edit(row, draft.column("key"), value=None)


@damage
def row_copied(draft: Draft, random: Random) -> None:
    """A row was copied whole, to be filled later; the copy still says the same."""
    rows = draft.plan_rows()
    if not rows:
        return
    at = random.choice(rows)
    line = draft.report.row(at)
    draft.move(lambda row, column: (row + (row > at), column))
    for column, cell in line.items():
        draft.edit(at + 1, column, value=cell.value, links=cell.links, comment=cell.comment)


@damage
def row_answered_twice(draft: Draft, random: Random) -> None:
    """A row was copied and the copy filled differently: both answers must be met again."""
    rows = draft.plan_rows()
    if not rows or not draft.column("info"):
        return
    at = random.choice(rows)
    line = draft.report.row(at)
    draft.move(lambda row, column: (row + (row > at), column))
    for column, cell in line.items():
        draft.edit(at + 1, column, value=cell.value, links=cell.links, comment=cell.comment)
    activity = activities(draft).get(at)
    if activity:
        draft.either[activity, "info"] = "второй ответ на то же"
    draft.edit(at + 1, draft.column("info"), value="второй ответ на то же")
    draft.typed.append("второй ответ на то же")


# --- columns ------------------------------------------------------------------------------------


@damage
def column_inserted(draft: Draft, random: Random) -> None:
    """The school added a column of its own in the middle."""
    at = draft.column("document")
    if not at:
        return
    top = draft.header_row()
    draft.move(lambda row, column: (row, column + (column >= at and row >= top)))
    draft.edit(top, at, value="Кто проводил")
    for row in draft.plan_rows()[::4]:
        draft.edit(row, at, value=f"завуч, строка {row}")
        draft.typed.append(f"завуч, строка {row}")


@damage
def columns_moved(draft: Draft, random: Random) -> None:
    """Columns were dragged into another order."""
    top = draft.header_row()
    columns = sorted({column for row, column in draft.report.cells if row == top})
    shuffled = columns[:]
    random.shuffle(shuffled)
    to = dict(zip(columns, shuffled, strict=True))
    draft.move(lambda row, column: (row, to.get(column, column) if row >= top else column))


@damage
def headers_by_alias(draft: Draft, random: Random) -> None:
    """Headers were renamed to others in use."""
    top = draft.header_row()
    for declared in REPORT.columns:
        at = draft.column(declared.key)
        if at and declared.aliases and declared.key not in ("title", "status") and random.random() < 0.5:
            draft.edit(top, at, value=random.choice(declared.aliases))


@damage
def header_reworded(draft: Draft, random: Random) -> None:
    """One header was rewritten in the school's own words."""
    key, text = random.choice((("info", "Чем занимались"), ("done_on", "Когда"), ("link", "Где посмотреть")))
    if draft.column(key):
        draft.edit(draft.header_row(), draft.column(key), value=text)


@damage
def office_column_deleted(draft: Draft, random: Random) -> None:
    """The deadline column was deleted to save space."""
    key = random.choice(("deadline", "responsible", "result", "number"))
    at, top = draft.column(key), draft.header_row()
    if at:
        draft.move(
            lambda row, column: (
                (row, column) if row < top or column < at else None if column == at else (row, column - 1)
            )
        )


@damage
def answer_column_deleted(draft: Draft, random: Random) -> None:
    """An answer column was deleted with what it held."""
    key = random.choice(("reason", "document"))
    at, top = draft.column(key), draft.header_row()
    if at:
        draft.keep_only(lambda _, column: column != key)
        draft.move(
            lambda row, column: (
                (row, column) if row < top or column < at else None if column == at else (row, column - 1)
            )
        )


@damage
def header_split(draft: Draft, random: Random) -> None:
    """The header was split over two rows with a common caption."""
    top = draft.header_row()
    if top == 0 or not draft.column("status"):
        return
    below = {draft.column(key) for key in ("status", "done_on", "info", "document", "link", "reason")} - {0}
    draft.move(lambda row, column: (row + (row > top or (row == top and column in below)), column))
    draft.edit(top, min(below), value="Исполнение мероприятия")
    draft.typed.append("Исполнение мероприятия")


@damage
def header_deleted(draft: Draft, random: Random) -> None:
    """The header row was deleted."""
    top = draft.header_row()
    if top:
        draft.move(lambda row, column: None if row == top else (row - (row > top), column))
        draft.book = msgspec.structs.replace(draft.book, tables=())


# --- places -------------------------------------------------------------------------------------


@damage
def title_rows_added(draft: Draft, random: Random) -> None:
    """Title rows of the school's own stand above."""
    draft.move(lambda row, column: (row + 3, column))
    draft.edit(1, 1, value="УТВЕРЖДАЮ директор школы")
    draft.typed.append("УТВЕРЖДАЮ директор школы")


@damage
def table_moved_right(draft: Draft, random: Random) -> None:
    """Everything stands two columns further right and four rows lower."""
    draft.move(lambda row, column: (row + 4, column + 2))


@damage
def sheet_renamed(draft: Draft, random: Random) -> None:
    """The sheet is called otherwise; the names of cells follow, the table too."""
    old = draft.report.name
    draft.put(dataclasses.replace(draft.report, name="Лист1"))
    names = {name: target.replace(old, "Лист1") for name, target in draft.book.names.items()}
    tables = tuple(
        msgspec.structs.replace(one, sheet="Лист1") if one.sheet == old else one for one in draft.book.tables
    )
    draft.book = msgspec.structs.replace(draft.book, names=names, tables=tables)


@damage
def sheets_added(draft: Draft, random: Random) -> None:
    """A sheet with the school's own notes was put first."""
    notes = Sheet("Заметки", {(1, 1): Cell("список дел завуча"), (5, 3): Cell(17.5)})
    draft.book = msgspec.structs.replace(draft.book, sheets=(notes, *draft.book.sheets))
    draft._at += 1
    draft.typed += ["список дел завуча", "17.5"]


@damage
def pasted_into_new_workbook(draft: Draft, random: Random) -> None:
    """The sheet was pasted into a new workbook: no marks, no names, no table, no help."""
    draft.book = Book(
        sheets=(dataclasses.replace(draft.report, name="Лист1", visibility=Visibility.VISIBLE),)
    )
    draft._at = 0


@damage
def values_pasted(draft: Draft, random: Random) -> None:
    """Only values came over: formulas became their results."""
    draft.cells({at: msgspec.structs.replace(cell, formula=None) for at, cell in draft.report.cells.items()})


@damage
def rows_hidden(draft: Draft, random: Random) -> None:
    """A filter was left on."""
    draft.put(dataclasses.replace(draft.report, hidden_rows=frozenset(draft.plan_rows()[::2])))


@damage
def sheet_hidden(draft: Draft, random: Random) -> None:
    """The filled sheet was hidden behind a cover."""
    draft.put(dataclasses.replace(draft.report, visibility=Visibility.HIDDEN))


@damage
def table_split(draft: Draft, random: Random) -> None:
    """The table was cut in two; the second half has its own header after a gap."""
    rows, top = draft.plan_rows(), draft.header_row()
    if len(rows) < 6:
        return
    at = rows[len(rows) // 2]
    header = draft.report.row(top)
    draft.move(lambda row, column: (row + (4 if row >= at else 0), column))
    for column, cell in header.items():
        draft.edit(at + 3, column, value=cell.value)


@damage
def note_beside_table(draft: Draft, random: Random) -> None:
    """Someone wrote beside and under the table."""
    last = max(row for row, _ in draft.report.cells)
    right = max(column for _, column in draft.report.cells)
    draft.edit(last + 3, 2, value="Директор ________ Орлова")
    draft.edit(
        FIRST_ROW, right + 3, value="см. письмо", comment="от 5 мая", links=("https://a.example/beside",)
    )
    draft.typed += ["Директор ________ Орлова", "см. письмо", "от 5 мая", "https://a.example/beside"]


@damage
def notes_on_plan_cells(draft: Draft, random: Random) -> None:
    """Comments and links were put on the office's cells; a text box lies over the sheet."""
    rows = draft.plan_rows()
    if rows and draft.column("title"):
        draft.edit(rows[0], draft.column("title"), comment="уточните", links=("https://a.example/plan",))
        draft.typed += ["уточните", "https://a.example/plan"]
    draft.put(dataclasses.replace(draft.report, texts=("Срочно!",)))
    draft.typed.append("Срочно!")


@damage
def cells_merged(draft: Draft, random: Random) -> None:
    """Number and title were merged: the title is gone, the number stands in its place."""
    rows = draft.plan_rows()
    number, title = draft.column("number"), draft.column("title")
    if not rows or title != number + 1 or not draft.column("key"):
        return
    row = random.choice(rows)
    cells = dict(draft.report.cells)
    cells.pop((row, title))
    merges = (*draft.report.merges, Area(row, number, row, title))
    draft.put(dataclasses.replace(draft.report, cells=cells, merges=merges))


@damage
def row_split(draft: Draft, random: Random) -> None:
    """An answer was continued in an inserted row: the document stands one row lower."""
    rows, at = draft.plan_rows(), draft.column("document")
    if not rows or not at:
        return
    row = random.choice(rows)
    cell = draft.report.at(row, at)
    draft.move(lambda r, column: (r + (r > row), column))
    cells = dict(draft.report.cells)
    cells[row + 1, at] = cells.pop((row, at), cell)
    draft.cells(cells)


@damage
def marks_sheet_deleted(draft: Draft, random: Random) -> None:
    """The hidden sheet was found and deleted."""
    at = next((place for place, one in enumerate(draft.book.sheets) if one.name == MARKS.sheet), None)
    if at is not None:
        draft.book = msgspec.structs.replace(
            draft.book, sheets=(*draft.book.sheets[:at], *draft.book.sheets[at + 1 :])
        )


@damage
def saved_by_google(draft: Draft, random: Random) -> None:
    """Google dropped the custom properties and the table, and shows hidden sheets as hidden."""
    sheets = tuple(
        dataclasses.replace(one, visibility=Visibility.HIDDEN)
        if one.visibility is Visibility.VERY_HIDDEN
        else one
        for one in draft.book.sheets
    )
    draft.book = msgspec.structs.replace(draft.book, sheets=sheets, properties={}, tables=())


@damage
def names_lost(draft: Draft, random: Random) -> None:
    """All defined names broke."""
    draft.book = msgspec.structs.replace(draft.book, names=dict.fromkeys(draft.book.names, "#REF!"))


@damage
def code_wiped(draft: Draft, random: Random) -> None:
    """The printed code looked like rubbish and was removed."""
    draft.cells({at: cell for at, cell in draft.report.cells.items() if "выпуск" not in cell.text})


@damage
def help_sheet_deleted(draft: Draft, random: Random) -> None:
    """«Как заполнять» was deleted."""
    sheets = draft.book.sheets
    at = next((place for place, one in enumerate(sheets) if one.name == FORM_HELP_SHEET), None)
    if at is not None:
        draft._at -= at < draft._at
        draft.book = msgspec.structs.replace(draft.book, sheets=(*sheets[:at], *sheets[at + 1 :]))


@damage
def ticked_ready(draft: Draft, random: Random) -> None:
    """«Отчёт готов» is ticked."""
    target = draft.book.names.get(FormCell.READY, "")
    if "!" in target and "#" not in target:
        draft.edit(*position(target.rpartition("!")[2]), value="да")
        draft.typed.append("да")


def activities(draft: Draft) -> dict[int, str]:
    """Activity by row, as the information column names it, whatever else was done to the row."""
    words = {
        row: cells[draft.column("info")].text
        for row, cells in draft.report.rows()
        if draft.column("info") in cells
    }
    found = {row: _ACTIVITY.search(text) for row, text in words.items()}
    return {row: match[0] for row, match in found.items() if match}
