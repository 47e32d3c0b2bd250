"""The whole consolidation: nothing depends on the order of files, nothing gets lost."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sheetsync.checks.decisions import fingerprint
from sheetsync.findings import advice_of, fact_of, make
from sheetsync.merge.received import Received
from sheetsync.model import (
    AnswerMark,
    Decision,
    Entry,
    Field,
    Indicator,
    IndicatorAnswer,
    Origin,
    Status,
    Unplaced,
    Verdict,
)
from small_district import AT_THE_END, FULL, PLAN, SHEET, answer, codes, copy, field, run, the, without_rows

# --- the coordinator's columns ------------------------------------------------------------------


def test_decision_and_remark_stay_beside_their_row() -> None:
    decided = {("S1", "r1"): Decision("принято", "Хорошо")}
    (outcome, *_) = run(copy("S1", answer("r1", **FULL)), decisions=decided).outcomes

    assert outcome.decision == Decision("принято", "Хорошо")


def test_a_decision_made_before_the_answer_changed_is_flagged_until_it_is_made_again() -> None:
    decided = {("S1", "r1"): Decision("принято")}
    then = {("S1", "r1"): AnswerMark(fingerprint(answer("r1", **FULL)))}
    changed = copy("S1", answer("r1", **{**FULL, "info": "Педсовет перенесён"}))

    assert "M703" not in codes(run(copy("S1", answer("r1", **FULL)), decisions=decided, decided_on=then))
    assert "M703" in codes(run(changed, decisions=decided, decided_on=then), "S1", "r1")
    assert "M703" not in codes(
        run(changed, decisions={("S1", "r1"): Decision("не проверено")}, decided_on=then)
    )


def test_a_decision_whose_row_left_the_plan_is_told_and_kept() -> None:
    result = run(decisions={("S1", "r9"): Decision("принято", "Спасибо")})

    assert (the(result, "M704").participant, the(result, "M704").activity) == ("S1", "r9")
    assert [one.text for one in result.unplaced] == ["принято; Спасибо"]


# --- values without a row -----------------------------------------------------------------------


def test_an_answer_nobody_asked_for_is_set_aside() -> None:
    result = run(copy("S1", answer("r4", info="Участвовали в совещании")))

    assert the(result, "R317").origin.cell == "H10"
    assert [one.text for one in result.unplaced] == ["Участвовали в совещании"]


def test_a_copy_of_someone_not_in_the_roster_is_set_aside() -> None:
    result = run(copy("S7", answer("r1", info="Проведено")))

    assert "S7" in fact_of(the(result, "V209"))
    assert [one.text for one in result.unplaced] == ["Проведено"]


def test_a_file_that_was_not_taken_says_why() -> None:
    origin = Origin("письмо.docx", "sha")
    refused = Received(origin, Verdict.REFUSED, findings=(make("F104", origin=origin),))
    (record,) = run(refused).files

    assert (record.verdict, record.note) == (Verdict.REFUSED, fact_of(make("F104")))


def test_findings_of_plan_and_workbook_are_shown_with_the_rest() -> None:
    assert "S808" in codes(run(findings=(make("S808"),)))


def test_facts_of_indicators_are_shown_beside_their_targets() -> None:
    indicator = Indicator("Доля учителей с курсами", "%", 80.0, 2023)
    plan = replace(PLAN, indicators=(indicator,))
    sent = copy("S1", answer("r1", **FULL))
    cells = {"fact": Field("85", 85.0, origin=Origin("S1.xlsx", "sha of S1", "Показатели", "E5"))}
    (submission,) = sent.submissions
    reported = replace(submission, indicators=(IndicatorAnswer("S1", indicator, cells),))
    result = run(replace(sent, submissions=(reported,)), plan=plan)

    assert [(one.participant, one.fact) for one in result.indicators] == [("S1", "85")]


# --- properties ---------------------------------------------------------------------------------

TEXTS = st.sampled_from(
    [
        "",
        "Проведено",
        "Подготовлена",
        "протокол № 3",
        "приказ № 5 от 01.02.2023",
        "https://a.example/x",
        "+",
        "=1+1",
    ]
)
STATUSES = st.sampled_from(["", "почти", *(status.value for status in Status)])
DAYS = st.sampled_from(["", "20.02.2023", "01.03.2022", "05.07.2023", "30.12.2024"])
NOTES = st.sampled_from(["", "см. приложение"])
LINKS = st.sampled_from([(), ("https://b.example/y",), (r"C:\отчёт.docx",)])


@st.composite
def rows(draw: st.DrawFn, activity: str) -> Entry:
    number = 7 + ["r1", "r2", "r3", "r4"].index(activity)
    texts = {
        "status": draw(STATUSES),
        "done_on": draw(DAYS),
        "info": draw(TEXTS),
        "document": draw(TEXTS),
        "link": draw(TEXTS),
        "reason": draw(TEXTS),
    }
    cells = {column: field(column, text, number) for column, text in texts.items()}
    cells["link"] = field("link", texts["link"], number, links=draw(LINKS), comment=draw(NOTES))
    return answer(activity, **cells)


@st.composite
def copies(draw: st.DrawFn) -> list[Received]:
    received = []
    for number in range(draw(st.integers(0, 4))):
        school = draw(st.sampled_from(["S1", "S2", "O1", "S7"]))
        answered = [draw(rows(row.key)) for row in PLAN.rows_of(school) or PLAN.rows[:1]]
        stray = Unplaced(school, draw(st.sampled_from(["Итого", "5"])), Origin(sheet=SHEET, cell="Q1"))
        came = copy(
            school,
            *answered,
            file=f"{number}.xlsx",
            order=draw(st.integers(1, 2)),
            received_on=date(2023, 12, draw(st.integers(15, 25))),
            unplaced=(stray,) if draw(st.booleans()) else (),
            declared_ready=draw(st.booleans()),
        )
        deleted = draw(st.sampled_from([(), ("r1",), ("r2", "r3")]))
        received.append(
            without_rows(came, *deleted) if deleted and not came.submissions[0].unplaced else came
        )
    return received


@settings(max_examples=60, deadline=None)
@given(copies(), st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(sent: list[Received], chance: object) -> None:
    shuffled = list(sent)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert run(*shuffled) == run(*sent) == run(*sent)


@settings(max_examples=60, deadline=None)
@given(copies(), st.dates(date(2023, 1, 1), date(2024, 1, 31)))
def test_rates_stay_between_nothing_and_all(sent: list[Received], as_of: date) -> None:
    result = run(*sent, as_of=as_of)
    rates = result.rates

    assert all(
        0 <= rate <= 1
        for rate in (rates.received, rates.on_time, rates.filled, rates.evidenced)
        if rate is not None
    )
    assert all(
        line.reported + line.confirmed_none + line.missing == line.rows_due for line in result.completeness
    )
    assert all(line.evidenced <= line.done <= line.rows_owed for line in result.completeness)


@settings(max_examples=80, deadline=None)
@given(copies())
def test_everything_typed_is_accounted_for(sent: list[Received]) -> None:
    result = run(*sent)

    assert [line.unaccounted for line in result.ledger] == [0] * len(sent)
    assert [line.filled for line in result.ledger] == [
        len(one.census) for one in sorted(sent, key=lambda one: one.origin.file)
    ]


@settings(max_examples=60, deadline=None)
@given(copies())
def test_every_finding_can_be_read_and_every_stray_value_is_kept(sent: list[Received]) -> None:
    result = run(*sent)
    strays = {one for came in sent for submission in came.submissions for one in submission.unplaced}

    assert strays <= set(result.unplaced)
    assert all(fact_of(one) and advice_of(one) and "{" not in fact_of(one) for one in result.findings)


def test_every_row_owed_is_one_outcome_in_the_order_of_roster_and_plan() -> None:
    owed = [("S1", "r1"), ("S1", "r2"), ("S1", "r3"), ("S2", "r1"), ("S2", "r2"), ("S2", "r3"), ("O1", "r4")]

    assert [(one.participant, one.activity) for one in run(as_of=AT_THE_END).outcomes] == owed
