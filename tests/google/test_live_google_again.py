"""What a first success on the real Google does not show yet: forms issued again, large writes, links.

Asked for as test_live_google.py is (SHEETSYNC_LIVE=1), and run on the stand-in always. Each of these is
a doubt that only Google can settle; the answer it gave is printed.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import test_live_google as live
from google_campaign import GOOD, Story

from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.google import workbook_sending
from sheetsync.workbooks.google.port import Json
from sheetsync.workbooks.google.snapshot import snapshot_bytes

story = live.story
"""A campaign of its own, issued to one school."""

WORDINGS = (
    "Назначение координатора в каждой школе",
    "Назначение координатора и его заместителя",
    "Назначение координатора и двух заместителей",
)


def test_a_newer_form_takes_the_place_of_the_older_one_again_and_again(story: Story) -> None:
    """Names stay one each and nothing set aside stays: Google may give names to the copies too."""
    live.fill(story, ("1.1", GOOD))
    before = story.answer(live.SCHOOL)
    for was, now in pairwise(WORDINGS):
        story.word_anew(was, now)
        assert story.issue().sheets.written
    after = story.answer(live.SCHOOL)

    assert titles(after) == titles(before)
    assert sorted(names(after)) == sorted(names(before))
    assert len(set(names(after))) == len(names(after))
    assert live.rows_of(after)["1.1"]["document"] == GOOD["document"]


def test_an_address_google_completes_adds_nothing_to_what_was_typed(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of «rcro.ru» Google makes a link; the school wrote words."""
    live.fill(story, ("1.2", {**GOOD, "info": "Размещено на сайте rcro.ru"}))
    answer = story.answer(live.SCHOOL)
    place = live.place_of(answer, "1.2", "info")
    live.tell(capsys, story, "the cell of «rcro.ru»", live.cell_at(answer, place))
    book = open_copy(snapshot_bytes(answer), "").book
    assert book
    cells = [cell for sheet in book.sheets for cell in sheet.cells.values() if "rcro.ru" in cell.text]

    assert [one.links for one in cells] == [()]


def test_how_formulas_are_told(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    """They calculate whatever parts their arguments; how Google tells them back is only printed."""
    answer = story.answer(live.SCHOOL)
    told = [cell for cell in cells_of(answer) if "formulaValue" in cell.get("userEnteredValue", {})]
    live.tell(capsys, story, "a formula of a Russian spreadsheet", told[0]["userEnteredValue"])

    assert told
    assert not any("errorValue" in one.get("effectiveValue", {}) for one in told)


def test_rules_of_looks_and_links_inside_outlive_a_large_publication(
    story: Story, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    live.fill_all(story, GOOD)
    story.consolidate(full=True)
    file = live.district_file(story)
    before = live.published(story, file)
    live.fill_all(story, {**GOOD, "info": "Сделано иначе."})
    monkeypatch.setattr(workbook_sending, "BATCH_BYTES", 2_000)
    sent = live.sent_from_now_on(story, monkeypatch)
    story.consolidate(full=True)
    after = live.published(story, file)
    links = {link for cell in cells_of(after) for link in links_of(cell) if link.startswith("#gid=")}
    live.tell(capsys, story, "links inside the spreadsheet, as Google tells them", sorted(links)[:3])

    assert "copyPaste" in sent
    assert rules(after) == rules(before)
    assert links


def titles(answer: Json) -> list[str]:
    return [one["properties"]["title"] for one in answer["sheets"]]


def names(answer: Json) -> list[str]:
    return [one["name"] for one in answer["namedRanges"]]


def rules(answer: Json) -> dict[str, int]:
    """How many rules of looks every sheet has."""
    return {one["properties"]["title"]: len(one.get("conditionalFormats", ())) for one in answer["sheets"]}


def cells_of(answer: Json) -> list[dict[str, Any]]:
    return [
        cell
        for sheet in answer["sheets"]
        for block in sheet.get("data", ())
        for row in block.get("rowData", ())
        for cell in row.get("values", ())
    ]


def links_of(cell: Json) -> list[str]:
    runs = (one.get("format", {}).get("link", {}).get("uri", "") for one in cell.get("textFormatRuns", ()))
    return [cell.get("hyperlink", ""), *runs]
