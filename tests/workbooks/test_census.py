"""The independent count: what it finds in a file is what the readers found, and no reader helped."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import sheetsync.workbooks
from attacks import HARMLESS, HOSTILE, Attack, ods, ods_table, with_sheet
from markdown_book import xlsx_from
from sheetsync.grid import Book, a1
from sheetsync.workbooks.census import Item, ItemKind, census
from sheetsync.workbooks.copies import open_copy
from varied_workbooks import VARIED, filled_form

Place = tuple[str, str, ItemKind]


def counted(data: bytes) -> list[Place]:
    return sorted((one.sheet, one.cell, one.kind) for one in census(data) if one.kind is not ItemKind.NAME)


def read(data: bytes) -> list[Place]:
    copy = open_copy(data, "копия")
    assert copy.book is not None, copy.findings
    return sorted(places(copy.book))


def places(book: Book) -> list[Place]:
    found: list[Place] = []
    for sheet in book.sheets:
        for at, cell in sheet.cells.items():
            if cell.text.strip() or cell.formula is not None:
                found.append((sheet.name, a1(*at), ItemKind.VALUE))
            found += [(sheet.name, a1(*at), ItemKind.LINK)] * len(cell.links)
            found += [(sheet.name, a1(*at), ItemKind.COMMENT)] * bool(cell.comment)
        found += [(sheet.name, "", ItemKind.SHAPE)] * len(sheet.texts)
    return found


@pytest.mark.parametrize("kind", VARIED)
def test_the_count_finds_what_the_reader_found(kind: str) -> None:
    data = VARIED[kind]()

    assert counted(data) == read(data)


@pytest.mark.parametrize("attack", HARMLESS, ids=lambda one: one.name)
def test_the_count_agrees_on_odd_files(attack: Attack) -> None:
    data = attack.make()

    assert counted(data) == read(data)


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_the_count_agrees_on_what_libreoffice_saved(
    kind: str, saved_by_libreoffice: dict[str, bytes]
) -> None:
    data = saved_by_libreoffice[kind]

    assert counted(data) == read(data)


@pytest.mark.libreoffice
def test_texts_are_counted_as_typed_in_both_formats(saved_by_libreoffice: dict[str, bytes]) -> None:
    for data in (filled_form(), saved_by_libreoffice["ods"]):
        items = {(one.sheet, one.cell, one.kind): one.text for one in census(data)}
        assert items["Отчёт 1", "B2", ItemKind.VALUE] == "  Педсовет,\nвторая строка  "
        assert items["Отчёт 1", "B2", ItemKind.COMMENT] == "Иванова: уточнить\nдату"
        assert items["Отчёт 1", "D2", ItemKind.LINK] == "https://a.example/doc?x=1&y=2"
        assert items["Отчёт 1", "D4", ItemKind.LINK] == "https://b.example/"
        assert items["Отчёт 1", "", ItemKind.SHAPE] == "Надпись поверх листа\nвторая строка"
        assert items["", "const_code", ItemKind.NAME] == '"СШ-07"'


def test_every_kind_of_thing_is_counted_once() -> None:
    data = xlsx_from("| № | да ^[примечание] | [сайт](https://a.example/) | `=1+1 -> 2` | `2023-03-01` |")

    assert census(data) == (
        Item("Лист1", "A1", ItemKind.VALUE, "№"),
        Item("Лист1", "B1", ItemKind.VALUE, "да"),
        Item("Лист1", "C1", ItemKind.VALUE, "сайт"),
        Item("Лист1", "D1", ItemKind.VALUE, "2"),
        Item("Лист1", "E1", ItemKind.VALUE, "44986"),
        Item("Лист1", "C1", ItemKind.LINK, "https://a.example/"),
        Item("Лист1", "B1", ItemKind.COMMENT, "примечание"),
    )


def test_a_formula_nobody_calculated_is_counted() -> None:
    items = census(
        with_sheet(
            '<row r="1"><c r="A1"><f>B1*2</f></c><c r="B1" s="0"/><c r="C1" t="str"><v> </v></c></row>'
        )
    )

    assert items == (Item("Отчёт", "A1", ItemKind.VALUE, "=B1*2"),)


def test_a_repeated_answer_of_an_ods_is_counted_as_often_as_it_stands() -> None:
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>да</text:p></table:table-cell>'
    data = ods(ods_table(f'<table:table-row table:number-rows-repeated="2">{cell}</table:table-row>'))

    assert [one.cell for one in census(data)] == ["A1", "B1", "A2", "B2"]


@pytest.mark.parametrize("attack", HOSTILE[:10], ids=lambda one: one.name)
def test_a_hostile_file_is_not_even_counted(attack: Attack) -> None:
    assert census(attack.make()) == ()


def test_the_count_shares_no_code_with_the_readers() -> None:
    """It may use the child process for .xls, nothing else."""
    folder = Path(sheetsync.workbooks.__file__).parent
    readers = ("xlsx_", "ods_", "xml_walk", "copies", "xls_reader")
    for file in folder.glob("census*.py"):
        imported = [
            f"{node.module}.{name.name}"
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom)
            for name in node.names
        ]
        shared = [one for one in imported if one.rpartition("workbooks.")[2].startswith(readers)]
        assert not shared, f"{file.name}: {shared}"
