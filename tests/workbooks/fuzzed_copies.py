"""A filled copy of a small invented district, its spoilt versions, and what a consolidation makes of each."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parents[1] / "campaign"))

import district_fixture as district
from openpyxl.comments import Comment

from sheetsync import store
from sheetsync.campaign.copy_reading import received
from sheetsync.campaign.issued import Issued, issued_form
from sheetsync.grid import Book
from sheetsync.intake.bundle import unpack
from sheetsync.intake.gate import inspect
from sheetsync.merge.consolidate import consolidate
from sheetsync.merge.received import Received
from sheetsync.model import Origin, Plan, Verdict

SCHOOL = "S01"
AS_OF = date(2026, 6, 15)
SURPRISE = "X999"


@dataclass(frozen=True)
class Campaign:
    """What a consolidation knows when a copy comes: the plan and the form that was sent."""

    plan: Plan
    form: Issued | None


@dataclass(frozen=True)
class Base:
    """A good copy, by the program that saved it."""

    name: str
    data: bytes


class Outcome(StrEnum):
    READ = "read"
    UNRECOGNISED = "unrecognised"
    REFUSED = "refused"
    SURPRISE = "surprise"


@dataclass(frozen=True)
class Judged:
    """What became of one file. ``unaccounted`` items were in it and nobody says where they went."""

    outcome: Outcome
    codes: tuple[str, ...]
    unaccounted: int
    seconds: float


def filled_copy(folder: Path) -> tuple[Campaign, bytes]:
    """The campaign and one school's answers in every kind of cell, saved by openpyxl."""
    place = district.new(folder)
    plan = replace(district.plan_of(place), issue=1)
    form = district.form_of(place, SCHOOL)
    answers = {
        number: {**answer, "info": f"{answer['info']} Пункт {number}."} for number, answer in _answers(place)
    }
    return Campaign(plan, issued_form(form.read_bytes(), form.name)), district.filled(
        place, SCHOOL, answers, _scribble
    )


def _answers(place: Path) -> list[tuple[str, dict[str, Any]]]:
    return [(number, dict(answer)) for number, answer in district.all_good(place, SCHOOL).items()]


def _scribble(sheet: Any) -> None:
    """A link, a note, a text beside the table: what schools leave in a form."""
    columns, header = district.header_of(sheet)
    first = next(row for row in range(header + 1, sheet.max_row + 1) if sheet.cell(row, columns["key"]).value)
    link = sheet.cell(first, columns["link"])
    link.value = "приказ на сайте"
    link.hyperlink = "https://shkola.example/prikaz?n=5"
    sheet.cell(first, columns["info"]).comment = Comment("Уточню у завуча", "Петрова")
    sheet.cell(sheet.max_row + 3, columns["info"]).value = "Спасибо за работу!"


def judge(data: bytes, campaign: Campaign, name: str = "копия.xlsx") -> Judged:
    """Everything a consolidation does with one file, in its order; only a crash of ours is a surprise."""
    inspect.cache_clear()
    began = time.perf_counter()
    try:
        taken = _take(data, campaign, name)
        ledger = consolidate(campaign.plan, taken, {}, AS_OF).found.ledger if taken else ()
    except Exception as error:  # noqa: BLE001 - the very thing that is looked for
        return Judged(Outcome.SURPRISE, (type(error).__name__,), 0, time.perf_counter() - began)
    codes = tuple(dict.fromkeys(finding.code for one in taken for finding in one.findings))
    lost = sum(line.unaccounted for line in ledger)
    return Judged(_outcome(taken, codes), codes, lost, time.perf_counter() - began)


def _take(data: bytes, campaign: Campaign, name: str) -> list[Received]:
    def form_behind(_: Book) -> Issued | None:
        return campaign.form

    origin = Origin(name, store.sha256(data))
    if unpack(data) is not None:
        return [Received(origin, Verdict.REFUSED)]  # no workbook any more: a zip of files, or a bad one
    return [received(data, origin, campaign.plan, form_behind)]


def _outcome(taken: list[Received], codes: tuple[str, ...]) -> Outcome:
    if SURPRISE in codes:
        return Outcome.SURPRISE
    verdicts = {one.verdict for one in taken}
    if Verdict.ACCEPTED in verdicts:
        return Outcome.READ
    return Outcome.UNRECOGNISED if Verdict.UNRECOGNISED in verdicts else Outcome.REFUSED
