"""Opening what a campaign works on: named files and the district workbook, with errors that help."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from sheetsync import store
from sheetsync.columns import (
    APPENDIX_TABLES,
    DISTRICT_TABLES,
    FORM_TABLES,
    PARTICIPANTS,
    PLAN,
    REGION_TABLES,
    FormCell,
    MarkCell,
    TableSpec,
)
from sheetsync.district.bodies import missing_columns
from sheetsync.district.reading import PlanReading, read_plan
from sheetsync.findings import make
from sheetsync.journal import Journal, NewerJournal, open_journal
from sheetsync.model import Finding
from sheetsync.notices import Notice, say
from sheetsync.surprises import kind_and_place
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import TableRows, Workbook, WorkbookTables
from sheetsync.workbooks.templates import Template, template_path

_OLD_OR_ENCRYPTED: Final = bytes.fromhex("D0CF11E0A1B11AE1")
"""How a file begins that is a workbook of Excel 97 or one under a password."""

_LONGEST_DATABASE_PATH: Final = 490
"""Bytes of a path SQLite opens, with room for the files it makes beside."""

_PRIMARY_CODE: Final = 0xFF
"""The part of an error code of SQLite that tells its kind."""

TEMPLATE_TABLES: Final[Mapping[Template, tuple[TableSpec, ...]]] = {
    Template.FORM: FORM_TABLES,
    Template.DISTRICT: DISTRICT_TABLES,
    Template.APPENDIX: APPENDIX_TABLES,
    Template.REGION: REGION_TABLES,
}
_NAMED_CELLS: Final[Mapping[Template, tuple[str, ...]]] = {
    Template.FORM: (*FormCell, *MarkCell),
    Template.DISTRICT: (),
    Template.APPENDIX: (),
    Template.REGION: (),
}
_TYPED_TABLES: Final = (PARTICIPANTS, PLAN)
"""WorkbookTables whose rows the coordinator types."""

WRITTEN_TABLES: Final = tuple(one for one in DISTRICT_TABLES if one not in _TYPED_TABLES)
"""The others: runs write into most of them."""


def read_file(path: Path) -> bytes:
    """The bytes of a file the user named. Raises ``store.StoreError`` saying what to do."""
    with _told(path):
        return path.read_bytes()


def holds(path: Path, data: bytes) -> bool:
    """Whether the file holds exactly these bytes. Raises ``store.StoreError`` as ``read_file`` does."""
    with _told(path):
        return store.holds(path, data)


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """A file that cannot be read is told of with what to do."""
    if path.is_dir():
        raise store.StoreError(say(Notice.FILE_IS_FOLDER, path=path))
    try:
        yield
    except FileNotFoundError as error:
        raise store.StoreError(say(Notice.FILE_MISSING, path=path)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise store.StoreError(say(Notice.FILE_UNREADABLE, path=path, reason=reason)) from error


@contextlib.contextmanager
def journal_of(campaign: store.Campaign) -> Iterator[Journal]:
    """The journal of a campaign. Raises ``store.StoreError`` when it cannot be read or written."""
    try:
        with open_journal(campaign.journal) as journal:
            yield journal
    except NewerJournal as error:
        raise store.StoreError(say(Notice.JOURNAL_NEWER, path=campaign.journal)) from error
    except sqlite3.Error as error:
        raise store.StoreError(_journal_sentence(campaign.journal, error)) from error


@contextlib.contextmanager
def after_the_fact(journal: Journal) -> Iterator[list[Finding]]:
    """The journal told of a workbook that is in its place already.

    A disk without room for that spoils nothing: it is said, and the next run tells the journal.
    """
    told: list[Finding] = []
    try:
        yield told
        journal.commit()
    except (store.DiskRefused, sqlite3.OperationalError) as error:
        if isinstance(error, sqlite3.OperationalError) and not _is_full(error):
            raise
        journal.roll_back()
        told.append(make("S833"))


def _is_full(error: sqlite3.Error) -> bool:
    return _kind_of(error) == sqlite3.SQLITE_FULL


def _kind_of(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & _PRIMARY_CODE


def _journal_sentence(path: Path, error: sqlite3.Error) -> str:
    if len(os.fsencode(path.absolute())) > _LONGEST_DATABASE_PATH:
        return say(Notice.PATH_TOO_LONG, path=path)
    match _kind_of(error):
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return say(Notice.JOURNAL_DAMAGED, path=path)
        case sqlite3.SQLITE_FULL:
            return say(Notice.DISK_FULL, path=path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return say(Notice.DISK_FORBIDDEN, path=path)
    return say(Notice.JOURNAL_FAILS, path=path, reason=error)


def taken_over(hold: store.Hold) -> tuple[Finding, ...]:
    """What is told of a run that was cut off and left its mark on the lock."""
    return (make("S820", who=hold.taken_from),) if hold.taken_from else ()


def need_closed(campaign: store.Campaign) -> None:
    """Raises ``store.StoreError`` while another program holds the district workbook."""
    if store.is_open_elsewhere(campaign.workbook):
        raise open_elsewhere(campaign)


def open_elsewhere(campaign: store.Campaign) -> store.StoreError:
    """What stops a deed that is done in the district workbook itself or not at all."""
    from sheetsync.campaign.review_notices import ReviewNotice  # noqa: PLC0415 - seldom is the workbook open

    return store.StoreError(say(ReviewNotice.BOOK_OPEN, name=campaign.workbook.name))


def open_workbook(campaign: store.Campaign) -> ExcelFile:
    return parse_workbook(campaign, read_file(campaign.workbook))


def parse_workbook(
    campaign: store.Campaign, data: bytes, tables: Iterable[TableSpec] = DISTRICT_TABLES
) -> ExcelFile:
    """The district workbook from its bytes, with those of the tables that another program lost. Raises
    ``store.StoreError`` when it is broken."""
    if data.startswith(_OLD_OR_ENCRYPTED):
        raise store.StoreError(say(Notice.WORKBOOK_LOCKED, path=campaign.workbook))
    try:
        workbook = ExcelFile.from_bytes(data)
        find_tables(workbook, tables)
    except (ValueError, KeyError, OSError, SyntaxError) as error:
        reason = kind_and_place(error)
        raise store.StoreError(say(Notice.WORKBOOK_BROKEN, path=campaign.workbook, reason=reason)) from error
    return workbook


def find_tables(workbook: Workbook, specs: Iterable[TableSpec]) -> None:
    """Find again the tables another program lost, with the rows it left out of them."""
    for spec in specs:
        present = spec.name in workbook.table_names()
        if not present:
            present = workbook.find_again(spec.name, spec.sheet, spec.headers)
        if present and spec in _TYPED_TABLES:
            workbook.take_in_rows(spec.name)


def open_template(template: Template, folder: Path) -> ExcelFile:
    """A template, the office's own or the program's. Raises ``store.StoreError`` when it is of no use."""
    path = template_path(template, folder)
    specs = TEMPLATE_TABLES[template]
    try:
        workbook = ExcelFile.from_bytes(read_file(path))
        find_tables(workbook, specs)
    except (ValueError, KeyError, SyntaxError) as error:
        reason = str(error) or type(error).__name__
        raise store.StoreError(say(Notice.TEMPLATE_BROKEN, path=path, reason=reason)) from error
    lost = list(_lost(workbook, template))
    if lost:
        raise store.StoreError(say(Notice.TEMPLATE_LACKS, path=path, what="; ".join(lost)))
    return workbook


def _lost(workbook: ExcelFile, template: Template) -> Iterator[str]:
    """What a template must have and has not, as the office would look for it."""
    for spec in TEMPLATE_TABLES[template]:
        if spec.name not in workbook.table_names():
            yield f"{spec.sheet}: {spec.name}"
            continue
        for header in missing_columns(spec, workbook.read_table(spec.name)):
            yield f"{spec.sheet}: «{header}»"
    for name in _NAMED_CELLS[template]:
        try:
            workbook.read_named(name)
        except KeyError:
            yield name


def read_table(workbook: WorkbookTables, name: str) -> TableRows:
    """One of our tables. Raises ``store.StoreError`` when the office lost it."""
    try:
        return workbook.read_table(name)
    except KeyError as error:
        raise _lacking(name) from error


def need_table(workbook: WorkbookTables, name: str) -> None:
    """Raises ``store.StoreError`` when the office lost one of our tables."""
    if name not in workbook.table_names():
        raise _lacking(name)


def _lacking(name: str) -> store.StoreError:
    sheet = next((one.sheet for one in DISTRICT_TABLES if one.name == name), "")
    return store.StoreError(say(Notice.WORKBOOK_LACKS_TABLE, table=name, sheet=sheet))


def read_workbook_plan(workbook: WorkbookTables, issue: int) -> PlanReading:
    """The plan in the workbook. Raises ``store.StoreError`` naming a table that is gone."""
    return read_plan(lambda name: read_table(workbook, name), issue)
