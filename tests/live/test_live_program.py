"""The program around an open workbook: kept quiet, waited for, and left as it was found."""

from __future__ import annotations

import pytest
from live_books import in_excel, texts

from fake_excel import ComError, Engine
from fake_excel.areas import Rect
from fake_excel.book import Sheet as FakeSheet
from fake_excel.com import ComLinks
from fake_excel.document import Filter, Name
from fake_excel.errors import refused
from fake_excel.filtering import reapply
from fake_excel.ranges import Range as FakeRange
from office_workbook import entries_body, office_workbook, one_table
from sheetsync.columns import ENTRIES, ENTRIES_SHEET, PANEL
from sheetsync.grid import Cell
from sheetsync.workbooks.excel_live.patience import WorkbookClosed, WorkbookProtected, patiently
from sheetsync.workbooks.port import Out, TableBody


def test_a_press_leaves_the_program_as_it_was(excel: Engine) -> None:
    live, document = in_excel(excel, office_workbook(3))
    document.active = document.sheet(ENTRIES_SHEET)
    document.active.selection = Rect(6, 2, 7, 3)

    with live.at_work():
        assert not excel.program.screen_updating
        assert (excel.program.calculation, excel.program.enable_events) == ("manual", False)
        live.tell("Читаю копии…")
        live.replace_table(ENTRIES.name, entries_body("k1", "k2"))
        live.tell("")

    assert excel.program.screen_updating
    assert (excel.program.calculation, excel.program.enable_events) == ("automatic", True)
    assert excel.program.told == ["Читаю копии…", False]
    assert (document.active.name, document.active.selection) == (ENTRIES_SHEET, Rect(6, 2, 7, 3))
    assert document.saved == 0


def test_also_when_it_ends_badly(excel: Engine) -> None:
    live, _ = in_excel(excel, office_workbook(3))

    with pytest.raises(KeyError), live.at_work():
        live.replace_table("tbl_nothing", TableBody((), ()))

    assert excel.program.screen_updating
    assert excel.program.calculation == "automatic"


def test_a_sheet_brought_to_the_front_stays_there(excel: Engine) -> None:
    live, document = in_excel(excel, office_workbook(3))

    with live.at_work():
        live.show_sheet(ENTRIES_SHEET)

    assert document.active.name == ENTRIES_SHEET


def test_rows_a_filter_hides_are_written_and_hidden_again(excel: Engine) -> None:
    live, document = in_excel(excel, office_workbook(4))
    sheet = document.sheet(ENTRIES_SHEET)
    table = next(one for one in sheet.tables if one.name == ENTRIES.name)
    table.filters[2] = Filter(2, "values", ("в работе",))
    reapply(sheet, table)
    assert sheet.filtered_out == {5, 6, 7, 8}

    with live.at_work():
        live.replace_table(ENTRIES.name, entries_body("k1", ("k2", "в работе"), "новая", "k4"))

    assert texts(document, ENTRIES_SHEET, "F", 5, 8) == ["k1", "k2", "новая", "k4"]
    assert sheet.filtered_out == {5, 7, 8}


@pytest.mark.parametrize("kind", [0, 2])
def test_a_sheet_the_office_hid_is_shown_when_it_is_asked_for(excel: Engine, kind: int) -> None:
    """«Проверить один файл» brings its list to the front."""
    live, document = in_excel(excel, office_workbook())
    sheet = document.sheet(ENTRIES_SHEET)
    assert sheet is not None
    sheet.visible = kind

    live.show_sheet(ENTRIES_SHEET)

    assert (document.active, sheet.visible) == (sheet, -1)


