"""«sheetsync amend» as the coordinator uses it: the history of a plan, and every way to say no."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import district_fixture as district
import openpyxl
import plan_history as history
import pytest

from open_book import OpenBook
from sheetsync import campaign, cli, store
from sheetsync.campaign.files import journal_of, open_workbook, read_table
from sheetsync.columns import (
    ENTRIES,
    FORM_INDICATORS,
    INDICATORS,
    INSTRUCTIONS_SECTION,
    MATRIX,
    PARTICIPANTS,
    PLAN,
    PLAN_SHEET,
    SETTINGS,
)
from sheetsync.district.bodies import records_of
from sheetsync.findings import fact_of
from sheetsync.model import Event
from sheetsync.plan.amending_rows import Kind
from sheetsync.plan.keys import keys_of
from sheetsync.settings import SETTINGS_ROWS

AS_OF = date(2026, 7, 10)
OWN_NOTE = "уточнить у методистов"


def plan_rows(place: Path) -> list[dict[str, str]]:
    return rows_of(place, PLAN.name)


def rows_of(place: Path, table: str) -> list[dict[str, str]]:
    """A table of the workbook as a person reads it."""
    spec = next(one for one in (PLAN, ENTRIES, PARTICIPANTS, SETTINGS, MATRIX) if one.name == table)
    book = open_workbook(store.open_campaign(place))
    records = records_of(spec, read_table(book, table))
    return [{key: cell.text for key, cell in one.cells.items()} for one in records]


def shown(rows: list[dict[str, str]], *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


def amend(place: Path, edition: history.Edition, **more: Any) -> campaign.AmendResult:
    order = edition.write(place.parent)
    return campaign.amend_plan(place, order, district.NOW, lambda _: True, **more)


def begin(folder: Path) -> Path:
    """The campaign of v1, its forms issued."""
    place = folder / "Тенистый"
    campaign.new_campaign(place, history.V1.write(folder), district.NOW)
    campaign.issue_forms(place, district.NOW)
    return place


def edited(place: Path, change: Any) -> None:
    """The coordinator edits the workbook and saves it."""
    path = place / store.NEW_WORKBOOK_NAME
    book = openpyxl.load_workbook(path)
    change(book[PLAN_SHEET], book)
    book.save(path)


def line_of(sheet: Any, title: str) -> int:
    return next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == title)


def column_of(key: str) -> int:
    return PLAN.keys.index(key) + 1


def coordinators_hand(sheet: Any, _book: Any) -> None:
    """2.2 gets a day of its own, a row of the office's own is typed under the table, a note beside it."""
    exam = line_of(sheet, history.EXAM)
    sheet.cell(exam, column_of("deadline")).value = "До 20.05.2026"
    sheet.cell(exam, column_of("due")).value = datetime(2026, 5, 20)
    last = line_of(sheet, history.SUMMER) + 1
    while sheet.cell(last, column_of("title")).value:
        last += 1
    values = {"number": "2.4", "section": "2. Работа с учениками", "title": history.VISITS}
    values |= {"deadline": "Постоянно", "reporters": "Отдел образования"}
    for key, value in values.items():
        sheet.cell(last, column_of(key)).value = value
    sheet.cell(line_of(sheet, history.RISKS), len(PLAN.columns) + 2).value = OWN_NOTE


def sent(place: Path, code: str, form: Path, tag: str) -> None:
    """A school fills every row of a form."""
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    columns, header = district.header_of(sheet)
    for row in range(header + 1, sheet.max_row + 1):
        if sheet.cell(row, columns["key"]).value:
            for key, value in {**district.GOOD, "info": tag}.items():
                sheet.cell(row, columns[key]).value = value
    target = place / store.RECEIVED_FOLDER / f"{code}.xlsx"
    book.save(target)


