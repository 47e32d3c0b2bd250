"""What runs in a worker of a cluster: it learns of the campaign once, then does handfuls of tasks."""

from __future__ import annotations

import pickle
import threading
from pathlib import Path
from typing import Final

from distributed import WorkerPlugin

from sheetsync import __version__
from sheetsync.campaign.parts.workers import done_by
from sheetsync.campaign.parts.working import Worker
from sheetsync.notices import Notice, say
from sheetsync.store.layout import Campaign

_workers: Final[dict[str, Worker]] = {}
_one_at_a_time: Final = threading.Lock()
"""A worker of dask may have several threads; ours learns as it goes and is not made for that."""


class Begun(WorkerPlugin):
    """A plugin of dask: every worker, also one that comes later, gets ready for a run."""

    def __init__(self, run: str, known: bytes) -> None:
        self.run = run
        self.known = known
        self.name = run

    def setup(self, worker: object) -> None:
        """The worker learns of the campaign."""
        del worker
        _workers[self.run] = Worker(*pickle.loads(self.known))

    def teardown(self, worker: object) -> None:
        """The run is over."""
        del worker
        _workers.pop(self.run, None)


def do_on_cluster(run: str, tasks: bytes) -> bytes:
    """A handful of tasks done."""
    with _one_at_a_time:
        worker = _workers[run]
        return pickle.dumps([done_by(worker, task) for task in pickle.loads(tasks)], protocol=5)


def fault_of(folder: Path, version: str) -> str | None:
    """Why this worker is of no use to the campaign; ``None`` when it is."""
    if version != __version__:
        return say(Notice.CLUSTER_VERSION, there=__version__, here=version)
    if not Campaign(folder).originals.is_dir():
        return say(Notice.CLUSTER_FOLDER, folder=folder)
    return None
