"""Small pieces of the kit: reading VBA projects, measuring a sheet, shapes of buttons."""

from __future__ import annotations

import io
import itertools
import re

import pytest
import xlsxwriter
from kit_books import (
    TEMPLATE,
    WORKBOOK_PART,
    buttons,
    changed,
    code_names,
    fitted,
    parts,
    restyled,
    shape_numbers,
    somebodys_project,
    vba,
    vml,
    with_module,
)
from lxml import etree

from sheetsync.columns import BUTTONS, MACRO_MODULE, PANEL
from sheetsync.workbooks.button_shapes import PushButton, add_buttons, areas_in, buttons_in
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.kit_buttons import GAP, HEIGHT, fit_buttons, tops_of
from sheetsync.workbooks.kit_macros import subs_of
from sheetsync.workbooks.legacy_drawings import drawing_part
from sheetsync.workbooks.measures import Measures
from sheetsync.workbooks.note_shapes import NoteShapes
from sheetsync.workbooks.package import Package
from sheetsync.workbooks.templates import macros_bytes
from sheetsync.workbooks.vba_project import UnreadableProjectError, decompress, read_project
from sheetsync.workbooks.workbook_xml import WorkbookXml

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

# --- VBA projects


@pytest.mark.parametrize("project", [macros_bytes(), somebodys_project()], ids=["ours", "somebody's"])
def test_modules_and_code_are_those_an_independent_reader_finds(project: bytes) -> None:
    found = {one.name: one for one in read_project(project)}
    other = vba(project)

    assert found.keys() == other.keys()
    for name, code in other.items():
        lines = [" ".join(line.split()).casefold() for line in code.splitlines()]
        kept = [line for line in lines if line and not line.startswith(("attribute ", "option ", "'"))]
        assert found[name].code.splitlines() == kept
    assert {name for name, one in found.items() if one.is_document} == {
        name for name, code in other.items() if "VB_PredeclaredId = True" in code
    }


def test_long_repetitive_code_is_unpacked_as_it_was() -> None:
    """Chunks of 4096 bytes, copies that overlap what they make."""
    code = "Sub A()\r\n" + "    x = x + 1\r\n" * 2000 + "End Sub\r\n"
    found = {one.name: one.code for one in read_project(with_module(somebodys_project(), "Pechat", code))}

    assert found["Pechat"].splitlines() == ["sub a()", *["x = x + 1"] * 2000, "end sub"]


@pytest.mark.parametrize("data", [b"", b"\x01", b"\xd0\xcf\x11\xe0 macros", macros_bytes()[:3000]])
def test_what_is_no_project_is_told(data: bytes) -> None:
    with pytest.raises(UnreadableProjectError):
        read_project(data)


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x01\x02\xb0\x01\x00\x00", b"\x01\x03\xb0\xff\xff\xff\xff"])
def test_a_broken_container_is_told(data: bytes) -> None:
    with pytest.raises(IndexError):
        decompress(data)


# --- measures


def sheet(inside: str) -> etree._Element:
    return etree.fromstring(f'<worksheet xmlns="{MAIN}">{inside}</worksheet>')


def test_rows_and_columns_are_as_wide_and_high_as_the_sheet_says() -> None:
    measures = Measures(
        sheet(
            '<sheetFormatPr defaultRowHeight="18" defaultColWidth="10"/>'
            '<cols><col min="2" max="3" width="20"/><col min="4" max="4" width="9" hidden="1"/></cols>'
            '<sheetData><row r="2" ht="30"/><row r="3" hidden="1"/></sheetData>'
        )
    )

    assert [measures.row(number) for number in (1, 2, 3, 4)] == [24, 40, 0, 24]
    assert [measures.column(number) for number in (1, 2, 3, 4, 5)] == [70, 140, 140, 0, 70]
    assert measures.down(1, 70) == (4, 6)
    assert measures.across(1, 210) == (3, 0)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", []),
        ('<col min="5" max="6" width="9"/>', [(5, 6, "9", None)]),
        ('<col min="5" max="5" width="12" hidden="1"/>', [(5, 5, "9.140625", None)]),
        (
            '<col min="4" max="16384" width="9" hidden="1"/>',
            [(4, 4, "9", "1"), (5, 5, "9.140625", None), (6, 6, "9.140625", None), (7, 16384, "9", "1")],
        ),
    ],
)
def test_room_is_made_by_showing_hidden_columns_only(
    before: str, after: list[tuple[int, int, str, str | None]]
) -> None:
    root = sheet((f"<cols>{before}</cols>" if before else "") + "<sheetData/>")
    last = Measures(root).room(5, 120)
    groups = [
        (int(one.get("min")), int(one.get("max")), one.get("width"), one.get("hidden"))
        for one in root.iter("{*}col")
    ]

    assert last == 6
    assert groups == after


