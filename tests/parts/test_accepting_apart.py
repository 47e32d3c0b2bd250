"""Answers accepted by parts, and taken back: the workbook and the journal are those of everybody at once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import coordinator as office
import district_fixture as district
import pytest
from same_result import differences, left_by
from several_ways import by_parts, here, judge_apart, judge_at_once, press, processes, twin, type_decision
from standing_now import need_same

from sheetsync import campaign
from sheetsync.campaign import AcceptResult
from sheetsync.campaign.at_once import AtOnce
from sheetsync.campaign.parts import standing
from sheetsync.campaign.parts.keeping import DamagedMemoryError
from sheetsync.campaign.parts.memory import Memory

NAMES = {"S02": "Кленовская ООШ", "S03": "СОШ №7 посёлка Ручьи"}


@pytest.fixture
def come(place: Path) -> Path:
    """Collected by parts; then a decision and a remark are typed, and another copy comes."""
    office.send(place, "S01", answers=district.confirmed(place, "S01"))
    office.send(place, "S02", answers=district.confirmed(place, "S02"))
    by_parts(place, 1)
    type_decision(place, NAMES["S02"], "1.1", "на доработку", "Где приказ?")
    type_decision(place, NAMES["S02"], "1.2", "принято")
    answers = district.confirmed(place, "S03")
    office.send(place, "S03", answers=answers | {"1.1": {"status": "в работе", "info": "Готовим приказ."}})
    return place


def accept(place: Path, minute: int, **asked: Any) -> AcceptResult:
    return campaign.accept_sufficient(place, datetime(2026, 6, 15, 9, minute), **asked)


def left(place: Path, result: AcceptResult) -> dict[str, Any]:
    return {**left_by(place, result.run), "rows": result.rows, "left": result.left, "kept": result.kept}


def both(place: Path, minute: int, **asked: Any) -> AcceptResult:
    """The deed in a campaign by parts and in its twin at once: they leave the same behind."""
    other = twin(place, f"at once {minute}")
    with pytest.MonkeyPatch.context() as patched:
        judge_at_once(patched.setattr)
        patched.setattr(standing, "found_by_parts", lambda *_, **__: None)
        tried = accept(other, minute, dry_run=True, **asked)
        expected = left(other, accept(other, minute, **asked))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(AtOnce, "result", _never)
        foreseen = accept(place, minute, dry_run=True, **asked)
        result = accept(place, minute, **asked)
    assert (foreseen.rows, foreseen.left, foreseen.kept) == (tried.rows, tried.left, tried.kept)
    assert differences(expected, left(place, result)) == {}
    return result


def _never(*_: object, **__: object) -> None:
    raise AssertionError


@pytest.mark.parametrize("way", [here, processes(2)])
def test_what_is_accepted_and_taken_back_is_the_same_either_way(
    come: Path, way: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge_apart(monkeypatch.setattr, way)

    accepted = both(come, 2)
    again = both(come, 3)
    type_decision(come, NAMES["S03"], "1.2", "на доработку", "Не тот год.")
    undone = both(come, 4, undo=True)

    assert accepted.count
    assert again.count == 0
    assert undone.kept == 1
    assert undone.count == accepted.count - 1


def test_one_school_is_accepted_alone(come: Path) -> None:
    assert set(both(come, 2, school="S03").rows) == {"S03"}
    assert set(both(come, 3, school="S01").rows) == {"S01"}
    assert set(both(come, 4, undo=True, school="S01").rows) == {"S01"}


def test_what_was_accepted_is_known_by_the_runs_after_it(come: Path) -> None:
    both(come, 2)
    need_same(come, district.DUE)
    later = [by_parts(come, 3, datetime(2026, 6, 15).date()), press(come, 4, datetime(2026, 6, 15).date())]

    assert [one.written_to for one in later] == [None, None]


def test_an_answer_that_changes_afterwards_is_told_of(come: Path) -> None:
    both(come, 2)
    answers = district.confirmed(come, "S01")
    office.send(come, "S01", answers=answers | {"1.1": {**answers["1.1"], "info": "Иначе."}})
    other = twin(come, "later")
    with pytest.MonkeyPatch.context() as patched:
        judge_at_once(patched.setattr)
        expected = left_by(other, press(other, 3))

    assert differences(expected, left_by(come, by_parts(come, 3))) == {}


def test_a_memory_the_disk_spoils_meanwhile_costs_only_time(
    come: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = twin(come, "other")
    expected = left(other, accept(other, 2))

    def spoilt(*_: object) -> None:
        raise DamagedMemoryError

    monkeypatch.setattr(Memory, "words", spoilt)

    assert differences(expected, left(come, accept(come, 2))) == {}
