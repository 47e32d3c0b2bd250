"""Files of other kinds that lie beside copies: what they are by name and first bytes, and whose.

Whose a file is, is said by the copies it lies with: in one archive or folder, or above it. A name
alone is a weak pointer, believed only where it names one participant surely, and told of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from sheetsync.intake import sniff
from sheetsync.intake.senders import Roster
from sheetsync.model import FileFault, Participant, Plan
from sheetsync.text import name_and_suffix, tokens

HEAD_BYTES: Final = 4_096
"""How much of a file is looked at."""

MOST_BYTES: Final = 50 << 20
MOST_FILES: Final = 500
MOST_BYTES_TOGETHER: Final = 1 << 30
"""Of one participant: files beyond are told of and left where they lie."""

_DOCUMENTS: Final = (
    "pdf", "doc", "docx", "rtf", "odt", "ppt", "pptx", "pps", "ppsx", "odp", "djvu", "xps",
)  # fmt: skip
_TEXTS: Final = ("txt", "eml", "msg", "url", "sig", "p7s", "sgn")
_PICTURES: Final = (
    "jpg", "jpeg", "jfif", "png", "gif", "bmp", "tif", "tiff", "webp",
)  # fmt: skip
_FILMS: Final = ("heic", "mp4", "mov", "avi", "mkv", "wmv", "3gp", "mp3", "m4a", "wav", "ogg")
_ARCHIVES: Final = ("rar", "7z")
_PROGRAMS: Final = (
    "exe", "com", "bat", "cmd", "scr", "pif", "msi", "js", "jse", "vbs", "vbe", "wsf", "ps1",
    "hta", "jar", "lnk", "apk", "dll", "cpl", "reg", "sh",
    "docm", "dotm", "pptm", "potm", "ppsm",
)  # fmt: skip
_SENT_ALONG: Final = frozenset((*_DOCUMENTS, *_TEXTS, *_PICTURES, *_FILMS, *_ARCHIVES, *_PROGRAMS))
_HAVE_A_SIGN: Final = frozenset((*_DOCUMENTS, *_PICTURES)) - {"djvu"}
"""Kinds whose first bytes are known: plain text or nothing known there is not what the name says."""

_PROGRAM_SIGNS: Final = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_NOT_THESE: Final = frozenset({sniff.UNKNOWN, sniff.TEXT_FILE, sniff.WEB_PAGE, sniff.XML_TABLE})


def is_of_other_kind(name: str) -> bool:
    """Whether a file is no workbook by its very name: a document, a picture, a program."""
    return name_and_suffix(name)[1] in _SENT_ALONG


def fault_of(name: str, head: bytes, size: int) -> FileFault | None:
    """What keeps a file from being evidence, by its name, its first bytes and its size."""
    suffix = name_and_suffix(name)[1]
    if suffix in _PROGRAMS or head.startswith(_PROGRAM_SIGNS):
        return FileFault.PROGRAM
    if size == 0:
        return FileFault.EMPTY
    if size > MOST_BYTES:
        return FileFault.TOO_BIG
    if suffix in _HAVE_A_SIGN and not _has_a_sign(head):
        return FileFault.DAMAGED
    return None


def _has_a_sign(head: bytes) -> bool:
    return (
        head.startswith((sniff.OLE, b"AT&T"))
        or b"%PDF" in head
        or sniff.not_a_workbook(head) not in _NOT_THESE
    )


# --- whose --------------------------------------------------------------------------------------


class Owner(Struct, frozen=True):
    """Whose a file is; ``depth`` and ``by_name`` as in ``model.AttachedFile``."""

    code: str
    depth: int = 0
    by_name: bool = False


class Owners:
    """Tells whose the files of «Получено» are from the copies that lie there.

    ``copies``: names of read files with the participants whose reports they hold; with none, a
    report perhaps, but nobody knows whose. An archive is a folder here: «школа.zip/скан.pdf».
    """

    def __init__(self, plan: Plan, copies: Mapping[str, Iterable[str]]) -> None:
        self._roster = Roster(plan)
        self._spelled = {one.code: tuple(_spellings(one)) for one in plan.participants if one.owes_report}
        self._inside: dict[tuple[str, ...], set[str]] = {}
        for name, codes in copies.items():
            folders = _folders(name)
            for depth in range(1, len(folders) + 1):
                self._inside.setdefault(folders[:depth], set()).update(set(codes) or {""})

    def of(self, name: str) -> Owner | None:
        """Whose a file is: the one whose copy is nearest to it, unless its name says otherwise.

        A folder called after a school outweighs what its files are called after.
        """
        folders = _folders(name)
        by_name = self._told_by(name_and_suffix(name)[0])
        by_folder = next(filter(None, map(self._told_by, reversed(folders))), None)
        depth = next((one for one in range(len(folders), 0, -1) if folders[:one] in self._inside), 0)
        codes = self._inside.get(folders[:depth], set())
        known = codes - {""}
        if len(known) == 1:
            code = next(iter(known))
            named = by_folder or by_name
            if named == code or (named is None and len(codes) == 1):
                return Owner(code, depth)
        called = by_folder or by_name or self._told_by_path(name)
        return Owner(called, len(folders), by_name=True) if called else None

    def _told_by(self, part: str) -> str | None:
        """The one participant a name tells, by its code or its own words."""
        told = tokens(part)
        met = [code for code, names in self._spelled.items() if any(_within(one, told) for one in names)]
        return met[0] if len(met) == 1 else None

    def _told_by_path(self, name: str) -> str | None:
        found = self._roster.named_by_path(name)
        return found.code if found else None


def _folders(name: str) -> tuple[str, ...]:
    return tuple(name.split("/")[:-1])


def _spellings(one: Participant) -> Iterable[list[str]]:
    """Words that name a participant: its code as a whole, or a name of two words and more."""
    yield tokens(one.code)
    for name in (one.name, one.short_name, *one.aliases):
        told = tokens(name)
        if len(told) > 1:
            yield told


def _within(needle: list[str], told: list[str]) -> bool:
    size = len(needle)
    return any(told[at : at + size] == needle for at in range(len(told) - size + 1))
