"""The kit of buttons in a workbook: what Excel asks of such a package, and that twice is as once."""

from __future__ import annotations

import io
import itertools

import openpyxl
import pytest
from kit_books import (
    MACROS_PART,
    TEMPLATE,
    TEXTS,
    WORKBOOK_PART,
    audited,
    buttons,
    code_names,
    faults,
    fitted,
    packed,
    parts,
    resaved,
    vba,
)

from sheetsync.columns import BUTTONS, KIT_SHEET, PANEL, KitCell, KitMessage
from sheetsync.grid import Visibility
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.kit_macros import Macros
from sheetsync.workbooks.kit_ribbon import RIBBON_PART, ribbon_xml
from sheetsync.workbooks.package import NotAPackageError
from sheetsync.workbooks.templates import macros_bytes


@pytest.fixture(scope="module")
def book() -> bytes:
    """The template with its kit."""
    return fitted().data


def test_the_package_is_one_excel_opens_without_repair(book: bytes) -> None:
    assert fitted().macros is Macros.OURS
    assert faults(book) == []


def test_the_workbook_is_one_with_macros(book: bytes) -> None:
    types = parts(book)["[Content_Types].xml"].decode()

    assert "application/vnd.ms-excel.sheet.macroEnabled.main+xml" in types
    assert "spreadsheetml.sheet.main+xml" not in types
    assert parts(book)[MACROS_PART] == macros_bytes()


def test_every_sheet_is_known_to_the_macros_by_its_code_name(book: bytes) -> None:
    documents = [name for name, code in vba(macros_bytes()).items() if "VB_PredeclaredId = True" in code]
    names = code_names(book)

    assert sorted(names.values()) == sorted(documents)
    assert [one for one in openpyxl.load_workbook(io.BytesIO(book)).sheetnames if one not in names] == []


def test_each_declared_button_calls_its_macro_and_shows_its_caption(book: bytes) -> None:
    found = buttons(book)

    assert {macro: caption for macro, (caption, _) in found.items()} == {
        one.macro: one.caption for one in BUTTONS
    }


def test_buttons_stand_one_under_another_and_never_overlap(book: bytes) -> None:
    anchors = [anchor for _, anchor in buttons(book).values()]
    edges = [((top, down), (bottom, below)) for _, _, top, down, _, _, bottom, below in anchors]

    assert all(top < bottom for top, bottom in edges)
    assert all(bottom < top for (_, bottom), (top, _) in itertools.pairwise(edges))
    assert len({tuple(anchor[:2]) for anchor in anchors}) == 1


def test_the_texts_stand_in_named_cells_of_a_hidden_sheet(book: bytes) -> None:
    file = ExcelFile.from_bytes(book)
    sheet = openpyxl.load_workbook(io.BytesIO(book))[KIT_SHEET]

    assert sheet.sheet_state == Visibility.VERY_HIDDEN
    assert file.read_named("ss_msg_running").value == TEXTS[KitMessage.RUNNING]
    assert file.read_named(KitCell.PYTHON).value == TEXTS[KitCell.PYTHON]
    assert file.read_named(KitCell.TIMEOUT).value == TEXTS[KitCell.TIMEOUT]
    assert file.read_named(KitCell.STATUS).is_empty


def test_the_answer_of_a_button_stands_on_the_panel(book: bytes) -> None:
    names = openpyxl.load_workbook(io.BytesIO(book)).defined_names

    assert PANEL in names[KitCell.STATUS].attr_text
    assert PANEL in names[KitCell.BUTTONS].attr_text


def test_the_template_keeps_a_corner_and_a_line_for_the_buttons(book: bytes) -> None:
    before = openpyxl.load_workbook(io.BytesIO(TEMPLATE)).defined_names
    after = openpyxl.load_workbook(io.BytesIO(book)).defined_names

    for cell in (KitCell.STATUS, KitCell.BUTTONS):
        assert after[cell].attr_text == before[cell].attr_text


def test_the_ribbon_is_the_declared_one_and_related_once(book: bytes) -> None:
    relations = parts(book)["_rels/.rels"].decode()

    assert parts(book)[RIBBON_PART] == ribbon_xml()
    assert relations.count("ui/extensibility") == 1


def test_equal_workbooks_get_equal_kits_and_a_second_fitting_changes_nothing(book: bytes) -> None:
    assert fitted().data == book
    assert fitted(book).data == book


def test_parts_the_kit_has_no_business_in_stay_byte_for_byte(book: bytes) -> None:
    before, after = parts(TEMPLATE), parts(book)
    touched = {name for name in before if before[name] != after[name]}

    assert all(
        name.startswith(("xl/worksheets/", "xl/_rels", "_rels")) or name in _SHARED for name in touched
    )


_SHARED = {"[Content_Types].xml", WORKBOOK_PART}


def test_openpyxl_loads_and_keeps_the_kit(book: bytes) -> None:
    saved = resaved(openpyxl.load_workbook(io.BytesIO(book), keep_vba=True))
    again = fitted(saved)

    assert parts(saved)[MACROS_PART] == macros_bytes()
    assert again.macros is Macros.OURS
    assert buttons(again.data).keys() == {one.macro for one in BUTTONS}


def test_the_validator_does_find_a_broken_kit(book: bytes) -> None:
    """The checks above would not pass a package with a part too much or an element out of place."""
    content = parts(book)
    content["xl/worksheets/sheet1.xml"] = content["xl/worksheets/sheet1.xml"].replace(
        b"<sheetViews>", b"<nonsense/><sheetViews>"
    )

    assert audited(packed(content))
    assert "orphan: xl/lost.bin" in faults(packed(parts(book) | {"xl/lost.bin": b"?"}))


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(NotAPackageError):
        fitted(b"PK nothing of the kind")
