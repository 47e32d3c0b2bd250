"""The template of the region's workbook: the sheets of a district one level up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from template_looks import Look, light_looks, paint, signed, state_looks, word_looks
from template_panel import CHART_HEIGHT, CHART_WIDTH, rates_of
from template_styles import (
    BAD,
    BOX,
    DATE_FORMAT,
    DOUBT,
    FAINT,
    GOOD,
    OFFICE_HEADER,
    SECTION_FILL,
    Placed,
    Styles,
    landscape,
    lay_table,
)
from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from sheetsync.columns import (
    DISTRICTS,
    REGION_COMPLETENESS,
    REGION_ENTRIES,
    REGION_FINDINGS,
    REGION_INDICATORS,
    REGION_LIGHTS,
    REGION_MATRIX,
    REGION_PLAN,
    REGION_ROWS,
    REGION_SCHOOLS,
    REGION_TABLES,
    Column,
    DistrictStanding,
    EvidenceWord,
    Kind,
    RegionCell,
    RegionSign,
    TableSpec,
)
from sheetsync.model import Severity

HEADER_ROW: Final = 3
TITLE_ROW, AS_OF_ROW, OUTCOME_ROW, STATES_ROW = range(4)
RATES_ROW, CHART_ROW, TABLE_ROW = 5, 11, 27
LAST_COLUMN: Final = len(REGION_LIGHTS.columns) - 1
HINTS: Final = {
    DISTRICTS.name: "Каждая книга, названная команде rollup: учтена или почему нет. Имя книги открывает её.",
    REGION_PLAN.name: "Мероприятия узнаны по ключу строки, затем по номеру и названию. "
    "У кого мероприятия нет, сказано в строке.",
    REGION_MATRIX.name: "✔ 12 из 12: всё подтверждено или не требуется; ! — у кого-то срок прошёл, "
    "а ответа нет; · — срок не настал. Щелчок открывает книгу района.",
    REGION_ENTRIES.name: "Из листов «Свод» районов. Подтверждено = с достаточным подтверждением / выполнено.",
    REGION_FINDINGS.name: "Сначала о самих книгах районов, затем замечания районов: вид и сколько.",
    REGION_COMPLETENESS.name: "Считается так же, как в районе: поступило и в срок — от участников, "
    "заполнено — от строк, срок которых наступил.",
    REGION_SCHOOLS.name: "Строка «Полноты» района. «Где смотреть» открывает её.",
    REGION_INDICATORS.name: "Среднее — по числам участников, не взвешено. Проценты и доли не складываются, "
    "разные единицы тоже.",
    REGION_ROWS.name: "Есть, пока строки всех районов помещаются на лист; дальше — "
    "файлы Parquet рядом с книгой.",
}
STANDING_LOOKS: Final = word_looks(
    (DistrictStanding.COUNTED,),
    (DistrictStanding.COMPARED, DistrictStanding.REPEATED),
    (DistrictStanding.OTHER_PERIOD, DistrictStanding.LEFT_OUT),
)
SIGN_LOOKS: Final = tuple(
    Look(look, when=f'LEFT({{cell}},1)="{sign.value}"')
    for sign, look in (
        (RegionSign.FULL, GOOD),
        (RegionSign.GOING, DOUBT),
        (RegionSign.MISSING, BAD),
        (RegionSign.NOT_DUE, FAINT),
    )
)
MISSING: Final = (Look(BAD, when="N({cell})>0"),)
LOOKS: Final[dict[tuple[str, str], tuple[Look, ...]]] = {
    (DISTRICTS.name, "standing"): STANDING_LOOKS,
    (REGION_PLAN.name, "without"): (Look(DOUBT, when="LEN({cell})>0"),),
    (REGION_PLAN.name, "missing"): MISSING,
    (REGION_MATRIX.name, "region"): SIGN_LOOKS,
    (REGION_ENTRIES.name, "missing"): MISSING,
    (REGION_FINDINGS.name, "severity"): (
        Look(signed(BAD, "‼"), (Severity.MUST,)),
        Look(signed(DOUBT, "!"), (Severity.WARN,)),
        Look(signed(FAINT, "·"), (Severity.INFO,)),
    ),
    (REGION_COMPLETENESS.name, "light"): light_looks(),
    (REGION_COMPLETENESS.name, "missing"): MISSING,
    (REGION_SCHOOLS.name, "light"): light_looks(),
    (REGION_SCHOOLS.name, "state"): state_looks(),
    (REGION_ROWS.name, "evidence"): word_looks((EvidenceWord.YES,), (EvidenceWord.WEAK,), (EvidenceWord.NO,)),
}
CHANGES: Final = frozenset({"received_change", "filled_change", "evidenced_change"})
FROZEN: Final = {
    REGION_PLAN.name: "title",
    REGION_MATRIX.name: "title",
    REGION_ENTRIES.name: "title",
    REGION_FINDINGS.name: "district",
    REGION_ROWS.name: "number",
}
CHANGE_FORMAT: Final = "+0%;-0%;0%"
_PEOPLE: Final = "участников всех районов"
RATES: Final = (
    (RegionCell.RECEIVED, RegionCell.RECEIVED_CHANGE, "Поступило", f"отчётов получено / {_PEOPLE}"),
    (RegionCell.ON_TIME, RegionCell.ON_TIME_CHANGE, "В срок", f"получено к сроку района / {_PEOPLE}"),
    (
        RegionCell.FILLED,
        RegionCell.FILLED_CHANGE,
        "Заполнено",
        "строк с ответом или «не требуется» / строк, срок которых наступил",
    ),
    (
        RegionCell.EVIDENCED,
        RegionCell.EVIDENCED_CHANGE,
        "Подтверждено",
        "строк с достаточным подтверждением / выполненных строк",
    ),
)


def add_region_sheets(workbook: Workbook, styles: Styles) -> None:
    """Every sheet, in the order of the declaration."""
    panel = workbook.add_worksheet(REGION_LIGHTS.sheet)
    placed = {
        spec.name: _table_sheet(workbook, styles, spec) for spec in REGION_TABLES if spec is not REGION_LIGHTS
    }
    _panel(workbook, panel, styles, placed[REGION_COMPLETENESS.name])


def _table_sheet(workbook: Workbook, styles: Styles, spec: TableSpec) -> Placed:
    sheet = workbook.add_worksheet(spec.sheet)
    placed = lay_table(sheet, spec, HEADER_ROW, styles, _cells(styles))
    first_shown = next(at for at, one in enumerate(spec.columns) if not one.hidden)
    sheet.write_string(0, first_shown, spec.title, styles.title())
    sheet.set_row(0, 24)
    sheet.write_string(1, first_shown, HINTS[spec.name], styles.hint())
    frozen = placed.column(FROZEN[spec.name]) if spec.name in FROZEN else first_shown
    sheet.freeze_panes(placed.first_row, frozen + 1)
    for (table, key), looks in LOOKS.items():
        if table == spec.name:
            paint(sheet, styles, placed.body(key), looks)
    landscape(sheet, placed.header_row)
    return placed


def _cells(styles: Styles) -> Callable[[Column, int], Format]:
    def cell(column: Column, _step: int) -> Format:
        link = {"font_color": "#0563C1", "underline": 1} if column.kind is Kind.LINK else {}
        change = {"num_format": CHANGE_FORMAT} if column.key in CHANGES else {}
        sign = {"align": "center"} if column is REGION_MATRIX.columns[-1] else {}
        return styles.body(column, **link, **change, **sign)

    return cell


# --- «Панель»


def _panel(workbook: Workbook, sheet: Worksheet, styles: Styles, completeness: Placed) -> None:
    """Four rates with their change, one chart and the light of every district."""
    sheet.hide_gridlines(2)
    placed = lay_table(sheet, REGION_LIGHTS, TABLE_ROW, styles, lambda column, _: styles.body(column))
    paint(sheet, styles, placed.body("light"), light_looks())
    _heading(workbook, sheet, styles)
    _rates(workbook, sheet, styles)
    chart = rates_of(workbook, completeness, "district")
    place: dict[str, Any] = {
        "x_offset": 4,
        "object_position": 2,
        "description": "Заполнено и подтверждено по районам",
        "x_scale": 2 * CHART_WIDTH / 480,
        "y_scale": CHART_HEIGHT / 288,
    }
    sheet.insert_chart(CHART_ROW, 0, _finished(chart), place)
    landscape(sheet, placed.header_row)
    sheet.activate()


def _finished(chart: Chart) -> Chart:
    chart.set_title({"name": "Заполнено и подтверждено по районам", "overlay": False})
    return chart


def _heading(workbook: Workbook, sheet: Worksheet, styles: Styles) -> None:
    sheet.set_row(TITLE_ROW, 42)
    title = styles.get(bold=True, font_size=14, valign="vcenter", text_wrap=True)
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, LAST_COLUMN, "", title)
    _name(workbook, RegionCell.TITLE, TITLE_ROW, 0)
    label = styles.get(font_size=11, valign="vcenter")
    day = styles.get(font_size=11, bold=True, num_format=DATE_FORMAT, align="left", valign="vcenter")
    sheet.write_string(AS_OF_ROW, 0, "По состоянию на", label)
    sheet.write_blank(AS_OF_ROW, 1, None, day)
    _name(workbook, RegionCell.AS_OF, AS_OF_ROW, 1)
    line = styles.get(font_size=11, text_wrap=True, valign="vcenter")
    for row, height, words, cell in (
        (OUTCOME_ROW, 32, "Что вошло", RegionCell.OUTCOME),
        (STATES_ROW, 32, "Отчёты школ", RegionCell.STATES),
    ):
        sheet.set_row(row, height)
        sheet.write_string(row, 0, words, label)
        sheet.merge_range(row, 1, row, LAST_COLUMN, "", line)
        _name(workbook, cell, row, 1)


def _rates(workbook: Workbook, sheet: Worksheet, styles: Styles) -> None:
    head = styles.get(BOX, bold=True, font_size=11, bg_color=OFFICE_HEADER, font_color="#FFFFFF")
    for at, text in enumerate(("Показатель", "Регион", "Изменение")):
        sheet.write_string(RATES_ROW, at, text, head)
    sheet.merge_range(RATES_ROW, 3, RATES_ROW, LAST_COLUMN, "Как считается", head)
    middle = {"valign": "vcenter", "font_size": 11}
    number = styles.get(
        BOX, middle, bold=True, font_size=14, num_format="0%", align="center", bg_color=SECTION_FILL
    )
    change = styles.get(BOX, middle, num_format=CHANGE_FORMAT, align="center")
    for row, (cell, change_cell, label, how) in enumerate(RATES, RATES_ROW + 1):
        sheet.set_row(row, 22)
        sheet.write_string(row, 0, label, styles.get(BOX, middle, bold=True))
        sheet.write_blank(row, 1, None, number)
        sheet.write_blank(row, 2, None, change)
        sheet.merge_range(row, 3, row, LAST_COLUMN, how, styles.get(BOX, middle, font_size=10))
        _name(workbook, cell, row, 1)
        _name(workbook, change_cell, row, 2)


def _name(workbook: Workbook, cell: RegionCell, row: int, column: int) -> None:
    at = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    workbook.define_name(cell.value, f"='{REGION_LIGHTS.sheet}'!{at}")
