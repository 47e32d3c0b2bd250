"""A returned file becomes a book or a finding: sniff -> gate -> parse. Nothing else ever happens.

An ordinary form is read here, within limits that bound what it can cost. Whatever is larger is
looked at and read in a child process; so, values only, is an old .xls and what our own readers
stumble over. Whatever goes wrong is a finding of the catalogue.
"""

from __future__ import annotations

import hashlib
from typing import Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import findings
from sheetsync.grid import Book
from sheetsync.intake.gate import Admitted, Refused, inspect
from sheetsync.intake.limits import LIGHT, Refusal
from sheetsync.intake.sniff import Format
from sheetsync.model import Finding, Origin
from sheetsync.workbooks.parse import read_book
from sheetsync.workbooks.wire import Failure, Reading
from sheetsync.workbooks.xml_walk import Damaged

_FAILURES: Final = {
    Failure.UNREADABLE: "содержимое книги не разбирается",
    Failure.DIED: "программа чтения на нём остановилась",
    Failure.NO_MEMORY: "на его чтение не хватает памяти",
}


class OpenedCopy(Struct, frozen=True):
    """What a returned file turned out to be. Without a book, one finding says why."""

    book: Book | None
    findings: tuple[Finding, ...] = ()
    has_values_only: bool = False
    """Read by the second reader, which sees no links and no comments."""


class _Sent(NamedTuple):
    """A returned file. Its digest is taken when something is said of it: of most nothing is."""

    data: bytes
    name: str

    @property
    def origin(self) -> Origin:
        return Origin(file=self.name, sha256=hashlib.sha256(self.data).hexdigest())


def open_copy(data: bytes, name: str) -> OpenedCopy:
    """Read a returned file from its bytes; ``name`` is for messages only. Never raises."""
    sent = _Sent(data, name)
    try:
        return _open(sent)
    except Exception as error:  # noqa: BLE001 - one bad file never stops the others
        return OpenedCopy(None, (findings.make("X999", origin=sent.origin, what=type(error).__name__),))


def _open(sent: _Sent) -> OpenedCopy:
    verdict = inspect(sent.data, LIGHT)
    if isinstance(verdict, Admitted):
        return _read_here(verdict, sent)
    if verdict.reason.is_of_size:
        return _read_apart(sent)
    return _refused(verdict, sent)


def _read_here(admitted: Admitted, sent: _Sent) -> OpenedCopy:
    if admitted.format is Format.XLS:
        opened = _second_reader(sent, findings.make("F102", origin=sent.origin))
        return _noted(opened, sent, admitted)
    try:
        opened = OpenedCopy(read_book(admitted))
    except Refusal as refusal:
        return _refused(Refused.of(refusal), sent)
    except Damaged as damage:
        opened = _damaged(sent, str(damage))
    except Exception as error:  # noqa: BLE001 - the second reader may still manage
        opened = _damaged(sent, type(error).__name__)
    return _noted(opened, sent, admitted)


def _read_apart(sent: _Sent) -> OpenedCopy:
    from sheetsync.workbooks import child  # noqa: PLC0415 - few files are read by a process apart

    match child.read_apart(sent.data):
        case Failure() as failure:
            return OpenedCopy(None, (_failed(failure, sent),))
        case Reading(refused=Refused() as refused):
            return _refused(refused, sent)
        case Reading() as reading:
            opened = OpenedCopy(reading.book) if reading.book else _damaged(sent, reading.damage)
            return _noted(opened, sent, reading)


def _damaged(sent: _Sent, what: str) -> OpenedCopy:
    return _second_reader(sent, findings.make("F112", origin=sent.origin, what=what))


def _second_reader(sent: _Sent, note: Finding) -> OpenedCopy:
    """Values by the child process, with ``note`` saying why it was asked."""
    from sheetsync.workbooks import child  # noqa: PLC0415 - few files are read by a process apart

    match child.values_apart(sent.data):
        case Book(sheets=(_, *_)) as book:
            return OpenedCopy(book, (note,), has_values_only=True)
        case Failure() as failure:
            return OpenedCopy(None, (_failed(failure, sent),))
    return OpenedCopy(None, (_failed(Failure.UNREADABLE, sent),))


def _failed(failure: Failure, sent: _Sent) -> Finding:
    if failure is Failure.LOCKED:
        return findings.make("F101", origin=sent.origin)
    if failure is Failure.TOO_LONG:
        from sheetsync.workbooks import child  # noqa: PLC0415

        return findings.make("F110", origin=sent.origin, seconds=f"{child.worker().deadline:g}")
    return findings.make("F105", origin=sent.origin, what=_FAILURES[failure])


def _refused(refused: Refused, sent: _Sent) -> OpenedCopy:
    return OpenedCopy(None, (findings.make(refused.reason.code, origin=sent.origin, what=refused.what),))


def _noted(opened: OpenedCopy, sent: _Sent, seen: Admitted | Reading) -> OpenedCopy:
    """The copy, and what is to be said of it beside what its book says."""
    if opened.book is None or not (seen.notes_beyond or seen.has_macros):
        return opened
    book, told = opened.book, opened.findings
    if seen.notes_beyond:
        told = (*told, findings.make("F113", origin=sent.origin, notes=seen.notes_beyond))
    if seen.has_macros:
        told = (*told, findings.make("F107", origin=sent.origin))
        book = replace(book, has_macros=True)
    return replace(opened, book=book, findings=told)
