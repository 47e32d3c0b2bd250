"""A school answers in Google or in a file: the consolidation sees the same entries, findings and ledger."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment

sys.path.insert(0, str(Path(__file__).parents[1] / "campaign"))

import district_fixture as district
from google_sheet import GoogleSheet, day, error, formula, number, text

from sheetsync import store
from sheetsync.campaign.collecting import received
from sheetsync.campaign.issued import Issued, issued_form
from sheetsync.columns import FORM_SHEET
from sheetsync.merge.consolidate import consolidate
from sheetsync.merge.received import Received
from sheetsync.model import Consolidation, Origin, Plan, Verdict
from sheetsync.workbooks.google.snapshot import snapshot_bytes

SCHOOL = "S01"
AS_OF = date(2026, 6, 15)
LINK = "https://shkola.example/prikaz?n=5"
OTHER_LINK = "https://shkola.example/приказы/6"


@dataclass(frozen=True)
class Campaign:
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


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    place = district.new(tmp_path_factory.mktemp("google"))
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


# --- the same answers in both -----------------------------------------------------------------------

InGoogle = Callable[[GoogleSheet], None]
InFile = Callable[[Any], None]


def typed(row: str, column: str, cell: dict[str, Any]) -> InGoogle:
    return lambda sheet: sheet.type(row, column, cell)


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


def in_place(place: str, cell: dict[str, Any]) -> InGoogle:
    return lambda sheet: sheet.put(FORM_SHEET, place, cell)


def in_file(place: str, value: Any) -> InFile:
    def write(sheet: Any) -> None:
        sheet[place].value = value

    return write


SAME: dict[str, tuple[InGoogle, InFile]] = {
    "nothing more": (lambda _: None, lambda _: None),
    "a date in a text column": (
        typed("1.1", "document", day(date(2026, 1, 30))),
        written("1.1", "document", datetime(2026, 1, 30), number_format="dd.mm.yyyy"),
    ),
    "a date with an hour": (
        typed("1.1", "info", day(datetime(2026, 1, 30, 14, 5))),
        written("1.1", "info", datetime(2026, 1, 30, 14, 5), number_format="dd.mm.yyyy hh:mm"),
    ),
    "a date as words": (
        typed("1.1", "done_on", text("в феврале 2026 г.")),
        written("1.1", "done_on", "в феврале 2026 г."),
    ),
    "a number that is text": (typed("2.1", "info", text("1.10")), written("2.1", "info", "1.10")),
    "a number": (typed("2.1", "info", number(12.0, "12")), written("2.1", "info", 12)),
    "a percent": (
        typed("2.1", "info", number(0.85, "85%", "PERCENT", "0%")),
        written("2.1", "info", 0.85, number_format="0%"),
    ),
    "money": (
        typed("2.1", "info", number(1500.5, "1 500,50 ₽", "CURRENCY", '#,##0.00 "₽"')),
        written("2.1", "info", 1500.5, number_format='#,##0.00 "₽"'),
    ),
    "an hour": (
        typed("2.1", "info", number(0.6041666666666666, "14:30", "TIME", "hh:mm")),
        written("2.1", "info", 0.6041666666666666, number_format="hh:mm"),
    ),
    "lines, emoji and spaces": (
        typed("2.1", "info", text("Занятия\nпо средам 🙂, 5\u00a0классы  ")),
        written("2.1", "info", "Занятия\nпо средам 🙂, 5\u00a0классы  "),
    ),
    "a link on the whole cell": (
        typed("1.1", "link", text("приказ на сайте", hyperlink=LINK)),
        written("1.1", "link", "приказ на сайте", hyperlink=LINK),
    ),
    "an address as text": (
        typed("1.1", "link", text(LINK, hyperlink=LINK)),
        written("1.1", "link", LINK),
    ),
    "a link by formula": (
        typed("1.1", "link", formula(f'=HYPERLINK("{LINK}";"приказ")', text("приказ", hyperlink=LINK))),
        written("1.1", "link", "приказ", hyperlink=LINK),
    ),
    "a note": (
        typed("1.1", "info", text("Сделано.", note="Уточню у завуча")),
        written("1.1", "info", "Сделано.", comment=Comment("Уточню у завуча", "")),
    ),
    "a formula's error": (
        typed("2.1", "info", error("REF", "=A99+#REF!", "#REF!")),
        written("2.1", "info", "#REF!"),
    ),
    "a status of its own": (typed("2.2", "status", text("сделали")), written("2.2", "status", "сделали")),
    "words beside the table": (
        in_place("H30", text("Спасибо за работу!")),
        in_file("H30", "Спасибо за работу!"),
    ),
    "the office's text changed": (
        typed("1.2", "title", text("Самодиагностика")),
        written("1.2", "title", "Самодиагностика"),
    ),
    "an answer erased": (typed("1.2", "info", {}), written("1.2", "info", None)),
    "words that begin like a formula": (
        typed("2.1", "info", text("=не формула")),
        written("2.1", "info", "=не формула", data_type="s"),
    ),
}


@pytest.mark.parametrize("case", SAME)
def test_an_answer_typed_in_google_is_the_answer_typed_into_a_file(case: str, campaign: Campaign) -> None:
    in_google, in_the_file = SAME[case]
    sheet = campaign.sheet()
    in_google(sheet)

    google = outcome(campaign, snapshot_bytes(sheet.answer()))

    assert google == outcome(campaign, campaign.file(in_the_file))
    assert google["verdict"] is Verdict.ACCEPTED
    assert google["ledger"][0][-1] == 0
