"""Words that stand in the analytic note and its appendix.

The note is a document of a Russian office whatever language the program speaks to its user, so they
are not translated. The words around them are those of the template.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from sheetsync.columns import COMPLETENESS, INDICATORS

NBSP: Final = "\u00a0"
NOTHING: Final = "нечего считать"
DASH: Final = "—"
NO_SECTION: Final = "Без раздела"


class Counted(StrEnum):
    """What a figure counts; the value is what the appendix calls it, «Полнота» and «Показатели» too."""

    RECEIVED = "Поступило отчётов"
    ON_TIME = "Поступило в срок"
    DUE = COMPLETENESS.column("rows_due").header
    FILLED = "Заполнено"
    MISSING = COMPLETENESS.column("missing").header
    DONE = COMPLETENESS.column("done").header
    PARTLY = "Выполнено частично"
    EVIDENCED = "Выполнено с достаточным подтверждением"
    CONFIRMED = "Подтверждено"
    BARE = "Выполнено без достаточного подтверждения"
    LATE = "Не исполнено в срок теми, кто прислал отчёт"
    AFTER_TERM = "Исполнено позже срока"
    REWORK = "На доработке"
    ACCEPTED = "Принято районом"
    PLAN = "План"
    FACT = "Факт"
    PREVIOUS = INDICATORS.column("previous").header
    CHANGE = "Изменение"
    REACHED = "Достигли цели"


class Word(StrEnum):
    """Pieces of sentences; the figures stand between them."""

    ROW = "п.\u00a0{number}"
    ORDER = "Приказ"
    ORDER_NUMBER = "№ {number}"
    ORDER_DATE = "от {day}"
    ORDER_EDITION = "(в редакции приказа {edition})"
    ISSUER = "Организация"
    PERIOD = "Отчётный период"
    PERIOD_DAYS = "{start} – {end}"
    REPORT_DUE = "Срок отчёта"
    PARTICIPANTS = "Участники"
    OF = "{part} из {whole}"
    RECEIVED_OF = "{part} из {whole} {participants}"
    ROWS_OF = "{part} из {whole} {rows}, срок которых наступил"
    DONE_OF = "{part} из {whole} {rows} со статусом «выполнено»"
    RECEIVED_ON = "{state} ({day})"
    RECEIVED_LATE = "{state} ({day}, после срока)"
    NO_PAPER = "нет подтверждения"
    WEAK_PAPER = "слабое"
    NO_ANSWER = "нет ответа"
    NO_REASON = "«не требуется» без причины"
    SILENT = "{name} — {missing}"
    ALL = "Всего"
    MORE = "и ещё {count}"
    TARGET = "цель {target}"
    REACHED = "цели достигли {reached} из тех, кто назвал число"
    INDICATOR = "{title}{unit}{year}"
    TARGET_UNIT = ", {unit}"
    TARGET_YEAR = " ({year} г.)"
    WITHOUT_FIGURE = "«{text}»"

    CHART_PEOPLE = "Заполнено и подтверждено по участникам, %"
    CHART_SECTIONS = "Исполнение по разделам, строк"
    CHART_PART = "{title}: {first}–{last} из {whole}"
    CHART_LEAST = "{title}: {part} наименьших из {whole}"
    CHART_MOST = "{title}: {part} наибольших из {whole}"
    ALT_CHART = "Диаграмма: {title}. Числа — в таблицах справки."
    PAPER_YES = "Выполнено и подтверждено"
    PAPER_NO = "Выполнено, не подтверждено"
    IN_PART = "Частично"
    NONE_YET = COMPLETENESS.column("missing").header

    PRACTICE_RULE = (
        "Отобраны по правилу: ответ школы принят районом, подтверждение достаточное, исполнено не позже "
        "срока; из них по одной строке от школы, где написано подробнее, всего не больше {most}."
    )


class Draft(StrEnum):
    """Conclusions: figures stand in place of names in braces."""

    RECEIVED = "Отчёты представили {received} участников, в срок — {on_time}."
    SILENT = "Не представили отчёт: {names}."
    SILENT_YET = "Срок отчёта — {due}; пока не представили: {names}."
    FILLED = "Ответ дан на {filled} строк плана, срок которых наступил; без ответа осталось {missing}."
    FILLED_ALL = "Ответ дан на все строки плана, срок которых наступил: {filled}."
    EVIDENCED = (
        "Достаточное подтверждение есть у {evidenced} выполненных строк; у {bare} его нет или оно слабое."
    )
    EVIDENCED_ALL = "Все выполненные строки подтверждены: {evidenced}."
    WEAKEST = (
        "Слабее всего исполняется раздел «{name}»: строк, срок которых наступил, — {due}, "
        "выполнено — {done}, нет ответа — {missing}."
    )
    NOBODY = "Не выполнено ни одним участником, хотя срок наступил: {rows}."
    LATE = "Не исполнено в срок теми, кто прислал отчёт: {late}."
    REWORK = "На доработке: {rework}; ответа ждём от: {names}."
    TARGET = "Показатель «{name}»: цели достигли {reached} из тех, кто назвал число; не достигли: {names}."
    TARGETS_ALL = "Целевых показателей достигли все, кто назвал числа."
    TARGETS_REST = "Остальных целевых показателей достигли все, кто назвал числа."
    NOTHING_DUE = "На эту дату ни у одной строки плана срок ещё не наступил."
    PROPOSE_SILENT = "Предлагается: {names} — представить отчёт до «___» __________ 20__ г."
    PROPOSE_BARE = (
        "Предлагается: участникам из таблицы «Нет достаточного подтверждения» приложить документы "
        "до «___» __________ 20__ г."
    )
    PROPOSE_LATE = (
        "Предлагается: участникам из таблицы «Не исполнено в срок» назвать причину и новый срок "
        "до «___» __________ 20__ г."
    )


class Cause(StrEnum):
    """Why a figure is not what the last note said."""

    NEW_COPY = "новая копия «{file}»"
    CHANGED = "ответ изменён"
    CAME_DUE = "наступил срок"
    REVIEWED = "проверка района: «{state}»"
    GONE = "строки в расчёте больше нет"
    RETIRED = "строка исключена из плана"
    NEW_DAY = "срок отчёта перенесён с {was} на {now}"
    ADDED = "строка добавлена"
    REPORT = "поступил отчёт «{file}»"
    OTHERWISE = "считается иначе"


CAUSE: Final = "{who}: {why}"
CAUSE_OF_ROWS: Final = "{who}: {why} — {rows}"


def share(value: float | None) -> str:
    """«85,7 %»; what is not whole is never shown as 100 %, what is not nothing never as 0 %.

    >>> [share(one) for one in (1.0, 0.9999, 0.857142, 0.0, 0.0001, None)]
    ['100\\xa0%', '99,9\\xa0%', '85,7\\xa0%', '0\\xa0%', '0,1\\xa0%', 'нечего считать']
    """
    return NOTHING if value is None else f"{percent(value)}{NBSP}%"


def percent(value: float) -> str:
    """The same without the sign."""
    rounded = round(100 * value, 1)
    return amount(rounded if value in (0, 1) else min(max(rounded, 0.1), 99.9))


def amount(value: float | None) -> str:
    """«1 240», «12,5»; nothing for nothing.

    >>> [amount(one) for one in (1240.0, 12.5, -3, None)]
    ['1\\xa0240', '12,5', '−3', '—']
    """
    if value is None:
        return DASH
    shown = f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return shown.replace(",", NBSP).replace(".", ",").replace("-", "−")


def shortened(text: str, longest: int = 150) -> str:
    """As much of a text as a cell of the note shows, cut between words.

    >>> shortened("Разработка плана, программы и справки", 20)
    'Разработка плана…'
    """
    if len(text) <= longest:
        return text
    return f"{(text[:longest].rpartition(' ')[0] or text[:longest]).rstrip(' ,;:–—-')}…"


def plural(number: float, forms: Sequence[str]) -> str:
    """The form of a word beside a number: «строка, строки, строк».

    >>> [plural(one, ROWS) for one in (1, 2, 5, 11, 21, 112)]
    ['строка', 'строки', 'строк', 'строк', 'строка', 'строк']
    """
    whole = int(number)
    if whole % 10 == 1 and whole % 100 != 11:
        return forms[0]
    return forms[1] if whole % 10 in (2, 3, 4) and whole % 100 not in (12, 13, 14) else forms[2]


ROWS: Final = ("строка", "строки", "строк")
ROWS_GENITIVE: Final = ("строки", "строк", "строк")
PARTICIPANTS_GENITIVE: Final = ("участника", "участников", "участников")


def day(value: date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else DASH
