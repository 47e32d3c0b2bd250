"""«sheetsync return» on files: a form goes back with remarks, is mended, and is accepted in the end."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import district_fixture as district
import openpyxl
import pytest
from click.testing import CliRunner
from coordinator import decide
from returned_forms import ANSWERS, SCHOOL, Loop, mended, repairs_in, rows_of

from open_book import OpenBook
from packages import packed, parts
from sheetsync import campaign, cli, messages, store
from sheetsync.columns import REPORT, FormCell, ReturnCell
from sheetsync.forms.checking import ACCEPTED, SEE_REMARK
from sheetsync.forms.returned import OPEN_SIGN
from sheetsync.grid import CELL_LIMIT
from sheetsync.model import Event, ReviewState, SchoolState
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.templates import OFFICE_FOLDER, Template, template_bytes
from tools_path import tool

REMARK = "Приложите приказ о назначении"
BARE = {"status": "выполнено", "done_on": datetime(2026, 2, 1), "info": "Назначен."}
FIRST = {"1.1": BARE, "1.2": district.GOOD, "2.1": district.GOOD}


@pytest.fixture
def loop(place: Path) -> Loop:
    """One school has answered, its first row without a document; the свод is collected."""
    story = Loop(place)
    story.send("S01.xlsx", district.filled(place, "S01", FIRST))
    story.collect()
    return story


# --- the whole story


def test_there_and_back_twice_until_all_is_accepted(loop: Loop) -> None:
    """Issue, fill, collect, decide, return, mend, collect, return again, mend, accept."""
    loop.decide("1.1", "на доработку", REMARK)
    loop.decide("1.2", "принято")
    result = loop.give_back()

    assert loop.returned() == ["S01 Липовская СОШ (возврат 1).xlsx"]
    assert result.findings == ()
    rows = rows_of(loop.form())
    assert rows["1.1"].cells["remark"] == f"На доработку: {REMARK}"
    assert OPEN_SIGN in rows["1.1"].cells["sign"]
    assert (rows["1.1"].cells["info"], rows["1.1"].cells["done_on"]) == ("Назначен.", datetime(2026, 2, 1))
    assert rows["1.1"].open == set(ANSWERS)
    assert rows["1.2"].is_closed
    assert rows["1.2"].cells["remark"] == ACCEPTED
    assert rows["2.1"].open == rows["2.2"].open == set(ANSWERS)
    assert rows["2.2"].cells["status"] is None

    loop.send("Исправлено.xlsx", mended(loop.form(), {"1.1": {"document": "приказ № 7 от 01.02.2026"}}))
    loop.collect()
    assert loop.shown("1.1")["review"] == ReviewState.MENDED
    assert loop.shown("1.2")["review"] == ReviewState.ACCEPTED
    assert loop.shown("1.1")["document"] == "приказ № 7 от 01.02.2026"

    loop.decide("1.1", "на доработку", "Номер приказа другой: № 8")
    loop.collect()
    assert loop.state() == SchoolState.REWORK
    loop.give_back()
    assert loop.returned()[-1] == "S01 Липовская СОШ (возврат 2).xlsx"
    again = rows_of(loop.form(2))
    assert again["1.1"].cells["remark"] == "На доработку: Номер приказа другой: № 8"
    assert again["1.1"].cells["document"] == "приказ № 7 от 01.02.2026"

    rest = dict.fromkeys(("2.2", "2.3"), district.GOOD)
    fixed = {"1.1": {"document": "приказ № 8 от 01.02.2026"}, **rest}
    loop.send("Ещё раз.xlsx", mended(loop.form(2), fixed))
    loop.collect()
    assert loop.shown("1.1")["review"] == ReviewState.MENDED
    for number in ("1.1", "2.1", "2.2", "2.3"):
        loop.decide(number, "принято")
    last = loop.collect()

    assert loop.state() == SchoolState.ACCEPTED
    assert loop.give_back().files == ()
    assert not [one for one in last.consolidation.unplaced if one.participant == "S01"]
    assert loop.told_in_journal().count(Event.RETURNED) == 2


def test_the_form_says_which_return_it_is_and_till_when(loop: Loop) -> None:
    loop.decide("1.1", "на доработку", REMARK)
    loop.decide("1.2", "принято")

    loop.give_back(until=date(2026, 7, 1))

    line = ExcelFile.from_bytes(loop.form().read_bytes()).read_named(ReturnCell.LINE).text
    assert line.startswith("Возврат № 1.")
    assert f"{OPEN_SIGN} (их 1)" in line
    assert "до 01.07.2026" in line
    assert "закрыты" in line


def test_a_full_row_that_is_sent_back_says_to_see_the_remark(loop: Loop) -> None:
    def shown() -> dict[str, str]:
        table = ExcelFile.from_bytes(loop.form().read_bytes()).read_table(REPORT.name)
        at = REPORT.keys.index
        return {row[at("number")].text: row[at("check")].text for row in table.rows}

    loop.decide("2.1", "на доработку", REMARK)
    loop.give_back()

    assert shown()["2.1"] == SEE_REMARK


def test_rows_without_any_answer_are_counted_above_the_table(loop: Loop) -> None:
    """2.2 was due in May; 2.3 is due in July."""
    loop.decide("1.1", "на доработку", REMARK)

    loop.give_back()

    line = ExcelFile.from_bytes(loop.form().read_bytes()).read_named(ReturnCell.LINE).text
    assert "Ответа ещё нет в строках: 1." in line


def test_a_row_accepted_without_an_answer_stays_open(loop: Loop) -> None:
    loop.decide("1.1", "на доработку", REMARK)
    loop.decide("2.2", "принято")

    loop.give_back()

    assert rows_of(loop.form())["2.2"].open == set(ANSWERS)
    assert rows_of(loop.form())["2.2"].cells["remark"] is None


def test_a_status_that_was_understood_comes_back_in_the_word_of_the_list(place: Path) -> None:
    """«Сделано» is understood; the school is not asked to choose again, and nothing counts as changed."""
    loop = Loop(place)
    answers = {**FIRST, "1.2": {**district.GOOD, "status": "сделано"}}
    loop.send("S01.xlsx", district.filled(place, "S01", answers))
    loop.collect()
    loop.decide("1.1", "на доработку", REMARK)
    loop.decide("1.2", "принято")
    loop.give_back()
    assert rows_of(loop.form())["1.2"].cells["status"] == "выполнено"

    loop.send("Исправлено.xlsx", mended(loop.form(), {"1.1": {"document": "приказ № 7 от 01.02.2026"}}))
    loop.collect()

    assert loop.shown("1.2")["review"] == ReviewState.ACCEPTED


def test_schools_with_nothing_open_get_nothing(loop: Loop) -> None:
    loop.decide("1.2", "принято")

    result = loop.give_back()

    assert (result.files, result.needs_user, loop.returned()) == ((), False, [])


# --- again and again


def test_returning_again_writes_nothing(loop: Loop) -> None:
    loop.decide("1.1", "на доработку", REMARK)
    loop.give_back()
    before = loop.form().read_bytes(), loop.form().stat().st_mtime_ns

    again = loop.give_back()

    assert [one.is_new for one in again.files] == [False]
    assert (loop.form().read_bytes(), loop.form().stat().st_mtime_ns) == before
    loop.collect()
    assert loop.told_in_journal().count(Event.RETURNED) == 1


def test_remarks_changed_before_the_school_answers_belong_to_the_same_return(loop: Loop) -> None:
    loop.decide("1.1", "на доработку", REMARK)
    first = loop.give_back().files[0]
    loop.decide("2.1", "на доработку", "Где расписание?")

    second = loop.give_back().files[0]

    assert loop.returned() == ["S01 Липовская СОШ (возврат 1).xlsx"]
    assert (second.number, second.until, second.open) == (1, first.until, 2)
    assert rows_of(loop.form())["2.1"].cells["remark"] == "На доработку: Где расписание?"


def test_words_longer_than_a_cell_are_returned_as_far_as_they_fit(loop: Loop) -> None:
    """A remark as long as a cell, with what stands before it; an answer that grew when data were covered."""
    tight = {"info": "Диагноз ЗПР. " * 2_500}
    loop.send("Длинно.xlsx", district.filled(loop.place, "S01", {**FIRST, "1.1": {**BARE, **tight}}))
    loop.collect()
    loop.decide("1.1", "на доработку", "щ" * CELL_LIMIT)
    loop.give_back()

    cells = rows_of(loop.form())["1.1"].cells
    assert len(cells["remark"]) == len(cells["info"]) == CELL_LIMIT
    loop.send("Назад.xlsx", mended(loop.form(), {"1.1": {"document": "приказ № 7 от 01.02.2026"}}))
    before = loop.shown("1.1")["info"]
    loop.collect()
    assert loop.shown("1.1")["info"] == before


def test_a_returned_form_somebody_filled_in_the_folder_is_not_overwritten(loop: Loop) -> None:
    loop.decide("1.1", "на доработку", REMARK)
    loop.give_back()
    filled = mended(loop.form(), {"1.1": {"document": "приказ № 7 от 01.02.2026"}})
    loop.form().write_bytes(filled)
    loop.decide("2.1", "на доработку", "Где расписание?")

    result = loop.give_back()

    assert [one.code for one in result.findings] == ["S840"]
    assert loop.form().read_bytes() == filled
    assert result.needs_user


def test_a_returned_form_that_was_deleted_comes_back_as_it_was(loop: Loop) -> None:
    loop.decide("1.1", "на доработку", REMARK)
    loop.give_back()
    data = loop.form().read_bytes()
    loop.form().unlink()

    loop.give_back()

    assert loop.form().read_bytes() == data


def test_a_decision_on_the_screen_is_returned_before_anybody_saves(loop: Loop) -> None:
    screen = OpenBook.opened(
        loop.place / store.NEW_WORKBOOK_NAME,
        lambda book: decide(book, SCHOOL, "1.1", "на доработку", REMARK),
    )

    result = loop.give_back(workbook=screen)

    assert [one.open for one in result.files] == [1]
    assert rows_of(loop.form())["1.1"].cells["remark"] == f"На доработку: {REMARK}"
    assert screen.replaced == []


# --- what comes back


def test_an_accepted_row_changed_all_the_same_is_shown_as_changed(loop: Loop) -> None:
    """The school took the protection off: nothing is refused, and nothing is accepted in silence."""
    loop.decide("1.1", "на доработку", REMARK)
    loop.decide("1.2", "принято")
    loop.give_back()
    changes = {"1.1": {"document": "приказ № 7 от 01.02.2026"}, "1.2": {"info": "Переделано."}}

    loop.send("Исправлено.xlsx", mended(loop.form(), changes))
    loop.collect()

    assert (loop.shown("1.2")["info"], loop.shown("1.2")["review"]) == ("Переделано.", ReviewState.CHANGED)


def test_a_school_that_answers_everything_anew_leaves_nothing_unplaced(loop: Loop) -> None:
    """By its remarks the form is known again, however little of its answers is left."""
    loop.decide("1.1", "на доработку", REMARK)
    loop.give_back()
    anew = {"status": "не выполнено", "done_on": None, "info": None, "document": None, "reason": "нет людей"}

    loop.send("Заново.xlsx", mended(loop.form(), dict.fromkeys(("1.1", "1.2", "2.1"), anew)))
    result = loop.collect()

    assert [one.text for one in result.consolidation.unplaced] == []
    assert loop.shown("1.1")["reason"] == "нет людей"


def test_a_late_copy_counts_and_stays_older_than_the_return(loop: Loop) -> None:
    """Nobody collected before returning: what the late copy corrects is returned, and stays corrected."""
    loop.decide("1.1", "на доработку", REMARK)
    late = {**FIRST, "2.1": {**district.GOOD, "info": "Расписание утверждено, 3 часа."}}
    loop.send("Поздняя.xlsx", district.filled(loop.place, "S01", late))

    loop.give_back()
    assert rows_of(loop.form())["2.1"].cells["info"] == "Расписание утверждено, 3 часа."
    loop.collect()

    assert loop.shown("2.1")["info"] == "Расписание утверждено, 3 часа."


def test_answers_go_back_as_they_were_typed(place: Path) -> None:
    """A day stays a day, a link behind a word is written out, a dash stays text."""
    loop = Loop(place)

    def linked(sheet: Any) -> None:
        columns, header = district.header_of(sheet)
        cell = next(
            sheet.cell(row, columns["link"])
            for row in range(header + 1, sheet.max_row + 1)
            if sheet.cell(row, columns["number"]).value == "1.1"
        )
        cell.value, cell.hyperlink = "приказ", "https://shkola.example/7"

    answers = {"1.1": {**BARE, "reason": 25}, "1.2": {**district.GOOD, "info": "- проведено"}}
    loop.send("S01.xlsx", district.filled(place, "S01", answers, linked))
    loop.collect()
    loop.decide("1.1", "на доработку", REMARK)
    loop.give_back()

    rows = rows_of(loop.form())
    assert rows["1.1"].cells["link"] == "приказ\nhttps://shkola.example/7"
    assert (rows["1.1"].cells["done_on"], rows["1.1"].cells["reason"]) == (datetime(2026, 2, 1), "25")
    assert rows["1.2"].cells["info"] == "- проведено"

    loop.send("Как есть.xlsx", mended(loop.form(), {}))
    loop.collect()
    assert loop.shown("1.1")["review"] == ReviewState.REWORK


# --- personal data


NAMED = {**BARE, "info": "Занимались: Зимородкова Инна, 7Б, Пустельгин П., 8А."}


def test_covered_names_stay_covered_and_a_cell_left_alone_stays_the_answer(place: Path) -> None:
    """The file holds no child's name; what comes back untouched is no new answer."""
    loop = Loop(place)
    loop.send("S01.xlsx", district.filled(place, "S01", {**FIRST, "1.1": NAMED}))
    loop.collect()
    loop.decide("1.1", "на доработку", REMARK)
    loop.decide("1.2", "принято")
    loop.give_back()

    data = parts(loop.form().read_bytes())
    assert not [name for name, one in data.items() if "Зимородков" in one.decode("utf-8", "replace")]
    told = [row for row in repairs_in(loop.form()) if "имя ребёнка" in row[2]]
    assert told
    assert "не трогайте ячейку" in told[0][2]

    covered = loop.shown("1.1")["info"]
    loop.send("Как есть.xlsx", mended(loop.form(), {}))
    loop.collect()
    assert (loop.shown("1.1")["info"], loop.shown("1.1")["review"]) == (covered, ReviewState.REWORK)

    loop.send("Без имён.xlsx", mended(loop.form(), {"1.1": {"info": "Занимались двое."}}))
    loop.collect()
    assert (loop.shown("1.1")["info"], loop.shown("1.1")["review"]) == (
        "Занимались двое.",
        ReviewState.MENDED,
    )


