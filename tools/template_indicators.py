"""The chart of «Показатели»: plan, fact and the period before, for the rows a filter leaves in sight."""

from __future__ import annotations

from typing import Any, Final

from template_styles import FONT, Placed
from xlsxwriter import Workbook

from sheetsync.columns import INDICATORS

CHART_ROW: Final = 2
"""The empty row between the hint and the header is as tall as the chart."""

_HEIGHT: Final = 330
_WIDTH: Final = 1150
_POINTS_OF_PIXEL: Final = 0.75
_COLOURS: Final = {"previous": "#BFBFBF", "fact": "#2E75B6", "target": "#F4B183"}
FIGURES: Final[dict[str, dict[str, str]]] = {
    "fact": {"align": "center"},
    "previous": {"align": "center"},
    "change": {"num_format": "+General;-General;General"},
}
"""How the columns that hold figures, or words in their place, show them."""


def add_figures_chart(workbook: Workbook, placed: Placed) -> None:
    """Put the chart above the table, which grows below it."""
    sheet = workbook.get_worksheet_by_name(INDICATORS.sheet)
    chart = workbook.add_chart({"type": "column"})
    for key, colour in _COLOURS.items():
        chart.add_series(_series(placed, key, colour))
    title = "Показатели: прошлый период, факт и цель (оставьте фильтром один показатель)"
    chart.set_title({"name": title, "name_font": _font(12) | {"bold": True}, "overlay": False})
    chart.set_x_axis({"num_font": _font(8), "interval_unit": 1})
    chart.set_y_axis(
        {"num_font": _font(9), "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
    )
    chart.set_legend({"position": "bottom", "font": _font(9)})
    chart.set_size({"width": _WIDTH, "height": _HEIGHT})
    sheet.set_row(CHART_ROW, (_HEIGHT + 12) * _POINTS_OF_PIXEL)
    place = {"x_offset": 4, "y_offset": 6, "object_position": 2, "description": title}
    sheet.insert_chart(CHART_ROW, 0, chart, place)
    sheet.freeze_panes(0, placed.column("participant") + 1)


def _series(placed: Placed, key: str, colour: str) -> dict[str, Any]:
    return {
        "name": placed.spec.column(key).header,
        "categories": [placed.spec.sheet, *placed.body("participant")],
        "values": [placed.spec.sheet, *placed.body(key)],
        "fill": {"color": colour},
        "border": {"color": "#404040", "width": 0.5},
        "gap": 80,
    }


def _font(size: int) -> dict[str, Any]:
    return {"name": FONT, "size": size}
