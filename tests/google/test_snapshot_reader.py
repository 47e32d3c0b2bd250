"""A snapshot of a Google sheet becomes a book, and an independent count finds the same in it."""

from __future__ import annotations

import ast
import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from google_sheet import chip, day, error, formula, number, runs, text, truth
from hypothesis import given, settings
from hypothesis import strategies as st

import sheetsync.workbooks.google
from sheetsync.grid import Area, Book, Cell, Value, Visibility, a1
from sheetsync.merge.spelling import same_value
from sheetsync.workbooks import child
from sheetsync.workbooks.census import Item, ItemKind, census
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.google.snapshot import snapshot_bytes

Json = dict[str, Any]
A, B = "https://a.example/doc?x=1&y=2", "https://b.example/"


def sheet(
    *rows: list[Json], title: str = "Отчёт", number: int = 0, data: Json | None = None, **parts: Any
) -> Json:
    block = {"rowData": [{"values": row} for row in rows], **(data or {})}
    return {
        "properties": {"sheetId": number, "title": title, **parts.pop("properties", {})},
        "data": [block],
        **parts,
    }


def read(*sheets: Json, names: list[Json] | None = None) -> Book:
    copy = open_copy(snapshot_bytes({"sheets": [*sheets], "namedRanges": names or []}), "снимок")
    assert copy.book is not None, copy.findings
    return copy.book


def cell(given_: Json) -> Cell:
    return read(sheet([given_])).sheets[0].at(1, 1)


def counted(given_: Json) -> list[tuple[ItemKind, str]]:
    return [(one.kind, one.text) for one in census(snapshot_bytes({"sheets": [sheet([given_])]}))]


# --- values -----------------------------------------------------------------------------------------

VALUES: dict[str, tuple[Json, Value, str]] = {
    "a text": (text("  Педсовет,\nвторая строка  "), "  Педсовет,\nвторая строка  ", "  Педсовет,\nвторая строка  "),
    "a number that is text": (text("1.10"), "1.10", "1.10"),
    "a formula that is text": (text("=A1"), "=A1", "=A1"),
    "a whole number": (number(5.0, "5,00"), 5, "5"),
    "a fraction": (number(0.1), 0.1, "0.1"),
    "a great number": (number(1e21), 1e21, "1e+21"),
    "a percent": (number(0.5, "50%", "PERCENT"), 0.5, "0.5"),
    "a day": (day(date(2023, 3, 1)), date(2023, 3, 1), "44986"),
    "a day before Excel's own": (number(1, "31.12.1899", "DATE"), date(1899, 12, 31), "1"),
    "a day with an hour": (day(datetime(2023, 3, 1, 10, 30)), datetime(2023, 3, 1, 10, 30), "44986.4375"),
    "an hour": (number(0.4375, "10:30", "TIME"), time(10, 30), "0.4375"),
    "many hours": (number(1.1041666666666667, "26:30:00", "TIME", "[h]:mm:ss"), "26:30", "1.1041666666666667"),
    "hours of a whole course": (number(6, "144:00:00", "TIME", "[h]:mm:ss"), "144:00", "6"),
    "a day by its own format alone": (
        number(44986) | {"userEnteredFormat": {"numberFormat": {"type": "DATE"}}}, date(2023, 3, 1), "44986",
    ),
    "a day a formula gives": (
        formula("=TODAY()", number(44986, "01.03.2023") | {"effectiveFormat": {"numberFormat": {"type": "DATE"}}}),
        date(2023, 3, 1), "44986",
    ),
    "no day at all": (number(-5, "25.12.1899", "DATE"), -5, "-5"),
    "a day after all days": (number(3_000_000, "?", "DATE"), 3_000_000, "3000000"),
    "a tick": (truth(value=True), True, "1"),
    "no tick": (truth(value=False), False, "0"),
    "a broken reference": (error("REF", "=#REF!", "#REF!"), "#REF!", "#REF!"),
    "a division": (error("DIVIDE_BY_ZERO", "=1/0", ""), "#DIV/0!", "#DIV/0!"),
    "nothing found": (error("N_A", "=NA()", "#Н/Д"), "#Н/Д", "#Н/Д"),
    "an error of Google's own": (error("ERROR", "=(", "Ошибка"), "#ERROR!", "#ERROR!"),
    "a chip": (chip("Приказ.pdf", uri=A), "Приказ.pdf", "Приказ.pdf"),
    "a value spilled by a formula above": ({"effectiveValue": {"stringValue": "да"}, "formattedValue": "да"}, "да", "да"),
    "something only shown": ({"formattedValue": "[сводная]"}, "[сводная]", "[сводная]"),
}  # fmt: skip


