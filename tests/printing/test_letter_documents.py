"""A letter as files: the Word document from its template, and the draft of the e-mail."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path

import pytest
from docx import Document
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator

from sheetsync.letters.letter import Block, Chapter, Letter, Line
from sheetsync.printing.docx_template import render
from sheetsync.printing.message import Attachment, Correspondent, draft, to_send
from sheetsync.workbooks.templates import DocumentTemplate, template_bytes
from tools_path import tool

HOSTILE = "{{ letter.day }} {% for %} <w:p/> & «кавычки» ]]> \x07\x0b"
SHOWN = "{{ letter.day }} {% for %} <w:p/> & «кавычки» ]]>"


def a_letter(title: str = "Педагогический совет", fact: str = "Нет подтверждения.") -> Letter:
    line = Line("1.1", title, "март 2023", fact, "I7")
    return Letter(
        participant="S01",
        organisation="Отдел образования",
        day="10.01.2024",
        addressee="МБОУ «Липовская СОШ»",
        post="Руководителю",
        subject="Об отчёте",
        opening="На 09.01.2024 нужно сделать следующее.",
        chapters=(
            Chapter("1. Нет подтверждения", (Block(("Отчёт неполный.",), (line,), "Впишите документ."),)),
        ),
        upcoming="Скоро наступит срок",
        upcoming_lines=(Line("2.3", "Летняя смена", "31.07.2024"),),
        closing=("Просим не позднее 17.01.2024.",),
        notes=("Копия: МБОУ «Дубовская СОШ».",),
        columns=Line("№", "Мероприятие", "Срок", "Что не так", "Ячейка"),
        sign_place="подпись",
    )


def document(letter: Letter) -> Document:
    return Document(io.BytesIO(render(template_bytes(DocumentTemplate.LETTER), {"letter": letter})))


def tables(letter: Letter) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document(letter).tables]


def read(eml: bytes) -> EmailMessage:
    return BytesParser(EmailMessage, policy=SMTP).parsebytes(eml)


def an_email(**parts: object) -> bytes:
    given = {
        "subject": "Об отчёте",
        "text": "Здравствуйте!\n",
        "to": Correspondent("МБОУ «Липовская СОШ»", ("s01@example.org",)),
        "attachments": [Attachment("S01 Липовская СОШ.docx", b"PK\x03\x04")],
        **parts,
    }
    return draft(**given)  # type: ignore[arg-type]


def test_the_committed_template_is_what_the_tool_builds() -> None:
    assert tool("build_templates").build_document(DocumentTemplate.LETTER) == template_bytes(
        DocumentTemplate.LETTER
    )


def test_a_validator_finds_the_document_in_order(tmp_path: Path) -> None:
    """But for the part python-docx's own template brings along, which Word has always taken."""
    path = tmp_path / "письмо.docx"
    path.write_bytes(render(template_bytes(DocumentTemplate.LETTER), {"letter": a_letter()}))
    told = [
        one
        for one in OpenXmlValidator().validate(str(path)).errors
        if "stylesWithEffects" not in one.part_uri
    ]

    assert told == []


def test_every_word_of_the_letter_stands_in_the_document() -> None:
    made = document(a_letter())
    head, gaps, soon, sign = tables(a_letter())

    assert [one.text for one in made.paragraphs] == [
        "Отдел образования",
        "Об отчёте",
        "На 09.01.2024 нужно сделать следующее.",
        "1. Нет подтверждения",
        "Отчёт неполный.",
        "Впишите документ.",
        "Скоро наступит срок",
        "Просим не позднее 17.01.2024.",
        "Копия: МБОУ «Дубовская СОШ».",
    ]
    assert head == [["10.01.2024 № ____________", "МБОУ «Липовская СОШ»\nРуководителю"]]
    assert gaps[1:] == [["1.1", "Педагогический совет", "март 2023", "Нет подтверждения.", "I7"]]
    assert soon == [["№", "Мероприятие", "Срок"], ["2.3", "Летняя смена", "31.07.2024"]]
    assert sign[0][0] == "Отдел образования"


