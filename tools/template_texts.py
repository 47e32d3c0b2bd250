"""Sentences printed in the templates: the sheet «Как заполнять» and the hints above the tables."""

from __future__ import annotations

from typing import Final

from sheetsync.columns import (
    CHECKED_SHEET,
    COMPLETENESS_SHEET,
    ENTRIES_SHEET,
    FINDINGS_SHEET,
    INDICATORS_SHEET,
    JOURNAL_SHEET,
    LEDGER_SHEET,
    MATRIX_SHEET,
    PAIRS_SHEET,
    PARTICIPANTS_SHEET,
    PLAN_SHEET,
    REPORT,
    SETTINGS_SHEET,
    UNPLACED_SHEET,
    Column,
)
from sheetsync.forms.checking import READY, RULES, SEE_REMARK, WAITING
from sheetsync.forms.wording import HELP_ARRANGING, HELP_REMARKS, HELP_SENDING, Wording
from sheetsync.model import Status

HELP_STEPS: Final[tuple[str | Wording, ...]] = (
    "Заполняйте только столбцы с зелёным заголовком. Столбцы отдела не меняйте: "
    "если в плане ошибка, напишите об этом в «Информация об исполнении».",
    "В каждой строке выберите статус из списка. Пустая строка считается строкой без ответа.",
    "Следите за столбцом «Проверка»: он говорит, чего ещё не хватает. Когда везде «готово» "
    "или «ждёт исполнения», отчёт заполнен.",
    "Подтверждение — это документ с видом, номером и датой или ссылка, которая открывается без входа. "
    "«Подготовлена», «проведено», одна дата или одно число подтверждением не считаются.",
    "Не пишите фамилий, телефонов и диагнозов детей: достаточно количества и номера документа.",
    HELP_ARRANGING,
    HELP_SENDING,
    HELP_REMARKS,
)

INDICATORS_HINT: Final = "Впишите число в столбец «Факт». Если данных нет, объясните в «Пояснение»."
REPAIRS_HINT: Final = (
    "Если понято неверно, исправьте ответ на листе «Отчёт». «Не размещено» — то, чему программа не нашла "
    "места; это видит район."
)

STATUS_MEANINGS: Final = {
    Status.NOT_STARTED: "К мероприятию ещё не приступали, срок не прошёл.",
    Status.IN_PROGRESS: "Мероприятие идёт. Если срок уже прошёл, напишите причину и новый срок.",
    Status.DONE: "Всё сделано и подтверждено.",
    Status.PARTLY: "Сделано не всё: напишите, что сделано, и подтвердите это.",
    Status.NOT_DONE: "Срок прошёл, не сделано: напишите причину и новый срок.",
    Status.NOT_REQUIRED: "К вам не относится или нечего сообщать: напишите почему.",
}

SHEET_HINTS: Final = {
    SETTINGS_SHEET: "Заполняет координатор. Отсюда берутся шапка форм, период и срок отчёта.",
    PARTICIPANTS_SHEET: "Кто отчитывается. «Другие названия» помогают узнать школу, если метки формы стёрты.",
    PLAN_SHEET: "Посмотрите строки, где заполнен столбец «Проверьте». "
    "Формы выдаются по этому листу, не по приказу.",
    MATRIX_SHEET: "Столбцы участников появятся с первым сводом. "
    "Щёлкните ячейку, чтобы перейти к ответу в листе «Исполнение».",
    ENTRIES_SHEET: "«Решение» и «Замечание района» — ваши: они сохраняются при каждом своде. "
    "«Проверка района» говорит, что ждёт вас, а что — школу.",
    FINDINGS_SHEET: "Одна причина — одна строка; «Сколько» говорит, в скольких местах она встретилась.",
    COMPLETENESS_SHEET: "Заполнено = отчитались и «не требуется» / строки, срок которых наступил. "
    "Подтверждено = с достаточным подтверждением / выполнено.",
    PAIRS_SHEET: "Школа и её куратор с листа «Участники»: есть ли соглашение и как идёт отчёт.",
    INDICATORS_SHEET: "Цель из плана и то, что сообщили участники. "
    "Отфильтруйте показатель — диаграмма покажет его по школам.",
    LEDGER_SHEET: "Заполнено = размещено + в замечаниях + заменено новым + в непринятом файле. "
    "Разница не ноль — ошибка программы.",
    UNPLACED_SHEET: "Всё, что не удалось отнести к мероприятию: ничего из присланного не пропадает.",
    JOURNAL_SHEET: "Запуски, полученные копии и что изменилось.",
    CHECKED_SHEET: "Заполняет кнопка «Проверить один файл»: что не так в выбранной копии. "
    "В свод это не входит.",
}


def what_status_asks(status: Status) -> str:
    """«Дата исполнения; Информация об исполнении; …»: what a school must fill for a status."""
    rule = next(one for one in RULES if status in one.statuses)
    return "; ".join(_need_text(need.columns) for need in rule.needs) or "ничего больше"


def verdict_meanings() -> dict[str, str]:
    """What each text of «Проверка» means, without spelling the rules twice."""
    meanings = {
        READY: "В строке есть всё, что нужно.",
        SEE_REMARK: "Строка заполнена; исправьте то, о чём пишет район.",
        WAITING: "Ответ есть, мероприятие впереди.",
    }
    for rule in RULES:
        meanings |= {need.missing: f"Заполните: {_need_text(need.columns)}." for need in rule.needs}
    return meanings


def rules_for_statuses() -> list[tuple[str, str, str]]:
    """Status, when to choose it, what else to fill."""
    return [(one.value, STATUS_MEANINGS[one], what_status_asks(one)) for one in Status]


def prompt_title(column: Column) -> str:
    """A header as the title of a prompt: Excel takes 32 characters."""
    return column.header.partition("(")[0].strip()[:32]


def _need_text(columns: tuple[str, ...]) -> str:
    return " или ".join(f"«{REPORT.column(one).header}»" for one in columns)
