"""What an order says of itself outside its table: number, date, issuer, title, years, report date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from msgspec import Struct

from sheetsync.doubts import doubt
from sheetsync.model import Doubt
from sheetsync.plan.joining import Vocabulary, join_all
from sheetsync.plan.letterhead import issuer_in_stamp, issuer_of
from sheetsync.plan.printed import Line
from sheetsync.text import plain, squeeze

_MONTHS: Final = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_DATE: Final = re.compile(
    r"(?<![\d.])(?:(?P<day>\d{1,2})\s?[./]\s?(?P<month>\d{1,2})\s?[./]\s?(?P<year>(?:19|20)\d\d)(?!\d)"
    r"|[«\"“]?\s*(?P<day2>\d{1,2})\s*[»\"”]?\s+(?P<name>(?:янв|фев|мар|апр|ма|июн|июл|авг|сен|окт|ноя|дек)[а-я]*)"
    r"(?:\s+(?P<year2>(?:19|20)\d\d))?)",
    re.IGNORECASE,
)
_ORDER_NUMBER: Final = re.compile(
    r"(?:№|\bN)\s*:?\s*((?:[А-ЯA-Z]{1,6}[-/ ]{0,3})?\d[\w/.]*(?:\s?[-–/]\s?[\wА-Яа-я.]+)*)", re.IGNORECASE
)
_ORDERS: Final = re.compile(r"(?:приказываю|постановля\w+|обязываю|решил|распоряжаюсь)")
_PREAMBLE: Final = re.compile(
    r"^(?:в целях|на основании|в соответств|во? исполнени|в рамках|с целью|руководствуясь|в связи|согласно|"
    r"по итогам|для )"
)
_SUBJECT: Final = re.compile(r"^(?:о|об|обо) [а-я]")
_STAMP: Final = re.compile(r"^(?:приложение|утвержд)")
_TITLE: Final = re.compile(
    r"^[\"(]?(?:(?:комплексн|муниципальн|календарн|сводн|примерн|един|районн|годов|перспективн)\w+ )*"
    r"(?:план(?:-график)?(?![а-я])|план ?- ?график|\"?дорожная карта|комплекс (?:мер|мероприятий)|программа|"
    r"мероприятия|перечень мероприятий|(?:информация|отчет) об? (?:исполнени|реализаци|выполнени)|"
    r"циклограмма|график(?! исполн)|г[i1l|]лан)"
)
_ENDS_TITLE: Final = re.compile(
    r"^(?:цел[ьи]\b|целев|показател|индикатор|задач|срок|ожидаем|раздел|\d+[.)]|[-–—•]|пояснит|основани|приложение|утвержд|согласов|"
    r"в соответствии|настоящ|исполнител|ответствен|важнейш)"
)
_PROSE: Final = re.compile(
    r"\b(?:разработан[аоы]?|предусматрива\w+|реализуется|включает|направлен[аоы]?|утвержден[аоы]?|является|"
    r"пред(?:о)?став(?:ля|и)\w+|направля\w+|направить|просим|прошу)\b"
)
_RANGE: Final = re.compile(
    r"((?:19|20)\d\d)\s?(?:г\.?|год[а-я]*)?\s*[-/]\s*((?:19|20)?\d\d)(?!\d|\.)(?P<school>\s*(?:г{1,2}\.?\s*)?\(?уч)?"
)
_YEARS: Final = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?![\d])(?P<school>\s*уч)?")
_REPORTS: Final = re.compile(r"(?:предостав|представ|направ|сда(?:ть|вать)|отчит|информиров)")
_REPORTED: Final = re.compile(r"(?:информ(?:аци|иров)|отчет|сведени|справк|мониторинг)")
_ABOUT_PLAN: Final = re.compile(r"(?:исполнени|выполнени|реализаци|мониторинг|план|дорожн|проделанн)")
_BARE_REPORT: Final = re.compile(r"\bотчет(?:ы|а|ов)?\b(?! об? )")
_BY: Final = re.compile(r"(?:\bдо|не позднее|не позже|\bк|\bпо|в срок|\bсрок\w*\s*[-:–]?)\s*$")
_ITEM: Final = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]\s*(?=[^\d\s])")
_DASH: Final = re.compile(r"[-–—•]")
_FIRST_ITEM: Final = re.compile(r"1[.)]\s*[а-я]+(?:ть|ти)\b")
_LONGEST_TITLE: Final = 600


class Years(Struct, frozen=True):
    """The years a plan covers; ``school`` tells a school year from calendar years, None «not said»."""

    years: tuple[int, ...] = ()
    school: bool | None = None


class Said(Struct, frozen=True):
    """What the text around the plan says; ``subject`` is the order's own heading."""

    number: str | None
    date: dt.date | None
    issuer: str | None
    title: str | None
    subject: str
    years: Years
    report_due: dt.date | None
    statements: tuple[str, ...]
    doubts: tuple[Doubt, ...]


