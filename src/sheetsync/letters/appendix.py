"""The appendix of the note as tables: every figure, and one line for every row it was counted from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.columns import FIGURE_ROWS, FIGURES, EvidenceWord, TableSpec
from sheetsync.district.bodies import OutRecord, values_of
from sheetsync.district.entry_rows import source_of
from sheetsync.district.tables import Corner
from sheetsync.grid import a1
from sheetsync.letters.citing import printed
from sheetsync.letters.figures import Figure, Figures, Source
from sheetsync.letters.note_words import shortened
from sheetsync.merge.shown import place_of
from sheetsync.model import Origin, Outcome, Sufficiency
from sheetsync.workbooks.port import Out, OutValue, TableBody

Row = Sequence[OutValue | Out]
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


class LongBody(Struct, frozen=True):
    """The body of a table whose rows are made as they are asked for: a large district's fill a sheet."""

    spec: TableSpec
    identity: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]

    def as_table(self, rows: Iterable[Row]) -> TableBody:
        """Some of its rows at once."""
        nothing = values_of(self.spec, (), self.identity)
        return replace(nothing, rows=list(rows)).as_table()


def appendix_bodies(figures: Figures, cited: Sequence[Figure], corners: Corners) -> dict[str, LongBody]:
    """The tables of the appendix by name; ``cited`` in the order of their numbers."""
    return {
        FIGURES.name: LongBody(FIGURES, ("number",), partial(_figures, cited, corners.rows)),
        FIGURE_ROWS.name: LongBody(
            FIGURE_ROWS,
            ("figure", "participant", "number", "title"),
            partial(_rows, figures, cited, corners.figures),
        ),
    }


def _figures(cited: Sequence[Figure], rows: Corner) -> Iterator[Row]:
    """A line a figure; its number leads to the first of its rows."""
    first = rows.row
    for number, figure in enumerate(cited, start=1):
        link = f"#{rows.sheet}!{a1(first, rows.column)}" if figure.rows else None
        yield _in_order(FIGURES, {
            "number": Out(number, link=link),
            "label": figure.label,
            "shown": printed(figure),
            "value": figure.value,
            "how": figure.unit.value,
            "counted": figure.counted,
            "whole": len(figure.rows),
        })  # fmt: skip
        first += len(figure.rows)


def _in_order(spec: TableSpec, record: OutRecord) -> Row:
    return list(map(record.get, spec.keys))


def _rows(figures: Figures, cited: Sequence[Figure], back: Corner) -> Iterator[Row]:
    """A dozen figures are counted from the same row of the свод: what it says is looked up once."""
    outcomes = {(one.participant, one.activity): one for one in figures.outcomes}
    known: dict[tuple[str, str], Row] = {}
    at_figure, at_counts = map(FIGURE_ROWS.keys.index, ("figure", "counts"))
    for number, figure in enumerate(cited, start=1):
        leading = Out(number, link=f"#{back.sheet}!{a1(back.row + number - 1, back.column)}")
        for source in figure.rows:
            place = source.participant, source.activity
            told = known.get(place)
            if told is None:
                outcome = outcomes.get(place)
                told = _told(figures, outcome, source)
                if outcome:
                    known[place] = told
            row = [*told]
            row[at_figure], row[at_counts] = leading, YES if source.counts else NO
            yield row


def _told(figures: Figures, outcome: Outcome | None, source: Source) -> Row:
    """A row but which figure it is of, and whether it counts there."""
    return _in_order(FIGURE_ROWS, {
        "participant": figures.short(source.participant),
        "number": source.number,
        "title": shortened(figures.rows[source.activity].title) if outcome else source.target,
        "amount": source.amount,
        **_said(outcome, source),
    })  # fmt: skip


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
