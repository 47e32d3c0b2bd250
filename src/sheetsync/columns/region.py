"""The region's workbook: the sheets of a district one level up."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sheetsync.columns.base import KEY, Column, Kind, Owner, TableSpec
from sheetsync.columns.sheets import (
    COMPLETENESS_SHEET,
    DISTRICTS_SHEET,
    ENTRIES_SHEET,
    FINDINGS_SHEET,
    INDICATORS_SHEET,
    MATRIX_SHEET,
    PANEL,
    PLAN_SHEET,
    REGION_ROWS_SHEET,
    SCHOOLS_SHEET,
)
from sheetsync.model import SchoolState, Severity

_T, _NUMBER, _PERCENT = Owner.TOOL, Kind.NUMBER, Kind.PERCENT


class DistrictStanding(StrEnum):
    """What became of a source named to the roll-up."""

    COUNTED = "учтён"
    COMPARED = "для сравнения"
    """A workbook of the period before: only the changes are counted from it."""
    REPEATED = "повтор"
    OTHER_PERIOD = "другой период"
    LEFT_OUT = "не учтён"


class RegionSign(StrEnum):
    """How a cell of the region's «Свод» begins; two figures follow."""

    FULL = "✔"
    GOING = "◐"
    MISSING = "!"
    NOT_DUE = "·"


REGION_LIGHTS: Final = TableSpec(
    "tbl_region_lights",
    PANEL,
    (
        Column("district", "Район", _T, width=42),
        Column("light", "Светофор", _T, width=18),
        Column("filled_rate", "Заполнено, %", _T, _PERCENT, width=14),
        Column("evidenced_rate", "Подтверждено, %", _T, _PERCENT, width=16),
        Column("note", "Главное", _T, width=60),
    ),
)

DISTRICTS: Final = TableSpec(
    "tbl_districts",
    DISTRICTS_SHEET,
    (
        Column("district", "Район", _T, width=44),
        Column("standing", "Учёт", _T, width=16, choices=tuple(one.value for one in DistrictStanding)),
        Column("file", "Книга района", _T, Kind.LINK, width=44),
        Column("period", "Период", _T, width=14),
        Column("as_of", "По состоянию на", _T, Kind.DATE, width=13),
        Column("consolidated", "Свод собран", _T, width=16),
        Column("plan_title", "План-график", _T, width=46),
        Column("activities", "Мероприятий", _T, _NUMBER, width=12),
        Column("participants", "Участников", _T, _NUMBER, width=11),
        Column("rows", "Строк", _T, _NUMBER, width=9),
        Column("note", "Что с книгой", _T, width=50),
        Column("sha256", "sha256", _T, width=20),
    ),
    title="Районы: чьи книги вошли в свод региона",
)

REGION_PLAN: Final = TableSpec(
    "tbl_region_plan",
    PLAN_SHEET,
    (
        KEY,
        Column("number", "№", _T, width=7),
        Column("section", "Раздел", _T, width=30),
        Column("title", "Мероприятие", _T, width=50),
        Column("districts", "Районов", _T, _NUMBER, width=9),
        Column("without", "Нет в планах районов", _T, width=40),
        Column("owed", "Строк", _T, _NUMBER, width=9),
        Column("answered", "Отчитались", _T, _NUMBER, width=11),
        Column("missing", "Нет ответа", _T, _NUMBER, width=10),
        Column("done", "Выполнено", _T, _NUMBER, width=11),
        Column("evidenced", "С подтверждением", _T, _NUMBER, width=17),
        Column("filled_rate", "Заполнено, %", _T, _PERCENT, width=13),
        Column("evidenced_rate", "Подтверждено, %", _T, _PERCENT, width=16),
    ),
    title="План региона: мероприятия всех районов",
)

REGION_MATRIX: Final = TableSpec(
    "tbl_region_matrix",
    MATRIX_SHEET,
    (
        Column("number", "№", _T, width=7),
        Column("title", "Мероприятие", _T, width=48),
        Column("region", "Регион", _T, width=17),
    ),
    title="Свод: мероприятия и районы",
)
"""Followed by one column a district."""

