"""Which row of the plan goes on as which row of the new order. What is not clear is not guessed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from sheetsync.plan.amending_rows import ASPECTS, Least, Row, likeness, number_of, weight
from sheetsync.plan.titles import NEAR_EXACT, SIMILAR
from sheetsync.text import skeleton, words

_LEAD: Final = 0.04
"""How much a pair must be nearer than every other pair of either of its rows."""

_WHOLE, _MOSTLY = 0.9, 0.75
"""How much of a row's words two others must have together, and how much of theirs must be its own."""

_STEM, _SHORTEST = 5, 3
"""So many letters tell a word in any case form; shorter words only join others."""

Wordings = Sequence[Row]
"""One row in the words it has had: as the coordinator keeps it, as the order before said it."""


class Pairs(Struct, frozen=True):
    """``later`` by ``earlier``, both by their place; what was unsure is among ``hints`` of a later row
    (places of earlier rows it may be) and stays unpaired."""

    by_earlier: Mapping[int, int]
    hints: Mapping[int, tuple[int, ...]]

    @property
    def by_later(self) -> dict[int, int]:
        return {later: earlier for earlier, later in self.by_earlier.items()}


def pair_rows(earlier: Sequence[Wordings], later: Sequence[Row]) -> Pairs:
    """Pair the rows of a plan with those of an order; those out of force only word for word."""
    pairing = _Pairing(earlier, later)
    in_force = [place for place, one in enumerate(earlier) if not one[0].is_retired]
    retired = [place for place, one in enumerate(earlier) if one[0].is_retired]
    least = Least() if _numbers_hold([earlier[place] for place in in_force], later) else _WITHOUT_NUMBERS
    pairing.pair(in_force, least)
    hints = pairing.taken_apart()
    pairing.pair(retired, _WORD_FOR_WORD)
    return Pairs(dict(sorted(pairing.found.items())), {**pairing.resembling(in_force, least), **hints})


_WITHOUT_NUMBERS: Final = Least(numbered=SIMILAR)
_WORD_FOR_WORD: Final = Least(NEAR_EXACT, NEAR_EXACT)
_RELIABLE: Final = 0.6
"""Numbers count only while most rows known word for word still bear theirs."""


def _numbers_hold(earlier: Sequence[Wordings], later: Sequence[Row]) -> bool:
    numbers: dict[str, set[str]] = {}
    for one in (one for wordings in earlier for one in wordings):
        numbers.setdefault(skeleton(one.title), set()).add(number_of(one))
    known = [one for one in later if skeleton(one.title) in numbers]
    holding = sum(number_of(one) in numbers[skeleton(one.title)] for one in known)
    return holding >= _RELIABLE * len(known)


def _everything(row: Row) -> Hashable:
    return (
        number_of(row),
        *(skeleton(row.text(column)) for columns in ASPECTS.values() for column in columns),
    )


def _number_and_title(row: Row) -> Hashable:
    return number_of(row), skeleton(row.title)


def _title(row: Row) -> Hashable:
    return skeleton(row.title)


