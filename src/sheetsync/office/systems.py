"""This computer behind the port: Windows, macOS and Linux. The only module that asks a system itself."""

from __future__ import annotations

import contextlib
import csv
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from sheetsync.office.machine import Machine, MemoryRegistry, Registry, RegistryValue, System

_ANSWER_SECONDS: Final = 20
_NO_WINDOW: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_QUARANTINE: Final = "com.apple.quarantine"


def this_machine() -> Machine:
    """The computer the program runs on."""
    home, environment = Path.home(), os.environ
    system = this_system()
    match system:
        case System.WINDOWS:
            settings = Path(environment.get("APPDATA") or home / "AppData" / "Roaming")
            names = ("ProgramW6432", "ProgramFiles", "ProgramFiles(x86)")
            places = [*(environment.get(one, "") for one in names), environment.get("LOCALAPPDATA", "")]
            programs = tuple(Path(one) for one in dict.fromkeys(places) if one)
        case System.MACOS:
            settings = home / "Library" / "Application Support"
            programs = (Path("/Applications"), home / "Applications")
        case System.LINUX:
            settings = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
            programs = tuple(
                Path(one) for one in ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt", "/snap")
            )
    return Machine(
        system=system,
        python=Path(sys.executable),
        home=home,
        settings=settings,
        programs=programs,
        environment=dict(environment),
        registry=_registry(),
        ask=ask,
        processes=_PROCESSES[system],
        origin=_ORIGINS[system],
    )


def this_system() -> System:
    """The system the program runs on; what is neither Windows nor macOS behaves as Linux does."""
    return {"win32": System.WINDOWS, "darwin": System.MACOS}.get(sys.platform, System.LINUX)


def ask(command: Sequence[str]) -> str | None:
    """What a short program printed; None when it is not there, failed or did not end in time."""
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_ANSWER_SECONDS, check=True, creationflags=_NO_WINDOW
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode(errors="replace")


def _linux_processes() -> frozenset[str]:
    names = set()
    for place in Path("/proc").glob("[0-9]*/comm"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            names.add(place.read_text(errors="replace").strip().lower())
    return frozenset(names)


def _mac_processes() -> frozenset[str]:
    listed = ask(["ps", "-axco", "comm"]) or ""
    return frozenset(line.strip().lower() for line in listed.splitlines())


def _windows_processes() -> frozenset[str]:
    listed = ask(["tasklist", "/fo", "csv", "/nh"]) or ""
    return frozenset(row[0].lower() for row in csv.reader(listed.splitlines()) if row)


def _zone_of(file: Path) -> str:
    """The stream a browser or a mail program leaves beside a downloaded file; ZoneId 3 is the internet."""
    with contextlib.suppress(OSError):
        return Path(f"{file}:Zone.Identifier").read_text(errors="replace")
    return ""


def _quarantine_of(file: Path) -> str:
    return ask(["xattr", "-p", _QUARANTINE, str(file)]) or ""


_PROCESSES: Final[dict[System, Callable[[], frozenset[str]]]] = {
    System.WINDOWS: _windows_processes,
    System.MACOS: _mac_processes,
    System.LINUX: _linux_processes,
}
_ORIGINS: Final[dict[System, Callable[[Path], str]]] = {
    System.WINDOWS: _zone_of,
    System.MACOS: _quarantine_of,
    System.LINUX: lambda _file: "",
}

if sys.platform == "win32":
    import winreg

    _HIVES: Final = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}

    class _WindowsRegistry:
        """The registry itself; what may not be read is as good as absent."""

        def value(self, key: str, name: str = "") -> RegistryValue | None:
            with contextlib.suppress(OSError), winreg.OpenKey(*_place(key)) as handle:
                value, _kind = winreg.QueryValueEx(handle, name)
                return value if isinstance(value, str | int) else None
            return None

        def subkeys(self, key: str) -> tuple[str, ...]:
            with contextlib.suppress(OSError), winreg.OpenKey(*_place(key)) as handle:
                return tuple(winreg.EnumKey(handle, index) for index in range(winreg.QueryInfoKey(handle)[0]))
            return ()

        def put(self, key: str, name: str, value: RegistryValue) -> None:
            kind = winreg.REG_DWORD if isinstance(value, int) else winreg.REG_SZ
            with winreg.CreateKey(*_place(key)) as handle:
                winreg.SetValueEx(handle, name, 0, kind, value)

        def drop(self, key: str) -> None:
            with contextlib.suppress(FileNotFoundError):
                winreg.DeleteKey(*_place(key))

    def _place(key: str) -> tuple[int, str]:
        hive, _, rest = key.partition("\\")
        return _HIVES[hive], rest

    def _registry() -> Registry:
        return _WindowsRegistry()

else:

    def _registry() -> Registry:
        return MemoryRegistry()
