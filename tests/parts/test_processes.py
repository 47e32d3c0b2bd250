"""Processes that die, a Ctrl+C half-way: what was read stays read, and the rest is read once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import coordinator as office
import district_fixture as district
import pytest
from several_ways import by_parts, judge_apart, press, processes, twin

import sheetsync
from sheetsync import store
from sheetsync.campaign.parts import processes as several
from sheetsync.campaign.parts.around import CopyTask
from sheetsync.campaign.parts.memory import open_memory
from sheetsync.campaign.parts.working import Worker
from sheetsync.model import Verdict

COPIES = 12
TESTS = Path(__file__).parents[1]

only_where_forked = pytest.mark.skipif(sys.platform != "linux", reason="the double is inherited by a fork")


@pytest.fixture
def sent(place: Path) -> Path:
    for number in range(COPIES):
        code = f"S0{number % 3 + 1}"
        answers = {"1.1": {**district.GOOD, "info": f"Сделано в полном объёме, участников {number}."}}
        district.receive(place, f"{number:02}.xlsx", district.filled(place, code, answers))
    return place


def remembered(place: Path) -> int:
    """How many copies the memory has a reading of."""
    with open_memory(store.open_campaign(place).memory) as memory:
        return len(memory.readings(""))


@only_where_forked
def test_a_copy_that_takes_its_process_along_costs_only_itself(
    sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Worker.read

    def dying(worker: Worker, task: CopyTask) -> object:
        if task.origin.file == "05.xlsx":
            os.kill(os.getpid(), signal.SIGKILL)
        return read(worker, task)

    monkeypatch.setattr(Worker, "read", dying)
    monkeypatch.setattr(several, "_HANDFUL", 2)

    result = by_parts(sent, 1, way=processes(2, "fork"))

    found = result.consolidation
    assert [one.origin.file for one in found.files if one.verdict is not Verdict.ACCEPTED] == ["05.xlsx"]
    assert [one.origin.file for one in found.findings if one.code == "X999"] == ["05.xlsx"]
    assert remembered(sent) == COPIES - 1
    monkeypatch.undo()
    mended = by_parts(sent, 2)
    assert not [one for one in mended.consolidation.findings if one.code == "X999"]


@only_where_forked
def test_a_process_killed_once_is_not_noticed(sent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = twin(sent, "other")
    by_parts(other, 1)
    read, once = Worker.read, sent.parent / "killed"

    def dying(worker: Worker, task: CopyTask) -> object:
        if not once.exists():
            once.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return read(worker, task)

    monkeypatch.setattr(Worker, "read", dying)

    by_parts(sent, 1, way=processes(2, "fork"))

    assert once.exists()
    assert office.data(sent) == office.data(other)


RUN = """
    import sys, time
    sys.path[:0] = [{tests!r}, {tests!r} + "/campaign", {tests!r} + "/parts"]
    from pathlib import Path
    from several_ways import by_parts, processes
    from sheetsync.campaign.parts import processes as several, running
    from sheetsync.campaign.parts.working import Worker

    read = Worker.read
    def slowly(worker, task):
        time.sleep(0.3)
        return read(worker, task)
    Worker.read = slowly
    several._HANDFUL = 1
    running._KEPT_EVERY = 1
    by_parts(Path({place!r}), 1, way=processes(2, "fork"))
"""


@only_where_forked
def test_after_ctrl_c_only_the_rest_is_read(sent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = twin(sent, "other")
    by_parts(other, 1)
    script = textwrap.dedent(RUN.format(tests=str(TESTS), place=str(sent)))
    environment = {**os.environ, "PYTHONPATH": str(Path(sheetsync.__file__).parents[1])}
    run = subprocess.Popen(
        [sys.executable, "-c", script], env=environment, stderr=subprocess.PIPE, start_new_session=True
    )
    until = time.monotonic() + 60
    while time.monotonic() < until and not _has_readings(sent):
        time.sleep(0.05)

    os.killpg(run.pid, signal.SIGINT)
    _, told = run.communicate(timeout=60)

    assert told.count(b"KeyboardInterrupt") == 1
    kept = remembered(sent)
    assert 0 < kept < COPIES
    read_now: list[str] = []
    read = Worker.read

    def counted(worker: Worker, task: CopyTask) -> object:
        read_now.append(task.origin.file)
        return read(worker, task)

    monkeypatch.setattr(Worker, "read", counted)
    judge_apart(monkeypatch.setattr)
    press(sent, 1)
    assert len(read_now) == COPIES - kept
    assert office.data(sent) == office.data(other)


def _has_readings(place: Path) -> bool:
    memory = store.open_campaign(place).memory
    return memory.exists() and memory.stat().st_size > 40_000 and remembered(place) > 0


def test_a_process_that_does_something_else_too_is_not_copied() -> None:
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    try:
        assert several.usual_method() == "spawn"
    finally:
        over.set()
        other.join()
