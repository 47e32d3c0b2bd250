"""How the fake refuses: as Excel does over COM, and where nobody can say what Excel would do.

The codes are those of ``winerror`` and of Microsoft Excel (``vbaErrApplicationDefined`` 0x800A03EC);
the four arguments of the error are those of ``pywintypes.com_error``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

DISP_E_EXCEPTION: Final = -2147352567
"""0x80020009: the server raised; what it was stands in ``excepinfo``."""
RPC_E_CALL_REJECTED: Final = -2147418111
"""0x80010001: Excel is busy (a dialog is open, a cell is being edited)."""
VBA_E_IGNORE: Final = -2146777998
"""0x800AC472: Excel does not listen while its user edits a cell."""
APPLICATION_DEFINED: Final = -2146827284
"""0x800A03EC: Excel's own «1004»."""

ExcepInfo = tuple[int, str, str, str, int, int]


class ComError(Exception):
    """What ``pywintypes.com_error`` is on Windows: same arguments, same attributes."""

    def __init__(self, hresult: int, strerror: str, excepinfo: ExcepInfo | None = None) -> None:
        super().__init__(hresult, strerror, excepinfo, None)
        self.hresult = hresult
        self.strerror = strerror
        self.excepinfo = excepinfo
        self.argerror = None


class UncertainManner(AssertionError):
    """Excel's behaviour here is undocumented or differs between versions: careful code keeps away.

    An ``AssertionError``, so that no ``except`` of the product swallows it.
    """


class NotOffered(AssertionError):
    """A member of Excel that the tool has not declared it would use."""


def refused(sentence: str) -> ComError:
    """Excel's run-time error 1004 with its sentence."""
    info = (0, "Microsoft Excel", sentence, "xlmain11.chm", 0, APPLICATION_DEFINED)
    return ComError(DISP_E_EXCEPTION, "Exception occurred.", info)


class ExcelBusyError(Exception):
    """What ``xlwings._xlwindows`` raises when an attribute cannot be asked for: it has no ``hresult``."""


def rejected() -> ComError:
    """A dialog is open."""
    return ComError(RPC_E_CALL_REJECTED, "Call was rejected by callee.")


def typing() -> ComError:
    """The user is typing into a cell."""
    return ComError(VBA_E_IGNORE, "OLE error 0x800ac472")


def typing_while_set() -> ComError:
    """The same when a property is set (``_xlwindows.COMRetryObjectWrapper.__setattr__``)."""
    return ComError(DISP_E_EXCEPTION, "Exception occurred.", (0, "", "", "", 0, VBA_E_IGNORE))


def not_responding() -> ExcelBusyError:
    return ExcelBusyError("Excel application is not responding")


BUSY: Final = (rejected, typing, typing_while_set, not_responding)
"""Every way a busy Excel says so."""


def now_and_then(period: int, first: int = 0) -> Iterator[Exception | None]:
    """One call of ``period`` is rejected, in every way in turn."""
    ways = itertools.cycle(BUSY)
    for number in itertools.count():
        yield next(ways)() if number % period == first else None
