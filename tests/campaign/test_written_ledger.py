"""«Сверка» is counted by the bytes of the district workbook: whatever the file does not say is missed."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import ledger_district as story
import openpyxl
import pytest
from msgspec.structs import replace
from workbook_mutations import KINDS, Written, tried

from sheetsync import campaign, cli, store
from sheetsync.campaign.at_once import judged_now
from sheetsync.campaign.desk_file import FileDesk
from sheetsync.campaign.files import journal_of
from sheetsync.campaign.reckoning import counted_by, shown_by_workbook
from sheetsync.campaign.rendering import Rendering
from sheetsync.columns import ENTRIES, FINDINGS, INDICATORS, LEDGER, UNPLACED
from sheetsync.district import entry_rows
from sheetsync.district.readback import shown_in
from sheetsync.merge.consolidate import Judged
from sheetsync.merge.ledger import Fate, places_named, with_ledger
from sheetsync.merge.received import ItemKind
from sheetsync.merge.shown import shown_by
from sheetsync.model import Consolidation, Entry, Outcome
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Workbook
from sheetsync.workbooks.xlsx_reader import read_xlsx


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A consolidated campaign with everything schools leave in forms; tests copy it before they write."""
    return story.built(tmp_path_factory.mktemp("ledger"))


@pytest.fixture(scope="module")
def judged(district: Path) -> Judged:
    """Everybody judged again, each copy read; nothing is written."""
    place = store.open_campaign(district)
    with store.one_writer(place, story.NOW, "verify") as hold, journal_of(place) as journal:
        desk = FileDesk(place, hold, story.NOW)
        return judged_now(place, journal, desk, story.NOW.date(), story.NOW, anew=True)


@pytest.fixture(scope="module")
def written(district: Path, judged: Judged) -> Written:
    return Written(story.workbook_of(district), judged)


@pytest.fixture
def place(district: Path, tmp_path: Path) -> Path:
    target = tmp_path / district.name
    shutil.copytree(district, target)
    return target


def rows(data: bytes, table: str) -> list[dict[str, str]]:
    read = ExcelFile.from_bytes(data).read_table(table)
    return [dict(zip(read.headers, [cell.text for cell in row], strict=True)) for row in read.rows]


# --- everything is there ------------------------------------------------------------------------


def test_everything_schools_left_is_in_the_workbook(district: Path, judged: Judged) -> None:
    counted = counted_by(story.workbook_of(district), judged)
    lines = {one.line.origin.file: one.line for one in counted}

    assert [one.missing for one in counted] == [()] * 4
    assert all(line.unaccounted == 0 for line in lines.values())
    assert lines["ранняя копия.xlsx"].superseded
    again = [lines[f"{folder}/исправленная копия.xlsx"] for folder in "аб"]
    assert sum(line.reported for line in again) == 2  # what was not taken of two answers that disagree


def test_every_kind_of_thing_is_counted_and_shown(district: Path, judged: Judged) -> None:
    (rich,) = [
        one
        for one in counted_by(story.workbook_of(district), judged)
        if one.line.origin.file == "всё подряд.xlsx"
    ]
    kinds = {(item.kind, fate) for item, fate in rich.fates}
    texts = {item.text for item, _ in rich.fates}

    assert {kind for kind, _ in kinds} == set(ItemKind)
    assert {fate for _, fate in kinds} == {Fate.PLACED, Fate.REPORTED}
    assert {"Надпись поверх листа", "Кто заполнит эту строку?", '"Константа в имени"'} <= texts


def test_hard_texts_stand_in_the_workbook_byte_for_byte(district: Path) -> None:
    data = story.workbook_of(district)
    answers = {row["Информация об исполнении"] for row in rows(data, ENTRIES.name)}
    aside = {row["Значение"] for row in rows(data, UNPLACED.name)}
    shown = {one.partition("\nЗамечание")[0] for one in answers | aside}

    assert {f"{story.HARD[at]} ({at})" for at in (1, 2, 4, 6, 7)} <= shown
    assert f"{story.HARD[0]} (8)" in shown
    assert any("возврат\rкаретки" in one for one in shown)