def test_a_sheet_that_may_not_be_shown_stays_hidden(excel: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order of sheets is locked: the press is done all the same."""
    live, document = in_excel(excel, office_workbook())
    sheet = document.sheet(ENTRIES_SHEET)
    assert sheet is not None
    sheet.visible = 0
    before = document.active

    def locked(*_: object) -> None:
        raise refused("Unable to set the Visible property of the Worksheet class")

    monkeypatch.setattr(FakeSheet, "visible", property(lambda _: 0, locked))
    live.show_sheet(ENTRIES_SHEET)

    assert document.active is before


def test_a_selection_too_long_to_be_said_again_breaks_nothing(
    excel: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many cells picked one by one: «Range» takes 255 letters of address at most."""
    live, document = in_excel(excel, office_workbook())

    def refuse(_: object) -> None:
        raise refused("Select method of Range class failed")

    monkeypatch.setattr(FakeRange, "select", refuse)
    with live.at_work():
        live.replace_table(ENTRIES.name, entries_body("k1", "k2", "новая"))
        document.active.selection = (
            Rect(1, 1, 1, 1) if document.active.selection.top > 1 else Rect(9, 9, 9, 9)
        )

    assert texts(document, ENTRIES_SHEET, "F", 5, 7) == ["k1", "k2", "новая"]


def test_a_chart_in_front_is_no_hindrance(excel: Engine) -> None:
    """A ribbon button is pressed while a sheet that is a chart is shown: nothing is selected or scrolled."""
    live, document = in_excel(excel, office_workbook())
    excel.program.nothing_selected = True

    with live.at_work():
        live.replace_table(ENTRIES.name, entries_body("k1", "k2", "новая"))

    assert texts(document, ENTRIES_SHEET, "F", 5, 7) == ["k1", "k2", "новая"]


def test_a_link_excel_refuses_is_left_out(excel: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The 65,531st of a sheet, say: its text stays, and so do the others."""
    live, _ = in_excel(excel, office_workbook())
    add = ComLinks.Add

    def picky(links: ComLinks, Anchor: object, Address: str, **words: str) -> None:  # noqa: N803
        if Address.endswith("/2"):
            raise refused("Application-defined or object-defined error")
        add(links, Anchor=Anchor, Address=Address, **words)

    monkeypatch.setattr(ComLinks, "Add", picky)
    for number in (1, 2):
        live.write_named("panel_title", Out(f"отчёт {number}", link=f"https://school.example/{number}"))

    assert live.read_named("panel_title") == Cell("отчёт 2")


def test_a_note_keeps_away_from_a_conversation(excel: Engine) -> None:
    """People answer each other in a comment of Excel 365: our note would be refused there."""
    live, document = in_excel(excel, office_workbook())
    sheet = document.sheet(PANEL)
    assert sheet is not None
    sheet.talks.add((1, 1))

    live.write_named("panel_title", Out("готово", note="как это вышло"))

    assert live.read_named("panel_title") == Cell("готово")
    assert excel.program.user == "Координатор"


def test_a_name_whose_cell_was_deleted_is_no_name(excel: Engine) -> None:
    live, document = in_excel(excel, office_workbook())
    document.names.append(Name("ss_status", f"={PANEL}!#REF!"))

    with pytest.raises(KeyError):
        live.write_named("ss_status", Out("готово"))


def test_a_filter_for_a_part_of_the_text_asks_the_same_afterwards(excel: Engine) -> None:
    """«содержит»: xlwings would ask for the stars themselves, and no row would be left in sight."""
    live, document = in_excel(excel, office_workbook(4))
    sheet = document.sheet(ENTRIES_SHEET)
    table = next(one for one in sheet.tables if one.name == ENTRIES.name)
    table.filters[2] = Filter(2, "comparison", (), "equal_to", "*рабо*")
    reapply(sheet, table)

    with live.at_work():
        live.replace_table(ENTRIES.name, entries_body("k1", ("k2", "в работе"), "новая", "k4"))
        assert not sheet.filtered_out

    assert table.filters[2] == Filter(2, "comparison", (), "equal_to", "*рабо*")
    assert sheet.filtered_out == {5, 7, 8}


@pytest.mark.parametrize("kind", [Filter(2, "unknown"), Filter(2, "comparison", (), "equal_to", "0,5")])
def test_a_filter_that_cannot_be_said_again_is_not_taken_away(excel: Engine, kind: Filter) -> None:
    """A colour; a fraction, which a Russian Excel tells with a comma and takes with a point."""
    live, document = in_excel(excel, office_workbook(4))
    sheet = document.sheet(ENTRIES_SHEET)
    table = next(one for one in sheet.tables if one.name == ENTRIES.name)
    table.filters[2] = kind
    reapply(sheet, table)

    with live.at_work():
        live.replace_table(ENTRIES.name, entries_body("k1", ("k2", "в работе"), "k3", "k4"))

    assert texts(document, ENTRIES_SHEET, "F", 5, 8) == ["k1", "k2", "k3", "k4"]
    assert table.filters == {2: kind}
    assert sheet.filtered_out == {5, 6, 7, 8}


def test_hidden_rows_are_asked_for_at_once(excel: Engine) -> None:
    """xlwings asks Excel for every row alone: a second or more for a table of a thousand."""
    live, _ = in_excel(excel, office_workbook(keys=tuple(f"k{number}" for number in range(50))))
    excel.program.calls.clear()

    live.replace_table(ENTRIES.name, entries_body(*(f"k{number}" for number in range(49))))

    assert excel.program.calls.count("Range.row_hidden", "get") == 0
    assert excel.program.calls.count("EntireRow.Hidden", "get") == 1


def test_a_table_that_says_what_it_said_is_not_written(excel: Engine) -> None:
    live, _ = in_excel(excel, office_workbook(4))
    live.replace_table(ENTRIES.name, entries_body("k1", "k2", "k3", "k4"))
    excel.program.calls.clear()

    live.replace_table(ENTRIES.name, entries_body("k1", "k2", "k3", "k4"))

    assert not [call for call in excel.program.calls.made if call.kind == "set"]
    assert excel.program.calls.count("Range.insert") == 0


def test_each_run_of_our_columns_is_written_at_once(excel: Engine) -> None:
    """The office's column stands between ours: two runs."""
    live, _ = in_excel(excel, office_workbook(keys=("",)))
    excel.program.calls.clear()

    live.replace_table(ENTRIES.name, entries_body(*(f"k{number}" for number in range(230))))

    assert [call.cells for call in excel.program.calls.block_writes()] == [230 * 2, 230 * 3]


def test_one_changed_cell_writes_one_row(excel: Engine) -> None:
    live, _ = in_excel(excel, office_workbook(4))
    live.replace_table(ENTRIES.name, entries_body("k1", "k2", "k3", "k4"))
    excel.program.calls.clear()

    live.replace_table(ENTRIES.name, entries_body("k1", ("k2", "в работе"), "k3", "k4"))

    assert [call.cells for call in excel.program.calls.block_writes()] == [2]


# --- refused


def test_an_error_of_another_kind_is_not_tried_again() -> None:
    tried = []

    @patiently
    def broken() -> None:
        tried.append(1)
        raise ValueError("не то")

    with pytest.raises(ValueError, match="не то"):
        broken()

    assert tried == [1]


@pytest.mark.parametrize(
    "error", [ComError(-2147023174, "RPC server is unavailable"), ConnectionError("gone")]
)
def test_a_program_that_is_gone_is_not_asked_again(error: Exception) -> None:
    """The user closed Excel, or LibreOffice, while a press was at work."""

    @patiently
    def asked() -> None:
        raise error

    with pytest.raises(WorkbookClosed):
        asked()


def test_a_locked_sheet_is_named(excel: Engine) -> None:
    live, document = in_excel(excel, office_workbook(3))
    document.sheet(ENTRIES_SHEET).protected = True

    with pytest.raises(WorkbookProtected) as told:
        live.replace_table(ENTRIES.name, entries_body("k1"))

    assert told.value.where == ENTRIES_SHEET


def test_a_workbook_for_reading_only_is_not_begun(excel: Engine) -> None:
    live, document = in_excel(excel, office_workbook(3))
    document.read_only = True

    with pytest.raises(WorkbookProtected) as told, live.at_work():
        pass

    assert told.value.where == ""


# --- named cells, lost tables


def test_a_named_cell_is_read_and_written(excel: Engine) -> None:
    live, document = in_excel(excel, office_workbook(3))
    assert live.read_named("panel_title") == Cell("Панель")

    live.write_named("panel_title", Out("=Готово", link=f"#{ENTRIES_SHEET}!A1", note="когда"))

    assert live.read_named("panel_title") == Cell("=Готово", None, (f"#{ENTRIES_SHEET}!A1",), "когда")
    assert document.sheet(PANEL).at(1, 1).formula is None
    with pytest.raises(KeyError):
        live.read_named("no_such_name")


HEADERS = ("Участник", "Мероприятие", "Статус")


def test_a_table_that_was_lost_is_made_anew(excel: Engine) -> None:
    data = one_table(HEADERS, ("А", "Педсовет", "да"), ("Б", "Семинар", "нет"))
    live, document = in_excel(excel, data)
    document.sheets[0].tables.clear()
    live, _ = type(live)(live._book, live._beyond), document

    assert live.find_again("tbl_entries", "лист", HEADERS)

    assert live.made_anew == ["tbl_entries"]
    assert [row[0].value for row in live.read_table("tbl_entries").rows] == ["А", "Б"]
    assert not live.find_again("tbl_plan", "Лист", HEADERS)
    assert not live.find_again("tbl_plan", "Нет такого", HEADERS)


def test_a_renamed_table_is_known_and_keeps_its_name(excel: Engine) -> None:
    live, document = in_excel(excel, one_table(HEADERS, ("А", "Педсовет", "да")))

    assert live.find_again("tbl_entries", "Лист", HEADERS)

    assert live.table_names() == ("tbl_entries",)
    assert [one.name for one in document.sheets[0].tables] == ["tbl"]
    assert not live.made_anew


def test_rows_typed_under_a_table_are_taken_in(excel: Engine) -> None:
    live, document = in_excel(excel, one_table(HEADERS, ("А", "Педсовет", "да")))
    document.sheets[0].edit(3, 1).value = "Б"
    document.sheets[0].edit(4, 2).value = "Семинар"
    document.sheets[0].edit(6, 1).value = "Подпись"

    live.take_in_rows("tbl")

    assert [row[0].text for row in live.read_table("tbl").rows] == ["А", "Б", ""]
