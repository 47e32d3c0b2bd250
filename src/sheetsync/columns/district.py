"""The district workbook."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sheetsync.columns.base import KEY, Column, Kind, Owner, TableSpec
from sheetsync.columns.sheets import (
    CHECKED_SHEET,
    COMPLETENESS_SHEET,
    ENTRIES_SHEET,
    FINDINGS_SHEET,
    INDICATORS_SHEET,
    JOURNAL_SHEET,
    LEDGER_SHEET,
    MATRIX_SHEET,
    PAIRS_SHEET,
    PANEL,
    PARTICIPANTS_SHEET,
    PLAN_SHEET,
    SETTINGS_SHEET,
    UNPLACED_SHEET,
)
from sheetsync.model import Channel, ParticipantKind, ReviewState, SchoolState, Severity

_O, _S, _T, _C = Owner.OFFICE, Owner.SCHOOL, Owner.TOOL, Owner.COORDINATOR

SETTINGS: Final = TableSpec(
    "tbl_settings",
    SETTINGS_SHEET,
    (
        Column("name", "Параметр", _T, width=34),
        Column("value", "Значение", _C, width=60),
        Column("note", "Пояснение", _T, width=60),
        KEY,
    ),
    title="Настройки",
)

PARTICIPANTS: Final = TableSpec(
    "tbl_participants",
    PARTICIPANTS_SHEET,
    (
        Column("code", "Код", _C, width=8),
        Column("name", "Официальное название", _C, width=50),
        Column("short_name", "Краткое название", _C, width=24),
        Column("aliases", "Другие названия (через ;)", _C, width=40),
        Column("kind", "Вид", _C, Kind.CHOICE, width=13, choices=tuple(one.value for one in ParticipantKind)),
        Column("curator", "Куратор", _C, width=24),
        Column("email", "Эл. почта", _C, width=24),
        Column("channel", "Канал", _C, Kind.CHOICE, width=10, choices=tuple(one.value for one in Channel)),
        Column("link", "Ссылка", _C, Kind.LINK, width=24),
        Column("received_on", "Получено (дата, если известна)", _C, Kind.DATE, width=16),
        Column("approved_on", "Отчёт утверждён (дата)", _C, Kind.DATE, width=16),
    ),
    title="Участники",
)


class DoubtPlace(StrEnum):
    """Which cell of a row of «План» a line of «Проверьте» speaks of; that cell is coloured too."""

    ROW = "Строка"
    DEADLINE = "Срок"
    RESPONSIBLE = "Ответственные"


ALL_SCHOOLS: Final = "все школы"
"""What the coordinator writes in «Кто отчитывается» to address every school of the roster."""

INSTRUCTIONS_SECTION: Final = "Поручения приказа"
"""The section of «План» with what the order's own text asks; reported only when the setting says so."""

PLAN: Final = TableSpec(
    "tbl_plan",
    PLAN_SHEET,
    (
        KEY,
        Column("number", "№", _C, width=7),
        Column("section", "Раздел", _C, width=30),
        Column("title", "Мероприятие", _C, width=44),
        Column("deadline", "Срок (как в приказе)", _C, width=18),
        Column("start", "Начало", _C, Kind.DATE, width=12),
        Column("due", "Срок до", _C, Kind.DATE, width=12),
        Column("repeats", "Повторы (через ;)", _C, width=14),
        Column("responsible", "Ответственные (как в приказе)", _C, width=26),
        Column("reporters", "Кто отчитывается (через ;)", _C, width=20),
        Column("result", "Ожидаемый результат", _C, width=26),
        Column("evidence_asked", "Какое подтверждение", _C, width=18),
        Column("target", "Число", _C, width=10),
        Column("state", "Действует", _C, Kind.CHOICE, width=12, choices=("да", "исключено")),
        Column("doubts", "Проверьте", _T, width=32),
    ),
    title="План-график",
)

MATRIX: Final = TableSpec(
    "tbl_matrix",
    MATRIX_SHEET,
    (
        Column("number", "№", _T, width=7),
        Column("title", "Мероприятие", _T, width=48),
        Column("due", "Срок до", _T, Kind.DATE, width=12),
    ),
    title="Свод: мероприятия и участники",
)
"""Followed by one column a participant, headed by its short name."""

