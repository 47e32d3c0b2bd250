"""The words of a letter, as the head of a school reads them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from sheetsync.letters.gaps import Gaps, gaps_of
from sheetsync.letters.letter import AnswerDay, Enclosed, Letter, answer_day, as_text, letter_of
from sheetsync.model import Channel, Plan, Settings
from small_district import FULL, PLAN, SETTINGS, answer, copy, run

OFFICE = replace(
    SETTINGS,
    organisation="Отдел образования Тенистого района",
    plan_title="План-график поддержки школ",
    order_number="24",
    order_date=date(2023, 2, 1),
    mail_from="rono@example.org",
)
DISTRICT = replace(PLAN, settings=OFFICE)
BARE = {**FULL, "document": "", "info": "Сделано"}


def gaps(*entries: Any, plan: Plan = DISTRICT, code: str = "S1") -> Gaps:
    received = [copy("S1", *entries)] if entries else []
    found = run(*received, plan=plan, as_of=date(2024, 1, 9))
    return next(one for one in gaps_of(found) if one.participant.code == code)


def letter(mine: Gaps, plan: Plan = DISTRICT, **parts: Any) -> Letter:
    given = {
        "as_of": date(2024, 1, 9),
        "written_on": date(2024, 1, 10),
        "answer_by": date(2024, 1, 17),
        "enclosed": Enclosed(),
        **parts,
    }
    return letter_of(mine, plan, **given)


def test_it_names_the_school_the_order_and_the_day_of_the_answer() -> None:
    mine = gaps(answer("r1", **BARE), answer("r2", **FULL), answer("r3", **FULL))

    assert (
        as_text(letter(mine))
        == """\
МБОУ «Берёзовская СОШ»
Руководителю

Об отчёте по плану-графику

По приказу № 24 от 01.02.2023 ваша организация отчитывается об исполнении плана: План-график поддержки школ. На 09.01.2024 по отчёту нужно сделать следующее.

1. Нет подтверждения. Строк: 1

Впишите вид, номер и дату документа или ссылку на него.
- 1.1 Педагогический совет (срок: 01.03.2023)
  Нет подтверждения, написано только: «Сделано». (ячейка H7)

Просим не позднее 17.01.2024 исправить это в своей форме и прислать её ещё раз целиком.
Куда прислать: rono@example.org.
Ячейки названы по файлу, который вы прислали («S1.xlsx»).

Отдел образования Тенистого района
10.01.2024
"""
    )


def test_one_advice_is_given_once_over_all_its_rows() -> None:
    mine = gaps(answer("r1", **BARE), answer("r2", **{**FULL, "document": ""}), answer("r3", **BARE))

    (chapter,) = letter(mine).chapters
    (block,) = chapter.blocks

    assert chapter.heading == "1. Нет подтверждения. Строк: 3"
    assert [line.number for line in block.lines] == ["1.1", "1.2", "1.3"]


def test_a_deadline_is_told_in_the_words_of_the_order() -> None:
    rows = (replace(PLAN.rows[0], deadline_text="Март, октябрь"), *PLAN.rows[1:])
    plan = replace(DISTRICT, rows=rows)
    mine = gaps(answer("r1", **BARE), answer("r2", **FULL), answer("r3", **FULL), plan=plan)

    assert letter(mine, plan).chapters[0].blocks[0].lines[0].due == "Март, октябрь"


def test_a_long_title_is_told_by_its_beginning() -> None:
    rows = (replace(PLAN.rows[0], title="Проведение анализа " * 20), *PLAN.rows[1:])
    plan = replace(DISTRICT, rows=rows)
    mine = gaps(answer("r1", **BARE), answer("r2", **FULL), answer("r3", **FULL), plan=plan)
    title = letter(mine, plan).chapters[0].blocks[0].lines[0].title

    assert len(title) <= 111
    assert title.endswith("Проведение анализа Проведение…")


def test_who_sent_nothing_gets_the_form_again() -> None:
    told = letter(gaps(code="S2"), enclosed=Enclosed(form="S2 Липовская ООШ.xlsx"))

    assert told.closing[0].startswith("Просим не позднее 17.01.2024 заполнить форму «S2 Липовская ООШ.xlsx»")
    assert told.notes == ("Приложение: «S2 Липовская ООШ.xlsx».",)


def test_a_returned_form_is_named() -> None:
    mine = gaps(answer("r1", **BARE), answer("r2", **FULL), answer("r3", **FULL))
    told = letter(mine, enclosed=Enclosed(returned="S1 Берёзовская СОШ.xlsx"))

    assert "исправить это в приложенной форме «S1 Берёзовская СОШ.xlsx»" in told.closing[0]


def test_who_works_in_google_is_given_the_link_and_asked_to_send_nothing() -> None:
    mine = gaps(answer("r1", **BARE), answer("r2", **FULL), answer("r3", **FULL))
    by_google = replace(
        mine.participant, channel=Channel.GOOGLE, link="https://docs.google.com/spreadsheets/d/1"
    )
    told = letter(replace(mine, participant=by_google))

    assert told.closing == (
        "Просим не позднее 17.01.2024 исправить это в вашей таблице Google: "
        "https://docs.google.com/spreadsheets/d/1. Присылать ничего не нужно.",
    )


def test_the_curator_is_named_as_the_one_who_gets_a_copy() -> None:
    told = letter(gaps(code="S2"), curator=PLAN.participants[0])

    assert told.notes == ("Копия: МБОУ «Берёзовская СОШ» (куратор).",)


@pytest.mark.parametrize(
    ("number", "day", "opening"),
    [
        ("", None, "Ваша организация отчитывается"),
        ("24", None, "По приказу № 24 ваша организация"),
        ("", date(2023, 2, 1), "По приказу от 01.02.2023 ваша организация"),
    ],
)
def test_an_order_is_named_as_far_as_it_is_known(number: str, day: date | None, opening: str) -> None:
    plan = replace(DISTRICT, settings=replace(OFFICE, order_number=number, order_date=day))

    assert letter(gaps(code="S2"), plan).opening.startswith(opening)


def test_without_an_address_of_its_own_the_office_is_named() -> None:
    plan = replace(DISTRICT, settings=replace(OFFICE, mail_from=""))

    assert letter(gaps(code="S2"), plan).closing[-1] == "Куда прислать: Отдел образования Тенистого района."


@pytest.mark.parametrize(
    ("settings", "written", "answer_by"),
    [
        (OFFICE, date(2023, 12, 1), AnswerDay(date(2023, 12, 20))),  # the report date is ahead
        (OFFICE, date(2023, 12, 20), AnswerDay(date(2023, 12, 27))),  # it is today: five working days
        (OFFICE, date(2023, 12, 28), AnswerDay(date(2024, 1, 12))),  # over New Year
        (Settings(), date(2039, 5, 6), AnswerDay(date(2039, 5, 16), is_sure=False)),
    ],
)
def test_the_answer_is_asked_by_the_report_date_or_in_five_working_days(
    settings: Settings, written: date, answer_by: AnswerDay
) -> None:
    assert answer_day(settings, written) == answer_by
