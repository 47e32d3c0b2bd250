"""Defined names of the document and of its sheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .places import Place, place_of, struct

_BUILT_IN = "_xlnm."


def read(doc: Any) -> tuple[tuple[str, str, str], ...]:
    """Every name: the sheet it belongs to (empty: the document), the name, what it stands for."""
    return tuple((sheet, one.Name, one.Content) for sheet, one in _names(doc))


def place_of_name(doc: Any, sheet: str, name: str) -> Place | None:
    """The cells a name stands for, or None where it stands for something else."""
    cells = _named(doc, sheet, name).ReferredCells
    return None if cells is None else place_of(cells)


def add(doc: Any, sheet: str, name: str, content: str) -> None:
    """Define a name; an older one of that name gives way."""
    names = _of(doc, sheet)
    if names.hasByName(name):
        names.removeByName(name)
    names.addNewByName(name, content, struct("table.CellAddress"), 0)


def redefine(doc: Any, sheet: str, name: str, content: str) -> None:
    """Make a name stand for something else."""
    _named(doc, sheet, name).setContent(content)


def rename(doc: Any, sheet: str, name: str, new: str) -> None:
    """Give a name another spelling."""
    _named(doc, sheet, name).setName(new)


def drop(doc: Any, sheet: str, name: str) -> None:
    """Take a name away."""
    _of(doc, sheet).removeByName(_named(doc, sheet, name).Name)


def _of(doc: Any, sheet: str) -> Any:
    return doc.Sheets.getByName(sheet).NamedRanges if sheet else doc.NamedRanges


def _named(doc: Any, sheet: str, name: str) -> Any:
    """Names are the same in small and capital letters, as in Excel."""
    names = _of(doc, sheet)
    for other in names.ElementNames:
        if other.lower() == name.lower():
            return names.getByName(other)
    raise KeyError(name)


def _names(doc: Any) -> Iterator[tuple[str, Any]]:
    for owner in ("", *doc.Sheets.ElementNames):
        names = _of(doc, owner)
        for name in names.ElementNames:
            if not name.startswith(_BUILT_IN):
                yield owner, names.getByName(name)
