"""The parts of an .xlsx and the relationships that lead from one to another."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import unquote

from sheetsync.values import dataclass
from sheetsync.workbooks.xml_walk import Attributes, Damaged, walk

_HYPERLINK: Final = "hyperlink"
"""Leads out of the file even where the program that saved it forgot to say so."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One arrow from a part: ``kind`` is the last word of its type («hyperlink», «comments»)."""

    kind: str
    target: str
    external: bool


class Package:
    """Gated parts by lower-case name; a missing part is empty relations or ``Damaged``."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts
        self._relations: dict[str, dict[str, Relation]] = {}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def part(self, name: str) -> bytes:
        """The content of a part the workbook needs."""
        try:
            return self._parts[name.lower()]
        except KeyError:
            raise Damaged(f"нет части «{name}»") from None

    def relations(self, name: str) -> dict[str, Relation]:
        """Relations of a part by id; targets inside the package are made absolute."""
        if name not in self._relations:
            self._relations[name] = self._read_relations(name)
        return self._relations[name]

    def _read_relations(self, name: str) -> dict[str, Relation]:
        folder, _, file = name.rpartition("/")
        found: dict[str, Relation] = {}

        def relationship(attributes: Attributes) -> None:
            kind = attributes.get("Type", "").rpartition("/")[2]
            external = attributes.get("TargetMode") == "External" or kind == _HYPERLINK
            target = attributes.get("Target", "")
            found[attributes.get("Id", "")] = Relation(
                kind, target if external else _absolute(folder, target), external
            )

        rels = f"{folder}/_rels/{file}.rels".lstrip("/").lower()
        if rels in self._parts:
            walk(self._parts[rels], {"Relationship": relationship}, {})
        return found

    def related(self, name: str, kind: str) -> Iterator[str]:
        """Names of the parts of one kind that ``name`` leads to, the absent ones left out."""
        for relation in self.relations(name).values():
            if relation.kind == kind and not relation.external and relation.target in self:
                yield relation.target


def _absolute(folder: str, target: str) -> str:
    target = unquote(target).replace("\\", "/")
    path = target if target.startswith("/") else f"/{folder}/{target}"
    return posixpath.normpath(path).lstrip("/")


def relation_id(attributes: Attributes) -> str:
    """The value of «r:id», whatever the prefix is called in this file."""
    return next((value for name, value in attributes.items() if name.endswith(":id")), "")
