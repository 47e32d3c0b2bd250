"""sheetsync: an order becomes a plan, the plan forms, the schools' copies one district workbook.

The readers below are the public Python face; the rest is reached through the command line. They
are imported on first use, so that ``import sheetsync`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sheetsync.campaign.starting import read_order_file as read_order
    from sheetsync.checks.evidence_text import read_evidence
    from sheetsync.frames import read_district
    from sheetsync.plan.deadlines import read_deadline
    from sheetsync.plan.parties import read_parties

__version__: Final = "0.1.0"
__all__ = ["__version__", "read_deadline", "read_district", "read_evidence", "read_order", "read_parties"]

_HOMES: Final = {
    "read_district": ("sheetsync.frames", "read_district"),
    "read_order": ("sheetsync.campaign.starting", "read_order_file"),
    "read_deadline": ("sheetsync.plan.deadlines", "read_deadline"),
    "read_parties": ("sheetsync.plan.parties", "read_parties"),
    "read_evidence": ("sheetsync.checks.evidence_text", "read_evidence"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    module, function = _HOMES[name]
    return getattr(import_module(module), function)
