"""Orders saved as text by scanners, Notepad and Word."""

from __future__ import annotations

import pytest

from sheetsync.documents.text_file import read_text
from sheetsync.plan.document import OrderRefused, Paragraph, TableBlock

PAGE = "План на 2023 год\n\n№\tМероприятия\tСроки\n1.1\tСовещание «Старт»\tмарт\n\n\tдиректоров\t\nПодпись\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_encoding_reads_the_same(encoding: str) -> None:
    document = read_text(PAGE.encode(encoding), "приказ.txt")

    assert document == read_text(PAGE.encode(), "приказ.txt")
    assert document.blocks[0] == Paragraph("План на 2023 год", 1)


def test_lines_with_tabs_are_tables_and_a_blank_line_ends_them() -> None:
    _, first, second, signature = read_text(PAGE.encode(), "приказ.txt").blocks

    assert isinstance(first, TableBlock)
    assert [row.cells for row in first.rows] == [
        ("№", "Мероприятия", "Сроки"),
        ("1.1", "Совещание «Старт»", "март"),
    ]
    assert isinstance(second, TableBlock)
    assert (second.rows[0].cells, second.rows[0].line) == (("", "директоров", ""), 6)
    assert signature == Paragraph("Подпись", 7)


def test_line_ends_of_windows_and_pages_of_a_printer() -> None:
    document = read_text("а\tб\r\nв\tг\r\n\fд\tе\r\nж\vз\tи\r\n".encode(), "приказ.txt")

    first, second = document.blocks
    assert isinstance(first, TableBlock)
    assert isinstance(second, TableBlock)
    assert [row.cells for row in first.rows] == [("а", "б"), ("в", "г")]
    assert [row.cells for row in second.rows] == [("д", "е"), ("ж\nз", "и")]


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(OrderRefused, match="не похож на текст"):
        read_text(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xd8", "скан.txt")


def test_a_table_drawn_with_bars_is_a_table_too() -> None:
    """Copied out of a chat or a wiki: bars between cells, a line of dashes under the header."""
    drawn = """| № | Мероприятие | Срок |
|---|:---:|---|
| 1.1. | Семинар | |"""

    (block,) = read_text(drawn.encode(), "x.txt").blocks

    assert isinstance(block, TableBlock)
    assert [row.cells for row in block.rows if any(row.cells)] == [
        ("№", "Мероприятие", "Срок"),
        ("1.1.", "Семинар", ""),
    ]
