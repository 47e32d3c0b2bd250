"""The ribbon tab «Свод» as the XML Office reads: the declared buttons in their groups.

Only the 2006 schema is written: Excel 2007 and everything later reads it, and openpyxl keeps it.
"""

from __future__ import annotations

from html import escape
from typing import Final

from msgspec import Struct

from sheetsync.columns import BUTTONS, MACRO_MODULE, RIBBON_TAB, Button, ButtonGroup

RIBBON_PART: Final = "customUI/customUI.xml"
RIBBON_RELATION: Final = "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"
"""Type of the package's own relation (``_rels/.rels``) to ``RIBBON_PART``."""
_SCHEMA: Final = "http://schemas.microsoft.com/office/2006/01/customui"


class Callbacks(Struct, frozen=True):
    """The VBA subs a ribbon calls; ``loaded`` and ``visible`` only where the tab comes and goes."""

    pressed: str
    loaded: str = ""
    visible: str = ""


WORKBOOK_CALLBACKS: Final = Callbacks(f"{MACRO_MODULE}.RibbonPressed")
ADDIN_CALLBACKS: Final = Callbacks("modAddin.AddinPressed", "modAddin.AddinLoaded", "modAddin.AddinVisible")
"""Named apart from the workbook's: Excel may look a callback up in the workbook in front."""


def ribbon_xml(callbacks: Callbacks = WORKBOOK_CALLBACKS) -> bytes:
    """``RIBBON_PART``: the tab with a large button for each of ``BUTTONS``; the tag is its action."""
    groups = "".join(_group(one, callbacks.pressed) for one in ButtonGroup)
    tab = _tag("tab", id="sheetsyncTab", label=RIBBON_TAB, getVisible=callbacks.visible)
    root = _tag("customUI", xmlns=_SCHEMA, onLoad=callbacks.loaded)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<{root}><ribbon><tabs><{tab}>{groups}</tab></tabs></ribbon></customUI>"
    ).encode()


def _group(group: ButtonGroup, pressed: str) -> str:
    tag = _tag("group", id=f"sheetsync{group.name.title()}", label=group.value)
    buttons = "".join(_button(one, pressed) for one in BUTTONS if one.group is group)
    return f"<{tag}>{buttons}</group>"


def _button(button: Button, pressed: str) -> str:
    return "<{}/>".format(
        _tag(
            "button",
            id=button.macro,
            label=button.caption,
            size="large",
            imageMso=button.image,
            screentip=button.caption,
            supertip=button.tip,
            tag=button.action.value,
            onAction=pressed,
        )
    )


def _tag(name: str, **attributes: str) -> str:
    """The inside of a start tag; an empty attribute is left out."""
    return " ".join([name, *(f'{key}="{escape(value)}"' for key, value in attributes.items() if value)])
