"""Colours of a workbook: plain, of its palette, of its theme with tints; patterns become one colour."""

from __future__ import annotations

import colorsys
from typing import Final

from openpyxl.styles import Color, GradientFill, PatternFill
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.fills import Fill

from sheetsync.workbooks.google.port import Json
from sheetsync.workbooks.google.translated_source import OpenpyxlBook
from sheetsync.workbooks.ooxml import descendants, local_name, parse

Rgb = tuple[int, int, int]

_IN_THE_THEME: Final = (
    "lt1", "dk1", "lt2", "dk2",
    "accent1", "accent2", "accent3", "accent4", "accent5", "accent6",
    "hlink", "folHlink",
)  # fmt: skip
"""The order theme colours are counted in."""
_WHITE: Final = (255, 255, 255)
_BLACK: Final = (0, 0, 0)
_INK: Final = {
    "gray0625": 1 / 16,
    "gray125": 1 / 8,
    "lightGray": 1 / 4,
    "mediumGray": 1 / 2,
    "darkGray": 3 / 4,
}
"""How much of a pattern its own colour covers."""
_LIGHT_INK, _DARK_INK = 1 / 4, 1 / 2


class Palette:
    """The colours of one workbook."""

    def __init__(self, book: OpenpyxlBook) -> None:
        self._theme = _theme(book.loaded_theme)
        self._index = book._colors or COLOR_INDEX

    def style(self, colour: Color | None) -> Json | None:
        """A colour as Google's ``ColorStyle``; None for an automatic one."""
        rgb = self.rgb(colour)
        return None if rgb is None else as_style(rgb)

    def rgb(self, colour: Color | None) -> Rgb | None:
        if colour is None or colour.type == "auto":
            return None
        base = self._base(colour)
        return base if base is None or not colour.tint else _tinted(base, float(colour.tint))

    def _base(self, colour: Color) -> Rgb | None:
        match colour.type:
            case "theme":
                return self._theme.get(int(colour.theme))
            case "indexed":
                index = int(colour.indexed)
                return _hex(self._index[index]) if index < len(self._index) else None
        return _hex(str(colour.rgb))

    def fill(self, fill: Fill | None) -> Json | None:
        """The one colour of a cell's fill; None where it has none."""
        match fill:
            case GradientFill(stop=[first, *_]):
                return self.style(first.color)
            case PatternFill(fill_type="solid"):
                return self.style(fill.fgColor)
            case PatternFill(fill_type=str(kind)) if kind != "none":
                return as_style(self._mixed(kind, self.rgb(fill.fgColor), self.rgb(fill.bgColor)))
        return None

    def rule_fill(self, fill: Fill | None) -> Json | None:
        """The colour of a conditional fill: a plain one stands where a pattern has its background."""
        if not isinstance(fill, PatternFill):
            return self.fill(fill)
        if fill.fill_type in (None, "solid", "none"):
            return self.style(fill.bgColor if fill.bgColor is not None else fill.fgColor)
        return as_style(self._mixed(fill.fill_type, self.rgb(fill.fgColor), self.rgb(fill.bgColor)))

    def _mixed(self, kind: str, ink: Rgb | None, ground: Rgb | None) -> Rgb:
        """A pattern from afar: Google has none, so its two colours become the one the eye sees."""
        share = _INK.get(kind, _DARK_INK if kind.startswith("dark") else _LIGHT_INK)
        top, under = ink or _BLACK, ground or _WHITE
        red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(top, under, strict=True))
        return red, green, blue


def as_style(rgb: Rgb) -> Json:
    """Google's ``ColorStyle``: parts of one, noughts left out."""
    parts = zip(("red", "green", "blue"), rgb, strict=True)
    return {"rgbColor": {name: round(part / 255, 4) for name, part in parts if part}}


def _hex(written: str) -> Rgb | None:
    """«FFAABBCC» or «AABBCC»."""
    digits = written[-6:]
    try:
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    except ValueError:
        return None


def _tinted(rgb: Rgb, tint: float) -> Rgb:
    """Lighter (above nought) or darker, as Excel does it: by the lightness of the colour."""
    hue, light, strength = colorsys.rgb_to_hls(*(part / 255 for part in rgb))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    red, green, blue = (round(part * 255) for part in colorsys.hls_to_rgb(hue, min(light, 1), strength))
    return red, green, blue


def _theme(xml: bytes | None) -> dict[int, Rgb]:
    """Colours of the theme by their number; a workbook without a theme has Excel's black and white."""
    found: dict[int, Rgb] = {0: _WHITE, 1: _BLACK}
    for scheme in descendants(parse(xml), "clrScheme") if xml else ():
        for slot in scheme:
            name = local_name(slot)
            told = next((one.get("lastClr") or one.get("val") for one in slot), None)
            rgb = _hex(told) if told else None
            if name in _IN_THE_THEME and rgb:
                found[_IN_THE_THEME.index(name)] = rgb
    return found
