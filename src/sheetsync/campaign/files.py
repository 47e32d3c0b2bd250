"""Opening what a campaign works on: named files and the district workbook, with errors that help."""

from __future__ import annotations

from pathlib import Path

from sheetsync import store
from sheetsync.columns import DISTRICT_TABLES
from sheetsync.district.reading import PlanReading, read_plan
from sheetsync.notices import Notice, say
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import TableRows


def read_file(path: Path) -> bytes:
    """The bytes of a file the user named. Raises ``store.StoreError`` saying what to do."""
    if path.is_dir():
        raise store.StoreError(say(Notice.FILE_IS_FOLDER, path=path))
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise store.StoreError(say(Notice.FILE_MISSING, path=path)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise store.StoreError(say(Notice.FILE_UNREADABLE, path=path, reason=reason)) from error


def open_workbook(campaign: store.Campaign) -> ExcelFile:
    return parse_workbook(campaign, read_file(campaign.workbook))


def parse_workbook(campaign: store.Campaign, data: bytes) -> ExcelFile:
    """The district workbook from its bytes. Raises ``store.StoreError`` when it is broken."""
    try:
        return ExcelFile.from_bytes(data)
    except (ValueError, KeyError, OSError, SyntaxError) as error:
        reason = str(error) or type(error).__name__
        raise store.StoreError(say(Notice.WORKBOOK_BROKEN, path=campaign.workbook, reason=reason)) from error


def read_table(workbook: ExcelFile, name: str) -> TableRows:
    """One of our tables. Raises ``store.StoreError`` when the office lost it."""
    try:
        return workbook.read_table(name)
    except KeyError as error:
        sheet = next((one.sheet for one in DISTRICT_TABLES if one.name == name), "")
        raise store.StoreError(say(Notice.WORKBOOK_LACKS_TABLE, table=name, sheet=sheet)) from error


def read_workbook_plan(workbook: ExcelFile, issue: int) -> PlanReading:
    """The plan in the workbook. Raises ``store.StoreError`` naming a table that is gone."""
    return read_plan(lambda name: read_table(workbook, name), issue)
