"""Moving, copying and looks of cells in a live LibreOffice; links, notes, what the program shows."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sheetsync.workbooks.libreoffice.beyond import BeyondLibreOffice

pytestmark = pytest.mark.libreoffice

BEYOND = BeyondLibreOffice()


# --- cells inserted, deleted, moved


def test_inserted_rows_move_formulas_names_and_what_stands_beside(book: Any) -> None:
    sheet = book.sheets[0]
    sheet["A1"].value = [[1, "рядом"], [2, None], [3, None]]
    sheet["D1"].formula = "=SUM(A1:A3)"
    book.names.add("итог", "=Sheet1!$A$3")
    sheet["2:3"].insert("down")

    assert sheet["D1"].formula == "=SUM(A1:A5)"
    assert sheet["D1"].value == 6.0
    assert book.names["итог"].refers_to_range.address == "$A$5"
    assert sheet["A1:A5"].value == [1.0, None, None, 2.0, 3.0]


def test_cells_of_a_block_move_alone(sheet: Any) -> None:
    sheet["A1"].value = [[1, "a"], [2, "b"], [3, "c"]]
    sheet["A2"].insert("down")
    sheet["B1"].insert("right")
    sheet["A1"].delete("up")

    assert sheet["A1:C4"].value == [
        [None, None, "a"],
        [2.0, "b", None],
        [3.0, "c", None],
        [None, None, None],
    ]


def test_whole_columns_come_and_go(sheet: Any) -> None:
    sheet["A1:C1"].value = ["а", "б", "в"]
    sheet["B:C"].insert("right")
    sheet["A:A"].delete()

    assert sheet["A1:D1"].value == [None, None, "б", "в"]


def test_a_shift_must_be_said(sheet: Any) -> None:
    with pytest.raises(ValueError, match="shift=None"):
        sheet["A1:B2"].delete()


def test_inserting_through_merged_cells_is_refused_aloud(sheet: Any) -> None:
    """LibreOffice itself does nothing and says nothing."""
    sheet["A1"].value = [["x", "y"], ["z", "w"]]
    sheet["A3:B3"].value = ["слито", None]
    sheet["A3:B3"].merge()

    with pytest.raises(ValueError, match="cannot be moved"):
        sheet["A1"].insert("down")


def test_rows_are_cut_and_pasted_with_what_points_to_them(sheet: Any) -> None:
    sheet["A1"].value = [[1], [2], [3]]
    sheet["D1"].formula = "=A3"
    sheet["3:3"].row_height = 40
    sheet["3:3"].move(sheet["9:9"])

    assert sheet["D1"].formula == "=A9"
    assert sheet["A9"].value == 3.0
    assert sheet["A9"].row_height == 40.0
    assert sheet["A3"].value is None


def test_a_row_is_copied_over_many(sheet: Any) -> None:
    sheet["A1:B1"].value = ["образец", "=ROW()"]
    sheet["A1"].color = (255, 230, 150)
    sheet["A1:B1"].copy(sheet["A3:B5"])

    assert sheet["A3:B5"].value == [["образец", 3.0], ["образец", 4.0], ["образец", 5.0]]
    assert sheet["A5"].color == (255, 230, 150)


def test_formats_alone_are_pasted(sheet: Any) -> None:
    sheet["A1:B1"].value = [0.5, "х"]
    sheet["A1"].number_format = "0%"
    sheet["B1"].font.bold = True
    sheet["B1"].wrap_text = True
    sheet["A2:B3"].value = [[0.25, "своё"], [0.75, "своё"]]
    sheet["A2"].color = (1, 2, 3)
    sheet["A1:B1"].copy()
    sheet["A2:B3"].paste(paste="formats")

    assert sheet["A2:B3"].value == [[0.25, "своё"], [0.75, "своё"]]
    assert sheet["A2:A3"].number_format == "0%"
    assert sheet["A2"].color is None
    assert (sheet["B2:B3"].font.bold, sheet["B2:B3"].wrap_text) == (True, True)


def test_what_paste_cannot_do_is_said(sheet: Any) -> None:
    sheet.book.app.impl.copied = None
    with pytest.raises(ValueError, match="nothing was copied"):
        sheet["A1"].paste()
    sheet["A1"].copy()
    with pytest.raises(NotImplementedError, match="values"):
        sheet["A2"].paste(paste="values")


# --- looks


def test_looks_are_set_and_read_back(either_sheet: Any) -> None:
    cells = either_sheet["A1:B2"]
    cells.color, cells.wrap_text, cells.number_format = "#ffe696", True, "0.00"
    font = cells.font
    font.bold, font.italic, font.size, font.name, font.color = True, True, 14, "DejaVu Sans", (10, 20, 30)

    assert (cells.color, cells.wrap_text, cells.number_format) == ((255, 230, 150), True, "0.00")
    assert (font.bold, font.italic, font.size, font.name) == (True, True, 14.0, "DejaVu Sans")
    assert font.color == (10, 20, 30)


def test_where_cells_differ_there_is_no_answer(sheet: Any) -> None:
    sheet["A1"].color, sheet["A1"].number_format, sheet["A1"].font.bold = (1, 2, 3), "@", True

    cells = sheet["A1:A2"]

    assert (cells.color, cells.number_format, cells.font.bold) == (None, None, None)


@pytest.mark.parametrize(
    "code",
    ["General", "@", "0%", "0.0", "#,##0.00", "dd.mm.yyyy", "d mmmm yyyy", "dd.mm.yyyy hh:mm", "[h]:mm"],
)
def test_a_format_is_told_as_it_was_said(sheet: Any, code: str) -> None:
    """Also where the office speaks Russian and spells it ДД.ММ.ГГГГ and 0,00."""
    for _ in range(2):
        sheet["A1"].number_format = code

        assert sheet["A1"].number_format == code


def test_a_format_nobody_knows_is_refused(sheet: Any) -> None:
    with pytest.raises(ValueError, match=r"bad\[\[\["):
        sheet["A1"].number_format = "bad[[["


def test_heights_and_widths(sheet: Any) -> None:
    sheet["A1:B2"].row_height = 33
    sheet["A1:B2"].column_width = 25

    assert (sheet["A1:B2"].row_height, sheet["B1"].column_width) == (33.0, 25.0)
    assert sheet["A1:A3"].row_height is None


def test_rows_are_fitted_when_the_screen_goes_on(app: Any, sheet: Any) -> None:
    usual = sheet["A1"].row_height
    sheet["3:3"].row_height = 20
    app.screen_updating = False
    sheet["A1:A3"].options(transpose=True).value = ["а\nб\nв", "г", "а\nб\nв"]
    resting = sheet["A1"].row_height
    app.screen_updating = True

    assert resting == usual
    assert sheet["A1"].row_height > 2 * usual
    assert sheet["A3"].row_height == 20.0


def test_rows_that_moved_on_meanwhile_are_fitted_too(app: Any, sheet: Any) -> None:
    usual = sheet["A1"].row_height
    app.screen_updating = False
    sheet["A1"].value = "а\nб\nв"
    sheet["1:4"].insert("down")
    sheet["5:5"].copy(sheet["8:9"])
    app.screen_updating = True

    heights = [sheet.range((row, 1)).row_height for row in range(1, 10)]

    assert [height > 2 * usual for height in heights] == [row in (5, 8, 9) for row in range(1, 10)]


def test_rows_are_hidden_and_shown(sheet: Any) -> None:
    sheet["2:3"].rows.hidden = True

    assert sheet["2:3"].rows.hidden is True
    assert sheet["1:3"].rows.hidden is None

    sheet["2:3"].rows.hidden = False
    sheet["B:B"].columns.hidden = True

    assert sheet["1:3"].rows.hidden is False
    assert sheet["B1"].columns.hidden is True


def test_columns_are_fitted(sheet: Any) -> None:
    sheet["A1"].value = "длинный текст, который шире столбца"
    before = sheet["A1"].column_width
    sheet["A1"].columns.autofit()
    sheet.autofit("r")

    assert sheet["A1"].column_width > before


def test_merged_cells_are_told(sheet: Any) -> None:
    sheet["B2:C3"].merge()

    assert sheet["C3"].merge_area.address == "$B$2:$C$3"
    assert (sheet["B2"].merge_cells, sheet["A1"].merge_cells) == (True, False)

    sheet["B2:C3"].unmerge()

    assert sheet["C3"].merge_area.address == "$C$3"


# --- links


LINKS = {
    (1, 1): "https://school.example.org/docs/1.pdf",
    (2, 1): "https://xn--e1afmkfd.example.org/a%20b?x=1#page",
    (3, 1): "#'Лист два'!A5",
}


def test_cells_become_links_and_keep_what_they_hold(either_sheet: Any) -> None:
    sheet = either_sheet
    sheet["A1:A4"].options(transpose=True).value = [
        "=1+1" and "'=1+1",
        "две\nстроки",
        "✔ готово",
        "без ссылки",
    ]
    sheet["A1:A4"].color = (200, 255, 200)
    BEYOND.add_links(sheet, LINKS)

    assert dict(BEYOND.links(sheet["A1:A4"])) == LINKS
    assert sheet["A1:A4"].value == ["=1+1", "две\nстроки", "✔ готово", "без ссылки"]
    assert sheet["A1:A4"].color == (200, 255, 200)
    assert sheet["A1:A4"].number_format == "General"

    BEYOND.remove_links(sheet["A1:A2"])

    assert dict(BEYOND.links(sheet["A1:A4"])) == {(3, 1): LINKS[3, 1]}
    assert sheet["A1:A4"].value == ["=1+1", "две\nстроки", "✔ готово", "без ссылки"]
    assert sheet["A1:A4"].number_format == "General"


def test_a_number_or_a_formula_may_be_a_link_too(sheet: Any) -> None:
    sheet["A1:B2"].value = [[5, 6], ["=A1*2", date(2024, 2, 1)]]
    wanted = {(1, 1): LINKS[1, 1], (2, 1): LINKS[3, 1]}
    BEYOND.add_links(sheet, wanted)

    assert dict(BEYOND.links(sheet["A1:B2"])) == wanted
    assert sheet["A1:A2"].value == [5.0, 10.0]

    BEYOND.remove_links(sheet["A1:B2"])

    assert dict(BEYOND.links(sheet["A1:B2"])) == {}


def test_a_link_by_xlwings_own_word(sheet: Any) -> None:
    sheet["A1"].add_hyperlink("https://school.example.org/1", "приказ № 5")

    assert (sheet["A1"].value, sheet["A1"].hyperlink) == ("приказ № 5", "https://school.example.org/1")
    with pytest.raises(ValueError, match="hyperlink"):
        _ = sheet["A2"].hyperlink


def test_links_reach_the_saved_file(book: Any, folder: Path) -> None:
    sheet = book.sheets[0]
    book.sheets.add(after=sheet, name="Лист два")
    sheet["A1:A3"].options(transpose=True).value = ["один", "два", "три"]
    BEYOND.add_links(sheet, LINKS)
    BEYOND.save_copy(book, folder / "копия.xlsx")

    with zipfile.ZipFile(folder / "копия.xlsx") as package:
        part = package.read("xl/worksheets/sheet1.xml").decode()
        relations = package.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert 'location="&apos;Лист два&apos;!A5"' in part
    assert "https://school.example.org/docs/1.pdf" in relations


# --- notes


def test_notes_come_and_go(either_sheet: Any) -> None:
    sheet = either_sheet
    sheet["B2"].add_note("первая")
    sheet["C3"].add_note("вторая\nстрока")
    sheet["B2"].note.text = "другая"

    assert [(one.location.address, one.text) for one in sheet.notes] == [
        ("$B$2", "другая"),
        ("$C$3", "вторая\nстрока"),
    ]
    assert sheet["A1"].note is None

    sheet["B2"].note.delete()

    assert sheet["B2"].note is None
    assert len(sheet.notes) == 1


def test_a_note_of_ours_says_whose_it_is(sheet: Any) -> None:
    BEYOND.add_note(sheet["A1"], "от программы")
    sheet["A2"].add_note("от человека")

    assert [(one.text, one.author) for one in sheet.notes] == [
        ("от программы", "sheetsync"),
        ("от человека", ""),
    ]


# --- the program


def test_selection_and_the_sheet_in_front(app: Any, book: Any) -> None:
    other = book.sheets.add(after=book.sheets[0], name="Другой лист")
    other["B3:C4"].select()

    assert (book.sheets.active.name, app.selection.address) == ("Другой лист", "$B$3:$C$4")

    book.sheets[0].activate()

    assert book.sheets.active.index == 1


def test_scrolling_is_remembered(book: Any) -> None:
    view = book.impl.doc.CurrentController.getByIndex(0)
    view.FirstVisibleRow = 30
    back = BEYOND.scrolled(book)
    view.FirstVisibleRow = 0
    back()

    assert view.FirstVisibleRow == 30


def test_calculation_rests(app: Any, sheet: Any) -> None:
    sheet["A1:B1"].value = [1, "=A1*2"]
    app.calculation = "manual"
    sheet["A1"].value = 5
    resting = (app.calculation, sheet["B1"].value)
    app.calculate()
    asked = sheet["B1"].value
    sheet["A1"].value = 7
    app.calculation = "automatic"

    assert resting == ("manual", 2.0)
    assert asked == 10.0
    assert sheet["B1"].value == 14.0


def test_settings_of_the_program_are_put_back_by_xlwings(app: Any, book: Any) -> None:
    with app.properties(status_bar="Свод…", display_alerts=False, enable_events=False, screen_updating=False):
        assert (app.status_bar, app.display_alerts, app.enable_events) == ("Свод…", False, False)
        assert app.screen_updating is False
        assert book.impl.doc.hasControllersLocked()

    assert (app.status_bar, app.display_alerts, app.enable_events) == (False, True, True)
    assert app.screen_updating is True
    assert not book.impl.doc.hasControllersLocked()


@pytest.mark.parametrize(
    "asked",
    [
        lambda sheet: sheet.charts,
        lambda sheet: sheet.freeze_panes,
        lambda sheet: sheet["A1"].borders,
        lambda sheet: sheet["A1"].horizontal_alignment,
        lambda sheet: setattr(sheet["A1"], "formula_array", "=A1"),
        lambda sheet: setattr(sheet.book.app, "interactive", False),
        lambda sheet: sheet["A1"].insert("down", copy_origin="format_from_right_or_below"),
        lambda sheet: sheet.book.app.quit(),
    ],
)
def test_what_the_engine_cannot_do_is_refused_by_name(sheet: Any, asked: Any) -> None:
    with pytest.raises(NotImplementedError, match=r"LibreOffice: \w+\.\w+"):
        asked(sheet)
