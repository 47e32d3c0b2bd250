"""Notes beside cells: the comments part, its drawing (VML) and the threads of newer Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from lxml import etree
from msgspec import Struct

from sheetsync.grid import a1, position
from sheetsync.workbooks.cells_xml import rich_text
from sheetsync.workbooks.legacy_drawings import drawing_part, new_drawing
from sheetsync.workbooks.note_shapes import NoteShapes
from sheetsync.workbooks.ooxml import (
    XML_SPACE,
    Element,
    append,
    child,
    children,
    escape,
    serialize,
    tag_like,
)
from sheetsync.workbooks.package import Package

TOOL_AUTHOR: Final = "sheetsync"
"""Notes by this author are ours: a consolidation writes them anew."""

_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"

Place = tuple[int, int]


class Note(Struct, frozen=True):
    """One note: its text and whether the tool wrote it."""

    text: str
    is_ours: bool


class Notes:
    """The notes of one sheet."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._sheet = part
        self._part = next(iter(package.related(part, "comments")), None)

    def read(self) -> dict[Place, Note]:
        """Notes by cell."""
        if self._part is None:
            return {}
        root = self._package.tree(self._part)
        authors = [one.text or "" for one in children(child(root, "authors"), "author")]
        found: dict[Place, Note] = {}
        for one in self._elements():
            number = int(one.get("authorId", "0"))
            is_ours = number < len(authors) and authors[number] == TOOL_AUTHOR
            found[position(one.get("ref"))] = Note(rich_text(one), is_ours)
        return found

    def move(self, moved: Callable[[Place], Place | None]) -> None:
        """Put every note where its cell went; a note whose cell is gone goes with it."""
        if self._part is None:
            return
        places = {place: moved(place) for place in self.read()}
        if all(old == new for old, new in places.items()):
            return
        self._package.edit(self._part)
        for thread in (self._part, *self._package.related(self._sheet, "threadedComment")):
            for one in list(self._package.edit(thread).iter("{*}comment", "{*}threadedComment")):
                new = moved(position(one.get("ref")))
                if new is None:
                    one.getparent().remove(one)
                else:
                    one.set("ref", a1(*new))
        drawing = drawing_part(self._package, self._sheet)
        if drawing:
            shapes = NoteShapes(self._package.read(drawing))
            shapes.move_notes(places)
            self._package.write(drawing, shapes.data)

    def add(self, notes: Iterable[tuple[Place, str]]) -> None:
        """Add notes of ours to cells that have none."""
        taken = self.read()
        asked = [(place, text) for place, text in notes if place not in taken]
        if not asked:
            return
        root = self._package.edit(self._part or self._new_part())
        author = self._author(root)
        holder = child(root, "commentList")
        for place, text in asked:
            comment = append(holder, "comment", ref=a1(*place), authorId=str(author))
            run = append(append(comment, "text"), "r")
            holder_of_text = append(run, "t")
            holder_of_text.set(XML_SPACE, "preserve")
            holder_of_text.text = escape(text)
        drawing = drawing_part(self._package, self._sheet) or new_drawing(self._package, self._sheet)
        shapes = NoteShapes(self._package.read(drawing))
        shapes.add_notes([place for place, _ in asked])
        self._package.write(drawing, shapes.data)

    def _elements(self) -> list[Element]:
        root = self._package.tree(self._part) if self._part else None
        return [] if root is None else children(child(root, "commentList"), "comment")

    def _author(self, root: Element) -> int:
        holder = child(root, "authors")
        names = [one.text for one in children(holder, "author")]
        if TOOL_AUTHOR not in names:
            append(holder, "author").text = TOOL_AUTHOR
            names.append(TOOL_AUTHOR)
        return names.index(TOOL_AUTHOR)

    def _new_part(self) -> str:
        name = self._package.free_name("xl/comments{}.xml")
        main = etree.QName(self._package.tree(self._sheet)).namespace
        nsmap: dict[Any, Any] = {None: main}
        root = etree.Element(f"{{{main}}}comments", nsmap=nsmap)
        etree.SubElement(root, tag_like(root, "authors"))
        etree.SubElement(root, tag_like(root, "commentList"))
        self._package.add(name, serialize(root), _TYPE)
        self._package.relate(self._sheet, "comments", name)
        self._part = name
        return name
