"""The zip package of an Office file: parts, content types and relations.

Only parts that are edited are written anew; every other part keeps its bytes, compressed as they
came, and its place.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, BinaryIO, Final, Self

from lxml import etree
from msgspec import Struct

from sheetsync.deflate import crc32
from sheetsync.patterns import at_first_use
from sheetsync.workbooks.ooxml import OFFICE_RELATIONS, Element, local_name, parse, serialize
from sheetsync.workbooks.row_blocks import Piece, packed_bytes
from sheetsync.workbooks.zip_out import Member, ZipOut

_CONTENT_TYPES: Final = "[Content_Types].xml"
_TYPES_NS: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS_TYPE: Final = "application/vnd.openxmlformats-package.relationships+xml"
_LONG: Final = 1 << 20
"""Parts of more bytes stay compressed until they are read, and are not kept once read."""

_CHUNK: Final = 1 << 17
_REMEMBERED_NAMES: Final = 256
_LINK_OUTSIDE: Final = at_first_use(
    rb'<Relationship [^>]*?Type="[^"]*/hyperlink"[^>]*TargetMode="External"[^>]*/>'
)

_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    RuntimeError,
    NotImplementedError,
    EOFError,
)

ROOT: Final = ""
"""The package itself as the source of relations."""


Stamp = tuple[int, int]
"""Checksum and size of a part: what tells it from any other."""


class NotAPackageError(ValueError):
    """The bytes are not an Office package."""


class Relation(Struct, frozen=True):
    """One relation of a part. ``target`` is a part name, or an address when ``external``."""

    id: str
    kind: str
    target: str
    external: bool = False


class Package:
    """An Office file as named parts."""

    def __init__(self, parts: Mapping[str, bytes], packed: Mapping[str, Member] | None = None) -> None:
        """``packed`` are the parts as they lay in the file; one that is not among ``parts`` is a long one."""
        self._packed = dict(packed or {})
        self._parts: dict[str, bytes | None] = {**dict.fromkeys(self._packed), **parts}
        self._trees: dict[str, Element] = {}
        self._inside: dict[str, Element] = {}
        """Long untouched relations without those that lead outside."""
        self._edited: set[str] = set()
        self._written: set[str] = set()
        self._fillings: dict[str, Mapping[bytes, Iterable[Piece]]] = {}

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Open a package; ``NotAPackageError`` when the bytes are none."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos = [info for info in archive.infolist() if not info.is_dir()]
                short = (info for info in infos if info.file_size <= _LONG)
                parts = {info.filename: archive.read(info) for info in short}
            packed = {info.filename: _member(data, info) for info in infos}
        except _DAMAGE as error:
            raise NotAPackageError(f"not an Office package: {error}") from error
        if _CONTENT_TYPES not in parts:
            raise NotAPackageError("not an Office package: no content types")
        return cls(parts, packed)

    def to_bytes(self) -> bytes:
        """The package as a file; untouched parts byte for byte and in their order."""
        out = io.BytesIO()
        self.write_to(out)
        return out.getvalue()

    def write_to(self, stream: BinaryIO) -> None:
        """The same into a stream that can seek."""
        archive = ZipOut(stream)
        for name in self._parts:
            if name in self._fillings:
                archive.splice(name, self._filled(name))
            else:
                self._put(archive, name)
        archive.close()

    def _put(self, archive: ZipOut, name: str) -> None:
        """Write a part; one that is again what it was is copied as it was."""
        packed = self._packed.get(name)
        if packed is not None and name not in self._edited and name not in self._written:
            archive.copy(name, packed)
            return
        data = self.read(name)
        if packed is not None and (packed.size, packed.crc) == (len(data), crc32(data)):
            archive.copy(name, packed)
        else:
            archive.add(name, data, stored=packed is not None and packed.is_stored)

    # --- parts ----------------------------------------------------------------------------------

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self) -> tuple[str, ...]:
        """Names of all parts, in their order."""
        return tuple(self._parts)

    def read(self, name: str) -> bytes:
        """A part as bytes; ``KeyError`` when there is none. Of a filled part, what is around the fillings."""
        if name in self._edited:
            return serialize(self._trees[name])
        kept = self._parts[name]
        return b"".join(self.chunks(name)) if kept is None else kept

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part as bytes, bit by bit, so that a long one need not be held.

        ``NotAPackageError`` when it is damaged.
        """
        kept = self._parts[name]
        if name in self._edited or kept is not None:
            yield self.read(name)
            return
        yield from _inflated(name, self._packed[name])

    def write(self, name: str, data: bytes) -> None:
        """Replace the bytes of a part, or add one at the end."""
        self._parts[name] = data
        self._written.add(name)
        self._trees.pop(name, None)
        self._edited.discard(name)
        self._fillings.pop(name, None)

    def fill(self, name: str, root: Element, fillings: Mapping[bytes, Iterable[Piece]]) -> None:
        """Let a part be this XML with pieces in place of these bytes, which it holds in this order.

        The pieces are gone through whenever the package is written. Until then the part reads as the
        XML alone.
        """
        self._trees[name] = root
        self._edited.add(name)
        self._fillings[name] = fillings

    def stamp(self, name: str) -> Stamp | None:
        """What tells a part from any other; None for one that was changed or is not there."""
        packed = self._packed.get(name)
        if packed is None or name in self._edited or name in self._written:
            return None
        return packed.crc, packed.size

    def is_filled(self, name: str) -> bool:
        """Whether a part has pieces to come."""
        return name in self._fillings

    def _filled(self, name: str) -> Iterator[Piece]:
        rest = self.read(name)
        for place, pieces in self._fillings[name].items():
            before, found, rest = rest.partition(place)
            if not found:
                raise KeyError(place)
            yield packed_bytes(before)
            yield from pieces
        yield packed_bytes(rest)

    def twin(self) -> Package:
        """Another package of the same parts, to try something on."""
        parts = {name: self.read(name) for name, data in self._parts.items() if data or name in self._edited}
        other = Package(parts, self._packed)
        other._inside = dict(self._inside)
        return other

    def is_open(self, name: str) -> bool:
        """Whether a part is parsed already."""
        return name in self._trees

    def tree(self, name: str) -> Element:
        """A part as XML, for reading only."""
        if name not in self._trees:
            self._trees[name] = parse(self.read(name))
        return self._trees[name]

    def edit(self, name: str) -> Element:
        """A part as XML that will be written back."""
        root = self.tree(name)
        self._edited.add(name)
        return root

    def add(self, name: str, data: bytes, content_type: str) -> None:
        """Add a part with its content type."""
        self.write(name, data)
        types = self.edit(_CONTENT_TYPES)
        etree.SubElement(types, f"{{{_TYPES_NS}}}Override", PartName=f"/{name}", ContentType=content_type)

    def remove(self, name: str) -> None:
        """Remove a part with its own relations and its content type."""
        for gone in (name, relations_part(name)):
            self._parts.pop(gone, None)
            self._packed.pop(gone, None)
            self._trees.pop(gone, None)
            self._edited.discard(gone)
        override = self._override(name)
        if override is not None:
            self.edit(_CONTENT_TYPES).remove(override)

    def type_of(self, name: str) -> str:
        """The content type a part has of its own; «» for one known by its extension."""
        override = self._override(name)
        return "" if override is None else str(override.get("ContentType", ""))

    def retype(self, name: str, content_type: str) -> None:
        """Give a part that is there another content type."""
        if self.type_of(name) == content_type:
            return
        override = self._override(name)
        types = self.edit(_CONTENT_TYPES)
        if override is None:
            override = etree.SubElement(types, f"{{{_TYPES_NS}}}Override", PartName=f"/{name}")
        override.set("ContentType", content_type)

    def _override(self, name: str) -> Element | None:
        overrides = self.tree(_CONTENT_TYPES).findall(f"{{{_TYPES_NS}}}Override")
        return next((one for one in overrides if one.get("PartName", "").lower() == f"/{name}".lower()), None)

    def default_type(self, extension: str, content_type: str) -> None:
        """Make sure parts with this extension have a content type."""
        types = self.tree(_CONTENT_TYPES)
        known = {one.get("Extension", "").lower() for one in types.findall(f"{{{_TYPES_NS}}}Default")}
        if extension not in known:
            default = etree.Element(f"{{{_TYPES_NS}}}Default", Extension=extension, ContentType=content_type)
            self.edit(_CONTENT_TYPES).insert(0, default)

    def free_name(self, pattern: str) -> str:
        """The first unused name of a pattern such as ``xl/comments{}.xml``."""
        taken = {name.lower() for name in self._parts}
        number = 1
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    # --- relations ------------------------------------------------------------------------------

    def relations(self, source: str) -> Iterator[Relation]:
        """The relations of a part (``ROOT``: of the package), targets as part names."""
        part = relations_part(source)
        if part not in self._parts:
            return
        for one in self.tree(part):
            if local_name(one) == "Relationship":
                yield _relation(one, source)

    def related(self, source: str, kind: str) -> list[str]:
        """Part names a part is related to by a kind: the last word of the relation's type."""
        part, ending = relations_part(source), f"/{kind}"
        if part not in self._parts:
            return []
        if part in self._trees or self._parts[part] is not None:
            root = self.tree(part)
        else:
            if part not in self._inside:
                self._inside[part] = parse(_LINK_OUTSIDE.sub(b"", self.read(part)))
            root = self._inside[part]
        found = (_relation(one, source) for one in root if (one.get("Type") or "").endswith(ending))
        return [one.target for one in found if not one.external and one.target in self._parts]

    def relate(self, source: str, kind: str, target: str, *, external: bool = False, family: str = "") -> str:
        """Add a relation and return its id: the lowest free one, so that ids repeat run by run."""
        return self.relate_all(source, kind, [target], external=external, family=family)[0]

    def relate_all(
        self, source: str, kind: str, targets: list[str], *, external: bool, family: str = ""
    ) -> list[str]:
        """Add several relations at once; ``kind`` is the last word of their type.

        ``family`` is how the type begins where it is none of the format's own.
        """
        type_uri = f"{family or self.office_relations()}/{kind}"
        part = relations_part(source)
        if part not in self._parts:
            self.default_type("rels", _RELATIONS_TYPE)
            nsmap: dict[Any, Any] = {None: _RELATIONS_NS}
            empty = etree.Element(f"{{{_RELATIONS_NS}}}Relationships", nsmap=nsmap)
            self.write(part, serialize(empty))
        root = self.edit(part)
        taken = {one.get("Id") for one in root}
        free = (f"rId{number}" for number in range(1, len(taken) + len(targets) + 1))
        ids = [one for one in free if one not in taken][: len(targets)]
        for one_id, target in zip(ids, targets, strict=True):
            written = target if external else posixpath.relpath(target, posixpath.dirname(source) or ".")
            one = etree.SubElement(root, f"{{{_RELATIONS_NS}}}Relationship", Id=one_id, Type=type_uri)
            one.set("Target", written)
            if external:
                one.set("TargetMode", "External")
        return ids

    def office_relations(self) -> str:
        """How this edition of the format (transitional, strict) begins the types of relations."""
        types = (one.get("Type", "") for one in self.tree(relations_part(ROOT)))
        found = (one.rpartition("/")[0] for one in types if one.endswith("/officeDocument"))
        return next(found, OFFICE_RELATIONS)

    def unrelate(self, source: str, ids: set[str]) -> None:
        """Remove relations by id."""
        if not ids:
            return
        root = self.edit(relations_part(source))
        for one in [one for one in root if one.get("Id") in ids]:
            root.remove(one)


