"""As many processes as the computer has cores.

Tasks travel in handfuls, results come back finished and in any order.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Final

from sheetsync import pattern_shelf, store
from sheetsync.campaign.parts.around import Around, CopyTask, Decided
from sheetsync.campaign.parts.part import CopyRead, Part
from sheetsync.campaign.parts.workers import Done, Task, done_by
from sheetsync.campaign.parts.working import Worker, unread
from sheetsync.memory import give_back, tidy_rarely, tidy_young

_HANDFUL: Final = 8
_AHEAD: Final = 3
"""Handfuls given to each process before its results are fetched: memory stays what it is."""
_TRIES: Final = 2
"""So often a task is given to a process of its own."""


class Processes:
    """Several processes of this computer. One that dies costs nothing: its tasks are done again, one at
    a time, and only a copy that takes its process along every time is given up."""

    def __init__(self, around: Around, decided: Mapping[str, Decided], count: int, method: str = "") -> None:
        self._start: Callable[[], ProcessPoolExecutor] = lambda: ProcessPoolExecutor(
            count,
            multiprocessing.get_context(method or usual_method()),
            initializer=_begin,
            initargs=(around, decided),
        )
        self._count = count
        give_back()
        self._pool = self._start()
        self._running: dict[Future[list[CopyRead | Part]], Sequence[Task]] = {}

    def do(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Raises ``BrokenProcessPool`` when a group cannot be judged without its process dying."""
        waiting = iter(tasks)
        is_over = False
        while not is_over:
            try:
                yield from self._done(waiting)
                is_over = True
            except BrokenProcessPool:
                self._begin_anew()
                unfinished, self._running = self._running, {}
                for task in (task for some in unfinished.values() for task in some):
                    yield task, self._alone(task)

    def _done(self, waiting: Iterator[Task]) -> Iterator[Done]:
        running = self._running
        while True:
            while len(running) < self._count * _AHEAD and (some := list(islice(waiting, _HANDFUL))):
                running[self._given(some)] = some
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                results = future.result()
                yield from zip(running.pop(future), results, strict=True)

    def _given(self, some: Sequence[Task]) -> Future[list[CopyRead | Part]]:
        """A handful on its way; in a pool that broke meanwhile it ends as the others there do."""
        with _undisturbed():
            try:
                return self._pool.submit(_do, some)
            except BrokenProcessPool as error:
                broken: Future[list[CopyRead | Part]] = Future()
                broken.set_exception(error)
                return broken

    def _alone(self, task: Task) -> CopyRead | Part:
        for _ in range(_TRIES):
            try:
                (done,) = self._given([task]).result()
            except BrokenProcessPool:
                self._begin_anew()
            else:
                return done
        return given_up(task)

    def _begin_anew(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._start()

    def close(self) -> None:
        """Let the processes end; what they were about to do is dropped. Idle ones are waited for: their
        memory is free for what comes next."""
        self._pool.shutdown(wait=not self._running, cancel_futures=True)
        give_back()


def given_up(task: Task) -> CopyRead:
    """A copy that ends every process that reads it. Raises ``BrokenProcessPool`` for a group."""
    if not isinstance(task, CopyTask):
        raise BrokenProcessPool
    return unread(task, BrokenProcessPool.__name__)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Processes begun in here never hear Ctrl+C; a system without such masks tells them later."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def usual_method() -> str:
    """How processes are begun here: as copies of this one where the system makes them cheaply and nothing
    else is being done in it, for a copy would wait for ever for what another thread was holding."""
    return "fork" if sys.platform == "linux" and not _others_at_work() else "spawn"


def _others_at_work() -> bool:
    idle = (threading.current_thread().name, store.REFRESHING)
    return any(one.name not in idle for one in threading.enumerate())


_begun: Final[list[Worker]] = []
"""The worker of this process."""


def _begin(around: Around, decided: Mapping[str, Decided]) -> None:
    """A process begins: Ctrl+C is for the one that gives the tasks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tidy_rarely()
    pattern_shelf.offer()
    gc.freeze()  # what this process was begun with is never looked through
    _begun.append(Worker(around, decided))


def _do(tasks: Iterable[Task]) -> list[CopyRead | Part]:
    results = [done_by(_begun[0], task) for task in tasks]
    tidy_young()
    give_back()
    return results
