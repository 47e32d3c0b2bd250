"""The Google district spreadsheet: made once of the district template, found by its mark ever after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from sheetsync.campaign.files import find_tables
from sheetsync.campaign.google.district_panel import PanelInGoogle
from sheetsync.campaign.google.marks import campaign_marks
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.columns import (
    CHECKED,
    DISTRICT_TABLES,
    ENTRIES,
    PAIRS,
    Owner,
    TableSpec,
)
from sheetsync.grid import Area
from sheetsync.journal import Journal
from sheetsync.model import Plan
from sheetsync.notices import say
from sheetsync.workbooks.google.port import FileKind, Google, GoogleRefused, GoogleTrouble, Json, Request
from sheetsync.workbooks.google.ranges import area_of, grid_range, sheet_of
from sheetsync.workbooks.google.sheets import done_in
from sheetsync.workbooks.google.translation import there_in, translated
from sheetsync.workbooks.google.workbook import GoogleWorkbook
from sheetsync.workbooks.google.workbook_model import PUBLISHED_FIELDS
from sheetsync.workbooks.table_xml import header_key

_BUILT: Final = "sheetsync/district"
_FINISHED: Final = "sheetsync/district/controls"


class DistrictSheet(Struct, frozen=True):
    """The spreadsheet and what one read of it told."""

    google: Google
    id: str
    link: str
    workbook: GoogleWorkbook


def district_sheet(
    google: Google, journal: Journal, plan: Plan, template: bytes, folder: str
) -> DistrictSheet:
    """Read the spreadsheet, one request; made first when there is none. It is shared with nobody.

    Cut off half-way it goes on where it stopped. Raises ``GoogleRefused``.
    """
    known = journal.published.file(plan.plan_id)
    if known is not None:
        try:
            return _opened(google, known, plan, template)
        except GoogleRefused as refused:
            if refused.trouble is not GoogleTrouble.NOT_FOUND:
                raise
    marks = campaign_marks(google, journal, plan).district
    file = google.made(FileKind.SPREADSHEET, _title(plan), marks, folder)
    journal.published.save_file(plan.plan_id, file.id)
    journal.commit()
    return _opened(google, file.id, plan, template)


def _opened(google: Google, file: str, plan: Plan, template: bytes) -> DistrictSheet:
    answer = google.read(file, PUBLISHED_FIELDS)
    if _BUILT not in done_in(answer):
        made = translated(template, title=_title(plan), there=there_in(answer))
        google.write_once(file, made.requests, _BUILT)
        answer = google.read(file, PUBLISHED_FIELDS)
    if _FINISHED not in done_in(answer):
        google.write_once(file, list(_finishing(answer, google.account(), plan)), _FINISHED)
        answer = google.read(file, PUBLISHED_FIELDS)
    workbook = GoogleWorkbook(answer)
    find_tables(workbook, DISTRICT_TABLES)
    link = answer.get("spreadsheetUrl", "").partition("?")[0]  # behind «?» Google puts who asked
    return DistrictSheet(google, file, link, workbook)


def _title(plan: Plan) -> str:
    return say(GoogleNotice.DISTRICT_NAME, title=plan.settings.plan_title or plan.plan_id)


def _names(answer: Json) -> dict[str, Json]:
    return {one["name"]: one["range"] for one in answer.get("namedRanges", ())}


# --- what the template does not have


def _finishing(answer: Json, account: str, plan: Plan) -> Iterator[Request]:
    """What only Google has on «Панель», and the protection of what the tool writes."""
    panel = PanelInGoogle(answer)
    has_pairs = any(one.curator for one in plan.participants)
    idle = {CHECKED.sheet} if has_pairs else {CHECKED.sheet, PAIRS.sheet}
    for properties in (one["properties"] for one in answer["sheets"]):
        if properties["title"] in idle:
            yield _set(properties.get("sheetId", 0), "hidden", {"hidden": True})
    yield from panel.requests()
    for number, open_ones in _protected(_names(answer), GoogleWorkbook(answer)).items():
        ranges = [*open_ones, *([grid_range(number, panel.tick)] if number == panel.id else [])]
        yield _protection(number, ranges, account)


def _set(sheet: int, fields: str, properties: Json) -> Request:
    return {"updateSheetProperties": {"properties": {"sheetId": sheet, **properties}, "fields": fields}}


def _protected(names: dict[str, Json], workbook: GoogleWorkbook) -> dict[int, list[Json]]:
    """Sheets of our tables, each with the ranges that stay open: the coordinator's columns."""
    found: dict[int, list[Json]] = {}
    for spec in DISTRICT_TABLES:
        if spec.name in names:
            place = names[spec.name]
            is_decided = spec is ENTRIES
            open_ones = list(_coordinators(spec, place, workbook)) if is_decided else []
            found.setdefault(sheet_of(place), []).extend(open_ones)
    return found


def _coordinators(spec: TableSpec, place: Json, workbook: GoogleWorkbook) -> Iterator[Json]:
    headers = {header_key(one.header) for one in spec.columns if one.owner is Owner.COORDINATOR}
    whole = area_of(place)
    for column, header in enumerate(workbook.read_table(spec.name).headers, start=whole.left):
        if header_key(header) in headers:
            yield grid_range(sheet_of(place), Area(whole.top + 1, column, whole.bottom, column))


def _protection(sheet: int, open_ones: list[Json], account: str) -> Request:
    told: Json = {
        "range": {"sheetId": sheet},
        "description": say(GoogleNotice.DISTRICT_GUARD),
        "editors": {"users": [account]},
    }
    told |= {"unprotectedRanges": open_ones} if open_ones else {}
    return {"addProtectedRange": {"protectedRange": told}}
