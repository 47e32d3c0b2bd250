"""Copies that stand as issued are read by their answers alone, and say exactly what they said before."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date, datetime
from random import Random

import pytest
from damages import Draft
from every_damage import DAMAGES
from hypothesis import given, settings
from hypothesis import strategies as st
from issued_copies import FIRST_ROW, ORIGIN, filled, issued, the_plan
from msgspec.structs import replace

from sheetsync.columns import FORM_INDICATORS, REPORT, FormCell
from sheetsync.grid import Book, Cell, Sheet, Visibility
from sheetsync.intake import untouched
from sheetsync.intake.known import Known
from sheetsync.intake.known_forms import KnownForms
from sheetsync.intake.misplaced import answers_within
from sheetsync.intake.pattern import Pattern, likeness
from sheetsync.intake.quick_rows import is_plain
from sheetsync.intake.read import CopyReading, read_copy
from sheetsync.intake.statuses import LISTED
from sheetsync.model import Field, Origin, Plan

PLAN = the_plan()
PATTERN = Pattern(issued(PLAN, "S01"))
FORMS = KnownForms(PATTERN)
COLUMNS = {key: place for place, key in enumerate(REPORT.keys, 1)}
ANSWERS = ("status", "done_on", "info", "document", "link", "reason")
REPORT_SHEET, FIGURES_SHEET = REPORT.sheet, FORM_INDICATORS.sheet


def known_of(code: str, book: Book | None = None) -> Known:
    form = likeness(book or issued(PLAN, code), PATTERN)
    assert form
    return FORMS.of(form)


def both(
    book: Book, code: str = "S01", plan: Plan = PLAN, origin: Origin = ORIGIN
) -> tuple[CopyReading, CopyReading]:
    """Read beside its form, and as any book is read."""
    known = known_of(code)
    return read_copy(book, plan, origin, known), read_copy(
        book, plan, origin, dataclasses.replace(known, form=None)
    )


def is_quick(book: Book, code: str = "S01", plan: Plan = PLAN) -> bool:
    """Is a copy read by its answers alone? (From the second copy of a pattern on.)"""
    readings = [untouched.read_untouched(book, plan, ORIGIN, known_of(code), read_any) for _ in range(2)]
    return readings[-1] is not None


def read_any(book: Book, plan: Plan, origin: Origin, known: Known | None) -> CopyReading:
    return read_copy(book, plan, origin, dataclasses.replace(known, form=None) if known else None)


def with_cells(book: Book, cells: Mapping[tuple[int, int], Cell | None], sheet: str = REPORT_SHEET) -> Book:
    def changed(one: Sheet) -> Sheet:
        merged = {**one.cells, **cells} if one.name == sheet else one.cells
        return dataclasses.replace(one, cells={at: cell for at, cell in merged.items() if cell is not None})

    return replace(book, sheets=tuple(map(changed, book.sheets)))


FILLED = filled(PLAN, "S01")[0]
ASKING = [row for (row, column) in FILLED.sheets[0].cells if column == COLUMNS["key"] and row >= FIRST_ROW]


@pytest.mark.parametrize("code", ["S01", "S02", "S03"])
def test_a_filled_form_is_read_by_its_answers(code: str) -> None:
    """Whoever filled it, the quick reading is taken and says what the other says."""
    book = filled(PLAN, code)[0]

    assert is_quick(book, code)
    quick, usual = both(book, code)
    assert quick == usual
    assert quick.office == usual.office
    assert [list(one.fields) for one in quick.submissions[0].entries] == [
        list(one.fields) for one in usual.submissions[0].entries
    ]


@pytest.mark.parametrize("name", sorted(DAMAGES))
def test_a_damaged_copy_says_what_it_said(name: str) -> None:
    """Whatever happened to a copy, knowing the form by its pattern changes nothing."""
    draft = Draft(*filled(PLAN, "S01"))
    DAMAGES[name](draft, Random(1))

    quick, usual = both(draft.book)

    assert quick == usual


TEXTS = st.sampled_from(
    [
        *LISTED, "Исполнено", "да", "выполнено частично, 3 из 5", "15.03.2023", "до 15 марта", "15.3.23", "31.02.2023",
        "https://school.example/a", "www.school.example; https://b.example", "см. https://a.example/б).",
        "Приказ № 5 от 01.03.2023", "приказ", "протокол № 2", "Проведено совещание", "Проведено", "не выполнено",
        "выпускники", "#REF!", " ", "\u00a0да", "=1+1", "2.10", "Открытые уроки", "K01X", "Кратовская СОШ № 1", "ё",
        "в\u0300ыполнено",
    ]
)  # fmt: skip
MEANT_OTHERWISE = st.sampled_from(
    [
        "Статус", "Дата исполнения", "key", "Мероприятие", "I01", "Доля учителей, прошедших курсы", "mark_plan",
        "План KRTV · участник S02 · выпуск 1", "ПЛАН x участник y ВЫПУСК 2",
    ]
)  # fmt: skip
VALUES = st.one_of(
    TEXTS,
    TEXTS,
    st.text(max_size=12),
    MEANT_OTHERWISE,
    st.dates(date(1999, 1, 1), date(2050, 1, 1)),
    st.datetimes(datetime(2020, 1, 1), datetime(2024, 1, 1)),
    st.integers(0, 50000),
    st.floats(0, 100),
    st.booleans(),
)
CELLS = st.builds(
    Cell,
    VALUES,
    st.one_of(st.none(), st.none(), st.sampled_from(["A1", 'HYPERLINK("https://c.example","да")'])),
    st.one_of(
        st.just(()), st.just(("https://a.example",)), st.just(("https://a.example", "https://a.example", "b"))
    ),
    st.one_of(st.none(), st.none(), st.just("примечание")),
    st.sampled_from(["", "", "ab12"]),
)


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.tuples(st.sampled_from(ASKING), st.sampled_from(ANSWERS)), CELLS, max_size=8),
    st.dictionaries(st.tuples(st.integers(3, 5), st.integers(5, 6)), CELLS, max_size=2),
    st.one_of(st.none(), st.none(), CELLS),
)
def test_whatever_is_answered_is_read_alike(
    answers: dict[tuple[int, str], Cell], figures: dict[tuple[int, int], Cell], tick: Cell | None
) -> None:
    """Any answers in their cells: the two readings agree in every field, finding and place."""
    cells = {(row, COLUMNS[key]): cell for (row, key), cell in answers.items()}
    book = with_cells(FILLED, {**cells, **({(5, 6): tick} if tick else {})})
    book = with_cells(book, figures, FIGURES_SHEET)

    quick, usual = both(book)

    assert quick == usual


def _hidden_row(book: Book) -> Book:
    first = dataclasses.replace(book.sheets[0], hidden_rows=frozenset({ASKING[0]}))
    return replace(book, sheets=(first, *book.sheets[1:]))


def _swapped(book: Book) -> Book:
    cells = dict(book.sheets[0].cells)
    one, other = ASKING[0], ASKING[1]
    for column in COLUMNS.values():
        cells[one, column], cells[other, column] = cells.get((other, column)), cells.get((one, column))  # type: ignore[assignment]
    return with_cells(book, cells)


LEAVES: dict[str, Callable[[Book], Book]] = {
    "a title changed": lambda book: with_cells(book, {(ASKING[0], 2): Cell("Другое мероприятие")}),
    "a title gone": lambda book: with_cells(book, {(ASKING[0], 2): None}),
    "a title noted": lambda book: with_cells(
        book, {(ASKING[0], 2): replace(book.sheets[0].at(ASKING[0], 2), comment="почему?")}
    ),
    "a key gone": lambda book: with_cells(book, {(ASKING[0], COLUMNS["key"]): None}),
    "a remark typed": lambda book: with_cells(book, {(ASKING[0], COLUMNS["remark"]): Cell("сделали")}),
    "a check typed over": lambda book: with_cells(book, {(ASKING[0], COLUMNS["check"]): Cell("всё хорошо")}),
    "a word beside the table": lambda book: with_cells(book, {(ASKING[0], 20): Cell("см. ниже")}),
    "a word under the table": lambda book: with_cells(book, {(max(ASKING) + 2, 2): Cell("Директор Иванова")}),
    "a header in an answer": lambda book: with_cells(book, {(ASKING[0], COLUMNS["info"]): Cell("Статус")}),
    "a printed code in an answer": lambda book: with_cells(
        book, {(ASKING[0], COLUMNS["info"]): Cell("План KRTV · участник S02 · выпуск 1")}
    ),
    "another school's name": lambda book: with_cells(book, {(2, 2): Cell("МБОУ «Липовская ООШ»")}),
    "rows sorted": _swapped,
    "a row hidden": _hidden_row,
    "a sheet added": lambda book: replace(book, sheets=(*book.sheets, Sheet("Лист1", {(1, 1): Cell("черновик")}))),
    "a sheet renamed": lambda book: replace(
        book, sheets=(dataclasses.replace(book.sheets[0], name="Лист1"), *book.sheets[1:])
    ),
    "a sheet shown": lambda book: replace(
        book, sheets=(*book.sheets[:-1], dataclasses.replace(book.sheets[-1], visibility=Visibility.VISIBLE))
    ),
    "a picture laid": lambda book: replace(book, sheets=(dataclasses.replace(book.sheets[0], pictures=1), *book.sheets[1:])),
    "the property gone": lambda book: replace(book, properties={}),
    "a name gone": lambda book: replace(
        book, names={name: at for name, at in book.names.items() if name != FormCell.READY}
    ),
    "a name that holds a text": lambda book: replace(book, names={**book.names, "Заметка": '"да"'}),
}  # fmt: skip


@pytest.mark.parametrize("story", sorted(LEAVES))
def test_what_is_not_as_issued_is_read_as_any_copy(story: str) -> None:
    """Each thing that must leave the quick reading does, and reads as before."""
    book = LEAVES[story](FILLED)

    assert not is_quick(book)
    quick, usual = both(book)
    assert quick == usual


def test_a_name_excel_adds_changes_nothing() -> None:
    """Print areas and filters are names too; they hold nothing."""
    book = replace(FILLED, names={**FILLED.names, "_xlnm.Print_Area": "'Отчёт'!$A$1:$N$30"})

    assert is_quick(book)
    quick, usual = both(book)
    assert quick == usual


@pytest.mark.parametrize("code", ["O01", "S02"])
def test_a_form_of_another_is_no_form_of_this_copy(code: str) -> None:
    """A copy beside the form of somebody else is read as a stranger's."""
    known = known_of("S02") if code == "S02" else Known.of(issued(PLAN, code))
    quick = read_copy(FILLED, PLAN, ORIGIN, known)

    assert quick == read_copy(FILLED, PLAN, ORIGIN, dataclasses.replace(known, form=None))


