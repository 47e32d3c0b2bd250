"""sheetsync: an order becomes a plan, the plan forms, the schools' copies one district workbook.

The readers below are the public Python face; the rest is reached through the command line. They
are imported on first use, so that ``import sheetsync`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sheetsync.first_use import on_first_use

if TYPE_CHECKING:
    from sheetsync.campaign.starting import read_order_file as read_order
    from sheetsync.checks.evidence_text import read_evidence
    from sheetsync.frames import read_district
    from sheetsync.plan.deadlines import read_deadline
    from sheetsync.plan.parties import read_parties

__version__: Final = "0.1.0"
__all__ = ["__version__", "read_deadline", "read_district", "read_evidence", "read_order", "read_parties"]

__getattr__ = on_first_use(
    __name__,
    {
        "read_district": "sheetsync.frames",
        "read_order": "sheetsync.campaign.starting:read_order_file",
        "read_deadline": "sheetsync.plan.deadlines",
        "read_parties": "sheetsync.plan.parties",
        "read_evidence": "sheetsync.checks.evidence_text",
    },
)
