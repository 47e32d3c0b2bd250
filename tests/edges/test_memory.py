"""A command looks for unused values rarely, but it does look."""

from __future__ import annotations

import gc
import os
import subprocess
import sys

import pytest

from sheetsync.memory import tidy_rarely, untidied


def test_unused_values_are_looked_for_rarely_and_not_never() -> None:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    try:
        tidy_rarely()

        often, *rest = gc.get_threshold()
        assert gc.isenabled()
        assert (often > 10_000, rest) == (True, [10, 10])
    finally:
        gc.set_threshold(*before)


_THREAD = "threading.Thread(target=lambda: (time.sleep(0.2), print('thread'))).start()"


@pytest.mark.parametrize(
    ("last", "said"),
    [("pass", "done\nat exit"), (_THREAD, "done\nthread\nat exit")],
    ids=["alone", "beside a thread that works"],
)
def test_a_process_that_leaves_does_what_is_to_be_done_at_the_end(last: str, said: str) -> None:
    script = f"""
import atexit, sys, threading, time
from sheetsync.memory import leave
atexit.register(print, "at exit", end="")
print("done")
sys.stderr.write("aside")
{last}
leave(2)
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stdout, ended.stderr) == (2, said, "aside")


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe nobody reads is told otherwise there")
def test_output_nobody_takes_is_complained_of_as_ever() -> None:
    ends = []
    for last in ("leave(0)", "sys.exit(0)"):
        script = f"import sys; from sheetsync.memory import leave; print('done'); {last}"
        reader, writer = os.pipe()
        os.close(reader)
        ended = subprocess.run(
            [sys.executable, "-c", script], stdout=writer, stderr=subprocess.PIPE, text=True, check=False
        )
        os.close(writer)
        ends.append((ended.returncode, ended.stderr))

    assert ends[0] == ends[1]
    assert ends[0][0] != 0


@pytest.mark.parametrize("is_tidied", [True, False])
def test_nothing_is_looked_through_for_a_while_and_then_as_before(is_tidied: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if is_tidied else gc.disable)()
        with untidied():
            assert not gc.isenabled()

        assert gc.isenabled() == is_tidied
    finally:
        (gc.enable if before else gc.disable)()
