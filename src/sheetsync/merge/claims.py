"""What the merge says became of every cell that was read: claims, which the ledger goes to check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sheetsync.findings import cause_of
from sheetsync.merge.copies import CellKey, Merged
from sheetsync.model import Finding, Origin, Plan, Unplaced

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Claims:
    """The words of the merge, by the cell of a file they are about.

    ``placed`` names the answers a cell went into, ``superseded`` the answers it gave way to;
    ``told`` are the rows of «Замечания» that speak of it, ``set_aside`` its texts in «Не размещено».
    Whether any of it is true only the workbook can say.
    """

    plan: Plan
    placed: Mapping[Origin, tuple[CellKey, ...]] = field(default_factory=dict)
    superseded: Mapping[Origin, tuple[CellKey, ...]] = field(default_factory=dict)
    told: Mapping[Origin, tuple[Finding, ...]] = field(default_factory=dict)
    set_aside: Mapping[Origin, tuple[str, ...]] = field(default_factory=dict)


def claims_of(
    plan: Plan,
    merged: Iterable[Merged],
    findings: Iterable[Finding],
    rows: Iterable[Finding],
    unplaced: Iterable[Unplaced],
) -> Claims:
    """The claims of one consolidation; ``rows`` are its findings as «Замечания» groups them."""
    merged = tuple(merged)
    return Claims(
        plan,
        placed=_gathered(place for one in merged for place in one.placed.items()),
        superseded=_gathered(place for one in merged for place in one.superseded.items()),
        told=_gathered(_rows_about(findings, rows)),
        set_aside=_gathered((one.origin, (one.text,)) for one in unplaced),
    )


def _rows_about(
    findings: Iterable[Finding], rows: Iterable[Finding]
) -> Iterator[tuple[Origin, tuple[Finding, ...]]]:
    """Findings of one cause share a row: every cell is told by the row of its cause."""
    by_cause = {cause_of(row): row for row in rows}
    for one in findings:
        if one.origin.file:
            yield one.origin, (by_cause[cause_of(one)],)


def _gathered(pairs: Iterable[tuple[Origin, tuple[_T, ...]]]) -> dict[Origin, tuple[_T, ...]]:
    found: dict[Origin, dict[_T, None]] = {}
    for origin, several in pairs:
        found.setdefault(origin, {}).update(dict.fromkeys(several))
    return {origin: tuple(several) for origin, several in found.items()}
