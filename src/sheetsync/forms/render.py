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
    FORM_REPAIRS,
    FORM_REPAIRS_SHEET,
    MARK_PROPERTY,
    MARKS,
    REPORT,
    FormCell,
    ReturnCell,
    TableSpec,
)
from sheetsync.forms.model import Back, Form, FormRow
from sheetsync.intake.marks import mark_property, printed_code
from sheetsync.workbooks.port import Out, TableBody, TableRows, WorkbookFile
from sheetsync.workbooks.references import translated

ACTIVITY_SAMPLE: Final = 0
SECTION_SAMPLE: Final = 1
ACCEPTED_SAMPLE: Final = 2
OPEN_SAMPLE: Final = 3
"""Rows of the template's «Отчёт» that show how an activity, a section's title and, in a form that is
returned, an accepted row and one to mend look. A template restyled earlier may lack the last two."""

NOTED: Final = "title"
"""The column that carries the note of a row."""


def fill_form(workbook: WorkbookFile, form: Form) -> None:
    """Write a form into a fresh copy of the template."""
    _fill_report(workbook, form)
    if form.indicators:
        workbook.replace_table(FORM_INDICATORS.name, _body(FORM_INDICATORS, form.indicators))
    else:
        workbook.hide_sheet(FORM_INDICATORS_SHEET)
    _fill_repairs(workbook, form.back.repairs if form.back else ())
    workbook.replace_table(MARKS.name, _body(MARKS, form.mark_rows))
    for cell, value in form.mark_cells.items():
        workbook.write_named(cell, Out(value))
    workbook.write_named(FormCell.PRINTED_CODE, Out(printed_code(form.marks)))
    workbook.set_property(MARK_PROPERTY, mark_property(form.marks))


def _fill_report(workbook: WorkbookFile, form: Form) -> None:
    template = workbook.read_table(REPORT.name)
    formulas = _sample_formulas(template)
    samples = tuple(_sample_of(row, form.back, len(template.rows)) for row in form.rows)
    rows = tuple(_report_row(row, step, formulas) for step, row in enumerate(form.rows))
    workbook.replace_table(REPORT.name, TableBody(REPORT.headers, rows, samples=samples))
    for cell, value in form.header.items():
        workbook.write_named(cell, Out(value, formula=workbook.read_named(cell).formula))
    if form.back:
        _say_it_is_back(workbook, form.back, str(form.header[FormCell.PLAN_TITLE] or ""))


def _sample_of(row: FormRow, back: Back | None, samples: int) -> int:
    """The row of the template a row is to look like. Where there is none for an accepted row, a
    section's title does: it is closed too."""
    if row.is_section:
        return SECTION_SAMPLE
    if back and row.key in back.accepted:
        return ACCEPTED_SAMPLE if samples > ACCEPTED_SAMPLE else SECTION_SAMPLE
    if back and row.key in back.open and samples > OPEN_SAMPLE:
        return OPEN_SAMPLE
    return ACTIVITY_SAMPLE


def _say_it_is_back(workbook: WorkbookFile, back: Back, plan_title: str) -> None:
    """The line of a return, in its own cell; a template without one says it before the plan."""
    try:
        workbook.write_named(ReturnCell.LINE, Out(back.line))
    except KeyError:
        workbook.write_named(FormCell.PLAN_TITLE, Out(f"{back.line}\n{plan_title}"))


def _fill_repairs(workbook: WorkbookFile, rows: tuple[FormRow, ...]) -> None:
    """How the last copy was understood; a template without that sheet goes without."""
    if FORM_REPAIRS.name not in workbook.table_names():
        return
    if rows:
        workbook.replace_table(FORM_REPAIRS.name, _body(FORM_REPAIRS, rows))
    else:
        workbook.hide_sheet(FORM_REPAIRS_SHEET)


def _sample_formulas(template: TableRows) -> dict[str, str]:
    """Formulas of the template's sample row by header."""
    sample = zip(template.headers, template.rows[ACTIVITY_SAMPLE], strict=True)
    return {header: cell.formula.removeprefix("=") for header, cell in sample if cell.formula}


def _report_row(row: FormRow, step: int, formulas: Mapping[str, str]) -> tuple[Out, ...]:
    """Values of one row; where the template's sample row calculates, an activity calculates too."""
    live = {} if row.is_section else formulas
    return tuple(
        Out(
            row.cells.get(one.key),
            formula=translated(live[one.header], step) if one.header in live else None,
            note=_note(row, one.key),
        )
        for one in REPORT.columns
    )


def _body(spec: TableSpec, rows: Iterable[FormRow]) -> TableBody:
    return TableBody(
        spec.headers,
        tuple(tuple(Out(row.cells.get(key), note=_note(row, key)) for key in spec.keys) for row in rows),
    )


def _note(row: FormRow, key: str) -> str | None:
    return (row.note or None) if key == NOTED else None
