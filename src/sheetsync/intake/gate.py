"""The gate: from the bytes alone, may this file be parsed at all?

Sniff -> zip directory -> inflate under a cap -> one expat pass with counters over every XML part.
No tree is built and no value kept. What passes leaves as inflated parts, so that readers never
touch the archive again and can read nothing that was not looked at. Knows no file system.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from xml.parsers import expat

from sheetsync.intake import sniff
from sheetsync.intake.archive import Archive
from sheetsync.intake.limits import LIMITS, Limits, Reason, Refusal
from sheetsync.intake.sniff import Format
from sheetsync.intake.xml_scan import Totals, scan

_READ: Final = (".xml", ".rels")
_NEVER_READ: Final = ("customxml/", "thumbnails/", "configurations2/", "object ")
_CONTENT_TYPES: Final = "[content_types].xml"
_MANIFEST: Final = "meta-inf/manifest.xml"
_MACRO_PARTS: Final = ("vbaproject.bin", "xl/macrosheets/", "basic/", "scripts/")


@dataclass(frozen=True, slots=True)
class Admitted:
    """A file that may be read. ``parts`` are the inflated XML parts by lower-case name.

    An .xls has no parts: its reader gets the bytes, in a child process.
    """

    format: Format
    parts: Mapping[str, bytes]
    has_macros: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that may not: ``reason`` names the finding, ``what`` fills it."""

    reason: Reason
    what: str


@lru_cache(maxsize=1)
def inspect(data: bytes, limits: Limits = LIMITS) -> Admitted | Refused:
    """Decide from the bytes whether a returned file may be parsed; never raises.

    The last verdict is remembered: reader and census ask about the same file one after the other.
    """
    try:
        return _inspect(data, limits)
    except Refusal as refusal:
        return Refused(refusal.reason, refusal.reason.what(refusal.detail))


def _inspect(data: bytes, limits: Limits) -> Admitted:
    if not data:
        raise Refusal(Reason.EMPTY)
    if len(data) > limits.file_bytes:
        raise Refusal(Reason.FILE_TOO_BIG, limits.file_bytes >> 20)
    if data.startswith(sniff.OLE):
        return Admitted(_workbook(sniff.ole_format(data)), {}, sniff.ole_has_macros(data))
    if not data.startswith(sniff.ZIP):
        raise Refusal(Reason.NOT_A_WORKBOOK, sniff.not_a_workbook(data))
    return _inspect_package(Archive(data, limits))


def _inspect_package(archive: Archive) -> Admitted:
    limits = archive.limits
    kind = _workbook(_declared_format(archive))
    if archive.is_encrypted:
        raise Refusal(Reason.ENCRYPTED)
    names = [name for name in archive.names if name.endswith(_READ) and not name.startswith(_NEVER_READ)]
    names.sort(key=lambda name: name != _MANIFEST)  # it says whether the rest is locked
    totals, left = Totals(limits), limits.total_bytes
    parts: dict[str, bytes] = {}
    for name in names:
        parts[name] = archive.inflate(name, min(limits.part_bytes, left))
        left -= len(parts[name])
        scan(name, parts[name], totals)
    if kind is Format.ODS and "content.xml" not in parts:
        raise Refusal(Reason.NO_WORKBOOK_PART)
    macros = any(mark in name for name in archive.names for mark in _MACRO_PARTS)
    return Admitted(kind, parts, macros or kind is Format.XLSM)


def _workbook(found: Format | str | None) -> Format:
    """The format, or the refusal that names what the file is instead (None: locked)."""
    if found is None:
        raise Refusal(Reason.ENCRYPTED)
    if not isinstance(found, Format):
        raise Refusal(Reason.NOT_A_WORKBOOK, found)
    return found


def _declared_format(archive: Archive) -> Format | str:
    if _CONTENT_TYPES in archive.names:
        part = archive.inflate(_CONTENT_TYPES, archive.limits.part_bytes)
        scan(_CONTENT_TYPES, part, Totals(archive.limits))
        return sniff.open_xml_format(_content_types(part))
    if "mimetype" in archive.names:
        mimetype = archive.inflate("mimetype", archive.limits.token_bytes)
        return sniff.open_document_format(mimetype.decode("ascii", "replace").strip())
    return sniff.ARCHIVE


def _content_types(part: bytes) -> frozenset[str]:
    found: set[str] = set()
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _, attributes: found.add(attributes.get("ContentType", ""))
    parser.Parse(part, True)
    return frozenset(one for one in found if "main+xml" in one or ".main" in one)
