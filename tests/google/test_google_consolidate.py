"""«Собрать свод» over sheets of schools: the same свод as of files, and no request too many."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import openpyxl
import pytest
from google_campaign import DUE, GOOD, Story, codes, email, new_campaign, quick_district
from google_district import GoogleDistrict, google_district

from sheetsync import campaign, store
from sheetsync.columns import COMPLETENESS, ENTRIES, FORM_SHEET, INDICATORS, LIGHTS, MATRIX, PLAN, REPORT
from sheetsync.findings import fact_of
from sheetsync.journal import Journal
from sheetsync.model import Status, Verdict
from sheetsync.text import skeleton
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble
from sheetsync_emulator import faults

SNAPSHOTS = "GET /v4/spreadsheets"
LISTING = "GET /drive/v3/files"
SAME_BY_ANY_CHANNEL = (ENTRIES, MATRIX, COMPLETENESS, INDICATORS, LIGHTS, PLAN)
ABOUT_SOURCES = ("source", "findings")
"""Columns that say which file something came from."""


@pytest.fixture
def district() -> Iterator[GoogleDistrict]:
    with quick_district() as district:
        yield district


@pytest.fixture
def story(district: GoogleDistrict, tmp_path: Path) -> Story:
    """Two schools, each with its sheet; nobody has written anything yet."""
    return issued(district, tmp_path, 2)


def issued(district: GoogleDistrict, folder: Path, schools: int) -> Story:
    story = Story(district, new_campaign(folder, schools))
    story.by_google()
    story.issue()
    story.later(20)
    district.emulator.log.clear()
    return story


def names(result: campaign.ConsolidateResult) -> list[str]:
    return [one.origin.file for one in result.consolidation.files]


def infos(result: campaign.ConsolidateResult) -> dict[str, str]:
    """Information of row 1.1 by participant."""
    (key,) = [row.key for row in result.consolidation.plan.rows if row.number == "1.1"]
    return {
        one.participant: one.entry.text("info") if one.entry else ""
        for one in result.consolidation.outcomes
        if one.activity == key
    }


# --- the whole story, over sockets


def test_from_the_form_to_the_svod(tmp_path: Path) -> None:
    """Every request and answer is judged by Google's own documents."""
    with google_district() as district:
        story = Story(district, new_campaign(tmp_path, 2))
        story.by_google()
        story.issue()
        story.type("S01", "1.1", **GOOD, done_on="")
        with pytest.raises(GoogleRefused):
            story.type("S01", "1.1", deadline="когда-нибудь")
        story.later(20)

        result = story.consolidate()

    assert infos(result) == {"S01": GOOD["info"], "S02": ""}
    assert names(result) == [
        "S01 Липовская СОШ (Google, 22.11.2026 09:20)",
        "S02 Кленовская СОШ (Google, 22.11.2026 09:20)",
    ]
    (untouched,) = [one for one in result.consolidation.findings if one.code == "G610"]
    assert (untouched.participant, fact_of(untouched)) == (
        "S02",
        "Таблица Google ещё не заполнялась (прочитана 22.11.2026 09:20).",
    )
    assert [one.unaccounted for one in result.consolidation.ledger] == [0, 0]
    assert {one.received_on for one in result.consolidation.files} == {date(2026, 11, 22), None}


def test_a_mixed_district_gives_the_tables_of_an_all_excel_one(tmp_path: Path) -> None:
    with quick_district() as district:
        by_files = Story(district, new_campaign(tmp_path / "files", 2))
        by_files.issue()
        mixed = Story(district, new_campaign(tmp_path / "mixed", 2))
        mixed.by_google("S01")
        mixed.issue()
        answers = {row.number: {**GOOD, "info": f"Сделано {row.number}"} for row in mixed.plan.asked_rows}
        for number, told in answers.items():
            mixed.type("S01", number, **told)
        for story, codes_of_files in ((by_files, ("S01", "S02")), (mixed, ("S02",))):
            for code in codes_of_files:
                send(story, code, answers)
            story.later(20)
            story.consolidate()

    for spec in SAME_BY_ANY_CHANNEL:
        assert shown(mixed, spec) == shown(by_files, spec)


