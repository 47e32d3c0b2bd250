"""``--cluster``: a real scheduler and two real workers give what this computer gives, whoever of them dies."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import coordinator as office
import district_fixture as district
import pytest
from dask_cluster import DaskCluster, cluster
from same_result import differences, left_by
from several_ways import at_once, by_parts, press, twin

from sheetsync import cli, store
from sheetsync.campaign import parts
from sheetsync.campaign.parts import cluster as ours
from sheetsync.campaign.parts.cluster_worker import fault_of
from sheetsync.notices import Notice, say

COPIES = 12


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """Two workers; a test that kills one gets its own."""
    with cluster(tmp_path_factory.mktemp("cluster"), workers=2) as made:
        yield made


@pytest.fixture
def sent(place: Path) -> Path:
    """Every school sent several copies, none like another."""
    for number in range(COPIES):
        code = f"S0{number % 3 + 1}"
        answers = {"1.1": {**district.GOOD, "info": f"Сделано в полном объёме, участников {number}."}}
        district.receive(place, f"{number:02}.xlsx", district.filled(place, code, answers))
    return place


@pytest.fixture(autouse=True)
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "_HANDFUL", 1)
    monkeypatch.setattr(ours, "_LOOK_EVERY", 1)


def test_a_cluster_gives_what_this_computer_gives(sent: Path, running: DaskCluster) -> None:
    alone, together = twin(sent, "alone"), twin(sent, "together")

    by_parts(alone, 1)
    found = press(together, 1, cluster=running.address)

    assert office.data(together) == office.data(alone)
    assert differences(left_by(sent, at_once(sent, 1)), left_by(together, found)) == {}


def test_a_worker_killed_half_way_costs_nothing(sent: Path, tmp_path: Path) -> None:
    other = twin(sent, "other")
    by_parts(other, 1)

    with cluster(tmp_path, workers=2) as made:
        steps = []

        def kill_one(*step: object) -> None:
            if not steps:
                made.workers[0].send_signal(signal.SIGKILL)
            steps.append(step)

        press(sent, 1, cluster=made.address, progress=kill_one)

        assert made.workers[0].wait() == -signal.SIGKILL
    assert len(steps) == COPIES
    assert office.data(sent) == office.data(other)


def test_a_scheduler_lost_half_way_leaves_the_rest_to_this_computer(sent: Path, tmp_path: Path) -> None:
    other = twin(sent, "other")
    by_parts(other, 1)

    with cluster(tmp_path, workers=1) as made:

        def kill_it(*_step: object) -> None:
            made.scheduler.send_signal(signal.SIGKILL)

        press(sent, 1, cluster=made.address, progress=kill_it)

    assert office.data(sent) == office.data(other)


def test_a_cluster_that_does_not_answer_is_told_and_nothing_is_written(
    sent: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ours, "_SECONDS_TO_ANSWER", 1)
    before = office.data(sent)

    code = cli.run(["consolidate", str(sent), "--cluster", "tcp://127.0.0.1:9"])

    assert code == cli.CANNOT
    assert "Кластер tcp://127.0.0.1:9 не отвечает" in capsys.readouterr().err
    assert office.data(sent) == before


def test_a_cluster_without_workers_is_told(sent: Path, tmp_path: Path) -> None:
    with (
        cluster(tmp_path, workers=0) as made,
        pytest.raises(store.StoreError, match="нет ни одного рабочего"),
    ):
        press(sent, 1, cluster=made.address)


def test_a_worker_of_another_version_is_told(
    sent: Path, running: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ours, "__version__", "0.0.7")

    with pytest.raises(store.StoreError, match=r"а здесь 0\.0\.7"):
        press(sent, 1, cluster=running.address)


def test_a_worker_that_does_not_see_the_folder_is_told(tmp_path: Path) -> None:
    assert fault_of(tmp_path, ours.__version__) == say(Notice.CLUSTER_FOLDER, folder=tmp_path)


def test_without_the_library_it_is_told_what_to_install(sent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, ours.__name__)
    monkeypatch.delattr(parts, "cluster")
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(store.StoreError, match=r"sheetsync\[cluster\]"):
        press(sent, 1, cluster="tcp://127.0.0.1:9")


def test_a_cluster_is_not_asked_when_there_is_nothing_to_read(sent: Path, running: DaskCluster) -> None:
    press(sent, 1, cluster=running.address)

    assert press(sent, 2, cluster="tcp://127.0.0.1:9").written_to is None
