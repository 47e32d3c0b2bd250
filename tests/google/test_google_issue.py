"""«Выпустить формы» for schools that work in Google: one sheet each, shared, its link in «Участники»."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from google_campaign import Story, codes, email, new_campaign, quick_district
from google_district import GoogleDistrict

from sheetsync import store
from sheetsync.campaign.files import journal_of
from sheetsync.campaign.google.issuing import invitation
from sheetsync.campaign.google.marks import campaign_marks
from sheetsync.campaign.issuing import plan_digest
from sheetsync.findings import fact_of
from sheetsync.forms.wording import HELP_SENDING, READY_LABEL
from sheetsync.model import Settings
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble, Role
from sheetsync.workbooks.google.snapshot import snapshot_bytes
from sheetsync_emulator import faults, refusals
from sheetsync_emulator.faults import Fault


@pytest.fixture
def district() -> Iterator[GoogleDistrict]:
    with quick_district() as district:
        yield district


@pytest.fixture
def story(district: GoogleDistrict, tmp_path: Path) -> Story:
    """Two schools, Google switched on for both, nothing issued."""
    story = Story(district, new_campaign(tmp_path, 2))
    story.by_google()
    return story


def test_each_school_gets_its_sheet_and_only_its_rows(story: Story) -> None:
    result = story.issue()

    assert result.findings == ()
    assert [file.name for file in story.files()] == ["S01 Липовская СОШ", "S02 Кленовская СОШ"]
    assert result.sheets.written == ("S01 Липовская СОШ", "S02 Кленовская СОШ")
    assert story.shown("S01", "1.1")["title"] == "Назначение координатора в каждой школе"
    assert story.shared_with("S01") == [email("S01")]
    assert not list((story.place / store.FORMS_FOLDER).glob("S0*"))


def test_the_link_stands_beside_the_school(story: Story) -> None:
    story.issue()

    assert story.sheets()["S01"].file in story.row("S01")["link"]
    assert story.row("S01")["email"] == email("S01")


def test_a_second_press_asks_for_one_listing_and_writes_nothing(story: Story) -> None:
    story.issue()
    before = story.campaign.workbook.read_bytes()
    story.district.emulator.log.clear()

    result = story.issue()

    assert [str(one) for one in story.district.emulator.log] == ["GET /drive/v3/files"]
    assert result.sheets.same == ("S01 Липовская СОШ", "S02 Кленовская СОШ")
    assert story.campaign.workbook.read_bytes() == before


def test_a_protected_cell_is_refused_and_an_answer_is_taken(story: Story) -> None:
    story.issue()

    with pytest.raises(GoogleRefused) as refused:
        story.type("S01", "1.1", title="Мы решили иначе")
    story.type("S01", "1.1", status="выполнено")

    assert refused.value.trouble in {GoogleTrouble.REFUSED, GoogleTrouble.FORBIDDEN}
    assert story.shown("S01", "1.1")["status"] == "выполнено"
    assert story.shown("S01", "1.1")["title"] == "Назначение координатора в каждой школе"


def test_another_school_cannot_write_in_it(story: Story) -> None:
    story.issue()

    with pytest.raises(GoogleRefused):
        story.type("S01", "1.1", by=email("S02"), status="выполнено")


def test_schools_of_both_channels_in_one_district(story: Story) -> None:
    """Excel participants are untouched by Google."""
    story.participants("S02", channel="Excel")

    result = story.issue()

    assert result.sheets.written == ("S01 Липовская СОШ",)
    assert [path.name for path in result.written] == ["S02 Кленовская СОШ.xlsx"]
    assert story.row("S02")["link"] == ""


def test_google_is_switched_off(story: Story) -> None:
    story.settings(google="нет")
    story.participants("S02", channel="Excel")

    result = story.issue()

    assert codes(result.findings) == ["G601"]
    assert [path.name for path in result.written] == ["S02 Кленовская СОШ.xlsx"]
    assert story.district.calls() == 0


def test_nobody_works_in_google_so_nobody_is_asked(story: Story) -> None:
    story.participants(channel="Excel")

    story.issue()

    assert story.district.calls() == 0


@pytest.mark.parametrize(
    ("trouble", "code"), [(GoogleTrouble.NOT_SIGNED_IN, "G602"), (GoogleTrouble.EXPIRED, "G603")]
)
def test_without_a_sign_in_files_are_issued_all_the_same(
    story: Story, trouble: GoogleTrouble, code: str
) -> None:
    story.participants("S02", channel="Excel")

    def nobody() -> NoReturn:
        raise GoogleRefused(trouble)

    story.office = nobody  # type: ignore[method-assign]
    result = story.issue()

    assert codes(result.findings) == [code]
    assert [path.name for path in result.written] == ["S02 Кленовская СОШ.xlsx"]


def test_a_school_without_an_address(story: Story) -> None:
    story.participants("S01", email="")

    result = story.issue()

    assert codes(result.findings) == ["G605"]
    assert result.sheets.written == ("S01 Липовская СОШ", "S02 Кленовская СОШ")
    assert story.shared_with("S01") == []


def test_an_address_nobody_has(story: Story) -> None:
    fault = Fault("POST .*/permissions", refusals.no_such_address())
    story.district.emulator.faults.append(fault)

    result = story.issue()

    assert codes(result.findings) == ["G616"]
    assert result.findings[0].participant == "S01"
    assert "400" not in fact_of(result.findings[0]), "the coordinator knows no codes of Google"
    assert story.shared_with("S02") == [email("S02")]


def test_the_invitation_says_who_asks_until_when_and_what_to_do(story: Story) -> None:
    story.settings(organisation="Отдел образования Приреченского района", report_due="15.10.2026")
    story.issue()
    letter = story.district.emulator.shelf.letters[0].message

    assert "Отдел образования Приреченского района" in letter
    assert "Срок — 15.10.2026." in letter
    assert "галочку «Отчёт готов»" in letter
    assert "присылать ничего не нужно" in letter


def test_an_invitation_without_a_due_date_names_none() -> None:
    said = invitation(Settings(plan_title="Помощь школам"))

    assert said.startswith("отчёт по плану «Помощь школам». Откройте таблицу")


def test_access_by_link_is_told(story: Story) -> None:
    story.settings(google_access="по ссылке")

    result = story.issue()

    assert codes(result.findings) == ["G609", "G609"]
    assert story.shared_with("S01") == [""]


def test_google_gives_no_more_invitations_today(story: Story) -> None:
    story.district.emulator.faults.append(faults.sharing_limit("POST .*/permissions", times=9))
    first = story.issue()
    story.district.emulator.faults.clear()

    second = story.issue()

    assert codes(first.findings) == ["G607"]
    assert first.sheets.written == ("S01 Липовская СОШ", "S02 Кленовская СОШ")
    assert second.sheets.same == first.sheets.written
    assert (story.shared_with("S01"), story.shared_with("S02")) == ([email("S01")], [email("S02")])


def test_the_account_has_no_room(story: Story) -> None:
    story.district.emulator.faults.append(faults.no_storage("POST /drive/v3/files$"))

    result = story.issue()

    assert codes(result.findings) == ["G608"]
    assert result.sheets.written == ()


def test_one_bad_sheet_does_not_stop_the_others(story: Story) -> None:
    story.issue()
    bad = story.sheets()["S01"].file
    story.word_anew("Назначение координатора в каждой школе", "Два координатора")
    story.district.emulator.faults.append(faults.forbidden(f"GET /v4/spreadsheets/{bad}", times=99))

    result = story.issue()

    assert codes(result.findings, "S01") == ["G623"]
    assert len(result.sheets.written) == 1


def test_an_address_the_coordinator_typed_stays(story: Story) -> None:
    story.participants("S01", link="https://disk.example.org/наше")

    result = story.issue()

    assert story.row("S01")["link"] == "https://disk.example.org/наше"
    assert codes(result.findings) == ["G621"]
    assert story.sheets()["S01"].link in dict(result.findings[0].params)["link"]
    assert story.row("S02")["link"] != ""


def test_the_workbook_is_open_so_links_wait(story: Story) -> None:
    mark = story.campaign.workbook.with_name(f"~${story.campaign.workbook.name}")
    mark.write_bytes(b"")
    first = story.issue()
    mark.unlink()
    waiting = story.row("S01")["link"]

    second = story.issue()

    assert codes(first.findings) == ["G622"]
    assert waiting == ""
    assert second.findings == ()
    assert story.sheets()["S01"].file in story.row("S01")["link"]


def test_a_link_or_an_address_is_no_new_issue(story: Story) -> None:
    before = plan_digest(story.plan)

    story.participants("S01", link="https://example.org", email="other@example.org", channel="Excel")
    story.settings(google="нет", google_access="по ссылке", google_publish="да")

    assert plan_digest(story.plan) == before


def test_a_school_gets_another_address(story: Story) -> None:
    story.issue()
    story.participants("S01", email="new@school.example.org")

    result = story.issue()

    assert result.sheets.written == ()
    assert story.shared_with("S01") == ["new@school.example.org", email("S01")]
    assert [(one.code, dict(one.params)["email"]) for one in result.findings] == [("G624", email("S01"))]


def test_two_codes_changed_places(story: Story) -> None:
    """Neither school gets the other's sheet; the codes are put back, and all is as it was."""
    story.issue()
    story.participants("S01", email=email("S02"))
    story.participants("S02", email=email("S01"))

    result = story.issue()
    story.participants("S01", email=email("S01"))
    story.participants("S02", email=email("S02"))
    again = story.issue()

    told = [(one.code, one.participant, dict(one.params)) for one in result.findings]
    assert told == [
        ("G630", "S01", {"email": email("S02"), "other": "S02"}),
        ("G630", "S02", {"email": email("S01"), "other": "S01"}),
    ]
    assert result.needs_user
    assert again.findings == ()
    assert [story.shared_with(code) for code in ("S01", "S02")] == [[email("S01")], [email("S02")]]


