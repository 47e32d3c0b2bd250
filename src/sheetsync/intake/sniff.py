"""What a file is, told from its first bytes and, for archives, from what they declare."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

ZIP: Final = b"PK\x03\x04"
OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")

OPEN_SPREADSHEET: Final = "application/vnd.oasis.opendocument.spreadsheet"
SNAPSHOT: Final = b'{"sheetsync":"google-snapshot/1","spreadsheet":'
"""How every snapshot of a Google sheet begins."""


def is_snapshot(data: bytes) -> bool:
    """Whether these bytes say of themselves that they are a snapshot of a Google sheet."""
    return data.startswith(SNAPSHOT)


class Format(StrEnum):
    """The kinds of workbook that are read."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLS = "xls"
    ODS = "ods"
    GOOGLE = "google"
    """A snapshot of a Google sheet, as the program itself keeps it."""


WEB_PAGE: Final = "веб-страница"
WORD: Final = "документ Word"
TEXT_DOCUMENT: Final = "текстовый документ"
SLIDES: Final = "презентация"
PICTURE: Final = "картинка"
ARCHIVE: Final = "архив"
XLSB: Final = "двоичная книга .xlsb"
NUMBERS: Final = "таблица Apple Numbers"
XML_TABLE: Final = "таблица в виде XML"
TEXT_FILE: Final = "текстовый файл (например, CSV)"
MAIL: Final = "письмо"
OLD_OFFICE: Final = "файл старого Office без книги внутри"
UNKNOWN: Final = "файл неизвестного вида"

_MAGIC: Final = (
    (b"%PDF", "документ PDF"),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"BM", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"Rar!", ARCHIVE),
    (b"7z\xbc\xaf", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"PK", ARCHIVE),
    (b"{\\rtf", WORD),
    (b"MZ", "программа"),
    *((start, "книга Excel очень старого вида") for start in (b"\x09\0\4\0", b"\x09\2\6\0", b"\x09\4\6\0")),
)
_MAIL_HEADERS: Final = (
    "mime-version:", "received:", "return-path:", "delivered-to:", "message-id:", "from:", "subject:",
)  # fmt: skip
_OPEN_XML: Final = (
    ("sheet.binary.macroenabled.main", XLSB),
    ("wordprocessingml", WORD),
    ("ms-word", WORD),
    ("presentationml", SLIDES),
    ("ms-powerpoint", SLIDES),
)
_OPEN_DOCUMENT: Final = (
    (".text", TEXT_DOCUMENT),
    (".presentation", SLIDES),
    (".graphics", "рисунок"),
)
_BIFF_START: Final = bytes.fromhex("0908100000060500")
_FILEPASS: Final = 0x2F
_RECORDS_BEFORE_LOCK: Final = 10
_OLE_HEADER: Final = 512
_SECTOR_SHIFTS: Final = (9, 12)
_LOCKED_STREAM: Final = "EncryptedPackage"
_WORKBOOK_STREAMS: Final = frozenset({"Workbook", "Book"})
_OLE_STREAMS: Final = (
    ("WordDocument", WORD),
    ("PowerPoint Document", SLIDES),
    ("__properties_version1.0", MAIL),
)


