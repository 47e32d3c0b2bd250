"""What `make macros` builds: exactly the sources, the same bytes every time, whole packages."""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final

import openpyxl
import pytest
from defusedxml import ElementTree
from oletools.mraptor import MacroRaptor
from oletools.olevba import VBA_Parser
from openxml_audit import FileFormat, OpenXmlValidator

from packages import parts
from sheetsync.campaign.outfitting import outfitted
from sheetsync.columns import (
    BUTTONS,
    CODE_NAMES,
    KIT_SHEET,
    MESSAGE_CELL,
    RIBBON_TAB,
    WORKBOOK_CODE_NAME,
    KitMessage,
)
from sheetsync.workbooks.kit_ribbon import RIBBON_PART, RIBBON_RELATION, ribbon_xml
from sheetsync.workbooks.templates import Template, template_path
from tools_path import tool

build_macros = tool("build_macros")
PROJECT: Final[Path] = build_macros.PROJECT_FILE
ADDIN: Final[Path] = build_macros.ADDIN_FILE


def modules(path: Path) -> dict[str, str]:
    """Module -> source, as a virus scanner reads them."""
    parser = VBA_Parser(str(path))
    try:
        return {name.rsplit(".", 1)[0]: code for _, _, name, code in parser.extract_macros()}
    finally:
        parser.close()


def code(source: str) -> str:
    """A source without the lines the editor keeps to itself."""
    lines = source.replace("\r\n", "\n").splitlines()
    return "\n".join(line for line in lines if not line.startswith("Attribute ")).strip()


@pytest.fixture
def district_book(tmp_path: Path) -> Path:
    """The district workbook as `sheetsync new` outfits it."""
    path = tmp_path / "Район.xlsm"
    path.write_bytes(outfitted(template_path(Template.DISTRICT).read_bytes()).data)
    return path


def test_the_district_workbook_has_the_sources_and_nothing_else(district_book: Path) -> None:
    assert modules(district_book) == modules(PROJECT)


def test_document_modules_are_named_as_the_sheets_are(district_book: Path) -> None:
    """Excel repairs a workbook whose code names and document modules differ."""
    content = parts(district_book.read_bytes())
    names = {
        match.decode()
        for name, text in content.items()
        if name == "xl/workbook.xml" or name.startswith("xl/worksheets/sheet")
        for match in re.findall(rb'codeName="(\w+)"', text)
    }

    assert names == {name for name, text in modules(PROJECT).items() if 'Attribute VB_Base = "' in text}


def test_the_workbooks_project_is_the_sources_and_nothing_else() -> None:
    """Beside them stand the empty modules of the workbook and of each sheet, by their code names."""
    found = modules(PROJECT)
    documents = {WORKBOOK_CODE_NAME, *CODE_NAMES.values()}

    assert {name: code(found[name]) for name in documents} == dict.fromkeys(documents, "")
    assert {name: code(text) for name, text in found.items() if name not in documents} == {
        name: code(text) for name, text in build_macros.workbook_sources().items()
    }


def test_the_addin_is_its_sources_and_nothing_else() -> None:
    found = modules(ADDIN)
    sheet = found.pop(CODE_NAMES[KIT_SHEET])

    assert code(sheet) == ""
    assert {name: code(text) for name, text in found.items()} == {
        name: code(text) for name, text in build_macros.addin_sources().items()
    }


@pytest.mark.parametrize(("path", "build"), [(PROJECT, "build_project"), (ADDIN, "build_addin")])
def test_what_is_committed_is_what_the_sources_build(path: Path, build: str) -> None:
    """After a change of the sources: `make macros`."""
    assert path.read_bytes() == getattr(build_macros, build)()


