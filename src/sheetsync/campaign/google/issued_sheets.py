"""What came of issuing forms to Google."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from sheetsync.model import Finding


class SheetsIssued(Struct, frozen=True):
    """Names of the sheets that were written, and of those that needed nothing."""

    written: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


NO_SHEETS: Final = SheetsIssued()
