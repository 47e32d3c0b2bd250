"""Answers in other words and other kinds of values: the meaning is the same, or nobody's guess."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from random import Random

from damages import Draft, damage

from sheetsync.model import Status

STATUSES: dict[str, Status | None] = {
    "исполнено": Status.DONE,
    "Да": Status.DONE,
    "+": Status.DONE,
    "V": Status.DONE,
    "✓": Status.DONE,
    "ВЫПОЛНЕНО.": Status.DONE,
    "Выполненно": Status.DONE,
    "Bыпoлнeнo": Status.DONE,
    "выполнено, приказ № 5": Status.DONE,
    "Done": Status.DONE,
    "в процессе": Status.IN_PROGRESS,
    "ведётся работа": Status.IN_PROGRESS,
    "in progress": Status.IN_PROGRESS,
    "частично": Status.PARTLY,
    "50 %": Status.PARTLY,
    "выполнено на 70 %": Status.PARTLY,
    "нет": Status.NOT_DONE,
    "не выполнено (причина: болезнь педагога)": Status.NOT_DONE,
    "Не исполнено": Status.NOT_DONE,
    "планируется": Status.NOT_STARTED,
    "не начали": Status.NOT_STARTED,
    "не нужно": Status.NOT_REQUIRED,
    "выполнено?": None,
    "выполнено / не выполнено": None,
    "см. письмо": None,
}
DATES: dict[str, date | None] = {
    "15.03.2023": date(2023, 3, 15),
    "15.3.23": date(2023, 3, 15),
    "15 марта": date(2023, 3, 15),
    "15 марта 2023 г.": date(2023, 3, 15),
    "15.03.2023г.": date(2023, 3, 15),
    "2023-03-15": date(2023, 3, 15),
    "15/03/2023": date(2023, 3, 15),
    "3/15/2023": date(2023, 3, 15),
    "15-мар-23": date(2023, 3, 15),
    "ср, 15.03.2023": date(2023, 3, 15),
    "15.03.2023 10:00": date(2023, 3, 15),
    "до 15.03": date(2023, 3, 15),
    "12.03-15.03.2023": date(2023, 3, 15),
    "12.03.2023, 15.03.2023": date(2023, 3, 15),
    "15.03.2023 (план 20.03.2023)": date(2023, 3, 15),
    "март 2023": None,
    "в течение года": None,
    "31.02.2023": None,
    "перенос на 15.05.2023": None,
}


@damage
def statuses_in_other_words(draft: Draft, random: Random) -> None:
    """The list was not used: statuses in the school's own words."""
    for row, activity in draft.answered("status"):
        text, meant = random.choice(list(STATUSES.items()))
        draft.answer(row, activity, "status", value=text)
        draft.values[activity, "status"] = meant


@damage
def dates_in_other_words(draft: Draft, random: Random) -> None:
    """Dates typed as text in many ways."""
    for row, activity in draft.answered("done_on"):
        text, meant = random.choice(list(DATES.items()))
        draft.answer(row, activity, "done_on", value=text)
        draft.values[activity, "done_on"] = meant


@damage
def dates_as_numbers(draft: Draft, random: Random) -> None:
    """The format of dates was lost: 45000 instead of 15.03.2023."""
    for row, activity in draft.answered("done_on")[::2]:
        serial = random.choice((45000, 45000.0, 45000.4, "45000"))
        draft.answer(row, activity, "done_on", value=serial)
        draft.values[activity, "done_on"] = date(2023, 3, 15)


@damage
def dates_with_time(draft: Draft, random: Random) -> None:
    """A date with an hour."""
    for row, activity in draft.answered("done_on")[::3]:
        draft.answer(row, activity, "done_on", value=datetime(2023, 3, 15, 14, 30))
        draft.values[activity, "done_on"] = date(2023, 3, 15)


