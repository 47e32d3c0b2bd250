"""A submission becomes findings: one module a family of rules, and the list of all rules here.

A rule is a pure function from the case to findings. To add one, write it in its family's module
and name it in ``RULES``; the order below is only for the reader. What several participants share is
told by ``between``, since each may be judged apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from sheetsync.checks import (
    attached,
    completeness,
    deadlines,
    decisions,
    duplicates,
    evidence,
    evidence_dates,
    evidence_fit,
    identity,
    indicators,
    link_verdicts,
    school_review,
)
from sheetsync.checks.case import Case
from sheetsync.model import Finding

Rule = Callable[[Case], Iterable[Finding]]

RULES: Final[tuple[Rule, ...]] = (
    identity.several_copies,
    completeness.no_copy,
    completeness.late_copy,
    completeness.empty_copy,
    completeness.row_missing,
    completeness.no_answer,
    completeness.none_without_reason,
    completeness.information_without_status,
    completeness.tick_on_incomplete,
    completeness.done_without_information,
    deadlines.overdue,
    deadlines.done_without_date,
    deadlines.done_in_future,
    deadlines.done_before_plan,
    deadlines.done_late,
    deadlines.not_done_without_reason,
    evidence.no_evidence,
    evidence.weak_evidence,
    evidence.not_a_link,
    evidence.local_path,
    evidence_fit.fewer_than_asked,
    evidence_fit.wrong_kind,
    evidence_dates.impossible_date,
    evidence_dates.before_the_plan,
    duplicates.document_in_many_rows,
    attached.named_and_absent,
    attached.said_to_be_attached,
    attached.matched_to_no_row,
    attached.matched_by_less_than_a_name,
    attached.file_in_many_rows,
    attached.no_evidence_by_itself,
    attached.known_by_name_only,
    link_verdicts.dead_link,
    link_verdicts.closed_link,
    indicators.not_a_number,
    indicators.other_unit,
    indicators.impossible_figure,
    indicators.share_for_percent,
    indicators.absurd_change,
    indicators.figure_missing,
    indicators.below_target,
    indicators.fewer_than_planned,
    decisions.decided_before_change,
    decisions.mended_after_remark,
    decisions.unknown_verdict,
    school_review.approved_too_soon,
)


def check(case: Case) -> tuple[Finding, ...]:
    """What every rule says of the case, ungrouped."""
    return tuple(finding for rule in RULES for finding in rule(case))
