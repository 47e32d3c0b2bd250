"""Schools put scans beside the report: in its folder, in its archive, anywhere under any name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import district_fixture as district
import pytest
from coordinator import codes, entries, rows
from coordinator import press_whole as press
from test_bundled_copies import archive_of

from sheetsync import campaign, store
from sheetsync.campaign import ConsolidateResult
from sheetsync.columns import LEDGER
from sheetsync.district.as_json import consolidation_as_json
from sheetsync.findings import fact_of
from sheetsync.model import Verdict

PDF = b"%PDF-1.7 "
SCHOOL = "Липовская СОШ"


def report(place: Path, code: str, documents: Mapping[str, str]) -> bytes:
    """A report in which only these rows say how they are confirmed."""
    answers: dict[str, dict[str, Any]] = {
        number: {**district.GOOD, "document": documents.get(number, "")}
        for number in district.all_good(place, code)
    }
    return district.filled(place, code, answers)


def along(
    place: Path, files: Mapping[str, bytes], documents: Mapping[str, str], folder: str = SCHOOL
) -> None:
    district.receive(place, f"{folder}/отчёт.xlsx", report(place, "S01", documents))
    for name, data in files.items():
        district.receive(place, f"{folder}/{name}", data)


def said(result: ConsolidateResult, code: str) -> list[str]:
    return [fact_of(one) for one in result.consolidation.findings if one.code == code]


def files_of(result: ConsolidateResult) -> dict[tuple[str, str], tuple[str, ...]]:
    """Files that confirm rows, by participant and the number of the row."""
    found = result.consolidation
    numbers = {row.key: row.number for row in found.plan.rows}
    return {(one.participant, numbers[one.activity]): one.attached for one in found.outcomes if one.attached}


def kept(place: Path, data: bytes) -> bool:
    return store.read_original(store.Campaign(place), store.sha256(data)) == data


def test_files_of_a_school_s_folder_confirm_the_rows_they_are_about(place: Path) -> None:
    files = {
        "приказ_12.pdf": PDF + b"1",
        "1.2 справка.docx": b"PK\3\4 word",
        "2.1/скан.jpg": b"\xff\xd8\xff 3",
        "сканы/Приказ №7 от 30.01.2026.pdf": PDF + b"4",
        "разное.png": b"\x89PNG 5",
    }
    along(place, files, {"1.1": "см. «Приказ 12.pdf»", "2.2": "приказ № 7 от 30.01.2026"})

    result = press(place)

    assert files_of(result) == {
        ("S01", "1.1"): ("приказ_12.pdf",),
        ("S01", "1.2"): ("1.2 справка.docx",),
        ("S01", "2.1"): ("скан.jpg",),
        ("S01", "2.2"): ("Приказ №7 от 30.01.2026.pdf",),
    }
    shown = entries(place)
    assert shown[SCHOOL, "1.1"]["Подтверждение"] == shown[SCHOOL, "2.1"]["Подтверждение"] == "есть"
    assert shown[SCHOOL, "1.1"]["Источник"].endswith("файлы: приказ_12.pdf")
    assert shown[SCHOOL, "2.3"]["Подтверждение"] == "нет"
    assert said(result, "E622") == ["Файлов, не отнесённых к мероприятиям: 1 — «разное.png»."]
    assert len(said(result, "E623")) == 3
    assert "F109" not in codes(result)
    assert all(kept(place, data) for data in files.values())


def test_the_coordinator_s_json_and_ledger_know_the_files(place: Path) -> None:
    along(place, {"1.1 приказ.pdf": PDF}, {})

    result = press(place)

    document = consolidation_as_json(result.consolidation)
    (entry,) = [one for one in document["entries"] if one["attached"]]
    assert (entry["number"], entry["attached"], entry["evidence_state"]) == ("1.1", ["1.1 приказ.pdf"], "yes")
    assert document["ledger"]["unaccounted"] == 0
    (line,) = [one for one in rows(place, LEDGER.name) if one["Файл"].endswith(".pdf")]
    assert (line["Участник"], line["Заполнено"]) == (SCHOOL, "0")
    assert press(place, 1).written_to is None


def test_a_zip_of_one_school_and_a_zip_of_two(place: Path) -> None:
    own = archive_of(("отчёт.xlsx", report(place, "S01", {})), ("1.1.pdf", PDF + b"1"))
    both = archive_of(
        ("Кленовская/отчёт.xlsx", report(place, "S02", {})),
        ("Кленовская/2.1 приказ.pdf", PDF + b"2"),
        ("Ручьи/отчёт.xlsx", report(place, "S03", {})),
        ("чей-то.pdf", PDF + b"3"),
    )
    district.receive(place, "липовка.zip", own)
    district.receive(place, "две школы.zip", both)

    result = press(place)

    assert files_of(result) == {("S01", "1.1"): ("1.1.pdf",), ("S02", "2.1"): ("2.1 приказ.pdf",)}
    assert said(result, "F109") == ["«чей-то.pdf» — файл другого вида (pdf), не отчёт."]
    assert kept(place, PDF + b"2")
    assert not kept(place, PDF + b"3")


def test_in_the_root_only_a_sure_name_says_whose_a_file_is(place: Path) -> None:
    district.receive(place, "S01.xlsx", report(place, "S01", {}))
    for name in ("S01 1.1 приказ.pdf", "Липовская СОШ скан.pdf", "приказ.pdf"):
        district.receive(place, name, PDF + name.encode())

    result = press(place)

    (told,) = said(result, "E629")
    assert "«S01 1.1 приказ.pdf»" in told
    assert "«Липовская СОШ скан.pdf»" in told
    assert files_of(result) == {("S01", "1.1"): ("S01 1.1 приказ.pdf",)}
    assert [one.split("»")[0] for one in said(result, "F109")] == ["«приказ.pdf"]


def test_a_file_called_after_another_school_is_not_given_to_the_folder_s(place: Path) -> None:
    """In a folder of a month the next school's scan may come before its report."""
    along(place, {"1.1 Кленовская ООШ приказ.pdf": PDF}, {}, folder="Ноябрь")

    assert files_of(press(place)) == {("S02", "1.1"): ("1.1 Кленовская ООШ приказ.pdf",)}


