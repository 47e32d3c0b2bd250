"""The zip package of an Office file: parts, content types and relations.

Only parts that are edited are written anew; every other part keeps its bytes and its place.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final, Self

from lxml import etree

from sheetsync.values import dataclass
from sheetsync.workbooks.ooxml import OFFICE_RELATIONS, Element, local_name, parse, serialize

_CONTENT_TYPES: Final = "[Content_Types].xml"
_TYPES_NS: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS_TYPE: Final = "application/vnd.openxmlformats-package.relationships+xml"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""One date for every part, so that equal content gives equal bytes."""

ROOT: Final = ""
"""The package itself as the source of relations."""


class NotAPackageError(ValueError):
    """The bytes are not an Office package."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a part. ``target`` is a part name, or an address when ``external``."""

    id: str
    kind: str
    target: str
    external: bool = False


class Package:
    """An Office file as named parts."""

    def __init__(self, parts: dict[str, bytes], stored: frozenset[str] = frozenset()) -> None:
        self._parts = parts
        self._stored = stored
        self._trees: dict[str, Element] = {}
        self._edited: set[str] = set()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Open a package; ``NotAPackageError`` when the bytes are none."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos = [info for info in archive.infolist() if not info.is_dir()]
                parts = {info.filename: archive.read(info) for info in infos}
        except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
            raise NotAPackageError(f"not an Office package: {error}") from error
        if _CONTENT_TYPES not in parts:
            raise NotAPackageError("not an Office package: no content types")
        stored = frozenset(info.filename for info in infos if info.compress_type == zipfile.ZIP_STORED)
        return cls(parts, stored)

    def to_bytes(self) -> bytes:
        """The package as a file; untouched parts byte for byte and in their order."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in self._parts:
                info = zipfile.ZipInfo(name, _EPOCH)
                info.compress_type = zipfile.ZIP_STORED if name in self._stored else zipfile.ZIP_DEFLATED
                archive.writestr(info, self.read(name))
        return out.getvalue()

    # --- parts ----------------------------------------------------------------------------------

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self) -> tuple[str, ...]:
        """Names of all parts, in their order."""
        return tuple(self._parts)

    def read(self, name: str) -> bytes:
        """A part as bytes; ``KeyError`` when there is none."""
        return serialize(self._trees[name]) if name in self._edited else self._parts[name]

    def write(self, name: str, data: bytes) -> None:
        """Replace the bytes of a part, or add one at the end."""
        self._parts[name] = data
        self._trees.pop(name, None)
        self._edited.discard(name)

    def is_open(self, name: str) -> bool:
        """Whether a part is parsed already."""
        return name in self._trees

    def tree(self, name: str) -> Element:
        """A part as XML, for reading only."""
        if name not in self._trees:
            self._trees[name] = parse(self._parts[name])
        return self._trees[name]

    def edit(self, name: str) -> Element:
        """A part as XML that will be written back."""
        self._edited.add(name)
        return self.tree(name)

    def add(self, name: str, data: bytes, content_type: str) -> None:
        """Add a part with its content type."""
        self.write(name, data)
        types = self.edit(_CONTENT_TYPES)
        etree.SubElement(types, f"{{{_TYPES_NS}}}Override", PartName=f"/{name}", ContentType=content_type)

    def remove(self, name: str) -> None:
        """Remove a part with its own relations and its content type."""
        for gone in (name, relations_part(name)):
            self._parts.pop(gone, None)
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
        return [
            one.target
            for one in self.relations(source)
            if one.kind == kind and not one.external and one.target in self._parts
        ]

    def relate(self, source: str, kind: str, target: str, *, external: bool = False, family: str = "") -> str:
        """Add a relation and return its id: the lowest free one, so that ids repeat run by run."""
        return self.relate_all(source, kind, [target], external=external, family=family)[0]

    def relate_all(
        self, source: str, kind: str, targets: list[str], *, external: bool, family: str = ""
    ) -> list[str]:
        """Add several relations at once; ``kind`` is the last word of their type.

        ``family`` is how the type begins where it is none of the format's own.
        """
        type_uri = f"{family or self._office_relations()}/{kind}"
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

    def _office_relations(self) -> str:
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