def _member(data: bytes, info: zipfile.ZipInfo) -> Member:
    """A member of an archive as it lies in the bytes."""
    name, extra = struct.unpack_from("<2H", data, info.header_offset + 26)
    start = info.header_offset + 30 + name + extra
    packed = memoryview(data)[start : start + info.compress_size]
    if len(packed) != info.compress_size:
        raise EOFError(info.filename)
    return Member(info.compress_type, info.CRC, info.file_size, packed)


def _inflated(name: str, member: Member) -> Iterator[bytes]:
    """The bytes of a member in chunks; whether they are the right ones is known at the end."""
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    crc = size = 0
    for at in range(0, len(member.data), _CHUNK):
        packed = member.data[at : at + _CHUNK]
        try:
            data = bytes(packed) if member.is_stored else unpack.decompress(packed)
        except zlib.error as error:
            raise NotAPackageError(f"{name} is damaged: {error}") from error
        crc, size = crc32(data, crc), size + len(data)
        yield data
    if (crc, size) != (member.crc, member.size):
        raise NotAPackageError(f"{name} is damaged")


@lru_cache(maxsize=_REMEMBERED_NAMES)
def relations_part(source: str) -> str:
    """Where the relations of a part are kept."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relation(element: Element, source: str) -> Relation:
    """One relation with its target resolved against the part it starts from."""
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        joined = target if target.startswith("/") else posixpath.join("/", posixpath.dirname(source), target)
        target = posixpath.normpath(joined).lstrip("/")
    kind = element.get("Type", "").rsplit("/", 1)[-1]
    return Relation(element.get("Id", ""), kind, target, external)
