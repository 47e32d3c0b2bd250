"""The свод in Google: made once, written only when it differs, without what must not leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from google_district import OFFICE, GoogleDistrict, google_district
from published_books import READS, WRITES, OnGoogle, shown, unjudged

from sheetsync.campaign.google.decisions import FromGoogle, decisions_from_google
from sheetsync.campaign.google.district_sheet import DistrictSheet, district_sheet
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.google.publishing import Published, publish
from sheetsync.campaign.google.tick import answered, asked_to_collect
from sheetsync.campaign.rendering import rendering_of
from sheetsync.columns import (
    DISTRICT_TABLES,
    ENTRIES,
    ENTRIES_SHEET,
    LIGHTS,
    MASTERS,
    PANEL,
    TEXTS_KEPT_HOME,
    UNPLACED,
    GoogleCell,
    KitCell,
    PanelCell,
)
from sheetsync.findings import fact_of
from sheetsync.grid import Cell, a1
from sheetsync.journal import Journal, open_journal
from sheetsync.model import Consolidation, Decision, Event, GoogleScope, JournalLine, Plan, Privacy
from sheetsync.notices import say
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.google.port import FileKind, Google, GoogleRefused, Role
from sheetsync.workbooks.port import TableRows
from sheetsync.workbooks.templates import Template, template_bytes
from sheetsync_emulator.faults import forbidden, meanwhile, unavailable
from small_district import FULL, PLAN, answer, copy, plan_with, run

TEMPLATE = template_bytes(Template.DISTRICT)
NOON = datetime(2023, 12, 20, 12, 0)
LINES = (JournalLine(1, NOON, Event.CONSOLIDATED, note="файлов 2"),)


@pytest.fixture
def district() -> Iterator[GoogleDistrict]:
    with google_district(in_process=True) as district, unjudged(district):
        yield district


@pytest.fixture
def judged() -> Iterator[GoogleDistrict]:
    with google_district(in_process=True) as district:
        yield district


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(tmp_path / "journal.sqlite") as journal:
        yield journal


@pytest.fixture
def office(district: GoogleDistrict, journal: Journal) -> Office:
    return Office(district, journal)


class Office:
    """A campaign that publishes: its book is the district template."""

    def __init__(self, district: GoogleDistrict, journal: Journal) -> None:
        self.district, self.journal = district, journal
        self.book = ExcelFile.from_bytes(TEMPLATE)
        self.folder = district.office.made(FileKind.FOLDER, "Кампания", {"test": "folder"}).id

    def opened(self, plan: Plan = PLAN) -> DistrictSheet:
        return district_sheet(self.district.office, self.journal, plan, TEMPLATE, self.folder)

    def published(self, found: Consolidation) -> Published:
        """Open and publish, as a run does."""
        return publish(self.opened(found.plan), found, LINES, self.book, self.journal)

    def decided(self, own: dict[tuple[str, str], Decision] | None = None) -> FromGoogle:
        return decisions_from_google(self.opened().workbook, self.journal, PLAN, own or {})

    @property
    def google(self) -> OnGoogle:
        return OnGoogle(self.district, self.journal.published.file(PLAN.plan_id) or self.opened().id)

    def typed(
        self, participant: str, activity: str, column: str, text: str, by: Google | None = None
    ) -> None:
        """What the coordinator, or somebody else, types in Google beside a row."""
        table = self.google.book.read_table(ENTRIES.name)
        row, at = row_of(table, participant, activity), table.headers.index(ENTRIES.column(column).header)
        self.google.typed(ENTRIES_SHEET, a1(row, at + 1), {"stringValue": text} if text else None, by)

    def cell(self, participant: str, activity: str, column: str) -> Cell:
        """What Google shows in a cell of «Исполнение»."""
        table = self.google.book.read_table(ENTRIES.name)
        cells = table.rows[row_of(table, participant, activity) - table.first_row]
        return cells[table.headers.index(ENTRIES.column(column).header)]

    def said(self, participant: str, activity: str, column: str) -> str:
        return self.cell(participant, activity, column).text


def row_of(table: TableRows, participant: str, activity: str) -> int:
    names = {one.code: one.short_name for one in PLAN.participants}
    places = [table.headers.index(ENTRIES.column(key).header) for key in ("participant", "key")]
    keys = [tuple(cells[at].text for at in places) for cells in table.rows]
    return table.first_row + keys.index((names[participant], activity))


def a_district(**more: Any) -> Consolidation:
    """Two schools, one of which has answered."""
    return run(copy("S1", answer("r1", **FULL), answer("r2", status="в работе", info="=1+1")), **more)


def test_google_shows_the_same_tables_as_the_file(judged: GoogleDistrict, journal: Journal) -> None:
    """Every table of the свод and every figure of «Панель», cell by cell."""
    office = Office(judged, journal)
    found = a_district(decisions={("S1", "r1"): Decision("принято", "Спасибо")})
    file = ExcelFile.from_bytes(TEMPLATE)
    rendering_of(found, file, LINES).put_into(file)

    office.published(found)

    book = office.google.book
    for spec in DISTRICT_TABLES:
        if spec not in MASTERS:
            assert shown(book.read_table(spec.name)) == shown(file.read_table(spec.name)), spec.name
    for cell in PanelCell:
        assert book.read_named(cell) == file.read_named(cell)


def test_the_coordinators_sheets_are_shown_as_the_book_has_them(office: Office) -> None:
    office.published(a_district())

    for spec in MASTERS:
        assert shown(office.google.book.read_table(spec.name)) == shown(office.book.read_table(spec.name))


def test_one_read_and_no_write_when_nothing_changed(office: Office) -> None:
    found = a_district()
    assert office.published(found).writes == 1
    reads, writes = office.district.calls(READS), office.district.calls(WRITES)
    calls = office.district.calls()

    assert office.published(found).writes == 0

    assert office.district.calls(WRITES) == writes
    assert office.district.calls(READS) == reads + 1
    assert office.district.calls() == calls + 1


def test_one_read_and_one_write_when_something_did(office: Office) -> None:
    office.published(a_district())
    calls = office.district.calls()

    office.published(run(copy("S1", answer("r1", **FULL)), copy("S2", answer("r1", **FULL))))

    assert office.district.calls() == calls + 2


def test_the_spreadsheet_is_made_once_private_and_in_the_campaigns_folder(office: Office) -> None:
    first, again = office.opened(), office.opened()
    office.journal.published.save_file(PLAN.plan_id, "")
    office.journal._connection.execute("DELETE FROM google_district")
    after_losing_the_journal = office.opened()

    assert first.id == again.id == after_losing_the_journal.id
    assert [(one.role.value, one.email) for one in office.district.office.permissions(first.id)] == [
        ("owner", OFFICE)
    ]
    assert [one.id for one in office.district.office.listed(office.folder)] == [first.id]


@pytest.mark.parametrize("skip", [0, 1])
def test_making_it_goes_on_where_it_was_cut_off(office: Office, skip: int) -> None:
    """Once as it was filled, once as its controls were put in: no second spreadsheet, nothing twice."""
    office.district.emulator.faults.append(forbidden(WRITES, skip=skip))
    with pytest.raises(GoogleRefused):
        office.opened()

    sheet = office.opened()

    assert set(sheet.workbook.table_names()) >= {spec.name for spec in DISTRICT_TABLES}
    assert len(office.district.office.listed(office.folder)) == 1
    protections = [len(one.protections) for one in office.google.model.sheets.values()]
    assert max(protections) == 1


def test_a_spreadsheet_thrown_away_for_good_is_made_anew(office: Office) -> None:
    first = office.opened()
    office.district.office.remove(first.id)

    assert office.opened().id != first.id


def test_only_the_coordinators_columns_are_open_to_others(office: Office) -> None:
    office.published(a_district())
    helper = "helper@district.example.org"
    person = office.district.as_user(helper)
    office.district.office.share(office.google.id, Role.WRITER, helper)

    for column in ("decision", "remark"):
        office.typed("S2", "r1", column, "принято", by=person)
    with pytest.raises(GoogleRefused):
        office.typed("S2", "r1", "status", "принято", by=person)


# --- decisions


def test_a_decision_typed_in_google_is_taken_into_the_book(office: Office) -> None:
    office.published(a_district())

    office.typed("S1", "r1", "decision", "принято")
    office.typed("S1", "r2", "remark", "Приложите справку")

    assert office.decided() == FromGoogle(
        {("S1", "r1"): Decision("принято"), ("S1", "r2"): Decision("", "Приложите справку")}
    )


def test_a_decision_made_in_the_book_is_not_undone_by_google(office: Office) -> None:
    office.published(a_district())
    own = {("S1", "r1"): Decision("принято", "Спасибо")}

    assert office.decided(own) == FromGoogle({})


def test_words_of_both_meet_when_they_are_different_ones(office: Office) -> None:
    """The decision is changed in Google, the remark in the book: neither is lost."""
    office.published(a_district(decisions={("S1", "r1"): Decision("на доработку", "старое")}))
    office.typed("S1", "r1", "decision", "принято")

    taken = office.decided({("S1", "r1"): Decision("на доработку", "новое")})

    assert taken == FromGoogle({("S1", "r1"): Decision("принято", "новое")})


def test_two_different_decisions_leave_the_books_and_are_told(office: Office) -> None:
    office.published(a_district())
    office.typed("S1", "r1", "decision", "на доработку")

    taken = office.decided({("S1", "r1"): Decision("принято")})

    assert taken.decisions == {}
    (finding,) = taken.findings
    assert (finding.code, finding.participant, finding.activity) == ("G614", "S1", "r1")
    assert "на доработку" in fact_of(finding)
    assert "принято" in fact_of(finding)


def test_a_decision_taken_away_in_google_is_taken_away(office: Office) -> None:
    own = {("S1", "r1"): Decision("принято")}
    office.published(a_district(decisions=own))
    office.typed("S1", "r1", "decision", "")

    assert office.decided(own) == FromGoogle({("S1", "r1"): Decision()})


def test_decisions_go_round_and_come_to_rest(office: Office) -> None:
    """Typed in Google, taken, published: the next run finds nothing new on either side."""
    office.published(a_district())
    office.typed("S1", "r1", "decision", "принято")
    own = dict(office.decided().decisions)

    taken = office.published(a_district(decisions=own))
    assert (taken.writes, office.published(a_district(decisions=own)).writes) == (1, 0)

    assert office.decided(own) == FromGoogle({})
    assert office.said("S1", "r1", "decision") == "принято"


def test_a_decision_typed_while_the_program_writes_is_not_overwritten(office: Office) -> None:
    """Two editors at once: it stays in Google and is taken by the next run."""
    office.published(a_district())
    found = run(copy("S1", answer("r1", **FULL)), copy("S2", answer("r1", **FULL)))

    def type_it() -> None:
        office.district.emulator.faults.clear()
        office.typed("S2", "r1", "decision", "принято")

    office.district.emulator.faults.append(meanwhile(WRITES, type_it))
    office.published(found)

    assert office.said("S2", "r1", "decision") == "принято"
    assert office.decided() == FromGoogle({("S2", "r1"): Decision("принято")})


# --- what does not leave


CHILD = "Занятия с Ивановым Петей, 5 класс, тел. 8 912 345-67-89"


@pytest.mark.parametrize("privacy", list(Privacy))
def test_personal_data_is_not_uploaded_whatever_the_campaign_keeps(office: Office, privacy: Privacy) -> None:
    plan = plan_with(privacy=privacy)
    found = a_district_saying(CHILD, plan)

    published = office.published(found)

    assert office.said("S1", "r1", "info") == say(GoogleNotice.NOT_SENT)
    assert "912" not in everything(office)
    told = [one for one in published.findings if one.participant == "S1" and one.activity == "r1"]
    assert {one.code for one in told} == {"G612"}
    assert "телефон" in fact_of(told[0])


def test_only_plan_status_and_numbers_are_sent_when_so_set(office: Office) -> None:
    plan = plan_with(google_sends=GoogleScope.NUMBERS)
    found = run(
        copy("S1", answer("r1", **{**FULL, "link": "https://school.example/1", "reason": "заболели"})),
        plan=plan,
        decisions={("S1", "r1"): Decision("на доработку", "Приложите приказ")},
    )

    office.published(found)

    book = office.google.book
    for name, keys in TEXTS_KEPT_HOME.items():
        spec = next(one for one in DISTRICT_TABLES if one.name == name)
        table = book.read_table(name)
        for key in keys:
            at = table.headers.index(spec.column(key).header)
            assert {row[at].text for row in table.rows} <= {""}, (name, key)
    assert office.said("S1", "r1", "status") == "выполнено"
    assert office.said("S1", "r1", "decision") == "на доработку"
    for words in ("педсовет, 14", "протокол № 3", "school.example", "заболели", "Приложите приказ"):
        assert words not in everything(office)
    assert book.read_table(UNPLACED.name).rows == ()


def test_a_remark_that_was_not_sent_is_not_taken_for_deleted(office: Office) -> None:
    plan = plan_with(google_sends=GoogleScope.NUMBERS)
    own = {("S1", "r1"): Decision("на доработку", "Приложите приказ")}
    office.published(run(copy("S1", answer("r1", **FULL)), plan=plan, decisions=own))

    assert office.decided(own) == FromGoogle({})


def test_text_of_a_school_stays_text_in_google(office: Office) -> None:
    office.published(a_district_saying('=HYPERLINK("http://evil.example")', PLAN))

    cell = office.cell("S1", "r1", "info")
    assert (cell.value, cell.formula, cell.links) == ('=HYPERLINK("http://evil.example")', None, ())


# --- when Google will not


def test_a_refusal_is_told_and_the_next_run_does_it(office: Office) -> None:
    office.opened()
    office.district.emulator.faults.append(forbidden(WRITES))

    refused = office.published(a_district())
    assert [one.code for one in refused.findings] == ["G617"]

    assert office.published(a_district()).writes == 1


def test_a_write_whose_answer_was_lost_is_not_done_twice(office: Office) -> None:
    office.opened()
    office.district.emulator.faults.append(unavailable(WRITES, after=True))

    office.published(a_district())

    assert office.published(a_district()).writes == 0


# --- the tick


def test_the_tick_asks_and_is_answered(office: Office) -> None:
    google = office.google
    named = google.model.names[GoogleCell.COLLECT_NOW]
    place = a1(named.area.top, named.area.left)
    assert not asked_to_collect(office.district.office, google.id)

    google.typed(PANEL, place, {"boolValue": True})
    calls = office.district.calls()
    assert asked_to_collect(office.district.office, google.id)
    assert office.district.calls() == calls + 1

    writes = office.district.calls(WRITES)
    answered(office.district.office, google.id, "Собрано: файлов 2")
    assert office.district.calls(WRITES) == writes + 1
    assert not asked_to_collect(office.district.office, google.id)
    assert google.book.read_named(GoogleCell.OUTCOME).text == "Собрано: файлов 2"


def test_the_tick_is_a_tick_and_open_to_the_office(office: Office) -> None:
    google = office.google
    named = google.model.names[GoogleCell.COLLECT_NOW]
    panel = google.model.sheets[named.sheet]

    assert panel.at(named.area.top, named.area.left).rule["condition"]["type"] == "BOOLEAN"  # type: ignore[index]
    (guard,) = panel.protections
    assert guard["unprotectedRanges"][0]["startColumnIndex"] == named.area.left - 1


def test_the_answer_to_the_tick_stands_where_a_button_would_answer(office: Office) -> None:
    names = office.google.model.names

    assert names[GoogleCell.OUTCOME].area.top == names[KitCell.STATUS].area.top
    assert names[GoogleCell.OUTCOME].area.left == names[KitCell.STATUS].area.left


def test_rows_where_only_charts_stood_are_out_of_sight(office: Office) -> None:
    """The traffic lights follow the four rates; charts do not come to Google."""
    names = office.google.model.names
    panel = office.google.model.sheets[names[LIGHTS.name].sheet]
    rates = max(one.area.bottom for name, one in names.items() if name in set(PanelCell))

    assert panel.hidden_rows == set(range(rates + 2, names[LIGHTS.name].area.top))


# --- helpers


def a_district_saying(info: str, plan: Plan) -> Consolidation:
    return run(copy("S1", answer("r1", **{**FULL, "info": info})), plan=plan)


def everything(office: Office) -> str:
    """All that Google keeps of the spreadsheet, as one text."""
    cells = (cell for sheet in office.google.model.sheets.values() for cell in sheet.cells.values())
    return "\n".join(str((cell.value, cell.runs, cell.note)) for cell in cells)
