"""The same work on the computers of a cluster (dask.distributed): ``--cluster ADDRESS``.

The copies lie on storage all of them see under the same path. What a worker must know of the campaign
travels to it once; tasks and finished results travel as between processes of one computer. A computer
that is lost half-way costs nothing, its tasks are done elsewhere; when the whole cluster is lost the
rest is done here.
"""

from __future__ import annotations

import contextlib
import pickle
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from distributed import Client, Future, KilledWorker, wait
from distributed.comm.core import CommClosedError

from sheetsync import __version__, store
from sheetsync.campaign.parts.around import Around, Decided
from sheetsync.campaign.parts.cluster_worker import Begun, do_on_cluster, fault_of
from sheetsync.campaign.parts.part import CopyRead, Part
from sheetsync.campaign.parts.processes import given_up
from sheetsync.campaign.parts.workers import Done, MakeWorkers, Task, Workers
from sheetsync.notices import Notice, say

_HANDFUL: Final = 8
_AHEAD: Final = 3
"""Handfuls given to each worker before its results are fetched."""
_SECONDS_TO_ANSWER: Final = 10
_SECONDS_ALONE: Final = 30
"""So long the cluster may be without any worker before the rest is done here."""
_LOOK_EVERY: Final = 5


class ClusterLostError(Exception):
    """The scheduler answers no more, or nobody works for it."""


@dataclass
class Cluster:
    """Workers of a cluster; ``here`` gives those of this computer for what is left when it is lost."""

    address: str
    around: Around
    decided: Mapping[str, Decided]
    here: MakeWorkers
    _client: Client | None = None
    _local: Workers | None = None
    _run: str = field(default_factory=lambda: uuid.uuid4().hex)

    def do(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Raises ``store.StoreError`` when the cluster cannot be used from the beginning."""
        given = list(tasks)
        left = {id(task): task for task in given}
        if left and self._local is None:
            try:
                for done in self._done(iter(given)):
                    del left[id(done[0])]
                    yield done
            except ClusterLostError:
                self._local = self.here(self.around, self.decided, len(left))
        if left and self._local is not None:
            yield from self._local.do(list(left.values()))

    def _done(self, waiting: Iterator[Task]) -> Iterator[Done]:
        client = self._connected()
        running: dict[Future[bytes], Sequence[Task]] = {}
        while True:
            while len(running) < _workers_of(client) * _AHEAD and (some := list(islice(waiting, _HANDFUL))):
                running[self._given(client, some)] = some
            if not running:
                return
            for future in _finished(client, running):
                yield from self._results(client, future, running.pop(future))

    def _given(self, client: Client, some: Sequence[Task]) -> Future[bytes]:
        with _as_lost():
            return client.submit(do_on_cluster, self._run, pickle.dumps(some), pure=False)

    def _results(self, client: Client, future: Future[bytes], some: Sequence[Task]) -> Iterator[Done]:
        try:
            yield from zip(some, _result_of(future), strict=True)
        except KilledWorker:
            if len(some) == 1:
                yield some[0], given_up(some[0])
                return
            for task in some:
                alone = self._given(client, [task])
                with _as_lost():
                    _finished(client, {alone: [task]})
                yield from self._results(client, alone, [task])

    # --- the cluster

    def _connected(self) -> Client:
        if self._client is None:
            self._client = connected(self.address)
            self._tell_everybody(self._client)
        return self._client

    def _tell_everybody(self, client: Client) -> None:
        """Workers that are there, and those that come later, learn of the campaign."""
        faults = client.run(fault_of, self.around.folder, __version__, on_error="return")
        for worker, fault in sorted(faults.items()):
            if fault is not None:
                reason = fault if isinstance(fault, str) else f"{type(fault).__name__}: {fault}"
                raise store.StoreError(say(Notice.CLUSTER_WORKER, worker=worker, reason=reason))
        if not faults:
            raise store.StoreError(
                say(Notice.CLUSTER_SILENT, address=self.address, reason="нет ни одного рабочего")
            )
        known = pickle.dumps((self.around, dict(self.decided)))
        client.register_plugin(Begun(self._run, known), name=self._run)

    def close(self) -> None:
        """Leave the cluster as it was found."""
        if self._local is not None:
            self._local.close()
        if self._client is not None:
            with contextlib.suppress(Exception):  # it may be gone: nothing is left there then
                self._client.unregister_worker_plugin(self._run)
            with contextlib.suppress(Exception):
                self._client.close(timeout=_LOOK_EVERY)


def connected(address: str) -> Client:
    """A client of the cluster. Raises ``store.StoreError`` when it cannot be reached."""
    try:
        return Client(address, timeout=_SECONDS_TO_ANSWER, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        reason = str(error) or type(error).__name__
        raise store.StoreError(say(Notice.CLUSTER_SILENT, address=address, reason=reason)) from error


def on_cluster(address: str, here: MakeWorkers) -> MakeWorkers:
    """Workers of the cluster at this address."""

    def made(around: Around, decided: Mapping[str, Decided], _count: int) -> Cluster:
        return Cluster(address, around, decided, here)

    return made


@contextlib.contextmanager
def _as_lost() -> Iterator[None]:
    """Whatever a client says when its scheduler is gone."""
    try:
        yield
    except (CommClosedError, OSError, TimeoutError) as error:
        raise ClusterLostError from error
    except RuntimeError as error:  # a client that was closed for it
        raise ClusterLostError from error


def _workers_of(client: Client) -> int:
    return max(1, len(_listed(client)))


def _listed(client: Client) -> dict[str, Any]:
    with _as_lost():
        workers: dict[str, Any] = client.scheduler_info(n_workers=-1)["workers"]
        return workers


def _finished(client: Client, running: Mapping[Future[bytes], Sequence[Task]]) -> list[Future[bytes]]:
    """Handfuls that came to an end, waited for as long as anybody works."""
    quiet = 0
    while True:
        try:
            with client.as_current():
                found = wait(list(running), timeout=_LOOK_EVERY, return_when="FIRST_COMPLETED")
        except TimeoutError:
            quiet = 0 if client.status == "running" and _listed(client) else quiet + _LOOK_EVERY
            if client.status != "running" or quiet >= _SECONDS_ALONE:
                raise ClusterLostError from None
        except BaseException as error:
            if _is_cancelled(error):
                raise ClusterLostError from error
            raise
        else:
            return list(found.done)


def _result_of(future: Future[bytes]) -> list[CopyRead | Part]:
    try:
        with _as_lost():
            results: list[CopyRead | Part] = pickle.loads(future.result())
            return results
    except BaseException as error:
        if _is_cancelled(error):
            raise ClusterLostError from error
        raise


def _is_cancelled(error: BaseException) -> bool:
    """What a future says whose scheduler is gone (its class has had several homes)."""
    return any(one.__name__.endswith("CancelledError") for one in type(error).__mro__)