def read_said(
    above: Sequence[Line], below: Sequence[Line], deadlines: Sequence[str], known: Vocabulary | None = None
) -> Said:
    """Read the order's text. ``deadlines`` help when the year is printed nowhere else."""
    known = known or Vocabulary()
    lines = [
        Line(squeeze(part), one.line, one.cells) for one in above for part in one.text.splitlines() or [""]
    ]
    lines = [one for one in lines if one.text]
    subject = _subject(lines, known)
    title = _title(lines, known)
    number, day = _number_and_date(lines)
    statements = tuple(_statements([*lines, *below]))
    years, year_doubts = _years(title, subject, lines, deadlines, day)
    due, due_doubts = _report_due((statements, tuple(_sentences([*lines, *below]))), years)
    issuer = issuer_of(_cell_by_cell(above)) or next(filter(None, map(issuer_in_stamp, _stamps(lines))), None)
    absent = {
        "order-number-absent": number is None,
        "order-date-absent": day is None,
        "issuer-absent": issuer is None,
        "title-inferred": title is None and bool(subject),
        "title-absent": title is None and not subject,
    }
    doubts = (*(doubt(code) for code, missing in absent.items() if missing), *year_doubts, *due_doubts)
    return Said(number, day, issuer, title or subject or None, subject, years, due, statements, doubts)


def _cell_by_cell(above: Sequence[Line]) -> list[Line]:
    """A letterhead drawn as a table is read a cell at a time."""
    texts = (text for one in above for text in (one.cells or (one.text,)))
    return [Line(squeeze(part)) for text in texts for part in text.splitlines() if part.strip()]


# --- dates --------------------------------------------------------------------------------------


def dates_in(text: str, year: int | None = None) -> Iterator[tuple[int, dt.date]]:
    """Dates of a text with their places; ``year`` is for a date that prints none."""
    for match in _DATE.finditer(text):
        day = int(match["day"] or match["day2"])
        month = int(match["month"]) if match["month"] else _month(match["name"])
        told = match["year"] or match["year2"]
        of_year = int(told) if told else year
        if month and of_year and (found := _date(of_year, month, day)):
            yield match.start(), found


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int | None:
    stem = name.lower()
    return next((place for place, start in enumerate(_MONTHS, start=1) if stem.startswith(start)), None)


# --- number and date ----------------------------------------------------------------------------


def _compact(line: Line) -> str:
    """«П Р И К А З» -> «приказ»."""
    return re.sub(r"[^а-яa-z0-9]", "", plain(line.text))


def _head(lines: Sequence[Line]) -> list[Line]:
    """The lines before the order begins to speak, its subject left out."""
    head = list(
        takewhile(
            lambda one: not _ORDERS.search(_compact(one)) and not _PREAMBLE.match(plain(one.text)), lines
        )
    )
    start, end = _subject_span(head)
    if len(head) < len(lines):
        return head[:start] + head[end:]
    if start < len(head):
        return head[:start]
    return list(takewhile(lambda one: not (_opens_title(one) or _STAMP.match(plain(one.text))), head))


