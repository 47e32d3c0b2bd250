"""Words an answer only repeats from the plan: its title or its expected result, copied over."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
    cells = [cell for row in rows for cell in (row.title, row.result)]
    pieces = [*cells, *(piece for cell in cells for piece in sentences(cell))]
    return frozenset(skeleton(piece) for piece in pieces if len(words(piece)) >= _FEW)


def without_own_words(text: str, row: PlanRow) -> str:
    """What of an answer is not a sentence of its row."""
    own = own_words([row])
    if skeleton(text) in own:
        return ""
    pieces = sentences(text)
    if not any(skeleton(piece) in own for piece in pieces):
        return text
    return "".join(piece for piece in pieces if skeleton(piece) not in own).strip()
