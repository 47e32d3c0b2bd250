"""What one participant still owes, grouped as a letter tells it; a complete report owes nothing.

The words are those of the catalogue of findings. Which findings are the participant's to see to is
said once, in ``GROUPS``; the others are matters of the office, or of several participants.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Final

from msgspec import Struct

from sheetsync.checks.due import first_due
from sheetsync.findings import advice_of, fact_of
from sheetsync.letters.notices import LetterNotice
from sheetsync.merge.groups import by_owner
from sheetsync.model import (
    NOWHERE,
    Consolidation,
    Finding,
    Origin,
    Outcome,
    Participant,
    PlanRow,
    ReviewState,
    Status,
)
from sheetsync.notices import say

GROUPS: Final[Mapping[LetterNotice, tuple[str, ...]]] = {
    LetterNotice.GAP_NO_REPORT: ("C401", "C409", "C410"),
    LetterNotice.GAP_REWORK: (),
    LetterNotice.GAP_NO_ANSWER: ("C403", "C404", "C411", "M706"),
    LetterNotice.GAP_NO_EVIDENCE: ("E601", "E609", "E612"),
    LetterNotice.GAP_WEAK_EVIDENCE: (
        "E602", "E603", "E604", "E605", "E608", "E610", "E614", "E620", "E626", "E627", "E630",
    ),
    LetterNotice.GAP_OVERDUE: ("D501", "D506"),
    LetterNotice.GAP_NUMBERS: ("N401", "N402", "N403", "N404", "N405", "N406", "N407"),
    LetterNotice.GAP_UNCLEAR: (
        "C405", "C406", "C408", "D502", "D503", "D504", "M701", "R310", "R312", "R314", "R319",
    ),
    LetterNotice.GAP_PERSONAL: ("P901", "P902", "P903", "P904", "P905", "P906", "P907", "P908"),
}  # fmt: skip
"""The groups in the order of the letter, and the findings each is made of."""

_TO_A_SCHOOL: Final[Mapping[str, LetterNotice]] = {
    "C401": LetterNotice.SEND_REPORT,
    "C403": LetterNotice.RESTORE_ROW,
    "C409": LetterNotice.SEND_REPORT,
    "C410": LetterNotice.SEND_REPORT,
    "C411": LetterNotice.FILL_NEW_ROW,
    "E610": LetterNotice.ADD_ASKED,
    "E626": LetterNotice.SEND_FILE,
    "E627": LetterNotice.SEND_FILE,
    "M701": LetterNotice.TELL_WHICH,
    "M706": LetterNotice.RESTORE_ROW,
    "N401": LetterNotice.ONE_NUMBER,
    "N402": LetterNotice.SAME_UNIT,
    "N407": LetterNotice.GIVE_NUMBERS,
}
"""Advice where the catalogue speaks to the coordinator."""

_NEWER_THAN_ITS_FORM: Final = "C411"
"""The row came into the plan later: in a file the participant answers it in the form of today."""

_UNQUOTED: Final = frozenset(GROUPS[LetterNotice.GAP_PERSONAL])
"""What was found is not said again: a letter has copies."""

_SETTLED: Final = (ReviewState.ACCEPTED, ReviewState.MENDED)
"""Rows that wait for nothing from the participant: good enough for the office, or its turn."""

_OVER: Final = (Status.DONE, Status.NOT_REQUIRED)
_SOON: Final = timedelta(days=14)


class Gap(Struct, frozen=True):
    """One thing to see to: in a row of the plan, or (``row`` is ``None``) in the report as a whole."""

    row: PlanRow | None
    fact: str
    advice: str
    origin: Origin = NOWHERE
    is_newer: bool = False
    """Whether the form it filled does not ask the row yet."""


class GapGroup(Struct, frozen=True):
    """Gaps of one sort, in the order of the plan."""

    heading: LetterNotice
    gaps: tuple[Gap, ...]

    @property
    def rows(self) -> int:
        """Of how many rows of the plan it speaks."""
        return len({gap.row.key for gap in self.gaps if gap.row})

    @property
    def summary(self) -> str:
        heading = say(self.heading)
        return say(LetterNotice.LINE_GROUP, heading=heading, rows=self.rows) if self.rows else heading


class Gaps(Struct, frozen=True):
    """All gaps of one participant; ``upcoming`` are rows due within two weeks, for its information."""

    participant: Participant
    groups: tuple[GapGroup, ...]
    upcoming: tuple[PlanRow, ...] = ()

    @property
    def summary(self) -> str:
        """«Нет подтверждения (3); Персональные данные»: the headings with their rows."""
        return "; ".join(one.summary for one in self.groups)

    @property
    def has_no_report(self) -> bool:
        return any(group.heading is LetterNotice.GAP_NO_REPORT for group in self.groups)

    @property
    def has_newer_rows(self) -> bool:
        return any(gap.is_newer for group in self.groups for gap in group.gaps)

    @property
    def has_remarks(self) -> bool:
        """Whether the office sent rows back."""
        return any(group.heading is LetterNotice.GAP_REWORK for group in self.groups)


def gaps_of(found: Consolidation) -> tuple[Gaps, ...]:
    """The gaps of everyone who owes a report and has any, in the order of the roster."""
    rows, findings = by_owner(found.outcomes), by_owner(found.findings)
    readers = (
        _Reader(found, one, rows.get(one.code, []), findings.get(one.code, []))
        for one in found.plan.participants
        if one.owes_report
    )
    return tuple(one for one in (reader.gaps() for reader in readers) if one.groups)


class _Reader:
    """One participant's part of the consolidation: its rows, and what was found of it."""

    def __init__(
        self,
        found: Consolidation,
        participant: Participant,
        outcomes: Sequence[Outcome],
        findings: Sequence[Finding],
    ) -> None:
        self._found = found
        self._participant = participant
        self._findings = findings
        self._places = {row.key: place for place, row in enumerate(found.plan.rows)}
        self._outcomes = outcomes
        self._sent_back = [one for one in self._outcomes if one.review is ReviewState.REWORK]
        settled = {one.activity for one in self._outcomes if one.review in _SETTLED}
        remarked = {one.activity for one in self._sent_back if one.decision.remark.strip()}
        self._due = {one.activity for one in self._outcomes if one.is_due}
        self._silent = settled | remarked  # where a person has spoken the program adds nothing

    def gaps(self) -> Gaps:
        groups = (GapGroup(heading, self._in_order(self._of(heading))) for heading in GROUPS)
        return Gaps(self._participant, tuple(one for one in groups if one.gaps), tuple(self._upcoming()))

    def _of(self, heading: LetterNotice) -> Iterator[Gap]:
        if heading is LetterNotice.GAP_REWORK:
            yield from map(self._remark, self._sent_back)
        for one in self._findings:
            is_told = one.activity not in self._silent and one.code in GROUPS[heading]
            if is_told and self._is_its(one):
                yield self._gap(one)

    def _is_its(self, finding: Finding) -> bool:
        """A row its form does not ask yet waits till it is due; into a sheet of Google the office puts it."""
        is_newer = finding.code == _NEWER_THAN_ITS_FORM
        return not is_newer or (finding.activity in self._due and not finding.origin.is_in_google)

    def _gap(self, finding: Finding) -> Gap:
        own, is_newer = _TO_A_SCHOOL.get(finding.code), finding.code == _NEWER_THAN_ITS_FORM
        fact = say(LetterNotice.NOT_IN_FORM) if is_newer else fact_of(finding)
        return Gap(
            self._found.plan.row(finding.activity) if finding.activity else None,
            "" if finding.code in _UNQUOTED else fact,
            say(own) if own else advice_of(finding),
            finding.origin,
            is_newer=is_newer,
        )

    def _remark(self, outcome: Outcome) -> Gap:
        remark = outcome.decision.remark.strip()
        fact = say(LetterNotice.REMARK, remark=remark) if remark else say(LetterNotice.SENT_BACK)
        return Gap(self._found.plan.row(outcome.activity), fact, say(LetterNotice.MEND_ANSWER))

    def _in_order(self, gaps: Iterable[Gap]) -> tuple[Gap, ...]:
        return tuple(sorted(gaps, key=lambda gap: self._places[gap.row.key] if gap.row else -1))

    def _upcoming(self) -> Iterator[PlanRow]:
        """Rows that come due soon and are not over."""
        as_of = self._found.as_of
        for one in self._outcomes:
            row = self._found.plan.row(one.activity)
            due = first_due(row, self._found.plan.settings) if row and not row.is_retired else None
            if row and due and as_of < due <= as_of + _SOON and one.status not in _OVER:
                yield row