REGION_ENTRIES: Final = TableSpec(
    "tbl_region_entries",
    ENTRIES_SHEET,
    (
        Column("district", "Район", _T, width=40),
        Column("number", "№", _T, width=7),
        Column("title", "Мероприятие", _T, width=46),
        Column("due", "Срок до", _T, Kind.DATE, width=12),
        Column("owed", "Участников", _T, _NUMBER, width=11),
        Column("answered", "Отчитались", _T, _NUMBER, width=11),
        Column("missing", "Нет ответа", _T, _NUMBER, width=10),
        Column("not_due", "Срок не настал", _T, _NUMBER, width=11),
        Column("done", "Выполнено", _T, _NUMBER, width=11),
        Column("evidenced", "С подтверждением", _T, _NUMBER, width=17),
        Column("going", "В работе, частично", _T, _NUMBER, width=13),
        Column("not_done", "Не выполнено", _T, _NUMBER, width=12),
        Column("none", "Не требуется", _T, _NUMBER, width=12),
        Column("filled_rate", "Заполнено, %", _T, _PERCENT, width=13),
        Column("evidenced_rate", "Подтверждено, %", _T, _PERCENT, width=16),
        Column("look", "Где смотреть", _T, Kind.LINK, width=14),
        KEY,
    ),
    title="Исполнение: одна строка — район и мероприятие",
)

REGION_FINDINGS: Final = TableSpec(
    "tbl_region_findings",
    FINDINGS_SHEET,
    (
        Column("severity", "Важность", _T, width=14, choices=tuple(one.value for one in Severity)),
        Column("district", "Район", _T, width=40),
        Column("text", "Что не так", _T, width=56),
        Column("advice", "Что сделать", _T, width=50),
        Column("count", "Сколько", _T, _NUMBER, width=9),
        Column("participants", "Участников", _T, _NUMBER, width=11),
        Column("look", "Где смотреть", _T, Kind.LINK, width=26),
        Column("code", "Код", _T, width=8),
    ),
    title="Замечания по видам и районам",
)

_STATES: Final = tuple(
    Column(f"state_{one.name.lower()}", one.value.capitalize(), _T, _NUMBER, width=11) for one in SchoolState
)

REGION_COMPLETENESS: Final = TableSpec(
    "tbl_region_completeness",
    COMPLETENESS_SHEET,
    (
        Column("district", "Район", _T, width=42),
        Column("participants", "Участников", _T, _NUMBER, width=11),
        Column("received", "Прислали", _T, _NUMBER, width=10),
        Column("on_time", "В срок", _T, _NUMBER, width=9),
        Column("rows_due", "Срок наступил", _T, _NUMBER, width=12),
        Column("reported", "Отчитались", _T, _NUMBER, width=11),
        Column("confirmed_none", "Не требуется", _T, _NUMBER, width=12),
        Column("missing", "Нет ответа", _T, _NUMBER, width=10),
        Column("done", "Выполнено", _T, _NUMBER, width=11),
        Column("evidenced", "С подтверждением", _T, _NUMBER, width=17),
        Column("received_rate", "Поступило, %", _T, _PERCENT, width=13),
        Column("on_time_rate", "В срок, %", _T, _PERCENT, width=11),
        Column("filled_rate", "Заполнено, %", _T, _PERCENT, width=13),
        Column("evidenced_rate", "Подтверждено, %", _T, _PERCENT, width=16),
        Column("light", "Светофор", _T, width=17),
        *_STATES,
        Column("before", "С чем сравнено", _T, width=12),
        Column("received_change", "Поступило, изменение", _T, _PERCENT, width=13),
        Column("filled_change", "Заполнено, изменение", _T, _PERCENT, width=13),
        Column("evidenced_change", "Подтверждено, изменение", _T, _PERCENT, width=15),
        Column("look", "Где смотреть", _T, Kind.LINK, width=14),
    ),
    title="Полнота по районам",
)

