"""District workbooks with the kit of buttons, and what stands in their packages."""

from __future__ import annotations

import io
import posixpath
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from openxml_audit import OpenXmlValidator
from pyopenvba import ExcelFile as VbaFile
from pyopenvba import VBAModuleKind

from packages import packed, parts
from sheetsync.columns import MACRO_MODULE, KitCell, KitMessage
from sheetsync.workbooks.kit import FittedKit, fit_kit
from sheetsync.workbooks.templates import Template, macros_bytes, template_bytes

TEXTS: dict[KitCell | KitMessage, str | int] = {
    KitCell.PYTHON: "C:/Питон/python.exe",
    KitCell.TIMEOUT: 180,
    KitMessage.RUNNING: "Работаю…",
}
TEMPLATE = template_bytes(Template.DISTRICT)
PANEL_PART = "xl/worksheets/sheet1.xml"
WORKBOOK_PART = "xl/workbook.xml"
MACROS_PART = "xl/vbaProject.bin"


def fitted(
    data: bytes = TEMPLATE, texts: Mapping[Any, Any] = TEXTS, macros: bytes | None = None
) -> FittedKit:
    return fit_kit(data, macros or macros_bytes(), texts)


# --- packages


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """The package with one text of one part replaced."""
    content = parts(data)
    assert old in content[part].decode(), (part, old)
    content[part] = content[part].decode().replace(old, new).encode()
    return packed(content)


def restyled(change: Callable[[Any], None], data: bytes = TEMPLATE) -> bytes:
    """The workbook as an office changes and openpyxl saves it."""
    book = openpyxl.load_workbook(io.BytesIO(data), keep_vba=data != TEMPLATE)
    change(book)
    return resaved(book)


def resaved(book: Any) -> bytes:
    """The workbook as openpyxl saves it; its archive of macros, closed late, would complain in another test."""
    out = io.BytesIO()
    book.save(out)
    if book.vba_archive:
        book.vba_archive.close()
    return out.getvalue()


def faults(data: bytes) -> list[str]:
    """Everything that would make Excel frown: markup, types, relations, numbers of shapes, the schema."""
    content = parts(data)
    found = [f"not XML: {name}" for name in content if _is_xml(name) and not _is_well_formed(content[name])]
    found += [f"no type: {name}" for name in content if not _type_of(content, name)]
    reached = {target for _, target in _relations(content)}
    found += [
        f"leads nowhere: {source} -> {one}" for source, one in _relations(content) if one not in content
    ]
    known = reached | {name for name in content if name.endswith(".rels")} | {"[Content_Types].xml"}
    found += [f"orphan: {name}" for name in content if name not in known]
    counted = Counter(shape_numbers(data))
    found += [f"shape {number} {times} times" for number, times in counted.items() if times > 1]
    found += [f"external: {name}" for name in content if "externalLink" in name]
    return found + audited(data)


def audited(data: bytes) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "книга.xlsm"
        path.write_bytes(data)
        errors = OpenXmlValidator(strict=True).validate(str(path)).errors
    return [f"{one.part_uri}: {one.description}" for one in errors]


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels", ".vml"))


def _is_well_formed(data: bytes) -> bool:
    try:
        etree.fromstring(data)
    except etree.XMLSyntaxError:
        return False
    return True


def _type_of(content: Mapping[str, bytes], name: str) -> str | None:
    types = etree.fromstring(content["[Content_Types].xml"])
    told = {one.get("PartName", "").lstrip("/"): one.get("ContentType") for one in types.iter("{*}Override")}
    usual = {one.get("Extension"): one.get("ContentType") for one in types.iter("{*}Default")}
    return "itself" if name == "[Content_Types].xml" else told.get(name) or usual.get(name.rpartition(".")[2])


def _relations(content: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    for name in content:
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for one in etree.fromstring(content[name]):
                if one.get("TargetMode") != "External":
                    target = one.get("Target")
                    joined = target if target.startswith("/") else posixpath.join("/", folder, target)
                    yield name, posixpath.normpath(joined).lstrip("/")


def shape_numbers(data: bytes) -> list[str]:
    """Numbers of shapes in the old-style drawings of all sheets."""
    drawings = [one.decode() for name, one in parts(data).items() if name.endswith(".vml")]
    return [number for one in drawings for number in re.findall(r"<(?:\w+:)?shape [^>]*?_x0000_s(\d+)", one)]


# --- buttons, names, macros


def vml(data: bytes) -> str:
    """The old-style drawing of the panel."""
    content = parts(data)
    (target,) = [
        one
        for source, one in _relations(content)
        if source == "xl/worksheets/_rels/sheet1.xml.rels" and one.endswith(".vml")
    ]
    return content[target].decode()


def buttons(data: bytes) -> dict[str, tuple[str, list[int]]]:
    """Macro -> caption and anchor of each button of the panel."""
    shapes = re.findall(r"<v:shape .*?</v:shape>", vml(data), re.DOTALL)
    found = {}
    for shape in shapes:
        macro = re.search(r"FmlaMacro>\[0\]!" + MACRO_MODULE + r"\.(\w+)<", shape)
        if macro:
            caption = re.search(r"<font[^>]*>(.*?)</font>", shape)
            anchor = re.search(r"Anchor>([^<]*)<", shape)
            assert caption
            assert anchor
            assert macro[1] not in found
            found[macro[1]] = (caption[1], [int(one) for one in anchor[1].split(",")])
    return found


def code_names(data: bytes) -> dict[str, str]:
    """Sheet -> code name; «» is the workbook itself."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    names = {one.title: one.sheet_properties.codeName for one in book.worksheets}
    return {"": book.code_name} | {sheet: name for sheet, name in names.items() if name}


def vba(project: bytes) -> Mapping[str, str]:
    """Modules of a project as an independent reader finds them."""
    content = parts(TEMPLATE) | {MACROS_PART: project}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "книга.xlsm"
        path.write_bytes(packed(content))
        with VbaFile(path) as file:
            return {name: file.get_module(name) for name in file.vba_project().module_names()}


def with_module(project: bytes, name: str, code: str) -> bytes:
    """The project with one more module, or with other code in one it has."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "книга.xlsm"
        path.write_bytes(packed(parts(TEMPLATE) | {MACROS_PART: project}))
        with VbaFile(path) as file:
            if name in file.vba_project().module_names():
                file.set_module(name, code)
            else:
                file.vba_project().add_module(name, code, kind=VBAModuleKind.standard)
            file.save()
        with VbaFile(path) as file:
            return bytes(file.vba_project_bytes())


def somebodys_project() -> bytes:
    """A project an office made itself, with none of our modules."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "свои макросы.xlsm"
        with VbaFile.create_new(path) as file:
            code = "Sub PrintAll()\r\n    ActiveSheet.PrintOut\r\nEnd Sub\r\n"
            file.vba_project().add_module("Pechat", code, kind=VBAModuleKind.standard)
            file.save()
        with VbaFile(path) as file:
            return bytes(file.vba_project_bytes())
