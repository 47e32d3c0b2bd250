"""The macro starts Python and learns by one word in a file what came of it."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sheetsync import buttons, campaign
from sheetsync.campaign import NotConnected, Pressed
from sheetsync.columns import Action, KitCell, KitMessage
from sheetsync.grid import Cell


@pytest.fixture
def flag(tmp_path: Path) -> Path:
    return tmp_path / "флаг с пробелом.flag"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Presses that came through, instead of the work itself."""
    presses: list[dict[str, Any]] = []

    @contextlib.contextmanager
    def opened(path: Path, profile: str | None = None) -> Iterator[Any]:
        presses.append({"path": path, "profile": profile})
        yield SimpleNamespace(read_named=lambda name: {KitCell.TIMEOUT: Cell(7)}[name])

    def press(action: Action, book: Any, now: datetime, **options: Any) -> Pressed:
        presses[-1] |= {"action": action, "zone": now.tzinfo, **options}
        return Pressed("Готово.", needs_user=False)

    monkeypatch.setattr(campaign, "opened", opened)
    monkeypatch.setattr(campaign, "press", press)
    return presses


def arguments(flag: Path, action: str = "consolidate") -> list[str]:
    return [action, "--book", "/кампания/Район.xlsm", "--protocol", "1", "--flag", str(flag)]


def test_a_press_goes_through_with_all_the_macro_said(flag: Path, asked: list[dict[str, Any]]) -> None:
    said = [*arguments(flag), "--profile", "file:///home/user", "--snapshot", "/tmp/снимок.xlsm"]

    assert buttons.main(said) == buttons.SAID
    (press,) = asked
    assert press["path"] == Path("/кампания/Район.xlsm")
    assert press["profile"] == "file:///home/user"
    assert press["action"] is Action.CONSOLIDATE
    assert press["protocol"] == "1"
    assert press["snapshot"] == Path("/tmp/снимок.xlsm")
    assert press["zone"] is not None
    assert flag.read_text(encoding="ascii") == buttons.DONE


def test_the_copy_of_the_screen_does_not_stay_behind(
    flag: Path, tmp_path: Path, asked: list[dict[str, Any]]
) -> None:
    """It holds what people wrote; a press that did not need it removes it too. The workbook is no copy."""
    snapshot, workbook = tmp_path / "снимок.xlsm", tmp_path / "Район.xlsm"
    snapshot.write_bytes(b"")
    workbook.write_bytes(b"")
    buttons.main([*arguments(flag, "issue"), "--snapshot", str(snapshot)])
    buttons.main(["issue", "--book", str(workbook), "--flag", str(flag), "--snapshot", str(workbook)])

    assert not snapshot.exists()
    assert workbook.exists()


def test_what_xlwings_adds_is_left_to_it(flag: Path, asked: list[dict[str, Any]]) -> None:
    said = [*arguments(flag), "--wb=Район.xlsm", "--from_xl=1", "--app=C:\\EXCEL.EXE", "--hwnd=42"]

    assert buttons.main(said) == buttons.SAID
    assert asked[0]["snapshot"] is None


