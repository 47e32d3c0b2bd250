"""The sheets a coordinator edits become the plan of the campaign; what cannot be read is a finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.columns import (
    ALL_SCHOOLS,
    INDICATORS,
    INSTRUCTIONS_SECTION,
    PARTICIPANTS,
    PARTICIPANTS_SHEET,
    PLAN,
    PLAN_SHEET,
    SETTINGS,
    SETTINGS_SHEET,
)
from sheetsync.district.bodies import Record, records_of
from sheetsync.district.previous import previous_figures
from sheetsync.district.records import CODE_LETTERS
from sheetsync.findings import make
from sheetsync.grid import Cell
from sheetsync.model import (
    Channel,
    Finding,
    GoogleAccess,
    GoogleScope,
    Indicator,
    Participant,
    ParticipantKind,
    Plan,
    PlanRow,
    Privacy,
    Settings,
)
from sheetsync.model.kept import once_for_each
from sheetsync.patterns import at_first_use
from sheetsync.plan.answer_dates import read_answer_date
from sheetsync.plan.keys import keys_of
from sheetsync.plan.names import best_name, short_name
from sheetsync.settings import NO, SETTINGS_ROWS, YES
from sheetsync.text import plain, skeleton
from sheetsync.workbooks.port import TableRows

_E = TypeVar("_E", bound=StrEnum)

IN_FORCE, RETIRED = PLAN.column("state").choices
"""What «План» says of a row that is asked for, and of one a later order took out."""

_NUMBER = at_first_use(r"\d+(?:\.\d+)?")
_LIST_SEPARATOR = at_first_use(r"[;\n]+")


class PlanReading(Struct, frozen=True):
    """The plan as the workbook has it now, and what is wrong with its sheets."""

    plan: Plan
    findings: tuple[Finding, ...]


def read_plan(table: Callable[[str], TableRows], issue: int = 1) -> PlanReading:
    """Read the plan through ``table``, which gives a table of the district workbook by its name."""
    findings: list[Finding] = []
    settings = _read_settings(records_of(SETTINGS, table(SETTINGS.name)), findings)
    participants = _read_participants(records_of(PARTICIPANTS, table(PARTICIPANTS.name)), settings, findings)
    rows = _read_rows(records_of(PLAN, table(PLAN.name)), settings, participants, findings)
    findings += _whole_plan_findings(settings, participants, rows)
    figures = records_of(INDICATORS, table(INDICATORS.name))
    indicators = _read_indicators(figures)
    previous = previous_figures(figures, participants, indicators, findings)
    return PlanReading(Plan(settings, rows, participants, indicators, issue, previous), tuple(findings))


def _whole_plan_findings(
    settings: Settings, participants: Sequence[Participant], rows: Sequence[PlanRow]
) -> list[Finding]:
    unanswered = (row for row in rows if not row.reporters and not row.is_retired)
    found = [make("S805", activity=row.key, title=row.title) for row in unanswered]
    if not rows:
        found.append(make("S814"))
    if not any(one.kind is ParticipantKind.SCHOOL for one in participants):
        found.append(make("S807"))
    if settings.report_due is None:
        found.append(make("S808"))
    return found


# --- settings -----------------------------------------------------------------------------------


def _read_settings(records: Iterable[Record], findings: list[Finding]) -> Settings:
    labels = {skeleton(spec.label): spec.key for spec in SETTINGS_ROWS}
    values: dict[str, Cell] = {}
    for record in records:
        key = record.text("key") or labels.get(skeleton(record.text("name")), "")
        values[key] = record.cell("value")
    years = tuple(int(year) for year in re.findall(r"\d{4}", values.get("years", Cell()).text))
    fields: dict[str, object] = {}
    for spec in SETTINGS_ROWS:
        cell = values.get(spec.key, Cell(spec.default))
        if spec.is_date:
            fields[spec.key] = _date(cell, years, SETTINGS_SHEET, spec.label, findings)
        else:
            fields[spec.key] = cell.text.strip()
    fields["years"] = years
    fields["evidence_required"] = plain(str(fields["evidence_required"])) != NO
    for key, kind, default in _CHOICES:
        fields[key] = _chosen(kind, key, values.get(key, Cell()).text.strip(), default, findings)
    for key in ("google", "google_publish", "instructions"):
        fields[key] = plain(str(fields[key])) == YES
    return Settings(**fields)  # type: ignore[arg-type]


_CHOICES: Final[tuple[tuple[str, type[StrEnum], StrEnum], ...]] = (
    ("privacy", Privacy, Privacy.MASK),
    ("google_access", GoogleAccess, GoogleAccess.MAIL),
    ("google_sends", GoogleScope, GoogleScope.NUMBERS),
)
"""Settings chosen from a list, with the safest choice: it stands for a value that cannot be read."""


def _chosen(kind: type[_E], key: str, text: str, safest: _E, findings: list[Finding]) -> _E:
    """What the coordinator chose; nothing is the default, what cannot be read the safest choice, and S809."""
    spec = next(one for one in SETTINGS_ROWS if one.key == key)
    wanted = plain(text or spec.default)
    found = next((one for one in kind if wanted in {plain(one.value), plain(one.name)}), None)
    if found is None:
        expected = ", ".join(one.value for one in kind)
        findings.append(make("S809", sheet=SETTINGS_SHEET, row=spec.label, value=text, expected=expected))
    return found or safest


def _date(cell: Cell, years: Sequence[int], sheet: str, row: str, findings: list[Finding]) -> date | None:
    """A date typed in a workbook; text that is none becomes S809."""
    match cell.value:
        case datetime():
            return cell.value.date()
        case date():
            return cell.value
    text = cell.text.strip()
    if not text:
        return None
    found, _ = read_answer_date(text, years)
    if found is None:
        findings.append(make("S809", sheet=sheet, row=row, value=text, expected="ДД.ММ.ГГГГ"))
    return found


# --- participants -------------------------------------------------------------------------------


def _read_participants(
    records: Iterable[Record], settings: Settings, findings: list[Finding]
) -> tuple[Participant, ...]:
    return tuple(
        _participant(record, settings, findings) for record in records if _has_name(record, findings)
    )


def _has_name(record: Record, findings: list[Finding]) -> bool:
    named = bool(record.text("name") or record.text("short_name"))
    if not named:
        expected = PARTICIPANTS.column("name").header
        values = "; ".join(cell.text for cell in record.cells.values() if cell.text)
        findings.append(
            make("S809", sheet=PARTICIPANTS_SHEET, row=record.row, value=values, expected=expected)
        )
    return named


def _participant(record: Record, settings: Settings, findings: list[Finding]) -> Participant:
    name = record.text("name") or record.text("short_name")
    kind = _choice(ParticipantKind, record, "kind", ParticipantKind.SCHOOL, findings)
    return Participant(
        code=record.text("code") or CODE_LETTERS[kind] + keys_of([name])[0],
        name=name,
        short_name=record.text("short_name") or short_name(name),
        aliases=tuple(_listed(record.text("aliases"))),
        kind=kind,
        curator=record.text("curator") or None,
        email=record.text("email") or None,
        channel=_choice(Channel, record, "channel", Channel.EXCEL, findings),
        link=record.text("link") or None,
        received_on=_date(record.cell("received_on"), settings.years, PARTICIPANTS_SHEET, name, findings),
        approved_on=_date(record.cell("approved_on"), settings.years, PARTICIPANTS_SHEET, name, findings),
    )


def _choice(kind: type[_E], record: Record, key: str, default: _E, findings: list[Finding]) -> _E:
    text = record.text(key)
    found = next((one for one in kind if plain(one.value) == plain(text)), None)
    if text and found is None:
        expected = ", ".join(one.value for one in kind)
        findings.append(make("S809", sheet=PARTICIPANTS_SHEET, row=record.row, value=text, expected=expected))
    return found or default


def _listed(text: str) -> list[str]:
    return [part.strip() for part in _LIST_SEPARATOR.split(text) if part.strip()]


# --- indicators ---------------------------------------------------------------------------------


def _read_indicators(records: Iterable[Record]) -> tuple[Indicator, ...]:
    """Rows of «Показатели» that name no participant declare the targets of the plan."""
    return tuple(
        Indicator(
            record.text("title"),
            record.text("unit") or None,
            _number(record.cell("target")),
            int(year) if (year := _number(record.cell("year"))) else None,
            record.text("key") or None,
        )
        for record in records
        if not record.text("participant") and record.text("title")
    )


def _number(cell: Cell) -> float | None:
    match cell.value:
        case bool():
            return None
        case int() | float():
            return float(cell.value)
    found = _NUMBER.search(cell.text.replace(",", "."))
    return float(found[0]) if found else None


# --- plan ---------------------------------------------------------------------------------------


def _read_rows(
    records: Sequence[Record],
    settings: Settings,
    participants: Sequence[Participant],
    findings: list[Finding],
) -> tuple[PlanRow, ...]:
    rows: dict[str, PlanRow] = {}
    for record in records:
        if not record.text("title"):
            findings.append(make("S804", row=record.row, number=record.text("number")))
            continue
        row = _plan_row(record, settings, participants, findings)
        key = _free_key(record.text("key"), row.title, rows)
        rows[key] = replace(row, key=key)
    return tuple(rows.values())


def _free_key(wanted: str, title: str, taken: Container[str]) -> str:
    """The row's key; a row typed in or copied by the coordinator gets one from its title."""
    if wanted and wanted not in taken:
        return wanted
    repeats = 1
    while (key := keys_of([title] * repeats)[-1]) in taken:
        repeats += 1
    return key


