"""Forms that were sent, kept as what tells each from others of its kind: no form is opened twice.

Beside the journal lies, for each form, its pattern and the few cells in which it differs. That is
worth nothing by itself: it is made again from the form's own bytes when it is missing, damaged or of
another version of the program, and no answer of a school is in it.
"""

from __future__ import annotations

import contextlib
import json
import pickle
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from sheetsync import __version__, store
from sheetsync.deflate import crc32
from sheetsync.grid import Book, Cell, Sheet
from sheetsync.intake.known import Known
from sheetsync.intake.known_forms import KnownForms
from sheetsync.intake.pattern import Likeness, Pattern, Place, likeness
from sheetsync.merge.received import CensusItem, ItemKind
from sheetsync.store.atomic import write_unsettled
from sheetsync.workbooks.census_items import Item
from sheetsync.workbooks.census_items import ItemKind as Counted
from sheetsync.workbooks.wire import Reading, packed, unpacked

FOLDER: Final = "forms"
_KIND: Final = ".kind"
_MADE_OF: Final = (*Book.__struct_fields__, *Sheet.__dataclass_fields__, *Cell.__struct_fields__)
SHAPE: Final = f"{__version__} 2 {crc32(' '.join(_MADE_OF).encode()):08x}"
"""A form is kept as values of ours: with a part more they are other ones."""
_PATTERNS: Final = 16
"""Kinds of forms remembered at one time; a school rarely has one of its own."""
_PLAIN: Final = (str, int, float, bool, type(None))


class OpenedForm(Struct, frozen=True):
    """A form read from its bytes; ``is_blank`` when it was sent without answers and remarks."""

    book: Book
    items: tuple[CensusItem, ...]
    is_blank: bool


OpenForm = Callable[[str], OpenedForm | None]
"""The form with these bytes, by their digest; ``None`` when they are not kept, or no workbook."""


class Shelved(Struct, frozen=True):
    """A form: its texts, its items, and how it differs from its pattern."""

    known: Known
    items: tuple[CensusItem, ...]
    form: Likeness
    is_blank: bool = True


class _Kind:
    """A pattern with all its items."""

    def __init__(self, digest: str, book: Book, items: tuple[CensusItem, ...]) -> None:
        self.digest: Final = digest
        self.items: Final = items
        self.pattern: Final = Pattern(book)
        self._known = KnownForms(self.pattern)

    def shelved(self, form: Likeness, own: Mapping[int, str]) -> Shelved:
        items = list(self.items)
        for step, text in own.items():
            items[step] = items[step]._replace(text=text)
        return Shelved(self._known.of(form), tuple(items), form)

    def own_items(self, items: tuple[CensusItem, ...]) -> dict[int, str] | None:
        """Where the count of a form says another text; ``None`` when it is of other cells."""
        if len(items) != len(self.items):
            return None
        own: dict[int, str] = {}
        for step, (one, like) in enumerate(zip(items, self.items, strict=True)):
            if one != like:
                if one._replace(text=like.text) != like:
                    return None
                own[step] = one.text
        return own


