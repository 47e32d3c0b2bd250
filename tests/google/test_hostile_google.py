"""What befalls a campaign in Google beside its schools: the journal is lost, old or of another computer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from google_campaign import Story, codes, email, new_campaign, quick_district
from google_district import GoogleDistrict

from sheetsync.campaign import ConsolidateResult
from sheetsync.columns import FORM_SHEET
from sheetsync.workbooks.google.snapshot import SNAPSHOT_FIELDS

WORDED = ("Назначение координатора в каждой школе", "Назначение куратора в каждой школе")
FILES = "https://www.googleapis.com/drive/v3/files"


@pytest.fixture
def district() -> Iterator[GoogleDistrict]:
    with quick_district() as district:
        yield district


@pytest.fixture
def story(district: GoogleDistrict, tmp_path: Path) -> Story:
    """Two schools in Google; the first has answered one row, and that was collected."""
    story = Story(district, new_campaign(tmp_path, 2))
    story.by_google()
    story.issue()
    story.type("S01", "1.1", status="выполнено", info="Первое")
    story.later(20)
    story.consolidate()
    return story


def journal(story: Story) -> Path:
    return story.campaign.state / "journal.sqlite"


def said(result: ConsolidateResult, code: str = "S01") -> set[str]:
    """What the свод says a school informs of."""
    return {
        one.entry.text("info")
        for one in result.consolidation.outcomes
        if one.participant == code and one.entry
    }


def typed_then_journal_lost(story: Story) -> str:
    """The school adds an answer, and the journal goes; which spreadsheet it was in."""
    story.type("S01", "1.2", info="Второе")
    story.later(20)
    file = story.sheets()["S01"].file
    journal(story).unlink()
    return file


def write(story: Story, file: str, number: str, info: str) -> None:
    """The first school writes into a spreadsheet that looks like its sheet."""
    _, columns, row = story._row("S01", number)
    sheets = (one["properties"] for one in story.district.office.read(file, SNAPSHOT_FIELDS)["sheets"])
    place = {
        "sheetId": next(one["sheetId"] for one in sheets if one["title"] == FORM_SHEET),
        "rowIndex": row - 1,
        "columnIndex": columns["info"] - 1,
    }
    words = [{"values": [{"userEnteredValue": {"stringValue": info}}]}]
    typed = {"updateCells": {"start": place, "rows": words, "fields": "userEnteredValue"}}
    story.district.as_user(email("S01")).write(file, [typed])


# --- the journal is lost or old


def test_without_its_journal_the_svod_still_reads_the_sheets(story: Story) -> None:
    """The links on «Участники» tell that there are sheets; their marks on Drive tell which."""
    file = typed_then_journal_lost(story)

    result = story.consolidate()

    assert said(result) >= {"Первое", "Второе"}
    assert story.sheets()["S01"].file == file
    assert sum(one.unaccounted for one in result.consolidation.ledger) == 0


def test_a_form_issued_without_the_journal_keeps_the_answers(story: Story) -> None:
    """The plan changed too: the form is replaced, what the school wrote is not."""
    typed_then_journal_lost(story)
    story.word_anew(*WORDED)

    issued = story.issue()

    assert issued.sheets.findings == ()
    assert [story.shown("S01", number)["info"] for number in ("1.1", "1.2")] == ["Первое", "Второе"]
    assert story.shown("S01", "1.1")["title"] == WORDED[1]
    assert len(story.files()) == 2


def test_forms_issued_again_at_once_without_the_journal(story: Story) -> None:
    """The plan is the same: what stands in the sheet is still the school's report, not the office's words."""
    typed_then_journal_lost(story)

    story.issue()
    story.later(20)
    seen = story.consolidate()

    assert said(seen) == {"Первое", "Второе", ""}
    assert "G610" not in {one.code for one in seen.consolidation.findings if one.participant == "S01"}
    assert sum(one.unaccounted for one in seen.consolidation.ledger) == 0


def test_a_journal_from_before_the_second_issue(story: Story, tmp_path: Path) -> None:
    """Restored from a backup it knows an older form than the sheets hold."""
    shutil.copy(journal(story), tmp_path / "backup")
    story.word_anew(*WORDED)
    story.issue()
    story.type("S01", "1.2", info="Второе")
    story.later(20)
    shutil.copy(tmp_path / "backup", journal(story))

    seen = story.consolidate()
    story.issue()
    story.later(20)
    again = story.consolidate()

    assert said(seen) >= {"Первое", "Второе"}
    assert said(again) >= {"Первое", "Второе"}
    assert len(story.files()) == 2


# --- a sheet comes back


def test_a_school_writes_in_the_sheet_that_came_back_from_the_bin(story: Story) -> None:
    """It has the old link; meanwhile it was given another sheet."""
    old = story.sheets()["S01"].file
    bin_ = story.district.office._http
    bin_.ask("PATCH", f"{FILES}/{old}", {}, {"trashed": True})
    story.issue()
    bin_.ask("PATCH", f"{FILES}/{old}", {}, {"trashed": False})
    write(story, old, "1.2", "В прежней")
    story.later(20)

    result = story.consolidate()

    assert said(result) >= {"Первое", "В прежней"}
    assert "M705" in codes(result.consolidation.findings, "S01")


def test_a_copy_a_school_made_takes_the_place_of_the_sheet_that_is_gone(story: Story) -> None:
    """Drive copies our marks with the file: what the school wrote in its copy stays."""
    school, old = story.district.as_user(email("S01")), story.sheets()["S01"].file
    copy = school._http.ask("POST", f"{FILES}/{old}/copy", {}, {"name": "Копия"})["id"]
    whom = {"type": "user", "role": "writer", "emailAddress": story.district.office.account()}
    school._http.ask("POST", f"{FILES}/{copy}/permissions", {}, whom)
    write(story, copy, "1.2", "В копии")
    story.district.office._http.ask("PATCH", f"{FILES}/{old}", {}, {"trashed": True})

    story.issue()
    story.later(20)
    result = story.consolidate()

    assert story.sheets()["S01"].file == copy
    assert said(result) >= {"Первое", "В копии"}


# --- originals are lost


def test_a_sheet_is_read_again_when_the_store_lost_what_it_held(story: Story) -> None:
    shutil.rmtree(story.campaign.originals)

    result = story.consolidate()
    story.word_anew(*WORDED)
    issued = story.issue()

    assert "Первое" in said(result)
    assert "S832" not in codes(result.consolidation.findings)
    assert issued.sheets.findings == ()
    assert story.shown("S01", "1.1")["info"] == "Первое"


# --- words of the form are no answers


def test_a_form_issued_anew_says_nothing_for_the_school(story: Story) -> None:
    """The sheet is read in the very run that wrote the form into it."""
    story.word_anew(*WORDED)
    story.issue()

    assert strange(story.consolidate()) == []


def test_a_sheet_beside_a_form_that_was_sent_as_a_file(story: Story) -> None:
    """The channel was switched: the two forms word their help otherwise."""
    story.participants("S01", channel="Excel")
    story.issue()
    story.type("S01", "1.2", info="Второе")
    story.later(20)

    result = story.consolidate()

    assert strange(result) == []
    assert said(result) >= {"Первое", "Второе"}


def test_the_words_of_a_form_nobody_remembers(story: Story) -> None:
    typed_then_journal_lost(story)

    assert strange(story.consolidate()) == []


def strange(result: ConsolidateResult) -> list[str]:
    """Texts outside the table that are said to be the school's."""
    return [one.text for one in result.consolidation.unplaced]


def test_hours_of_a_century_add_up(story: Story) -> None:
    """A day that carries the format of a duration is more than a million hours."""
    _, columns, row = story._row("S01", "1.2")
    looks = {"numberFormat": {"type": "TIME", "pattern": "[h]:mm"}}
    start = {"sheetId": story.sheet_id("S01"), "rowIndex": row - 1, "columnIndex": columns["info"] - 1}
    cells = [{"values": [{"userEnteredValue": {"numberValue": 46054.5}, "userEnteredFormat": looks}]}]
    typed = {"start": start, "rows": cells, "fields": "userEnteredValue,userEnteredFormat.numberFormat"}
    story.district.office.write(story.sheets()["S01"].file, [{"updateCells": typed}])
    story.later(20)

    result = story.consolidate()

    assert sum(one.unaccounted for one in result.consolidation.ledger) == 0
    assert "S802" not in codes(result.consolidation.findings)