def _number_and_date(lines: Sequence[Line]) -> tuple[str | None, dt.date | None]:
    """From the head of the order, else from the stamp on the attachment («к приказу от ... № ...»)."""
    head = [one.text for one in _head(lines)]
    number = next((found for text in head if (found := _order_number(text))), None)
    day = next((found for text in head for _, found in dates_in(text)), None)
    for stamp in _stamps(lines):
        told = re.search(r"(?:приказ|распоряж|постановл)\w*(.*)", stamp, re.IGNORECASE)
        if told:
            number = number or _order_number(told[1])
            day = day or next((found for _, found in dates_in(told[1])), None)
    return number, day


def _stamps(lines: Sequence[Line]) -> list[str]:
    """«Приложение к приказу ... от ... № ...», «Утверждено приказом ...», their lines joined."""
    places = [place for place, one in enumerate(lines) if _STAMP.match(plain(one.text))]
    return [squeeze(" ".join(one.text for one in lines[place : place + 8])) for place in places]


def _order_number(text: str) -> str | None:
    match = _ORDER_NUMBER.search(text)
    return squeeze(match[1]).rstrip(".") if match else None


# --- subject and title --------------------------------------------------------------------------


def _subject_span(lines: Sequence[Line]) -> tuple[int, int]:
    start = next((place for place, one in enumerate(lines) if _SUBJECT.match(plain(one.text))), len(lines))
    end = start
    for one in lines[start : start + 8]:
        low = plain(one.text)
        stop = _PREAMBLE.match(low) or _ORDERS.search(_compact(one)) or _ORDER_NUMBER.match(one.text)
        if end > start and (stop or _DATE.match(one.text)):
            break
        end += 1
    return start, end


def _subject(lines: Sequence[Line], known: Vocabulary) -> str:
    """«Об утверждении плана мероприятий ...», its lines joined."""
    head = list(takewhile(lambda one: not _ORDERS.search(_compact(one)), lines))
    start, end = _subject_span(head)
    return join_all((one.text for one in head[start:end]), known).text


def _title(lines: Sequence[Line], known: Vocabulary) -> str | None:
    """The title of the plan: the nearest title-like lines above its table."""
    starts = [place for place, one in enumerate(lines) if _opens_title(one)]
    if not starts:
        return None
    start = starts[-1]
    while (
        start - 1 in starts
        and not lines[start - 1].text.endswith((".", ":", ";"))
        and len(lines[start - 1].text) < 120
    ):
        start -= 1
    title = lines[start].text
    for one in lines[start + 1 :]:
        ended = _ENDS_TITLE.match(plain(one.text)) or one.cells or len(title) + len(one.text) > _LONGEST_TITLE
        if ended or _PROSE.search(plain(one.text)) or title.endswith("."):
            break
        title = join_all((title, one.text), known).text
    return squeeze(title)


def _opens_title(line: Line) -> bool:
    text, low = line.text, plain(line.text)
    filled = [cell for cell in line.cells if cell.strip()]
    proper = text[:1].isupper() or text[:1] in '«"('
    return bool(
        _TITLE.match(low) and proper and len(filled) <= 1 and not _PROSE.search(low) and not low.endswith(":")
    )


# --- years --------------------------------------------------------------------------------------


def years_in(text: str) -> Years:
    """«2020-2022 годы» -> 2020, 2021, 2022; «2022/23 учебный год» -> the school year 2022-2023."""
    low = plain(text)
    if match := _RANGE.search(low):
        first, last = int(match[1]), int(match[2]) if len(match[2]) == 4 else int(match[1][:2] + match[2])
        if first < last <= first + 10:
            return Years(tuple(range(first, last + 1)), bool(match["school"]))
    found = [(int(match[1]), bool(match["school"])) for match in _YEARS.finditer(low)]
    years = tuple(sorted({year for year, _ in found}))
    return Years(years, any(school for _, school in found)) if years else Years()


