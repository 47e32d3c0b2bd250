"""Instructions come the same from Word, with its own numbering and its tables of lines, and from text."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest

from sheetsync.documents.reading import read_order_document
from sheetsync.model import Order
from sheetsync.plan.order import read_document

HEAD = (
    "ОТДЕЛ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ ТЕНИСТОГО РАЙОНА",
    "ПРИКАЗ",
    "12.01.2026 № 8",
    "Об утверждении плана-графика поддержки школ на 2026 год",
    "В целях поддержки школ п р и к а з ы в а ю:",
)
ITEMS = (
    ("List Number", "Утвердить план-график поддержки школ на 2026 год."),
    ("List Number", "Руководителям школ:"),
    ("List Bullet", "провести самодиагностику до 01.03.2026;"),
    ("List Bullet", "представить отчёт в срок до 15 июня 2026 года."),
    ("List Number", "Методическому центру (Сомова В.Н.) обеспечить консультации."),
    ("List Number", "Контроль за исполнением приказа оставляю за собой."),
)
WANTED = [
    ("2.1", "провести самодиагностику до 01.03.2026", "2026-03-01"),
    ("2.2", "представить отчёт в срок до 15 июня 2026 года", "2026-06-15"),
    ("3", "обеспечить консультации", None),
]
PLAN = (
    ("№", "Мероприятия", "Сроки", "Ответственные"),
    ("1.1", "Назначение координатора", "До 01.02.2026", "ОО"),
    ("1.2", "Совещание с директорами", "20.01.2026", "Отдел образования"),
)


def with_plan(document: Any) -> bytes:
    """The document with its signature, its annex and its plan, as a file."""
    for line in ("Начальник отдела\tГ.П. Лугова", "Приложение", "План-график поддержки школ на 2026 год"):
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=4)
    for row in PLAN:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def read(data: bytes, name: str) -> list[tuple[str, str, str | None]]:
    order: Order = read_document(read_order_document(data, name))
    return [
        (one.number, one.title, one.deadline.due.isoformat() if one.deadline.due else None)
        for one in order.instructions
    ]


def test_numbers_that_word_counts_itself() -> None:
    document = docx.Document()
    for line in HEAD:
        document.add_paragraph(line)
    for style, text in ITEMS:
        document.add_paragraph(text, style=style)

    assert read(with_plan(document), "приказ.docx") == WANTED


def test_one_paragraph_with_line_breaks() -> None:
    document = docx.Document()
    for line in HEAD:
        document.add_paragraph(line)
    document.add_paragraph(
        "1. Утвердить план-график поддержки школ на 2026 год.\n2. Руководителям школ:\n"
        "- провести самодиагностику до 01.03.2026;\n- представить отчёт в срок до 15 июня 2026 года.\n"
        "3. Методическому центру (Сомова В.Н.) обеспечить консультации.\n"
        "4. Контроль за исполнением приказа оставляю за собой."
    )

    assert read(with_plan(document), "приказ.docx") == WANTED


def test_items_laid_out_in_a_table_without_borders() -> None:
    document = docx.Document()
    for line in HEAD:
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=2)
    for number, text in (
        ("1.", "Утвердить план-график поддержки школ на 2026 год."),
        ("2.", "Руководителям школ:"),
        ("2.1.", "провести самодиагностику до 01.03.2026;"),
        ("2.2.", "представить отчёт в срок до 15 июня 2026 года."),
        ("3.", "Методическому центру (Сомова В.Н.) обеспечить консультации."),
        ("4.", "Контроль за исполнением приказа оставляю за собой."),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = number, text

    assert read(with_plan(document), "приказ.docx") == WANTED


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_a_text_file(end: str, tmp_path: Path) -> None:
    lines = (
        *HEAD,
        "1. Утвердить план-график поддержки школ на 2026 год.",
        "2. Руководителям школ:",
        "- провести самодиагностику до 01.03.2026;",
        "- представить отчёт в срок до 15 июня",
        "2026 года.",
        "3. Методическому центру (Сомова В.Н.) обеспечить консультации.",
        "4. Контроль за исполнением приказа оставляю за собой.",
        "Начальник отдела\tГ.П. Лугова",
        "План-график поддержки школ на 2026 год",
    )
    table = "\n".join("\t".join(row) for row in PLAN)

    assert read(f"{end.join(lines)}\n\n{table}\n".encode(), "приказ.txt") == WANTED
