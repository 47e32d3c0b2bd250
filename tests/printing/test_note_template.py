"""The template of the note: what the tools build, filled with everything a note may hold, and with nothing."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from msgspec.structs import replace
from openxml_audit import FileFormat, OpenXmlValidator

from sheetsync.letters.note import ChangedRow, Changes, Cited, Note
from sheetsync.letters.noting import noted
from sheetsync.model import Decision, Indicator, IndicatorFact
from sheetsync.printing.docx_template import render
from sheetsync.printing.note import note_context
from sheetsync.workbooks.templates import DocumentTemplate, template_bytes, template_path
from small_district import FULL, PLAN, answer, copy, run
from tools_path import tool

BARE = {"status": "выполнено", "done_on": "20.02.2023", "info": "Проведён педсовет"}
HEADINGS = [
    "Общие итоги",
    "Итоги по разделам плана",
    "Итоги по участникам",
    "Не исполнено в срок",
    "Нет достаточного подтверждения",
    "На доработке и на повторной проверке",
    "Целевые показатели",
    "Школы и их кураторы",
    "Лучшая практика (предложения для выбора)",
    "Выводы и предложения (черновик)",
    "Что изменилось с прошлой справки",
]


@pytest.fixture(scope="module")
def whole() -> Note:
    """A note with something in every chapter."""
    indicator = Indicator("Доля выпускников", "%", 90, 2023)
    people = (replace(PLAN.participants[0], curator="Гимназия № 1"), *PLAN.participants[1:])
    settings = replace(PLAN.settings, organisation="Отдел", plan_title="План «А & Б»", order_number="5")
    found = run(
        copy("S1", answer("r1", **FULL), answer("r2", **BARE)),
        plan=replace(PLAN, participants=people, indicators=(indicator,), settings=settings),
        decisions={("S1", "r1"): Decision("принято"), ("S1", "r2"): Decision("на доработку", "Где приказ?")},
    )
    facts = (IndicatorFact("S1", indicator, "92", "90"), IndicatorFact("S2", indicator, "80", "85"))
    note = noted(replace(found, indicators=facts), str).note
    return replace(
        note, changes=Changes("01.06.2023", (ChangedRow("Заполнено", "1", Cited("2", "[3]"), "а"),))
    )


def filled(note: Note) -> Document:
    made = render(template_bytes(DocumentTemplate.NOTE), note_context(note, "Справка. Откуда числа"))
    return Document(io.BytesIO(made))


def headings(document: Document) -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name == "Heading 1"]


def cells(document: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def test_the_committed_template_is_what_the_tool_builds() -> None:
    """When it fails, run `make templates` and commit the result."""
    built = tool("build_templates").build_document(DocumentTemplate.NOTE)

    assert built == template_bytes(DocumentTemplate.NOTE)


def test_a_note_with_everything_has_every_chapter(whole: Note) -> None:
    document = filled(whole)
    tables = cells(document)

    assert headings(document) == HEADINGS
    assert len(document.inline_shapes) == 3
    assert ["Берёзовская СОШ", "90", "92", "90", "+2"] in [
        [re.sub(r"\[\d+\]$", "", text) for text in row] for one in tables for row in one
    ]
    assert ["Заполнено", "1", "2[3]", "а"] in [row for one in tables for row in one]
    assert any("План «А & Б»" in one.text for one in document.paragraphs)


def test_chapters_with_nothing_in_them_are_left_out() -> None:
    note = noted(run(as_of=date(2023, 1, 10)), str).note
    document = filled(note)

    assert headings(document) == [one for one in HEADINGS if one not in {*HEADINGS[5:9], HEADINGS[10]}]
    assert [one.text for one in document.paragraphs].count("Таких строк нет.") == 2


def test_template_and_note_are_sound_documents(whole: Note, tmp_path: Path) -> None:
    made = tmp_path / "Справка.docx"
    made.write_bytes(
        render(template_bytes(DocumentTemplate.NOTE), note_context(whole, "Справка. Откуда числа"))
    )
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)

    for path in (made, template_path(DocumentTemplate.NOTE)):
        assert [error.description for error in validator.validate(str(path)).errors] == []


def test_tables_do_not_leave_the_page(whole: Note) -> None:
    """The widths of the columns add up to what lies between the margins."""
    document = filled(whole)
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin

    for table in document.tables:
        widths = [column.width for column in table.columns]
        assert all(widths)
        assert sum(widths) <= room * 1.005


def test_headers_of_tables_come_again_on_the_next_page(whole: Note) -> None:
    ruled = [table for table in filled(whole).tables if table.style.name == "Table Grid"]

    assert all(table.rows[0]._tr.trPr.xpath("w:tblHeader") for table in ruled)
    assert all(row._tr.trPr.xpath("w:cantSplit") for table in ruled for row in table.rows)
