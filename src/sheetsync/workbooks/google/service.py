"""``Google`` over the network. gspread and google-auth are loaded by ``connect``, not before.

    service = connect(credentials, on_wait=lambda seconds: print(f"… {seconds:.0f} с"))

A service is used by one thread at a time; Ctrl+C passes through at once, also out of a wait, and
whatever was asked for may be asked for again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sheetsync.workbooks.google.address import URL_VARIABLE, address_of
from sheetsync.workbooks.google.drive import DriveFiles
from sheetsync.workbooks.google.pace import Clock, Sleep
from sheetsync.workbooks.google.sheets import Spreadsheets

if TYPE_CHECKING:
    from google.auth.credentials import Credentials


class GoogleService(DriveFiles, Spreadsheets):
    """Spreadsheets and files of one account: what ``port.Google`` promises."""

    def close(self) -> None:
        """Let the connections go; nothing is asked after that."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def connect(
    credentials: Credentials,
    *,
    clock: Clock = time.monotonic,
    sleep: Sleep = time.sleep,
    base: str | None = None,
    on_wait: Callable[[float], None] | None = None,
) -> GoogleService:
    """The service of the account whose sign-in this is; nothing is asked yet.

    ``base`` is an emulator on this computer, as the environment's ``SHEETSYNC_GOOGLE_URL`` is.
    ``on_wait`` is told how many seconds the quota or a trouble of Google's makes us wait, before
    each wait. Raises ``GoogleRefused`` for an address of another computer.
    """
    from sheetsync.workbooks.google.http import Http  # noqa: PLC0415 - loads gspread

    def wait(seconds: float) -> None:
        if on_wait is not None:
            on_wait(seconds)
        sleep(seconds)

    address = address_of(os.environ.get(URL_VARIABLE, "") if base is None else base)
    return GoogleService(Http(credentials, address, clock, wait))