@pytest.mark.parametrize("file", ["Липовская ООШ.xlsx", "S01.xlsx", "папка/Кратовская СОШ № 1.xlsx"])
def test_the_name_of_a_file_is_remarked_alike(file: str) -> None:
    """A file called after another school is told of by both readings."""
    assert is_quick(FILLED)
    quick, usual = both(FILLED, origin=replace(ORIGIN, file=file))

    assert quick == usual


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: replace(plan, issue=2),
        lambda plan: replace(plan, rows=plan.rows[1:]),
        lambda plan: replace(plan, rows=(replace(plan.rows[0], title="Новое название"), *plan.rows[1:])),
        lambda plan: replace(plan, rows=(replace(plan.rows[0], reporters=("S02",)), *plan.rows[1:])),
        lambda plan: replace(plan, indicators=()),
        lambda plan: replace(plan, participants=plan.participants[1:]),
        lambda plan: replace(plan, settings=replace(plan.settings, plan_id="OTHR")),
    ],
)
def test_under_another_plan_both_readings_agree(change: Callable[[Plan], Plan]) -> None:
    """A plan amended since the form was issued, a participant gone, another plan altogether."""
    plan = change(PLAN)
    for code in ("S01", "S02"):
        for _ in range(3):
            quick, usual = both(filled(PLAN, code)[0], code, plan)

            assert quick == usual


