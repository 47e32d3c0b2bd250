"""Sheets of schools as copies: which reading of a sheet counts in the свод.

Of one living spreadsheet the last reading counts. After forms were issued again the last reading of
the older form stays beside it as a closed copy; so does that of a sheet another one took the place of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from sheetsync.journal import GoogleJournal, GoogleSheet, Reading
from sheetsync.workbooks.google.snapshot_protection import is_protected


class GoogleCopy(Struct, frozen=True):
    """What a participant's spreadsheet held when it was read last.

    ``earlier`` are the sha256 of all earlier readings of the participant's sheets; ``is_closed`` when
    a newer form took the place of the one it was read from.
    """

    participant: str
    name: str
    data: bytes
    reading: Reading
    changed_on: date
    earlier: frozenset[str] = frozenset()
    is_closed: bool = False

    @property
    def lost_protection(self) -> bool:
        """Whether nothing keeps a school from editing the plan in it."""
        return not is_protected(self.data)


class Counting(Struct, frozen=True):
    """A reading that counts."""

    sheet: GoogleSheet
    reading: Reading
    is_closed: bool


class Remembered(Struct, frozen=True):
    """The sheets of a campaign and everything that was read of them, oldest first."""

    sheets: Sequence[GoogleSheet]
    readings: Sequence[Reading]

    @classmethod
    def by(cls, journal: GoogleJournal) -> Remembered:
        return cls(journal.sheets(), journal.readings())

    def with_reading(self, reading: Reading) -> Remembered:
        return Remembered(self.sheets, (*self.readings, reading))

    def with_sheet(self, sheet: GoogleSheet) -> Remembered:
        return Remembered((*self.sheets, sheet), self.readings)

    def living(self) -> dict[str, GoogleSheet]:
        """The sheet of each participant: of several the one made last."""
        return {one.participant: one for one in self.sheets}

    def of(self, participant: str) -> tuple[Reading, ...]:
        """What was read of the sheets of one participant."""
        files = {one.file for one in self.sheets if one.participant == participant}
        return tuple(one for one in self.readings if one.file in files)

    def last(self, file: str, issue: int | None = None) -> Reading | None:
        """The last reading of a spreadsheet, or of one form in it."""
        found = (one for one in reversed(self.readings) if one.file == file)
        return next((one for one in found if issue in (None, one.issue)), None)

    def counting(self) -> Iterator[Counting]:
        """The last reading of every form in every sheet."""
        sheets = {one.file: one for one in self.sheets}
        living = {one.file for one in self.living().values()}
        newest: dict[str, int] = {}
        for one in self.readings:
            newest[one.file] = max(newest.get(one.file, 0), one.issue)
        for reading in {(one.file, one.issue): one for one in self.readings}.values():
            file = reading.file
            yield Counting(sheets[file], reading, reading.issue < newest[file] or file not in living)
