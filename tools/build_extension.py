"""Builds ``sheetsync.oxt``, what LibreOffice needs beside the district workbook: `make macros`.

It holds the Basic of ``macros/libreoffice``, a module made of the program's own declarations, the menu
and the wish to be told of every opened workbook. The same sources give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from build_macros import ROOT, TARGET, packed

from sheetsync.columns import BUTTONS, MACRO_MODULE, RIBBON_TAB, KitCell
from sheetsync.notices import Notice
from sheetsync.workbooks.kit_buttons import GAP, HEIGHT, NARROWEST, tops_of
from sheetsync.workbooks.templates import EXTENSION_FILE, EXTENSION_NAME

SOURCES: Final = ROOT / "macros" / "libreoffice"
OXT_FILE: Final = TARGET / EXTENSION_FILE
LIBRARY: Final = "Sheetsync"
DECLARED: Final = "Declared"
VERSION: Final = "1.1"
"""Raised with every change: LibreOffice shows it in its list of extensions."""

_PROJECT: Final = "VBAProject"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_BASIC: Final = '<!DOCTYPE {0}:{1} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">\n'
_DESCRIPTION: Final = (
    '<description xmlns="http://openoffice.org/extensions/description/2006">'
    '<identifier value="{name}"/><version value="{version}"/>'
    '<display-name><name lang="ru">sheetsync: {menu}</name></display-name></description>'
)
_MANIFEST: Final = (
    '<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">{}</manifest:manifest>'
)
_ENTRY: Final = (
    '<manifest:file-entry manifest:full-path="{}" manifest:media-type="application/vnd.sun.star.{}"/>'
)
_LIBRARY: Final = (
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="{}"'
    ' library:readonly="true" library:passwordprotected="false">{}</library:library>'
)
_ELEMENT: Final = '<library:element library:name="{}"/>'
_MODULE: Final = (
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="{}"'
    ' script:language="StarBasic">{}</script:module>'
)
_SETTINGS: Final = (
    '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"'
    ' xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name="{}" oor:package="org.openoffice.Office">'
    "{}</oor:component-data>"
)
_NODE: Final = '<node oor:name="{}">{}</node>'
_NEW: Final = '<node oor:name="{}" oor:op="replace">{}</node>'
_TEXT: Final = '<prop oor:name="{}" oor:type="xs:string"><value>{}</value></prop>'
_BINDING: Final = '<prop oor:name="BindingURL"><value>{}</value></prop>'
_ADDRESS: Final = "vnd.sun.star.script:{}.{}.{}?language=Basic&location=application"


def build_extension() -> bytes:
    """``sheetsync.oxt``."""
    modules = {path.stem: path.read_text("ascii") for path in sorted(SOURCES.glob("*.bas"))}
    modules[DECLARED] = declared()
    listed = "".join(_ELEMENT.format(name) for name in modules)
    parts = {
        "META-INF/manifest.xml": _MANIFEST.format("".join(_entries())),
        "description.xml": _DESCRIPTION.format(name=EXTENSION_NAME, version=VERSION, menu=escape(RIBBON_TAB)),
        "Addons.xcu": _SETTINGS.format("Addons", _menu()),
        "Events.xcu": _SETTINGS.format("Events", _events()),
        f"{LIBRARY}/script.xlb": _BASIC.format("library", "library") + _LIBRARY.format(LIBRARY, listed),
        f"{LIBRARY}/dialog.xlb": _BASIC.format("library", "library") + _LIBRARY.format(LIBRARY, ""),
    }
    for name, code in modules.items():
        module = _MODULE.format(name, escape(code))
        parts[f"{LIBRARY}/{name}.xba"] = _BASIC.format("script", "module") + module
    return packed((name, (_HEAD + text).encode()) for name, text in parts.items())


def declared() -> str:
    """The Basic module of what the program declares: captions, names, sizes, and a sub for each choice."""
    constants = {
        "PROJECT": _quoted(_PROJECT),
        "MACRO_MODULE": _quoted(MACRO_MODULE),
        "PLACE_NAME": _quoted(KitCell.BUTTONS),
        "MENU": _quoted(RIBBON_TAB),
        "NO_BOOK": _quoted(Notice.KIT_NO_BOOK.value),
        "OLD_BOOK": _quoted(Notice.PRESS_OLD_BUTTONS.value),
        "GAP": str(GAP),
        "HEIGHT": str(HEIGHT),
        "NARROWEST": str(NARROWEST),
    }
    lists = {
        "Macros": [_quoted(one.macro) for one in BUTTONS],
        "Captions": [_quoted(one.caption) for one in BUTTONS],
        "Tips": [_quoted(one.tip) for one in BUTTONS],
        "Tops": map(str, tops_of(BUTTONS)),
    }
    lines = ["Option Explicit", *(f"Global Const {name} = {value}" for name, value in constants.items())]
    for name, values in lists.items():
        lines += [
            f"Function {name}()",
            f"    {name} = Array({', '.join(values)})",
            "End Function",
        ]
    for one in BUTTONS:
        lines += [f"Sub {one.macro}", f"    Press {_quoted(one.macro)}", "End Sub"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _entries() -> Iterator[str]:
    for settings in ("Addons.xcu", "Events.xcu"):
        yield _ENTRY.format(settings, "configuration-data")
    yield _ENTRY.format(f"{LIBRARY}/", "basic-library")


def _menu() -> str:
    """A menu of the same choices in every window that shows a spreadsheet."""
    choices = "".join(
        _NEW.format(
            f"m{order}",
            _TEXT.format("URL", escape(_ADDRESS.format(LIBRARY, DECLARED, one.macro)))
            + _TEXT.format("Title", escape(one.caption))
            + _TEXT.format("Target", "_self"),
        )
        for order, one in enumerate(BUTTONS)
    )
    menu = (
        _TEXT.format("Title", escape(RIBBON_TAB))
        + _TEXT.format("Context", "com.sun.star.sheet.SpreadsheetDocument")
        + _NODE.format("Submenu", choices)
    )
    return _NODE.format("AddonUI", _NODE.format("OfficeMenuBar", _NEW.format(EXTENSION_NAME, menu)))


def _events() -> str:
    told = _BINDING.format(escape(_ADDRESS.format(LIBRARY, "Buttons", "WorkbookOpened")))
    return _NODE.format("ApplicationEvents", _NODE.format("Bindings", _NEW.format("OnLoad", told)))


def main() -> None:
    OXT_FILE.write_bytes(build_extension())
    print(OXT_FILE)


if __name__ == "__main__":
    main()
