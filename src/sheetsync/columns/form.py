"""The form a participant fills."""

from __future__ import annotations

from typing import Final

from sheetsync.columns.base import KEY, Column, Kind, Owner, Required, TableSpec
from sheetsync.columns.sheets import FORM_INDICATORS_SHEET, FORM_REPAIRS_SHEET, FORM_SHEET, MARKS_SHEET
from sheetsync.model import Status

_O, _S, _T, _C = Owner.OFFICE, Owner.SCHOOL, Owner.TOOL, Owner.COORDINATOR

_NUMBER = Column("number", "№", _O, width=6, aliases=("№ п/п", "N п/п", "п/п", "Номер", "No."))
_TITLE = Column(
    "title", "Мероприятие", _O, width=34,
    aliases=("Мероприятия", "Наименование мероприятия", "Содержание мероприятия", "Что сделать", "Activity"),
)  # fmt: skip

REPORT: Final = TableSpec(
    "tbl_report",
    FORM_SHEET,
    (
        _NUMBER,
        _TITLE,
        Column("deadline", "Срок реализации", _O, width=13, aliases=("Срок", "Сроки", "Сроки реализации", "Срок исполнения", "Deadline")),
        Column("responsible", "Ответственные", _O, width=23, aliases=("Ответственный", "Исполнитель", "Ответственные исполнители", "Responsible")),
        Column("result", "Планируемый результат", _O, width=18, aliases=("Результат", "Ожидаемый результат", "Планируемые результаты", "Expected result")),
        Column(
            "status", "Статус", _S, Kind.CHOICE, Required.ALWAYS, width=13,
            aliases=("Статус исполнения", "Состояние", "Отметка о выполнении", "Стадия исполнения", "Status"),
            choices=tuple(one.value for one in Status),
            prompt="Выберите из списка. «Не требуется» — только с причиной.",
        ),
        Column(
            "done_on", "Дата исполнения", _S, Kind.DATE, Required.IF_DONE, width=12,
            aliases=("Дата выполнения", "Фактическая дата", "Дата", "Исполнено (дата)", "Дата фактического исполнения", "Date", "Completion date", "Date of completion"),
            prompt="Когда выполнено: ДД.ММ.ГГГГ.",
        ),
        Column(
            "info", "Информация об исполнении", _S, Kind.TEXT, Required.IF_DONE, width=32,
            aliases=("Информация", "Исполнение", "Что сделано", "Сведения об исполнении", "Ход исполнения", "Отчёт об исполнении",
                     "Информация об исполнении (с указанием подтверждающих документов, ссылок)", "Information"),
            prompt="Что сделано, сколько. Без фамилий детей.",
        ),
        Column(
            "document", "Подтверждающий документ (вид, №, дата)", _S, Kind.TEXT, Required.IF_DONE, width=21,
            aliases=("Подтверждающий документ", "Подтверждающие документы", "Документ", "Реквизиты документа", "Подтверждение", "Document", "Supporting document"),
            prompt="Вид, номер и дата: «приказ № 45 от 01.03.2023».",
        ),
        Column(
            "link", "Ссылка на документ", _S, Kind.LINK, width=18,
            aliases=("Ссылка", "Ссылки", "Ссылка на подтверждение", "Адрес документа", "Ссылка на сайт", "Link", "Document link"),
            prompt="Адрес, который открывается без входа: https://…",
        ),
        Column(
            "reason", "Причина / новый срок", _S, Kind.TEXT, Required.IF_NOT_DONE, width=17,
            aliases=("Причина", "Причина неисполнения", "Причина, новый срок", "Новый срок", "Reason"),
            prompt="Если не выполнено или не требуется: почему и когда будет.",
        ),
        Column("remark", "Замечание района", _O, width=17, aliases=("Замечание", "Замечания района")),
        Column("check", "Проверка", _T, Kind.FORMULA, width=17),
        KEY,
    ),
    title="Отчёт об исполнении плана-графика",
)  # fmt: skip

FORM_INDICATORS: Final = TableSpec(
    "tbl_report_indicators",
    FORM_INDICATORS_SHEET,
    (
        Column("title", "Показатель", _O, width=60),
        Column("unit", "Единица", _O, width=12),
        Column("target", "Цель", _O, Kind.NUMBER, width=12),
        Column("year", "Год", _O, Kind.NUMBER, width=8),
        Column("fact", "Факт", _S, Kind.NUMBER, width=14, prompt="Число без единицы измерения."),
        Column("comment", "Пояснение", _S, width=40, prompt="Откуда число: справка, протокол, сайт."),
        KEY,
    ),
    title="Целевые показатели",
)

FORM_REPAIRS: Final = TableSpec(
    "tbl_report_repairs",
    FORM_REPAIRS_SHEET,
    (
        Column("number", "№", _O, width=8),
        Column("place", "Где в вашей копии", _O, width=38),
        Column("told", "Как понята ваша копия", _O, width=92),
    ),
    title="Как понята ваша прошлая копия",
)
"""Of a form that is returned; a template an office restyled earlier may lack it."""

MARKS: Final = TableSpec(
    "tbl_marks",
    MARKS_SHEET,
    (
        KEY,
        Column("number", "number", _T),
        Column("title", "title", _T),
        Column("start", "start", _T, Kind.DATE),
        Column("due", "due", _T, Kind.DATE),
        Column("evidence_asked", "evidence_asked", _T),
        Column("target", "target", _T),
    ),
)

FORM_TABLES: Final = (REPORT, FORM_INDICATORS, MARKS)