@pytest.mark.parametrize("path", [PROJECT, ADDIN])
def test_no_macro_starts_by_itself(path: Path) -> None:
    """A macro that starts by itself and can start a program is what virus scanners stop."""
    scanned = [MacroRaptor(text) for text in modules(path).values()]
    for one in scanned:
        one.scan()

    assert [one.autoexec for one in scanned if one.autoexec] == []
    assert [one.suspicious for one in scanned if one.suspicious] == []


def test_code_names_are_ascii_and_apart() -> None:
    assert all(re.fullmatch(r"sh[A-Za-z]+", name) for name in CODE_NAMES.values())
    assert len({name.lower() for name in CODE_NAMES.values()}) == len(CODE_NAMES)


def test_the_addin_is_a_whole_package() -> None:
    """Every part is well formed, has a type, and every relation leads to a part."""
    content = parts(ADDIN.read_bytes())
    trees = {
        name: ElementTree.fromstring(text)
        for name, text in content.items()
        if name.endswith((".xml", ".rels"))
    }
    typed = {one.get("PartName", "").lstrip("/") for one in trees["[Content_Types].xml"]}
    endings = {one.get("Extension") for one in trees["[Content_Types].xml"]}
    targets = {
        normpath(join(dirname(dirname(name)), one.get("Target", "")))
        for name, tree in trees.items() if name.endswith(".rels") for one in tree
    }  # fmt: skip

    assert {name for name in content if name not in typed and name.rsplit(".", 1)[-1] not in endings} == set()
    assert targets - set(content) == set()
    assert b"vnd.ms-excel.addin.macroEnabled.main+xml" in content["[Content_Types].xml"]
    assert f'codeName="{WORKBOOK_CODE_NAME}"'.encode() in content["xl/workbook.xml"]
    assert f'codeName="{CODE_NAMES[KIT_SHEET]}"'.encode() in content["xl/worksheets/sheet1.xml"]


@pytest.fixture
def addin_as_workbook(tmp_path: Path) -> Path:
    """The add-in called what it is but for its type: neither library here knows .xlam."""
    content = parts(ADDIN.read_bytes())
    types = content["[Content_Types].xml"].replace(b"addin.macroEnabled", b"sheet.macroEnabled")
    path = tmp_path / "addin.xlsm"
    path.write_bytes(build_macros.packed((content | {"[Content_Types].xml": types}).items()))
    return path


def test_the_addin_carries_every_sentence(addin_as_workbook: Path) -> None:
    book = openpyxl.load_workbook(addin_as_workbook)
    for message in KitMessage:
        sheet, address = book.defined_names[MESSAGE_CELL.format(key=message.value)].attr_text.split("!")
        assert sheet.strip("'") == KIT_SHEET
        assert book[KIT_SHEET][address.replace("$", "")].value == build_macros.sentence(message)


def test_a_validator_that_writes_for_nobody_finds_nothing_in_the_addin(addin_as_workbook: Path) -> None:
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)

    assert [error.description for error in validator.validate(str(addin_as_workbook)).errors] == []


def test_the_ribbon_shows_the_declared_buttons() -> None:
    namespace = "{http://schemas.microsoft.com/office/2006/01/customui}"
    tab = ElementTree.fromstring(ribbon_xml()).find(f".//{namespace}tab")
    assert tab is not None
    buttons = tab.findall(f".//{namespace}button")

    assert tab.get("label") == RIBBON_TAB
    assert [
        (one.get("label"), one.get("tag"), one.get("imageMso"), one.get("supertip")) for one in buttons
    ] == [(one.caption, one.action.value, one.image, one.tip) for one in BUTTONS]
    assert len({one.get("id") for one in buttons}) == len(BUTTONS)


def test_the_addins_ribbon_is_its_only_one() -> None:
    """One part of the 2006 schema: openpyxl would leave the part of 2009 behind without its relation."""
    content = parts(ADDIN.read_bytes())

    assert [name for name in content if name.startswith("customUI")] == [RIBBON_PART]
    assert content["_rels/.rels"].count(RIBBON_RELATION.encode()) == 1
