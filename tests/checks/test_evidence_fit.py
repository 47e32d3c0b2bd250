"""The plan asks for one document and the school gives another, or fewer, or its neighbour's."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from sheetsync.findings import advice_of, fact_of
from sheetsync.model import Consolidation, Sufficiency
from small_district import FULL, ROWS, answer, codes, copy, plan_with, run, the


def asking(words: str, **texts: str) -> Consolidation:
    """What is found when the first row asks for these words and the school answers so."""
    row = replace(ROWS[0], evidence_asked=words)
    return run(copy("S1", answer("r1", **{**FULL, **texts})), plan=plan_with(rows=(row, *ROWS[1:])))


def of_kind(words: str, document: str) -> list[str]:
    found = codes(asking(words, document=document), "S1", "r1")
    return [code for code in found if code in {"E605", "E610"}]


@pytest.mark.parametrize(
    ("words", "document"),
    [
        ("приказ", "справка № 3 от 20.02.2023"),
        ("приказ", "протокол № 3 от 20.02.2023"),
        ("протокол", "приказ № 3 от 20.02.2023"),
        ("соглашение", "приказ № 3 от 20.02.2023"),
        ("справка по итогам мониторинга", "приказ № 3 от 20.02.2023"),
        ("ссылка на сайт", "приказ № 3 от 20.02.2023"),
        ("справка или отчёт", "удостоверение № 3 от 20.02.2023"),
        ("ссылка на сайт", "приказ № 3 от 20.02.2023, сайт https://school.example"),
    ],
)
def test_a_document_of_another_kind_is_told(words: str, document: str) -> None:
    assert of_kind(words, document) == ["E610"]


@pytest.mark.parametrize(
    ("words", "document"),
    [
        ("", "справка № 3 от 20.02.2023"),
        ("приказ", "Пр. № 3 от 20.02.2023"),
        ("приказ", "распоряжение № 3 от 20.02.2023"),
        ("приказ", "https://school.example/docs/3"),
        ("приказ", "№ 3 от 20.02.2023, https://school.example/docs/3"),
        ("приказ", "приказ.pdf; справка № 3 от 20.02.2023"),
        ("приказ", "скан.pdf, справка № 3 от 20.02.2023"),
        ("приказ", "Положение (утв. приказом № 3 от 20.02.2023)"),
        ("приказ", "выписка из приказа № 3 от 20.02.2023"),
        ("план", "План утверждён приказом № 3 от 20.02.2023"),
        ("план", "приказ № 3 от 20.02.2023"),
        ("дорожная карта", "план мероприятий, приказ № 3 от 20.02.2023"),
        ("соглашение", "Договор о сотрудничестве № 3 от 20.02.2023"),
        ("договор", "Соглашение № 3 от 20.02.2023"),
        ("аналитическая справка", "справка № 3 от 20.02.2023"),
        ("справка", "аналитическая справка № 3 от 20.02.2023"),
        ("отчёт", "справка № 3 от 20.02.2023"),
        ("перечень", "приказ № 3 от 20.02.2023"),
        ("методические рекомендации", "протокол № 3 от 20.02.2023"),
        ("ссылка на сайт", "https://school.example/docs/3"),
        ("протокол, программа или список участников", "приказ № 3 от 20.02.2023"),
        ("протокол, программа или список участников", "справка № 3 от 20.02.2023"),
        ("что-нибудь своё", "справка № 3 от 20.02.2023"),
        ("приказ или что-нибудь своё", "справка № 3 от 20.02.2023"),
        ("приказ", "справка о выполнении приказа № 3 от 20.02.2023"),
        ("аналитическая справка, рекомендации", "Аналитическая справка с рекомендациями № 3 от 20.02.2023"),
    ],
)
def test_what_may_be_meant_is_not_called_wrong(words: str, document: str) -> None:
    assert of_kind(words, document) == []


def test_the_finding_names_what_was_asked_and_what_was_given() -> None:
    found = the(asking("приказ", document="справка № 3 от 20.02.2023"), "E610")

    assert fact_of(found) == (
        "Подтверждение другого вида: ожидалось «приказ», указано «справка № 3 от 20.02.2023»."
    )
    assert "«План»" in advice_of(found)


def test_nothing_given_is_told_once() -> None:
    assert of_kind("приказ", "") == []


@pytest.mark.parametrize(
    ("words", "document", "told"),
    [
        ("приказ, протокол", "приказ № 3 от 20.02.2023", ["E605"]),
        ("приказ, протокол", "приказ № 3 от 20.02.2023; протокол № 1 от 20.02.2023", []),
        ("приказ, протокол", "приказ № 3 от 20.02.2023; справка № 1 от 20.02.2023", ["E610"]),
        ("протокол ×2", "протокол № 1 от 20.02.2023", ["E605"]),
        ("протокол ×2", "протоколы № 1 от 20.02.2023, № 2 от 21.02.2023", []),
        ("протокол ×2", "справка № 1 от 20.02.2023", ["E605", "E610"]),
        ("протокол, программа или список участников ×2", "программа № 1 от 20.02.2023", ["E605"]),
        ("справка или отчёт", "отчёт № 1 от 20.02.2023", []),
    ],
)
def test_several_documents_asked(words: str, document: str, told: list[str]) -> None:
    assert sorted(of_kind(words, document)) == told


# --- the plan's own words -----------------------------------------------------------------------

RESULT = "Издан приказ о создании рабочей группы по поддержке школ."


def copied(**texts: str) -> Consolidation:
    row = replace(ROWS[0], result=RESULT)
    return run(copy("S1", answer("r1", **{**FULL, **texts})), plan=plan_with(rows=(row, *ROWS[1:])))


@pytest.mark.parametrize("text", [RESULT, RESULT.upper(), RESULT.rstrip("."), f"  {RESULT}\n"])
def test_a_result_copied_from_the_plan_confirms_nothing(text: str) -> None:
    result = copied(document=text)
    (outcome,) = [one for one in result.outcomes if (one.participant, one.activity) == ("S1", "r1")]

    assert outcome.evidence is Sufficiency.NO
    assert [code for code in codes(result, "S1", "r1") if code.startswith("E6")] == ["E612"]


def test_a_document_beside_the_plan_s_words_counts() -> None:
    assert "E612" not in codes(copied(document=f"{RESULT} Приказ № 3 от 20.02.2023"))
    assert "E601" not in codes(copied(document="", info=f"{RESULT}\nПриказ № 3 от 20.02.2023"))


def test_a_short_name_of_a_document_is_nobody_s_copy() -> None:
    """«Приказ» in both cells is weak, not copied: the school names its document."""
    row = replace(ROWS[0], result="Приказ")
    result = run(
        copy("S1", answer("r1", **{**FULL, "document": "Приказ"})), plan=plan_with(rows=(row, *ROWS[1:]))
    )

    assert [code for code in codes(result, "S1", "r1") if code.startswith("E6")] == ["E602"]


# --- when a document was made -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("приказ № 5 от 01.02.2023", []),
        ("приказ № 5 от 01.09.2022", ["E613"]),
        ("приказ № 5 от 01.09.2020", ["E614"]),
        ("договор № 5 от 01.09.2020", ["E613"]),
        ("программа развития № 5 от 01.09.2019", ["E613"]),
        ("приказ управления образования № 5 от 01.09.2020", []),
        ("приказ № 15 от 10.12.2022", []),
    ],
)
def test_a_document_older_than_the_plan(document: str, told: list[str]) -> None:
    """The order of the plan itself may be older; so may a contract or an order from above."""
    plan = plan_with(order_number="15", order_date=date(2022, 12, 10))
    result = run(copy("S1", answer("r1", **{**FULL, "document": document})), plan=plan)

    assert [code for code in codes(result, "S1", "r1") if code in {"E613", "E614"}] == told


def test_a_plan_without_its_first_day_judges_no_age() -> None:
    plan = plan_with(period_start=None)
    old = answer("r1", **{**FULL, "document": "приказ № 5 от 01.09.2015"})

    assert not {"E613", "E614"} & set(codes(run(copy("S1", old), plan=plan)))


# --- the same words of two schools --------------------------------------------------------------

LONG = (
    "Проведён педагогический совет, на котором разобраны итоги проверочных работ по каждому классу, "
    "намечены занятия с отстающими и назначены ответственные учителя."
)


def told_by(first: str, second: str) -> list[tuple[str | None, str]]:
    mine = answer("r1", **{**FULL, "info": first})
    yours = answer("r1", **{**FULL, "document": "протокол № 9 от 21.02.2023", "info": second})
    found = run(copy("S1", mine), copy("S2", yours)).findings
    return [(one.participant, dict(one.params)["others"]) for one in found if one.code == "E611"]


def test_a_long_text_of_two_schools_is_told_to_both() -> None:
    both = [("S1", "Липовская ООШ"), ("S2", "Берёзовская СОШ")]

    assert told_by(LONG, LONG) == both
    assert told_by(LONG, LONG.upper().replace("Ё", "Е").replace(",", "")) == both


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LONG, LONG.replace("каждому классу", "пятым классам")),
        ("Проведён педсовет, 14 участников", "Проведён педсовет, 14 участников"),
        (
            "Выполнено в полном объёме, документы прилагаются.",
            "Выполнено в полном объёме, документы прилагаются.",
        ),
        ("", ""),
    ],
)
def test_short_or_different_texts_are_nobody_s_copy(first: str, second: str) -> None:
    assert told_by(first, second) == []


def test_words_of_the_plan_in_two_schools_are_not_each_other_s() -> None:
    plan = plan_with(rows=(replace(ROWS[0], result=LONG), *ROWS[1:]))
    mine, yours = (answer("r1", **{**FULL, "info": LONG}) for _ in range(2))

    assert "E611" not in codes(run(copy("S1", mine), copy("S2", yours), plan=plan))


def test_rows_copied_from_one_school_are_one_finding() -> None:
    rows = [answer("r1", **{**FULL, "info": LONG}), answer("r2", **{**FULL, "info": LONG + " И ещё."})]
    found = [one for one in run(copy("S1", *rows), copy("S2", *rows)).findings if one.code == "E611"]

    assert [(one.participant, one.count, dict(one.params)["rows"]) for one in found] == [
        ("S1", 2, "1.1, 1.2"),
        ("S2", 2, "1.1, 1.2"),
    ]


def test_an_order_of_the_district_may_stand_in_every_school() -> None:
    cited = {**FULL, "document": "приказ отдела образования № 55 от 15.02.2023"}
    result = run(copy("S1", answer("r1", **cited)), copy("S2", answer("r1", **cited)))

    assert "E607" not in codes(result)
