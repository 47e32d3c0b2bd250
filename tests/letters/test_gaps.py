"""A letter tells a school its own gaps and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from sheetsync.findings import CATALOGUE, make
from sheetsync.letters.gaps import GROUPS, Gaps, gaps_of
from sheetsync.letters.notices import LetterNotice
from sheetsync.merge.received import CensusItem, ItemKind
from sheetsync.model import Consolidation, Decision, ParticipantKind, ReviewState, Severity
from small_district import FULL, PLAN, answer, copy, run, without_rows

N = LetterNotice
OTHERS_TO_SEE_TO = {
    "C402": "it came late, nothing mends that",
    "C407": "the rows themselves are named",
    "E611": "the same words in two schools",
    "E607": "the same document in two schools: the office finds out whose it is",
    "E622": "the coordinator looks at the files; nothing is wrong with the rows",
    "E625": "the same file from two schools: the office finds out whose it is",
    "M703": "the coordinator decides again",
    "M704": "words of the coordinator",
    "M707": "the office kept the earlier answer",
    "M709": "the office took the later copy",
    "M711": "the coordinator's own date",
    "M712": "the coordinator's own word",
    "M713": "the coordinator's own date",
    "N408": "for the note",
    "N410": "typed by the office",
}
"""Findings about a row or a copy that ask something, and not of the school: code -> why."""
_ROW_FAMILIES = ("C", "D", "E", "M", "N", "P")


def gaps(found: Consolidation, code: str = "S1") -> Gaps | None:
    return next((one for one in gaps_of(found) if one.participant.code == code), None)


def told(found: Consolidation, code: str = "S1") -> dict[LetterNotice, list[str]]:
    """Numbers of the rows under each heading."""
    mine = gaps(found, code)
    groups = mine.groups if mine else ()
    return {one.heading: [gap.row.number if gap.row else "" for gap in one.gaps] for one in groups}


def good(**other: Any) -> list[Any]:
    """A complete report of school S1, but for what is given otherwise."""
    return [answer(key, **{**FULL, **other.get(key, {})}) for key in ("r1", "r2", "r3")]


def judged(found: Consolidation, activity: str, state: ReviewState, remark: str = "") -> Consolidation:
    """The consolidation with the coordinator's word beside a row of S1."""
    outcomes = tuple(
        replace(one, review=state, decision=Decision("", remark))
        if (one.participant, one.activity) == ("S1", activity)
        else one
        for one in found.outcomes
    )
    return replace(found, outcomes=outcomes)


def test_a_complete_school_gets_no_letter() -> None:
    assert gaps(run(copy("S1", *good()))) is None


def test_a_row_added_to_the_plan_is_asked_for_once_it_is_due() -> None:
    """The copy was filled before the plan asked for r2: the form of today goes with the letter."""
    form = tuple(CensusItem("Отчёт", f"N{row}", ItemKind.VALUE, key) for row, key in ((7, "r1"), (9, "r3")))
    older = replace(without_rows(copy("S1", *good()), "r2"), blank=form)

    late, early = run(older), run(older, as_of=date(2023, 6, 1))
    mine = gaps(late)

    assert told(late) == {N.GAP_NO_ANSWER: ["1.2"]}
    assert mine is not None
    assert mine.has_newer_rows
    assert mine.groups[0].gaps[0].fact == "В форме, которую вы прислали, этой строки не было."
    assert "новой форме" in mine.groups[0].gaps[0].advice
    assert gaps(early) is None


def test_who_sent_nothing_is_told_that_once_and_no_row_is_listed() -> None:
    found = run(copy("S1", *good()))

    mine = gaps(found, "S2")

    assert told(found, "S2") == {N.GAP_NO_REPORT: [""]}
    assert mine is not None
    assert mine.has_no_report
    assert mine.groups[0].gaps[0].fact == "Отчёт не поступил."
    assert mine.groups[0].gaps[0].advice == "Заполните форму и пришлите её."


def test_an_empty_form_is_told_as_one_gap() -> None:
    found = run(copy("S1"))

    assert told(found) == {N.GAP_NO_REPORT: [""]}


def test_before_the_report_date_the_letter_says_when_it_is_waited_for() -> None:
    found = run(as_of=date(2023, 12, 1))
    mine = gaps(found)

    assert mine is not None
    assert "его ждут к 20.12.2023" in mine.groups[0].gaps[0].fact


def test_a_due_row_without_an_answer_is_listed_with_the_advice_of_the_catalogue() -> None:
    found = run(copy("S1", *good()[:2]))
    mine = gaps(found)

    assert told(found) == {N.GAP_NO_ANSWER: ["1.3"]}
    assert mine is not None
    assert mine.groups[0].gaps[0].advice == CATALOGUE["C404"].advice


