"""The law asks to destroy copies when their time is over: what goes, what stays, what the act says."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import coordinator
import district_fixture as district
import docx
import pytest
from coordinator import codes, decide, edit, entries, press, send

from sheetsync import campaign, cli, store
from sheetsync.campaign import PurgeResult
from sheetsync.campaign.purging import _Destruction
from sheetsync.columns import COMPLETENESS, UNPLACED

LATER = date(2027, 1, 1)
NOW = datetime(2027, 2, 3, 10, 0)
ANSWER_COLUMNS = (
    "Статус",
    "Дата исполнения",
    "Информация об исполнении",
    "Подтверждающий документ",
    "Ссылка",
    "Причина / новый срок",
    "Решение",
    "Подтверждение",
    "Источник",
)


def destroy(place: Path, before: date = LATER, **options: Any) -> PurgeResult:
    return campaign.purge(place, before, NOW, **options)


def originals(place: Path) -> set[str]:
    return {path.name for path in store.Campaign(place).originals.rglob("*") if path.is_file()}


def received(place: Path) -> list[str]:
    folder = place / store.RECEIVED_FOLDER
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def act_text(result: PurgeResult) -> str:
    """Every word of the last act."""
    document = docx.Document(str(result.campaign.folder / result.acts[-1].file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def answers(place: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    return {key: tuple(row[name] for name in ANSWER_COLUMNS) for key, row in entries(place).items()}


def test_originals_go_and_issued_forms_stay(place: Path) -> None:
    forms = originals(place)
    send(place, "S01")
    press(place)
    (copy,) = originals(place) - forms

    result = destroy(place)

    assert originals(place) == forms
    assert [one.sha256 for one in result.files if one.kind == "original"] == [copy]
    assert result.left == (f"{store.RECEIVED_FOLDER}/S01.xlsx",)
    assert result.needs_user
    assert received(place) == ["S01.xlsx"]


def test_an_untouched_form_sent_back_is_still_the_issued_form(place: Path) -> None:
    district.receive(place, "не заполнено.xlsx", district.form_of(place, "S01").read_bytes())
    press(place)
    kept = originals(place)

    destroy(place, received=True)

    assert originals(place) == kept


def test_what_came_later_stays(place: Path) -> None:
    send(place, "S01")
    press(place)
    kept = originals(place)

    result = destroy(place, date(2026, 1, 1), received=True)

    assert (result.files, result.acts) == ((), ())
    assert originals(place) == kept
    assert not result.needs_user


def test_the_act_names_files_and_holds_no_word_of_them(place: Path) -> None:
    before = originals(place)
    send(place, "S01", "от Липовки.xlsx", {"1.1": {**district.GOOD, "info": "Координатор Зимородкова."}})
    press(place)
    (copy,) = originals(place) - before

    result = destroy(place, received=True)
    text = act_text(result)

    assert copy in text
    assert "от Липовки.xlsx" in text
    assert "завершено" in text
    assert "Председатель комиссии" in text
    assert "01.01.2027" in text
    assert "Зимородк" not in text
    assert not (place / store.RECEIVED_FOLDER / "от Липовки.xlsx").exists()


def test_the_journal_tells_of_the_act(place: Path) -> None:
    send(place, "S01")
    press(place, 1)
    destroy(place, received=True)
    press(place, 2)

    told = next(row for row in coordinator.rows(place, "tbl_journal") if row["Событие"] == "копии уничтожены")

    assert told["Файл"].startswith("Акт об уничтожении № 1")
    assert "акт № 1" in told["Что изменилось"]


# --- the next consolidation


def test_answers_stay_in_the_district_workbook_after_their_copies_are_gone(place: Path) -> None:
    """Statuses in words, dates in words, links: everything stays, said to come from the workbook."""
    spelled = {
        "1.1": {
            **district.GOOD,
            "status": "Исполнено",
            "done_on": "1 февраля 2026",
            "link": "https://lipki.example/1",
        },
        "1.2": {"status": "не требуется", "reason": "Рисков нет."},
    }
    send(place, "S01", answers=spelled)
    send(place, "S02")
    press(place, 1)
    before, complete = answers(place), coordinator.rows(place, COMPLETENESS.name)

    destroy(place, received=True)
    result = press(place, 2)

    assert answers(place) == before
    assert coordinator.rows(place, COMPLETENESS.name) == complete
    assert codes(result).count("S830") == 2
    assert "S831" not in codes(result)
    assert all(line.unaccounted == 0 for line in result.consolidation.ledger)
    again = press(place, 3)
    assert again.written_to is None
    assert answers(place) == before


def test_a_decision_on_an_answer_survives_the_copy_and_raises_no_false_alarm(place: Path) -> None:
    send(place, "S02", answers={"1.2": {**district.GOOD, "status": "исполнено", "done_on": "2 марта 2026"}})
    press(place, 1)
    edit(place, lambda book: decide(book, "Кленовская ООШ", "1.2", "принято", "спасибо"))
    press(place, 2)
    destroy(place, received=True)

    for minute in (3, 4):
        assert "M703" not in codes(press(place, minute))

    changed = {"1.2": {**district.GOOD, "info": "Переделано."}}
    send(place, "S02", "новая.xlsx", changed)
    assert "M703" in codes(press(place, 5))


def test_a_later_copy_still_merges_with_what_the_workbook_remembers(place: Path) -> None:
    send(place, "S01", "первая.xlsx", {"1.1": district.GOOD})
    press(place, 1)
    destroy(place, received=True)
    send(place, "S01", "вторая.xlsx", {"1.2": {**district.GOOD, "info": "Сделано позже."}})

    result = press(place, 2)

    found = entries(place)
    assert found["Липовская СОШ", "1.1"]["Информация об исполнении"] == district.GOOD["info"]
    assert found["Липовская СОШ", "1.2"]["Информация об исполнении"] == "Сделано позже."
    assert not {"C403", "M701", "M702"} & set(codes(result))


def test_a_late_second_copy_does_not_make_a_destroyed_first_one_late(place: Path) -> None:
    """The first copy came in time and gave way whole: the school was still in time."""
    send(place, "S01", "в срок.xlsx", {"1.1": {**district.GOOD, "info": "Раз."}})
    press(place, 1)
    send(place, "S01", "позже.xlsx", {"1.1": {**district.GOOD, "info": "Два."}})
    campaign.consolidate(place, date(2026, 7, 20), datetime(2026, 7, 20, 9))
    destroy(place, date(2026, 6, 16), received=True)

    found = campaign.consolidate(place, date(2026, 7, 20), datetime(2026, 7, 20, 10)).consolidation

    assert next(one.on_time for one in found.completeness if one.participant == "S01")


def test_values_without_a_place_stay_too(place: Path) -> None:
    def aside(sheet: Any) -> None:
        sheet.cell(sheet.max_row + 3, 2).value = "Ещё одно дело вне плана"

    data = district.filled(place, "S01", district.all_good(place, "S01"), aside)
    district.receive(place, "S01.xlsx", data)
    press(place, 1)
    before = coordinator.rows(place, UNPLACED.name)
    destroy(place, received=True)
    press(place, 2)

    assert any("вне плана" in row["Значение"] for row in before)
    assert coordinator.rows(place, UNPLACED.name) == before


def test_answers_lost_from_the_workbook_as_well_are_said_to_be_lost(place: Path) -> None:
    send(place, "S01")
    press(place, 1)
    destroy(place, received=True)
    edit(place, lambda book: wipe(book, "Липовская СОШ", "1.1"))

    result = press(place, 2)

    assert "S831" in codes(result)
    assert result.needs_user


def wipe(book: Any, who: str, number: str) -> None:
    sheet = book["Исполнение"]
    row = coordinator.row_of(sheet, who, number)
    for header in ANSWER_COLUMNS[:4]:
        sheet.cell(row, coordinator.column_of(sheet, header)).value = None


def test_a_copy_that_still_lies_in_received_is_read_and_not_kept_again(place: Path) -> None:
    send(place, "S01")
    press(place, 1)
    destroy(place)
    left = originals(place)

    result = press(place, 2)

    assert originals(place) == left
    assert "S830" not in codes(result)
    assert entries(place)["Липовская СОШ", "1.1"]["Статус"] == "выполнено"
    (place / store.RECEIVED_FOLDER / "S01.xlsx").unlink()
    assert "S830" in codes(press(place, 3))
    assert entries(place)["Липовская СОШ", "1.1"]["Статус"] == "выполнено"


def test_history_says_what_can_no_longer_be_read(place: Path) -> None:
    send(place, "S01", "раз.xlsx", {"1.1": {**district.GOOD, "info": "Раз."}})
    press(place, 1)
    destroy(place, received=True)
    send(place, "S01", "два.xlsx", {"1.1": {**district.GOOD, "info": "Два."}})
    press(place, 2)

    told = [one for one in campaign.history(place, "S01", "1.1") if one.column == "Информация об исполнении"]

    assert [one.became.text for one in told] == [None, "Два."]
    assert told[0].became.destroyed is not None
    assert told[1].was.destroyed == told[0].became.destroyed


# --- what else lies around


def test_an_archive_goes_when_all_its_copies_go(place: Path) -> None:
    send_zip(place, "все.zip", "S01", "S02")
    press(place, 1)

    result = destroy(place, received=True)

    assert received(place) == []
    assert not result.needs_user
    assert entries(place)["Кленовская ООШ", "1.1"]["Статус"] == "выполнено"


def test_an_archive_with_a_later_copy_is_left_to_the_coordinator(place: Path) -> None:
    send_zip(place, "все.zip", "S01")
    press(place, 1)
    send_zip(place, "все.zip", "S01", "S02")
    campaign.consolidate(place, date(2026, 7, 20), datetime(2026, 7, 20, 9))

    result = destroy(place, date(2026, 6, 16), received=True)

    assert result.mixed == (f"{store.RECEIVED_FOLDER}/все.zip",)
    assert result.needs_user
    assert received(place) == ["все.zip"]


def send_zip(place: Path, name: str, *senders: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for code in senders:
            form = district.filled(place, code, district.all_good(place, code))
            kept = KEPT.setdefault(code, form)
            archive.writestr(f"{code}.xlsx", kept)
        archive.writestr("скан.pdf", b"%PDF-1.4")
    district.receive(place, name, stream.getvalue())


NO_TEXT = "отчёт \udcff \x1b.xlsx"

KEPT: dict[str, bytes] = {}
"""Copies by code, so that one copy is the same bytes in two archives."""


def test_a_refused_file_is_personal_data_too(place: Path) -> None:
    forms = originals(place)
    district.receive(place, "битый.xlsx", b"PK\x03\x04" + bytes(range(256)))
    press(place, 1)

    destroy(place, received=True)

    assert originals(place) == forms
    assert received(place) == []


def test_backups_of_before_the_day_go(place: Path) -> None:
    send(place, "S01")
    press(place, 1)
    send(place, "S02")
    press(place, 2)
    backups = store.Campaign(place).backups
    assert len(list(backups.iterdir())) == 2

    result = destroy(place, date(2026, 6, 16))

    assert list(backups.iterdir()) == []
    assert "прежняя районная книга" in act_text(result)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_name_no_document_can_hold_stops_nothing(place: Path) -> None:
    """A file from another system: its name is no text and commands the terminal."""
    send(place, "S01")
    (place / store.RECEIVED_FOLDER / "S01.xlsx").rename(place / store.RECEIVED_FOLDER / NO_TEXT)
    press(place, 1)

    result = destroy(place, received=True)

    assert "отчёт � �.xlsx" in act_text(result)
    assert received(place) == []
    assert entries(place)["Липовская СОШ", "1.1"]["Статус"] == "выполнено"


def test_scans_are_counted_not_judged(place: Path) -> None:
    send(place, "S01")
    district.receive(place, "справка.pdf", b"%PDF-1.4 ...")
    press(place, 1)

    assert destroy(place, received=True).aside == 1
    assert received(place) == ["справка.pdf"]


def test_a_copy_the_workbook_does_not_show_yet_is_not_touched(place: Path) -> None:
    send(place, "S01")
    (place / f".~lock.{store.NEW_WORKBOOK_NAME}#").write_text("Иванова,,;")
    press(place, 1)
    kept = originals(place)

    result = destroy(place, received=True)

    assert result.not_yet == ("S01.xlsx",)
    assert result.needs_user
    assert (originals(place), received(place)) == (kept, ["S01.xlsx"])


# --- a run that is cut off


@pytest.mark.parametrize("step", [1, 3])
def test_a_purge_cut_off_is_finished_by_the_next(
    place: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before the first file or in the middle: answers stay, the act is finished."""
    forms = originals(place)
    for code in ("S01", "S02"):
        send(place, code)
    press(place, 1)
    before = answers(place)
    real, calls = _Destruction._remove, []

    def cut_off(self: _Destruction, file: Any) -> Any:
        calls.append(file)
        if len(calls) == step:
            raise KeyboardInterrupt
        return real(self, file)

    with monkeypatch.context() as patch:
        patch.setattr(_Destruction, "_remove", cut_off)
        with pytest.raises(KeyboardInterrupt):
            destroy(place, received=True)
    press(place, 2)
    assert answers(place) == before

    result = destroy(place, received=True)

    assert result.acts[0].number == 1
    assert all(act.completed for act in result.acts)
    assert originals(place) == forms
    assert received(place) == []
    press(place, 3)
    assert answers(place) == before
    assert {one.kind.value for one in destroy(place, received=True).files} <= {"backup"}


