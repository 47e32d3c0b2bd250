"""The parts of an .xlsx and the relationships that lead from one to another."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import unquote

from msgspec import Struct

from sheetsync.intake.gate import Plain
from sheetsync.intake.plain_lists import PlainRelations
from sheetsync.workbooks.xml_walk import Attributes, Damaged, walk

_HYPERLINK: Final = "hyperlink"
"""Leads out of the file even where the program that saved it forgot to say so."""
_REMEMBERED: Final = 256


class Relation(Struct, frozen=True):
    """One arrow from a part: ``kind`` is the last word of its type («hyperlink», «comments»)."""

    kind: str
    target: str
    external: bool


class _Inside(NamedTuple):
    """Relations of a part by id; of those that lead to other parts, where each kind of them leads."""

    listed: dict[str, Relation]
    kinds: Mapping[str, Sequence[str]]
    targets: Mapping[str, str]
    """Where all of them lead, by id."""


class Package:
    """Gated parts by lower-case name; a missing part is empty relations or ``Damaged``.

    What is told from a part alone is told once for all copies that hold the same one.
    """

    def __init__(self, parts: Mapping[str, bytes], plain: Mapping[str, Plain] | None = None) -> None:
        self._parts = parts
        self._plain = plain or {}
        self._relations: dict[str, _Inside] = {}
        self._addresses: dict[str, Mapping[str, str]] = {}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def part(self, name: str) -> bytes:
        """The content of a part the workbook needs."""
        try:
            return self._parts[name.lower()]
        except KeyError:
            raise Damaged(f"нет части «{name}»") from None

    def plain(self, name: str) -> Plain | None:
        """The pieces of a part that is written plainly."""
        return self._plain.get(name.lower())

    def relations(self, name: str) -> dict[str, Relation]:
        """Relations of a part by id; targets inside the package are made absolute."""
        inside, addresses = self._inside(name).listed, self._addresses[name]
        if not addresses:
            return inside
        outside = {one: Relation(_HYPERLINK, target, True) for one, target in addresses.items()}
        return inside | outside

    def targets(self, name: str) -> Mapping[str, str]:
        """Where the relations of a part lead."""
        return {**self._inside(name).targets, **self._addresses[name]}

    def related(self, name: str, kind: str) -> Sequence[str]:
        """Names of the parts of one kind that ``name`` leads to, the absent ones left out."""
        found = self._inside(name).kinds.get(kind)
        return [one for one in found if one in self] if found else ()

    def beside(self, name: str) -> tuple[object, ...]:
        """Where a part leads inside the package and what is there, to be compared with another package."""
        inside = self._inside(name)
        parts = [self._parts.get(one) for several in inside.kinds.values() for one in several]
        return inside.listed, *self._addresses[name].items(), *parts

    def _inside(self, name: str) -> _Inside:
        """The relations of a part, less the addresses among them when they are listed plainly."""
        if name not in self._relations:
            folder, _, file = name.rpartition("/")
            rels = f"{folder}/_rels/{file}.rels".lstrip("/").lower()
            listed, plain = self._parts.get(rels, b""), self._plain.get(rels)
            addresses: Mapping[str, str] = {}
            if isinstance(plain, PlainRelations):
                found, addresses = _relations_in(folder, plain.frame), plain.addresses
            if not addresses or not found.listed.keys().isdisjoint(addresses):
                # of two alike the later one holds
                found, addresses = _relations_in(folder, listed), {}
            self._relations[name], self._addresses[name] = found, addresses
        return self._relations[name]


@lru_cache(maxsize=_REMEMBERED)
def _relations_in(folder: str, part: bytes) -> _Inside:
    found: dict[str, Relation] = {}

    def relationship(attributes: Attributes) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        external = attributes.get("TargetMode") == "External" or kind == _HYPERLINK
        target = attributes.get("Target", "")
        found[attributes.get("Id", "")] = Relation(
            kind, target if external else _absolute(folder, target), external
        )

    if part:
        walk(part, {"Relationship": relationship}, {})
    kinds: dict[str, list[str]] = {}
    for one in found.values():
        if not one.external:
            kinds.setdefault(one.kind, []).append(one.target)
    return _Inside(found, kinds, {name: one.target for name, one in found.items()})


def _absolute(folder: str, target: str) -> str:
    target = unquote(target).replace("\\", "/")
    path = target if target.startswith("/") else f"/{folder}/{target}"
    return posixpath.normpath(path).lstrip("/")


def relation_id(attributes: Attributes) -> str:
    """The value of «r:id», whatever the prefix is called in this file."""
    return next((value for name, value in attributes.items() if name.endswith(":id")), "")
