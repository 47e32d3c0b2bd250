"""A school sends again, or two of its people send at once."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from sheetsync.findings import fact_of
from sheetsync.model import Consolidation, Decision, Field, Outcome, Verdict
from small_district import FULL, answer, codes, copy, run, the, without_rows


def first_row(result: Consolidation) -> Outcome:
    (found,) = [one for one in result.outcomes if (one.participant, one.activity) == ("S1", "r1")]
    return found


def text(result: Consolidation, column: str) -> str:
    entry = first_row(result).entry
    return entry.text(column) if entry else ""


def test_different_cells_of_two_copies_merge() -> None:
    one = copy("S1", answer("r1", status="выполнено", done_on="20.02.2023"), file="завуч.xlsx")
    other = copy(
        "S1",
        answer("r1", info="Педсовет проведён", document="протокол № 3 от 20.02.2023"),
        file="директор.xlsx",
    )
    result = run(one, other)

    assert [text(result, column) for column in ("status", "info")] == ["выполнено", "Педсовет проведён"]
    assert codes(result, "S1", "r1") == []
    assert "M705" in codes(result, "S1")


def test_the_same_cell_of_two_copies_at_once_is_a_conflict_with_both_values() -> None:
    one = copy("S1", answer("r1", **{**FULL, "info": "Было 14 человек"}), file="а.xlsx")
    other = copy("S1", answer("r1", **{**FULL, "info": "Было 41 человек"}), file="б.xlsx")
    result = run(one, other)

    told = the(result, "M701")
    assert text(result, "info") == "Было 14 человек"
    assert all(
        words in fact_of(told)
        for words in ("Было 14 человек", "Было 41 человек", "а.xlsx", "б.xlsx, Отчёт!H7")
    )
    assert [one.text for one in result.unplaced] == ["Было 41 человек"]
    assert (told.origin.file, told.origin.cell) == ("б.xlsx", "H7")


def test_a_later_copy_supersedes_and_says_what_was() -> None:
    first = copy("S1", answer("r1", status="в работе"), file="я.xlsx", order=1)
    second = copy("S1", answer("r1", **FULL), file="а.xlsx", order=2)
    result = run(first, second)

    assert text(result, "status") == "выполнено"
    assert dict(the(result, "M702").params) == {"column": "Статус", "was": "в работе", "now": "выполнено"}
    assert the(result, "M702").origin.file == "я.xlsx"


def test_a_later_copy_settles_an_older_conflict() -> None:
    first = copy("S1", answer("r1", info="Первое"), file="1.xlsx", order=1)
    second = copy("S1", answer("r1", info="Второе"), file="2.xlsx", order=1)
    third = copy("S1", answer("r1", info="Третье"), file="3.xlsx", order=2)
    result = run(third, first, second)

    assert text(result, "info") == "Третье"
    assert "M701" not in codes(result)
    assert sum(one.count for one in result.findings if one.code == "M702") == 2


def test_a_later_copy_with_other_rows_only_takes_nothing_away() -> None:
    first = copy("S1", answer("r1", **FULL), order=1, file="1.xlsx")
    second = copy(
        "S1", answer("r2", **{**FULL, "document": "приказ № 9 от 01.06.2023"}), order=2, file="2.xlsx"
    )
    result = run(first, second)

    assert text(result, "info") == FULL["info"]
    assert "M707" not in codes(result)


def test_a_cell_emptied_in_a_copy_made_from_the_earlier_one_is_asked_about() -> None:
    first = copy("S1", answer("r1", **FULL), order=1, file="1.xlsx")
    emptied = answer("r1", **{**FULL, "info": ""})
    second = copy("S1", emptied, answer("r2", info="Проведён"), order=2, file="2.xlsx")
    result = run(first, second)

    assert text(result, "info") == FULL["info"]
    assert dict(the(result, "M707").params)["was"] == FULL["info"]
    assert the(result, "M707").origin.file == "2.xlsx"


def test_the_same_answer_spelled_otherwise_is_no_conflict() -> None:
    one = copy("S1", answer("r1", **FULL), file="1.xlsx")
    other = copy("S1", answer("r1", **{**FULL, "info": "Проведён  педсовет, 14 участников "}), file="2.xlsx")

    assert "M701" not in codes(run(one, other))


def test_a_link_and_a_note_of_the_other_copy_are_kept() -> None:
    one = copy(
        "S1", answer("r1", **{**FULL, "link": Field("Фото", links=("https://a.example/1",))}), file="1.xlsx"
    )
    other = copy(
        "S1",
        answer("r1", link=Field("Фото", links=("https://a.example/2",), comment="второй день")),
        file="2.xlsx",
    )
    entry = first_row(run(one, other)).entry

    assert entry is not None
    assert entry.fields["link"].links == ("https://a.example/1", "https://a.example/2")
    assert entry.fields["link"].comment == "второй день"


def test_against_the_form_last_sent_an_unchanged_cell_is_no_answer_of_this_copy() -> None:
    """Both copies were made from a returned form that held «в работе»; only one changed it."""
    sent = (replace(answer("r1", status="в работе", info="Готовим"), participant="S1"),)
    changed = copy("S1", answer("r1", status="выполнено", info="Готовим"), file="я.xlsx", exchanged=sent)
    untouched = copy("S1", answer("r1", status="в работе", info="Готовим"), file="а.xlsx", exchanged=sent)
    result = run(changed, untouched)

    assert text(result, "status") == "выполнено"
    assert "M701" not in codes(result)


def test_an_older_form_sent_after_a_newer_copy_emptied_nothing() -> None:
    """Both were made from the form returned in between; the second has nothing of the first."""
    returned = tuple(
        replace(one, participant="S1") for one in (answer("r1", **FULL), answer("r2", status="в работе"))
    )
    paper = "приказ № 9 от 01.06.2023"
    first = copy("S1", answer("r1", **FULL), order=1, file="1.xlsx")
    mended = copy(
        "S1",
        answer("r1", **FULL),
        answer("r2", status="выполнено", info="Проведён", document=paper, done_on="01.06.2023"),
        order=2,
        file="2.xlsx",
        exchanged=returned,
    )
    older = copy(
        "S1",
        answer("r1", **{**FULL, "info": "Проведены два педсовета"}),
        answer("r2", status="в работе"),
        order=3,
        file="3.xlsx",
        exchanged=returned,
    )
    result = run(first, mended, older)

    assert text(result, "info") == "Проведены два педсовета"
    assert "M707" not in codes(result)
    (second,) = [one for one in result.outcomes if (one.participant, one.activity) == ("S1", "r2")]
    assert second.entry is not None
    assert (second.entry.text("status"), second.entry.text("document")) == ("выполнено", paper)


def test_a_school_takes_its_own_change_of_a_returned_form_back() -> None:
    """It said «в работе», then «выполнено» again, as the form had been sent: the last word stands."""
    sent = tuple(
        replace(one, participant="S1")
        for one in (answer("r1", status="выполнено", info="Готово"), answer("r2", info="Проведён"))
    )
    mended = answer("r2", status="выполнено", info="Проведён 5 мая", document="справка № 4 от 06.05.2023")
    second = copy(
        "S1", answer("r1", status="в работе", info="Готово"), mended, order=2, file="2.xlsx", exchanged=sent
    )
    third = copy(
        "S1", answer("r1", status="выполнено", info="Готово"), mended, order=3, file="3.xlsx", exchanged=sent
    )
    result = run(second, third)

    assert text(result, "status") == "выполнено"
    (told,) = [one for one in result.findings if one.code == "M702"]
    assert "в работе" in fact_of(told)


def test_a_returned_form_sent_untouched_after_it_was_mended_changes_nothing() -> None:
    sent = (replace(answer("r1", status="выполнено", info="Готово"), participant="S1"),)
    mended = copy(
        "S1", answer("r1", status="в работе", info="Готово"), order=2, file="2.xlsx", exchanged=sent
    )
    untouched = copy(
        "S1", answer("r1", status="выполнено", info="Готово"), order=3, file="3.xlsx", exchanged=sent
    )

    assert text(run(mended, untouched), "status") == "в работе"


def test_an_answer_erased_from_the_form_last_sent_is_erased() -> None:
    sent = (replace(answer("r1", status="не начато", info="Ошибка"), participant="S1"),)
    erased = copy("S1", answer("r1", status="не начато"), answer("r2", info="Проведён"), exchanged=sent)

    assert text(run(erased), "info") == ""


def test_a_column_the_copy_lost_takes_no_answer_away() -> None:
    sent = (replace(answer("r1", status="не начато", info="Готовим"), participant="S1"),)
    without_column = copy("S1", answer("r1", status="не начато"), exchanged=sent)

    assert text(run(without_column), "info") == "Готовим"


def test_a_deleted_row_with_a_remark_is_a_dispute_and_keeps_the_answer() -> None:
    first = copy("S1", answer("r1", **FULL), order=1, file="1.xlsx")
    second = without_rows(copy("S1", order=2, file="2.xlsx"), "r1")
    result = run(first, second, decisions={("S1", "r1"): Decision("на доработку", "Где приказ?")})

    assert text(result, "info") == FULL["info"]
    assert dict(the(result, "M706").params)["text"] == "Где приказ?"


def test_a_row_deleted_in_the_later_copy_keeps_its_answer_and_is_mentioned() -> None:
    first = copy("S1", answer("r1", **FULL), order=1, file="1.xlsx")
    second = without_rows(copy("S1", answer("r2", status="в работе"), order=2, file="2.xlsx"), "r1")
    result = run(first, second)

    assert text(result, "info") == FULL["info"]
    assert codes(result, "S1", "r1") == ["M708"]
    assert the(result, "M708").origin.file == "2.xlsx"


def test_the_first_arrival_decides_whether_the_report_was_on_time() -> None:
    first = copy("S1", answer("r1", **FULL), order=1, file="1.xlsx", received_on=date(2023, 12, 1))
    second = copy("S1", answer("r2", **FULL), order=2, file="2.xlsx", received_on=date(2023, 12, 28))
    (line, *_) = run(first, second).completeness

    assert (line.received_on, line.on_time) == (date(2023, 12, 1), True)


def test_an_old_copy_dropped_again_is_told_to_be_old() -> None:
    """The same bytes again after a newer copy: beside the old file, or in its place under a new name."""
    first = copy("S1", answer("r1", info="Первое"), file="1.xlsx", order=1)
    second = copy("S1", answer("r1", info="Второе"), file="2.xlsx", order=2)
    again = replace(first, origin=replace(first.origin, file="3.xlsx"))
    beside = run(first, second, replace(again, verdict=Verdict.DUPLICATE, submissions=()))
    instead = run(replace(first, first_name="0.xlsx"), second)

    assert (text(beside, "info"), text(instead, "info")) == ("Второе", "Второе")
    assert the(beside, "M709").origin.file == "3.xlsx"
    assert dict(the(instead, "M709").params) == {"day": "01.12.2023", "later": "2.xlsx"}
    assert "M709" not in codes(run(first, second))


def test_an_answer_erased_while_another_changes_it_is_kept_and_asked_about() -> None:
    sent = (replace(answer("r1", **FULL), participant="S1"),)
    erased = copy(
        "S1", answer("r1", **{**FULL, "info": ""}), answer("r2", info="Ещё"), file="1.xlsx", exchanged=sent
    )
    changed = copy("S1", answer("r1", **{**FULL, "info": "Исправлено"}), file="2.xlsx", exchanged=sent)
    result = run(erased, changed)

    assert text(result, "info") == "Исправлено"
    assert "M701" not in codes(result)
    assert the(result, "M707").origin.file == "1.xlsx"
