"""The words deadlines are written with: what each Russian word does in a phrase.

``look_up`` knows a word by one table; a trailing «*» there stands for any ending. Months, weekdays,
seasons and ordinals carry a number. A long word with one wrong letter is still known, and said so.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.distance import OSA


class Mark(StrEnum):
    """What a piece of a phrase is. One letter each: rules of grammar are patterns over them."""

    NUMBER = "N"
    MONTH = "M"
    YEARS = "Y"
    WHEN = "W"
    QUARTER_WORD = "Q"
    HALF_WORD = "H"
    DECADE_WORD = "D"
    WEEK_WORD = "K"
    MIDPOINT_WORD = "P"
    BEGIN = "B"
    MIDDLE = "C"
    END = "E"
    MONTH_WORD = "J"
    YEAR_WORD = "G"
    SCHOOL = "U"
    DAY_WORD = "d"
    WORKING = "k"
    WEEKDAY = "Z"
    DAY_OF_MONTH = "X"
    TIMES = "O"
    EACH = "V"
    REPEAT = "R"
    HOUR = "T"
    HOUR_WORD = "h"
    SEPARATOR = "S"
    DASH = "-"
    FROM = "f"
    TO = "t"
    ALONG = "p"
    AFTER = "r"
    DURING = "w"
    WHOLE = "a"
    PERIOD = "i"
    REALISATION = "z"
    NEXT = "s"
    COMING = "o"
    BY_PAPER = "x"
    PAPER = "l"
    EVENT = "e"
    NEED = "m"
    TERM = "q"
    ALWAYS = "c"
    POINTER = "j"
    IMPOSSIBLE = "b"
    NOISE = "n"
    UNKNOWN = "u"


class Word(Struct, frozen=True):
    """What a word does; ``number`` of a month, weekday or ordinal, ``unit`` of a repetition."""

    mark: Mark
    number: int = 0
    unit: str = ""
    meant: str = ""
    """The right spelling when the word was known in spite of a slip of one letter."""


LAST: Final = -1
"""The ordinal «последний»."""

_MONTHS: Final = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_SHORT_MONTHS: Final = "янв фев|февр мар апр - июн июл авг сен|сент окт ноя|нояб дек|декаб"
_WEEKDAYS: Final = (
    "понедельник* пн", "вторник* вт", "среда среду средам ср",
    "четверг* чт", "пятниц* пт", "суббот* сб", "воскресень* вс",
)  # fmt: skip
_ORDINALS: Final = (
    "i перв* один одна одного",
    "ii второй вторая второе второго втором вторую второму два две двух",
    "iii третий третья третье третьей третьего третьем третью трети три трех",
    "iv четвертый четвертая четвертое четвертой четвертого четвертом четвертую четыре четырех",
)
_REPEATS: Final = {
    "year": "ежегодно", "quarter": "ежеквартально поквартально",
    "month": "ежемесячно помесячно",
    "week": "еженедельно понедельно", "day": "ежедневно",
}  # fmt: skip
SEASONS: Final = {3: 5, 6: 8, 9: 11, 12: 2}
"""First month of a season -> its last month."""
_SEASONS: Final = {
    3: "весна весной весны весенн*",
    6: "лето летом летн*",
    9: "осень осенью осени осенн*",
    12: "зима зимой зимы зимн*",
}

_MEANINGS: Final[dict[Mark, str]] = {
    Mark.FROM: "с со начиная ранее раньше",
    Mark.TO: "до к ко позднее позже",
    Mark.ALONG: "по",
    Mark.AFTER: "после",
    Mark.SEPARATOR: "и а",
    Mark.DURING: "течение течении течени теч протяжении",
    Mark.WHOLE: "весь всего всей все всю",
    Mark.PERIOD: "период периода периоде срока время времени ходе процессе",
    Mark.REALISATION: "реализаци* действия работы деятельности исполнения",
    Mark.QUARTER_WORD: "квартал* кв",
    Mark.HALF_WORD: "полугоди* полгода",
    Mark.DECADE_WORD: "декада декаде декады декаду декадах декад",
    Mark.WEEK_WORD: "недел* нед",
    Mark.MIDPOINT_WORD: "половин*",
    Mark.BEGIN: "начало начале начала началу",
    Mark.MIDDLE: "середин*",
    Mark.END: "конец конце конца концу окончания окончанию окончании завершения завершению завершении",
    Mark.MONTH_WORD: "месяц* мес",
    Mark.SCHOOL: "учебн* уч",
    Mark.YEAR_WORD: "г гг год года году годы годов годам годах годом",
    Mark.DAY_WORD: "день дня дней дни дню дн",
    Mark.WORKING: "рабоч*",
    Mark.DAY_OF_MONTH: "число числа числу числах",
    Mark.TIMES: "раз раза разу",
    Mark.EACH: "каждый каждого каждое каждую каждая каждой каждом каждые",
    Mark.HOUR_WORD: "ч час часа часов часу часам мин минут",
    Mark.NEXT: "следующ*",
    Mark.COMING: "очередн*",
    Mark.BY_PAPER: "согласно соответствии соответствие соответственно согласованию установленн* утвержденн*",
    Mark.PAPER: (
        "план* график* программ* расписани* циклограмм* положени* приказ* порядк* регламент* решени* "
        "распоряжени* календар* карте карты договор* соглашени* указани* рекомендаци*"
    ),
    Mark.NEED: "необходимост* надобност* мере потребност*",
    Mark.TERM: "каникул* праздник* четверть четверти четвертью четвертей четвертям четвертях триместр*",
    Mark.EVENT: (
        "при через факту момента итогам результатам истечении наличии поступлении получении перед накануне "
        "запрос* заявк* требованию обращении приглашению рамках выход* "
        "немедленно незамедлительно однодневн* двухдневн* трехдневн* пятидневн* десятидневн* недельн* "
        "двухнедельн* месячн*"
    ),
    Mark.ALWAYS: (
        "постоянно регулярно систематически системно непрерывно бессрочно постоянной постоянный режиме "
        "круглогодично всегда"
    ),
    Mark.POINTER: "п пп пункт* n от строк* стать*",
    Mark.NOISE: (
        "в во на не за дата срок сроки сроком сроку включительно календарн* текущ* отчетн* самого "
        "реже менее чаще нов*"
    ),
}
_FORGIVEN: Final = (
    *_MONTHS, "января", "февраля", "марта", "апреля", "августа", "сентября", "октября", "ноября", "декабря",
    "ежегодно", "ежемесячно", "ежеквартально", "еженедельно", "ежедневно", "постоянно",
    "систематически", "регулярно",
    "течение", "полугодие", "квартал", "квартала", "учебного", "согласно", "соответствии", "графику",
    "позднее",
)  # fmt: skip
_ENDINGS: Final = frozenset(("", "ь", "й", "я", "а", "е", "ю", "у", "ем", "ом"))


def _entries() -> dict[str, Word]:
    table: dict[str, Word] = {}
    for mark, spellings in _MEANINGS.items():
        table.update(dict.fromkeys(spellings.split(), Word(mark)))
    for number, spellings in enumerate(_ORDINALS, start=1):
        table.update(dict.fromkeys(spellings.split(), Word(Mark.NUMBER, number)))
    for number, spellings in enumerate(_WEEKDAYS):
        table.update(dict.fromkeys(spellings.split(), Word(Mark.WEEKDAY, number)))
    for number, spellings in enumerate(_SHORT_MONTHS.split(), start=1):
        table.update(dict.fromkeys(spellings.split("|"), Word(Mark.MONTH, number)))
    for unit, spellings in _REPEATS.items():
        table.update(dict.fromkeys(spellings.split(), Word(Mark.REPEAT, 1, unit)))
    for first, spellings in _SEASONS.items():
        table.update(dict.fromkeys(spellings.split(), Word(Mark.WHEN, first, "season")))
    table["последн*"] = Word(Mark.NUMBER, LAST)
    for number, spelling in enumerate(("однажды", "дважды", "трижды", "четырежды"), start=1):
        table[spelling] = Word(Mark.TIMES, number)
    return table


_TABLE: Final = _entries()
_STEMS: Final = sorted(
    ((one[:-1], word) for one, word in _TABLE.items() if one.endswith("*")), key=lambda x: -len(x[0])
)


@lru_cache(maxsize=4096)
def look_up(word: str) -> Word | None:
    """What a plain word (lower case, ё as е) does in a deadline, or None for a word of no rule."""
    known = (
        _TABLE.get(word) or _month(word) or next((one for stem, one in _STEMS if word.startswith(stem)), None)
    )
    return known or _forgiven(word)


def _month(word: str) -> Word | None:
    for number, name in enumerate(_MONTHS, start=1):
        stem = name.rstrip("ьй")
        if word.startswith(stem) and word[len(stem) :] in _ENDINGS and (number, word) != (5, "ма"):
            return Word(Mark.MONTH, number)
    return None


def _forgiven(word: str) -> Word | None:
    """A word one slip away from a known one; short words and other first letters are not forgiven."""
    if len(word) < 5:
        return None
    for right in _FORGIVEN:
        if word[0] == right[0] and OSA.distance(word, right, score_cutoff=1) == 1:
            known = look_up(right)
            return replace(known, meant=right) if known else None
    return None