def send(story: Story, code: str, answers: dict[str, dict[str, str]]) -> None:
    """A school fills its Excel form and sends it."""
    (form,) = (story.place / store.FORMS_FOLDER).glob(f"{code} *.xlsx")
    book = openpyxl.load_workbook(form)
    sheet = book[FORM_SHEET]
    keys = {skeleton(one.header): one.key for one in REPORT.columns}
    columns: dict[str, int] = {}
    for row in sheet.iter_rows():
        told = {keys[skeleton(str(cell.value))]: cell for cell in row if skeleton(str(cell.value)) in keys}
        if len(told) == len(keys):
            columns = {key: int(cell.column or 0) for key, cell in told.items()}
        elif columns and row[columns["key"] - 1].value:
            for key, value in answers[str(row[columns["number"] - 1].value)].items():
                row[columns[key] - 1].value = value
    path = story.place / store.RECEIVED_FOLDER / f"{code}.xlsx"
    book.save(path)
    os.utime(path, (story.now.timestamp(),) * 2)


def shown(story: Story, spec: Any) -> list[list[object]]:
    """A district table, but for what names the sources."""
    table = ExcelFile.from_bytes(story.campaign.workbook.read_bytes()).read_table(spec.name)
    about = {one.header for one in spec.columns if one.key in ABOUT_SOURCES}
    keep = [place for place, header in enumerate(table.headers) if header not in about]
    return [[row[place].value for place in keep] for row in table.rows]


# --- requests


def test_requests_are_as_many_as_the_formula_says(tmp_path: Path) -> None:
    """ceil(N/1000) listings and one read for each sheet that changed: 1 + 10, 1, 1 + 1."""
    with quick_district() as district:
        story = issued(district, tmp_path, 10)

        story.consolidate()
        full = (district.calls(LISTING), district.calls(SNAPSHOTS), district.calls())
        story.later(10)
        district.emulator.log.clear()
        story.consolidate()
        nothing = district.calls()
        story.type("S07", "1.1", status="выполнено")
        story.later(16)
        district.emulator.log.clear()
        story.consolidate()
        one = (district.calls(LISTING), district.calls(SNAPSHOTS), district.calls())
        story.later(10)
        district.emulator.log.clear()
        story.consolidate(full=True)
        again = district.calls()

    assert full == (1, 10, 11)
    assert nothing == 1
    assert one == (1, 1, 2)
    assert again == 11


def test_a_sheet_edited_just_now_is_read_again(story: Story) -> None:
    """Drive tells of an edit minutes later, so what changed lately is not settled yet."""
    story.type("S01", "1.1", status="выполнено", info="Сделано")
    story.later(5)
    story.consolidate()
    story.later(20)
    story.district.emulator.log.clear()

    story.consolidate()
    second = story.district.calls(SNAPSHOTS)
    story.consolidate()

    assert second == 1
    assert story.district.calls(SNAPSHOTS) == 1


def test_an_edit_drive_does_not_tell_of_yet(tmp_path: Path) -> None:
    """The listing is ten minutes late; the edit is in the свод all the same, at the latest by the next press."""
    with quick_district(lag=600) as district:
        story = issued(district, tmp_path, 1)
        story.later(10)
        story.type("S01", "1.1", status="выполнено", info="Первое")
        story.later(1)
        story.consolidate()
        story.type("S01", "1.1", info="Второе")
        story.later(12)

        result = story.consolidate()

    assert infos(result) == {"S01": "Второе"}


def test_the_same_content_is_no_new_copy(story: Story) -> None:
    story.type("S01", "1.1", status="выполнено", info="Сделано")
    story.later(20)
    first = story.consolidate()
    before = story.campaign.workbook.read_bytes()
    story.type("S01", "1.1", info="Сделано")
    story.later(20)

    second = story.consolidate(full=True)

    assert second.written_to is None
    assert names(second) == names(first)
    assert story.campaign.workbook.read_bytes() == before


# --- one living document


def test_only_the_last_reading_counts_and_the_first_day_stays(story: Story) -> None:
    story.type("S01", "1.1", status="в работе", info="Начали")
    story.later(20)
    story.consolidate()
    story.later(60 * 24 * 2)
    story.type("S01", "1.1", status="выполнено", info="Кончили")
    story.later(20)

    result = story.consolidate()

    assert infos(result)["S01"] == "Кончили"
    assert names(result)[0] == "S01 Липовская СОШ (Google, 24.11.2026 10:00)"
    assert result.consolidation.files[0].received_on == date(2026, 11, 22)
    assert [one.code for one in result.consolidation.findings if one.code.startswith("M")] == []
    changes = campaign.history(story.place, "S01", "1.1")
    told = [(one.was.text, one.became.text) for one in changes if one.column == REPORT.column("info").header]
    assert told == [(None, "Начали"), ("Начали", "Кончили")]


