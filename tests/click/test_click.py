"""Real mouse clicks on «Собрать свод» and «Принять подтверждённое», from the pointer to the cells of the sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import button_district
from button_district import Shown, without_hours
from desktop import PROGRAMS, Document, Office, Screen, lacking, until
from sheetsync import store
from sheetsync.columns import BUTTONS, COMPLETENESS, ENTRIES, PANEL, PLAN, PLAN_SHEET, Action, KitCell
from sheetsync.notices import Notice, say

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(
        bool(lacking(*PROGRAMS)), reason="needs a screen, a mouse, LibreOffice and its Python module"
    ),
]

CAPTIONS = {one.action: one.caption for one in BUTTONS}
PRESS_SECONDS = 150.0
OWN_SHEET = "Наш лист"
OWN_NOTE = "Уточнить у Ивановой"


@dataclass(frozen=True)
class Look:
    """What a person sees after a press."""

    status: str
    tables: dict[str, Shown]
    own_sheet: tuple[tuple[object, ...], ...]
    note: str
    hidden_rows: tuple[int, ...]
    selection: str
    sheet_in_front: str
    charts: tuple[int, ...]
    """How many values each series of the panel's charts draws."""
    picture: Path


@dataclass(frozen=True)
class Story:
    workbook: Path
    on_disk_before: bytes
    before: Look
    after_first: Look
    after_second: Look
    after_accepting: Look
    expected: Path


