"""One school's copy in its campaign, as a snapshot or as a file, and all that it becomes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parents[1] / "campaign"))

import district_fixture as district
from google_sheet import GoogleSheet

from sheetsync import store
from sheetsync.campaign.copy_reading import received
from sheetsync.campaign.issued import Issued, issued_form
from sheetsync.merge.consolidate import consolidate
from sheetsync.merge.received import Received
from sheetsync.model import Consolidation, Origin, Plan

InFile = Callable[[Any], None]
"""A change of the sheet «Отчёт» in openpyxl."""

SCHOOL = "S01"
AS_OF = date(2026, 6, 15)


@dataclass(frozen=True)
class Campaign:
    """A campaign of one school that counts: its plan and the form that was sent."""

    place: Path
    plan: Plan
    form: bytes
    issued: Issued | None

    def sheet(self) -> GoogleSheet:
        """The school's sheet, every row answered well."""
        sheet = GoogleSheet.of(self.form)
        sheet.fill(district.all_good(self.place, SCHOOL))
        return sheet

    def file(self, change: Callable[[Any], None] | None = None) -> bytes:
        return district.filled(self.place, SCHOOL, district.all_good(self.place, SCHOOL), change)

    def received(self, data: bytes) -> Received:
        origin = Origin("копия", store.sha256(data))
        return replace(received(data, origin, self.plan, lambda _: self.issued), order=1, received_on=AS_OF)

    def consolidated(self, copy: Received) -> Consolidation:
        return consolidate(self.plan, [copy], {}, AS_OF).found


def new_campaign(folder: Path) -> Campaign:
    """The campaign of a small district with its forms issued."""
    place = district.new(folder)
    form = district.form_of(place, SCHOOL).read_bytes()
    return Campaign(place, replace(district.plan_of(place), issue=1), form, issued_form(form, "форма"))


def said(copy: Received) -> Iterator[tuple[Any, ...]]:
    """What a copy says, cell by cell."""
    for part in copy.submissions:
        yield part.participant, part.issue, part.declared_ready
        for row in (*part.entries, *part.indicators):
            for column, cell in row.fields.items():
                yield row, column, cell.text, cell.value, cell.links, cell.comment, cell.origin.cell
        for one in part.unplaced:
            yield one.text, one.reason, one.origin.sheet, one.origin.cell


def outcome(campaign: Campaign, data: bytes) -> dict[str, Any]:
    """All that a copy becomes, without what tells one file from another."""
    copy = campaign.received(data)
    found = campaign.consolidated(copy)
    told = (*copy.findings, *(one for part in copy.submissions for one in part.findings))
    return {
        "verdict": copy.verdict,
        "said": [repr(one).replace(copy.origin.sha256, "") for one in said(copy)],
        "told": sorted((one.code, one.origin.sheet, one.origin.cell, str(one.params)) for one in told),
        "findings": sorted(
            (one.code, str(one.participant), str(one.activity), one.origin.cell) for one in found.findings
        ),
        "ledger": [
            (line.filled, line.placed, line.reported, line.superseded, line.unaccounted)
            for line in found.ledger
        ],
    }


def written(row: str, column: str, value: Any, **parts: Any) -> InFile:
    """The same cell of the file, with a number format, a link, a note."""

    def write(sheet: Any) -> None:
        columns, header = district.header_of(sheet)
        numbers = {
            str(sheet.cell(at, columns["number"]).value): at for at in range(header + 1, sheet.max_row + 1)
        }
        cell = sheet.cell(numbers[row], columns[column])
        cell.value = value
        for name, part in parts.items():
            setattr(cell, name, part)

    return write
