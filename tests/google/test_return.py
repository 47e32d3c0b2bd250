"""The coordinator returns a remark, the school corrects its row in Google, the coordinator accepts it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from google_campaign import GOOD, codes, email, new_campaign, quick_district
from google_district import GoogleDistrict, google_district
from returned_remarks import READS, WRITES, Moment, Review, unsettled

from sheetsync import campaign, cli
from sheetsync.columns import JOURNAL
from sheetsync.findings import fact_of
from sheetsync.model import Event, Verdict
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble
from sheetsync_emulator import faults

REMARK = "Приложите приказ о назначении"


@pytest.fixture
def district() -> Iterator[GoogleDistrict]:
    with quick_district() as district:
        yield district


@pytest.fixture(scope="module")
def moment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moment]:
    """Two schools have answered, the first ticked its report, and the свод is collected."""
    with quick_district() as district:
        yield Moment.of(Review.begun(district, tmp_path_factory.mktemp("begun")))


@pytest.fixture
def story(moment: Moment, tmp_path: Path) -> Review:
    return moment.again(tmp_path)


# --- the whole story, over sockets


def test_there_and_back_again(tmp_path: Path) -> None:
    """Every request and answer is judged by Google's own documents; «Сверка» adds up at each step."""
    with google_district() as district:
        story = Review.begun(district, tmp_path, 1)
        story.decide("S01", "1.1", "на доработку", REMARK)
        first = story.return_remarks()

        row = story.shown("S01", "1.1")
        assert row["remark"] == f"На доработку: {REMARK}"
        assert (row["status"], row["info"]) == ("выполнено", GOOD["info"])
        assert not story.is_ticked("S01")
        assert first.findings == ()
        assert story.add_up().files[0].verdict is Verdict.ACCEPTED

        with pytest.raises(GoogleRefused):
            story.type("S01", "1.1", remark="Всё сделано")
        story.type("S01", "1.1", info="Назначен приказом № 5")
        story.tick("S01")
        corrected = story.add_up()
        assert story.told("S01", corrected) >= {"M710"}

        story.decide("S01", "1.1", "принято", "")
        accepted = story.return_remarks()
        assert story.shown("S01", "1.1")["remark"] == ""
        assert story.is_ticked("S01")
        assert (accepted.sheets.put, accepted.sheets.taken) == (0, 1)
        last = story.add_up()

    assert {"M703", "M710"} & story.told("S01", last) == set()
    assert story.info("S01", last) == "Назначен приказом № 5"
    notes = [one.note for one in story.lines(Event.RETURNED)]
    assert notes == ["записано 1, убрано 0", "записано 0, убрано 1, принятых закрыто 1, открыто снова 0"]


def test_the_svod_in_google_follows(district: GoogleDistrict, tmp_path: Path) -> None:
    """A decision typed there is returned; what the school corrects is shown there."""
    story = Review.begun(district, tmp_path, 1, google_publish="да")
    story.decide_in_google("S01", "1.1", "на доработку", REMARK)

    story.return_remarks()
    remark = story.shown("S01", "1.1")["remark"]
    story.type("S01", "1.1", info="Назначен приказом № 5")
    story.add_up()

    assert remark == f"На доработку: {REMARK}"
    row = story.published("S01", "1.1")
    assert (row["info"], row["remark"]) == ("Назначен приказом № 5", REMARK)


# --- what stands in the sheet


def test_nothing_to_return_nothing_asked(story: Review) -> None:
    result = story.return_remarks()

    assert story.district.calls() == 0
    assert not result.needs_user


def test_only_the_sheet_with_a_remark_is_touched(story: Review) -> None:
    """One listing, the reading, one batch, and a look at what came of it."""
    story.decide("S01", "1.1", "на доработку", REMARK)

    story.return_remarks()

    assert (story.district.calls(READS), story.district.calls(WRITES)) == (2, 1)
    assert story.district.calls(story.sheets()["S02"].file) == 0
    assert story.district.calls() == 4


def test_returning_again_writes_nothing_and_asks_little(story: Review) -> None:
    story.decide("S01", "1.1", "на доработку", REMARK)
    story.return_remarks()
    story.tick("S01")
    before = story.answer("S01")
    story.district.emulator.log.clear()

    story.return_remarks()
    changed = story.district.calls()
    story.later(30)
    story.consolidate()
    story.district.emulator.log.clear()
    story.return_remarks()

    assert changed == 2
    assert story.district.calls() == 1
    assert story.answer("S01") == before
    assert story.is_ticked("S01")