def test_forms_are_told_from_their_pattern_whole() -> None:
    """What is known of a form by its pattern is what it holds, and the form can be had again."""
    for code in ("S01", "S02", "S03"):
        book = issued(PLAN, code)
        known = known_of(code)

        assert known == Known.of(book)
        assert known.form
        assert known.form.book == book


def test_forms_with_notes_of_their_own_are_of_one_kind() -> None:
    """What was answered in the period before hangs on titles; it is nobody's answer."""
    form = with_cells(issued(PLAN, "S02"), {(ASKING[0], 2): Cell("Проведение", comment="2022: выполнено")})
    title = form.sheets[0].at(ASKING[0], 2)
    title = replace(PATTERN.book.sheets[0].at(ASKING[0], 2), comment=title.comment)
    form = with_cells(form, {(ASKING[0], 2): title})
    book = with_cells(filled(PLAN, "S02")[0], {(ASKING[0], 2): title})
    like = likeness(form, PATTERN)
    assert like
    known = FORMS.of(like)

    assert known == Known.of(form)
    readings = [untouched.read_untouched(book, PLAN, ORIGIN, known, read_any) for _ in range(2)]
    assert readings[-1] == read_any(book, PLAN, ORIGIN, known)


@pytest.mark.parametrize(
    "changed",
    [
        with_cells(issued(PLAN, "S02"), {(1, 9): Cell("лишнее")}),
        with_cells(issued(PLAN, "S02"), {(5, 1): Cell("Заполнено", formula="1+1")}),
        replace(issued(PLAN, "S02"), tables=()),
        issued(PLAN, "O01"),
    ],
)
def test_another_form_is_of_another_kind(changed: Book) -> None:
    """Other cells filled, other formulas, other tables, other rows."""
    assert likeness(changed, PATTERN) is None


@pytest.mark.parametrize("status", LISTED)
def test_a_listed_status_and_a_plain_day_hold_no_other_answer(status: str) -> None:
    """What the quick reading takes for granted of them."""
    fields = {"status": Field(status, LISTED[status]), "done_on": Field("15.03.2023", date(2023, 3, 15))}

    assert is_plain({"status": Cell(status), "done_on": Cell("15.03.2023")})
    assert answers_within(fields, (2023,)) == {}
