"""«Панель»: four rates, two charts and the traffic light, on one screen and one printed page.

The charts stand above the table, which alone grows. The top right corner is kept for the buttons,
which ``sheetsync new`` adds: a named cell says where they begin, another where they answer.
"""

from __future__ import annotations

from typing import Any, Final

from template_looks import light_looks, paint, state_looks
from template_styles import (
    BOX,
    DATE_FORMAT,
    FONT,
    OFFICE_HEADER,
    SECTION_FILL,
    Placed,
    Styles,
    landscape,
    lay_table,
)
from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from sheetsync.columns import COMPLETENESS_SHEET, LIGHTS, KitCell, PanelCell

TITLE_ROW, AS_OF_ROW, OUTCOME_ROW, STATES_ROW, STATUS_ROW = range(5)
RATES_ROW, CHARTS_ROW, TABLE_ROW = 6, 12, 30
LAST_COLUMN, BUTTONS_COLUMN, BUTTONS_WIDTH = 3, 4, 27
RATES: Final = (
    (PanelCell.RECEIVED, "Поступило", "копий получено / участников, которые должны отчёт"),
    (PanelCell.ON_TIME, "В срок", "получено к сроку отчёта / участников, которые должны отчёт"),
    (PanelCell.FILLED, "Заполнено", "строк с ответом или «не требуется» / строк, срок которых наступил"),
    (PanelCell.EVIDENCED, "Подтверждено", "строк с достаточным подтверждением / выполненных строк"),
)
CHART_HEIGHT: Final = 286
"""Leaves a gap above the table also in LibreOffice, whose rows are lower once a press has changed them."""
CHART_WIDTH: Final = 485


def add_panel(workbook: Workbook, sheet: Worksheet, styles: Styles, completeness: Placed) -> None:
    """Fill the first sheet; the charts read the columns of «Полнота»."""
    sheet.hide_gridlines(2)
    placed = lay_table(sheet, LIGHTS, TABLE_ROW, styles, lambda column, _: styles.body(column))
    paint(sheet, styles, placed.body("light"), light_looks())
    paint(sheet, styles, placed.body("state"), state_looks())
    _heading(workbook, sheet, styles)
    _buttons_corner(workbook, sheet, styles)
    _rates(workbook, sheet, styles)
    rates = rates_of(workbook, completeness)
    answers = _answers_chart(workbook, completeness)
    sheet.insert_chart(CHARTS_ROW, 0, rates, _chart_place("Заполнено и подтверждено по участникам", 0))
    sheet.insert_chart(
        CHARTS_ROW, 0, answers, _chart_place("Ответы по строкам, срок которых наступил", CHART_WIDTH + 6)
    )
    landscape(sheet, placed.header_row)
    sheet.activate()


def _heading(workbook: Workbook, sheet: Worksheet, styles: Styles) -> None:
    sheet.set_row(TITLE_ROW, 42)
    title = styles.get(bold=True, font_size=14, valign="vcenter", text_wrap=True)
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, LAST_COLUMN, "", title)
    _name(workbook, PanelCell.TITLE, TITLE_ROW, 0)
    label = styles.get(font_size=11, valign="vcenter")
    sheet.write_string(AS_OF_ROW, 0, "По состоянию на", label)
    date_look = styles.get(font_size=11, bold=True, num_format=DATE_FORMAT, align="left", valign="vcenter")
    sheet.write_blank(AS_OF_ROW, 1, None, date_look)
    _name(workbook, PanelCell.AS_OF, AS_OF_ROW, 1)
    line = styles.get(font_size=11, text_wrap=True, valign="vcenter")
    lines = (
        (OUTCOME_ROW, 32, "Последний запуск", PanelCell.OUTCOME),
        (STATES_ROW, 20, "Отчёты", PanelCell.STATES),
    )
    for row, height, words, cell in lines:
        sheet.set_row(row, height)
        sheet.write_string(row, 0, words, label)
        sheet.merge_range(row, 1, row, LAST_COLUMN, "", line)
        _name(workbook, cell, row, 1)


