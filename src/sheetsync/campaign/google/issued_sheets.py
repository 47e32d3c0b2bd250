"""What came of issuing forms to Google."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sheetsync.model import Finding


@dataclass(frozen=True, slots=True)
class SheetsIssued:
    """Names of the sheets that were written, and of those that needed nothing."""

    written: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


NO_SHEETS: Final = SheetsIssued()
