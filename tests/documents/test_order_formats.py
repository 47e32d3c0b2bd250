"""One order in every format and look gives one plan.

The text is the measure. What a narrow column or a page did to a cell of a PDF may leave a trace:
such a cell carries a doubt, and there are few of them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from order_files import Look, clean, docx_of, drawn_pdf, pdfs_of, xlsx_of

import sheetsync
from sheetsync.documents.reading import read_order_document
from sheetsync.documents.text_file import read_text
from sheetsync.plan.document import Document
from sheetsync.plan.order import read_document
from sheetsync.plan.order_json import order_as_json
from sheetsync.text import squeeze

Json = dict[str, Any]
EXAMPLE = Path(sheetsync.__file__).parent / "example" / "order.txt"
REAL = Path(__file__).parents[3] / "shared" / "orders"
REAL_NAMES = ("khotynets-2023", "ocher-2023", "plavsk-2023", "shimanovsk-2020-2022", "urvan-2021")
NASTY = """\
УПРАВЛЕНИЕ ОБРАЗОВАНИЯ ЗАРЕЧНОГО ОКРУГА

ПРИКАЗ

от 03.02.2025 № 41/2

О мерах поддержки школ Заречного округа на 2025 год

В целях повышения качества образования ПРИКАЗЫВАЮ:

1. Утвердить дорожную карту (приложение).

2. МБОУ «Заозёрная СОШ», МБОУ «Каменская ООШ им. А.П. Речного» представить отчёт до 01.12.2025.

Начальник управления

Дорожная карта поддержки школ Заречного округа на 2025 год