def test_a_tick_is_an_answer(story: Story) -> None:
    """Nothing but «Отчёт готов»: it came, and it is empty."""
    answer = story.answer("S01")
    (place,) = [one["range"] for one in answer["namedRanges"] if one["name"] == "form_ready"]
    cells = [{"values": [{"userEnteredValue": {"stringValue": "да"}}]}]
    request = {"updateCells": {"range": place, "rows": cells, "fields": "userEnteredValue"}}
    story.district.as_user(email("S01")).write(story.sheets()["S01"].file, [request])
    story.later(20)

    result = story.consolidate()

    assert codes(result.consolidation.findings, "S01").count("G610") == 0
    assert result.consolidation.files[0].verdict is Verdict.ACCEPTED


def test_lost_protection_is_told(story: Story) -> None:
    (number,) = [
        one["protectedRangeId"]
        for sheet in story.district.office.read(
            story.sheets()["S01"].file, "sheets(properties,protectedRanges)"
        )["sheets"]
        if sheet["properties"]["title"] == FORM_SHEET
        for one in sheet["protectedRanges"]
    ]
    gone = [{"deleteProtectedRange": {"protectedRangeId": number}}]
    story.district.office.write(story.sheets()["S01"].file, gone)
    story.later(20)

    result = story.consolidate()

    assert "G611" in codes(result.consolidation.findings, "S01")
    assert "G611" not in codes(result.consolidation.findings, "S02")


# --- troubles


def test_google_is_away(story: Story) -> None:
    story.type("S01", "1.1", status="выполнено", info="Сделано")
    story.later(20)
    first = story.consolidate()
    story.later(20)
    story.district.emulator.faults.append(faults.reset("GET", times=999))

    result = story.consolidate()

    assert codes(result.consolidation.findings).count("G604") == 1
    assert names(result) == names(first)
    assert infos(result)["S01"] == "Сделано"


@pytest.mark.parametrize(
    ("trouble", "code"), [(GoogleTrouble.NOT_SIGNED_IN, "G602"), (GoogleTrouble.EXPIRED, "G603")]
)
def test_nobody_is_signed_in(story: Story, trouble: GoogleTrouble, code: str) -> None:
    story.type("S01", "1.1", status="выполнено", info="Сделано")
    story.later(20)
    story.consolidate()

    def nobody() -> NoReturn:
        raise GoogleRefused(trouble)

    story.office = nobody  # type: ignore[method-assign]
    result = story.consolidate()

    assert code in codes(result.consolidation.findings)
    assert infos(result)["S01"] == "Сделано"


def test_a_deleted_sheet_keeps_its_last_word(story: Story) -> None:
    story.type("S01", "1.1", status="выполнено", info="Сделано")
    story.later(20)
    story.consolidate()
    story.district.office.remove(story.sheets()["S01"].file)

    result = story.consolidate()

    assert codes(result.consolidation.findings, "S01").count("G606") == 1
    assert codes(result.consolidation.findings, "S02").count("G606") == 0
    assert infos(result)["S01"] == "Сделано"


def test_one_bad_sheet_does_not_stop_the_others(story: Story) -> None:
    for code in ("S01", "S02"):
        story.type(code, "1.1", status="выполнено", info="Сделано")
    story.later(20)
    bad = story.sheets()["S01"].file
    story.district.emulator.faults.append(faults.forbidden(f"GET /v4/spreadsheets/{bad}", times=9))

    result = story.consolidate()

    assert codes(result.consolidation.findings, "S01").count("G606") == 1
    assert infos(result) == {"S01": "", "S02": "Сделано"}


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with quick_district() as district:
        story = issued(district, tmp_path, 4)

        def stop(done: int, _total: int, _name: str) -> None:
            if done == 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            story.consolidate(progress=stop)
        district.emulator.log.clear()
        story.consolidate()

        assert district.calls(SNAPSHOTS) == 2


