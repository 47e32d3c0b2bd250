"""The menu «Отчёт» of a form in Google, run by node in a spreadsheet that refuses whatever is not reading."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "campaign"))
sys.path.insert(0, str(Path(__file__).parents[1] / "google"))

import district_fixture as district
from google_sheet import GoogleSheet, text

from sheetsync.columns import FORM_SHEET, REPORT
from sheetsync.forms.checking import COUNTED_AS_FILLED, READY, RULES, SEE_REMARK, WAITING, check_of
from sheetsync.grid import a1
from sheetsync.model import Status
from tools_path import tool

FOLDER = Path(__file__).parents[2] / "macros" / "google"
SOURCES = sorted(map(str, FOLDER.glob("*.gs")))
WORLD = Path(__file__).with_name("google_world.mjs")
CHECK, SHOW = "checkReport", "showMissing"
SCHOOL = "S01"


@dataclass(frozen=True)
class Seen:
    menu: list[Any]
    alerts: list[list[str]]
    active: str
    selected: list[str]
    functions: list[str]

    @property
    def said(self) -> list[str]:
        """The lines of the one window."""
        ((_, words),) = self.alerts
        return words.split("\n")


def run(call: str, sheets: Mapping[str, list[list[str]]], active: str = FORM_SHEET) -> Seen:
    """Call a function of the script in a spreadsheet of these sheets."""
    node = shutil.which("node")
    assert node, "для этого теста нужен node: sh tools/setup.sh dev"
    asked = {
        "sources": SOURCES,
        "sheets": [{"name": name, "values": values} for name, values in sheets.items()],
        "active": active,
        "call": call,
    }
    done = subprocess.run(
        [node, str(WORLD)],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Seen(**json.loads(done.stdout))


def shown(sheet: GoogleSheet) -> dict[str, list[list[str]]]:
    """Every tab as its cells are shown."""
    found: dict[str, list[list[str]]] = {}
    for tab in sheet.answer()["sheets"]:
        rows = [
            [cell.get("formattedValue", "") for cell in row["values"]] for row in tab["data"][0]["rowData"]
        ]
        found[tab["properties"]["title"]] = rows
    return found


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], GoogleSheet]:
    """The form as it is issued, anew for every test."""
    form = district.form_of(district.new(tmp_path_factory.mktemp("script")), SCHOOL).read_bytes()
    return lambda: GoogleSheet.of(form)


@pytest.fixture
def good(blank: Callable[[], GoogleSheet]) -> GoogleSheet:
    """Every row answered well."""
    sheet = blank()
    sheet.fill(dict.fromkeys(("1.1", "1.2", "2.1", "2.2", "2.3"), district.GOOD))
    return sheet


def place(sheet: GoogleSheet, number: str, column: str) -> str:
    return a1(sheet.row_of(number), sheet.column_of(column))


# --- the script as it is committed --------------------------------------------------------------------


def test_the_menu_leads_to_functions_that_are_there(good: GoogleSheet) -> None:
    seen = run("onOpen", shown(good))
    ((title, items),) = seen.menu

    assert title == "Отчёт"
    assert [caption for caption, _ in items] == ["Проверить заполнение", "Показать незаполненное"]
    assert {act for _, act in items} == {CHECK, SHOW} <= set(seen.functions)


def test_its_words_are_those_the_form_is_declared_with() -> None:
    builder = tool("build_google_script")

    assert builder.TARGET.read_text(encoding="utf-8") == builder.declared()


def test_it_asks_google_for_this_one_spreadsheet_only() -> None:
    manifest = json.loads((FOLDER / "appsscript.json").read_text(encoding="utf-8"))

    assert manifest["oauthScopes"] == ["https://www.googleapis.com/auth/spreadsheets.currentonly"]
    assert manifest["exceptionLogging"] == "NONE", "a log of Google must hold no text of cells"


def test_the_install_page_names_every_file_and_what_google_asks() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")

    assert [path.name for path in FOLDER.iterdir() if path.name not in page] == ["README.md"]
    for words in (
        "spreadsheets.currentonly",
        "Приложение не проверено",
        "Проверить заполнение",
        "Показать незаполненное",
    ):
        assert words in page


def test_it_names_no_cell_by_its_address() -> None:
    code = "".join(Path(source).read_text(encoding="utf-8") for source in SOURCES)

    assert re.findall(r"""['"`]\$?[A-Z]{1,2}\$?\d+""", code) == []


# --- «Проверить заполнение» ---------------------------------------------------------------------------


def test_a_form_that_is_full_is_told_so(good: GoogleSheet) -> None:
    assert run(CHECK, shown(good)).said == ["Заполнено всё."]


def test_an_empty_form_lists_every_row_it_asks_for(blank: Callable[[], GoogleSheet]) -> None:
    said = run(CHECK, shown(blank())).said

    assert said[0] == "Не хватает в строках: 5 из 5."
    assert [line.split()[0] for line in said[1:]] == ["1.1", "1.2", "2.1", "2.2", "2.3"]
    assert all(line.endswith("— нет статуса") for line in said[1:])


def test_what_is_missing_is_told_in_the_words_of_the_form(good: GoogleSheet) -> None:
    good.type("1.2", "document", {})
    good.type("1.2", "done_on", {})
    good.type("2.3", "status", text(Status.IN_PROGRESS))
    row, title = good.row_of("1.2"), good.column_of("title")

    assert run(CHECK, shown(good)).said == [
        "Не хватает в строках: 1 из 5.",
        f"1.2 {good.cells[FORM_SHEET, row, title]['formattedValue']} — нет даты, нет подтверждения",
    ]


def test_a_long_list_is_cut_and_counted(blank: Callable[[], GoogleSheet]) -> None:
    sheets = shown(blank())
    row = next(cells for cells in sheets[FORM_SHEET] if "1.1" in cells)
    sheets[FORM_SHEET] += [row] * 40

    said = run(CHECK, sheets).said

    assert (len(said), said[-1]) == (22, "… и ещё 25")


def test_a_formula_that_gives_an_error_is_a_row_to_look_at(good: GoogleSheet) -> None:
    sheets = shown(good)
    row = next(cells for cells in sheets[FORM_SHEET] if "1.1" in cells)
    row[good.column_of("check") - 1] = "#REF!"

    assert run(CHECK, sheets).said[1].endswith("— #REF!")
    assert run(SHOW, sheets).selected == [place(good, "1.1", "check")]


# --- «Показать незаполненное» -------------------------------------------------------------------------


@pytest.mark.parametrize("status", list(Status))
def test_the_cells_that_wait_for_an_answer_are_selected(
    status: Status, blank: Callable[[], GoogleSheet]
) -> None:
    """One cell for each thing «Проверка» asks for, whatever the status."""
    sheet = blank()
    for number in ("1.1", "1.2", "2.1", "2.2"):
        sheet.fill({number: district.GOOD})
    sheet.type("2.3", "status", text(status))
    (rule,) = (rule for rule in RULES if status in rule.statuses)
    seen = run(SHOW, shown(sheet))

    assert seen.selected == [place(sheet, "2.3", need.columns[0]) for need in rule.needs]
    assert bool(seen.alerts) is not bool(seen.selected)


def test_rows_that_moved_are_found_where_they_are(good: GoogleSheet) -> None:
    good.type("2.3", "reason", {})
    good.type("2.3", "status", text(Status.NOT_REQUIRED))
    good.swap_rows("1.1", "2.3")

    assert run(SHOW, shown(good)).selected == [place(good, "2.3", "reason")]


def test_columns_are_found_by_their_headers(good: GoogleSheet) -> None:
    """Two columns put before the table, and a header typed with another space."""
    good.type("1.1", "info", text(""))
    good.type("1.1", "done_on", {})
    sheets = {name: [["", "", *cells] for cells in rows] for name, rows in shown(good).items()}
    for cells in sheets[FORM_SHEET]:
        cells[:] = [
            "Информация\u00a0об  исполнении " if one == REPORT.column("info").header else one for one in cells
        ]
    row, date, info = good.row_of("1.1"), good.column_of("done_on"), good.column_of("info")

    assert run(SHOW, sheets).selected == [a1(row, date + 2), a1(row, info + 2)]


def test_the_report_is_found_from_another_tab(good: GoogleSheet) -> None:
    good.type("1.1", "status", {})
    seen = run(SHOW, shown(good), active="Как заполнять")

    assert (seen.active, seen.selected) == (FORM_SHEET, [place(good, "1.1", "status")])


def test_of_two_reports_the_one_in_front_is_meant(good: GoogleSheet) -> None:
    good.copy_tab("Копия Отчёт")
    sheets = shown(good)
    sheets["Копия Отчёт"] = [["" if cell == READY else cell for cell in row] for row in sheets["Копия Отчёт"]]

    assert run(CHECK, sheets).said == ["Заполнено всё."]
    assert len(run(CHECK, sheets, active="Копия Отчёт").said) == 6


@pytest.mark.parametrize("call", [CHECK, SHOW])
def test_a_spreadsheet_without_a_report_is_told_so(call: str) -> None:
    seen = run(call, {FORM_SHEET: [["Список", "на педсовет"]]})

    assert len(seen.said) == 1
    assert "не нашлось" in seen.said[0]


def test_the_script_counts_as_full_what_the_form_counts() -> None:
    """A row that waits for its day, and one that is ready; a row without a document is shown, though filled."""
    builder = tool("build_google_script")
    complete = json.loads(builder.declared().partition("COMPLETE = ")[2].partition(";")[0])

    assert complete == [READY, SEE_REMARK, WAITING]
    assert set(complete) < set(COUNTED_AS_FILLED)
    assert check_of({"status": Status.IN_PROGRESS}) in complete
