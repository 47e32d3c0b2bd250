"""The consolidation becomes the bodies of the district workbook's tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

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
from sheetsync.district.bodies import OutRecord, as_out, body_of
from sheetsync.district.entry_rows import EntryRow, entry_rows, fits, shortened, title_of
from sheetsync.district.records import INDICATOR_IDENTITY, figure_or_text, indicator_record
from sheetsync.findings import advice_of, fact_of, severity_of
from sheetsync.grid import CELL_LIMIT, a1, cell_pieces
from sheetsync.merge.copies import shown
from sheetsync.merge.indicators import change_of
from sheetsync.merge.shown import place_of
from sheetsync.merge.summary import lights
from sheetsync.model import (
    Completeness,
    Consolidation,
    IndicatorFact,
    Origin,
    Outcome,
    Plan,
    RowState,
    Status,
    Sufficiency,
    Unplaced,
)
from sheetsync.notices import Notice, say
from sheetsync.values import dataclass
from sheetsync.workbooks.port import Out, TableBody, TableRows

_ENTRY_KEYS = tuple(ENTRIES.column(key).header for key in ("participant", "key"))
_MARKS = {
    Status.PARTLY: MatrixMark.PARTLY,
    Status.IN_PROGRESS: MatrixMark.IN_PROGRESS,
    Status.NOT_STARTED: MatrixMark.NOT_STARTED,
    Status.NOT_DONE: MatrixMark.NOT_DONE,
    Status.NOT_REQUIRED: MatrixMark.NOT_REQUIRED,
}
_DONE_MARKS = {
    Sufficiency.YES: MatrixMark.EVIDENCED,
    Sufficiency.WEAK: MatrixMark.WEAK,
    Sufficiency.NO: MatrixMark.BARE,
}


@dataclass(frozen=True, slots=True)
class Corner:
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
        self._titles = {row.key: f"{row.number} {row.title}".strip() for row in result.plan.rows}
        self._curators = {one.code: one.curator for one in result.plan.participants}
        self._lights = {one.participant: one.light.value for one in lights(result)}
        self._overflow = list(overflow)

    def bodies(self) -> dict[str, TableBody]:
        """Every table the tool writes, by name («Не размещено» last: it takes what overflows)."""
        return {
            MATRIX.name: self._matrix(),
            ENTRIES.name: self.entries(),
            FINDINGS.name: self.findings(),
            COMPLETENESS.name: self.completeness(),
            INDICATORS.name: body_of(INDICATORS, (*self.targets(), *self.facts()), INDICATOR_IDENTITY),
            LEDGER.name: self.ledger(),
            UNPLACED.name: self.unplaced(),
        }

    @property
    def overflow(self) -> tuple[Unplaced, ...]:
        """What of the tables made so far does not fit their cells."""
        return tuple(self._overflow)

    def name(self, code: str | None) -> str:
        return self._names.get(code or "", code or "")

    # --- Свод

    def _matrix(self) -> TableBody:
        signs = {
            (outcome.participant, outcome.activity): (step, mark_of(outcome))
            for step, outcome in enumerate(self._result.outcomes)
        }
        return matrix_body(self._result.plan, signs, self._corner)

    # --- Исполнение

    def entries(self) -> TableBody:
        """«Исполнение»: a row for every outcome."""
        rows = tuple(tuple(map(as_out, row)) for row in self.entry_rows())
        return TableBody(ENTRIES.headers, rows, key_headers=_ENTRY_KEYS)

    def entry_rows(self) -> list[EntryRow]:
        """The same rows as values, bare where nothing hangs on them."""
        return list(entry_rows(self._result, self._names, self._fitting))

    def _fitting(self, text: str, participant: str | None, origin: Origin) -> str:
        """Text that fits a cell; the rest goes to «Не размещено», never lost."""
        if fits(text):
            return text
        first, *others = cell_pieces(text)
        reason = say(Notice.TEXT_TOO_LONG, limit=CELL_LIMIT) if others else ""
        self._overflow += [Unplaced(participant, piece, origin, reason) for piece in others]
        return first

    # --- the rest

    def findings(self) -> TableBody:
        """«Замечания»."""
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
            for one in self._result.findings
        )
        return body_of(FINDINGS, records, ("code", "participant", "activity", "file", "cell", "text"))

    def completeness(self) -> TableBody:
        """«Полнота»."""
        records = (self._complete(one) for one in self._result.completeness)
        return body_of(COMPLETENESS, records, ("participant",))

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

    def ledger(self) -> TableBody:
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
        return body_of(LEDGER, records, ("sha256", "file"))

    def unplaced(self) -> TableBody:
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
        return body_of(UNPLACED, records, ("file", "sheet", "cell", "text"))


def matrix_body(
    plan: Plan, signs: Mapping[tuple[str, str], tuple[int, MatrixMark]], corner: Corner
) -> TableBody:
    """«Свод»: by participant and activity the sign of a row, and its place among the rows of
    «Исполнение», to which the sign leads."""
    shown = [one for one in plan.participants if one.owes_report]
    answered = {activity for _, activity in signs}
    retired = (row for row in plan.rows if row.is_retired and row.key in answered)
    sheet = corner.sheet.replace("'", "''")
    rows = []
    for row in (*plan.asked_rows, *retired):
        cells = [Out(row.number), Out(title_of(row)), Out(row.due)]
        for one in shown:
            found = signs.get((one.code, row.key))
            cells.append(_sign(*found, sheet, corner) if found else Out())
        rows.append(tuple(cells))
    headers = (*MATRIX.headers, *_unique([one.short_name for one in shown], MATRIX.headers))
    identity = tuple(MATRIX.column(key).header for key in ("number", "title"))
    return TableBody(headers, tuple(rows), key_headers=identity)


def _sign(step: int, mark: MatrixMark, sheet: str, corner: Corner) -> Out:
    return Out(mark.value, link=f"#'{sheet}'!{a1(corner.row + step, corner.column)}")


def columns_that_left(table: TableRows, body: TableBody) -> tuple[str, ...]:
    """Participants' columns of «Свод» that the new body has no more: only our signs stand in them."""
    ours = {mark.value for mark in MatrixMark}
    gone = []
    for place, header in enumerate(table.headers):
        texts = {row[place].text for row in table.rows} - {""}
        if header not in body.headers and texts and texts <= ours:
            gone.append(header)
    return tuple(gone)


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
