"""Smart chips of people and files are written back as they were; others become links, and nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.workbooks.google.workbook_cells import GoogleCell
from sheetsync.workbooks.google.workbook_changes import content_of

FILE = {"richLinkProperties": {"uri": "https://docs.google.com/document/d/1/edit", "mimeType": "x"}}
PERSON = {"personProperties": {"email": "a@example.org", "displayFormat": "DEFAULT"}}
FILM = {"richLinkProperties": {"uri": "https://www.youtube.com/watch?v=1"}}


def cell(words: str, *runs: dict[str, Any], **beside: Any) -> GoogleCell:
    """A cell as Google tells it: chips and the stretches between them."""
    return GoogleCell.of({"userEnteredValue": {"stringValue": words}, "chipRuns": list(runs), **beside})


@pytest.mark.parametrize("chip", [FILE, PERSON])
def test_a_chip_that_can_be_written_is_written_alone(chip: dict[str, Any]) -> None:
    """Google tells of the text after a chip too, as a run with no chip: that one is only read."""
    told = content_of(cell("@ и далее", {"chip": chip}, {"startIndex": 1, "chip": {}}))

    assert told["chipRuns"] == [{"chip": chip}]
    assert "textFormatRuns" not in told


def test_a_film_becomes_a_link_in_its_place() -> None:
    told = content_of(
        cell("см. @ и @", {"chip": {}}, {"startIndex": 4, "chip": FILM}, {"startIndex": 5, "chip": {}},
             {"startIndex": 8, "chip": FILE})
    )  # fmt: skip

    assert told["chipRuns"] == [{"startIndex": 8, "chip": FILE}]
    assert told["textFormatRuns"] == [
        {"startIndex": 4, "format": {"link": {"uri": FILM["richLinkProperties"]["uri"]}}},
        {"startIndex": 5, "format": {}},
    ]


def test_a_run_of_the_text_itself_stays() -> None:
    bold = {"startIndex": 1, "format": {"bold": True}}
    told = content_of(cell("@ жирно", {"chip": FILM}, textFormatRuns=[bold]))

    assert told["textFormatRuns"][0]["format"] == {"link": {"uri": FILM["richLinkProperties"]["uri"]}}
    assert told["textFormatRuns"][1] == bold
