"""Rows of «Не размещено» that hold a whole row of a sheet («A5:O5»), found by the cells in them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sheetsync.grid import Area, area, position
from sheetsync.merge.received import CensusItem, ItemKind
from sheetsync.merge.spelling import same_value
from sheetsync.model import Origin
from sheetsync.text import parted

_RANGE: Final = ":"

_Line = tuple[str, str, str, int]
"""A row of a sheet: file, its bytes, sheet and number."""


class RowsAside:
    """The rows claimed to be set aside whole."""

    def __init__(self, set_aside: Iterable[Origin]) -> None:
        self._by_line: dict[_Line, list[tuple[Area, Origin]]] = {}
        self._over: dict[Origin, tuple[Origin, ...]] = {}
        for origin in set_aside:
            if origin.sheet and _RANGE in origin.cell:
                with contextlib.suppress(ValueError):  # no address: the words of some other place
                    place = area(origin.cell)
                    self._by_line.setdefault((*_sheet(origin), place.top), []).append((place, origin))

    def over(self, where: Origin) -> tuple[Origin, ...]:
        """Rows that a cell is claimed to have gone into."""
        if where not in self._over:
            self._over[where] = tuple(self._found_over(where)) if self._by_line else ()
        return self._over[where]

    def _found_over(self, where: Origin) -> Iterator[Origin]:
        with contextlib.suppress(ValueError):
            at = position(where.cell)
            yield from (row for place, row in self._by_line.get((*_sheet(where), at[0]), ()) if at in place)


def tells_all(shown: str, items: Sequence[CensusItem]) -> bool:
    """Whether a shown row says exactly these things of a file, each in its turn from left to right."""
    if any(item.kind is not ItemKind.VALUE for item in items):
        return False
    typed = [item.text for item in sorted(items, key=lambda item: position(item.cell)[1])]
    texts = parted(shown)
    return len(typed) == len(texts) and all(map(_is_same, typed, texts))


def _is_same(typed: str, shown: str) -> bool:
    return typed == shown or same_value(typed, shown)


def _sheet(origin: Origin) -> tuple[str, str, str]:
    return origin.file, origin.sha256, origin.sheet
