"""The deadline in the running text of an item: «в срок до 29 декабря 2023 года», «ежеквартально».

Dates of other documents («приказа от 17.03.2023») and the years of a plan («на 2023 год») are no
deadlines: a date counts only after «до», «к», «не позднее», «с ... по ...» or a like word.
"""

from __future__ import annotations

import re
from typing import Final

_YEAR: Final = (
    r"(?:\s*,?\s*(?:19|20)\d\d(?:\s*[-/]\s*(?:19|20)?\d\d)?\s*(?:уч(?:ебного|\.)\s*)?"
    r"(?:г(?:ода|оду|од|\.)?(?![а-яё]))?)"
)
_MONTH: Final = (
    r"(?:(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)(?:[ьяюе]|[её]м)|(?:март|август)(?:[аеу]|ом)?|"
    r"ма(?:[йяюе]|ем))(?![а-яё])"
)
_NUMERIC: Final = (
    r"\d{1,2}\s?\.\s?\d{1,2}(?:\s?\.\s?(?:(?:19|20)\d\d|\d\d)(?!\d))?(?:\s*г(?:ода|\.)?(?![а-яё]))?"
)
_DAY: Final = (
    rf"(?:{_NUMERIC}|[«\"]?\s*\d{{1,2}}\s*[»\"]?(?:-?го)?\s+{_MONTH}{_YEAR}?"
    r"(?:\s+(?:следующего|текущего)\s+года)?)"
)
_OF_MONTH: Final = (
    r"\d{1,2}\s?(?:-?(?:го|ого|е))?\s+числа(?:\s+(?:каждого|следующего|первого|последнего)?\s*(?:месяца|квартала)"
    r"(?:\s*,?\s+следующего\s+за\s+отч[её]тным(?:\s+(?:месяцем|кварталом|периодом))?|\s+квартала)?)?"
)
_BY: Final = r"(?:(?:в\s+)?срок\s*[:–—-]?\s*)?(?:до|к|не\s+позднее|не\s+позже)"
_REPEAT: Final = (
    r"(?:ежегодно|ежеквартально|ежемесячно|еженедельно|ежедневно|(?:один\s+)?раз\s+в\s+(?:\w+\s+)?(?:год|полугодие|квартал|месяц|"
    r"неделю|четверть)|кажд(?:ый|ого|ое|ую)\s+(?:год|квартал|месяц|неделю|полугодие|четверть)|"
    r"по\s+итогам\s+(?:каждого|каждой)\s+(?:квартала|полугодия|четверти|месяца|года))"
)
_TERM: Final = (
    rf"в\s+течение\s+(?:всего\s+)?(?:\d+\s+(?:рабочих\s+|календарных\s+)?(?:дней|дня|месяцев)(?:\s+(?:со\s+дня|с\s+момента|после)"
    rf"\s+[а-яё\s]{{3,40}}?(?=[,.;:)]|$|\s+[а-яё]+ть\b))?|{_MONTH}{_YEAR}?|\d{{4}}(?:\s*[-/–]\s*\d{{2,4}})?\s+(?:учебного\s+)?(?:года|гг\.?)|"
    rf"(?:текущего\s+)?(?:учебного\s+|календарного\s+)?(?:года|полугодия|квартала|месяца)(?:\s+\d{{4}}(?:[-/]\d{{2,4}})?)?)"
)
_QUARTER: Final = r"(?:[IV]{1,3}|[1-4])(?:-?(?:м|й|го|ом))?\s+(?:квартал[ае]?|полугоди[ияе])" + f"{_YEAR}?"
_PIECES: Final = (
    rf"(?:в\s+период\s+|в\s+срок(?:и)?\s+)?с(?:о)?\s+(?:{_DAY}|\d{{1,2}}(?:-?го)?)\s+(?:по|до)\s+{_DAY}",
    rf"{_BY}\s+(?:{_DAY}(?:\s*(?:,|и|;)\s*(?:до\s+)?{_DAY})*|{_OF_MONTH})",
    rf"(?:до|к)\s+(?:начала|конца|окончания)\s+(?:(?:19|20)\d\d\s*[-/–]\s*\d{{2,4}}\s+)?(?:учебного\s+|календарного\s+)?"
    rf"(?:года|четверти|полугодия|квартала|месяца|{_MONTH}){_YEAR}?",
    rf"(?:до|к|в)\s+{_QUARTER}",
    rf"(?:до|не\s+позднее)\s+{_MONTH}{_YEAR}?",
    _TERM,
    _REPEAT,
    rf"в\s+{_MONTH}{_YEAR}?(?:\s*(?:,|и)\s*{_MONTH}{_YEAR}?)*",
    r"постоянно(?![\s-]+действующ)|на\s+постоянной\s+основе|незамедлительно|в\s+недельный\s+срок|по\s+мере\s+необходимости",
    rf"(?<=[тч][ьи]\s){_DAY}|^{_DAY}",
    rf"(?<!\bот\s)(?<!\bс\s)(?<!\bна\s)(?<!\bза\s)(?<!\bпо\s)(?<!\bот\s[«\"])\d{{1,2}}\s+{_MONTH}\s+20\d\d\s+г(?:ода|\.)",
)  # fmt: skip
_PHRASE: Final = re.compile(
    r"(?<![\w.])(?:" + "|".join(f"(?:{one})" for one in _PIECES) + r")(?![а-яё\d])", re.IGNORECASE
)
_LABELLED: Final = re.compile(
    r"\(?\s*(?:срок(?:и)?(?:\s+(?:исполнения|реализации|выполнения|предоставления|представления))?|отв[а-яё.]*\s+срок)"
    r"\s*[:–—-]\s*(?P<when>[^();]{3,80}?)\s*(?=[();]|(?<!\bг)\.\s*$|(?<!\bг)\.\s+[А-ЯЁ]|$)\)?",
    re.IGNORECASE,
)
_NEAR: Final = re.compile(r"^[\s,]*(?:и\s+)?$")


def deadline_in(text: str) -> str:
    """The words of the deadline an item prints, '' when it prints none; several are joined with «; »."""
    if label := _LABELLED.search(text):
        return label["when"].strip(" ,")
    phrases: list[tuple[int, int]] = []
    for match in _PHRASE.finditer(text):
        if phrases and _NEAR.match(text[phrases[-1][1] : match.start()]):
            phrases[-1] = phrases[-1][0], match.end()
        else:
            phrases.append(match.span())
    return "; ".join(dict.fromkeys(text[start:end].strip() for start, end in phrases))


def without_deadline(text: str) -> str:
    """A text that may end or begin with its deadline, without it: an addressee, an item's first words."""
    bare = _PHRASE.sub("", _LABELLED.sub("", text))
    return re.sub(r"\s+([,:;])", r"\1", " ".join(bare.split())).strip(" ,;–—-")