def test_a_remark_worded_anew_takes_the_tick_away_again(story: Review) -> None:
    story.decide("S01", "1.1", "на доработку", REMARK)
    story.return_remarks()
    story.tick("S01")
    story.decide("S01", "1.1", "на доработку", "Приказ не открывается")

    story.return_remarks()

    assert story.shown("S01", "1.1")["remark"] == "На доработку: Приказ не открывается"
    assert not story.is_ticked("S01")


def test_a_remark_without_a_decision_is_returned_as_it_is(story: Review) -> None:
    story.decide("S01", "1.2", "", "Нет")

    story.return_remarks()

    assert story.shown("S01", "1.2")["remark"] == "Нет"
    assert story.told("S01", story.add_up()) & {"R328", "R335"} == set()


def test_a_remark_on_an_accepted_row_is_not_returned(story: Review) -> None:
    story.decide("S01", "1.2", "принято", "Хорошо")

    story.return_remarks()

    assert story.shown("S01", "1.2")["remark"] == ""


def test_a_remark_that_looks_like_a_formula_stays_text(story: Review) -> None:
    story.decide("S01", "1.1", "", '=HYPERLINK("http://evil.example";"x")')

    story.return_remarks()

    assert story.shown("S01", "1.1")["remark"] == '=HYPERLINK("http://evil.example";"x")'
    assert story.add_up()


def test_the_school_sees_where(story: Review) -> None:
    """The form's own rule colours the cell as soon as something stands in it."""
    before = story.colour("S01", "1.1", "remark")
    story.decide("S01", "1.1", "на доработку", REMARK)

    story.return_remarks()

    assert story.colour("S01", "1.1", "remark") != before
    assert story.colour("S01", "1.2", "remark") == before


def test_a_form_issued_again_gets_its_remarks_by_the_next_return(story: Review) -> None:
    story.decide("S01", "1.1", "на доработку", REMARK)
    story.return_remarks()
    story.word_anew("Назначение координатора в каждой школе", "Назначение двух координаторов")
    story.issue()

    story.return_remarks()

    assert story.shown("S01", "1.1")["remark"] == f"На доработку: {REMARK}"
    assert story.told("S01", story.add_up()) & {"R328", "R309"} == set()


# --- the свод does not take our words for the school's


def test_a_returned_sheet_is_no_new_copy(story: Review) -> None:
    """Nothing came: the same name, the same day, no line in «Журнал», the same answers on top."""
    first = story.consolidate().consolidation
    story.later(30)
    story.decide("S01", "1.1", "на доработку", REMARK)
    story.return_remarks()
    story.later(30)

    result = story.consolidate().consolidation

    assert [one.origin.file for one in result.files] == [one.origin.file for one in first.files]
    assert [one.received_on for one in result.files] == [one.received_on for one in first.files]
    assert len(story.lines(Event.RECEIVED)) == 2
    assert [line for line in campaign.history(story.place, "S01", "1.1") if line.was.text] == []


def test_a_file_that_came_before_the_return_still_wins(story: Review) -> None:
    """A school that works in Google sent a corrected file too; returning a remark turns nothing round."""
    story.send_file("S01", "1.2", info="Исправлено в файле")
    story.later(20)
    story.consolidate()
    story.decide("S01", "1.1", "на доработку", REMARK)

    story.return_remarks()

    assert story.info("S01", story.add_up(), "1.2") == "Исправлено в файле"


def test_a_school_that_has_not_begun_has_still_not_begun(district: GoogleDistrict, tmp_path: Path) -> None:
    story = Review(district, new_campaign(tmp_path, 1))
    story.by_google()
    story.issue()
    story.later(20)
    story.consolidate()
    story.decide("S01", "1.1", "на доработку", "Пришлите отчёт")

    story.return_remarks()
    found = story.add_up()

    assert story.shown("S01", "1.1")["remark"] == "На доработку: Пришлите отчёт"
    assert "G610" in story.told("S01", found)
    assert story.lines(Event.RECEIVED) == []


def test_words_of_a_school_in_our_column_are_its_own_and_stay(story: Review) -> None:
    """The protection is lost and the school answers in the column of remarks."""
    story.unprotect("S01")
    story.type("S01", "1.1", remark="Приказ у директора")
    story.later(20)
    story.consolidate()
    story.decide("S01", "1.1", "на доработку", REMARK)

    result = story.return_remarks()

    assert story.shown("S01", "1.1")["remark"] == "Приказ у директора"
    (told,) = result.findings
    assert told.code == "G628"
    assert "Приказ у директора" in fact_of(told)
    assert result.needs_user
    assert "R328" in story.told("S01", story.add_up())