def test_an_address_that_really_went_to_another_school(story: Story) -> None:
    """The office opens the sheet by itself, and the next issue goes on."""
    story.issue()
    story.participants("S01", email=email("S02"))
    story.participants("S02", email="new@school.example.org")
    first = story.issue()
    story.district.office.share(story.sheets()["S01"].file, Role.WRITER, email("S02"))

    second = story.issue()

    assert codes(first.findings, "S01") == ["G630"]
    assert codes(second.findings, "S01") == ["G624"]
    assert story.shared_with("S02") == ["new@school.example.org", email("S02")]


def test_two_schools_with_one_address(story: Story) -> None:
    story.issue()
    story.participants("S01", email=email("S02"))

    result = story.issue()

    assert codes(result.findings) == ["G624"]
    assert story.shared_with("S01") == [email("S01"), email("S02")]


def test_while_google_is_off_nobody_is_told_of_a_new_sheet(story: Story) -> None:
    story.participants("S01", channel="Excel")
    story.issue()
    story.participants("S01", channel="Google")
    story.settings(google="нет")

    assert codes(story.issue().findings, "S01") == ["G601"]


def test_a_school_goes_over_from_excel_to_google_and_back(story: Story) -> None:
    story.participants("S01", channel="Excel")
    story.issue()
    story.participants("S01", channel="Google")
    to_google = story.issue()
    story.participants("S01", channel="Excel")
    back = story.issue()

    assert codes(to_google.findings, "S01") == ["G619"]
    assert to_google.sheets.written == ("S01 Липовская СОШ",)
    assert codes(back.findings, "S01") == ["G620"]


