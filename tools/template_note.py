"""The template of the analytic note: workbook_templates/note.docx, an official paper on A4.

What stands in braces is filled from ``letters.note.Note`` by docxtpl; everything else is words and
looks, and an office may change both in Word.
"""

from __future__ import annotations

from typing import Any, Final

from docx import Document
from docx.document import Document as Docx
from template_docx import (
    CENTRE,
    JUSTIFIED,
    Part,
    bare,
    grouped,
    mark,
    page_number,
    pieces,
    prepare,
    ruled,
    say,
)

SIZE: Final = 12
LISTED: Final = (
    Part("№", "{{ one.number }}", 13),
    Part("Мероприятие", "{{ one.title }}", 64),
    Part("Срок", "{{ one.due }}", 20, centred=True),
    Part("Сколько", "one.count", 16, centred=True, cited=True),
    Part("У кого", "{{ one.who }}", 57),
)
"""Columns of the lists of rows something is the matter with."""


def note_template() -> Docx:
    """The note with its marks."""
    document = Document()
    prepare(document, SIZE)
    page_number(document)
    _head(document)
    _rates(document)
    _sections(document)
    _people(document)
    _late(document)
    _bare_rows(document)
    _rework(document)
    _targets(document)
    _pairs(document)
    _practice(document)
    _conclusions(document)
    _changes(document)
    _signature(document)
    return document


def _head(document: Any) -> None:
    _when(document, "note.organisation", lambda: say(document, "{{ note.organisation }}", CENTRE))
    say(document, "АНАЛИТИЧЕСКАЯ СПРАВКА", CENTRE, bold=True, size=14, before=10, after=2)
    _when(document, "note.plan_title", lambda: say(document, "{{ note.plan_title }}", CENTRE, bold=True))
    say(document, "Исполнение по состоянию на {{ note.as_of }}", CENTRE, after=8)
    bare(
        document,
        "note.requisites",
        (Part("", "{{ one[0] }}:", 42), Part("", "{{ one[1] }}", 128)),
    )
    say(
        document,
        "Номер в скобках рядом с числом — его номер в приложении «{{ appendix }}»: там сказано, "
        "как число посчитано и из каких строк.",
        JUSTIFIED,
        italic=True,
        size=10,
        before=6,
    )


def _rates(document: Any) -> None:
    _heading(document, "Общие итоги")
    ruled(
        document,
        "note.rates",
        (
            Part("Показатель", "{{ one.label }}", 55),
            Part("Значение", "one.value", 30, centred=True, cited=True),
            Part("Из чего сложилось", "{{ one.counted }}", 85),
        ),
    )
    _charts(document, "people_charts")


def _counts(name: str, width: float) -> tuple[Part, ...]:
    """Columns that sections and participants share."""
    columns = (
        ("Срок насту\u00adпил", "due"),
        ("Вы\u00adпол\u00adнено", "done"),
        ("Час\u00adтично", "partly"),
        ("Нет ответа", "missing"),
        ("С под\u00adтвер\u00adжде\u00adнием", "evidenced"),
    )
    return tuple(
        Part(header, f"{name}.{column}", width, centred=True, cited=True) for header, column in columns
    )


def _sections(document: Any) -> None:
    mark(document, "{%p if note.sections %}")
    _heading(document, "Итоги по разделам плана")
    ruled(
        document,
        "note.sections",
        (Part("Раздел", "{{ one.title }}", 75), *_counts("one", 19)),
        total=(Part("", "{{ note.total.title }}", 75), *_counts("note.total", 19)),
    )
    say(
        document,
        "Выполненное раньше срока тоже считается выполненным, поэтому «Выполнено» может быть больше, "
        "чем строк, срок которых наступил.",
        JUSTIFIED,
        italic=True,
        size=10,
    )
    _charts(document, "section_charts")
    mark(document, "{%p endif %}")


def _people(document: Any) -> None:
    _heading(document, "Итоги по участникам")
    ruled(
        document,
        "note.people",
        (
            Part("Участник", "{{ one.name }}", 36),
            Part("Отчёт", "{{ one.report }}", 25, centred=True),
            *_counts("one", 15.2),
            Part("Запол\u00adнено, %", "one.filled_rate", 16, centred=True, cited=True),
            Part("Подтвер\u00adждено, %", "one.evidenced_rate", 17, centred=True, cited=True),
        ),
    )


def _late(document: Any) -> None:
    _heading(document, "Не исполнено в срок")
    mark(document, "{%p if note.silent %}")
    say(document, "Отчёт не поступил; строк без ответа, срок которых наступил:", keep=True, after=0)
    mark(document, "{%p for line in note.silent %}")
    pieces(say(document, "", style="List Bullet"), "line")
    mark(document, "{%p endfor %}")
    say(document, "У тех, кто прислал отчёт:", keep=True, before=4)
    mark(document, "{%p endif %}")
    _listed(document, "note.late", "Таких строк нет.")
    mark(document, "{%p if note.after_term %}")
    say(document, "Исполнено позже срока:", bold=True, keep=True)
    ruled(document, "note.after_term", LISTED)
    mark(document, "{%p endif %}")


def _bare_rows(document: Any) -> None:
    mark(document, "{%p if note.is_evidence_asked %}")
    _heading(document, "Нет достаточного подтверждения")
    _listed(document, "note.bare", "Таких строк нет.")
    mark(document, "{%p endif %}")