def test_names_that_were_kept_are_covered_once_the_office_chooses_so(place: Path) -> None:
    """A form returned while names were kept says them; that makes them no words of the office."""
    from test_personal_data import choose  # noqa: PLC0415

    from sheetsync.model import Privacy  # noqa: PLC0415

    loop = Loop(place)
    choose(place, Privacy.KEEP)
    first = loop.place / store.RECEIVED_FOLDER / "S01.xlsx"
    loop.send(first.name, district.filled(place, "S01", {**FIRST, "1.1": NAMED}))
    loop.collect()
    loop.decide("1.1", "на доработку", REMARK)
    loop.give_back()
    loop.send("Исправлено.xlsx", mended(loop.form(), {"1.1": {"document": "приказ № 7 от 01.02.2026"}}))
    choose(place, Privacy.MASK)

    loop.collect()

    assert "Зимородков" not in loop.shown("1.1")["info"]
    first.unlink()
    loop.collect()
    assert "Зимородков" not in loop.shown("1.1")["info"]


def test_returned_forms_are_destroyed_with_the_copies(loop: Loop) -> None:
    """They say what the copies said; issued forms, which say nothing, stay."""
    loop.decide("1.1", "на доработку", REMARK)
    loop.give_back()
    loop.send("Как есть.xlsx", mended(loop.form(), {}))
    loop.collect()
    issued = sorted((loop.place / store.FORMS_FOLDER).iterdir())

    result = campaign.purge(loop.place, date(2027, 1, 1), datetime(2027, 2, 1), received=True)

    assert loop.returned() == []
    assert [one.kind for one in result.files].count("returned") == 2
    assert sorted((loop.place / store.FORMS_FOLDER).iterdir()) == issued
    loop.collect()
    assert loop.shown("1.1")["review"] == ReviewState.REWORK
    loop.give_back()
    assert rows_of(loop.form(2))["1.1"].cells["info"] == "Назначен."


