"""A copy as it was read, as bytes and back: kept to be judged again without being read.

What thousands of cells share stands once: equal texts, the file, its digest, names of sheets, and of
the independent count what the form held when it was issued; what forms of its kind have in common is
packed once for all their copies. Only values of the language itself are packed, so nothing but a value
can come out.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import date, datetime
from functools import lru_cache
from itertools import compress, count, repeat
from operator import attrgetter, is_not
from typing import Any, Final, TypeVar

from sheetsync.checks.between import Mentions, Shared, Told
from sheetsync.deflate import compressed, decompressed
from sheetsync.merge.received import BesideForm, CensusItem, ItemKind, Received
from sheetsync.model import (
    AttachedFile,
    CellsOfFile,
    Entry,
    Field,
    FileFault,
    Finding,
    Indicator,
    IndicatorAnswer,
    Match,
    Origin,
    Status,
    Submission,
    Unplaced,
    Verdict,
)
from sheetsync.model.kept import once_for_each

_T = TypeVar("_T")

_DAY, _TIME, _STATUS = "d", "t", "s"
"""What a tuple of two is, where a value is no text and no number."""

_GAP: Final = "\n"
"""Stands between addresses of cells."""

_KINDS: Final = {kind.value: kind for kind in ItemKind}
_FIELD: Final = attrgetter("text", "value", "links", "comment", "origin", "secret")
_ORIGIN: Final = attrgetter("file", "sha256", "sheet", "cell")
_TOLD: Final = attrgetter("origin.file", "origin.sha256", "origin.sheet", "origin.cell",
                          "words", "activity", "count", "is_general")  # fmt: skip


def packed(read: Received) -> bytes:
    """The bytes of a copy that was read."""
    return compressed(marshal.dumps(_Packing().all(read)))


def unpacked(data: bytes) -> Received:
    """The copy. Raises ``ValueError`` or another error of the language when the bytes are damaged."""
    return _Unpacking(marshal.loads(decompressed(data))).received()


def packed_mentions(mentions: Mapping[str, Mentions]) -> bytes:
    """What participants mention, as bytes: others seldom ask for it."""
    return marshal.dumps(
        {
            code: [(kind.value, [*own], [*map(_TOLD, own.values())]) for kind, own in one.of.items()]
            for code, one in mentions.items()
        }
    )


def unpacked_mentions(data: bytes) -> dict[str, Mentions]:
    """The same again."""
    return {
        code: Mentions(
            {Shared(kind): dict(zip(keys, map(_told, rows), strict=True)) for kind, keys, rows in of}
        )
        for code, of in marshal.loads(data).items()
    }


def _told(row: tuple[Any, ...]) -> Told:
    *origin, words, activity, count, is_general = row
    return Told(words, activity, Origin(*origin), count, is_general)


class _Packing:
    """One copy; a value met again is the same object, which stands once in the bytes."""

    def __init__(self) -> None:
        self._same: dict[Any, Any] = {}

    def all(self, read: Received) -> tuple[Any, ...]:
        return (
            self._origins([read.origin]),
            read.verdict.value,
            read.order,
            _day(read.received_on),
            [self._submission(one) for one in read.submissions],
            self._findings(read.findings),
            self._form(read),
            self._census(read.census),
            self._cells(read.office),
            self._entries(read.exchanged),
            read.first_name,
            self._attached(read.attached),
        )

    def _once(self, values: Iterable[_T]) -> list[_T]:
        """The values, each the first of its equals."""
        values = list(values)
        return list(map(self._same.setdefault, values, values))

    def _column(self, values: Sequence[str]) -> Any:
        """The values of a column, or the only one there is."""
        if values and values.count(values[0]) == len(values):
            return self._same.setdefault(values[0], values[0])
        return self._once(values)

    def _origins(self, origins: Iterable[Origin]) -> tuple[Any, ...]:
        """Places by column; cells of one sheet mostly follow one another."""
        columns = tuple(zip(*map(_ORIGIN, origins), strict=True)) or ((), (), (), ())
        return (*map(self._column, columns[:3]), _joined(columns[3]))

    def _form(self, read: Received) -> tuple[Any, ...]:
        """What another form of its kind held, and where this one says other words; or everything."""
        form, census = read.blank, read.census
        like = census.like if isinstance(census, BesideForm) and census.blank is form else ()
        if len(like) != len(form):
            return b"", (), self.items(form)
        others = compress(count(), map(is_not, like, form))
        steps = tuple([step for step in others if like[step] != form[step]])
        return _items_as_bytes(like), steps, self.items([form[step] for step in steps])

    def items(self, items: Sequence[CensusItem]) -> tuple[Any, ...]:
        sheets, cells, kinds, texts, masked = zip(*items, strict=True) if items else ((),) * 5
        return self._column(sheets), _joined(cells), _joined(kinds), self._once(texts), bytes(masked)

    def _census(self, census: Sequence[CensusItem]) -> tuple[Any, ...]:
        """What the form does not have, after what of the form is gone; or everything."""
        if isinstance(census, BesideForm):
            return self.items(census.own), self.items(sorted(census.gone))
        return self.items(census), None

    def _cells(self, cells: Set[Origin]) -> tuple[Any, ...]:
        if isinstance(cells, CellsOfFile):
            return cells.file, cells.sha256, _cells_as_bytes(cells.cells)
        return self._origins(cells)

    def _submission(self, one: Submission) -> tuple[Any, ...]:
        lost = one.unplaced
        answers = one.indicators
        return (
            self._origins([one.origin]),
            one.participant,
            one.issue,
            self._entries(one.entries),
            [(own.participant, own.text, own.reason) for own in lost],
            self._origins([own.origin for own in lost]),
            self._findings(one.findings),
            one.declared_ready,
            [(answer.participant, _indicator(answer.indicator)) for answer in answers],
            self._fields([answer.fields for answer in answers]),
        )

    def _entries(self, entries: Sequence[Entry]) -> tuple[Any, ...]:
        told = [(one.participant, one.activity, one.match.value, one.confidence) for one in entries]
        return told, self._fields([one.fields for one in entries])

    def _fields(self, rows: Sequence[Mapping[str, Field]]) -> tuple[Any, ...]:
        """Fields of all rows by column, and which columns each row has."""
        fields = [_FIELD(cell) for row in rows for cell in row.values()]
        keys = self._once(map(tuple, rows))
        if not fields:
            return keys, None
        texts, values, links, comments, origins, secrets = zip(*fields, strict=True)
        return keys, (
            self._once(texts),
            [self._same.setdefault(one, one) if type(one) is str else one for one in map(_value, values)],
            self._once(links),
            self._column(comments),
            self._origins(origins),
            self._column(secrets),
        )

    def _findings(self, findings: Sequence[Finding]) -> tuple[Any, ...]:
        told = [(one.code, one.participant, one.activity, one.params, one.count) for one in findings]
        return told, self._origins([one.origin for one in findings])

    def _attached(self, one: AttachedFile | None) -> tuple[Any, ...] | None:
        if one is None:
            return None
        fault = one.fault.value if one.fault else None
        return one.participant, self._origins([one.origin]), one.depth, one.by_name, fault, one.is_workbook


class _Unpacking:
    def __init__(self, data: Sequence[Any]) -> None:
        self._data = data

    def received(self) -> Received:
        origin, verdict, order, day, submissions, findings, *others = self._data
        blank, census, office, exchanged, name, attached = others
        form, like = _form(*blank)
        return Received(
            _origin(origin),
            Verdict(verdict),
            order,
            _date(day),
            tuple(map(_submission, submissions)),
            _findings(findings),
            _census(form, like, census),
            form,
            _cells(office),
            _entries(exchanged),
            name,
            _attached(attached),
        )


def _joined(words: Sequence[str]) -> Any:
    """Short words as one text, unless one of them has a gap itself."""
    joined = _GAP.join(words)
    return joined if joined.count(_GAP) == max(len(words) - 1, 0) else list(map(str, words))


def _values(column: str | list[str]) -> Iterable[str]:
    """The values of a column; one stands in every row."""
    return repeat(column) if isinstance(column, str) else column


def _apart(joined: str | list[str]) -> list[str]:
    return joined.split(_GAP) if isinstance(joined, str) else joined


def _origins(data: Sequence[Any]) -> list[Origin]:
    files, digests, sheets, cells = data
    if files == []:
        return []
    return list(map(Origin, *map(_values, (files, digests, sheets)), _apart(cells)))


def _origin(data: Sequence[Any]) -> Origin:
    (found,) = _origins(data)
    return found


def _items(data: Sequence[Any]) -> tuple[CensusItem, ...]:
    sheets, cells, kinds, texts, masked = data
    if sheets == []:
        return ()
    of_kinds = (_KINDS[kind] for kind in _apart(kinds))
    return tuple(map(CensusItem, _values(sheets), _apart(cells), of_kinds, texts, map(bool, masked)))


@once_for_each(4)
def _items_as_bytes(items: tuple[CensusItem, ...]) -> bytes:
    return compressed(marshal.dumps(_Packing().items(items)))


@lru_cache(maxsize=16)
def _items_in(data: bytes) -> tuple[CensusItem, ...]:
    return _items(marshal.loads(decompressed(data))) if data else ()


def _form(
    like: bytes, steps: Sequence[int], own: Sequence[Any]
) -> tuple[tuple[CensusItem, ...], tuple[CensusItem, ...]]:
    """What the form held, and what another of its kind did."""
    other, others = _items_in(like), _items(own)
    if not other:
        return others, ()
    form = list(other)
    for step, item in zip(steps, others, strict=True):
        form[step] = item
    return tuple(form), other


def _census(
    form: tuple[CensusItem, ...], like: tuple[CensusItem, ...], data: Sequence[Any]
) -> Sequence[CensusItem]:
    own, gone = _items(data[0]), data[1]
    return own if gone is None else BesideForm(form, frozenset(_items(gone)), own, like)


@lru_cache(maxsize=16)
def _cells_as_bytes(cells: frozenset[tuple[str, str]]) -> bytes:
    return compressed(marshal.dumps(sorted(cells)))


@lru_cache(maxsize=16)
def _cells_in(data: bytes) -> frozenset[tuple[str, str]]:
    return frozenset(marshal.loads(decompressed(data)))


def _cells(data: Sequence[Any]) -> Set[Origin]:
    if len(data) == 3:
        file, digest, cells = data
        return CellsOfFile(file, digest, _cells_in(cells))
    return frozenset(_origins(data))


def _submission(data: Sequence[Any]) -> Submission:
    origin, participant, issue, entries, lost, places, findings, ready, answers, fields = data
    return Submission(
        _origin(origin),
        participant,
        issue,
        _entries(entries),
        tuple(
            Unplaced(whose, text, at, why)
            for (whose, text, why), at in zip(lost, _origins(places), strict=False)
        ),
        _findings(findings),
        ready,
        tuple(
            IndicatorAnswer(whose, Indicator(*one), own)
            for (whose, one), own in zip(answers, _fields(fields), strict=True)
        ),
    )


def _entries(data: Sequence[Any]) -> tuple[Entry, ...]:
    told, fields = data
    return tuple(
        Entry(participant, activity, own, _MATCHES[match], confidence)
        for (participant, activity, match, confidence), own in zip(told, _fields(fields), strict=True)
    )


def _fields(data: Sequence[Any]) -> list[dict[str, Field]]:
    keys, columns = data
    if columns is None:
        return [{} for _ in keys]
    texts, values, links, comments, origins, secrets = columns
    fields = map(
        Field, texts, map(_unvalued, values), links, _values(comments), _origins(origins), _values(secrets)
    )
    return [{key: next(fields) for key in row} for row in keys]


def _findings(data: Sequence[Any]) -> tuple[Finding, ...]:
    told, places = data
    return tuple(
        Finding(code, whose, activity, at, params, count)
        for (code, whose, activity, params, count), at in zip(told, _origins(places), strict=False)
    )


def _attached(data: Sequence[Any] | None) -> AttachedFile | None:
    if data is None:
        return None
    participant, at, depth, by_name, fault, is_workbook = data
    return AttachedFile(
        participant, _origin(at), depth, by_name, FileFault(fault) if fault else None, is_workbook
    )


def _indicator(one: Indicator) -> tuple[Any, ...]:
    return one.title, one.unit, one.target, one.year, one.activity


def _day(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _date(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None


def _value(value: str | float | date | None) -> Any:
    if type(value) is str:
        return value
    if isinstance(value, Status):
        return _STATUS, value.value
    if isinstance(value, datetime):
        return _TIME, value.isoformat()
    return (_DAY, value.toordinal()) if isinstance(value, date) else value


_MATCHES: Final = {match.value: match for match in Match}
_STATUSES: Final = {status.value: status for status in Status}
_MADE: Final[Mapping[str, Callable[[Any], Any]]] = {
    _DAY: date.fromordinal,
    _TIME: datetime.fromisoformat,
    _STATUS: _STATUSES.__getitem__,
}


def _unvalued(value: Any) -> Any:
    return _MADE[value[0]](value[1]) if isinstance(value, tuple) else value