def _rework(document: Any) -> None:
    mark(document, "{%p if note.rework %}")
    _heading(document, "На доработке и на повторной проверке")
    ruled(
        document,
        "note.rework",
        (
            Part("Участник", "{{ one.name }}", 36),
            Part("№", "{{ one.number }}", 13),
            Part("Мероприятие", "{{ one.title }}", 50),
            Part("Проверка района", "{{ one.state }}", 27),
            Part("Замечание района", "{{ one.remark }}", 44),
        ),
    )
    mark(document, "{%p endif %}")


def _targets(document: Any) -> None:
    mark(document, "{%p if note.targets %}")
    _heading(document, "Целевые показатели")
    compared = (
        Part("Прошлый период", "one.previous", 27, centred=True, cited=True),
        Part("Изменение", "one.change", 27, centred=True, cited=True),
    )
    mark(document, "{%p if note.has_previous %}")
    _target_table(document, 62, compared)
    mark(document, "{%p else %}")
    _target_table(document, 116, ())
    mark(document, "{%p endif %}")
    _charts(document, "target_charts")
    mark(document, "{%p endif %}")


def _target_table(document: Any, width: float, compared: tuple[Part, ...]) -> None:
    parts = (
        Part("Показатель, участник", "{{ one.name }}", width),
        Part("План", "one.plan", 27, centred=True, cited=True),
        Part("Факт", "one.fact", 27, centred=True, cited=True),
        *compared,
    )
    grouped(document, "note.targets", "{{ group.title }}", "group.reached", parts)


def _pairs(document: Any) -> None:
    mark(document, "{%p if note.pairs %}")
    _heading(document, "Школы и их кураторы")
    ruled(
        document,
        "note.pairs",
        (
            Part("Школа", "{{ one.school }}", 41),
            Part("Куратор", "{{ one.curator }}", 43),
            Part("Соглашение", "{{ one.agreement }}", 24, centred=True),
            Part("Отчёт", "{{ one.state }}", 25, centred=True),
            Part("Запол\u00adнено, %", "one.filled_rate", 18, centred=True, cited=True),
            Part("Подтвер\u00adждено, %", "one.evidenced_rate", 19, centred=True, cited=True),
        ),
    )
    mark(document, "{%p endif %}")


def _practice(document: Any) -> None:
    mark(document, "{%p if note.practice %}")
    _heading(document, "Лучшая практика (предложения для выбора)")
    say(document, "{{ note.practice_rule }}", JUSTIFIED, italic=True, size=10, keep=True)
    ruled(
        document,
        "note.practice",
        (
            Part("Участник", "{{ one.name }}", 32),
            Part("Мероприятие", "{{ one.number }} {{ one.title }}", 46),
            Part("Дата", "{{ one.done_on }}", 20, centred=True),
            Part("Что сделано", "{{ one.told }}", 42),
            Part("Подтверждение", "{{ one.paper }}", 30),
        ),
    )
    mark(document, "{%p endif %}")


def _conclusions(document: Any) -> None:
    _heading(document, "Выводы и предложения (черновик)")
    say(
        document,
        "Черновик: предложения составлены программой по правилам из чисел этой справки. "
        "Проверьте их, поправьте и уберите эту строку.",
        JUSTIFIED,
        italic=True,
        size=10,
        keep=True,
    )
    mark(document, "{%p for line in note.conclusions %}")
    pieces(say(document, "", JUSTIFIED, style="List Number"), "line")
    mark(document, "{%p endfor %}")


def _changes(document: Any) -> None:
    mark(document, "{%p if note.changes %}")
    _heading(document, "Что изменилось с прошлой справки")
    say(document, "Прошлая справка составлена по состоянию на {{ note.changes.as_of }}.", keep=True)
    mark(document, "{%p if note.changes.rows %}")
    ruled(
        document,
        "note.changes.rows",
        (
            Part("Что", "{{ one.label }}", 55),
            Part("Было", "{{ one.was }}", 18, centred=True),
            Part("Стало", "one.now", 22, centred=True, cited=True),
            Part("Из-за чего", "{{ one.causes }}", 75),
        ),
    )
    mark(document, "{%p else %}")
    say(document, "Ни одно число не изменилось.")
    mark(document, "{%p endif %}")
    mark(document, "{%p endif %}")


def _signature(document: Any) -> None:
    say(document, "Справку составил(а): ____________________ / ____________________ /", before=18, keep=True)
    say(document, "«___» ______________ 20___ г.")


# --- pieces -------------------------------------------------------------------------------------


def _heading(document: Any, text: str) -> None:
    document.add_paragraph(text, style="Heading 1")


def _when(document: Any, value: str, say_it: Any) -> None:
    mark(document, f"{{%p if {value} %}}")
    say_it()
    mark(document, "{%p endif %}")


def _listed(document: Any, values: str, none: str) -> None:
    mark(document, f"{{%p if {values} %}}")
    ruled(document, values, LISTED)
    mark(document, "{%p else %}")
    say(document, none)
    mark(document, "{%p endif %}")


def _charts(document: Any, values: str) -> None:
    mark(document, f"{{%p for chart in {values} %}}")
    say(document, "{{ chart.title }}", CENTRE, bold=True, size=10, keep=True, before=6)
    say(document, "{{ chart.picture }}", CENTRE)
    mark(document, "{%p endfor %}")
