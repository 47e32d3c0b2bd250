"""The committed templates: built from the declarations, valid, and holding all that is declared."""

from __future__ import annotations

import io
import runpy
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from packages import parts
from sheetsync.columns import (
    APPENDIX_TABLES,
    COMPLETENESS,
    COMPLETENESS_SHEET,
    DISTRICT_LAYOUT,
    FORM_REPAIRS,
    FORM_TABLES,
    LIGHTS,
    REGION_TABLES,
    FormCell,
    MarkCell,
    Owner,
    PanelCell,
    RegionCell,
    TableSpec,
)
from sheetsync.settings import SETTINGS_ROWS
from sheetsync.workbooks import templates
from sheetsync.workbooks.templates import OFFICE_FOLDER, Template, template_bytes, template_path
from tools_path import tool

FALSE_ALARMS: dict[str, str] = {}
"""Findings of openxml-audit that are no faults: part of the description -> the reason. None are known."""

TABLES = {
    Template.FORM: (*FORM_TABLES, FORM_REPAIRS),
    Template.DISTRICT: DISTRICT_LAYOUT,
    Template.APPENDIX: APPENDIX_TABLES,
    Template.REGION: REGION_TABLES,
}
NAMES = {
    Template.FORM: (*FormCell, *MarkCell),
    Template.DISTRICT: tuple(PanelCell),
    Template.APPENDIX: (),
    Template.REGION: tuple(RegionCell),
}
SPECS = [(template, spec) for template, tables in TABLES.items() for spec in tables]


def book(template: Template) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(template_bytes(template)))


@pytest.mark.parametrize("template", Template)
def test_the_committed_template_is_what_the_declarations_build(template: Template) -> None:
    """Part by part; when it fails, run `make templates` and commit the result."""
    committed, rebuilt = parts(template_bytes(template)), parts(tool("build_templates").build(template))

    assert committed.keys() == rebuilt.keys()
    assert [
        name for name in committed if ET.canonicalize(committed[name]) != ET.canonicalize(rebuilt[name])
    ] == []


@pytest.mark.parametrize("template", Template)
def test_two_builds_give_the_same_bytes(template: Template) -> None:
    build = tool("build_templates").build

    assert build(template) == build(template)


@pytest.mark.parametrize("template", Template)
def test_a_validator_that_writes_for_nobody_finds_nothing(template: Template) -> None:
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)
    found = [error.description for error in validator.validate(str(template_path(template))).errors]

    assert [text for text in found if not any(part in text for part in FALSE_ALARMS)] == []


@pytest.mark.parametrize(("template", "spec"), SPECS, ids=[spec.name for _, spec in SPECS])
def test_every_declared_table_stands_on_its_sheet_with_its_columns(
    template: Template, spec: TableSpec
) -> None:
    table = book(template)[spec.sheet].tables[spec.name]

    assert tuple(one.name for one in table.tableColumns)[: len(spec.columns)] == spec.headers


@pytest.mark.parametrize(("template", "spec"), SPECS, ids=[spec.name for _, spec in SPECS])
def test_hidden_columns_are_hidden_and_widths_are_declared(template: Template, spec: TableSpec) -> None:
    if spec.sheet == FORM_TABLES[-1].sheet:
        pytest.skip("the whole sheet is hidden")

    groups = book(template)[spec.sheet].column_dimensions.values()
    shown = {at: (group.hidden, group.width) for group in groups for at in range(group.min, group.max + 1)}

    for at, column in enumerate(spec.columns, 1):
        assert shown[at] == (column.hidden, pytest.approx(column.width + 0.71, abs=0.05))


@pytest.mark.parametrize("template", Template)
def test_every_named_cell_is_there(template: Template) -> None:
    names = book(template).defined_names

    assert [cell for cell in NAMES[template] if cell.value not in names] == []


def test_the_sheets_of_the_district_workbook_stand_in_the_declared_order() -> None:
    assert book(Template.DISTRICT).sheetnames == [spec.sheet for spec in TABLES[Template.DISTRICT]]


