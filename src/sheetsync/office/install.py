"""Puts in place what the buttons need on this computer, and takes away exactly that.

What cannot be told from others' by itself (a trusted folder of LibreOffice, a file) is written into a
receipt. Every step can be done again: what stands already is left as it is and said so.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

from msgspec import Struct
from msgspec.structs import asdict, replace

from sheetsync.columns.buttons import RIBBON_TAB
from sheetsync.notices import say
from sheetsync.office import places
from sheetsync.office.excel_trust import covering, excel_trust, our_locations, trust_folder
from sheetsync.office.gather import digest, libreoffice_runs, told_python
from sheetsync.office.gather_folder import is_network, open_folder
from sheetsync.office.lo_extension import add_extension, holds_extension, remove_extension
from sheetsync.office.lo_settings import (
    EMPTY_SETTINGS,
    NotLibreOfficeSettings,
    is_inside,
    macro_settings,
    with_trusted,
    without_trusted,
)
from sheetsync.office.machine import Machine, System
from sheetsync.office.notices import OfficeNotice
from sheetsync.office.shortcuts import shortcut_path, write_shortcut
from sheetsync.store import EditedMeanwhile, StoreError, TargetBusy, write_atomically
from sheetsync.workbooks.templates import ADDIN_FILE, EXTENSION_FILE, built_in

_BACKUP_SUFFIX: Final = ".before-sheetsync"


class Step(Struct, frozen=True):
    """One thing done or left undone. ``needs_user``: it has to be done again or by hand."""

    sentence: str
    needs_user: bool = False


class Receipt(Struct, frozen=True):
    """What was put where: digests of files, and the folders LibreOffice was told to trust."""

    python: str = ""
    ribbon: str = ""
    trusted: tuple[str, ...] = ()
    extension: str = ""


def install(machine: Machine, folder: Path | None) -> tuple[Step, ...]:
    """Put everything in place; with a campaign folder also the trust in it and its shortcut."""
    return tuple(dict.fromkeys(_tried(put) for put in _puts(machine, folder)))


def _puts(machine: Machine, folder: Path | None) -> Iterator[Callable[[], Step]]:
    yield partial(_put_python, machine)
    excel = places.find_excel(machine)
    office = places.find_libreoffice(machine)
    if not excel and not office:
        yield lambda: Step(say(OfficeNotice.NO_OFFICE_PROGRAM))
    if excel:
        yield partial(_put_ribbon, machine)
    extension = built_in(EXTENSION_FILE)
    if extension and office and places.find_unopkg(office):
        yield partial(_put_extension, machine, extension)
    if folder is None:
        yield lambda: Step(say(OfficeNotice.SKIPPED_NO_FOLDER))
        return
    place = open_folder(folder).folder
    if excel and machine.system is System.WINDOWS:
        yield partial(_put_excel_trust, machine, place)
    if office:
        yield partial(_put_office_trust, machine, place)
    yield partial(_put_shortcut, machine, place)


def _tried(put: Callable[[], Step]) -> Step:
    """What the disk refuses is said, and the other steps are taken all the same."""
    try:
        return put()
    except StoreError as error:
        return Step(str(error), needs_user=True)
    except (TargetBusy, EditedMeanwhile) as error:
        return Step(say(OfficeNotice.SKIPPED_BUSY_FILE, file=error.args[0]), needs_user=True)


def uninstall(machine: Machine) -> tuple[Step, ...]:
    """Take away what ``install`` put, for every campaign folder, and say what stays."""
    done = [
        *_take_python(machine),
        *_take_ribbon(machine),
        *_take_excel_trust(machine),
        *_take_office_trust(machine),
        *_take_extension(machine),
    ]
    if not done:
        return (Step(say(OfficeNotice.TOOK_NOTHING)),)
    if read_receipt(machine) == Receipt():
        _forget(machine)
    shortcut = shortcut_path(machine.system, Path()).name
    return (*dict.fromkeys(done), Step(say(OfficeNotice.LEFT_BOOKS, shortcut=shortcut)))


def _forget(machine: Machine) -> None:
    """The receipt goes, and our folder with it when nothing else is in it."""
    places.receipt_place(machine).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        places.our_settings(machine).rmdir()


# --- the receipt


def read_receipt(machine: Machine) -> Receipt:
    """What was put here; an empty receipt when nothing was, or when it is not readable any more."""
    try:
        told = json.loads(places.receipt_place(machine).read_text("utf-8"))
        trusted = tuple(told["trusted"])
        return Receipt(told["python"], told["ribbon"], trusted, told.get("extension", ""))
    except (OSError, ValueError, KeyError, TypeError):
        return Receipt()


def _note(machine: Machine, receipt: Receipt) -> None:
    text = json.dumps(asdict(receipt), ensure_ascii=False, indent=1)
    write_atomically(places.receipt_place(machine), text.encode())


# --- Python


def _put_python(machine: Machine) -> Step:
    file, python = places.python_place(machine), str(machine.python)
    done = say(OfficeNotice.PUT_PYTHON, python=python, file=file)
    if told_python(machine) == python:
        return _already(done)
    try:
        data = f"{python}\n".encode(places.python_place_encoding(machine))
    except UnicodeEncodeError:
        return Step(say(OfficeNotice.SKIPPED_PYTHON_LETTERS, python=python), needs_user=True)
    write_atomically(file, data)
    _note(machine, replace(read_receipt(machine), python=python))
    return Step(done)


def _take_python(machine: Machine) -> Iterator[Step]:
    receipt, file = read_receipt(machine), places.python_place(machine)
    if not receipt.python:
        return
    if told_python(machine) == receipt.python:
        file.unlink(missing_ok=True)
        yield Step(say(OfficeNotice.TOOK_PYTHON, file=file))
    elif file.exists():
        yield Step(say(OfficeNotice.LEFT_OTHERS_FILE, file=file))
    _note(machine, replace(receipt, python=""))


# --- Excel


def _put_ribbon(machine: Machine) -> Step:
    packed, start = built_in(ADDIN_FILE), places.excel_start_folder(machine)
    if packed is None or start is None:
        return Step(say(OfficeNotice.SKIPPED_NO_RIBBON, name=ADDIN_FILE))
    target = start / ADDIN_FILE
    done = say(OfficeNotice.PUT_RIBBON, tab=RIBBON_TAB, file=target)
    if digest(target) == digest(packed):
        return _already(done)
    write_atomically(target, packed.read_bytes())
    _note(machine, replace(read_receipt(machine), ribbon=digest(target)))
    return Step(done)


def _take_ribbon(machine: Machine) -> Iterator[Step]:
    receipt, start = read_receipt(machine), places.excel_start_folder(machine)
    if not receipt.ribbon or start is None:
        return
    target = start / ADDIN_FILE
    if digest(target) == receipt.ribbon:
        try:
            target.unlink()
        except PermissionError:
            yield Step(say(OfficeNotice.SKIPPED_BUSY_FILE, file=target), needs_user=True)
            return
        yield Step(say(OfficeNotice.TOOK_RIBBON, file=target))
    elif target.exists():
        yield Step(say(OfficeNotice.LEFT_OTHERS_FILE, file=target))
    _note(machine, replace(receipt, ribbon=""))


def _put_excel_trust(machine: Machine, folder: Path) -> Step:
    network = is_network(machine, str(folder))
    done = say(OfficeNotice.PUT_EXCEL_TRUST, folder=folder)
    trust = excel_trust(machine.registry)
    if covering(trust, str(folder), network=network):
        return _already(done)
    if network:
        return Step(say(OfficeNotice.SKIPPED_NETWORK, folder=folder), needs_user=True)
    trust_folder(machine.registry, str(folder))
    return Step(done)


def _take_excel_trust(machine: Machine) -> Iterator[Step]:
    for one in our_locations(machine.registry):
        machine.registry.drop(one.key)
        yield Step(say(OfficeNotice.TOOK_EXCEL_TRUST, folder=one.path))


# --- LibreOffice


def _put_office_trust(machine: Machine, folder: Path) -> Step:
    """Trust the folder as it was named and, where links lead to it, as it is really called."""
    urls = dict.fromkeys((folder.as_uri(), folder.resolve().as_uri()))
    file = places.libreoffice_settings(machine)
    done = say(OfficeNotice.PUT_OFFICE_TRUST, folder=folder)
    try:
        data = changed = file.read_bytes() if file.exists() else EMPTY_SETTINGS
        trusted = macro_settings(data).trusted
        wanting = tuple(url for url in urls if not any(is_inside(url, one) for one in trusted))
        for url in wanting:
            changed = with_trusted(changed, url)
    except (OSError, NotLibreOfficeSettings):
        return Step(say(OfficeNotice.SKIPPED_OFFICE_SETTINGS, file=file), needs_user=True)
    if not wanting:
        return _already(done)
    if libreoffice_runs(machine):
        return Step(say(OfficeNotice.SKIPPED_OFFICE_RUNS), needs_user=True)
    receipt = read_receipt(machine)
    _note(machine, replace(receipt, trusted=(*receipt.trusted, *wanting)))
    if file.exists():
        write_atomically(_backup_of(file), data)
        write_atomically(file, changed, instead_of=data)
    else:
        write_atomically(file, changed)
    return Step(done)


def _take_office_trust(machine: Machine) -> Iterator[Step]:
    receipt, file = read_receipt(machine), places.libreoffice_settings(machine)
    if not receipt.trusted:
        return
    if libreoffice_runs(machine):
        yield Step(say(OfficeNotice.SKIPPED_OFFICE_RUNS), needs_user=True)
        return
    try:
        data = changed = file.read_bytes() if file.exists() else EMPTY_SETTINGS
        for url in receipt.trusted:
            changed = without_trusted(changed, url)
    except (OSError, NotLibreOfficeSettings):
        yield Step(say(OfficeNotice.SKIPPED_OFFICE_SETTINGS, file=file), needs_user=True)
        return
    if changed == EMPTY_SETTINGS:
        file.unlink(missing_ok=True)
    elif changed != data:
        write_atomically(file, changed, instead_of=data)
    _backup_of(file).unlink(missing_ok=True)
    for url in receipt.trusted:
        yield Step(say(OfficeNotice.TOOK_OFFICE_TRUST, folder=url2pathname(urlsplit(url).path)))
    _note(machine, replace(receipt, trusted=()))


def _backup_of(settings: Path) -> Path:
    return settings.with_name(f"{settings.name}{_BACKUP_SUFFIX}")


def _put_extension(machine: Machine, packed: Path) -> Step:
    receipt, done = read_receipt(machine), say(OfficeNotice.PUT_EXTENSION, menu=RIBBON_TAB)
    if receipt.extension == digest(packed) and holds_extension(machine):
        return _already(done)
    if libreoffice_runs(machine):
        return Step(say(OfficeNotice.SKIPPED_OFFICE_RUNS), needs_user=True)
    if not add_extension(machine, packed):
        return Step(say(OfficeNotice.SKIPPED_EXTENSION, menu=RIBBON_TAB, file=packed))
    _note(machine, replace(receipt, extension=digest(packed)))
    return Step(done)


def _take_extension(machine: Machine) -> Iterator[Step]:
    receipt = read_receipt(machine)
    if not receipt.extension:
        return
    if holds_extension(machine):
        if libreoffice_runs(machine):
            yield Step(say(OfficeNotice.SKIPPED_OFFICE_RUNS), needs_user=True)
            return
        if not remove_extension(machine):
            yield Step(say(OfficeNotice.LEFT_EXTENSION, menu=RIBBON_TAB), needs_user=True)
            return
        yield Step(say(OfficeNotice.TOOK_EXTENSION, menu=RIBBON_TAB))
    _note(machine, replace(receipt, extension=""))


# --- the campaign folder


def _put_shortcut(machine: Machine, folder: Path) -> Step:
    path = write_shortcut(machine.system, folder, machine.python)
    return Step(say(OfficeNotice.PUT_SHORTCUT, file=path))


def _already(what: str) -> Step:
    return Step(say(OfficeNotice.KEPT_ALREADY, what=what))