def test_a_text_longer_than_a_cell_is_cut_between_characters_and_joined_again(district: Path) -> None:
    data = story.workbook_of(district)
    first = next(
        text
        for row in rows(data, ENTRIES.name)
        if (text := row["Информация об исполнении"]).startswith("Подробный")
    )
    others = [row["Значение"] for row in rows(data, UNPLACED.name) if len(row["Значение"]) > 1000]

    assert "".join([first, *others]) == story.LONG


def test_the_workbook_says_what_the_consolidation_ought_to_say(district: Path, judged: Judged) -> None:
    """The written account and the one made in memory agree, so «Сверка» is rendered once."""
    data = story.workbook_of(district)

    assert counted_by(data, judged) == judged.counted(shown_by(judged.found))


def test_what_the_workbook_says_is_read_from_the_sheets_that_say_it(district: Path, judged: Judged) -> None:
    data, plan = story.workbook_of(district), judged.found.plan
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole = read_xlsx({name.lower(): archive.read(name) for name in archive.namelist()})

    assert shown_by_workbook(data, plan) == shown_in(whole, plan)


# --- what is not there is missed ----------------------------------------------------------------


def test_one_value_dropped_altered_or_swapped_in_the_file_is_noticed(written: Written) -> None:
    """Sixty of the thousand that ``benchmarks/abuse_ledger.py`` makes."""
    found = tried(written, 60, seed=3)

    assert found.unnoticed == []
    assert set(found.by_kind) == set(KINDS)


@pytest.mark.parametrize("table", [ENTRIES.name, INDICATORS.name, FINDINGS.name, UNPLACED.name])
def test_a_table_that_is_gone_is_missed(written: Written, table: str) -> None:
    emptied = written.with_texts(dict.fromkeys(written.cells_of(table), ""))

    assert any(one.line.unaccounted for one in counted_by(emptied, written.judged))


def test_an_answer_the_merge_forgets_is_missed(judged: Judged) -> None:
    """Every answer in turn vanishes from the consolidation before anything is rendered."""
    answered = [one for one in judged.found.outcomes if one.entry and one.entry.fields]
    for outcome in answered:
        assert outcome.entry is not None
        for column, cell in outcome.entry.fields.items():
            kept = {key: value for key, value in outcome.entry.fields.items() if key != column}
            poorer = replace(outcome, entry=replace(outcome.entry, fields=kept))
            found = _with_outcome(judged.found, outcome, poorer)
            lost = [one for one in judged.counted(shown_by(found)) if one.line.unaccounted]
            assert lost or not (cell.text or cell.links or cell.comment), (outcome.activity, column)


def _with_outcome(found: Consolidation, old: object, new: object) -> Consolidation:
    return replace(found, outcomes=tuple(new if one is old else one for one in found.outcomes))  # type: ignore[misc]


def test_a_file_that_is_no_workbook_says_nothing(judged: Judged) -> None:
    counted = counted_by(b"PK\x03\x04 half a file", judged)

    assert all(one.line.unaccounted == one.line.filled for one in counted)


# --- on every run -------------------------------------------------------------------------------


def losing_notes(outcome: Outcome, entry: Entry, key: str) -> str:
    """A careless rendering: an answer without what hung on its cell."""
    shown = _honest_answer(outcome, entry, key)
    return shown.split("\n")[0] if key == "info" else shown


_honest_answer = entry_rows.answer_text