ENTRIES: Final = TableSpec(
    "tbl_entries",
    ENTRIES_SHEET,
    (
        Column("participant", "Участник", _T, width=18),
        Column("number", "№", _T, width=7),
        Column("title", "Мероприятие", _T, width=34),
        Column("due", "Срок до", _T, Kind.DATE, width=12),
        Column("status", "Статус", _T, width=14),
        Column("done_on", "Дата исполнения", _T, Kind.DATE, width=12),
        Column("info", "Информация об исполнении", _T, width=34),
        Column("document", "Подтверждающий документ", _T, width=22),
        Column("link", "Ссылка", _T, Kind.LINK, width=20),
        Column("reason", "Причина / новый срок", _T, width=18),
        Column("evidence", "Подтверждение", _T, width=15),
        Column("findings", "Замечания программы", _T, width=30),
        Column("review", "Проверка района", _T, width=16, choices=tuple(one.value for one in ReviewState)),
        Column(
            "decision",
            "Решение",
            _C,
            Kind.CHOICE,
            width=14,
            choices=("принято", "на доработку", "не проверено"),
        ),
        Column("remark", "Замечание района", _C, width=24),
        Column("source", "Источник", _T, width=20),
        KEY,
    ),
    title="Исполнение: одна строка — участник и мероприятие",
)

FINDINGS: Final = TableSpec(
    "tbl_findings",
    FINDINGS_SHEET,
    (
        Column("severity", "Важность", _T, width=14, choices=tuple(one.value for one in Severity)),
        Column("participant", "Участник", _T, width=18),
        Column("activity", "Мероприятие", _T, width=40),
        Column("text", "Что не так", _T, width=46),
        Column("advice", "Что сделать", _T, width=46),
        Column("count", "Сколько", _T, Kind.NUMBER, width=9),
        Column("file", "Файл", _T, width=22),
        Column("cell", "Лист и ячейка", _T, width=15),
        Column("code", "Код", _T, width=8),
    ),
    title="Замечания программы",
)

COMPLETENESS: Final = TableSpec(
    "tbl_completeness",
    COMPLETENESS_SHEET,
    (
        Column("participant", "Участник", _T, width=30),
        Column("received", "Поступило", _T, width=11),
        Column("received_on", "Когда", _T, Kind.DATE, width=12),
        Column("on_time", "В срок", _T, width=9),
        Column("rows_owed", "Строк всего", _T, Kind.NUMBER, width=10),
        Column("rows_due", "Срок наступил", _T, Kind.NUMBER, width=13),
        Column("reported", "Отчитались", _T, Kind.NUMBER, width=11),
        Column("confirmed_none", "Не требуется", _T, Kind.NUMBER, width=12),
        Column("missing", "Нет ответа", _T, Kind.NUMBER, width=10),
        Column("done", "Выполнено", _T, Kind.NUMBER, width=11),
        Column("evidenced", "С подтверждением", _T, Kind.NUMBER, width=18),
        Column("filled_rate", "Заполнено, %", _T, Kind.PERCENT, width=14),
        Column("evidenced_rate", "Подтверждено, %", _T, Kind.PERCENT, width=17),
        Column("light", "Светофор", _T, width=16),
        Column("state", "Состояние отчёта", _T, width=16, choices=tuple(one.value for one in SchoolState)),
        Column("curator", "Куратор", _T, width=24),
    ),
    title="Полнота по участникам",
)

INDICATORS: Final = TableSpec(
    "tbl_indicators",
    INDICATORS_SHEET,
    (
        Column("participant", "Участник", _T, width=24),
        Column("title", "Показатель", _T, width=60),
        Column("unit", "Единица", _T, width=10),
        Column("year", "Год", _T, Kind.NUMBER, width=8),
        Column("target", "Цель", _T, Kind.NUMBER, width=10),
        Column("fact", "Факт", _T, width=12),
        Column("previous", "Прошлый период", _T, width=12),
        Column("change", "Изменение", _T, Kind.NUMBER, width=12),
        Column("comment", "Пояснение", _T, width=40),
        KEY,
    ),
    title="Целевые показатели",
)

LEDGER: Final = TableSpec(
    "tbl_ledger",
    LEDGER_SHEET,
    (
        Column("file", "Файл", _T, width=40),
        Column("participant", "Участник", _T, width=24),
        Column("filled", "Заполнено", _T, Kind.NUMBER),
        Column("masked", "В том числе скрыто", _T, Kind.NUMBER, width=12),
        Column("placed", "Размещено", _T, Kind.NUMBER),
        Column("reported", "В замечаниях", _T, Kind.NUMBER),
        Column("superseded", "Заменено новым", _T, Kind.NUMBER),
        Column("refused", "В непринятом файле", _T, Kind.NUMBER),
        Column("unaccounted", "Разница", _T, Kind.NUMBER),
        Column("sha256", "sha256", _T, width=20),
    ),
    title="Сверка: всё, что прислано, на месте",
)

