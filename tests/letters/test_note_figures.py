"""Every figure of the note is counted from rows that are named, by the rules of the свод itself."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from sheetsync.letters.figures import Figure, Figures, Scope, Unit, recounted
from sheetsync.letters.note import Cited, Note
from sheetsync.letters.note_words import NOTHING, Counted, amount, percent, plural, share, shortened
from sheetsync.letters.noting import Noted, noted
from sheetsync.merge.rates import rates_of
from sheetsync.model import Consolidation, Decision, Indicator, IndicatorFact, ReviewState
from small_district import AT_THE_END, FULL, PLAN, ROWS, answer, copy, plan_with, run

BARE = {"status": "выполнено", "done_on": "20.02.2023", "info": "Проведён педсовет"}


def two_schools() -> Consolidation:
    """S1 reports in time, S2 after the report date and worse, the office says nothing."""
    return run(
        copy("S1", answer("r1", **FULL), answer("r2", **BARE), answer("r3", status="не требуется")),
        copy("S2", answer("r1", status="выполнено частично"), received_on=date(2023, 12, 25)),
    )


def note_of(found: Consolidation) -> Noted:
    return noted(found, lambda text: text)


def every_cited(note: Note) -> list[tuple[str, str]]:
    """Printed figures with their numbers, wherever they stand in the note."""
    found: list[tuple[str, str]] = []

    def walk(value: object) -> None:
        if isinstance(value, Cited):
            found.append((value.text, value.ref))
        elif isinstance(value, tuple):
            for one in value:
                walk(one)
        elif hasattr(value, "__struct_fields__") and not isinstance(value, Figure):
            for name in value.__struct_fields__:
                walk(getattr(value, name))

    walk(note)
    return [(text, ref) for text, ref in found if ref]


def test_the_four_rates_are_those_of_the_workbook() -> None:
    found = two_schools()
    figures = Figures(found)

    assert figures.reports(Counted.RECEIVED).value == found.rates.received == 2 / 3
    assert figures.reports(Counted.ON_TIME).value == found.rates.on_time == 1 / 3
    assert figures.share(Counted.FILLED, figures.whole).value == found.rates.filled
    assert figures.share(Counted.CONFIRMED, figures.whole).value == found.rates.evidenced == 1 / 2


def test_what_is_counted_of_a_school_is_what_completeness_shows() -> None:
    found = two_schools()
    figures = Figures(found)

    for line in found.completeness:
        of = figures.person(line.participant)
        rates = rates_of([line])
        counts = [
            figures.count(what, of).value
            for what in (Counted.DUE, Counted.MISSING, Counted.DONE, Counted.EVIDENCED)
        ]
        assert counts == [line.rows_due, line.missing, line.done, line.evidenced]
        assert figures.share(Counted.FILLED, of).value == rates.filled
        assert figures.share(Counted.CONFIRMED, of).value == rates.evidenced


def test_every_figure_printed_is_the_recount_of_its_rows() -> None:
    told = note_of(two_schools())

    assert [recounted(one.unit, one.rows) for one in told.note.figures] == [
        one.value for one in told.note.figures
    ]
    assert {ref for _, ref in every_cited(told.note)} == {
        f"[{number}]" for number in range(1, len(told.note.figures) + 1)
    }


def test_a_figure_printed_twice_has_one_number() -> None:
    told = note_of(two_schools())
    rates = {row.label: row.value.ref for row in told.note.rates}
    said = [piece.ref for line in told.note.conclusions for piece in line if piece.ref]

    assert rates[Counted.RECEIVED.value] in said
    assert len({figure.key for figure in told.note.figures}) == len(told.note.figures)


def test_a_row_names_where_it_stands() -> None:
    figures = Figures(two_schools())
    (row,) = [
        one
        for one in figures.share(Counted.CONFIRMED, figures.whole).rows
        if one.activity == "r1" and one.counts
    ]

    assert (row.participant, row.number, row.origin.file, row.origin.sheet) == (
        "S1",
        "1.1",
        "S1.xlsx",
        "Отчёт",
    )
    assert row.origin.cell


def test_a_row_taken_out_of_the_plan_counts_nowhere() -> None:
    rows = (ROWS[0], replace(ROWS[1], is_retired=True), *ROWS[2:])
    plan = plan_with(rows=rows)
    figures = Figures(run(copy("S1", answer("r1", **FULL), answer("r2", **FULL)), plan=plan))

    assert figures.count(Counted.DONE, figures.whole).value == 1
    assert "r2" not in {row.activity for row in figures.share(Counted.FILLED, figures.whole).rows}


def test_sections_stand_in_the_order_of_the_plan() -> None:
    rows = tuple(replace(row, section=name) for row, name in zip(ROWS, ("Б", "А", "Б", "В"), strict=True))
    told = note_of(run(copy("S1", answer("r1", **FULL)), plan=plan_with(rows=rows))).note

    assert [row.title for row in told.sections] == ["Б", "А", "В"]
    assert [row.due.text for row in told.sections] == ["4", "2", "1"]


def test_a_plan_without_sections_has_no_table_and_no_chart_of_them() -> None:
    rows = tuple(replace(row, section="") for row in ROWS)
    told = note_of(run(copy("S1", answer("r1", **FULL)), plan=plan_with(rows=rows))).note

    assert told.sections == told.section_charts == ()
    assert told.total.due.text == "7"


def test_nothing_to_count_is_said_in_words() -> None:
    told = note_of(run(as_of=date(2023, 1, 10))).note

    assert [row.value.text for row in told.rates] == ["0\xa0%", "0\xa0%", NOTHING, NOTHING]
    assert [row.counted for row in told.rates[2:]] == ["—", "—"]
    assert any("ещё не наступил" in piece.text for line in told.conclusions for piece in line)


def test_late_is_what_its_deadline_has_passed_for_in_a_report_that_came() -> None:
    """A school that sent nothing is one line of its own: its every row would bury the others."""
    told = note_of(two_schools()).note
    silent = ["".join(piece.text for piece in line) for line in told.silent]

    assert silent == ["Отдел — 1"]
    assert {row.number: row.who for row in told.late} == {
        "1.1": "Липовская ООШ (выполнено частично)",
        "1.2": "Липовская ООШ (нет ответа)",
        "1.3": "Берёзовская СОШ («не требуется» без причины); Липовская ООШ (нет ответа)",
    }


def test_done_after_its_deadline_is_told_with_the_day_and_a_day_to_come_is_not() -> None:
    late = {**FULL, "done_on": "05.03.2023"}
    slip = {**FULL, "done_on": "05.03.2027"}
    told = note_of(run(copy("S1", answer("r1", **late)), copy("S2", answer("r1", **slip)))).note

    assert [(row.number, row.count.text, row.who) for row in told.after_term] == [
        ("1.1", "1", "Берёзовская СОШ (05.03.2023)")
    ]


def test_what_lacks_evidence_is_listed_only_where_evidence_is_asked() -> None:
    received = copy("S1", answer("r1", **BARE))
    asked, not_asked = (
        note_of(run(received)).note,
        note_of(run(received, plan=plan_with(evidence_required=False))).note,
    )

    assert [(row.number, row.who) for row in asked.bare] == [("1.1", "Берёзовская СОШ (нет подтверждения)")]
    assert (not_asked.bare, not_asked.is_evidence_asked) == ((), False)


def test_rows_on_rework_stand_with_the_remark() -> None:
    decisions = {("S1", "r2"): Decision("на доработку", "Приложите приказ")}
    told = note_of(run(copy("S1", answer("r1", **FULL), answer("r2", **BARE)), decisions=decisions)).note

    assert [(row.name, row.number, row.state, row.remark) for row in told.rework] == [
        ("Берёзовская СОШ", "1.2", ReviewState.REWORK.value, "Приложите приказ")
    ]


def test_best_practice_is_accepted_confirmed_and_in_time() -> None:
    full = {**FULL, "info": "Проведён педсовет, разобраны итоги четверти и план на весну"}
    late = {**FULL, "done_on": "05.03.2023"}
    accepted = {(code, "r1"): Decision("принято") for code in ("S1", "S2")}
    found = run(
        copy("S1", answer("r1", **full), answer("r2", **full)),
        copy("S2", answer("r1", **late)),
        decisions=accepted,
    )
    told = noted(found, lambda text: text.replace("педсовет", "***")).note

    assert [(row.name, row.number, row.told) for row in told.practice] == [
        ("Берёзовская СОШ", "1.1", "Проведён ***, разобраны итоги четверти и план на весну")
    ]


def test_targets_show_plan_fact_previous_and_change() -> None:
    indicator = Indicator("Доля выпускников", "%", 90, 2023)
    facts = (
        IndicatorFact("S1", indicator, "92,5 %", "90"),
        IndicatorFact("S2", indicator, "80", ""),
        IndicatorFact("O1", indicator, "в работе"),
    )
    found = replace(two_schools(), plan=replace(PLAN, indicators=(indicator,)), indicators=facts)
    told = note_of(found)
    (table,) = told.note.targets

    assert table.title == "Доля выпускников, % (2023 г.)"
    assert [
        (row.name, row.plan.text, row.fact.text, row.previous.text, row.change.text) for row in table.rows
    ] == [
        ("Берёзовская СОШ", "90", "92,5", "90", "+2,5"),
        ("Липовская ООШ", "90", "80", "—", "—"),
        ("Отдел", "90", "«в работе»", "—", "—"),
    ]
    assert "".join(piece.text for piece in table.reached) == "цели достигли 1 из 2 из тех, кто назвал число"
    assert [recounted(one.unit, one.rows) for one in told.note.figures] == [
        one.value for one in told.note.figures
    ]


def test_of_a_target_that_asks_for_less_nobody_is_told_to_have_reached_it() -> None:
    indicator = Indicator("Снижение доли неуспевающих", "%", 5, 2023)
    facts = (IndicatorFact("S1", indicator, "3"),)
    found = replace(two_schools(), plan=replace(PLAN, indicators=(indicator,)), indicators=facts)

    assert note_of(found).note.targets[0].reached == ()


def test_a_school_with_a_curator_is_shown_beside_it() -> None:
    people = (replace(PLAN.participants[0], curator="Гимназия № 1"), *PLAN.participants[1:])
    found = run(copy("S1", answer("r1", **FULL)), plan=replace(PLAN, participants=people))

    assert [(one.school, one.curator) for one in note_of(found).note.pairs] == [
        ("Берёзовская СОШ", "Гимназия № 1")
    ]


def test_before_the_report_date_nobody_is_reproached() -> None:
    told = note_of(run(copy("S1", answer("r1", **FULL)), as_of=date(2023, 12, 1))).note
    said = ["".join(piece.text for piece in line) for line in told.conclusions]

    assert "Срок отчёта — 20.12.2023; пока не представили: Липовская ООШ, Отдел." in said
    assert not any(line.startswith("Предлагается: Липовская") for line in said)


def test_the_same_consolidation_gives_the_same_note() -> None:
    assert repr(note_of(two_schools()).note) == repr(note_of(two_schools()).note)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1.0, "100\xa0%"),
        (0.9999, "99,9\xa0%"),
        (0.857142, "85,7\xa0%"),
        (0.0, "0\xa0%"),
        (0.0001, "0,1\xa0%"),
        (None, NOTHING),
    ],
)
def test_a_share_is_never_more_whole_than_it_is(value: float | None, shown: str) -> None:
    assert share(value) == shown
    assert value is None or percent(value) == shown.removesuffix("\xa0%")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1240.0, "1\xa0240"), (12.5, "12,5"), (-3, "−3"), (None, "—"), (0.25, "0,25"), (1200.5, "1\xa0200,5")],
)
def test_numbers_are_written_as_in_russian_papers(value: float | None, shown: str) -> None:
    assert amount(value) == shown


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (0, "строк"),
        (1, "строка"),
        (2, "строки"),
        (5, "строк"),
        (11, "строк"),
        (21, "строка"),
        (104, "строки"),
        (112, "строк"),
    ],
)
def test_words_agree_with_numbers(number: int, word: str) -> None:
    assert plural(number, ("строка", "строки", "строк")) == word


def test_a_long_text_is_cut_between_words() -> None:
    assert shortened("Разработка плана, программы и справки", 20) == "Разработка плана…"
    assert shortened("Короткий", 20) == "Короткий"
    assert shortened("А" * 30, 20) == f"{'А' * 20}…"


def test_a_share_of_nothing_is_no_number() -> None:
    figures = Figures(two_schools())
    nobody = Scope("nobody", "никто", ())

    assert figures.share(Counted.FILLED, nobody).value is None
    assert figures.count(Counted.DONE, nobody).value == 0
    assert recounted(Unit.NUMBER, ()) is None
    assert two_schools().as_of == AT_THE_END
