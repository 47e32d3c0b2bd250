"""What of the district workbook is not for Google, or is only shown there."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from sheetsync.columns.district import (
    ENTRIES,
    FINDINGS,
    INDICATORS,
    LIGHTS,
    PARTICIPANTS,
    PLAN,
    SETTINGS,
    UNPLACED,
)

MASTERS: Final = (SETTINGS, PARTICIPANTS, PLAN)
"""Written by the coordinator in the workbook, shown in Google as they are there."""

TEXTS_KEPT_HOME: Final = MappingProxyType(
    {
        ENTRIES.name: ("info", "document", "link", "reason", "findings", "remark"),
        FINDINGS.name: ("text",),
        INDICATORS.name: ("fact", "comment"),
        LIGHTS.name: ("note",),
        UNPLACED.name: UNPLACED.keys,
    }
)
"""Columns whose words stay at home when only plan, status and numbers are sent; a bare number goes."""
