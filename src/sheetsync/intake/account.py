"""The account of one copy while it is read: what became of every cell.

A cell is claimed once: as an answer, as the office's text, by a finding, or set aside into «Не
размещено». What nobody claims by the end is swept up by ``strays``.
"""

from __future__ import annotations

from msgspec.structs import replace

from sheetsync.findings import make
from sheetsync.grid import Cell, Sheet, a1
from sheetsync.intake.fields import quoted
from sheetsync.intake.known import Known
from sheetsync.intake.reasons import Reason
from sheetsync.model import Field, Finding, Origin, Plan, Unplaced

Spot = tuple[Sheet, int, int]
"""A cell of the copy: sheet, row, column."""


class Account:
    """Collects what one participant's part of a copy says. Mutable, and private to a reading."""

    def __init__(self, participant: str, origin: Origin, known: Known, plan: Plan) -> None:
        self.participant = participant
        self.plan = plan
        self.origin = origin
        self.known = known
        self.fields: dict[str, dict[str, Field]] = {}
        self.unplaced: list[Unplaced] = []
        self.findings: list[Finding] = []
        self.claimed: set[tuple[str, int, int]] = set()
        self.office: set[Origin] = set()

    def at(self, spot: Spot) -> Origin:
        sheet, row, column = spot
        return Origin(self.origin.file, self.origin.sha256, sheet.name, a1(row, column))

    def claim(self, spot: Spot) -> None:
        self.claimed.add((spot[0].name, *spot[1:]))

    def is_claimed(self, spot: Spot) -> bool:
        return (spot[0].name, *spot[1:]) in self.claimed

    def note(self, code: str, spot: Spot, *, activity: str | None = None, **params: object) -> None:
        """A finding that quotes a cell: the cell is accounted by it."""
        self.claim(spot)
        self.say(code, spot, activity=activity, **params)

    def say(self, code: str, spot: Spot, *, activity: str | None = None, **params: object) -> None:
        """A finding about a cell that is accounted otherwise."""
        told = tuple((name, str(value)) for name, value in params.items())
        known = make(code).code
        self.findings.append(Finding(known, self.participant, activity, self.at(spot), told))

    def about(self, activity: str | None, findings: tuple[Finding, ...]) -> None:
        """Findings made elsewhere, now with participant and activity."""
        if findings:
            whose = self.participant
            self.findings += [replace(one, participant=whose, activity=activity) for one in findings]

    def take_as_office(self, spot: Spot, cell: Cell, *, activity: str | None = None) -> None:
        """The value is the office's; a link or a note somebody added to it is not."""
        self.claim(spot)
        self.office.add(self.at(spot))
        for text in self.added(cell):
            self.keep(spot, text, Reason.PLAN_CELL)
            self.note("R328", spot, activity=activity, value=quoted(text))

    def set_aside(
        self,
        spot: Spot,
        cell: Cell,
        reason: Reason,
        code: str | None,
        *,
        activity: str | None = None,
        **params: object,
    ) -> None:
        """Keep all a cell holds in «Не размещено»; ``code`` is None when a finding already says so."""
        value = cell.text
        if reason is Reason.OUTSIDE and self.known.says_here(*spot, cell):
            self.office.add(self.at(spot))
            value = ""
        kept = [text for text in (value, *self.added(cell)) if text.strip()]
        self.claim(spot)
        if not kept and self.known.calculates(cell):
            self.office.add(self.at(spot))
        elif not kept and cell.formula is not None:
            self.note("R314", spot, activity=activity)
        for text in kept:
            self.keep(spot, text, reason)
            if code:
                self.note(code, spot, activity=activity, **(params or {"value": quoted(text)}))

    def added(self, cell: Cell) -> list[str]:
        """Links and the note of a cell that the issued form does not have."""
        links = [link for link in cell.links if link not in self.known.links]
        comment = cell.comment or ""
        if not comment:
            return links
        return [*links, *([comment] if comment.strip() and not self.known.has_comment(comment) else [])]

    def keep(self, spot: Spot, text: str, reason: Reason) -> None:
        """Put a text of a cell into «Не размещено»."""
        self.unplaced.append(Unplaced(self.participant, text, self.at(spot), reason.value))
