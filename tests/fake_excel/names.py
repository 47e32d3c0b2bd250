"""Defined names: ``xlwings.base_classes`` Names and Name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlwings import base_classes

from fake_excel.areas import Rect, rect_of
from fake_excel.com import ComName, ComNames
from fake_excel.document import Document, Sheet
from fake_excel.document import Name as NameState
from fake_excel.errors import refused
from fake_excel.faces import Face

if TYPE_CHECKING:
    from fake_excel.app import App
    from fake_excel.ranges import Range

_TARGET = re.compile(r"=(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]{0,3}\$?\d*(?::\$?[A-Z]{0,3}\$?\d*)?)")


class Names(Face, base_classes.Names):
    def __init__(self, app: App, document: Document, scope: str | None = None) -> None:
        super().__init__(app, document)
        self._scope = scope

    def _all(self) -> list[NameState]:
        names = self._document.names
        return sorted(
            (one for one in names if self._scope in (None, one.scope)), key=lambda one: one.name.lower()
        )

    @property
    def api(self) -> ComNames:
        return ComNames(self._document)

    def __call__(self, name_or_index: str | int) -> Name:
        for number, one in enumerate(self._all(), 1):
            if name_or_index == number or (
                isinstance(name_or_index, str) and full_name(one).lower() == name_or_index.lower()
            ):
                return Name(self._app, self._document, one)
        raise refused("Application-defined or object-defined error")

    def contains(self, name_or_index: str | int) -> bool:
        return any(name_or_index in (number, full_name(one)) for number, one in enumerate(self._all(), 1))

    def __len__(self) -> int:
        return len(self._all())

    def add(self, name: str, refers_to: str) -> Name:
        if not refers_to.startswith("=") or " " in name:
            raise refused("The syntax of this name isn't correct.")
        self._document.names = [one for one in self._document.names if one.name.lower() != name.lower()]
        new = NameState(name, refers_to, self._scope or "")
        self._document.names.append(new)
        return Name(self._app, self._document, new)


class Name(Face, base_classes.Name):
    def __init__(self, app: App, document: Document, state: NameState) -> None:
        super().__init__(app, document)
        self._state = state

    def _where(self) -> str:
        return self._state.name

    @property
    def api(self) -> ComName:
        return ComName(self._document)

    @property
    def name(self) -> str:
        return full_name(self._state)

    @property
    def refers_to(self) -> str:
        return self._state.refers_to

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        if not isinstance(value, str) or not value.startswith("="):
            raise refused("There's a problem with this formula.")
        self._state.refers_to = value

    @property
    def refers_to_range(self) -> Range:
        """Microsoft, «Name.RefersToRange»: fails when the name is no range, such as ``=#REF!``."""
        found = target(self._document, self._state)
        if found is None:
            raise refused("Application-defined or object-defined error")
        return self._app._cells(self._document, *found)

    def delete(self) -> None:
        self._document.names.remove(self._state)


def full_name(name: NameState) -> str:
    """A name of one sheet is shown with the sheet before it."""
    if not name.scope:
        return name.name
    plain = re.fullmatch(r"[^\W\d]\w*", name.scope)
    return f"{name.scope}!{name.name}" if plain else f"'{name.scope}'!{name.name}"


def target(document: Document, name: NameState) -> tuple[Sheet, Rect] | None:
    """The cells a name stands for, when it stands for cells."""
    found = _TARGET.fullmatch(name.refers_to)
    sheet = found and document.sheet((found[1] or found[2]).replace("''", "'"))
    if not found or not sheet:
        return None
    return sheet, rect_of(found[3])


def cell_of_name(document: Document, name: str, sheet: Sheet) -> Rect | None:
    """``Worksheet.Range("name")`` works for names of that sheet's cells."""
    for one in document.names:
        if one.name.lower() == name.lower() and (found := target(document, one)) and found[0] is sheet:
            return found[1]
    return None
