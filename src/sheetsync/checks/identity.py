"""How many copies of a participant came."""

from __future__ import annotations

from collections.abc import Iterator

from sheetsync.checks.case import Case
from sheetsync.findings import make
from sheetsync.model import Finding


def several_copies(case: Case) -> Iterator[Finding]:
    """More than one copy of a participant was merged."""
    for code, arrival in case.arrivals.items():
        if arrival.copies > 1:
            yield make("M705", participant=code, origin=arrival.origin, copies=arrival.copies)
