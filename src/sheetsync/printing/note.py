"""What the template of the note is filled with: the note's words, its charts drawn."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from sheetsync.letters.note import Chart, Note
from sheetsync.printing.charts import drawn
from sheetsync.printing.docx_template import Picture


class DrawnChart(Struct, frozen=True):
    title: str
    picture: Picture


def note_context(note: Note, appendix: str) -> dict[str, object]:
    """The names an office may use in its template; ``appendix`` is the name of the workbook beside."""
    return {
        "note": note,
        "appendix": appendix,
        "people_charts": _drawn(note.people_charts),
        "section_charts": _drawn(note.section_charts),
        "target_charts": _drawn(note.target_charts),
    }


def _drawn(charts: Iterable[Chart]) -> list[DrawnChart]:
    return [DrawnChart(one.title, drawn(one)) for one in charts]
