"""Computers for the tests of the room: a registry that is a dictionary, folders that are temporary."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sheetsync.office import places
from sheetsync.office.machine import Machine, MemoryRegistry, RegistryValue, System
from sheetsync.workbooks.templates import EXTENSION_NAME

EXCEL_KEY = "HKCU\\Software\\Microsoft\\Office\\16.0\\Excel"
POLICY_KEY = "HKCU\\Software\\Policies\\Microsoft\\Office\\16.0\\Excel"
LOCATIONS_KEY = f"{EXCEL_KEY}\\Security\\Trusted Locations"
APP_PATHS = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe"

GOOD_PYTHON = {"version": "3.11.7", "sheetsync": "0.1.0", "xlwings": "0.37.8", "uno": True}


@dataclass
class Computer:
    """What a test may change about a computer before the doctor comes."""

    system: System
    root: Path
    registry: dict[str, dict[str, RegistryValue]] = field(default_factory=dict)
    pythons: dict[str, Mapping[str, object] | None] = field(default_factory=dict)
    bridge: str = "3.11"
    running: set[str] = field(default_factory=set)
    origins: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    takes_extensions: bool = True

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def settings(self) -> Path:
        parts = {
            System.WINDOWS: ("AppData", "Roaming"),
            System.MACOS: ("Library", "Application Support"),
            System.LINUX: (".config",),
        }
        return self.home.joinpath(*parts[self.system])

    @property
    def programs(self) -> Path:
        return self.root / "programs"

    @property
    def python(self) -> Path:
        return self.root / "python" / "python"

    def machine(self) -> Machine:
        return Machine(
            system=self.system,
            python=self.python,
            home=self.home,
            settings=self.settings,
            programs=(self.programs,),
            environment=self.environment,
            registry=MemoryRegistry(self.registry),
            ask=self._ask,
            processes=lambda: frozenset(self.running),
            origin=lambda file: self.origins.get(file.name, ""),
        )

    def _ask(self, command: Sequence[str]) -> str | None:
        if Path(command[0]).stem == "unopkg":
            return self._unopkg(*command[1:]) if self.takes_extensions else None
        if "import sys, uno" in command[-1]:
            return self.bridge or None
        answer = self.pythons.get(command[0], GOOD_PYTHON if command[0] == str(self.python) else None)
        return None if answer is None else json.dumps(answer)

    def _unopkg(self, verb: str, _profile: str, *wanted: str) -> str:
        """What LibreOffice's own program does: its list names the extension, or no longer."""
        listed = places.extensions_list(self.machine())
        listed.parent.mkdir(parents=True, exist_ok=True)
        listed.write_bytes(
            b"" if verb == "remove" else EXTENSION_NAME.encode() + Path(wanted[-1]).read_bytes()
        )
        return "unopkg done."

    def put(self, *parts: str, text: str = "") -> Path:
        """A file of this computer, with the folders it stands in."""
        path = self.root.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def with_excel(self) -> Computer:
        if self.system is System.WINDOWS:
            excel = self.put("programs", "Office16", "EXCEL.EXE")
            self.registry[APP_PATHS] = {"": str(excel)}
        else:
            self.put("programs", "Microsoft Excel.app", "Contents", "Info.plist")
        return self

    def with_unopkg(self) -> Computer:
        """LibreOffice with the program that puts extensions in place."""
        name = {System.WINDOWS: "unopkg.com"}.get(self.system, "unopkg")
        self.put("programs", *self._soffice()[:-1], name)
        return self.with_libreoffice()

    def with_libreoffice(self) -> Computer:
        self.put("programs", *self._soffice())
        return self

    def _soffice(self) -> tuple[str, ...]:
        return {
            System.WINDOWS: ("LibreOffice", "program", "soffice.exe"),
            System.MACOS: ("LibreOffice.app", "Contents", "MacOS", "soffice"),
            System.LINUX: ("libreoffice", "program", "soffice"),
        }[self.system]


def computer(system: System, root: Path) -> Computer:
    """A bare computer with nothing but a Python that has all the buttons need."""
    made = Computer(system, root)
    made.put("python", "python")
    made.settings.mkdir(parents=True)
    return made
