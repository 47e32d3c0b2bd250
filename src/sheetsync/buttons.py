"""Behind a button: ``python -m sheetsync.buttons ACTION --book … --flag …``, or ``press([…])`` by xlwings.

A thin edge over ``campaign.pressing``. The macro that waits learns by one word in the flag file how
far it is: «started» at once, before anything heavy is imported; at the end «done», or the
``KitMessage`` the macro is to show itself because the workbook could not be written into.
"""

from __future__ import annotations

import _thread
import contextlib
import os
import sys
import threading
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

STARTED, DONE, FAILED, TIMEOUT = "started", "done", "failed", "timeout"
"""Words of the flag; the last two are values of ``KitMessage``."""

SAID, UNSAID = 0, 1
"""Exit codes: only what could be said nowhere is an error, or xlwings would open a dialog."""

USUAL_LIMIT: Final = 300.0
"""Seconds a press may take until the workbook says otherwise."""

_GRACE: Final = 3.0
"""Seconds a press that is out of time has to leave the workbook in order."""


class Request(NamedTuple):
    """What the macro asks for."""

    action: str = ""
    book: Path = Path()
    protocol: str = ""
    flag: Path | None = None
    profile: str | None = None
    snapshot: Path | None = None


def press(arguments: Sequence[str]) -> None:
    """For xlwings' RunPython: the same arguments as the command line. Never raises."""
    main(arguments)


def main(arguments: Sequence[str]) -> int:
    """One press, from the word «started» to the last word; the exit code is 0 when anything was said."""
    request = request_of(arguments)
    flag = _Flag(request.flag)
    watchdog = _Watchdog(flag)
    try:
        flag.write(STARTED)
        watchdog.allow(USUAL_LIMIT)
        word, is_said = _pressed(request, watchdog)
        watchdog.rest()
    except KeyboardInterrupt:
        word, is_said = TIMEOUT, False
    except Exception as error:  # noqa: BLE001 - the macro says it in its own words, the developer gets the details
        _keep(error)
        word, is_said = FAILED, False
    finally:
        watchdog.rest()
        _remove(request.snapshot)
    return SAID if flag.write(word) or is_said else UNSAID


def request_of(arguments: Sequence[str]) -> Request:
    """Arguments as a request; what xlwings adds for itself (``--wb=…``) is left to it."""
    names = {"--book", "--protocol", "--flag", "--profile", "--snapshot"}
    told = {name: value for name, value in pairwise(arguments) if name in names and value}
    flag, snapshot = told.get("--flag"), told.get("--snapshot")
    return Request(
        action=next(iter(arguments), ""),
        book=Path(told.get("--book", "")),
        protocol=told.get("--protocol", ""),
        flag=Path(flag) if flag else None,
        profile=told.get("--profile"),
        snapshot=Path(snapshot) if snapshot and snapshot != told.get("--book") else None,
    )


def _pressed(request: Request, watchdog: _Watchdog) -> tuple[str, bool]:
    """The last word, and whether the workbook shows a sentence."""
    from sheetsync import campaign  # noqa: PLC0415 - «started» is told first
    from sheetsync.columns import Action  # noqa: PLC0415
    from sheetsync.memory import tidy_rarely  # noqa: PLC0415
    from sheetsync.messages import LANGUAGE_VARIABLE, LANGUAGES, use_language  # noqa: PLC0415

    tidy_rarely()
    language = os.environ.get(LANGUAGE_VARIABLE, "")
    if language in LANGUAGES:
        use_language(language)
    try:
        with campaign.opened(request.book, request.profile) as book:
            watchdog.allow(campaign.limit_of(book, USUAL_LIMIT))
            pressed = campaign.press(
                Action(request.action),
                book,
                datetime.now().astimezone(),
                protocol=request.protocol,
                snapshot=request.snapshot,
            )
    except campaign.NotConnected as error:
        return error.message.value, False
    return (pressed.unsaid.value, False) if pressed.unsaid else (DONE, True)


def _remove(snapshot: Path | None) -> None:
    """The copy of the screen holds what people wrote; nobody needs it after the press."""
    if snapshot:
        with contextlib.suppress(OSError):
            snapshot.unlink()


def _keep(error: Exception) -> None:
    """What went wrong before there was a workbook to say it in."""
    from sheetsync.surprises import kept_details  # noqa: PLC0415

    kept_details(error)


class _Flag:
    """The file the macro watches."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def write(self, word: str) -> bool:
        """Put a word there whole, so that nobody reads half of it; whether it could be put."""
        if self._path is None:
            return False
        beside = self._path.with_name(f"{self._path.name}.new")
        try:
            beside.write_text(word, encoding="ascii")
            beside.replace(self._path)
        except OSError:
            return False
        return True


class _Watchdog:
    """Ends a press that takes too long: politely at first, so that the workbook is left in order."""

    def __init__(self, flag: _Flag) -> None:
        self._flag = flag
        self._turn = threading.Lock()
        self._over = threading.Event()
        self._timer: threading.Timer | None = None

    def allow(self, seconds: float) -> None:
        """So many seconds from now on."""
        if self._timer:
            self._timer.cancel()
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._timer.start()

    def rest(self) -> None:
        """The work is done. An interruption on its way arrives while this waits for its turn, none later.

        To be called once more by whoever was interrupted: it may have been here.
        """
        with self._turn:
            self._over.set()
        if self._timer:
            self._timer.cancel()

    def _end(self) -> None:
        with self._turn:
            if self._over.is_set():
                return
            _thread.interrupt_main()
        if not self._over.wait(_GRACE):
            self._flag.write(TIMEOUT)
            os._exit(SAID)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
