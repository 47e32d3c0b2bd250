"""Many workbooks at once: in this process while they are few, in several when they are many.

Results come as they are ready; no more are waiting than the processes have work for. A workbook that
kills its process costs itself alone.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")

FEW: Final = 16
"""So many workbooks are read before processes would have started."""

_MOST_PROCESSES: Final = 8
_QUEUED: Final = 4
"""Tasks a process has waiting."""


def each(work: Callable[[T], R], tasks: Sequence[T], died: Callable[[T], R]) -> Iterator[tuple[T, R]]:
    """Every task with its result, in the order they are done; ``died`` answers for a task whose process
    did. ``work`` is a function of a module, tasks and results are picklable."""
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES)
    if len(tasks) <= FEW or processes == 1:
        for one in tasks:
            yield one, work(one)
        return
    left = dict(enumerate(tasks))
    try:
        for number, result in _in_processes(work, left.copy().items(), processes):
            yield left.pop(number), result
    except BrokenProcessPool:
        for one in left.values():
            yield one, _alone(work, one, died)


def _in_processes(
    work: Callable[[T], R], tasks: Iterable[tuple[int, T]], processes: int
) -> Iterator[tuple[int, R]]:
    waiting = iter(tasks)
    pool = _pool(processes)
    running: dict[Future[R], int] = {}
    try:
        while True:
            for number, one in islice(waiting, processes * _QUEUED - len(running)):
                running[pool.submit(work, one)] = number
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield running.pop(future), future.result()
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
    return ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"))
