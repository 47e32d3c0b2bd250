"""The region's workbook from campaign folders and workbooks as they lie on a disk."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from district_fixture import DUE, NOW, all_good, filled

from resaving import saved_by_libreoffice
from sheetsync import campaign, store
from sheetsync.campaign.regional import pool, row_files
from sheetsync.campaign.regional.drawing import BOOK_NAME
from sheetsync.campaign.regional.reading import read_rows
from sheetsync.campaign.regional.rolling_up import RollupResult, rollup
from sheetsync.cli import run
from sheetsync.columns import (
    COMPLETENESS,
    DISTRICTS,
    REGION_COMPLETENESS,
    REGION_ENTRIES,
    REGION_FINDINGS,
    REGION_MATRIX,
    REGION_ROWS,
    REGION_SCHOOLS,
    DistrictStanding,
    RegionCell,
    TableSpec,
)
from sheetsync.district.bodies import records_of
from sheetsync.findings import fact_of, make
from sheetsync.grid import Value
from sheetsync.model import Finding, Origin
from sheetsync.region.rollup import sums_of
from sheetsync.workbooks import value_tables
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import ValueTable

OURS = "Тенистого района"


@pytest.fixture(scope="session")
def consolidated(issued: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign with two reports of three received and consolidated."""
    place = tmp_path_factory.mktemp("region") / "Тенистый"
    shutil.copytree(issued, place)
    for code in ("S01", "S02"):
        (place / store.RECEIVED_FOLDER / f"{code}.xlsx").write_bytes(
            filled(place, code, all_good(place, code))
        )
    campaign.consolidate(place, DUE, NOW)
    return place


@pytest.fixture
def home(consolidated: Path, tmp_path: Path) -> Path:
    """A folder with that campaign in it."""
    shutil.copytree(consolidated, tmp_path / "Районы" / "Тенистый")
    return tmp_path / "Районы"


