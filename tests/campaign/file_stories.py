"""What arrives beside single damaged forms: several files of a school, several schools in a file.

A story is told to a ``Post``, which hands out schools, fills their forms and drops files into the
folder of a run; what each school meant is noted as a case to be judged after the last run.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from damaged_district import filled
from file_damages import Case, Draft, all_marks_lost

Story = Callable[["Post"], None]
STORIES: dict[str, Story] = {}


def story(function: Story) -> Story:
    STORIES[function.__name__] = function
    return function


@dataclass
class Post:
    """The way of files into «Получено», run by run."""

    place: Path
    old_forms: Path
    other_plan: Path
    codes: list[str]
    runs: dict[int, dict[str, bytes]] = field(default_factory=lambda: {1: {}, 2: {}})
    cases: list[Case] = field(default_factory=list)
    told: str = ""

    def draft(self, code: str = "", tag: str = "", folder: Path | None = None) -> Draft:
        """A filled form of the next school, or of this one."""
        code = code or self.codes.pop(0)
        form = next((folder or self.place / "Формы").glob(f"{code} *.xlsx"))
        return filled(form, code, tag)

    def send(self, name: str, data: bytes, run: int = 1) -> str:
        self.runs[run][name] = data
        return name

    def meant(self, draft: Draft, *files: str, **changes: Any) -> None:
        self.cases.append(replace(draft.case(self.told, *files), **changes))


# --- one file -----------------------------------------------------------------------------------


@story
def exported_by_google(post: Post) -> None:
    """No properties, no tables, values in the cells, hidden sheets merely hidden."""
    draft = post.draft()
    name = post.send("google.xlsx", google_export(draft.saved()))
    post.meant(draft, name)


@story
def a_text_box_over_the_table(post: Post) -> None:
    draft = post.draft()
    text = f"Срочно позвоните {draft.code}"
    draft.typed[text] = None
    post.meant(draft, post.send("надпись.xlsx", with_text_box(draft.saved(), text)))


@story
def a_form_of_another_school_renamed(post: Post) -> None:
    """The name of the file says one school, the form was issued to another."""
    draft = post.draft()
    post.meant(draft, post.send("S02 Кленовская СОШ.xlsx", draft.saved()))


@story
def a_form_overwritten_with_another_name(post: Post) -> None:
    """The school put its own name into a neighbour's form: the marks win and a finding says so."""
    draft, other = post.draft(), post.codes[0]
    own = post.draft(other)
    post.codes.pop(0)
    name = str(own.sheet["C3"].value)
    draft.sheet["C3"].value = name
    post.meant(draft, post.send("чужая шапка.xlsx", draft.saved()))


@story
def last_years_plan(post: Post) -> None:
    """The file is named, nothing of it is taken."""
    draft = post.draft(folder=post.other_plan)
    post.meant(draft, post.send("прошлый год.xlsx", draft.saved()), expected={}, typed={})


@story
def an_older_issue(post: Post) -> None:
    """Filled before the plan changed: what is asked no more is told, the rest is placed."""
    draft = post.draft(folder=post.old_forms)
    post.meant(draft, post.send("старый выпуск.xlsx", draft.saved()))


@story
def an_older_issue_without_keys(post: Post) -> None:
    draft = post.draft(folder=post.old_forms)
    for row in draft.rows():
        draft.cell(row, "key").value = None
    post.meant(draft, post.send("старый выпуск без ключей.xlsx", draft.saved()))


# --- several in one file ------------------------------------------------------------------------


@story
def two_schools_on_two_sheets(post: Post) -> None:
    one, two = post.draft(), post.draft()
    sheet = one.book.create_sheet("Вторая школа")
    _paste(two.sheet, sheet, 0)
    name = post.send("две школы.xlsx", one.saved())
    post.meant(one, name)
    post.meant(two, name)


@story
def two_schools_on_one_sheet(post: Post) -> None:
    one, two = post.draft(), post.draft()
    _paste(two.sheet, one.sheet, one.sheet.max_row + 3)
    name = post.send("две школы подряд.xlsx", one.saved())
    post.meant(one, name)
    post.meant(two, name)


@story
def two_schools_pasted_without_marks(post: Post) -> None:
    one, two = post.draft(), post.draft()
    for draft in (one, two):
        all_marks_lost(draft)
    book = openpyxl.Workbook()
    for sheet, draft in zip((book.active, book.create_sheet()), (one, two), strict=True):
        _paste(draft.sheet, sheet, 0)
    stream = io.BytesIO()
    book.save(stream)
    name = post.send("две школы без меток.xlsx", stream.getvalue())
    post.meant(one, name)
    post.meant(two, name)


@story
def a_zip_of_forms(post: Post) -> None:
    drafts = [post.draft() for _ in range(3)]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for place, draft in enumerate(drafts):
            archive.writestr(f"школы/форма {place}.xlsx", draft.saved())
    name = post.send("все школы.zip", stream.getvalue())
    for place, draft in enumerate(drafts):
        post.meant(draft, f"{name}/школы/форма {place}.xlsx")


# --- several of one school ----------------------------------------------------------------------


