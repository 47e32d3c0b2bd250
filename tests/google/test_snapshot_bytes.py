"""A snapshot of a Google sheet: the same content gives the same bytes, and nothing anybody typed is left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from google_sheet import chip, day, error, formula, number, runs, text, truth

from markdown_book import xlsx_from
from sheetsync.intake.sniff import is_snapshot
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.google.snapshot import SNAPSHOT_FIELDS, snapshot_bytes
from sheetsync.workbooks.google.snapshot_protection import is_protected
from sheetsync_emulator.masks import select

Json = dict[str, Any]


def answer(*cells: Json, **parts: Any) -> Json:
    """Google's answer about a sheet with one row of cells, and a thousand empty ones below."""
    return {
        "properties": {"title": "S01", "locale": "ru_RU", "timeZone": "Europe/Moscow"},
        "sheets": [
            {
                "properties": {
                    "sheetId": 0, "title": "Отчёт", "index": 0, "gridProperties": {"rowCount": 1000, "columnCount": 20},
                },
                "data": [{"rowData": [{"values": [*cells]}], "rowMetadata": [{}] * 1000, "columnMetadata": [{}] * 20}],
                **parts,
            },
            {"properties": {"sheetId": 5, "title": "Ещё", "index": 1}, "data": [{}]},
        ],
        "namedRanges": [
            {"namedRangeId": "a", "name": "form_ready", "range": {"startRowIndex": 0, "endRowIndex": 1}},
            {"namedRangeId": "b", "name": "tbl_report", "range": {"sheetId": 5, "startRowIndex": 1}},
        ],
    }  # fmt: skip


BASE = answer(text("да", note="так"), number(5), formula("=A1", text("да")))


def turned(change: Callable[[Json], object]) -> Json:
    other = deepcopy(BASE)
    change(other)
    return other


def cell_of(one: Json, place: int = 0) -> Json:
    found: Json = one["sheets"][0]["data"][0]["rowData"][0]["values"][place]
    return found


NOT_CONTENT: dict[str, Callable[[Json], object]] = {
    "the title and the zone": lambda one: one["properties"].update(title="S01 копия", timeZone="Etc/GMT"),
    "the order of sheets": lambda one: one["sheets"].reverse(),
    "the order of names": lambda one: one["namedRanges"].reverse(),
    "ids of names": lambda one: one["namedRanges"][0].update(namedRangeId="z"),
    "a zero that is written": lambda one: one["namedRanges"][0]["range"].update(sheetId=0, startColumnIndex=0),
    "the size of the grid": lambda one: one["sheets"][0]["properties"]["gridProperties"].update(rowCount=2000),
    "rows nobody hid": lambda one: one["sheets"][0]["data"][0].update(rowMetadata=[{"hiddenByUser": False}]),
    "empty cells with a format": lambda one: one["sheets"][0]["data"][0]["rowData"].append(
        {"values": [{"userEnteredFormat": {"numberFormat": {"type": "DATE"}}}]}
    ),
    "an erased text": lambda one: one["sheets"][0]["data"][0]["rowData"].append({"values": [text("")]}),
    "how a number is shown": lambda one: cell_of(one, 1).update(formattedValue="5,00", effectiveFormat={"numberFormat": {"type": "NUMBER"}}),
    "a whole number with a point": lambda one: cell_of(one, 1).update(userEnteredValue={"numberValue": 5.0}, effectiveValue={"numberValue": 5.0}),
    "letters made bold": lambda one: cell_of(one).update(textFormatRuns=[{"startIndex": 1, "format": {}}]),
    "a warning before writing": lambda one: one["sheets"][0].update(protectedRanges=[{"range": {}, "warningOnly": True}]),
    "a protected corner": lambda one: one["sheets"][0].update(protectedRanges=[{"range": {"endRowIndex": 6}}]),
}  # fmt: skip

