"""Reaching a LibreOffice that listens to nobody, and what is said where there is none."""

from __future__ import annotations

import os
import re
import socket
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from desktop import LIFE_SECONDS, Office, lacking, profile_of, until
from sheetsync.workbooks.libreoffice import reaching
from sheetsync.workbooks.libreoffice.reaching import OfficeUnreachable, Unreachable, import_uno, reach

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(bool(lacking("soffice")), reason="needs LibreOffice and its Python module"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose name is as awkward as homes are."""
    return tmp_path_factory.mktemp("Дом с пробелом")


@pytest.fixture(scope="module")
def office(home: Path) -> Iterator[Office]:
    with Office.opened(home) as running:
        yield running


@pytest.fixture(autouse=True)
def no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(reaching.URL_VARIABLE, raising=False)


@pytest.fixture
def pipes(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Path]]:
    """What is there of the pipe this test's press will ask for."""
    word = uuid.uuid4().hex
    monkeypatch.setattr(reaching.secrets, "token_hex", lambda _length: word)
    return lambda: list(Path("/tmp").glob(f"OSL_PIPE_*{word}"))


def test_the_running_office_opens_a_pipe_for_a_press_and_closes_it(
    office: Office, home: Path, pipes: Callable[[], list[Path]]
) -> None:
    """The pipe may be entered by its owner only, and is gone when the press is over."""
    with reach(profile_of(home)) as context:
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        [pipe] = pipes()

        assert desktop.Frames.Count == 0
        assert pipe.stat().st_mode & 0o022 == 0
        assert pipe.stat().st_uid == os.getuid()

    assert pipes() == []
    assert office.process.poll() is None


def test_after_a_failure_nothing_stays_open_either(
    office: Office, home: Path, pipes: Callable[[], list[Path]]
) -> None:
    with pytest.raises(ZeroDivisionError), reach(profile_of(home)):
        raise ZeroDivisionError

    assert pipes() == []


def test_an_address_goes_before_everything(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(reaching.URL_VARIABLE, office.address)

    with reach("file:///no/such/profile", Path("no such program")) as context:
        assert context.ServiceManager is not None


def test_a_door_that_hangs_up_at_first_is_knocked_at_again(office: Office) -> None:
    """An office that is only about to open the door takes a call and drops it."""
    with hanging_up(office, times=2) as port:
        door = f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext"

        with reach(url=door) as context:
            assert context.ServiceManager is not None


@contextmanager
def hanging_up(office: Office, times: int) -> Iterator[int]:
    """A port that drops the first calls and leads every later one to the office."""
    [name] = re.findall(r"name=(\w+)", office.address)
    with socket.create_server(("127.0.0.1", 0)) as door:

        def answer() -> None:
            for _ in range(times):
                door.accept()[0].close()
            caller, _ = door.accept()
            answering = socket.socket(socket.AF_UNIX)
            answering.connect(f"/tmp/OSL_PIPE_{os.getuid()}_{name}")
            for one, other in ((caller, answering), (answering, caller)):
                threading.Thread(target=carry, args=(one, other), daemon=True).start()

        threading.Thread(target=answer, daemon=True).start()
        yield door.getsockname()[1]


def carry(one: socket.socket, other: socket.socket) -> None:
    """All that comes from one to the other, until one of them ends."""
    with one, suppress(OSError):
        while said := one.recv(1 << 16):
            other.sendall(said)
        other.shutdown(socket.SHUT_RDWR)


def test_where_no_office_runs_none_is_started(tmp_path: Path) -> None:
    """The call that is handed to nobody shows nothing, leaves no process and is told as no answer."""
    with pytest.raises(OfficeUnreachable) as failure, reach(profile_of(tmp_path), patience_s=0.2):
        raise AssertionError("reached an office that does not run")

    assert failure.value.reason is Unreachable.NO_ANSWER
    assert [one for one in processes() if str(tmp_path) in one] == []


def processes() -> list[str]:
    """Command lines of everything that runs."""
    lines = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(place.read_bytes().decode(errors="replace"))
        except OSError:
            lines.append("")
    return lines


def test_a_call_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that neither hands over nor ends (an office that stays) is not left behind."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep {LIFE_SECONDS} & echo $! > '{tmp_path}/child'\nwait\n")
    program.chmod(0o755)
    monkeypatch.setattr(reaching, "_CALL_SECONDS", 0.5)
    begun = time.monotonic()

    with pytest.raises(OfficeUnreachable), reach(profile_of(tmp_path), program, patience_s=0.1):
        raise AssertionError("reached a program that is no office")

    child = Path("/proc", (tmp_path / "child").read_text().strip())
    assert time.monotonic() - begun < LIFE_SECONDS / 2
    assert until(lambda: not child.exists(), 30, "the end of what the program started")


@pytest.mark.parametrize(
    "address", ["uno:nonsense", "uno:pipe,name=nobody-listens;urp;StarOffice.ComponentContext"]
)
def test_a_wrong_address_is_no_answer(address: str) -> None:
    with pytest.raises(OfficeUnreachable) as failure, reach(url=address, patience_s=0.1):
        raise AssertionError("reached nobody")

    assert failure.value.reason is Unreachable.NO_ANSWER


def test_without_the_program_it_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(OfficeUnreachable) as failure, reach(profile_of(tmp_path)):
        raise AssertionError("reached without a program")

    assert failure.value.reason is Unreachable.NO_PROGRAM


def test_a_python_without_uno_is_told_from_an_office_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.delitem(sys.modules, "uno")
    monkeypatch.setattr(reaching.importlib, "import_module", absent)

    with pytest.raises(OfficeUnreachable) as failure, reach():
        raise AssertionError("reached without uno")

    assert failure.value.reason is Unreachable.NO_UNO


def test_the_modules_of_the_system_do_not_come_with_uno() -> None:
    """The folder uno was taken from does not stay on the path: a package of the system never mixes in."""
    import_uno()

    assert [one for one in sys.path if one.endswith("dist-packages")] == []


def test_no_office_among_the_ancestors_is_none() -> None:
    assert reaching.office_above() is None
