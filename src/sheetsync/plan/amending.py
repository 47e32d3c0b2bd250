"""A plan and the order that amends it: what changes, three ways.

The plan the coordinator edited is compared with the order it was drafted from, so that an edit of
the coordinator's is told from a change of the order. Where only one of them changed something, that
stands; where both did, the order's words do, and the coordinator sees them beside the own ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.plan.amending_pairs import equal_keys, pair_rows
from sheetsync.plan.amending_rows import ASPECTS, Kind, Row, is_alike, likeness
from sheetsync.plan.keys import keys_of


class Difference(Struct, frozen=True):
    """One aspect of a row: what the order said, what it says now; ``own`` are the coordinator's words
    where they are neither."""

    kind: Kind
    was: str
    now: str
    own: str = ""


class Change(Struct, frozen=True):
    """One row of the plan; ``was`` and ``now`` are its names before and after.

    ``confidence`` tells how surely a reworded row is the same one, ``resembles`` what else it may be.
    """

    key: str
    kinds: tuple[Kind, ...]
    was: str = ""
    now: str = ""
    differences: tuple[Difference, ...] = ()
    confidence: float = 1.0
    resembles: tuple[str, ...] = ()

    @property
    def conflicts(self) -> tuple[Difference, ...]:
        return tuple(one for one in self.differences if one.own)


class AmendedRow(Struct, frozen=True):
    """One row of the plan as it is to be: ``own`` is the key of the row that stands there, '' for a new
    one, ``drafted`` the key of the order's row that ``columns`` are taken from."""

    key: str
    own: str = ""
    drafted: str = ""
    columns: frozenset[str] = frozenset()
    is_retired: bool = False
    is_restated: bool = False
    """Whether it goes out of force, or comes back."""


class Amendment(Struct, frozen=True):
    """What an order changes in a plan, row by row in the order to come."""

    changes: tuple[Change, ...]
    rows: tuple[AmendedRow, ...]
    is_rearranged: bool = False
    """Whether rows that stay change places."""

    @property
    def is_empty(self) -> bool:
        """Whether the plan would stay as it is."""
        is_changed = any(one.columns or one.is_restated or not one.own for one in self.rows)
        return not is_changed and not self.is_rearranged

    @property
    def with_own_words(self) -> Amendment:
        """The same, but where the coordinator had changed the order's words the own ones stay."""
        kept = {
            one.key: frozenset(column for told in one.conflicts for column in ASPECTS[told.kind])
            for one in self.changes
        }
        rows = (replace(one, columns=one.columns - kept[one.key]) for one in self.rows)
        return replace(self, rows=tuple(rows))

    def of(self, kind: Kind) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if kind in one.kinds)


def amend(base: Sequence[Row] | None, ours: Sequence[Row], theirs: Sequence[Row]) -> Amendment:
    """Compare the plan ``ours`` with the order ``theirs``; ``base`` is what the order before said.

    Without it the plan itself stands for it: then every row is taken for the order's.
    """
    known = _Known.of(base, ours)
    pairs = pair_rows([known.wordings(one) for one in known.rows], theirs)
    amending = _Amending(known, theirs, pairs.by_later, _free_keys(theirs, pairs.by_later, known))
    later = [
        _with_hint(told, pairs.hints.get(place, ()), known) for place, told in enumerate(amending.later())
    ]
    told = [*later, *amending.rest()]
    rows = _ordered([row for _, row in told if row], [one.key for one in ours], known.sequence())
    changes = {row.key: change for change, row in told if row}
    left_out = (change for change, row in told if not row)
    is_rearranged = [one.own for one in rows if one.own] != [one.key for one in ours]
    return Amendment((*(changes[one.key] for one in rows), *left_out), rows, is_rearranged)


# --- what was there -----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Known:
    """Rows of the plan, and those of the order before that the coordinator took out of it."""

    rows: tuple[Row, ...]
    said: Mapping[str, Row]
    """What the order before said of a row, by its key in the plan."""
    absent: frozenset[str]
    """Keys of rows that only the order before has."""

    @classmethod
    def of(cls, base: Sequence[Row] | None, ours: Sequence[Row]) -> _Known:
        if base is None:
            return cls(tuple(ours), {one.key: one for one in ours if not one.is_retired}, frozenset())
        keys = equal_keys(base, ours)
        said = {keys[one.key]: one for one in base if one.key in keys}
        taken = {one.key for one in ours}
        gone = [replace(one, key=_free(one, taken)) for one in base if one.key not in keys]
        return cls(
            (*ours, *gone),
            {**said, **{one.key: one for one in gone}},
            frozenset(one.key for one in gone),
        )

    def wordings(self, row: Row) -> tuple[Row, ...]:
        """A row in its own words and in the order's; one the coordinator took out is told word for word."""
        said = self.said.get(row.key)
        return (row, said) if said and row.key not in self.absent else (row,)

    def sequence(self) -> list[str]:
        """Keys in the order in which the order before had them."""
        return list(self.said)


def _free(row: Row, taken: set[str]) -> str:
    """Its own key, or another made from its title the same way every time."""
    if row.key and row.key not in taken:
        key = row.key
    else:
        tries = (keys_of([row.title] * times)[-1] for times in count(1))
        key = next(one for one in tries if one not in taken)
    taken.add(key)
    return key


