"""Who does the work: this process, or others (``processes``, ``cluster``).

Few tasks are done here at once: a process takes longer to start than they take.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

from msgspec import Struct

from sheetsync.campaign.parts.around import Around, CopyTask, Decided, GroupTask
from sheetsync.campaign.parts.part import CopyRead, Part
from sheetsync.campaign.parts.working import Worker

Task = CopyTask | GroupTask
MakeWorkers = Callable[[Around, Mapping[str, Decided], int], "Workers"]
"""Gives the workers for so many tasks."""

Done = tuple[Task, CopyRead | Part]


class Workers(Protocol):
    """Does tasks; results come in any order."""

    def do(self, tasks: Iterable[Task]) -> Iterator[Done]: ...

    def close(self) -> None: ...


class Here(Struct, frozen=True):
    """This process."""

    worker: Worker

    def do(self, tasks: Iterable[Task]) -> Iterator[Done]:
        for task in tasks:
            yield task, done_by(self.worker, task)

    def close(self) -> None:
        """Nothing is open."""


def done_by(worker: Worker, task: Task) -> CopyRead | Part:
    """One task done."""
    return worker.read(task) if isinstance(task, CopyTask) else worker.judge(task)


def cores() -> int:
    """How many processes are worth having."""
    available = getattr(os, "sched_getaffinity", None)
    return len(available(0)) if available else os.cpu_count() or 1
