"""What became of one copy."""

from __future__ import annotations

from collections.abc import Set

from msgspec import Struct

from sheetsync.model import Finding, Origin, Submission, Verdict


class CopyReading(Struct, frozen=True):
    """What became of one copy. Submissions carry the findings about their own cells.

    ``findings`` speak of the file as a whole (whose it is). ``office`` are the cells judged to
    hold the office's own texts, for who wants to check the account.
    """

    verdict: Verdict
    submissions: tuple[Submission, ...] = ()
    findings: tuple[Finding, ...] = ()
    office: Set[Origin] = frozenset()
