"""What a whole process costs: time by the clock and of the processor, memory of it and of its children."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MIB: Final = 1 << 20
_DONE: Final = {0, 1}
"""Exit codes of a command that did its work: 1 says that something needs the user."""
_PAUSE: Final = 0.02


@dataclass(frozen=True, slots=True)
class Cost:
    """One run of a process; memory in bytes, nought where it was not watched."""

    wall: float
    cpu: float
    parent: int = 0
    together: int = 0
    """The most that it and its children held at one time, shared pages counted once (PSS)."""
    resident: int = 0
    """The same with a shared page counted for each of them (RSS)."""


class Failed(RuntimeError):
    """A measured process ended otherwise than it should."""


def sheetsync(*arguments: str | Path) -> list[str]:
    """The command line as a user calls it."""
    return [sys.executable, "-m", "sheetsync", *map(str, arguments)]


def run(command: Sequence[str], *, watched: bool = False) -> Cost:
    """Run a command to its end. Watching its memory costs a little time. Raises ``Failed``."""
    with tempfile.TemporaryFile() as told:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=told)
        watch = _Watch(process.pid) if watched else None
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if watch:
            watch.end()
        if process.returncode not in _DONE:
            told.seek(0)
            raise Failed(f"{command}: {process.returncode}\n{told.read()[-2000:].decode(errors='replace')}")
    seen = (watch.own, max(watch.own, watch.together), max(watch.own, watch.resident)) if watch else ()
    return Cost(wall, used.ru_utime + used.ru_stime, *seen)


class _Watch:
    """Looks at a process and its children many times a second.

    What the system says of a process that has ended (``ru_maxrss``) includes the one that started it.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self.own = 0
        self.together = 0
        self.resident = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(_PAUSE):
            self.own = max(self.own, _kilobytes(self._pid, "status", "VmHWM")[0])
            found = [_kilobytes(one, "smaps_rollup", "Pss", "Rss") for one in _family(self._pid)]
            self.together = max(self.together, sum(shared for shared, _ in found))
            self.resident = max(self.resident, sum(whole for _, whole in found))

    def end(self) -> None:
        self._over.set()
        self._thread.join()


def _family(pid: int) -> Iterator[int]:
    """A process and all that descend from it."""
    yield pid
    for task in _read(Path("/proc", str(pid), "task")):
        children = task / "children"
        try:
            found = children.read_text().split()
        except OSError:  # it has just ended
            continue
        for child in found:
            yield from _family(int(child))


def _read(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _kilobytes(pid: int, file: str, *fields: str) -> list[int]:
    """Figures the system tells of a process, in bytes; noughts when it has just ended."""
    told = dict(one.partition(":")[::2] for one in _lines(f"/proc/{pid}/{file}"))
    return [int(told.get(one, "0").split()[0]) * 1024 for one in fields]


# --- many runs


def repeated(act: Callable[[], Cost], rounds: int) -> list[Cost]:
    return [act() for _ in range(rounds)]


def wall(costs: Iterable[Cost]) -> float:
    """The median by the clock."""
    return statistics.median(one.wall for one in costs)


def cpu(costs: Iterable[Cost]) -> float:
    return statistics.median(one.cpu for one in costs)


def median_of(
    act: Callable[[], object], rounds: int, clock: Callable[[], float] = time.process_time
) -> float:
    """The median of the seconds by a clock; usually that of the processor's time in this process."""
    times = []
    for _ in range(rounds):
        began = clock()
        act()
        times.append(clock() - began)
    return statistics.median(times)


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it was measured, and how much of it others used meanwhile."""

    processor: str
    cores: int
    memory: float
    python: str
    system: str


def machine() -> Machine:
    cpuinfo, meminfo = _lines("/proc/cpuinfo"), _lines("/proc/meminfo")
    named = (one.partition(":")[2].strip() for one in cpuinfo if one.startswith("model name"))
    memory = next((int(one.split()[1]) for one in meminfo if one.startswith("MemTotal")), 0)
    python = f"{sys.implementation.name} {'.'.join(map(str, sys.version_info[:3]))}"
    return Machine(
        next(named, "?"),
        os.cpu_count() or 1,
        memory / MIB,
        python,
        f"{os.uname().sysname} {os.uname().release}",
    )


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []


class Others:
    """How busy other programs keep the processor."""

    def __init__(self) -> None:
        self._busy, self._own = _busy(), _own()
        self._began = time.perf_counter()

    def share(self) -> float:
        """Of all cores since the beginning, this process and its children left out."""
        spent = (time.perf_counter() - self._began) * (os.cpu_count() or 1)
        return max(0.0, (_busy() - self._busy) - (_own() - self._own)) / spent


def _busy() -> float:
    fields = _lines("/proc/stat")[:1] or ["cpu 0 0 0 0 0 0 0 0"]
    user, nice, system, _, _, irq, soft, steal = map(int, fields[0].split()[1:9])
    return (user + nice + system + irq + soft + steal) / os.sysconf("SC_CLK_TCK")


def _own() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system