@pytest.mark.parametrize("case", VALUES)
def test_a_value_is_read_as_it_is_and_counted_as_it_is_stored(case: str) -> None:
    given_, value, stored = VALUES[case]

    assert (cell(given_).value, type(cell(given_).value)) == (value, type(value))
    assert [one for kind, one in counted(given_) if kind is ItemKind.VALUE] == [stored]
    assert same_value(stored, cell(given_).text)


@pytest.mark.parametrize(
    "empty", [{}, text(""), text("  \n"), {"note": " "}, {"textFormatRuns": [{"startIndex": 1}]}]
)
def test_a_cell_that_says_nothing_is_none(empty: Json) -> None:
    assert read(sheet([empty])).sheets[0].cells == {}
    assert counted(empty) == []


def test_a_formula_nobody_computed_is_told_as_one() -> None:
    bare = {"userEnteredValue": {"formulaValue": "=B1*2"}}

    assert cell(bare) == Cell(None, "B1*2")
    assert counted(bare) == [(ItemKind.VALUE, "=B1*2")]


def test_a_formula_is_spelled_as_in_a_workbook_file() -> None:
    assert cell(formula('=IF(A2="а;б";1;2)', number(1))).formula == 'IF(A2="а;б",1,2)'


# --- links and notes --------------------------------------------------------------------------------

LINKS: dict[str, tuple[Json, tuple[str, ...]]] = {
    "on the whole cell": (text("приказ", hyperlink=A), (A,)),
    "on words of a text": (runs("приказ и справка", ("приказ", A), ("справка", B)), (A, B)),
    "twice the same": (runs("приказ и приказ", ("приказ", A)) | {"hyperlink": A}, (A,)),
    "of a file's chip": (chip("Приказ.pdf", uri=A), (A,)),
    "of a person's chip": (chip("Петрова", email="p@a.example"), ("mailto:p@a.example",)),
    "by a formula": (formula(f'=hyperlink("{A}"; "сайт")', text("сайт", hyperlink=A)), (A,)),
    "by a formula Google computed": (formula("=HYPERLINK(B1)", text("сайт", hyperlink=B)), (B,)),
    "within the spreadsheet": (text("сюда", hyperlink="#gid=0&range=A1"), ("#gid=0&range=A1",)),
    "an address in words": (text(f"см. {A}", hyperlink=A), ()),
    "an address with a slash added": (text("см. https://b.example", hyperlink=B), ()),
    "a mail in words": (text("p@a.example", hyperlink="mailto:p@a.example"), ()),
    "an address Google completed": (text("см. Rcro.example/Page", hyperlink="http://rcro.example/Page"), ()),
    "two addresses Google completed": (
        runs("сайт a.example, b.example", ("a.example", "http://a.example"), ("b.example", B)),
        (),
    ),
    "words that are another address": (text("a.example", hyperlink=B), (B,)),
    "on a number": (number(5, "5") | {"hyperlink": "https://a.example/5"}, ("https://a.example/5",)),
    "under no words": ({"hyperlink": A}, (A,)),
}


@pytest.mark.parametrize("case", LINKS)
def test_links_are_read_wherever_google_keeps_them(case: str) -> None:
    given_, links = LINKS[case]

    assert cell(given_).links == links
    assert tuple(one for kind, one in counted(given_) if kind is ItemKind.LINK) == links


def test_a_note_is_a_comment() -> None:
    given_ = text("да", note="Уточнить\nдату ")

    assert cell(given_).comment == "Уточнить\nдату "
    assert counted(given_) == [(ItemKind.VALUE, "да"), (ItemKind.COMMENT, "Уточнить\nдату ")]


# --- sheets, names, tables --------------------------------------------------------------------------