def test_time_runs_out_and_the_next_press_goes_on(story: Story) -> None:
    first = story.issue(seconds=0)
    second = story.issue()

    assert [fact_of(one) for one in first.findings] == [
        "Таблицы Google выпущены не всем: 0 из 2 (вышло время одного нажатия)."
    ]
    assert second.sheets.written == ("S01 Липовская СОШ", "S02 Кленовская СОШ")


def test_the_folder_was_deleted_and_is_made_again(story: Story) -> None:
    story.issue()
    with journal_of(story.campaign) as journal:
        marks = campaign_marks(story.district.office, journal, story.plan)
    (folder,) = story.district.office.marked(marks.folder)
    story.district.office.remove(folder.id)

    result = story.issue()

    assert len(story.files()) == 2
    assert result.sheets.written == ("S01 Липовская СОШ", "S02 Кленовская СОШ")


def test_the_sheet_says_to_tick_it_and_nothing_of_files(story: Story) -> None:
    story.issue()
    told = open_copy(snapshot_bytes(story.answer("S01")), "").book
    assert told is not None
    said = {cell.text for sheet in told.sheets for _, row in sheet.rows() for cell in row.values()}

    assert READY_LABEL.google in said
    assert any(one.endswith(HELP_SENDING.google) for one in said)
    assert not any("файл и пришлите" in one for one in said)
