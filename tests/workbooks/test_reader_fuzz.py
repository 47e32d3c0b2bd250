"""A filled copy is spoilt in every way files break: each ends in a book or a finding, and nothing is lost."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Final

import openpyxl
import pytest
import python_calamine
from fuzzed_copies import Campaign, Outcome, filled_copy, judge
from mutants import KINDS, mutant, packed, parts_of

from sheetsync.columns import REPORT
from sheetsync.forms.checking import WAITING, progress_of
from sheetsync.merge.spelling import same_value
from sheetsync.model import Status
from sheetsync.workbooks.xls_reader import read_values
from sheetsync.workbooks.xml_walk import Damaged

PER_KIND = 19
"""With sixteen kinds some three hundred; tens of thousands: benchmarks/abuse_fuzz.py."""

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Campaign, bytes]:
    return filled_copy(tmp_path_factory.mktemp("fuzz"))


def test_the_copy_itself_is_read_whole(filled: tuple[Campaign, bytes]) -> None:
    campaign, data = filled
    judged = judge(data, campaign)

    assert (judged.outcome, judged.unaccounted) == (Outcome.READ, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_spoilt_copy_ends_in_a_book_or_a_finding(kind: str, filled: tuple[Campaign, bytes]) -> None:
    campaign, data = filled
    for number in range(PER_KIND):
        judged = judge(mutant(KINDS[kind], data, number), campaign)

        assert judged.outcome is not Outcome.SURPRISE, (kind, number, judged.codes)
        assert judged.unaccounted == 0, (kind, number, judged.codes)


@pytest.mark.parametrize("endless", ["1E400", "9" * 400, "1E306"])
def test_a_number_beyond_all_numbers_is_compared_as_text(endless: str) -> None:
    """Found by «текст изменён» № 28: one such cell stopped the whole consolidation."""
    assert same_value(endless, endless)
    assert not same_value(endless, "01.03.2023")


def test_a_day_before_the_one_excel_made_up_is_the_same_day() -> None:
    """Found by «текст изменён» № 3008: the second day of 1900 was not met in the свод."""
    assert same_value("2", "02.01.1900")
    assert same_value("61", "01.03.1900")
    assert not same_value("60", "01.03.1900")


# --- what the fuzzing found, one case each --------------------------------------------------------

_SHEET: Final = "xl/worksheets/sheet1.xml"
_NOTES: Final = "xl/comments/comment1.xml"
CONTRADICTIONS: Final = {
    "a value inside a value": (_SHEET, rb"<v>(\d+)</v>", rb"<v>\1<v>26</v></v>"),
    "two texts in one cell": (_SHEET, rb"(<is>.*?</is>)", rb"\1\1"),
    "a text that lies in no text of a cell": (_SHEET, rb"<is>(.*?)</is>", rb"\1"),
    "an author inside a note": (_NOTES, rb"</comment>", "<author>Петрова</author></comment>".encode()),
    "a note among the extensions": (_NOTES, rb"<text>(.*?)</text>", rb"<text><extLst>\1</extLst></text>"),
    "sheets among the extensions": (
        "xl/workbook.xml",
        rb"(<sheet .*?/>)(?=</sheets>)",
        rb"<extLst>\1</extLst>",
    ),
    "a name of no namespace": (_SHEET, rb"<sheetData>", rb'<sheetData st_le:x="1">'),
}


@pytest.mark.parametrize("contradiction", CONTRADICTIONS)
def test_a_file_that_contradicts_itself_is_read_and_counted_by_one_and_the_same_reader(
    contradiction: str, filled: tuple[Campaign, bytes]
) -> None:
    campaign, data = filled
    part, told, contrary = CONTRADICTIONS[contradiction]
    parts = dict(parts_of(data))
    spoilt = re.sub(told, contrary, parts[part])
    assert spoilt != parts[part]
    judged = judge(packed(parts | {part: spoilt}), campaign)

    assert judged.unaccounted == 0
    assert {"F105", "F112"} & {*judged.codes}  # refused, or its values alone are read


HALF_SAID: Final = {
    "a text inside the text of a cell": (rb'(<c r="H8".*?<t>[^<]*)</t>', rb"\1<t>!</t></t>"),
    "a text in a cell that calls itself a number": (rb'(<c r="H8"[^>]*) t="inlineStr"', rb'\1 t="n"'),
}


def test_a_list_of_styles_that_calls_itself_texts_is_no_list_of_texts(filled: tuple[Campaign, bytes]) -> None:
    campaign, data = filled
    parts = dict(parts_of(data))
    rels = "xl/_rels/workbook.xml.rels"
    told = re.sub(rb'(<Relationship [^>]*relationships/)styles"', rb'\1sharedStrings"', parts[rels])
    judged = judge(packed(parts | {rels: told}), campaign)

    assert told != parts[rels]
    assert judged.unaccounted == 0


@pytest.mark.parametrize("damage", HALF_SAID)
def test_a_text_said_in_an_odd_way_is_read_and_counted(damage: str, filled: tuple[Campaign, bytes]) -> None:
    campaign, data = filled
    told, odd = HALF_SAID[damage]
    parts = dict(parts_of(data))
    spoilt = re.sub(told, odd, parts[_SHEET])
    assert spoilt != parts[_SHEET]
    judged = judge(packed(parts | {_SHEET: spoilt}), campaign)

    assert (judged.outcome, judged.unaccounted) == (Outcome.READ, 0)


ALMOST_THE_OFFICES: Final = {
    "two of its words in one cell": ("Как заполнять", "A22", f"{WAITING}\n{Status.DONE}"),
    "its progress line twice": (REPORT.sheet, "C4", progress_of(()) * 2),
    "the number of a section with a word below": (REPORT.sheet, "A7", "1\nНаше"),
    "its prompt in a cell": (REPORT.sheet, "I4", REPORT.column("status").prompt),
}


@pytest.mark.parametrize("case", ALMOST_THE_OFFICES)
def test_what_only_looks_like_the_offices_text_is_accounted_for(
    case: str, filled: tuple[Campaign, bytes]
) -> None:
    campaign, data = filled
    sheet, cell, text = ALMOST_THE_OFFICES[case]
    book = openpyxl.load_workbook(io.BytesIO(data))
    book[sheet][cell] = text
    stream = io.BytesIO()
    book.save(stream)
    judged = judge(stream.getvalue(), campaign)

    assert (judged.outcome, judged.unaccounted) == (Outcome.READ, 0)


def test_an_old_workbook_with_cells_beyond_the_sheet_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found by «биты перевёрнуты» № 76 of an .xls: column AVLM, and the whole copy ended in X999."""
    sheet = SimpleNamespace(start=(0, 32_000), iter_rows=lambda: iter([["да"]]), merged_cell_ranges=None)

    @contextmanager
    def load_workbook(_: io.BytesIO) -> Iterator[SimpleNamespace]:
        about = SimpleNamespace(name="Отчёт", visible="Visible")
        yield SimpleNamespace(sheets_metadata=[about], get_sheet_by_index=lambda _: sheet)

    monkeypatch.setattr(python_calamine, "load_workbook", load_workbook)

    with pytest.raises(Damaged):
        read_values(b"")