№ п/п\tНаименование мероприятия\tОтветственный исполнитель\tСроки исполнения\tОжидаемый результат
1.\tНормативно-правовое и организационно-методическое обеспечение\t\t\t
1.1.\tСовещание «Единые требования: оценивание, посещаемость»\tУправление образования\t14.02.2025\tПротокол
1.2.\tСамоаудит «Школа – территория успеха» (кадры, контингент, условия); выводы и предложения\tОбщеобразовательные организации\tдо 01.03.2025\tСправка
1.3.\tПостановка на внутришкольный контроль 10 % «необъективных» классов\tОбщеобразовательные организации\tежемесячно\tПриказ
1.10.\tКорректировка программ развития\tМБОУ «Заозёрная СОШ»\tс 01.04.2025 по 30.05.2025\tНе менее 2 программ
2.\tРабота с учителями-предметниками\t\t\t
2.1.\tПрактико-ориентированные семинары-практикумы по функциональной грамотности\tМетодический центр, общеобразовательные организации\tЕжеквартально\tНе менее 4 семинаров
2.2.\tВзаимопосещение уроков\tОбщеобразовательные организации\tПостоянно\tЖурнал взаимопосещений
2.3.\tДиагностика профессиональных дефицитов\tМетодический центр\tСентябрь – октябрь 2025 г.\tИндивидуальные маршруты
"""

WORD_LOOKS = {
    "plain": Look(),
    "merged sections, repeated header, row of column numbers": Look(
        merged_sections=True, repeated_header=True, column_numbers=True
    ),
    "header typed again, landscape": Look(header_again=7, landscape=True),
    "one tall cell of responsible": Look(merged_responsible=True, merged_sections=True),
}
PDF_LOOKS = {
    "portrait": Look(merged_sections=True, repeated_header=True, column_numbers=True),
    "landscape": Look(landscape=True, font="DejaVu Sans"),
    "large": Look(size=14, repeated_header=True, merged_sections=True, running_head="Светлая школа"),
    "tall": Look(merged_responsible=True, merged_sections=True, font="Arial", size=11),
}
INVENTED = ("example", "nasty")
real = pytest.mark.real_orders
needs_real = pytest.mark.skipif(
    not REAL.is_dir(), reason="the shared folder with the real orders is not here"
)
NAMES = [*INVENTED, *(pytest.param(name, marks=(real, needs_real)) for name in REAL_NAMES)]


@cache
def source(name: str) -> Document:
    """An order without the damage of paper."""
    path = EXAMPLE if name == "example" else REAL / f"{name}.txt"
    return clean(read_text(NASTY.encode() if name == "nasty" else path.read_bytes(), path.name))


@cache
def measure(name: str) -> Json:
    return order_as_json(read_document(source(name)))


def read(data: bytes, name: str) -> Json:
    return order_as_json(read_document(read_order_document(data, name)))


def cells(activity: Json) -> dict[str, object]:
    """What is compared of one activity, spaces aside."""
    deadline, responsible = activity["deadline"], activity["responsible"]
    texts = [activity["title"], deadline["text"], responsible["text"], activity["result"], activity["info"]]
    said = dict(
        zip(("title", "deadline", "responsible", "result", "info"), map(squeezed, texts), strict=True)
    )
    read_as = (deadline["kind"], deadline["start"], deadline["due"])
    whom = (responsible["schools"], responsible["named"])
    names = ("number", "number_printed", "section")
    return {**said, "read as": read_as, "whom": whom, **{name: activity[name] for name in names}}


def asked(instruction: Json) -> dict[str, object]:
    """What is compared of one instruction, spaces aside."""
    deadline, responsible = instruction["deadline"], instruction["responsible"]
    texts = (instruction["title"], deadline["text"], responsible["text"])
    said = dict(zip(("title", "deadline", "responsible"), map(squeezed, texts), strict=True))
    whom = (responsible["schools"], responsible["named"])
    return {**said, "number": instruction["number"], "due": deadline["due"], "whom": whom}


def squeezed(text: str | None) -> str:
    return squeeze(text or "")


def same_plan(got: Json, told: Json) -> None:
    """Every cell, every school, every word of the order about itself."""
    assert [cells(one) for one in got["activities"]] == [cells(one) for one in told["activities"]]
    assert [one["key"] for one in got["activities"]] == [one["key"] for one in told["activities"]]
    assert got["sections"] == told["sections"]
    assert got["order"] == told["order"]
    assert [asked(one) for one in got["instructions"]] == [asked(one) for one in told["instructions"]]


def nearly_same_plan(got: Json, told: Json) -> None:
    """All rows and numbers; of the cells no more than two in a hundred differ, each with a doubt."""
    rows = list(zip(got["activities"], told["activities"], strict=True))
    pairs = [(one, cells(one), cells(other)) for one, other in rows]
    differ = [(one, a, b) for one, a, b in pairs if a != b]

    assert [a["number"] for _, a, _ in pairs] == [b["number"] for _, _, b in pairs]
    assert [a for one, a, b in differ if not one["doubts"]] == []
    assert sum(a[name] != b[name] for _, a, b in differ for name in a) <= len(pairs) * 10 * 0.02
    assert [asked(one) for one in got["instructions"]] == [asked(one) for one in told["instructions"]]
    for name in ("number", "date", "issuer", "title", "years", "report_due"):
        assert got["order"][name] == told["order"][name]
    assert len(got["order"]["schools"]) == len(told["order"]["schools"])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("look", WORD_LOOKS)
def test_word_says_what_the_text_says(name: str, look: str) -> None:
    same_plan(read(docx_of(source(name), WORD_LOOKS[look]), "приказ.docx"), measure(name))


@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_a_workbook_says_what_the_text_says(name: str, merged: bool) -> None:
    same_plan(read(xlsx_of(source(name), Look(merged_sections=merged)), "приказ.xlsx"), measure(name))


def test_word_counts_the_numbers_itself() -> None:
    """«№ п/п» made by automatic numbering, two levels deep."""
    got = read(docx_of(source("nasty"), Look(counted_numbers=True, merged_sections=True)), "приказ.docx")

    assert [one["number_printed"] for one in got["activities"]] == [
        "1.1.", "1.2.", "1.3.", "1.4.", "2.1.", "2.2.", "2.3.",
    ]  # fmt: skip
    assert [one["title"] for one in got["sections"]] == [one["title"] for one in measure("nasty")["sections"]]


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_a_drawn_pdf_says_what_the_text_says(name: str, landscape: bool) -> None:
    look = Look(merged_sections=True, repeated_header=True, landscape=landscape)

    nearly_same_plan(read(drawn_pdf(source(name), look), "приказ.pdf"), measure(name))


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Orders printed by LibreOffice in one start: «name look» -> PDF."""
    files = {
        f"{name} {look}.docx": docx_of(source(name), PDF_LOOKS[look])
        for name in INVENTED
        for look in PDF_LOOKS
    }
    if REAL.is_dir():
        files |= {
            f"{name} portrait.docx": docx_of(source(name), PDF_LOOKS["portrait"]) for name in REAL_NAMES
        }
    return pdfs_of(files, tmp_path_factory.mktemp("printed"))


@pytest.mark.libreoffice
@pytest.mark.parametrize("look", PDF_LOOKS)
@pytest.mark.parametrize("name", INVENTED)
def test_a_printed_pdf_says_what_the_text_says(name: str, look: str, printed: dict[str, bytes]) -> None:
    nearly_same_plan(read(printed[f"{name} {look}"], "приказ.pdf"), measure(name))


@real
@needs_real
@pytest.mark.libreoffice
@pytest.mark.parametrize("name", REAL_NAMES)
def test_a_real_order_printed_as_pdf(name: str, printed: dict[str, bytes]) -> None:
    nearly_same_plan(read(printed[f"{name} portrait"], "приказ.pdf"), measure(name))


@pytest.mark.libreoffice
def test_a_workbook_saved_as_ods(tmp_path: Path) -> None:
    saved = pdfs_of({"приказ.xlsx": xlsx_of(source("nasty"), Look(merged_sections=True))}, tmp_path, "ods")

    same_plan(read(saved["приказ"], "приказ.ods"), measure("nasty"))
