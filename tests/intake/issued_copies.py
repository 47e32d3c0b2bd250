"""An invented plan, the form it is issued as, and the form filled: what the damage tests start from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec

from sheetsync.columns import (
    FORM_HELP_SHEET,
    FORM_INDICATORS,
    MARK_PROPERTY,
    MARKS,
    REPORT,
    FormCell,
    MarkCell,
)
from sheetsync.grid import Area, Book, Cell, Sheet, Table, Value, Visibility, a1
from sheetsync.intake.marks import indicator_key, mark_property, printed_code
from sheetsync.model import Indicator, Marks, Origin, Participant, ParticipantKind, Plan, PlanRow, Settings

ORIGIN = Origin("копия.xlsx", "a" * 64)
HEADER_ROW = 8
FIRST_ROW = HEADER_ROW + 1

_SECTIONS = (
    "1. Организационные мероприятия",
    "2. Работа с педагогами",
    "3. Работа с обучающимися и родителями",
)
_TITLES = (
    ("1.1", "Проведение совещания с директорами школ по итогам года", "До 01.03.2023", "Справка"),
    ("1.2", "Разработка плана мероприятий по повышению качества образования", "Февраль 2023", "План"),
    (
        "1.3",
        "Назначение ответственного за работу со слабоуспевающими обучающимися",
        "До 15.02.2023",
        "Приказ",
    ),
    ("1.4", "Анализ результатов ВПР по русскому языку в 5 классах", "Март 2023", "Аналитическая справка"),
    ("1.5", "Анализ результатов ВПР по русскому языку в 6 классах", "Март 2023", "Аналитическая справка"),
    ("1.6", "Анализ результатов ВПР по математике в 5 классах", "Апрель 2023", "Аналитическая справка"),
    ("1.7", "Заключение договоров о сетевом взаимодействии", "Постоянно", "Договоры"),
    ("1.10", "Мониторинг объективности оценивания", "Июнь 2023", "Справка"),
    ("1.15", "Участие в региональном совещании", "По графику", "Протокол"),
    ("1.15", "Выступление на августовской конференции", "Август 2023", "Доклад"),
    ("2.1", "Курсы повышения квалификации учителей математики", "В течение года", "Удостоверения"),
    ("2.2", "Курсы повышения квалификации учителей русского языка", "В течение года", "Удостоверения"),
    ("2.3", "Взаимопосещение уроков", "Октябрь 2023", "Не менее 2 протоколов"),
    ("2.4", "Работа наставнических пар", "Постоянно", ""),
    ("2.10", "Методический семинар «Формирующее оценивание»", "Ноябрь 2023", "Не менее 2 семинаров"),
    ("2.11", "Открытые уроки", "Декабрь 2023", ""),
    ("3.1", "Родительское собрание в 9 классах", "Сентябрь 2023", "Протокол"),
    ("3.2", "Родительское собрание в 11 классах", "Сентябрь 2023", "Протокол"),
    ("3.3", "Индивидуальные консультации", "Постоянно", "Журнал"),
    ("3.4", "Диагностика учебной мотивации", "Октябрь 2023", "Справка"),
    ("3.5", "Пробный экзамен по математике", "До 20.04.2023", "Протокол"),
    ("3.6", "Пробный экзамен по русскому языку", "До 25.04.2023", "Протокол"),
    ("3.7", "Летняя школа для отстающих", "Июнь, июль 2023", "Приказ"),
    ("3.8", "Подготовка", "До 01.12.2023", "Отчёт"),
    ("3.9", "Итоговый отчёт об исполнении плана", "До 15.12.2023", "Отчёт"),
)


def the_plan(plan_id: str = "KRTV", issue: int = 1) -> Plan:
    """A plan of 25 rows: a repeated number, 1.10 and 2.10, near twins, one row the schools do not owe."""
    schools = ("S01", "S02", "S03")
    rows = tuple(
        PlanRow(
            key=f"K{place:02d}X",
            number=number,
            section=_SECTIONS[int(number[0]) - 1],
            title=title,
            deadline_text=deadline,
            responsible="Руководители ОО" if place % 3 else "Отдел образования, руководители ОО",
            result=result,
            reporters=("O01",) if place == 9 else (*schools, "O01") if place % 5 == 0 else schools,
        )
        for place, (number, title, deadline, result) in enumerate(_TITLES, 1)
    )
    participants = (
        Participant("S01", "МБОУ «Кратовская СОШ № 1»", "Кратовская СОШ № 1"),
        Participant("S02", "МБОУ «Липовская ООШ»", "Липовская ООШ", ("Липовская основная школа",)),
        Participant("S03", "МБОУ «Заречная СОШ»", "Заречная СОШ"),
        Participant(
            "O01", "Отдел образования Кратовского района", "Отдел образования", kind=ParticipantKind.OFFICE
        ),
        Participant("K01", "МБОУ «Гимназия № 4»", "Гимназия № 4", kind=ParticipantKind.CURATOR),
    )
    settings = Settings(
        plan_id=plan_id,
        organisation="Отдел образования Кратовского района", plan_title="План-график на 2023 год", years=(2023,),
        report_due=date(2023, 12, 20),
    )  # fmt: skip
    indicators = (
        Indicator("Доля учителей, прошедших курсы", "%", 80.0, 2023),
        Indicator("Доля выпускников, получивших аттестат", "%", 100.0, 2023),
        Indicator("Доля выпускников, получивших аттестат", "%", 100.0, 2024),
    )
    return Plan(settings, rows, participants, indicators, issue)


def issued(plan: Plan, code: str) -> Book:
    """The form of a participant, as it is issued."""
    participant = plan.participant(code)
    assert participant
    marks = Marks(plan.plan_id, code, plan.issue, 1)
    report = _report_sheet(plan, code, participant.name, marks)
    bottom = max(row for row, _ in report.cells)
    return Book(
        sheets=(report, _indicators_sheet(plan), _help_sheet(), _marks_sheet(plan, code, marks)),
        properties={MARK_PROPERTY: mark_property(marks)},
        names={
            FormCell.PARTICIPANT: f"'{REPORT.sheet}'!$B$2",
            FormCell.PRINTED_CODE: f"'{REPORT.sheet}'!$B$4",
            FormCell.READY: f"'{REPORT.sheet}'!$F$5",
            **{cell: f"{MARKS.sheet}!$B${row}" for row, cell in enumerate(MarkCell, 1)},
        },
        tables=(
            Table(
                REPORT.name, REPORT.sheet, Area(HEADER_ROW, 1, bottom, len(REPORT.columns)), REPORT.headers
            ),
        ),
    )


def _report_sheet(plan: Plan, code: str, name: str, marks: Marks) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {
        (1, 1): Cell(plan.settings.organisation),
        (1, 2): Cell(plan.settings.plan_title),
        (2, 1): Cell("Участник"),
        (2, 2): Cell(name),
        (3, 1): Cell("Отчёт до"),
        (3, 2): Cell(plan.settings.report_due),
        (4, 2): Cell(printed_code(marks)),
        (5, 1): Cell("Заполнено 0 из 21", formula='"Заполнено "&COUNTIF(M:M,"готово")&" из 21"'),
        (5, 5): Cell("Отчёт готов"),
        (6, 1): Cell("Заполняйте белые ячейки."),
    }
    cells |= {(HEADER_ROW, column): Cell(text) for column, text in enumerate(REPORT.headers, 1)}
    row, section = FIRST_ROW, ""
    for one in plan.rows_of(code):
        if one.section != section:
            section = one.section
            number, _, title = section.partition(". ")
            cells |= {(row, 1): Cell(number), (row, 2): Cell(title)}
            row += 1
        said = {
            "number": one.number, "title": one.title, "deadline": one.deadline_text, "responsible": one.responsible,
            "result": one.result, "key": one.key,
        }  # fmt: skip
        for column, key in enumerate(REPORT.keys, 1):
            if said.get(key):
                cells[row, column] = Cell(said[key])
            if key == "check":
                cells[row, column] = Cell("нет статуса", formula=f'IF(F{row}="","нет статуса","готово")')
        row += 1
    hidden = frozenset({len(REPORT.columns)})
    return Sheet(REPORT.sheet, cells, hidden_columns=hidden)


def _indicators_sheet(plan: Plan) -> Sheet:
    cells = {(2, column): Cell(text) for column, text in enumerate(FORM_INDICATORS.headers, 1)}
    for place, one in enumerate(plan.indicators):
        values: tuple[Value, ...] = (
            one.title,
            one.unit,
            one.target,
            one.year,
            None,
            None,
            indicator_key(place),
        )
        cells |= {
            (3 + place, column): Cell(value) for column, value in enumerate(values, 1) if value is not None
        }
    return Sheet(FORM_INDICATORS.sheet, {(1, 1): Cell(FORM_INDICATORS.title), **cells})


def _help_sheet() -> Sheet:
    texts = (
        "Как заполнять форму",
        "Статус выберите из списка.",
        "Без фамилий детей.",
        "Сохраните файл и пришлите.",
    )
    return Sheet(FORM_HELP_SHEET, {(row, 1): Cell(text) for row, text in enumerate(texts, 1)})


def _marks_sheet(plan: Plan, code: str, marks: Marks) -> Sheet:
    values = {
        MarkCell.PLAN_ID: marks.plan_id, MarkCell.PARTICIPANT: code, MarkCell.ISSUE: marks.issue, MarkCell.VERSION: 1,
        MarkCell.PLAN_TITLE: plan.settings.plan_title, MarkCell.REPORT_DUE: plan.settings.report_due,
    }  # fmt: skip
    cells: dict[tuple[int, int], Cell] = {}
    for row, label in enumerate(MarkCell, 1):
        cells |= {(row, 1): Cell(label.value), (row, 2): Cell(values.get(label))}
    top = len(MarkCell) + 2
    cells |= {(top, column): Cell(text) for column, text in enumerate(MARKS.headers, 1)}
    for row, one in enumerate(plan.rows_of(code), top + 1):
        cells |= {(row, 1): Cell(one.key), (row, 2): Cell(one.number), (row, 3): Cell(one.title)}
    return Sheet(MARKS.sheet, cells, Visibility.VERY_HIDDEN)


# --- filled -------------------------------------------------------------------------------------

Answers = dict[tuple[str, str], str]
"""Expected text by (activity, column)."""


def filled(plan: Plan, code: str) -> tuple[Book, Answers]:
    """The form with answers in every column; each text names its own activity."""
    book = issued(plan, code)
    report = book.sheets[0]
    cells, expected = dict(report.cells), {}
    key_column = len(REPORT.columns)
    for (row, column), cell in report.cells.items():
        if column == key_column and row >= FIRST_ROW:
            for key, text in _answers(str(cell.value), row).items():
                at = REPORT.keys.index(key) + 1
                cells[row, at] = text
                expected[str(cell.value), key] = text.text
    return msgspec.structs.replace(book, sheets=(replace(report, cells=cells), *book.sheets[1:])), expected


def _answers(key: str, row: int) -> dict[str, Cell]:
    statuses = ("выполнено", "в работе", "выполнено частично", "не начато")
    return {
        "status": Cell(statuses[row % 4]),
        "done_on": Cell(date(2023, 1 + row % 12, 1 + row % 28)),
        "info": Cell(f"= проведено по {key}, 1{row} чел."),
        "document": Cell(f"Приказ № {row} от 01.03.2023 ({key})"),
        "link": Cell(f"отчёт {key}", links=(f"https://school.example/{key}",)),
        **({"reason": Cell(f"причина {key}", comment=f"примечание {key}")} if row % 3 == 0 else {}),
    }


def cell_name(row: int, key: str) -> str:
    """«G9»: the cell of a column in a row of the untouched form."""
    return a1(row, REPORT.keys.index(key) + 1)
