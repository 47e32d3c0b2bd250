"""A count told beside the form is the count told item by item."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from sheetsync.campaign.counting import counts_of, items_of
from sheetsync.campaign.issued import Issued
from sheetsync.campaign.shielding import masked_items
from sheetsync.grid import Book, Cell, Sheet, position
from sheetsync.intake.known import Known
from sheetsync.intake.pattern import Likeness, Pattern
from sheetsync.merge.apart import apart
from sheetsync.merge.received import BesideForm, CensusItem, ItemKind
from sheetsync.privacy.shield import Shield
from sheetsync.workbooks.census_items import Item
from sheetsync.workbooks.census_items import ItemKind as Counted

SHEETS = ("Отчёт", "Показатели")
PLACES = tuple(f"{column}{row}" for row in range(1, 5) for column in "ABC")
PRINTED = ("Мероприятие", "Список участников", "Приказ", "ФИО ребёнка", "1.1", "Школа № 7", "7Б")
TYPED = (
    "Педсовет проведён",
    "Иванов Пётр",
    "Петрова Анна Сергеевна",
    "112-233-445 95",
    "Список учащихся",
    "7Б",
)
FORM = st.dictionaries(
    st.tuples(st.sampled_from(SHEETS), st.sampled_from(PLACES)), st.sampled_from(PRINTED), min_size=1
)
ANSWERS = st.dictionaries(
    st.tuples(st.sampled_from(SHEETS), st.sampled_from(PLACES), st.sampled_from(tuple(Counted)[:3])),
    st.sampled_from((*TYPED, *PRINTED)),
)


def counted(cells: dict[tuple[str, str], str]) -> list[Item]:
    return [Item(*at, Counted.VALUE, text) for at, text in cells.items()]


def issued(cells: dict[tuple[str, str], str], pattern: Pattern | None = None) -> Issued:
    sheets = tuple(
        Sheet(name, {position(at): Cell(text) for (own, at), text in cells.items() if own == name})
        for name in SHEETS
    )
    book = Book(sheets)
    known = replace(Known.of(book), form=Likeness(pattern or Pattern(book), {}, {}))
    return Issued(known, items_of(counted(cells)))


def shield_of(form: Issued, plan: Shield) -> Shield:
    plan.learn({item.text for item in form.items})
    return plan.beside(form.known.texts, form.known.comments, form.known.shapes)


CLASS_BESIDE_A_LINK = {
    ("Отчёт", "A4", Counted.LINK): "Педсовет проведён",
    ("Отчёт", "B4", Counted.VALUE): "7Б",
}


@given(FORM, ANSWERS, st.sampled_from(PRINTED), st.sets(st.integers(0, 23), max_size=3))
@example({("Отчёт", "A4"): "Мероприятие"}, CLASS_BESIDE_A_LINK, "Мероприятие", set())
@example({("Отчёт", "B3"): "1.1", ("Отчёт", "B1"): "ФИО ребёнка"}, {}, "Мероприятие", set())
@example(
    {("Отчёт", "B3"): "1.1", ("Отчёт", "B1"): "ФИО ребёнка"},
    {("Отчёт", "B1", Counted.VALUE): "Педсовет проведён"},
    "Мероприятие",
    set(),
)
def test_told_beside_the_form_or_item_by_item(
    cells: dict[tuple[str, str], str],
    answers: dict[tuple[str, str, Counted], str],
    whose: str,
    lost: set[int],
) -> None:
    """The first form of a kind, and another one that differs in a cell."""
    first, plan = issued(cells), Shield()
    assert first.known.form is not None
    second = issued({**cells, next(iter(cells)): whose}, first.known.form.pattern)
    for form in (first, second):
        stood = [Item(*one[:2], Counted(one.kind), one.text) for one in form.items]
        typed = [Item(*at, text) for at, text in answers.items()]
        taken = {one[:3] for one in typed}
        copy = [one for step, one in enumerate(stood) if step not in lost and one[:3] not in taken] + typed

        census, blank = counts_of(copy, form, shield_of(form, plan))

        shield = shield_of(form, Shield())
        whole, printed = masked_items(items_of(copy), shield), masked_items(form.items, shield)
        assert (sorted(census), blank) == (sorted(whole), printed)
        assert sorted(apart(census, blank).typed) == sorted(apart(whole, printed).typed)
        assert sorted(apart(census, blank).gone) == sorted(apart(whole, printed).gone)


def test_what_stands_in_the_form_is_carried_once() -> None:
    cells = {("Отчёт", "A1"): "Мероприятие", ("Отчёт", "B1"): "Приказ"}
    form = issued(cells)
    typed = Item("Отчёт", "C1", Counted.VALUE, "Петрова Анна Сергеевна, 7Б класс")

    census, blank = counts_of([*counted(cells)[:1], typed], form, shield_of(form, Shield()))

    assert isinstance(census, BesideForm)
    assert census.blank is blank
    assert census.gone == {CensusItem("Отчёт", "B1", ItemKind.VALUE, "Приказ")}
    assert [one.is_masked for one in census.own] == [True]


def test_a_thing_that_is_counted_twice_is_told_item_by_item() -> None:
    cells = {("Отчёт", "A1"): "Мероприятие"}
    form = issued(cells)

    census, _ = counts_of([*counted(cells), *counted(cells)], form, shield_of(form, Shield()))

    assert census == form.items * 2
    assert not isinstance(census, BesideForm)


def test_a_count_beside_a_form_is_the_sequence_of_its_things() -> None:
    items = items_of(counted({("Отчёт", "A1"): "Мероприятие", ("Отчёт", "B1"): "Приказ"}))
    own = items_of(counted({("Отчёт", "C1"): "Исполнено"}))
    one = BesideForm(items, frozenset(items[:1]), own)

    assert (len(one), one[0], one[-1], one[1:]) == (2, items[1], own[0], own)
    assert one == (items[1], *own)
    assert {one: 1}[BesideForm((), frozenset(), (items[1], *own))] == 1
    assert repr(one) == repr((items[1], *own))
