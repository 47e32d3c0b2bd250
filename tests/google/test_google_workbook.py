"""A table in Google gets a new body: the same meaning as in a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from google_district import GoogleDistrict, google_district
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from published_books import OnGoogle, in_file, on_google, shown, unjudged

from office_workbook import HEADERS, TOP, entries_body, grid, matrix_body, office_workbook
from sheetsync.columns import COMPLETENESS, ENTRIES, ENTRIES_SHEET, MATRIX, MATRIX_SHEET, PANEL
from sheetsync.grid import Area
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.google.ranges import area_of
from sheetsync.workbooks.port import Out, TableBody

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


@pytest.fixture(scope="module")
def judged() -> Iterator[GoogleDistrict]:
    with google_district(in_process=True) as district:
        yield district


@pytest.fixture
def district(judged: GoogleDistrict) -> Iterator[GoogleDistrict]:
    with unjudged(judged):
        yield judged


BODIES = {
    "the same": entries_body("k1", "k2", "k3"),
    "reordered": entries_body("k3", "k1", "k2"),
    "one new in the middle": entries_body("k3", "новая", "k1", "k2"),
    "many new": entries_body("k1", *(f"n{at}" for at in range(70)), "k2", "k3"),
    "fewer": entries_body("k1", "k3"),
    "none": entries_body(),
    "one key twice": entries_body("k1", "k1", "k2", "k3"),
    "other words": entries_body(("k1", "в работе"), ("k2", "=1+1"), ("k3", "@имя")),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_new_body_means_the_same_in_google_as_in_a_file(judged: GoogleDistrict, name: str) -> None:
    """Every cell of the sheet, beside, above and under the table too; links, notes and what was lost."""
    data, body = office_workbook(3), BODIES[name]
    google = on_google(judged, data)

    changed, orphans = in_file(data, lambda book: book.replace_table(ENTRIES.name, body))
    lost = google.changed(lambda book: book.replace_table(ENTRIES.name, body))

    wanted = ExcelFile.from_bytes(changed)
    assert shown(google.book.read_table(ENTRIES.name)) == shown(wanted.read_table(ENTRIES.name))
    assert sorted(lost, key=repr) == sorted(orphans, key=repr)
    assert comparable(google.cells(ENTRIES_SHEET)) == comparable(grid(changed, ENTRIES_SHEET))
    assert comparable(google.cells(PANEL)) == comparable(grid(changed, PANEL))


def comparable(cells: dict[str, Any]) -> dict[str, object]:
    """Days without the midnight openpyxl gives them."""
    return {at: one.date() if isinstance(one, datetime) else one for at, one in cells.items()}


KEYS = st.lists(st.sampled_from(["k1", "k2", "k3", "n1", "n2", "n3"]), max_size=7)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=KEYS, second=KEYS)
@example(first=["k2"], second=[])
def test_any_two_bodies_one_after_another_mean_the_same(
    district: GoogleDistrict, first: list[str], second: list[str]
) -> None:
    """Whatever comes, goes, moves or stands twice; sent to Google and read back in between."""
    data = office_workbook(3)
    google = on_google(district, data)
    for keys in (first, second):
        data, orphans = in_file(data, lambda book: book.replace_table(ENTRIES.name, entries_body(*keys)))  # noqa: B023
        lost = google.changed(lambda book: book.replace_table(ENTRIES.name, entries_body(*keys)))  # noqa: B023
        assert sorted(lost, key=repr) == sorted(orphans, key=repr)

    wanted = ExcelFile.from_bytes(data).read_table(ENTRIES.name)
    assert shown(google.book.read_table(ENTRIES.name)) == shown(wanted)
    assert comparable(google.cells(ENTRIES_SHEET)) == comparable(grid(data, ENTRIES_SHEET))


@pytest.mark.parametrize(
    "body",
    [
        matrix_body("Ясеневская", "Берёзовская"),
        matrix_body("Ясеневская", "Липовская", "Берёзовская"),
        matrix_body("Липовская", dropped=("Ясеневская", "Берёзовская")),
        matrix_body("Ясеневская", dropped=("Берёзовская",)),
    ],
)
def test_columns_come_and_go_as_in_a_file(district: GoogleDistrict, body: TableBody) -> None:
    data = office_workbook(3)
    google = on_google(district, data)

    changed, orphans = in_file(data, lambda book: book.replace_table(MATRIX.name, body))
    lost = google.changed(lambda book: book.replace_table(MATRIX.name, body))

    wanted = ExcelFile.from_bytes(changed)
    assert google.book.read_table(MATRIX.name).headers == wanted.read_table(MATRIX.name).headers
    assert sorted(lost, key=repr) == sorted(orphans, key=repr)
    assert comparable(google.cells(MATRIX_SHEET)) == comparable(grid(changed, MATRIX_SHEET))


def test_the_same_again_asks_for_nothing(district: GoogleDistrict) -> None:
    google = on_google(district, office_workbook(3))
    body = entries_body("k3", "новая", ("k1", "=cmd|' /C calc'!A0"), "k2", note="наше примечание")
    google.changed(lambda book: book.replace_table(ENTRIES.name, body))
    book = google.book
    before = google.writes()

    book.replace_table(ENTRIES.name, body)

    assert not book.changes()
    assert book.commit(google.google, google.id) == 0
    assert google.writes() == before


TEXTS = (
    "=cmd|' /C calc'!A0",
    "+7 (900)",
    "-1",
    "@имя",
    "=1+1",
    "'=1",
    "1.10",
    "001",
    "1E5",
    "01.03.2023",
    "ИСТИНА",
)


def test_text_stays_text_byte_for_byte(district: GoogleDistrict) -> None:
    """What a school typed is never taken for a formula, a number or a day by Google."""
    google = on_google(district, office_workbook(3))

    google.changed(
        lambda book: book.replace_table(ENTRIES.name, entries_body(*zip(TEXTS, TEXTS, strict=True)))
    )

    found = google.book.read_table(ENTRIES.name).rows
    assert [row[1].value for row in found] == list(TEXTS)
    assert [row[1].formula for row in found] == [None] * len(TEXTS)


@pytest.mark.parametrize(
    "value",
    [
        1,
        0,
        -2.5,
        0.333333333333,
        True,
        False,
        date(2023, 3, 1),
        datetime(2023, 3, 1, 10, 30),
        "",
        None,
        "текст",
    ],
)
def test_a_value_comes_back_as_it_was(district: GoogleDistrict, value: Any) -> None:
    """Days come with a format that shows them; what stood in the cell before does not matter."""
    google = on_google(district, office_workbook(3))
    body = TableBody(
        HEADERS, ((Out("Ясеневская школа"), Out(value), Out(value), Out(), Out("k1")),), ("key",)
    )

    google.changed(lambda book: book.replace_table(ENTRIES.name, body))

    _, status, _, day, *_ = google.book.read_table(ENTRIES.name).rows[0]
    assert [status.value, day.value] == [None if value == "" else value] * 2
    assert type(status.value) is type(None if value == "" else value)


def test_looks_follow_their_row_and_a_new_row_looks_usual(district: GoogleDistrict) -> None:
    google = on_google(district, office_workbook(3))
    red = {"backgroundColorStyle": {"rgbColor": {"red": 1}}}
    usual = fill(google, "B6")
    paint(google, "B5", red)

    google.changed(lambda book: book.replace_table(ENTRIES.name, entries_body("новая", "k2", "k1")))

    assert [fill(google, f"B{row}") for row in (5, 6, 7)] == [usual, usual, red["backgroundColorStyle"]]
    assert fill(google, "C5") == fill(google, "C6") != usual
    assert sheet_of(google).at(5, 4).format == sheet_of(google).at(6, 4).format


def test_what_lies_over_the_body_is_stretched_to_the_new_one(district: GoogleDistrict) -> None:
    """Colours by a rule, drop-downs, the names of the table and of the office."""
    google = on_google(district, office_workbook(3))

    google.changed(
        lambda book: book.replace_table(ENTRIES.name, entries_body(*(f"n{at}" for at in range(9))))
    )

    sheet, names = sheet_of(google), google.model.names
    last = TOP + 8
    assert Area(TOP, 1, last, 6) in [area_of(one) for rule in sheet.rules for one in rule["ranges"]]
    assert {sheet.at(row, 2).rule is not None for row in range(TOP, last + 1)} == {True}
    assert names[ENTRIES.name].area == Area(TOP - 1, 1, last, 6)
    assert names["свод_статусы"].area == Area(TOP, 2, last, 2)
    assert names["свод_подпись"].area.top == last + 4


def test_a_rule_of_one_row_follows_it(district: GoogleDistrict) -> None:
    google = on_google(district, office_workbook(3))

    google.changed(lambda book: book.replace_table(ENTRIES.name, entries_body("k1", "k3", "k2")))

    rules = [rule for rule in sheet_of(google).rules if area_of(rule["ranges"][0]).left == 8]
    assert [area_of(rule["ranges"][0]).ref for rule in rules] == ["H7"]
    said = rules[0]["booleanRule"]["condition"]["values"][0]["userEnteredValue"]
    assert said == "=LEN($H7)>3"


def test_a_longer_body_finds_a_longer_grid_and_a_shorter_one_leaves_nothing(district: GoogleDistrict) -> None:
    google = on_google(district, office_workbook(3))
    before = sheet_of(google).rows

    google.changed(
        lambda book: book.replace_table(ENTRIES.name, entries_body(*(f"n{at}" for at in range(200))))
    )
    assert sheet_of(google).rows > before
    assert len(google.book.read_table(ENTRIES.name).rows) == 200

    google.changed(lambda book: book.replace_table(ENTRIES.name, entries_body("n7")))
    texts = [cell for at, cell in google.cells(ENTRIES_SHEET).items() if str(cell).startswith("n")]
    assert texts == ["n7"]


def test_a_hidden_row_stays_hidden_where_its_key_is(district: GoogleDistrict) -> None:
    google = on_google(district, office_workbook(3))
    lies = {"sheetId": sheet_of(google).id, "dimension": "ROWS", "startIndex": 4, "endIndex": 5}
    hide = {"range": lies, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    google.google.write(google.id, [{"updateDimensionProperties": hide}])

    google.changed(lambda book: book.replace_table(ENTRIES.name, entries_body("k3", "k2", "k1")))

    assert sheet_of(google).hidden_rows == {7}


def test_protection_keeps_the_coordinators_columns_open_in_new_rows(district: GoogleDistrict) -> None:
    google = on_google(district, office_workbook(3))
    sheet = sheet_of(google).id
    open_one = {
        "sheetId": sheet,
        "startRowIndex": 4,
        "endRowIndex": 7,
        "startColumnIndex": 2,
        "endColumnIndex": 3,
    }
    editors = {"users": [google.google.account()]}
    guard = {"range": {"sheetId": sheet}, "unprotectedRanges": [open_one], "editors": editors}
    google.google.write(google.id, [{"addProtectedRange": {"protectedRange": guard}}])

    google.changed(
        lambda book: book.replace_table(ENTRIES.name, entries_body(*(f"n{at}" for at in range(9))))
    )

    (found,) = sheet_of(google).protections
    assert found["unprotectedRanges"] == [open_one | {"endRowIndex": 13}]
    assert found["range"] == {"sheetId": sheet}


def test_a_table_whose_name_the_office_deleted_is_made_anew(district: GoogleDistrict) -> None:
    google = on_google(district, office_workbook(3))
    wanted = google.book.read_table(ENTRIES.name)
    gone = google.model.names[ENTRIES.name].id
    google.google.write(google.id, [{"deleteNamedRange": {"namedRangeId": gone}}])

    book = google.book
    assert ENTRIES.name not in book.table_names()
    assert book.find_again(ENTRIES.name, ENTRIES_SHEET.upper(), HEADERS)
    book.commit(google.google, google.id)

    assert book.made_anew == [ENTRIES.name]
    assert google.book.read_table(ENTRIES.name) == wanted


def test_a_table_the_office_gave_another_name_keeps_it(district: GoogleDistrict) -> None:
    google = on_google(district, office_workbook(3))
    named = google.model.names[ENTRIES.name]
    told = {"namedRangeId": named.id, "name": "наш_свод"}
    google.google.write(google.id, [{"updateNamedRange": {"namedRange": told, "fields": "name"}}])

    def fill_in(book: Any) -> None:
        assert book.find_again(ENTRIES.name, ENTRIES_SHEET, HEADERS)
        book.replace_table(ENTRIES.name, entries_body(*(f"n{at}" for at in range(5))))

    google.changed(fill_in)

    names = google.model.names
    assert names["наш_свод"].area == Area(TOP - 1, 1, TOP + 4, 6)
    assert ENTRIES.name not in names


def test_rows_typed_right_under_a_table_are_taken_in(district: GoogleDistrict) -> None:
    google = on_google(district, office_workbook(3))
    google.typed(ENTRIES_SHEET, "A8", {"stringValue": "Липовская школа"})

    book = google.book
    book.take_in_rows(ENTRIES.name)

    assert [row[0].text for row in book.read_table(ENTRIES.name).rows][-1] == "Липовская школа"


def test_named_cells_are_read_and_written(district: GoogleDistrict) -> None:
    google = on_google(district, office_workbook(3))

    google.changed(lambda book: book.write_named("panel_title", Out("=План", link="https://school.example/")))

    found = google.book.read_named("panel_title")
    assert (found.value, found.links) == ("=План", ("https://school.example/",))
    with pytest.raises(KeyError):
        google.book.read_named("panel_nothing")
    with pytest.raises(KeyError):
        google.book.read_table("panel_title")


def test_a_table_beside_keeps_its_rows(district: GoogleDistrict) -> None:
    """«Полнота» put beside «Исполнение»: its rows stay while the other's come and go."""
    google = on_google(district, office_workbook(3))
    sheet, named = sheet_of(google), google.model.names[COMPLETENESS.name]
    wider = {"sheetId": sheet.id, "dimension": "COLUMNS", "length": 16}
    google.google.write(google.id, [{"appendDimension": wider}])
    for at, text in enumerate(("Участник", "Поступило", "Первая", "да", "Вторая", "нет")):
        google.typed(ENTRIES_SHEET, f"{'OP'[at % 2]}{4 + at // 2}", {"stringValue": text})
    beside = {
        "sheetId": sheet.id,
        "startRowIndex": 3,
        "endRowIndex": 6,
        "startColumnIndex": 14,
        "endColumnIndex": 16,
    }
    told = {"namedRangeId": named.id, "range": beside}
    google.google.write(google.id, [{"updateNamedRange": {"namedRange": told, "fields": "range"}}])

    google.changed(
        lambda book: book.replace_table(ENTRIES.name, entries_body("новая", "k3", "k1", "k2", "ещё"))
    )

    rows = google.book.read_table(COMPLETENESS.name).rows
    assert [[cell.text for cell in row] for row in rows] == [["Первая", "да"], ["Вторая", "нет"]]


# --- helpers


def sheet_of(google: OnGoogle) -> Any:
    return google.model.titled(ENTRIES_SHEET)


def fill(google: OnGoogle, address: str) -> object:
    row, column = int(address[1:]), "ABCDEFGH".index(address[0]) + 1
    return (sheet_of(google).at(row, column).format or {}).get("backgroundColorStyle")


def paint(google: OnGoogle, address: str, form: dict[str, Any]) -> None:
    row, column = int(address[1:]), "ABCDEFGH".index(address[0]) + 1
    start = {"sheetId": sheet_of(google).id, "rowIndex": row - 1, "columnIndex": column - 1}
    rows = [{"values": [{"userEnteredFormat": form}]}]
    request = {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredFormat"}}
    google.google.write(google.id, [request])
