"""Colours as the service keeps them: eight bits a part, told in the old way and in the new one."""

from __future__ import annotations

import math
import struct
from typing import Any, Final

from sheetsync_emulator.masks import Mask
from sheetsync_emulator.values import Json

_NAMES: Final = ("backgroundColor", "foregroundColor", "tabColor", "color")
_PARTS: Final = 255


def paired(given: Any) -> Any:
    """An object of a request, all its colours told both ways; a style («...ColorStyle») goes first."""
    if isinstance(given, list):
        return [paired(one) for one in given]
    if not isinstance(given, dict):
        return given
    told = {name: paired(value) for name, value in given.items()}
    for name in _NAMES:
        style = told.get(f"{name}Style") or {}
        colour = style.get("rgbColor") if style else told.get(name)
        if colour is not None:
            told |= {name: kept(colour), f"{name}Style": {"rgbColor": kept(colour)}}
        elif style:
            told.pop(name, None)
        else:
            told.pop(f"{name}Style", None)
    return told


def paired_mask(mask: Mask) -> Mask:
    """A mask that changes a colour changes it in both ways."""
    told = {name: inside and paired_mask(inside) for name, inside in mask.items()}
    for name in _NAMES:
        if name in mask or f"{name}Style" in mask:
            told |= {name: None, f"{name}Style": None}
    return told


def kept(colour: Json) -> Json:
    """A ``Color``: parts are rounded to what a screen shows, and zeros are not told."""
    parts = {name: _part(value) for name, value in colour.items()}
    return {name: value for name, value in parts.items() if value}


def _part(value: float) -> float:
    of_a_screen = math.ceil(value * _PARTS - 0.5) / _PARTS
    (single,) = struct.unpack("f", struct.pack("f", of_a_screen))
    shown = float(f"{single:.8g}")
    return int(shown) if shown.is_integer() else shown
