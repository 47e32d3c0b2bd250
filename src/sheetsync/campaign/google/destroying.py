"""What was read of Google sheets, as ``purge`` looks at it: by the day it was changed, not first answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from datetime import date
from typing import Self

from msgspec import Struct

from sheetsync.campaign.form_names import copy_name
from sheetsync.campaign.google.copies import Remembered
from sheetsync.journal import GoogleSheet, Journal, KnownCopy, Reading


class SheetsRead(Struct, frozen=True):
    """Every reading of every sheet of a campaign."""

    remembered: Remembered
    days: Mapping[str, date]

    @classmethod
    def by(cls, journal: Journal) -> Self:
        remembered = Remembered.by(journal.google)
        return cls(remembered, {one.sha256: _day_of(one) for one in remembered.readings})

    def day_of(self, copy: KnownCopy) -> date:
        """When a copy came; of a sheet when it was changed to hold this."""
        return self.days.get(copy.sha256, copy.received_on)

    def overtaken(self) -> Iterator[KnownCopy]:
        """Readings a later one took the place of: some the свод was never written from."""
        last = {one.reading.sha256 for one in self.remembered.counting()}
        sheets = {one.file: one for one in self.remembered.sheets}
        for one in self.remembered.readings:
            if one.sha256 not in last:
                name = copy_name(sheets[one.file].participant, one.read_at)
                yield KnownCopy(one.sha256, name, one.run, _day_of(one))

    def holding(self, digests: Set[str]) -> tuple[str, ...]:
        """Addresses of the sheets these were read from."""
        files = {one.file for one in self.remembered.readings if one.sha256 in digests}
        return tuple(_address(one) for one in self.remembered.sheets if one.file in files)


def _day_of(reading: Reading) -> date:
    changed = reading.modified or reading.read_at
    return changed.astimezone(reading.read_at.tzinfo).date()


def _address(sheet: GoogleSheet) -> str:
    return f"{sheet.participant} ({sheet.link})"
