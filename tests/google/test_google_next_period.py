"""A programme of two years whose schools work in Google: the sheet of a school begins its second year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from google_campaign import GOOD, ORDER, Story, codes, quick_district
from google_district import GoogleDistrict

from sheetsync import campaign
from sheetsync.model import Status, Verdict

PROGRAMME = (
    ORDER.replace("на 2026 год", "на 2026-2027 годы")
    .replace("До 01.02.2026", "До 01.12.2026")
    .replace("Февраль 2026", "Ежегодно, февраль")
)
YEARLY, ONCE = "1.2", "1.1"
SECOND_YEAR = date(2027, 12, 15)


@pytest.fixture
def district() -> Iterator[GoogleDistrict]:
    with quick_district() as district:
        yield district


@pytest.fixture
def story(district: GoogleDistrict, tmp_path: Path) -> Story:
    """The first year is filled and closed, the forms of the second are not out yet."""
    order = tmp_path / "Приказ № 8.txt"
    order.write_text(f"{PROGRAMME}1. МБОУ «Липовская СОШ».\n", encoding="utf-8")
    place = tmp_path / "Тенистый"
    campaign.new_campaign(place, order, datetime(2026, 11, 22, 8, 0, tzinfo=UTC))
    story = Story(district, place)
    story.by_google()
    story.issue()
    story.later(5)
    for number in (ONCE, YEARLY):
        story.type("S01", number, **GOOD)
    story.later(30)
    story.consolidate()
    story.later(30)
    campaign.next_period(place, story.now, google=story.office)
    story.later(30)
    return story


def second_year(story: Story) -> campaign.ConsolidateResult:
    return campaign.consolidate(story.place, SECOND_YEAR, story.now, google=story.office)


def statuses(result: campaign.ConsolidateResult) -> dict[str, Status | None]:
    plan = result.consolidation.plan
    return {
        row.number: one.status for one in result.consolidation.outcomes if (row := plan.row(one.activity))
    }


def test_the_sheet_asks_the_second_year_without_the_answers_of_the_first(story: Story) -> None:
    story.issue()

    shown = story.shown("S01", YEARLY)
    assert (shown["status"], shown["info"], shown["document"]) == ("", "", "")
    with pytest.raises(StopIteration):
        story.shown("S01", ONCE)


def test_the_second_year_is_read_from_the_same_sheet(story: Story) -> None:
    story.issue()
    story.later(5)
    story.type("S01", YEARLY, **(GOOD | {"info": "Сделано на второй год."}))
    story.later(30)

    result = second_year(story)

    assert statuses(result) == {YEARLY: Status.DONE, "2.1": None}
    assert "V220" not in codes(result.consolidation.findings)
    assert "S802" not in codes(result.consolidation.findings)


def test_the_first_year_is_not_read_again(story: Story) -> None:
    result = second_year(story)

    assert statuses(result) == {YEARLY: None, "2.1": None}
    assert {one.verdict for one in result.consolidation.files} == {Verdict.SKIPPED}


def test_what_a_school_types_into_the_closed_year_is_told_and_kept(story: Story) -> None:
    story.type("S01", "2.1", **GOOD)
    story.later(30)
    story.issue()
    story.later(30)

    result = second_year(story)

    assert codes(result.consolidation.findings).count("V220") == 1
    assert story.shown("S01", "2.1")["info"] == ""
    assert all(line.unaccounted == 0 for line in result.consolidation.ledger)
