"""What the first draft of a district workbook and every later run write and read alike."""

from __future__ import annotations

from typing import Final

from sheetsync.district.bodies import OutRecord
from sheetsync.model import Indicator, ParticipantKind

CODE_LETTERS: Final = {
    ParticipantKind.SCHOOL: "S",
    ParticipantKind.OFFICE: "O",
    ParticipantKind.INSTITUTION: "U",
    ParticipantKind.CURATOR: "K",
}
"""How the code of a participant begins."""

INDICATOR_IDENTITY: Final = ("participant", "title", "unit", "year", "key")


def indicator_record(one: Indicator) -> OutRecord:
    """The row that declares a target for the whole district: it names no participant."""
    return {"title": one.title, "unit": one.unit, "year": one.year, "target": one.target, "key": one.activity}