def _buttons_corner(workbook: Workbook, sheet: Worksheet, styles: Styles) -> None:
    """A column for the buttons, which are not printed, and the line in which they answer."""
    sheet.set_column(BUTTONS_COLUMN, BUTTONS_COLUMN, BUTTONS_WIDTH)
    _name(workbook, KitCell.BUTTONS, TITLE_ROW, BUTTONS_COLUMN)
    sheet.set_row(STATUS_ROW, 42)
    sheet.write_string(STATUS_ROW, 0, "Ответ кнопки", styles.get(font_size=11, valign="vcenter"))
    look = styles.get(font_size=10, text_wrap=True, valign="vcenter", font_color=OFFICE_HEADER)
    sheet.merge_range(STATUS_ROW, 1, STATUS_ROW, LAST_COLUMN, "", look)
    _name(workbook, KitCell.STATUS, STATUS_ROW, 1)
    for gap in (STATUS_ROW + 1, CHARTS_ROW - 1):
        sheet.set_row(gap, 8)


def _rates(workbook: Workbook, sheet: Worksheet, styles: Styles) -> None:
    head = styles.get(BOX, bold=True, font_size=11, bg_color=OFFICE_HEADER, font_color="#FFFFFF")
    for at, text in enumerate(("Показатель", "Район")):
        sheet.write_string(RATES_ROW, at, text, head)
    sheet.merge_range(RATES_ROW, 2, RATES_ROW, LAST_COLUMN, "Как считается", head)
    middle = {"valign": "vcenter", "font_size": 11}
    number = styles.get(
        BOX, middle, bold=True, font_size=14, num_format="0%", align="center", bg_color=SECTION_FILL
    )
    for row, (cell, label, formula) in enumerate(RATES, RATES_ROW + 1):
        sheet.set_row(row, 22)
        sheet.write_string(row, 0, label, styles.get(BOX, middle, bold=True))
        sheet.write_blank(row, 1, None, number)
        sheet.merge_range(row, 2, row, LAST_COLUMN, formula, styles.get(BOX, middle, font_size=10))
        _name(workbook, cell, row, 1)


def rates_of(workbook: Workbook, placed: Placed, whose: str = "participant") -> Chart:
    """Two bars for each row of a table like «Полнота»; ``whose`` names its rows."""
    chart = workbook.add_chart({"type": "bar"})
    colours = {"filled_rate": "#2E75B6", "evidenced_rate": "#A9D18E"}
    for key, colour in colours.items():
        chart.add_series(_series(placed, key, colour, whose))
    chart.set_x_axis({"min": 0, "max": 1} | _axis("0%"))
    return _finished(chart, "Заполнено и подтверждено")


def _answers_chart(workbook: Workbook, placed: Placed) -> Chart:
    chart = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    colours = {"reported": "#70AD47", "confirmed_none": "#BFBFBF", "missing": "#FF8F8F"}
    for key, colour in colours.items():
        labels = {"data_labels": _labels("0;;")} if key == "missing" else {}
        chart.add_series(_series(placed, key, colour) | labels)
    chart.set_x_axis(_axis("0"))
    return _finished(chart, "Строки, срок которых наступил")


def _series(placed: Placed, key: str, colour: str, whose: str = "participant") -> dict[str, Any]:
    header = placed.spec.column(key).header
    return {
        "name": header,
        "categories": [COMPLETENESS_SHEET, *placed.body(whose)],
        "values": [COMPLETENESS_SHEET, *placed.body(key)],
        "fill": {"color": colour},
        "border": {"color": _darker(colour), "width": 0.5},
        "gap": 60,
    }


def _darker(colour: str) -> str:
    """Its outline: of a hundred thin bars little more is seen."""
    parts = (int(colour[at : at + 2], 16) * 2 // 3 for at in (1, 3, 5))
    return "#" + "".join(f"{one:02X}" for one in parts)


def _finished(chart: Chart, title: str) -> Chart:
    """Names from top to bottom as in the table, legend below, small letters for many schools."""
    chart.set_y_axis({"reverse": True, "num_font": _font(8), "interval_unit": 1})
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 12, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": _font(9)})
    return chart


def _chart_place(description: str, offset: int) -> dict[str, Any]:
    return {
        "x_offset": offset,
        "object_position": 2,
        "description": description,
        "x_scale": CHART_WIDTH / 480,
        "y_scale": CHART_HEIGHT / 288,
    }


def _labels(num_format: str) -> dict[str, Any]:
    return {"value": True, "num_format": num_format, "font": _font(7)}


def _font(size: int) -> dict[str, Any]:
    return {"name": FONT, "size": size}


def _axis(num_format: str) -> dict[str, Any]:
    grid = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}
    return {"num_font": _font(8), "num_format": num_format, "major_gridlines": grid}


def _name(workbook: Workbook, cell: PanelCell | KitCell, row: int, column: int) -> None:
    at = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    workbook.define_name(cell.value, f"='{LIGHTS.sheet}'!{at}")
