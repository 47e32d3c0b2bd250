"""However a watch is told to end, it ends as by Ctrl+C."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Final

_ASKS_TO_END: Final = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""systemd and the shutting computer, a closed terminal, a closed console of Windows."""


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """While the block runs these signals raise ``KeyboardInterrupt``; only a main thread may ask for it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked = [getattr(signal, name) for name in _ASKS_TO_END if hasattr(signal, name)]
    before = {one: signal.signal(one, _interrupt) for one in asked if _is_heeded(one)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _is_heeded(one: signal.Signals) -> bool:
    """Not what whoever started us chose to ignore, as ``nohup`` does."""
    return signal.getsignal(one) is not signal.SIG_IGN


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
