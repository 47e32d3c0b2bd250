"""The template of the district workbook: fourteen sheets, each with one declared table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace
from template_indicators import FIGURES, add_figures_chart
from template_looks import Look, light_looks, paint, signed, state_looks, word_looks
from template_panel import add_panel
from template_rules import Rule, choice, day
from template_styles import BAD, DATE_FORMAT, DOUBT, FAINT, GONE, Placed, Styles, landscape, lay_table
from template_texts import SHEET_HINTS, prompt_title
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from sheetsync.columns import (
    CHECKED,
    COMPLETENESS,
    DISTRICT_LAYOUT,
    ENTRIES,
    FINDINGS,
    INDICATORS,
    LEDGER,
    LIGHTS,
    MATRIX,
    PAIRS,
    PLAN,
    SETTINGS,
    UNPLACED,
    AgreementWord,
    Column,
    DoubtPlace,
    EvidenceWord,
    Kind,
    MatrixMark,
    Owner,
    TableSpec,
)
from sheetsync.model import ReviewState, Severity, Status
from sheetsync.settings import NO, SETTINGS_ROWS, YES

HEADER_ROW: Final = 3
PARTICIPANT_COLUMN: Final = Column("participant", "Участник", Owner.TOOL, width=17)
"""A column of «Свод» that shows how participants' columns look; the first consolidation takes it away."""

DOUBTFUL_CELLS: Final = {
    DoubtPlace.ROW: ("title",),
    DoubtPlace.DEADLINE: ("deadline", "start", "due", "repeats"),
    DoubtPlace.RESPONSIBLE: ("responsible", "reporters"),
}
"""Columns of «План» coloured where «Проверьте» speaks of them."""

FROZEN: Final = {
    PLAN.name: "number",
    MATRIX.name: "title",
    ENTRIES.name: "number",
    FINDINGS.name: "participant",
    CHECKED.name: "participant",
}
"""The last column that stays in sight, where it is not the first one shown."""


STATUS_LOOKS: Final = word_looks(
    (Status.DONE, Status.NOT_REQUIRED),
    (Status.PARTLY, Status.IN_PROGRESS, Status.NOT_STARTED),
    (Status.NOT_DONE,),
)
MATRIX_LOOKS: Final = (
    *word_looks(
        (MatrixMark.EVIDENCED, MatrixMark.NOT_REQUIRED),
        (MatrixMark.WEAK, MatrixMark.BARE, MatrixMark.PARTLY, MatrixMark.IN_PROGRESS, MatrixMark.NOT_STARTED),
        (MatrixMark.NOT_DONE, MatrixMark.UNCLEAR, MatrixMark.MISSING),
    ),
    Look(FAINT, (MatrixMark.NOT_DUE,)),
)
SEVERITY_LOOKS: Final = (
    Look(signed(BAD, "‼"), (Severity.MUST,)),
    Look(signed(DOUBT, "!"), (Severity.WARN,)),
    Look(signed(FAINT, "·"), (Severity.INFO,)),
)
LOOKS: Final[dict[tuple[str, str], tuple[Look, ...]]] = {
    (PLAN.name, "doubts"): (Look(DOUBT, when="LEN({cell})>0"),),
    (ENTRIES.name, "status"): STATUS_LOOKS,
    (ENTRIES.name, "evidence"): word_looks((EvidenceWord.YES,), (EvidenceWord.WEAK,), (EvidenceWord.NO,)),
    (ENTRIES.name, "decision"): word_looks(
        ENTRIES.column("decision").choices[:1], ENTRIES.column("decision").choices[2:],
        ENTRIES.column("decision").choices[1:2],
    ),
    (ENTRIES.name, "review"): word_looks(
        (ReviewState.ACCEPTED,), (ReviewState.CHANGED, ReviewState.MENDED), (ReviewState.REWORK,)
    ),
    (FINDINGS.name, "severity"): SEVERITY_LOOKS,
    (CHECKED.name, "severity"): SEVERITY_LOOKS,
    (COMPLETENESS.name, "received"): word_looks((YES,), (), (NO,)),
    (COMPLETENESS.name, "on_time"): word_looks((YES,), (), (NO,)),
    (COMPLETENESS.name, "light"): light_looks(),
    (COMPLETENESS.name, "state"): state_looks(),
    (PAIRS.name, "agreement"): word_looks(
        (AgreementWord.YES,), (AgreementWord.WEAK, AgreementWord.OTHER), (AgreementWord.NO,)
    ),
    (PAIRS.name, "state"): state_looks(),
    (COMPLETENESS.name, "missing"): (Look(BAD, when="N({cell})>0"),),
    (LEDGER.name, "unaccounted"): (Look(BAD | {"num_format": '"‼ "General'}, when="N({cell})<>0"),),
    (UNPLACED.name, "text"): (Look(DOUBT, when="LEN({cell})>0"),),
}  # fmt: skip


def add_district_sheets(workbook: Workbook, styles: Styles) -> None:
    """Every sheet of the district workbook, in the order of the declaration."""
    panel = workbook.add_worksheet(LIGHTS.sheet)
    placed = {
        spec.name: _table_sheet(workbook, styles, spec) for spec in DISTRICT_LAYOUT if spec is not LIGHTS
    }
    add_panel(workbook, panel, styles, placed[COMPLETENESS.name])
    add_figures_chart(workbook, placed[INDICATORS.name])


