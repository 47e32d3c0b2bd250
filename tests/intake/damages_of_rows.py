"""Damage to rows: more of them, fewer of them, two in one, one in two, other keys, other words."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import pairwise
from random import Random

from damages import Draft, activities, damage

from sheetsync.grid import Area


def insert_row(draft: Draft, at: int, texts: dict[str, str]) -> None:
    """A row of the school's own: all its texts must be met again."""
    draft.move(lambda row, column: (row + (row >= at), column))
    for key, text in texts.items():
        if draft.column(key):
            draft.edit(at, draft.column(key), value=text)
            draft.typed.append(text)


@damage
def subtotals_inserted(draft: Draft, random: Random) -> None:
    """«Итого по разделу» under some rows."""
    for number, row in enumerate(sorted(random.sample(draft.plan_rows(), min(2, len(draft.plan_rows())))), 1):
        text = f"выполнено {number}7 дел из 20"
        insert_row(draft, row + number, {"title": f"Итого по разделу {number}", "info": text})


@damage
def own_section_inserted(draft: Draft, random: Random) -> None:
    """A section of the school's own, its title in the column of titles."""
    if rows := draft.plan_rows():
        insert_row(draft, random.choice(rows), {"title": "Дополнительно, по инициативе школы"})


@damage
def remark_row_inserted(draft: Draft, random: Random) -> None:
    """A line of text between activities, in the first column."""
    if rows := draft.plan_rows():
        insert_row(draft, random.choice(rows), {"number": "далее см. приложение к отчёту"})


@damage
def blank_rows_with_spaces(draft: Draft, random: Random) -> None:
    """Rows that look empty hold spaces."""
    if not (rows := draft.plan_rows()):
        return
    at = random.choice(rows)
    draft.move(lambda row, column: (row + 2 * (row >= at), column))
    for column in range(1, 5):
        draft.edit(at, column, value="  \u00a0")


@damage
def header_repeated_on_every_page(draft: Draft, random: Random) -> None:
    """The header was copied between the rows, as it is printed on every page."""
    top, rows = draft.header_row(), draft.plan_rows()
    header = draft.report.row(top)
    for at in reversed(rows[6::6]):
        draft.move(lambda row, column, at=at: (row + (row >= at), column))  # type: ignore[misc]
        for column, cell in header.items():
            draft.edit(at, column, value=cell.value)


@damage
def columns_numbered(draft: Draft, random: Random) -> None:
    """A row «1 2 3 …» stands under the header."""
    top = draft.header_row()
    if not top:
        return
    columns = [column for row, column in draft.report.cells if row == top]
    draft.move(lambda row, column: (row + (row > top), column))
    for number, column in enumerate(sorted(columns), 1):
        draft.edit(top + 1, column, value=number)


@damage
def row_split_with_its_number(draft: Draft, random: Random) -> None:
    """An answer is continued in a second row that repeats the number."""
    _split(draft, random, ("number",))


@damage
def row_split_with_number_and_title(draft: Draft, random: Random) -> None:
    """An answer is continued in a second row that repeats number and title."""
    _split(draft, random, ("number", "title"))


def _split(draft: Draft, random: Random, repeated: tuple[str, ...]) -> None:
    rows = draft.answered("document", "link", "number")
    if not rows:
        return
    row, _ = random.choice(rows)
    draft.move(lambda at, column: (at + (at > row), column))
    cells = dict(draft.report.cells)
    for key in ("document", "link"):
        at = draft.column(key)
        if (row, at) in cells:
            cells[row + 1, at] = cells.pop((row, at))
    for key in repeated:
        if (row, draft.column(key)) in cells:
            cells[row + 1, draft.column(key)] = cells[row, draft.column(key)]
    draft.cells(cells)


@damage
def text_continued_below(draft: Draft, random: Random) -> None:
    """The words of an answer go on in an inserted row."""
    rows = draft.answered("info")
    if not rows:
        return
    row, activity = random.choice(rows)
    draft.move(lambda at, column: (at + (at > row), column))
    draft.edit(row + 1, draft.column("info"), value=f"и ещё продолжение про {activity[1:3]}")
    draft.typed.append(f"и ещё продолжение про {activity[1:3]}")


@damage
def two_rows_made_one(draft: Draft, random: Random) -> None:
    """Two activities were joined into one row, titles and answers one under another."""
    rows = draft.answered("document")
    pairs = [(one, other) for one, other in pairwise(rows) if other[0] == one[0] + 1]
    if not pairs or not draft.column("key"):
        return
    (row, first), (below, second) = random.choice(pairs)
    joined = {}
    for key in ("title", "info", "document"):
        texts = [draft.report.at(at, draft.column(key)).text for at in (row, below)]
        if not all(texts):
            return
        joined[key] = "\n".join(texts)
    draft.edit(row, draft.column("title"), value=joined["title"])
    for key in ("info", "document"):
        draft.answer(row, first, key, value=joined[key])
    draft.keep_only(lambda activity, _: activity != second)
    draft.move(lambda at, column: None if at == below else (at - (at > below), column))