def test_a_spreadsheet_is_read_whole() -> None:
    first = sheet(
        [text("№"), text("Что"), {}],
        [number(1), text("да")],
        [],
        [{}, {}, text("далеко")],
        data={
            "rowMetadata": [{}, {"hiddenByUser": True}, {"hiddenByFilter": True}],
            "columnMetadata": [{}, {}, {"hiddenByUser": True}],
        },
        merges=[{"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 1, "endColumnIndex": 3}],
    )
    second = sheet(
        [text("там")],
        title="Как д'Артаньян",
        number=7,
        properties={"hidden": True},
        data={"startRow": 4, "startColumn": 2},
    )
    names = [
        {"name": "form_ready", "range": {"startRowIndex": 3, "endRowIndex": 4, "startColumnIndex": 8, "endColumnIndex": 9}},
        {"name": "область", "range": {"sheetId": 7, "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 28}},
        {"name": "потеряно", "range": {"sheetId": 99}},
        {"name": "tbl_report", "range": {"startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 2}},
        {"name": "tbl_open", "range": {"startRowIndex": 0, "startColumnIndex": 0}},
    ]  # fmt: skip
    book = read(first, second, names=names)
    one, other = book.sheets

    assert {a1(*at): cell_.text for at, cell_ in one.cells.items()} == {
        "A1": "№", "B1": "Что", "A2": "1", "B2": "да", "C4": "далеко",
    }  # fmt: skip
    assert (one.hidden_rows, one.hidden_columns, one.merges) == ({2, 3}, {3}, (Area(1, 2, 1, 3),))
    assert (one.visibility, other.visibility) == (Visibility.VISIBLE, Visibility.HIDDEN)
    assert other.at(5, 3).text == "там"
    assert book.names == {"form_ready": "'Отчёт'!$I$4", "область": "'Как д''Артаньян'!$A$1:$AB$2"}
    assert [(table.name, table.sheet, table.area.ref, table.columns) for table in book.tables] == [
        ("tbl_open", "Отчёт", "A1:C4", ("№", "Что", "")),
        ("tbl_report", "Отчёт", "A1:B4", ("№", "Что")),
    ]


def test_sheets_come_in_the_order_of_their_tabs() -> None:
    book = read(
        sheet(title="Второй", number=1, properties={"index": 1}),
        sheet(title="Первый", properties={"index": 0}),
    )

    assert [one.name for one in book.sheets] == ["Первый", "Второй"]


# --- an ordinary sheet is read here, a large one apart ------------------------------------------------


def test_an_ordinary_sheet_needs_no_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "worker", lambda: pytest.fail("a process was started"))
    rows = [[text(f"ответ {row}.{column}, и ещё") for column in range(14)] for row in range(300)]
    data = snapshot_bytes({"sheets": [sheet(*rows)]})

    assert open_copy(data, "снимок").book is not None
    assert len(census(data)) == 300 * 14


def test_a_large_sheet_is_read_and_counted_in_a_process_apart() -> None:
    rows = [[text(f"ответ {row}.{column}") for column in range(14)] for row in range(1_500)]
    data = snapshot_bytes({"sheets": [sheet(*rows)]})
    copy = open_copy(data, "снимок")

    assert copy.book is not None, copy.findings
    assert copy.book.sheets[0].at(1_500, 14).text == "ответ 1499.13"
    assert len(census(data)) == 1_500 * 14


# --- whatever is typed is counted -------------------------------------------------------------------

_WORDS = st.text(max_size=12) | st.sampled_from(["@", "#REF!", "1.10", "  ", "=A1", "https://a.example/1"])
_ADDRESSES = st.sampled_from([A, B, "https://a.example/1", "mailto:p@a.example", "#gid=5", "", "/"])
_NUMBERS = st.floats(-1e18, 1e18, allow_nan=False) | st.integers(-(10**16), 10**16) | st.floats(0, 60_000)
_SAID = st.one_of(
    st.builds(lambda words: {"stringValue": words}, _WORDS),
    st.builds(lambda value: {"numberValue": value}, _NUMBERS),
    st.builds(lambda value: {"boolValue": value}, st.booleans()),
    st.builds(
        lambda kind: {"errorValue": {"type": kind, "message": "?"}},
        st.sampled_from(["REF", "N_A", "LOADING", "?"]),
    ),
)
_FORMATS = st.fixed_dictionaries(
    {"type": st.sampled_from(["DATE", "TIME", "DATE_TIME", "PERCENT", "TEXT"])},
    optional={"pattern": st.sampled_from(["[h]:mm", "dd.mm.yyyy"])},
)
_CHIPS = st.one_of(
    st.builds(lambda uri: {"richLinkProperties": {"uri": uri}}, _ADDRESSES),
    st.builds(lambda mail: {"personProperties": {"email": mail}}, st.sampled_from(["p@a.example", ""])),
)
_CELLS = st.fixed_dictionaries(
    {},
    optional={
        "userEnteredValue": _SAID | st.builds(lambda words: {"formulaValue": f"={words}"}, _WORDS),
        "effectiveValue": _SAID,
        "formattedValue": _WORDS,
        "userEnteredFormat": st.fixed_dictionaries({}, optional={"numberFormat": _FORMATS}),
        "effectiveFormat": st.fixed_dictionaries({}, optional={"numberFormat": _FORMATS}),
        "hyperlink": _ADDRESSES,
        "note": _WORDS,
        "textFormatRuns": st.lists(
            st.builds(lambda uri: {"format": {"link": {"uri": uri}}}, _ADDRESSES)
            | st.just({"startIndex": 1}),
            max_size=3,
        ),
        "chipRuns": st.lists(
            st.builds(lambda inside: {"chip": inside}, _CHIPS) | st.just({"startIndex": 1}), max_size=2
        ),
    },
)
_INDEXES = st.integers(0, 40)
_RANGES = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ("sheetId", "startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"), _INDEXES
    ),
)
_SHEETS = st.fixed_dictionaries(
    {},
    optional={
        "data": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "startRow": _INDEXES,
                    "startColumn": _INDEXES,
                    "rowData": st.lists(
                        st.builds(lambda cells: {"values": cells}, st.lists(_CELLS, max_size=3)), max_size=3
                    ),
                    "rowMetadata": st.lists(st.sampled_from([{}, {"hiddenByUser": True}]), max_size=3),
                },
            ),
            max_size=1,
        ),
        "protectedRanges": st.lists(st.builds(lambda place: {"range": place}, _RANGES), max_size=2),
    },
)
_NAMES = st.lists(
    st.builds(lambda name, place: {"name": name, "range": place}, _WORDS | st.just("tbl_x"), _RANGES),
    max_size=3,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_SHEETS, min_size=1, max_size=3), _NAMES)