def test_in_a_school_s_own_folder_another_s_name_means_nothing(place: Path) -> None:
    along(place, {"1.1 семинар, Кленовская ООШ.pdf": PDF}, {})

    assert files_of(press(place)) == {("S01", "1.1"): ("1.1 семинар, Кленовская ООШ.pdf",)}


def test_beside_a_report_nobody_could_read_only_a_name_decides(place: Path) -> None:
    along(place, {"1.1.pdf": PDF, "S01 1.2.pdf": PDF + b"2"}, {}, folder="Ноябрь")
    district.receive(place, "Ноябрь/повреждён.xlsx", report(place, "S02", {})[:-300])

    result = press(place)

    assert files_of(result) == {("S01", "1.2"): ("S01 1.2.pdf",)}
    assert len(said(result, "F109")) == 1


def test_a_named_file_that_did_not_come_is_asked_for(place: Path) -> None:
    along(
        place,
        {},
        {
            "1.1": "см. приказ_12.pdf и акт.pdf",
            "1.2": "Справка прилагается",
            "2.1": "приказ № 5 от 30.01.2026",
        },
    )

    result = press(place)

    assert said(result, "E620") == [
        f"Файл «{name}» назван, но среди присланных его нет." for name in ("акт.pdf", "приказ_12.pdf")
    ]
    assert [one.split("(")[1] for one in said(result, "E621")] == [
        "«прилагается»), но файлов вместе с копией нет."
    ]


def test_one_scan_for_everything_and_for_two_schools(place: Path) -> None:
    along(place, {"1.1 приказ.pdf": PDF, "1.2 справка.pdf": PDF}, {})
    district.receive(place, "Кленовская/отчёт.xlsx", report(place, "S02", {}))
    district.receive(place, "Кленовская/2.1.pdf", PDF)

    result = press(place)

    assert said(result, "E624") == [
        "Один и тот же файл приложен к нескольким строкам: 1.1, 1.2 — «1.1 приказ.pdf»."
    ]
    assert [one.participant for one in result.consolidation.findings if one.code == "E625"] == ["S01", "S02"]


def test_files_that_confirm_nothing(place: Path) -> None:
    """Empty, torn, a program under a picture's name, macros, sixty megabytes."""
    files = {
        "1.1.pdf": b"",
        "1.2.docx": b"hello, this is no document",
        "2.1.jpg": b"MZ\x90\0 program",
        "2.2.docm": b"PK\3\4",
        "2.3.pdf": PDF,
    }
    along(place, files, {})
    with (place / store.RECEIVED_FOLDER / SCHOOL / "2.3.pdf").open("r+b") as large:
        large.truncate(60 << 20)

    result = press(place)

    assert files_of(result) == {}
    assert sorted(said(result, "E626")) == [
        "Подтверждением не считается — содержимое не отвечает имени файла: «1.2.docx».",
        "Подтверждением не считается — файл пустой: «1.1.pdf».",
        "Подтверждением не считается — файл слишком большой: «2.3.pdf».",
    ]
    assert said(result, "E627") == [
        "Подтверждением не считается, не сохранено — это программа или документ с макросами: "
        "«2.1.jpg», «2.2.docm»."
    ]
    assert not kept(place, files["2.1.jpg"])
    assert not kept(place, files["2.2.docm"])


