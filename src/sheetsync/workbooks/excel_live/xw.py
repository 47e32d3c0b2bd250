"""xlwings, imported here and nowhere else.

Left alone it brings pandas and numpy along, most of a second before a button does anything; with
the two out of sight while it is imported it brings neither (the live workbook reads and writes plain
lists). A pandas that is already there stays as it is.
"""

from __future__ import annotations

import atexit
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Final

_NOT_NEEDED: Final = ("pandas", "numpy")
_ONE_ATTEMPT: Final = 1


class XlwingsMissingError(ImportError):
    """xlwings is not installed in this Python, or cannot be used on this machine."""


@contextmanager
def _out_of_sight(names: tuple[str, ...]) -> Iterator[None]:
    """Modules not yet imported cannot be imported meanwhile."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None is how Python is told «there is none»
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)


def _load() -> ModuleType:
    try:
        with _out_of_sight(_NOT_NEEDED):
            module = importlib.import_module("xlwings")
    except (ImportError, OSError) as error:
        raise XlwingsMissingError(f"xlwings cannot be used: {error}") from error
    return module


def _let_us_wait_ourselves() -> None:
    """xlwings asks a busy Excel again and again for ever; ``patience.patiently`` waits, and gives up."""
    windows = _windows_part()
    if windows is not None:
        windows.N_COM_ATTEMPTS = _ONE_ATTEMPT


def _leave_other_excels_alone() -> None:
    """When Python ends, xlwings kills every Excel without a workbook window it can see: a workbook in
    Protected View, one just being opened (``xlwings._xlwindows.cleanup``; xlwings#2456). We start none."""
    windows = _windows_part()
    if windows is not None:
        atexit.unregister(windows.cleanup)


def _windows_part() -> Any:
    return sys.modules.get("xlwings._xlwindows")


xw: Final[Any] = _load()
_let_us_wait_ourselves()
_leave_other_excels_alone()
