"""Answers typed into another cell than their own: the wrong column, over the plan, around the table."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import msgspec
from damages import Draft, damage


def chosen(draft: Draft, random: Random, *keys: str) -> list[tuple[int, str]]:
    """Some rows with answers in these columns."""
    rows = [
        (row, own)
        for row, own in draft.answered(*keys)
        if all(draft.report.at(row, draft.column(key)).text for key in keys)
    ]
    return sorted(random.sample(rows, min(3, len(rows))))


def misput(draft: Draft, place: tuple[int, str], key: str, into: str, text: str) -> None:
    """Type an answer meant for one column of a row into another."""
    row, activity = place
    draft.edit(row, draft.column(into), value=text, links=(), comment=None, formula=None)
    draft.misput[activity, key] = text


@damage
def link_in_information(draft: Draft, random: Random) -> None:
    """Only an address in «Информация», nothing in «Ссылка»."""
    for row, activity in chosen(draft, random, "info", "link"):
        for key in ("info", "link"):
            draft.take(row, activity, key)
        misput(draft, (row, activity), "link", "info", f"https://school.example/info/{activity}")


@damage
def link_after_the_information(draft: Draft, random: Random) -> None:
    """The address stands behind the words of «Информация»."""
    for row, activity in chosen(draft, random, "info", "link"):
        draft.take(row, activity, "link")
        text = draft.report.at(row, draft.column("info")).text
        draft.answer(row, activity, "info", value=f"{text}, см. https://school.example/tail/{activity}")


@damage
def link_in_document(draft: Draft, random: Random) -> None:
    """The address stands in «Подтверждающий документ»."""
    for row, activity in chosen(draft, random, "document", "link"):
        for key in ("document", "link"):
            draft.take(row, activity, key)
        misput(draft, (row, activity), "link", "document", f"https://school.example/doc/{activity}")


@damage
def date_in_status(draft: Draft, random: Random) -> None:
    """The date stands in «Статус», «Дата исполнения» is empty."""
    for row, activity in chosen(draft, random, "status", "done_on"):
        for key in ("status", "done_on"):
            draft.take(row, activity, key)
        misput(draft, (row, activity), "done_on", "status", f"{1 + row % 27:02}.03.2023")


@damage
def status_with_date(draft: Draft, random: Random) -> None:
    """«Выполнено 15.03.2023» in «Статус», «Дата исполнения» is empty."""
    for row, activity in chosen(draft, random, "status", "done_on"):
        draft.take(row, activity, "done_on")
        draft.answer(row, activity, "status", value=f"Выполнено {1 + row % 27:02}.03.2023")
        draft.values[activity, "status"] = "выполнено"
        draft.misput[activity, "done_on"] = f"{1 + row % 27:02}.03.2023"


@damage
def status_in_date(draft: Draft, random: Random) -> None:
    """The status stands in «Дата исполнения»."""
    for row, activity in chosen(draft, random, "status", "done_on"):
        for key in ("status", "done_on"):
            draft.take(row, activity, key)
        misput(
            draft, (row, activity), "status", "done_on", random.choice(("в работе", "исполнено", "частично"))
        )


@damage
def status_in_information(draft: Draft, random: Random) -> None:
    """The status is all that «Информация» says."""
    for row, activity in chosen(draft, random, "status", "info"):
        for key in ("status", "info"):
            draft.take(row, activity, key)
        misput(
            draft,
            (row, activity),
            "status",
            "info",
            random.choice(("выполнено", "в работе", "не выполнено")),
        )


@damage
def document_in_reason(draft: Draft, random: Random) -> None:
    """The document stands in «Причина»."""
    for row, activity in chosen(draft, random, "document"):
        if draft.column("reason"):
            for key in ("document", "reason"):
                draft.take(row, activity, key)
            misput(draft, (row, activity), "document", "reason", f"Приказ № 5{row} от 02.03.2023")


@damage
def document_in_link(draft: Draft, random: Random) -> None:
    """The document stands in «Ссылка»."""
    for row, activity in chosen(draft, random, "document", "link"):
        for key in ("document", "link"):
            draft.take(row, activity, key)
        misput(draft, (row, activity), "document", "link", f"Протокол № 6{row} от 02.03.2023")


@damage
def document_and_link_swapped(draft: Draft, random: Random) -> None:
    """The address under «документ», the document under «ссылка»."""
    for row, activity in chosen(draft, random, "document", "link"):
        for key in ("document", "link"):
            draft.take(row, activity, key)
        misput(draft, (row, activity), "link", "document", f"https://school.example/swap/{activity}")
        misput(draft, (row, activity), "document", "link", f"Справка № 7{row} от 02.03.2023")


@damage
def answers_one_column_right(draft: Draft, random: Random) -> None:
    """All answers of some rows stand one column too far right."""
    keys = ("status", "done_on", "info", "document", "link")
    for row, activity in chosen(draft, random, *keys):
        if not draft.column("reason"):
            return
        texts = {key: draft.take(row, activity, key) for key in (*keys, "reason")}
        for key, into in zip(keys, (*keys[1:], "reason"), strict=True):
            misput(draft, (row, activity), key, into, texts[key])


@damage
def everything_in_one_cell(draft: Draft, random: Random) -> None:
    """Status, date, document and address all in «Информация»."""
    keys = ("status", "done_on", "info", "document", "link")
    for row, activity in chosen(draft, random, *keys):
        for key in keys:
            draft.take(row, activity, key)
        address = f"https://school.example/all/{activity}"
        text = f"Выполнено 15.03.2023, приказ № 5 от 14.03.2023, {address} ({activity})"
        draft.answer(row, activity, "info", value=text)


@damage
def answers_in_remarks(draft: Draft, random: Random) -> None:
    """The school answered in «Замечание района»."""
    for row, activity in chosen(draft, random, "info"):
        if draft.column("remark"):
            draft.edit(row, draft.column("remark"), value=f"исправили, смотрите {activity}")
            draft.typed.append(f"исправили, смотрите {activity}")


@damage
def link_in_remarks(draft: Draft, random: Random) -> None:
    """The address stands in «Замечание района»."""
    for row, activity in chosen(draft, random, "link"):
        if draft.column("remark"):
            draft.take(row, activity, "link")
            misput(draft, (row, activity), "link", "remark", f"https://school.example/remark/{activity}")


@damage
def answers_in_checks(draft: Draft, random: Random) -> None:
    """The school wrote over the formula of «Проверка»."""
    for row, activity in chosen(draft, random, "info"):
        if draft.column("check"):
            draft.edit(row, draft.column("check"), value=f"проверил завуч {activity}", formula=None)
            draft.typed.append(f"проверил завуч {activity}")


@damage
def answers_over_titles(draft: Draft, random: Random) -> None:
    """Answers were typed over titles and results of the plan."""
    for row, activity in chosen(draft, random, "info"):
        key = random.choice(("title", "result"))
        if draft.column(key):
            text = f"Всё проведено и записано, {activity}"
            draft.edit(row, draft.column(key), value=text)
            draft.typed.append(text)


@damage
def answers_beside_the_table(draft: Draft, random: Random) -> None:
    """Information was typed to the right of the table."""
    right = max(column for _, column in draft.report.cells) + 1
    for row, activity in chosen(draft, random, "document"):
        text = draft.take(row, activity, "document")
        draft.edit(row, right, value=text)
        draft.misput[activity, "document"] = text


@damage
def answers_under_the_table(draft: Draft, random: Random) -> None:
    """A paragraph and a list stand under the table."""
    last = max(row for row, _ in draft.report.cells)
    for step, text in enumerate(
        ("По пункту 2.3 дополнительно:", "1) семинар 4 мая", "2) выезд в соседнюю школу")
    ):
        draft.edit(last + 2 + step, 2, value=text)
        draft.typed.append(text)


@damage
def answers_in_the_header(draft: Draft, random: Random) -> None:
    """An answer for all rows was typed into the header cell."""
    if at := draft.column("reason"):
        text = "Причина / новый срок: всё в срок, причин нет"
        draft.edit(draft.header_row(), at, value=text)
        draft.typed.append(text)


@damage
def answers_in_section_rows(draft: Draft, random: Random) -> None:
    """Something was typed beside the titles of sections."""
    at, title = draft.column("info"), draft.column("title")
    rows = [
        row for row, cells in draft.report.rows() if row > draft.header_row() > 0 and set(cells) <= {1, title}
    ]
    for row in rows[:2] if at and title > 1 else ():
        draft.edit(row, at, value=f"по разделу со строки {row} всё сделано")
        draft.typed.append(f"по разделу со строки {row} всё сделано")


@damage
def texts_in_boxes(draft: Draft, random: Random) -> None:
    """Answers lie over the sheet in text boxes."""
    draft.put(replace(draft.report, texts=(*draft.report.texts, "Пункт 1.2 выполнен, приказ № 8")))
    draft.typed.append("Пункт 1.2 выполнен, приказ № 8")


@damage
def table_transposed(draft: Draft, random: Random) -> None:
    """Rows became columns: nobody reads it so, all of it is told."""
    if draft.header_row():
        draft.cells({(column, row): cell for (row, column), cell in draft.report.cells.items()})
        draft.put(replace(draft.report, merges=(), hidden_rows=frozenset(), hidden_columns=frozenset()))
        draft.book = msgspec.structs.replace(draft.book, tables=())