# --- sheets schools have changed


def test_rows_sorted_inserted_and_copied(story: Review) -> None:
    story.decide("S01", "1.1", "на доработку", REMARK)
    story.decide("S01", "2.1", "", "Уточните")
    story.return_remarks()
    story.unprotect("S01")
    story.move_row("S01", "2.1", "1.1")
    story.insert_row("S01", "1.1")
    story.copy_row("S01", "2.1")
    story.later(20)
    found = story.add_up()
    story.decide("S01", "1.1", "на доработку", "Совсем другое")

    result = story.return_remarks()

    assert story.told("S01", found) & {"R328", "R309"} == set()
    assert result.findings == ()
    assert story.remarks("S01") == {
        "1.1": ["На доработку: Совсем другое"],
        "1.2": [""],
        "2.1": ["Уточните", ""],
    }
    assert story.add_up()


def test_a_renamed_tab_and_a_moved_column(story: Review) -> None:
    story.unprotect("S01")
    story.rename("S01", "Наш отчёт")
    story.move_column("S01", "remark", "status")
    story.decide("S01", "1.1", "на доработку", REMARK)

    story.return_remarks()

    assert story.remarks("S01")["1.1"] == [f"На доработку: {REMARK}"]
    assert story.told("S01", story.add_up()) & {"R328", "R309"} == set()


def test_a_row_that_is_not_there(story: Review) -> None:
    story.unprotect("S01")
    story.delete_row("S01", "1.2")
    story.decide("S01", "1.2", "на доработку", REMARK)

    result = story.return_remarks()

    assert codes(result.findings) == ["G615"]
    assert "Самодиагностика" in fact_of(result.findings[0])
    assert result.needs_user


def test_a_column_that_is_not_there(story: Review) -> None:
    story.unprotect("S01")
    story.delete_column("S01", "remark")
    story.decide("S01", "1.1", "на доработку", REMARK)

    result = story.return_remarks()

    assert [fact_of(one) for one in result.findings] == [
        "Замечания в таблицу Google не записаны: столбца «Замечание района» в ней нет."
    ]


# --- at the same moment


@pytest.mark.parametrize("moved", ["row", "column"])
def test_everything_moves_between_our_reading_and_our_writing(story: Review, moved: str) -> None:
    """Remarks end beside their rows, and no answer is harmed."""
    story.unprotect("S01")
    story.decide("S01", "1.1", "на доработку", REMARK)
    story.decide("S01", "2.1", "", "Уточните")
    change = {
        "row": lambda: story.insert_row("S01", "1.1"),
        "column": lambda: story.insert_column("S01", "status"),
    }
    story.district.emulator.faults.append(faults.meanwhile(WRITES, change[moved]))
    answers = story.answers("S01")

    result = story.return_remarks()

    assert story.answers("S01") == answers
    assert story.remarks("S01") == {"1.1": [f"На доработку: {REMARK}"], "1.2": [""], "2.1": ["Уточните"]}
    assert result.findings == ()
    assert story.told("S01", story.add_up()) & {"R309", "R328"} == set()


def test_a_row_inserted_above_everything(story: Review) -> None:
    """The tick and the words above the table moved too."""
    story.unprotect("S01")
    story.decide("S01", "1.1", "на доработку", REMARK)
    top = faults.meanwhile(WRITES, lambda: story.insert_lines("S01", 0, "ROWS"))
    story.district.emulator.faults.append(top)
    heading = story.above("S01")

    story.return_remarks()

    assert story.above("S01") == heading
    assert story.remarks("S01")["1.1"] == [f"На доработку: {REMARK}"]


def test_a_school_types_at_the_same_moment(story: Review) -> None:
    story.decide("S01", "1.1", "на доработку", REMARK)
    typing = faults.meanwhile(WRITES, lambda: story.type("S01", "1.1", info="Только что"))
    story.district.emulator.faults.append(typing)

    story.return_remarks()

    assert story.shown("S01", "1.1")["info"] == "Только что"
    assert story.shown("S01", "1.1")["remark"] == f"На доработку: {REMARK}"
    assert story.info("S01", story.add_up()) == "Только что"


def test_rows_that_never_stand_still(story: Review) -> None:
    story.unprotect("S01")
    story.decide("S01", "1.1", "на доработку", REMARK)
    story.district.emulator.faults.append(unsettled(story, "S01", "1.1"))

    first = story.return_remarks()
    story.district.emulator.faults.clear()
    second = story.return_remarks()

    assert codes(first.findings) == ["G627"]
    assert story.district.calls(WRITES) < 20
    assert second.findings == ()
    assert story.remarks("S01")["1.1"] == [f"На доработку: {REMARK}"]


