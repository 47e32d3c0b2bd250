"""The appendix of the analytic note: where every figure comes from."""

from __future__ import annotations

from typing import Final

from sheetsync.columns.base import Column, Kind, Owner, TableSpec
from sheetsync.columns.sheets import FIGURE_ROWS_SHEET, FIGURES_SHEET

_T = Owner.TOOL

FIGURES: Final = TableSpec(
    "tbl_figures",
    FIGURES_SHEET,
    (
        Column("number", "№ в справке", _T, Kind.NUMBER, width=10),
        Column("label", "Что это", _T, width=64),
        Column("shown", "В справке", _T, width=16),
        Column("value", "Число", _T, Kind.NUMBER, width=17),
        Column("how", "Как посчитано", _T, width=38),
        Column("counted", "Учтено строк", _T, Kind.NUMBER, width=10),
        Column("whole", "Всего строк", _T, Kind.NUMBER, width=10),
    ),
    title="Числа справки",
)

FIGURE_ROWS: Final = TableSpec(
    "tbl_figure_rows",
    FIGURE_ROWS_SHEET,
    (
        Column("figure", "№ числа", _T, Kind.NUMBER, width=9),
        Column("participant", "Участник", _T, width=26),
        Column("number", "№", _T, width=8),
        Column("title", "Мероприятие", _T, width=48),
        Column("counts", "Учтено", _T, width=9, choices=("да", "нет")),
        Column("amount", "Число", _T, Kind.NUMBER, width=10),
        Column("status", "Статус", _T, width=16),
        Column("done_on", "Дата исполнения", _T, Kind.DATE, width=12),
        Column("evidence", "Подтверждение", _T, width=15),
        Column("review", "Проверка района", _T, width=18),
        Column("source", "Источник", _T, width=44),
    ),
    title="Строки, из которых посчитаны числа",
)

APPENDIX_TABLES: Final = (FIGURES, FIGURE_ROWS)