@pytest.fixture(scope="module")
def story(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, Mapping[int, campaign.AmendResult]]:
    """The whole history; what every amendment said, by the number of its order."""
    folder = tmp_path_factory.mktemp("история")
    place = begin(folder)
    forms = {code: district.form_of(place, code).read_bytes() for code in ("S02",)}
    edited(place, coordinators_hand)
    sent(place, "S01", district.form_of(place, "S01"), "Липовская: сделано.")
    campaign.consolidate(place, AS_OF, district.NOW)
    told = {31: amend(place, history.V2)}
    campaign.issue_forms(place, district.NOW)
    (folder / "старая.xlsx").write_bytes(forms["S02"])
    sent(place, "S02", folder / "старая.xlsx", "Кленовская: сделано.")
    second = district.form_of(place, "S03").read_bytes()
    told[40] = amend(place, history.V3)
    told[52] = amend(place, history.V4)
    (folder / "вторая.xlsx").write_bytes(second)
    sent(place, "S03", folder / "вторая.xlsx", "Ручьи: сделано.")
    told[60] = amend(place, history.V5)
    campaign.issue_forms(place, district.NOW)
    campaign.consolidate(place, AS_OF, district.NOW)
    return place, told


Story = tuple[Path, Mapping[int, campaign.AmendResult]]


def key_of(title: str) -> str:
    return keys_of([title])[0]


def test_five_versions_end_in_this_plan(story: Story) -> None:
    """Keys of v1 everywhere, the coordinator's row and note beside, everything else as v5 says."""
    place, _ = story
    told = shown(
        plan_rows(place),
        "key",
        "number",
        "section",
        "title",
        "deadline",
        "due",
        "reporters",
        "result",
        "state",
    )
    one, two = "1. Подготовка", "2. Работа с учениками"

    assert [row for row in told if row[2] != INSTRUCTIONS_SECTION] == [
        (key_of(history.MEETING), "1.1", one, history.MEETING, "20.01.2026", "20.01.2026", "Отдел образования", "Протокол", ""),
        (key_of(history.RISKS), "1.2", one, history.RISKS, "Февраль 2026", "28.02.2026", "все школы", "Справка", ""),
        (key_of(history.MATHS), "1.3", one, history.MATHS, "Постоянно", "", "все школы", "Расписание", ""),
        (key_of(history.COORDINATOR), "1.4", one, history.COORDINATOR, "До 01.02.2026", "01.02.2026", "все школы", "Приказ по школе", "да"),
        (key_of(history.EXAM), "2.1", two, history.EXAMS, "Июнь 2026", "30.06.2026", "все школы", "Справка", ""),
        (key_of(history.CAMP), "2.2", two, history.CAMP, "Июль 2026", "31.07.2026", "все школы", "Приказ", "исключено"),
        (key_of(history.SUMMER), "2.2", two, history.SUMMER, "Июль 2026", "31.07.2026", "Липовская СОШ", "Программа и список учеников", ""),
        (key_of(history.VISITS), "2.4", two, history.VISITS, "Постоянно", "", "Отдел образования", "", ""),
    ]  # fmt: skip


def test_the_coordinators_note_beside_a_row_went_with_it(story: Story) -> None:
    place, _ = story
    book = openpyxl.load_workbook(place / store.NEW_WORKBOOK_NAME)
    sheet = book[PLAN_SHEET]

    assert sheet.cell(line_of(sheet, history.RISKS), len(PLAN.columns) + 2).value == OWN_NOTE


