"""Сверка adds up, and notices when it should not."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sheetsync.findings import make
from sheetsync.grid import CELL_LIMIT, cell_pieces, units
from sheetsync.merge.consolidate import Judged, consolidate
from sheetsync.merge.received import CensusItem, ItemKind, Received
from sheetsync.merge.shown import Shown, shown_by
from sheetsync.merge.spelling import same_value
from sheetsync.model import Consolidation, Field, Origin, Status, Verdict
from small_district import AT_THE_END, FULL, PLAN, SHEET, answer, copy, run, the


def value(cell: str, text: str, kind: ItemKind = ItemKind.VALUE) -> CensusItem:
    return CensusItem(SHEET, cell, kind, text)


def line_of(result: Consolidation, file: str = "S1.xlsx") -> tuple[int, int, int, int, int, int]:
    (line,) = [one for one in result.ledger if one.origin.file == file]
    return (line.filled, line.placed, line.reported, line.superseded, line.refused, line.unaccounted)


def with_items(received: Received, *items: CensusItem, **parts: object) -> Received:
    return replace(received, census=(*received.census, *items), **parts)


def test_what_a_school_typed_is_placed() -> None:
    assert line_of(run(copy("S1", answer("r1", **FULL)))) == (4, 4, 0, 0, 0, 0)


def test_the_issued_form_is_not_counted() -> None:
    blank = (value("B7", "Педагогический совет"), value("L7", "нет статуса"))
    sent = with_items(copy("S1", answer("r1", **FULL)), *blank, blank=blank)

    assert line_of(run(sent)) == (4, 4, 0, 0, 0, 0)


def test_rows_that_were_sorted_take_their_texts_along() -> None:
    blank = (value("B7", "Педагогический совет"), value("B8", "Семинар для учителей"))
    moved = (value("B8", "Педагогический  совет"), value("B7", "Семинар для учителей"))

    assert line_of(run(with_items(copy("S1", answer("r1", **FULL)), *moved, blank=blank)))[0] == 4


def test_a_row_copied_twice_is_the_offices_only_where_the_reader_saw_it() -> None:
    blank = (value("B7", "Педагогический совет"),)
    twice = with_items(
        copy("S1", answer("r1", **FULL)), *blank, value("B20", "Педагогический совет"), blank=blank
    )
    seen = frozenset({replace(twice.origin, sheet=SHEET, cell="B20")})

    assert line_of(run(twice))[-1] == 1
    assert line_of(run(replace(twice, office=seen)))[-1] == 0


@pytest.mark.parametrize(
    "shown", ["готово", "нет даты, нет подтверждения", "Заполнено 7 из 12, без подтверждения 3"]
)
def test_what_the_forms_own_formulas_show_is_not_typed(shown: str) -> None:
    blank = (value("M7", "нет статуса"),)

    assert line_of(run(with_items(copy("S1", answer("r1", **FULL)), value("M7", shown), blank=blank)))[0] == 4


def test_without_the_issued_form_the_plans_texts_are_known() -> None:
    sent = with_items(
        copy("S1", answer("r1", **FULL)), value("B3", "Педагогический совет"), value("A3", "1.1")
    )

    assert line_of(run(sent)) == (4, 4, 0, 0, 0, 0)


def test_without_the_issued_form_the_reader_says_what_stood_in_its_header() -> None:
    sent = with_items(copy("S1", answer("r1", **FULL)), value("B2", "Отчёт готов (выберите «да»):"))
    seen = frozenset({replace(sent.origin, sheet=SHEET, cell="B2")})

    assert line_of(run(replace(sent, office=seen))) == (4, 4, 0, 0, 0, 0)


def test_the_readers_word_alone_hides_nothing_a_school_typed_over_the_form() -> None:
    blank = (value("B7", "Педагогический совет"),)
    sent = with_items(copy("S1", answer("r1", **FULL)), value("B7", "Совет отменён"), blank=blank)
    seen = frozenset({replace(sent.origin, sheet=SHEET, cell="B7")})

    assert line_of(run(replace(sent, office=seen)))[-1] == 1


def test_a_value_nobody_read_is_an_error_of_the_program() -> None:
    result = run(with_items(copy("S1", answer("r1", **FULL)), value("R30", "Важное примечание")))

    assert line_of(result)[-1] == 1
    assert dict(the(result, "S802").params) == {
        "name": "S1.xlsx",
        "difference": "1",
        "cells": f"{SHEET}!R30",
    }


def test_an_answer_altered_on_the_way_is_noticed() -> None:
    sent = copy("S1", answer("r1", **FULL))
    altered = tuple(
        item._replace(text="15 участников") if item.cell == "H7" else item for item in sent.census
    )

    assert line_of(run(replace(sent, census=altered)))[-1] == 1


def test_answers_that_gave_way_are_superseded() -> None:
    first = copy("S1", answer("r1", info="Готовимся"), file="1.xlsx", order=1)
    second = copy("S1", answer("r1", info="Провели"), file="2.xlsx", order=2)
    result = run(first, second)

    assert line_of(result, "1.xlsx") == (1, 0, 0, 1, 0, 0)
    assert line_of(result, "2.xlsx") == (1, 1, 0, 0, 0, 0)


def test_notes_and_addresses_are_counted_too() -> None:
    linked = Field("Фото", links=("https://a.example/1",), comment="за два дня")

    assert line_of(run(copy("S1", answer("r1", link=linked)))) == (3, 3, 0, 0, 0, 0)


def test_a_conflict_is_reported_with_the_value_that_was_not_taken() -> None:
    one = copy("S1", answer("r1", info="Было 14"), file="1.xlsx")
    other = copy("S1", answer("r1", info="Было 41"), file="2.xlsx")

    assert line_of(run(one, other), "2.xlsx") == (1, 0, 1, 0, 0, 0)


def test_a_formula_without_a_value_is_reported_by_a_finding_about_its_cell() -> None:
    sent = with_items(copy("S1", answer("r1", **FULL)), value("H9", "=A1+1"))
    told = make("R314", origin=replace(sent.origin, sheet=SHEET, cell="H9"))

    assert line_of(run(sent))[-1] == 1
    assert line_of(run(replace(sent, findings=(told,)))) == (5, 4, 1, 0, 0, 0)


def test_the_quoted_beginning_of_a_long_text_is_not_the_text() -> None:
    long = "Очень длинное примечание школы " * 20
    sent = with_items(copy("S1", answer("r1", **FULL)), value("R30", long))
    place = replace(sent.origin, sheet=SHEET, cell="R30")
    cut = make("R307", origin=place, value=long[:100] + "…")
    whole = make("R307", origin=place, value=long)

    assert line_of(run(replace(sent, findings=(cut,))))[-1] == 1
    assert line_of(run(replace(sent, findings=(whole,))))[-1] == 0


@pytest.mark.parametrize(
    ("verdict", "filled", "expected"),
    [
        (Verdict.REFUSED, 3, (3, 0, 0, 0, 3, 0)),
        (Verdict.UNRECOGNISED, 2, (2, 0, 0, 0, 2, 0)),
        (Verdict.REFUSED, 0, (1, 0, 0, 0, 1, 0)),
        (Verdict.DUPLICATE, 2, (2, 0, 0, 2, 0, 0)),
        (Verdict.SKIPPED, 0, (0, 0, 0, 0, 0, 0)),
    ],
)
def test_files_that_were_not_taken_add_up(verdict: Verdict, filled: int, expected: tuple[int, ...]) -> None:
    items = tuple(value(f"A{number}", "слово") for number in range(filled))

    assert line_of(run(Received(Origin("x.xlsx", "sha"), verdict, census=items)), "x.xlsx") == expected


@pytest.mark.parametrize(
    ("stored", "shown", "is_same"),
    [
        ("44986", "01.03.2023", True),
        ("43524", "01.03.2023", True),  # counted from 1904
        ("44986.4375", "01.03.2023 10:30", True),
        ("2023-03-01", "01.03.2023", True),
        ("2023-03-01T10:30:00", "01.03.2023 10:30", True),
        ("5.0", "5", True),
        ("0.80000000000000004", "0.8", True),
        ("1", "ИСТИНА", True),
        ("0.4375", "10:30", True),
        ("PT10H30M00S", "10:30", True),
        ("  два   слова ", "два слова", True),
        ("44986", "02.03.2023", False),
        ("5", "15", False),
        ("31.02.2023", "31.02.2023", True),
        ("44986", "31.02.2023", False),
    ],
)
def test_one_value_as_a_file_stores_it_and_as_it_is_shown(stored: str, shown: str, is_same: bool) -> None:
    assert same_value(stored, shown) is is_same


@pytest.mark.parametrize(
    ("stored", "shown"), [("1234567890123456", "1234567890123457"), ("0.1", "0.10000000001")]
)
def test_numbers_that_nearly_agree_are_two_numbers(stored: str, shown: str) -> None:
    assert not same_value(stored, shown)


def counted(result: Judged, **changed: str) -> int:
    """What is missed when an answer of row 1.1 is shown with another text."""
    shown = shown_by(result.found)
    answers = {
        key: tuple(replace(one, text=changed.get(key[-1], one.text)) for one in cells)
        if key[1] == "r1"
        else cells
        for key, cells in shown.answers.items()
    }
    return sum(one.line.unaccounted for one in result.counted(replace(shown, answers=answers)))


@pytest.mark.parametrize(
    "other",
    [
        "Проведён  педсовет, 14 участников",
        "Проведён педсовет, 14 участников ",
        "Проведён\u200b педсовет, 14 участников",
        "Проведе\u0308н педсовет, 14 участников",
        "Проведён педсовет, 14 участников\nи ещё строка",
        "",
    ],
)
def test_an_answer_is_compared_byte_for_byte(other: str) -> None:
    sent = copy("S1", answer("r1", **FULL))
    result = consolidate(PLAN, [sent], {}, AT_THE_END)

    assert counted(result) == 0
    assert counted(result, info=other) == 1


def test_a_status_that_gave_way_to_its_meaning_is_told_by_its_finding_only_beside_it() -> None:
    place = Origin("S1.xlsx", "sha of S1", SHEET, "F7")
    said = make("R311", origin=place, participant="S1", activity="r1", value="исполнено", status="выполнено")
    status = Field("исполнено", Status.DONE)
    sent = copy("S1", answer("r1", status=status), findings=(said,))
    result = consolidate(PLAN, [sent], {}, AT_THE_END)

    assert counted(result) == 0
    assert counted(result, status="") == 1
    assert counted(result, status="не выполнено") == 1


def test_a_note_that_says_what_the_address_says_is_two_things() -> None:
    linked = Field("Фото", links=("https://a.example/1",), comment="https://a.example/1")
    sent = copy("S1", answer("r1", link=linked))
    result = consolidate(PLAN, [sent], {}, AT_THE_END)

    assert counted(result) == 0
    assert counted(result, link="Фото\nhttps://a.example/1") == 1


def test_a_refused_file_nobody_is_told_of_is_missed() -> None:
    told = make("F103", origin=Origin("x.xlsx", "sha"), what="картинка")
    result = consolidate(PLAN, [Received(told.origin, Verdict.REFUSED, findings=(told,))], {}, AT_THE_END)

    assert [one.line.unaccounted for one in result.counted(shown_by(result.found))] == [0]
    assert [one.line.unaccounted for one in result.counted(Shown())] == [1]


def test_masked_items_are_counted_apart() -> None:
    sent = copy("S1", answer("r1", **FULL))
    masked = tuple(item._replace(is_masked=item.cell == "H7") for item in sent.census)

    assert run(replace(sent, census=masked)).ledger[0].masked == 1


def test_a_long_text_is_cut_between_characters() -> None:
    text = "a" + "🙂" * 20_000
    pieces = cell_pieces(text)

    assert "".join(pieces) == text
    assert max(map(units, pieces)) <= CELL_LIMIT
