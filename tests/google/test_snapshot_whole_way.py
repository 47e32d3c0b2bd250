"""The whole way of a form: issued, put into the emulator, filled by the school's own account, read back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from google_sheet import GoogleSheet
from openpyxl.comments import Comment
from snapshot_copies import SCHOOL, Campaign, InFile, district, new_campaign, outcome, written
from translated_office import SCHOOL_MAIL, GoogleCopy, Office

from sheetsync.columns import FORM_SHEET, FormCell
from sheetsync.grid import a1
from sheetsync.model import Verdict
from sheetsync.settings import YES
from sheetsync.workbooks.census import census
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.google.port import Json
from sheetsync.workbooks.google.snapshot import SNAPSHOT_FIELDS, snapshot_bytes
from sheetsync.workbooks.google.snapshot_protection import is_protected
from sheetsync_emulator.people import Person

LINK = "https://shkola.example/prikaz?n=5"


@dataclass
class Desk:
    """A school at its sheet."""

    office: Office
    sheet: GoogleCopy
    form: GoogleSheet

    @classmethod
    def of(cls, form: bytes, *, judged: bool = False) -> Desk:
        office = Office(judged=judged)
        desk = cls(office, office.issue(form), GoogleSheet.of(form))
        office.share(desk.sheet.id, SCHOOL_MAIL)
        return desk

    @property
    def school(self) -> Person:
        return self.office.emulator.person(SCHOOL_MAIL)

    def snapshot(self) -> bytes:
        return snapshot_bytes(
            self.office.ask("GET", f"/v4/spreadsheets/{self.sheet.id}?fields={SNAPSHOT_FIELDS}")
        )

    def place(self, number: str, column: str) -> tuple[int, int]:
        """Row and column of an answer in the form as it was issued, from 1."""
        return self.form.row_of(number), self.form.column_of(column)

    def types(self, number: str, column: str, words: Any) -> None:
        self.school.types(self.sheet.id, f"{FORM_SHEET}!{a1(*self.place(number, column))}", words)

    def puts(self, number: str, column: str, cell: Json, fields: str) -> None:
        """What is not typed: a note, a link on a word."""
        row, at = self.place(number, column)
        where = {
            "sheetId": self.sheet.sheet(FORM_SHEET)["properties"]["sheetId"],
            "rowIndex": row - 1,
            "columnIndex": at - 1,
        }
        update = {"updateCells": {"start": where, "rows": [{"values": [cell]}], "fields": fields}}
        self.school.edits(self.sheet.id, update)

    def answers_well(self, campaign: Campaign) -> None:
        for number, answer in district.all_good(campaign.place, SCHOOL).items():
            for column, value in answer.items():
                self.types(number, column, f"{value:%d.%m.%Y}" if isinstance(value, datetime) else value)


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return new_campaign(tmp_path_factory.mktemp("way"))


def test_a_form_put_into_google_says_there_what_it_said_in_its_file(campaign: Campaign) -> None:
    """Its words, numbers and dates are counted alike; what its formulas show is calculated there."""
    data = Desk.of(campaign.form, judged=True).snapshot()
    sent = {(one.sheet, one.cell, one.kind): one.text for one in census(campaign.form)}
    now = {(one.sheet, one.cell, one.kind): one.text for one in census(data)}

    assert now.keys() == sent.keys()
    assert [at for at in now if now[at] != sent[at] and not sent[at].startswith("=")] == []


def test_its_names_tables_merges_and_hidden_parts_are_those_of_the_file(campaign: Campaign) -> None:
    google, file = (open_copy(data, "").book for data in (Desk.of(campaign.form).snapshot(), campaign.form))
    assert google
    assert file

    assert google.names == file.names
    assert set(google.tables) == set(file.tables)
    for there, here in zip(google.sheets, file.sheets, strict=True):
        assert (there.name, set(there.merges)) == (here.name, set(here.merges))
        assert (there.hidden_rows, there.hidden_columns) == (here.hidden_rows, here.hidden_columns)
        assert (there.visibility == "visible") is (here.visibility == "visible")


def test_a_sheet_nobody_touched_has_nothing_to_account_for(campaign: Campaign) -> None:
    desk = Desk.of(campaign.form)
    copy = campaign.received(desk.snapshot())

    assert [line.filled for line in campaign.consolidated(copy).ledger] == [0]
    assert is_protected(desk.snapshot())


def test_an_answer_taken_back_leaves_no_trace(campaign: Campaign) -> None:
    desk = Desk.of(campaign.form)
    before = desk.snapshot()
    desk.types("1.1", "info", "Поспешили")
    after = desk.snapshot()
    desk.types("1.1", "info", "")

    assert after != before
    assert desk.snapshot() == before


Typed = Callable[[Desk], None]
CASES: dict[str, tuple[Typed, InFile]] = {
    "nothing more": (lambda _: None, lambda _: None),
    "a number that is text": (
        lambda desk: desk.types("2.1", "info", "1.10"),
        written("2.1", "info", "1.10"),
    ),
    "a date in a text column": (
        lambda desk: desk.types("1.1", "document", "30.01.2026"),
        written("1.1", "document", "30.01.2026"),
    ),
    "a date as words": (
        lambda desk: desk.types("1.1", "done_on", "в феврале"),
        written("1.1", "done_on", "в феврале"),
    ),
    "a date in another order": (
        lambda desk: desk.types("1.1", "done_on", "2026-02-03"),
        written("1.1", "done_on", datetime(2026, 2, 3), number_format="dd.mm.yyyy"),
    ),
    "lines, emoji and spaces": (
        lambda desk: desk.types("2.1", "info", "Занятия\nпо средам 🙂, 5\u00a0классы"),
        written("2.1", "info", "Занятия\nпо средам 🙂, 5\u00a0классы"),
    ),
    "an address": (lambda desk: desk.types("1.1", "link", LINK), written("1.1", "link", LINK)),
    "a note": (
        lambda desk: desk.puts("1.1", "info", {"note": "Уточню у завуча"}, "note"),
        written("1.1", "info", district.GOOD["info"], comment=Comment("Уточню у завуча", "")),
    ),
    "a link on words": (
        lambda desk: desk.puts(
            "1.1",
            "link",
            {
                "userEnteredValue": {"stringValue": "приказ на сайте"},
                "textFormatRuns": [{"format": {"link": {"uri": LINK}}}, {"startIndex": 6, "format": {}}],
            },
            "userEnteredValue,textFormatRuns",
        ),
        written("1.1", "link", "приказ на сайте", hyperlink=LINK),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_school_that_fills_its_sheet_is_read_as_one_that_sends_a_file(
    case: str, campaign: Campaign
) -> None:
    in_google, in_the_file = CASES[case]
    desk = Desk.of(campaign.form)
    desk.answers_well(campaign)
    in_google(desk)

    google = outcome(campaign, desk.snapshot())

    assert google == outcome(campaign, campaign.file(in_the_file))
    assert google["verdict"] is Verdict.ACCEPTED
    assert google["ledger"][0][-1] == 0


def test_the_tick_of_the_form_is_a_report_that_is_ready(campaign: Campaign) -> None:
    """Ticked it holds the word of the form; taken back, nothing."""
    desk = Desk.of(campaign.form)
    place = next(one for one in desk.sheet.answer["namedRanges"] if one["name"] == FormCell.READY)["range"]
    cell = f"{FORM_SHEET}!{a1(place['startRowIndex'] + 1, place['startColumnIndex'] + 1)}"

    desk.school.types(desk.sheet.id, cell, YES)
    (ticked,) = campaign.received(desk.snapshot()).submissions
    desk.school.types(desk.sheet.id, cell, "")
    (unticked,) = campaign.received(desk.snapshot()).submissions

    assert (ticked.declared_ready, unticked.declared_ready) == (True, False)


def test_rows_deleted_and_a_tab_renamed_by_the_office_are_found_again(campaign: Campaign) -> None:
    desk = Desk.of(campaign.form)
    desk.answers_well(campaign)
    row, _ = desk.place("2.2", "status")
    sheet = desk.sheet.sheet(FORM_SHEET)["properties"]["sheetId"]
    lines = {"sheetId": sheet, "dimension": "ROWS", "startIndex": row - 1, "endIndex": row}
    renamed = {"properties": {"sheetId": sheet, "title": "Отчет 2026"}, "fields": "title"}
    desk.office.batch(
        desk.sheet.id, [{"deleteDimension": {"range": lines}}, {"updateSheetProperties": renamed}]
    )
    copy = campaign.received(desk.snapshot())
    (part,) = copy.submissions

    assert is_protected(desk.snapshot())
    assert len(part.entries) == len(campaign.plan.rows_of(SCHOOL)) - 1
    assert all(entry.fields["status"].text == district.GOOD["status"] for entry in part.entries)
    assert [line.unaccounted for line in campaign.consolidated(copy).ledger] == [0]