def test_every_version_said_what_it_changed(story: Story) -> None:
    _, told = story
    kinds = {
        number: {change.was or change.now: change.kinds for change in result.proposal.amendment.changes}
        for number, result in told.items()
    }
    none = (Kind.SAME,)

    assert {title: kind for title, kind in kinds[31].items() if kind != none} == {
        f"1.1 {history.COORDINATOR}": (Kind.REMOVED,),
        f"1.2 {history.RISKS}": (Kind.RENUMBERED,),
        f"1.3 {history.MEETING}": (Kind.RENUMBERED,),
        f"2.2 {history.EXAM}": (Kind.REWORDED, Kind.DEADLINE),
        f"2.4 {history.VISITS}": (Kind.OWN,),
    }
    assert kinds[40][f"2.1 {history.MATHS}"] == (Kind.RENUMBERED, Kind.SECTION)
    assert kinds[40][f"2.2 {history.CAMP}"] == (Kind.ADDED,)
    assert kinds[52][f"1.1 {history.COORDINATOR}"] == (Kind.RETURNED, Kind.RENUMBERED)
    assert kinds[52][f"2.3 {history.SUMMER}"] == (Kind.RESPONSIBLE, Kind.RESULT)
    assert kinds[60][f"2.2 {history.CAMP}"] == (Kind.REMOVED,)


def test_both_words_on_a_deadline_were_shown(story: Story) -> None:
    _, told = story
    codes = {number: [one.code for one in result.proposal.findings] for number, result in told.items()}
    conflict = next(one for one in told[31].proposal.findings if one.code == "S870")

    assert "«До 20.05.2026»" in fact_of(conflict)
    assert "«Июнь 2026»" in fact_of(conflict)
    assert codes[31].count("S871") == 1
    assert codes[40] == ["S875"]
    assert codes[52] == []
    assert codes[60] == ["S874"]


def test_settings_and_roster_followed_the_orders(story: Story) -> None:
    place, _ = story
    settings = dict(shown(rows_of(place, SETTINGS.name), "key", "value"))

    assert settings["report_due"] == "20.06.2026"
    assert settings["edition"] == "№ 60 от 01.07.2026"
    assert (settings["order_number"], settings["order_date"]) == ("8", "12.01.2026")
    assert shown(rows_of(place, PARTICIPANTS.name), "code", "short_name") == [
        ("S01", "Липовская СОШ"),
        ("S02", "Кленовская ООШ"),
        ("S03", "СОШ №7 посёлка Ручьи"),
        ("O01", "Отдел образования"),
        ("S04", "Дубравинская СОШ"),
    ]


def test_answers_of_every_issue_stand_at_their_activities(story: Story) -> None:
    """Липовская by v1, Кленовская by v1 after v2, Ручьи by v2 after v4: nothing is lost, nothing asked twice."""
    place, _ = story
    answered = {
        (row["participant"], row["key"])
        for row in rows_of(place, ENTRIES.name)
        if row["status"] == "выполнено"
    }
    first = (history.COORDINATOR, history.RISKS, history.MATHS, history.EXAM, history.SUMMER)
    by_issue = {"Липовская СОШ": first, "Кленовская ООШ": first[:4], "СОШ №7 посёлка Ручьи": first[1:4]}

    assert answered == {(school, key_of(title)) for school, titles in by_issue.items() for title in titles}


def test_the_answer_to_a_row_that_is_another_schools_now_is_kept_aside(story: Story) -> None:
    """The summer shift became Липовская's alone: what others said of it is told, not lost."""
    place, _ = story
    found = campaign.consolidate(place, AS_OF, district.NOW, dry_run=True).consolidation

    assert [one.participant for one in found.findings if one.code == "R317"] == ["S02", "S03"]
    assert all(line.unaccounted == 0 for line in found.ledger)


def test_figures_count_what_is_in_force_only(story: Story) -> None:
    place, _ = story
    found = campaign.consolidate(place, AS_OF, district.NOW, dry_run=True).consolidation
    rows = {
        one.participant: (one.rows_owed, one.rows_due, one.missing, one.done) for one in found.completeness
    }

    assert rows == {
        "S01": (5, 4, 0, 5),
        "S02": (4, 4, 0, 4),
        "S03": (4, 4, 1, 3),
        "O01": (2, 2, 2, 0),
        "S04": (4, 4, 4, 0),
    }


