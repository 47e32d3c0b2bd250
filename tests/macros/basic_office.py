"""A LibreOffice of its own that presses buttons: its Basic swallows errors, so tests look at cells."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

DEBIAN_PACKAGES = "/usr/lib/python3/dist-packages"
if DEBIAN_PACKAGES not in sys.path:
    sys.path.append(DEBIAN_PACKAGES)

try:
    import uno
    from com.sun.star.beans import PropertyValue
    from com.sun.star.connection import NoConnectException
except ImportError:
    uno = None

START_SECONDS = 60
RUN_MACROS_WITHOUT_ASKING = 4


class BasicOffice:
    """A running LibreOffice: opens a workbook, presses a button, reads what a named cell shows."""

    def __init__(self, desktop: Any, profile: Path) -> None:
        self.desktop = desktop
        self.profile = profile

    @contextmanager
    def opened(self, address: Path | str, **options: object) -> Iterator[Any]:
        """The document of that path or URL, closed unsaved afterwards."""
        url = address if isinstance(address, str) else uno.systemPathToFileUrl(str(address))
        wanted = {"Hidden": True, "MacroExecutionMode": RUN_MACROS_WITHOUT_ASKING, **options}
        document = self.desktop.loadComponentFromURL(
            url, "_blank", 0, tuple(map(_option, wanted, wanted.values()))
        )
        try:
            yield document
        finally:
            document.close(True)


def press(document: Any, macro: str) -> None:
    script = f"vnd.sun.star.script:VBAProject.modSheetsync.{macro}?language=Basic&location=document"
    document.getScriptProvider().getScript(script).invoke((), (), ())


def shown(document: Any, name: str) -> str:
    """The text of a named cell."""
    cells = document.NamedRanges.getByName(name).ReferredCells
    return str(cells.getCellByPosition(0, 0).String)


@contextmanager
def basic_office(folder: Path, **environment: str) -> Iterator[BasicOffice]:
    """A LibreOffice with a profile in ``folder`` and these variables; ended afterwards."""
    profile, pipe = folder / "profile", f"sheetsync{uuid.uuid4().hex}"
    command = [
        "soffice", f"-env:UserInstallation={uno.systemPathToFileUrl(str(profile))}", "--headless", "--norestore",
        "--nologo", "--nodefault", "--nofirststartwizard", f"--accept=pipe,name={pipe};urp;",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield BasicOffice(_desktop(pipe, process), profile)
    finally:
        _end(process, pipe)


def _desktop(pipe: str, process: subprocess.Popen[bytes]) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            if time.monotonic() > until or process.poll() is not None:
                raise
            time.sleep(0.1)


def _end(process: subprocess.Popen[bytes], pipe: str) -> None:
    try:
        _desktop(pipe, process).terminate()
        process.wait(20)
    except Exception:  # noqa: BLE001  a bridge that breaks while the office goes is of no interest here
        process.kill()


def _option(name: str, value: object) -> Any:
    option = PropertyValue()
    option.Name, option.Value = name, value
    return option
