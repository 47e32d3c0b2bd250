"""The form's other sheets: «Показатели», «Как заполнять» and the hidden marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace
from template_rules import Rule, choice, day, prompt
from template_styles import BOX, DATE_FORMAT, LOCKED_FILL, OFFICE_HEADER, Styles, landscape, lay_table
from template_texts import (
    HELP_STEPS,
    INDICATORS_HINT,
    REPAIRS_HINT,
    prompt_title,
    rules_for_statuses,
    verdict_meanings,
)
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from sheetsync.columns import (
    FORM_HELP_SHEET,
    FORM_INDICATORS,
    FORM_REPAIRS,
    MARKS,
    REPORT,
    Column,
    Kind,
    MarkCell,
    Owner,
    TableSpec,
)
from sheetsync.forms.wording import Wording
from sheetsync.workbooks.row_heights import height_of, line_count, room_of

PROTECTION: Final = {"sort": True, "autofilter": True, "format_rows": True, "format_columns": True}
"""What stays allowed on a protected sheet; there is no password."""

INDICATORS_HEADER: Final = 3
REPAIRS_HEADER: Final = 3
HELP_WIDTHS: Final = (26, 50, 62)
HELP_SIZE: Final = 11


def input_or_locked(styles: Styles, column: Column) -> Format:
    """A body cell of a form: white and open for the school, grey and locked for the rest."""
    if column.owner is Owner.SCHOOL:
        return styles.body(column, locked=False)
    return styles.body(column, bg_color=LOCKED_FILL, locked=True, bold=column.kind is Kind.FORMULA)


def column_rule(column: Column) -> Rule:
    """Drop-down, date check or a mere prompt; only the list of statuses refuses what is typed."""
    title = prompt_title(column)
    match column.kind:
        case Kind.CHOICE:
            return choice(title, column.choices, column.prompt, strict=True)
        case Kind.DATE:
            return day(title, column.prompt)
    return prompt(title, column.prompt)


def add_indicators(workbook: Workbook, styles: Styles) -> None:
    """«Показатели»: targets of the plan beside what the school reached."""
    sheet = workbook.add_worksheet(FORM_INDICATORS.sheet)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, FORM_INDICATORS.title, styles.title())
    sheet.write_string(1, 0, INDICATORS_HINT, styles.hint())
    placed = lay_table(
        sheet, FORM_INDICATORS, INDICATORS_HEADER, styles, lambda column, _: input_or_locked(styles, column)
    )
    for column in FORM_INDICATORS.columns:
        if column.owner is Owner.SCHOOL:
            sheet.data_validation(*placed.body(column.key), column_rule(column))
    sheet.freeze_panes(placed.first_row, 1)
    sheet.protect("", PROTECTION)
    landscape(sheet, placed.header_row)


def add_repairs(workbook: Workbook, styles: Styles) -> None:
    """«Что исправлено»: how the copy before a return was understood; hidden in a form that is issued."""
    sheet = workbook.add_worksheet(FORM_REPAIRS.sheet)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, FORM_REPAIRS.title, styles.title())
    sheet.write_string(1, 0, REPAIRS_HINT, styles.hint())
    placed = lay_table(
        sheet, FORM_REPAIRS, REPAIRS_HEADER, styles, lambda column, _: input_or_locked(styles, column)
    )
    sheet.freeze_panes(placed.first_row, 0)
    sheet.protect("", PROTECTION)
    landscape(sheet, placed.header_row)


# --- «Как заполнять» ----------------------------------------------------------------------------


def add_help(workbook: Workbook, styles: Styles) -> None:
    """What to do in eight sentences, what each status asks for, what «Проверка» says."""
    sheet = workbook.add_worksheet(FORM_HELP_SHEET)
    sheet.hide_gridlines(2)
    for at, width in enumerate(HELP_WIDTHS):
        sheet.set_column(at, at, width)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, FORM_HELP_SHEET, styles.title())
    text = styles.get(font_size=HELP_SIZE, text_wrap=True, valign="top")
    for row, step in enumerate(HELP_STEPS, 2):
        wordings = (step.file, step.google) if isinstance(step, Wording) else (step,)
        numbered = [f"{row - 1}. {words}" for words in wordings]
        sheet.merge_range(row, 0, row, 2, numbered[0], text)
        sheet.set_row(row, max(_height([words], (sum(HELP_WIDTHS),)) for words in numbered))
        if isinstance(step, Wording):
            workbook.define_name(step.name, f"='{FORM_HELP_SHEET}'!{xl_rowcol_to_cell(row, 0, True, True)}")
    row = 3 + len(HELP_STEPS)
    statuses = [("Статус", "Когда выбирать", "Что ещё заполнить"), *rules_for_statuses()]
    verdicts = [(REPORT.column("check").header, "Что это значит"), *verdict_meanings().items()]
    _words(sheet, styles, row, statuses)
    _words(sheet, styles, row + len(statuses) + 1, verdicts)
    sheet.protect("", PROTECTION)
    landscape(sheet, 0)
    sheet.fit_to_pages(1, 1)


def _words(sheet: Worksheet, styles: Styles, top: int, rows: Sequence[tuple[str, ...]]) -> None:
    """A small table of words under its first row; the last column is as wide as the page."""
    head = styles.get(BOX, bold=True, font_size=HELP_SIZE, font_color="#FFFFFF", bg_color=OFFICE_HEADER)
    for row, cells in enumerate(rows, top):
        sheet.set_row(row, _height(cells, HELP_WIDTHS))
        for at, cell in enumerate(cells):
            look = styles.get(BOX, font_size=HELP_SIZE, bold=at == 0)
            sheet.write_string(row, at, cell, head if row == top else look)


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Points a row of the help takes: LibreOffice and print do not fit rows themselves."""
    lines = (line_count(text, room_of(width, HELP_SIZE)) for text, width in zip(texts, widths, strict=False))
    return height_of(max(lines), HELP_SIZE)


# --- the marks ----------------------------------------------------------------------------------


def add_marks(workbook: Workbook, styles: Styles) -> None:
    """The hidden sheet: labels in A, values in B, below them what a check of one copy needs."""
    sheet = workbook.add_worksheet(MARKS.sheet)
    lay_table(sheet, _shown(MARKS), len(MarkCell) + 1, styles, lambda column, _: styles.body(column))
    dates = {MarkCell.REPORT_DUE, MarkCell.PERIOD_START}
    for row, cell in enumerate(MarkCell):
        sheet.write_string(row, 0, cell.value, styles.get())
        look = styles.get(num_format=DATE_FORMAT if cell in dates else "@", align="left")
        sheet.write_blank(row, 1, None, look)
        at = xl_rowcol_to_cell(row, 1, row_abs=True, col_abs=True)
        workbook.define_name(cell.value, f"='{MARKS.sheet}'!{at}")
    sheet.protect("")
    sheet.very_hidden()


def _shown(spec: TableSpec) -> TableSpec:
    """The same table with its key column shown: the whole sheet is hidden already."""
    return replace(spec, columns=tuple(replace(one, hidden=False, width=24) for one in spec.columns))
