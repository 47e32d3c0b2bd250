"""What the census counts."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class ItemKind(StrEnum):
    VALUE = "value"
    LINK = "link"
    COMMENT = "comment"
    SHAPE = "shape"
    NAME = "name"


class Item(NamedTuple):
    """One thing a file holds.

    ``cell`` is «D7»; '' for a shape, the name itself for a defined name that holds a constant.
    ``text`` is a text exactly as typed; numbers and dates are as the file stores them («44986»).
    """

    sheet: str
    cell: str
    kind: ItemKind
    text: str


def letters(column: int) -> str:
    """3 -> «C»."""
    text = ""
    while column > 0:
        column, rest = (column - 1) // 26, (column - 1) % 26
        text = chr(ord("A") + rest) + text
    return text