REGION_SCHOOLS: Final = TableSpec(
    "tbl_region_schools",
    SCHOOLS_SHEET,
    (
        Column("district", "Район", _T, width=40),
        Column("participant", "Участник", _T, width=32),
        Column("received", "Поступило", _T, width=11),
        Column("on_time", "В срок", _T, width=9),
        Column("rows_due", "Срок наступил", _T, _NUMBER, width=12),
        Column("missing", "Нет ответа", _T, _NUMBER, width=10),
        Column("done", "Выполнено", _T, _NUMBER, width=11),
        Column("evidenced", "С подтверждением", _T, _NUMBER, width=17),
        Column("filled_rate", "Заполнено, %", _T, _PERCENT, width=13),
        Column("evidenced_rate", "Подтверждено, %", _T, _PERCENT, width=16),
        Column("light", "Светофор", _T, width=17),
        Column("state", "Состояние отчёта", _T, width=16, choices=tuple(one.value for one in SchoolState)),
        Column("look", "Где смотреть", _T, Kind.LINK, width=14),
    ),
    title="Школы и другие участники всех районов",
)

REGION_INDICATORS: Final = TableSpec(
    "tbl_region_indicators",
    INDICATORS_SHEET,
    (
        Column("district", "Район", _T, width=40),
        Column("title", "Показатель", _T, width=56),
        Column("unit", "Единица", _T, width=11),
        Column("year", "Год", _T, _NUMBER, width=8),
        Column("target", "Цель", _T, width=12),
        Column("figures", "Сколько чисел", _T, _NUMBER, width=10),
        Column("total", "Сумма", _T, _NUMBER, width=11),
        Column("mean", "Среднее", _T, _NUMBER, width=11),
        Column("low", "Наименьшее", _T, _NUMBER, width=12),
        Column("high", "Наибольшее", _T, _NUMBER, width=12),
        Column("met", "Цель достигнута", _T, _NUMBER, width=12),
        Column("no_figure", "Не числом", _T, _NUMBER, width=10),
        Column("before", "Среднее, прошлый период", _T, _NUMBER, width=13),
        Column("change", "Изменение", _T, _NUMBER, width=12),
        Column("look", "Где смотреть", _T, Kind.LINK, width=14),
    ),
    title="Целевые показатели по районам",
)

REGION_ROWS: Final = TableSpec(
    "tbl_region_rows",
    REGION_ROWS_SHEET,
    (
        Column("district", "Район", _T, width=36),
        Column("participant", "Участник", _T, width=22),
        Column("number", "№", _T, width=7),
        Column("title", "Мероприятие", _T, width=36),
        Column("due", "Срок до", _T, Kind.DATE, width=12),
        Column("status", "Статус", _T, width=14),
        Column("done_on", "Дата исполнения", _T, Kind.DATE, width=12),
        Column("info", "Информация об исполнении", _T, width=36),
        Column("document", "Подтверждающий документ", _T, width=24),
        Column("link", "Ссылка", _T, width=22),
        Column("reason", "Причина / новый срок", _T, width=18),
        Column("evidence", "Подтверждение", _T, width=15),
        Column("review", "Проверка района", _T, width=16),
        Column("look", "Где смотреть", _T, Kind.LINK, width=14),
        KEY,
    ),
    title="Строки всех районов: как в их листах «Исполнение»",
)

REGION_TABLES: Final = (
    REGION_LIGHTS, DISTRICTS, REGION_PLAN, REGION_MATRIX, REGION_ENTRIES, REGION_FINDINGS, REGION_COMPLETENESS,
    REGION_SCHOOLS, REGION_INDICATORS, REGION_ROWS,
)  # fmt: skip


class RegionCell(StrEnum):
    """Named cells of the region's «Панель»."""

    TITLE = "region_title"
    AS_OF = "region_as_of"
    OUTCOME = "region_outcome"
    STATES = "region_states"
    RECEIVED = "region_received"
    ON_TIME = "region_on_time"
    FILLED = "region_filled"
    EVIDENCED = "region_evidenced"
    RECEIVED_CHANGE = "region_received_change"
    ON_TIME_CHANGE = "region_on_time_change"
    FILLED_CHANGE = "region_filled_change"
    EVIDENCED_CHANGE = "region_evidenced_change"
