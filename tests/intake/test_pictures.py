"""A table pasted as a picture says nothing to a program: the coordinator is told to look."""

from __future__ import annotations

import base64
import io
from dataclasses import replace

import msgspec
import xlsxwriter
from issued_copies import ORIGIN, issued, the_plan

from sheetsync.columns import REPORT
from sheetsync.findings import fact_of
from sheetsync.intake.read import read_copy
from sheetsync.model import Verdict
from sheetsync.workbooks.copies import open_copy

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def with_pictures(amount: int) -> bytes:
    """A workbook with pictures on the sheet of the report."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet(REPORT.sheet)
    sheet.write(0, 0, "см. ниже")
    for place in range(amount):
        sheet.insert_image(5 * place + 3, 1, "таблица.png", {"image_data": io.BytesIO(DOT)})
    book.close()
    return stream.getvalue()


def test_pictures_in_a_file_without_a_table_are_told() -> None:
    """Whose it is nobody can say; that something is drawn there is said."""
    book = open_copy(with_pictures(2), "копия.xlsx").book
    assert book is not None
    found = read_copy(book, the_plan(), ORIGIN)
    (told,) = [one for one in found.findings if one.code == "R339"]
    assert found.verdict is Verdict.UNRECOGNISED
    assert (told.origin.sheet, "2" in fact_of(told)) == (REPORT.sheet, True)


def test_a_picture_in_a_form_is_told_once() -> None:
    """The answers are read as ever."""
    book = issued(the_plan(), "S01")
    book = msgspec.structs.replace(book, sheets=(replace(book.sheets[0], pictures=1), *book.sheets[1:]))
    found = read_copy(book, the_plan(), ORIGIN)
    assert [one.code for one in found.findings] == ["R339"]
    assert found.verdict is Verdict.ACCEPTED


def test_a_file_without_pictures_says_nothing_of_them() -> None:
    book = open_copy(with_pictures(0), "копия.xlsx").book
    assert book is not None
    assert [sheet.pictures for sheet in book.sheets] == [0]
