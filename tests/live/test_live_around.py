"""What the office added to an open workbook stays with its rows, and what cannot stay is told."""

from __future__ import annotations

from datetime import date

import pytest
from live_books import in_excel, texts

from fake_excel import Engine
from office_workbook import HEADERS, OTHER_TABLE, entries_body, office_workbook
from sheetsync.columns import ENTRIES, ENTRIES_SHEET, MATRIX, MATRIX_SHEET
from sheetsync.workbooks.fitting import TableInTheWayError
from sheetsync.workbooks.port import Orphan, Out, TableBody


def test_what_stands_beside_a_row_goes_where_the_row_goes(excel: Engine) -> None:
    live, document = in_excel(excel, office_workbook(4))

    live.replace_table(ENTRIES.name, entries_body("k3", "новая", "k1", "k2", "k4"))

    assert texts(document, ENTRIES_SHEET, "F", 5, 9) == ["k3", "новая", "k1", "k2", "k4"]
    assert texts(document, ENTRIES_SHEET, "H", 5, 9) == [
        "заметка k3",
        None,
        "заметка k1",
        "заметка k2",
        "заметка k4",
    ]
    assert texts(document, ENTRIES_SHEET, "C", 5, 9) == [
        "пометка k3",
        None,
        "пометка k1",
        "пометка k2",
        "пометка k4",
    ]
    assert texts(document, ENTRIES_SHEET, "I", 7, 7) == ['=IF(B7="выполнено",1,0)']


def test_colour_height_and_note_go_along(excel: Engine) -> None:
    live, document = in_excel(excel, office_workbook(4))
    sheet = document.sheet(ENTRIES_SHEET)
    colour, height = sheet.at(6, 8).look.color, sheet.heights[6]

    live.replace_table(ENTRIES.name, entries_body("k2", "k1", "k3", "k4"))

    assert (sheet.at(5, 8).look.color, sheet.heights[5]) == (colour, height)
    assert (sheet.at(5, 8).note.text, sheet.at(5, 2).note.text) == ("позвонить в школу", "спорно")
    assert sheet.at(6, 8).note is None


def test_a_new_row_looks_usual_even_under_a_painted_one(excel: Engine) -> None:
    live, document = in_excel(excel, office_workbook(5))
    sheet = document.sheet(ENTRIES_SHEET)
    green = (0, 255, 0)
    for column in range(1, 7):
        cell = sheet.edit(6, column)
        cell.look = type(cell.look)(color=green)

    live.replace_table(ENTRIES.name, entries_body("k1", "k2", "новая", "k3", "k4", "k5"))

    assert sheet.at(6, 1).look.color == green
    assert sheet.at(7, 1).look.color is None
    assert sheet.at(7, 4).look.number_format == "dd.mm.yyyy"


def test_areas_over_the_body_are_stretched_and_shrunk(excel: Engine) -> None:
    live, document = in_excel(excel, office_workbook(3))
    sheet = document.sheet(ENTRIES_SHEET)

    live.replace_table(ENTRIES.name, entries_body("новая", "k1", "k2", "k3", "ещё"))

    assert names(document)["свод_статусы"] == f"{ENTRIES_SHEET}!$B$5:$B$9"
    assert names(document)["свод_подпись"] == f"{ENTRIES_SHEET}!$A$13"
    assert texts(document, ENTRIES_SHEET, "B", 13, 13) == ["=COUNTA(B5:B9)"]
    assert all(area.bottom == 9 for rule in sheet.rules for area in rule.areas if area.top == 5)

    live.replace_table(ENTRIES.name, entries_body("k2", "ещё"))

    assert names(document)["свод_статусы"] == f"{ENTRIES_SHEET}!$B$5:$B$6"
    assert texts(document, ENTRIES_SHEET, "A", 10, 10) == ["Подпись начальника"]


def names(document: object) -> dict[str, str]:
    return {one.name: one.refers_to.lstrip("=").replace("'", "") for one in document.names}  # type: ignore[attr-defined]