def varied(data: bytes, *pairs: tuple[str, str]) -> bytes:
    """The workbook with words of its XML changed: another district at the price of a copy."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            held = old.read(one)
            for was, now in pairs if one.filename.endswith(".xml") else ():
                held = held.replace(was.encode(), now.encode())
            new.writestr(one.filename, held)
    return out.getvalue()


def neighbour(home: Path, name: str, *pairs: tuple[str, str], file: str = "") -> Path:
    """A workbook sent by e-mail: another district of the same plan."""
    path = home / (file or f"{name}.xlsm")
    data = store.Campaign(home / "Тенистый").workbook.read_bytes()
    path.write_bytes(varied(data, (OURS, name), *pairs))
    return path


def table(result: RollupResult, spec: TableSpec) -> list[dict[str, str]]:
    assert result.path is not None
    read = ExcelFile.from_bytes(result.path.read_bytes()).read_table(spec.name)
    return [{key: record.text(key) for key in spec.keys} for record in records_of(spec, read)]


def codes(result: RollupResult) -> list[str]:
    return [one.code for one in result.findings]


def standings(result: RollupResult) -> dict[str, str]:
    return {Path(one["file"]).name: one["standing"] for one in table(result, DISTRICTS)}


# --- what it shows


def test_a_region_shows_what_its_districts_show(home: Path, tmp_path: Path) -> None:
    neighbour(home, "Липового района")
    result = rollup([home], tmp_path / "Регион")
    district = ExcelFile.from_bytes(store.Campaign(home / "Тенистый").workbook.read_bytes())
    (own, _) = table(result, REGION_COMPLETENESS)
    lines = records_of(COMPLETENESS, district.read_table(COMPLETENESS.name))

    assert codes(result) == []
    assert own["district"].endswith("Липового района")
    for key in ("rows_due", "reported", "missing", "done", "evidenced"):
        assert int(own[key]) == sum(int(one.text(key)) for one in lines)
    for rate in (RegionCell.RECEIVED, RegionCell.FILLED, RegionCell.EVIDENCED):
        shown = ExcelFile.from_bytes((tmp_path / "Регион" / BOOK_NAME).read_bytes()).read_named(rate).value
        assert shown == district.read_named(rate.value.replace("region_", "panel_")).value


def test_links_lead_into_the_workbook_of_the_district(home: Path, tmp_path: Path) -> None:
    neighbour(home, "Липового района", file="Липовый №1 #2.xlsm")
    result = rollup([home], tmp_path / "Регион")
    assert result.path
    book = openpyxl.load_workbook(result.path)
    sheet = book[REGION_MATRIX.sheet]
    cell = sheet.cell(5, 4)

    assert cell.hyperlink.target == "../Районы/Липовый%20№1%20%232.xlsm".replace("№", "%E2%84%96")
    assert cell.hyperlink.location == "'Свод'!A5"
    look = openpyxl.load_workbook(result.path)[REGION_SCHOOLS.sheet].cell(5, 13).hyperlink
    assert look.location == "'Полнота'!A5"


def test_the_columns_of_all_districts_are_coloured(home: Path, tmp_path: Path) -> None:
    for name in "АБВ":
        neighbour(home, f"{name} района")
    result = rollup([home], tmp_path / "Регион")
    assert result.path
    (rules,) = openpyxl.load_workbook(result.path)[REGION_MATRIX.sheet].conditional_formatting

    assert str(rules.sqref).startswith("C5:G")
    assert [one.formula[0][:8] for one in rules.rules] == ["LEFT(C5,"] * len(rules.rules)


def test_rows_of_all_districts_stand_on_a_sheet_while_they_fit(home: Path, tmp_path: Path) -> None:
    neighbour(home, "Липового района")
    result = rollup([home], tmp_path / "Регион")
    rows = table(result, REGION_ROWS)

    assert len(rows) == sum(one.facts.entries for one in result.region.districts)
    assert {one["status"] for one in rows} >= {"выполнено"}


def test_an_activity_of_a_district_is_a_row(home: Path, tmp_path: Path) -> None:
    result = rollup([home], tmp_path / "Регион")

    assert {one["number"] for one in table(result, REGION_ENTRIES)} >= {"1.1", "2.1"}
    assert all(one["look"] for one in table(result, REGION_ENTRIES))


# --- a district that is not as it should be stops nobody


def test_whatever_is_wrong_with_one_workbook_costs_that_one(home: Path, tmp_path: Path) -> None:
    whole = neighbour(home, "Липового района").read_bytes()
    (home / "битая.xlsx").write_bytes(whole[: len(whole) // 2])
    (home / "пустая.xlsx").write_bytes(b"")
    (home / "чужая.xlsx").write_bytes(_foreign())
    (home / "под паролем.xlsx").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600)
    (home / "повтор.xlsm").write_bytes(whole)
    result = rollup([home, home / "нет такой.xlsm"], tmp_path / "Регион")
    told = standings(result)

    assert sorted(told.values()).count(DistrictStanding.COUNTED) == 2
    assert sorted(told.values()).count(DistrictStanding.REPEATED) == 1
    assert {"F104", "F105", "F111", "L101", "L106"} <= set(codes(result))
    assert result.needs_user
    assert all(one.origin.file for one in result.findings)
    shown = {one["code"] for one in table(result, REGION_FINDINGS)}
    assert set(codes(result)) <= shown


def _foreign() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["ничего", "нашего"])
    book.save(out)
    return out.getvalue()


def test_a_campaign_nobody_consolidated_is_told_and_not_counted(issued: Path, tmp_path: Path) -> None:
    result = rollup([issued], tmp_path / "Регион")

    assert codes(result) == ["L103"]
    assert result.path is None


def test_a_campaign_that_received_something_since_is_told(home: Path, tmp_path: Path) -> None:
    late = home / "Тенистый" / store.RECEIVED_FOLDER / "поздняя.xlsx"
    late.write_bytes(b"something new")
    result = rollup([home], tmp_path / "Регион")

    assert codes(result) == ["L104"]
    assert result.findings[0].params[1] == ("files", "1")
    late.unlink()
    assert codes(rollup([home], tmp_path / "Регион")) == []


def test_a_copy_that_was_only_touched_is_no_news(home: Path, tmp_path: Path) -> None:
    for path in (home / "Тенистый" / store.RECEIVED_FOLDER).iterdir():
        os.utime(path)

    assert codes(rollup([home], tmp_path / "Регион")) == []


def test_a_workbook_that_is_open_is_told(home: Path, tmp_path: Path) -> None:
    book = store.Campaign(home / "Тенистый").workbook
    book.with_name(f"~${book.name}").write_bytes(b"somebody")

    assert codes(rollup([home], tmp_path / "Регион")) == ["L105"]


def test_a_folder_without_workbooks_is_told(tmp_path: Path) -> None:
    (tmp_path / "пусто").mkdir()

    assert codes(rollup([tmp_path / "пусто"], tmp_path / "Регион")) == ["L102"]


def test_the_folder_of_a_district_is_no_place_for_the_region(home: Path) -> None:
    with pytest.raises(store.StoreError, match="Тенистый"):
        rollup([home], home / "Тенистый")


@pytest.mark.libreoffice
def test_workbooks_another_program_saved_count_alike(home: Path, tmp_path: Path) -> None:
    usual = rollup([home], tmp_path / "Регион")
    book = store.Campaign(home / "Тенистый").workbook
    for kind in ("xlsx", "ods"):
        folder = tmp_path / kind
        folder.mkdir()
        (saved,) = saved_by_libreoffice(folder, [book], kind).values()
        result = rollup([saved], tmp_path / f"Регион {kind}")
        assert [sums_of(one.facts) for one in result.region.districts] == [
            sums_of(one.facts) for one in usual.region.districts
        ]


# --- runs that follow one another


def test_nothing_changed_costs_no_reading_and_no_writing(home: Path, tmp_path: Path) -> None:
    first = rollup([home], tmp_path / "Регион")
    assert first.path
    before = first.path.stat().st_mtime_ns
    second = rollup([home], tmp_path / "Регион")

    assert (second.read, second.is_written) == (0, False)
    assert second.path == first.path
    assert first.path.stat().st_mtime_ns == before
    assert second.region == first.region


def settled(path: Path) -> None:
    """Make a file as old as those that are believed by their time."""
    old = path.stat().st_mtime - 60
    os.utime(path, (old, old))


def test_only_a_workbook_that_changed_is_read(home: Path, tmp_path: Path) -> None:
    for name in ("Липового района", "Дубового района"):
        settled(neighbour(home, name))
    settled(store.Campaign(home / "Тенистый").workbook)
    rollup([home], tmp_path / "Регион")
    neighbour(home, "Липового района", ("✔ слабое подтв.", "! нет ответа"))
    again = rollup([home], tmp_path / "Регион")
    anew = rollup([home], tmp_path / "Другой")

    assert (again.read, again.kept) == (1, 2)
    assert again.region == anew.region


def test_a_workbook_that_was_only_touched_is_not_read(home: Path, tmp_path: Path) -> None:
    rollup([home], tmp_path / "Регион")
    os.utime(store.Campaign(home / "Тенистый").workbook)
    again = rollup([home], tmp_path / "Регион")

    assert (again.read, again.is_written) == (0, False)


def test_a_district_that_left_takes_its_column_along(home: Path, tmp_path: Path) -> None:
    other = neighbour(home, "Липового района")
    rollup([home], tmp_path / "Регион")
    other.unlink()
    result = rollup([home], tmp_path / "Регион")
    assert result.path
    headers = ExcelFile.from_bytes(result.path.read_bytes()).read_table(REGION_MATRIX.name).headers

    assert len(headers) == len(REGION_MATRIX.headers) + 1


def test_what_the_office_added_to_the_region_stays(home: Path, tmp_path: Path) -> None:
    first = rollup([home], tmp_path / "Регион")
    assert first.path
    book = openpyxl.load_workbook(first.path)
    book.create_sheet("Своё")["A1"] = "заметка"
    book.save(first.path)
    neighbour(home, "Липового района")
    result = rollup([home], tmp_path / "Регион")
    assert result.path

    assert openpyxl.load_workbook(result.path)["Своё"]["A1"].value == "заметка"
    assert len(table(result, REGION_COMPLETENESS)) == 2


def test_a_region_that_is_open_is_saved_beside(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "Регион"
    out.mkdir()
    (out / f"~${BOOK_NAME}").write_bytes(b"somebody")
    result = rollup([home], out)

    assert result.path
    assert result.path.name != BOOK_NAME
    assert codes(result) == ["L118"]


def test_a_run_cut_off_keeps_what_it_read(home: Path, tmp_path: Path) -> None:
    for name in "АБВ":
        settled(neighbour(home, f"{name} района"))
    settled(store.Campaign(home / "Тенистый").workbook)

    def cut(done: int, _all: int, _name: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rollup([home], tmp_path / "Регион", progress=cut)
    result = rollup([home], tmp_path / "Регион")

    assert (result.read, result.kept) == (1, 3)


def test_many_workbooks_are_read_by_several_processes_alike(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "АБВ":
        neighbour(home, f"{name} района")
    alone = rollup([home], tmp_path / "Регион")
    monkeypatch.setattr(pool, "LITTLE", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    assert rollup([home], tmp_path / "Другой").region == alone.region


# --- periods


def test_the_period_before_gives_the_change(home: Path, tmp_path: Path) -> None:
    past = (">2026<", ">2025<")
    neighbour(home, OURS, past, ("✔ слабое подтв.", "! нет ответа"), file="прошлый год.xlsm")
    result = rollup([home], tmp_path / "Регион")
    (own,) = table(result, REGION_COMPLETENESS)

    assert result.region.choice.period == "2026"
    assert own["before"] == "2025"
    assert standings(result)["прошлый год.xlsm"] == DistrictStanding.COMPARED


# --- limits and Parquet


def test_beyond_a_sheet_the_rows_become_parquet(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    neighbour(home, "Липового района")
    monkeypatch.setattr("sheetsync.campaign.regional.rolling_up.MOST_LINKS", 3)
    result = rollup([home], tmp_path / "Регион")
    assert result.row_folder
    files = sorted(result.row_folder.glob("*.parquet"))

    assert codes(result) == ["L116"]
    assert table(result, REGION_ROWS) == []
    assert [parquet.ParquetFile(one).num_row_groups for one in files] == [1, 1]
    read = [row for one in files for row in parquet.read_table(one).to_pylist()]
    assert len(read) == sum(one.facts.entries for one in result.region.districts)
    assert {type(row["due"]) for row in read} <= {date, type(None)}
    before = [one.stat().st_mtime_ns for one in files]
    (home / "Липового района.xlsm").unlink()
    rollup([home], tmp_path / "Регион")
    (left,) = result.row_folder.glob("*.parquet")
    assert left.stat().st_mtime_ns in before


def test_rows_the_quick_reader_does_not_know_are_read_by_the_other(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = store.Campaign(home / "Тенистый").workbook.read_bytes()
    monkeypatch.setattr(value_tables, "_PIECE", 2_000)
    usual = read_rows(data, "Район.xlsm")
    odd = read_rows(odd_at_the_end(data), "Район.xlsm")
    assert isinstance(usual, list)
    assert isinstance(odd, list)

    assert len(odd) > 1
    assert told_by(odd) == told_by(usual)


def odd_at_the_end(data: bytes) -> bytes:
    """The last row of the longest sheet, «Исполнение», is written as no usual program does."""
    end, odd = "</row></sheetData>", "<c  r='AZ1'/></row></sheetData>"
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheets = [one for one in book.infolist() if one.filename.startswith("xl/worksheets/sheet")]
        longest = max(sheets, key=lambda one: one.file_size)
        text = book.read(longest).decode()
    return varied(data, (text, text.replace(end, odd)))


def test_what_the_general_reader_says_of_a_workbook_is_why_its_rows_are_missing(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = store.Campaign(home / "Тенистый").workbook.read_bytes()
    monkeypatch.setattr(value_tables, "_ROWS_LIMIT", 100)
    refused = make("F102", origin=Origin("Район.xlsm"))
    monkeypatch.setattr("sheetsync.campaign.regional.reading.open_general", lambda *_: refused)
    told = read_rows(data, "Район.xlsm")

    assert isinstance(told, Finding)
    assert fact_of(told) == f"Строки «Исполнения» этого района не взяты: {fact_of(refused)}"


def told_by(pieces: list[ValueTable]) -> list[tuple[int, tuple[Value, ...]]]:
    """The rows of all pieces with their numbers, days as the numbers a workbook keeps them by."""
    rows = [(one.first_row + at, row) for one in pieces for at, row in enumerate(one.rows)]
    return [(at, tuple(map(bare, row))) for at, row in rows]


def bare(value: Value) -> Value:
    return (value - date(1899, 12, 30)).days if isinstance(value, date) else value


@pytest.mark.parametrize("with_rows", [True, False], ids=["files", "sheet"])
def test_rows_that_cannot_be_read_are_told_and_nothing_stands_for_them(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, with_rows: bool
) -> None:
    out = tmp_path / "Регион"
    first = rollup([home], out, with_rows=with_rows)
    neighbour(home, "Липового района")
    monkeypatch.setattr(value_tables, "_ROWS_LIMIT", 100)
    refused = make("F106", origin=Origin("Район.xlsm"), what="слишком велика")
    monkeypatch.setattr("sheetsync.campaign.regional.reading.open_general", lambda *_: refused)
    (home / "Тенистый" / "Район.xlsm").touch()
    result = rollup([home], out, with_rows=with_rows)
    shown = [one for one in table(result, REGION_FINDINGS) if "не взяты: слишком велика" in one["text"]]

    assert codes(first) == []
    assert codes(result).count("L123") == 2
    assert len(shown) == 2
    assert result.needs_user
    assert table(result, REGION_ROWS) == []
    assert len(list((out / row_files.ROWS_FOLDER).glob("*.parquet"))) == int(with_rows)


def test_without_pyarrow_the_region_is_made_all_the_same(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_files, "can_write", lambda: False)
    monkeypatch.setattr("sheetsync.campaign.regional.rolling_up.MOST_LINKS", 3)

    assert codes(rollup([home], tmp_path / "Регион")) == ["L117"]
    with pytest.raises(store.StoreError, match="pyarrow"):
        rollup([home], tmp_path / "Другой", with_rows=True)


def test_more_links_than_a_sheet_takes_are_none(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sheetsync.region.bodies.MOST_LINKS", 3)
    result = rollup([home], tmp_path / "Регион")
    assert result.path

    assert set(codes(result)) == {"L115"}
    assert openpyxl.load_workbook(result.path)[REGION_MATRIX.sheet].cell(5, 4).hyperlink is None


# --- the command


def test_the_command_tells_and_prints_one_document(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["rollup", str(home), "--out", str(tmp_path / "Регион"), "--json"]) == 0
    printed = capsys.readouterr()
    document: dict[str, Any] = json.loads(printed.out)

    assert document["period"] == "2026"
    assert [one["received"] for one in document["districts"]] == [2]
    assert BOOK_NAME in printed.err


def test_without_an_out_folder_the_command_is_not_understood(home: Path) -> None:
    assert run(["rollup", str(home)]) == 2


@pytest.mark.libreoffice
def test_libreoffice_opens_the_region(home: Path, tmp_path: Path) -> None:
    neighbour(home, "Липового района")
    result = rollup([home], tmp_path / "Регион")
    assert result.path
    (saved,) = saved_by_libreoffice(tmp_path, [result.path]).values()
    book = openpyxl.load_workbook(saved)

    assert book[REGION_MATRIX.sheet].cell(5, 4).value[0] in "✔◐!·"
    assert book[REGION_MATRIX.sheet].cell(5, 4).hyperlink is not None


# --- what earlier runs left


def edited(path: Path) -> None:
    """The office puts a sheet of its own into the region's workbook."""
    book = openpyxl.load_workbook(path)
    book.create_sheet("Своё")["A1"] = "заметка"
    book.save(path)