# --- how the last copy was understood


def test_what_was_repaired_is_told_to_the_school(place: Path) -> None:
    loop = Loop(place)

    def rename(sheet: Any) -> None:
        columns, header = district.header_of(sheet)
        sheet.cell(header, columns["info"]).value = "Что сделано по факту"
        for row in range(header + 1, sheet.max_row + 1):
            if sheet.cell(row, columns["number"]).value == "2.1":
                sheet.cell(row, columns["number"]).value = datetime(2026, 1, 2)

    loop.send("S01.xlsx", district.filled(place, "S01", FIRST, rename))
    loop.collect()
    loop.decide("1.1", "на доработку", REMARK)
    loop.give_back()

    told = "\n".join(" · ".join(row) for row in repairs_in(loop.form()))
    assert "Что сделано по факту" in told
    assert "S01.xlsx" in told
    book = openpyxl.load_workbook(loop.form())
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == [
        "Отчёт",
        "Что исправлено",
        "Как заполнять",
    ]


def test_a_form_is_russian_whatever_the_coordinator_reads(loop: Loop) -> None:
    loop.decide("1.1", "на доработку", REMARK)
    messages.use_language("en")
    try:
        loop.give_back()
    finally:
        messages.use_language("ru")

    assert rows_of(loop.form())["1.1"].cells["remark"] == f"На доработку: {REMARK}"
    assert all(
        "Столбец" in row[2] or not re.search(r"[A-Za-z]{4}", row[2]) for row in repairs_in(loop.form())
    )


