"""Facts reported for numeric targets: copies are merged as answers to activities are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sheetsync.merge.copies import Copy, Merged, merge_copies
from sheetsync.model import Entry, IndicatorFact, Plan, Submission

FACT, COMMENT = "fact", "comment"


def merge_indicators(plan: Plan, participant: str, copies: Iterable[Copy]) -> Merged:
    """The facts of one participant; rows are named by the place of the indicator in the plan."""
    rows = [Copy(copy.order, _as_rows(plan, copy.submission)) for copy in copies]
    merged = merge_copies(participant, rows)
    activities = {row_of(place): one.activity for place, one in enumerate(plan.indicators)}
    findings = tuple(
        replace(finding, activity=activities.get(finding.activity or "")) for finding in merged.findings
    )
    return replace(merged, findings=findings)


def facts_of(plan: Plan, merged: Merged) -> Iterator[IndicatorFact]:
    """What «Показатели» shows beside the targets, in the order of the plan."""
    for place, indicator in enumerate(plan.indicators):
        entry = merged.entries.get(row_of(place))
        if entry is not None and not entry.is_empty:
            yield IndicatorFact(
                merged.participant, indicator, entry.text(FACT), comment=entry.text(COMMENT), entry=entry
            )


def _as_rows(plan: Plan, submission: Submission) -> Submission:
    """The submission with its facts in the place of its answers to activities."""
    places = {indicator: row_of(place) for place, indicator in enumerate(plan.indicators)}
    entries = tuple(
        Entry(submission.participant, places[answer.indicator], answer.fields)
        for answer in submission.indicators
    )
    return replace(submission, entries=entries)


def row_of(place: int) -> str:
    """The row an indicator of the plan has among the answers."""
    return f"#{place}"
