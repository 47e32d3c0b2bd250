"""The gate: from the bytes alone, may this file be parsed at all?

Sniff -> zip directory -> inflate under a cap -> one expat pass with counters over every XML part.
No tree is built and no value kept. What passes leaves as inflated parts, so that readers never
touch the archive again and can read nothing that was not looked at. Knows no file system.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple
from xml.parsers import expat

from msgspec import Struct

from sheetsync.intake import sniff
from sheetsync.intake.archive import Archive, is_locked, shown_name
from sheetsync.intake.limits import LIMITS, Limits, Reason, Refusal
from sheetsync.intake.part_counts import SMALL, LookedAt, Plain, check_sums, look_at, look_at_small
from sheetsync.intake.snapshot_rules import PART, check_snapshot
from sheetsync.intake.sniff import Format
from sheetsync.intake.surplus import ELEMENTS_OF_NOTE, LONGEST, TEXTS_PART, thinned
from sheetsync.intake.xml_rules import Totals, check_uses
from sheetsync.intake.xml_scan import scan
from sheetsync.intake.zip_directory import Member

__all__ = ["NUMBERS_PART", "PACKAGE_MARKS", "Admitted", "Plain", "Refused", "inspect"]

_READ: Final = (".xml", ".rels")
_NEVER_READ: Final = (
    "customxml/", "thumbnails/", "configurations2/", "object ", "basic/", "dialogs/", "scripts/", "__macosx/",
)  # fmt: skip
_CONTENT_TYPES: Final = "[content_types].xml"
_MIMETYPE: Final = "mimetype"
NUMBERS_PART: Final = "index/document.iwa"
PACKAGE_MARKS: Final = frozenset({_CONTENT_TYPES, _MIMETYPE, NUMBERS_PART})
"""A zip that holds one of these is a document of some program, not a zip of files."""
_MANIFEST: Final = "meta-inf/manifest.xml"
_REMEMBERED_TYPES: Final = 32
_MACRO_PARTS: Final = ("vbaproject.bin", "xl/macrosheets/", "basic/", "scripts/")


@dataclass(frozen=True, slots=True)
class Admitted:
    """A file that may be read. ``parts`` are the inflated XML parts by lower-case name.

    An .xls has no parts: its reader gets the bytes, in a child process. A snapshot of a Google
    sheet is one part, itself.
    """

    format: Format
    parts: Mapping[str, bytes]
    has_macros: bool = False
    plain: Mapping[str, Plain] = field(default_factory=dict, repr=False, compare=False)
    """Of the parts written as most programs write them, the pieces they were looked at in."""
    notes_beyond: int = 0
    """Notes beyond what any form holds: nobody will read them."""


class Refused(Struct, frozen=True):
    """A file that may not: ``reason`` names the finding, ``what`` fills it."""

    reason: Reason
    what: str

    @classmethod
    def of(cls, refusal: Refusal) -> Refused:
        return cls(refusal.reason, refusal.reason.what(refusal.detail))


@lru_cache(maxsize=1)
def inspect(data: bytes, limits: Limits = LIMITS) -> Admitted | Refused:
    """Decide from the bytes whether a returned file may be parsed; never raises.

    The last verdict is remembered: reader and census ask about the same file one after the other.
    """
    try:
        return _inspect(data, limits)
    except Refusal as refusal:
        return Refused.of(refusal)


def _inspect(data: bytes, limits: Limits) -> Admitted:
    if not data:
        raise Refusal(Reason.EMPTY)
    if len(data) > limits.file_bytes:
        raise Refusal(Reason.FILE_TOO_BIG, limits.file_bytes >> 20)
    if data.startswith(sniff.OLE):
        found = sniff.ole_format(data)
        if found == sniff.OLD_OFFICE and sniff.ole_is_cut(data):
            raise Refusal(Reason.TRUNCATED)
        return Admitted(_workbook(found), {}, sniff.ole_has_macros(data))
    if sniff.is_snapshot(data):
        check_snapshot(data, limits)
        return Admitted(Format.GOOGLE, {PART: data})
    if not data.startswith(sniff.ZIP):
        raise Refusal(Reason.NOT_A_WORKBOOK, sniff.not_a_workbook(data))
    return _inspect_package(Archive(data, limits))


def _inspect_package(archive: Archive) -> Admitted:
    members = archive.by_name()
    declared = _declared(archive, members)
    kind = _workbook(declared.format)
    if any(map(is_locked, members.values())):
        raise Refusal(Reason.ENCRYPTED)
    names = [name for name in members if declared.is_read(name)]
    # the manifest says whether the rest is locked; which texts are needed the sheets say
    names.sort(key=lambda name: (name != _MANIFEST, name.endswith(TEXTS_PART)))
    unpacked = _Unpacked(archive, {name: members[name] for name in names})
    try:
        plain = _looked_over(unpacked)
    except Refusal:
        _look_through(unpacked)
        plain = {}
    parts = unpacked.parts
    if kind is Format.ODS and "content.xml" not in parts:
        raise Refusal(Reason.NO_WORKBOOK_PART)
    macros = any(mark in name for name in members for mark in _MACRO_PARTS)
    return Admitted(kind, parts, macros or kind is Format.XLSM, plain, sum(unpacked.notes_left.values()))


class _Unpacked:
    """The parts of a package as they are asked for, each without what it holds in vain."""

    def __init__(self, archive: Archive, members: Mapping[str, Member]) -> None:
        self.limits = archive.limits
        self.parts: dict[str, bytes] = {}
        self.notes_left: dict[str, int] = {}
        self._archive, self._members = archive, members
        self._left, self._room = self.limits.total_bytes, LIMITS.total_bytes

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        for name, member in self._members.items():
            if name not in self.parts:
                self._unpack(name, member)
            yield name, self.parts[name]

    def looked_at(self) -> Iterator[LookedAt]:
        """Each part judged by itself; a small one may be known from another package."""
        for name, member in self._members.items():
            if member.size <= SMALL:
                one = look_at_small(name, self._archive.packed(member), self.limits)
                self._keep(name, one.part, member)
            else:
                self._unpack(name, member)
                one = look_at(name, self.parts[name], self.limits)
            yield one

    def _unpack(self, name: str, member: Member) -> None:
        most = min(self.limits.part_bytes, self._left)
        whole = self._archive.inflate(member, max(most, min(LONGEST, self._room)))
        part, left = thinned(name, whole, self.parts.values())
        self._keep(name, part, member)
        if left:
            self.notes_left[name] = left

    def _keep(self, name: str, part: bytes, member: Member) -> None:
        if len(part) > min(self.limits.part_bytes, self._left):
            raise Refusal(Reason.BOMB, shown_name(member))
        self.parts[name] = part
        self._left, self._room = self._left - len(part), self._room - member.size


def _looked_over(unpacked: _Unpacked) -> dict[str, Plain]:
    """Each part judged by itself; those written plainly, in pieces. A ``Refusal`` says no more than
    that a closer look is needed."""
    looked_at = list(unpacked.looked_at())
    if unpacked.notes_left:
        raise Refusal(Reason.TOO_MANY_CELLS)
    check_sums([one.totals for one in looked_at], unpacked.limits)
    plain = zip(unpacked.parts, [one.plain for one in looked_at], strict=True)
    return {name: form for name, form in plain if form is not None}


def _look_through(unpacked: _Unpacked) -> None:
    """The elements of all parts counted one by one. Raises the ``Refusal`` they deserve."""
    totals = Totals(unpacked.limits)
    for name, part in unpacked:
        scan(name, part, totals)
    for name, left in unpacked.notes_left.items():  # a cheap part must not be led to from many sheets
        totals.weights[name] += ELEMENTS_OF_NOTE * left
    check_uses(totals)


def _workbook(found: Format | str | None) -> Format:
    """The format, or the refusal that names what the file is instead (None: locked)."""
    if found is None:
        raise Refusal(Reason.ENCRYPTED)
    if not isinstance(found, Format):
        raise Refusal(Reason.NOT_A_WORKBOOK, found)
    return found


class _Declared(Struct, frozen=True):
    """What a package says of itself: its kind, and which of its members are XML."""

    format: Format | str
    xml_parts: frozenset[str] = frozenset()

    def is_read(self, name: str) -> bool:
        """Is this a part some reader may ask for? By its declared type, whatever it is called."""
        return name in self.xml_parts or (name.endswith(_READ) and not name.startswith(_NEVER_READ))


def _declared(archive: Archive, members: Mapping[str, Member]) -> _Declared:
    limits = archive.limits
    if _CONTENT_TYPES in members:
        types = _content_types(archive.inflate(members[_CONTENT_TYPES], limits.part_bytes), limits)
        xml_parts = frozenset(one for one in members if one in types.names or one.endswith(types.endings))
        return _Declared(types.format, xml_parts)
    if _MIMETYPE in members:
        mimetype = archive.inflate(members[_MIMETYPE], limits.token_bytes)
        return _Declared(sniff.open_document_format(mimetype.decode("ascii", "replace").strip()))
    return _Declared(sniff.NUMBERS if NUMBERS_PART in members else sniff.ARCHIVE)


class _Types(NamedTuple):
    """The format of a package by its main parts; names of parts declared to be XML of a sheet's own
    kinds, and how others of these end."""

    format: Format | str
    names: frozenset[str]
    endings: tuple[str, ...]


@lru_cache(maxsize=_REMEMBERED_TYPES)
def _content_types(part: bytes, limits: Limits) -> _Types:
    scan(_CONTENT_TYPES, part, Totals(limits))
    types: set[str] = set()
    names: set[str] = set()
    endings: set[str] = set()

    def declaration(_: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "")
        types.add(kind)
        if kind.endswith("+xml") and ("spreadsheet" in kind or "drawing" in kind):
            names.add(attributes.get("PartName", "").lstrip("/").lower())
            if extension := attributes.get("Extension"):
                endings.add(f".{extension.lower()}")

    parser = expat.ParserCreate()
    parser.StartElementHandler = declaration
    parser.Parse(part, True)
    main = frozenset(one for one in types if "main+xml" in one or ".main" in one)
    return _Types(sniff.open_xml_format(main), frozenset(names), tuple(endings))
