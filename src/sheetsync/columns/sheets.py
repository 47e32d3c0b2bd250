"""Names of sheets."""

from __future__ import annotations

from typing import Final

PANEL: Final = "Панель"
SETTINGS_SHEET: Final = "Настройки"
PARTICIPANTS_SHEET: Final = "Участники"
PLAN_SHEET: Final = "План"
MATRIX_SHEET: Final = "Свод"
ENTRIES_SHEET: Final = "Исполнение"
FINDINGS_SHEET: Final = "Замечания"
COMPLETENESS_SHEET: Final = "Полнота"
PAIRS_SHEET: Final = "Пары"
INDICATORS_SHEET: Final = "Показатели"
LEDGER_SHEET: Final = "Сверка"
UNPLACED_SHEET: Final = "Не размещено"
JOURNAL_SHEET: Final = "Журнал"
CHECKED_SHEET: Final = "Проверка файла"

DISTRICTS_SHEET: Final = "Районы"
SCHOOLS_SHEET: Final = "Школы"
REGION_ROWS_SHEET: Final = "Строки районов"
"""Sheets only the region's workbook has; the others are called as a district's are."""

FIGURES_SHEET: Final = "Числа"
FIGURE_ROWS_SHEET: Final = "Строки"

FORM_SHEET: Final = "Отчёт"
FORM_INDICATORS_SHEET: Final = "Показатели"
FORM_HELP_SHEET: Final = "Как заполнять"
FORM_REPAIRS_SHEET: Final = "Что исправлено"
MARKS_SHEET: Final = "_sheetsync"
STAGING_SHEET: Final = "_staging"
"""Beginning of the names of hidden sheets in Google where a large write is laid first."""
