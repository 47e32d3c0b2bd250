"""What schools call their scans, and what such a name tells."""

from __future__ import annotations

from datetime import date

import pytest

from sheetsync.checks.attached_match import place_files
from sheetsync.checks.attached_names import file_name, row_number
from sheetsync.model import AttachedFile, EvidenceItem, How, Origin
from sheetsync.plan.papers import Paper
from small_district import FULL, PLAN, answer

ORDER = EvidenceItem(Paper.ORDER, "приказ № 45-од от 01.03.2023", "45-од", date(2023, 3, 1))


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("2.1 приказ", "2.1"),
        ("п.2.1_справка", "2.1"),
        ("2-1 приказ", "2.1"),
        ("2_1_приказ", "2.1"),
        ("2.10", "2.10"),
        ("пункт 4", "4"),
        ("№3 акт", "3"),
        ("3", "3"),
        ("01.03.2023 приказ", ""),
        ("15.12.2023 приказ", ""),
        ("9 класс список", ""),
        ("5-А", ""),
        ("5а", ""),
        ("2023", ""),
        ("приказ 2.1", ""),
    ],
)
def test_a_name_begins_with_the_number_of_a_row(name: str, number: str) -> None:
    assert row_number(name) == number


@pytest.mark.parametrize(
    "name",
    [
        "Приказ №45-од от 01.03.2023.pdf",
        "приказ_45.pdf",
        "prikaz-45.pdf",
        "Приказ от 01.03.2023.pdf",
        "45-од от 01.03.2023.jpg",
        "приказ 2023-03-01.pdf",
    ],
)
def test_a_name_tells_the_document_of_an_answer(name: str) -> None:
    assert file_name(name).is_of(ORDER)


@pytest.mark.parametrize(
    "name",
    [
        "приказ.pdf",
        "Приказ №46 от 01.03.2023.pdf",
        "Приказ №45 от 02.03.2023.pdf",
        "приказ 45-к.pdf",
        "справка 45.pdf",
        "45.pdf",
        "скан от 01.03.2023.pdf",
    ],
)
def test_another_document_is_not_taken_for_it(name: str) -> None:
    assert not file_name(name).is_of(ORDER)


def placed(document: str, *names: str, other: str = "") -> dict[str, tuple[tuple[str, ...], How | None]]:
    """Where files go when row 1.1 names a document, and row 1.2 perhaps another."""
    entries = {("S1", "r1"): answer("r1", **{**FULL, "document": document})}
    if other:
        entries["S1", "r2"] = answer("r2", **{**FULL, "document": other})
    files = [AttachedFile("S1", Origin(name, f"sha of {name}")) for name in names]
    return {one.file.origin.file: (one.rows, one.how) for one in place_files(PLAN, entries, files)}


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("см. приказ_12.pdf", "Приказ_12.PDF"),
        ("Приказ 12.pdf", "приказ_12.pdf"),
        ("файл «Положение о сопровождении.docx»", "положение о сопровождении.docx"),
        ("отчёт о работе.pdf", "Отчет о работе.pdf"),
        ("протокол (скан_03.jpg)", "скан 3.jpg"),
    ],
)
def test_an_answer_names_its_file(said: str, name: str) -> None:
    assert placed(said, name) == {name: (("r1",), How.NAMED)}


def test_a_file_named_without_its_extension_is_told_of() -> None:
    assert placed("смотри скан 3", "Скан_3.pdf", "Скан_35.pdf") == {
        "Скан_3.pdf": (("r1",), How.MENTIONED),
        "Скан_35.pdf": ((), None),
    }


def test_a_name_inside_a_longer_one_is_not_met() -> None:
    assert placed("см. приказ 12.pdf", "12.pdf", "приказ 12.pdf")["12.pdf"] == ((), None)


def test_a_word_alone_is_no_name() -> None:
    """«Приказ» stands in every second answer."""
    assert placed("Приказ по школе", "приказ.pdf") == {"приказ.pdf": ((), None)}


def test_the_same_number_on_two_protocols_decides_nothing() -> None:
    first, second = "протокол № 1 от 01.02.2023", "протокол № 1 от 05.05.2023"

    assert placed(first, "протокол 1.pdf", other=second)["протокол 1.pdf"][0] == ()
    assert placed(first, "протокол 1 от 05.05.2023.pdf", other=second) == {
        "протокол 1 от 05.05.2023.pdf": (("r2",), How.REQUISITES)
    }


def test_a_file_named_in_two_rows_confirms_both() -> None:
    assert placed("приказ_12.pdf", "приказ_12.pdf", other="приказ_12.pdf") == {
        "приказ_12.pdf": (("r1", "r2"), How.NAMED)
    }
