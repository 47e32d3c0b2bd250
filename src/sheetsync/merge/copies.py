"""Several copies of one participant become one set of answers, cell by cell.

Three-way: what a copy changed against the form it was made from is what the school says there.
Different cells merge; of one cell the copy known to be later wins; copies that came at once and
disagree are a conflict, shown with both values. Names of files and their order change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property, lru_cache, partial
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from sheetsync.checks.answers import ANSWER_COLUMNS
from sheetsync.columns import FORM_INDICATORS, REPORT
from sheetsync.findings import fact_of, make
from sheetsync.merge.lineage import Copy, base_of, continuing, made_from, place_of_copy
from sheetsync.model import Entry, Field, Finding, Match, Origin, Unplaced
from sheetsync.text import squeeze

CellKey = tuple[str, str, str]
"""Participant code, activity key and column key: one answer cell of the свод."""

_HEADERS: Final = {one.key: one.header for one in (*FORM_INDICATORS.columns, *REPORT.columns)}
_BLANK: Final = Field("")
_QUOTED: Final = 300
_MATCHES: Final = tuple(Match)


class Merged(Struct, frozen=True, dict=True):
    """The answers of one participant by activity, and what became of every cell that was read.

    ``superseded`` tells which answer a cell gave way in to another copy's, or to another spelling of
    the same; ``shared`` which answers a cell went into, where copies had to be merged: the answers of
    one copy stand as they are.
    """

    participant: str
    entries: Mapping[str, Entry]
    findings: tuple[Finding, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    shared: Mapping[Origin, tuple[CellKey, ...]] | None = None
    superseded: Mapping[Origin, tuple[CellKey, ...]] = field(default_factory=dict)

    @property
    def is_of_one_copy(self) -> bool:
        """Whether every answer is a cell of the only copy, and nothing else happened to any."""
        return self.shared is None

    @cached_property
    def placed(self) -> Mapping[Origin, tuple[CellKey, ...]]:
        """Which answers a cell of a file went into."""
        return self.shared if self.shared is not None else self._standing_alone()

    def _standing_alone(self) -> dict[Origin, tuple[CellKey, ...]]:
        found: dict[Origin, tuple[CellKey, ...]] = {}
        for activity, entry in self.entries.items():
            for column, cell in entry.fields.items():
                if shown(cell):
                    found[cell.origin] = (
                        *found.get(cell.origin, ()),
                        (self.participant, activity, column),
                    )
        return found


class _Version(Struct, frozen=True):
    """One cell as one copy has it, and as its form was sent; ``continues`` when the copy repeats an
    earlier one, ``is_restored`` when it was made from one and takes a change of that one back."""

    order: int
    field: Field
    base: Field
    continues: bool = False
    is_restored: bool = False

    @property
    def is_changed(self) -> bool:
        return self.is_restored or not _agree(self.field, self.base)


class _Row(Struct, frozen=True):
    """One row as one copy has it; ``columns`` are those the copy fills anywhere, so that an empty
    cell is told from a column that was lost."""

    copy: Copy
    entry: Entry
    columns: frozenset[str]
    base: Mapping[str, Field]
    continues: bool
    made_from: Entry | None = None

    def cell(self, column: str) -> _Version:
        blank = Field("", origin=self.copy.submission.origin)
        own = self.entry.fields.get(column, blank)
        base = self.base.get(column, _BLANK)
        return _Version(self.copy.order, own, base, self.continues, self._is_restored(column, own))

    def _is_restored(self, column: str, own: Field) -> bool:
        if self.made_from is None or _is_blank(own):
            return False
        return not _agree(own, self.made_from.fields.get(column, _BLANK))


class _Settled(Struct, frozen=True):
    """The value of one cell and the versions behind it."""

    field: Field
    winner: _Version
    agreed: tuple[_Version, ...]
    conflicts: tuple[_Version, ...] = ()
    superseded: tuple[_Version, ...] = ()
    cleared: tuple[_Version, ...] = ()


def merge_copies(participant: str, copies: Iterable[Copy]) -> Merged:
    """One set of answers from all copies of a participant."""
    copies = tuple(copies)
    alone = _alone(participant, copies[0]) if len(copies) == 1 and not copies[0].base else None
    return alone or _merged(participant, copies)


def _alone(participant: str, copy: Copy) -> Merged | None:
    """The answers of an only copy stand as they are; ``None`` when it has a row twice."""
    entries = {entry.activity: _in_order(entry) for entry in copy.submission.entries}
    if len(entries) != len(copy.submission.entries):
        return None
    return Merged(participant, {activity: entries[activity] for activity in sorted(entries)})


def _in_order(entry: Entry) -> Entry:
    """The row with its cells in the order of the form."""
    order = _order_of(tuple(entry.fields))
    return replace(entry, fields={column: entry.fields[column] for column in order}) if order else entry


@lru_cache(maxsize=1024)
def _order_of(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns as the form has them, others last; nothing where they stand so already."""
    ordered = _ordered(frozenset(columns))
    return () if ordered == columns else ordered


