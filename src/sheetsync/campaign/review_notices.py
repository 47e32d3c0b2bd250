"""THE catalogue of what the commands after collecting say: accept, return, check-links, amend, period."""

from __future__ import annotations

from enum import StrEnum


class ReviewNotice(StrEnum):
    """Sentences of the review, of links, of changes of the plan and of periods."""