def test_a_program_that_loses_answers_says_so(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 1, a finding with the cells, a difference in «Сверка»; the workbook is still written."""
    monkeypatch.setattr(entry_rows, "answer_text", losing_notes)
    result = story.press(place, whole=True)
    found = {one.origin.file: dict(one.params) for one in result.consolidation.findings if one.code == "S802"}
    told = found["всё подряд.xlsx"]
    data = story.workbook_of(place)
    line = next(row for row in rows(data, LEDGER.name) if row["Файл"] == "всё подряд.xlsx")

    assert result.needs_user
    assert result.written_to == store.open_campaign(place).workbook
    assert "Отчёт!H11" in told["cells"]
    assert story.HARD[1] not in told["cells"]
    assert line["Разница"] == told["difference"] != "0"
    assert red_columns(place, "всё подряд.xlsx") == len(LEDGER.columns)
    assert any(row["Код"] == "S802" and "Отчёт!H11" in row["Что не так"] for row in rows(data, FINDINGS.name))
    assert story.press(place, 11, whole=True).written_to is None  # said once, the same way


def red_columns(place: Path, file: str) -> int:
    """Cells of a line of «Сверка» coloured by what stands in «Разница»."""
    sheet = openpyxl.load_workbook(store.open_campaign(place).workbook)[LEDGER.sheet]
    row = next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == file)
    header = next(cell for line in sheet.iter_rows() for cell in line if cell.value == "Разница")
    watched = f"{header.column_letter}{header.row + 1}"
    return sum(
        f"{cell.column_letter}{row}" in area.cells and watched in rule.formula[0].replace("$", "")
        for area in sheet.conditional_formatting
        for rule in area.rules
        for cell in sheet[header.row]
    )


def test_a_dry_run_counts_the_same_and_writes_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = story.workbook_of(place)
    monkeypatch.setattr(entry_rows, "answer_text", losing_notes)

    result = story.press(place, dry_run=True)

    assert any(line.unaccounted for line in result.consolidation.ledger)
    assert story.workbook_of(place) == before


def test_a_balanced_workbook_is_rendered_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[int] = []
    honest = Rendering.put_into

    def counting(self: Rendering, workbook: Workbook) -> object:
        rendered.append(1)
        return honest(self, workbook)

    story.press(place, 8, whole=True)
    monkeypatch.setattr(Rendering, "put_into", counting)
    story.press(place, whole=True)

    assert len(rendered) == 1


def test_a_disk_that_gives_back_other_bytes_is_told(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = store.write_atomically

    def lying(path: Path, data: bytes, **options: object) -> None:
        honest(path, data[:-1] + b"\x01" if path.name == store.NEW_WORKBOOK_NAME else data, **options)  # type: ignore[arg-type]

    (place / store.RECEIVED_FOLDER / "ранняя копия.xlsx").unlink()
    monkeypatch.setattr(store, "write_atomically", lying)

    with pytest.raises(store.StoreError, match="прочиталась с диска не такой"):
        story.press(place)


def test_the_findings_of_an_earlier_imbalance_do_not_stay(judged: Judged) -> None:
    wrong = with_ledger(judged.found, judged.counted(shown_by(replace(judged.found, outcomes=()))))
    right = with_ledger(wrong, judged.counted(shown_by(judged.found)))

    assert any(one.code == "S802" for one in wrong.findings)
    assert right == judged.found


# --- the coordinator asks before sending --------------------------------------------------------


def test_verify_says_that_all_is_there(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["verify", str(place)]) == 0
    assert "содержит всё присланное: файлов 4" in capsys.readouterr().err


def test_verify_names_cells_of_what_somebody_deleted(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = store.open_campaign(place).workbook
    book = openpyxl.load_workbook(path)
    sheet = book[ENTRIES.sheet]
    column = next(cell.column for row in sheet.iter_rows(max_row=9) for cell in row if cell.value == "Статус")
    victim = next(
        cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("строка\nвторая")
    )
    assert column < victim.column
    victim.value = "строка"
    book.save(path)
    before = path.read_bytes()

    assert cli.run(["verify", str(place)]) == 1
    said = capsys.readouterr().err
    assert "всё подряд.xlsx: из присланного" in said
    assert "не найдено 1" in said
    assert "строка" not in said
    assert path.read_bytes() == before


def test_verify_is_not_disturbed_by_sorting_and_own_columns(place: Path) -> None:
    path = store.open_campaign(place).workbook
    book = openpyxl.load_workbook(path)
    book[ENTRIES.sheet].column_dimensions["A"].width = 50
    book.create_sheet("Свои заметки")["A1"] = "заметка"
    book.save(path)

    assert campaign.verify(place, story.NOW).incomplete == ()


def test_a_file_dropped_after_the_last_run_is_not_in_the_workbook_yet(place: Path) -> None:
    source = place / store.RECEIVED_FOLDER / "ранняя копия.xlsx"
    book = openpyxl.load_workbook(source)
    book.worksheets[0]["B60"] = "дописали позже"
    book.save(source)
    story.send(place, "не книга.xlsx", b"PK\x03\x04")

    late = {one.line.origin.file: one for one in campaign.verify(place, story.NOW).incomplete}

    assert "Отчёт!B60" in places_named(late["ранняя копия.xlsx"], limit=99)
    assert late["не книга.xlsx"].line.refused == 0
