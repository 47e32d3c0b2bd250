"""A copy that was read comes back from its bytes as it was."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as some

from sheetsync.checks.between import Mentions, Shared, Told
from sheetsync.merge.packing import packed, packed_mentions, unpacked, unpacked_mentions
from sheetsync.merge.received import BesideForm, CensusItem, ItemKind, Received
from sheetsync.model import (
    AttachedFile,
    CellsOfFile,
    Entry,
    Field,
    FileFault,
    Finding,
    Indicator,
    IndicatorAnswer,
    Match,
    Origin,
    Status,
    Submission,
    Unplaced,
    Verdict,
)

WORDS = some.sampled_from(["", "Отчёт", "D7", "выполнено", "1", "a\nb", "\n", "№ 5\ud800", "x" * 40])
ORIGINS = some.builds(Origin, WORDS, WORDS, WORDS, WORDS)
VALUES = some.one_of(
    WORDS,
    some.none(),
    some.booleans(),
    some.sampled_from([0, 1, 1.0, -0.0, 2.5, 10**18]),
    some.sampled_from(list(Status)),
    some.just(date(2025, 1, 20)),
    some.just(datetime(2025, 1, 20, 9, 30)),
    some.just(datetime(2025, 1, 20, tzinfo=UTC)),
)
MANY_WORDS = some.lists(WORDS, max_size=2).map(tuple)
FIELDS = some.dictionaries(
    some.sampled_from(["status", "info", "link"]),
    some.builds(Field, WORDS, VALUES, MANY_WORDS, WORDS, ORIGINS, WORDS),
)
ENTRIES = some.lists(
    some.builds(Entry, WORDS, WORDS, FIELDS, some.sampled_from(list(Match)), some.just(0.5)), max_size=3
).map(tuple)
PARAMS = some.lists(some.tuples(WORDS, WORDS), max_size=2).map(tuple)
FINDINGS = some.lists(
    some.builds(Finding, WORDS, WORDS, WORDS, ORIGINS, PARAMS, some.just(2)), max_size=3
).map(tuple)
TARGETS = some.builds(Indicator, WORDS, WORDS, some.none(), some.just(2025), WORDS)
SUBMISSIONS = some.builds(
    Submission,
    ORIGINS,
    WORDS,
    some.one_of(some.none(), some.just(3)),
    ENTRIES,
    some.lists(some.builds(Unplaced, some.one_of(some.none(), WORDS), WORDS, ORIGINS, WORDS), max_size=2).map(
        tuple
    ),
    FINDINGS,
    some.booleans(),
    some.lists(some.builds(IndicatorAnswer, WORDS, TARGETS, FIELDS), max_size=2).map(tuple),
)
ITEMS = some.lists(
    some.builds(CensusItem, WORDS, WORDS, some.sampled_from(list(ItemKind)), WORDS, some.booleans()),
    max_size=5,
).map(tuple)
OFFICE = some.one_of(
    some.frozensets(ORIGINS, max_size=3),
    some.builds(CellsOfFile, WORDS, WORDS, some.frozensets(some.tuples(WORDS, WORDS), max_size=3)),
)
ATTACHED = some.builds(
    AttachedFile, WORDS, ORIGINS, some.just(1), some.booleans(), some.sampled_from([None, *FileFault])
)


@given(
    some.builds(
        Received,
        ORIGINS,
        some.sampled_from(list(Verdict)),
        some.just(4),
        some.one_of(some.none(), some.just(date(2025, 2, 1))),
        some.lists(SUBMISSIONS, max_size=2).map(tuple),
        FINDINGS,
        ITEMS,
        ITEMS,
        OFFICE,
        ENTRIES,
        WORDS,
        some.one_of(some.none(), ATTACHED),
    )
)
def test_it_comes_back_as_it_was(read: Received) -> None:
    again = unpacked(packed(read))

    assert again == read
    assert repr(again.submissions) == repr(read.submissions)  # 1 stays 1, and 1.0 stays 1.0


def test_what_the_form_held_comes_back_in_the_order_of_the_copy() -> None:
    one, two, three, own = (
        CensusItem("Отчёт", cell, ItemKind.VALUE, cell) for cell in ("A1", "B1", "C1", "D1")
    )
    census = (own, three, three, one, own, two, one)

    read = Received(Origin("а.xlsx", "1f"), Verdict.ACCEPTED, census=census, blank=(one, two, three))

    assert unpacked(packed(read)).census == census


def test_what_is_told_beside_the_form_stays_told_so() -> None:
    one, two, own = (CensusItem("Отчёт", cell, ItemKind.VALUE, cell) for cell in ("A1", "B1", "D1"))
    census = BesideForm((one, two), frozenset({two}), (own,))

    read = Received(Origin("а.xlsx", "1f"), Verdict.ACCEPTED, census=census, blank=(one, two))
    again = unpacked(packed(read))

    assert isinstance(again.census, BesideForm)
    assert again.census == census
    assert again.census.blank is again.blank


@given(ITEMS, some.lists(some.tuples(some.integers(0, 4), ITEMS), max_size=3), ITEMS)
def test_what_a_form_held_is_told_by_another_of_its_kind(
    like: tuple[CensusItem, ...],
    changed: list[tuple[int, tuple[CensusItem, ...]]],
    own: tuple[CensusItem, ...],
) -> None:
    form = list(like)
    for step, others in changed:
        form[step : step + 1] = others[:1] if step < len(like) else ()
    census = BesideForm(tuple(form), frozenset(form[:1]), own, like)
    read = Received(Origin("а.xlsx", "1f"), Verdict.ACCEPTED, census=census, blank=census.blank)

    for again in (unpacked(packed(read)), unpacked(packed(unpacked(packed(read))))):
        assert again == read
        assert isinstance(again.census, BesideForm)
        assert (again.census.gone, again.census.own) == (census.gone, census.own)
        assert again.census.like == (like if len(form) == len(like) else ())
        assert again.census.blank is again.blank
        assert {type(one) for one in again.blank} <= {CensusItem}


def test_forms_of_one_kind_take_the_room_of_one() -> None:
    like = tuple(CensusItem("Отчёт", f"A{row}", ItemKind.VALUE, f"Мероприятие {row}") for row in range(50))
    form = (like[0]._replace(text="Школа № 7"), *like[1:])
    census = BesideForm(form, frozenset(), (), like)

    with_form = Received(Origin("а.xlsx", "1f"), Verdict.ACCEPTED, census=census, blank=form)
    again = [unpacked(packed(with_form)).census for _ in range(2)]

    assert all(isinstance(one, BesideForm) for one in again)
    assert len({id(one) for census in again for one in list(census)[1:]}) == len(like) - 1


TOLD = some.builds(
    Told, MANY_WORDS, some.one_of(some.none(), WORDS), ORIGINS, some.integers(1, 9), some.booleans()
)
MENTIONS = some.builds(
    Mentions,
    some.dictionaries(some.sampled_from(list(Shared)), some.dictionaries(some.binary(max_size=8), TOLD)),
)


@given(some.dictionaries(WORDS, MENTIONS))
def test_what_participants_mention_comes_back(mentions: dict[str, Mentions]) -> None:
    back = unpacked_mentions(packed_mentions(mentions))

    assert back == mentions
    assert [list(one.of) for one in back.values()] == [list(one.of) for one in mentions.values()]
