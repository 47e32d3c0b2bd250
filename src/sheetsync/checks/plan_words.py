"""Words an answer only repeats from the plan: its title or its expected result, copied over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from sheetsync.model import PlanRow
from sheetsync.text import skeleton, words

_SENTENCES: Final = re.compile(r"((?<=[.;!?])\s+|\n+)")
_FEW: Final = 3
"""Fewer words are no copy: «Приказ», «Аналитическая справка» is how anybody names a document."""


def sentences(text: str) -> list[str]:
    """The text in sentences and what parts them: joined they are the text."""
    return _SENTENCES.split(text)


def own_words(rows: Iterable[PlanRow]) -> frozenset[str]:
    """What the plan itself says of these rows, comparable: whole cells and their sentences."""
    return frozenset(bones for row in rows for bones in _own_words(row.title, row.result))


@lru_cache(maxsize=1024)
def _own_words(*cells: str) -> frozenset[str]:
    pieces = [*cells, *(piece for cell in cells for piece in sentences(cell))]
    return frozenset(skeleton(piece) for piece in pieces if len(words(piece)) >= _FEW)


def without_own_words(text: str, row: PlanRow) -> str:
    """What of an answer is not a sentence of its row."""
    own = _own_words(row.title, row.result)
    bones = skeleton(text) if own else ""
    if not any(one in bones for one in own):
        return text
    if bones in own:
        return ""
    pieces = sentences(text)
    if not any(skeleton(piece) in own for piece in pieces):
        return text
    return "".join(piece for piece in pieces if skeleton(piece) not in own).strip()