def test_a_file_the_disk_does_not_let_go_keeps_the_act_open(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(place, "S01")
    press(place, 1)

    def refuse(self: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        result = destroy(place, received=True)

    stuck = {one.path for one in result.stuck}

    assert stuck - {".sheetsync/memory.sqlite"} == {one.path for one in result.files}
    assert result.needs_user
    assert "не закончено" in act_text(result)
    assert "завершено" in act_text(destroy(place))


def test_a_dry_run_removes_nothing_and_leaves_no_act(place: Path) -> None:
    send(place, "S01")
    press(place, 1)
    before = {
        path: path.read_bytes() for path in place.rglob("*") if path.is_file() and "lock" not in path.name
    }

    result = destroy(place, received=True, dry_run=True)
    after = {
        path: path.read_bytes() for path in place.rglob("*") if path.is_file() and "lock" not in path.name
    }

    assert {one.kind.value for one in result.files} == {"original", "received", "backup"}
    assert after == before


# --- the command


def test_the_command_says_what_went_and_what_is_left(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    send(place, "S01")
    press(place, 1)

    assert cli.run(["purge", str(place), "--before", "2027-01-01"]) == 1
    first = capfd.readouterr().out
    assert cli.run(["purge", str(place), "--before", "2027-01-01", "--received"]) == 0
    second = capfd.readouterr().out
    assert cli.run(["purge", str(place), "--before", "2027-01-01"]) == 0
    third = capfd.readouterr().out

    assert "Уничтожено: копий 1, файлов в «Получено» 0" in first
    assert "«Получено/S01.xlsx»" in first
    assert "--received" in first
    assert "копий 0, файлов в «Получено» 1" in second
    assert "только в районной книге" in second
    assert "удалять нечего" in third


@pytest.mark.parametrize("wrong", [["--before", "01.09.2026"], []])
def test_a_day_is_asked_for(place: Path, wrong: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["purge", str(place), *wrong]) == 2
    assert "Команда не понята" in capfd.readouterr().err
