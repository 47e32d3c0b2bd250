"""A new order against the plan the coordinator edited: what changes, which keys stay, what is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sheetsync.plan.amending import AmendedRow, Amendment, Change, amend
from sheetsync.plan.amending_rows import ASPECTS, Kind, Row
from sheetsync.plan.keys import keys_of

COORDINATOR = "Назначение координатора в каждой школе"
RISKS = "Самодиагностика школы по выбранным рискам"
EXAM = "Пробный экзамен в девятых классах"
SUMMER = "Летняя смена для отстающих учеников"


def row(number: str, title: str, deadline: str = "", section: str = "1. Подготовка", **more: str) -> Row:
    """A row of an order, keyed by its title as an order is."""
    texts = {"number": number, "title": title, "deadline": deadline, "section": section, **more}
    return Row(keys_of([title])[0], texts)


def changed(one: Row, **texts: str) -> Row:
    """The same row of «План» after the coordinator edited it: its key stays."""
    return replace(one, texts={**one.texts, **texts})


FIRST = (
    row("1.1", COORDINATOR, "До 01.02.2026"),
    row("1.2", RISKS, "Март 2026"),
    row("1.3", EXAM, "Май 2026"),
)


def told(amendment: Amendment) -> list[tuple[str, tuple[Kind, ...]]]:
    return [(one.was or one.now, one.kinds) for one in amendment.changes if one.kinds != (Kind.SAME,)]


def change_of(amendment: Amendment, key: str) -> Change:
    return next(one for one in amendment.changes if one.key == key)


def row_of(amendment: Amendment, key: str) -> AmendedRow:
    return next(one for one in amendment.rows if one.key == key)


# --- one thing at a time ------------------------------------------------------------------------


def test_the_same_order_changes_nothing() -> None:
    found = amend(FIRST, FIRST, FIRST)

    assert found.is_empty
    assert [one.kinds for one in found.changes] == [(Kind.SAME,)] * 3


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        ({"number": "1.4"}, Kind.RENUMBERED),
        ({"section": "2. Работа с учениками"}, Kind.SECTION),
        ({"title": "Пробный экзамен в девятых классах школ"}, Kind.REWORDED),
        ({"deadline": "Апрель 2026"}, Kind.DEADLINE),
        ({"responsible": "МБОУ «Липовская СОШ»"}, Kind.RESPONSIBLE),
        ({"result": "Приказ"}, Kind.RESULT),
    ],
)
def test_each_part_of_a_row_can_change_and_the_key_stays(texts: dict[str, str], kind: Kind) -> None:
    later = replace(changed(FIRST[2], **texts), key="another")
    found = amend(FIRST, FIRST, (*FIRST[:2], later))

    assert told(found) == [(f"1.3 {EXAM}", (kind,))]
    assert row_of(found, FIRST[2].key).columns == frozenset(ASPECTS[kind])


def test_punctuation_and_spaces_are_no_change() -> None:
    later = changed(FIRST[2], title="«Пробный  экзамен» в девятых классах.", number="1.3.")

    assert told(amend(FIRST, FIRST, (*FIRST[:2], later))) == [(f"1.3 {EXAM}", (Kind.RENUMBERED,))]


def test_rows_that_come_and_go_are_told_and_numbers_below_move() -> None:
    summer = row("1.1", SUMMER)
    later = (summer, replace(row("1.2", RISKS, "Март 2026"), key="x"), row("1.3", EXAM, "Май 2026"))
    found = amend(FIRST, FIRST, later)

    assert set(told(found)) == {(f"1.1 {SUMMER}", (Kind.ADDED,)), (f"1.1 {COORDINATOR}", (Kind.REMOVED,))}
    assert row_of(found, FIRST[0].key).is_retired
    assert not row_of(found, FIRST[1].key).is_retired


def test_two_rows_that_swap_their_numbers_keep_their_keys() -> None:
    later = (FIRST[0], changed(FIRST[2], number="1.2"), changed(FIRST[1], number="1.3"))
    found = amend(FIRST, FIRST, later)

    assert {one.key for one in found.of(Kind.RENUMBERED)} == {FIRST[1].key, FIRST[2].key}
    assert [one.key for one in found.rows] == [FIRST[0].key, FIRST[2].key, FIRST[1].key]
    assert found.is_rearranged


def test_a_reworded_row_says_how_surely_it_is_the_same() -> None:
    later = row("1.3", "Пробный экзамен в девятых и одиннадцатых классах", "Май 2026")
    change = change_of(amend(FIRST, FIRST, (*FIRST[:2], later)), FIRST[2].key)

    assert change.kinds == (Kind.REWORDED,)
    assert 0.6 <= change.confidence < 1


def test_a_moved_date_inside_the_title_is_the_same_row() -> None:
    before = row("2", "представить отчёт в срок до 15.06.2026")
    later = row("3", "представить отчёт в срок до 20.06.2026")

    assert told(amend((*FIRST, before), (*FIRST, before), (*FIRST, later))) == [
        (f"2 {before.title}", (Kind.RENUMBERED, Kind.REWORDED))
    ]


def test_a_split_row_is_taken_out_and_its_parts_point_to_it() -> None:
    whole = row("1.4", "Провести семинар и мастер-класс для учителей")
    parts = (
        row("1.4", "Провести семинар для учителей"),
        row("1.5", "Провести мастер-класс для учителей"),
    )
    found = amend((*FIRST, whole), (*FIRST, whole), (*FIRST, *parts))

    assert row_of(found, whole.key).is_retired
    assert [one.resembles for one in found.of(Kind.ADDED)] == [(whole.label,), (whole.label,)]


def test_rows_joined_into_one_are_taken_out_and_it_points_to_them() -> None:
    parts = (row("1.4", "Провести семинар для учителей"), row("1.5", "Провести мастер-класс для учителей"))
    whole = row("1.4", "Провести семинар и мастер-класс для учителей")
    found = amend((*FIRST, *parts), (*FIRST, *parts), (*FIRST, whole))

    assert {one.key for one in found.of(Kind.REMOVED)} == {one.key for one in parts}
    (added,) = found.of(Kind.ADDED)
    assert set(added.resembles) == {one.label for one in parts}


def test_of_two_rows_equally_near_none_is_chosen() -> None:
    before = row("5", "Мониторинг качества преподавания предмета")
    later = (
        row("6", "Мониторинг качества преподавания предмета математика"),
        row("7", "Мониторинг качества преподавания предмета география"),
    )
    found = amend((before,), (before,), later)

    assert row_of(found, before.key).is_retired
    assert [one.resembles for one in found.of(Kind.ADDED)] == [(before.label,)] * 2


def test_the_same_words_go_before_near_ones_whatever_else_moved() -> None:
    """Two titles a few letters apart, renumbered and one moved: found on a real order."""
    one, other = "Реализация мониторинга учебных достижений", "Реализация мониторинга внеучебных достижений"
    before = (row("1.8", one, "По плану"), row("1.9", other, "По плану"))
    later = (row("1.7", one, "По плану"), row("1.8", other, "По плану, не позднее мая"))

    assert told(amend(before, before, later)) == [
        (f"1.8 {one}", (Kind.RENUMBERED,)),
        (f"1.9 {other}", (Kind.RENUMBERED, Kind.DEADLINE)),
    ]


# --- the coordinator's hand ---------------------------------------------------------------------


def test_what_the_coordinator_changed_stays_where_the_order_did_not() -> None:
    ours = (*FIRST[:2], changed(FIRST[2], deadline="До 20.05.2026", title="Экзамен"))
    later = (FIRST[0], changed(FIRST[1], deadline="Апрель 2026"), FIRST[2])
    found = amend(FIRST, ours, later)

    assert told(found) == [(f"1.2 {RISKS}", (Kind.DEADLINE,))]


def test_where_both_changed_the_order_wins_and_both_are_shown() -> None:
    ours = (*FIRST[:2], changed(FIRST[2], deadline="До 20.05.2026"))
    later = (*FIRST[:2], changed(FIRST[2], deadline="Июнь 2026"))
    found = amend(FIRST, ours, later)
    (conflict,) = change_of(found, FIRST[2].key).conflicts

    assert (conflict.was, conflict.own, conflict.now) == ("Май 2026", "До 20.05.2026", "Июнь 2026")
    assert row_of(found, FIRST[2].key).columns == frozenset(ASPECTS[Kind.DEADLINE])
    assert row_of(found.with_own_words, FIRST[2].key).columns == frozenset()


def test_a_row_of_the_coordinators_own_is_not_taken_out() -> None:
    own = row("1.4", SUMMER)
    found = amend(FIRST, (*FIRST, own), FIRST)

    assert found.is_empty
    assert told(found) == [(f"1.4 {SUMMER}", (Kind.OWN,))]


def test_a_row_the_coordinator_deleted_does_not_come_back_by_itself() -> None:
    found = amend(FIRST, FIRST[:2], FIRST)

    assert found.is_empty
    assert told(found) == [(f"1.3 {EXAM}", (Kind.LEFT_OUT,))]


def test_a_row_the_coordinator_switched_off_stays_off() -> None:
    found = amend(FIRST, (*FIRST[:2], replace(FIRST[2], is_retired=True)), FIRST)

    assert found.is_empty
    assert row_of(found, FIRST[2].key).is_retired


def test_a_guess_is_refused_by_switching_the_old_row_off() -> None:
    """What the advice of S871 says: then the new wording is a row of its own."""
    ours = (*FIRST[:2], replace(FIRST[2], is_retired=True))
    later = row("1.3", "Пробный экзамен в девятых и одиннадцатых классах", "Май 2026")
    found = amend(FIRST, ours, (*FIRST[:2], later))

    assert [one.now for one in found.of(Kind.ADDED)] == [later.label]


def test_a_row_is_named_the_same_by_writing_its_new_title_into_the_plan() -> None:
    """What the advice of S872 says."""
    ours = (*FIRST[:2], changed(FIRST[2], title=SUMMER))
    found = amend(FIRST, ours, (*FIRST[:2], row("2.7", SUMMER, "Май 2026")))

    assert not found.of(Kind.ADDED)
    assert row_of(found, FIRST[2].key).drafted


def test_without_the_order_before_the_plan_stands_for_it() -> None:
    found = amend(None, FIRST, FIRST[:2])

    assert told(found) == [(f"1.3 {EXAM}", (Kind.REMOVED,))]


# --- keys ---------------------------------------------------------------------------------------


def test_a_new_row_with_the_old_title_of_a_reworded_one_gets_a_key_of_its_own() -> None:
    reworded = changed(FIRST[2], title="Экзамен в девятых классах")
    found = amend((*FIRST[:2], reworded), (*FIRST[:2], reworded), (*FIRST[:2], reworded, row("1.4", EXAM)))
    (added,) = found.of(Kind.ADDED)

    assert added.key not in {one.key for one in FIRST}
    assert added.key == keys_of([EXAM, EXAM])[1]


def test_a_row_that_was_taken_out_comes_back_with_its_key() -> None:
    ours = (*FIRST[:2], replace(FIRST[2], is_retired=True))
    found = amend(FIRST[:2], ours, (*FIRST[:2], row("2.1", EXAM, "Май 2026")))

    assert change_of(found, FIRST[2].key).kinds == (Kind.RETURNED, Kind.RENUMBERED)
    assert not row_of(found, FIRST[2].key).is_retired


# --- any history --------------------------------------------------------------------------------

TITLES = (
    "Назначить ответственного за методическую помощь",
    "Провести самодиагностику рисковых профилей",
    "Заключить соглашение с базовой организацией",
    "Организовать пробный экзамен по математике",
    "Разработать дорожную карту перехода",
    "Обучить педагогов на курсах повышения квалификации",
    "Составить расписание дополнительных занятий",
    "Оформить стенд для родителей выпускников",
    "Проверить заполнение электронных журналов",
    "Собрать портфолио молодого специалиста",
    "Обследовать готовность первоклассников",
    "Издать сборник лучших уроков",
    "Закупить оборудование кабинета химии",
    "Посетить занятия внеурочной деятельности",
    "Сверить контингент с муниципальной базой",
    "Поощрить победителей олимпиады",
)
ENDINGS = ("", " до каникул", " совместно")


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Row], list[Row], dict[int, int]]:
    """A plan, the order after it, and which row of the plan stayed as which of the order."""
    picked = draw(st.permutations(range(len(TITLES))))
    size = draw(st.integers(1, 10))
    before = [row(f"1.{place}", TITLES[one], "Май 2026") for place, one in enumerate(picked[:size], 1)]
    kept = draw(st.lists(st.sampled_from(range(size)), unique=True))
    added = draw(st.integers(0, len(TITLES) - size))
    entries: list[tuple[int | None, str]] = [(one, TITLES[picked[one]]) for one in sorted(kept)]
    for one in picked[size : size + added]:
        entries.insert(draw(st.integers(0, len(entries))), (None, TITLES[one]))
    later = [
        row(
            f"1.{place}",
            title + draw(st.sampled_from(ENDINGS)),
            draw(st.sampled_from(["Май 2026", "Июнь 2026"])),
        )
        for place, (_, title) in enumerate(entries, 1)
    ]
    return before, later, {old: new for new, (old, _) in enumerate(entries) if old is not None}


def amended(ours: list[Row], theirs: list[Row], found: Amendment) -> list[Row]:
    """The plan after an amendment, as the workbook would have it."""
    own, drafted = {one.key: one for one in ours}, {one.key: one for one in theirs}
    result = []
    for one in found.rows:
        texts = dict(own[one.own].texts) if one.own else {}
        texts |= {column: drafted[one.drafted].text(column) for column in one.columns}
        result.append(Row(one.key, texts, one.is_retired))
    return result


@given(histories())
def test_rows_that_stayed_keep_their_keys_whatever_came_went_and_moved(
    history: tuple[list[Row], list[Row], dict[int, int]],
) -> None:
    before, later, stayed = history
    found = amend(before, before, later)
    by_drafted = {one.drafted: one.own for one in found.rows if one.drafted}

    assert {old: by_drafted[later[new].key] for old, new in stayed.items()} == {
        old: before[old].key for old in stayed
    }
    assert {one.key for one in found.of(Kind.REMOVED)} == {
        one.key for place, one in enumerate(before) if place not in stayed
    }
    assert len({one.key for one in found.rows}) == len(found.rows)


@given(histories())
def test_the_order_again_changes_nothing_and_the_order_before_brings_all_back(
    history: tuple[list[Row], list[Row], dict[int, int]],
) -> None:
    before, later, _ = history
    plan = amended(before, later, amend(before, before, later))

    assert amend(later, plan, later).is_empty
    back = amended(plan, before, amend(later, plan, before))
    assert {one.key: one.title for one in back if not one.is_retired} == {
        one.key: one.title for one in before
    }
