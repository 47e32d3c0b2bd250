"""The template of the note's appendix: the figures, and the rows each was counted from."""

from __future__ import annotations

from typing import Final

from template_looks import paint, word_looks
from template_styles import Placed, Styles, landscape, lay_table
from xlsxwriter import Workbook
from xlsxwriter.format import Format

from sheetsync.columns import FIGURE_ROWS, FIGURES, Column, EvidenceWord, TableSpec

HEADER_ROW: Final = 3
HINTS: Final = {
    FIGURES.name: (
        "Номер — тот, что стоит в справке в скобках рядом с числом. Нажмите на него: откроются строки, "
        "из которых число посчитано."
    ),
    FIGURE_ROWS.name: (
        "Отберите фильтром «№ числа»: останутся строки одного числа. "
        "Откуда взят ответ, сказано в последнем столбце."
    ),
}
YES, NO = FIGURE_ROWS.column("counts").choices


def add_appendix_sheets(workbook: Workbook, styles: Styles) -> None:
    """Both sheets of the appendix."""
    _table_sheet(workbook, styles, FIGURES)
    rows = _table_sheet(workbook, styles, FIGURE_ROWS)
    sheet = workbook.get_worksheet_by_name(FIGURE_ROWS.sheet)
    paint(sheet, styles, rows.body("counts"), word_looks((YES,), (), ()))
    words = word_looks((EvidenceWord.YES,), (EvidenceWord.WEAK,), (EvidenceWord.NO,))
    paint(sheet, styles, rows.body("evidence"), words)


def _table_sheet(workbook: Workbook, styles: Styles, spec: TableSpec) -> Placed:
    def cell(column: Column, _step: int) -> Format:
        is_link = column in (FIGURES.columns[0], FIGURE_ROWS.columns[0])
        return styles.body(column, **({"font_color": "#0563C1", "underline": 1} if is_link else {}))

    sheet = workbook.add_worksheet(spec.sheet)
    placed = lay_table(sheet, spec, HEADER_ROW, styles, cell)
    sheet.write_string(0, 0, spec.title, styles.title())
    sheet.set_row(0, 24)
    sheet.write_string(1, 0, HINTS[spec.name], styles.hint())
    sheet.freeze_panes(placed.first_row, 2)
    landscape(sheet, placed.header_row)
    return placed
