"""Сверка: everything a file holds beyond the issued form is placed, reported, superseded or refused.

Three accounts meet here. An enumerator that knows nothing of rows and columns counts what a file
holds; the merge claims where each thing went; the workbook shows what it shows. A thing is accounted
for when the workbook says it, byte for byte, where the merge claims it does:

* placed: the answer cell is made of what stood in the cells that claim it, and of nothing else;
* superseded: its place is taken by an answer of another copy, which stands there just as surely;
* reported: «Не размещено» shows it whole, alone or in its turn among all that stands in its row, or
  «Замечания» quotes it, beside the place it came from.

And whatever is claimed to be told of its cell must be told, in those words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import cached_property
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.findings import fact_of, grouped, make, quotations
from sheetsync.merge.claims import Claims
from sheetsync.merge.copies import CellKey
from sheetsync.merge.received import CensusItem, ItemKind, Received
from sheetsync.merge.rows_aside import RowsAside, tells_all
from sheetsync.merge.shown import Shown, ShownCell, place_of
from sheetsync.merge.spelling import same_value
from sheetsync.merge.typed import CountedFile
from sheetsync.merge.wholes import BESIDE, Beside, Made, address_of, made_of, wholes
from sheetsync.messages import in_any_language
from sheetsync.model import Consolidation, Finding, LedgerLine, Origin, Verdict
from sheetsync.text import plain, squeeze

IMBALANCE: Final = "S802"
_NAMED: Final = 12
_FORMULA: Final = "="
_UNCALCULATED: Final = "R314"
UNDERSTOOD: Final = {"status": ("R311", "status"), "done_on": ("R313", "date")}
"""Columns that show how an answer was understood: the finding that quotes it, and its parameter."""


class Fate(Enum):
    """What became of one item."""

    PLACED = auto()
    REPORTED = auto()
    SUPERSEDED = auto()
    LOST = auto()


class Reckoning(Struct, frozen=True):
    """The line of one file and the fate of the things in it; of those seen in their answers at a
    glance (``merge.own_ledger``) only the number is told."""

    line: LedgerLine
    fates: tuple[tuple[CensusItem, Fate], ...] = ()

    @property
    def missing(self) -> tuple[Origin, ...]:
        """Places of what nobody shows."""
        file = self.line.origin
        lost = (item for item, fate in self.fates if fate is Fate.LOST)
        return tuple(Origin(file.file, file.sha256, one.sheet, one.cell) for one in lost)


def reckon(files: Sequence[CountedFile], claims: Claims, shown: Shown) -> tuple[Reckoning, ...]:
    """The line of every file; it adds up unless something was lost."""
    judge = Judge(files, claims, shown)
    return tuple(reckoning_of(file, judge) for file in files)


def with_ledger(found: Consolidation, reckonings: Sequence[Reckoning]) -> Consolidation:
    """The consolidation with these lines and a finding for every one that does not add up."""
    told = (one for one in found.findings if one.code != IMBALANCE)
    return replace(
        found,
        ledger=tuple(one.line for one in reckonings),
        findings=grouped((*told, *map(_imbalance, (one for one in reckonings if one.line.unaccounted)))),
    )


def _imbalance(one: Reckoning) -> Finding:
    """A remainder is an error of the program, never of the school."""
    return make(
        IMBALANCE,
        origin=one.line.origin,
        name=one.line.origin.file,
        difference=one.line.unaccounted,
        cells=places_named(one),
    )


def places_named(one: Reckoning, limit: int = _NAMED) -> str:
    """Addresses of what is missing, a few of many, never its text; of a refused file its name."""
    places = list(dict.fromkeys(map(place_of, one.missing))) or [one.line.origin.file]
    return ", ".join([*places[:limit], *(["…"] if len(places) > limit else [])])


def reckoning_of(counted_file: CountedFile, judge: Judge) -> Reckoning:
    """The line of one file, everything in it looked at."""
    file = counted_file.file
    if file.verdict is Verdict.ACCEPTED:
        fates = tuple(judge.fates(counted_file, counted_file.typed))
        masked = sum(item.is_masked for item, _ in fates)
        return Reckoning(line_of(file, Counter(fate for _, fate in fates), masked), fates)
    total, owner = len(file.census), _owner(file)
    masked = sum(item.is_masked for item in file.census)
    if file.verdict is Verdict.DUPLICATE:
        return Reckoning(LedgerLine(file.origin, owner, total, 0, 0, total, 0, masked))
    filled = 0 if file.verdict is Verdict.SKIPPED else max(total, 1)
    refused = filled if judge.is_listed(file) else 0
    return Reckoning(LedgerLine(file.origin, owner, filled, 0, 0, 0, refused, masked))


def line_of(file: Received, fates: Counter[Fate], masked: int) -> LedgerLine:
    """The line of a copy that was taken."""
    return LedgerLine(
        file.origin,
        _owner(file),
        filled=fates.total(),
        placed=fates[Fate.PLACED],
        reported=fates[Fate.REPORTED],
        superseded=fates[Fate.SUPERSEDED],
        refused=0,
        masked=masked,
    )


def _owner(file: Received) -> str | None:
    told_of = (one.participant for one in file.findings if one.participant)
    return ", ".join(file.participants) or next(told_of, None)


class Judge:
    """Tells the fate of items by what the workbook shows."""

    def __init__(self, files: Iterable[CountedFile], claims: Claims, shown: Shown) -> None:
        self.claims = claims
        self._shown = shown
        self._names = {one.code: one.short_name for one in claims.plan.participants}
        self._items: dict[Origin, tuple[CensusItem, ...]] = {}
        for file in files:
            self._items |= file.by_place
        self._claimants: dict[CellKey, list[Origin]] = {}
        for origin, keys in claims.placed.items():
            for key in keys:
                self._claimants.setdefault(key, []).append(origin)
        self._made: dict[CellKey, tuple[Made, ...]] = {}
        self._rows = RowsAside(claims.set_aside)
        self._told_rows: dict[Finding, bool] = {}
        self._rows_set_aside: dict[Origin, bool] = {}

    def fate(self, item: CensusItem, where: Origin) -> Fate:
        """What became of one item."""
        if not self._is_told_as_claimed(where):
            return Fate.LOST
        answers = self.claims.placed.get(where, ())
        if any(self._stands(item, where, key) for key in answers):
            return Fate.PLACED
        if any(self._is_answered(key, where) for key in self.claims.superseded.get(where, ())):
            return Fate.SUPERSEDED
        if answers and item.kind is ItemKind.VALUE and not self._is_uncalculated(item, where):
            return Fate.LOST  # a quotation in a finding does not stand for an answer in its place
        return Fate.REPORTED if self._is_reported(item, where) else Fate.LOST

    def fates(self, file: CountedFile, items: Iterable[CensusItem]) -> Iterator[tuple[CensusItem, Fate]]:
        """The fate of every item that is not the office's own text."""
        is_the_offices = file.office()
        for item in items:
            fate = self.fate(item, file.where(item))
            if fate is not Fate.LOST or not is_the_offices(item):
                yield item, fate

    def is_listed(self, file: Received) -> bool:
        """Whether the workbook says why a file was not taken."""
        return all(self._is_told_as_claimed(one) for one in {finding.origin for finding in file.findings})

    # --- placed and superseded

    def _stands(self, item: CensusItem, where: Origin, key: CellKey) -> bool:
        if key[-1] in UNDERSTOOD:
            return item.kind is ItemKind.VALUE and self._is_understood(item, where, key)
        return any(made.says(item.kind, item.text) for made in self._made_of(key))

    def _is_understood(self, item: CensusItem, where: Origin, key: CellKey) -> bool:
        """A status or a date: shown as typed, or a finding says how it was understood."""
        cells = [cell.text for cell in self._cells(key)]
        if any(is_same(item.text, text) or plain(item.text) == plain(text) for text in cells):
            return True
        return is_explained(item.text, key[-1], cells, self.claims.told.get(where, ()))

    def _is_answered(self, key: CellKey, where: Origin) -> bool:
        """Whether an answer of another copy stands in a cell."""
        others = [one for one in self._claimants.get(key, ()) if one.file != where.file]
        return any(
            self._stands(item, origin, key)
            for origin in others
            for item in self._items.get(origin, ())
            if item.kind is ItemKind.VALUE or not self._has_value(origin)
        )

    def _has_value(self, origin: Origin) -> bool:
        return any(item.kind is ItemKind.VALUE for item in self._items.get(origin, ()))

    def _made_of(self, key: CellKey) -> tuple[Made, ...]:
        """What the answer cell is made of, in every reading that leaves nothing unexplained."""
        if key not in self._made:
            origins = self._claimants.get(key, ())
            items = [item for origin in origins for item in self._items.get(origin, ())]
            values, beside = _split(items)
            made = (
                made_of(whole, values, beside)
                for cell in self._cells(key)
                if _leads_where_it_says(cell)
                for whole in self._wholes(cell, origins)
            )
            self._made[key] = tuple(one for one in made if one is not None)
        return self._made[key]

    def _cells(self, key: CellKey) -> Sequence[ShownCell]:
        return self._shown.answers.get((self._names.get(key[0], key[0]), *key[1:]), ())

    def _wholes(self, cell: ShownCell, origins: Iterable[Origin]) -> Iterator[str]:
        """The text of a cell with what did not fit into it and went to «Не размещено»."""
        yield from wholes(cell.text, (self._aside(origin) for origin in origins))

    # --- reported

    def _is_told_as_claimed(self, where: Origin) -> bool:
        """Whether all that is claimed to be told of a cell is told, in those words."""
        told = self.claims.told.get(where, ())
        return (
            all(map(self._is_in_the_table, told))
            and self._is_set_aside(where)
            and all(map(self._is_row_set_aside, self._rows.over(where)))
        )

    def _is_set_aside(self, where: Origin) -> bool:
        """Whether «Не размещено» shows all the texts of a place that are claimed to be there."""
        rows = self._aside(where)
        return all(text in wholes_of(rows) for text in self.claims.set_aside.get(where, ()))

    def _is_row_set_aside(self, row: Origin) -> bool:
        if row not in self._rows_set_aside:
            self._rows_set_aside[row] = self._is_set_aside(row)
        return self._rows_set_aside[row]

    def _is_in_the_table(self, row: Finding) -> bool:
        if row not in self._told_rows:
            self._told_rows[row] = self._is_shown_in_the_table(row)
        return self._told_rows[row]

    def _is_shown_in_the_table(self, row: Finding) -> bool:
        shown = self._shown.findings.get(_place(row.origin), ())
        same = [one for one in shown if one.code == row.code and one.count == row.count]
        said = {whole for one in same for whole in wholes(one.text, [self._aside(row.origin)])}
        return bool(said) and any(fact in said for fact in in_any_language(lambda: fact_of(row)))

    def _is_reported(self, item: CensusItem, where: Origin) -> bool:
        if any(item in self._in_rows[row] for row in self._rows.over(where)):
            return True
        values, beside = _split(self._items.get(where, ()))
        text = _said(item)
        for whole in wholes_of(self._aside(where)):
            made = made_of(whole, values, beside)
            if whole == text or (made is not None and made.says(item.kind, text)):
                return True
        told = self.claims.told.get(where, ())
        return self._is_uncalculated(item, where) or any(
            quotes(param, text) for row in told for _, param in row.params
        )

    @cached_property
    def _in_rows(self) -> Mapping[Origin, frozenset[CensusItem]]:
        """What each row set aside whole tells of: all that stands in it, or nothing at all."""
        found: dict[Origin, list[CensusItem]] = {}
        for where, items in self._items.items():
            for row in self._rows.over(where):
                found.setdefault(row, []).extend(items)
        return {
            row: frozenset(
                items if any(tells_all(whole, items) for whole in wholes_of(self._aside(row))) else ()
            )
            for row, items in found.items()
        }

    def _is_uncalculated(self, item: CensusItem, where: Origin) -> bool:
        """A formula without a value shows no text: it is enough that a finding says it stands there."""
        is_formula = item.kind is ItemKind.VALUE and item.text.startswith(_FORMULA)
        return is_formula and any(row.code == _UNCALCULATED for row in self.claims.told.get(where, ()))

    def _aside(self, where: Origin) -> tuple[str, ...]:
        return self._shown.unplaced.get(_place(where), ())


