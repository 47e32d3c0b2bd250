"""What the things a workbook hands out have in common: whose they are, and which cells they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_excel.areas import Rect
from fake_excel.calls import Watched
from fake_excel.document import Document, Program, Sheet
from fake_excel.errors import UncertainManner

if TYPE_CHECKING:
    from fake_excel.app import App


class Face(Watched):
    """Something of one workbook as ``xlwings`` sees it; ``app`` hands out the others."""

    def __init__(self, app: App, document: Document) -> None:
        self._app = app
        self._document = document

    @property
    def _program(self) -> Program:
        return self._document.program


class OnCells:
    """Cells of a sheet, until cells move under them: then nobody can promise which ones they are."""

    _state: Sheet
    _area: Rect
    _known: int

    def _stand_for(self, state: Sheet, area: Rect) -> None:
        self._state = state
        self._area = area
        self._known = len(state.moved)

    def _where(self) -> str:
        return f"{self._state.name}!{self._area.address()}"

    def _size(self) -> int:
        return self._area.size

    def _fresh(self) -> None:
        if any(zone.meets(self._area) for zone in self._state.moved[self._known :]):
            raise UncertainManner(f"{self._where()} was asked for before cells moved; ask anew")
