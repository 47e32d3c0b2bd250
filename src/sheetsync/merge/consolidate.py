"""The consolidation: plan + what came + what the coordinator wrote -> one value.

Pure and indifferent to the order of files: the same inputs give an equal ``Consolidation``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from sheetsync.checks import check
from sheetsync.checks.attached_match import confirmed_by, place_files, with_files
from sheetsync.checks.between import Mentions, between, mentions_of
from sheetsync.checks.case import Arrival, Case, KnownLink, RowKey, nothing_known
from sheetsync.checks.evidence import evidence_of
from sheetsync.checks.link_verdicts import without_dead
from sheetsync.columns import ENTRIES_SHEET
from sheetsync.findings import fact_of, grouped, make
from sheetsync.merge.along import without_report
from sheetsync.merge.arrivals import SetAside, sort_out
from sheetsync.merge.claims import Claims
from sheetsync.merge.copies import Merged, merge_copies
from sheetsync.merge.indicators import facts_of, merge_indicators, with_previous
from sheetsync.merge.ledger import Reckoning, reckon, with_ledger
from sheetsync.merge.outcomes import is_reported, judge
from sheetsync.merge.own_ledger import reckon_found
from sheetsync.merge.rates import completeness, rates_of
from sheetsync.merge.received import Received
from sheetsync.merge.shown import Shown
from sheetsync.merge.typed import CountedFile
from sheetsync.model import (
    CODES_JOINT,
    AnswerMark,
    AttachedFile,
    Consolidation,
    Decision,
    Entry,
    Evidence,
    FileRecord,
    Finding,
    Origin,
    Outcome,
    Participant,
    PlacedFile,
    Plan,
    Unplaced,
    Verdict,
)

NOTHING_DECIDED: Final[Mapping[RowKey, AnswerMark]] = {}


class Judged(Struct, frozen=True):
    """A consolidation beside what the ledger needs to check it against a workbook."""

    found: Consolidation
    files: tuple[CountedFile, ...]
    claims: Claims
    mentions: Mapping[str, Mentions] = field(default_factory=dict)
    """What each participant mentions that others may mention too."""

    def counted(self, shown: Shown) -> tuple[Reckoning, ...]:
        """«Сверка» of every file by what somebody shows."""
        return reckon(self.files, self.claims, shown)


def consolidate(
    plan: Plan,
    received: Iterable[Received],
    decisions: Mapping[RowKey, Decision],
    as_of: date,
    *,
    decided_on: Mapping[RowKey, AnswerMark] = NOTHING_DECIDED,
    findings: Iterable[Finding] = (),
    link_check: KnownLink = nothing_known,
    shared: Iterable[Finding] | None = None,
    roster: tuple[Participant, ...] | None = None,
) -> Judged:
    """The consolidation, with the claims that its workbook must bear out.

    ``decided_on`` is what the rows said when decisions were made
    (``checks.decisions.mark_of``); ``findings`` those made before anything was received: of
    the plan and the workbook; ``link_check`` what is known of the addresses schools name;
    ``roster`` all whose names the forms may hold, where the plan is narrowed to some of them.
    ``shared`` is what these participants share with whoever is judged apart; without it they are
    all there are.
    """
    aside = SetAside()
    came = _came(plan, received, aside)
    untold, case = _untold(plan, came, decisions, as_of, decided_on=decided_on, link_check=link_check)
    _set_orphans_aside(untold.outcomes, decisions, aside)
    unplaced = _all_unplaced(came, aside)
    told = tuple(_told_once((*findings, *_told_by_reading(came), *aside.findings)))
    mentions = mentions_of(case)
    shared = between(plan.participants, mentions) if shared is None else shared
    rows = grouped(_told_once((*told, *check(case), *shared)))
    found = replace(untold, findings=rows, unplaced=unplaced)
    claims = Claims(plan, came.merged, told, rows, unplaced)
    counted = tuple(CountedFile(file, plan, roster) for file in came.files)
    return Judged(with_ledger(found, reckon_found(counted, claims, found)), counted, claims, mentions)


def consolidate_untold(
    plan: Plan,
    received: Iterable[Received],
    decisions: Mapping[RowKey, Decision],
    as_of: date,
    *,
    decided_on: Mapping[RowKey, AnswerMark] = NOTHING_DECIDED,
    link_check: KnownLink = nothing_known,
) -> Consolidation:
    """The same without what is told of it: its files, rows, figures and counts."""
    came = _came(plan, received, SetAside())
    return _untold(plan, came, decisions, as_of, decided_on=decided_on, link_check=link_check)[0]


class _Came(Struct, frozen=True):
    """What came, sorted and merged: answers and facts of every participant, and the files sent along
    with the rows they confirm."""

    files: tuple[Received, ...]
    arrivals: Mapping[str, Arrival]
    answers: tuple[Merged, ...]
    facts: tuple[Merged, ...]
    entries: Mapping[RowKey, Entry]
    placed: tuple[PlacedFile, ...]

    @property
    def merged(self) -> tuple[Merged, ...]:
        return (*self.answers, *self.facts)


def _came(plan: Plan, received: Iterable[Received], aside: SetAside) -> _Came:
    files = sorted(received, key=lambda file: (file.origin.file, file.origin.sha256))
    arrived = sort_out(plan, files, aside)
    copies = sorted(arrived.copies.items())
    answers = tuple(merge_copies(code, own) for code, own in copies)
    facts = tuple(merge_indicators(plan, code, own) for code, own in copies)
    entries = {(one.participant, key): entry for one in answers for key, entry in one.entries.items()}
    placed = place_files(plan, entries, [file.attached for file in files if file.attached])
    reports = tuple(without_report(file, placed) for file in files)
    return _Came(reports, arrived.arrivals, answers, facts, entries, placed)


def _untold(
    plan: Plan,
    came: _Came,
    decisions: Mapping[RowKey, Decision],
    as_of: date,
    *,
    decided_on: Mapping[RowKey, AnswerMark],
    link_check: KnownLink,
) -> tuple[Consolidation, Case]:
    """What came, judged row by row, and what rules are asked about."""
    attached = confirmed_by(came.placed)
    evidence = _evidence(plan, came.entries, link_check, attached)
    outcomes = judge(plan, came.entries, evidence, decisions, as_of, decided_on=decided_on, attached=attached)
    figures = tuple(figure for one in came.facts for figure in facts_of(plan, one))
    in_force = _in_force(plan, outcomes)
    case = Case(plan, as_of, in_force, came.arrivals, evidence, figures, link_check, came.placed)
    counts = completeness(case)
    found = Consolidation(
        as_of=as_of,
        plan=plan,
        files=tuple(map(_record, came.files)),
        outcomes=outcomes,
        completeness=counts,
        rates=rates_of(counts),
        findings=(),
        ledger=(),
        unplaced=(),
        indicators=with_previous(plan, figures),
    )
    return found, case


def _evidence(
    plan: Plan,
    entries: Mapping[RowKey, Entry],
    link_check: KnownLink,
    attached: Mapping[RowKey, Sequence[AttachedFile]],
) -> dict[RowKey, Evidence]:
    """What confirms each reported row: its own words, links not known to be dead, files sent along."""
    asked = {row.key: row for row in plan.rows}
    return {
        place: with_files(
            without_dead(evidence_of(entry, asked.get(place[1])), link_check), attached.get(place, ())
        )
        for place, entry in entries.items()
        if is_reported(entry)
    }


def _in_force(plan: Plan, outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """What rules and rates are about: answers to rows taken out of the plan are shown, no more."""
    asked = {row.key for row in plan.asked_rows}
    return tuple(one for one in outcomes if one.activity in asked)


def _set_orphans_aside(
    outcomes: Iterable[Outcome], decisions: Mapping[RowKey, Decision], aside: SetAside
) -> None:
    """Words of the coordinator beside a row that the plan no longer has."""
    present = {(outcome.participant, outcome.activity) for outcome in outcomes}
    origin = Origin(sheet=ENTRIES_SHEET)
    for place, decision in sorted(decisions.items(), key=lambda one: one[0]):
        text = "; ".join(part for part in (decision.verdict, decision.remark) if part)
        if place in present or not text:
            continue
        participant, activity = place
        finding = make("M704", participant=participant, activity=activity, origin=origin, text=text)
        aside.findings.append(finding)
        aside.unplaced.append(Unplaced(participant, text, origin, fact_of(finding)))


# --- gathering ----------------------------------------------------------------------------------


def _told_by_reading(came: _Came) -> Iterator[Finding]:
    """What recognising, reading and merging the copies had to say."""
    for file in came.files:
        yield from file.findings
        for submission in file.submissions:
            yield from submission.findings
    for one in came.merged:
        yield from one.findings


def _told_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings without those said again word for word of the same place."""
    seen: dict[tuple[str, str | None, str | None, str], list[Finding]] = {}
    for one in findings:
        alike = seen.setdefault((one.code, one.participant, one.activity, one.origin.cell), [])
        if one not in alike:
            alike.append(one)
            yield one


def _all_unplaced(came: _Came, aside: SetAside) -> tuple[Unplaced, ...]:
    read = [one for file in came.files for submission in file.submissions for one in submission.unplaced]
    lost = [one for part in came.merged for one in part.unplaced]
    return tuple(sorted({*read, *lost, *aside.unplaced}, key=place_of_unplaced))


def place_of_unplaced(one: Unplaced) -> tuple[str, str, str, str, str, str, str]:
    """The order of values that found no place."""
    origin = one.origin
    return (
        one.participant or "", origin.file, origin.sha256, origin.sheet, origin.cell, one.text, one.reason
    )  # fmt: skip


def _record(file: Received) -> FileRecord:
    """The file as «Журнал» and the JSON show it; the note says why it was not taken."""
    reason = next(iter(grouped(file.findings)), None) if file.verdict is not Verdict.ACCEPTED else None
    return FileRecord(
        origin=file.origin,
        verdict=file.verdict,
        participant=CODES_JOINT.join(file.participants) or None,
        received_on=file.received_on,
        note=fact_of(reason) if reason else "",
    )
