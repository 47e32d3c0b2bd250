"""A returned file becomes a book or a finding: sniff -> gate -> parse. Nothing else ever happens.

Our own readers take what the gate lets through. What they stumble over, and old .xls, goes to a
second reader in a child process, values only. Whatever goes wrong is a finding of the catalogue.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Final

from sheetsync import findings
from sheetsync.grid import Book
from sheetsync.intake.gate import Admitted, Refused, inspect
from sheetsync.intake.sniff import Format
from sheetsync.model import Finding, Origin
from sheetsync.workbooks import child
from sheetsync.workbooks.child import Failure
from sheetsync.workbooks.ods_reader import read_ods
from sheetsync.workbooks.xlsx_reader import read_xlsx
from sheetsync.workbooks.xml_walk import Damaged

_UNREADABLE: Final = "содержимое книги не разбирается"
_KILLED_THE_READER: Final = "программа чтения на нём остановилась"


@dataclass(frozen=True, slots=True)
class OpenedCopy:
    """What a returned file turned out to be. Without a book, one finding says why."""

    book: Book | None
    findings: tuple[Finding, ...] = ()


def open_copy(data: bytes, name: str) -> OpenedCopy:
    """Read a returned file from its bytes; ``name`` is for messages only. Never raises."""
    origin = Origin(file=name, sha256=hashlib.sha256(data).hexdigest())
    try:
        return _open(data, origin)
    except Exception as error:  # noqa: BLE001 - one bad file never stops the others
        return OpenedCopy(None, (findings.make("X999", origin=origin, what=type(error).__name__),))


def _open(data: bytes, origin: Origin) -> OpenedCopy:
    verdict = inspect(data)
    if isinstance(verdict, Refused):
        return OpenedCopy(None, (findings.make(verdict.reason.code, origin=origin, what=verdict.what),))
    opened = _read(verdict, data, origin)
    if opened.book is None or not verdict.has_macros:
        return opened
    noted = (*opened.findings, findings.make("F107", origin=origin))
    return OpenedCopy(replace(opened.book, has_macros=True), noted)


def _read(admitted: Admitted, data: bytes, origin: Origin) -> OpenedCopy:
    if admitted.format is Format.XLS:
        return _second_reader(data, origin, findings.make("F102", origin=origin))
    read = read_ods if admitted.format is Format.ODS else read_xlsx
    try:
        return OpenedCopy(read(admitted.parts))
    except Damaged as damage:
        what = str(damage)
    except Exception as error:  # noqa: BLE001 - the second reader may still manage
        what = type(error).__name__
    return _second_reader(data, origin, findings.make("F112", origin=origin, what=what))


def _second_reader(data: bytes, origin: Origin, note: Finding) -> OpenedCopy:
    """Values by the child process, with ``note`` saying why it was asked."""
    worker = child.worker()
    match worker.read(data):
        case Book(sheets=(_, *_)) as book:
            return OpenedCopy(book, (note,))
        case Failure.LOCKED:
            finding = findings.make("F101", origin=origin)
        case Failure.TOO_LONG:
            finding = findings.make("F110", origin=origin, seconds=f"{worker.deadline:g}")
        case Failure.DIED:
            finding = findings.make("F105", origin=origin, what=_KILLED_THE_READER)
        case _:
            finding = findings.make("F105", origin=origin, what=_UNREADABLE)
    return OpenedCopy(None, (finding,))
