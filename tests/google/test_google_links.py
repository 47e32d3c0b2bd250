"""Google makes links of addresses it meets in a text: what is published asks for nothing because of them."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.workbooks.google.workbook_cells import GoogleCell, cell_to_write
from sheetsync.workbooks.port import Out

A, B = "https://a.example/doc", "https://b.example/"


def cell(words: str, **beside: Any) -> GoogleCell:
    return GoogleCell.of({"userEnteredValue": {"stringValue": words}, **beside})


def run(start: int, uri: str) -> dict[str, Any]:
    return {"startIndex": start, "format": {"link": {"uri": uri}}}


SHOWN = {
    "an address alone": (Out(A), None, cell(A, hyperlink=A)),
    "an address asked for as a link": (Out(A, link=A), A, cell(A, hyperlink=A)),
    "an address Google did not make a link of": (Out(A, link=A), A, cell(A)),
    "an address it completed": (Out("см. rcro.example"), None, cell("см. rcro.example", hyperlink="http://rcro.example")),
    "addresses in a text": (
        Out(f"{A} и {B}"), None, cell(f"{A} и {B}", textFormatRuns=[run(0, A), run(len(A) + 3, B)]),
    ),
    "words with a link": (Out("приказ", link=A), A, cell("приказ", hyperlink=A)),
}  # fmt: skip


@pytest.mark.parametrize("case", SHOWN)
def test_what_is_shown_already_is_not_written_again(case: str) -> None:
    out, link, now = SHOWN[case]

    assert cell_to_write(out, link, now) == now


@pytest.mark.parametrize(
    ("link", "now"),
    [
        (A, cell("приказ")),
        (B, cell("приказ", hyperlink=A)),
        (None, cell("приказ", hyperlink=A)),
        (A, cell("приказ", textFormatRuns=[run(0, A), run(3, B)])),
    ],
)
def test_another_link_behind_words_is_written(link: str | None, now: GoogleCell) -> None:
    assert cell_to_write(Out("приказ", link=link), link, now).links == ((link,) if link else ())


def test_a_text_that_moves_does_not_become_one_link() -> None:
    """The address in the coordinator's remark is Google's link; the words around it stay words."""
    assert cell(f"Смотрите {A}, пункт 2", hyperlink=A).runs == ()
