"""What the first draft of a district workbook and every later run write and read alike."""

from __future__ import annotations

from typing import Final

from sheetsync.district.bodies import OutRecord
from sheetsync.grid import text_of
from sheetsync.model import Indicator, ParticipantKind
from sheetsync.plan.figures import read_figure
from sheetsync.workbooks.port import OutValue

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


def figure_or_text(text: str) -> OutValue:
    """A figure as a number, so that formulas and charts count with it, when it then reads as it was
    typed; any other text as it is."""
    figure = read_figure(text)
    return figure.value if figure and text_of(figure.value) == text else text
