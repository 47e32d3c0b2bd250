"""When a watch does what: told of the time and of everything that happened, nothing sleeps."""

from __future__ import annotations

import itertools

import pytest

from sheetsync.campaign.watching.arrivals import PATIENCE, QUIET, Arrivals, Mark
from sheetsync.campaign.watching.schedule import (
    AWAY_LONGEST,
    FAILED_AGAIN,
    FAILED_LONGEST,
    GLANCE,
    GONE,
    GOOGLE_REST,
    HELD_AGAIN,
    HELD_TOLD,
    LIST_EVERY,
    LOOK_EVERY,
    OPEN_AGAIN,
    OPEN_LONGEST,
    TICK_EVERY,
    Cause,
    Deed,
    Outcome,
    Poll,
    Schedule,
)

WHOLE = Mark(20_000, 1)


# --- what lies in the folder


def test_files_that_arrive_together_are_collected_together() -> None:
    arrivals = Arrivals()
    arrivals.saw({"a.xlsx": WHOLE}, now=0)
    arrivals.saw({"a.xlsx": WHOLE, "b.xlsx": WHOLE}, now=3)

    assert arrivals.due() == 3 + QUIET
    assert arrivals.new == ("a.xlsx", "b.xlsx")
    arrivals.take()
    assert arrivals.due() is None


def test_a_file_that_grows_is_waited_for() -> None:
    arrivals = Arrivals()
    for second in range(20):
        arrivals.saw({"a.xlsx": Mark(second * 1000 + 1, second)}, now=second)

    assert arrivals.due() == 19 + QUIET


def test_a_stream_of_files_that_does_not_end_is_collected_all_the_same() -> None:
    arrivals = Arrivals()
    for second in range(300):
        arrivals.saw({f"{one}.xlsx": WHOLE for one in range(second + 1)}, now=second)

    assert arrivals.due() == PATIENCE


@pytest.mark.parametrize("name", ["a.xlsx.crdownload", "a.XLSX.PART", "папка/a.tmp"])
def test_what_a_browser_still_loads_is_waited_for(name: str) -> None:
    arrivals = Arrivals()
    arrivals.saw({name: WHOLE, "b.xlsx": WHOLE}, now=0)
    assert arrivals.due() == PATIENCE

    arrivals.saw({"a.xlsx": WHOLE, "b.xlsx": WHOLE}, now=10)
    assert arrivals.due() == 10 + QUIET
    assert arrivals.new == ("a.xlsx", "b.xlsx")


def test_an_empty_file_is_one_that_just_begins() -> None:
    arrivals = Arrivals()
    arrivals.saw({"a.xlsx": Mark(0, 1)}, now=0)

    assert arrivals.due() == PATIENCE


def test_a_file_that_goes_again_leaves_nothing_to_collect() -> None:
    arrivals = Arrivals()
    arrivals.saw({"a.xlsx": WHOLE}, now=0)
    arrivals.saw({}, now=1)

    assert arrivals.due() is None


def test_a_file_taken_out_or_replaced_is_news_too() -> None:
    arrivals = Arrivals()
    arrivals.saw({"a.xlsx": WHOLE, "b.xlsx": WHOLE}, now=0)
    arrivals.take()
    arrivals.saw({"b.xlsx": Mark(20_000, 2)}, now=50)

    assert arrivals.new == ("a.xlsx", "b.xlsx")
    assert arrivals.due() == 50 + QUIET


# --- a watch


class Watch:
    """A schedule and its clock; time passes only as it says."""

    def __init__(self, *, tick: bool = False, sheets: bool = False) -> None:
        self.schedule, self.now = Schedule(), 0.0
        self.files: dict[str, Mark] = {}
        self.is_open = False
        self.versions: dict[str, int] = {"S01": 1}
        self.done: list[tuple[float, Deed]] = []
        self.runs: list[tuple[float, Cause]] = []
        self.outcomes: list[Outcome] = []
        self.is_asked = False
        self.answers: list[tuple[float, str]] = []
        self.schedule.tick.switch(tick, 0)
        self.schedule.listing.switch(sheets, 0)

    def until(self, end: float) -> None:
        """Let the time pass."""
        while True:
            match self.schedule.next(self.now):
                case Deed() as deed:
                    self.done.append((self.now, deed))
                    self.do(deed)
                case seconds if self.now + seconds <= end:
                    assert seconds > 0
                    self.now += seconds
                case _:
                    self.now = end
                    return

    def do(self, deed: Deed) -> None:
        schedule = self.schedule
        match deed:
            case Deed.LOOK:
                schedule.saw(self.files, is_open=self.is_open, now=self.now)
            case Deed.TICK:
                if self.is_asked:
                    schedule.asked(self.now)
                schedule.tick.answered(self.now)
            case Deed.ANSWER:
                self.answers.append((self.now, schedule.answer or ""))
                schedule.answer, self.is_asked = None, False
                schedule.tick.answered(self.now)
            case Deed.LIST:
                schedule.listed(self.versions)
                schedule.listing.answered(self.now)
            case Deed.RUN:
                self.runs.append((self.now, schedule.cause()))
                schedule.began()
                outcome = self.outcomes.pop(0) if self.outcomes else Outcome.DONE
                schedule.ended(outcome, outcome.name, 1, self.now)

    def arrives(self, name: str) -> None:
        self.files = {**self.files, name: WHOLE}
        self.schedule.stirred()


