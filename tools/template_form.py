"""The template of the form a school fills: the sheet «Отчёт», the others from ``template_form_sheets``."""

from __future__ import annotations

from typing import Any, Final

from template_form_sheets import (
    PROTECTION,
    add_help,
    add_indicators,
    add_marks,
    add_repairs,
    column_rule,
    input_or_locked,
)
from template_looks import Look, paint, signed
from template_rules import choice
from template_styles import (
    BAD,
    DATE_FORMAT,
    DOUBT,
    GOOD,
    INPUT_HEADER,
    LOCKED_FILL,
    MUTED,
    OFFICE_HEADER,
    SECTION_FILL,
    TOOL_HEADER,
    Placed,
    Styles,
    landscape,
    lay_table,
)
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from sheetsync.columns import FORM_SHEET, REPORT, Column, FormCell, Owner, ReturnCell
from sheetsync.forms.checking import (
    ACCEPTED,
    CHECKED_COLUMNS,
    NO_STATUS,
    READY,
    WAITING,
    check_formula,
    missing_formula,
    progress_formula,
    progress_of,
)
from sheetsync.forms.render import ACCEPTED_SAMPLE, ACTIVITY_SAMPLE, OPEN_SAMPLE, SECTION_SAMPLE
from sheetsync.forms.returned import OPEN_SIGN
from sheetsync.forms.wording import READY_LABEL
from sheetsync.settings import NO, YES

TITLE_ROW, PLAN_ROW, WHO_ROW, PROGRESS_ROW, GROUPS_ROW, HEADER_ROW = range(6)
HEIGHTS: Final = {TITLE_ROW: 22, PLAN_ROW: 32, WHO_ROW: 30, PROGRESS_ROW: 30, GROUPS_ROW: 16}
"""Points; all rows above the table stay in sight, so they are kept low."""

SAMPLES: Final = {
    ACTIVITY_SAMPLE: {"number": "1.1", "title": "Так выглядит мероприятие"},
    SECTION_SAMPLE: {"number": "1", "title": "Так выглядит название раздела"},
    ACCEPTED_SAMPLE: {"number": "1.2", "title": "Так в возвращённой форме выглядит принятая строка"},
    OPEN_SAMPLE: {"number": "1.3", "title": "Так в возвращённой форме выглядит строка с замечанием"},
}
READY_TITLE: Final = "Отчёт готов"
READY_PROMPT: Final = "Отметьте здесь, когда отчёт заполнен. Отметка не заменяет ответов."
LINE: Final = "_" * 22
SIGNATURE: Final = f"Руководитель  {LINE}  /  {LINE}  /        Дата  {LINE}"
HATCHED: Final = {"pattern": 14, "bg_color": "#FFF2CC", "fg_color": "#F4B183"}
"""An answer that is still missing: hatched, so that it shows on a black and white print."""

OPEN_FILL: Final = "#FFF7E6"
OPEN_LINE: Final = {"top": 2, "bottom": 2, "top_color": "#C65911", "bottom_color": "#C65911"}


def add_form_sheets(workbook: Workbook, styles: Styles) -> None:
    """Every sheet of the form, in order."""
    _add_report(workbook, styles)
    add_indicators(workbook, styles)
    add_repairs(workbook, styles)
    add_help(workbook, styles)
    add_marks(workbook, styles)


def _add_report(workbook: Workbook, styles: Styles) -> None:
    def cell(column: Column, step: int) -> Format:
        return _SAMPLE_CELLS.get(step, input_or_locked)(styles, column)

    sheet = workbook.add_worksheet(FORM_SHEET)
    placed = lay_table(sheet, REPORT, HEADER_ROW, styles, cell, rows=len(SAMPLES))
    _heading(workbook, sheet, styles, placed)
    _group_labels(sheet, styles, placed)
    for step, texts in SAMPLES.items():
        for key, text in texts.items():
            at = placed.first_row + step, placed.column(key)
            sheet.write_string(*at, text, cell(REPORT.column(key), step))
    _live_check(sheet, placed, cell(REPORT.column("check"), ACTIVITY_SAMPLE))
    _rules_and_looks(sheet, styles, placed)
    below = placed.last_row + 2
    sheet.set_row(below, 24)
    sheet.write_string(below, placed.column("title"), SIGNATURE, styles.get(font_size=11, valign="vcenter"))
    sheet.freeze_panes(placed.first_row, placed.column("title") + 1)
    sheet.protect("", PROTECTION)
    landscape(sheet, HEADER_ROW)


