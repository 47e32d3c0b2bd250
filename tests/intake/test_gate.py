"""The gate: a file a school sends is looked at before any parser touches it."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl.styles import Font

from attacks import HARMLESS, NOTED, Attack, ole, row_xml, sheet_xml, with_sheet, workbook
from sheetsync.findings import CATALOGUE
from sheetsync.intake.gate import Admitted, Refused, inspect
from sheetsync.intake.limits import LIMITS, Reason
from sheetsync.intake.sniff import Format


def refusal_of(data: bytes) -> Refused:
    verdict = inspect(data)
    assert isinstance(verdict, Refused)
    return verdict


@pytest.mark.parametrize("attack", [*HARMLESS, *NOTED], ids=lambda one: one.name)
def test_an_odd_but_honest_workbook_passes(attack: Attack) -> None:
    assert isinstance(inspect(attack.make()), Admitted)


def test_every_reason_of_refusal_names_a_finding_and_says_why_in_russian() -> None:
    for reason in Reason:
        wants_words = "{what}" in CATALOGUE[reason.code].fact
        assert wants_words == bool(reason.what("часть")), reason


def test_every_reason_says_something_of_its_own() -> None:
    """A deputy head reads the sentence, not the code: two troubles never share one."""
    said = [(reason.code, reason.what("x")) for reason in Reason]

    assert len(set(said)) == len(said)


def test_a_file_beyond_the_size_of_any_report_is_refused() -> None:
    small = replace(LIMITS, file_bytes=1 << 20)

    assert inspect(b"PK\x03\x04" + b"\0" * (1 << 20), small) == Refused(
        Reason.FILE_TOO_BIG, "файл больше 1 МБ"
    )


def test_an_archive_with_a_broken_directory_is_called_broken() -> None:
    data = workbook()
    start = data.index(b"PK\x01\x02")

    assert refusal_of(data[:start] + b"\0" * 10 + data[start:]).reason in (
        Reason.BAD_ARCHIVE,
        Reason.TRUNCATED,
    )
    assert refusal_of(data[:-22] + b"junk" * 4).reason is Reason.BAD_ARCHIVE


def test_what_passes_is_inflated_and_only_what_was_looked_at() -> None:
    """Pictures, macros and the like never reach a reader."""
    data = workbook(
        more=[
            ("xl/media/image1.png", b"\x89PNG"),
            ("xl/vbaProject.bin", b"\xd0\xcf"),
            ("xl/Extra.XML", "<a/>"),
        ]
    )

    admitted = inspect(data)

    assert isinstance(admitted, Admitted)
    assert admitted.format is Format.XLSX
    assert admitted.has_macros
    assert admitted.parts["xl/worksheets/sheet1.xml"] == sheet_xml(row_xml(1, "план")).encode()
    assert admitted.parts["xl/extra.xml"] == b"<a/>"
    assert not any(name.endswith((".png", ".bin")) for name in admitted.parts)


def test_a_doctype_is_noticed_in_any_encoding_expat_knows() -> None:
    for encoding in ("utf-8", "utf-16", "utf-16-le", "latin-1"):
        head = f'<?xml version="1.0" encoding="{encoding.removesuffix("-le")}"?><!DOCTYPE x>'
        part = sheet_xml("", head=head).encode(encoding)
        if encoding == "utf-16-le":
            part = b"\xff\xfe" + part
        assert refusal_of(workbook({"xl/worksheets/sheet1.xml": part})).reason is Reason.DOCTYPE


def test_the_limits_let_through_what_lies_just_below_them() -> None:
    tight = replace(LIMITS, cells=3, strings=1, merges=1, merged_area=4, links=1, depth=8)
    full = with_sheet(
        "".join(row_xml(number, "x") for number in (1, 2, 3)),
        after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells><hyperlinks><hyperlink ref="A1"/></hyperlinks>',
    )

    assert isinstance(inspect(full, tight), Admitted)
    for field, less in (
        ("cells", 2),
        ("strings", 0),
        ("merges", 0),
        ("merged_area", 3),
        ("links", 0),
        ("depth", 3),
    ):
        assert isinstance(inspect(full, replace(tight, **{field: less})), Refused), field


def test_a_school_that_formats_everything_is_let_in() -> None:
    """Whole columns with a font, borders on a thousand empty rows, a styled last corner."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for column in "ABCDEFGHIJKLMN":
        sheet.column_dimensions[column].font = Font(bold=True)
    for row in range(1, 1_001):
        sheet.cell(row, 14).font = Font(bold=True)
    sheet.cell(1_048_576, 16_384).font = Font(bold=True)
    sheet["A1"] = "Отчёт"
    stream = io.BytesIO()
    book.save(stream)

    assert isinstance(inspect(stream.getvalue()), Admitted)


@given(st.binary(max_size=600))
@settings(max_examples=150, deadline=None)
def test_any_bytes_end_in_a_verdict(data: bytes) -> None:
    assert isinstance(inspect(data), Refused)
    assert isinstance(inspect(b"PK\x03\x04" + data), Refused)
    assert isinstance(inspect(bytes.fromhex("D0CF11E0A1B11AE1") + data), Refused)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_copy_cut_anywhere_is_refused(kind: str) -> None:
    data = (
        workbook() if kind == "xlsx" else next(one for one in HARMLESS if one.name.startswith("ods")).make()
    )

    for size in range(0, len(data) - 1, 64):
        assert isinstance(inspect(data[:size]), Refused)


def test_an_old_workbook_is_recognised_by_what_its_container_holds() -> None:

    assert inspect(ole("Workbook")) == Admitted(Format.XLS, {})
    assert inspect(ole("Book")) == Admitted(Format.XLS, {})
    assert inspect(ole("Workbook", "_VBA_PROJECT_CUR")) == Admitted(Format.XLS, {}, has_macros=True)
    assert inspect(ole("Workbook", child_of_storage="WordDocument")) == Admitted(Format.XLS, {})


def test_a_zip_of_forms_is_an_archive_not_a_workbook() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("форма.xlsx", workbook())

    assert refusal_of(stream.getvalue()) == Refused(Reason.NOT_A_WORKBOOK, "архив")