def _plan_row(
    record: Record, settings: Settings, participants: Sequence[Participant], findings: list[Finding]
) -> PlanRow:
    title = record.text("title")
    repeats = (
        _date(Cell(part), settings.years, PLAN_SHEET, title, findings)
        for part in _listed(record.text("repeats"))
    )
    return PlanRow(
        key=record.text("key"),
        number=record.text("number"),
        section=record.text("section"),
        title=record.cell("title").text,
        deadline_text=record.text("deadline"),
        start=_date(record.cell("start"), settings.years, PLAN_SHEET, title, findings),
        due=_date(record.cell("due"), settings.years, PLAN_SHEET, title, findings),
        occurrences=tuple(day for day in repeats if day),
        responsible=record.text("responsible"),
        reporters=tuple(_reporters(record.text("reporters"), title, participants, findings)),
        result=record.cell("result").text,
        evidence_asked=record.text("evidence_asked"),
        target=record.text("target"),
        is_retired=plain(record.text("state")) == plain(RETIRED) or _is_switched_off(record, settings),
    )


def _is_switched_off(record: Record, settings: Settings) -> bool:
    """An instruction of the order that is not asked for: it waits until the coordinator says «да»."""
    is_instruction = skeleton(record.text("section")) == skeleton(INSTRUCTIONS_SECTION)
    return is_instruction and not settings.instructions


