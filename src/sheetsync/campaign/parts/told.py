"""The tables that tell of everybody, in handfuls of rows that are known again from run to run.

Where a handful ends its last row decides: rows that come or go change the handful they are in, and the
others only move.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeVar

import msgspec
from msgspec import Struct

from sheetsync.deflate import crc32
from sheetsync.district.bodies import ValueBody
from sheetsync.workbooks.port import Out, OutValue

Row = Sequence[OutValue | Out]
_Item = TypeVar("_Item")

_LAST_OF: Final = 64
"""One row of so many is the last of its handful."""

_MOST: Final = 1024
_LONG: Final = 5_000
"""What is so long may not fit its cell, and what is left over is told elsewhere: it is written anew."""


class Handful(NamedTuple):
    """Rows that follow one another. Equal keys tell equal rows; without a key they are like no others."""

    key: str
    rows: Callable[[], Sequence[Row]]


class Told(Struct, frozen=True):
    """The body of a table, a handful at a time."""

    headers: tuple[str, ...]
    handfuls: Sequence[Handful]
    key_headers: tuple[str, ...] = ()

    def body(self) -> ValueBody:
        """All of it at once."""
        rows = [row for one in self.handfuls for row in one.rows()]
        return ValueBody(self.headers, rows, self.key_headers)


def told_of(body: ValueBody) -> Told:
    """A body whose rows are known again by what they say."""
    return Told(body.headers, tuple(handfuls(body.rows, lambda some: some)), body.key_headers)


def told_by(
    items: Iterable[_Item], body_of: Callable[[Sequence[_Item]], ValueBody], around: object = ""
) -> Told:
    """A body of a row for each item, which are known again by what these are; ``around`` as for them."""
    nothing = body_of(())
    some = handfuls(items, lambda some: body_of(some).rows, around)
    return Told(nothing.headers, tuple(some), nothing.key_headers)


def handfuls(
    items: Iterable[_Item], rows_of: Callable[[Sequence[_Item]], Sequence[Row]], around: object = ""
) -> Iterator[Handful]:
    """A row for each item; ``around`` is what rows are made from beside their items."""
    some: list[_Item] = []
    beside = _digest(_ENCODE(around)).encode()
    said = [beside]
    for item in items:
        data = _ENCODE(item)
        some.append(item)
        said.append(data)
        if not crc32(data) % _LAST_OF or len(some) >= _MOST:
            yield _handful(some, rows_of, said)
            some, said = [], [beside]
    if some:
        yield _handful(some, rows_of, said)


def _handful(
    some: Sequence[_Item], rows_of: Callable[[Sequence[_Item]], Sequence[Row]], said: Sequence[bytes]
) -> Handful:
    is_long = max(map(len, said[1:])) > _LONG
    return Handful("" if is_long else _digest(b"".join(said)), lambda: rows_of(some))


def _digest(said: bytes) -> str:
    return hashlib.blake2b(said, digest_size=16).hexdigest()


_ENCODE: Final = msgspec.msgpack.Encoder(enc_hook=repr).encode
