"""What «Панель» says first: a light for every participant, the worst findings, one line of outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby, zip_longest
from typing import Final

from msgspec import Struct

from sheetsync.findings import CATALOGUE, grouped, severity_of
from sheetsync.model import Completeness, Consolidation, Finding, Severity, Verdict


class Light(StrEnum):
    """The traffic light: a sign and words, so that colour is never needed."""

    FINE = "● в порядке"
    GAPS = "▲ есть пробелы"
    NO_REPORT = "■ нет отчёта"


class ParticipantLight(Struct, frozen=True):
    """One participant's light; ``reason`` is its worst finding, ``others`` how many more there
    are that ask for something."""

    participant: str
    light: Light
    reason: Finding | None = None
    others: int = 0


class OutcomeLine(Struct, frozen=True):
    """One run in figures."""

    files: int
    not_taken: int
    owing: int
    received: int
    must: int
    warnings: int
    unaccounted: int


def light_of(counts: Completeness, findings: Iterable[Finding] = ()) -> Light:
    """No copy, no report; anything that asks the participant to act is a gap."""
    if not counts.received:
        return Light.NO_REPORT
    asks = any(_asks(one) for one in findings if one.participant == counts.participant)
    return Light.GAPS if counts.missing or asks else Light.FINE


def lights(result: Consolidation) -> tuple[ParticipantLight, ...]:
    """A light for every participant who owes a report, in the order of the roster."""
    first: dict[str | None, Finding] = {}
    asking: dict[str | None, list[Finding]] = {}
    for one in result.findings:
        if one.participant not in first:
            first[one.participant] = one
        if one.code not in _QUIET:
            asking.setdefault(one.participant, []).append(one)
    found = []
    for counts in result.completeness:
        if counts.owes_report:
            own = asking.get(counts.participant, [])
            light = light_of(counts, own)
            told = own[0] if own else None if light is Light.FINE else first.get(counts.participant)
            others = max(sum(one.count for one in own) - 1, 0)
            found.append(ParticipantLight(counts.participant, light, told, others))
    return tuple(found)


def about_everything(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What must be put right before the figures mean anything: it is about no participant and no file."""
    return grouped(filter(_is_about_everything, findings))


def _is_about_everything(one: Finding) -> bool:
    return severity_of(one) is Severity.MUST and not one.participant and not one.origin.file


def worst_findings(result: Consolidation, n: int = 5) -> tuple[Finding, ...]:
    """The ``n`` findings to read first: what is about everything, then worst severity first, and of
    equal ones a new kind of trouble before another case of a known one, a file that is nobody's, and so
    counts nowhere, before what is asked of a participant."""
    chosen: list[Finding] = []
    for severity in Severity:
        if len(chosen) < n:
            same = grouped(one for one in result.findings if severity_of(one) is severity)
            chosen += [one for one in same if _is_about_everything(one)]
            chosen += _in_turn([one for one in same if not _is_about_everything(one)])
    return tuple(chosen[:n])


def _in_turn(same: Iterable[Finding]) -> Iterator[Finding]:
    """Findings of one severity, sorted: the first of each kind, then the second of each."""
    kinds = [list(group) for _, group in groupby(same, key=lambda one: one.code)]
    kinds.sort(key=lambda group: severity_of(group[0]) is Severity.MUST and group[0].participant is not None)
    return (one for turn in zip_longest(*kinds) for one in turn if one is not None)


def outcome_line(result: Consolidation) -> OutcomeLine:
    """The figures of «итог последнего запуска»."""
    owing = [one for one in result.completeness if one.owes_report]
    totals = dict.fromkeys(Severity, 0)
    for one in result.findings:
        totals[severity_of(one)] += one.count
    return OutcomeLine(
        files=len(result.files),
        not_taken=sum(one.verdict in {Verdict.REFUSED, Verdict.UNRECOGNISED} for one in result.files),
        owing=len(owing),
        received=sum(one.received for one in owing),
        must=totals[Severity.MUST],
        warnings=totals[Severity.WARN],
        unaccounted=sum(line.unaccounted for line in result.ledger),
    )


_QUIET: Final = frozenset(code for code, detail in CATALOGUE.items() if detail.severity is Severity.INFO)
"""Codes of findings that ask for nothing."""


def _asks(finding: Finding) -> bool:
    return finding.code not in _QUIET
