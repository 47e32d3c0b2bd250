"""The shortcut beside the workbook: a double click consolidates its folder where no button works.

One file for the system it is made on. Each finds the folder it lies in by itself, so a campaign may
be moved or renamed; only the place of Python is written down (``addin install`` renews it). The window
stays until Enter is pressed.
"""

from __future__ import annotations

import shlex
from pathlib import Path, PurePath
from typing import Final

from sheetsync.columns.buttons import BUTTONS, Action
from sheetsync.notices import say
from sheetsync.office.machine import System
from sheetsync.office.notices import OfficeNotice
from sheetsync.store.atomic import set_mode, write_atomically

_COMMAND: Final = "-P -m sheetsync consolidate --open"
"""-P: a file of the campaign folder is never taken for a module of Python."""

_CAPTION: Final = next(one.caption for one in BUTTONS if one.action is Action.CONSOLIDATE)
_SUFFIXES: Final = {System.WINDOWS: ".cmd", System.MACOS: ".command", System.LINUX: ".desktop"}


def shortcut_path(system: System, folder: Path) -> Path:
    """Where the shortcut of a campaign folder lies."""
    return folder / f"{_CAPTION}{_SUFFIXES[system]}"


def write_shortcut(system: System, folder: Path, python: PurePath) -> Path:
    """Write the shortcut for one system into a campaign folder. Raises ``store.DiskRefused``."""
    path = shortcut_path(system, folder)
    match system:
        case System.WINDOWS:
            text = windows_shortcut(python)
        case System.MACOS:
            text = mac_shortcut(python)
        case System.LINUX:
            text = linux_shortcut(python, folder)
    write_atomically(path, text.encode())
    set_mode(path, path.stat().st_mode | 0o111)
    return path


def _closing() -> dict[str, str]:
    """The line before Enter is awaited, by the exit code of the command line."""
    return {
        "0": say(OfficeNotice.SHORTCUT_DONE),
        "1": say(OfficeNotice.SHORTCUT_LOOK),
        "*": say(OfficeNotice.SHORTCUT_FAILED),
    }


# --- Windows


def windows_shortcut(python: PurePath) -> str:
    """A command file for cmd.exe. It is in UTF-8, so nothing but ASCII stands before ``chcp``.

    ``%~dp0`` is the folder of the file itself and ends with «\\»; the dot keeps that from escaping the
    quotation mark. Paths stand in quotation marks, where only «%» is special.
    """
    words = _closing()
    program = str(python).replace("%", "%%")
    lines = [
        "@echo off",
        "setlocal DisableDelayedExpansion",
        "chcp 65001 >nul",
        f"title {cmd_words(_CAPTION)}",
        f'if not exist "{program}" goto nopython',
        f'"{program}" {_COMMAND} "%~dp0."',
        "if %errorlevel%==0 goto done",
        "if %errorlevel%==1 goto look",
        f"echo {cmd_words(words['*'])}",
        "goto end",
        ":done",
        f"echo {cmd_words(words['0'])}",
        "goto end",
        ":look",
        f"echo {cmd_words(words['1'])}",
        "goto end",
        ":nopython",
        f"echo {cmd_words(say(OfficeNotice.SHORTCUT_NO_PYTHON, python=python))}",
        ":end",
        "echo.",
        f"echo {cmd_words(say(OfficeNotice.SHORTCUT_PRESS_ENTER))}",
        "pause >nul",
    ]
    return "".join(f"{line}\r\n" for line in lines)


def cmd_words(text: str) -> str:
    """Words for ``echo`` of cmd.exe: signs it would obey are made plain."""
    plain = text.replace("%", "%%")
    return "".join(f"^{sign}" if sign in '^&|<>()"' else sign for sign in plain)


# --- shells


def _shell_lines(place: str) -> list[str]:
    """Lines of sh: ``$python`` consolidates the folder of ``place`` and the window waits for Enter."""
    words = {code: shlex.quote(words) for code, words in _closing().items()}
    missing = shlex.quote(say(OfficeNotice.SHORTCUT_NO_PYTHON, python="%s"))
    return [
        f'if [ -x "$python" ]; then "$python" {_COMMAND} {place}',
        f"case $? in 0) echo {words['0']};; 1) echo {words['1']};; *) echo {words['*']};; esac",
        f'else printf {missing} "$python"; echo; fi',
        f"echo; echo {shlex.quote(say(OfficeNotice.SHORTCUT_PRESS_ENTER))}",
        "read -r answer",
    ]


def mac_shortcut(python: PurePath) -> str:
    """A script Finder opens in Terminal."""
    lines = ["#!/bin/sh", f"python={shlex.quote(str(python))}", *_shell_lines('"$(dirname "$0")"')]
    return "".join(f"{line}\n" for line in lines)


def linux_shortcut(python: PurePath, folder: Path) -> str:
    """A desktop entry. Its own place comes as %k: a path, on some desktops an address, on some nothing;
    then the folder it was made in is taken.
    """
    decode = "import sys, urllib.request as u; print(u.url2pathname(sys.argv[1][7:]))"
    script = [
        "python=$0 place=$2",
        f"""case $2 in file://*) place=$("$python" -P -c '{decode}' "$2");; esac""",
        'if [ -f "$place" ]; then place=$(dirname "$place"); else place=$1; fi',
        *_shell_lines('"$place"'),
    ]
    words = ["sh", "-c", "; ".join(script), str(python), str(folder)]
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Version=1.0",
        f"Name={_CAPTION}",
        f"Comment={say(OfficeNotice.SHORTCUT_COMMENT)}",
        f"Exec={' '.join(desktop_word(one) for one in words)} %k",
        "Terminal=true",
        "Categories=Office;",
    ]
    return "".join(f"{line}\n" for line in lines)


def desktop_word(word: str) -> str:
    """One argument of ``Exec``: quoted as an argument, then escaped as a string of the entry."""
    quoted = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in word).replace("%", "%%")
    return f'"{quoted}"'.replace("\\", "\\\\")
