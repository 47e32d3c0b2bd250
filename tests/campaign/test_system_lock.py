"""The system's lock: one holder, let go by whoever ends, and of no harm to what lies under its name."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sheetsync.store.system_lock import SystemLock

HOLDER = """
import sys, time
from pathlib import Path
from sheetsync.store.system_lock import SystemLock
print(SystemLock(Path(sys.argv[1])).take(0), flush=True)
time.sleep(60)
"""


def test_who_comes_second_is_refused_till_the_first_lets_go(tmp_path: Path) -> None:
    first, second = SystemLock(tmp_path / "lock"), SystemLock(tmp_path / "lock")

    assert first.take(0)
    assert not second.take(0)
    first.release()
    assert second.take(0)
    first.release()
    assert not first.take(0)
    second.release()


def test_it_waits_as_long_as_told(tmp_path: Path) -> None:
    first, second = SystemLock(tmp_path / "lock"), SystemLock(tmp_path / "lock")
    first.take(0)
    began = time.monotonic()

    assert not second.take(0.2)
    assert time.monotonic() - began >= 0.2
    first.release()


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "True\n"
        mine = SystemLock(tmp_path / "lock")
        assert not mine.take(0)
        holder.kill()
        holder.wait()

        assert mine.take(2)
        mine.release()


def test_what_lies_there_is_neither_emptied_nor_removed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.write_text("of an older program")
    lock = SystemLock(path)
    assert lock.take(0)
    lock.release()

    assert path.read_text() == "of an older program"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OSError, match="lock"):
        SystemLock(tmp_path / "lock").take(0)
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a file in use is not removed there")
def test_a_lock_on_a_removed_file_guards_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between opening and locking somebody removed it: the file of that name is locked instead."""
    path = tmp_path / "lock"
    opened = os.open
    removals = iter([True])

    def opening(*arguments: object, **options: object) -> int:
        handle = opened(*arguments, **options)  # type: ignore[arg-type]
        if next(removals, False):
            path.unlink()
        return handle

    monkeypatch.setattr(os, "open", opening)
    lock = SystemLock(path)

    assert lock.take(1)
    assert path.exists()
    lock.release()
