"""The workbook part: sheets, defined names, calculation, calendar, and the custom properties."""

from __future__ import annotations

from typing import Any, Final

from lxml import etree
from msgspec import Struct

from sheetsync.workbooks.ooxml import (
    WORKBOOK_ORDER,
    Element,
    append,
    child,
    children,
    placed,
    relation_id,
    serialize,
    set_relation_id,
)
from sheetsync.workbooks.package import ROOT, NotAPackageError, Package
from sheetsync.workbooks.references import references_in

_PROPERTIES_PART: Final = "docProps/custom.xml"
_PROPERTIES_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_PROPERTIES_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANT_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PROPERTY_FORMAT: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_TRUE: Final = ("1", "true")


class SheetPlace(Struct, frozen=True):
    """One worksheet: its name and its part."""

    name: str
    part: str


class WorkbookXml:
    """The workbook part of a package."""

    def __init__(self, package: Package) -> None:
        self._package = package
        found = package.related(ROOT, "officeDocument")
        if not found:
            raise NotAPackageError("not a workbook: no workbook part")
        self.part = found[0]

    @property
    def _root(self) -> Element:
        return self._package.tree(self.part)

    def edit(self) -> Element:
        """The workbook part, to be written back."""
        return self._package.edit(self.part)

    def sheets(self) -> list[SheetPlace]:
        """Worksheets in their order; chart sheets and dialogs are none."""
        targets = {one.id: one for one in self._package.relations(self.part)}
        return [
            SheetPlace(element.get("name", ""), relation.target)
            for element in self._sheet_elements()
            if (relation := targets.get(relation_id(element) or "")) and relation.kind == "worksheet"
        ]

    def related(self, kind: str) -> str | None:
        """The one part of a kind the workbook is related to."""
        return next(iter(self._package.related(self.part, kind)), None)

    @property
    def since_1904(self) -> bool:
        settings = child(self._root, "workbookPr")
        return settings is not None and settings.get("date1904") in _TRUE

    def defined_names(self) -> list[Element]:
        return children(child(self._root, "definedNames"), "definedName")

    def named_cell(self, name: str) -> tuple[str, int, int]:
        """(sheet, row, column) of the first cell a name refers to; ``KeyError`` when it names none."""
        same = [one for one in self.defined_names() if one.get("name", "").casefold() == name.casefold()]
        for element in sorted(same, key=lambda one: one.get("localSheetId") is not None):
            for ref in references_in(element.text or ""):
                if ref.sheet and ref.first_row and ref.first_column:
                    return ref.sheet, ref.first_row.at, ref.first_column.at
        raise KeyError(name)

    def leads(self, name: str) -> bool:
        """Whether a name leads to a cell of a sheet that is there."""
        try:
            sheet, _, _ = self.named_cell(name)
        except KeyError:
            return False
        return any(one.name.casefold() == sheet.casefold() for one in self.sheets())

    @property
    def program(self) -> str:
        """The program that wrote the workbook, by its own short name; «» when it does not tell."""
        version = child(self._root, "fileVersion")
        return "" if version is None else str(version.get("appName", ""))

    def define(self, name: str, target: str) -> None:
        """Have a name of the whole workbook refer to ``target``."""
        same = (one for one in self.defined_names() if one.get("name", "").casefold() == name.casefold())
        found = next((one for one in same if one.get("localSheetId") is None), None)
        if found is None:
            holder = placed(self.edit(), "definedNames", WORKBOOK_ORDER)
            found = append(holder, "definedName")
            found.set("name", name)
        if found.text != target:
            self.edit()
            found.text = target

    def add_sheet(self, name: str, part: str, state: str) -> None:
        """Put a sheet behind the others."""
        holder = child(self.edit(), "sheets")
        free = max((int(one.get("sheetId", "0")) for one in self._sheet_elements()), default=0) + 1
        made = append(holder, "sheet")
        for key, value in {"name": name, "sheetId": str(free), "state": state}.items():
            made.set(key, value)
        set_relation_id(made, self._package.relate(self.part, "worksheet", part))

    @property
    def code_name(self) -> str:
        """What macros call the workbook itself; «» when it has no such name."""
        settings = child(self._root, "workbookPr")
        return "" if settings is None else str(settings.get("codeName", ""))

    @code_name.setter
    def code_name(self, name: str) -> None:
        placed(self.edit(), "workbookPr", WORKBOOK_ORDER).set("codeName", name)

    def recalculate(self, *, formulas_moved: bool) -> None:
        """Have formulas calculated on opening; a list of formulas that no longer holds goes."""
        settings = child(self._root, "calcPr")
        if settings is None or settings.get("fullCalcOnLoad") not in _TRUE:
            self.edit()
            placed(self._root, "calcPr", WORKBOOK_ORDER).set("fullCalcOnLoad", "1")
        chain = self.related("calcChain")
        if formulas_moved and chain:
            relations = self._package.relations(self.part)
            self._package.unrelate(self.part, {one.id for one in relations if one.target == chain})
            self._package.remove(chain)

    def hide(self, name: str) -> None:
        """Hide a sheet. The last visible sheet stays: a workbook must show one."""
        elements = self._sheet_elements()
        hidden = next((one for one in elements if one.get("name") == name), None)
        if hidden is None:
            raise KeyError(name)
        others = [one for one in elements if one is not hidden and one.get("state", "visible") == "visible"]
        if not others or hidden.get("state", "visible") != "visible":
            return
        self.edit()
        hidden.set("state", "hidden")
        view = next(iter(children(child(self._root, "bookViews"), "workbookView")), None)
        active = int(view.get("activeTab", "0")) if view is not None else 0
        if elements.index(hidden) == active:
            shown = elements.index(others[0])
            if view is not None:
                view.set("activeTab", str(shown))
            self._select(name, others[0].get("name"))

    def _select(self, old: str, new: str) -> None:
        parts = {one.name: one.part for one in self.sheets()}
        for name, selected in ((old, False), (new, True)):
            if name not in parts:
                continue
            views = child(self._package.edit(parts[name]), "sheetViews")
            for view in children(views, "sheetView"):
                view.attrib.pop("tabSelected", None)
                if selected:
                    view.set("tabSelected", "1")

    def _sheet_elements(self) -> list[Element]:
        return children(child(self._root, "sheets"), "sheet")


def set_property(package: Package, name: str, value: str) -> None:
    """Set a custom document property, making the part when the file has none."""
    part = next(iter(package.related(ROOT, "custom-properties")), None)
    if part is None:
        part = _PROPERTIES_PART
        nsmap: dict[Any, Any] = {None: _PROPERTIES_NS, "vt": _VARIANT_NS}
        empty = etree.Element(f"{{{_PROPERTIES_NS}}}Properties", nsmap=nsmap)
        package.add(part, serialize(empty), _PROPERTIES_TYPE)
        package.relate(ROOT, "custom-properties", part)
    root = package.edit(part)
    found = next((one for one in root if one.get("name") == name), None)
    if found is None:
        free = max((int(one.get("pid", "1")) for one in root), default=1) + 1
        found = etree.SubElement(root, f"{{{_PROPERTIES_NS}}}property", fmtid=_PROPERTY_FORMAT, pid=str(free))
        found.set("name", name)
    for one in list(found):
        found.remove(one)
    etree.SubElement(found, f"{{{_VARIANT_NS}}}lpwstr").text = value
