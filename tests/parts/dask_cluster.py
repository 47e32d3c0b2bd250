"""A real scheduler and real workers on this computer, over TCP, ended by their own numbers."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from distributed import Client

import sheetsync

_SOURCE = Path(sheetsync.__file__).parents[1]
_QUIET = {"DASK_DISTRIBUTED__WORKER__DAEMON": "False", "DASK_DISTRIBUTED__ADMIN__LOG_LENGTH": "0"}
_WAIT = 40


@dataclass
class DaskCluster:
    """``address`` of the scheduler; every process is a child of this one."""

    address: str
    folder: Path
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add_worker(self) -> subprocess.Popen[bytes]:
        """One more, with a single thread and nobody to start it again."""
        worker = _started(
            self.folder,
            *("distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-nanny"),
            *("--no-dashboard", "--local-directory", str(self.folder), "--death-timeout", str(_WAIT)),
        )
        self.workers.append(worker)
        return worker

    def wait_for_workers(self, count: int) -> None:
        with Client(self.address, timeout=_WAIT, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=_WAIT)

    def end(self) -> None:
        for one in (*self.workers, self.scheduler):
            if one.poll() is None:
                one.send_signal(signal.SIGKILL)
            one.wait()


@contextlib.contextmanager
def cluster(folder: Path, workers: int) -> Iterator[DaskCluster]:
    """A cluster of so many workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    scheduler = _started(
        folder,
        *("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"),
    )
    made = DaskCluster(address, folder, scheduler)
    try:
        _until_it_listens(port, scheduler)
        for _ in range(workers):
            made.add_worker()
        if workers:
            made.wait_for_workers(workers)
        yield made
    finally:
        made.end()


def _started(folder: Path, module: str, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, **_QUIET, "PYTHONPATH": str(_SOURCE)}
    log = (folder / f"{module}.log").open("ab")
    with log:
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments], env=environment, stdout=log, stderr=log, cwd=folder
        )


def _until_it_listens(port: int, scheduler: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _WAIT
    while time.monotonic() < until and scheduler.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise TimeoutError("the scheduler does not listen")
