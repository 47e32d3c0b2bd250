"""The district spreadsheet in a consolidation, and both buttons pressed in an open workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google_campaign import Story, codes, new_campaign, quick_district
from google_district import GoogleDistrict

from open_book import OpenBook
from sheetsync import campaign
from sheetsync.columns import ENTRIES, PARTICIPANTS, Action, KitCell
from sheetsync.settings import YES
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.google.snapshot import SNAPSHOT_FIELDS, snapshot_bytes
from sheetsync.workbooks.port import TableRows
from sheetsync_emulator import faults

SNAPSHOTS, LISTING, BATCH = "GET /v4/spreadsheets", "GET /drive/v3/files", "POST .*:batchUpdate"


@pytest.fixture
def district() -> Iterator[GoogleDistrict]:
    with quick_district() as district:
        yield district


@pytest.fixture
def story(district: GoogleDistrict, tmp_path: Path) -> Story:
    """One school has answered; the свод is to be shown in Google, and was shown once."""
    story = Story(district, new_campaign(tmp_path, 1))
    story.by_google(google_publish=YES)
    story.issue()
    story.type("S01", "1.1", status="выполнено", info="Сделано")
    story.later(20)
    story.consolidate()
    district.emulator.log.clear()
    return story


def district_file(story: Story) -> str:
    (file,) = [one.id for one in story.files() if one.id != story.sheets()["S01"].file]
    return file


def test_a_press_with_a_district_spreadsheet_costs_one_read_and_one_batch(story: Story) -> None:
    story.type("S01", "1.2", status="в работе", info="Идёт")
    story.later(16)
    story.district.emulator.log.clear()

    story.consolidate()

    assert story.district.calls(LISTING) == 1
    assert story.district.calls(SNAPSHOTS) == 2
    assert story.district.calls(BATCH) == 1
    assert story.district.calls() == 4


def test_the_run_says_where_the_district_spreadsheet_is(story: Story) -> None:
    shown = story.consolidate()
    story.settings(google_publish="нет")
    unasked = story.consolidate()

    assert district_file(story) in shown.shown_at
    assert unasked.shown_at == ""


def test_a_district_spreadsheet_that_cannot_be_written_fails_nothing(story: Story) -> None:
    story.type("S01", "1.2", status="в работе", info="Идёт")
    story.later(16)
    refused = faults.forbidden(f"POST /v4/spreadsheets/{district_file(story)}", times=9)
    story.district.emulator.faults.append(refused)

    result = story.consolidate()

    assert codes(result.findings) == ["G617"]
    assert result.written_to == story.campaign.workbook
    assert "Идёт" in texts(
        ExcelFile.from_bytes(story.campaign.workbook.read_bytes()).read_table(ENTRIES.name)
    )


def test_a_district_spreadsheet_that_cannot_be_read_fails_nothing(story: Story) -> None:
    refused = faults.forbidden(f"GET /v4/spreadsheets/{district_file(story)}", times=9)
    story.district.emulator.faults.append(refused)
    story.type("S01", "1.2", status="в работе", info="Идёт")
    story.later(16)

    result = story.consolidate()

    assert codes(result.findings) == ["G617"]
    assert result.written_to == story.campaign.workbook


def test_a_decision_made_in_google_is_in_the_book(story: Story) -> None:
    file = district_file(story)
    book = open_copy(snapshot_bytes(story.district.office.read(file, SNAPSHOT_FIELDS)), "").book
    assert book is not None
    (table,) = [one for one in book.tables if one.name == ENTRIES.name]
    column = table.area.left + table.columns.index(ENTRIES.column("decision").header)
    decision = ENTRIES.column("decision").choices[0]
    sheets = story.district.office.read(file, "sheets(properties(sheetId,title))")["sheets"]
    (number,) = [one["properties"]["sheetId"] for one in sheets if one["properties"]["title"] == table.sheet]
    place = {"sheetId": number, "rowIndex": table.area.top, "columnIndex": column - 1}
    cells = [{"values": [{"userEnteredValue": {"stringValue": decision}}]}]
    typed = {"updateCells": {"start": place, "rows": cells, "fields": "userEnteredValue"}}
    story.district.office.write(file, [typed])

    result = story.consolidate()
    again = story.consolidate()

    assert [one.decision.verdict for one in result.consolidation.outcomes if one.decision.verdict] == [
        decision
    ]
    assert decision in texts(
        ExcelFile.from_bytes(story.campaign.workbook.read_bytes()).read_table(ENTRIES.name)
    )
    assert again.written_to is None
    told = [one for one in campaign.history(story.place) if one.became.text == decision]
    assert len(told) == 1


def texts(table: TableRows) -> set[str]:
    return {cell.text for row in table.rows for cell in row}


# --- buttons


@pytest.fixture
def signed_in(district: GoogleDistrict, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user of this computer has signed in to Google."""

    def connected(*_: Any) -> Any:
        return district.office

    monkeypatch.setattr("sheetsync.campaign.google.signing_in.signed_in", connected)


@pytest.mark.usefixtures("signed_in")
def test_buttons_in_an_open_workbook(district: GoogleDistrict, tmp_path: Path) -> None:
    story = Story(district, new_campaign(tmp_path, 1))
    story.by_google()
    book = OpenBook.opened(story.campaign.workbook)
    on_disk = story.campaign.workbook.read_bytes()

    issued = campaign.press(Action.ISSUE, book, story.now)
    story.type("S01", "1.1", status="выполнено", info="Сделано")
    story.later(20)
    collected = campaign.press(Action.CONSOLIDATE, book, story.now)

    assert "Таблицы Google: новых и обновлённых 1, без изменений 0." in issued.sentence
    assert not issued.needs_user
    assert any(story.sheets()["S01"].file in one for one in texts(book.read_table(PARTICIPANTS.name)))
    assert "Сделано" in texts(book.read_table(ENTRIES.name))
    assert book.read_named(KitCell.STATUS).text == collected.sentence
    assert story.campaign.workbook.read_bytes() == on_disk


@pytest.mark.usefixtures("signed_in")
def test_commands_sign_in_as_the_user(district: GoogleDistrict, tmp_path: Path) -> None:
    story = Story(district, new_campaign(tmp_path, 1))
    story.by_google()

    result = campaign.issue_forms(story.place, story.now)

    assert result.sheets.written == ("S01 Липовская СОШ",)