def _reporters(
    text: str, title: str, participants: Sequence[Participant], findings: list[Finding]
) -> list[str]:
    codes: dict[str, None] = {}
    for word in _listed(text):
        if skeleton(word) == skeleton(ALL_SCHOOLS):
            found = [one for one in participants if one.kind is ParticipantKind.SCHOOL]
        else:
            found = [one for one in (find_participant(word, participants),) if one]
        if not found:
            findings.append(make("S806", name=word, title=title))
        codes |= dict.fromkeys(one.code for one in found)
    return list(codes)


def find_participant(word: str, participants: Sequence[Participant]) -> Participant | None:
    """Who is meant by a code, a name or another spelling; ``None`` when nobody surely is."""
    spellings, by_letters = _spelled(tuple(participants))
    exact = by_letters.get(skeleton(word))
    if exact:
        return exact
    best = best_name(word, list(spellings))
    return spellings[best[0]] if best else None


@once_for_each(4)
def _spelled(
    participants: tuple[Participant, ...],
) -> tuple[Mapping[str, Participant], Mapping[str, Participant]]:
    """Participants by their spellings, and by the letters of these alone."""
    spellings = {
        spelling: one
        for one in participants
        for spelling in (one.name, *one.aliases, one.short_name, one.code)
    }
    by_letters: dict[str, Participant] = {}
    for spelling, one in spellings.items():
        by_letters.setdefault(skeleton(spelling), one)
    return spellings, by_letters
