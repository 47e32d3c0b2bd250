"""Enough of cmd.exe to play our command files: no Windows is here, so its rules are written down.

What is played, after the order in which cmd.exe reads a line of a batch file:

1. percent signs, before anything else and without regard to quotation marks: «%%» is a percent sign,
   «%~dp0» the folder of the file with «\\» at its end, «%name%» a variable; nothing that was put in is read again;
2. signs: inside quotation marks all are plain; outside «^» makes the next one plain, and «&», «|»,
   «<», «>» end the words (only «>nul» is used);
3. the command: ``echo``, ``title``, ``if not exist … goto``, ``if a==b goto``, ``goto``, ``pause``,
   else a program, whose words are split by the rules of Microsoft's C library (a quotation mark
   toggles, «\\"» is a quotation mark, other backslashes are plain).

Until ``chcp 65001`` the file is read in the machine's own code page: a letter beyond ASCII before it is an error.
Delayed expansion («!») is off only where ``setlocal DisableDelayedExpansion`` says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_PERCENT = re.compile(r"%%|%~dp0|%(\w+)%|%")


@dataclass
class Played:
    """What a command file did: programs it started, words it showed, whether it waited for a key."""

    started: list[list[str]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    waited: bool = False


def play(text: str, folder: str, exists: Callable[[str], bool], code: int) -> Played:
    """Play a command file that stands in ``folder`` («…\\»); programs it starts end with ``code``."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    lines = text.split("\r\n")
    labels = {line[1:]: number for number, line in enumerate(lines) if line.startswith(":")}
    assert lines[1] == "setlocal DisableDelayedExpansion", "else «!» of a path would vanish"
    chosen = lines.index("chcp 65001 >nul")
    assert "".join(lines[: chosen + 1]).isascii()
    played, errorlevel, number = Played(), 0, chosen + 1
    while number < len(lines):
        line = _percent(lines[number], folder, errorlevel)
        number += 1
        if (label := _goes_to(line, exists)) is not None:
            number = labels[label] if label else number
        elif line.startswith(("echo", "title")):
            played.shown.append(_plain(line.partition(" ")[2]))
        elif line.startswith("pause"):
            played.waited = True
        elif line and not line.startswith(":"):
            played.started.append(_words(_plain(line, keep_quotes=True)))
            errorlevel = code
    return played


def _percent(line: str, folder: str, errorlevel: int) -> str:
    def put(found: re.Match[str]) -> str:
        match found[0]:
            case "%%":
                return "%"
            case "%~dp0":
                return folder
            case "%errorlevel%":
                return str(errorlevel)
        return ""

    return _PERCENT.sub(put, line)


def _goes_to(line: str, exists: Callable[[str], bool]) -> str | None:
    """The label a line leads to, '' when its condition does not hold, None when it is no jump."""
    if found := re.fullmatch(r'if not exist "(.*)" goto (\w+)', line):
        return "" if exists(found[1]) else found[2]
    if found := re.fullmatch(r"if (\S+)==(\S+) goto (\w+)", line):
        return found[3] if found[1] == found[2] else ""
    found = re.fullmatch(r"goto (\w+)", line)
    return found[1] if found else None


def _plain(line: str, *, keep_quotes: bool = False) -> str:
    """The line with its signs read; a sign cmd.exe would obey is an error."""
    out, quoted, escaped = [], False, False
    for sign in line:
        if escaped:
            escaped = False
        elif sign == '"':
            quoted = not quoted
        elif not quoted and sign == "^":
            escaped = True
            continue
        else:
            assert quoted or sign not in "&|<>", line
        out.append(sign)
    assert not quoted or keep_quotes, line
    return "".join(out)


def _words(line: str) -> list[str]:
    """Arguments as the C library of a program splits them."""
    words: list[str] = []
    for found in re.finditer(r'((?:\\+"|[^\s"]|"(?:[^"\\]|\\+(?!"))*(?:\\*")?)+)', line):
        words.append(found[0].replace('"', ""))
        assert '\\"' not in found[0], "a backslash before a quotation mark would join two arguments"
    return words