def test_it_begins_with_collecting_what_there_is() -> None:
    watch = Watch(tick=True, sheets=True)
    watch.files = {"a.xlsx": WHOLE}
    watch.until(0)

    assert [deed for _, deed in watch.done] == [Deed.LOOK, Deed.TICK, Deed.LIST, Deed.RUN]
    watch.until(40)
    assert watch.runs == [(0, Cause.BEGIN)]


def test_hundred_files_in_a_second_are_one_run() -> None:
    watch = Watch()
    watch.until(100)
    for number in range(100):
        watch.arrives(f"{number}.xlsx")
        watch.until(100 + number / 100)
    watch.until(500)

    assert [cause for _, cause in watch.runs] == [Cause.BEGIN, Cause.FOLDER]
    assert watch.runs[1][0] <= 101 + GLANCE + QUIET


def test_a_shared_disk_that_tells_nothing_is_looked_at_once_a_minute() -> None:
    watch = Watch()
    watch.until(100)
    watch.files = {"a.xlsx": WHOLE}
    watch.until(100 + LOOK_EVERY + QUIET)

    assert [cause for _, cause in watch.runs] == [Cause.BEGIN, Cause.FOLDER]


def test_an_hour_of_nothing_costs_two_small_requests_a_minute() -> None:
    """1.3 reads a minute of the tick of the 60 there are, and a listing every three minutes."""
    watch = Watch(tick=True, sheets=True)
    watch.until(3600)

    asked = [deed for _, deed in watch.done]
    assert asked.count(Deed.TICK) == 3600 / TICK_EVERY + 1
    assert asked.count(Deed.LIST) == 3600 / LIST_EVERY + 1
    assert asked.count(Deed.RUN) == 1


def test_a_storm_of_edits_in_google_is_a_run_in_five_minutes() -> None:
    watch = Watch(sheets=True)
    for second in range(0, 3600, 10):
        watch.versions = {"S01": second}
        watch.until(second)

    causes = [cause for _, cause in watch.runs]
    assert causes == [Cause.BEGIN] + [Cause.GOOGLE] * (len(causes) - 1)
    moments = [at for at, _ in watch.runs]
    assert all(later - earlier >= GOOGLE_REST for earlier, later in itertools.pairwise(moments))
    assert len(moments) >= 3600 / (GOOGLE_REST + LIST_EVERY)


def test_a_sheet_that_cannot_be_read_does_not_make_it_run_for_ever() -> None:
    watch = Watch(sheets=True)
    watch.versions = {"S01": 7}
    watch.until(3600)

    assert len(watch.runs) == 1


def test_what_a_file_brings_is_not_collected_again_for_google() -> None:
    watch = Watch(sheets=True)
    watch.until(10)
    watch.versions = {"S01": 2}
    watch.until(LIST_EVERY)
    watch.arrives("a.xlsx")
    watch.until(3600)

    assert [cause for _, cause in watch.runs] == [Cause.BEGIN, Cause.FOLDER]


def test_the_tick_is_answered_at_once() -> None:
    watch = Watch(tick=True)
    watch.until(50)
    watch.is_asked = True
    watch.until(50 + TICK_EVERY)

    (asked_at, cause), answered = watch.runs[-1], watch.answers
    assert cause is Cause.TICK
    assert answered == [(asked_at, "DONE")]


def test_a_run_that_failed_answers_the_tick_too_and_is_tried_again() -> None:
    watch = Watch(tick=True)
    watch.is_asked = True
    watch.outcomes = [Outcome.FAILED, Outcome.FAILED]
    watch.until(3600)

    assert watch.answers == [(0, "FAILED")]
    assert watch.runs == [
        (0, Cause.TICK),
        (FAILED_AGAIN, Cause.AGAIN),
        (FAILED_AGAIN + 2 * FAILED_AGAIN, Cause.AGAIN),
    ]