def _section_cell(styles: Styles, column: Column) -> Format:
    return styles.body(column, bg_color=SECTION_FILL, bold=True, font_size=11, locked=True)


def _accepted_cell(styles: Styles, column: Column) -> Format:
    """A row that is done with: grey and closed as a whole."""
    return styles.body(column, bg_color=LOCKED_FILL, font_color=MUTED, locked=True)


def _open_cell(styles: Styles, column: Column) -> Format:
    """A row to mend: lines above and below, and a sign before its number."""
    look: dict[str, Any] = {"locked": column.owner is not Owner.SCHOOL, "bg_color": OPEN_FILL, **OPEN_LINE}
    if column.key == "number":
        look |= {"num_format": f'"{OPEN_SIGN} "@', "bold": True}
    return styles.body(column, **look)


_SAMPLE_CELLS: Final = {
    SECTION_SAMPLE: _section_cell,
    ACCEPTED_SAMPLE: _accepted_cell,
    OPEN_SAMPLE: _open_cell,
}


# --- above the table ----------------------------------------------------------------------------


def _heading(workbook: Workbook, sheet: Worksheet, styles: Styles, placed: Placed) -> None:
    """Who, what, until when: labels, and the named cells that issuing fills.

    No merged cell crosses the frozen columns: Google would let the freeze go.
    """
    for row, height in HEIGHTS.items():
        sheet.set_row(row, height)
    sheet.write_string(TITLE_ROW, 0, REPORT.title, styles.title())
    value = {"font_size": 11, "align": "left", "valign": "vcenter", "text_wrap": True}
    bold, plain = styles.get(value, bold=True), styles.get(value)
    due = styles.get(value, bold=True, num_format=DATE_FORMAT)
    back = TITLE_ROW, placed.column("responsible")
    sheet.write_blank(*back, None, styles.get(valign="vcenter", **_BACK))
    _name(workbook, ReturnCell.LINE, *back)
    title = _Block(workbook, sheet, styles, placed, ("title", "deadline", "check"))
    title.line(PLAN_ROW, "План:", FormCell.PLAN_TITLE, styles.get(value, font_size=12))
    left = _Block(workbook, sheet, styles, placed, ("title", "deadline", "done_on"))
    left.line(WHO_ROW, "Участник:", FormCell.PARTICIPANT, bold)
    left.line(PROGRESS_ROW, "Заполнение:", FormCell.PROGRESS, bold)
    middle = _Block(workbook, sheet, styles, placed, ("info", "document", "document"))
    middle.line(WHO_ROW, "Срок отчёта:", FormCell.REPORT_DUE, due)
    middle.line(PROGRESS_ROW, READY_LABEL.file, FormCell.READY, _tick_style(styles))
    _name(workbook, READY_LABEL.name, PROGRESS_ROW, placed.column("info"))
    right = _Block(workbook, sheet, styles, placed, ("link", "reason", "check"))
    right.line(WHO_ROW, "Кто собирает:", FormCell.ORGANISATION, plain)
    right.line(PROGRESS_ROW, "Код формы:", FormCell.PRINTED_CODE, styles.get(value, font_color=MUTED))
    tick = PROGRESS_ROW, placed.column("document")
    sheet.data_validation(*tick, *tick, choice(READY_TITLE, [YES], READY_PROMPT, strict=True))
    _live_progress(sheet, placed, bold)
    sheet.write_string(PLAN_ROW, placed.column("key"), YES, styles.get(font_color=MUTED))
    _name(workbook, FormCell.EVIDENCE, PLAN_ROW, placed.column("key"))


_BACK: Final = {"bold": True, "font_size": 12, "font_color": BAD["font_color"]}
"""The line of a return. In a form that is issued the cell is empty and shows nothing."""


