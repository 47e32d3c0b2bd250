"""A note of a cell, as xlwings sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sheetsync.workbooks.libreoffice.faces import Face
from sheetsync.workbooks.libreoffice.inside import notes

if TYPE_CHECKING:
    from sheetsync.workbooks.libreoffice.ranges import Range


class Note(Face):
    """The note of one cell, as it was when it was asked for."""

    __slots__ = ("_author", "_text", "location")

    def __init__(self, location: Range, text: str, author: str) -> None:
        self.location = location
        self._text = text
        self._author = author

    @property
    def api(self) -> Any:
        """LibreOffice's own annotation."""
        return self.location.api.getCellByPosition(0, 0).Annotation

    @property
    def text(self) -> str:
        """The text."""
        return self._text

    @text.setter
    def text(self, text: str) -> None:
        self.location.sheet.book.do(notes.put, self.location.place, text)
        self._text = text

    @property
    def author(self) -> str:
        """Who wrote it: LibreOffice signs with the name of its user, if the user gave one."""
        return self._author

    def delete(self) -> None:
        """Take the note away."""
        self.location.sheet.book.do(notes.drop, self.location.place)
