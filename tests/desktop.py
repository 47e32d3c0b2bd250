"""A desk for tests: a screen nobody sees, LibreOffice with a profile of its own, a mouse, a camera.

Everything started here runs in a process group of its own that is killed at the end, also after a
failure; every wait has its limit, and an office that outlives its test is killed by a timer, so a
dialog nobody answers fails a test instead of stopping the run.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sheetsync.columns import KitCell
from sheetsync.workbooks.libreoffice.reaching import OfficeUnreachable, import_uno, reach

PROGRAMS = ("soffice", "Xvfb", "openbox", "xdotool", "import")
SHOTS_VARIABLE = "SHEETSYNC_SHOTS"
SIZE = (1400, 1000)
START_SECONDS = 120.0
LIFE_SECONDS = 600.0
"""Of an office that serves the tests of one file."""
END_SECONDS = 60.0
CLICKS = 3
ANSWER_SECONDS = 15.0
STILL = 8
"""Looks that find a button where the last one found it."""
MACROS_RUN = 4
"""MacroExecutionMode ALWAYS_EXECUTE_NO_WARN: as in a trusted folder."""

Found = TypeVar("Found")


def lacking(*programs: str) -> list[str]:
    """What this machine lacks for these tests."""
    absent = [one for one in programs if shutil.which(one) is None]
    try:
        import_uno()
    except OfficeUnreachable:
        absent.append("uno")
    return absent


def until(found: Callable[[], Found], seconds: float, what: str) -> Found:
    """The first true value ``found`` gives; fails saying ``what`` did not come in time."""
    deadline = time.monotonic() + seconds
    while True:
        value = found()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {seconds:.0f} s, last seen {value!r}")
        time.sleep(0.05)


@contextmanager
def running(command: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A program that ends, with all it started, when the block ends."""
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, start_new_session=True, **(quiet | options)) as process:
        try:
            yield process
        finally:
            kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


class Screen:
    """An X display with a window manager on it."""

    def __init__(self, name: str) -> None:
        self.environment = {"DISPLAY": name}

    @staticmethod
    @contextmanager
    def opened() -> Iterator[Screen]:
        ours, theirs = os.pipe()
        size = "{}x{}x24".format(*SIZE)
        command = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", size, "-nolisten", "tcp"]
        with running(command, pass_fds=[theirs]), os.fdopen(ours, "rb", buffering=0) as number:
            os.close(theirs)
            screen = Screen(f":{number.readline().decode().strip()}")
            with running(["openbox"], env=os.environ | screen.environment):
                yield screen

    def click(self, x: int, y: int) -> None:
        """The mouse goes there and its left button goes down and up."""
        self._do("xdotool", "mousemove", str(x), str(y), "sleep", "0.1", "click", "1")

    def keys(self, *names: str) -> None:
        self._do("xdotool", "key", *names)

    def types(self, text: str) -> None:
        self._do("xdotool", "type", "--delay", "20", text)

    def windows(self) -> list[str]:
        """Titles of the windows people would see."""
        found = self._do("xdotool", "search", "--onlyvisible", "--name", ".", "getwindowname", "%@")
        return found.splitlines()

    def shot(self, folder: Path, name: str) -> Path:
        """A picture of the screen; kept in $SHEETSYNC_SHOTS when that is set."""
        kept = Path(os.environ.get(SHOTS_VARIABLE, folder))
        kept.mkdir(parents=True, exist_ok=True)
        picture = kept / f"{name}.png"
        self._do("import", "-window", "root", str(picture))
        return picture

    def _do(self, *command: str) -> str:
        environment = os.environ | self.environment
        done = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False)
        return done.stdout.decode()


class Office:
    """A running LibreOffice. The tests look into it through a pipe of their own; a press knows nothing of it."""

    def __init__(
        self, process: subprocess.Popen[bytes], address: str, context: Any, screen: Screen | None
    ) -> None:
        self.process, self.address = process, address
        self.context, self.screen = context, screen
        self.desktop = self.service("com.sun.star.frame.Desktop")

    @staticmethod
    @contextmanager
    def opened(
        home: Path,
        screen: Screen | None = None,
        *,
        documents: Sequence[Path] = (),
        environment: Mapping[str, str] | None = None,
        life_s: float = LIFE_SECONDS,
    ) -> Iterator[Office]:
        """Start LibreOffice as the user whose home is ``home``, on a screen or headless.

        ``documents`` are opened as by a double click: their macros run where the user's settings trust them.
        """
        pipe = f"test{uuid.uuid4().hex}"
        looks = [] if screen else ["--headless"]
        command = [
            "soffice",
            *("--norestore", "--nologo", "--nodefault", "--nofirststartwizard", *looks),
            f"--accept=pipe,name={pipe};urp;",
            *map(str, documents),
        ]
        home.mkdir(parents=True, exist_ok=True)
        with running(command, env=environment_of(home, screen) | (environment or {})) as process:
            timer = threading.Timer(life_s, kill_group, [process])
            timer.start()
            try:
                address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
                with reach(url=address, patience_s=START_SECONDS) as context:
                    yield Office(process, address, context, screen)
            finally:
                timer.cancel()

    def service(self, name: str) -> Any:
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def struct(self, name: str) -> Any:
        return import_uno().createUnoStruct(name)

    @contextmanager
    def document(self, place: Path | str, **options: object) -> Iterator[Document]:
        """The workbook of a path or an address, closed unsaved afterwards; its macros run unless told otherwise."""
        address = place if isinstance(place, str) else import_uno().systemPathToFileUrl(str(place))
        wanted = {"Hidden": self.screen is None, "MacroExecutionMode": MACROS_RUN, **options}
        component = self.desktop.loadComponentFromURL(address, "_blank", 0, properties(**wanted))
        try:
            yield Document(self, component)
        finally:
            if self.process.poll() is None:
                component.close(True)

    def shown(self) -> Document:
        """The workbook that was opened by a double click."""

        def sheets() -> Any:
            component = self.desktop.getCurrentComponent()
            return component if hasattr(component, "Sheets") else None

        return Document(self, until(sheets, START_SECONDS, "an open workbook"))

    def quit(self) -> None:
        """End as people end it: what changed of the settings is written into the profile."""
        gone = import_uno().getClass("com.sun.star.lang.DisposedException")
        try:
            self.desktop.terminate()
        except gone:
            sys.stderr.write("the office ended before it could answer\n")
        self.process.wait(END_SECONDS)


