"""Accepted rows of a living sheet are closed, and opened again when they are accepted no longer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from google_campaign import codes, email, quick_district
from returned_remarks import READS, WRITES, Moment, Review

from sheetsync.columns import COMPLETENESS
from sheetsync.model import Consolidation, ReviewState, SchoolState
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.google.port import GoogleRefused
from sheetsync_emulator.faults import meanwhile

REMARK = "Приложите приказ о назначении"


@pytest.fixture(scope="module")
def moment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moment]:
    with quick_district() as district:
        yield Moment.of(Review.begun(district, tmp_path_factory.mktemp("begun")))


@pytest.fixture
def story(moment: Moment, tmp_path: Path) -> Review:
    return moment.again(tmp_path)


def is_closed(story: Review, code: str, number: str) -> bool:
    """Whether the school may not write into the answers of a row."""
    said = story.shown(code, number)["info"]
    try:
        story.type(code, number, info=said)
    except GoogleRefused:
        return True
    return False


def state(story: Review, code: str, key: str = "state") -> str:
    """«Состояние отчёта» of a school in «Полнота»."""
    table = ExcelFile.from_bytes(story.campaign.workbook.read_bytes()).read_table(COMPLETENESS.name)
    name = next(one.short_name for one in story.plan.participants if one.code == code)
    headers = [COMPLETENESS.column(one).header for one in ("participant", key)]
    rows = [[row[table.headers.index(one)].text for one in headers] for row in table.rows]
    return next(told for who, told in rows if who == name)


def review(found: Consolidation, number: str) -> ReviewState | None:
    (key,) = [row.key for row in found.plan.rows if row.number == number]
    return next(one.review for one in found.outcomes if one.activity == key)


def test_two_rounds_until_all_is_accepted(tmp_path: Path) -> None:
    """What is sent is judged in ``test_there_and_back_again``."""
    with quick_district() as district:
        story = Review.begun(district, tmp_path, 1)
        story.decide("S01", "1.1", "на доработку", REMARK)
        story.decide("S01", "1.2", "принято", "")
        first = story.return_remarks()
        assert (first.sheets.put, first.sheets.closed) == (1, 1)
        assert story.shown("S01", "1.1")["remark"] == f"На доработку: {REMARK}"
        assert is_closed(story, "S01", "1.2")
        assert not is_closed(story, "S01", "1.1")

        story.type("S01", "1.1", info="Назначен приказом № 5")
        mended = story.add_up()
        assert review(mended, "1.1") is ReviewState.MENDED

        story.decide("S01", "1.1", "на доработку", "Номер приказа другой")
        story.return_remarks()
        assert story.shown("S01", "1.1")["remark"] == "На доработку: Номер приказа другой"
        story.type("S01", "1.1", info="Назначен приказом № 6")
        story.add_up()
        for number in ("1.1", "2.1"):
            story.decide("S01", number, "принято", "")
        last = story.return_remarks()
        assert (last.sheets.taken, last.sheets.closed) == (1, 2)
        assert all(is_closed(story, "S01", number) for number in ("1.1", "1.2", "2.1"))
        story.add_up()

        assert state(story, "S01") == SchoolState.ACCEPTED


def test_a_decision_withdrawn_opens_the_row_again(story: Review) -> None:
    story.decide("S01", "1.1", "принято", "")
    story.return_remarks()
    story.decide("S01", "1.1", "не проверено", "")

    result = story.return_remarks()

    assert not is_closed(story, "S01", "1.1")
    assert (result.sheets.closed, result.sheets.opened) == (0, 1)


def test_the_tick_and_other_rows_stay_open(story: Review) -> None:
    story.decide("S01", "1.1", "принято", "")
    story.return_remarks()

    story.tick("S01")
    assert story.is_ticked("S01")
    assert not is_closed(story, "S01", "1.2")
    with pytest.raises(GoogleRefused):
        story.type("S01", "1.2", by=email("S01"), title="Своё")


def test_closed_rows_cost_nothing_the_next_time(story: Review) -> None:
    story.decide("S01", "1.1", "принято", "")
    story.return_remarks()
    story.district.emulator.log.clear()

    again = story.return_remarks()

    assert story.district.calls() == 0
    assert (again.sheets.closed, again.sheets.opened) == (0, 0)


def test_a_row_that_moved_is_closed_where_it_is(story: Review) -> None:
    story.move_row("S01", "2.1", "1.1")
    story.decide("S01", "2.1", "принято", "")

    story.return_remarks()

    assert is_closed(story, "S01", "2.1")
    assert not is_closed(story, "S01", "1.1")


def test_rows_that_move_between_reading_and_closing(story: Review) -> None:
    """The next look puts it right: the accepted row is closed, the one in its old place is not."""
    story.decide("S01", "2.1", "принято", "")
    fault = meanwhile(WRITES, lambda: story.insert_row("S01", "1.1"), times=1)
    story.district.emulator.faults.append(fault)

    story.return_remarks()

    assert is_closed(story, "S01", "2.1")
    assert not is_closed(story, "S01", "1.2")


def test_a_sheet_without_protection_is_told(story: Review) -> None:
    story.unprotect("S01")
    story.decide("S01", "1.1", "принято", "")

    result = story.return_remarks()

    assert codes(result.findings) == ["S842"]
    assert result.sheets.closed == 0


def test_a_form_issued_anew_closes_its_accepted_rows_again(story: Review) -> None:
    story.decide("S01", "1.1", "принято", "")
    story.return_remarks()
    story.word_anew("Дополнительные занятия по математике", "Занятия по математике")
    story.issue()
    assert not is_closed(story, "S01", "1.1")

    story.return_remarks()

    assert is_closed(story, "S01", "1.1")
    assert story.district.calls(READS)
