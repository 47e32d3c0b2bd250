"""Texts that mean something to who looks for tables: headers, labels, the plan's own titles.

An answer that is one of them may be taken for a table; few are, and most are told from all of them
by how they begin.
"""

from __future__ import annotations

import string
from collections.abc import Iterable
from typing import Final

from sheetsync.text import skeleton

_HEAD: Final = 8
_KEPT: Final = 4096
_USUAL: Final = frozenset(
    f"{string.digits}{string.ascii_letters}{string.punctuation} «»№–—"
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
)
"""Signs each of which is compared by itself, whatever sign of these follows it."""


class Words:
    """Such texts, asked for quickly."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._bones: Final = frozenset(map(skeleton, texts)) - {""}
        self._beginnings: dict[str, bool] = {}

    @property
    def have_figures(self) -> bool:
        """Is there one without a letter, as numbers and days are?"""
        return any(one.isdigit() for one in self._bones)

    def have(self, text: str) -> bool:
        """Is a text one of them, however it is spaced and spelt?"""
        head = text[:_HEAD]
        may_be = self._beginnings.get(head)
        if may_be is None:
            if len(self._beginnings) >= _KEPT:
                self._beginnings.clear()
            may_be = self._beginnings[head] = self._may_begin(head)
        return may_be and skeleton(text) in self._bones

    def _may_begin(self, head: str) -> bool:
        if len(head) < _HEAD or not _USUAL.issuperset(head):
            return True
        begun = skeleton(head[:-1])
        return any(one.startswith(begun) for one in self._bones)