@story
def two_copies_with_different_rows(post: Post) -> None:
    """Two people filled a half each."""
    code = post.codes.pop(0)
    halves = [post.draft(code, tag) for tag in "аб"]
    expected: dict[tuple[str, str], str] = {}
    for half, draft in enumerate(halves):
        for place, row in enumerate(draft.rows()):
            own = {at: text for at, text in draft.expected.items() if at[0] == draft.key(row)}
            if place % 2 == half:
                expected |= own
            else:
                for _, column in own:
                    draft.cell(row, column).value = None
    names = [post.send(f"{code} {place}.xlsx", draft.saved()) for place, draft in enumerate(halves)]
    post.meant(halves[0], *names, expected=expected)


@story
def two_copies_that_disagree(post: Post) -> None:
    """Both texts of a disputed cell are met: one in the свод, the other told."""
    code = post.codes.pop(0)
    one, two = post.draft(code), post.draft(code)
    row = two.rows()[5]
    text = f"Другой ответ второй копии {code}"
    two.answer(row, "info", text)
    names = [post.send(f"{code} {place}.xlsx", draft.saved()) for place, draft in enumerate((one, two))]
    place = one.key(one.rows()[5]), "info"
    disputed = {text: place[0], one.expected.pop(place): place[0]}
    post.meant(one, *names, typed=disputed)


@story
def a_later_copy_takes_over(post: Post) -> None:
    code = post.codes.pop(0)
    first, second = post.draft(code), post.draft(code)
    for row in second.rows()[::4]:
        second.answer(row, "info", f"Исправлено во второй копии {code} {second.key(row)}")
    names = [
        post.send(f"{code} первая.xlsx", first.saved()),
        post.send(f"{code} вторая.xlsx", second.saved(), 2),
    ]
    post.meant(second, *names)


@story
def a_later_copy_without_marks_and_sorted(post: Post) -> None:
    code = post.codes.pop(0)
    first, second = post.draft(code), post.draft(code)
    for row in second.rows()[::3]:
        second.answer(row, "document", f"справка № {code} {second.key(row)} от 01.03.2026")
    rows = second.rows()
    all_marks_lost(second)
    second.shift(dict(zip(rows, rows[::-1], strict=True)))
    names = [
        post.send(f"{code} раньше.xlsx", first.saved()),
        post.send(f"{code} позже.xlsx", second.saved(), 2),
    ]
    post.meant(second, *names)


@story
def the_same_copy_twice(post: Post) -> None:
    draft = post.draft()
    data = draft.saved()
    names = [post.send(f"{draft.code} раз.xlsx", data), post.send(f"ещё/{draft.code} два.xlsx", data, 2)]
    post.meant(draft, *names)


# --- making files -------------------------------------------------------------------------------


def google_export(data: bytes) -> bytes:
    """The workbook as Google Sheets writes it: values beside formulas, strings in the cells."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    stream = io.BytesIO()
    out = xlsxwriter.Workbook(
        stream, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    day = out.add_format({"num_format": "dd.mm.yyyy"})
    for sheet in book:
        target = out.add_worksheet(sheet.title)
        if sheet.sheet_state != "visible":
            target.hide()
        for line in sheet.iter_rows():
            for cell in line:
                _write(target, cell, day)
    for name, defined in book.defined_names.items():
        out.define_name(name, f"={defined.attr_text}")
    out.close()
    return stream.getvalue()


def _write(target: Any, cell: Any, day: Any) -> None:
    place = cell.row - 1, cell.column - 1
    if cell.data_type == "f":
        value = "Заполнено 20 из 20, без подтверждения 0" if cell.row < 6 else "готово"
        target.write_formula(*place, cell.value, None, value)
    elif isinstance(cell.value, datetime):
        target.write_datetime(*place, cell.value, day)
    elif isinstance(cell.value, str):
        target.write_string(*place, cell.value)
    elif cell.value is not None:
        target.write(*place, cell.value)


_BOX = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:absoluteAnchor>'
    '<xdr:pos x="0" y="0"/><xdr:ext cx="900000" cy="400000"/><xdr:sp macro="" textlink=""><xdr:nvSpPr>'
    '<xdr:cNvPr id="2" name="TextBox 1"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr/><xdr:txBody>'
    "<a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/>"
    "</xdr:absoluteAnchor></xdr:wsDr>"
)
_DRAWING = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"


def with_text_box(data: bytes, text: str) -> bytes:
    """A text box laid over the first sheet, part by part: openpyxl has none."""
    stream = io.BytesIO()
    sheet, rels = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == sheet:
                part = re.sub(
                    rb"(?=<legacyDrawing|<tableParts|</worksheet>)",
                    b'<drawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdBox"/>',
                    part,
                    count=1,
                )
            elif name == rels:
                link = f'<Relationship Id="rIdBox" Type="{_DRAWING}" Target="../drawings/drawing9.xml"/>'
                part = part.replace(b"</Relationships>", link.encode() + b"</Relationships>")
            elif name == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.drawing+xml"
                over = f'<Override PartName="/xl/drawings/drawing9.xml" ContentType="{kind}"/>'
                part = part.replace(b"</Types>", over.encode() + b"</Types>")
            new.writestr(name, part)
        new.writestr("xl/drawings/drawing9.xml", _BOX.format(text=text))
    return stream.getvalue()


def _paste(source: Any, target: Any, down: int) -> None:
    """Values of a sheet put into another, some rows further down; formulas as their results."""
    for line in source.iter_rows():
        for cell in line:
            if cell.value is not None:
                value = "готово" if cell.data_type == "f" else cell.value
                if cell.data_type == "f" and cell.row < 6:
                    value = "Заполнено 20 из 20, без подтверждения 0"
                target.cell(cell.row + down, cell.column).value = value
