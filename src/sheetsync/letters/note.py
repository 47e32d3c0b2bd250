"""The analytic note as a value: every word and figure of it, and nothing of how it looks."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from sheetsync.letters.figures import Figure


class Cited(Struct, frozen=True):
    """Words or a figure as printed; ``ref`` is the number of the figure in the appendix, «[12]»."""

    text: str
    ref: str = ""


Sentence = tuple[Cited, ...]
"""A sentence piece by piece, figures among them."""


class RateRow(Struct, frozen=True):
    """One of the four rates: what, how much, out of how many."""

    label: str
    value: Cited
    counted: str


class SectionRow(Struct, frozen=True):
    """What became of a section's rows."""

    title: str
    due: Cited
    done: Cited
    partly: Cited
    missing: Cited
    evidenced: Cited


class PersonRow(Struct, frozen=True):
    """What became of a participant's rows, and of the report as a whole."""

    name: str
    report: str
    due: Cited
    done: Cited
    partly: Cited
    missing: Cited
    evidenced: Cited
    filled_rate: Cited
    evidenced_rate: Cited


class ListedRow(Struct, frozen=True):
    """A row of the plan something is the matter with, and with whom."""

    number: str
    title: str
    due: str
    count: Cited
    who: str


class ReworkRow(Struct, frozen=True):
    name: str
    number: str
    title: str
    state: str
    remark: str


class TargetRow(Struct, frozen=True):
    """What one participant reported for a target."""

    name: str
    plan: Cited
    fact: Cited
    previous: Cited
    change: Cited


class TargetTable(Struct, frozen=True):
    """A target, who reached it, and what each participant reported for it."""

    title: str
    reached: Sentence
    rows: tuple[TargetRow, ...]


class PairRow(Struct, frozen=True):
    """A school and who helps it."""

    school: str
    curator: str
    agreement: str
    state: str
    filled_rate: Cited
    evidenced_rate: Cited


class PracticeRow(Struct, frozen=True):
    """An answer worth showing to others."""

    name: str
    number: str
    title: str
    done_on: str
    told: str
    paper: str


class ChangedRow(Struct, frozen=True):
    """A figure that is not what the last note said, and why."""

    label: str
    was: str
    now: Cited
    causes: str


class Changes(Struct, frozen=True):
    """What changed since the note of a day; ``as_of`` is the day that one was counted for."""

    as_of: str
    rows: tuple[ChangedRow, ...]


class ChartKind(StrEnum):
    GROUPED = "grouped"
    STACKED = "stacked"


class Series(Struct, frozen=True):
    """Bars of one kind, one a label; ``None`` where there is nothing to show."""

    name: str
    values: tuple[float | None, ...]


class Chart(Struct, frozen=True):
    """What a chart shows; ``line`` is a value to be reached, ``top`` the end of the axis."""

    kind: ChartKind
    title: str
    alt: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    top: float | None = None
    line: float | None = None
    line_name: str = ""

    @property
    def longest(self) -> float:
        """Where its longest bar ends."""
        ends = max if self.kind is ChartKind.GROUPED else sum
        bars = zip(*([value or 0.0 for value in one.values] for one in self.series), strict=True)
        return max(map(ends, bars), default=0.0)


class Note(Struct, frozen=True):
    """The whole note; ``figures`` are those it cites, in the order of their numbers."""

    organisation: str
    plan_title: str
    as_of: str
    requisites: tuple[tuple[str, str], ...]
    rates: tuple[RateRow, ...]
    sections: tuple[SectionRow, ...]
    people: tuple[PersonRow, ...]
    total: SectionRow
    silent: tuple[Sentence, ...]
    late: tuple[ListedRow, ...]
    after_term: tuple[ListedRow, ...]
    bare: tuple[ListedRow, ...]
    is_evidence_asked: bool
    rework: tuple[ReworkRow, ...]
    targets: tuple[TargetTable, ...]
    has_previous: bool
    pairs: tuple[PairRow, ...]
    practice_rule: str
    practice: tuple[PracticeRow, ...]
    conclusions: tuple[Sentence, ...]
    people_charts: tuple[Chart, ...]
    section_charts: tuple[Chart, ...]
    target_charts: tuple[Chart, ...]
    figures: tuple[Figure, ...]
    changes: Changes | None = None
