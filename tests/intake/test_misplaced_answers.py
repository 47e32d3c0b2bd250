"""An answer in the wrong column is read as what it unmistakably is, and the finding says so."""

from __future__ import annotations

from datetime import date

import pytest
from issued_copies import cell_name
from test_read_copy import ROW, answer, finding, read, said

from sheetsync.columns import REPORT
from sheetsync.findings import fact_of, grouped
from sheetsync.grid import Cell, Value
from sheetsync.model import Origin, Status, Submission

URL = "https://school.example/prikaz"
DOCUMENT = "Приказ № 5 от 01.03.2023"


def row(**texts: Value) -> Submission:
    """The first activity answered in these columns."""
    return read({cell_name(ROW, key): Cell(value) for key, value in texts.items()})


def columns(found: Submission) -> set[str]:
    return set(next(one for one in found.entries if one.activity == "K01X").fields)


@pytest.mark.parametrize("typed_into", ["info", "document", "reason", "remark"])
def test_an_address_in_another_column_is_a_link(typed_into: str) -> None:
    """Nothing stands under «Ссылка»: the address is the link, wherever it was typed."""
    found = row(**{typed_into: URL})
    assert answer(found, "link").links == (URL,)
    assert {"R335", "R336"} & set(said(found))
    assert found.unplaced == ()


def test_words_stay_information_when_their_address_counts_as_a_link_too() -> None:
    """«Информация» keeps what was typed."""
    assert answer(row(info=URL), "info").text == URL


def test_an_address_stays_where_another_link_is_given() -> None:
    """Nothing is taken over an answer that is there."""
    found = row(info=URL, link="https://school.example/other")
    assert answer(found, "link").text == "https://school.example/other"
    assert said(found) == []


def test_a_date_under_status_is_the_date_and_no_status() -> None:
    """It is named as no status of the list, and taken as the date."""
    found = row(status="15.03.2023")
    assert answer(found, "done_on").value == date(2023, 3, 15)
    assert answer(found, "status").value is None
    assert said(found) == ["R310", "R336"]


def test_a_status_with_its_date() -> None:
    """«Выполнено 15.03.2023»: both are understood."""
    found = row(status="Выполнено 15.03.2023")
    assert answer(found, "status").value is Status.DONE
    assert answer(found, "done_on").value == date(2023, 3, 15)
    assert "15.03.2023" in fact_of(finding(found, "R336"))


def test_a_status_with_its_document() -> None:
    """«Исполнено, приказ № 5 от 01.03.2023»: the document is not the day of execution."""
    found = row(status=f"Исполнено, {DOCUMENT}")
    assert answer(found, "document").text == DOCUMENT
    assert "done_on" not in columns(found)


def test_a_status_under_the_date() -> None:
    """The day is not read, the status is."""
    found = row(done_on="выполнено")
    assert answer(found, "status").value is Status.DONE
    assert said(found) == ["R312", "R336"]


@pytest.mark.parametrize("typed_into", ["link", "reason"])
def test_a_document_where_only_something_else_is_asked(typed_into: str) -> None:
    found = row(**{typed_into: DOCUMENT})
    assert answer(found, "document").text == DOCUMENT
    assert typed_into not in columns(found)
    assert dict(finding(found, "R335").params)["was"] == REPORT.column(typed_into).header


def test_a_document_and_an_address_that_changed_places() -> None:
    found = row(document=URL, link=DOCUMENT)
    assert (answer(found, "document").text, answer(found, "link").text) == (DOCUMENT, URL)


def test_a_new_deadline_is_no_day_of_execution() -> None:
    """«Причина / новый срок» asks for dates of its own."""
    assert columns(row(reason="15.09.2023")) == {"reason"}


def test_all_answers_one_column_too_far_right() -> None:
    """The status under «Дата», the date under «Информация», and so on to the last."""
    found = row(
        done_on="выполнено", info="15.03.2023", document="Провели педсовет", link=DOCUMENT, reason=URL
    )
    texts = [answer(found, key).text for key in ("status", "done_on", "info", "document", "link")]
    assert texts == ["выполнено", "15.03.2023", "Провели педсовет", DOCUMENT, URL]
    assert said(found) == ["R335"]


def test_plain_words_are_never_moved() -> None:
    """«Сделано» may be all there is to say."""
    found = row(info="сделано", document="справка", reason="нет")
    assert columns(found) == {"info", "document", "reason"}
    assert said(found) == []


def test_numbers_changed_in_a_copy_are_one_remark() -> None:
    """One cause, one row with a count; every number is still quoted, each beside its own."""
    numbers = {cell_name(ROW + step, "number"): Cell(value) for step, value in ((0, 71), (1, 72), (2, 73))}
    (remark,) = [one for one in grouped(read(numbers).findings) if one.code == "R321"]
    assert (remark.count, remark.activity) == (3, None)
    assert dict(remark.params)["now"].split(" · ") == ["71", "72", "73"]
    assert remark.origin != Origin()