def _table_sheet(workbook: Workbook, styles: Styles, spec: TableSpec) -> Placed:
    sheet = workbook.add_worksheet(spec.sheet)
    shown = replace(spec, columns=(*spec.columns, PARTICIPANT_COLUMN)) if spec is MATRIX else spec
    placed = lay_table(sheet, shown, HEADER_ROW, styles, _cells(styles, spec), rows=_body_rows(spec))
    first_shown = next(at for at, one in enumerate(spec.columns) if not one.hidden)
    sheet.write_string(0, first_shown, spec.title, styles.title())
    sheet.set_row(0, 24)
    sheet.write_string(1, first_shown, SHEET_HINTS[spec.sheet], styles.hint())
    frozen = placed.column(FROZEN[spec.name]) if spec.name in FROZEN else first_shown
    sheet.freeze_panes(placed.first_row, frozen + 1)
    for column in spec.columns:
        if column.owner is Owner.COORDINATOR and spec is not SETTINGS:
            rule = _rule(column)
            if rule:
                sheet.data_validation(*placed.body(column.key), rule)
    for (table, key), looks in LOOKS.items():
        if table == spec.name:
            paint(sheet, styles, placed.body(key), looks)
    if spec.name in _SPECIAL:
        _SPECIAL[spec.name](sheet, styles, placed)
    landscape(sheet, placed.header_row)
    return placed


def _body_rows(spec: TableSpec) -> int:
    return len(SETTINGS_ROWS) if spec is SETTINGS else 1


def _cells(styles: Styles, spec: TableSpec) -> Callable[[Column, int], Format]:
    def cell(column: Column, step: int) -> Format:
        if spec is SETTINGS and column.key == "value" and SETTINGS_ROWS[step].is_date:
            return styles.body(column, num_format=DATE_FORMAT, align="left")
        if spec is INDICATORS and column.key in FIGURES:
            return styles.body(column, **FIGURES[column.key])
        link = {"font_color": "#0563C1", "underline": 1} if column.kind is Kind.LINK else {}
        return styles.body(column, **link)

    return cell


def _rule(column: Column) -> Rule | None:
    """What a coordinator may type into a column; other values are asked about, not refused."""
    title = prompt_title(column)
    if column.choices:
        return choice(title, column.choices)
    return day(title) if column.kind is Kind.DATE else None


def _settings(sheet: Worksheet, styles: Styles, placed: Placed) -> None:
    """Each setting stands in its row with a rule of its own."""
    cell = _cells(styles, SETTINGS)
    for step, spec in enumerate(SETTINGS_ROWS):
        texts = {"name": spec.label, "value": spec.default, "note": spec.note, "key": spec.key}
        for key, text in texts.items():
            at = placed.first_row + step, placed.column(key)
            if text:
                sheet.write_string(*at, text, cell(SETTINGS.column(key), step))
        value = placed.first_row + step, placed.column("value")
        if spec.choices:
            sheet.data_validation(*value, *value, choice(spec.label, spec.choices))
        elif spec.is_date:
            sheet.data_validation(*value, *value, day(spec.label))


def _plan(sheet: Worksheet, styles: Styles, placed: Placed) -> None:
    """The doubtful cells themselves and the row's number are coloured: «Проверьте» may be out of sight.
    A row taken out of the plan is struck through, whatever else is said of it."""
    state = xl_rowcol_to_cell(placed.first_row, placed.column("state"), col_abs=True)
    retired = Look(GONE, when=f'{state}="{PLAN.column("state").choices[-1]}"')
    for key in ("number", "section", "title", "deadline", "responsible", "reporters", "result"):
        paint(sheet, styles, placed.body(key), [retired])
    doubts = xl_rowcol_to_cell(placed.first_row, placed.column("doubts"), col_abs=True)
    paint(sheet, styles, placed.body("number"), [Look(signed(DOUBT, "?"), when=f"LEN({doubts})>0")])
    for place, columns in DOUBTFUL_CELLS.items():
        rule = Look(DOUBT, when=f'ISNUMBER(SEARCH("{place.value}: ",{doubts}))')
        for column in columns:
            paint(sheet, styles, placed.body(column), [rule])


def _matrix(sheet: Worksheet, styles: Styles, placed: Placed) -> None:
    """The sample of a participant's column: a sign of ours, so that it is known as ours."""
    area = placed.body(PARTICIPANT_COLUMN.key)
    sheet.write_string(*area[:2], MatrixMark.NOT_DUE, styles.body(PARTICIPANT_COLUMN, align="center"))
    paint(sheet, styles, area, MATRIX_LOOKS)


def _ledger(sheet: Worksheet, styles: Styles, placed: Placed) -> None:
    """A line that does not add up is red from end to end."""
    difference = xl_rowcol_to_cell(placed.first_row, placed.column("unaccounted"), col_abs=True)
    for key in LEDGER.keys:
        if key != "unaccounted":
            paint(sheet, styles, placed.body(key), [Look(BAD, when=f"N({difference})<>0")])


_SPECIAL: Final = {
    SETTINGS.name: _settings,
    PLAN.name: _plan,
    MATRIX.name: _matrix,
    LEDGER.name: _ledger,
}