@damage
def titles_merged_down(draft: Draft, random: Random) -> None:
    """Number and title are merged over two rows, the answer goes on in the second."""
    rows = draft.answered("document", "number")
    if not rows:
        return
    row, _ = random.choice(rows)
    document = draft.column("document")
    draft.move(lambda at, column: (at + (at > row), column))
    cells = dict(draft.report.cells)
    if (row, document) in cells:
        cells[row + 1, document] = cells.pop((row, document))
    draft.cells(cells)
    areas = tuple(Area(row, draft.column(key), row + 1, draft.column(key)) for key in ("number", "title"))
    draft.put(replace(draft.report, merges=(*draft.report.merges, *areas)))


@damage
def only_the_first_half(draft: Draft, random: Random) -> None:
    """The second half of the rows was never sent."""
    rows, known = draft.plan_rows(), activities(draft)
    if not rows or {activity for activity, _ in draft.expected} - set(known.values()):
        return  # which answers go cannot be told
    last = max(known)
    half = {row for row, _ in draft.report.rows() if rows[len(rows) // 2] <= row <= last}
    left = {activity for row, activity in known.items() if row not in half}
    gone = {known[row] for row in half & known.keys()} - left
    draft.keep_only(lambda activity, _: activity not in gone)
    draft.cells({at: cell for at, cell in draft.report.cells.items() if at[0] not in half})


@damage
def rows_of_last_year_added(draft: Draft, random: Random) -> None:
    """Activities of last year's plan were pasted at the end, with their answers."""
    last = max(draft.plan_rows(), default=0)
    texts = ("Конкурс чтецов «Живое слово»", "Подготовка кабинетов к лицензированию", "Смотр школьных музеев")
    for step, title in enumerate(texts if last else (), 1):
        insert_row(
            draft, last + step, {"number": f"7.{step}", "title": title, "info": f"прошлый год: {step}"}
        )
        if draft.column("status"):
            draft.edit(last + step, draft.column("status"), value="выполнено")


@damage
def keys_shifted(draft: Draft, random: Random) -> None:
    """A cell was inserted into the hidden column: every key stands one row lower."""
    rows, at = draft.plan_rows(), draft.column("key")
    if not at or len(rows) < 2:
        return
    keys = [draft.report.at(row, at).value for row in rows]
    for row, key in zip(rows[1:], keys, strict=False):
        draft.edit(row, at, value=key)
    draft.edit(rows[0], at, value=None)


@damage
def one_key_filled_down(draft: Draft, random: Random) -> None:
    """The first key was dragged down over others."""
    rows, at = draft.plan_rows(), draft.column("key")
    for row in rows[1:8] if at else ():
        draft.edit(row, at, value=draft.report.at(rows[0], at).value)


@damage
def titles_cut_short(draft: Draft, random: Random) -> None:
    """Long titles were cut after some words."""
    for row, _ in draft.answered():
        title = draft.report.at(row, draft.column("title")).text.split()
        if len(title) > 5:
            draft.edit(row, draft.column("title"), value=" ".join(title[: len(title) - 2]) + "…")


_RESPELLINGS = (
    lambda text: text.replace("«", '"').replace("»", '"').replace("-", "–"),
    lambda text: text.replace(" ", "\u00a0").replace("ё", "е"),
    lambda text: text.replace("а", "a").replace("о", "o").replace("С", "C"),
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: "\u200b" + text.replace(" ", " \u200b") + " .",
    lambda text: text.replace(" ", "\n"),
)


@damage
def plan_texts_respelled(draft: Draft, random: Random) -> None:
    """Other quotes, dashes, spaces, look-alike letters, decomposed ё and й: the same words."""
    columns = [draft.column(key) for key in ("title", "deadline", "responsible", "result")]
    for (row, column), cell in list(draft.report.cells.items()):
        if row > draft.header_row() > 0 and column in columns and cell.text:
            draft.edit(row, column, value=random.choice(_RESPELLINGS)(cell.text))


@damage
def numbers_typed_as_text(draft: Draft, random: Random) -> None:
    """2.10 with an apostrophe, a dot, a bracket, spaces, «п.» or a comma."""
    shapes = ("'{}", "{}.", " {} ", "{})", "п. {}", "№ {}", "{}.\u00a0")
    for row in draft.plan_rows() if draft.column("number") else ():
        cell = draft.report.at(row, draft.column("number"))
        if cell.text.replace(".", "").isdigit():
            draft.edit(row, draft.column("number"), value=random.choice(shapes).format(cell.text))


@damage
def office_texts_edited(draft: Draft, random: Random) -> None:
    """The school corrected deadlines and responsible persons to its own."""
    for row, activity in draft.answered()[::3]:
        for key, text in (("deadline", f"перенесено, {activity}"), ("responsible", f"Завуч, {activity}")):
            if draft.column(key):
                draft.edit(row, draft.column(key), value=text)
                draft.typed.append(text)


@damage
def plan_translated(draft: Draft, random: Random) -> None:
    """A browser translated the titles into English."""
    for row, activity in draft.answered():
        draft.edit(row, draft.column("title"), value=f"School activity in translation {activity[1:3]}")
        draft.typed.append(f"School activity in translation {activity[1:3]}")
