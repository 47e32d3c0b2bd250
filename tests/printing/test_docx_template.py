"""A Word template an office restyles: what it may hold, and how a broken one is told of."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docxtpl import DocxTemplate

from sheetsync.printing.docx_template import Picture, TemplateBroken, render

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "dccc59e70000000049454e44ae426082"
)


def template(*paragraphs: str, cells: tuple[tuple[str, ...], ...] = (), header: str = "") -> bytes:
    document = Document()
    document.sections[0].header.paragraphs[0].text = header
    for text in paragraphs:
        document.add_paragraph(text)
    if cells:
        table = document.add_table(len(cells), len(cells[0]))
        for row, texts in zip(table.rows, cells, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def texts(data: bytes) -> list[str]:
    return [one.text for one in Document(io.BytesIO(data)).paragraphs]


def test_values_stand_where_the_template_names_them() -> None:
    made = render(template("Школа: {{ name }}", "{%p if late %}", "Опоздала", "{%p endif %}"), {
        "name": "МБОУ «СОШ № 1»", "late": False,
    })  # fmt: skip

    assert texts(made) == ["Школа: МБОУ «СОШ № 1»"]


def test_rows_of_a_table_are_repeated() -> None:
    cells = (("{%tr for row in rows %}", ""), ("{{ row[0] }}", "{{ row[1] }}"), ("{%tr endfor %}", ""))
    made = Document(io.BytesIO(render(template(cells=cells), {"rows": [("1", "а"), ("2", "б")]})))

    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [["1", "а"], ["2", "б"]]


@pytest.mark.parametrize(
    "text",
    [
        "{{ 7 * 7 }}", "{% for x in y %}", "{_{ name }_}", "{_% set a %_}", "<w:br/> & «а» < б", "=1+1", "a}}b{{c",
        "]]>", "&amp;", "{# нет #}", "'\"",
    ],
)  # fmt: skip
def test_what_a_school_typed_stays_text(text: str) -> None:
    made = render(template("{{ info }}", header="{{ info }}"), {"info": text})
    document = Document(io.BytesIO(made))

    assert texts(made) == [text]
    assert document.sections[0].header.paragraphs[0].text == text


def test_lines_stay_lines_and_what_xml_cannot_hold_is_left_out() -> None:
    made = render(template("{{ info }}"), {"info": "первая\r\nвторая\x07\x0c\x00\ud800\tконец"})

    assert texts(made) == ["первая\nвторая\tконец"]


def test_a_picture_stands_in_the_text_and_can_be_heard() -> None:
    made = render(template("{%p for one in charts %}", "{{ one }}", "{%p endfor %}"), {
        "charts": [Picture(PIXEL, 100, "Доли по школам")],
    })  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert [name for name in package.namelist() if name.endswith(".png")] == ["word/media/image1.png"]
        assert 'descr="Доли по школам"' in package.read("word/document.xml").decode()


def test_the_same_values_give_the_same_bytes() -> None:
    source = template("{{ name }}")

    assert render(source, {"name": "а"}) == render(source, {"name": "а"})
    with zipfile.ZipFile(io.BytesIO(render(source, {"name": "а"}))) as package:
        assert {one.date_time[0] for one in package.infolist()} == {1980}


@pytest.mark.parametrize(
    ("paragraphs", "told"),
    [
        (("Школа {{ nome }}",), "имени «nome» программа не знает (место: «Школа {{ nome }}»)"),
        (("Итог {{ name.rate }}",), "имени «rate» программа не знает (место: «Итог {{ name.rate }}»)"),
        (("До", "Школа {{ name }", "после"), "не понята пометка"),
        (("Раз", "{%p if name %}", "Два"), "не понята пометка"),
        (("Доля {{ 1 / 0 }}",), "(место: «Доля {{ 1 / 0 }}»)"),
        (("{{ name.__class__.__mro__ }}",), "«{{ name.__class__.__mro__ }}»"),
    ],
)
def test_a_broken_template_says_what_and_where(paragraphs: tuple[str, ...], told: str) -> None:
    with pytest.raises(TemplateBroken) as caught:
        render(template(*paragraphs), {"name": "а"})

    assert told in str(caught.value)


def test_a_block_begun_in_the_text_and_ended_in_a_cell_is_told() -> None:
    """docxtpl would leave out what it does not understand, and half of the table with it."""
    with pytest.raises(TemplateBroken, match="начат в одной ячейке"):
        render(template("{% if late %}Раз", cells=(("Два{% endif %}", "Три"),)), {"late": False})


@pytest.mark.parametrize("data", [b"", b"no zip", PIXEL])
def test_what_is_no_document_is_told(data: bytes) -> None:
    with pytest.raises(TemplateBroken, match="не документ Word"):
        render(data, {})


def test_a_workbook_is_no_document() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")

    with pytest.raises(TemplateBroken, match="не документ Word"):
        render(made.getvalue(), {})


def test_every_part_is_what_docxtpl_makes_of_the_template() -> None:
    """Styles are most of a template and are kept out of its way."""
    made = template("Школа: {{ name }}", cells=(("{{ name }}", "2"),), header="Кому: {{ name }}")
    values = {"name": "МБОУ СОШ № 1"}
    plain, saved = DocxTemplate(io.BytesIO(made)), io.BytesIO()
    plain.render_properties = lambda *_: None
    plain.render(values)
    plain.save(saved)

    expected, found = parts(saved.getvalue()), parts(render(made, values))

    assert "word/styles.xml" in expected
    assert list(found.items()) == list(expected.items())


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
