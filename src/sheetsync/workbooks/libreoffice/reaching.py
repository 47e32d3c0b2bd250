"""Reaching the LibreOffice that shows a workbook, from the Python its macro started.

An ordinary office listens to nobody. A second call of its own program, «soffice --accept=pipe,…»,
is handed to the running one, which opens a pipe of that name; «--unaccept» closes it again. The
name is random and the pipe's file may be written by its owner only, so nobody else gets in, and
nothing stays open after a press. Measured on 7.4: 0.02 s for each call, also while a macro waits
with ``Application.Wait``.
"""

from __future__ import annotations

import importlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from msgspec import Struct

URL_VARIABLE: Final = "SHEETSYNC_UNO_URL"
"""An office that listens already: «uno:pipe,name=…;urp;StarOffice.ComponentContext»."""

_PROFILE: Final = "-env:UserInstallation="
_QUIETLY: Final = (
    "--headless",
    "--norestore",
    "--nologo",
    "--nodefault",
    "--nofirststartwizard",
    "--terminate_after_init",
)
"""With these a call that finds no office to hand over to shows nothing and ends at once."""
_CALL_SECONDS: Final = 15
_PAUSE_SECONDS: Final = 0.05
_GENERATIONS: Final = 6
_NO_WINDOW: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)


class Unreachable(StrEnum):
    """Why the office cannot be reached."""

    NO_UNO = "no_uno"
    """This Python has no module ``uno``: on Debian it is in the package python3-uno."""
    NO_PROGRAM = "no_program"
    """There is no ``soffice`` to ask with."""
    NO_ANSWER = "no_answer"
    """No office of this profile is running, or it is too busy to open the pipe."""


class OfficeUnreachable(ConnectionError):
    """The running office could not be reached; ``reason`` says why."""

    def __init__(self, reason: Unreachable) -> None:
        super().__init__(reason.value)
        self.reason = reason


class RunningOffice(Struct, frozen=True):
    """The office this process was started by; ``profile`` None is the user's usual one."""

    program: Path
    profile: str | None


@contextmanager
def reach(
    profile: str | None = None,
    soffice: Path | None = None,
    url: str | None = None,
    patience_s: float = 5.0,
) -> Iterator[Any]:
    """The component context of the running office; everything got from it is dead after the ``with``.

    ``profile`` is the office's user installation as a file url, ``soffice`` its program; what is not
    given is learnt from the office that started this process, else the usual ones are taken.
    ``url`` (or the environment's ``SHEETSYNC_UNO_URL``) leads to an office that listens already.
    Never starts an office. Raises ``OfficeUnreachable``.
    """
    address = url or os.environ.get(URL_VARIABLE)
    uno = import_uno(soffice)
    if address:
        yield _resolved(uno, address, patience_s)
        return
    above = office_above()
    program = soffice or (above.program if above else _usual_program())
    name = f"sheetsync{secrets.token_hex(16)}"
    door = f"pipe,name={name};urp;"
    where = profile or (above.profile if above else None)
    _hand_over(program, where, f"--accept={door}")
    try:
        yield _resolved(uno, f"uno:{door}StarOffice.ComponentContext", patience_s)
    finally:
        _hand_over(program, where, f"--unaccept={door}")


# --- the module uno


def import_uno(soffice: Path | None = None) -> ModuleType:
    """LibreOffice's own Python module, from where systems and the office keep it.

    Their folders are on the path only meanwhile, and at its end: no other package comes from there.
    Raises ``OfficeUnreachable`` where this Python cannot have it.
    """
    loaded = sys.modules.get("uno")
    if loaded:
        return loaded
    added = [folder for folder in _uno_folders(soffice) if folder not in sys.path]
    sys.path += added
    try:
        importlib.import_module("unohelper")
        return importlib.import_module("uno")
    except (ImportError, OSError) as error:
        raise OfficeUnreachable(Unreachable.NO_UNO) from error
    finally:
        for folder in added:
            sys.path.remove(folder)


def _uno_folders(soffice: Path | None) -> Iterator[str]:
    """Folders that hold uno.py: of this Python's version in the system, and beside the office's program."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = [Path("/usr/lib/python3/dist-packages")]
    packages += [Path("/usr", lib, version, "site-packages") for lib in ("lib64", "lib")]
    above = office_above()
    program = soffice or (above.program if above else None)
    if program:
        packages.append(program.resolve().parent)
    yield from (str(folder) for folder in packages if (folder / "uno.py").is_file())


# --- which office


def office_above() -> RunningOffice | None:
    """The office among the processes this one descends from, as far as the system tells (Linux)."""
    process = os.getppid()
    for _ in range(_GENERATIONS):
        about = Path("/proc", str(process))
        try:
            program = (about / "exe").readlink()
            if program.name == "soffice.bin":
                return RunningOffice(program.with_name("soffice"), _profile_of(about))
            process = int((about / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            return None
    return None


def _profile_of(about: Path) -> str | None:
    words = (about / "cmdline").read_bytes().decode(errors="replace").split("\0")
    return next((word.removeprefix(_PROFILE) for word in words if word.startswith(_PROFILE)), None)


def _usual_program() -> Path:
    """The office on the path: on Windows the running office puts its own folder there."""
    found = next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), None)
    if found is None:
        raise OfficeUnreachable(Unreachable.NO_PROGRAM)
    return Path(found)


# --- the pipe


def _hand_over(program: Path, profile: str | None, request: str) -> None:
    """Ask the running office something; a call that does not end is ended, with all it started."""
    where = [f"{_PROFILE}{profile}"] if profile else []
    nowhere = subprocess.DEVNULL
    try:
        call = subprocess.Popen(
            [str(program), *where, *_QUIETLY, request],
            stdin=nowhere,
            stdout=nowhere,
            stderr=nowhere,
            start_new_session=True,
            creationflags=_NO_WINDOW,
        )
    except OSError as error:
        raise OfficeUnreachable(Unreachable.NO_PROGRAM) from error
    with call:
        try:
            call.wait(_CALL_SECONDS)
        except subprocess.TimeoutExpired:
            _end(call)


def _end(call: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        os.killpg(call.pid, signal.SIGKILL)
    else:
        call.kill()


def _resolved(uno: ModuleType, address: str, patience_s: float) -> Any:
    """Connect, trying again while the office is only about to open the pipe: until it does there is nobody
    behind the door, or somebody who hangs up at once."""
    own = uno.getComponentContext()
    resolver = own.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", own)
    names = ("connection.NoConnectException", "lang.DisposedException")
    not_yet = tuple(uno.getClass(f"com.sun.star.{name}") for name in names)
    refused = uno.getClass("com.sun.star.uno.Exception")
    deadline = time.monotonic() + patience_s
    while True:
        try:
            return resolver.resolve(address)
        except not_yet as error:
            if time.monotonic() > deadline:
                raise OfficeUnreachable(Unreachable.NO_ANSWER) from error
            time.sleep(_PAUSE_SECONDS)
        except refused as error:
            raise OfficeUnreachable(Unreachable.NO_ANSWER) from error
