"""What Drive and Sheets have in common: something that must not be done twice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from sheetsync.workbooks.google.retries import OutcomeUnknown

if TYPE_CHECKING:  # gspread is loaded when somebody connects
    from sheetsync.workbooks.google.http import Errand, Http

T = TypeVar("T")


class Asking:
    """Part of the service; asks over one ``Http``."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def _once(self, done: Callable[[], T | None], do: Callable[[Errand], T]) -> T:
        """Do what is not done yet; when the answer is lost, look again before doing it again.

        It ends: the errand gives up after so many tries.
        """
        errand = self._http.errand(repeatable=False)
        while True:
            if (result := done()) is not None:
                return result
            with suppress(OutcomeUnknown):
                return do(errand)