def test_a_table_in_which_no_line_names_a_cell_has_no_column_for_it() -> None:
    """An activity nobody answered, or one sent back, has no cell that is wrong."""
    line = Line("1.1", "Педагогический совет", "март 2023", "Срок наступил, ответа нет.")
    chapter = Chapter("1. Нет ответа", (Block((), (line,), "Заполните строку."),))

    _, gaps, *_ = tables(replace(a_letter(), chapters=(chapter,)))

    assert gaps[1:] == [["1.1", "Педагогический совет", "март 2023", "Срок наступил, ответа нет."]]


def test_the_same_letter_gives_the_same_bytes() -> None:
    template = template_bytes(DocumentTemplate.LETTER)

    assert render(template, {"letter": a_letter()}) == render(template, {"letter": a_letter()})
    assert an_email() == an_email()


def test_what_a_school_typed_stays_text() -> None:
    _, gaps, *_ = tables(a_letter(HOSTILE, HOSTILE))

    assert [gaps[1][1].strip(), gaps[1][3].strip()] == [SHOWN, SHOWN]


def test_a_draft_opens_in_a_mail_program_ready_to_be_sent() -> None:
    message = read(
        an_email(
            copies=[Correspondent("МБОУ «Дубовская СОШ»", ("k01@example.org", "k02@example.org"))],
            sender=Correspondent("Отдел образования", ("rono@example.org",)),
        )
    )
    body, file = message.get_body(("plain",)), next(message.iter_attachments())

    assert message["X-Unsent"] == "1"
    assert message["To"].addresses[0].display_name == "МБОУ «Липовская СОШ»"
    assert [one.addr_spec for one in message["Cc"].addresses] == ["k01@example.org", "k02@example.org"]
    assert message["From"].addresses[0].addr_spec == "rono@example.org"
    assert message["Date"] is None
    assert body is not None
    assert body.get_content().splitlines() == ["Здравствуйте!"]
    assert body.get_content_charset() == "utf-8"
    assert (file.get_filename(), file.get_content()) == ("S01 Липовская СОШ.docx", b"PK\x03\x04")
    assert file.get_content_type().endswith("wordprocessingml.document")


@pytest.mark.parametrize("ending", ["\r\nBcc: all@example.org", "\nBcc: all@example.org", "\x00\x1b[2J"])
def test_no_name_breaks_out_of_a_header(ending: str) -> None:
    """A name of a school, a subject and the name of a file are other people's words."""
    message = read(
        an_email(
            subject=f"Об отчёте{ending}",
            to=Correspondent(f"Школа{ending}", ("s01@example.org",)),
            attachments=[Attachment(f"Письмо{ending}.docx", b"")],
            sender=Correspondent(f"Отдел{ending}", ("rono@example.org",)),
        )
    )

    assert message["Bcc"] is None
    assert [one.addr_spec for one in message["To"].addresses] == ["s01@example.org"]
    assert len(list(message.iter_attachments())) == 1


def test_a_long_name_goes_out_without_a_space_in_the_middle() -> None:
    """Folded over two lines, it is not to be read and folded again."""
    name = "МБОУ «СОШ №7 посёлка Ручьи»"
    eml = an_email(to=Correspondent(name, ("s01@example.org",)))
    sent = to_send(eml, Correspondent("Отдел", ("rono@example.org",)), datetime(2024, 1, 10, tzinfo=UTC))

    assert str(make_header(decode_header(message_from_bytes(sent)["To"]))) == f"{name} <s01@example.org>"


def test_a_message_that_goes_out_is_a_draft_no_more() -> None:
    at = datetime(2024, 1, 10, 9, 0, tzinfo=UTC)
    sent = read(to_send(an_email(), Correspondent("Отдел", ("rono@example.org",)), at))
    again = read(to_send(an_email(), Correspondent("Отдел", ("rono@example.org",)), at.replace(minute=1)))

    assert sent["X-Unsent"] is None
    assert sent["From"].addresses[0].addr_spec == "rono@example.org"
    assert sent["Date"].datetime == at
    assert sent["Message-ID"].endswith("@example.org>")
    assert sent["Message-ID"] != again["Message-ID"]
    assert next(sent.iter_attachments()).get_filename() == "S01 Липовская СОШ.docx"
