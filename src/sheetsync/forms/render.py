"""A form is written into a workbook made from the template, through the port alone.

Whatever the office did to the template (colours, widths, order of columns) stays: tables and cells
are found by name, and the formulas are the template's own: each row gets the sample row's, moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from sheetsync.columns import (
    FORM_INDICATORS,
    FORM_INDICATORS_SHEET,
    MARK_PROPERTY,
    MARKS,
    REPORT,
    FormCell,
    TableSpec,
)
from sheetsync.forms.model import Form, FormRow
from sheetsync.intake.marks import mark_property, printed_code
from sheetsync.workbooks.port import Out, TableBody, TableRows, WorkbookFile
from sheetsync.workbooks.references import translated

ACTIVITY_SAMPLE: Final = 0
SECTION_SAMPLE: Final = 1
"""Rows of the template's «Отчёт» that show how an activity and a section's title look."""


def fill_form(workbook: WorkbookFile, form: Form) -> None:
    """Write a form into a fresh copy of the template."""
    _fill_report(workbook, form)
    if form.indicators:
        workbook.replace_table(FORM_INDICATORS.name, _body(FORM_INDICATORS, form.indicators))
    else:
        workbook.hide_sheet(FORM_INDICATORS_SHEET)
    workbook.replace_table(MARKS.name, _body(MARKS, form.mark_rows))
    for cell, value in form.mark_cells.items():
        workbook.write_named(cell, Out(value))
    workbook.write_named(FormCell.PRINTED_CODE, Out(printed_code(form.marks)))
    workbook.set_property(MARK_PROPERTY, mark_property(form.marks))


def _fill_report(workbook: WorkbookFile, form: Form) -> None:
    formulas = _sample_formulas(workbook.read_table(REPORT.name))
    samples = tuple(SECTION_SAMPLE if row.is_section else ACTIVITY_SAMPLE for row in form.rows)
    rows = tuple(_report_row(row, step, formulas) for step, row in enumerate(form.rows))
    workbook.replace_table(REPORT.name, TableBody(REPORT.headers, rows, samples=samples))
    for cell, value in form.header.items():
        workbook.write_named(cell, Out(value, formula=workbook.read_named(cell).formula))


def _sample_formulas(template: TableRows) -> dict[str, str]:
    """Formulas of the template's sample row by header."""
    sample = zip(template.headers, template.rows[ACTIVITY_SAMPLE], strict=True)
    return {header: cell.formula.removeprefix("=") for header, cell in sample if cell.formula}


def _report_row(row: FormRow, step: int, formulas: Mapping[str, str]) -> tuple[Out, ...]:
    """Values of one row; where the template's sample row calculates, an activity calculates too."""
    live = {} if row.is_section else formulas
    return tuple(
        Out(
            row.cells.get(one.key), formula=translated(live[one.header], step) if one.header in live else None
        )
        for one in REPORT.columns
    )


def _body(spec: TableSpec, rows: Iterable[FormRow]) -> TableBody:
    return TableBody(spec.headers, tuple(tuple(Out(row.cells.get(key)) for key in spec.keys) for row in rows))
