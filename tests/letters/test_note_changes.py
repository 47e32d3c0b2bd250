"""What changed since the last note: figures old and new, and the rows that made the difference."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from msgspec.structs import replace

from sheetsync.letters.note_memory import Memory, as_text, changes_since, from_text, memory_of
from sheetsync.letters.noting import noted
from sheetsync.model import Consolidation, Decision, Indicator, IndicatorFact
from small_district import FULL, PLAN, ROWS, answer, copy, plan_with, run

SECRET = "Иванова Мария получила справку"
BARE = {"status": "выполнено", "done_on": "20.02.2023", "info": SECRET}
FIRST = copy("S1", answer("r1", **FULL), answer("r2", **BARE))


def mark(*words: str) -> str:
    return hashlib.sha256("|".join(words).encode()).hexdigest()


def remembered(found: Consolidation) -> Memory:
    told = noted(found, str)
    return from_text(as_text(memory_of(told.figures, told.cite.figures, mark)))


def changes(before: Consolidation, now: Consolidation) -> dict[str, tuple[str, str, str]]:
    """By label: was, is, why."""
    told = noted(now, str)
    found = changes_since(remembered(before), told.figures, told.cite, mark)
    return {row.label: (row.was, row.now.text, row.causes) for row in found.rows}


def test_nothing_changed_when_everything_is_the_same() -> None:
    assert changes(run(FIRST), run(FIRST)) == {}


def test_a_late_copy_changes_figures_and_is_named() -> None:
    late = copy("S2", answer("r1", **FULL), file="Липовка поздно.xlsx", order=2)
    told = changes(run(FIRST), run(FIRST, late))

    assert told["Поступило отчётов"] == (
        "33,3\xa0%", "66,7\xa0%", "Липовская ООШ: поступил отчёт «Липовка поздно.xlsx»"
    )  # fmt: skip
    assert told["Выполнено: Липовская ООШ"] == (
        "0", "1", "Липовская ООШ: новая копия «Липовка поздно.xlsx» — п.\u00a01.1"
    )  # fmt: skip
    assert "Выполнено: Берёзовская СОШ" not in told


def test_what_was_counted_before_and_is_no_more_names_its_row_too() -> None:
    later = copy("S1", answer("r1", status="в работе"), answer("r2", **BARE), file="новый.xlsx", order=2)
    told = changes(run(FIRST), run(FIRST, later))

    assert told["Выполнено: Берёзовская СОШ"] == (
        "2",
        "1",
        "Берёзовская СОШ: новая копия «новый.xlsx» — п.\u00a01.1",
    )


def test_a_deadline_that_came_since_is_said() -> None:
    told = changes(run(FIRST, as_of=date(2023, 2, 15)), run(FIRST, as_of=date(2023, 3, 15)))

    assert told["Срок наступил: Липовская ООШ"] == ("0", "1", "Липовская ООШ: наступил срок — п.\u00a01.1")


def test_a_decision_is_a_cause() -> None:
    rework = {("S1", "r2"): Decision("на доработку", "Приложите приказ")}
    more = {**rework, ("S1", "r1"): Decision("на доработку", "Номер?")}
    told = changes(run(FIRST, decisions=rework), run(FIRST, decisions=more))

    assert told["На доработке"] == (
        "1",
        "2",
        "Берёзовская СОШ: проверка района: «на доработке» — п.\u00a01.1",
    )


def test_rows_added_to_and_taken_from_the_plan_are_causes() -> None:
    fewer = plan_with(rows=ROWS[:2])
    told = changes(run(FIRST, plan=fewer), run(FIRST))
    back = changes(run(FIRST), run(FIRST, plan=fewer))

    assert told["Срок наступил: Липовская ООШ"] == ("2", "3", "Липовская ООШ: строка добавлена — п.\u00a01.3")
    assert back["Срок наступил: Липовская ООШ"][:2] == ("3", "2")
    assert back["Срок наступил: Липовская ООШ"][2].startswith("Липовская ООШ: строки в расчёте больше нет")


def test_rows_an_order_took_out_are_named_and_participants_of_one_cause_stand_together() -> None:
    amended = plan_with(rows=(replace(ROWS[0], is_retired=True), *ROWS[1:]))
    told = changes(run(FIRST), run(FIRST, plan=amended))

    assert (
        told["Срок наступил"][2] == "Берёзовская СОШ, Липовская ООШ: строка исключена из плана — п.\u00a01.1"
    )


def test_a_report_that_is_in_time_since_the_date_moved_says_so() -> None:
    """Another copy that came meanwhile is no cause: the first tells when the report came."""
    late = copy("S1", answer("r1", **FULL), received_on=date(2023, 12, 25))
    again = copy("S1", answer("r2", **FULL), file="ещё.xlsx", order=2, received_on=date(2023, 12, 28))
    moved = plan_with(report_due=date(2023, 12, 27))
    told = changes(run(late), run(late, again, plan=moved))

    assert told["Поступило в срок"][2] == "Берёзовская СОШ: срок отчёта перенесён с 20.12.2023 на 27.12.2023"
    assert "Поступило отчётов" not in told


def test_a_number_reported_anew_is_told() -> None:
    indicator = Indicator("Доля выпускников", "%", 90, 2023)
    found = replace(run(FIRST), plan=replace(PLAN, indicators=(indicator,)))
    before = replace(found, indicators=(IndicatorFact("S1", indicator, "80"),))
    now = replace(found, indicators=(IndicatorFact("S1", indicator, "95"),))
    told = changes(before, now)

    assert told["Факт: Доля выпускников, 2023 — Берёзовская СОШ"][:2] == ("80", "95")


def test_the_journal_keeps_no_word_of_a_school() -> None:
    told = noted(run(FIRST), str)
    text = as_text(memory_of(told.figures, told.cite.figures, mark))

    for word in ("Иванова", "педсовет", "протокол", "Берёзовская", "Педагогический", "xlsx"):
        assert word not in text
    assert from_text(text) == memory_of(told.figures, told.cite.figures, mark)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"rows": [[1]]}', "not json"])
def test_a_memory_that_is_none_is_refused(text: str) -> None:
    with pytest.raises((ValueError, LookupError, TypeError)):
        from_text(text)
