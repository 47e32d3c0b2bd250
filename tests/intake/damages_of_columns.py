"""Damage to columns and headers: other words, other places, twice, gone."""

from __future__ import annotations

import dataclasses
from random import Random

import msgspec
from damages import Draft, activities, damage

from sheetsync.columns import REPORT
from sheetsync.grid import Area, Sheet

ENGLISH = {
    "number": "No.", "title": "Activity", "deadline": "Deadline", "responsible": "Responsible", "result": "Expected result",
    "status": "Status", "done_on": "Date of completion", "info": "Information", "document": "Supporting document",
    "link": "Link to the document", "reason": "Reason / new deadline", "remark": "Remark", "check": "Check",
}  # fmt: skip
SHORT = {
    "title": "Мероп-е", "deadline": "Срок реал.", "responsible": "Ответств.", "result": "Планир. рез-т",
    "status": "Стат.", "done_on": "Дата исп.", "info": "Инф. об исп.", "document": "Подтв. документ",
    "link": "Ссылка на док.", "reason": "Причина/нов. срок",
}  # fmt: skip


def rename(draft: Draft, names: dict[str, str]) -> None:
    top = draft.header_row()
    places = {key: at for key in names if (at := draft.column(key))}
    for key, at in places.items() if top else ():
        draft.edit(top, at, value=names[key])


@damage
def headers_in_english(draft: Draft, random: Random) -> None:
    """A browser translated the header."""
    rename(draft, ENGLISH)


@damage
def headers_shortened(draft: Draft, random: Random) -> None:
    """Headers were shortened to narrow columns."""
    rename(draft, SHORT)


@damage
def headers_decorated(draft: Draft, random: Random) -> None:
    """Numbers, stars, capitals, line breaks and hints in the header."""
    shapes = ("{}*", "{} (обязательно)", "{}\n", "  {}:", "{}.")
    names = {}
    for number, column in enumerate(REPORT.columns, 1):
        text = random.choice((*shapes, f"{number}. {{}}")).format(column.header)
        names[column.key] = text.upper() if number % 3 == 0 else text.replace(" ", "\n", 1)
    rename(draft, {key: text for key, text in names.items() if key not in ("key", "number")})


@damage
def banner_over_the_header(draft: Draft, random: Random) -> None:
    """A merged line «Заполняет школа» stands over the answer columns."""
    top, at, end = draft.header_row(), draft.column("status"), draft.column("reason")
    if not top or not at or end <= at:
        return
    draft.move(lambda row, column: (row + (row >= top), column))
    draft.edit(top, at, value="Заполняет школа ежемесячно")
    draft.typed.append("Заполняет школа ежемесячно")
    draft.put(dataclasses.replace(draft.report, merges=(*draft.report.merges, Area(top, at, top, end))))


@damage
def column_doubled(draft: Draft, random: Random) -> None:
    """A column was copied; the copy holds older answers."""
    at, top = draft.column("info"), draft.header_row()
    if not at:
        return
    header = draft.report.at(top, at).value
    draft.move(lambda row, column: (row, column + (column > at and row >= top)))
    draft.edit(top, at + 1, value=header)
    for row, activity in draft.answered()[::5]:
        draft.edit(row, at + 1, value=f"прежний ответ {activity}")
        draft.typed.append(f"прежний ответ {activity}")
        draft.either[activity, "info"] = f"прежний ответ {activity}"


@damage
def blank_columns_inserted(draft: Draft, random: Random) -> None:
    """Two empty columns without a header in the middle."""
    at, top = draft.column(random.choice(("status", "info", "link"))), draft.header_row()
    if at:
        draft.move(lambda row, column: (row, column + 2 * (column >= at and row >= top)))


@damage
def column_without_header_inserted(draft: Draft, random: Random) -> None:
    """A column of the school's own has no header."""
    at, top = draft.column("reason"), draft.header_row()
    if not at:
        return
    draft.move(lambda row, column: (row, column + (column >= at and row >= top)))
    for row in draft.plan_rows()[::6]:
        draft.edit(row, at, value=f"пометка к строке {row}")
        draft.typed.append(f"пометка к строке {row}")


