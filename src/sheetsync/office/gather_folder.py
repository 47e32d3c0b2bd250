"""Looks at a campaign folder: where it lies, and what its workbook carries. Nothing is started or changed."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from sheetsync.columns.buttons import KitCell
from sheetsync.office.facts import Book, Folder
from sheetsync.office.machine import Machine, System
from sheetsync.office.shortcuts import shortcut_path
from sheetsync.store import Campaign, is_open_elsewhere
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.package import Package

_MACROS_PART: Final = "vbaProject.bin"
_INTERNET: Final = re.compile(r"^ZoneId=[34]", re.MULTILINE)
_CLOUDS: Final = (
    ("OneDrive", ("onedrive", "sharepoint")),
    ("Яндекс.Диск", ("яндекс.диск", "яндекс диск", "yandexdisk", "yandex.disk", "yandex disk")),
    ("Облако Mail", ("облако mail.ru", "cloud mail.ru", "mail.ru cloud")),
    ("Google Диск", ("google drive", "googledrive", "google диск", "мой диск", "my drive")),
    ("Dropbox", ("dropbox",)),
    ("iCloud", ("icloud drive", "mobile documents", "iclouddrive")),
)
_ONEDRIVE_ROOTS: Final = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_NETWORK_PLACES: Final = ("/run/user/", "/.gvfs/")


def folder_facts(machine: Machine, folder: Path) -> Folder:
    """A campaign folder: where it lies, whether it can be written, its workbook and its shortcut."""
    campaign = open_folder(folder)
    place = campaign.folder
    if not place.is_dir():
        return Folder(str(place), exists=False)
    shortcut = shortcut_path(machine.system, place)
    return Folder(
        path=str(place),
        url=place.as_uri(),
        writable=os.access(place, os.W_OK),
        cloud=cloud_of(machine, place),
        network=is_network(machine, str(place)),
        shortcut=str(shortcut),
        has_shortcut=shortcut.exists(),
        book=book_facts(machine, campaign.workbook),
    )


def open_folder(place: Path) -> Campaign:
    """The campaign of a folder or of the workbook in it, whether or not there is one.

    Links on the way stay as they were typed: programs compare a workbook's path letter by letter.
    """
    whole = place.resolve() if ".." in place.parts else place.absolute()
    return Campaign(whole.parent if whole.is_file() else whole)


def cloud_of(machine: Machine, folder: Path) -> str:
    """The program that keeps the folder in step with a server, '' when none is recognised."""
    roots = [machine.environment.get(one, "") for one in _ONEDRIVE_ROOTS]
    if any(folder.is_relative_to(one) for one in roots if one):
        return _CLOUDS[0][0]
    parts = [part.casefold() for part in folder.parts]
    for name, words in _CLOUDS:
        if any(part.startswith(word) for part in parts for word in words):
            return name
    return ""


def is_network(machine: Machine, folder: str) -> bool:
    """Whether the folder lies on another computer: a share, or a drive letter of one."""
    if machine.system is not System.WINDOWS:
        return folder.startswith(_NETWORK_PLACES[0]) or _NETWORK_PLACES[1] in folder
    letter = f"HKCU\\Network\\{folder[:1]}"
    return folder.startswith("\\\\") or machine.registry.value(letter, "RemotePath") is not None


def book_facts(machine: Machine, path: Path) -> Book | None:
    """The district workbook and what its buttons carry; None when there is none."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        return Book(str(path), readable=False, is_open=is_open_elsewhere(path))
    try:
        package = Package.from_bytes(data)
        workbook = ExcelFile(package)
        protocol, python = (_named(workbook, one) for one in (KitCell.PROTOCOL, KitCell.PYTHON))
    except (ValueError, KeyError, SyntaxError):
        return Book(str(path), readable=False, is_open=is_open_elsewhere(path))
    return Book(
        path=str(path),
        has_macros=any(name.endswith(_MACROS_PART) for name in package.names()),
        protocol=int(protocol) if protocol.isdigit() else None,
        python=python,
        is_open=is_open_elsewhere(path),
        from_internet=_came_from_internet(machine, path),
    )


def _named(workbook: ExcelFile, name: str) -> str:
    """The text of a named cell, '' when there is none of that name."""
    try:
        cell = workbook.read_named(name)
    except KeyError:
        return ""
    value = cell.value
    return f"{value:g}" if isinstance(value, float) else str(value or "").strip()


def _came_from_internet(machine: Machine, path: Path) -> bool:
    mark = machine.origin(path)
    return bool(_INTERNET.search(mark)) if machine.system is System.WINDOWS else bool(mark)
