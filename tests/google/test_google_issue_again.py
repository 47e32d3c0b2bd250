"""The plan changed: a school's sheet gets the new form with the school's own answers in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from google_campaign import Story, codes, email, new_campaign, quick_district
from google_district import GoogleDistrict

from sheetsync.model import Status
from sheetsync_emulator import faults

FIRST = "Назначение координатора в каждой школе"
WORDED = "Назначение координатора и его заместителя"
BATCH = "POST .*:batchUpdate"


@pytest.fixture
def district() -> Iterator[GoogleDistrict]:
    with quick_district() as district:
        yield district


@pytest.fixture
def story(district: GoogleDistrict, tmp_path: Path) -> Story:
    """A school has answered one row and written a link, then the plan was worded anew."""
    story = Story(district, new_campaign(tmp_path, 1))
    story.by_google()
    story.issue()
    story.later(5)
    story.type("S01", "1.1", status="выполнено", info="Назначен", link="https://school.example.org/1.pdf")
    story.later(5)
    story.word_anew(FIRST, WORDED)
    return story


def titles(story: Story) -> list[str]:
    return [one["properties"]["title"] for one in story.answer("S01")["sheets"]]


def said(story: Story) -> dict[str, tuple[Status | None, str]]:
    """Status and information of every row of the свод, by number."""
    story.later(30)
    found = story.consolidate().consolidation
    numbers = {row.key: row.number for row in found.plan.rows}
    return {
        numbers[one.activity]: (one.status, one.entry.text("info") if one.entry else "")
        for one in found.outcomes
    }


def test_answers_stand_in_the_new_form(story: Story) -> None:
    sheets = titles(story)

    result = story.issue()

    assert result.findings == ()
    assert result.sheets.written == ("S01 Липовская СОШ",)
    row = story.shown("S01", "1.1")
    assert row["title"] == WORDED
    assert (row["status"], row["info"], row["link"]) == (
        "выполнено",
        "Назначен",
        "https://school.example.org/1.pdf",
    )
    assert titles(story) == sheets
    assert len(story.files()) == 1


def test_the_older_issue_stays_as_a_closed_copy(story: Story) -> None:
    story.issue()
    story.type("S01", "1.2", status="в работе", info="Собираем данные")

    rows = said(story)
    files = story.consolidate().consolidation.files

    assert rows["1.1"] == (Status.DONE, "Назначен")
    assert rows["1.2"] == (Status.IN_PROGRESS, "Собираем данные")
    assert [one.issue for one in story.readings()] == [1, 2, 2]
    assert [one.participant for one in files] == ["S01", "S01"]


def test_an_answer_taken_back_in_the_new_form_is_taken_back(story: Story) -> None:
    story.issue()
    story.type("S01", "1.2", info="Собираем данные")
    story.type("S01", "1.1", info="")

    assert said(story)["1.1"] == (Status.DONE, "")


def test_an_answer_changed_in_the_new_form_wins(story: Story) -> None:
    story.issue()
    story.type("S01", "1.1", info="Назначен приказом")

    assert said(story)["1.1"] == (Status.DONE, "Назначен приказом")


def test_the_day_of_the_first_answer_stays(story: Story) -> None:
    story.later(60 * 24 * 3)
    story.issue()
    story.type("S01", "1.2", status="в работе")
    story.later(30)

    found = story.consolidate().consolidation

    assert {one.received_on.day for one in found.files if one.received_on} == {22}


def test_what_is_typed_while_the_form_is_replaced_is_not_lost(story: Story) -> None:
    """Between our reading of the sheet and our writing."""
    typing = faults.meanwhile(BATCH, lambda: story.type("S01", "1.2", status="в работе", info="Только что"))
    story.district.emulator.faults.append(typing)

    result = story.issue()

    row = story.shown("S01", "1.2")
    assert (row["status"], row["info"]) == ("в работе", "Только что")
    assert story.shown("S01", "1.1")["info"] == "Назначен"
    assert codes(result.findings) == ["G626"]
    assert len(titles(story)) == 5
    assert said(story)["1.2"] == (Status.IN_PROGRESS, "Только что")


def test_a_school_that_types_all_the_time(story: Story) -> None:
    """It is told, nothing is lost, and the next issue goes on."""
    words = iter(range(99))
    typing = faults.meanwhile(
        "POST .*:batchUpdate", lambda: story.type("S01", "1.2", info=f"Правка {next(words)}"), times=99
    )
    typing.match = r"POST (?!.*nothing).*:batchUpdate"
    story.district.emulator.faults.append(typing)
    typing.times = 6

    first = story.issue()
    story.district.emulator.faults.clear()
    last = story.shown("S01", "1.2")["info"]
    second = story.issue()

    assert "G626" in codes(first.findings)
    assert codes(second.findings) in ([], ["G626"])
    assert story.shown("S01", "1.2")["info"] >= last
    assert len(titles(story)) == 5


def test_a_change_that_touches_one_school_leaves_the_others_alone(
    district: GoogleDistrict, tmp_path: Path
) -> None:
    story = Story(district, new_campaign(tmp_path, 2))
    story.by_google()
    story.issue()
    story.participants("S01", name="МБОУ «Липовская школа»")
    district.emulator.log.clear()

    result = story.issue()

    assert result.sheets.written == ("S01 Липовская СОШ",)
    assert result.sheets.same == ("S02 Кленовская СОШ",)
    assert district.calls(f"{story.sheets()['S02'].file}") == 0


def test_a_sheet_that_was_deleted_is_made_anew_with_its_answers(story: Story) -> None:
    story.later(30)
    story.consolidate()
    story.district.office.remove(story.sheets()["S01"].file)

    result = story.issue()

    assert result.sheets.written == ("S01 Липовская СОШ",)
    assert story.shown("S01", "1.1")["info"] == "Назначен"
    assert story.sheets()["S01"].file in story.row("S01")["link"]
    assert said(story)["1.1"] == (Status.DONE, "Назначен")


@pytest.mark.parametrize(
    "title", ["Заметки (прежняя форма)", "Отчёт (прежняя форма)", "отчёт (Прежняя форма)"]
)
def test_a_sheet_of_the_school_with_the_title_of_our_copy_stays(story: Story, title: str) -> None:
    """Its title is taken, so the copy of the form gets another one, and only the copy goes."""
    file = story.sheets()["S01"].file
    own = {"addSheet": {"properties": {"sheetId": 777, "title": title}}}
    words = [{"values": [{"userEnteredValue": {"stringValue": "Наше"}}]}]
    start = {"sheetId": 777, "rowIndex": 0, "columnIndex": 0}
    typed = {"updateCells": {"start": start, "rows": words, "fields": "userEnteredValue"}}
    story.district.as_user(email("S01")).write(file, [own, typed])
    sheets = titles(story)

    result = story.issue()
    kept = next(one for one in story.answer("S01")["sheets"] if one["properties"]["sheetId"] == 777)

    assert codes(result.findings) == []
    assert titles(story) == sheets
    assert kept["data"][0]["rowData"][0]["values"][0]["formattedValue"] == "Наше"
    assert story.shown("S01", "1.1")["info"] == "Назначен"
    assert story.shown("S01", "1.1")["title"] == WORDED


def test_two_long_titles_that_are_cut_alike(story: Story) -> None:
    """A title in Google has a hundred letters at most; that of a copy is made to fit."""
    file = story.sheets()["S01"].file
    for number, last in enumerate("аб", 777):
        own = {"properties": {"sheetId": number, "title": "Приложение " * 9 + last}}
        story.district.as_user(email("S01")).write(file, [{"addSheet": own}])
    sheets = titles(story)

    assert story.issue().findings == ()
    assert titles(story) == sheets


def test_the_sheet_of_the_form_was_deleted(story: Story) -> None:
    """Nothing is written into what is left, and how to bring the sheet back is said plainly."""
    delete = {"deleteSheet": {"sheetId": story.sheet_id("S01")}}
    story.district.office.write(story.sheets()["S01"].file, [delete])
    left = titles(story)

    result = story.issue()

    assert [(one.code, dict(one.params)["what"]) for one in result.findings] == [
        ("G623", "листа «Отчёт» в ней нет — верните его в самой таблице: «Файл» → «История версий»")
    ]
    assert titles(story) == left


def test_the_sheet_of_the_form_was_renamed(story: Story) -> None:
    """It gets its own name back, with the new form and the answers in it."""
    renamed = {"sheetId": story.sheet_id("S01"), "title": "Наш отчёт"}
    change = {"updateSheetProperties": {"properties": renamed, "fields": "title"}}
    story.district.office.write(story.sheets()["S01"].file, [change])

    assert story.issue().findings == ()
    assert story.shown("S01", "1.1")["info"] == "Назначен"
    assert "Наш отчёт" not in titles(story)
