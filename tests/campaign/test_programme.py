"""A programme of three years lived through in one campaign: what is asked, carried over, left behind."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import coordinator
import district_fixture as district
import programme_fixture as programme
import pytest
from programme_fixture import KLENOVSKAYA, LIPOVSKAYA, at, good

from open_book import OpenBook
from sheetsync import campaign, cli, store
from sheetsync.campaign import ConsolidateResult, PeriodResult
from sheetsync.columns import ENTRIES, INDICATORS, JOURNAL, PARTICIPANTS, SETTINGS
from sheetsync.grid import Cell
from sheetsync.model import Event, RowState, Verdict
from sheetsync.workbooks.excel_file import ExcelFile


@dataclass(frozen=True)
class Lived:
    """The campaign folder as it lay in each year, and what the turns said."""

    in_2023: Path
    in_2024: Path
    in_2025: Path
    to_2024: PeriodResult
    to_2025: PeriodResult


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """The three years, once; every test looks at the year it is about."""
    folder = tmp_path_factory.mktemp("programme")
    place = programme.new(folder)
    programme.live_2023(place)
    coordinator.edit(place, _decide)
    programme.press(place, 2023)
    in_2023 = shutil.copytree(place, folder / "2023")
    to_2024 = programme.turn(place, 2023)
    in_2024 = shutil.copytree(place, folder / "2024")
    programme.live_2024(place)
    to_2025 = programme.turn(place, 2024)
    return Lived(in_2023, in_2024, place, to_2024, to_2025)


def _decide(book: object) -> None:
    coordinator.decide(book, "Липовская СОШ", "1.2", "принято", "Хорошая справка")
    sheet = book[PARTICIPANTS.sheet]  # type: ignore[index]
    row = coordinator.row_of(sheet, LIPOVSKAYA)
    for key in ("received_on", "approved_on"):
        cell = sheet.cell(row, coordinator.column_of(sheet, PARTICIPANTS.column(key).header))
        cell.value = datetime(2023, 12, 1)


@pytest.fixture
def in_2023(lived: Lived, tmp_path: Path) -> Path:
    return shutil.copytree(lived.in_2023, tmp_path / "2023")


@pytest.fixture
def in_2024(lived: Lived, tmp_path: Path) -> Path:
    return shutil.copytree(lived.in_2024, tmp_path / "2024")


def setting(place: Path, key: str) -> Cell:
    table = ExcelFile.from_bytes(coordinator.data(place)).read_table(SETTINGS.name)
    places = [table.headers.index(SETTINGS.column(one).header) for one in ("key", "value")]
    return next(row[places[1]] for row in table.rows if row[places[0]].text == key)


def late_copy(lived: Lived, place: Path) -> Path:
    """Klenovskaya fills the form of 2023 in 2024."""
    data = district.filled(lived.in_2023, KLENOVSKAYA, {"1.1": good(2024)})
    return district.receive(place, "опоздавшая.xlsx", data)


# --- what is asked ------------------------------------------------------------------------------


def test_the_first_year_asks_its_own_rows(lived: Lived) -> None:
    assert programme.asked(lived.in_2023, LIPOVSKAYA) == ["1.1", "1.2", "2.1", "2.2", "2.3", "2.4"]
    assert programme.figures_asked(lived.in_2023, LIPOVSKAYA) == [(2023, 60, "")]
    assert programme.notes(lived.in_2023, LIPOVSKAYA) == {}


def test_the_second_year_asks_again_what_comes_back_and_nothing_that_is_done(lived: Lived) -> None:
    assert programme.asked(lived.in_2024, LIPOVSKAYA) == ["1.2", "1.3", "2.1", "2.2", "2.4"]


def test_the_second_year_asks_what_a_school_left_undone(lived: Lived) -> None:
    assert programme.asked(lived.in_2024, KLENOVSKAYA) == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4"]
    assert "не исполнено в срок (01.02.2023), перенесено" in programme.deadline(
        lived.in_2024, KLENOVSKAYA, "1.1"
    )
    assert "перенесено" not in programme.deadline(lived.in_2024, KLENOVSKAYA, "2.3")


def test_the_last_year_asks_the_last_rows_and_the_debts(lived: Lived) -> None:
    assert programme.asked(lived.in_2025, LIPOVSKAYA) == ["1.2", "2.1", "2.2", "2.4", "2.5"]
    assert programme.asked(lived.in_2025, KLENOVSKAYA) == [
        "1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "2.5",
    ]  # fmt: skip


def test_the_answers_of_the_year_before_hang_beside_the_rows(lived: Lived) -> None:
    told = programme.notes(lived.in_2024, LIPOVSKAYA)

    assert sorted(told) == ["1.2", "2.1", "2.2", "2.4"]
    assert told["1.2"].startswith("2023: выполнено, 20.03.2023\n")
    assert "Сделано в 2023 году." in told["1.2"]
    assert "приказ № 5 от 20.03.2023" in told["1.2"]
    assert programme.notes(lived.in_2024, KLENOVSKAYA)["1.1"].startswith("2023: не выполнено")


def test_the_figure_asked_is_that_of_the_year_with_the_one_before(lived: Lived) -> None:
    assert programme.figures_asked(lived.in_2024, LIPOVSKAYA) == [(2024, 70, "Прошлый период: 62")]
    assert programme.figures_asked(lived.in_2025, LIPOVSKAYA) == [(2025, 80, "Прошлый период: 75")]


# --- the turn -----------------------------------------------------------------------------------


def test_the_order_begins_the_first_period(lived: Lived) -> None:
    assert setting(lived.in_2023, "period").text == "2023"
    assert setting(lived.in_2023, "period_end").text == "31.12.2023"
    assert setting(lived.in_2023, "report_due").text == "15.12.2023"


def test_the_turn_moves_the_settings_on(lived: Lived) -> None:
    assert [setting(lived.in_2024, key).text for key in ("period", "period_start", "period_end", "report_due")] == [
        "2024", "01.01.2024", "31.12.2024", "15.12.2024",
    ]  # fmt: skip
    assert setting(lived.in_2024, "years").text == "2023, 2024, 2025"


def test_the_turn_counts_what_it_closes_and_what_it_carries(lived: Lived) -> None:
    closed, begun = lived.to_2024.closed, lived.to_2024.begun
    standing = lived.to_2024.standing

    assert (closed.label, begun.label) == ("2023", "2024")
    assert (standing.asked, standing.missing, standing.settled) == (12, 0, 10)
    assert (standing.rows_after, standing.carried) == (7, 1)
    later = lived.to_2025.standing
    assert (later.asked, later.missing, later.settled) == (12, 7, 5)
    assert (later.rows_after, later.carried) == (8, 3)


def test_the_closed_year_lies_in_the_archive_as_it_was(lived: Lived) -> None:
    archived = lived.in_2025 / "Архив" / "Район 2023.xlsm"
    shown = ExcelFile.from_bytes(archived.read_bytes()).read_table(ENTRIES.name)
    decision, number = (shown.headers.index(ENTRIES.column(key).header) for key in ("decision", "number"))

    assert len(shown.rows) == 12
    assert [row[number].text for row in shown.rows if row[decision].text] == ["1.2"]
    assert (lived.in_2025 / "Архив" / "Район 2024.xlsm").exists()


def test_nothing_said_of_the_old_year_sticks_to_the_new(lived: Lived) -> None:
    rows = coordinator.entries(lived.in_2024)

    assert len(rows) == 12
    assert {row[header] for row in rows.values() for header in ("Статус", "Решение", "Замечание района")} == {
        ""
    }
    whose = coordinator.rows(lived.in_2024, PARTICIPANTS.name)
    columns = [PARTICIPANTS.column(key).header for key in ("received_on", "approved_on")]
    assert {row[header] for row in whose for header in columns} == {""}


def test_the_journal_tells_of_the_turn(lived: Lived) -> None:
    turns = [
        row for row in coordinator.rows(lived.in_2025, JOURNAL.name) if row["Событие"] == Event.NEXT_PERIOD
    ]

    assert [(row["Файл"], row["Что изменилось"]) for row in turns] == [
        ("Район 2024.xlsm", "закрыт 2024, начат 2025"),
        ("Район 2023.xlsm", "закрыт 2023, начат 2024"),
    ]


def test_no_word_of_an_answer_is_kept_in_the_journal(lived: Lived) -> None:
    journal = store.Campaign(lived.in_2025).journal.read_bytes()

    assert "Сделано в 2023".encode() not in journal
    assert "Нет кандидата".encode() not in journal


def test_after_the_last_year_there_is_no_next(lived: Lived) -> None:
    before = coordinator.data(lived.in_2025)

    with pytest.raises(store.StoreError, match="Период 2025 — последний"):
        campaign.next_period(lived.in_2025, at(2026, 1), dry_run=True)
    assert coordinator.data(lived.in_2025) == before


def test_a_dry_turn_changes_nothing(in_2023: Path) -> None:
    before = {path: path.read_bytes() for path in in_2023.rglob("*") if path.is_file()}

    result = campaign.next_period(in_2023, at(2024, 1), dry_run=True)

    assert result.is_dry
    assert result.standing.carried == 1
    after = {path: path.read_bytes() for path in in_2023.rglob("*") if path.is_file()}
    assert [path.name for path in after if after[path] != before.get(path)] in ([], ["journal.sqlite"])
    assert after.keys() == before.keys()


def test_a_turn_cut_off_before_the_workbook_is_written_is_done_again(
    in_2023: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCut(Exception):
        pass

    def cut(*_: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr("sheetsync.campaign.desk_file.FileDesk.put", cut)
        with pytest.raises(PowerCut):
            campaign.next_period(in_2023, at(2024, 1, 9))
    assert setting(in_2023, "period").text == "2023"
    assert programme.press(in_2023, 2023).consolidation.rates.received == 1.0

    campaign.next_period(in_2023, at(2024, 1, 10))
    campaign.issue_forms(in_2023, at(2024, 1, 10))

    assert programme.asked(in_2023, LIPOVSKAYA) == ["1.2", "1.3", "2.1", "2.2", "2.4"]


def test_a_year_closed_too_early_is_told_and_can_be_put_back(in_2023: Path) -> None:
    result = campaign.next_period(in_2023, at(2023, 5))
    assert [one.code for one in result.findings] == ["S882"]

    shutil.copy(in_2023 / "Архив" / "Район 2023.xlsm", coordinator.workbook(in_2023))
    again = programme.press(in_2023, 2023).consolidation

    assert again.rates.received == 1.0
    assert coordinator.entries(in_2023)["Липовская СОШ", "1.2"]["Решение"] == "принято"


# --- the second year ----------------------------------------------------------------------------


def pressed(place: Path) -> ConsolidateResult:
    return programme.press(place, 2024)


def test_copies_of_the_closed_year_are_not_counted_again(in_2024: Path) -> None:
    result = pressed(in_2024)

    assert {one.state for one in result.consolidation.outcomes} == {RowState.MISSING}
    assert [(one.origin.file, one.verdict) for one in result.consolidation.files] == [
        ("Кленовская.xlsx", Verdict.SKIPPED),
        ("Липовская.xlsx", Verdict.SKIPPED),
    ]
    (told,) = [one for one in result.consolidation.findings if one.code == "V221"]
    assert dict(told.params) == {"copies": "2", "period": "2024"}
    assert "S802" not in coordinator.codes(result)


def test_a_late_copy_of_the_closed_year_is_told_kept_and_not_mixed_in(lived: Lived, in_2024: Path) -> None:
    path = late_copy(lived, in_2024)

    result = pressed(in_2024)

    (told,) = [one for one in result.consolidation.findings if one.code == "V220"]
    assert (told.participant, told.origin.file) == (KLENOVSKAYA, "опоздавшая.xlsx")
    assert dict(told.params) == {"past": "2023", "period": "2024"}
    (line,) = [one for one in result.consolidation.ledger if one.origin.file == "опоздавшая.xlsx"]
    assert (line.filled, line.placed, line.unaccounted) == (line.refused, 0, 0)
    assert line.filled > 0
    assert coordinator.entries(in_2024)["Кленовская ООШ", "1.1"]["Статус"] == ""
    kept = store.read_original(store.Campaign(in_2024), store.sha256(path.read_bytes()))
    assert kept == path.read_bytes()
    assert campaign.verify(in_2024, at(2024)).incomplete == ()


def test_the_late_copy_on_its_own_is_told_the_same(lived: Lived, in_2024: Path) -> None:
    result = campaign.check_file(late_copy(lived, in_2024), date(2024, 12, 20))

    assert result.verdict is Verdict.REFUSED
    assert [one.code for one in result.findings if one.code.startswith("V")] == ["V220"]


def test_the_form_of_the_new_year_is_read_with_its_notes_as_the_office_s_own(in_2024: Path) -> None:
    programme.live_2024(in_2024)

    rows = {key: row for key, row in coordinator.entries(in_2024).items() if key[0] == "Липовская СОШ"}
    result = pressed(in_2024).consolidation

    assert {row["Информация об исполнении"] for row in rows.values()} == {"Сделано в 2024 году."}
    assert [(line.filled > 0, line.unaccounted) for line in result.ledger if line.placed] == [(True, 0)]
    assert result.unplaced == ()
    assert not {"R316", "R340"} & {one.code for one in result.findings}
    (whole,) = [one for one in result.completeness if one.participant == LIPOVSKAYA]
    assert (whole.rows_owed, whole.rows_due, whole.reported, whole.done) == (
        5,
        4,
        4,
        5,
    )  # 2.4: to 31 December


def test_the_figures_of_two_years_stand_side_by_side(in_2024: Path) -> None:
    programme.live_2024(in_2024)

    table = ExcelFile.from_bytes(coordinator.data(in_2024)).read_table(INDICATORS.name)
    columns = [
        INDICATORS.column(key).header
        for key in ("participant", "year", "target", "fact", "previous", "change")
    ]
    shown = [[row[table.headers.index(one)].value for one in columns] for row in table.rows]

    assert [row[:3] for row in shown if not row[0]] == [[None, 2023, 60], [None, 2024, 70], [None, 2025, 80]]
    assert ["Липовская СОШ", 2024, 70, 75, 62, 13] in shown
    assert ["Кленовская ООШ", 2024, 70, None, 55, None] in shown


def test_a_row_remembered_as_done_is_not_in_the_year_s_rates(in_2024: Path) -> None:
    programme.live_2024(in_2024)
    for number in ("1.1", "2.3"):
        assert ("Липовская СОШ", number) not in coordinator.entries(in_2024)


def test_the_story_of_a_cell_begins_anew(in_2024: Path) -> None:
    programme.live_2024(in_2024)

    told = campaign.history(in_2024, "Липовская", "1.2")
    infos = [(one.was.text, one.became.text) for one in told if one.column == "Информация об исполнении"]

    assert infos == [(None, "Сделано в 2023 году."), ("Сделано в 2023 году.", "Сделано в 2024 году.")]


def test_copies_of_the_closed_year_can_be_destroyed(in_2024: Path) -> None:
    programme.live_2024(in_2024)
    before = coordinator.entries(in_2024)

    campaign.purge(in_2024, date(2024, 1, 1), at(2024, 12, 21))
    for name in ("Липовская.xlsx", "Кленовская.xlsx"):
        (in_2024 / store.RECEIVED_FOLDER / name).unlink(missing_ok=True)
    result = pressed(in_2024)

    assert not {"S831", "S832", "S830"} & set(coordinator.codes(result))
    assert coordinator.entries(in_2024) == before


def test_a_period_typed_by_hand_is_told(in_2024: Path) -> None:
    def change(book: object) -> None:
        sheet = book[SETTINGS.sheet]  # type: ignore[index]
        row = coordinator.row_of(sheet, "Отчётный период")
        sheet.cell(row, coordinator.column_of(sheet, "Значение")).value = "2025"

    coordinator.edit(in_2024, change)

    assert "S880" in coordinator.codes(pressed(in_2024))


def test_forms_without_the_archive_go_out_and_that_is_told(in_2024: Path) -> None:
    shutil.rmtree(in_2024 / "Архив")

    result = campaign.issue_forms(in_2024, at(2024, 2))

    assert "S881" in [one.code for one in result.findings]
    assert programme.notes(in_2024, LIPOVSKAYA) == {}


# --- the command --------------------------------------------------------------------------------


def test_the_command_says_where_the_programme_stands(
    in_2024: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["period", str(in_2024)]) == 0

    told = capsys.readouterr().err
    assert "Периоды программы: 2023, 2024, 2025. Идёт 2024 (01.01.2024–31.12.2024)" in told
    assert "За 2024 спрошено строк: 12, без ответа: 12, исполнено: 0." in told
    assert "--next" in told


def test_the_command_turns_the_year(in_2023: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["period", str(in_2023), "--next"]) == 0

    told = capsys.readouterr().err
    assert "Период 2023 закрыт: книга сохранена" in told
    assert "Срок отчёта теперь 15.12.2024: проверьте" in told
    assert setting(in_2023, "period").text == "2024"


def test_a_plan_of_one_year_has_nowhere_to_go(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["period", str(place)]) == 0
    assert cli.run(["period", str(place), "--next"]) == 2

    assert capsys.readouterr().err.count("В плане один период") == 2


# --- the note and bulk decisions ------------------------------------------------------------------


def test_the_note_of_the_closed_year_is_kept_and_the_new_one_begins_anew(in_2023: Path) -> None:
    first = campaign.report(in_2023, at(2023), date(2023, 12, 20))
    written = first.path.read_bytes()

    programme.turn(in_2023, 2023)
    second = campaign.report(in_2023, at(2024, 1, 10), date(2024, 1, 10))

    assert (in_2023 / "Архив" / "Справка 2023.docx").read_bytes() == written
    assert second.note.changes is None
    assert second.path.read_bytes() != written


def test_what_was_accepted_in_bulk_last_year_is_not_taken_back_in_the_new(in_2023: Path) -> None:
    accepted = campaign.accept_sufficient(in_2023, at(2023, 12, 21))
    programme.turn(in_2023, 2023)

    undone = campaign.accept_sufficient(in_2023, at(2024, 1, 10), undo=True)

    assert sum(accepted.rows.values()) > 0
    assert sum(undone.rows.values()) == 0


# --- an amended order ---------------------------------------------------------------------------


def test_an_order_amended_in_the_second_year_leaves_the_year_alone(in_2024: Path, tmp_path: Path) -> None:
    order = tmp_path / "Приказ № 9.txt"
    order.write_text(
        programme.ORDER.replace("Сентябрь 2024", "Октябрь 2024").replace(
            "Ежегодно, март", "Ежегодно, апрель"
        ),
        encoding="utf-8",
    )

    campaign.amend_plan(in_2024, order, at(2024, 2), lambda _: True)
    campaign.issue_forms(in_2024, at(2024, 2))

    assert [setting(in_2024, key).text for key in ("period", "period_start", "report_due")] == [
        "2024", "01.01.2024", "15.12.2024",
    ]  # fmt: skip
    assert programme.asked(in_2024, LIPOVSKAYA) == ["1.2", "1.3", "2.1", "2.2", "2.4"]
    assert programme.deadline(in_2024, LIPOVSKAYA, "1.2") == "Ежегодно, апрель"


# --- the workbook on the screen -----------------------------------------------------------------


def test_the_year_turns_in_the_open_workbook_and_the_file_waits_to_be_saved(in_2023: Path) -> None:
    before = coordinator.data(in_2023)
    book = OpenBook.opened(coordinator.workbook(in_2023))

    result = campaign.next_period(in_2023, at(2024, 1, 9), book)

    assert coordinator.data(in_2023) == before
    values = {row[-1].text: row[1].text for row in book.read_table(SETTINGS.name).rows}
    assert (values["period"], values["report_due"]) == ("2024", "15.12.2024")
    assert len(book.read_table(ENTRIES.name).rows) == 12
    archived = ExcelFile.from_bytes(result.archive.read_bytes()).read_table(ENTRIES.name)
    assert {row[archived.headers.index("Статус")].text for row in archived.rows} > {"выполнено"}


def test_closed_unsaved_the_year_goes_on(in_2023: Path) -> None:
    campaign.next_period(in_2023, at(2024, 1, 9), OpenBook.opened(coordinator.workbook(in_2023)))

    again = programme.press(in_2023, 2023).consolidation

    assert again.rates.received == 1.0
    assert coordinator.entries(in_2023)["Липовская СОШ", "1.2"]["Решение"] == "принято"


def test_a_workbook_open_in_another_program_is_not_turned(in_2023: Path) -> None:
    lock = in_2023 / f".~lock.{coordinator.workbook(in_2023).name}#"
    lock.write_text("Анна,anna,anna-pc,01.01.2024 10:00,file:///home/anna", encoding="utf-8")

    with pytest.raises(store.StoreError, match="открыта в другой программе"):
        campaign.next_period(in_2023, at(2024, 1, 9))

    assert not (in_2023 / "Архив").exists()