UNPLACED: Final = TableSpec(
    "tbl_unplaced",
    UNPLACED_SHEET,
    (
        Column("participant", "Участник", _T, width=24),
        Column("text", "Значение", _T, width=60),
        Column("file", "Файл", _T, width=34),
        Column("sheet", "Лист", _T, width=16),
        Column("cell", "Ячейка", _T, width=10),
        Column("reason", "Почему не размещено", _T, width=50),
    ),
    title="Не размещено",
)

JOURNAL: Final = TableSpec(
    "tbl_journal",
    JOURNAL_SHEET,
    (
        Column("run", "Запуск", _T, Kind.NUMBER, width=9),
        Column("at", "Когда", _T, width=18),
        Column("event", "Событие", _T, width=22),
        Column("participant", "Участник", _T, width=24),
        Column("file", "Файл", _T, width=40),
        Column("note", "Что изменилось", _T, width=70),
    ),
    title="Журнал",
)


class MatrixMark(StrEnum):
    """What a cell of «Свод» shows: a sign and words, so that colour is never needed."""

    EVIDENCED = "✔ подтверждено"
    WEAK = "✔ слабое подтв."
    BARE = "✔ без подтв."
    PARTLY = "◐ частично"
    IN_PROGRESS = "… в работе"
    NOT_STARTED = "○ не начато"
    NOT_DONE = "✘ не выполнено"
    NOT_REQUIRED = "— не требуется"
    UNCLEAR = "? статус неясен"
    MISSING = "! нет ответа"
    NOT_DUE = "· срок не настал"


class EvidenceWord(StrEnum):
    """What «Исполнение» shows of the evidence of a row."""

    YES = "есть"
    WEAK = "слабое"
    NO = "нет"


LIGHTS: Final = TableSpec(
    "tbl_lights",
    PANEL,
    (
        Column("participant", "Участник", _T, width=32),
        Column("light", "Светофор", _T, width=16),
        Column("state", "Состояние отчёта", _T, width=18, choices=tuple(one.value for one in SchoolState)),
        Column("note", "Главное", _T, width=46),
    ),
)


class AgreementWord(StrEnum):
    """What «Пары» shows of the agreement of a school with its curator."""

    YES = "есть"
    WEAK = "есть, без номера или даты"
    OTHER = "другой документ"
    NO = "нет"
    NOT_ASKED = "в плане не спрашивается"


PAIRS: Final = TableSpec(
    "tbl_pairs",
    PAIRS_SHEET,
    (
        Column("participant", "Школа", _T, width=30),
        Column("curator", "Куратор", _T, width=30),
        Column("agreement", "Соглашение", _T, width=26, choices=tuple(one.value for one in AgreementWord)),
        Column("filled_rate", "Заполнено, %", _T, Kind.PERCENT, width=14),
        Column("evidenced_rate", "Подтверждено, %", _T, Kind.PERCENT, width=17),
        Column("state", "Состояние отчёта", _T, width=18, choices=tuple(one.value for one in SchoolState)),
    ),
    title="Пары: школа и куратор",
)
"""Not among ``DISTRICT_TABLES``: older workbooks have none, and a district without curators hides it."""

CHECKED: Final = TableSpec(
    "tbl_check",
    CHECKED_SHEET,
    (
        Column("severity", "Важность", _T, width=14, choices=tuple(one.value for one in Severity)),
        Column("participant", "Участник", _T, width=18),
        Column("activity", "Мероприятие", _T, width=40),
        Column("cell", "Лист и ячейка", _T, width=15),
        Column("text", "Что не так", _T, width=46),
        Column("advice", "Что сделать", _T, width=46),
        Column("file", "Файл", _T, width=22),
    ),
    title="Проверка одного файла",
)
"""What the last «Проверить один файл» found. Not among ``DISTRICT_TABLES``: older workbooks have none."""

DISTRICT_TABLES: Final = (
    LIGHTS, SETTINGS, PARTICIPANTS, PLAN, MATRIX, ENTRIES, FINDINGS, COMPLETENESS, INDICATORS, LEDGER, UNPLACED, JOURNAL,
)  # fmt: skip

DISTRICT_LAYOUT: Final = (
    LIGHTS, SETTINGS, PARTICIPANTS, PLAN, MATRIX, ENTRIES, FINDINGS, COMPLETENESS, PAIRS, INDICATORS, LEDGER, UNPLACED, JOURNAL, CHECKED,
)  # fmt: skip
"""Every table in the order of its sheets: ``DISTRICT_TABLES`` and those older workbooks have none of."""
