"""Our extension in the user's LibreOffice, put there and taken away by its own program ``unopkg``."""

from __future__ import annotations

from pathlib import Path

from sheetsync.office import places
from sheetsync.office.machine import Machine
from sheetsync.workbooks.templates import EXTENSION_NAME


def holds_extension(machine: Machine) -> bool:
    """Whether the extension is in the user's profile, in whatever version: LibreOffice's own list names it.

    The files of a removed one stay till LibreOffice starts again.
    """
    try:
        return EXTENSION_NAME.encode() in places.extensions_list(machine).read_bytes()
    except OSError:
        return False


def add_extension(machine: Machine, file: Path) -> bool:
    """Put the extension there, or its new version in place of the old; false when LibreOffice refuses.

    It refuses while it is open, after a crash, and to the user root.
    """
    return _asked(machine, "add", "--force", "--suppress-license", str(file))


def remove_extension(machine: Machine) -> bool:
    """Take the extension away; false when LibreOffice refuses."""
    return _asked(machine, "remove", EXTENSION_NAME)


def _asked(machine: Machine, *wish: str) -> bool:
    program = places.find_unopkg(places.find_libreoffice(machine))
    verb, *rest = wish
    profile = f"-env:UserInstallation={places.libreoffice_profile(machine).as_uri()}"
    return bool(program) and machine.ask([program, verb, profile, *rest]) is not None