class Document:
    """A workbook in a running office, as people see it."""

    def __init__(self, office: Office, component: Any) -> None:
        self.office, self.component = office, component

    def named(self, name: str) -> Any:
        """The cell a defined name points to."""
        return self.component.NamedRanges.getByName(name).ReferredCells.getCellByPosition(0, 0)

    def text(self, name: str) -> str:
        """What a named cell shows."""
        return str(self.named(name).String)

    def write(self, name: str, value: object) -> None:
        """Type a text or a number into a named cell."""
        if isinstance(value, str):
            self.named(name).String = value
        else:
            self.named(name).Value = value

    def sheet(self, name: str) -> Any:
        return self.component.Sheets.getByName(name)

    def run(self, macro: str) -> None:
        """Run a macro and wait for its end. Errors inside it are swallowed: assert on what it did."""
        provider = self.component.getScriptProvider()
        place = f"vnd.sun.star.script:VBAProject.{macro}?language=Basic&location=document"
        provider.getScript(place).invoke((), (), ())

    def maximise(self) -> None:
        window = self.component.CurrentController.Frame.ContainerWindow
        window.setPosSize(0, 0, SIZE[0] - 10, SIZE[1] - 30, 15)

    def click(self, caption: str) -> None:
        """Click the button with the mouse where a screen reader finds it."""
        assert self.office.screen is not None
        self.office.screen.click(*self.come_to_rest(caption))

    def press(self, caption: str, answered: Callable[[], object] | None = None) -> None:
        """Click the button until it is answered.

        A window that is still being laid out loses clicks; people click again. Unless told otherwise the
        answer is another sentence in the status cell.
        """
        before = self.text(KitCell.STATUS)
        seen = answered or (lambda: self.text(KitCell.STATUS) != before)
        for _ in range(CLICKS):
            self.click(caption)
            with suppress(AssertionError):
                until(seen, ANSWER_SECONDS, "an answer")
                return
        raise AssertionError(f"{CLICKS} clicks on «{caption}» were not answered")

    def come_to_rest(self, caption: str) -> tuple[int, int]:
        """Where a button is once the window has been laid out and it stays there."""
        places: list[tuple[int, int] | None] = []

        def rest() -> tuple[int, int] | None:
            self.office.service("com.sun.star.awt.Toolkit").processEventsToIdle()
            places.append(self.middle_of(caption))
            still = len(places) > STILL and len(set(places[-STILL:])) == 1
            return places[-1] if still else None

        place = until(rest, START_SECONDS, f"button «{caption}» at rest")
        assert place is not None
        return place

    def middle_of(self, caption: str) -> tuple[int, int] | None:
        """Where on the screen a button is; None while it is not shown."""
        window = self.component.CurrentController.Frame.ContainerWindow
        button = next(buttons_called(caption, window.getAccessibleContext()), None)
        if button is None:
            return None
        corner, size = button.getLocationOnScreen(), button.getSize()
        return corner.X + size.Width // 2, corner.Y + size.Height // 2


def buttons_called(caption: str, accessible: Any) -> Iterator[Any]:
    """Push buttons of that name on a sheet, found through the accessibility tree; menus and bars are passed by."""
    for index in range(accessible.getAccessibleChildCount()):
        child = accessible.getAccessibleChild(index).getAccessibleContext()
        role = child.getAccessibleRole()
        if role == accessible_role("PUSH_BUTTON") and child.getAccessibleName() == caption:
            yield child
        elif role in {accessible_role(name) for name in ("PANEL", "SCROLL_PANE", "DOCUMENT_SPREADSHEET")}:
            yield from buttons_called(caption, child)


@cache
def accessible_role(name: str) -> int:
    number: int = import_uno().getConstantByName(f"com.sun.star.accessibility.AccessibleRole.{name}")
    return number


def properties(**values: object) -> tuple[Any, ...]:
    """Options of an office call."""
    made = []
    for name, value in values.items():
        one = import_uno().createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


def profile_of(home: Path) -> str:
    """The user installation of the office of this home, as LibreOffice writes it."""
    return str(import_uno().systemPathToFileUrl(str(profile_folder(home))))


def profile_folder(home: Path) -> Path:
    """The profile LibreOffice makes for this user when nobody tells it another."""
    return home / ".config" / "libreoffice" / "4"


def environment_of(home: Path, screen: Screen | None) -> dict[str, str]:
    """The surroundings of the user: nothing of the tester's own settings, no office to connect to by the way."""
    left = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "SHEETSYNC_UNO_URL"}}
    plugin = "gen" if screen else "svp"
    own = {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "LC_ALL": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": plugin,
    }
    return left | own | (screen.environment if screen else {})