CONTENT: dict[str, Callable[[Json], object]] = {
    "a word": lambda one: cell_of(one).update(text("Да")),
    "a space": lambda one: cell_of(one).update(text("да ")),
    "a number made text": lambda one: cell_of(one, 1).update(text("5")),
    "a number made a date": lambda one: cell_of(one, 1).update(number(5, "04.01.1900", "DATE")),
    "a formula": lambda one: cell_of(one, 2).update(formula("=A1&A1", text("да"))),
    "what a formula gives": lambda one: cell_of(one, 2).update(formula("=A1", text("нет"))),
    "an error": lambda one: cell_of(one, 2).update(error("REF", "=#REF!", "#REF!")),
    "a tick": lambda one: cell_of(one, 1).update(truth(value=False)),
    "a note": lambda one: cell_of(one).update(note="не так"),
    "a link": lambda one: cell_of(one).update(hyperlink="https://a.example"),
    "a link on a word": lambda one: cell_of(one).update(runs("да", ("а", "https://a.example"))),
    "a file as a chip": lambda one: cell_of(one).update(chip("Приказ.pdf", uri="https://drive.example/1")),
    "a person as a chip": lambda one: cell_of(one).update(chip("Петрова", email="p@shkola.example")),
    "a cell": lambda one: one["sheets"][0]["data"][0]["rowData"].append({"values": [{}, day(date(2026, 2, 1))]}),
    "a row hidden": lambda one: one["sheets"][0]["data"][0]["rowMetadata"].__setitem__(6, {"hiddenByUser": True}),
    "a row filtered out": lambda one: one["sheets"][0]["data"][0]["rowMetadata"].__setitem__(6, {"hiddenByFilter": True}),
    "a tab renamed": lambda one: one["sheets"][0]["properties"].update(title="Отчет"),
    "a tab hidden": lambda one: one["sheets"][1]["properties"].update(hidden=True),
    "a name moved": lambda one: one["namedRanges"][0]["range"].update(startRowIndex=1, endRowIndex=2),
    "cells merged": lambda one: one["sheets"][0].update(merges=[{"endRowIndex": 2, "endColumnIndex": 2}]),
    "the sheet protected": lambda one: one["sheets"][0].update(protectedRanges=[{"range": {"sheetId": 0}}]),
}  # fmt: skip


@pytest.mark.parametrize("change", NOT_CONTENT)
def test_what_changes_no_content_changes_no_byte(change: str) -> None:
    other = turned(NOT_CONTENT[change])

    assert json.dumps(other) != json.dumps(BASE)
    assert snapshot_bytes(other) == snapshot_bytes(BASE)


@pytest.mark.parametrize("change", CONTENT)
def test_whatever_a_person_changes_changes_the_bytes(change: str) -> None:
    assert snapshot_bytes(turned(CONTENT[change])) != snapshot_bytes(BASE)


def test_an_answer_stays_as_it_was() -> None:
    before = deepcopy(BASE)
    snapshot_bytes(BASE)

    assert before == BASE


def test_a_snapshot_of_a_snapshot_is_the_same() -> None:
    """It is written in Google's own words, so it can be read as an answer once more."""
    data = snapshot_bytes(BASE)

    assert snapshot_bytes(json.loads(data)["spreadsheet"]) == data


def test_a_thousand_empty_rows_cost_nothing() -> None:
    assert len(snapshot_bytes(BASE)) < 1_000


def test_a_snapshot_is_known_by_its_beginning() -> None:
    assert is_snapshot(snapshot_bytes(BASE))
    assert not is_snapshot(b'{"sheets": []}')
    assert not is_snapshot(xlsx_from("| да |"))


def test_half_a_character_spoils_no_snapshot() -> None:
    """Half of an emoji cannot be written down; the rest of the sheet must be."""
    data = snapshot_bytes(answer(text("класс \ud83d")))
    book = open_copy(data, "снимок").book

    assert book
    assert book.sheets[0].at(1, 1).text == "класс ?"


def test_the_mask_asks_for_every_field_that_is_kept() -> None:
    every = turned(lambda one: [change(one) for change in CONTENT.values()])

    assert snapshot_bytes(select(every, SNAPSHOT_FIELDS)) == snapshot_bytes(every)


# --- protection -------------------------------------------------------------------------------------

WHOLE = {
    "range": {"sheetId": 5},
    "unprotectedRanges": [{"startRowIndex": 6}],
    "editors": {"users": ["o@a.example"]},
}


@pytest.mark.parametrize(
    ("protections", "is_kept"),
    [
        ([WHOLE], True),
        ([{"range": {"sheetId": 5, "endRowIndex": 4}}, WHOLE], True),
        ([], False),
        ([{"range": {"sheetId": 5, "endRowIndex": 4}}], False),
        ([{**WHOLE, "warningOnly": True}], False),
        ([{"namedRangeId": "a"}], False),
    ],
)
def test_a_sheet_of_answers_without_its_protection_is_seen(protections: list[Json], is_kept: bool) -> None:
    """«Ещё» holds the table of answers in this spreadsheet; that another tab is protected is no help."""
    protected = turned(lambda one: one["sheets"][1].update(protectedRanges=protections))
    protected["sheets"][0]["protectedRanges"] = [{"range": {"sheetId": 0}}]

    assert is_protected(snapshot_bytes(protected)) is is_kept


def test_without_the_name_of_the_table_any_protected_tab_will_do() -> None:
    assert is_protected(
        snapshot_bytes({**answer(text("да"), protectedRanges=[{"range": {}}]), "namedRanges": []})
    )
    assert not is_protected(snapshot_bytes({**BASE, "namedRanges": []}))
