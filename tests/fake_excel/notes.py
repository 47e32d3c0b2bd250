"""Notes beside cells (Excel's ``Comment``): ``xlwings.base_classes.Note``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlwings import base_classes

from fake_excel.areas import Rect
from fake_excel.com import ComNote
from fake_excel.document import Document, Sheet
from fake_excel.document import Note as NoteState
from fake_excel.errors import refused
from fake_excel.faces import Face
from fake_excel.writing import may_rebuild

if TYPE_CHECKING:
    from fake_excel.app import App
    from fake_excel.ranges import Range


class Note(Face, base_classes.Note):
    def __init__(self, app: App, document: Document, sheet: Sheet, spot: tuple[int, int]) -> None:
        super().__init__(app, document)
        self._sheet = sheet
        self._spot = spot

    def _where(self) -> str:
        return f"{self._sheet.name}!{Rect(*self._spot, *self._spot).address()}"

    @property
    def _state(self) -> NoteState:
        note = self._sheet.at(*self._spot).note
        if note is None:
            raise refused("Object required: the note is gone")
        return note

    @property
    def api(self) -> ComNote:
        return ComNote(self._document)

    @property
    def text(self) -> str:
        return self._state.text

    @text.setter
    def text(self, value: str) -> None:
        may_rebuild(self._document, self._sheet)
        if not isinstance(value, str):
            raise TypeError("the text of a note is a string")
        self._state.text = value

    @property
    def author(self) -> str:
        return self._state.author

    @property
    def location(self) -> Range:
        return self._app._cells(self._document, self._sheet, Rect(*self._spot, *self._spot))

    def delete(self) -> None:
        may_rebuild(self._document, self._sheet)
        assert self._state
        self._sheet.edit(*self._spot).note = None