def _ordered(columns: Set[str]) -> tuple[str, ...]:
    return (
        *(key for key in ANSWER_COLUMNS if key in columns),
        *sorted(columns - frozenset(ANSWER_COLUMNS)),
    )


def _merged(participant: str, copies: Iterable[Copy]) -> Merged:
    ordered = [replace(copy, base=base_of(copy)) for copy in sorted(copies, key=place_of_copy)]
    repeating = continuing(ordered)
    rows: dict[str, list[_Row]] = {}
    for place, copy in enumerate(ordered):
        entries = copy.submission.entries
        columns = frozenset(column for entry in entries for column in entry.fields)
        earlier = made_from(copy, ordered[:place])
        for entry in entries:
            before = copy.base[entry.activity].fields if entry.activity in copy.base else {}
            row = _Row(copy, entry, columns, before, place in repeating, earlier.get(entry.activity))
            rows.setdefault(entry.activity, []).append(row)
    tally = _Tally(participant)
    merged = {activity: _merge_row(versions, tally) for activity, versions in sorted(rows.items())}
    return tally.merged(merged)


def _merge_row(rows: Sequence[_Row], tally: _Tally) -> Entry:
    entries = [row.entry for row in rows]
    used = {key for row in rows for key in (*row.base, *row.entry.fields)}
    fields: dict[str, Field] = {}
    for column in _ordered(used):
        cells = [row.cell(column) for row in rows if column in row.columns]
        if not cells:
            fields[column] = next(row.base[column] for row in reversed(rows) if column in row.base)
            continue  # a column every copy lost (told by the reader) takes no answer away
        settled = _settle(cells)
        tally.note(entries[0].activity, column, settled)
        fields[column] = settled.field
    return Entry(
        entries[0].participant,
        entries[0].activity,
        fields,
        max((entry.match for entry in entries), key=_MATCHES.index),
        min(entry.confidence for entry in entries),
    )


# --- one cell -----------------------------------------------------------------------------------


def _settle(versions: Sequence[_Version]) -> _Settled:
    """Decide one cell. ``versions`` stand in the order of arrival, those that came at once by content,
    so that one copy wins every cell of a row."""
    latest = max((one.order for one in versions if one.is_changed), default=None)
    winner = _winner(versions, latest)
    agreed, conflicts, superseded, cleared = [], [], [], []
    for one in versions:
        if one is winner or _agree(one.field, winner.field):
            agreed.append(one)
        elif _is_blank(one.field):
            agreed.append(one)
            if (one.continues and one.order > winner.order) or (one.is_changed and one.order == latest):
                cleared.append(one)
        elif one.is_changed and one.order == latest:
            conflicts.append(one)
        else:
            superseded.append(one)
    return _Settled(
        _joined(winner.field, [one.field for one in agreed]),
        winner,
        tuple(agreed),
        tuple(conflicts),
        tuple(superseded),
        tuple(cleared),
    )


def _winner(versions: Sequence[_Version], latest: int | None) -> _Version:
    """The latest change, an answer before an erasure; where nobody changed anything, the latest answer."""
    changes = [one for one in versions if one.is_changed and one.order == latest]
    pool = changes or versions[::-1]
    return next((one for one in pool if not _is_blank(one.field)), pool[0])


