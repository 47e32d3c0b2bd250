"""What came, as the consolidation needs it: the reading of a file beside a count made without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import NamedTuple, overload

from msgspec import Struct

from sheetsync.model import AttachedFile, Entry, Finding, Origin, Submission, Verdict


class ItemKind(StrEnum):
    """What sort of thing an independent count found in a file."""

    VALUE = "value"
    LINK = "link"
    COMMENT = "comment"
    SHAPE = "shape"
    NAME = "name"


class CensusItem(NamedTuple):
    """One non-empty thing of a file, found by the enumerator and not by the reader.

    ``is_masked`` when personal data in its text were hidden before it came here. A tuple, because
    thousands of them are told apart as sets.
    """

    sheet: str
    cell: str
    kind: ItemKind
    text: str
    is_masked: bool = False


class BesideForm(Sequence[CensusItem]):
    """What a copy holds, told by the form it was made from: all of ``blank`` but what is ``gone``, then
    what is the copy's ``own``.

    No two things are equal, each of ``blank`` stands in a place of its own, and none of ``own`` is in it.
    ``like`` is what another form of its kind held: the same, thing by thing, but for a few texts.
    """

    __slots__ = ("blank", "gone", "like", "own")

    def __init__(
        self,
        blank: tuple[CensusItem, ...],
        gone: frozenset[CensusItem],
        own: tuple[CensusItem, ...],
        like: tuple[CensusItem, ...] = (),
    ) -> None:
        self.blank = blank
        self.gone = gone
        self.own = own
        self.like = like

    def __iter__(self) -> Iterator[CensusItem]:
        left = (item for item in self.blank if item not in self.gone) if self.gone else self.blank
        return chain(left, self.own)

    def __len__(self) -> int:
        return len(self.blank) - len(self.gone) + len(self.own)

    @overload
    def __getitem__(self, at: int) -> CensusItem: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[CensusItem, ...]: ...
    def __getitem__(self, at: int | slice) -> CensusItem | tuple[CensusItem, ...]:
        return tuple(self)[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BesideForm | tuple) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


class Received(Struct, frozen=True):
    """One file of «Получено».

    ``order`` is its arrival number in the journal, equal for files first seen in one run, and
    ``first_name`` what it was called then; ``exchanged`` are the answers its form was sent with;
    ``census`` lists what the file holds, ``blank`` what the form it was made from held when it was
    issued, ``office`` the cells the reader judged to be the office's own.
    """

    origin: Origin
    verdict: Verdict
    order: int = 0
    received_on: date | None = None
    submissions: tuple[Submission, ...] = ()
    findings: tuple[Finding, ...] = ()
    census: Sequence[CensusItem] = ()
    blank: tuple[CensusItem, ...] = ()
    office: Set[Origin] = frozenset()
    exchanged: tuple[Entry, ...] = ()
    first_name: str = ""
    attached: AttachedFile | None = None
    """The file as one sent along with a copy, when it is that."""

    @property
    def participants(self) -> tuple[str, ...]:
        """Whose reports the file holds, each once, or who sent it along."""
        if self.attached:
            return (self.attached.participant,)
        return tuple(sorted({one.participant for one in self.submissions}))
