"""THE declaration of every sheet, table and column of plan, form and district workbook.

Forms, reader, checks, workbook templates and documents are made from these tuples. No header,
sheet name or table name is typed anywhere else: a test looks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sheetsync.model import Channel, ParticipantKind, Severity, Status

FORM_VERSION: Final = 1
"""Grows when the columns of the form change; every older version stays readable."""


class Owner(StrEnum):
    """Who writes a column."""

    OFFICE = "office"
    SCHOOL = "school"
    TOOL = "tool"
    COORDINATOR = "coordinator"


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    LINK = "link"
    NUMBER = "number"
    PERCENT = "percent"
    FORMULA = "formula"


class Required(StrEnum):
    """When a school must fill a column."""

    ALWAYS = "always"
    IF_DONE = "if-done"
    IF_NOT_DONE = "if-not-done"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``aliases`` are other headers it was met under, ``width`` is in characters."""

    key: str
    header: str
    owner: Owner
    kind: Kind = Kind.TEXT
    required: Required = Required.NEVER
    aliases: tuple[str, ...] = ()
    since: int = 1
    until: int | None = None
    width: int = 14
    prompt: str = ""
    choices: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table of a workbook: its stable name, its sheet and its columns in order."""

    name: str
    sheet: str
    columns: tuple[Column, ...]
    title: str = ""

    def column(self, key: str) -> Column:
        """The column of that key; ``KeyError`` for an undeclared one."""
        found = next((one for one in self.columns if one.key == key), None)
        if found is None:
            raise KeyError(f"{self.name} has no column {key!r}")
        return found

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(one.key for one in self.columns)

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(one.header for one in self.columns)


_O, _S, _T, _C = Owner.OFFICE, Owner.SCHOOL, Owner.TOOL, Owner.COORDINATOR

# --- sheets -------------------------------------------------------------------------------------

PANEL: Final = "Панель"
SETTINGS_SHEET: Final = "Настройки"
PARTICIPANTS_SHEET: Final = "Участники"
PLAN_SHEET: Final = "План"
MATRIX_SHEET: Final = "Свод"
ENTRIES_SHEET: Final = "Исполнение"
FINDINGS_SHEET: Final = "Замечания"
COMPLETENESS_SHEET: Final = "Полнота"
INDICATORS_SHEET: Final = "Показатели"
LEDGER_SHEET: Final = "Сверка"
UNPLACED_SHEET: Final = "Не размещено"
JOURNAL_SHEET: Final = "Журнал"

FORM_SHEET: Final = "Отчёт"
FORM_INDICATORS_SHEET: Final = "Показатели"
FORM_HELP_SHEET: Final = "Как заполнять"
MARKS_SHEET: Final = "_sheetsync"

# --- the form -----------------------------------------------------------------------------------

_NUMBER = Column("number", "№", _O, width=6, aliases=("№ п/п", "N п/п", "п/п", "Номер"))
_TITLE = Column(
    "title", "Мероприятие", _O, width=34,
    aliases=("Мероприятия", "Наименование мероприятия", "Содержание мероприятия", "Что сделать"),
)  # fmt: skip
_KEY = Column("key", "key", _T, width=10, hidden=True)

REPORT: Final = TableSpec(
    "tbl_report",
    FORM_SHEET,
    (
        _NUMBER,
        _TITLE,
        Column("deadline", "Срок реализации", _O, width=13, aliases=("Срок", "Сроки", "Сроки реализации", "Срок исполнения")),
        Column("responsible", "Ответственные", _O, width=17, aliases=("Ответственный", "Исполнитель", "Ответственные исполнители")),
        Column("result", "Планируемый результат", _O, width=18, aliases=("Результат", "Ожидаемый результат", "Планируемые результаты")),
        Column(
            "status", "Статус", _S, Kind.CHOICE, Required.ALWAYS, width=13,
            aliases=("Статус исполнения", "Состояние", "Отметка о выполнении", "Стадия исполнения"),
            choices=tuple(one.value for one in Status),
            prompt="Выберите из списка. «Не требуется» — только с причиной.",
        ),
        Column(
            "done_on", "Дата исполнения", _S, Kind.DATE, Required.IF_DONE, width=12,
            aliases=("Дата выполнения", "Фактическая дата", "Дата", "Исполнено (дата)", "Дата фактического исполнения"),
            prompt="Когда выполнено: ДД.ММ.ГГГГ.",
        ),
        Column(
            "info", "Информация об исполнении", _S, Kind.TEXT, Required.IF_DONE, width=32,
            aliases=("Информация", "Исполнение", "Что сделано", "Сведения об исполнении", "Ход исполнения", "Отчёт об исполнении",
                     "Информация об исполнении (с указанием подтверждающих документов, ссылок)"),
            prompt="Что сделано, сколько. Без фамилий детей.",
        ),
        Column(
            "document", "Подтверждающий документ (вид, №, дата)", _S, Kind.TEXT, Required.IF_DONE, width=21,
            aliases=("Подтверждающий документ", "Подтверждающие документы", "Документ", "Реквизиты документа", "Подтверждение"),
            prompt="Вид, номер и дата: «приказ № 45 от 01.03.2023».",
        ),
        Column(
            "link", "Ссылка на документ", _S, Kind.LINK, width=18,
            aliases=("Ссылка", "Ссылки", "Ссылка на подтверждение", "Адрес документа", "Ссылка на сайт"),
            prompt="Адрес, который открывается без входа: https://…",
        ),
        Column(
            "reason", "Причина / новый срок", _S, Kind.TEXT, Required.IF_NOT_DONE, width=17,
            aliases=("Причина", "Причина неисполнения", "Причина, новый срок", "Новый срок"),
            prompt="Если не выполнено или не требуется: почему и когда будет.",
        ),
        Column("remark", "Замечание района", _O, width=17, aliases=("Замечание", "Замечания района")),
        Column("check", "Проверка", _T, Kind.FORMULA, width=17),
        _KEY,
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
        _KEY,
    ),
    title="Целевые показатели",
)

MARKS: Final = TableSpec(
    "tbl_marks",
    MARKS_SHEET,
    (
        _KEY,
        Column("number", "number", _T),
        Column("title", "title", _T),
        Column("start", "start", _T, Kind.DATE),
        Column("due", "due", _T, Kind.DATE),
        Column("evidence_asked", "evidence_asked", _T),
        Column("target", "target", _T),
    ),
)

# --- the district workbook ----------------------------------------------------------------------

SETTINGS: Final = TableSpec(
    "tbl_settings",
    SETTINGS_SHEET,
    (
        Column("name", "Параметр", _T, width=34),
        Column("value", "Значение", _C, width=60),
        Column("note", "Пояснение", _T, width=60),
        _KEY,
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
    ),
    title="Участники",
)

ALL_SCHOOLS: Final = "все школы"
"""What the coordinator writes in «Кто отчитывается» to address every school of the roster."""

PLAN: Final = TableSpec(
    "tbl_plan",
    PLAN_SHEET,
    (
        _KEY,
        Column("number", "№", _C, width=7),
        Column("section", "Раздел", _C, width=20),
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
        _KEY,
    ),
    title="Исполнение: одна строка — участник и мероприятие",
)

FINDINGS: Final = TableSpec(
    "tbl_findings",
    FINDINGS_SHEET,
    (
        Column("severity", "Важность", _T, width=14, choices=tuple(one.value for one in Severity)),
        Column("participant", "Участник", _T, width=18),
        Column("activity", "Мероприятие", _T, width=30),
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
        Column("rows_due", "Срок наступил", _T, Kind.NUMBER, width=11),
        Column("reported", "Отчитались", _T, Kind.NUMBER, width=11),
        Column("confirmed_none", "Не требуется", _T, Kind.NUMBER, width=12),
        Column("missing", "Нет ответа", _T, Kind.NUMBER, width=10),
        Column("done", "Выполнено", _T, Kind.NUMBER, width=11),
        Column("evidenced", "С подтверждением", _T, Kind.NUMBER, width=18),
        Column("filled_rate", "Заполнено, %", _T, Kind.PERCENT, width=14),
        Column("evidenced_rate", "Подтверждено, %", _T, Kind.PERCENT, width=17),
        Column("light", "Светофор", _T, width=16),
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
        Column("change", "Изменение", _T, width=12),
        _KEY,
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


class Light(StrEnum):
    """The traffic light of a participant: a sign and words, so that colour is never needed."""

    GREEN = "✔ в порядке"
    YELLOW = "! есть пробелы"
    RED = "✘ отчёта нет"


LIGHTS: Final = TableSpec(
    "tbl_lights",
    PANEL,
    (
        Column("participant", "Участник", _T, width=34),
        Column("light", "Светофор", _T, width=16),
        Column("note", "Главное", _T, width=60),
    ),
)

DISTRICT_TABLES: Final = (
    LIGHTS, SETTINGS, PARTICIPANTS, PLAN, MATRIX, ENTRIES, FINDINGS, COMPLETENESS, INDICATORS, LEDGER, UNPLACED, JOURNAL,
)  # fmt: skip
FORM_TABLES: Final = (REPORT, FORM_INDICATORS, MARKS)


# --- named cells --------------------------------------------------------------------------------


class PanelCell(StrEnum):
    """Named cells of «Панель» that a consolidation writes."""

    TITLE = "panel_title"
    AS_OF = "panel_as_of"
    RECEIVED = "panel_received"
    ON_TIME = "panel_on_time"
    FILLED = "panel_filled"
    EVIDENCED = "panel_evidenced"
    OUTCOME = "panel_outcome"


class FormCell(StrEnum):
    """Named cells of the form that issuing writes, and the ones it only places."""

    ORGANISATION = "form_organisation"
    PLAN_TITLE = "form_plan_title"
    PARTICIPANT = "form_participant"
    REPORT_DUE = "form_report_due"
    PRINTED_CODE = "form_code"
    READY = "form_ready"
    PROGRESS = "form_progress"
    EVIDENCE = "form_evidence"


class MarkCell(StrEnum):
    """Named cells of the hidden sheet of marks."""

    PLAN_ID = "mark_plan"
    PARTICIPANT = "mark_participant"
    ISSUE = "mark_issue"
    VERSION = "mark_version"
    PARTICIPANT_NAME = "mark_participant_name"
    PLAN_TITLE = "mark_plan_title"
    REPORT_DUE = "mark_report_due"
    PERIOD_START = "mark_period_start"


MARK_PROPERTY: Final = "sheetsync"
"""Custom document property: «plan/participant/issue/version» (no colon: LibreOffice eats it)."""