def test_time_of_a_press_runs_out(tmp_path: Path) -> None:
    from sheetsync.campaign.at_once import AtOnce  # noqa: PLC0415 - a press without a program
    from sheetsync.campaign.consolidating import attempted  # noqa: PLC0415
    from sheetsync.campaign.desk_file import FileDesk  # noqa: PLC0415
    from sheetsync.campaign.google.fetching import SchoolSheets, Stopwatch  # noqa: PLC0415

    with quick_district() as district:
        story = issued(district, tmp_path, 3)
        ticks = iter(range(0, 9000, 40))
        watch = Stopwatch(story.now, 100, lambda: float(next(ticks)))
        sheets = SchoolSheets(story.office, watch)

        def attempt(hold: store.Hold, journal: Journal) -> campaign.ConsolidateResult | None:
            desk = FileDesk(story.campaign, hold, story.now)
            return AtOnce(story.campaign, journal, desk, sheets, DUE, story.now, False).result(
                lambda *_: None
            )

        first = attempted(story.campaign, story.now, attempt)
        read = district.calls(SNAPSHOTS)
        second = story.consolidate()

        told = [fact_of(one) for one in first.consolidation.findings if one.code == "G613"]
        assert told == [f"Прочитаны не все таблицы Google: {read} из 3."]
        assert 0 < read < 3
        assert district.calls(SNAPSHOTS) == 3
        assert "G613" not in codes(second.consolidation.findings)


def test_a_dry_run_reads_and_records_nothing(story: Story) -> None:
    story.type("S01", "1.1", status="выполнено", info="Сделано")
    story.later(20)
    before = story.campaign.workbook.read_bytes()

    result = story.consolidate(dry_run=True)

    assert infos(result)["S01"] == "Сделано"
    assert story.readings() == ()
    assert story.campaign.workbook.read_bytes() == before


def test_google_is_switched_off_and_what_was_read_stays(story: Story) -> None:
    story.type("S01", "1.1", status="выполнено", info="Сделано")
    story.later(20)
    story.consolidate()
    story.settings(google="нет")
    story.district.emulator.log.clear()

    result = story.consolidate()

    assert story.district.calls() == 0
    assert infos(result)["S01"] == "Сделано"
    assert set(codes(result.consolidation.findings)) >= {"G601", "G618"}


def test_verify_needs_no_network(story: Story) -> None:
    story.type("S01", "1.1", status="выполнено", info="Сделано")
    story.later(20)
    story.consolidate()
    story.district.emulator.log.clear()

    result = campaign.verify(story.place, story.now)

    assert result.incomplete == ()
    assert story.district.calls() == 0
    assert sum(one.line.filled for one in result.files) == 2


def test_purge_destroys_what_was_read(story: Story) -> None:
    """Every reading goes, the answers stay in the book, and Google's own copy is told of."""
    for words in ("Начали", "Кончили"):
        story.type("S01", "1.1", status="выполнено", info=words)
        story.later(20)
        last = story.consolidate()
    originals = {one.sha256 for one in story.readings()} - {
        one.origin.sha256 for one in last.consolidation.files[1:]
    }

    purged = campaign.purge(story.place, date(2026, 12, 1), story.now)
    story.later(20)
    result = story.consolidate()

    assert not any(store.original_path(story.campaign, one).exists() for one in originals)
    assert len(purged.in_google) == 1
    assert story.sheets()["S01"].file in purged.in_google[0]
    assert purged.needs_user
    assert infos(result)["S01"] == "Кончили"
    assert "S830" in codes(result.consolidation.findings)


def test_another_schools_content_is_handled_as_in_a_file(story: Story) -> None:
    """S02 pastes what S01 wrote: two schools with the same link is a finding, nothing is lost."""
    for code in ("S01", "S02"):
        story.type(code, "1.1", status="выполнено", info="Сделано", document="приказ № 5 от 30.01.2026")
    story.later(20)

    result = story.consolidate()

    assert infos(result) == {"S01": "Сделано", "S02": "Сделано"}
    assert [one.status for one in result.consolidation.outcomes if one.status] == [Status.DONE, Status.DONE]
    assert [one.unaccounted for one in result.consolidation.ledger] == [0, 0]


def test_an_untouched_sheet_stands_in_the_ledger_with_its_school(story: Story) -> None:
    found = story.consolidate().consolidation

    assert {line.participant for line in found.ledger} == {"S01", "S02"}
    assert all(line.filled == 0 for line in found.ledger)
