"""«sheetsync demo --google»: the story in Google told offline, with pages to look at, and nobody's own touched."""

from __future__ import annotations

import os
import re
import socket
import sys
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sheetsync import campaign, cli, demo_google, store
from sheetsync.campaign.files import open_workbook, read_workbook_plan
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.columns import ENTRIES
from sheetsync.model import Channel
from sheetsync.notices import say

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HERE = "127.0.0.1"


@dataclass
class Played:
    """The story once told: its lines, the pages while it was served, and whom it spoke to."""

    folder: Path
    settings: Path
    lines: list[str] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)

    def line(self, beginning: str) -> str:
        return next(one for one in self.lines if one.startswith(beginning))

    def look(self) -> None:
        """Open every address that was told, as a person would."""
        for line in self.lines:
            for address in re.findall(r"http://\S+/\S+", line):
                with urllib.request.urlopen(address) as answer:
                    self.pages[address] = answer.read().decode()

    @property
    def district_page(self) -> str:
        return next(one for address, one in self.pages.items() if address in self.lines[-3])


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Without Google's own client, as most people have it, and with every connection watched."""
    place = tmp_path_factory.mktemp("demo-google")
    story = Played(place / "район", place / "settings")
    story.settings.mkdir()
    connect = socket.socket.connect

    def watched(own: socket.socket, address: Any) -> None:
        story.hosts.add(address[0] if isinstance(address, tuple) else str(address))
        connect(own, address)

    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CONFIG_HOME", str(story.settings))
        patched.setitem(sys.modules, "googleapiclient", None)
        patched.setattr(socket.socket, "connect", watched)
        patched.setattr(demo_google.demo, "plain_line", story.lines.append)
        patched.setattr(demo_google, "plain_line", story.lines.append)
        demo_google.run(story.folder, NOW, story.look)
    return story


def test_it_says_first_that_this_is_not_google_and_last_where_to_look(played: Played) -> None:
    assert "не Google" in played.lines[0]
    assert len(played.lines) <= 24
    assert played.lines[-1] == say(GoogleNotice.DEMO_SERVING)
    assert len(played.pages) == 3


def test_every_page_says_that_it_is_not_google(played: Played) -> None:
    for page in played.pages.values():
        assert "Это не Google" in page
        assert "This is not Google" in page


def test_it_speaks_to_nobody_but_this_computer(played: Played) -> None:
    assert played.hosts == {HERE}


def test_no_sign_in_and_no_setting_of_the_user_is_touched(played: Played) -> None:
    assert list(played.settings.rglob("*")) == []


def test_the_demo_leaves_google_switched_off_so_that_the_real_one_is_never_asked(played: Played) -> None:
    plan = read_workbook_plan(open_workbook(store.open_campaign(played.folder)), issue=1).plan

    assert not plan.settings.google
    assert sum(one.channel is Channel.GOOGLE for one in plan.participants) == demo_google.IN_GOOGLE


def test_schools_in_google_came_back_each_in_its_own_state(played: Played) -> None:
    found = campaign.consolidate(played.folder, NOW.date(), NOW, dry_run=True).consolidation
    by_code = {one.participant: one for one in found.completeness}

    assert (by_code["S01"].missing, by_code["S01"].evidenced) == (0, by_code["S01"].done)
    assert by_code["S02"].missing > 0
    assert not by_code["S03"].received
    assert by_code["S04"].evidenced == by_code["S04"].done
    assert {one.participant for one in found.indicators if one.fact is not None} >= {"S01", "S04", "S05"}
    assert all(by_code[code].received for code in ("S05", "S06", "O01"))
    assert [line.unaccounted for line in found.ledger] == [0] * len(found.ledger)


def test_the_count_adds_up_in_the_line_that_is_told(played: Played) -> None:
    filled, *parts = map(int, re.findall(r"\d+", played.line("Сверка")))

    assert filled == sum(parts) > 0


def test_a_school_that_edits_the_plan_is_refused_and_that_is_told(played: Played) -> None:
    school = next(one for one in played.lines if "защищены" in one)

    assert school.startswith("Верхнеключинская СОШ")


def test_a_decision_made_in_google_is_in_the_book_and_the_school_mended_its_row(played: Played) -> None:
    book = open_workbook(store.open_campaign(played.folder))
    rows = [dict(zip(ENTRIES.keys, row, strict=True)) for row in book.read_table(ENTRIES.name).rows]
    sent_back = [one for one in rows if one["decision"].text]

    assert [one["decision"].text for one in sent_back] == ["на доработку"]
    assert sent_back[0]["remark"].text == say(GoogleNotice.DEMO_REMARK_WORDS)
    assert sent_back[0]["document"].text.startswith("приказ №")


def test_the_remark_stands_in_the_school_s_own_sheet(played: Played) -> None:
    school = next(one for address, one in played.pages.items() if address in played.lines[-2])

    assert say(GoogleNotice.DEMO_REMARK_WORDS) in school


def test_the_tick_is_answered_beside_it(played: Played) -> None:
    """The box is empty again, and the page shows what came of it."""
    assert say(GoogleNotice.COLLECT_NOW) in played.district_page
    assert "☑" not in played.district_page
    assert "Готово 09:00" in played.district_page


def test_played_again_it_takes_the_next_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    taken = tmp_path / "район"
    taken.mkdir()
    (taken / "чужое.txt").write_text("моё", encoding="utf-8")

    assert demo_google.demo.free_folder(taken) == tmp_path / "район-2"


# --- the command


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, Any]]:
    """What the command would have told of, and how it would have waited."""
    calls: list[tuple[Path, Any]] = []
    monkeypatch.setattr(demo_google, "run", lambda folder, _now, wait: calls.append((folder, wait)))
    return calls


def terminal(monkeypatch: pytest.MonkeyPatch, *, is_one: bool) -> None:
    for stream in (sys.stdin, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: is_one, raising=False)


@pytest.mark.parametrize(
    ("words", "is_terminal", "waits"),
    [([], True, True), (["--no-wait"], True, False), ([], False, False)],
)
def test_pages_stay_open_only_for_who_looks_at_a_terminal(
    asked: list[tuple[Path, Any]],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    is_terminal: bool,
    waits: bool,
) -> None:
    terminal(monkeypatch, is_one=is_terminal)
    code = cli.run(["demo", "--google", *words])

    assert code == 0
    assert asked == [(Path("demo-google"), demo_google.until_interrupted if waits else None)]


def test_ctrl_c_ends_the_waiting_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(demo_google, "sleep", interrupted)

    demo_google.until_interrupted()


def test_without_google_the_demo_is_the_story_of_files(
    asked: list[tuple[Path, Any]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told: list[Path] = []
    monkeypatch.setattr(demo_google.demo, "run", lambda folder, _now: told.append(folder))
    cli.run(["demo", "--dir", os.fspath(tmp_path)])

    assert (asked, told) == ([], [tmp_path])