@damage
def answers_with_odd_signs(draft: Draft, random: Random) -> None:
    """Tabs, line breaks, no-break and zero-width spaces, decomposed letters, emoji, signs of formulas."""
    odd = (
        "\t{}",
        "{}\n\nи далее",
        "\u00a0{}\u00a0",
        "{}\u200b",
        "-{}",
        "@{}",
        "+{} 👍",
        "{} \u202f— ё",
        "'{}",
    )
    for row, activity in draft.answered("info"):
        text = draft.report.at(row, draft.column("info")).text
        draft.answer(
            row, activity, "info", value=unicodedata.normalize("NFD", random.choice(odd).format(text))
        )


@damage
def answers_very_long(draft: Draft, random: Random) -> None:
    """More than a cell of Excel holds."""
    for row, activity in draft.answered("info")[:2]:
        text = draft.report.at(row, draft.column("info")).text
        draft.answer(row, activity, "info", value=text + " и ещё раз" * 3600 + " конец")


@damage
def answers_by_formulas(draft: Draft, random: Random) -> None:
    """Values come from formulas: =G5, =СЕГОДНЯ(), ="…"."""
    for row, activity in draft.answered("info", "done_on")[::4]:
        draft.edit(row, draft.column("info"), formula="G5&H6")
        draft.answer(row, activity, "done_on", value=date(2023, 5, 5), formula="TODAY()")
        draft.values[activity, "done_on"] = date(2023, 5, 5)


@damage
def formulas_with_errors(draft: Draft, random: Random) -> None:
    """A formula of the school's shows #ССЫЛКА! where its answer was."""
    for row, activity in draft.answered("document")[:1]:
        draft.answer(row, activity, "document", value="#REF!", formula="#REF!+1", links=(), comment=None)


@damage
def links_by_formula(draft: Draft, random: Random) -> None:
    """Links were made by HYPERLINK()."""
    for row, activity in draft.answered("link")[::5]:
        address = f"https://school.example/formula/{activity}"
        draft.answer(
            row,
            activity,
            "link",
            value=f"папка {activity}",
            formula=f'HYPERLINK("{address}","папка")',
            links=(),
        )
        draft.typed.append(address)


@damage
def answers_in_comments(draft: Draft, random: Random) -> None:
    """The answer was put into a note beside an empty cell."""
    for row, activity in draft.answered("document")[1::6]:
        text = f"протокол лежит у завуча {activity}"
        draft.take(row, activity, "document")
        draft.edit(row, draft.column("document"), value=None, comment=text, links=())
        draft.misput[activity, "document"] = text


@damage
def empty_cells_dashed(draft: Draft, random: Random) -> None:
    """A dash in every cell left empty."""
    for row, activity in draft.answered("reason"):
        if draft.report.at(row, draft.column("reason")).is_empty:
            draft.answer(row, activity, "reason", value="-")


@damage
def everything_in_capitals(draft: Draft, random: Random) -> None:
    """Titles and statuses were typed in capitals."""
    for row, activity in draft.answered("status"):
        title, status = draft.column("title"), draft.column("status")
        draft.edit(row, title, value=draft.report.at(row, title).text.upper())
        if draft.report.at(row, status).text:
            draft.answer(row, activity, "status", value=draft.report.at(row, status).text.upper())


@damage
def figures_typed_into_texts(draft: Draft, random: Random) -> None:
    """Numbers and truth where words are expected."""
    for (row, activity), value in zip(draft.answered("reason")[::7], (17, 0.25, True), strict=False):
        draft.answer(row, activity, "reason", value=value)


@damage
def code_pasted_into_an_answer(draft: Draft, random: Random) -> None:
    """The office's own words were pasted as an answer: they are the answer."""
    if rows := draft.answered("result", "document"):
        row, activity = random.choice(rows)
        text = draft.report.at(row, draft.column("result")).text
        if text:
            draft.answer(row, activity, "document", value=text, links=(), comment=None)
