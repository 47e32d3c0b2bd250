"""Where programs of an office and our own small files lie on each system."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sheetsync.office.machine import Machine, System

OUR_FOLDER: Final = "sheetsync"
XLWINGS_ADDIN_NAME: Final = "xlwings.xlam"

_APP_PATHS: Final = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe"
_CLICK_TO_RUN: Final = "HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration"
_LIBREOFFICE_KEYS: Final = (
    "HKCU\\SOFTWARE\\LibreOffice\\UNO\\InstallPath",
    "HKLM\\SOFTWARE\\LibreOffice\\UNO\\InstallPath",
)
_MAC_OFFICE: Final = Path("Library", "Group Containers", "UBF8T346G9.Office", "User Content.localized")
_SANDBOXES: Final = ("flatpak", "snap")


def our_settings(machine: Machine) -> Path:
    """Our folder in the user's settings. The macros look there too: on macOS it is ~/.config, as on Linux."""
    if machine.system is System.MACOS:
        chosen = machine.environment.get("XDG_CONFIG_HOME")
        return (Path(chosen) if chosen else machine.home / ".config") / OUR_FOLDER
    return machine.settings / OUR_FOLDER


def python_place(machine: Machine) -> Path:
    """The one-line file that tells the macros where Python is."""
    return our_settings(machine) / "python.txt"


def python_place_encoding(machine: Machine) -> str:
    """VBA reads a text file in the code page of its Windows; everywhere else it is UTF-8."""
    return "mbcs" if machine.system is System.WINDOWS else "utf-8"


def receipt_place(machine: Machine) -> Path:
    """What ``addin install`` wrote down about its own doings, for ``addin uninstall``."""
    return our_settings(machine) / "installed.json"


# --- Excel


def find_excel(machine: Machine) -> str:
    """Where Excel is, '' when it is not on this computer."""
    if machine.system is System.WINDOWS:
        registered = machine.registry.value(_APP_PATHS)
        if registered:
            return str(registered).strip('"')
        root = machine.registry.value(_CLICK_TO_RUN, "InstallationPath")
        return f"{root}\\root\\Office16\\EXCEL.EXE" if root else ""
    if machine.system is System.MACOS:
        return _first(folder / "Microsoft Excel.app" for folder in machine.programs)
    return ""


def excel_start_folder(machine: Machine) -> Path | None:
    """The folder whose workbooks Excel opens at every start.

    Chosen rather than the folder «AddIns»: a file there has to be ticked by hand in the list of
    add-ins or written into Excel's own settings, and the start folder is trusted from the start.
    """
    match machine.system:
        case System.WINDOWS:
            return machine.settings / "Microsoft" / "Excel" / "XLSTART"
        case System.MACOS:
            return machine.home / _MAC_OFFICE / "Startup.localized" / "Excel"
        case System.LINUX:
            return None


def xlwings_addin(machine: Machine) -> str:
    """Where the add-in of xlwings is, '' when it is not installed."""
    start = excel_start_folder(machine)
    folders = [start] if start else []
    if machine.system is System.WINDOWS:
        folders.append(machine.settings / "Microsoft" / "AddIns")
    return _first(folder / XLWINGS_ADDIN_NAME for folder in folders)


# --- LibreOffice


def find_libreoffice(machine: Machine) -> str:
    """The program file of LibreOffice, '' when it is not on this computer."""
    if machine.system is System.WINDOWS:
        registered = [machine.registry.value(key) for key in _LIBREOFFICE_KEYS]
        places = [Path(str(one), "soffice.exe") for one in registered if one]
        places += [folder / "LibreOffice" / "program" / "soffice.exe" for folder in machine.programs]
        return _first(places)
    if machine.system is System.MACOS:
        return _first(
            folder / "LibreOffice.app" / "Contents" / "MacOS" / "soffice" for folder in machine.programs
        )
    on_path = machine.environment.get("PATH", "")
    found = next(filter(None, (shutil.which(one, path=on_path) for one in ("soffice", "libreoffice"))), "")
    return found or _first(_linux_offices(machine))


def _linux_offices(machine: Machine) -> Iterator[Path]:
    for folder in machine.programs:
        yield folder / "libreoffice" / "program" / "soffice"
        yield from sorted(folder.glob("libreoffice*/program/soffice"), reverse=True)


def program_folder(soffice: str) -> Path:
    """The folder of LibreOffice's own files (versions, its Python), links followed."""
    folder = Path(soffice).resolve().parent
    resources = folder.parent / "Resources"
    return resources if folder.name == "MacOS" else folder


def find_unopkg(soffice: str) -> str:
    """LibreOffice's program that puts extensions in place, '' when it is not beside ``soffice``."""
    folder = Path(soffice).resolve().parent
    return _first(folder / name for name in ("unopkg.com", "unopkg"))


def extensions_list(machine: Machine) -> Path:
    """The file in which LibreOffice lists the user's extensions by name; absent until the first one."""
    return libreoffice_profile(machine) / "user" / "uno_packages" / "cache" / "uno_packages.pmap"


def sandbox_of(machine: Machine) -> str:
    """«flatpak» or «snap» when the user's LibreOffice lives in one: no button can start Python there."""
    places = {
        "flatpak": machine.home / ".var" / "app" / "org.libreoffice.LibreOffice",
        "snap": machine.home / "snap" / "libreoffice",
    }
    return next((name for name in _SANDBOXES if places[name].is_dir()), "")


def libreoffice_profile(machine: Machine) -> Path:
    """The user's own LibreOffice: settings, lock, macros."""
    name = "libreoffice" if machine.system is System.LINUX else "LibreOffice"
    return machine.settings / name / "4"


def libreoffice_settings(machine: Machine) -> Path:
    """The file of the profile the user's settings stand in; absent until the first change."""
    return libreoffice_profile(machine) / "user" / "registrymodifications.xcu"


# --- others


def find_r7(machine: Machine) -> str:
    """Р7-Офис or ONLYOFFICE Desktop Editors: they show the workbook, their macros cannot start Python."""
    return _first(
        place
        for folder in machine.programs
        for pattern in ("R7-Office*", "r7-office*", "ONLYOFFICE*", "onlyoffice*")
        for place in sorted(folder.glob(pattern))
    )


def _first(places: Iterator[Path] | list[Path]) -> str:
    return str(next((one for one in places if one.exists()), ""))
