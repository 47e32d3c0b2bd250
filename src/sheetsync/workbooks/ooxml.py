"""Small words of OOXML: namespaces, elements in the order of the schema, text as a cell keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from lxml import etree

from sheetsync.patterns import at_first_use

Element = Any
"""An lxml element; its stubs know too little of iteration and namespaces to be of help."""

OFFICE_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_TO_ESCAPE: Final = at_first_use("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

_HEAD: Final = 1 << 12
"""Bytes of a part parsed at once when only its beginning is looked for."""

_MARKUP: Final = at_first_use('[&<>"]')
_IN_ATTRIBUTE: Final = {
    ord(one): code
    for one, code in {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\t": "&#9;",
        "\n": "&#10;",
        "\r": "&#13;",
    }.items()
}

WORKSHEET_ORDER: Final = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges "
    "scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr "
    "conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter "
    "rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing "
    "legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts extLst"
)
WORKBOOK_ORDER: Final = (
    "fileVersion fileSharing workbookPr AlternateContent revisionPtr workbookProtection bookViews sheets "
    "functionGroups externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches "
    "smartTagPr smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst"
)


def parse(data: bytes) -> Element:
    """A part as XML; entities are never resolved and nothing is fetched."""
    return etree.fromstring(data, _PARSER)


def first_inside(chunks: Iterable[bytes]) -> Element:
    """The first element inside the outermost one as its start tag tells it, or None: of a long part the
    rest is not parsed."""
    parser = etree.XMLPullParser(("start",), resolve_entities=False, no_network=True, huge_tree=True)
    for chunk in chunks:
        for at in range(0, len(chunk), _HEAD):
            parser.feed(chunk[at : at + _HEAD])
            started: list[Element] = [element for _, element in parser.read_events()]
            inside = next((one for one in started if one.getparent() is not None), None)
            if inside is not None:
                return inside
    return None


def serialize(root: Element) -> bytes:
    """XML as bytes, always the same for the same tree."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def local_name(element: Element) -> str:
    """The name of an element without its namespace; «» for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def tag_like(element: Element, name: str) -> str:
    """A tag in the namespace of an element: files differ in it (transitional, strict)."""
    return _tag(element.tag, name)


@cache
def _tag(sibling: str, name: str) -> str:
    namespace = sibling.rpartition("}")[0]
    return f"{namespace}}}{name}" if namespace else name


def child(parent: Element, name: str) -> Element:
    """The first child of that name in the parent's namespace, or None."""
    return parent.find(tag_like(parent, name))


def children(parent: Element | None, name: str) -> list[Element]:
    """Children of that name in the parent's namespace; none of a missing parent."""
    return [] if parent is None else parent.findall(tag_like(parent, name))


def append(parent: Element, name: str, **attributes: str) -> Element:
    """A new last child in the parent's namespace."""
    return etree.SubElement(parent, tag_like(parent, name), attributes)


def placed(parent: Element, name: str, schema: str) -> Element:
    """The child of that name, made at its place in the schema when it is missing."""
    found = child(parent, name)
    if found is not None:
        return found
    made = etree.Element(tag_like(parent, name))
    order = schema.split()
    rank = order.index(name)
    later = (
        at
        for at, one in enumerate(parent)
        if local_name(one) in order and order.index(local_name(one)) > rank
    )
    parent.insert(next(later, len(parent)), made)
    return made


def descendants(root: Element, *names: str) -> Iterator[Element]:
    """All elements with one of these names, whatever their namespace."""
    found: Iterator[Element] = root.iter(*(f"{{*}}{name}" for name in names))
    return found


def outside_cells(root: Element, *names: str) -> Iterator[Element]:
    """The same of a sheet, but its cells: these are many and hold none of what is looked for."""
    cells, wanted = tag_like(root, "sheetData"), [f"{{*}}{name}" for name in names]
    for one in root:
        if one.tag != cells:
            yield from one.iter(*wanted)


def cell_formulas(root: Element) -> Iterator[Element]:
    """The formulas of a sheet's cells."""
    data = child(root, "sheetData")
    found: Iterator[Element] = iter(()) if data is None else data.iter(tag_like(root, "f"))
    return found


def relation_id(element: Element) -> str | None:
    """The value of an element's ``r:id``, whatever prefix and edition of the schema."""
    for name, value in element.attrib.items():
        if name.endswith("/relationships}id"):
            return str(value)
    return None


def set_relation_id(element: Element, value: str) -> None:
    """Set ``r:id`` in the namespace the file's root uses, if it declares one."""
    declared = element.getroottree().getroot().nsmap.values()
    namespace = next((one for one in declared if one.endswith("/relationships")), OFFICE_RELATIONS)
    element.set(f"{{{namespace}}}id", value)


def escape(text: str) -> str:
    """Text as a cell stores it: what XML cannot carry becomes ``_xHHHH_``."""
    return _TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def attribute(text: str) -> str:
    """Text for an XML attribute; ``ValueError`` when XML cannot carry it."""
    if text.isascii() and text.isprintable() and not _MARKUP.search(text):
        return text
    if _TO_ESCAPE.search(text.replace("_x", "")):
        raise ValueError(f"no text of an attribute: {text[:60]!r}")
    return text.translate(_IN_ATTRIBUTE)


def escape_name(text: str) -> str:
    """Text of an attribute (a column's name): line breaks are escaped too."""
    return escape(text).replace("\n", "_x000a_").replace("\t", "_x0009_")
