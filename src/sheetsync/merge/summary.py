"""What «Панель» says first: a light for every participant, the worst findings, one line of outcome."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from itertools import groupby, zip_longest

from msgspec import Struct

from sheetsync.findings import grouped, severity_of
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
    findings: dict[str | None, list[Finding]] = {}
    for one in result.findings:
        findings.setdefault(one.participant, []).append(one)
    found = []
    for counts in result.completeness:
        if counts.owes_report:
            own = findings.get(counts.participant, [])
            asking = [one for one in own if _asks(one)]
            light = light_of(counts, asking)
            reasons = asking or (own if light is not Light.FINE else [])
            others = max(sum(one.count for one in asking) - 1, 0)
            found.append(ParticipantLight(counts.participant, light, next(iter(reasons), None), others))
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
    every = grouped(result.findings)
    chosen = [one for one in every if _is_about_everything(one)]
    rest = [one for one in every if not _is_about_everything(one)]
    for severity in Severity:
        same = [one for one in rest if severity_of(one) is severity]
        kinds = [list(group) for _, group in groupby(same, key=lambda one: one.code)]
        if severity is Severity.MUST:
            kinds.sort(key=lambda group: group[0].participant is not None)
        chosen += [one for turn in zip_longest(*kinds) for one in turn if one is not None]
    return tuple(chosen[:n])


def outcome_line(result: Consolidation) -> OutcomeLine:
    """The figures of «итог последнего запуска»."""
    owing = [one for one in result.completeness if one.owes_report]
    return OutcomeLine(
        files=len(result.files),
        not_taken=sum(one.verdict in {Verdict.REFUSED, Verdict.UNRECOGNISED} for one in result.files),
        owing=len(owing),
        received=sum(one.received for one in owing),
        must=_total(result, Severity.MUST),
        warnings=_total(result, Severity.WARN),
        unaccounted=sum(line.unaccounted for line in result.ledger),
    )


def _asks(finding: Finding) -> bool:
    return severity_of(finding) is not Severity.INFO


def _total(result: Consolidation, severity: Severity) -> int:
    return sum(one.count for one in result.findings if severity_of(one) is severity)