@damage
def many_office_columns_deleted(draft: Draft, random: Random) -> None:
    """Only titles and answers are left of the form."""
    for key in ("number", "deadline", "responsible", "result", "remark", "check"):
        at, top = draft.column(key), draft.header_row()
        if at:
            draft.move(
                lambda row, column, at=at, top=top: (  # type: ignore[misc]
                    (row, column) if row < top or column < at else None if column == at else (row, column - 1)
                )
            )


@damage
def office_columns_hidden(draft: Draft, random: Random) -> None:
    """The office's columns were hidden."""
    columns = frozenset(
        at for key in ("deadline", "responsible", "result", "info") if (at := draft.column(key))
    )
    draft.put(dataclasses.replace(draft.report, hidden_columns=draft.report.hidden_columns | columns))


@damage
def status_column_deleted(draft: Draft, random: Random) -> None:
    """The column of statuses or dates was deleted with what it held."""
    key = random.choice(("status", "done_on", "info", "link"))
    at, top = draft.column(key), draft.header_row()
    if not at or {activity for activity, _ in draft.expected} - set(activities(draft).values()):
        return  # which answers go cannot be told
    draft.keep_only(lambda _, column: column != key)
    draft.move(
        lambda row, column: (
            (row, column) if row < top or column < at else None if column == at else (row, column - 1)
        )
    )


@damage
def column_in_own_words_alone(draft: Draft, random: Random) -> None:
    """Two headers in the school's own words."""
    names = {
        "status": "Как обстоят дела", "done_on": "Когда это было", "info": "Наши успехи",
        "document": "Чем подтверждается", "link": "Где лежит", "reason": "Почему нет",
    }  # fmt: skip
    chosen = random.sample(sorted(names), 2)
    rename(draft, {key: names[key] for key in chosen})


@damage
def table_moved_to_another_sheet(draft: Draft, random: Random) -> None:
    """The table was cut out and pasted on a new sheet; the heading stayed where it was."""
    top = draft.header_row()
    if not top:
        return
    report = draft.report
    table = {(row - top + 2, column + 1): cell for (row, column), cell in report.cells.items() if row >= top}
    merges = tuple(
        Area(one.top - top + 2, one.left + 1, one.bottom - top + 2, one.right + 1)
        for one in report.merges
        if one.top >= top
    )
    draft.put(
        dataclasses.replace(
            report, cells={at: cell for at, cell in report.cells.items() if at[0] < top}, merges=()
        )
    )
    hidden = frozenset(row - top + 2 for row in report.hidden_rows if row >= top)
    sheet = Sheet("Лист9", table, merges=merges, hidden_rows=hidden)
    draft.book = msgspec.structs.replace(draft.book, sheets=(*draft.book.sheets, sheet), tables=())
    draft._at = len(draft.book.sheets) - 1


@damage
def sections_on_sheets_of_their_own(draft: Draft, random: Random) -> None:
    """The second half of the table went to a sheet of its own, with the header."""
    rows, top = draft.plan_rows(), draft.header_row()
    known = activities(draft)
    if len(rows) < 6 or not set(rows) <= known.keys():
        return
    at = rows[len(rows) // 2]
    report = draft.report
    half = {
        (row if row == top else row - at + top + 1, column): cell
        for (row, column), cell in report.cells.items()
        if row == top or row >= at
    }
    draft.put(
        dataclasses.replace(
            report,
            cells={place: cell for place, cell in report.cells.items() if place[0] < at},
            merges=tuple(one for one in report.merges if one.bottom < at),
            hidden_rows=frozenset(row for row in report.hidden_rows if row < at),
        )
    )
    draft.book = msgspec.structs.replace(
        draft.book, sheets=(*draft.book.sheets, Sheet("Часть 2", half)), tables=()
    )
