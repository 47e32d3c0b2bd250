"""A process apart for readers that may crash: it costs one file, never the run.

The parent asks ``worker().read(data)``; the child (``python -m sheetsync.workbooks.child``) reads
values by calamine under a memory limit and answers in JSON. One child serves many files and is
started again after a death. Files that our own readers manage never come here.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import IO, Any, Final

from sheetsync.grid import Area, Book, Cell, Sheet, Value, Visibility

DEADLINE_SECONDS: Final = 20.0
MEMORY_BYTES: Final = 1 << 30
_SIZE: Final = struct.Struct("<Q")
_NO_WINDOW: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)


class Failure(StrEnum):
    """Why the child gave no book."""

    LOCKED = "locked"
    UNREADABLE = "unreadable"
    DIED = "died"
    TOO_LONG = "too long"


# --- the parent's side --------------------------------------------------------------------------


class Worker:
    """One child process, started when first needed and again after it died."""

    def __init__(self, deadline: float = DEADLINE_SECONDS) -> None:
        self.deadline = deadline
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, data: bytes) -> Book | Failure:
        """The values of a workbook, or why there are none; never raises because of the file."""
        with self._lock:
            process = self._alive()
            late = threading.Event()

            def stop() -> None:
                late.set()
                process.kill()

            timer = threading.Timer(self.deadline, stop)
            timer.start()
            try:
                answer = _ask(process, data)
            finally:
                timer.cancel()
            if answer is not None:
                return answer
            self._discard()
            return Failure.TOO_LONG if late.is_set() else Failure.DIED

    def close(self) -> None:
        """End the child, if one is running."""
        with self._lock:
            self._discard()

    def _alive(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._discard()
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_NO_WINDOW,
        )
        return self._process

    def _discard(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # what the dead child never took
                    stream.close()
        self._process.wait()
        self._process = None


@lru_cache
def worker() -> Worker:
    """The worker of this program; it ends with the program."""
    one = Worker()
    atexit.register(one.close)
    return one


def _ask(process: subprocess.Popen[bytes], data: bytes) -> Book | Failure | None:
    """The child's answer; None when it died over the question."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        _send(process.stdin, data)
        answer = _receive(process.stdout)
    except OSError:
        return None
    return None if answer is None else _decoded(json.loads(answer))


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(_SIZE.pack(len(message)))
    stream.write(message)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    (size,) = _SIZE.unpack(head)
    message = stream.read(size)
    return message if len(message) == size else None


# --- a book on the wire -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one type of value is written as text and read back."""

    name: str
    type: type
    write: Any
    read: Any


_KINDS: Final = (
    _Kind("bool", bool, int, lambda text: bool(int(text))),
    _Kind("int", int, str, int),
    _Kind("float", float, repr, float),
    _Kind("datetime", datetime, datetime.isoformat, datetime.fromisoformat),
    _Kind("date", date, date.isoformat, date.fromisoformat),
    _Kind("time", time, time.isoformat, time.fromisoformat),
    _Kind("str", str, str, str),
)


def _encoded(book: Book) -> dict[str, Any]:
    return {"sheets": [_encoded_sheet(sheet) for sheet in book.sheets]}


def _encoded_sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "visibility": sheet.visibility.value,
        "merges": [(one.top, one.left, one.bottom, one.right) for one in sheet.merges],
        "cells": [(row, column, *_encoded_value(cell.value)) for (row, column), cell in sheet.cells.items()],
    }


def _encoded_value(value: Value) -> tuple[str, str]:
    kind = next(one for one in _KINDS if isinstance(value, one.type))
    return kind.name, str(kind.write(value))


def _decoded(answer: dict[str, Any]) -> Book | Failure:
    if "failure" in answer:
        return Failure(answer["failure"])
    return Book(tuple(_decoded_sheet(sheet) for sheet in answer["sheets"]))


def _decoded_sheet(sheet: dict[str, Any]) -> Sheet:
    readers = {kind.name: kind.read for kind in _KINDS}
    cells = {(row, column): Cell(readers[kind](text)) for row, column, kind, text in sheet["cells"]}
    merges = tuple(Area(*corners) for corners in sheet["merges"])
    return Sheet(sheet["name"], cells, Visibility(sheet["visibility"]), merges)


# --- the child's side ---------------------------------------------------------------------------


def _answer(data: bytes) -> dict[str, Any]:
    from python_calamine import PasswordError  # noqa: PLC0415 - only the child needs it

    from sheetsync.workbooks.xls_reader import read_values  # noqa: PLC0415

    try:
        return _encoded(read_values(data))
    except PasswordError:
        return {"failure": Failure.LOCKED.value}
    except Exception:  # noqa: BLE001 - whatever the library raises is an answer, not a crash
        return {"failure": Failure.UNREADABLE.value}


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return  # Windows: the deadline alone guards
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _serve() -> None:
    """Answer questions until the parent closes the pipe."""
    _limit_memory()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing a library prints may mix with the answers
    while (data := _receive(sys.stdin.buffer)) is not None:
        _send(answers, json.dumps(_answer(data)).encode())


if __name__ == "__main__":
    _serve()