def test_typed_text_never_becomes_a_date_or_a_formula() -> None:
    """«2.10» stays «2.10» where a person types, and what we write stays text after F2 and Enter."""
    for template, spec in SPECS:
        sheet = book(template)[spec.sheet]
        first, _, _ = sheet.tables[spec.name].ref.partition(":")
        row = sheet[first].row + 1
        for at, column in enumerate(spec.columns, sheet[first].column):
            cell = sheet.cell(row, at)
            if column.kind not in {"text", "choice", "link"} or column.key == "sha256":
                continue
            typed = column.owner in {Owner.SCHOOL, Owner.COORDINATOR}
            is_text = cell.number_format == "@" or cell.is_date
            assert is_text if typed or column.key == "number" else cell.quotePrefix, (spec.name, column.key)


def test_every_setting_has_its_row_with_its_default() -> None:
    sheet = book(Template.DISTRICT)["Настройки"]
    rows = {sheet.cell(row, 4).value: sheet.cell(row, 2).value for row in range(5, 5 + len(SETTINGS_ROWS))}

    assert rows == {spec.key: spec.default or None for spec in SETTINGS_ROWS}


def test_charts_read_the_columns_of_the_completeness_table() -> None:
    sheet = book(Template.DISTRICT)[COMPLETENESS_SHEET]
    letters = {key: "ABCDEFGHIJKLMNOP"[at] for at, key in enumerate(COMPLETENESS.keys)}
    charts = [
        data.decode()
        for name, data in parts(template_bytes(Template.DISTRICT)).items()
        if "charts/chart" in name
    ]
    row = sheet[sheet.tables[COMPLETENESS.name].ref.partition(":")[0]].row + 1

    assert len(charts) == 3
    for key in ("participant", "filled_rate", "evidenced_rate", "reported", "confirmed_none", "missing"):
        assert any(f"<c:f>{COMPLETENESS_SHEET}!${letters[key]}${row}" in chart for chart in charts)


def test_the_growing_list_of_lights_never_meets_the_charts() -> None:
    """Both charts end above the table, which grows downwards alone."""
    sheet = book(Template.DISTRICT)[LIGHTS.sheet]
    top = sheet[sheet.tables[LIGHTS.name].ref.partition(":")[0]].row

    assert all(chart.anchor.to.row + 1 < top for chart in sheet._charts)


def test_prompts_and_lists_fit_the_limits_of_excel() -> None:
    for template, spec in SPECS:
        for rule in book(template)[spec.sheet].data_validations.dataValidation:
            assert len(rule.prompt or "") <= 255
            assert len(rule.promptTitle or "") <= 32
            assert rule.type != "list" or len(rule.formula1) <= 257


# --- where they are found -----------------------------------------------------------------------


def test_an_office_template_beside_the_campaign_wins(tmp_path: Path) -> None:
    (tmp_path / OFFICE_FOLDER).mkdir()
    (tmp_path / OFFICE_FOLDER / Template.FORM).write_bytes(b"ours")

    assert template_bytes(Template.FORM, tmp_path) == b"ours"
    assert template_bytes(Template.DISTRICT, tmp_path) == template_bytes(Template.DISTRICT)


def test_a_program_without_its_templates_says_which_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("_PACKED", "_SOURCE"):
        monkeypatch.setattr(templates, folder, tmp_path)

    with pytest.raises(FileNotFoundError, match=r"form\.xlsx"):
        template_bytes(Template.FORM)


def test_an_installed_program_carries_its_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`pip install .` packs workbook_templates/ beside the code: the build step of setup.py, on its own."""
    setuptools = pytest.importorskip("setuptools")
    told: dict[str, dict[str, type]] = {}
    monkeypatch.setattr(setuptools, "setup", lambda **options: told.update(options))
    root = Path(__file__).parents[2]
    monkeypatch.chdir(root)
    runpy.run_path(str(root / "setup.py"))
    step = told["cmdclass"]["build_py"]
    monkeypatch.setattr(step.__base__, "run", lambda self: None)
    command = step(setuptools.Distribution())
    command.build_lib = str(tmp_path)
    command.run()

    for template in Template:
        packed = tmp_path / "sheetsync" / "templates" / template.value
        assert packed.read_bytes() == template_path(template).read_bytes()
