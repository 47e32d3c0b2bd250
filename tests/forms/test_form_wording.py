"""The form says what to do where it is filled: a file is sent, a sheet in Google is only ticked."""

from __future__ import annotations

import io

import openpyxl

from sheetsync.columns import FORM_HELP_SHEET, FormCell
from sheetsync.forms.wording import HELP_SENDING, READY_LABEL, WORDINGS, speak_of_google
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.templates import Template, template_bytes


def template() -> ExcelFile:
    return ExcelFile.from_bytes(template_bytes(Template.FORM, None))


def help_of(book: ExcelFile) -> list[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))[FORM_HELP_SHEET]
    return [str(row[0].value) for row in sheet.iter_rows() if row[0].value]


def test_a_form_for_a_file_says_to_save_and_send_it() -> None:
    said = " ".join(help_of(template()))

    assert all(one.file in said for one in WORDINGS if one is not READY_LABEL)
    assert "Google" not in said
    assert "галочк" not in said


def test_a_form_in_google_asks_for_a_tick_and_for_no_file() -> None:
    book = template()
    speak_of_google(book)
    said = " ".join(help_of(book))

    assert book.read_named(READY_LABEL.name).text == READY_LABEL.google
    assert all(one.google in said for one in WORDINGS if one is not READY_LABEL)
    assert "пришлите" not in said
    assert "файл" not in said


def test_the_steps_keep_their_numbers() -> None:
    before, book = help_of(template()), template()
    speak_of_google(book)

    assert [line[:2] for line in help_of(book)] == [line[:2] for line in before]


def test_words_of_the_office_itself_stay() -> None:
    book = template()
    book.write_named(HELP_SENDING.name, Out("7. Позвоните методисту."))
    speak_of_google(book)

    assert book.read_named(HELP_SENDING.name).text == "7. Позвоните методисту."


def test_a_template_from_before_these_names_is_taken_as_it_is() -> None:
    older = openpyxl.load_workbook(io.BytesIO(template().to_bytes()))
    for one in WORDINGS:
        del older.defined_names[one.name]
    out = io.BytesIO()
    older.save(out)
    book = ExcelFile.from_bytes(out.getvalue())
    before = help_of(book)
    speak_of_google(book)

    assert help_of(book) == before
    assert book.read_named(FormCell.READY).text == ""