# --- templates of offices


def older_template(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The form's template as it was before forms were returned."""
    template = tool("template_form")
    monkeypatch.setattr(template, "SAMPLES", {key: template.SAMPLES[key] for key in (0, 1)})
    monkeypatch.setattr(template, "add_repairs", lambda *_: None)
    data = parts(tool("build_templates").build(Template.FORM))
    name = rb'<definedName name="form_return">[^<]*</definedName>'
    data["xl/workbook.xml"] = re.sub(name, b"", data["xl/workbook.xml"])
    return packed(data)


def test_a_template_restyled_earlier_still_returns(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    own = loop.place / OFFICE_FOLDER / Template.FORM.value
    own.parent.mkdir()
    own.write_bytes(older_template(monkeypatch))
    loop.decide("1.1", "на доработку", REMARK)
    loop.decide("1.2", "принято")

    result = loop.give_back()

    rows = rows_of(loop.form())
    title = ExcelFile.from_bytes(loop.form().read_bytes()).read_named(FormCell.PLAN_TITLE).text
    assert [one.code for one in result.findings] == ["S841"]
    assert title.startswith("Возврат № 1.")
    assert rows["1.2"].is_closed
    assert rows["1.1"].open == set(ANSWERS)
    loop.send("Исправлено.xlsx", mended(loop.form(), {"1.1": {"document": "приказ № 7 от 01.02.2026"}}))
    assert not loop.collect().consolidation.unplaced


def test_the_built_in_template_has_room_for_a_return() -> None:
    template = ExcelFile.from_bytes(template_bytes(Template.FORM))

    assert template.read_named(ReturnCell.LINE).is_empty


# --- the command


def test_what_the_coordinator_reads(loop: Loop) -> None:
    loop.decide("1.1", "на доработку", REMARK)

    first = CliRunner().invoke(cli.commands, ["return", str(loop.place)])
    again = CliRunner().invoke(cli.commands, ["return", str(loop.place)])

    assert first.exit_code == again.exit_code == 0, first.output
    assert "Возвращено форм: 1, без изменений: 0" in first.output
    assert "S01 Липовская СОШ (возврат 1).xlsx — строк с замечанием: 1" in first.output
    assert "не изменилась" in again.output


def test_a_day_that_has_passed_is_no_day_to_return_by(loop: Loop) -> None:
    refused = CliRunner().invoke(cli.commands, ["return", str(loop.place), "--until", "2020-01-01"])

    assert refused.exit_code == 2
    assert loop.returned() == []
