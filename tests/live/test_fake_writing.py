"""Blocks: their shapes, their limits, and the cells they may not reach."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fake_excel import ComError, Engine, UncertainManner, document_of
from fake_excel.areas import Rect
from fake_excel.document import Look
from fake_excel.making import new_book


def sheet_of(excel: Engine, rows: Any = ()) -> Any:
    return new_book(excel, {"План": rows}).sheets[0]


def test_a_block_is_written_and_read_in_one_piece(excel: Engine) -> None:
    sheet = sheet_of(excel)
    sheet.range("B2:C3").value = [["а", 1], ["б", None]]

    assert sheet.range("A1:C3").value == [[None, None, None], [None, "а", 1.0], [None, "б", None]]
    assert sheet.range("B2").value == "а"
    assert sheet.range("B2:C2").value == ["а", 1.0]
    assert sheet.range("B2:B3").options(ndim=2).value == [["а"], ["б"]]


def test_one_value_fills_every_cell(excel: Engine) -> None:
    sheet = sheet_of(excel)
    sheet.range("A1:B2").value = 0

    assert sheet.range("A1:B2").value == [[0.0, 0.0], [0.0, 0.0]]


def test_a_formula_for_many_cells_is_adjusted(excel: Engine) -> None:
    """Microsoft, «Range.Formula»: relative references follow the cell."""
    sheet = sheet_of(excel)
    sheet.range("B1:B3").formula = "=A1*$C$1"

    assert sheet.range("B1:B3").formula == (("=A1*$C$1",), ("=A2*$C$1",), ("=A3*$C$1",))


def test_rows_of_different_lengths_raise(excel: Engine) -> None:
    with pytest.raises(TypeError):
        sheet_of(excel).range("A1:B2").raw_value = [["а", "б"], ["в"]]


@pytest.mark.parametrize("block", [[["а"]], [["а", "б", "в"]], ["а", "б"]])
def test_a_block_of_another_shape_raises(excel: Engine, block: Any) -> None:
    """Excel cuts it off or fills up with #N/A: no writer wants either."""
    with pytest.raises(UncertainManner):
        sheet_of(excel).range("A1:B1").raw_value = block


@pytest.mark.parametrize("value", [Decimal(1), date(2024, 1, 1), b"", {}, object()])
def test_what_com_cannot_carry_raises(excel: Engine, value: Any) -> None:
    """pywin32: «Objects of type ... can not be converted to a COM VARIANT»."""
    with pytest.raises(TypeError):
        sheet_of(excel).range("A1").raw_value = value


def test_a_cell_holds_32767_characters(excel: Engine) -> None:
    """Microsoft, «Excel specifications and limits»."""
    cell = sheet_of(excel).range("A1")
    cell.value = "'" + "я" * 32_767

    assert len(cell.value) == 32_767
    with pytest.raises(ComError):
        cell.value = "я" * 32_768


def test_a_text_of_a_block_holds_8203_characters(excel: Engine) -> None:
    """Microsoft KB 832136: a longer one in an array is error 1004; one cell at a time goes."""
    cells = sheet_of(excel).range("A1:B1")
    cells.value = [["я" * 8_203, 1]]

    with pytest.raises(ComError):
        cells.value = [["я" * 8_204, 1]]


def test_a_protected_sheet_refuses(excel: Engine) -> None:
    """Locked cells and rows; error 1004 with Excel's sentence. Unlocked cells may be filled."""
    sheet = sheet_of(excel, [["а", "б"]])
    state = document_of(sheet.book).sheets[0]
    state.protected = True
    state.edit(1, 2).look = Look(locked=False)

    sheet.range("B1").value = "можно"
    with pytest.raises(ComError, match="protected sheet"):
        sheet.range("A1").value = "нельзя"
    with pytest.raises(ComError, match="protected sheet"):
        sheet.range("2:2").insert("down")


def test_a_block_over_filtered_rows_is_uncertain(excel: Engine) -> None:
    """Whether hidden rows are reached depends on the call: a careful writer lifts the filter first."""
    book = new_book(excel, {"План": [["Статус"], ["да"], ["нет"]]}, tables={"tbl": "План!A1:A3"})
    sheet = book.sheets[0]
    sheet.tables["tbl"].autofilter.apply_values(1, ["да"])

    assert sheet.range("A3").rows.hidden is True
    for careless in (
        lambda: setattr(sheet.range("A2:A3"), "value", [["а"], ["б"]]),
        lambda: sheet.range("A2:A3").clear_contents(),
        lambda: sheet.range("2:3").delete("up"),
        lambda: sheet.range("A2:A3").copy(sheet.range("C2")),
    ):
        with pytest.raises(UncertainManner):
            careless()