def test_a_row_the_school_deleted_is_asked_back_in_words_for_the_school() -> None:
    found = run(without_rows(copy("S1", *good()), "r2"))
    mine = gaps(found)

    assert told(found) == {N.GAP_NO_ANSWER: ["1.2"]}
    assert mine is not None
    assert mine.groups[0].gaps[0].advice == "Верните строку в форму и ответьте в ней."


def test_claims_and_weak_documents_stand_apart_and_say_what_is_missing() -> None:
    found = run(
        copy("S1", *good(r1={"document": "", "info": "Сделано"}, r2={"document": "приказ от 01.06.2023"}))
    )
    mine = gaps(found)

    assert told(found) == {N.GAP_NO_EVIDENCE: ["1.1"], N.GAP_WEAK_EVIDENCE: ["1.2"]}
    assert mine is not None
    assert mine.groups[1].gaps[0].advice == "Допишите номер."
    assert mine.groups[1].gaps[0].origin.cell == "I8"


def test_what_is_overdue_without_a_reason_is_a_gap_and_with_one_is_not() -> None:
    late = {"status": "не начато", "document": "", "done_on": ""}
    bare = run(copy("S1", *good(r1=late)))
    explained = run(copy("S1", *good(r1={**late, "reason": "Перенесено на 15.01.2024: ремонт зала"})))

    assert told(bare) == {N.GAP_OVERDUE: ["1.1"]}
    assert gaps(explained) is None


def test_a_remark_of_the_office_is_quoted_and_the_program_adds_nothing_to_it() -> None:
    found = run(copy("S1", *good(r1={"document": ""})))
    mine = gaps(judged(found, "r1", ReviewState.REWORK, "Приложите протокол"))

    assert mine is not None
    assert mine.has_remarks
    assert [(one.heading, one.gaps[0].fact) for one in mine.groups] == [
        (N.GAP_REWORK, "Замечание района: «Приложите протокол».")
    ]


def test_a_row_sent_back_without_a_word_keeps_what_the_program_found() -> None:
    found = judged(run(copy("S1", *good(r1={"document": "", "info": "Сделано"}))), "r1", ReviewState.REWORK)

    assert told(found) == {N.GAP_REWORK: ["1.1"], N.GAP_NO_EVIDENCE: ["1.1"]}


@pytest.mark.parametrize("state", [ReviewState.ACCEPTED, ReviewState.MENDED])
def test_a_row_that_waits_for_nothing_from_the_school_is_left_out(state: ReviewState) -> None:
    """Accepted as it is, or mended and to be looked at by the office."""
    found = run(copy("S1", *good(r1={"document": "", "info": "Сделано"})))

    assert gaps(judged(found, "r1", state)) is None


def test_what_is_personal_is_not_repeated_in_a_letter_that_has_copies() -> None:
    found = run(copy("S1", *good()))
    personal = make("P903", participant="S1", activity="r1", quote="112-233-445 95")
    mine = gaps(replace(found, findings=(*found.findings, personal)))

    assert mine is not None
    (gap,) = mine.groups[0].gaps
    assert (gap.fact, gap.advice) == ("", CATALOGUE["P903"].advice)


def test_a_school_is_told_nothing_of_another_one() -> None:
    """The same document in two schools is the office's business."""
    found = run(copy("S1", *good()), copy("S2", *good()))

    assert "E607" in {one.code for one in found.findings}
    assert [one.participant.code for one in gaps_of(found)] == ["O1"]


def test_rows_due_in_two_weeks_are_mentioned_to_whoever_gets_a_letter_anyway() -> None:
    early = {"status": "", "done_on": "", "info": "", "document": ""}
    found = run(copy("S1", *good(r1={"document": "", "info": "Да-да"}, r2=early)), as_of=date(2023, 6, 20))
    mine = gaps(found)

    assert mine is not None
    assert [row.number for row in mine.upcoming] == ["1.2"]
    assert gaps(run(copy("S1", *good(r2=early)), as_of=date(2023, 6, 20))) is None


def test_who_owes_no_report_gets_no_letter() -> None:
    """A curator helps others; the roster lists it all the same."""
    curator = replace(PLAN.participants[0], kind=ParticipantKind.CURATOR)
    found = run(plan=replace(PLAN, participants=(curator, *PLAN.participants[1:])))

    assert [one.participant.code for one in gaps_of(found)] == ["S2", "O1"]


def test_every_finding_that_asks_something_of_a_row_is_the_school_s_or_somebody_else_s() -> None:
    """A new finding is named in ``gaps.GROUPS``, or here with the reason why no school reads it."""
    asking = {
        code
        for code, detail in CATALOGUE.items()
        if code.startswith(_ROW_FAMILIES) and detail.severity is not Severity.INFO
    }
    told_to_schools = {code for codes in GROUPS.values() for code in codes}

    assert asking - told_to_schools == set(OTHERS_TO_SEE_TO)
    assert told_to_schools - set(CATALOGUE) == set()
