"""Shapes of notes and old-style controls (VML). Edited as text: Excel's VML is not always XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Final, Self

from sheetsync.patterns import at_first_use

_SHAPE: Final = at_first_use(r"<(?P<p>[\w]+:)?shape\b.*?</(?P=p)shape>|<shape\b.*?</shape>", re.DOTALL)
_KIND: Final = at_first_use(r"<(?P<p>\w+:)?shapetype\b.*?</(?P=p)?shapetype>", re.DOTALL)
_NOTE: Final = at_first_use(r"ObjectType\s*=\s*[\"']Note[\"']")
_FIELD: Final = r"(<(?:\w+:)?{0}>)\s*([^<]*?)\s*(</(?:\w+:)?{0}>)"
_ROW: Final = at_first_use(_FIELD.format("Row"))
_COLUMN: Final = at_first_use(_FIELD.format("Column"))
_ANCHOR: Final = at_first_use(_FIELD.format("Anchor"))
_NUMBER: Final = at_first_use(r"_x0000_s(\d+)")
_IDMAP: Final = at_first_use(r"(<(?:\w+:)?idmap\b[^>]*\bdata=[\"'])([\d,]+)")
_CLOSING: Final = at_first_use(r"</(?:\w+:)?xml>\s*$")
_BLOCK: Final = 1024
"""Shape numbers come in blocks; ``idmap`` tells which blocks a drawing owns."""

_NAMESPACES: Final = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_LAYOUT: Final = '<o:shapelayout v:ext="edit"{}><o:idmap v:ext="edit" data="{}"/></o:shapelayout>'
_NOTE_TYPE: Final = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"{0}>'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NOTE_SHAPE: Final = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
    'margin-top:2pt;width:180pt;height:75pt;z-index:1;visibility:hidden" fillcolor="#ffffe1"'
    ' o:insetmode="auto"{declared}><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
    "<x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
Place = tuple[int, int]


class NoteShapes:
    """A VML drawing as text."""

    def __init__(self, data: bytes) -> None:
        self._text = data.decode("utf-8-sig")

    @classmethod
    def empty(cls, block: int) -> Self:
        """A drawing without shapes."""
        declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
        return cls(f"<xml{declared}>{_LAYOUT.format('', block)}</xml>".encode())

    @property
    def data(self) -> bytes:
        return self._text.encode()

    def move_notes(self, places: Mapping[Place, Place | None]) -> None:
        """Move the shapes of notes with their cells; the shape of a note that is gone goes too."""

        def moved(shape: str) -> str:
            place = _place(shape)
            if place is None or place not in places:
                return shape
            new = places[place]
            return "" if new is None else _put(shape, place, new)

        self._change(moved)

    def move_controls(self, moved: Callable[[Place], Place]) -> None:
        """Move everything that is no note (buttons) with the cell under its upper left corner."""

        def changed(shape: str) -> str:
            anchor = _ANCHOR.search(shape)
            if _NOTE.search(shape) or not anchor:
                return shape
            numbers = [int(one) for one in anchor[2].split(",")]
            old = (numbers[2] + 1, numbers[0] + 1)
            return _with_anchor(shape, old, moved(old))

        self._change(changed)

    def add_notes(self, places: Iterable[Place]) -> None:
        """Add hidden shapes for notes."""
        self.add(_NOTE_TYPE, [partial(_note_shape, place) for place in places])

    def others(self) -> list[str]:
        """The shapes that are no notes: buttons and other old-style controls."""
        return [found[0] for found in _SHAPE.finditer(self._text) if not _NOTE.search(found[0])]

    def drop(self, shapes: Collection[str]) -> None:
        """Take shapes away; with the last of them go the kinds they were of."""
        self._change(lambda shape: "" if shape in shapes else shape)
        if not _SHAPE.search(self._text):
            self._text = _KIND.sub("", self._text)

    def add(
        self, kind: str, shapes: Sequence[Callable[[int, str], str]], elsewhere: Collection[int] = ()
    ) -> None:
        """Add shapes of a kind, each made from its number and the declarations it needs.

        ``elsewhere`` are numbers of shapes in other drawings.
        """
        declared = self._declared()
        name = kind.partition('id="')[2].partition('"')[0]
        made = [] if name in self._text else [kind.format(declared)]
        numbers = self._free_numbers(len(shapes), elsewhere)
        made += [shape(number, declared) for shape, number in zip(shapes, numbers, strict=True)]
        end = _CLOSING.search(self._text)
        at = end.start() if end else len(self._text)
        self._text = self._text[:at] + "".join(made) + self._text[at:]

    def numbers(self) -> set[int]:
        """Numbers of the shapes, unique over a workbook."""
        return {int(number) for number in _NUMBER.findall(self._text)}

    def _declared(self) -> str:
        """Declarations of the prefixes the drawing's root does not know."""
        root = self._text[: self._text.find(">", self._text.find("xmlns")) + 1]
        missing = ((prefix, uri) for prefix, uri in _NAMESPACES.items() if f"xmlns:{prefix}=" not in root)
        return "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in missing)

    def _free_numbers(self, count: int, elsewhere: Collection[int] = ()) -> list[int]:
        """The lowest unused shape numbers of the drawing's blocks; more blocks when they are full."""
        found = _IDMAP.search(self._text)
        blocks = [int(one) for one in found[2].split(",")] if found else [1]
        taken = self.numbers().union(elsewhere)
        free: list[int] = []
        for block in blocks:
            free += [n for n in range(block * _BLOCK + 1, (block + 1) * _BLOCK) if n not in taken]
        while len(free) < count:
            blocks.append(max(blocks) + 1)
            free += range(blocks[-1] * _BLOCK + 1, (blocks[-1] + 1) * _BLOCK)
        told = ",".join(str(block) for block in blocks)
        if found:
            self._text = _IDMAP.sub(lambda one: f"{one[1]}{told}", self._text, count=1)
        else:  # LibreOffice tells no blocks
            at = self._text.find(">", self._text.find("xmlns")) + 1
            self._text = self._text[:at] + _LAYOUT.format(self._declared(), told) + self._text[at:]
        return free[:count]

    def _change(self, changed: Callable[[str], str]) -> None:
        self._text = _SHAPE.sub(lambda found: changed(found[0]), self._text)