def _free_keys(theirs: Sequence[Row], by_later: Mapping[int, int], known: _Known) -> dict[int, str]:
    """The key of every row of the order: that of the row it goes on from, or a free one."""
    taken = {one.key for one in known.rows}
    return {
        place: known.rows[by_later[place]].key if place in by_later else _free(row, taken)
        for place, row in enumerate(theirs)
    }


# --- what becomes of it -------------------------------------------------------------------------

_Told = tuple[Change, AmendedRow | None]


@dataclass(frozen=True)
class _Amending:
    known: _Known
    theirs: Sequence[Row]
    by_later: Mapping[int, int]
    keys: Mapping[int, str]

    def later(self) -> Iterator[_Told]:
        """The rows of the new order."""
        for place, row in enumerate(self.theirs):
            if place in self.by_later:
                yield self._goes_on(self.known.rows[self.by_later[place]], row)
            else:
                yield self._added(self.keys[place], row)

    def rest(self) -> Iterator[_Told]:
        """The rows it has no more."""
        goes_on = set(self.by_later.values())
        for place, row in enumerate(self.known.rows):
            if place in goes_on or row.key in self.known.absent:
                continue
            kind = self._kind_of_rest(row)
            is_removed = kind is Kind.REMOVED
            yield (
                Change(row.key, (kind,), was=row.label, now="" if is_removed else row.label),
                AmendedRow(row.key, row.key, is_retired=row.is_retired or is_removed, is_restated=is_removed),
            )

    def _kind_of_rest(self, row: Row) -> Kind:
        if row.is_retired:
            return Kind.SAME
        return Kind.REMOVED if row.key in self.known.said else Kind.OWN

    @staticmethod
    def _added(key: str, row: Row) -> _Told:
        told = (shown_of(row, aspect) for aspect in (Kind.DEADLINE, Kind.RESPONSIBLE))
        asked = Difference(Kind.ADDED, "", "; ".join(text for text in told if text))
        change = Change(key, (Kind.ADDED,), now=row.label, differences=(asked,))
        return change, AmendedRow(key, drafted=row.key, columns=_EVERYTHING)

    def _goes_on(self, own: Row, later: Row) -> _Told:
        said = self.known.said.get(own.key)
        if own.key in self.known.absent:
            return self._left_out(own, later)
        differences = tuple(_differences(said or own, own, later))
        is_back = own.is_retired and said is None
        is_out = own.is_retired and not is_back
        kinds = tuple(one.kind for one in differences) or (() if is_back or is_out else (Kind.SAME,))
        kinds = (*((Kind.RETURNED,) if is_back else ()), *((Kind.LEFT_OUT,) if is_out else ()), *kinds)
        alike = max(likeness(self.known.wordings(own), later), 0.0)
        change = Change(own.key, kinds, own.label, later.label, differences, round(alike, 2))
        columns = frozenset(column for one in differences for column in ASPECTS[one.kind])
        return change, AmendedRow(own.key, own.key, later.key, columns, is_out, is_back)

    def _left_out(self, said: Row, later: Row) -> _Told:
        """A row the coordinator deleted: it stays so while the order says nothing new of it."""
        if any(_differences(said, said, later)):
            return self._added(said.key, later)
        return Change(said.key, (Kind.LEFT_OUT,), said.label, later.label), None


_EVERYTHING = frozenset(column for columns in ASPECTS.values() for column in columns)


def _differences(said: Row, own: Row, later: Row) -> Iterator[Difference]:
    """What the order says otherwise than it did, and the plan does not say yet."""
    for aspect in ASPECTS:
        if is_alike(said, later, aspect) or is_alike(own, later, aspect):
            continue
        is_edited = not is_alike(own, said, aspect)
        was, now = shown_of(said, aspect), shown_of(later, aspect)
        if was == now:  # the words stayed, what they come to did not
            was, now = shown_of(said, aspect, in_full=True), shown_of(later, aspect, in_full=True)
        own_words = shown_of(own, aspect, in_full=shown_of(own, aspect) in {was, now})
        yield Difference(aspect, was, now, own_words if is_edited else "")


def shown_of(row: Row, aspect: Kind, *, in_full: bool = False) -> str:
    """An aspect as a person reads it: the words of the order, or all that was made of them."""
    texts = [row.text(column).strip() for column in ASPECTS[aspect]]
    return " · ".join(text for text in texts if text) if in_full else texts[0]


def _with_hint(told: _Told, places: Collection[int], known: _Known) -> _Told:
    change, row = told
    resembles = tuple(known.rows[place].label for place in places if known.rows[place].key != change.key)
    return replace(change, resembles=resembles), row


# --- the sequence -------------------------------------------------------------------------------


def _ordered(
    rows: Sequence[AmendedRow], ours: Sequence[str], before: Sequence[str]
) -> tuple[AmendedRow, ...]:
    """The rows as the plan has them; as the order has them where it rearranged its own.

    What only one side has stands after the row it follows there.
    """
    by_key = {one.key: one for one in rows}
    later = [one.key for one in rows if one.drafted]
    known = [key for key in later if key in set(before)]
    is_rearranged = known != [key for key in before if key in set(known)]
    first, second = (later, ours) if is_rearranged else (ours, later)
    keys = [key for key in first if key in by_key]
    for place, key in enumerate(second):
        if key in by_key and key not in keys:
            follows = next((one for one in reversed(second[:place]) if one in keys), None)
            keys.insert(keys.index(follows) + 1 if follows else 0, key)
    return tuple(by_key[key] for key in keys)
