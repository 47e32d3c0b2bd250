"""A disk that counts what is asked of it and, at one request, refuses or kills the process.

Requests are what the product does to the disk, at the level of ``os``: opening for writing, writing,
syncing, renaming, making folders, removing, changing rights, and every change and commit of the journal.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any, Final
from unittest import mock

REFUSALS: Final = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS)
SAID: Final = {
    errno.ENOSPC: ("кончилось место", "disk is full", os.strerror(errno.ENOSPC)),
    errno.EIO: ("Проверьте диск", "disk I/O error", os.strerror(errno.EIO)),
    errno.EACCES: ("нет права записи", "unable to open database file", os.strerror(errno.EACCES)),
    errno.EROFS: ("нет права записи", "attempt to write a readonly database", os.strerror(errno.EROFS)),
}
"""One of these a person must be told: of a file, of the journal, of the key beside it."""
_SQLITE_SAYS: Final = {number: said[1] for number, said in SAID.items()}

_CALLS: Final = ("fsync", "replace", "rename", "mkdir", "unlink", "remove", "link", "chmod", "utime")
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES: Final = ("INSERT", "DELETE", "UPDATE", "CREATE", "ALTER", "DROP", "BEGIN", "VACUUM")

Act = Callable[[str], None]
"""What happens at the request: it raises, or the process ends."""


class Disk:
    """``act`` happens at request number ``at``; with ``for_good`` at every later one too."""

    def __init__(self, at: int, act: Act, *, for_good: bool = False) -> None:
        self.asked = 0
        self.requests: list[str] = []
        self._at, self._act, self._for_good = at, act, for_good

    def ask(self, what: str) -> None:
        self.asked += 1
        self.requests.append(what)
        if self.asked == self._at or (self._for_good and self.asked > self._at):
            self._act(what)

    def ask_for_journal(self, what: str) -> None:
        """The same, refused in the words of SQLite."""
        try:
            self.ask(what)
        except OSError as refused:
            raise sqlite3.OperationalError(_SQLITE_SAYS[refused.errno or errno.EIO]) from refused

    @property
    def is_reached(self) -> bool:
        return self.asked >= self._at

    @contextlib.contextmanager
    def in_place(self) -> Iterator[Disk]:
        """Stand between the product and the real disk."""
        with contextlib.ExitStack() as stack:
            for name in _CALLS:
                stack.enter_context(mock.patch.object(os, name, self._counted(name, getattr(os, name))))
            stack.enter_context(mock.patch.object(os, "open", self._opened(os.open)))
            stack.enter_context(mock.patch.object(os, "fdopen", self._wrapped(os.fdopen)))
            stack.enter_context(mock.patch.object(io, "open", self._wrapped(io.open)))
            stack.enter_context(mock.patch.object(sqlite3, "connect", self._connected(sqlite3.connect)))
            yield self

    def _counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            self.ask(name)
            return real(*args, **options)

        return call

    def _opened(self, real: Callable[..., int]) -> Callable[..., int]:
        def call(path: Any, flags: int, *args: Any, **options: Any) -> int:
            if flags & _WRITING:
                self.ask("open")
            return real(path, flags, *args, **options)

        return call

    def _wrapped(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(file: Any, mode: str = "r", *args: Any, **options: Any) -> Any:
            if not set(mode) & set("wax+"):
                return real(file, mode, *args, **options)
            if not isinstance(file, int):
                self.ask("open")
            return _File(real(file, mode, *args, **options), self)

        return call

    def _connected(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            self.ask_for_journal("sqlite open")
            made = real(*args, **{"factory": _Connection, **options})
            made.disk = self
            return made

        return call


class _File:
    """A file open for writing; a refused write leaves its first half on the disk."""

    def __init__(self, real: Any, disk: Disk) -> None:
        self._real, self._disk = real, disk

    def write(self, data: Any) -> int:
        half = len(data) // 2
        self._real.write(data[:half])
        self._real.flush()
        self._disk.ask("write")
        return half + int(self._real.write(data[half:]))

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self._real.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class _Connection(sqlite3.Connection):
    disk: Disk

    def execute(self, sql: str, *args: Any) -> Any:
        if sql.lstrip().upper().startswith(_CHANGES):
            self.disk.ask_for_journal(f"sqlite {sql.split(maxsplit=1)[0]}")
        return super().execute(sql, *args)

    def executemany(self, sql: str, *args: Any) -> Any:
        self.disk.ask_for_journal(f"sqlite {sql.split(maxsplit=1)[0]}")
        return super().executemany(sql, *args)

    def executescript(self, sql: str) -> Any:
        self.disk.ask_for_journal("sqlite script")
        return super().executescript(sql)

    def commit(self) -> None:
        self.disk.ask_for_journal("sqlite commit")
        super().commit()

    def __exit__(self, *error: Any) -> Any:
        if error[0] is None:
            try:
                self.disk.ask_for_journal("sqlite commit")
            except sqlite3.Error:
                self.rollback()
                raise
        return super().__exit__(*error)


def refusing(error: int) -> Act:
    def act(_what: str) -> None:
        raise OSError(error, os.strerror(error))

    return act


def killing(_what: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
