"""The consolidation becomes the bodies of the district workbook's tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.columns import (
    COMPLETENESS,
    ENTRIES,
    FINDINGS,
    INDICATORS,
    LEDGER,
    MATRIX,
    UNPLACED,
    MatrixMark,
)
from sheetsync.district.bodies import OutRecord, ValueBody, body_of, values_of
from sheetsync.district.entry_rows import entry_rows, fits, shortened, title_of
from sheetsync.district.records import INDICATOR_IDENTITY, figure_or_text, indicator_record
from sheetsync.findings import advice_of, fact_of, severity_of
from sheetsync.grid import CELL_LIMIT, cell_pieces, column_letters
from sheetsync.merge.copies import shown
from sheetsync.merge.indicators import change_of
from sheetsync.merge.shown import place_of
from sheetsync.merge.summary import ParticipantLight, lights
from sheetsync.model import (
    Completeness,
    Consolidation,
    Finding,
    IndicatorFact,
    Origin,
    Outcome,
    Plan,
    PlanRow,
    RowState,
    Status,
    Sufficiency,
    Unplaced,
)
from sheetsync.notices import Notice, say
from sheetsync.workbooks.port import Out, OutValue, TableBody

_ENTRY_KEYS = tuple(ENTRIES.column(key).header for key in ("participant", "key"))
_MARKS = {
    Status.PARTLY: MatrixMark.PARTLY,
    Status.IN_PROGRESS: MatrixMark.IN_PROGRESS,
    Status.NOT_STARTED: MatrixMark.NOT_STARTED,
    Status.NOT_DONE: MatrixMark.NOT_DONE,
    Status.NOT_REQUIRED: MatrixMark.NOT_REQUIRED,
}
_SIGNS = {mark: mark.value for mark in MatrixMark}
_DONE_MARKS = {
    Sufficiency.YES: MatrixMark.EVIDENCED,
    Sufficiency.WEAK: MatrixMark.WEAK,
    Sufficiency.NO: MatrixMark.BARE,
}


class Corner(Struct, frozen=True):
    """Where the body of «Исполнение» begins, so that «Свод» can lead there."""

    sheet: str
    row: int
    column: int = 1


class Tables:
    """Bodies of one consolidation; names of participants are looked up once."""

    def __init__(self, result: Consolidation, corner: Corner, overflow: Iterable[Unplaced] = ()) -> None:
        self._result = result
        self._corner = corner
        self._names = {one.code: one.short_name for one in result.plan.participants}
        self._curators = {one.code: one.curator for one in result.plan.participants}
        self._overflow = list(overflow)

    @cached_property
    def lights(self) -> tuple[ParticipantLight, ...]:
        """Where everybody stands, one light each."""
        return lights(self._result)

    @cached_property
    def _lights(self) -> dict[str, str]:
        return {one.participant: one.light.value for one in self.lights}

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {row.key: f"{row.number} {row.title}".strip() for row in self._result.plan.rows}

    def bodies(self) -> dict[str, TableBody]:
        """Every table the tool writes, by name («Не размещено» last: it takes what overflows)."""
        return {
            MATRIX.name: self._matrix().as_table(),
            ENTRIES.name: self.entries().as_table(),
            FINDINGS.name: self.findings(self._result.findings).as_table(),
            COMPLETENESS.name: self.completeness().as_table(),
            INDICATORS.name: body_of(INDICATORS, (*self.targets(), *self.facts()), INDICATOR_IDENTITY),
            LEDGER.name: self.ledger().as_table(),
            UNPLACED.name: self.unplaced().as_table(),
        }

    @property
    def overflow(self) -> tuple[Unplaced, ...]:
        """What of the tables made so far does not fit their cells."""
        return tuple(self._overflow)

    def name(self, code: str | None) -> str:
        return self._names.get(code or "", code or "")

    # --- Свод

    def _matrix(self) -> ValueBody:
        signs = {
            (outcome.participant, outcome.activity): (step, mark_of(outcome))
            for step, outcome in enumerate(self._result.outcomes)
        }
        return matrix_body(self._result.plan, signs, self._corner)

    # --- Исполнение

    def entries(self) -> ValueBody:
        """«Исполнение»: a row for every outcome."""
        rows = list(entry_rows(self._result, self._names, self._fitting))
        return ValueBody(ENTRIES.headers, rows, _ENTRY_KEYS)

    def _fitting(self, text: str, participant: str | None, origin: Origin) -> str:
        """Text that fits a cell; the rest goes to «Не размещено», never lost."""
        if fits(text):
            return text
        first, *others = cell_pieces(text)
        reason = say(Notice.TEXT_TOO_LONG, limit=CELL_LIMIT) if others else ""
        self._overflow += [Unplaced(participant, piece, origin, reason) for piece in others]
        return first

    # --- the rest

    def findings(self, some: Iterable[Finding]) -> ValueBody:
        """«Замечания»: rows of these."""
        records: Iterable[OutRecord] = (
            {
                "severity": severity_of(one).value,
                "participant": self.name(one.participant),
                "activity": self._titles.get(one.activity or "", one.activity),
                "text": self._fitting(fact_of(one), one.participant, one.origin),
                "advice": shortened(advice_of(one)),
                "count": one.count,
                "file": one.origin.file,
                "cell": place_of(one.origin),
                "code": one.code,
            }
            for one in some
        )
        return values_of(FINDINGS, records, ("code", "participant", "activity", "file", "cell", "text"))

    def completeness(self) -> ValueBody:
        """«Полнота»."""
        records = (self._complete(one) for one in self._result.completeness)
        return values_of(COMPLETENESS, records, ("participant",))

    def _complete(self, one: Completeness) -> OutRecord:
        filled = one.reported + one.confirmed_none
        return {
            "participant": self.name(one.participant),
            "received": _yes_no(one.received),
            "received_on": one.received_on,
            "on_time": _yes_no(one.on_time),
            "rows_owed": one.rows_owed,
            "rows_due": one.rows_due,
            "reported": one.reported,
            "confirmed_none": one.confirmed_none,
            "missing": one.missing,
            "done": one.done,
            "evidenced": one.evidenced,
            "filled_rate": filled / one.rows_due if one.rows_due else None,
            "evidenced_rate": one.evidenced / one.done if one.done else None,
            "light": self._lights.get(one.participant, ""),
            "state": one.state.value,
            "curator": self._curators.get(one.participant),
        }

    def targets(self) -> list[OutRecord]:
        """Rows of «Показатели» that tell what is aimed at."""
        return [indicator_record(one) for one in self._result.plan.indicators]

    def facts(self) -> list[OutRecord]:
        """Rows of «Показатели» that tell what was reported."""
        return [self._fact(one) for one in self._result.indicators]

    def _fact(self, one: IndicatorFact) -> OutRecord:
        return {
            **indicator_record(one.indicator),
            "participant": self.name(one.participant),
            "fact": figure_or_text(self._said(one, "fact")),
            "comment": self._said(one, "comment"),
            "previous": figure_or_text(one.previous),
            "change": change_of(one),
        }

    def _said(self, one: IndicatorFact, key: str) -> str:
        cell = one.entry.fields.get(key) if one.entry else None
        return self._fitting(shown(cell), one.participant, cell.origin) if cell else ""

    def ledger(self) -> ValueBody:
        """«Сверка»."""
        records: Iterable[OutRecord] = (
            {
                "file": line.origin.file,
                "participant": self.name(line.participant),
                "filled": line.filled,
                "masked": line.masked,
                "placed": line.placed,
                "reported": line.reported,
                "superseded": line.superseded,
                "refused": line.refused,
                "unaccounted": line.unaccounted,
                "sha256": line.origin.sha256,
            }
            for line in self._result.ledger
        )
        return values_of(LEDGER, records, ("sha256", "file"))

    def unplaced(self) -> ValueBody:
        """«Не размещено», with what overflows the tables made before."""
        pieces = [piece for one in (*self._result.unplaced, *self._overflow) for piece in _pieces(one)]
        records: Iterable[OutRecord] = (
            {
                "participant": self.name(one.participant),
                "text": one.text,
                "file": one.origin.file,
                "sheet": one.origin.sheet,
                "cell": one.origin.cell,
                "reason": shortened(one.reason),
            }
            for one in pieces
        )
        return values_of(UNPLACED, records, ("file", "sheet", "cell", "text"))


def matrix_body(
    plan: Plan, signs: Mapping[tuple[str, str], tuple[int, MatrixMark]], corner: Corner
) -> ValueBody:
    """«Свод»: by participant and activity the sign of a row, and its place among the rows of
    «Исполнение», to which the sign leads."""
    rows = matrix_rows(plan, {activity for _, activity in signs})
    return ValueBody(matrix_headers(plan), signs_beside(rows, plan, signs, corner), matrix_identity())


def matrix_headers(plan: Plan) -> tuple[str, ...]:
    """The headers of «Свод»: its own, and everybody who owes a report."""
    shown = [one.short_name for one in plan.participants if one.owes_report]
    return (*MATRIX.headers, *_unique(shown, MATRIX.headers))


def matrix_identity() -> tuple[str, ...]:
    """Headers of what tells rows of «Свод» apart."""
    return tuple(MATRIX.column(key).header for key in ("number", "title"))


def matrix_rows(plan: Plan, answered: Set[str]) -> tuple[PlanRow, ...]:
    """The rows of «Свод»: all that are asked, and of those asked no more the answered ones."""
    return (*plan.asked_rows, *(row for row in plan.rows if row.is_retired and row.key in answered))


def signs_beside(
    rows: Iterable[PlanRow],
    plan: Plan,
    signs: Mapping[tuple[str, str], tuple[int, MatrixMark]],
    corner: Corner,
) -> list[list[OutValue | Out]]:
    """Some rows of «Свод» with their signs."""
    shown = [one.code for one in plan.participants if one.owes_report]
    leads_to = "#'{}'!{}".format(corner.sheet.replace("'", "''"), column_letters(corner.column))
    found = []
    for row in rows:
        cells: list[OutValue | Out] = [row.number, title_of(row), row.due]
        for code in shown:
            sign = signs.get((code, row.key))
            cells.append(Out(_SIGNS[sign[1]], link=f"{leads_to}{corner.row + sign[0]}") if sign else None)
        found.append(cells)
    return found


def columns_that_left(texts: Mapping[str, Set[str]], kept: Sequence[str]) -> tuple[str, ...]:
    """Participants' columns of «Свод» that are not ``kept``: only our signs stand in them.

    ``texts`` are those of each column by its header, blank ones left out.
    """
    ours = {mark.value for mark in MatrixMark}
    return tuple(header for header, own in texts.items() if header not in kept and own and own <= ours)


def mark_of(outcome: Outcome) -> MatrixMark:
    """The sign of one cell of «Свод»."""
    if outcome.state is RowState.MISSING:
        return MatrixMark.MISSING if outcome.is_due else MatrixMark.NOT_DUE
    if outcome.status is None:
        return MatrixMark.UNCLEAR
    if outcome.status is Status.DONE:
        return _DONE_MARKS[outcome.evidence or Sufficiency.NO]
    return _MARKS[outcome.status]


def _yes_no(value: bool) -> str:
    return "да" if value else "нет"


def _pieces(one: Unplaced) -> list[Unplaced]:
    return [replace(one, text=piece) for piece in cell_pieces(one.text)]


def _unique(names: Sequence[str], taken: Sequence[str]) -> list[str]:
    """Table headers must differ: a repeated name gets a number."""
    seen = {name.lower() for name in taken}
    result = []
    for name in names:
        candidate, ordinal = name, 2
        while candidate.lower() in seen:
            candidate, ordinal = f"{name} ({ordinal})", ordinal + 1
        seen.add(candidate.lower())
        result.append(candidate)
    return result
