"""Colours: xlwings takes (r, g, b), «#rrggbb» or Excel's 0xBBGGRR; LibreOffice keeps 0xRRGGBB."""

from __future__ import annotations

from typing import Final

Color = tuple[int, int, int] | int | str | None

NO_COLOR: Final = -1


def to_office(color: Color) -> int:
    """A colour of xlwings as LibreOffice keeps it."""
    if color is None:
        return NO_COLOR
    if isinstance(color, str):
        return int(color.lstrip("#"), 16)
    if isinstance(color, int):
        return (color & 0xFF) << 16 | color & 0xFF00 | color >> 16 & 0xFF
    red, green, blue = color
    return red << 16 | green << 8 | blue


def to_python(color: int | None) -> tuple[int, int, int] | None:
    """A colour of LibreOffice as (r, g, b)."""
    if color is None or color == NO_COLOR:
        return None
    return color >> 16 & 0xFF, color >> 8 & 0xFF, color & 0xFF
