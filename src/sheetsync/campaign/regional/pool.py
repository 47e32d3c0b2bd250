"""Many workbooks at once: in this process while there is little to read, in several when there is much.

Results come as they are ready; no more are waiting than the processes have work for. A workbook that
kills its process costs itself alone.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")

LITTLE: Final = 10 << 20
"""Bytes of workbooks that are read before processes would have started."""

_MOST_PROCESSES: Final = 8
_QUEUED: Final = 4
"""Tasks a process has waiting."""


def each(
    work: Callable[[T], R],
    tasks: Iterable[T],
    paths: Collection[Path],
    died: Callable[[T], R],
    meanwhile: Callable[[], None] = lambda: None,
) -> Iterator[tuple[T, R]]:
    """Every task with its result, in the order they are done; ``paths`` are the workbooks they are about.

    ``work`` is a function of a module, tasks and results are picklable; a task is asked for when
    somebody has time for it. ``died`` answers for a task whose process did. ``meanwhile`` is done here
    while others work.
    """
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES)
    waiting = iter(tasks)
    if processes == 1 or len(paths) < 2 or _size_of(paths) <= LITTLE:
        meanwhile()
        for one in waiting:
            yield one, work(one)
        return
    begun: dict[int, T] = {}
    while True:
        try:
            yield from _in_processes(work, enumerate(waiting), begun, processes, meanwhile)
        except BrokenProcessPool:
            for one in begun.values():
                yield one, _alone(work, one, died)
            begun.clear()
        else:
            return


def _size_of(paths: Iterable[Path]) -> int:
    size = 0
    for one in paths:
        with contextlib.suppress(OSError):  # whoever reads it says why
            size += one.stat().st_size
    return size


def _in_processes(
    work: Callable[[T], R],
    waiting: Iterator[tuple[int, T]],
    begun: dict[int, T],
    processes: int,
    meanwhile: Callable[[], None],
) -> Iterator[tuple[T, R]]:
    pool = _pool(processes)
    running: dict[Future[R], int] = {}
    try:
        while True:
            for number, one in islice(waiting, processes * _QUEUED - len(running)):
                begun[number] = one
                running[pool.submit(work, one)] = number
            meanwhile()
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                result = future.result()
                yield begun.pop(running.pop(future)), result
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _alone(work: Callable[[T], R], task: T, died: Callable[[T], R]) -> R:
    """One task in a process of its own."""
    with _pool(1) as pool:
        try:
            return pool.submit(work, task).result()
        except BrokenProcessPool:
            return died(task)


def _pool(processes: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_leave_ctrl_c)


def _leave_ctrl_c() -> None:
    """Ctrl+C is for the program, which then ends its processes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