def _note_shape(place: Place, number: int, declared: str) -> str:
    row, column = place
    top = max(row - 2, 0)
    anchor = f"{column}, 15, {top}, 10, {column + 3}, 15, {top + 5}, 4"
    return _NOTE_SHAPE.format(number=number, declared=declared, anchor=anchor, row=row - 1, column=column - 1)


def _place(shape: str) -> Place | None:
    """The cell a note's shape belongs to."""
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if not (_NOTE.search(shape) and row and column):
        return None
    return int(row[2]) + 1, int(column[2]) + 1


def _put(shape: str, old: Place, new: Place) -> str:
    shape = _ROW.sub(lambda found: f"{found[1]}{new[0] - 1}{found[3]}", shape)
    shape = _COLUMN.sub(lambda found: f"{found[1]}{new[1] - 1}{found[3]}", shape)
    return _with_anchor(shape, old, new)


def _with_anchor(shape: str, old: Place, new: Place) -> str:
    """The shape's corners moved as far as its cell."""
    rows, columns = new[0] - old[0], new[1] - old[1]

    def moved(found: re.Match[str]) -> str:
        numbers = [int(one) for one in found[2].split(",")]
        for at in (0, 4):
            numbers[at] = max(numbers[at] + columns, 0)
        for at in (2, 6):
            numbers[at] = max(numbers[at] + rows, 0)
        return found[1] + ", ".join(map(str, numbers)) + found[3]

    return _ANCHOR.sub(moved, shape) if rows or columns else shape
