"""Which column of a table is which, by the texts of its header.

A header is known by its declared text, by an alias, by its beginning («Статус (выберите)») or, at
last, by likeness; each column of the table and each declared column is used once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct
from rapidfuzz import fuzz

from sheetsync.columns import FORM_TABLES, TableSpec
from sheetsync.grid import Cell
from sheetsync.patterns import at_first_use
from sheetsync.text import plain, skeleton

_BEGINNING: Final = 5
"""So many letters of a declared header must begin a longer one."""

_ALIKE: Final = 85
_SHORTENED: Final = 0.85
_CUT: Final = at_first_use(r"[^а-яa-z/.-]+|(?<=[.])|/")
_WORD: Final = re.compile("[а-яa-z]+")
_SYLLABLE: Final = 3
_LONGEST: Final = 160


class Header(Struct, frozen=True):
    """A header read: sheet column by declared key, and the text met there."""

    columns: Mapping[str, int]
    texts: Mapping[str, str]
    score: float = 0.0

    def __len__(self) -> int:
        return len(self.columns)


class _Name(Struct, frozen=True):
    key: str
    bones: str
    said: str
    words: tuple[str, ...]


_NAMES: Final = {
    spec.name: tuple(
        _Name(column.key, skeleton(text), said := plain(text), tuple(_WORD.findall(said)))
        for column in spec.columns
        for text in (column.header, *column.aliases)
    )
    for spec in FORM_TABLES
}
_DECLARED: Final = {table: frozenset(name.bones for name in names) for table, names in _NAMES.items()}


def read_header(spec: TableSpec, candidates: Mapping[int, Sequence[str]]) -> Header:
    """The best reading of a header; ``candidates`` are the texts a sheet column may be headed by,
    likeliest first."""
    hits = sorted(
        (
            (-score, rank, column, key, text)
            for column, texts in candidates.items()
            for rank, text in enumerate(texts)
            for key, score in _likely(spec.name, text)
        ),
    )
    columns: dict[str, int] = {}
    met: dict[str, str] = {}
    total = 0.0
    for score, _, column, key, text in hits:
        if key not in columns and column not in columns.values():
            columns[key], met[key] = column, text
            total -= score
    return Header(columns, met, total)


def one_row(cells: Mapping[int, Cell]) -> dict[int, tuple[str, ...]]:
    """Candidates of a header that stands in one row."""
    return {column: (cell.text,) for column, cell in cells.items() if cell.text.strip()}


def two_rows(upper: Mapping[int, Cell], lower: Mapping[int, Cell]) -> dict[int, tuple[str, ...]]:
    """Candidates of a header split over two rows: the lower text, the upper, both as one phrase."""
    found: dict[int, tuple[str, ...]] = {}
    for column in sorted({*upper, *lower}):
        above = upper[column].text if column in upper else ""
        below = lower[column].text if column in lower else ""
        found[column] = tuple(dict.fromkeys(filter(str.strip, (f"{above} {below}", below, above))))
    return found


def declared_names(spec: TableSpec) -> dict[str, str]:
    """The headers and aliases of a table, each with the key of its column."""
    return {text: column.key for column in spec.columns for text in (*column.aliases, column.header)}


def is_declared(spec: TableSpec, key: str, text: str) -> bool:
    """Is this the very header the form has, however spaced?"""
    return skeleton(text) == skeleton(spec.column(key).header)


def names_some_column(spec: TableSpec, text: str) -> bool:
    """Is this text a declared header or alias?"""
    return len(text) <= _LONGEST and skeleton(text) in _DECLARED[spec.name]


@lru_cache(maxsize=4096)
def _likely(table: str, text: str) -> tuple[tuple[str, float], ...]:
    """The columns of a declared table that a text may head, with its score."""
    if len(text) > _LONGEST:
        return ()
    bones, said = skeleton(text), plain(text)
    pieces = _pieces(said)
    scored = [(name.key, _score(name, bones, said, pieces)) for name in _NAMES[table]]
    return tuple([one for one in scored if one[1]])


def _score(name: _Name, bones: str, said: str, pieces: Sequence[str]) -> float:
    if bones == name.bones:
        return 1.0
    is_long = len(name.bones) >= _BEGINNING
    if is_long and bones.startswith(name.bones):
        return 0.9 + 0.05 * len(name.bones) / len(bones)
    if pieces and _shorten(pieces, name.words):
        return _SHORTENED
    if is_long and (likeness := fuzz.ratio(said, name.said)) >= _ALIKE:
        return likeness / 100 * 0.9
    return 0.0


def _pieces(said: str) -> list[str]:
    """The words of a text at least one of which is cut («мероп-е» keeps its ending); none of another."""
    if "." not in said and "-" not in said:
        return []
    return [one for one in _CUT.split(said) if one.strip(".-")]


def _shorten(pieces: Sequence[str], declared: Sequence[str]) -> bool:
    """«инф. об исп.» for «информация об исполнении»: every word begins one of the declared, in order.

    None is cut to fewer than three letters; one may be whole.
    """
    rest = iter(declared)
    return all(any(_begins(piece, word) for word in rest) for piece in pieces)


def _begins(piece: str, name: str) -> bool:
    head, _, ending = piece.rstrip(".").partition("-")
    if name == head:
        return True
    return len(head) >= _SYLLABLE and name.startswith(head) and name.endswith(ending)