class FormShelf:
    """The forms of one campaign. ``keep`` says whether what is learnt of them is written beside it."""

    def __init__(self, campaign: store.Campaign, open_form: OpenForm, *, keep: bool) -> None:
        self._folder = campaign.state / FOLDER
        self._open = open_form
        self._keep = keep
        self._kinds: OrderedDict[str, _Kind] = OrderedDict()

    def form(self, sha256: str) -> Shelved | None:
        """The form with these bytes; ``None`` when they are not kept, or no workbook."""
        return self._remembered(sha256) or self._opened(sha256)

    # --- told from what is remembered

    def _remembered(self, sha256: str) -> Shelved | None:
        record = _checked(self._folder / sha256)
        with contextlib.suppress(ValueError, KeyError, TypeError, IndexError, AttributeError):
            told = json.loads(record or b"null")
            return self._told(told) if told else None
        return None

    def _told(self, told: Mapping[str, Any]) -> Shelved | None:
        kind = self._kind(told["kind"])
        if kind is None:
            return None
        sheets = kind.pattern.book.sheets
        own: dict[Place, Cell] = {}
        for place, row, column, value, links, comment in told["cells"]:
            formula = sheets[place].cells[row, column].formula
            own[place, row, column] = Cell(value, formula, tuple(links), comment)
        form = Likeness(kind.pattern, own, told["properties"])
        return kind.shelved(form, dict(told["items"]))

    def _kind(self, digest: str) -> _Kind | None:
        known = self._kinds.get(digest)
        if known is not None:
            self._kinds.move_to_end(digest)
            return known
        data = _checked(self._folder / digest)
        with contextlib.suppress(pickle.UnpicklingError, ValueError, TypeError, AttributeError, EOFError):
            match unpacked(data) if data else None:
                case Reading(book=Book() as book, items=tuple() as items):
                    return self._learn(digest, book, tuple(map(_counted, items)))
        return None

    def _learn(self, digest: str, book: Book, items: tuple[CensusItem, ...]) -> _Kind:
        kind = self._kinds[digest] = _Kind(digest, book, items)
        while len(self._kinds) > _PATTERNS:
            self._kinds.popitem(last=False)
        return kind

    # --- told from its own bytes

    def _opened(self, sha256: str) -> Shelved | None:
        opened = self._open(sha256)
        if opened is None:
            return None
        if not opened.is_blank:
            return _alone(opened)
        kind, form, own = self._like(sha256, opened)
        if self._keep:
            self._record(sha256, kind, form, own)
        return kind.shelved(form, own)

    def _like(self, sha256: str, opened: OpenedForm) -> tuple[_Kind, Likeness, dict[int, str]]:
        """The kind of a form, a new one when there is none like it."""
        if not self._kinds:
            self._meet_kinds()
        for kind in reversed(self._kinds.values()):
            own = kind.own_items(opened.items)
            form = likeness(opened.book, kind.pattern) if own is not None else None
            if form is not None and own is not None:
                return kind, form, own
        kind = self._learn(f"{sha256}{_KIND}", opened.book, opened.items)
        return kind, Likeness(kind.pattern, {}, opened.book.properties), {}

    def _meet_kinds(self) -> None:
        """Kinds another run met."""
        with contextlib.suppress(OSError):
            for path in sorted(self._folder.glob(f"*{_KIND}"))[:_PATTERNS]:
                self._kind(path.name)

    def _record(self, sha256: str, kind: _Kind, form: Likeness, own: Mapping[int, str]) -> None:
        """Write what tells a form from its kind. A disk that refuses costs nothing but time."""
        if not all(isinstance(cell.value, _PLAIN) for cell in form.own.values()):
            return
        told = {
            "kind": kind.digest,
            "properties": dict(form.properties),
            "cells": [[*at, cell.value, cell.links, cell.comment] for at, cell in form.own.items()],
            "items": list(own.items()),
        }
        with contextlib.suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            if _checked(self._folder / kind.digest) is None:
                items = tuple(Item(one.sheet, one.cell, Counted(one.kind), one.text) for one in kind.items)
                _write(self._folder / kind.digest, packed(Reading(book=kind.pattern.book, items=items)))
            _write(self._folder / sha256, json.dumps(told).encode())


def _alone(opened: OpenedForm) -> Shelved:
    """A form with answers or remarks: there is no other like it."""
    form = Likeness(Pattern(opened.book), {}, opened.book.properties)
    return Shelved(Known.of(opened.book), opened.items, form, is_blank=False)


def _counted(item: Item) -> CensusItem:
    return CensusItem(item.sheet, item.cell, ItemKind(item.kind), item.text)


def _checked(path: Path) -> bytes | None:
    """What a file holds after its digest; ``None`` when it is not there, or not whole."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    body = data.partition(b"\n")[2]
    return body if data == _with_digest(body) else None


def _write(path: Path, body: bytes) -> None:
    write_unsettled(path, _with_digest(body), 0o600)


def _with_digest(body: bytes) -> bytes:
    return f"{SHAPE} {store.sha256(body)}\n".encode() + body
