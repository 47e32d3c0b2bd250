"""Addresses behind words reach other programs too: ``consolidate --json`` gives them as the link."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import district_fixture as district
from coordinator import press_whole as press

from sheetsync.district.as_json import consolidation_as_json


def test_an_address_behind_words_is_the_link(place: Path) -> None:
    """«смотреть» leads somewhere; a document leads somewhere while the column of links is empty."""

    def hang(sheet: Any) -> None:
        columns, header = district.header_of(sheet)
        for row, key, words in ((header + 2, "link", "смотреть"), (header + 3, "document", "Приказ № 7")):
            sheet.cell(row, columns["link"]).value = None
            cell = sheet.cell(row, columns[key])
            cell.hyperlink = f"https://disk.example/{key}"
            cell.value = words

    answers = district.all_good(place, "S01")
    district.receive(place, "отчёт.xlsx", district.filled(place, "S01", answers, change=hang))

    entries = consolidation_as_json(press(place).consolidation)["entries"]

    said = {one["link"]: one["document"] for one in entries}
    assert "смотреть\nhttps://disk.example/link" in said
    assert said["https://disk.example/document"] == "Приказ № 7"