# --- what is not sent


def test_personal_data_stays_at_home(story: Review) -> None:
    story.decide("S01", "1.1", "на доработку", "Уберите фамилию ученика Петрова Ивана, 7Б")
    story.decide("S01", "1.2", "", "Телефон +7 912 345-67-89 не отвечает")

    result = story.return_remarks()

    assert story.remarks("S01") == {"1.1": ["На доработку"], "1.2": [""], "2.1": [""]}
    assert codes(result.findings) == ["G612", "G612"]


def test_only_the_word_is_sent_when_so_set(story: Review) -> None:
    story.settings(google_sends="план, статус и числа")
    story.decide("S01", "1.1", "на доработку", REMARK)
    story.decide("S01", "1.2", "", "Уточните")

    result = story.return_remarks()

    assert story.remarks("S01") == {"1.1": ["На доработку"], "1.2": [""], "2.1": [""]}
    assert result.sheets.at_home == 2
    assert result.needs_user


def test_google_is_switched_off(story: Review) -> None:
    story.decide("S01", "1.1", "на доработку", REMARK)
    story.settings(google="нет")

    result = story.return_remarks()

    assert codes(result.findings) == ["G601"]
    assert story.district.calls() == 0


def test_excel_schools_get_a_form_at_the_same_time(story: Review, capsys: pytest.CaptureFixture[str]) -> None:
    from sheetsync.reports_return import show_return  # noqa: PLC0415

    story.decide("S01", "1.1", "на доработку", REMARK)
    story.decide("S02", "1.1", "на доработку", REMARK)
    story.participants("S02", channel="Excel")

    result = story.return_remarks()
    show_return(result)

    assert [one.path.name for one in result.files] == ["S02 Кленовская СОШ (возврат 1).xlsx"]
    assert not result.needs_user
    assert story.shown("S01", "1.1")["remark"]
    said = " ".join(capsys.readouterr().err.split())
    assert "Замечания в таблицах Google: записано 1, убрано 0" in said
    assert "S02 Кленовская СОШ (возврат 1).xlsx — строк с замечанием: 1" in said


def test_the_command(story: Review, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing open is done; a school with a form of Excel gets its form again."""
    story.participants(channel="Excel")
    nothing = cli.run(["return", str(story.place)])
    first = capsys.readouterr().err
    story.decide("S02", "1.1", "на доработку", REMARK)

    returned = cli.run(["return", str(story.place)])

    assert (nothing, returned) == (cli.DONE, cli.DONE)
    assert "Открытых замечаний нет: возвращать нечего." in " ".join(first.split())
    assert "Кленовская СОШ" in capsys.readouterr().err


# --- troubles


def test_a_school_whose_form_was_not_issued(district: GoogleDistrict, tmp_path: Path) -> None:
    story = Review(district, new_campaign(tmp_path, 1))
    story.by_google()
    story.consolidate()
    story.decide("S01", "1.1", "на доработку", REMARK)

    result = story.return_remarks()

    assert [fact_of(one) for one in result.findings] == [
        "Замечания в таблицу Google не записаны: форма участнику ещё не выпущена."
    ]


def test_one_bad_sheet_does_not_stop_the_others(story: Review) -> None:
    for code in ("S01", "S02"):
        story.decide(code, "1.1", "на доработку", REMARK)
    bad = story.sheets()["S01"].file
    story.district.emulator.faults.append(faults.forbidden(f"GET /v4/spreadsheets/{bad}", times=9))

    result = story.return_remarks()

    assert codes(result.findings) == ["G606"]
    assert story.shown("S02", "1.1")["remark"] == f"На доработку: {REMARK}"


def test_nobody_is_signed_in(story: Review) -> None:
    story.decide("S01", "1.1", "на доработку", REMARK)

    def nobody() -> None:
        raise GoogleRefused(GoogleTrouble.NOT_SIGNED_IN)

    story.office = nobody  # type: ignore[method-assign, assignment]
    result = story.return_remarks()

    assert codes(result.findings) == ["G602"]
    assert result.needs_user


def test_the_journal_tells_and_the_book_shows_it(story: Review) -> None:
    story.decide("S01", "1.1", "на доработку", REMARK)
    story.return_remarks()
    story.add_up()

    table = ExcelFile.from_bytes(story.campaign.workbook.read_bytes()).read_table(JOURNAL.name)
    assert "замечания возвращены" in {cell.text for row in table.rows for cell in row}
    assert email("S01") not in str(table)
