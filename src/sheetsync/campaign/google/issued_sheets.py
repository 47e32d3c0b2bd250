"""What came of issuing forms to Google."""

from __future__ import annotations

from typing import Final

from sheetsync.model import Finding
from sheetsync.values import dataclass


@dataclass(frozen=True, slots=True)
class SheetsIssued:
    """Names of the sheets that were written, and of those that needed nothing."""

    written: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


NO_SHEETS: Final = SheetsIssued()
