"""When Python looks for values nobody needs any more."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys
import threading
from collections.abc import Iterator
from typing import Final, NoReturn

_NEW_VALUES: Final = 300_000


def tidy_rarely() -> None:
    """For a process that lives for one command.

    A run makes hundreds of thousands of small values that live till its end. Looking through them every
    700 new ones, as Python does on its own, is a fifth of the time of a large district; a press for a
    few copies ends before the first look.
    """
    gc.set_threshold(_NEW_VALUES)


@contextlib.contextmanager
def untidied() -> Iterator[None]:
    """For a few seconds in which values are made that hold no cycles: looking for them would double the time
    of some."""
    was_tidied = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_tidied:
            gc.enable()


def tidy_young() -> None:
    """For a process that lives for thousands of copies, between some of them: values that hold one another
    (a reader of XML and what it calls) go, before they take the memory of a hundred copies."""
    gc.collect(0)


def give_back() -> None:
    """For a process beside which others work: memory that is free within it is the system's again.

    The library of Linux keeps it for later, and a process begun as a copy of this one begins with it.
    """
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 - a few copies are collected without it

    with contextlib.suppress(AttributeError):  # a Linux with another library gives it back on its own
        ctypes.CDLL(None).malloc_trim(0)


def leave(code: int) -> NoReturn:
    """End a process that is done: the system takes back all of its memory at once.

    Python would look through every value once more and take every module apart, which for a press is a
    fiftieth of its time. What is to be done at the end is done all the same; a thread that still works is
    waited for, and output nobody takes is complained of, as ever.
    """
    gc.freeze()
    if threading.active_count() == 1:
        with contextlib.suppress(OSError, ValueError):
            atexit._run_exitfuncs()
            for stream in filter(None, (sys.stdout, sys.stderr)):
                stream.flush()
            os._exit(code)
    sys.exit(code)
