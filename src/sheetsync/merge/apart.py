"""A copy beside the form it was made from: what stands in it as issued, what was typed, what is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Final

from msgspec import Struct

from sheetsync.merge.received import BesideForm, CensusItem, ItemKind
from sheetsync.merge.spelling import day_number, same_value
from sheetsync.model.kept import once_for_each
from sheetsync.text import plain, skeleton

Text = tuple[ItemKind, str]
"""What kind of thing says what, compared as ``bones`` does."""

Spot = tuple[str, str, ItemKind]
"""Sheet, cell and kind of a thing."""

_FORMS: Final = 2
"""Issued forms that are remembered: copies of one form come one after another."""
_SPOT: Final = itemgetter(0, 1, 2)
_SHORT: Final = 120
_FORMULA: Final = 2000
"""Texts of so many letters are remembered: a formula is the same in every copy."""


class Apart(Struct, frozen=True, dict=True):
    """``typed`` are the things of a copy that its form had not, in no order; ``stood`` is what the form
    had in their places."""

    typed: Sequence[CensusItem]
    stood: Mapping[Spot, CensusItem]
    _left: Callable[[], Sequence[CensusItem]]

    @cached_property
    def gone(self) -> Sequence[CensusItem]:
        """Things of the form that are no longer where they stood."""
        return self._left()


def apart(census: Sequence[CensusItem], blank: Sequence[CensusItem]) -> Apart:
    """What was typed is told from what was issued, each thing of the form taken off once."""
    if not blank:
        return Apart(census, {}, tuple)
    return _as_sets(census, blank) or _one_by_one(census, blank)


@once_for_each(_FORMS)
def spots_of(blank: Sequence[CensusItem]) -> Mapping[Spot, CensusItem]:
    """What stood where in an issued form; of two things of a kind in one place the last."""
    return dict(zip(map(_SPOT, blank), blank, strict=True))


@once_for_each(_FORMS)
def _set_of(blank: Sequence[CensusItem]) -> frozenset[CensusItem]:
    return frozenset(blank)


def bones(kind: ItemKind, text: str) -> Text:
    """Office texts are compared by their letters: programs change spaces, quotes and dashes, and
    write one day in several ways."""
    said = day_number(text) if kind is ItemKind.VALUE else text
    return kind, skeleton(said) or plain(said)


def _as_sets(census: Sequence[CensusItem], blank: Sequence[CensusItem]) -> Apart | None:
    """The usual case: everything stands once in its place; ``None`` where it matters which goes first."""
    if isinstance(census, BesideForm) and census.blank is blank:
        return _by_form(census.own, census.gone, dict(zip(map(_SPOT, census.gone), census.gone, strict=True)))
    held, issued, at = frozenset(census), _set_of(blank), spots_of(blank)
    if len(held) != len(census) or len(at) != len(blank):
        return None
    return _by_form(held - issued, issued - held, at)


def _by_form(own: Iterable[CensusItem], gone: Set[CensusItem], at: Mapping[Spot, CensusItem]) -> Apart | None:
    """The same from what the copy has and its form had not, and the other way round; ``at`` tells what of
    the form stood where."""
    cells = {cell for _, cell, _ in at}
    typed, near = list[CensusItem](), list[CensusItem]()
    for item in own:
        (near if item[1] in cells else typed).append(item)
    seen: set[CensusItem] = set()
    respelled = set()
    for item in near:
        stood = at.get(item[:3])
        if stood is None:
            typed.append(item)
            continue
        if stood in seen:
            return None
        seen.add(stood)
        if not is_same_text(item, stood.text):
            typed.append(item)
        elif stood not in gone:
            return None
        else:
            respelled.add(stood)
    return Apart(typed, at, lambda: [item for item in gone if item not in respelled])


def _one_by_one(census: Iterable[CensusItem], blank: Sequence[CensusItem]) -> Apart:
    standing: dict[Spot, list[CensusItem]] = {}
    for item in blank:
        standing.setdefault(item[:3], []).append(item)
    typed = []
    for item in census:
        there = standing.get(item[:3], [])
        found = next((at for at, one in enumerate(there) if is_same_text(item, one.text)), None)
        if found is None:
            typed.append(item)
        else:
            there.pop(found)
    return Apart(typed, spots_of(blank), lambda: [item for left in standing.values() for item in left])


def is_same_text(item: CensusItem, text: str) -> bool:
    """Whether a thing of a copy is what the form said there, however it is spelled."""
    if item.text == text:
        return True
    if len(item.text) + len(text) <= (_FORMULA if item.text.startswith("=") else _SHORT):
        return _is_same_short(item.kind, item.text, text)
    return _is_same(item.kind, item.text, text)


def _is_same(kind: ItemKind, text: str, other: str) -> bool:
    return bones(kind, text) == bones(kind, other) or same_value(text, other)


_is_same_short = lru_cache(maxsize=4096)(_is_same)