def test_a_form_of_the_last_issue_asks_v5_and_bears_what_was_answered(story: Story) -> None:
    place, _ = story
    sheet = openpyxl.load_workbook(district.form_of(place, "S03")).worksheets[0]
    columns, header = district.header_of(sheet)
    told = [
        tuple(sheet.cell(row, columns[key]).value for key in ("number", "title", "status", "info"))
        for row in range(header + 1, sheet.max_row + 1)
        if sheet.cell(row, columns["key"]).value
    ]
    said = ("выполнено", "Ручьи: сделано.")

    assert told == [
        ("1.2", history.RISKS, *said),
        ("1.3", history.MATHS, *said),
        ("1.4", history.COORDINATOR, None, None),
        ("2.1", history.EXAMS, *said),
    ]


def test_the_journal_tells_of_every_amendment(story: Story) -> None:
    place, _ = story
    with journal_of(store.open_campaign(place)) as journal:
        lines = [one for one in journal.lines() if one.event is Event.AMENDED]

    assert [one.file for one in lines] == [f"Приказ № {one.number}.txt" for one in history.LATER]
    assert lines[0].note == "изменено строк: 3, добавлено: 0, исключено: 1, возвращено: 0"


def test_the_workbook_still_holds_everything(story: Story) -> None:
    place, _ = story

    assert campaign.verify(place, district.NOW).incomplete == ()


# --- one amendment ------------------------------------------------------------------------------


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    return begin(tmp_path)


def test_an_answer_to_a_row_taken_out_stays_visible_and_counts_nowhere(begun: Path) -> None:
    sent(begun, "S01", district.form_of(begun, "S01"), "Сделано.")
    amend(begun, history.V2)
    found = campaign.consolidate(begun, AS_OF, district.NOW).consolidation
    title = f"{history.COORDINATOR} (исключено)"
    own = [one for one in rows_of(begun, ENTRIES.name) if one["participant"] == "Липовская СОШ"]

    assert [row["status"] for row in own if row["title"] == title] == ["выполнено"]
    assert [row["title"] for row in rows_of(begun, MATRIX.name)][-1] == title
    assert next(one for one in found.completeness if one.participant == "S01").rows_owed == 4
    assert not [one for one in found.findings if one.activity == key_of(history.COORDINATOR)]


def test_the_same_order_again_changes_nothing(begun: Path) -> None:
    before = (begun / store.NEW_WORKBOOK_NAME).read_bytes()
    result = amend(begun, history.V1)

    assert result.proposal.is_empty
    assert not result.needs_user
    assert (begun / store.NEW_WORKBOOK_NAME).read_bytes() == before


def test_saying_no_writes_nothing(begun: Path) -> None:
    before = (begun / store.NEW_WORKBOOK_NAME).read_bytes()
    order = history.V2.write(begun.parent)
    result = campaign.amend_plan(begun, order, district.NOW, lambda _: False)

    assert (result.is_written, result.needs_user) == (False, True)
    assert (begun / store.NEW_WORKBOOK_NAME).read_bytes() == before


def test_own_words_stay_when_asked_to(begun: Path) -> None:
    edited(begun, coordinators_hand)
    amend(begun, history.V2, keep_own=True)
    exam = next(row for row in plan_rows(begun) if row["key"] == key_of(history.EXAM))

    assert (exam["title"], exam["deadline"], exam["due"]) == (history.EXAMS, "До 20.05.2026", "20.05.2026")


def test_the_workbook_before_lies_in_the_backups(begun: Path) -> None:
    before = (begun / store.NEW_WORKBOOK_NAME).read_bytes()
    amend(begun, history.V2)
    kept = [path.read_bytes() for path in store.Campaign(begun).backups.iterdir()]

    assert before in kept


