"""A bar that grows while copies are read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sheetsync.terminal import Terminal


@contextlib.contextmanager
def bar(title: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar on stderr with the time that is left, gone when the work is done.

    It is drawn from the first step on: until then nothing runs beside the work, and processes that are
    to help with it may be begun as copies of this one.
    """
    console = Terminal(stderr=True)
    columns: Sequence[Any] = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    drawn = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    task = drawn.add_task(title, total=None)

    def step(done: int, total: int, _name: str) -> None:
        drawn.start()
        drawn.update(task, completed=done, total=total)

    try:
        yield step
    finally:
        drawn.stop()