def test_a_campaign_another_run_has_is_waited_for_and_so_is_the_answer() -> None:
    watch = Watch(tick=True)
    watch.is_asked = True
    watch.outcomes = [Outcome.HELD] * 3
    watch.until(600)

    assert [at for at, _ in watch.runs] == [0, HELD_AGAIN, 2 * HELD_AGAIN, 3 * HELD_AGAIN]
    assert watch.answers == [(3 * HELD_AGAIN, "DONE")]


def test_whoever_asked_is_told_when_another_run_has_the_campaign_for_long() -> None:
    watch = Watch(tick=True)
    watch.is_asked = True
    watch.outcomes = [Outcome.HELD] * 1000
    watch.until(600)

    assert watch.answers == [(HELD_TOLD, "HELD")]
    assert watch.runs[-1] == (600, Cause.AGAIN)


def test_nothing_that_arrives_hastens_a_run_that_cannot_go_on() -> None:
    """A full disk and a school that sends a file a minute: no storm of failures."""
    watch = Watch()
    watch.outcomes = [Outcome.FAILED] * 1000
    for minute in range(6 * 60):
        watch.arrives(f"{minute}.xlsx")
        watch.until(60 * minute)

    assert len(watch.runs) <= 7 + 6 * 3600 / FAILED_LONGEST
    looks = sum(deed is Deed.LOOK for _, deed in watch.done)
    assert looks <= 6 * 60 * 8  # while the file of each minute is not still, and once a minute


def test_an_open_workbook_that_cannot_be_reached_is_waited_for_then_saved_beside() -> None:
    watch = Watch()
    watch.is_open = True
    watch.outcomes = [Outcome.OPEN] * 20
    watch.until(OPEN_LONGEST - OPEN_AGAIN)
    assert not watch.schedule.may_save_beside(watch.now)

    watch.until(OPEN_LONGEST)
    assert watch.schedule.may_save_beside(watch.now)


def test_whoever_asks_by_the_tick_need_not_wait_till_the_workbook_is_closed() -> None:
    watch = Watch()
    watch.schedule.asked(0)

    assert watch.schedule.may_save_beside(0)


@pytest.mark.parametrize("outcome", [Outcome.ON_SCREEN, Outcome.BESIDE])
def test_when_the_workbook_is_closed_the_file_gets_what_it_lacks(outcome: Outcome) -> None:
    watch = Watch()
    watch.is_open = True
    watch.outcomes = [outcome]
    watch.until(1000)
    assert watch.runs == [(0, Cause.BEGIN)]

    watch.is_open = False
    watch.until(3000)
    assert [cause for _, cause in watch.runs] == [Cause.BEGIN, Cause.CLOSED]


def test_a_workbook_held_by_nobody_knows_whom_is_tried_again_without_haste() -> None:
    """An antivirus, say: no mark of an open document, and yet it could not be replaced."""
    watch = Watch()
    watch.outcomes = [Outcome.BESIDE] * 100
    watch.until(3600)

    assert 5 <= len(watch.runs) <= 3600 / OPEN_LONGEST + 1


def test_google_that_does_not_answer_is_asked_less_and_less() -> None:
    poll = Poll(TICK_EVERY)
    poll.switch(True, 0)
    waits = []
    for _ in range(2000):
        poll.failed(0)
        waits.append(poll.at)

    assert waits[:3] == [2 * TICK_EVERY, 4 * TICK_EVERY, 8 * TICK_EVERY]
    assert waits[-1] == AWAY_LONGEST
    poll.answered(0)
    assert poll.at == TICK_EVERY


def test_an_answer_that_google_does_not_take_waits_for_google() -> None:
    watch = Watch(tick=True)
    watch.schedule.asked(0)
    watch.schedule.tick.failed(0)
    watch.until(TICK_EVERY)
    assert watch.answers == []

    watch.until(2 * TICK_EVERY)
    assert watch.answers == [(2 * TICK_EVERY, "DONE")]


def test_a_campaign_that_is_away_for_moments_is_not_gone() -> None:
    schedule = Schedule()
    schedule.missed(0)
    schedule.missed(GONE - 1)
    assert not schedule.is_gone(GONE - 1)
    assert schedule.next(GONE - 1) == GLANCE  # and nothing is collected meanwhile

    schedule.saw({}, is_open=False, now=GONE)
    schedule.missed(GONE + 1)
    assert not schedule.is_gone(2 * GONE)
    assert schedule.is_gone(2 * GONE + 1)
