"""What the merge says became of every cell that was read: claims, which the ledger goes to check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from msgspec import Struct

from sheetsync.findings import cause_of
from sheetsync.merge.copies import CellKey, Merged
from sheetsync.model import Finding, Origin, Plan, Unplaced

_T = TypeVar("_T")


class Claims(Struct, frozen=True, dict=True):
    """The words of the merge, by the cell of a file they are about.

    ``rows`` are the findings as «Замечания» groups them. Whether any of it is true only the workbook
    can say.
    """

    plan: Plan
    merged: tuple[Merged, ...]
    findings: tuple[Finding, ...]
    rows: tuple[Finding, ...]
    unplaced: tuple[Unplaced, ...]

    @cached_property
    def placed(self) -> Mapping[Origin, tuple[CellKey, ...]]:
        """Answers a cell went into."""
        return _gathered(place for one in self.merged for place in one.placed.items())

    @cached_property
    def superseded(self) -> Mapping[Origin, tuple[CellKey, ...]]:
        """Answers a cell gave way to."""
        return _gathered(place for one in self.merged for place in one.superseded.items())

    @cached_property
    def told(self) -> Mapping[Origin, tuple[Finding, ...]]:
        """Rows of «Замечания» that speak of a cell."""
        about = [one for one in self.findings if one.origin.file]
        return _gathered(_rows_about(about, self.rows)) if about else {}

    @cached_property
    def set_aside(self) -> Mapping[Origin, tuple[str, ...]]:
        """Texts of a cell in «Не размещено»."""
        return _gathered((one.origin, (one.text,)) for one in self.unplaced)


def _rows_about(
    findings: Iterable[Finding], rows: Iterable[Finding]
) -> Iterator[tuple[Origin, tuple[Finding, ...]]]:
    """Findings of one cause share a row: every cell is told by the row of its cause."""
    by_cause = {cause_of(row): row for row in rows}
    for one in findings:
        yield one.origin, (by_cause[cause_of(one)],)


def _gathered(pairs: Iterable[tuple[Origin, tuple[_T, ...]]]) -> dict[Origin, tuple[_T, ...]]:
    found: dict[Origin, dict[_T, None]] = {}
    for origin, several in pairs:
        found.setdefault(origin, {}).update(dict.fromkeys(several))
    return {origin: tuple(several) for origin, several in found.items()}