def test_a_lifted_filter_comes_back(excel: Engine) -> None:
    book = new_book(excel, {"План": [["Статус"], ["да"], ["нет"]]}, tables={"tbl": "План!A1:A3"})
    found = book.sheets[0].tables["tbl"].autofilter
    found.apply_values(1, ["да"])
    (asked,) = found.criteria
    found.clear(1)

    assert (asked.type, asked.values) == ("values", ["да"])
    assert book.sheets[0].range("2:3").rows.hidden is False
    found.apply_values(asked.field, asked.values)
    assert book.sheets[0].range("3:3").rows.hidden is True


def test_only_the_corner_of_merged_cells_takes_a_value(excel: Engine) -> None:
    sheet = sheet_of(excel)
    document_of(sheet.book).sheets[0].merges.append(Rect(1, 1, 1, 2))
    sheet.range("A1:C1").value = [["а", "б", "в"]]

    assert sheet.range("A1:C1").value == ["а", None, "в"]
    assert sheet.range("B1").merge_area.address == "$A$1:$B$1"
    with pytest.raises(ComError):
        sheet.range("B1:C1").clear_contents()


def test_clearing_contents_leaves_looks_notes_and_links(excel: Engine) -> None:
    """Microsoft, «Range.ClearContents»: formulas and values only; «Range.Clear» takes everything."""
    sheet = sheet_of(excel, [["а"]])
    cell = sheet.range("A1")
    cell.number_format = "0"
    cell.add_note("заметка")
    cell.add_hyperlink("https://школа.рф", "а")
    cell.clear_contents()

    assert (cell.value, cell.number_format, cell.hyperlink) == (None, "0", "https://школа.рф")
    assert cell.note.text == "заметка"
    cell.clear()
    assert (cell.number_format, cell.note) == ("General", None)


def test_a_second_note_is_refused(excel: Engine) -> None:
    """Microsoft, «Range.AddComment»: fails where a comment is."""
    cell = sheet_of(excel).range("A1")
    cell.add_note("одна")

    with pytest.raises(ComError):
        cell.impl.add_note("вторая")


def test_a_link_gives_the_cell_another_font(excel: Engine) -> None:
    """The built-in style «Hyperlink» brings its whole font; fill and number format stay."""
    sheet = sheet_of(excel, [["а"]])
    state = document_of(sheet.book).sheets[0]
    font = sheet.range("A1").api.Font
    font.Bold, font.Size = True, 14
    sheet.range("A1").color = (255, 0, 0)
    sheet.api.Hyperlinks.Add(Anchor=sheet.range("A1").api, Address="", SubAddress="План!A5")

    assert (font.Bold, font.Size, font.Underline) == (False, 11, 2)
    assert sheet.range("A1").color == (255, 0, 0)
    assert state.at(1, 1).value == "а"
    sheet.range("A1").api.ClearHyperlinks()
    assert state.at(1, 1).link is None


def test_a_screen_tip_has_255_characters(excel: Engine) -> None:
    """xlwings makes one of the address when none is given: a long address then fails."""
    with pytest.raises(ComError):
        sheet_of(excel).range("A1").add_hyperlink("https://школа.рф/" + "а" * 250)


def test_a_range_is_selected_only_on_the_sheet_in_front(excel: Engine) -> None:
    """Microsoft, «Range.Select»; a hidden sheet cannot come to the front."""
    book = new_book(excel, {"План": [], "Свод": []})
    with pytest.raises(ComError):
        book.sheets["Свод"].range("B2").select()
    book.sheets["Свод"].activate()
    book.sheets["Свод"].range("B2").select()

    assert (book.selection.address, book.sheets.active.name) == ("$B$2", "Свод")
    document_of(book).sheets[0].visible = 0
    with pytest.raises(ComError):
        book.sheets["План"].activate()


def test_typing_beside_a_table_makes_it_larger(excel: Engine) -> None:
    """Microsoft, «AutoCorrect.AutoExpandListRange»: under it a row, beside it a column."""
    rows = [["А", "Б"], [1, 2]]
    book = new_book(excel, {"План": rows}, tables={"tbl": "План!A1:B2"})
    sheet, table = book.sheets[0], book.sheets[0].tables["tbl"]
    sheet.range("A3:B4").value = [[3, 4], [5, 6]]
    assert table.range.address == "$A$1:$B$4"
    sheet.range("C2").value = "рядом"
    assert table.range.address == "$A$1:$C$4"
    assert sheet.range("C1").value == "Столбец1"


def test_the_bar_is_given_back_with_false(excel: Engine) -> None:
    """Microsoft, «Application.StatusBar»: '' would leave the bar empty for ever."""
    app = new_book(excel, {"План": []}).app
    app.status_bar = "Читаю…"
    with pytest.raises(TypeError):
        app.status_bar = ""
    app.status_bar = False

    assert excel.program.told == ["Читаю…", False]
