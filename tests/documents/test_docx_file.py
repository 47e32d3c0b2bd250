"""Orders in Word as offices make them: fields, corrections, boxes, tables in tables, drawn grids."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from order_files import cell_xml, docx_with, paragraph_xml, row_xml, runs_xml, table_xml

from sheetsync.documents.docx_file import read_docx
from sheetsync.plan.document import OrderRefused, Paragraph, TableBlock
from sheetsync.plan.order import read_document

WIDTHS = (800, 4000, 2000, 2500)
HEADER = ("№", "Мероприятия", "Сроки", "Ответственные")
ABOVE = "План мероприятий по поддержке школ Лесного района на 2023 год"
BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent>'
    "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent>"
    "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def row(*cells: str) -> str:
    """A row of texts and of ready paragraphs."""
    return row_xml(
        "".join(
            f"<w:tc>{cell}</w:tc>" if cell.startswith("<") else cell_xml(cell, width)
            for cell, width in zip(cells, WIDTHS, strict=True)
        )
    )


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def cell_of(content: str) -> str:
    """What is read from a cell with this content."""
    document = read_docx(docx_with(table_xml(row("1.1", content, "март", "ОО"), WIDTHS)), "приказ.docx")
    block = document.blocks[0]
    assert isinstance(block, TableBlock)
    return block.rows[0].cells[1]


def plan_of(*rows: str, widths: Sequence[int] = WIDTHS) -> list[tuple[str, str, str]]:
    """Title, deadline and responsible of every activity."""
    body = paragraph_xml(ABOVE) + table_xml("".join(rows), widths)
    order = read_document(read_docx(docx_with(body), "приказ.docx"))
    return [(one.title, one.deadline.text, one.responsible.text) for one in order.activities]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param(
            paragraph(
                runs_xml("Семинар "),
                f'<w:ins w:id="1" w:author="а">{runs_xml("новый")}</w:ins>',
                '<w:del w:id="2" w:author="а"><w:r><w:delText>старый</w:delText></w:r></w:del>',
            ),
            "Семинар новый",
            id="tracked changes",
        ),
        pytest.param(
            paragraph(f"<w:sdt><w:sdtPr/><w:sdtContent>{runs_xml('Из поля')}</w:sdtContent></w:sdt>"),
            "Из поля",
            id="content control in a line",
        ),
        pytest.param(
            f"<w:sdt><w:sdtContent>{paragraph_xml('Из поля')}</w:sdtContent></w:sdt><w:p/>",
            "Из поля",
            id="content control around a paragraph",
        ),
        pytest.param(
            paragraph(
                '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DATE</w:instrText></w:r>',
                runs_xml("1 мая"),
            ),
            "1 мая",
            id="a field shows its result",
        ),
        pytest.param(
            paragraph(runs_xml("Сайт "), f'<w:hyperlink w:anchor="х">{runs_xml("школы")}</w:hyperlink>'),
            "Сайт школы",
            id="hyperlink",
        ),
        pytest.param(
            paragraph(runs_xml("Семи"), "<w:r><w:softHyphen/></w:r>", runs_xml("нар\nдля всех")),
            "Семинар\nдля всех",
            id="soft hyphen and line break",
        ),
        pytest.param(
            paragraph(runs_xml("Семинар"), '<w:r><w:footnoteReference w:id="2"/></w:r>'),
            "Семинар",
            id="footnote mark",
        ),
        pytest.param(
            paragraph(runs_xml("Семинар"), BOX.format(paragraph_xml("Надпись"))),
            "Семинар\nНадпись",
            id="a text box is read once",
        ),
        pytest.param(
            paragraph(runs_xml("Видно"), "<w:r><w:rPr><w:vanish/></w:rPr><w:t>скрыто</w:t></w:r>"),
            "Видно",
            id="hidden text is not printed",
        ),
        pytest.param(
            paragraph_xml("Классы:")
            + table_xml(row_xml(cell_xml("5", 900) + cell_xml("физика", 900)), (900, 900)),
            "Классы:\n5 физика",
            id="table in a cell",
        ),
    ],
)
def test_a_cell_says_what_is_printed(content: str, text: str) -> None:
    assert cell_of(content) == text


def test_a_row_deleted_under_review_is_gone_and_an_inserted_one_is_there() -> None:
    gone = row("1.2", "Удалённая", "май", "ОО").replace(
        "<w:tr>", "<w:tr><w:trPr><w:del w:id='3'/></w:trPr>", 1
    )
    new = row("1.2", "Вставленная", "май", "ОО").replace(
        "<w:tr>", "<w:tr><w:trPr><w:ins w:id='4'/></w:trPr>", 1
    )

    assert plan_of(row(*HEADER), row("1.1", "Анализ", "март", "ОО"), gone, new) == [
        ("Анализ", "март", "ОО"),
        ("Вставленная", "май", "ОО"),
    ]


def test_a_tall_cell_tells_of_every_activity_it_stands_beside() -> None:
    def tall(number: str, title: str, when: str, merge: str, who: str) -> str:
        texts = map(cell_xml, (number, title, when), WIDTHS)
        return row_xml("".join(texts) + cell_xml(who, WIDTHS[3], merge=merge))

    rows = tall("1.1", "Анализ", "март", "restart", "ОО"), tall("1.2", "Семинар", "май", "continue", "")

    assert plan_of(row(*HEADER), *rows, row("1.3", "Отчёт", "июнь", "РМО")) == [
        ("Анализ", "март", "ОО"),
        ("Семинар", "май", "ОО"),
        ("Отчёт", "июнь", "РМО"),
    ]


def test_an_activity_of_two_stages_stays_one() -> None:
    """Number and title are tall, deadlines are not."""
    first = row_xml(
        cell_xml("1.1", 800, merge="restart")
        + cell_xml("Семинары", 4000, merge="restart")
        + cell_xml("март", 2000)
        + cell_xml("ОО", 2500)
    )
    second = row_xml(
        cell_xml("", 800, merge="continue")
        + cell_xml("", 4000, merge="continue")
        + cell_xml("ноябрь", 2000)
        + cell_xml("РМО", 2500)
    )

    assert plan_of(row(*HEADER), first, second) == [("Семинары", "март ноябрь", "ОО РМО")]


def test_edges_that_do_not_agree_from_row_to_row() -> None:
    """Two tables put together: every row has four cells, but not over the same lines of the grid."""

    def spanned(texts: Sequence[str], spans: Sequence[int]) -> str:
        return row_xml("".join(cell_xml(text, 1, span=span) for text, span in zip(texts, spans, strict=True)))

    rows = (
        spanned(HEADER, (1, 2, 2, 1)),
        spanned(("1.1", "Анализ", "март", "ОО"), (2, 1, 2, 1)),
        spanned(("2. Работа с учителями",), (6,)),
        spanned(("2.1", "Семинар", "май", "РМО"), (1, 3, 1, 1)),
    )

    assert plan_of(*rows, widths=(800, 100, 3900, 150, 1850, 2500)) == [
        ("Анализ", "март", "ОО"),
        ("Семинар", "май", "РМО"),
    ]


def test_a_stamp_in_a_table_of_layout_and_a_box_are_text_of_the_order() -> None:
    stamp = table_xml(
        row_xml(cell_xml("", 4000) + cell_xml("УТВЕРЖДЕН\nприказом от 12.01.2023 № 17-ОД", 4000)),
        (4000, 4000),
    )
    plan = table_xml(row(*HEADER) + row("1.1", "Анализ", "март", "ОО"), WIDTHS)
    body = stamp + paragraph(BOX.format(paragraph_xml(ABOVE))) + plan

    passport = read_document(read_docx(docx_with(body), "приказ.docx")).passport

    assert (passport.number, passport.title) == ("17-ОД", ABOVE)


def test_lists_begin_anew_and_count_in_roman_numbers() -> None:
    document = read_docx(
        docx_with(
            "".join(paragraph_xml(text, depth) for text, depth in (("А", 0), ("Б", 1), ("В", 0), ("Г", 1)))
        ),
        "п",
    )

    assert [one.text for one in document.blocks if isinstance(one, Paragraph)] == [
        "1. А",
        "1.1. Б",
        "2. В",
        "2.1. Г",
    ]


def test_a_file_that_is_no_word_is_refused() -> None:
    with pytest.raises(OrderRefused, match="не открывается как Word"):
        read_docx(b"PK\x03\x04 word/document.xml", "приказ.docx")
