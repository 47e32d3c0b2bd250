"""Children's names, phones and diagnoses a school typed never reach the district workbook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import coordinator
import district_fixture as district
import pytest
from coordinator import codes, decide, edit, entries, press, workbook
from openpyxl.comments import Comment

from sheetsync import cli, store
from sheetsync.columns import ENTRIES, SETTINGS
from sheetsync.model import Privacy

SECRETS = (
    "Зимородкова",
    "Пустельгин",
    "Камышовкин",
    "345-67-89",
    "89123456789",
    "112-233-445",
    "zimo",
    "F70",
    "эпилепси",
)

ANSWER = {
    **district.GOOD,
    "info": "Занимались: Зимородкова Инна, 7Б, Пустельгин П., 8А. Тел. мамы 8-912-345-67-89",
    "document": "Приказ № 5 от 30.01.2026 (ученик 7Б Камышовкин Лев, F70)",
}


@pytest.fixture
def told(place: Path) -> Path:
    """A campaign where one school names children wherever text can stand."""

    def more(sheet: Any) -> None:
        columns, header = district.header_of(sheet)
        sheet.cell(header + 3, columns["info"]).comment = Comment(
            "Мать Зимородковой Инны: 8-912-345-67-89", "автор"
        )
        sheet.cell(header + 3, columns["link"]).value = "написать"
        sheet.cell(header + 3, columns["link"]).hyperlink = "mailto:zimo@mail.example"
        sheet.cell(header + 3, columns["reason"]).value = 89123456789
        sheet.cell(sheet.max_row + 3, 2).value = "СНИЛС 112-233-445 95, эпилепсия у ученика 7Б"
        listed = sheet.parent.create_sheet("Список")
        for row in (("ФИО ученика", "Класс"), ("Зимородкова Инна", "7Б"), ("Пустельгин", "8А")):
            listed.append(row)

    answers = {"1.1": ANSWER, "1.2": district.GOOD, "2.1": district.GOOD}
    district.receive(place, "S01.xlsx", district.filled(place, "S01", answers, more))
    return place


def choose(place: Path, mode: Privacy) -> None:
    """The coordinator picks a mode in «Настройки»."""
    label = next(
        row["Параметр"] for row in coordinator.rows(place, SETTINGS.name) if "Персональные" in row["Параметр"]
    )

    def pick(book: Any) -> None:
        sheet = book[SETTINGS.sheet]
        row = coordinator.row_of(sheet, label)
        sheet.cell(row, coordinator.column_of(sheet, "Значение")).value = mode.value

    edit(place, pick)


def text_of_workbook(place: Path) -> str:
    return "\n".join(
        part.decode("utf-8", "replace") for part in coordinator.parts(coordinator.data(place)).values()
    )


def test_no_name_phone_or_diagnosis_reaches_the_workbook(told: Path) -> None:
    result = press(told)

    shown = text_of_workbook(told)
    assert [secret for secret in SECRETS if secret in shown] == []
    assert entries(told)["Липовская СОШ", "1.1"][ENTRIES.column("info").header] == (
        "Занимались: З***а И., 7Б, П***н П., 8А. Тел. мамы +7 ***-**-89"
    )
    assert {"P901", "P902", "P903", "P905", "P907"} <= set(codes(result))


def test_a_document_beside_a_name_still_confirms(told: Path) -> None:
    press(told)

    row = entries(told)["Липовская СОШ", "1.1"]
    assert (
        row[ENTRIES.column("document").header] == "Приказ № 5 от 30.01.2026 (ученик 7Б К***н Л., [диагноз])"
    )
    assert "E601" not in row.values()


def test_everything_masked_is_accounted_for(told: Path) -> None:
    """«Сверка» adds up: a covered value is placed, not lost."""
    result = press(told)

    assert "S802" not in codes(result)
    assert [line.unaccounted for line in result.consolidation.ledger] == [0]


def test_a_finding_tells_the_activity_and_the_cell(told: Path) -> None:
    found = [one for one in press(told).consolidation.findings if one.code == "P907" and one.activity]

    assert [(one.participant, one.origin.sheet) for one in found] == [("S01", "Отчёт")]
    assert found[0].origin.cell


def test_the_original_is_kept_as_it_came(told: Path) -> None:
    sent = (told / store.RECEIVED_FOLDER / "S01.xlsx").read_bytes()
    press(told)

    assert store.read_original(store.open_campaign(told), store.sha256(sent)) == sent


def test_json_and_one_file_check_tell_no_name(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = told / store.RECEIVED_FOLDER / "S01.xlsx"
    alone = told.parent / "одна.xlsx"
    alone.write_bytes(copy.read_bytes())

    for command in (
        ["consolidate", told, "--as-of", "2026-06-15", "--json"],
        ["check", copy],
        ["check", alone, "--json"],
    ):
        assert cli.run([str(one) for one in command]) == 1
        said = capsys.readouterr()
        assert [secret for secret in SECRETS if secret in said.out + said.err] == []
        assert not said.out or command[-1] != "--json" or json.loads(said.out)


def test_history_tells_changes_with_names_covered(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    press(told)

    assert cli.run(["history", str(told), "--json"]) == cli.DONE
    said = capsys.readouterr().out
    assert "З***а И., 7Б" in said
    assert [secret for secret in SECRETS if secret in said] == []


def test_keep_shows_the_words_and_tells(told: Path) -> None:
    choose(told, Privacy.KEEP)
    result = press(told)

    assert entries(told)["Липовская СОШ", "1.1"][ENTRIES.column("info").header] == ANSWER["info"]
    assert {"P901", "P902"} <= set(codes(result))
    assert "S802" not in codes(result)


def test_hold_takes_the_answer_aside(told: Path) -> None:
    choose(told, Privacy.HOLD)
    result = press(told)

    held = entries(told)["Липовская СОШ", "1.1"][ENTRIES.column("info").header]
    assert held == "[скрыто до проверки: имя ребёнка, телефон]"
    assert "S802" not in codes(result)


def test_a_mode_that_is_none_is_told_and_hides(told: Path) -> None:
    choose(told, Privacy.MASK)

    def misspell(book: Any) -> None:
        sheet = book[SETTINGS.sheet]
        row = coordinator.row_of(sheet, "Персональные данные")
        sheet.cell(row, coordinator.column_of(sheet, "Значение")).value = "как-нибудь"

    edit(told, misspell)

    assert "S809" in codes(press(told))
    assert [secret for secret in SECRETS if secret in text_of_workbook(told)] == []


def test_a_mode_may_be_typed_in_latin_letters(told: Path) -> None:
    """The design calls the modes mask, keep and hold; a coordinator may type them so."""

    def hold(book: Any) -> None:
        sheet = book[SETTINGS.sheet]
        row = coordinator.row_of(sheet, "Персональные данные")
        sheet.cell(row, coordinator.column_of(sheet, "Значение")).value = " Hold "

    edit(told, hold)

    assert "S809" not in codes(press(told))
    assert "[скрыто до проверки" in text_of_workbook(told)


def test_two_copies_with_children_who_look_alike_are_a_conflict(place: Path) -> None:
    """«И***в П.» in both: Пётр in one copy, Павел in the other."""
    for name, child in (("а.xlsx", "Иванов Пётр"), ("б.xlsx", "Иванов Павел")):
        answer = {**district.GOOD, "info": f"Занимался {child}, 7Б"}
        district.receive(place, name, district.filled(place, "S01", {"1.1": answer}))

    assert "M701" in codes(press(place))


def test_a_decision_on_another_child_is_flagged(place: Path) -> None:
    """The covered answer looks the same, and is not: the decision must be looked at again."""
    first = {**district.GOOD, "info": "Занимался Иванов Пётр, 7Б"}
    district.receive(place, "S01.xlsx", district.filled(place, "S01", {"1.1": first}))
    press(place, 1)
    edit(place, lambda book: decide(book, "Липовская СОШ", "1.1", "принято", ""))
    press(place, 2)
    other = {**district.GOOD, "info": "Занимался Иванов Павел, 7Б"}
    district.receive(place, "S01.xlsx", district.filled(place, "S01", {"1.1": other}))

    assert "M703" in codes(press(place, 3))


def test_outputs_name_no_person_of_a_school(told: Path) -> None:
    """Properties of forms and of the workbook name the program; authors of notes stay in the originals."""
    press(told)

    for path in (workbook(told), *(told / store.FORMS_FOLDER).glob("*.xlsx")):
        parts = coordinator.parts(path.read_bytes())
        core = parts["docProps/core.xml"].decode()
        assert "<dc:creator>sheetsync</dc:creator>" in core
        assert "<cp:lastModifiedBy>sheetsync</cp:lastModifiedBy>" in core
        assert not any("автор".encode() in part for name, part in parts.items() if "comment" in name)
