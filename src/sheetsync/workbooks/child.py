"""A process apart for what may crash, hang or eat memory: it costs one file, never the run.

The parent asks; the child (``python -m sheetsync.workbooks.child``) answers under a deadline and a
memory limit. It reads what is larger than an ordinary form by our own readers (``read_apart``) and,
values only, what our readers cannot read by calamine (``values_apart``). One child serves many
files and is started again after a death. An ordinary form never comes here.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import io
import os
import pickle
import struct
import sys
import threading
import zipfile
from enum import Enum
from functools import lru_cache
from typing import IO, TYPE_CHECKING, Final

from sheetsync.grid import Book
from sheetsync.intake.gate import Refused, inspect
from sheetsync.intake.limits import Refusal
from sheetsync.intake.sniff import OPEN_SPREADSHEET, Format
from sheetsync.workbooks.wire import Answer, Failure, Reading, packed, unpacked
from sheetsync.workbooks.xml_walk import Damaged

if TYPE_CHECKING:
    import subprocess

DEADLINE_SECONDS: Final = 20.0
MEMORY_BYTES: Final = 1 << 30
"""What the child may never exceed; each question has its own, lower limit."""
_HEAD: Final = struct.Struct("<cQ")


class _Question(Enum):
    """What the child is asked to do with a file, and how much memory that may take."""

    WHOLE = b"w", 512 << 20
    VALUES = b"v", 320 << 20

    @property
    def sign(self) -> bytes:
        return self.value[0]

    @property
    def memory(self) -> int:
        return self.value[1]


# --- the parent's side --------------------------------------------------------------------------


class Worker:
    """One child process, started when first needed and again after it died."""

    def __init__(self, deadline: float = DEADLINE_SECONDS) -> None:
        self.deadline = deadline
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read_whole(self, data: bytes) -> Reading | Failure:
        """Gate, our readers and the count over one file; never raises because of the file."""
        answer = self._ask(_Question.WHOLE, data)
        return Failure.DIED if isinstance(answer, Book) else answer

    def read_values(self, data: bytes) -> Book | Failure:
        """The values of a workbook by the second reader; never raises because of the file."""
        answer = self._ask(_Question.VALUES, data)
        return Failure.DIED if isinstance(answer, Reading) else answer

    def close(self) -> None:
        """End the child, if one is running."""
        with self._lock:
            self._discard()

    def _ask(self, question: _Question, data: bytes) -> Answer:
        with self._lock:
            process = self._alive()
            late = threading.Event()

            def stop() -> None:
                late.set()
                process.kill()

            timer = threading.Timer(self.deadline, stop)
            timer.start()
            try:
                answer = _exchange(process, question, data)
            finally:
                timer.cancel()
            if answer is not None:
                return answer
            self._discard()
            return Failure.TOO_LONG if late.is_set() else Failure.DIED

    def _alive(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        import subprocess  # noqa: PLC0415 - few files need the child

        self._discard()
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
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


@lru_cache(maxsize=1)
def read_apart(data: bytes) -> Reading | Failure:
    """``Worker.read_whole``, the last answer remembered: reader and census ask one after the other."""
    return worker().read_whole(data)


@lru_cache(maxsize=1)
def values_apart(data: bytes) -> Book | Failure:
    """``Worker.read_values``, the last answer remembered."""
    return worker().read_values(data)


def _exchange(process: subprocess.Popen[bytes], question: _Question, data: bytes) -> Answer | None:
    """The child's answer; None when it died over the question."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        _send(process.stdin, question, data)
        received = _receive(process.stdout)
        return None if received is None else unpacked(received[1])
    except (OSError, MemoryError, pickle.UnpicklingError):
        return None


def _send(stream: IO[bytes], question: _Question, message: bytes) -> None:
    stream.write(_HEAD.pack(question.sign, len(message)))
    stream.write(message)
    stream.flush()


def _receive(stream: IO[bytes]) -> tuple[_Question, bytes] | None:
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    sign, size = _HEAD.unpack(head)
    message = stream.read(min(size, MEMORY_BYTES))
    question = next(one for one in _Question if one.sign == sign)
    return (question, message) if len(message) == size else None


# --- the child's side ---------------------------------------------------------------------------


def _answer(question: _Question, data: bytes) -> Answer:
    try:
        return _whole(data) if question is _Question.WHOLE else _values(data)
    except MemoryError:
        return Failure.NO_MEMORY
    except Exception:  # noqa: BLE001 - whatever a library raises is an answer, not a crash
        return Failure.UNREADABLE


def _whole(data: bytes) -> Reading:
    from sheetsync.workbooks.parse import count_items, read_book  # noqa: PLC0415 - only the child needs it

    verdict = inspect(data)
    inspect.cache_clear()
    if isinstance(verdict, Refused):
        return Reading(refused=verdict)
    try:
        book, damage = read_book(verdict), ""
    except Refusal as refusal:
        return Reading(refused=Refused.of(refusal))
    except MemoryError:
        raise
    except Damaged as damaged:
        book, damage = None, str(damaged)
    except Exception as error:  # noqa: BLE001 - the second reader may still manage
        book, damage = None, type(error).__name__
    return Reading(
        book=book,
        damage=damage,
        has_macros=verdict.has_macros,
        notes_beyond=verdict.notes_beyond,
        items=count_items(data, verdict),
    )


def _values(data: bytes) -> Book | Failure:
    from python_calamine import PasswordError  # noqa: PLC0415 - only the child needs it

    from sheetsync.workbooks.xls_reader import read_values  # noqa: PLC0415

    try:
        return read_values(_looked_at(data))
    except PasswordError:
        return Failure.LOCKED


def _looked_at(data: bytes) -> bytes:
    """The file with nothing in it but the parts the gate saw: pictures, macros, bombs stay out."""
    verdict = inspect(data)
    inspect.cache_clear()
    if isinstance(verdict, Refused) or verdict.format is Format.XLS:
        return data
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as given,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive,
    ):
        if verdict.format is Format.ODS:
            archive.writestr("mimetype", OPEN_SPREADSHEET)
        for name in (one.replace("\\", "/") for one in given.namelist()):
            if name.lower() in verdict.parts:
                archive.writestr(name, verdict.parts[name.lower()])
    return stream.getvalue()


def _limit_memory(size: int) -> None:
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return  # Windows: the deadline alone guards
    resource.setrlimit(resource.RLIMIT_AS, (size, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _serve() -> None:
    """Answer questions until the parent closes the pipe."""
    _limit_memory(MEMORY_BYTES)
    gc.disable()  # a file makes values, not cycles; what little garbage there is goes between files
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing a library prints may mix with the answers
    while (received := _receive(sys.stdin.buffer)) is not None:
        question, data = received
        _limit_memory(question.memory)
        _send(answers, question, packed(_answer(question, data)))
        gc.collect()


if __name__ == "__main__":
    _serve()