@pytest.mark.parametrize("message", [KitMessage.NO_CONNECTION, KitMessage.NO_XLWINGS, KitMessage.NO_UNO])
def test_a_program_that_cannot_be_reached_is_the_macro_s_to_tell(
    flag: Path, asked: list[dict[str, Any]], message: KitMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextlib.contextmanager
    def unreachable(*_: object) -> Iterator[Any]:
        raise NotConnected(message)
        yield

    monkeypatch.setattr(campaign, "opened", unreachable)

    assert buttons.main(arguments(flag)) == buttons.SAID
    assert flag.read_text(encoding="ascii") == message.value


def test_a_sentence_the_workbook_could_not_take_is_the_macro_s_to_tell(
    flag: Path, asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        campaign, "press", lambda *_, **__: Pressed("…", needs_user=True, unsaid=KitMessage.NO_CONNECTION)
    )

    buttons.main(arguments(flag))

    assert flag.read_text(encoding="ascii") == KitMessage.NO_CONNECTION.value


@pytest.mark.parametrize("said", [[], ["dance"], ["consolidate"]])
def test_a_press_never_raises(
    said: list[str], asked: list[dict[str, Any]], flag: Path, tmp_path: Path
) -> None:
    buttons.press([*said, "--flag", str(flag)] if said else [])

    assert said == [] or flag.exists()


def test_a_word_nobody_knows_is_a_failure(flag: Path, asked: list[dict[str, Any]]) -> None:
    assert buttons.main(arguments(flag, "dance")) == buttons.SAID
    assert flag.read_text(encoding="ascii") == KitMessage.FAILED.value


def test_only_what_could_be_said_nowhere_is_an_error(tmp_path: Path, asked: list[dict[str, Any]]) -> None:
    """No flag, or one that cannot be written: the status cell is enough; neither is not."""
    nowhere = tmp_path / "нет такой папки" / "флаг"

    assert buttons.main(arguments(nowhere)) == buttons.SAID
    assert buttons.main(arguments(nowhere, "dance")) == buttons.UNSAID


def test_words_of_the_flag_are_those_the_macro_has_sentences_for() -> None:
    assert {buttons.FAILED, buttons.TIMEOUT} <= set(KitMessage)
    assert {buttons.STARTED, buttons.DONE}.isdisjoint(KitMessage)


# --- time


def test_work_that_takes_too_long_is_ended_and_leaves_the_workbook_in_order(
    flag: Path, asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workbook allows a blink; what stands in ``finally`` is still done."""
    left_in_order = []

    def endless(*_: object, **__: object) -> Pressed:
        try:
            for _step in range(1000):
                time.sleep(0.01)
        finally:
            left_in_order.append(1)
        raise AssertionError("nobody stopped it")

    monkeypatch.setattr(campaign, "limit_of", lambda *_: 0.1)
    monkeypatch.setattr(campaign, "press", endless)

    assert buttons.main(arguments(flag)) == buttons.SAID
    assert flag.read_text(encoding="ascii") == KitMessage.TIMEOUT.value
    assert left_in_order == [1]


def test_work_that_ends_at_its_last_moment_is_interrupted_inside_the_press_or_not_at_all(
    flag: Path, asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An interruption that came later would break whatever runs after the press."""
    limits = [0.0002 + step * 0.00001 for step in range(200)]

    def busy_until(moment: float) -> None:
        while time.perf_counter() < moment:
            pass

    for seconds in limits:
        monkeypatch.setattr(buttons, "USUAL_LIMIT", seconds)
        monkeypatch.setattr(
            buttons,
            "_pressed",
            lambda *_, s=seconds: (busy_until(time.perf_counter() + s), ("done", True))[1],
        )
        assert buttons.main(arguments(flag)) == buttons.SAID
        busy_until(time.perf_counter() + 0.001)


def test_a_process_that_does_not_listen_is_ended_all_the_same(flag: Path) -> None:
    """Python stands in a call of the program that never returns."""
    script = (
        "import signal, sys, threading\n"
        "from sheetsync import buttons\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "buttons.USUAL_LIMIT = 0.1\n"
        "buttons._GRACE = 0.2\n"
        "buttons._pressed = lambda *_: threading.Event().wait(300)\n"
        "buttons.main(sys.argv[1:])\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, *arguments(flag)], timeout=60, check=False)

    assert ended.returncode == buttons.SAID
    assert flag.read_text(encoding="ascii") == KitMessage.TIMEOUT.value


def test_the_workbook_says_how_long_a_press_may_take() -> None:
    book: Any = SimpleNamespace(read_named=lambda name: {KitCell.TIMEOUT: Cell(7)}[name])
    silent: Any = SimpleNamespace(read_named=lambda name: {}[name])
    nonsense: Any = SimpleNamespace(read_named=lambda name: Cell("долго"))
    broken: Any = SimpleNamespace(read_named=lambda name: 1 / 0)

    assert campaign.limit_of(book, 300) == 7
    assert campaign.limit_of(silent, 300) == 300
    assert campaign.limit_of(nonsense, 300) == 300
    assert campaign.limit_of(broken, 300) == 300


# --- the process


def test_nothing_heavy_is_imported_before_the_macro_knows_that_work_began() -> None:
    """Measured in a process of its own: what ``import sheetsync.buttons`` brings along."""
    script = (
        "import sys; before = set(sys.modules); import sheetsync.buttons; print(*set(sys.modules) - before)"
    )
    brought = subprocess.run(
        [sys.executable, "-E", "-P", "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()

    ours = {one for one in brought if one.startswith("sheetsync")}
    assert ours == {"sheetsync", "sheetsync.first_use", "sheetsync.buttons"}
    assert not {"xlwings", "pandas", "lxml", "openpyxl", "sqlite3", "dataclasses"} & set(brought)


def test_a_python_started_by_hand_ends_with_an_error_where_nothing_can_be_said(tmp_path: Path) -> None:
    """No office is running and nobody waits for a flag."""
    command = [sys.executable, "-E", "-P", "-m", "sheetsync.buttons", "consolidate"]
    missing = tmp_path / "Район.xlsm"
    ended = subprocess.run(
        [*command, "--book", str(missing), "--profile", (tmp_path / "profile").as_uri()],
        env={"PATH": "", "SHEETSYNC_UNO_URL": "uno:nonsense"},
        timeout=60,
        check=False,
    )

    assert ended.returncode == buttons.UNSAID
