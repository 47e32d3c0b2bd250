"""Files that cannot be read as an order are refused with a sentence that says what to do."""

from __future__ import annotations

import io
import zipfile

import pytest
from fpdf import FPDF
from order_files import FONT, Look, docx_of, drawn_pdf
from PIL import Image

from sheetsync.documents.reading import read_order_document
from sheetsync.plan.document import Document, OrderRefused, Paragraph, TableBlock, TableRow

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)
PLAN = Document(
    (
        Paragraph("План мероприятий по поддержке школ Лесного района на 2023 год"),
        TableBlock(
            (
                TableRow(("№", "Мероприятия", "Сроки", "Ответственные")),
                TableRow(("1.1", "Анализ результатов", "март", "Общеобразовательные организации")),
            )
        ),
    )
)


def picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(file, kind)
    return file.getvalue()


def scan() -> bytes:
    page = FPDF()
    page.add_page()
    page.image(io.BytesIO(picture("PNG")), w=180)
    return bytes(page.output())


def locked_pdf() -> bytes:
    page = FPDF()
    page.set_encryption(owner_password="one", user_password="two")
    page.add_font("body", "", str(FONT))
    page.set_font("body")
    page.add_page()
    page.cell(text="Приказ")
    return bytes(page.output())


def without(data: bytes, member: str) -> bytes:
    """The package with one part cut in half."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part[: len(part) // 2] if name == member else part)
    return file.getvalue()


def turned(pdf: bytes) -> bytes:
    """The same pages, shown on their side."""
    return pdf.replace(b"/Type /Page\n", b"/Type /Page\n/Rotate 90\n")


def odt() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", "<x/>")
    return file.getvalue()


DOCX, PDF = docx_of(PLAN), drawn_pdf(PLAN)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "пустой", id="empty"),
        pytest.param(bytes(4096), "пустой", id="zeros"),
        pytest.param(scan(), "скан или картинка", id="scan in pdf"),
        pytest.param(picture("JPEG"), "скан или картинка", id="photo"),
        pytest.param(locked_pdf(), "закрыт паролем", id="pdf with a password"),
        pytest.param(
            OLE + "EncryptedPackage".encode("utf-16-le"), "закрыт паролем", id="docx with a password"
        ),
        pytest.param(OLE + "WordDocument".encode("utf-16-le"), "сохраните как .docx", id="doc"),
        pytest.param(rb"{\rtf1\ansi plan}", "RTF.*сохраните как .docx", id="rtf"),
        pytest.param(
            b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "HTML.*сохраните как .docx", id="page of a site"
        ),
        pytest.param(odt(), "odt.*сохраните как .docx", id="odt"),
        pytest.param(PDF[: len(PDF) // 2], "не открывается как PDF", id="half of a pdf"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(256)) * 20, "не открывается как PDF", id="not really a pdf"),
        pytest.param(DOCX[: len(DOCX) // 2], "не открывается как Word", id="half of a docx"),
        pytest.param(without(DOCX, "word/document.xml"), "не открывается как Word", id="docx cut inside"),
        pytest.param(turned(PDF), "повёрнуты.*docx", id="pdf lying on its side"),
        pytest.param(drawn_pdf(PLAN, ruled=False), "таблицы с линиями.*docx", id="pdf without ruled lines"),
    ],
)
def test_the_refusal_says_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(OrderRefused, match=says):
        read_order_document(data, "приказ")


def test_bytes_before_a_pdf_are_forgiven() -> None:
    document = read_order_document(b"\xef\xbb\xbf\r\n" + drawn_pdf(PLAN, Look(landscape=True)), "приказ.pdf")

    assert any(isinstance(block, TableBlock) for block in document.blocks)