def _agree(one: Field, other: Field) -> bool:
    """The same answer, however spelled: equal parsed values, or equal words.

    Covered personal data may look the same and not be: «И***в П.» may be Иван or Илья.
    """
    if _is_blank(one) or _is_blank(other):
        return _is_blank(one) and _is_blank(other)
    if one.secret and other.secret and one.secret != other.secret:
        return False
    if one.value is not None and type(one.value) is type(other.value):
        return one.value == other.value
    text = squeeze(one.text)
    return text == squeeze(other.text) and (bool(text) or set(one.links) == set(other.links))


def _is_blank(cell: Field) -> bool:
    return not cell.text.strip() and not cell.links


def _joined(winner: Field, agreed: Sequence[Field]) -> Field:
    """The winner with every link and note of the copies that say the same."""
    if len(agreed) == 1:
        return winner
    links = dict.fromkeys((*winner.links, *(link for one in agreed for link in one.links)))
    notes = dict.fromkeys(one.comment for one in (winner, *agreed) if one.comment)
    secret = next((one.secret for one in (winner, *agreed) if one.secret), "")
    return replace(winner, links=tuple(links), comment="\n".join(notes), secret=secret)


# --- what became of the cells -------------------------------------------------------------------


class _Tally:
    """Collects, while rows are merged, where every cell went and what must be told."""

    def __init__(self, participant: str) -> None:
        self._participant = participant
        self._findings: list[Finding] = []
        self._unplaced: list[Unplaced] = []
        self._placed: dict[Origin, list[CellKey]] = {}
        self._superseded: dict[Origin, list[CellKey]] = {}

    def note(self, activity: str, column: str, settled: _Settled) -> None:
        key = (self._participant, activity, column)
        for one in settled.agreed:
            if shown(one.field):
                self._placed.setdefault(one.field.origin, []).append(key)
            if one is not settled.winner and one.field.text != settled.field.text:
                self._superseded.setdefault(one.field.origin, []).append(key)
        if len(settled.agreed) == 1 and not (settled.conflicts or settled.superseded):
            return
        for one in settled.superseded:
            self._superseded.setdefault(one.field.origin, []).append(key)
        self._findings.extend(self._told(activity, column, settled))
        for one in settled.conflicts:
            text, reason = shown(one.field), fact_of(self._conflict(activity, column, settled, one))
            self._unplaced.append(Unplaced(self._participant, text, one.field.origin, reason))

    def merged(self, entries: Mapping[str, Entry]) -> Merged:
        placed = {origin: tuple(cells) for origin, cells in self._placed.items()}
        return Merged(
            self._participant,
            entries,
            tuple(self._findings),
            tuple(self._unplaced),
            placed,
            {origin: tuple(cells) for origin, cells in self._superseded.items()},
        )

    def _told(self, activity: str, column: str, settled: _Settled) -> Iterator[Finding]:
        now = _quoted(settled.winner.field)
        tell = partial(
            make, participant=self._participant, activity=activity, column=_HEADERS.get(column, column)
        )
        for one in settled.conflicts:
            yield self._conflict(activity, column, settled, one)
        for one in settled.superseded:
            if one.is_changed:  # else nobody answered: the cell is as the form was sent
                yield tell("M702", origin=one.field.origin, was=_quoted(one.field), now=now)
        for one in settled.cleared:
            yield tell("M707", origin=one.field.origin, was=now)

    def _conflict(self, activity: str, column: str, settled: _Settled, other: _Version) -> Finding:
        return make(
            "M701",
            participant=self._participant,
            activity=activity,
            origin=other.field.origin,
            column=_HEADERS.get(column, column),
            one=_quoted(settled.winner.field),
            one_file=_where(settled.winner.field.origin),
            other=_quoted(other.field),
            other_file=_where(other.field.origin),
        )


def shown(cell: Field) -> str:
    """A cell with what hangs on it: words, addresses, the note."""
    text, links = cell.text, cell.links
    if not (links or cell.comment):
        return text
    if len(links) == 1 and not cell.comment:  # as most answers are
        return text if links[0] in text else f"{text}\n{links[0]}" if text else links[0]
    parts = (cell.text, *(link for link in cell.links if link not in cell.text), cell.comment)
    return "\n".join(part for part in parts if part)


def _quoted(cell: Field) -> str:
    text = squeeze(shown(cell))
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"


def _where(origin: Origin) -> str:
    place = "!".join(part for part in (origin.sheet, origin.cell) if part)
    return ", ".join(part for part in (origin.file, place) if part)
