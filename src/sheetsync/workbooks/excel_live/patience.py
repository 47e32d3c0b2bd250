"""What can be wrong with a workbook somebody is working in, and the patience it takes.

OpenWorkbookError
├── WorkbookBusy        the program answers nobody: a cell is being typed into, a dialog is open
├── WorkbookClosed      the workbook, or the program that showed it, is gone
└── WorkbookProtected   the workbook or one of its sheets may not be changed
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Any, Final, ParamSpec, TypeVar

from sheetsync.workbooks.port import Refusal, WorkbookRefused

PAUSE: Final = 0.25
"""Seconds between two attempts."""
ATTEMPTS: Final = 40
"""Ten seconds in all: long enough to close a dialog, short enough to notice that one is open."""

_CALL_REJECTED: Final = -2147418111
"""RPC_E_CALL_REJECTED: the program is busy with the user."""
_RETRY_LATER: Final = -2147417846
"""RPC_E_SERVERCALL_RETRYLATER."""
_SUSPENDED: Final = -2146777998
"""VBA_E_IGNORE, 0x800AC472: a cell is being typed into."""
_BUSY: Final = frozenset({_CALL_REJECTED, _RETRY_LATER, _SUSPENDED})
_BUSY_ERROR_OF_XLWINGS: Final = "ExcelBusyError"

_CLOSED: Final = frozenset({-2147023174, -2147417848, -2146827864})
"""RPC_S_SERVER_UNAVAILABLE, RPC_E_DISCONNECTED, and 0x800A01A8 of an object that is no more."""

P = ParamSpec("P")
R = TypeVar("R")


class OpenWorkbookError(WorkbookRefused):
    """The open workbook cannot be read or written now."""


class WorkbookBusy(OpenWorkbookError):
    """The program answers nobody: a cell is being typed into, or a dialog is open."""

    def __init__(self, words: str = "") -> None:
        super().__init__(Refusal.BUSY)
        self.words = words


class WorkbookProtected(OpenWorkbookError):
    """The workbook may not be changed; ``sheet`` is the locked sheet, '' when it is the workbook itself."""

    def __init__(self, sheet: str = "") -> None:
        super().__init__(Refusal.PROTECTED if sheet else Refusal.READ_ONLY, sheet)


class WorkbookClosed(OpenWorkbookError):
    """The workbook, or the program that showed it, is gone."""

    def __init__(self) -> None:
        super().__init__(Refusal.CLOSED)


def is_busy(error: Exception) -> bool:
    """Whether a program refused a call only because it is occupied."""
    return type(error).__name__ == _BUSY_ERROR_OF_XLWINGS or bool(_codes(error) & _BUSY)


def is_closed(error: Exception) -> bool:
    """Whether nobody is there any more to answer."""
    return isinstance(error, ConnectionError) or bool(_codes(error) & _CLOSED)


def answer_of(thing: Any, member: str) -> Any:
    """What a program tells of a thing; None where it has nothing to tell and refuses the question."""
    try:
        return getattr(thing, member)
    except Exception as error:
        if not (has_refused(error) or isinstance(error, AttributeError)):
            raise
        return None


def has_refused(error: Exception) -> bool:
    """Whether a program will not do a thing at all, however patiently it is asked."""
    return hasattr(error, "hresult") and not (is_busy(error) or is_closed(error))


def patiently(asked: Callable[P, R]) -> Callable[P, R]:
    """Ask a busy program again after a pause, a bounded number of times; then ``WorkbookBusy``.

    For calls that may be made twice: a refused call has changed nothing.
    """

    @functools.wraps(asked)
    def again(*args: P.args, **kwargs: P.kwargs) -> R:
        left = ATTEMPTS
        while True:
            left -= 1
            try:
                return asked(*args, **kwargs)
            except Exception as error:
                if is_closed(error):
                    raise WorkbookClosed from error
                if not is_busy(error):
                    raise
                if not left:
                    raise WorkbookBusy(str(error)) from error
            time.sleep(PAUSE)

    return again


def _codes(error: Exception) -> set[object]:
    """The numbers by which COM says what is wrong."""
    details = getattr(error, "excepinfo", None)
    inner = details[-1] if isinstance(details, tuple) and details else None
    return {getattr(error, "hresult", None), inner}
