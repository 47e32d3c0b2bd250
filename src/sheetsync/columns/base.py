"""What a column and a table are."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from msgspec import Struct

FORM_VERSION: Final = 1
"""Grows when the columns of the form change; every older version stays readable."""

TABLE_PREFIX: Final = "tbl_"
"""How the names of our tables begin. Google has no tables with names: there a named range that begins
so is one, its first row the headers."""


class Owner(StrEnum):
    """Who writes a column."""

    OFFICE = "office"
    SCHOOL = "school"
    TOOL = "tool"
    COORDINATOR = "coordinator"


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    LINK = "link"
    NUMBER = "number"
    PERCENT = "percent"
    FORMULA = "formula"


class Required(StrEnum):
    """When a school must fill a column."""

    ALWAYS = "always"
    IF_DONE = "if-done"
    IF_NOT_DONE = "if-not-done"
    NEVER = "never"


class Column(Struct, frozen=True):
    """One column: ``aliases`` are other headers it was met under, ``width`` is in characters."""

    key: str
    header: str
    owner: Owner
    kind: Kind = Kind.TEXT
    required: Required = Required.NEVER
    aliases: tuple[str, ...] = ()
    since: int = 1
    until: int | None = None
    width: int = 14
    prompt: str = ""
    choices: tuple[str, ...] = ()
    hidden: bool = False


class TableSpec(Struct, frozen=True):
    """One table of a workbook: its stable name, its sheet and its columns in order."""

    name: str
    sheet: str
    columns: tuple[Column, ...]
    title: str = ""

    def column(self, key: str) -> Column:
        """The column of that key; ``KeyError`` for an undeclared one."""
        found = next((one for one in self.columns if one.key == key), None)
        if found is None:
            raise KeyError(f"{self.name} has no column {key!r}")
        return found

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(one.key for one in self.columns)

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(one.header for one in self.columns)


KEY: Final = Column("key", "key", Owner.TOOL, width=10, hidden=True)
"""The hidden column that tells rows apart."""