def test_what_the_office_added_stays_run_after_run(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "Регион"
    rollup([home], out)
    edited(out / BOOK_NAME)
    for name in ("Липового района", "Дубового района"):
        neighbour(home, name)
        result = rollup([home], out)
    anew = rollup([home], tmp_path / "Другой")

    assert openpyxl.load_workbook(out / BOOK_NAME)["Своё"]["A1"].value == "заметка"
    for spec in (REGION_COMPLETENESS, REGION_SCHOOLS, REGION_ENTRIES):
        assert table(result, spec) == table(anew, spec)
    headers = ExcelFile.from_bytes((out / BOOK_NAME).read_bytes()).read_table(REGION_MATRIX.name).headers
    assert len(headers) == len(REGION_MATRIX.headers) + 3


def test_a_district_that_left_an_edited_workbook_takes_its_column_along(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "Регион"
    other = neighbour(home, "Липового района")
    rollup([home], out)
    edited(out / BOOK_NAME)
    neighbour(home, "Дубового района")
    rollup([home], out)
    other.unlink()
    rollup([home], out)
    headers = ExcelFile.from_bytes((out / BOOK_NAME).read_bytes()).read_table(REGION_MATRIX.name).headers

    assert len(headers) == len(REGION_MATRIX.headers) + 2
    assert not any("Липового" in one for one in headers)


def test_rows_kept_from_a_run_before_are_those_written_anew(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "Регион"
    for name in ("Липового района", "Яблоневого района"):
        neighbour(home, name)
    rollup([home], out)
    neighbour(home, "Берёзового района")  # the rows of all others move
    neighbour(home, "Липового района", ("✔ слабое подтв.", "! нет ответа"))
    again, anew = rollup([home], out), rollup([home], tmp_path / "Другой")

    for spec in (REGION_MATRIX, REGION_ENTRIES, REGION_SCHOOLS, REGION_FINDINGS):
        assert table(again, spec) == table(anew, spec)


def test_a_run_that_finds_nothing_changed_tells_what_the_last_one_told(home: Path, tmp_path: Path) -> None:
    (home / "битая.xlsx").write_bytes(b"PK")
    first = rollup([home], tmp_path / "Регион")
    again = rollup([home], tmp_path / "Регион")

    assert not again.is_written
    assert (again.findings, again.outcome) == (first.findings, first.outcome)


def test_rows_that_fit_again_leave_no_files(home: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    first = rollup([home], tmp_path / "Регион", with_rows=True)
    assert first.row_folder
    assert list(first.row_folder.glob("*.parquet"))
    rollup([home], tmp_path / "Регион")

    assert list(first.row_folder.iterdir()) == []


def test_two_runs_into_one_folder_are_one_too_many(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sheetsync.store.lock._WAIT_SECONDS", 0)
    out = tmp_path / "Регион"
    with store.one_writer(store.Campaign(out), NOW), pytest.raises(store.StoreError, match="другой запуск"):
        rollup([home], out)


def test_a_workbook_that_is_too_big_is_not_opened(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sheetsync.campaign.regional.reading._MOST_BYTES", 10)

    assert codes(rollup([home], tmp_path / "Регион")) == ["L122"]
