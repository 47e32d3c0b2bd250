"""Many links: several sites at once, one site never twice at the same time, and a stop stops."""

from __future__ import annotations

import threading
from collections import Counter
from urllib.parse import urlsplit

import pytest

from sheetsync.links.rounds import asked_in_turn
from sheetsync.model import LinkCheck, LinkVerdict

OPENS = LinkCheck(LinkVerdict.OPENS)


def test_a_site_is_asked_one_page_at_a_time() -> None:
    at_once: Counter[str] = Counter()
    worst: Counter[str] = Counter()
    lock = threading.Lock()

    def ask(page: str) -> LinkCheck:
        host = urlsplit(page).hostname or ""
        with lock:
            at_once[host] += 1
            worst[host] = max(worst[host], at_once[host])
        with lock:
            at_once[host] -= 1
        return OPENS

    waits: list[float] = []
    pages = [f"http://{site}.example/{page}" for site in "abc" for page in range(4)]

    found = dict(asked_in_turn([*pages, pages[0]], ask, waits.append))

    assert found == dict.fromkeys(pages, OPENS)
    assert set(worst.values()) == {1}
    assert len(waits) == 9  # three pauses at each of three sites


def test_whoever_stops_listening_stops_the_asking() -> None:
    asked: list[str] = []

    def ask(page: str) -> LinkCheck:
        asked.append(page)
        return OPENS

    answers = asked_in_turn([f"http://a.example/{page}" for page in range(50)], ask, lambda _: None)
    next(answers)
    answers.close()  # type: ignore[attr-defined]
    count = len(asked)

    assert count < 50 or count == len(set(asked))
    assert len(asked) == count


def test_a_fault_of_ours_is_not_swallowed() -> None:
    def ask(_page: str) -> LinkCheck:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(asked_in_turn(["http://a.example/"], ask))
