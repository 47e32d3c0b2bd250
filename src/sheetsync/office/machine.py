"""The port to this computer: everything the room asks of it, so that tests can play any computer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from msgspec import Struct, field

RegistryValue = str | int


class System(StrEnum):
    WINDOWS = "windows"
    MACOS = "macos"
    LINUX = "linux"


class Registry(Protocol):
    """The registry of Windows. A key is written whole: «HKCU\\Software\\Microsoft»."""

    def value(self, key: str, name: str = "") -> RegistryValue | None:
        """One value of a key; '' is the key's own; None when there is no such key or value."""
        ...

    def subkeys(self, key: str) -> tuple[str, ...]:
        """Names of the keys right inside a key; none when the key is not there."""
        ...

    def put(self, key: str, name: str, value: RegistryValue) -> None:
        """Write a value, making its key."""
        ...

    def drop(self, key: str) -> None:
        """Remove a key that has no keys inside."""
        ...


class MemoryRegistry(Struct, frozen=True):
    """A registry that is only a dictionary: empty on a system that has none, filled by tests."""

    keys: dict[str, dict[str, RegistryValue]] = field(default_factory=dict)

    def value(self, key: str, name: str = "") -> RegistryValue | None:
        return self.keys.get(key, {}).get(name)

    def subkeys(self, key: str) -> tuple[str, ...]:
        inside = (one.removeprefix(f"{key}\\") for one in self.keys if one.startswith(f"{key}\\"))
        return tuple(dict.fromkeys(one.partition("\\")[0] for one in inside))

    def put(self, key: str, name: str, value: RegistryValue) -> None:
        self.keys.setdefault(key, {})[name] = value

    def drop(self, key: str) -> None:
        self.keys.pop(key, None)


class Machine(Struct, frozen=True):
    """One computer as its user sees it.

    ``settings`` is the folder programs keep a user's settings in (%APPDATA%, ~/.config, ~/Library/Application
    Support), ``programs`` are the folders programs are installed in.
    ``ask`` runs a short program and gives what it printed, None when it failed or did not end;
    ``processes`` names the running programs in small letters; ``origin`` is what the system
    wrote down about where a file came from (Mark of the Web, quarantine), '' when nothing.
    """

    system: System
    python: Path
    home: Path
    settings: Path
    programs: tuple[Path, ...]
    environment: Mapping[str, str]
    registry: Registry
    ask: Callable[[Sequence[str]], str | None]
    processes: Callable[[], frozenset[str]]
    origin: Callable[[Path], str]
