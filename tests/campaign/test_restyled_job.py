"""An office restyles both templates as it likes; the whole job runs and says the same."""

from __future__ import annotations

import io
import shutil
import struct
import zlib
from pathlib import Path
from typing import Any

import coordinator as office
import district_fixture as district
import openpyxl
import pytest
from msgspec.structs import replace
from openpyxl.drawing.image import Image
from openpyxl.styles import Font, PatternFill

from resaving import saved_by_libreoffice
from sheetsync import store
from sheetsync.columns import (
    DISTRICT_LAYOUT,
    ENTRIES,
    FORM_SHEET,
    PANEL,
    PARTICIPANTS,
    REPORT,
    FormCell,
    TableSpec,
)
from sheetsync.district.as_json import consolidation_as_json
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.templates import OFFICE_FOLDER, Template, template_bytes
from tools_path import tool

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

OWN_COLUMN = "Класс"


def logo() -> io.BytesIO:
    """A red square as a PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\xc0\x20\x20" * 40 for _ in range(40))
    header = struct.pack(">IIBBBBB", 40, 40, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + body)


def restyled(template: Template) -> bytes:
    """Another font, colours, widths and title, a logo, an own sheet; in the form an own column."""
    book = openpyxl.load_workbook(io.BytesIO(template_bytes(template)))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                cell.font = Font(name="Times New Roman", size=12, color="7030A0", bold=cell.font.bold)
        for letter in "ABCDEFGH":
            sheet.column_dimensions[letter].width = 25
        sheet["A1"].fill = PatternFill("solid", fgColor="FFD966")
    book.worksheets[0].add_image(Image(logo()), "F1")
    book.create_sheet("Контакты отдела")["A1"] = "Телефон отдела: 2-12-34"
    if template is Template.FORM:
        office.add_column(book[FORM_SHEET], OWN_COLUMN)
    elif template is Template.DISTRICT:
        book["Настройки"]["A1"] = "Наши настройки"
        book.move_sheet("Журнал", -3)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rearranged(template: Template) -> bytes:
    """The template with its columns in another order, as Excel leaves it when an office drags them."""
    with pytest.MonkeyPatch.context() as patch:
        if template is Template.FORM:
            patch.setattr(tool("template_form"), "REPORT", moved(REPORT))
        else:
            specs = tuple(moved(one) if one in (ENTRIES, PARTICIPANTS) else one for one in DISTRICT_LAYOUT)
            patch.setattr(tool("template_district"), "DISTRICT_LAYOUT", specs)
        return bytes(tool("build_templates").build(template))


def moved(spec: TableSpec) -> TableSpec:
    """The second column goes to the sixth place."""
    first, second, *others = spec.columns
    return replace(spec, columns=(first, *others[:4], second, *others[4:]))


def campaign_with(folder: Path, templates: dict[str, bytes]) -> Path:
    """The first half of the job with the office's own templates."""
    place = folder / "Тенистый «2026»"
    own = place / OFFICE_FOLDER
    own.mkdir(parents=True)
    for name, data in templates.items():
        (own / name).write_bytes(data)
    return district.new(folder)


def fill(place: Path) -> None:
    """One complete report, one with gaps."""
    office.send(place, "S01")
    claim = {"status": "выполнено", "info": "Всё сделано"}
    office.send(place, "S02", answers={"1.1": claim, "2.1": district.GOOD})


def outcome(place: Path) -> dict[str, Any]:
    """What a consolidation says, without what tells one file from another."""
    found = consolidation_as_json(office.press_whole(place, 1).consolidation)
    for file in found["files"]:
        file.pop("sha256")
    return found


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    place = district.new(tmp_path_factory.mktemp("plain"))
    fill(place)
    return outcome(place)


@pytest.fixture(scope="module")
def own_templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """The restyled templates as openpyxl and as LibreOffice saved them."""
    folder = tmp_path_factory.mktemp("templates")
    for template in Template:
        (folder / template.value).write_bytes(restyled(template))
    saved = saved_by_libreoffice(folder, [folder / one.value for one in Template])
    return {
        "openpyxl": {one.value: (folder / one.value).read_bytes() for one in Template},
        "LibreOffice": {one.value: saved[one.value].read_bytes() for one in Template},
    }