def wholes_of(rows: Sequence[str]) -> tuple[str, ...]:
    """Texts of «Не размещено» about one place, those cut for their length joined again."""
    return tuple(whole for at, row in enumerate(rows) for whole in wholes(row, [rows[at + 1 :]]))


def _split(items: Iterable[CensusItem]) -> tuple[frozenset[str], frozenset[Beside]]:
    """What is said in its own right, and what hangs on it."""
    items = tuple(items)
    values = frozenset(_said(item) for item in items if item.kind not in BESIDE)
    return values, frozenset((item.kind, item.text) for item in items if item.kind in BESIDE)


def _said(item: CensusItem) -> str:
    """A constant as its name holds it, without the quotation marks of a formula."""
    text = item.text
    if item.kind is ItemKind.NAME and len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"')
    return text


def is_explained(typed: str, column: str, cells: Collection[str], told: Iterable[Finding]) -> bool:
    """Whether a finding says how a status or a date was understood, and it is shown so."""
    code, understood = UNDERSTOOD[column]
    readings = [dict(one.params) for one in told if one.code == code]
    return any(
        quotes(reading.get("value", ""), typed) and reading.get(understood) in cells for reading in readings
    )


def is_same(typed: str, shown: str) -> bool:
    """Whether a typed value is shown, as it is or as another program writes it."""
    return typed == shown or same_value(typed, shown)


def quotes(param: str, text: str) -> bool:
    """Whether a finding quotes a text whole; it may put single spaces between the words."""
    if not text.strip():
        return False
    padded = f" {param} "
    if any(is_same(text, one) for one in (param, *quotations(param))):
        return True
    return f" {text} " in padded or f" {squeeze(text)} " in padded


def _leads_where_it_says(cell: ShownCell) -> bool:
    """Whether every live link of a cell is an address its text shows."""
    written = {address_of(word) for word in cell.text.split()}
    return all(address_of(link) in written for link in cell.links)


def _place(origin: Origin) -> tuple[str, str]:
    return origin.file, place_of(origin)