def test_hostile_names_are_shown_tamed_and_lead_nowhere(place: Path) -> None:
    data = archive_of(
        ("отчёт.xlsx", report(place, "S01", {})),
        ("../../1.1.pdf", PDF),
        ("1.2 скан\u202efdp.jpg", b"\xff\xd8\xff"),
        (f"{'очень ' * 60}длинное.pdf", PDF + b"2"),
        ("Справка на Петрова Ивана Сергеевича, 5 класс.pdf", PDF + b"3"),
    )
    district.receive(place, "школа.zip", data)

    result = press(place)

    assert not list(place.parent.glob("1.1.pdf"))
    names = [one.origin.file for one in result.consolidation.files]
    assert not [one for one in names if "\u202e" in one or len(one) > 200]
    told = "\n".join([*names, *map(fact_of, result.consolidation.findings)])
    assert "Петров" not in told
    assert (
        b"\xd0\x9f\xd0\xb5\xd1\x82\xd1\x80\xd0\xbe\xd0\xb2" not in store.Campaign(place).journal.read_bytes()
    )


def test_three_hundred_files(place: Path) -> None:
    along(
        place,
        {f"сканы/скан {number}.jpg": b"\xff\xd8\xff %d" % number for number in range(300)},
        {"1.1": "скан 7.jpg"},
    )

    result = press(place)

    assert files_of(result) == {("S01", "1.1"): ("скан 7.jpg",)}
    (told,) = said(result, "E622")
    assert "299" in told
    assert "(+294)" in told


def test_a_workbook_that_is_no_report_may_be_a_document(place: Path) -> None:
    import openpyxl  # noqa: PLC0415 - one test makes a workbook of its own

    book = openpyxl.Workbook()
    book.active["A1"] = "Результаты диагностики"
    path = place / store.RECEIVED_FOLDER / SCHOOL / "диагностика.xlsx"
    along(place, {}, {"1.2": "таблица диагностика.xlsx"})
    book.save(path)

    result = press(place)

    assert files_of(result) == {("S01", "1.2"): ("диагностика.xlsx",)}
    assert "V201" not in codes(result)
    assert {one.verdict for one in result.consolidation.files} == {Verdict.ACCEPTED, Verdict.SKIPPED}


def test_a_file_taken_away_confirms_nothing_and_that_is_said(place: Path) -> None:
    """As with copies: what is no longer in «Получено» is no longer in the свод; the bytes stay."""
    along(place, {"1.1.pdf": PDF}, {})
    press(place)
    (place / store.RECEIVED_FOLDER / SCHOOL / "1.1.pdf").unlink()

    result = press(place, 1)

    assert files_of(result) == {}
    assert said(result, "E628") == ["Файлы убраны из «Получено» и больше ничего не подтверждают: «1.1.pdf»."]
    assert kept(place, PDF)
    district.receive(place, f"{SCHOOL}/снова/1.1.pdf", PDF)
    assert "E628" not in codes(press(place, 2))


def test_purge_destroys_files_with_the_copies_and_they_confirm_on(place: Path) -> None:
    along(place, {"1.1.pdf": PDF, "1.2.pdf": PDF + b"2"}, {})
    press(place)

    result = campaign.purge(
        place, district.DUE.replace(year=2027), district.NOW.replace(year=2027), received=True
    )

    assert sum(one.kind == "attached" for one in result.files) == 4
    assert not kept(place, PDF)
    assert not [one for one in (place / store.RECEIVED_FOLDER).rglob("*") if one.is_file()]
    after = press(place, 5)
    assert files_of(after) == {("S01", "1.1"): ("1.1.pdf",), ("S01", "1.2"): ("1.2.pdf",)}
    assert "E628" not in codes(after)


def test_files_known_already_are_not_read_again(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    along(place, {"1.1.pdf": PDF}, {})
    press(place)
    read = Path.read_bytes

    def never(path: Path) -> bytes:
        assert path.suffix != ".pdf"
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", never)

    assert files_of(press(place, 1)) == {("S01", "1.1"): ("1.1.pdf",)}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_called_a_scan_does_not_stop_the_run(place: Path) -> None:
    along(place, {}, {})
    os.mkfifo(place / store.RECEIVED_FOLDER / SCHOOL / "1.1.pdf")

    assert "F109" in codes(press(place))


def test_one_archive_is_checked_with_the_scans_in_it(place: Path) -> None:
    """«Проверить один файл»: the school's zip, before it is put into «Получено»."""
    data = archive_of(
        ("отчёт.xlsx", report(place, "S01", {"1.1": "см. приказ.pdf", "1.2": "см. справка.pdf"})),
        ("приказ.pdf", PDF),
    )
    path = place / "школа.zip"
    path.write_bytes(data)

    result = campaign.check_file(path, district.DUE)

    assert result.verdict is Verdict.ACCEPTED
    assert [fact_of(one) for one in result.findings if one.code == "E620"] == [
        "Файл «справка.pdf» назван, но среди присланных его нет."
    ]
