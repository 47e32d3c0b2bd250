"""The consolidation: plan + what came + what the coordinator wrote -> one value.

Pure and indifferent to the order of files: the same inputs give an equal ``Consolidation``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sheetsync.checks import check
from sheetsync.checks.case import Case, RowKey
from sheetsync.checks.evidence import evidence_of
from sheetsync.columns import ENTRIES_SHEET
from sheetsync.findings import fact_of, grouped, make
from sheetsync.merge.arrivals import Arrived, SetAside, sort_out
from sheetsync.merge.copies import CellKey, Merged, merge_copies
from sheetsync.merge.indicators import facts_of, merge_indicators
from sheetsync.merge.ledger import Account, ledger_line, told_texts
from sheetsync.merge.outcomes import is_reported, judge
from sheetsync.merge.rates import completeness, rates_of
from sheetsync.merge.received import Received
from sheetsync.model import (
    Consolidation,
    Decision,
    Entry,
    Field,
    FileRecord,
    Finding,
    LedgerLine,
    Origin,
    Outcome,
    Plan,
    Unplaced,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Memory:
    """What the campaign remembers from earlier runs, by participant and activity.

    ``exchanged`` are the answers prefilled in the form last sent; ``decided_on`` the fingerprint
    of the answer each decision was made on (``checks.decisions.fingerprint``).
    """

    exchanged: Mapping[RowKey, Entry] = field(default_factory=dict)
    decided_on: Mapping[RowKey, str] = field(default_factory=dict)


NO_MEMORY: Final = Memory()


def consolidate(
    plan: Plan,
    received: Iterable[Received],
    decisions: Mapping[RowKey, Decision],
    as_of: date,
    *,
    memory: Memory = NO_MEMORY,
    findings: Iterable[Finding] = (),
) -> Consolidation:
    """Everything the district workbook shows, as of a date.

    ``findings`` are those made before anything was received: of the plan and the workbook.
    """
    files = sorted(received, key=lambda file: (file.origin.file, file.origin.sha256))
    aside = SetAside()
    arrived = sort_out(plan, [file for file in files if file.verdict is Verdict.ACCEPTED], aside)
    merged = _merge_answers(arrived, memory)
    facts = tuple(merge_indicators(plan, code, copies) for code, copies in sorted(arrived.copies.items()))
    entries = _entries(merged)
    evidence = {place: evidence_of(entry) for place, entry in entries.items() if is_reported(entry)}
    outcomes = judge(plan, entries, evidence, decisions, as_of)
    case = Case(plan, as_of, outcomes, arrived.arrivals, evidence, memory.decided_on)
    _set_orphans_aside(case, decisions, aside)
    unplaced = _all_unplaced(files, (*merged, *facts), aside)
    told = tuple(
        dict.fromkeys((*findings, *_told_by_reading(files, (*merged, *facts)), *aside.findings, *check(case)))
    )
    account = _account(case, merged, facts, told, unplaced)
    ledger = tuple(ledger_line(file, account) for file in files)
    counts = completeness(case)
    return Consolidation(
        as_of=as_of,
        plan=plan,
        files=tuple(map(_record, files)),
        outcomes=case.outcomes,
        completeness=counts,
        rates=rates_of(counts),
        findings=grouped((*told, *_imbalances(ledger))),
        ledger=ledger,
        unplaced=unplaced,
        indicators=tuple(fact for one in facts for fact in facts_of(plan, one)),
    )


def _merge_answers(arrived: Arrived, memory: Memory) -> tuple[Merged, ...]:
    return tuple(
        merge_copies(
            code,
            copies,
            {activity: entry for (owner, activity), entry in memory.exchanged.items() if owner == code},
        )
        for code, copies in sorted(arrived.copies.items())
    )


def _entries(merged: Iterable[Merged]) -> dict[RowKey, Entry]:
    return {(one.participant, key): entry for one in merged for key, entry in one.entries.items()}


def _set_orphans_aside(case: Case, decisions: Mapping[RowKey, Decision], aside: SetAside) -> None:
    """Words of the coordinator beside a row that the plan no longer has."""
    present = {(outcome.participant, outcome.activity) for outcome in case.outcomes}
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


def _told_by_reading(files: Sequence[Received], merged: Sequence[Merged]) -> Iterator[Finding]:
    """What recognising, reading and merging the copies had to say."""
    for file in files:
        yield from file.findings
        for submission in file.submissions:
            yield from submission.findings
    for one in merged:
        yield from one.findings


def _all_unplaced(
    files: Sequence[Received], merged: Sequence[Merged], aside: SetAside
) -> tuple[Unplaced, ...]:
    read = [one for file in files for submission in file.submissions for one in submission.unplaced]
    lost = [one for part in merged for one in part.unplaced]
    return tuple(sorted({*read, *lost, *aside.unplaced}, key=_place_of_unplaced))


def _place_of_unplaced(one: Unplaced) -> tuple[str, str, str, str, str, str, str]:
    origin = one.origin
    return (
        one.participant or "", origin.file, origin.sha256, origin.sheet, origin.cell, one.text, one.reason
    )  # fmt: skip


def _account(
    case: Case,
    merged: Sequence[Merged],
    facts: Sequence[Merged],
    told: Sequence[Finding],
    unplaced: Sequence[Unplaced],
) -> Account:
    """The свод as the ledger asks it: answers are looked up in the outcomes, not in the merge."""
    both = (*merged, *facts)
    reported = {
        (one.participant, row, column): cell
        for one in facts
        for row, entry in one.entries.items()
        for column, cell in entry.fields.items()
    }
    return Account(
        plan=case.plan,
        placed={origin: cells for one in both for origin, cells in one.placed.items()},
        answers={**answers_of(case.outcomes), **reported},
        superseded=frozenset().union(*(one.superseded for one in both)),
        told=told_texts(told, unplaced),
    )


def answers_of(outcomes: Iterable[Outcome]) -> dict[CellKey, Field]:
    """Every answer cell of the свод."""
    return {
        (outcome.participant, outcome.activity, column): cell
        for outcome in outcomes
        if outcome.entry
        for column, cell in outcome.entry.fields.items()
    }


def _imbalances(ledger: Iterable[LedgerLine]) -> Iterator[Finding]:
    """A remainder is an error of the program, never of the school."""
    for line in ledger:
        if line.unaccounted:
            yield make("S802", origin=line.origin, name=line.origin.file, difference=line.unaccounted)


def _record(file: Received) -> FileRecord:
    """The file as «Журнал» and the JSON show it; the note says why it was not taken."""
    reason = next(iter(grouped(file.findings)), None) if file.verdict is not Verdict.ACCEPTED else None
    return FileRecord(
        origin=file.origin,
        verdict=file.verdict,
        participant=", ".join(file.participants) or None,
        received_on=file.received_on,
        note=fact_of(reason) if reason else "",
    )
