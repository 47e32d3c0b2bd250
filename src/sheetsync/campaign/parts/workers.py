"""Who does the work: this process, or as many as the computer has cores.

Tasks travel in handfuls, results come back finished and in any order. Few tasks are done here at
once: a process takes longer to start than they take.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

from sheetsync.campaign.parts.around import Around, CopyTask, Decided, GroupTask
from sheetsync.campaign.parts.part import CopyRead, Part
from sheetsync.campaign.parts.working import Worker

Task = CopyTask | GroupTask
MakeWorkers = Callable[[Around, Mapping[str, Decided], int], "Workers"]
"""Gives the workers for so many tasks."""

Done = tuple[Task, CopyRead | Part]

_HANDFUL: Final = 8
_AHEAD: Final = 3
"""Handfuls given to each process before its results are fetched: memory stays what it is."""


class Workers(Protocol):
    """Does tasks; results come in any order."""

    def do(self, tasks: Sequence[Task]) -> Iterator[Done]: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Here:
    """This process."""

    worker: Worker

    def do(self, tasks: Sequence[Task]) -> Iterator[Done]:
        for task in tasks:
            yield task, done_by(self.worker, task)

    def close(self) -> None:
        """Nothing is open."""


def done_by(worker: Worker, task: Task) -> CopyRead | Part:
    """One task done."""
    return worker.read(task) if isinstance(task, CopyTask) else worker.judge(task)


class Processes:
    """Several processes of this computer."""

    def __init__(self, around: Around, decided: Mapping[str, Decided], count: int, method: str = "") -> None:
        self._start: Callable[[], ProcessPoolExecutor] = lambda: ProcessPoolExecutor(
            count,
            multiprocessing.get_context(method or usual_method()),
            initializer=_begin,
            initargs=(around, decided),
        )
        self._count = count
        self._pool = self._start()

    def do(self, tasks: Sequence[Task]) -> Iterator[Done]:
        """Raises ``BrokenProcessPool`` when processes keep dying."""
        left = {id(task): task for task in tasks}
        for handful in (_HANDFUL, 1):  # a process that died takes its handful along: they go one by one
            try:
                for done in self._done(list(left.values()), handful):
                    del left[id(done[0])]
                    yield done
            except BrokenProcessPool:
                self._pool.shutdown(wait=False, cancel_futures=True)
                self._pool = self._start()
                continue
            return
        raise BrokenProcessPool

    def _done(self, tasks: Sequence[Task], handful: int) -> Iterator[Done]:
        waiting = iter(tasks)
        running: dict[Future[list[CopyRead | Part]], Sequence[Task]] = {}
        while True:
            while len(running) < self._count * _AHEAD and (some := list(islice(waiting, handful))):
                running[self._pool.submit(_do, some)] = some
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield from zip(running.pop(future), future.result(), strict=True)

    def close(self) -> None:
        """Let the processes end; what they were about to do is dropped."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def usual_method() -> str:
    """How processes are begun here: a copy of this one where the system can make it cheaply."""
    return "fork" if sys.platform == "linux" else "spawn"


def cores() -> int:
    """How many processes are worth having."""
    available = getattr(os, "sched_getaffinity", None)
    return len(available(0)) if available else os.cpu_count() or 1


_begun: Final[list[Worker]] = []
"""The worker of this process."""


def _begin(around: Around, decided: Mapping[str, Decided]) -> None:
    """A process begins: Ctrl+C is for the one that gives the tasks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _begun.append(Worker(around, decided))


def _do(tasks: Iterable[Task]) -> list[CopyRead | Part]:
    return [done_by(_begun[0], task) for task in tasks]