def not_a_workbook(data: bytes) -> str:
    """What a file that is neither a zip nor an OLE container is, in the words of finding F103."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return what
    if data[4:12] in (b"ftypheic", b"ftypmif1") or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return PICTURE
    text = _as_text(data[:4096])
    if text is None:
        return UNKNOWN
    start = text.lstrip("\ufeff \r\n\t").lower()
    if start.startswith("<?xml"):
        start = start.partition("?>")[2].lstrip()
        if not start.startswith(("<html", "<!doctype html")):
            return XML_TABLE
    if start.startswith(
        ("<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<div", "<style", "<!--")
    ):
        return WEB_PAGE
    return MAIL if start.startswith(_MAIL_HEADERS) else TEXT_FILE


def _as_text(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore")
    if b"\0" in head:
        return None
    try:
        return head.decode()
    except UnicodeDecodeError:
        text = head.decode("cp1251", "replace")
        return text if sum(ch.isprintable() or ch.isspace() for ch in text) > 0.95 * len(text) else None


def open_xml_format(content_types: frozenset[str]) -> Format | str:
    """The format an Open XML package declares, or what it is instead."""
    declared = " ".join(sorted(content_types)).lower()
    for mark, what in _OPEN_XML:
        if mark in declared:
            return what
    if "sheet.macroenabled.main" in declared or "template.macroenabled.main" in declared:
        return Format.XLSM
    if "spreadsheetml.sheet.main" in declared or "spreadsheetml.template.main" in declared:
        return Format.XLSX
    return ARCHIVE


def open_document_format(mimetype: str) -> Format | str:
    """The format an OpenDocument package declares, or what it is instead."""
    if mimetype.startswith(OPEN_SPREADSHEET):
        return Format.ODS
    return next((what for mark, what in _OPEN_DOCUMENT if mark in mimetype), ARCHIVE)


def ole_format(data: bytes) -> Format | str | None:
    """What an OLE container holds: an old workbook, another document, or None when it is locked.

    A container whose directory is broken is judged by the stream names met anywhere in it.
    """
    streams = set(_ole_root_streams(data)) or _names_met(data)
    if _LOCKED_STREAM in streams:
        return None
    if _WORKBOOK_STREAMS & {one.capitalize() for one in streams}:  # some write them in capitals
        return None if _old_workbook_is_locked(data) else Format.XLS
    return next((what for stream, what in _OLE_STREAMS if stream in streams), OLD_OFFICE)


def ole_is_cut(data: bytes) -> bool:
    """Whether the container's directory should stand beyond the end of the file."""
    if len(data) < _OLE_HEADER:
        return True
    shift, start = struct.unpack_from("<H", data, 30)[0], struct.unpack_from("<i", data, 48)[0]
    return shift in _SECTOR_SHIFTS and start >= 0 and (start + 2) << shift > len(data) + (1 << shift) - 1


def _old_workbook_is_locked(data: bytes) -> bool:
    """Whether a FILEPASS record stands among the first of the workbook."""
    at = data.find(_BIFF_START)
    for _ in range(_RECORDS_BEFORE_LOCK if at >= 0 else 0):
        if at + 4 > len(data):
            return False
        kind, size = struct.unpack_from("<HH", data, at)
        if kind == _FILEPASS:
            return True
        at += 4 + size
    return False


def _names_met(data: bytes) -> set[str]:
    known = {_LOCKED_STREAM, *_WORKBOOK_STREAMS, *(stream for stream, _ in _OLE_STREAMS)}
    return {name for name in known if name.encode("utf-16-le") in data}


def ole_has_macros(data: bytes) -> bool:
    """Whether an old workbook carries a macro project."""
    return "_VBA_PROJECT_CUR" in _ole_root_streams(data)


def _ole_root_streams(data: bytes) -> Iterator[str]:
    """Names of what lies directly in the container; things nested deeper are other documents."""
    entries = list(_ole_entries(data))
    if not entries:
        return
    todo, seen = [_child(entries[0])], set[int]()
    while todo:
        index = todo.pop()
        if index in seen or not 0 <= index < len(entries):
            continue  # a branch that is absent or already walked
        seen.add(index)
        entry = entries[index]
        size = min(struct.unpack_from("<H", entry, 64)[0], 64)
        yield entry[: max(size - 2, 0)].decode("utf-16-le", "replace")
        todo.extend(struct.unpack_from("<ii", entry, 68))


def _child(entry: bytes) -> int:
    return int(struct.unpack_from("<i", entry, 76)[0])


def _ole_entries(data: bytes) -> Iterator[bytes]:
    """The 128-byte directory entries, along the chain of directory sectors."""
    if len(data) < _OLE_HEADER:
        return
    shift, start = struct.unpack_from("<H", data, 30)[0], struct.unpack_from("<i", data, 48)[0]
    if shift not in _SECTOR_SHIFTS:
        return
    size = 1 << shift
    fat_sectors = struct.unpack_from("<109i", data, 76)
    seen: set[int] = set()
    while start >= 0 and start not in seen and (start + 1) * size < len(data):
        seen.add(start)
        sector = data[(start + 1) * size : (start + 2) * size]
        yield from (sector[at : at + 128] for at in range(0, len(sector) - 127, 128))
        which, where = divmod(start, size // 4)
        fat = fat_sectors[which] if which < 109 else -1
        at = (fat + 1) * size + where * 4
        start = struct.unpack_from("<i", data, at)[0] if fat >= 0 and at + 4 <= len(data) else -1