class _Block:
    """Lines «label: value» of the heading; ``keys`` are the columns of label, value, value's end."""

    def __init__(
        self, workbook: Workbook, sheet: Worksheet, styles: Styles, placed: Placed, keys: tuple[str, str, str]
    ) -> None:
        self._workbook = workbook
        self._sheet = sheet
        self._label = styles.get(font_size=11, font_color=MUTED, align="right", valign="vcenter")
        self._at, self._first, self._last = map(placed.column, keys)

    def line(self, row: int, label: str, cell: FormCell, look: Format) -> None:
        self._sheet.write_string(row, self._at, label, self._label)
        if self._first == self._last:
            self._sheet.write_blank(row, self._first, None, look)
        else:
            self._sheet.merge_range(row, self._first, row, self._last, "", look)
        _name(self._workbook, cell, row, self._first)


def _tick_style(styles: Styles) -> Format:
    """«Отчёт готов»: a framed cell, the one input above the table."""
    framed: dict[str, Any] = {
        "border": 2,
        "border_color": INPUT_HEADER,
        "align": "center",
        "valign": "vcenter",
    }
    return styles.get(framed, bold=True, font_size=11, locked=False)


def _group_labels(sheet: Worksheet, styles: Styles, placed: Placed) -> None:
    """Words over the header that say who fills which columns: colour alone is not enough."""
    groups = (
        ("number", "result", "План (не меняется)", OFFICE_HEADER),
        ("status", "reason", "Заполняете вы", INPUT_HEADER),
        ("remark", "check", "Район и проверка", TOOL_HEADER),
    )
    for first, last, text, colour in groups:
        line = {"bold": True, "font_color": colour, "bottom": 5, "bottom_color": colour}
        look = styles.get(line, valign="vcenter")
        for column in range(placed.column(first), placed.column(last) + 1):
            sheet.write_blank(GROUPS_ROW, column, None, look)
        sheet.write_string(GROUPS_ROW, placed.column(first), text, look)


def _name(workbook: Workbook, name: str, row: int, column: int) -> None:
    at = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    workbook.define_name(name, f"='{FORM_SHEET}'!{at}")


# --- what calculates, asks and shows ------------------------------------------------------------


def _live_check(sheet: Worksheet, placed: Placed, look: Format) -> None:
    row = placed.first_row + ACTIVITY_SAMPLE
    formula = check_formula(lambda key: xl_rowcol_to_cell(row, placed.column(key)), _waived(placed))
    sheet.write_formula(row, placed.column("check"), f"={formula}", look, "")


def _live_progress(sheet: Worksheet, placed: Placed, look: Format) -> None:
    checks = xl_range_abs(*placed.body("check"))
    at = PROGRESS_ROW, placed.column("deadline")
    sheet.write_formula(*at, f"={progress_formula(checks)}", look, progress_of([]))


def _waived(placed: Placed) -> str:
    """The condition «the office asks for no documents» of the whole form."""
    return f'{xl_rowcol_to_cell(PLAN_ROW, placed.column("key"), row_abs=True, col_abs=True)}="{NO}"'


def _rules_and_looks(sheet: Worksheet, styles: Styles, placed: Placed) -> None:
    """Drop-downs and prompts; what is missing is hatched, and named with a sign in «Проверка».

    Of a row that is accepted nothing is asked any more.
    """

    def in_row(key: str) -> str:
        return str(xl_rowcol_to_cell(placed.first_row, placed.column(key), col_abs=True))

    asked = f'{in_row("remark")}<>"{ACCEPTED}"'
    for column in REPORT.columns:
        if column.owner is Owner.SCHOOL:
            sheet.data_validation(*placed.body(column.key), column_rule(column))
    for key in CHECKED_COLUMNS:
        missing = missing_formula(key, in_row, _waived(placed)) or ""
        paint(sheet, styles, placed.body(key), [Look(HATCHED, when=f"AND({missing},{asked})")])
    calm = (
        (READY, signed(GOOD, "✓")),
        (WAITING, signed(DOUBT, "…")),
        (NO_STATUS, signed(DOUBT, "○")),
    )
    gap = f"AND({asked},LEN({{cell}})>0," + ",".join(f'{{cell}}<>"{word}"' for word, _ in calm) + ")"
    looks = [Look(look, (word,)) for word, look in calm]
    paint(sheet, styles, placed.body("check"), [*looks, Look(signed(BAD, "!"), when=gap)])
    to_mend = f'AND(LEN({{cell}})>0,{{cell}}<>"{ACCEPTED}")'
    paint(
        sheet, styles, placed.body("remark"), [Look(GOOD, (ACCEPTED,)), Look(signed(BAD, "!"), when=to_mend)]
    )
