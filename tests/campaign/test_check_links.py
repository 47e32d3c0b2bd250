"""«check-links»: sites are asked only here, verdicts are remembered, and only dead links are a defect."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import district_fixture as district
import pytest
from coordinator import press, press_whole

from sheetsync import campaign, cli, store
from sheetsync.campaign import LinksChecked
from sheetsync.district.as_json import consolidation_as_json
from sheetsync.model import LinkCheck, LinkReason, LinkVerdict

DEAD_PAGE = "https://lipa.example/prikaz-5.pdf"
CLOSED_PAGE = "https://disk.yandex.ru/d/lipa"
BOTH = "www.lipa.example/foto"


class Sites:
    """The Internet of the test: what each page comes to, and what was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.pages = {
            DEAD_PAGE: LinkCheck(LinkVerdict.DEAD, LinkReason.NOT_FOUND),
            CLOSED_PAGE: LinkCheck(LinkVerdict.SIGN_IN, LinkReason.YANDEX_LOCKED),
        }

    def __call__(self, page: str) -> LinkCheck:
        self.asked.append(page)
        return self.pages.get(page, LinkCheck(LinkVerdict.OPENS))


def look(place: Path, sites: Sites, days: int = 0, *, again: bool = False) -> LinksChecked:
    now = district.NOW + timedelta(days=days)
    return campaign.check_links(place, now, again=again, ask=sites, wait=lambda _: None)


@pytest.fixture
def asked_place(place: Path) -> Path:
    """S01 confirms 1.1 by a dead link alone, 1.2 by a closed one; 2.1 by a good one and one inside."""
    answers = {
        "1.1": {**district.GOOD, "document": None, "link": DEAD_PAGE},
        "1.2": {**district.GOOD, "link": CLOSED_PAGE},
        "2.1": {**district.GOOD, "document": None, "link": f"{BOTH}\nhttp://192.168.0.5/doc"},
    }
    district.receive(place, "отчёт.xlsx", district.filled(place, "S01", answers))
    return place


def test_every_link_gets_one_of_five_verdicts(asked_place: Path) -> None:
    sites = Sites()

    result = look(asked_place, sites)

    assert {one.address: (one.participant, one.number, one.check.verdict) for one in result.links} == {
        DEAD_PAGE: ("Липовская СОШ", "1.1", LinkVerdict.DEAD),
        CLOSED_PAGE: ("Липовская СОШ", "1.2", LinkVerdict.SIGN_IN),
        BOTH: ("Липовская СОШ", "2.1", LinkVerdict.OPENS),
        "http://192.168.0.5/doc": ("Липовская СОШ", "2.1", LinkVerdict.NOT_A_LINK),
    }
    assert sorted(sites.asked) == sorted([DEAD_PAGE, CLOSED_PAGE, f"http://{BOTH}"])
    assert result.needs_user


def test_the_next_consolidation_tells_of_dead_links_and_weakens_what_they_confirmed(
    asked_place: Path,
) -> None:
    assert {one["number"]: one["evidence_state"] for one in entries(asked_place)}["1.1"] == "yes"

    look(asked_place, Sites())
    run = press(asked_place)

    told = {one.code: one for one in run.consolidation.findings if one.code in {"E630", "E631"}}
    assert dict(told["E630"].params)["value"] == DEAD_PAGE
    assert dict(told["E630"].params)["day"] == "02.03.2026"
    assert dict(told["E631"].params)["value"] == CLOSED_PAGE
    states = {one["number"]: one["evidence_state"] for one in entries(asked_place)}
    assert (states["1.1"], states["1.2"], states["2.1"]) == ("weak", "yes", "yes")


def entries(place: Path) -> list[dict[str, str]]:
    found = consolidation_as_json(press_whole(place).consolidation)["entries"]
    return [one for one in found if one["participant"] == "S01"]


def test_verdicts_are_remembered_and_what_was_dead_is_asked_again(asked_place: Path) -> None:
    look(asked_place, Sites())

    same_day, next_day, next_week, again = Sites(), Sites(), Sites(), Sites()
    look(asked_place, same_day)
    look(asked_place, next_day, days=1)
    look(asked_place, next_week, days=8)
    look(asked_place, again, days=8, again=True)

    assert same_day.asked == []
    assert next_day.asked == [DEAD_PAGE]
    assert sorted(next_week.asked) == sorted([DEAD_PAGE, CLOSED_PAGE])
    assert len(again.asked) == 3


def test_a_mended_link_is_told_no_more(asked_place: Path) -> None:
    look(asked_place, Sites())
    mended = Sites()
    mended.pages = {}
    look(asked_place, mended, days=1)

    assert not [one for one in press(asked_place).consolidation.findings if one.code == "E630"]


def test_without_the_internet_nobody_is_blamed(asked_place: Path) -> None:
    nothing = Sites()
    nothing.pages = dict.fromkeys(
        (DEAD_PAGE, CLOSED_PAGE, f"http://{BOTH}"), LinkCheck(LinkVerdict.DEAD, LinkReason.NO_SITE)
    )

    result = look(asked_place, nothing)

    assert result.is_offline
    assert not [one for one in press(asked_place).consolidation.findings if one.code == "E630"]


def test_without_the_internet_what_was_found_earlier_stands(asked_place: Path) -> None:
    look(asked_place, Sites())
    nothing = Sites()
    nothing.pages = dict.fromkeys(
        (DEAD_PAGE, CLOSED_PAGE, f"http://{BOTH}"), LinkCheck(LinkVerdict.UNCHECKED, LinkReason.SILENT)
    )

    assert look(asked_place, nothing, days=1, again=True).is_offline

    assert [one.code for one in press(asked_place).consolidation.findings if one.code == "E630"] == ["E630"]


def test_the_only_site_asked_for_may_be_gone(asked_place: Path) -> None:
    """The next day only dead links are asked for again: that none answers is no broken network."""
    gone = Sites()
    gone.pages[DEAD_PAGE] = LinkCheck(LinkVerdict.DEAD, LinkReason.NO_SITE)
    look(asked_place, gone)

    assert not look(asked_place, gone, days=1).is_offline
    assert gone.asked[-1] == DEAD_PAGE
    assert [one.code for one in press(asked_place).consolidation.findings if one.code == "E630"] == ["E630"]


def test_what_is_known_by_an_interruption_stays(asked_place: Path) -> None:
    """The second page of a site is asked after the first: there the coordinator presses Ctrl+C."""

    class Cut(Sites):
        def __call__(self, page: str) -> LinkCheck:
            if page == f"http://{BOTH}":
                raise KeyboardInterrupt
            return super().__call__(page)

    rest = Sites()
    with pytest.raises(KeyboardInterrupt):
        look(asked_place, Cut())
    look(asked_place, rest)

    assert DEAD_PAGE not in rest.asked
    assert f"http://{BOTH}" in rest.asked


def test_no_address_stands_in_the_journal(asked_place: Path) -> None:
    look(asked_place, Sites())

    journal = store.open_campaign(asked_place).journal.read_bytes()
    assert b"lipa.example" not in journal
    assert b"disk.yandex" not in journal


def test_the_command_line_tells_and_gives_json(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = {"1.1": {**district.GOOD, "document": None, "link": "http://10.0.0.7/отчёт"}}
    district.receive(place, "отчёт.xlsx", district.filled(place, "S01", answers))

    assert cli.run(["check-links", str(place)]) == 0
    assert "http://10.0.0.7/отчёт — адрес внутренней сети" in capsys.readouterr().err.replace("\n", "")

    assert cli.run(["check-links", str(place), "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["verdict"], told["number"]) == ("not-a-link", "1.1")
