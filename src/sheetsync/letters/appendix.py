"""The appendix of the note as tables: every figure, and one line for every row it was counted from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from sheetsync.columns import FIGURE_ROWS, FIGURES, EvidenceWord
from sheetsync.district.bodies import OutRecord, body_of
from sheetsync.district.entry_rows import source_of
from sheetsync.district.tables import Corner
from sheetsync.grid import a1
from sheetsync.letters.citing import printed
from sheetsync.letters.figures import Figure, Figures, Source
from sheetsync.letters.note_words import shortened
from sheetsync.merge.shown import place_of
from sheetsync.model import Origin, Outcome, Sufficiency
from sheetsync.workbooks.port import Out, TableBody

YES, NO = FIGURE_ROWS.column("counts").choices
_EVIDENCE = {
    Sufficiency.YES: EvidenceWord.YES,
    Sufficiency.WEAK: EvidenceWord.WEAK,
    Sufficiency.NO: EvidenceWord.NO,
}


class Corners(Struct, frozen=True):
    """Where the bodies of both tables begin in the workbook, so that one can lead to the other."""

    figures: Corner
    rows: Corner


def appendix_bodies(figures: Figures, cited: Sequence[Figure], corners: Corners) -> dict[str, TableBody]:
    """The tables of the appendix by name; ``cited`` in the order of their numbers."""
    rows = list(_rows(figures, cited, corners.figures))
    return {
        FIGURES.name: body_of(FIGURES, _figures(cited, corners.rows), ("number",)),
        FIGURE_ROWS.name: body_of(FIGURE_ROWS, rows, ("figure", "participant", "number", "title")),
    }


def _figures(cited: Sequence[Figure], rows: Corner) -> Iterator[OutRecord]:
    """A line a figure; its number leads to the first of its rows."""
    first = rows.row
    for number, figure in enumerate(cited, start=1):
        link = f"#{rows.sheet}!{a1(first, rows.column)}" if figure.rows else None
        yield {
            "number": Out(number, link=link),
            "label": figure.label,
            "shown": printed(figure),
            "value": figure.value,
            "how": figure.unit.value,
            "counted": figure.counted,
            "whole": len(figure.rows),
        }
        first += len(figure.rows)


def _rows(figures: Figures, cited: Sequence[Figure], back: Corner) -> Iterator[OutRecord]:
    outcomes = {(one.participant, one.activity): one for one in figures.outcomes}
    for number, figure in enumerate(cited, start=1):
        link = f"#{back.sheet}!{a1(back.row + number - 1, back.column)}"
        for source in figure.rows:
            outcome = outcomes.get((source.participant, source.activity))
            yield {
                "figure": Out(number, link=link),
                "participant": figures.short(source.participant),
                "number": source.number,
                "title": shortened(figures.rows[source.activity].title) if outcome else source.target,
                "counts": YES if source.counts else NO,
                "amount": source.amount,
                **_said(outcome, source),
            }


def _said(outcome: Outcome | None, source: Source) -> OutRecord:
    """What the row says, and where it stands."""
    if outcome is None:
        return {"source": _place(source.origin)}
    return {
        "status": outcome.status.value if outcome.status else "",
        "done_on": outcome.done_on,
        "evidence": _EVIDENCE[outcome.evidence].value if outcome.evidence else "",
        "review": outcome.review.value if outcome.review else "",
        "source": source_of(outcome),
    }


def _place(origin: Origin) -> str:
    return ", ".join(part for part in (origin.file, place_of(origin)) if part)
