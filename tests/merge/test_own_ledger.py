"""What is seen at a glance is what a close look finds; what was issued is taken off the same either way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
from any_district import PLAN, District, districts
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sheetsync.merge import apart as apart_module
from sheetsync.merge.apart import Apart, apart, bones
from sheetsync.merge.consolidate import Judged, consolidate
from sheetsync.merge.copies import merge_copies
from sheetsync.merge.ledger import Reckoning, reckon
from sheetsync.merge.lineage import Copy
from sheetsync.merge.own_ledger import reckon_found
from sheetsync.merge.received import CensusItem, ItemKind, Received
from sheetsync.merge.shown import shown_by
from sheetsync.model import Field, LedgerLine, Origin, Unplaced, Verdict
from small_district import AT_THE_END, FULL, SHEET, answer, copy
from small_district import PLAN as SMALL_PLAN

QUICK = settings(max_examples=120, deadline=None)


def judged(*received: Received) -> Judged:
    return consolidate(SMALL_PLAN, received, {}, AT_THE_END)


def at_a_glance(one: Judged) -> tuple[Reckoning, ...]:
    return reckon_found(one.files, one.claims, one.found)


def closely(one: Judged) -> tuple[Reckoning, ...]:
    return reckon(one.files, one.claims, shown_by(one.found))


def lines(counted: Iterable[Reckoning]) -> list[tuple[LedgerLine, tuple[Origin, ...]]]:
    return [(one.line, one.missing) for one in counted]


@given(districts())
@QUICK
def test_a_glance_sees_what_a_close_look_finds(district: District) -> None:
    one = consolidate(PLAN, district.received, district.decisions, AT_THE_END, findings=district.told)

    assert lines(at_a_glance(one)) == lines(closely(one))


LINK, OTHER = "https://a.example/1", "https://b.example/2"
ODD_CELLS = {
    "a link in the words": Field(f"приказ {LINK}", links=(LINK,)),
    "a link behind the words": Field("приказ № 5", links=(LINK,)),
    "two links": Field("приказ № 5", links=(LINK, OTHER)),
    "a link and a note of several lines": Field("приказ № 5", links=(LINK,), comment="Иванова:\nуточнить"),
    "a note that repeats the link": Field("приказ № 5", links=(LINK,), comment=f"см.\n{LINK}"),
    "a note alone": Field("", comment="уточнить"),
    "a link alone": Field("", links=(LINK,)),
    "words of several lines": Field("приказ № 5\nот 01.02.2023", links=(LINK,)),
    "a note that says what the words say": Field("приказ № 5", comment="приказ № 5"),
}


@pytest.mark.parametrize("name", ODD_CELLS)
@pytest.mark.parametrize("lost", [None, ItemKind.VALUE, ItemKind.LINK, ItemKind.COMMENT])
def test_what_hangs_on_a_cell_is_counted(name: str, lost: ItemKind | None) -> None:
    """Whatever the свод shows less than the file holds is missing, seen so or so."""
    sent = copy("S1", answer("r1", **{**FULL, "document": ODD_CELLS[name]}))
    more = CensusItem(SHEET, "I7", lost, "чего никто не показывает") if lost else None
    one = judged(replace(sent, census=(*sent.census, *([more] if more else []))))

    assert lines(at_a_glance(one)) == lines(closely(one))
    assert one.found.ledger[0].unaccounted == (0 if more is None else 1)


def test_a_plain_copy_is_not_looked_at_closely() -> None:
    one = judged(copy("S1", answer("r1", **FULL)))

    (counted,) = at_a_glance(one)

    assert (counted.line.placed, counted.fates) == (4, ())


def test_a_link_where_the_form_had_something_is_looked_at_closely() -> None:
    sent = copy("S1", answer("r1", **{**FULL, "document": Field("приказ № 5", links=(LINK,))}))
    one = judged(replace(sent, blank=(CensusItem(SHEET, "I7", ItemKind.SHAPE, "впишите приказ"),)))

    (counted,) = at_a_glance(one)

    assert {item.cell for item, _ in counted.fates} == {"I7"}
    assert lines([counted]) == lines(closely(one))


def test_an_answer_shown_in_other_words_is_looked_at_closely() -> None:
    sent = copy("S1", answer("r1", **FULL))
    altered = tuple(
        item._replace(text="15 участников") if item.cell == "H7" else item for item in sent.census
    )

    (counted,) = at_a_glance(judged(replace(sent, census=altered)))

    assert [item.cell for item, _ in counted.fates] == ["H7"]
    assert counted.line.unaccounted == 1


def test_who_sent_two_copies_is_looked_at_closely() -> None:
    first = copy("S1", answer("r1", **FULL), file="1.xlsx", order=1)
    second = copy("S1", answer("r1", **{**FULL, "info": "Иначе"}), file="2.xlsx", order=2)

    counted = at_a_glance(judged(first, second))

    assert all(one.fates for one in counted)


def test_a_cell_behind_two_answers_is_looked_at_closely() -> None:
    sent = copy(
        "S1", answer("r1", info="Педсовет", document=Field("Педсовет", origin=Origin(SHEET, cell="H7")))
    )
    (part,) = sent.submissions
    (entry, *others) = part.entries
    here = entry.fields["info"].origin
    fields = {column: replace(cell, origin=here) for column, cell in entry.fields.items()}
    told = replace(part, entries=(replace(entry, fields=fields), *others))
    one = judged(replace(sent, submissions=(told,), census=sent.census[:1]))

    assert [item.cell for item, _ in at_a_glance(one)[0].fates] == ["H7"]
    assert lines(at_a_glance(one)) == lines(closely(one))


def test_a_thing_counted_twice_counts_twice() -> None:
    sent = copy("S1", answer("r1", **FULL))
    (one,) = [item for item in sent.census if item.cell == "H7"]
    twice = judged(replace(sent, census=(*sent.census, one)))

    assert lines(at_a_glance(twice)) == lines(closely(twice))
    assert twice.found.ledger[0].filled == len(sent.census) + 1


def test_cells_of_a_row_set_aside_are_looked_at_closely() -> None:
    row = Unplaced("S1", "Поход | вся школа", Origin(sheet="Своё", cell="B5:C5"), "стоит вне таблицы")
    items = (
        CensusItem("Своё", "B5", ItemKind.VALUE, "Поход"),
        CensusItem("Своё", "C5", ItemKind.VALUE, "вся школа"),
    )
    one = judged(replace(copy("S1", unplaced=(row,)), census=items))

    assert one.found.ledger[0].reported == 2
    assert lines(at_a_glance(one)) == lines(closely(one))


def test_a_file_that_was_not_taken_has_its_line() -> None:
    one = judged(Received(Origin("x.xlsx", "sha"), Verdict.REFUSED))

    assert lines(at_a_glance(one)) == lines(closely(one))


# --- the form taken off ---------------------------------------------------------------------------

items = st.builds(
    CensusItem,
    st.sampled_from(("Отчёт", "Показатели")),
    st.sampled_from(("", "A1", "B1")),
    st.sampled_from((ItemKind.VALUE, ItemKind.SHAPE)),
    st.sampled_from(("Дата", "дата", "44986", "01.03.2023", "1.0", "1", "приказ")),
    st.booleans(),
)
things = st.lists(items, max_size=8).map(tuple)


def counts(found: Apart) -> tuple[list[CensusItem], Counter[object]]:
    return sorted(found.typed), Counter(bones(one.kind, one.text) for one in found.gone)


@given(things, things)
@QUICK
def test_a_form_is_taken_off_as_a_whole_or_thing_by_thing(
    census: tuple[CensusItem, ...], blank: tuple[CensusItem, ...]
) -> None:
    slowly = apart_module._one_by_one(census, blank)

    assert counts(apart(census, blank)) == counts(slowly)


# --- one copy -------------------------------------------------------------------------------------


@given(districts())
@QUICK
def test_an_only_copy_is_merged_as_several_are(district: District) -> None:
    """The same copy with a form that held nothing of use is merged the long way."""
    sent = answer("r1", info="чего в копии нет")
    for part in (part for file in district.received for part in file.submissions):
        alone = merge_copies(part.participant, [Copy(1, part)])
        long_way = merge_copies(part.participant, [Copy(1, part, {"r1": sent})])

        assert alone.entries == long_way.entries
        assert [list(one.fields) for one in alone.entries.values()] == [
            list(one.fields) for one in long_way.entries.values()
        ]
        assert (alone.placed, alone.superseded) == (long_way.placed, long_way.superseded)
        assert (alone.findings, alone.unplaced) == (long_way.findings, long_way.unplaced)
