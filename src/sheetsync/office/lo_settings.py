"""The settings of LibreOffice's profile (registrymodifications.xcu): what they say of macros, and one edit.

Pure: bytes in, bytes out. Only the list of trusted folders (SecureURL) is ever changed; every other
item stays as LibreOffice wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct

_OOR: Final = "http://openoffice.org/2001/registry"
_SCRIPTING: Final = "/org.openoffice.Office.Common/Security/Scripting"
_TRUSTED: Final = "SecureURL"
_LEVEL: Final = "MacroSecurityLevel"
_DISABLED: Final = "DisableMacrosExecution"
_USUAL_LEVEL: Final = 2
_HEAD: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'
EMPTY_SETTINGS: Final = (
    _HEAD + b'<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    b'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n</oor:items>\n'
)
"""What a profile that was never used has."""


class NotLibreOfficeSettings(ValueError):
    """The file is damaged, or somebody else's."""


class MacroSettings(Struct, frozen=True):
    """``level`` is 0 (everything runs) to 3 (trusted folders only); ``off`` forbids all macros."""

    level: int = _USUAL_LEVEL
    off: bool = False
    trusted: tuple[str, ...] = ()


def macro_settings(data: bytes) -> MacroSettings:
    """What the profile says of macros. Raises ``NotLibreOfficeSettings``."""
    root = _parsed(data)
    level = _text(root, _LEVEL)
    return MacroSettings(
        level=int(level) if level.isdigit() else _USUAL_LEVEL,
        off=_text(root, _DISABLED) == "true",
        trusted=tuple(one for prop in _props(root, _TRUSTED)[-1:] for one in _listed(prop)),
    )


def with_trusted(data: bytes, url: str) -> bytes:
    """The settings with one more trusted folder; the very same bytes when it is there already."""
    root = _parsed(data)
    props = _props(root, _TRUSTED)
    listed = _listed(props[-1]) if props else ()
    if any(same_place(url, one) for one in listed):
        return data
    if props:
        _write_list(props[-1], (*listed, url))
    else:
        _add_item(root, url)
    return _written(root, data)


def without_trusted(data: bytes, url: str) -> bytes:
    """The settings without a trusted folder; an item that only held this one goes with it."""
    root = _parsed(data)
    props = _props(root, _TRUSTED)
    listed = _listed(props[-1]) if props else ()
    kept = tuple(one for one in listed if not same_place(url, one))
    if kept == listed:
        return data
    if kept:
        _write_list(props[-1], kept)
    else:
        item = props[-1].getparent()
        assert item is not None
        _take_out(item)
    return _written(root, data)


def same_place(one: str, other: str) -> bool:
    """Whether two file addresses lead to the same folder, however their letters are encoded."""
    return unquote(one).rstrip("/") == unquote(other).rstrip("/")


def is_inside(folder_url: str, trusted_url: str) -> bool:
    """Whether a folder is a trusted one or lies in it."""
    return f"{unquote(folder_url).rstrip('/')}/".startswith(f"{unquote(trusted_url).rstrip('/')}/")


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotLibreOfficeSettings(str(error)) from error
    if root.tag != f"{{{_OOR}}}items":
        raise NotLibreOfficeSettings(root.tag)
    return root


def _written(root: etree._Element, before: bytes) -> bytes:
    end = before[before.rindex(b">") + 1 :]
    return _HEAD + etree.tostring(root, encoding="UTF-8", xml_declaration=False) + end


def _props(root: etree._Element, name: str) -> list[etree._Element]:
    return list(_each(root, name))


def _each(root: etree._Element, name: str) -> Iterator[etree._Element]:
    for item in root.iterfind("item"):
        if item.get(f"{{{_OOR}}}path") == _SCRIPTING:
            for prop in item.iterfind("prop"):
                if prop.get(f"{{{_OOR}}}name") == name:
                    yield prop


def _text(root: etree._Element, name: str) -> str:
    props = _props(root, name)
    return (props[-1].findtext("value") or "").strip() if props else ""


def _listed(prop: etree._Element) -> tuple[str, ...]:
    """A list is written as ``<it>`` elements, or as one text with a separator."""
    value = prop.find("value")
    if value is None:
        return ()
    items = [one.text or "" for one in value.iterfind("it")]
    plain = (value.text or "").split(value.get(f"{{{_OOR}}}separator")) if not items else []
    return tuple(one.strip() for one in (*items, *plain) if one.strip())


def _write_list(prop: etree._Element, urls: tuple[str, ...]) -> None:
    for value in prop.findall("value"):
        prop.remove(value)
    value = etree.SubElement(prop, "value")
    for url in urls:
        etree.SubElement(value, "it").text = url


def _add_item(root: etree._Element, url: str) -> None:
    """A new item on a line of its own at the end, as LibreOffice writes them."""
    item = etree.SubElement(root, "item", {f"{{{_OOR}}}path": _SCRIPTING})
    prop = etree.SubElement(item, "prop", {f"{{{_OOR}}}name": _TRUSTED, f"{{{_OOR}}}op": "fuse"})
    _write_list(prop, (url,))
    item.tail = "\n"


def _take_out(item: etree._Element) -> None:
    """Remove an item with the line break after it; other properties it may hold stay."""
    root = item.getparent()
    assert root is not None
    if len(item) > 1:
        for prop in [one for one in item if one.get(f"{{{_OOR}}}name") == _TRUSTED]:
            item.remove(prop)
        return
    root.remove(item)