def test_a_workbook_open_elsewhere_is_left_alone(begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (begun / store.NEW_WORKBOOK_NAME).read_bytes()
    monkeypatch.setattr(store, "is_open_elsewhere", lambda _: True)

    with pytest.raises(store.StoreError, match="открыта в другой программе"):
        amend(begun, history.V2)
    assert (begun / store.NEW_WORKBOOK_NAME).read_bytes() == before


def test_a_workbook_edited_while_the_changes_are_read_is_not_overwritten(begun: Path) -> None:
    def change_meanwhile(_: campaign.Proposal) -> bool:
        edited(begun, coordinators_hand)
        return True

    with pytest.raises(store.StoreError, match="Повторите команду"):
        campaign.amend_plan(begun, history.V2.write(begun.parent), district.NOW, change_meanwhile)


def test_an_order_that_prints_only_what_it_changes_is_met_with_a_warning(begun: Path) -> None:
    part = history.Edition(31, "10.04.2026", (history.PREPARING, history.V2.lines[1]))
    result = campaign.amend_plan(begun, part.write(begun.parent), district.NOW, lambda _: False)

    (told,) = (one for one in result.proposal.findings if one.code == "S873")
    assert fact_of(told) == "В новом приказе нет большей части плана: 5 из 7 строк."


def test_a_campaign_of_before_orders_were_remembered_knows_its_first_order(begun: Path) -> None:
    """The line of its creation tells which original it was."""
    edited(begun, coordinators_hand)
    with journal_of(store.open_campaign(begun)) as journal:
        journal._connection.execute("DELETE FROM orders")
    result = amend(begun, history.V2)

    assert [one.now for one in result.proposal.amendment.of(Kind.OWN)] == [f"2.4 {history.VISITS}"]
    assert "S879" not in [one.code for one in result.proposal.findings]


def test_without_the_first_order_the_plan_stands_for_it(begun: Path) -> None:
    with journal_of(store.open_campaign(begun)) as journal:
        known = journal.orders.last()
        assert known
    original = store.originals.original_path(store.Campaign(begun), known.sha256)
    original.chmod(0o600)
    original.unlink()
    result = amend(begun, history.V2)

    assert result.proposal.findings[0].code == "S879"
    assert len(result.proposal.amendment.of(Kind.REMOVED)) == 1


def test_a_figure_the_order_moved_is_moved_in_its_place_and_older_forms_still_report_it(begun: Path) -> None:
    line = ("2.4.", "Обучение учителей математики", "Май 2026", "ОО", "Обучено не менее {} % учителей")
    orders = [
        history.Edition(number, "01.02.2026", (*history.V1.lines, (*line[:4], line[4].format(figure))))
        for number, figure in ((9, 40), (10, 50))
    ]
    amend(begun, orders[0])
    campaign.issue_forms(begun, district.NOW)
    book = openpyxl.load_workbook(district.form_of(begun, "S01"))
    sheet = book[INDICATORS.sheet]
    place = next(
        cell
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == FORM_INDICATORS.column("fact").header
    )
    sheet.cell(place.row + 1, place.column).value = 45
    book.save(begun / store.RECEIVED_FOLDER / "S01.xlsx")
    result = amend(begun, orders[1])
    found = campaign.consolidate(begun, AS_OF, district.NOW, whole=True).consolidation

    assert [(one.was.target, one.becomes.target) for one in result.proposal.targets if one.was] == [(40, 50)]
    assert [(one.indicator.target, one.fact) for one in found.indicators] == [(50, "45")]
    assert not {"R309", "R320"} & {one.code for one in found.findings}


def test_a_row_the_form_never_had_is_not_called_deleted(begun: Path) -> None:
    sent(begun, "S01", district.form_of(begun, "S01"), "Сделано.")
    amend(begun, history.V3)
    found = campaign.consolidate(begun, AS_OF, district.NOW).consolidation

    assert [one.activity for one in found.findings if one.code == "C411"] == [key_of(history.CAMP)]
    assert "C403" not in {one.code for one in found.findings}


# --- the command line ---------------------------------------------------------------------------


def test_the_command_shows_the_changes_and_says_how_to_confirm(
    begun: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = str(history.V2.write(begun.parent))

    assert cli.run(["amend", str(begun), "--order", order]) == cli.NEEDS_USER
    told = capsys.readouterr()
    assert "исключено" in told.err
    assert f'sheetsync amend "{begun}" --order "{order}" --yes' in told.err
    assert told.out == ""
    assert cli.run(["amend", str(begun), "--order", order, "--dry-run"]) == cli.DONE
    assert cli.run(["amend", str(begun), "--order", order, "--yes"]) == cli.DONE
    assert "выпустите формы заново" in capsys.readouterr().err
    assert cli.run(["amend", str(begun), "--order", order]) == cli.DONE
    assert "ничего не меняет" in capsys.readouterr().err


def test_the_changes_are_one_json_document(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    order = str(history.V2.write(begun.parent))
    cli.run(["amend", str(begun), "--order", order, "--json"])
    told = json.loads(capsys.readouterr().out)

    assert (told["written"], told["removed"], told["changed"]) == (False, 1, 3)
    assert {"activity": key_of(history.COORDINATOR), "kinds": ["removed"]}.items() <= told["rows"][0].items()
    assert [one["key"] for one in told["settings"]] == ["edition"]


# --- the workbook people look at ----------------------------------------------------------------


def test_in_an_open_workbook_the_plan_changes_on_the_screen_and_not_on_the_disk(begun: Path) -> None:
    path = begun / store.NEW_WORKBOOK_NAME
    before = path.read_bytes()
    book = OpenBook.opened(path)
    result = amend(begun, history.V2, workbook=book)
    states = {row.text("title"): row.text("state") for row in records_of(PLAN, book.read_table(PLAN.name))}

    assert result.is_written
    assert (states[history.COORDINATOR], states[history.EXAMS]) == ("исключено", "")
    assert path.read_bytes() == before
    assert "S811" not in {one.code for one in result.findings}


# --- what else is told --------------------------------------------------------------------------


def test_a_setting_changed_by_both_and_rows_left_out_are_told(begun: Path) -> None:
    def change(sheet: Any, book: Any) -> None:
        sheet.cell(line_of(sheet, history.MATHS), column_of("state")).value = "исключено"
        settings = book[SETTINGS.sheet]
        label = next(spec.label for spec in SETTINGS_ROWS if spec.key == "report_due")
        settings.cell(line_of(settings, label), 2).value = datetime(2026, 6, 18)

    edited(begun, change)
    codes = [one.code for one in amend(begun, history.V3).proposal.findings]

    assert {"S877", "S878"} <= set(codes)


def test_a_split_row_is_told_with_what_it_resembles(begun: Path) -> None:
    first = history.Edition(
        9,
        "01.02.2026",
        (*history.V1.lines, ("2.4.", "Провести семинар и мастер-класс для учителей", "Май 2026", "ОО")),
    )
    parts = (
        ("2.4.", "Провести семинар для учителей", "Май 2026", "ОО"),
        ("2.5.", "Провести мастер-класс для учителей", "Май 2026", "ОО"),
    )
    amend(begun, first)
    result = amend(begun, history.Edition(10, "01.03.2026", (*history.V1.lines, *parts)))

    assert [one.code for one in result.proposal.findings] == ["S872", "S872"]
    assert len(result.proposal.amendment.of(Kind.REMOVED)) == 1


def test_a_curator_named_anew_is_put_into_the_roster(begun: Path) -> None:
    result = amend(begun, history.V1_WITH_CURATORS)
    curators = dict(shown(rows_of(begun, PARTICIPANTS.name), "short_name", "curator"))

    assert "S876" in [one.code for one in result.proposal.findings]
    assert curators["Липовская СОШ"] == "Лицей №12"


@pytest.mark.parametrize(
    ("answer", "code"), [("да", cli.DONE), ("ну да", cli.NEEDS_USER), ("", cli.NEEDS_USER)]
)
def test_at_a_terminal_only_yes_is_yes(
    begun: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.prompt", lambda *_, **__: answer)

    assert cli.run(["amend", str(begun), "--order", str(history.V2.write(begun.parent))]) == code