@pytest.fixture(scope="module")
def story(district: Path, screen: Screen, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """The office opens the workbook, works in it a little, presses the button, presses it again, and
    accepts what is confirmed."""
    folder = tmp_path_factory.mktemp("story")
    workbook = button_district.copied(district, folder)
    expected = button_district.copied(district, tmp_path_factory.mktemp("expected"))
    button_district.by_command_line(expected)
    on_disk = workbook.read_bytes()
    with Office.opened(folder / "home", screen) as office, office.document(workbook) as document:
        document.maximise()
        work_a_little(document)
        looks = [look(document, expected, screen.shot(folder, "1-before"))]
        consolidate, accept = Action.CONSOLIDATE, Action.ACCEPT
        for name, action in (
            ("2-first-click", consolidate),
            ("3-second-click", consolidate),
            ("4-accepted", accept),
        ):
            said = click(document, folder, action)
            assert said, "the press ended without a sentence"
            looks.append(look(document, expected, screen.shot(folder, name)))
        yield Story(workbook, on_disk, *looks, expected)


def click(document: Document, shots: Path, action: Action) -> str:
    """Click a button; what the status cell says when the press is over."""
    document.write(KitCell.STATUS, "")
    document.press(CAPTIONS[action])

    def answer() -> str:
        told = document.text(KitCell.STATUS)
        return "" if told == say(Notice.KIT_RUNNING) else told

    try:
        return until(answer, PRESS_SECONDS, "an answer in the status cell")
    except AssertionError:
        assert document.office.screen is not None
        document.office.screen.shot(shots, "failed")
        raise


def work_a_little(document: Document) -> None:
    """A sheet of the office's own with a formula on a table, a note, a filter, a selected cell."""
    sheets = document.component.Sheets
    sheets.insertNewByName(OWN_SHEET, sheets.Count)
    own = document.sheet(OWN_SHEET)
    own.getCellRangeByName("A1").String = "Позвонить в Озёрки"
    own.getCellRangeByName("B1").Value = 42
    own.getCellRangeByName("B2").Formula = "=B1*2"
    plan = document.sheet(PLAN_SHEET)
    plan.Annotations.insertNew(plan.getCellRangeByName("D6").CellAddress, OWN_NOTE)
    hide_a_section(document)
    controller = document.component.CurrentController
    controller.setActiveSheet(document.sheet(PANEL))
    controller.select(document.sheet(PANEL).getCellRangeByName("B7"))


def hide_a_section(document: Document) -> None:
    """Filter «План» by its section, as the arrow of the header does."""
    table = next(one for one in _ranges(document) if one.Name == PLAN.name)
    headers, line, *_ = table.ReferredCells.getDataArray()
    section = headers.index(PLAN.column("section").header)
    filters = table.getFilterDescriptor()
    asked = document.office.struct("com.sun.star.sheet.TableFilterField")
    asked.Field, asked.IsNumeric, asked.StringValue = section, False, line[section]
    filters.setFilterFields((asked,))
    table.refresh()


def _ranges(document: Document) -> Iterator[object]:
    ranges = document.component.DatabaseRanges
    yield from (ranges.getByIndex(index) for index in range(ranges.Count))


def look(document: Document, expected: Path, picture: Path) -> Look:
    plan = document.sheet(PLAN_SHEET)
    notes = [plan.Annotations.getByIndex(index) for index in range(plan.Annotations.Count)]
    controller = document.component.CurrentController
    hidden = tuple(row for row in range(60) if not plan.Rows.getByIndex(row).IsVisible)
    return Look(
        status=document.text(KitCell.STATUS),
        tables=button_district.tables_on_screen(document, expected),
        own_sheet=document.sheet(OWN_SHEET).getCellRangeByName("A1:B2").getDataArray(),
        note=next((note.String for note in notes if note.String == OWN_NOTE), ""),
        hidden_rows=hidden,
        selection=controller.getSelection().AbsoluteName,
        sheet_in_front=controller.ActiveSheet.Name,
        charts=tuple(drawn_by_charts(document)),
        picture=picture,
    )


def drawn_by_charts(document: Document) -> Iterator[int]:
    shapes = document.sheet(PANEL).DrawPage
    models = [getattr(shapes.getByIndex(index), "Model", None) for index in range(shapes.Count)]
    for model in models:
        for series in model.getDataSequences() if hasattr(model, "getDataSequences") else ():
            yield len(series.getValues().getData())


def test_the_sheets_show_what_the_command_line_writes(story: Story) -> None:
    """Every cell of every table, read past all our own code."""
    wanted = without_hours(button_district.tables_of_file(story.expected))
    shown = without_hours(story.after_first.tables)

    assert without_hours(story.before.tables) != wanted
    assert {name: table for name, table in shown.items() if table != wanted[name]} == {}


def test_the_status_cell_says_what_came_of_it(story: Story) -> None:
    assert story.after_first.status.startswith("Готово")
    assert "поступило 8 из 9" in story.after_first.status
    assert say(Notice.PRESS_NOT_SAVED) in story.after_first.status


def test_the_charts_of_the_panel_draw_every_participant(story: Story) -> None:
    """A chart goes with its table: found by a look at the picture, where one school of nine was drawn."""
    participants = len(button_district.tables_of_file(story.expected)[COMPLETENESS.name]) - 1

    assert set(story.before.charts) == {1}
    assert set(story.after_first.charts) == set(story.after_second.charts) == {participants}


def test_what_the_office_did_in_the_workbook_stays(story: Story) -> None:
    """Its own sheet, its note, the filter it set and the cell it selected are as before."""
    before, after = story.before, story.after_first

    assert before.note == after.note == OWN_NOTE
    assert before.hidden_rows
    assert after.hidden_rows == before.hidden_rows
    assert after.own_sheet == before.own_sheet
    assert (after.sheet_in_front, after.selection) == (before.sheet_in_front, before.selection)


def test_the_file_on_the_disk_is_not_touched(story: Story) -> None:
    """Closing the workbook unsaved undoes the press; what was on the screen before lies in the backups."""
    backups = list(store.Campaign(story.workbook.parent).backups.iterdir())

    assert story.workbook.read_bytes() == story.on_disk_before
    assert backups


def test_a_second_click_changes_nothing_and_says_so(story: Story) -> None:
    first, second = story.after_first, story.after_second

    assert second.tables == first.tables
    assert Notice.PRESS_SAME.partition("{")[0] in second.status


def test_a_click_accepts_what_is_confirmed(story: Story) -> None:
    """«Решение» says so row by row, the panel says how to take it back, and the disk knows nothing of it."""
    headers, *rows = story.after_accepting.tables[ENTRIES.name]
    decision = headers.index(ENTRIES.column("decision").header)
    accepted = [row for row in rows if row[decision] == ENTRIES.column("decision").choices[0]]

    assert (
        f"принято ответов: {len(accepted)}. Передумали — «Отменить принятие»." in story.after_accepting.status
    )
    assert len(accepted) > 10
    assert story.workbook.read_bytes() == story.on_disk_before


def test_a_picture_of_each_step_is_kept(story: Story) -> None:
    for one in (story.before, story.after_first, story.after_second, story.after_accepting):
        assert one.picture.stat().st_size > 10_000
