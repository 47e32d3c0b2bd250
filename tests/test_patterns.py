"""A pattern made at its first use is the pattern ``re.compile`` makes, and is not made before."""

from __future__ import annotations

import pickle
import re

import pytest

from sheetsync import patterns
from sheetsync.patterns import at_first_use

TEXT = "Приказ № 5 от 01.02.2023, приказ № 6"


def test_it_finds_what_the_pattern_finds() -> None:
    made, later = (
        re.compile("приказ № ([0-9])", re.IGNORECASE),
        at_first_use("приказ № ([0-9])", re.IGNORECASE),
    )

    assert later.findall(TEXT) == made.findall(TEXT) == ["5", "6"]
    assert [one.span() for one in later.finditer(TEXT)] == [one.span() for one in made.finditer(TEXT)]
    assert later.sub(r"\1", TEXT) == made.sub(r"\1", TEXT)
    assert later.pattern == made.pattern


def test_nothing_is_made_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    make = patterns._made
    monkeypatch.setattr(patterns, "_made", lambda *given: made.append(given[0]) or make(*given))
    word = at_first_use("[а-я]+")
    before = list(made)
    found = [word.search(text) is not None for text in ("слово", "5", "ещё")]

    assert (before, found, made) == ([], [True, False, True], ["[а-я]+"])


def test_a_wrong_name_is_told_as_of_a_pattern() -> None:
    with pytest.raises(AttributeError, match=r"'re\.Pattern' object has no attribute 'seek'"):
        at_first_use("a").seek("a")  # type: ignore[attr-defined]


def test_it_goes_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(at_first_use("[0-9]"))).search("а5").start() == 1
