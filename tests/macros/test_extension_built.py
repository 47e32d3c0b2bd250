"""The extension of LibreOffice: built of its sources and the program's declarations, and nothing else."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from sheetsync.columns import BUTTONS, MACRO_MODULE, KitCell
from sheetsync.notices import Notice
from sheetsync.workbooks.kit_buttons import tops_of
from sheetsync.workbooks.templates import EXTENSION_FILE, built_in
from tools_path import tool

building = tool("build_extension")


def parts() -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(building.build_extension())) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def test_the_committed_extension_is_what_its_sources_give() -> None:
    """`make macros` was run after the last change."""
    packed = built_in(EXTENSION_FILE)

    assert packed is not None
    assert packed.read_bytes() == building.build_extension()


def test_the_installed_package_carries_it() -> None:
    setup = (building.ROOT / "setup.py").read_text()

    assert f'"{EXTENSION_FILE[EXTENSION_FILE.rindex(".") :]}"' in setup


@pytest.mark.parametrize("name", parts())
def test_every_part_is_well_formed(name: str) -> None:
    assert len(etree.fromstring(parts()[name].encode(), etree.XMLParser(load_dtd=False))) >= 0


def test_the_manifest_names_every_part_that_libreoffice_takes_in() -> None:
    manifest = parts()["META-INF/manifest.xml"]
    named = [one.get(f"{{{one.nsmap['manifest']}}}full-path") for one in etree.fromstring(manifest.encode())]

    assert named == ["Addons.xcu", "Events.xcu", f"{building.LIBRARY}/"]


def test_the_menu_has_the_workbooks_buttons_in_their_order() -> None:
    menu = etree.fromstring(parts()["Addons.xcu"].encode())
    values = [one.text or "" for one in menu.iter("value")]

    assert [one for one in values if one in {button.caption for button in BUTTONS}] == [
        button.caption for button in BUTTONS
    ]
    assert [f".{button.macro}?" in "".join(values) for button in BUTTONS] == [True] * len(BUTTONS)


def test_sources_are_plain_and_name_nothing_the_program_declares() -> None:
    """Captions, cells and macros come from the declarations, so that they cannot differ from the workbook's."""
    for path in building.SOURCES.glob("*.bas"):
        text = path.read_bytes().decode("ascii")
        assert not [word for word in (KitCell.BUTTONS, f'"{MACRO_MODULE}"', "Sheetsync") if word in text]


def test_every_button_has_its_place_and_groups_stand_apart() -> None:
    """The extension draws them where the program does."""
    tops = ", ".join(map(str, tops_of(BUTTONS)))

    assert f"Tops = Array({tops})" in building.declared()


def test_a_workbook_of_an_older_version_is_told_so_and_gets_no_button_that_does_nothing() -> None:
    """Its macros know fewer buttons than the menu has choices."""
    code = (building.SOURCES / "Buttons.bas").read_text("ascii")

    assert "ElseIf Not KnowsButton(ThisComponent, macro) Then\n        MsgBox OLD_BOOK" in code
    assert "If KnowsButton(book, Macros()(order)) Then DrawButton" in code
    assert building._quoted(Notice.PRESS_OLD_BUTTONS.value) in building.declared()


def test_quotes_in_a_sentence_do_not_end_it() -> None:
    assert building._quoted('Нажмите "Свод"') == '"Нажмите ""Свод"""'
