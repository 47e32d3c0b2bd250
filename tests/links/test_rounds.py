"""Many links: several sites at once, one site never twice at the same time, and a stop stops."""

from __future__ import annotations

import threading
from urllib.parse import urlsplit

import pytest

from sheetsync.links.rounds import asked_in_turn
from sheetsync.model import LinkCheck, LinkVerdict

OPENS = LinkCheck(LinkVerdict.OPENS)


def test_a_site_is_asked_one_page_at_a_time() -> None:
    """One visitor walks through all pages of a site, with a pause between two."""
    visitors: dict[str, set[int]] = {}

    def ask(page: str) -> LinkCheck:
        visitors.setdefault(urlsplit(page).hostname or "", set()).add(threading.get_ident())
        return OPENS

    waits: list[float] = []
    pages = [f"http://{site}.example/{page}" for site in "abc" for page in range(4)]

    found = dict(asked_in_turn([*pages, pages[0]], ask, waits.append))

    assert found == dict.fromkeys(pages, OPENS)
    assert [len(one) for one in visitors.values()] == [1, 1, 1]
    assert len(waits) == 9  # three pauses at each of three sites


def test_whoever_stops_listening_stops_the_asking() -> None:
    asked: list[str] = []

    def ask(page: str) -> LinkCheck:
        asked.append(page)
        return OPENS

    answers = asked_in_turn([f"http://a.example/{page}" for page in range(50)], ask)
    next(answers)
    answers.close()  # type: ignore[attr-defined]

    assert 1 <= len(asked) < 50


def test_a_fault_of_ours_is_not_swallowed() -> None:
    def ask(_page: str) -> LinkCheck:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(asked_in_turn(["http://a.example/"], ask))
