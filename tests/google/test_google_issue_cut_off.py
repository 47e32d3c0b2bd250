"""The computer is switched off after any request: the next run ends as if nothing had happened."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import pytest
from google_campaign import Story, email, new_campaign, quick_district
from power_cuts import CutOff, cut_off_after

from sheetsync.campaign.files import journal_of
from sheetsync.model import Event
from sheetsync_emulator.faults import meanwhile
from sheetsync_emulator.shelf import Shelf

FIRST, SECOND = "Назначение координатора в каждой школе", "Два координатора"
BATCH = "POST .*:batchUpdate"
TABS = ["Отчёт", "Показатели", "Что исправлено", "Как заполнять", "_sheetsync"]


@dataclass
class Moment:
    """A campaign and its Google as they were, to begin from again and again."""

    story: Story
    shelf: Shelf

    @contextmanager
    def again(self, folder: Path) -> Iterator[Story]:
        shutil.rmtree(folder, ignore_errors=True)
        emulator = self.story.district.emulator
        emulator.shelf = deepcopy(self.shelf)
        emulator.shelf.clock = emulator.clock
        emulator.log.clear()
        yield Story(self.story.district, Path(shutil.copytree(self.story.place, folder)))


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moment]:
    """One school, and nothing issued."""
    with quick_district() as district:
        story = Story(district, new_campaign(tmp_path_factory.mktemp("ready"), 1))
        story.by_google()
        yield Moment(story, deepcopy(district.emulator.shelf))


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moment]:
    """The school has answered in its sheet, then the plan was worded anew."""
    with quick_district() as district:
        story = Story(district, new_campaign(tmp_path_factory.mktemp("answered"), 1))
        story.by_google()
        story.issue()
        story.type("S01", "1.1", status="выполнено", info="Назначен")
        story.later(20)
        story.word_anew(FIRST, SECOND)
        yield Moment(story, deepcopy(district.emulator.shelf))


def check_issued(story: Story) -> None:
    """One sheet, one invitation, one link, one line in the journal, and the form as it should be."""
    assert [file.name for file in story.files()] == ["S01 Липовская СОШ"]
    assert [one.to for one in story.district.emulator.shelf.letters] == [email("S01")]
    assert story.sheets()["S01"].file in story.row("S01")["link"]
    answer = story.answer("S01")
    assert [one["properties"]["title"] for one in answer["sheets"]] == TABS
    assert [len(one.get("protectedRanges", ())) for one in answer["sheets"]] == [1, 1, 1, 1, 1]
    with journal_of(story.campaign) as journal:
        lines = [one for one in journal.lines() if one.event is Event.ISSUED]
    assert len({one.run for one in lines}) == len(lines)


def test_issuing(ready: Moment, tmp_path: Path) -> None:
    for calls in range(1, 99):
        with ready.again(tmp_path / "place") as story:
            try:
                with cut_off_after(story, calls):
                    story.issue()
            except CutOff:
                result = story.issue()
                assert result.findings == ()
                check_issued(story)
                story.district.emulator.log.clear()
                story.issue()
                assert story.district.calls() == 1
                continue
        break

    assert calls > 8


def test_issuing_again(answered: Moment, tmp_path: Path) -> None:
    """The new form takes the place of the old one, with the school's answers in it."""
    for calls in range(1, 99):
        with answered.again(tmp_path / "place") as story:
            try:
                with cut_off_after(story, calls):
                    story.issue()
            except CutOff:
                result = story.issue()
                assert result.findings == ()
                check_issued(story)
                row = story.shown("S01", "1.1")
                assert (row["title"], row["info"]) == (SECOND, "Назначен")
                continue
        break

    assert calls > 6


def test_collecting(answered: Moment, tmp_path: Path) -> None:
    """What was read before the cut is not read again, and the свод is the same."""
    for calls in range(1, 99):
        with answered.again(tmp_path / "place") as story:
            try:
                with cut_off_after(story, calls):
                    story.consolidate()
            except CutOff:
                found = story.consolidate().consolidation
                said = [one.entry.text("info") for one in found.outcomes if one.entry]
                assert said == ["Назначен", "", ""]
                continue
        break

    assert calls == 3


def test_typing_in_the_very_moment_of_the_cut(answered: Moment, tmp_path: Path) -> None:
    """The school types after our last look, the batch arrives, and then the power is gone."""
    with answered.again(tmp_path / "place") as story:
        late = meanwhile(BATCH, lambda: story.type("S01", "1.2", info="В последний миг"))
        story.district.emulator.faults.append(late)
        calls_before_the_batch, calls_of_the_school = 5, 3
        with pytest.raises(CutOff), cut_off_after(story, calls_before_the_batch + calls_of_the_school + 1):
            story.issue()

        result = story.issue()

        assert [one.code for one in result.findings] == ["G626"]
        assert story.shown("S01", "1.2")["info"] == "В последний миг"
        assert story.shown("S01", "1.1")["info"] == "Назначен"
        check_issued(story)