# --- shapes


def test_a_button_is_written_as_xlsxwriter_writes_it() -> None:
    """Its files are compared with Excel's own, so its way of writing a button is one Excel takes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    panel = book.add_worksheet(PANEL)
    ours = Measures(etree.fromstring(parts(fitted().data)["xl/worksheets/sheet1.xml"]))
    at = next(anchor[0] for _, anchor in buttons(fitted().data).values())
    for column in range(at + 2):
        panel.set_column_pixels(column, column, ours.column(column + 1))
    for row in range(20):
        panel.set_row_pixels(row, ours.row(row + 1))
    for one, top in zip(BUTTONS, tops_of(BUTTONS), strict=True):
        place = {"x_offset": GAP, "y_offset": top, "width": ours.column(at + 1) - 2 * GAP, "height": HEIGHT}
        panel.insert_button(0, at, place | {"macro": f"{MACRO_MODULE}.{one.macro}", "caption": one.caption})
    book.close()

    assert vml(fitted().data) == parts(out.getvalue())["xl/drawings/vmlDrawing1.vml"].decode()


def test_the_buttons_find_room_above_the_charts_of_the_template() -> None:
    data = fitted().data
    lowest = max(anchor[6] for _, anchor in buttons(data).values())
    charts = [
        int(one.text or "0")
        for one in etree.fromstring(parts(data)["xl/drawings/drawing1.xml"]).iter("{*}row")
    ]

    assert len(buttons(data)) == len(set(shape_numbers(data))) == len(BUTTONS)
    assert lowest < min(charts)


def test_macros_tell_which_buttons_they_know() -> None:
    """What LibreOffice lost is given back only where it would do something."""
    for data, known in ((fitted().data, {one.macro.casefold() for one in BUTTONS}), (TEMPLATE, set())):
        package = Package.from_bytes(data)
        assert subs_of(package, WorkbookXml(package)) == known


def test_buttons_of_another_group_stand_apart() -> None:
    steps = [below - top for top, below in itertools.pairwise(tops_of(BUTTONS))]
    apart = [one.group is not other.group for one, other in itertools.pairwise(BUTTONS)]

    assert {step > HEIGHT + GAP for step, is_apart in zip(steps, apart, strict=True) if is_apart} == {True}
    assert {step for step, is_apart in zip(steps, apart, strict=True) if not is_apart} == {HEIGHT + GAP}


def with_three_buttons() -> bytes:
    """As the version before this one made it: three buttons, a little higher, one under another."""
    package = Package.from_bytes(fitted().data)
    sheet = next(one for one in package.names() if one.endswith("sheet1.xml"))
    drawing = drawing_part(package, sheet)
    shapes = NoteShapes(package.read(drawing))
    shapes.drop([one.shape for one in buttons_in(shapes)])
    measures = Measures(package.tree(sheet))
    width = measures.column(5) - 12
    old = []
    for step, one in enumerate(BUTTONS[:3]):
        top, bottom = measures.down(1, 6 + 40 * step), measures.down(1, 40 + 40 * step)
        corners = (4, 6, top[0] - 1, top[1], 4, 6 + width, bottom[0] - 1, bottom[1])
        box = (measures.left(5) + 6, 6 + 40 * step, width, 34)
        old.append(PushButton(one.caption, f"{MACRO_MODULE}.{one.macro}", corners, box))
    add_buttons(shapes, old, set())
    package.write(drawing, shapes.data)
    return package.to_bytes()


def test_a_later_button_comes_under_those_that_are_there() -> None:
    """A workbook of the version with three buttons gets the others, none over another."""
    old = with_three_buttons()
    data = fitted(old).data
    found = buttons(data)
    edges = [(anchor[2:4], anchor[6:8]) for _, anchor in found.values()]

    assert len(buttons(old)) == 3
    assert list(found) == [one.macro for one in BUTTONS]
    assert {macro: found[macro] for macro in buttons(old)} == buttons(old)
    assert all(bottom < top for (_, bottom), (top, _) in itertools.pairwise(edges))


LIBREOFFICE = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t201"></v:shapetype>'
    '<v:shape id="shape_0" type="#_x0000_t201"><v:textbox><div>Собрать свод</div></v:textbox>'
    '<x:ClientData ObjectType="Button"><x:Anchor>4, 0, 0, 40, 5, 0, 1, -1</x:Anchor>'
    "<x:FmlaMacro>modSheetsync.SheetsyncConsolidate</x:FmlaMacro></x:ClientData></v:shape></xml>"
)


def test_a_button_as_libreoffice_writes_it_is_known_and_known_to_be_dead() -> None:
    (found,) = buttons_in(NoteShapes(LIBREOFFICE.encode()))

    assert (found.macro, found.is_sound) == ("SheetsyncConsolidate", False)
    assert found.anchor == (4, 0, 0, 40, 5, 0, 1, -1)
    assert [
        (one.top, one.left, one.bottom, one.right) for one in areas_in(NoteShapes(LIBREOFFICE.encode()))
    ] == [(1, 5, 2, 6)]


def test_a_dead_button_is_made_anew_where_it_stood() -> None:
    old = fitted().data
    drawing = next(name for name in parts(old) if name.endswith(".vml"))
    text = parts(old)[drawing].decode()
    dead = changed(old, drawing, text, LIBREOFFICE)
    package = Package.from_bytes(dead)
    fit_buttons(package, WorkbookXml(package), BUTTONS)
    found = buttons(package.to_bytes())

    assert found["SheetsyncConsolidate"][1][:4] == [4, 0, 0, 40]
    assert len(found) == len(BUTTONS)
    assert parts(package.to_bytes())[drawing].count(b"shape_0") == 0
    assert len(re.findall(rb"<v:shapetype", parts(package.to_bytes())[drawing])) == 1


def test_a_drawing_that_tells_no_blocks_of_numbers_gets_them() -> None:
    shapes = NoteShapes(LIBREOFFICE.encode())
    shapes.add_notes([(2, 2)])

    assert b'<o:idmap v:ext="edit" data="1"/>' in shapes.data
    etree.fromstring(shapes.data)


def test_openpyxl_counts_shapes_anew_in_each_drawing_and_ours_are_still_unique() -> None:
    from openpyxl.comments import Comment  # noqa: PLC0415

    def note(book: object) -> None:
        for name in (PANEL, "План", "Свод"):
            book[name]["B2"].comment = Comment("Уточнить", "Иванова")  # type: ignore[index]

    before = shape_numbers(restyled(note))
    after = shape_numbers(fitted(restyled(note)).data)

    assert len(set(before)) < len(before)
    assert len([one for one in after if one not in before]) == len(BUTTONS)


# --- what a consolidation gives back


def revived(data: bytes) -> bytes:
    file = ExcelFile.from_bytes(data)
    file.revive_kit()
    return file.to_bytes()


def without_button(data: bytes, macro: str) -> bytes:
    drawing = next(name for name in parts(data) if name.endswith(".vml"))
    shapes = re.findall(r"<v:shape .*?</v:shape>", parts(data)[drawing].decode(), re.DOTALL)
    return changed(data, drawing, next(one for one in shapes if macro in one), "")


def test_a_button_the_office_deleted_stays_deleted_in_a_consolidation() -> None:
    less = without_button(fitted().data, "SheetsyncCheck")

    assert buttons(revived(less)) == buttons(less)


def without_code_names(data: bytes) -> bytes:
    """What LibreOffice leaves: no sheet and no workbook has its code name any more."""
    for name, part in parts(data).items():
        told = re.search(rb' codeName="[^"]*"', part)
        if told:
            data = changed(data, name, told[0].decode(), "")
    return data


def test_code_names_a_program_lost_are_given_back() -> None:
    """Excel finds the module of a sheet by them; after LibreOffice's save there are none."""
    whole = fitted().data
    bare = without_code_names(whole)

    assert not any(code_names(bare).values())
    assert code_names(revived(bare)) == code_names(whole)
    assert revived(revived(bare)) == revived(bare)


def test_without_macros_no_code_name_is_made_up() -> None:
    assert parts(revived(TEMPLATE)) == parts(TEMPLATE)


def test_sound_buttons_are_not_touched() -> None:
    assert parts(revived(fitted().data)) == parts(fitted().data)


def test_where_libreoffice_left_no_button_all_come_back() -> None:
    """Saved by it a second time, when it no longer showed any."""
    bare = fitted().data
    for one in BUTTONS:
        bare = without_button(bare, one.macro)
    by_excel, by_libreoffice = bare, changed(bare, WORKBOOK_PART, 'appName="xl"', 'appName="Calc"')

    assert buttons(revived(by_excel)) == {}
    assert buttons(revived(by_libreoffice)) == buttons(fitted().data)


def test_a_workbook_without_macros_gets_no_buttons_from_a_consolidation() -> None:
    plain = changed(TEMPLATE, WORKBOOK_PART, 'appName="xl"', 'appName="Calc"')

    assert not [name for name in parts(revived(plain)) if name.endswith(".vml")]
