"""Who sent what: copies by participant, and values that belong to no row of theirs set aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from sheetsync.checks.case import Arrival
from sheetsync.findings import fact_of, make
from sheetsync.grid import text_of
from sheetsync.merge.copies import shown
from sheetsync.merge.lineage import Copy
from sheetsync.merge.received import CensusItem, Received
from sheetsync.model import (
    NOWHERE,
    Entry,
    Finding,
    Origin,
    Participant,
    Plan,
    PlanRow,
    Submission,
    Unplaced,
    Verdict,
)
from sheetsync.model.kept import once_for_each

_PLANS: Final = 4
_TEXT: Final = itemgetter(CensusItem._fields.index("text"))


class SetAside(Struct):
    """Values that have no row in the свод, and the findings that say so."""

    unplaced: list[Unplaced] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def put(self, entry: Entry, finding: Finding) -> None:
        """Keep every value of an entry under the reason the finding gives."""
        self.findings.append(finding)
        for cell in entry.fields.values():
            if text := shown(cell):
                self.unplaced.append(Unplaced(entry.participant, text, cell.origin, fact_of(finding)))


class Arrived(Struct, frozen=True):
    """Copies and arrivals by participant code."""

    copies: Mapping[str, tuple[Copy, ...]]
    arrivals: Mapping[str, Arrival]


def sort_out(plan: Plan, files: Sequence[Received], aside: SetAside) -> Arrived:
    """Give every submission to its participant; what nobody owes goes ``aside``."""
    copies: dict[str, list[Copy]] = {}
    days: dict[str, list[date]] = {}
    asked: dict[str, frozenset[str]] = {}
    accepted = [file for file in files if file.verdict is Verdict.ACCEPTED]
    for file in accepted:
        printed = _keys_in(file, plan)
        for submission in file.submissions:
            code = submission.participant
            own = _owed_part(plan, submission, aside)
            if plan.participant(code) is not None:
                sent = {entry.activity: entry for entry in file.exchanged if entry.participant == code}
                asked[code] = asked.get(code, frozenset()) | printed
                copies.setdefault(code, []).append(Copy(file.order, own, sent))
                days.setdefault(code, []).extend([file.received_on] if file.received_on else [])
    aside.findings.extend(_returned_to(files, accepted))
    return Arrived(
        {code: tuple(found) for code, found in copies.items()},
        {
            one.code: _arrival(one, copies[one.code], days[one.code], asked[one.code])
            for one in plan.participants
            if one.code in copies
        },
    )


def _keys_in(file: Received, plan: Plan) -> frozenset[str]:
    """The rows that the form behind a copy asked: their keys stood in it."""
    return _keys_of(plan.rows).intersection(map(_TEXT, file.blank))


@once_for_each(_PLANS)
def _keys_of(rows: tuple[PlanRow, ...]) -> frozenset[str]:
    return frozenset(row.key for row in rows)


def _returned_to(files: Iterable[Received], accepted: Sequence[Received]) -> Iterator[Finding]:
    """Old copies dropped again under another name, though a newer one came meanwhile: they stay old."""
    known = {file.origin.sha256: file for file in accepted}
    for file in files:
        first = known.get(file.origin.sha256)
        is_again = file.verdict is Verdict.DUPLICATE or (
            first is file and file.first_name not in ("", file.origin.file)
        )
        if first is None or not is_again:
            continue
        for code in first.participants:
            later = [one for one in accepted if code in one.participants and one.order > first.order]
            if later:
                newest = max(later, key=lambda one: (one.order, one.origin.sha256))
                day = text_of(first.received_on)
                yield make("M709", participant=code, origin=file.origin, day=day, later=newest.origin.file)


def _owed_part(plan: Plan, submission: Submission, aside: SetAside) -> Submission:
    """The rows its participant owes. A code not in the roster owes none."""
    code = submission.participant
    is_known = plan.participant(code) is not None
    owed = {row.key for row in plan.placed_rows_of(code)} if is_known else set()
    kept = tuple(entry for entry in submission.entries if entry.activity in owed)
    if len(kept) == len(submission.entries):
        return submission
    for entry in submission.entries:
        if entry.activity in owed or entry.is_empty:
            continue
        if is_known:
            row = plan.row(entry.activity)
            title = row.title if row else entry.activity
            aside.put(entry, make("R317", participant=code, origin=_first_place(entry), title=title))
        else:
            aside.put(entry, make("V209", origin=submission.origin, code=code))
    return replace(submission, entries=kept)


def _arrival(
    participant: Participant, copies: Sequence[Copy], days: Sequence[date], asked: frozenset[str]
) -> Arrival:
    """How they came; the coordinator's own word on the day goes before the journal's."""
    latest = max(copy.order for copy in copies)
    last = [copy.submission for copy in copies if copy.order == latest]
    return Arrival(
        participant=participant.code,
        received_on=participant.received_on or min(days, default=None),
        declared_ready=any(one.declared_ready for one in last),
        origin=last[0].origin,
        rows=frozenset(entry.activity for one in last for entry in one.entries),
        copies=len(copies),
        asked=asked,
    )


def _first_place(entry: Entry) -> Origin:
    return next((cell.origin for cell in entry.fields.values() if shown(cell)), NOWHERE)