def test_whatever_google_answers_is_read_and_all_of_it_is_counted(
    sheets: list[Json], names: list[Json]
) -> None:
    for place, one in enumerate(sheets):
        one["properties"] = {"sheetId": place, "title": f"Лист {place}", "index": place}
    data = snapshot_bytes({"sheets": sheets, "namedRanges": names})
    copy = open_copy(data, "снимок")

    assert copy.book is not None, copy.findings
    assert sorted((one.sheet, one.cell, one.kind) for one in census(data)) == sorted(_places(copy.book))
    for item in census(data):
        _agrees(item, copy.book)


def _places(book: Book) -> list[tuple[str, str, ItemKind]]:
    found = []
    for one in book.sheets:
        for at, cell_ in one.cells.items():
            kinds = [ItemKind.VALUE] * (cell_.text.strip() != "" or cell_.formula is not None)
            kinds += [ItemKind.LINK] * len(cell_.links) + [ItemKind.COMMENT] * bool(cell_.comment)
            found += [(one.name, a1(*at), kind) for kind in kinds]
    return found


def _agrees(item: Item, book: Book) -> None:
    """What was counted is what was read, in the same words or as the same value."""
    (own,) = (one for one in book.sheets if one.name == item.sheet)
    cell_ = next(cell for at, cell in own.cells.items() if a1(*at) == item.cell)
    match item.kind:
        case ItemKind.VALUE if cell_.text.strip():
            assert same_value(item.text, cell_.text)
        case ItemKind.LINK:
            assert item.text in cell_.links
        case ItemKind.COMMENT:
            assert item.text == cell_.comment


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _WORDS,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(
        st.sampled_from(["sheets", "properties", "data", "rowData", "values", "title", "note", "userEnteredValue", "range"]), inside, max_size=4
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(_JSON)
def test_no_content_of_a_strangers_snapshot_stops_the_others(content: Any) -> None:
    text_ = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    data = b'{"sheetsync":"google-snapshot/1","spreadsheet":' + text_.encode("utf-8", "surrogatepass") + b"}"
    copy = open_copy(data, "чужой")

    assert {one.code for one in copy.findings} <= {"F105", "F106"}
    assert (copy.book is None) is bool(copy.findings)
    census(data)


def test_the_count_shares_no_code_with_the_reader() -> None:
    folder = Path(sheetsync.workbooks.google.__file__).parent
    tree = ast.parse((folder / "census_google.py").read_text(encoding="utf-8"))
    ours = {
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and "sheetsync" in str(node.module)
    }

    assert ours == {"sheetsync.workbooks.census_items"}