class _Pairing:
    def __init__(self, earlier: Sequence[Wordings], later: Sequence[Row]) -> None:
        self._earlier = earlier
        self._later = later
        self.found: dict[int, int] = {}

    def _free(self) -> list[int]:
        taken = set(self.found.values())
        return [place for place in range(len(self._later)) if place not in taken]

    def _open(self, places: Sequence[int]) -> list[int]:
        return [place for place in places if place not in self.found]

    def pair(self, places: Sequence[int], least: Least) -> None:
        """What says the same first, then the nearest."""
        for same in (_everything, _number_and_title):
            self._pair_equal(places, same)
        self._pair_equal(places, _title, most=1)
        self._pair_nearest(places, least)

    def _pair_equal(
        self, places: Sequence[int], same: Callable[[Row], Hashable], most: int | None = None
    ) -> None:
        """Rows that say the same; several of them in their order, where there are as many (``most`` at
        the most)."""
        after: dict[Hashable, list[int]] = {}
        for place in self._free():
            after.setdefault(same(self._later[place]), []).append(place)
        before: dict[Hashable, list[int]] = {}
        for place in self._open(places):
            for said in dict.fromkeys(same(one) for one in self._earlier[place]):
                before.setdefault(said, []).append(place)
        for said, olds in before.items():
            news = after.get(said, [])
            if len(olds) == len(news) <= (most or len(news)):
                self.found |= {old: new for old, new in zip(olds, news, strict=True) if old not in self.found}

    def _pair_nearest(self, places: Sequence[int], least: Least) -> None:
        """The nearest pairs first, each only while it leads in the sight of both its rows."""
        scored = [
            (score, old, new)
            for old in self._open(places)
            for new in self._free()
            if (score := weight(self._earlier[old], self._later[new], least))
        ]
        while scored:
            clear = [one for one in scored if self._leads(one, scored)]
            if not clear:
                return
            _, old, new = max(clear, key=lambda one: (one[0], -one[1]))
            self.found[old] = new
            scored = [one for one in scored if one[1] != old and one[2] != new]

    @staticmethod
    def _leads(pair: tuple[float, int, int], scored: Sequence[tuple[float, int, int]]) -> bool:
        score, old, new = pair
        rivals = (other for other, a, b in scored if (a == old) is not (b == new))
        return score - max(rivals, default=0.0) >= _LEAD

    # --- one row made of two, two of one

    def taken_apart(self) -> dict[int, tuple[int, ...]]:
        """Pairs undone because the row was split, or two were joined: for a later row, whom it resembles."""
        hints: dict[int, tuple[int, ...]] = {}
        for old, parts in list(self._splits()):
            self.found.pop(old, None)
            hints |= dict.fromkeys(parts, (old,))
        for olds, new in list(self._merges()):
            for old in olds:
                self.found.pop(old, None)
            hints[new] = olds
        return hints

    def _is_loose(self, old: int) -> bool:
        """Unpaired, or paired with a row of other words."""
        new = self.found.get(old)
        return new is None or likeness(self._earlier[old], self._later[new]) < NEAR_EXACT

    def _splits(self) -> Iterator[tuple[int, tuple[int, int]]]:
        free = set(self._free())
        for old in range(len(self._earlier)):
            if not self._is_loose(old) or self._earlier[old][0].is_retired:
                continue
            for first in range(len(self._later) - 1):
                parts = (first, first + 1)
                own = {self.found.get(old)} - {None}
                is_open = all(part in free | own for part in parts)
                if is_open and _is_sum(self._earlier[old][0], [self._later[part] for part in parts]):
                    yield old, parts
                    break

    def _merges(self) -> Iterator[tuple[tuple[int, int], int]]:
        by_later = {new: old for old, new in self.found.items()}
        for new, row in enumerate(self._later):
            for first in range(len(self._earlier) - 1):
                olds = (first, first + 1)
                is_open = all(self._is_loose(old) and self.found.get(old) in {None, new} for old in olds)
                if (
                    by_later.get(new, olds[0]) in olds
                    and is_open
                    and _is_sum(row, [self._earlier[old][0] for old in olds])
                ):
                    yield olds, new
                    break

    # --- what else may be meant

    def resembling(self, places: Sequence[int], least: Least) -> dict[int, tuple[int, ...]]:
        """Later rows left alone, each with the earlier ones it is near to."""
        return {
            new: near
            for new in self._free()
            if (near := tuple(old for old in places if weight(self._earlier[old], self._later[new], least)))
        }


def _is_sum(whole: Row, parts: Sequence[Row]) -> bool:
    """Do two rows together say what one does, each a part of it that the other does not?"""
    said, first, second = _stems(whole), *map(_stems, parts)
    covered = [len(said & part) for part in (first | second, first, second)]
    is_own = all(len(said & part) >= _MOSTLY * len(part) for part in (first, second))
    is_shared = bool(said & first - second) and bool(said & second - first)
    least = _WHOLE * len(said)
    return is_own and is_shared and covered[0] >= least and max(covered[1:]) < least


def _stems(row: Row) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words(row.title) if len(word) >= _SHORTEST)


def equal_keys(earlier: Sequence[Row], later: Sequence[Row]) -> dict[str, str]:
    """Keys of ``later`` by those of ``earlier``, two states of one plan: keys tell what texts do not."""
    found: dict[str, str] = {}
    in_force = [one for one in later if not one.is_retired]
    for candidates in (in_force, later):
        old = [one for one in earlier if one.key not in found]
        new = [one for one in candidates if one.key not in set(found.values())]
        pairs = pair_rows([(one,) for one in old], new).by_earlier
        found |= {old[place].key: new[other].key for place, other in pairs.items()}
    free = {one.key for one in later} - set(found.values())
    return found | {one.key: one.key for one in earlier if one.key not in found and one.key in free}