def _years(
    title: str | None, subject: str, lines: Sequence[Line], deadlines: Sequence[str], day: dt.date | None
) -> tuple[Years, tuple[Doubt, ...]]:
    """From the title; else from the subject, the programme's own term, the deadlines, the date."""
    programme = next(
        (one.text for one in lines if re.match(r"сроки? (?:реализации|действия)", plain(one.text))), ""
    )
    for text in (title or "", subject, programme):
        if (told := years_in(text)).years:
            return told, ()
    printed = sorted({year for text in deadlines for year in years_in(text).years})
    if printed and printed[-1] - printed[0] < 4:
        years = tuple(range(printed[0], printed[-1] + 1))
        return Years(years, None if len(years) > 1 else False), (_inferred("years-from-deadlines", years),)
    if day:
        return Years((day.year,), False), (_inferred("years-from-date", (day.year,)),)
    return Years(), (doubt("years-absent"),)


def _inferred(code: str, years: Sequence[int]) -> Doubt:
    return doubt(code, years=", ".join(map(str, years)))


# --- report date --------------------------------------------------------------------------------


def _statements(lines: Sequence[Line]) -> Iterator[str]:
    """What the order orders, one numbered statement at a time: wrapped lines and lists are joined."""
    speaking, statement = False, ""
    for one in lines:
        speaking = (speaking or bool(_FIRST_ITEM.match(plain(one.text)))) and not _STAMP.match(
            plain(one.text)
        )
        if speaking:
            dash = _DASH.match(one.text)
            if _ITEM.match(one.text) or (statement.endswith(".") and one.text[:1].isupper() and not dash):
                yield squeeze(statement)
                statement = ""
            statement = f"{statement} {one.text}"
        speaking = speaking or bool(_ORDERS.search(_compact(one)))
    yield squeeze(statement)


def _sentences(lines: Sequence[Line]) -> Iterator[str]:
    """The running text of a letter or of an appendix, sentence by sentence; its grounds left out."""
    sentence = ""
    for one in lines:
        if one.cells or (sentence.endswith((".", ":", ";")) or not one.text[:1].islower()):
            if not _PREAMBLE.match(plain(sentence)):
                yield squeeze(sentence)
            sentence = ""
        sentence = sentence if one.cells else f"{sentence} {one.text}".strip()
    yield squeeze(sentence)


def _report_due(sources: Sequence[Sequence[str]], years: Years) -> tuple[dt.date | None, tuple[Doubt, ...]]:
    """The date by which information on the plan must be sent: the first of the sources that names one."""
    year = years.years[0] if len(years.years) == 1 else None
    reports: list[str] = []
    dated: list[tuple[str, list[dt.date]]] = []
    for source in sources:
        told = [part for text in source for part in _parts(text) if _is_report(plain(part))]
        reports += told
        found = [(text, _days_by(text, year)) for text in told]
        dated = dated or [(text, days) for text, days in found if days]
    if not dated:
        vague = [text for text in reports if re.search(r"\bдо\b|не позднее|ежекварт|ежемес", plain(text))]
        code = doubt("report-due-unclear", text=vague[0][:160]) if vague else doubt("report-due-absent")
        return None, (code,)
    text, days = dated[0]
    every = {day for _, some in dated for day in some}
    return max(days), (doubt("report-due-unclear", text=text[:160]),) if len(every) > 1 else ()


def _days_by(text: str, year: int | None) -> list[dt.date]:
    return [day for place, day in dates_in(text, year) if _BY.search(plain(text[:place]))]


def _parts(statement: str) -> list[str]:
    """A statement and its list: each item by itself, or all with the head when the head reports."""
    head, *items = re.split(r"(?:^|(?<=[:;.,])\s)[-–—•]\s*", statement)
    return [statement] if _is_report(plain(head)) else [head, *items]


def _is_report(low: str) -> bool:
    about_plan = _ABOUT_PLAN.search(low) or _BARE_REPORT.search(low)
    return bool(_REPORTS.search(low) and _REPORTED.search(low) and about_plan)
