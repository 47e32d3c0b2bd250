"""Facts reported for numeric targets: copies are merged as answers to activities are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from sheetsync.merge.copies import Merged, merge_copies
from sheetsync.merge.lineage import Copy
from sheetsync.model import Entry, IndicatorFact, Plan, Submission
from sheetsync.plan.figures import Figure, is_percent, read_figure

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
    """What one participant reported for the targets, in the order of the plan."""
    before = {(one.participant, one.indicator): one.text for one in plan.previous}
    for place, indicator in enumerate(plan.indicators):
        entry = merged.entries.get(row_of(place))
        if entry is not None and not entry.is_empty:
            yield IndicatorFact(
                merged.participant,
                indicator,
                entry.text(FACT),
                before.get((merged.participant, indicator), ""),
                entry.text(COMMENT),
                entry,
            )


def with_previous(plan: Plan, facts: Iterable[IndicatorFact]) -> tuple[IndicatorFact, ...]:
    """The facts, and the figures of the previous period of those who reported nothing yet."""
    told = tuple(facts)
    known = {(one.participant, one.indicator) for one in told}
    waiting = (
        IndicatorFact(one.participant, one.indicator, previous=one.text)
        for one in plan.previous
        if (one.participant, one.indicator) not in known
    )
    return (*told, *waiting)


def change_of(fact: IndicatorFact) -> float | None:
    """How much more than in the previous period; ``None`` unless both are figures of one kind."""
    now, before = read_figure(fact.fact), read_figure(fact.previous)
    if now is None or before is None or _kind(now, fact) != _kind(before, fact):
        return None
    return round(now.value - before.value, 10)


def _kind(figure: Figure, fact: IndicatorFact) -> bool:
    """Is it a share? A bare number is of the target's own unit."""
    return is_percent(figure.unit or fact.indicator.unit)


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
