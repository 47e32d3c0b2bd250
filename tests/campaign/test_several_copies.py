"""A school sends again, twice at once, or goes back: through the whole product, run by run."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import district_fixture as district
import openpyxl
import pytest
from file_stories import google_export

from sheetsync import campaign, store
from sheetsync.columns import ENTRIES, ENTRIES_SHEET, FINDINGS, UNPLACED
from sheetsync.findings import fact_of
from sheetsync.journal import IssuedForm, open_journal
from sheetsync.model import Consolidation, Event, Finding, JournalLine, Outcome, Verdict
from sheetsync.workbooks.excel_file import ExcelFile

A: district.Answer = {**district.GOOD, "info": "Первая редакция ответа"}
B: district.Answer = {**district.GOOD, "info": "Вторая редакция ответа"}
MERGING = "M"


@dataclass
class Office:
    """One campaign and what its button last said."""

    place: Path
    found: Consolidation | None = None

    def filled(self, answers: Mapping[str, district.Answer], **options: Any) -> bytes:
        return district.filled(self.place, "S01", answers, **options)

    def receive(self, name: str, data: bytes) -> Path:
        return district.receive(self.place, name, data)

    def press(self) -> Consolidation:
        self.found = campaign.consolidate(self.place, district.DUE, district.NOW, whole=True).consolidation
        assert not any(line.unaccounted for line in self.found.ledger)
        return self.found

    def answer(self, number: str, column: str = "info") -> str:
        """What the свод says of S01."""
        assert self.found
        keys = {row.number: row.key for row in self.found.plan.rows}
        (outcome,) = [
            one for one in self.found.outcomes if (one.participant, one.activity) == ("S01", keys[number])
        ]
        return outcome.entry.text(column) if outcome.entry else ""

    def told(self, code: str) -> list[Finding]:
        assert self.found
        return [one for one in self.found.findings if one.code == code]

    def merging(self) -> set[str]:
        """Codes that speak of merging, but for «copies: 2»."""
        assert self.found
        return {one.code for one in self.found.findings if one.code[0] == MERGING} - {"M705"}

    def remark(self, number: str, words: str) -> None:
        """The coordinator writes a remark beside an answer."""
        path = self.place / store.NEW_WORKBOOK_NAME
        book = openpyxl.load_workbook(path)
        sheet = book[ENTRIES_SHEET]
        heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=8) for cell in row if cell.value}
        for row in sheet.iter_rows():
            if row[0].value == "Липовская СОШ" and str(row[1].value) == number:
                sheet.cell(row[0].row, heads[ENTRIES.column("remark").header]).value = words
        book.save(path)

    def shown(self, table: str) -> list[str]:
        """Every text of a table of the written workbook."""
        read = ExcelFile.from_bytes((self.place / store.NEW_WORKBOOK_NAME).read_bytes()).read_table(table)
        return [cell.text for row in read.rows for cell in row]


@pytest.fixture
def office(place: Path) -> Office:
    return Office(place)


# --- the same again -----------------------------------------------------------------------------


def test_the_same_bytes_are_a_no_op_wherever_they_lie(office: Office) -> None:
    """Under another name, in a folder, in a zip beside it, in one run or later."""
    data = office.filled({"1.1": A})
    office.receive("отчёт.xlsx", data)
    first = office.press()
    office.receive("ещё раз.xlsx", data)
    office.receive("папка/отчёт.xlsx", data)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("Липовская/отчёт.xlsx", data)
    office.receive("архив.zip", stream.getvalue())

    again = office.press()

    verdicts = {one.origin.file: one.verdict for one in again.files}
    assert sorted(verdicts.values(), key=str) == [Verdict.ACCEPTED, *[Verdict.DUPLICATE] * 3]
    assert len(office.told("V207")) == 3
    assert not office.merging()
    assert {text_of_row(one) for one in again.outcomes} == {text_of_row(one) for one in first.outcomes}
    assert office.answer("1.1") == A["info"]


def text_of_row(outcome: Outcome) -> tuple[str, str, str]:
    return outcome.participant, outcome.activity, outcome.entry.text("info") if outcome.entry else ""


@pytest.mark.parametrize("again", ["google", "openpyxl"])
def test_the_same_answers_in_other_bytes_are_no_conflict(office: Office, again: str) -> None:
    """The school opened the file, changed nothing and saved it; it came at once and later."""
    data = office.filled({"1.1": A, "1.2": B})
    resaved = google_export(data) if again == "google" else resaved_by_openpyxl(data)
    office.receive("раз.xlsx", data)
    office.receive("два.xlsx", resaved)
    office.press()
    at_once = office.merging()
    office.receive("три.xlsx", resaved_by_openpyxl(resaved, "три"))
    office.press()

    assert at_once == set()
    assert office.merging() == set()
    assert office.answer("1.2") == B["info"]


def resaved_by_openpyxl(data: bytes, title: str = "") -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.properties.title = title or "сохранено ещё раз"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# --- later, and at once -------------------------------------------------------------------------


def test_a_later_copy_wins_cell_by_cell(office: Office) -> None:
    office.receive("б.xlsx", office.filled({"1.1": A, "1.2": A}))
    office.press()
    office.receive("а.xlsx", office.filled({"1.1": B, "2.1": B}))
    office.press()

    assert [office.answer(one) for one in ("1.1", "1.2", "2.1")] == [B["info"], A["info"], B["info"]]
    assert office.merging() == {"M702"}
    (told,) = office.told("M702")
    assert (told.origin.file, dict(told.params)["now"]) == ("б.xlsx", B["info"])


def test_two_at_once_that_disagree_show_both_values_and_places(office: Office) -> None:
    """In «Замечания» with both cells, and the one not taken in «Не размещено»."""
    office.receive("завуч.xlsx", office.filled({"1.1": A}))
    office.receive("директор.xlsx", office.filled({"1.1": B}))
    office.press()

    (told,) = office.told("M701")
    said = fact_of(told)
    taken, other = sorted((A["info"], B["info"]), key=lambda text: text != office.answer("1.1"))
    assert taken in said
    assert other in said
    assert all(f"{name}.xlsx, Отчёт!H8" in said for name in ("завуч", "директор"))
    assert other in office.shown(UNPLACED.name)
    assert any(said in text for text in office.shown(FINDINGS.name))


def test_what_the_files_are_called_does_not_decide_a_tie(office: Office, tmp_path: Path) -> None:
    other = Office(Path(shutil.copytree(office.place, tmp_path / "другая" / office.place.name)))
    one, two = office.filled({"1.1": A}), office.filled({"1.1": B})
    for where, names in ((office, ("а.xlsx", "б.xlsx")), (other, ("я.xlsx", "б.xlsx"))):
        for name, data in zip(names, (one, two), strict=True):
            where.receive(name, data)
        where.press()

    assert office.answer("1.1") == other.answer("1.1")
    assert office.merging() == other.merging() == {"M701"}


def test_a_third_copy_settles_the_conflict(office: Office) -> None:
    office.receive("завуч.xlsx", office.filled({"1.1": A}))
    office.receive("директор.xlsx", office.filled({"1.1": B}))
    office.press()
    final = {**district.GOOD, "info": "Договорились"}
    office.receive("окончательно.xlsx", office.filled({"1.1": final}))
    office.press()

    assert office.answer("1.1") == "Договорились"
    assert office.merging() == {"M702"}


def test_two_people_fill_a_half_each(office: Office) -> None:
    """Half of the rows, and half of the cells of one row."""
    office.receive("завуч.xlsx", office.filled({"1.1": A, "1.2": {"status": "выполнено", "info": "Сделано"}}))
    office.receive(
        "учитель.xlsx", office.filled({"2.1": B, "1.2": {"document": "справка № 4 от 01.03.2026"}})
    )
    office.press()

    assert [office.answer(one) for one in ("1.1", "1.2", "2.1")] == [A["info"], "Сделано", B["info"]]
    assert office.answer("1.2", "document") == "справка № 4 от 01.03.2026"
    assert office.merging() == set()


# --- the order of arrival -----------------------------------------------------------------------


def test_the_journal_decides_what_is_newer(office: Office) -> None:
    """Times of files lie: the older copy is touched, renamed, deleted and put back."""
    old, new = office.filled({"1.1": A}), office.filled({"1.1": B})
    first = office.receive("старый.xlsx", old)
    office.press()
    second = office.receive("новый.xlsx", new)
    os.utime(second, (0, 86400 * 400))
    os.utime(first, (4e9, 4e9))
    office.press()
    assert office.answer("1.1") == B["info"]

    first.unlink()
    office.press()
    assert office.answer("1.1") == B["info"]
    assert office.merging() == set()

    office.receive("я самый новый.xlsx", old)
    office.press()
    assert office.answer("1.1") == B["info"]
    (told,) = office.told("M709")
    assert (told.origin.file, dict(told.params)["later"]) == ("я самый новый.xlsx", "новый.xlsx")


def test_a_school_that_goes_back_to_its_first_version_is_told_how(office: Office) -> None:
    """A, B, A: the very same file again changes nothing and is remarked; saved anew, it wins."""
    first = office.filled({"1.1": A})
    office.receive("1.xlsx", first)
    office.press()
    office.receive("2.xlsx", office.filled({"1.1": B}))
    office.press()
    assert not office.told("M709")
    office.receive("3.xlsx", first)
    office.press()

    (told,) = office.told("M709")
    assert (office.answer("1.1"), told.origin.file) == (B["info"], "3.xlsx")

    office.receive("4.xlsx", resaved_by_openpyxl(first))
    office.press()
    assert office.answer("1.1") == A["info"]


def test_an_older_issue_after_a_newer_is_mapped_and_counts_as_later(office: Office) -> None:
    """A form of the first issue, filled by a colleague, comes after the form of the second."""
    late = office.filled({"1.1": {**A, "reason": "по прежней форме"}})
    path = office.place / store.NEW_WORKBOOK_NAME
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for line in sheet.iter_rows():
            for cell in line:
                if cell.value == "Самодиагностика школы по выбранным рискам":
                    cell.value = "Самодиагностика школы по рисковым направлениям"
    book.save(path)
    campaign.issue_forms(office.place, district.NOW)
    office.receive("новая форма.xlsx", office.filled({"1.1": B, "1.2": B}))
    office.press()
    office.receive("прежняя форма.xlsx", late)
    office.press()

    assert [one.origin.file for one in office.told("V206")] == ["прежняя форма.xlsx"]
    assert [office.answer("1.1"), office.answer("1.2")] == [A["info"], B["info"]]
    assert office.answer("1.1", "reason") == "по прежней форме"
    assert office.merging() == {"M702"}


# --- taken away ---------------------------------------------------------------------------------


def test_a_row_deleted_after_a_remark_is_a_dispute(office: Office) -> None:
    office.receive("1.xlsx", office.filled({"1.1": A, "1.2": A}))
    office.press()
    office.remark("1.1", "Где приказ?")
    office.receive("2.xlsx", office.filled({"1.2": B}, change=without_row("1.1")))
    office.press()

    (told,) = office.told("M706")
    assert dict(told.params)["text"] == "Где приказ?"
    assert office.answer("1.1") == A["info"]
    assert "Где приказ?" in office.shown(ENTRIES.name)


def test_a_late_copy_of_two_rows_takes_nothing_away(office: Office) -> None:
    office.receive("1.xlsx", office.filled(district.all_good(office.place, "S01")))
    before = office.press()
    office.receive("2.xlsx", office.filled({"2.1": B}, change=only_rows("2.1", "2.2")))
    after = office.press()

    assert office.answer("2.1") == B["info"]
    kept = {one.activity: one.entry for one in before.outcomes if one.participant == "S01"}
    same = [one for one in after.outcomes if one.participant == "S01" and one.entry == kept[one.activity]]
    assert len(same) >= len(kept) - 2
    assert office.merging() == {"M702", "M708"}


def test_a_cleared_cell_is_asked_about(office: Office) -> None:
    office.receive("1.xlsx", office.filled({"1.1": A, "1.2": A}))
    office.press()
    cleared = {key: value for key, value in A.items() if key != "document"}
    office.receive("2.xlsx", office.filled({"1.1": cleared, "1.2": A}))
    office.press()

    assert office.answer("1.1", "document") == A["document"]
    assert office.merging() == {"M707"}


def without_row(number: str) -> Any:
    def change(sheet: Any) -> None:
        row = next(cell.row for cell in sheet["A"] if str(cell.value) == number)
        sheet.delete_rows(row)

    return change


def only_rows(*numbers: str) -> Any:
    def change(sheet: Any) -> None:
        columns, header = district.header_of(sheet)
        for row in range(sheet.max_row, header, -1):
            if sheet.cell(row, columns["key"]).value and str(sheet.cell(row, 1).value) not in numbers:
                sheet.delete_rows(row)

    return change


# --- a form returned with answers in it ---------------------------------------------------------


def send_back(office: Office, answers: Mapping[str, district.Answer]) -> bytes:
    """The form with answers in it, as «Возврат» sends it: kept in the store and in the journal."""
    data = office.filled(answers)
    here = store.open_campaign(office.place)
    digest = store.keep_original(here, data)
    with open_journal(here.journal) as journal:
        last = [one for one in journal.forms() if one.participant == "S01"][-1]
        run = journal.next_run()
        sent = IssuedForm("S01", last.issue, digest, last.name, last.plan_digest, run)
        journal.add_form(sent, district.NOW)
        journal.add_lines([JournalLine(run, district.NOW, Event.ISSUED, "S01", last.name)])
    return data


def edited(data: bytes, number: str, changes: Mapping[str, Any]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    columns, _ = district.header_of(sheet)
    row = next(cell.row for cell in sheet["A"] if str(cell.value) == number)
    for key, value in changes.items():
        sheet.cell(row, columns[key]).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_only_what_a_school_changed_in_a_returned_form_is_its_answer(office: Office) -> None:
    """Two people work on the returned form: one corrects, the other leaves the old answer."""
    office.receive("1.xlsx", office.filled({"1.1": A, "1.2": A}))
    office.press()
    returned = send_back(office, {"1.1": A, "1.2": A})
    office.receive("исправлено.xlsx", edited(returned, "1.1", {"info": B["info"]}))
    office.receive("дополнено.xlsx", edited(returned, "1.2", {"link": "https://школа.example/2"}))
    office.press()

    assert [office.answer("1.1"), office.answer("1.2")] == [B["info"], A["info"]]
    assert office.answer("1.2", "link") == "https://школа.example/2"
    assert office.merging() == {"M702"}


def test_an_answer_erased_in_a_returned_form_is_erased(office: Office) -> None:
    office.receive("1.xlsx", office.filled({"1.1": A, "1.2": A}))
    office.press()
    returned = send_back(office, {"1.1": A, "1.2": A})
    office.receive("стёрто.xlsx", edited(returned, "1.1", {"document": None}))
    office.press()

    assert office.answer("1.1", "document") == ""
    assert office.answer("1.2", "document") == A["document"]
    (told,) = office.told("M702")
    assert dict(told.params)["was"] == A["document"]


def test_a_returned_form_put_back_untouched_changes_nothing(office: Office) -> None:
    office.receive("1.xlsx", office.filled({"1.1": A, "1.2": A}))
    before = office.press()
    office.receive("возврат.xlsx", send_back(office, {"1.1": A, "1.2": A}))
    after = office.press()

    assert [text_of_row(one) for one in after.outcomes] == [text_of_row(one) for one in before.outcomes]
    assert office.merging() == set()


def test_a_copy_of_the_empty_form_after_the_return_erases_nothing(office: Office) -> None:
    """A colleague fills the form that was first sent; the returned one is not what it was made from."""
    empty = office.filled({"2.2": {**B, "done_on": datetime(2026, 3, 1)}})
    office.receive("1.xlsx", office.filled({"1.1": A, "1.2": A}))
    office.press()
    send_back(office, {"1.1": A, "1.2": A})
    office.receive("2.xlsx", empty)
    office.press()

    assert [office.answer(one) for one in ("1.1", "1.2", "2.2")] == [A["info"], A["info"], B["info"]]
    assert office.merging() == set()
