"""An invented district of any size: its order with a plan of any length, and its schools.

Everything is made up; nothing here repeats an order of a real office.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sheetsync.model import Participant

YEAR: Final = 2025
ORDER_DATE: Final = date(YEAR, 1, 13)
REPORT_DUE: Final = date(YEAR, 12, 15)
SECTIONS: Final = (
    "Организация работы",
    "Учебные результаты",
    "Работа с учителями",
    "Работа с учениками и семьями",
    "Условия и контроль",
)
_DISTRICTS: Final = (
    "Тенистый",
    "Родниковский",
    "Ковыльный",
    "Меловой",
    "Ветряной",
    "Луговской",
    "Озёрный",
    "Боровой",
    "Каменный",
    "Солнечный",
    "Полынный",
    "Снежный",
    "Песчаный",
    "Холмистый",
    "Ручейный",
    "Туманный",
)
_BEFORE: Final = ("", "Верхне", "Нижне", "Старо", "Ново", "Красно", "Бело", "Мало", "Средне", "Дальне")
_ROOTS: Final = (
    "липов",
    "кленов",
    "берёзов",
    "дубов",
    "осинов",
    "ольхов",
    "вязов",
    "кедров",
    "рябинов",
    "тополев",
    "сосенов",
    "елов",
    "ясенев",
    "калинов",
    "черёмухов",
    "ракитов",
    "камышов",
    "брусников",
    "ковылёв",
    "полянов",
)
_KINDS: Final = (("СОШ", "средняя"), ("ООШ", "основная"), ("СОШ", "средняя"))


@dataclass(frozen=True, slots=True)
class Asked:
    """One row of the plan; ``paper`` is what a school confirms it with, empty for a page of its site."""

    number: str
    title: str
    deadline: str
    result: str
    paper: str
    due: date


@dataclass(frozen=True, slots=True)
class _Act:
    title: str
    result: str
    paper: str


_ACTS: Final = (
    _Act("Издание школьного приказа об организации {of} и назначение ответственного", "Приказ", "приказ"),
    _Act(
        "Проведение педагогического совета по вопросам {of} с приглашением методиста района",
        "Протокол педагогического совета",
        "протокол педагогического совета",
    ),
    _Act(
        "Анализ {of} за прошедшую четверть с выводами и предложениями на следующую",
        "Аналитическая справка",
        "аналитическая справка",
    ),
    _Act("Разработка и утверждение школьного плана {of} до конца года", "План", "план работы"),
    _Act(
        "Посещение уроков и занятий с целью изучения {of}, беседы с учителями по итогам посещений",
        "Справка",
        "справка",
    ),
    _Act(
        "Взаимодействие с соседними школами и библиотеками в части {of}",
        "Соглашение",
        "соглашение о сотрудничестве",
    ),
    _Act("Освещение хода {of} на странице школы в сети", "Ссылка на страницу сайта", ""),
    _Act(
        "Проведение семинара для учителей о содержании и приёмах {of}, открытые занятия",
        "Программа семинара",
        "программа семинара",
    ),
    _Act(
        "Обсуждение с родителями задач и первых итогов {of}",
        "Протокол родительского собрания",
        "протокол родительского собрания",
    ),
    _Act(
        "Подготовка методических рекомендаций для учителей по вопросам {of}",
        "Методические рекомендации",
        "методические рекомендации",
    ),
    _Act(
        "Составление списка участников и расписания занятий в рамках {of}",
        "Список участников",
        "список участников",
    ),
    _Act(
        "Подведение итогов {of} на совещании при директоре",
        "Протокол совещания",
        "протокол совещания при директоре",
    ),
)
_THEMES: Final = (
    "читательской грамотности на всех предметах",
    "счёта и решения задач в начальной школе",
    "подготовки девятых классов к экзаменам",
    "подготовки выпускников к итоговому сочинению",
    "наставничества молодых учителей",
    "работы с отстающими учениками",
    "внутренней оценки качества образования",
    "занятий с одарёнными детьми",
    "школьного краеведения",
    "профессиональных проб в восьмых классах",
    "обновления библиотечного фонда",
    "дежурства и безопасности в здании",
    "горячего питания младших классов",
    "подвоза учеников из дальних сёл",
    "занятий во второй половине дня",
    "физкультурных перемен и дня здоровья",
    "работы школьного музея",
    "дистанционных уроков в морозные дни",
    "работы психолога и логопеда",
    "ученического самоуправления",
    "летней занятости подростков",
    "лабораторных работ по физике и химии",
    "словарной работы и проверки диктантов",
    "работы с семьями будущих первоклассников",
    "цифровой грамотности учителей",
)
_TARGETS: Final = {
    4: "Справка; не менее 80 % учителей",
    20: "Протокол родительского собрания; не менее 90 % родителей",
    31: "Программа семинара, 2 семинара",
}
"""Rows, counted from the first, whose result names a figure to reach as well."""
_MONTHS: Final = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
_OPEN_END: Final = ("В течение года", "Постоянно")


def district_name(number: int) -> str:
    """«Тенистый»; beyond the names there are, numbered."""
    round_, at = divmod(number, len(_DISTRICTS))
    return _DISTRICTS[at] + (f" {round_ + 1}-й" if round_ else "")


def plan(rows: int) -> tuple[Asked, ...]:
    """The rows of a plan, numbered within its sections."""
    found: list[Asked] = []
    for place in range(rows):
        section = place * len(SECTIONS) // rows
        first = -(-section * rows // len(SECTIONS))
        act = _ACTS[place % len(_ACTS)]
        theme = _THEMES[(place // len(_ACTS) + place) % len(_THEMES)]
        deadline, due = _deadline(place, rows)
        title = act.title.format(of=theme)
        result = _TARGETS.get(place, act.result)
        found.append(Asked(f"{section + 1}.{place - first + 1}.", title, deadline, result, act.paper, due))
    return tuple(found)


def _deadline(place: int, rows: int) -> tuple[str, date]:
    """What the plan prints, and the day a school thinks of."""
    day = date(YEAR, 2, 3) + timedelta(days=place * 280 // rows)
    match place % 8:
        case 3:
            return f"{_MONTHS[day.month - 1].capitalize()} {YEAR}", date(YEAR, day.month, 28)
        case 6:
            return _OPEN_END[place // 8 % 2], day
    return f"До {day:%d.%m.%Y}", day


def order_text(number: int, rows: int) -> str:
    """The order of a district, as a text file."""
    name = district_name(number).removesuffix("ый").removesuffix("ий").removesuffix("ой") + "ого"
    lines = [
        f"ОТДЕЛ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ {name.upper()} РАЙОНА", "", "ПРИКАЗ", "",
        f"{ORDER_DATE:%d.%m.%Y}\t№ {number + 8}", "",
        f"Об утверждении плана-графика поддержки школ на {YEAR} год", "",
        f"1. Утвердить план-график поддержки школ на {YEAR} год.",
        f"2. Руководителям школ представить отчёт в срок до {REPORT_DUE:%d.%m.%Y}.", "",
        f"План-график поддержки школ {name} района на {YEAR} год", "",
        "№ п/п\tМероприятия\tСроки\tОтветственные\tОжидаемый результат",
    ]  # fmt: skip
    section = ""
    for row in plan(rows):
        if row.number.partition(".")[0] != section:
            section = row.number.partition(".")[0]
            lines.append(f"{section}.\t{SECTIONS[int(section) - 1]}\t\t\t")
        lines.append(f"{row.number}\t{row.title}\t{row.deadline}\tОО\t{row.result}")
    return "\n".join(lines) + "\n"


def schools(count: int) -> Iterator[Participant]:
    """So many schools, every name another."""
    width = max(2, len(str(count)))
    for place in range(count):
        round_, at = divmod(place, len(_BEFORE) * len(_ROOTS))
        before, root = _BEFORE[at % len(_BEFORE)], _ROOTS[at // len(_BEFORE)]
        short, full = _KINDS[place % len(_KINDS)]
        stem = f"{before}{root}ская".capitalize()
        which = f" № {round_ + 1}" if round_ else ""
        name = f"МБОУ «{stem} {full} общеобразовательная школа{which}»"
        yield Participant(f"S{place + 1:0{width}}", name, f"{stem} {short}{which}")
