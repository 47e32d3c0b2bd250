"""Asks the computer: its programs, its settings and a campaign folder become ``Facts``."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from pathlib import Path
from typing import Final

from sheetsync.office import places
from sheetsync.office.excel_trust import excel_trust
from sheetsync.office.facts import Excel, Facts, Folder, LibreOffice, Python
from sheetsync.office.gather_folder import folder_facts
from sheetsync.office.lo_extension import holds_extension
from sheetsync.office.lo_settings import MacroSettings, NotLibreOfficeSettings, macro_settings
from sheetsync.office.machine import Machine
from sheetsync.workbooks.templates import ADDIN_FILE, EXTENSION_FILE, built_in

_PROBE: Final = """
import importlib.metadata as m, importlib.util as u, json, pathlib, sys
def version(name):
    try:
        return m.version(name) if u.find_spec(name) else ""
    except m.PackageNotFoundError:
        return "?"
try:
    from sheetsync.workbooks.libreoffice.reaching import import_uno
    import_uno(pathlib.Path(sys.argv[1]) if sys.argv[1:] else None)
    uno = True
except (ImportError, ConnectionError):
    uno = False
print(json.dumps({"version": "%d.%d.%d" % sys.version_info[:3], "sheetsync": version("sheetsync"),
                  "xlwings": version("xlwings"), "uno": uno}))
"""
"""Asked of an interpreter in a process of its own: importing ``uno`` changes the process that does it."""

_BRIDGE_PROBE: Final = "import sys, uno; print('%d.%d' % sys.version_info[:2])"
_VERSION: Final = re.compile(r"^ProductKey=\S+ ([\d.]+)", re.MULTILINE)
_OFFICE_PROCESSES: Final = frozenset({"soffice", "soffice.bin", "soffice.exe"})


def gather(machine: Machine, folder: Path | None) -> Facts:
    """Everything the doctor looks at; nothing is changed and no document is opened."""
    libreoffice = find_libreoffice(machine)
    soffice = libreoffice.path if libreoffice and not libreoffice.sandbox else ""
    known = folder_facts(machine, folder) if folder else None
    told = button_python(machine, known)
    return Facts(
        system=machine.system,
        python=ask_python(machine, str(machine.python), soffice),
        button_python=_examined(machine, told, soffice) if told else None,
        excel=find_excel(machine),
        libreoffice=libreoffice,
        r7=places.find_r7(machine),
        folder=known,
    )


# --- Python


def ask_python(machine: Machine, python: str, soffice: str) -> Python:
    """What an interpreter says of itself, and whether the buttons' way to ``uno`` works in it."""
    answer = machine.ask([python, "-E", "-P", "-c", _PROBE, *filter(None, [soffice])])
    if answer is None:
        return Python(python, runs=False)
    return Python(python, **json.loads(answer))


def _examined(machine: Machine, python: str, soffice: str) -> Python:
    """Only this interpreter, and one the user's own settings name, is started to be asked."""
    if python in (str(machine.python), told_python(machine)):
        return ask_python(machine, python, soffice)
    return Python(python, asked=False, runs=Path(python).exists())


def button_python(machine: Machine, folder: Folder | None) -> str:
    """The interpreter the buttons would start: the workbook tells it, else the user's settings do."""
    in_book = folder.book.python if folder and folder.book else ""
    if in_book and Path(in_book).exists():
        return in_book
    return told_python(machine) or in_book


def told_python(machine: Machine) -> str:
    """The interpreter the user's settings tell the macros of, '' when they tell of none."""
    try:
        text = places.python_place(machine).read_text(places.python_place_encoding(machine))
    except (OSError, UnicodeError):
        return ""
    return text.partition("\n")[0].strip()


# --- programs


def find_excel(machine: Machine) -> Excel | None:
    """Excel, its trust and our add-in in it; None when it is not on this computer."""
    path = places.find_excel(machine)
    start = places.excel_start_folder(machine)
    if not path or start is None:
        return None
    packed = built_in(ADDIN_FILE)
    return Excel(
        path,
        trust=excel_trust(machine.registry),
        ribbon=digest(start / ADDIN_FILE),
        packed_ribbon=digest(packed) if packed else "",
        xlwings_addin=places.xlwings_addin(machine),
    )


def digest(file: Path) -> str:
    """The sha256 of a file, '' when there is none."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def find_libreoffice(machine: Machine) -> LibreOffice | None:
    """LibreOffice, its Python and what its profile says of macros; None when it is not on this computer."""
    path = places.find_libreoffice(machine)
    sandbox = places.sandbox_of(machine)
    if not path:
        return LibreOffice(sandbox, sandbox=sandbox) if sandbox else None
    program = places.program_folder(path)
    return LibreOffice(
        path,
        version=_version_of(program),
        python=_bridge_python(machine, program),
        sandbox=sandbox if f"/{sandbox}/" in path else "",
        macros=_macros_of(machine),
        extension=_extension_of(machine, path),
    )


def _version_of(program: Path) -> str:
    for name in ("bootstraprc", "bootstrap.ini"):
        with contextlib.suppress(OSError):
            found = _VERSION.search((program / name).read_text(errors="replace"))
            return found[1] if found else ""
    return ""


def _bridge_python(machine: Machine, program: Path) -> str:
    """The minor version LibreOffice's bridge was made for: its own Python's, else the system's."""
    own = [program / name for name in ("python.exe", "python")]
    for python in (*(str(one) for one in own if one.exists()), "/usr/bin/python3"):
        answer = machine.ask([python, "-c", _BRIDGE_PROBE])
        if answer:
            return answer.strip()
    return ""


def libreoffice_runs(machine: Machine) -> bool:
    """Whether the user's LibreOffice is open: it keeps its settings in memory and writes them when it ends.

    The lock of its profile alone may be left over from a crash.
    """
    locked = (places.libreoffice_profile(machine) / ".lock").exists()
    return locked and bool(_OFFICE_PROCESSES & machine.processes())


def _extension_of(machine: Machine, soffice: str) -> bool | None:
    """Read from LibreOffice's own list: asking its program ``unopkg`` would start it."""
    can_be_put = built_in(EXTENSION_FILE) and places.find_unopkg(soffice)
    return holds_extension(machine) if can_be_put else None


def _macros_of(machine: Machine) -> MacroSettings | None:
    try:
        return macro_settings(places.libreoffice_settings(machine).read_bytes())
    except FileNotFoundError:
        return MacroSettings()
    except (OSError, NotLibreOfficeSettings):
        return None
