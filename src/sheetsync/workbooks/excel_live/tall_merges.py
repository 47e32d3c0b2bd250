"""Merged cells of several rows. A program refuses to tear them when rows move.

They are taken apart before, and put together again where their rows are neighbours still and the one
with the text is the first of them: what stood under another cell of a merge would be out of sight.
"""

from __future__ import annotations

from collections.abc import Iterator

from sheetsync.grid import Area
from sheetsync.workbooks.excel_live.sheets import LiveSheet
from sheetsync.workbooks.shift import Shift


class TallMerges:
    """The merges over rows of ``place`` that may move."""

    def __init__(self, sheet: LiveSheet, place: Area, shift: Shift) -> None:
        self._sheet = sheet
        self._shift = shift
        self._found = [] if shift.is_identity else sorted(set(_tall(sheet, place)), key=_corner)

    def take_apart(self) -> None:
        for one in self._found:
            self._sheet.unmerge(one)

    def put_together(self) -> None:
        for one in self._found:
            corner = self._shift.cell(*_corner(one))
            for piece in self._shift.pieces(one):
                if piece.bottom > piece.top and corner == _corner(piece):
                    self._sheet.merge(piece)


def _tall(sheet: LiveSheet, place: Area) -> Iterator[Area]:
    """Merges of several rows; columns without any cost one look."""
    if not sheet.has_merges(place):
        return
    for column in range(place.left, place.right + 1):
        if not sheet.has_merges(Area(place.top, column, place.bottom, column)):
            continue
        row = place.top
        while row <= place.bottom:
            found = sheet.merge_at((row, column))
            if found.bottom > found.top:
                yield found
            row = found.bottom + 1


def _corner(one: Area) -> tuple[int, int]:
    return one.top, one.left
