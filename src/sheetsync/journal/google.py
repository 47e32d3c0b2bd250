"""What the journal knows of Google Sheets: which are ours, who may write in them, what they held."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from msgspec import Struct

_LAG: Final = timedelta(minutes=15)
"""Drive tells of an edit minutes later: a spreadsheet changed that lately may hold more than it says."""


class GoogleSheet(Struct, frozen=True):
    """The spreadsheet of a participant.

    ``form`` is the sha256 of the form it was written with, ``content`` tells what that form asks;
    until ``is_written`` the form may be in it or not.
    """

    file: str
    participant: str
    link: str
    content: str = ""
    form: str = ""
    is_written: bool = False


class Reading(Struct, frozen=True):
    """What a spreadsheet was found to hold, from ``read_at`` on until the next reading of it.

    ``modified`` is when Google says it was changed last, ``author`` by whom, where it says so.
    """

    file: str
    issue: int
    sha256: str
    modified: datetime | None
    author: str
    read_at: datetime
    run: int


class Look(Struct, frozen=True):
    """How Drive listed a spreadsheet when it was read last: ``version`` as it was before the reading."""

    file: str
    version: int
    modified: datetime | None
    looked_at: datetime

    @property
    def is_settled(self) -> bool:
        """Whether nothing typed before the reading can have been missed."""
        return self.modified is not None and self.looked_at - self.modified >= _LAG


class RemarkState(StrEnum):
    """Where a remark the office put into a school's spreadsheet is."""

    SENDING = "sending"
    """It may stand there or not: nobody saw it yet."""
    STANDING = "standing"
    GONE = "gone"


class SentRemark(Struct, frozen=True):
    """A remark of the office in the spreadsheet of a school, by the fingerprint of its words."""

    file: str
    activity: str
    fingerprint: str
    state: RemarkState


class GoogleJournal:
    """The part of a journal that is about Google."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # --- what was made

    def folder(self, plan: str) -> str | None:
        """The Drive folder of a plan."""
        found = self._connection.execute("SELECT file FROM google_folders WHERE plan = ?", (plan,)).fetchone()
        return str(found[0]) if found else None

    def save_folder(self, plan: str, file: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO google_folders VALUES (?, ?)", (plan, file))

    def campaign(self, plan: str) -> str | None:
        """The id by which files of this campaign differ from those of another one of the same plan."""
        found = self._connection.execute("SELECT id FROM google_campaigns WHERE plan = ?", (plan,)).fetchone()
        return str(found[0]) if found else None

    def save_campaign(self, plan: str, campaign: str) -> None:
        self._connection.execute("INSERT INTO google_campaigns VALUES (?, ?)", (plan, campaign))

    def sheets(self) -> tuple[GoogleSheet, ...]:
        """Every spreadsheet ever made for a participant, the latest of each last."""
        rows = self._connection.execute("SELECT * FROM google_sheets ORDER BY rowid")
        return tuple(
            GoogleSheet(file, participant, link, content, form, bool(is_written))
            for file, participant, link, content, form, is_written in rows
        )

    def save_sheet(self, sheet: GoogleSheet) -> None:
        self._connection.execute(
            "INSERT INTO google_sheets VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (file) DO UPDATE SET "
            "participant = excluded.participant, link = excluded.link, content = excluded.content, "
            "form = excluded.form, is_written = excluded.is_written",
            (sheet.file, sheet.participant, sheet.link, sheet.content, sheet.form, sheet.is_written),
        )

    def shares(self) -> dict[str, tuple[str, ...]]:
        """With whom a spreadsheet was shared, oldest first; '' stands for whoever has the link."""
        found: dict[str, tuple[str, ...]] = {}
        for file, email in self._connection.execute("SELECT file, email FROM google_shares ORDER BY rowid"):
            found[file] = (*found.get(file, ()), email)
        return found

    def add_share(self, file: str, email: str, at: datetime) -> None:
        self._connection.execute(
            "INSERT OR IGNORE INTO google_shares VALUES (?, ?, ?)", (file, email, at.isoformat())
        )

    # --- what was put beside answers

    def remarks(self) -> tuple[SentRemark, ...]:
        """Every remark ever put into a spreadsheet, those that are gone too."""
        rows = self._connection.execute("SELECT * FROM google_remarks ORDER BY rowid")
        return tuple(
            SentRemark(file, activity, fingerprint, RemarkState(state))
            for file, activity, fingerprint, state in rows
        )

    def save_remarks(self, remarks: Iterable[SentRemark]) -> None:
        self._connection.executemany(
            "INSERT OR REPLACE INTO google_remarks VALUES (?, ?, ?, ?)",
            [(one.file, one.activity, one.fingerprint, one.state.value) for one in remarks],
        )

    def locked(self, file: str) -> dict[str, bool]:
        """Activities whose accepted answers are closed in a spreadsheet; ``False`` for those of which
        that was asked and nobody saw it yet."""
        rows = self._connection.execute("SELECT activity, is_seen FROM google_locks WHERE file = ?", (file,))
        return {activity: bool(is_seen) for activity, is_seen in rows}

    def save_locked(self, file: str, activities: Mapping[str, bool]) -> None:
        """Replace what is remembered of the closed answers of a spreadsheet."""
        self._connection.execute("DELETE FROM google_locks WHERE file = ?", (file,))
        self._connection.executemany(
            "INSERT INTO google_locks VALUES (?, ?, ?)",
            [(file, activity, is_seen) for activity, is_seen in activities.items()],
        )

    # --- what was read

    def readings(self) -> tuple[Reading, ...]:
        """Everything ever read, oldest first."""
        rows = self._connection.execute("SELECT * FROM google_readings ORDER BY rowid")
        return tuple(
            Reading(file, issue, sha256, _moment(modified), author, datetime.fromisoformat(read_at), run)
            for file, issue, sha256, modified, author, read_at, run in rows
        )

    def add_reading(self, reading: Reading) -> None:
        self._connection.execute(
            "INSERT INTO google_readings VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                reading.file,
                reading.issue,
                reading.sha256,
                reading.modified.isoformat() if reading.modified else None,
                reading.author,
                reading.read_at.isoformat(),
                reading.run,
            ),
        )

    def looks(self) -> dict[str, Look]:
        """The last look at each spreadsheet."""
        rows = self._connection.execute("SELECT * FROM google_looks")
        return {
            file: Look(file, version, _moment(modified), datetime.fromisoformat(looked_at))
            for file, version, modified, looked_at in rows
        }

    def save_look(self, look: Look) -> None:
        modified = look.modified.isoformat() if look.modified else None
        self._connection.execute(
            "INSERT OR REPLACE INTO google_looks VALUES (?, ?, ?, ?)",
            (look.file, look.version, modified, look.looked_at.isoformat()),
        )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
