"""Buttons that call macros, as shapes of a sheet's old-style drawing (VML): made, and found again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import Final

from msgspec import Struct

from sheetsync.grid import Area
from sheetsync.patterns import at_first_use
from sheetsync.workbooks.note_shapes import NoteShapes

_FIELD: Final = r"<(?:\w+:)?{0}>\s*([^<]*?)\s*</(?:\w+:)?{0}>"
_MACRO: Final = at_first_use(_FIELD.format("FmlaMacro"))
_ANCHOR: Final = at_first_use(_FIELD.format("Anchor"))
_NUMBERED: Final = "_x0000_s"
_POINTS_A_PIXEL: Final = 0.75

_TYPE: Final = (
    '<v:shapetype id="_x0000_t201" coordsize="21600,21600" o:spt="201" path="m,l,21600r21600,l21600,xe"{0}>'
    '<v:stroke joinstyle="miter"/><v:path shadowok="f" o:extrusionok="f" strokeok="f" fillok="f"'
    ' o:connecttype="rect"/><o:lock v:ext="edit" shapetype="t"/></v:shapetype>'
)
_SHAPE: Final = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t201" style="position:absolute;margin-left:{left};'
    'margin-top:{top};width:{width};height:{height};z-index:{order};mso-wrap-style:tight" o:button="t"'
    ' fillcolor="buttonFace [67]" strokecolor="windowText [64]" o:insetmode="auto"{declared}>'
    '<v:fill color2="buttonFace [67]" o:detectmouseclick="t"/><o:lock v:ext="edit" rotation="t"/>'
    '<v:textbox style="mso-direction-alt:auto" o:singleclick="f"><div style="text-align:center">'
    '<font face="Calibri" size="220" color="#000000">{caption}</font></div></v:textbox>'
    '<x:ClientData ObjectType="Button"><x:Anchor>{anchor}</x:Anchor><x:PrintObject>False</x:PrintObject>'
    "<x:AutoFill>False</x:AutoFill><x:FmlaMacro>[0]!{macro}</x:FmlaMacro><x:TextHAlign>Center</x:TextHAlign>"
    "<x:TextVAlign>Center</x:TextVAlign></x:ClientData></v:shape>"
)
"""As XlsxWriter writes it. LibreOffice shows a caption only when it has a ``font``."""

Anchor = tuple[int, int, int, int, int, int, int, int]
"""Column, pixels, row, pixels of the upper left corner and of the lower right one, counted from 0."""


class PushButton(Struct, frozen=True):
    """A button to add; ``macro`` is «module.sub», ``box`` left, top, width and height in pixels.

    Programs place it by its anchor, or, if they know no anchors, by its box.
    """

    caption: str
    macro: str
    anchor: Anchor
    box: tuple[int, int, int, int]


class StandingButton(Struct, frozen=True):
    """A button that is there: ``macro`` is the bare name of its sub.

    One that LibreOffice saved is not sound: neither it nor Excel shows or binds such a shape again.
    """

    macro: str
    anchor: Anchor | None
    is_sound: bool
    shape: str


def buttons_in(shapes: NoteShapes) -> Iterator[StandingButton]:
    """The buttons and other controls that call a macro."""
    for shape in shapes.others():
        found = _MACRO.search(shape)
        if found:
            told = _as_read(found[1])
            macro = told.rpartition("!")[2].rpartition(".")[2]
            is_sound = _NUMBERED in shape and "!" in told
            yield StandingButton(macro, _anchor(shape), is_sound, shape)


def _as_read(written: str) -> str:
    if "&" not in written:
        return written
    from html import unescape  # noqa: PLC0415 - it brings the names of all signs HTML has

    return unescape(written)


def areas_in(shapes: NoteShapes) -> Iterator[Area]:
    """The cells that buttons and other controls stand over."""
    for shape in shapes.others():
        anchor = _anchor(shape)
        if anchor:
            yield Area(anchor[2] + 1, anchor[0] + 1, anchor[6] + 1, anchor[4] + 1)


def add_buttons(shapes: NoteShapes, buttons: Sequence[PushButton], elsewhere: Collection[int]) -> None:
    """Add buttons; ``elsewhere`` are numbers of shapes in other drawings."""
    makers = [partial(_shape, order, one) for order, one in enumerate(buttons, start=1)]
    shapes.add(_TYPE, makers, elsewhere)


def _shape(order: int, button: PushButton, number: int, declared: str) -> str:
    from html import escape  # noqa: PLC0415 - see ``_as_read``

    left, top, width, height = (f"{pixels * _POINTS_A_PIXEL:g}pt" for pixels in button.box)
    return _SHAPE.format(
        left=left,
        top=top,
        width=width,
        height=height,
        number=number,
        order=order,
        declared=declared,
        caption=escape(button.caption),
        anchor=", ".join(map(str, button.anchor)),
        macro=escape(button.macro),
    )


def _anchor(shape: str) -> Anchor | None:
    found = _ANCHOR.search(shape)
    numbers = [int(one) for one in re.findall(r"-?\d+", found[1])] if found else []
    match numbers:
        case [left, across, top, down, right, across_too, bottom, down_too]:
            return left, across, top, down, right, across_too, bottom, down_too
    return None
