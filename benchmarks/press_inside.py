"""A press with a clock beside it: what the button starts in benchmarks/press.py instead of Python itself.

python press_inside.py TIMES.json -E -P -m sheetsync.buttons ACTION --book …
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

BEGAN = time.time()

IMPORTS, CONNECTING, READING, COPIES, JUDGING, WRITING, REST = (
    "imports",
    "connection",
    "reading the workbook",
    "reading the copies",
    "judging",
    "writing",
    "the rest of the press",
)

_spent: dict[str, float] = defaultdict(float)
_cpu: dict[str, float] = defaultdict(float)
_under_way: list[str] = []
_last = (time.perf_counter(), time.process_time())


def turn_to(part: str | None) -> None:
    """From now on the time belongs to another part; None: back to the part before."""
    global _last  # noqa: PLW0603 - the one clock of the process
    now = (time.perf_counter(), time.process_time())
    if _under_way:
        _spent[_under_way[-1]] += now[0] - _last[0]
        _cpu[_under_way[-1]] += now[1] - _last[1]
    _last = now
    if part is None:
        _under_way.pop()
    else:
        _under_way.append(part)


def timed(owner: Any, name: str, part: str) -> None:
    """Let a function's time count for a part; what it calls may count for another."""
    inner: Callable[..., Any] = getattr(owner, name)

    def outer(*args: Any, **kwargs: Any) -> Any:
        turn_to(part)
        try:
            return inner(*args, **kwargs)
        finally:
            turn_to(None)

    setattr(owner, name, outer)


def put_clocks() -> None:
    from sheetsync import buttons  # noqa: PLC0415 - imports are what is measured
    from sheetsync.campaign import collecting, deeds, desk_open, pressing  # noqa: PLC0415
    from sheetsync.workbooks.excel_live import workbook, xw  # noqa: F401, PLC0415
    from sheetsync.workbooks.libreoffice import beyond, connect, reaching  # noqa: F401, PLC0415

    timed(buttons, "_pressed", CONNECTING)
    timed(pressing, "press", REST)
    timed(deeds, "consolidate_open", JUDGING)
    timed(collecting.Collector, "collect", COPIES)
    timed(desk_open.OpenDesk, "__init__", READING)
    timed(workbook.LiveWorkbook, "read_table", READING)
    timed(desk_open.OpenDesk, "put", WRITING)
    import sheetsync.campaign as package  # noqa: PLC0415

    package.press = pressing.press


def main() -> int:
    place, arguments = Path(sys.argv[1]), sys.argv[sys.argv.index("sheetsync.buttons") + 1 :]
    sys.argv = ["sheetsync.buttons", *arguments]
    turn_to(IMPORTS)
    put_clocks()
    turn_to(None)
    from sheetsync.buttons import main as pressed  # noqa: PLC0415

    code = pressed(arguments)
    times = {"began": BEGAN, "ended": time.time(), "spent": _spent, "cpu": _cpu}
    place.write_text(json.dumps(times), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main())
