"""Rows an office hid. They are in sight while rows move: LibreOffice would leave behind what is in them.

Being hidden belongs to the place in a program, and to the row in people's minds.
"""

from __future__ import annotations

from collections.abc import Sequence

from sheetsync.grid import Area
from sheetsync.workbooks.excel_live.sheets import LiveSheet
from sheetsync.workbooks.shift import runs


class HiddenRows:
    """The hidden rows of a body, known by their old numbers from 0; a body without any costs one look."""

    def __init__(self, sheet: LiveSheet, body: Area) -> None:
        self._sheet = sheet
        self._top = body.top
        self._hidden = _hidden(sheet, body.top, body.bottom - body.top + 1)

    def show(self) -> None:
        self._set(self._hidden, hidden=False)

    def hide_again(self, sources: Sequence[int | None]) -> None:
        """Hide them where they are now; ``sources`` tells for every new row which old one it is."""
        if self._hidden:
            self._sheet.set_hidden(self._top, len(sources), hidden=False)
        old = {self._top + at for at, source in enumerate(sources) if self._was_hidden(source)}
        self._set(old, hidden=True)

    def _was_hidden(self, source: int | None) -> bool:
        return source is not None and self._top + source in self._hidden

    def _set(self, rows: set[int], *, hidden: bool) -> None:
        for first, last in runs(rows):
            self._sheet.set_hidden(first, last - first + 1, hidden=hidden)


def _hidden(sheet: LiveSheet, top: int, count: int) -> set[int]:
    hidden = sheet.are_hidden(top, count)
    if hidden is not None:
        return set(range(top, top + count)) if hidden else set()
    half = count // 2
    return _hidden(sheet, top, half) | _hidden(sheet, top + half, count - half)