def test_a_body_of_one_row_grows_with_its_rules_and_its_table(excel: Engine) -> None:
    """The first consolidation: the template's tables have one blank row."""
    live, document = in_excel(excel, office_workbook(keys=("",)))
    sheet = document.sheet(ENTRIES_SHEET)

    live.replace_table(ENTRIES.name, entries_body("k1", "k2", "k3"))

    assert next(table.area.address() for table in sheet.tables) == "$A$4:$F$7"
    wide = [rule for rule in sheet.rules if any(area.left == 1 and area.right == 6 for area in rule.areas)]
    assert max(area.bottom for rule in wide for area in rule.areas) == 7
    assert sheet.at(7, 4).look.number_format == "dd.mm.yyyy"
    assert sheet.at(7, 4).value == date(2023, 3, 1) or sheet.at(7, 4).value


def test_what_lost_its_row_is_told(excel: Engine) -> None:
    live, _ = in_excel(excel, office_workbook(3))

    orphans = live.replace_table(ENTRIES.name, entries_body("k1", "k3"))

    assert set(orphans) == {
        Orphan("k2", "C6", "пометка k2"),
        Orphan("k2", "H6", "заметка k2"),
        Orphan("k2", "I6", '=IF(B6="выполнено",1,0)'),
        Orphan("k2", "J6", "=SUM(I$5:I6)"),
        Orphan("k2", "K6", f"сюда #'{ENTRIES_SHEET}'!A6"),
        Orphan("k2", "H6", "позвонить в школу"),
        Orphan("k2", "B6", "спорно"),
    }


def test_the_table_below_moves_as_a_block(excel: Engine) -> None:
    live, document = in_excel(excel, office_workbook(3))

    live.replace_table(ENTRIES.name, entries_body("k1", "k2", "k3", "k4", "k5"))

    areas = {table.name: table.area.address() for table in document.sheet(ENTRIES_SHEET).tables}
    assert areas[OTHER_TABLE] == "$A$17:$B$19"


MATRIX_KEYS = MATRIX.headers[:1]


def matrix(*pupils: str, dropped: tuple[str, ...] = ()) -> TableBody:
    rows = tuple(
        (Out(number), Out(f"Мероприятие {number}"), Out(date(2023, 5, 1)), *(Out("✓") for _ in pupils))
        for number in ("1", "2")
    )
    return TableBody((*MATRIX.headers, *pupils), rows, MATRIX_KEYS, dropped_headers=dropped)


def test_a_new_participant_gets_a_column_in_its_place(excel: Engine) -> None:
    live, document = in_excel(excel, office_workbook(1))
    sheet = document.sheet(MATRIX_SHEET)

    live.replace_table(MATRIX.name, matrix("Ясеневская", "Новая", "Берёзовская"))

    assert live.read_table(MATRIX.name).headers[-3:] == ("Ясеневская", "Новая", "Берёзовская")
    assert sheet.at(5, 8).value == "рядом 1", "what stands right of the table moves along"
    assert abs(sheet.widths[5] - sheet.widths[4]) < 1, "as wide as its neighbour"
    assert [area.address() for rule in sheet.rules for area in rule.areas] == ["$D$5:$F$6"]


def test_participants_who_left_take_their_columns_along(excel: Engine) -> None:
    live, document = in_excel(excel, office_workbook(1))

    live.replace_table(MATRIX.name, matrix("Новая", dropped=("Ясеневская", "Берёзовская")))

    sheet = document.sheet(MATRIX_SHEET)
    assert live.read_table(MATRIX.name).headers == (*MATRIX.headers, "Новая")
    assert [merge.address() for merge in sheet.merges] == ["$A$2:$D$2"], "the title stays over the table"


def test_a_table_in_the_way_is_named_before_anything_changes(excel: Engine) -> None:
    data = office_workbook(3)
    live, document = in_excel(excel, data)
    before = dict(document.sheet(ENTRIES_SHEET).cells)
    body = entries_body("k1", "k2", "k3")
    wider = TableBody(
        (*HEADERS[:1], "Новый", *HEADERS[1:]),
        tuple((row[0], Out("н"), *row[1:]) for row in body.rows),
        ("key",),
    )

    with pytest.raises(TableInTheWayError, match=OTHER_TABLE):
        live.replace_table(ENTRIES.name, wider)

    assert document.sheet(ENTRIES_SHEET).cells == before
