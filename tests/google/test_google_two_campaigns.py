"""Two campaigns made from one order work under one Google account, each with its own files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from google_campaign import Story, new_campaign, quick_district
from google_district import GoogleDistrict

from sheetsync.campaign import ConsolidateResult
from sheetsync.campaign.files import journal_of
from sheetsync.campaign.google.marks import LONGEST_PAIR, CampaignMarks
from sheetsync.settings import YES
from sheetsync.workbooks.google.port import DriveFile


@pytest.fixture
def district() -> Iterator[GoogleDistrict]:
    with quick_district() as district:
        yield district


def new_story(district: GoogleDistrict, folder: Path) -> Story:
    story = Story(district, new_campaign(folder, 2))
    story.by_google(google_publish=YES)
    return story


def collected(story: Story) -> tuple[set[str], ConsolidateResult]:
    """What the schools inform of in the свод."""
    story.later(20)
    result = story.consolidate()
    return {one.entry.text("info") for one in result.consolidation.outcomes if one.entry}, result


def on_drive(story: Story) -> list[DriveFile]:
    """Every file of a plan on Drive, folders and district spreadsheets too, of all its campaigns."""
    return list(story.district.office.marked({"sheetsync_plan": story.plan.plan_id}))


def campaign_of(story: Story) -> str | None:
    with journal_of(story.campaign) as journal:
        return journal.google.campaign(story.plan.plan_id)


def test_a_second_campaign_of_the_same_order_has_sheets_of_its_own(
    district: GoogleDistrict, tmp_path: Path
) -> None:
    first, second = new_story(district, tmp_path / "first"), new_story(district, tmp_path / "second")
    assert first.plan.plan_id == second.plan.plan_id

    first.issue()
    first.type("S01", "1.1", status="выполнено", info="В первой кампании")
    second.issue()
    said, of_first = collected(first)
    other, of_second = collected(second)

    assert "В первой кампании" in said
    assert "В первой кампании" not in other
    assert second.shown("S01", "1.1")["info"] == ""
    assert not {one.id for one in first.files()} & {one.id for one in second.files()}
    assert not {one.file for one in first.sheets().values()} & {one.file for one in second.sheets().values()}
    assert [len(one.files()) for one in (first, second)] == [3, 3]
    assert len(on_drive(first)) == 8
    assert of_first.consolidation.findings != ()
    assert sum(one.unaccounted for one in of_second.consolidation.ledger) == 0


def test_the_second_campaign_loses_its_journal(district: GoogleDistrict, tmp_path: Path) -> None:
    """Its links tell which of the sheets with the code of the plan are its own; nothing is made twice."""
    first, second = new_story(district, tmp_path / "first"), new_story(district, tmp_path / "second")
    for story in (first, second):
        story.issue()
    second.type("S01", "1.1", info="Во второй кампании")
    own, files = campaign_of(second), {one.file for one in second.sheets().values()}
    (second.campaign.state / "journal.sqlite").unlink()
    made = len(on_drive(second))

    second.issue()

    assert campaign_of(second) == own != campaign_of(first)
    assert {one.file for one in second.sheets().values()} == files
    assert second.shown("S01", "1.1")["info"] == "Во второй кампании"
    assert len(on_drive(second)) == made


def test_the_second_campaign_has_a_journal_from_before_its_sheets(
    district: GoogleDistrict, tmp_path: Path
) -> None:
    first, second = new_story(district, tmp_path / "first"), new_story(district, tmp_path / "second")
    first.issue()
    with journal_of(second.campaign):
        pass
    shutil.copy(second.campaign.state / "journal.sqlite", tmp_path / "backup")
    second.issue()
    second.type("S02", "1.1", info="Во второй кампании")
    own = campaign_of(second)
    shutil.copy(tmp_path / "backup", second.campaign.state / "journal.sqlite")

    said, _ = collected(second)
    second.issue()

    assert "Во второй кампании" in said
    assert campaign_of(second) == own
    assert len(second.files()) == 3


def test_a_campaign_moved_to_another_computer_keeps_its_sheets(
    district: GoogleDistrict, tmp_path: Path
) -> None:
    here = new_story(district, tmp_path / "here")
    here.issue()
    shutil.move(here.place, tmp_path / "there")
    there = Story(district, tmp_path / "there")

    result = there.issue()

    assert result.sheets.written == ()
    assert len(on_drive(there)) == 3


@pytest.mark.parametrize("code", ["S01", "Школа" * 40])
def test_every_mark_is_one_drive_can_keep(code: str) -> None:
    marks = CampaignMarks("план" * 40, "0" * 16)
    file = DriveFile("1", "", 1, None, "", "", marks.participant(code))

    for one in (marks.folder, marks.district, marks.participant(code)):
        assert all(len(f"{key}{value}".encode()) <= LONGEST_PAIR for key, value in one.items())
    assert marks.is_of(file, code)
    assert not marks.is_of(file, f"{code}1")
