"""A copy as it was read, as bytes and back: kept to be judged again without being read.

What repeats in thousands of cells (the file, its digest, names of sheets) is kept once. Only values
of the language itself are packed, so nothing but a value can come out.
"""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sheetsync.merge.received import CensusItem, ItemKind, Received
from sheetsync.model import (
    AttachedFile,
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

_LEVEL: Final = 1
_DAY, _TIME, _STATUS = "d", "t", "s"
"""What a tuple of two is, where a value is no text and no number."""


def packed(read: Received) -> bytes:
    """The bytes of a copy that was read."""
    return zlib.compress(marshal.dumps(_Packing(read).all()), _LEVEL)


def unpacked(data: bytes) -> Received:
    """The copy. Raises ``ValueError`` or another error of the language when the bytes are damaged."""
    return _Unpacking(marshal.loads(zlib.decompress(data))).received()


class _Packing:
    """One copy; places in it are told by the numbers of file, digest and sheet in ``_words``."""

    def __init__(self, read: Received) -> None:
        self._read = read
        self._words: dict[str, int] = {}

    def all(self) -> tuple[Any, ...]:
        read = self._read
        parts = (
            self._origin(read.origin),
            read.verdict.value,
            read.order,
            _day(read.received_on),
            [self._submission(one) for one in read.submissions],
            [self._finding(one) for one in read.findings],
            [(*one[:2], one[2].value, *one[3:]) for one in read.census],
            [(*one[:2], one[2].value, *one[3:]) for one in read.blank],
            [self._origin(one) for one in read.office],
            [self._entry(one) for one in read.exchanged],
            read.first_name,
            self._attached(read.attached),
        )
        return (list(self._words), *parts)

    def _word(self, word: str) -> int:
        return self._words.setdefault(word, len(self._words))

    def _origin(self, one: Origin) -> tuple[int, int, int, str]:
        return self._word(one.file), self._word(one.sha256), self._word(one.sheet), one.cell

    def _submission(self, one: Submission) -> tuple[Any, ...]:
        return (
            self._origin(one.origin),
            one.participant,
            one.issue,
            [self._entry(entry) for entry in one.entries],
            [(lost.participant, lost.text, self._origin(lost.origin), lost.reason) for lost in one.unplaced],
            [self._finding(finding) for finding in one.findings],
            one.declared_ready,
            [
                (answer.participant, _indicator(answer.indicator), self._fields(answer.fields))
                for answer in one.indicators
            ],
        )

    def _entry(self, one: Entry) -> tuple[Any, ...]:
        return one.participant, one.activity, self._fields(one.fields), one.match.value, one.confidence

    def _fields(self, fields: Mapping[str, Field]) -> list[tuple[Any, ...]]:
        return [
            (key, one.text, _value(one.value), one.links, one.comment, self._origin(one.origin), one.secret)
            for key, one in fields.items()
        ]

    def _finding(self, one: Finding) -> tuple[Any, ...]:
        return one.code, one.participant, one.activity, self._origin(one.origin), one.params, one.count

    def _attached(self, one: AttachedFile | None) -> tuple[Any, ...] | None:
        if one is None:
            return None
        fault = one.fault.value if one.fault else None
        return one.participant, self._origin(one.origin), one.depth, one.by_name, fault, one.is_workbook


class _Unpacking:
    def __init__(self, data: Sequence[Any]) -> None:
        self._words: list[str] = data[0]
        self._parts = data[1:]

    def received(self) -> Received:
        (
            origin,
            verdict,
            order,
            day,
            submissions,
            findings,
            census,
            blank,
            office,
            exchanged,
            name,
            attached,
        ) = self._parts
        kinds = {kind.value: kind for kind in ItemKind}
        return Received(
            self._origin(origin),
            Verdict(verdict),
            order,
            _date(day),
            tuple(map(self._submission, submissions)),
            tuple(map(self._finding, findings)),
            tuple(
                CensusItem(sheet, cell, kinds[kind], text, mask) for sheet, cell, kind, text, mask in census
            ),
            tuple(
                CensusItem(sheet, cell, kinds[kind], text, mask) for sheet, cell, kind, text, mask in blank
            ),
            frozenset(map(self._origin, office)),
            tuple(map(self._entry, exchanged)),
            name,
            self._attached(attached),
        )

    def _origin(self, at: tuple[int, int, int, str]) -> Origin:
        file, sha256, sheet, cell = at
        words = self._words
        return Origin(words[file], words[sha256], words[sheet], cell)

    def _submission(self, data: tuple[Any, ...]) -> Submission:
        origin, participant, issue, entries, unplaced, findings, ready, indicators = data
        return Submission(
            self._origin(origin),
            participant,
            issue,
            tuple(map(self._entry, entries)),
            tuple(Unplaced(whose, text, self._origin(at), reason) for whose, text, at, reason in unplaced),
            tuple(map(self._finding, findings)),
            ready,
            tuple(
                IndicatorAnswer(whose, Indicator(*one), self._fields(fields))
                for whose, one, fields in indicators
            ),
        )

    def _entry(self, data: tuple[Any, ...]) -> Entry:
        participant, activity, fields, match, confidence = data
        return Entry(participant, activity, self._fields(fields), Match(match), confidence)

    def _fields(self, data: Sequence[tuple[Any, ...]]) -> dict[str, Field]:
        return {
            key: Field(text, _unvalued(value), links, comment, self._origin(at), secret)
            for key, text, value, links, comment, at, secret in data
        }

    def _finding(self, data: tuple[Any, ...]) -> Finding:
        code, participant, activity, at, params, count = data
        return Finding(code, participant, activity, self._origin(at), params, count)

    def _attached(self, data: tuple[Any, ...] | None) -> AttachedFile | None:
        if data is None:
            return None
        participant, at, depth, by_name, fault, is_workbook = data
        return AttachedFile(
            participant, self._origin(at), depth, by_name, FileFault(fault) if fault else None, is_workbook
        )


def _indicator(one: Indicator) -> tuple[Any, ...]:
    return one.title, one.unit, one.target, one.year, one.activity


def _day(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _date(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None


def _value(value: str | float | date | None) -> Any:
    if isinstance(value, Status):
        return _STATUS, value.value
    if isinstance(value, datetime):
        return _TIME, value.isoformat()
    return (_DAY, value.toordinal()) if isinstance(value, date) else value


_MADE: Final[Mapping[str, Callable[[Any], Any]]] = {
    _DAY: date.fromordinal,
    _TIME: datetime.fromisoformat,
    _STATUS: Status,
}


def _unvalued(value: Any) -> Any:
    return _MADE[value[0]](value[1]) if isinstance(value, tuple) else value
