"""Shapes of notes and old-style controls (VML). Edited as text: Excel's VML is not always XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Self

_SHAPE: Final = re.compile(r"<(?P<p>[\w]+:)?shape\b.*?</(?P=p)shape>|<shape\b.*?</shape>", re.DOTALL)
_NOTE: Final = re.compile(r"ObjectType\s*=\s*[\"']Note[\"']")
_FIELD: Final = r"(<(?:\w+:)?{0}>)\s*([^<]*?)\s*(</(?:\w+:)?{0}>)"
_ROW: Final = re.compile(_FIELD.format("Row"))
_COLUMN: Final = re.compile(_FIELD.format("Column"))
_ANCHOR: Final = re.compile(_FIELD.format("Anchor"))
_NUMBER: Final = re.compile(r"_x0000_s(\d+)")
_IDMAP: Final = re.compile(r"(<(?:\w+:)?idmap\b[^>]*\bdata=[\"'])([\d,]+)")
_MACRO: Final = re.compile(_FIELD.format("FmlaMacro"))
_CLOSING: Final = re.compile(r"</(?:\w+:)?xml>\s*$")
_BLOCK: Final = 1024
"""Shape numbers come in blocks; ``idmap`` tells which blocks a drawing owns."""

_NAMESPACES: Final = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
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
_BUTTON_TYPE: Final = (
    '<v:shapetype id="_x0000_t201" coordsize="21600,21600" o:spt="201" path="m,l,21600r21600,l21600,xe"{0}>'
    '<v:stroke joinstyle="miter"/><v:path shadowok="f" o:extrusionok="f" strokeok="f" fillok="f" '
    'o:connecttype="rect"/><o:lock v:ext="edit" shapetype="t"/></v:shapetype>'
)
_BUTTON_SHAPE: Final = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t201" style="position:absolute;margin-left:0pt;'
    'margin-top:0pt;width:120pt;height:24pt;z-index:{order};mso-wrap-style:tight" o:button="t"'
    ' fillcolor="buttonFace [67]" strokecolor="windowText [64]" o:insetmode="auto"{declared}>'
    '<v:fill color2="buttonFace [67]" o:detectmouseclick="t"/><o:lock v:ext="edit" rotation="t"/>'
    '<v:textbox style="mso-direction-alt:auto" o:singleclick="f"><div style="text-align:center">'
    '<font face="Calibri" size="220" color="#000000">{caption}</font></div></v:textbox>'
    '<x:ClientData ObjectType="Button"><x:Anchor>{anchor}</x:Anchor><x:PrintObject>False</x:PrintObject>'
    "<x:AutoFill>False</x:AutoFill><x:FmlaMacro>[0]!{macro}</x:FmlaMacro><x:TextHAlign>Center</x:TextHAlign>"
    "<x:TextVAlign>Center</x:TextVAlign></x:ClientData></v:shape>"
)
"""LibreOffice shows a caption only when it stands in a ``font``; where a shape is, the anchor tells."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PushButton:
    """A button: ``anchor`` is column, pixels, row, pixels of two corners, counted from 0."""

    caption: str
    macro: str
    anchor: tuple[int, int, int, int, int, int, int, int]


class NoteShapes:
    """A VML drawing as text."""

    def __init__(self, data: bytes) -> None:
        self._text = data.decode("utf-8-sig")

    @classmethod
    def empty(cls, block: int) -> Self:
        """A drawing without shapes."""
        declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
        layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>'
        return cls(f"<xml{declared}>{layout}</xml>".encode())

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
        declared = self._declared()
        made = [] if "_x0000_t202" in self._text else [_NOTE_TYPE.format(declared)]
        wanted = list(places)
        numbers = self._free_numbers(len(wanted))
        for (row, column), number in zip(wanted, numbers, strict=True):
            anchor = f"{column}, 15, {max(row - 2, 0)}, 10, {column + 3}, 15, {max(row - 2, 0) + 5}, 4"
            made.append(
                _NOTE_SHAPE.format(
                    number=number, declared=declared, anchor=anchor, row=row - 1, column=column - 1
                )
            )
        self._append(made)

    def controls(self) -> dict[str, str]:
        """The macros behind buttons and other controls, each with the shape it stands behind."""
        shapes = (found[0] for found in _SHAPE.finditer(self._text))
        return {macro[2]: shape for shape in shapes if (macro := _MACRO.search(shape))}

    def add_buttons(self, buttons: Sequence[PushButton], elsewhere: Collection[int] = ()) -> None:
        """Add buttons that call macros; ``elsewhere`` are numbers of shapes in other drawings."""
        declared = self._declared()
        made = [] if "_x0000_t201" in self._text else [_BUTTON_TYPE.format(declared)]
        numbers = self._free_numbers(len(buttons), elsewhere)
        for order, (button, number) in enumerate(zip(buttons, numbers, strict=True), start=1):
            made.append(
                _BUTTON_SHAPE.format(
                    number=number,
                    order=order,
                    declared=declared,
                    caption=escape(button.caption),
                    anchor=", ".join(map(str, button.anchor)),
                    macro=escape(button.macro),
                )
            )
        self._append(made)

    def numbers(self) -> set[int]:
        """Numbers of the shapes, unique over a workbook."""
        return {int(number) for number in _NUMBER.findall(self._text)}

    def _declared(self) -> str:
        """Declarations of the prefixes the drawing's root does not know."""
        root = self._text[: self._text.find(">", self._text.find("xmlns")) + 1]
        missing = ((prefix, uri) for prefix, uri in _NAMESPACES.items() if f"xmlns:{prefix}=" not in root)
        return "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in missing)

    def _append(self, shapes: Iterable[str]) -> None:
        end = _CLOSING.search(self._text)
        at = end.start() if end else len(self._text)
        self._text = self._text[:at] + "".join(shapes) + self._text[at:]

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
        self._text = _IDMAP.sub(lambda one: f"{one[1]}{told}", self._text, count=1)
        return free[:count]

    def _change(self, changed: Callable[[str], str]) -> None:
        self._text = _SHAPE.sub(lambda found: changed(found[0]), self._text)


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
