"""Whether what is said to be done is confirmed, and whose document it is."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from sheetsync.checks.evidence import evidence_of, identity_of
from sheetsync.model import EvidenceItem, Field, Sufficiency
from small_district import FULL, ROWS, answer, codes, copy, plan_with, run, the

BARE = {**FULL, "document": ""}


def of_first_row(**texts: str | Field) -> list[str]:
    return codes(run(copy("S1", answer("r1", **texts))), "S1", "r1")


def test_a_document_with_number_and_date_is_enough() -> None:
    assert of_first_row(**FULL) == []


def test_a_claim_is_quoted_back() -> None:
    result = run(copy("S1", answer("r1", **{**BARE, "document": "Подготовлена"})))

    assert dict(the(result, "E601").params)["claim"] == "«Подготовлена»"
    assert the(result, "E601").origin.cell == "I7"


def test_nothing_at_all() -> None:
    assert of_first_row(**{**BARE, "info": ""}) == ["E609", "C408"]


def test_an_address_behind_the_words_is_evidence() -> None:
    linked = Field("Материалы", links=("https://school.example/seminar",))

    assert of_first_row(**BARE, link=linked) == []


def test_evidence_may_stand_in_the_information() -> None:
    assert of_first_row(**{**BARE, "info": "Издан приказ № 12 от 01.02.2023"}) == []


def test_a_document_without_its_date_is_weak() -> None:
    result = run(copy("S1", answer("r1", **{**BARE, "document": "протокол № 3"})))

    assert dict(the(result, "E602").params)["missing"] == "дату"
    assert the(result, "E602").origin.cell == "I7"


def test_an_office_may_waive_evidence() -> None:
    plan = plan_with(evidence_required=False)

    assert codes(run(copy("S1", answer("r1", **BARE)), plan=plan), "S1", "r1") == []


def test_evidence_is_not_asked_of_work_under_way() -> None:
    result = run(copy("S1", answer("r3", status="в работе", info="Ведётся")))
    (outcome,) = [one for one in result.outcomes if (one.participant, one.activity) == ("S1", "r3")]

    assert outcome.evidence is None


def test_words_in_the_column_of_links() -> None:
    assert of_first_row(**FULL, link="на сайте школы") == ["E603"]


@pytest.mark.parametrize(
    "address", ["https://a.example/1", "www.a.example/doc", "школа.рф/отчет", "disk.yandex.ru/i/x"]
)
def test_an_address_is_an_address_however_short(address: str) -> None:
    assert "E603" not in of_first_row(**FULL, link=address)


def test_a_document_in_the_column_of_links_is_no_fault() -> None:
    assert of_first_row(**BARE, link="приказ № 5 от 01.02.2023") == []


@pytest.mark.parametrize(
    "path", [r"C:\Отчёты\приказ.docx", r"\\server\share\a.pdf", "file:///D:/a.pdf", "d:/фото/1.jpg"]
)
def test_a_path_on_the_senders_computer_is_no_link(path: str) -> None:
    assert "E604" in of_first_row(**FULL, link=path)
    assert "E604" in of_first_row(**{**FULL, "info": Field("Отчёт приложен", links=(path,))})


def test_fewer_documents_than_asked() -> None:
    twice = replace(ROWS[0], evidence_asked="протокол × 2")
    result = run(copy("S1", answer("r1", **FULL)), plan=plan_with(rows=(twice, *ROWS[1:])))

    assert dict(the(result, "E605").params) == {"asked": "2", "given": "1"}


@pytest.mark.parametrize("day", ["31.02.2023", "01.02.2032", "15.13.2023", "01.02.0203"])
def test_a_document_of_an_impossible_day(day: str) -> None:
    assert "E608" in of_first_row(**{**FULL, "document": f"приказ № 5 от {day}"})


# --- the same document again --------------------------------------------------------------------


def test_one_document_in_two_rows_is_told_once() -> None:
    result = run(copy("S1", answer("r1", **FULL), answer("r2", **FULL)))

    assert dict(the(result, "E606").params)["rows"] == "1.1, 1.2"
    assert the(result, "E606").count == 2


def test_one_link_of_two_schools_is_told_to_both() -> None:
    mine = answer("r1", **BARE, link="https://www.site.example/seminar/")
    yours = answer("r2", **BARE, link="http://site.example/seminar#top")
    result = run(copy("S1", mine), copy("S2", yours))

    assert [
        (one.participant, dict(one.params)["others"]) for one in result.findings if one.code == "E607"
    ] == [
        ("S1", "Липовская ООШ"),
        ("S2", "Берёзовская СОШ"),
    ]


def test_a_report_copied_from_another_school_is_one_finding_with_its_rows() -> None:
    rows = [answer("r1", **FULL), answer("r2", **{**FULL, "document": "приказ № 8 от 01.06.2023"})]
    result = run(copy("S1", *rows), copy("S2", *rows))

    assert [
        (one.participant, one.count, dict(one.params)["rows"])
        for one in result.findings
        if one.code == "E607"
    ] == [
        ("S1", 2, "1.1, 1.2"),
        ("S2", 2, "1.1, 1.2"),
    ]


def test_documents_of_one_number_but_other_days_differ() -> None:
    other = {**FULL, "document": "протокол № 3 от 21.02.2023"}
    result = run(copy("S1", answer("r1", **FULL)), copy("S2", answer("r1", **other)))

    assert "E607" not in codes(result)


def test_the_order_of_the_plan_may_stand_anywhere() -> None:
    plan = plan_with(order_number="15", order_date=date(2023, 1, 10))
    cited = {**FULL, "document": "приказ № 15 от 10.01.2023"}
    result = run(copy("S1", answer("r1", **cited)), copy("S2", answer("r1", **cited)), plan=plan)

    assert "E607" not in codes(result)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("https://A.example/x", "http://www.a.example/x/", True),
        ("https://a.example/x?id=1", "https://a.example/x?id=2", False),
        ("https://a.example/X", "https://a.example/x", False),
    ],
)
def test_when_two_addresses_are_one(one: str, other: str, is_same: bool) -> None:
    first, second = (identity_of(EvidenceItem("link", link, link=link)) for link in (one, other))

    assert (first == second) is is_same


def test_all_cells_of_an_answer_are_weighed_together() -> None:
    found = evidence_of(answer("r1", info="Подготовлена", document="протокол", link="https://a.example/1"))

    assert found.sufficient is Sufficiency.YES