@pytest.fixture(scope="module", params=["openpyxl", "LibreOffice"])
def restyled_place(
    request: pytest.FixtureRequest,
    own_templates: dict[str, dict[str, bytes]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    place = campaign_with(tmp_path_factory.mktemp("restyled"), own_templates[request.param])
    fill(place)
    return place


def test_the_whole_job_says_the_same(restyled_place: Path, plain: dict[str, Any]) -> None:
    assert outcome(restyled_place) == plain
    assert office.press_whole(restyled_place, 2).written_to is None


def test_the_looks_of_the_office_reach_forms_and_workbook(restyled_place: Path) -> None:
    form = openpyxl.load_workbook(district.form_of(restyled_place, "S01"))
    columns, header = district.header_of(form[FORM_SHEET])
    book = openpyxl.load_workbook(office.workbook(restyled_place))

    assert form[FORM_SHEET].cell(header + 2, columns["title"]).font.name == "Times New Roman"
    assert form[FORM_SHEET].cell(header, len(REPORT.columns) + 1).value == OWN_COLUMN
    assert "Контакты отдела" in form.sheetnames
    assert form[FORM_SHEET]._images
    assert book["Настройки"]["A1"].value == "Наши настройки"
    assert book["Контакты отдела"]["A1"].value == "Телефон отдела: 2-12-34"
    assert book[PANEL]._images
    assert len(book[PANEL]._charts) == 2


def test_forms_and_workbook_of_restyled_templates_are_sound(restyled_place: Path, tmp_path: Path) -> None:
    files = [*(restyled_place / store.FORMS_FOLDER).iterdir(), office.workbook(restyled_place)]

    for data in (path.read_bytes() for path in files):
        assert office.faults(data, tmp_path) == []
        assert office.orphan_parts(data) == set()


def test_what_a_school_wrote_into_the_own_column_is_not_lost(restyled_place: Path, tmp_path: Path) -> None:
    place = tmp_path / restyled_place.name
    shutil.copytree(restyled_place, place)

    def change(sheet: Any) -> None:
        _, header = district.header_of(sheet)
        sheet.cell(header + 2, office.column_of(sheet, OWN_COLUMN)).value = "9 «Б»"

    district.receive(
        place, "S03.xlsx", district.filled(place, "S03", district.all_good(place, "S03"), change)
    )
    result = office.press(place, 3).consolidation

    assert [line.unaccounted for line in result.ledger] == [0] * len(result.ledger)
    assert "9 «Б»" in {one.text for one in result.unplaced}


def test_columns_in_another_order_say_the_same(tmp_path: Path, plain: dict[str, Any]) -> None:
    place = campaign_with(tmp_path, {one.value: rearranged(one) for one in Template})
    fill(place)
    found = outcome(place)
    read = ExcelFile.from_bytes(office.data(place)).read_table(ENTRIES.name)
    form = ExcelFile.from_bytes(district.form_of(place, "S01").read_bytes()).read_table(REPORT.name)

    assert without_addresses(found) == without_addresses(plain)
    assert read.headers == moved(ENTRIES).headers
    assert form.headers == moved(REPORT).headers
    assert office.press_whole(place, 2).written_to is None


def without_addresses(found: dict[str, Any]) -> dict[str, Any]:
    """Cells of copies lie elsewhere when columns do."""
    findings = [{**one, "cell": None} for one in found["findings"]]
    entries = [{**one, "source": None} for one in found["entries"]]
    return {**found, "findings": findings, "entries": entries}


# --- templates of no use


def test_a_broken_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(store.StoreError, match=r"district\.xlsx.*не читается"):
        campaign_with(tmp_path, {Template.DISTRICT.value: b"not a workbook"})


def test_a_template_without_a_column_of_ours_is_refused_with_its_name(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_bytes(Template.FORM)))
    sheet = book[FORM_SHEET]
    table = sheet.tables[REPORT.name]
    header = openpyxl.utils.range_boundaries(table.ref)[1]
    column = office.column_of(sheet, REPORT.column("link").header)
    sheet.cell(header, column).value = table.tableColumns[column - 1].name = "Адрес"
    out = io.BytesIO()
    book.save(out)

    with pytest.raises(store.StoreError, match="Ссылка на документ"):
        campaign_with(tmp_path, {Template.FORM.value: out.getvalue()})


def test_a_template_without_a_named_cell_is_refused_with_its_name(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_bytes(Template.FORM)))
    del book.defined_names[FormCell.PROGRESS]
    out = io.BytesIO()
    book.save(out)

    with pytest.raises(store.StoreError, match=FormCell.PROGRESS):
        campaign_with(tmp_path, {Template.FORM.value: out.getvalue()})


def test_a_template_whose_tables_an_online_program_lost_still_serves(
    tmp_path: Path, plain: dict[str, Any]
) -> None:
    templates = {one.value: office.without_tables(template_bytes(one)) for one in Template}
    place = campaign_with(tmp_path, templates)
    fill(place)

    assert ExcelFile.from_bytes(district.form_of(place, "S01").read_bytes()).table_names()
    assert outcome(place) == plain
