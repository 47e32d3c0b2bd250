"""Every method of the service against the emulator, over real sockets."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from google_district import OFFICE, GoogleDistrict, google_district

from sheetsync.workbooks.google.drive import marks_query, permission_of, same_mailbox
from sheetsync.workbooks.google.port import (
    DriveFile,
    FileKind,
    Google,
    GoogleRefused,
    GoogleTrouble,
    Json,
    Permission,
    Role,
)
from sheetsync.workbooks.google.service import connect
from sheetsync_emulator.faults import forbidden, meanwhile, sharing_limit

SCHOOL = "s01@school.example.org"
MARKS = {"sheetsync_plan": "p1", "sheetsync_participant": "S01"}
TITLES = "sheets(properties(title))"


@pytest.fixture
def district() -> Iterator[GoogleDistrict]:
    with google_district() as district:
        yield district


@pytest.fixture
def office(district: GoogleDistrict) -> Google:
    return district.office


@pytest.fixture
def form(office: Google) -> DriveFile:
    return office.made(FileKind.SPREADSHEET, "Форма S01", MARKS)


def typed(text: str, row: int = 0, column: int = 0) -> Json:
    """A request that puts a text into a cell of the first sheet."""
    return {
        "updateCells": {
            "start": {"sheetId": 0, "rowIndex": row, "columnIndex": column},
            "rows": [{"values": [{"userEnteredValue": {"stringValue": text}}]}],
            "fields": "userEnteredValue",
        }
    }


def added_sheet(title: str) -> Json:
    return {"addSheet": {"properties": {"title": title}}}


def texts(office: Google, file: str) -> list[str]:
    """The texts of the first column of the first sheet."""
    told = office.read(file, "sheets(data(rowData(values(formattedValue))))")
    rows = told["sheets"][0]["data"][0].get("rowData", [])
    return [row["values"][0].get("formattedValue", "") for row in rows if row.get("values")]


def trouble_of(error: pytest.ExceptionInfo[GoogleRefused]) -> GoogleTrouble:
    return error.value.trouble


# --- files


def test_the_account_is_named_by_its_email(office: Google) -> None:
    assert office.account() == OFFICE


def test_a_folder_is_listed_with_versions_by_one_request(district: GoogleDistrict, office: Google) -> None:
    folder = office.made(FileKind.FOLDER, "Кампания", {"sheetsync_folder": "p1"})
    inside = office.made(FileKind.SPREADSHEET, "Форма S01", MARKS, folder.id)
    office.made(FileKind.SPREADSHEET, "Чужая", {"other": "1"})
    office.made(FileKind.FOLDER, "Папка в папке", {"other": "2"}, folder.id)
    before = district.calls()

    (listed,) = office.listed(folder.id)

    assert district.calls() - before == 1
    assert (listed.id, listed.name, dict(listed.properties)) == (inside.id, "Форма S01", MARKS)
    assert listed.version == inside.version > 0
    assert listed.modified == datetime.fromtimestamp(district.clock(), UTC)
    assert inside.id in listed.link


def test_an_edit_of_a_school_raises_the_version_and_names_the_author(
    district: GoogleDistrict, office: Google
) -> None:
    folder = office.made(FileKind.FOLDER, "Кампания", {"sheetsync_folder": "p1"})
    form = office.made(FileKind.SPREADSHEET, "Форма S01", MARKS, folder.id)
    office.share(form.id, Role.WRITER, SCHOOL)
    (before,) = office.listed(folder.id)
    district.clock.forward(60)

    district.as_user(SCHOOL).write(form.id, [typed("ответ")])

    (after,) = office.listed(folder.id)
    assert after.version > before.version
    assert after.author == SCHOOL
    assert after.modified is not None
    assert before.modified is not None
    assert (after.modified - before.modified).total_seconds() == 60


def test_a_thousand_and_one_files_take_two_requests(district: GoogleDistrict, office: Google) -> None:
    folder = office.made(FileKind.FOLDER, "Кампания", {"sheetsync_folder": "p1"})
    for number in range(1001):
        district.emulator.shelf.made(f"Форма {number}", FileKind.SPREADSHEET, OFFICE, [folder.id])
    before = district.calls()

    listed = office.listed(folder.id)

    assert district.calls() - before == 2
    assert len({one.id for one in listed}) == 1001


def test_files_are_found_by_all_their_marks(office: Google, form: DriveFile) -> None:
    office.made(FileKind.SPREADSHEET, "Форма S02", {**MARKS, "sheetsync_participant": "S02"})

    assert [one.id for one in office.marked(MARKS)] == [form.id]
    assert len(office.marked({"sheetsync_plan": "p1"})) == 2
    assert office.marked({"sheetsync_plan": "p2"}) == ()


def test_a_file_in_the_bin_does_not_count(district: GoogleDistrict, office: Google, form: DriveFile) -> None:
    district.emulator.shelf.files[form.id].trashed = True

    assert office.marked(MARKS) == ()
    assert office.made(FileKind.SPREADSHEET, "Форма S01", MARKS).id != form.id


def test_the_oldest_of_two_marked_files_comes_first(district: GoogleDistrict, office: Google) -> None:
    first = office.made(FileKind.SPREADSHEET, "Б", {"plan": "p1", "who": "S01"})
    district.clock.forward(1)
    second = office.made(FileKind.SPREADSHEET, "А", {"plan": "p1", "who": "S02"})

    assert [one.id for one in office.marked({"plan": "p1"})] == [first.id, second.id]


def test_marks_with_quotes_ask_for_themselves(office: Google) -> None:
    marks = {"plan": "d'Arc \\ «п»"}
    made = office.made(FileKind.SPREADSHEET, "Форма", marks)

    assert [one.id for one in office.marked(marks)] == [made.id]
    assert marks_query({"a": "'"}) == "appProperties has { key='a' and value='\\'' }"


def test_asked_for_again_a_file_is_not_made_again(district: GoogleDistrict, office: Google) -> None:
    folder = office.made(FileKind.FOLDER, "Кампания", {"sheetsync_folder": "p1"})
    first = office.made(FileKind.SPREADSHEET, "Форма S01", MARKS, folder.id)
    second = office.made(FileKind.SPREADSHEET, "Форма S01", MARKS, folder.id)

    assert first == second
    assert district.calls("POST /drive/v3/files$") == 2


def test_two_computers_that_made_a_file_at_once_agree_on_the_older_one(
    district: GoogleDistrict, office: Google
) -> None:
    other = district.as_user("office2@district.example.org")

    def in_between() -> None:
        made = district.emulator.shelf.made("Форма S01", FileKind.SPREADSHEET, OFFICE, [])
        made.app_properties.update(MARKS)
        district.clock.forward(1)

    district.emulator.faults.append(meanwhile("POST /drive/v3/files$", in_between))
    office.made(FileKind.SPREADSHEET, "Форма S01", MARKS)

    assert len(office.marked(MARKS)) == 2
    assert office.made(FileKind.SPREADSHEET, "Форма S01", MARKS) == office.marked(MARKS)[0]
    assert other.marked(MARKS) == ()


def test_an_account_without_room_is_told_at_once(district: GoogleDistrict, office: Google) -> None:
    district.emulator.shelf.no_storage.add(OFFICE)

    with pytest.raises(GoogleRefused) as error:
        office.made(FileKind.SPREADSHEET, "Форма", MARKS)

    assert trouble_of(error) is GoogleTrouble.NO_STORAGE
    assert error.value.detail == "403 storageQuotaExceeded"
    assert district.calls("POST") == 1


def test_a_removed_file_is_gone_and_removing_it_again_is_fine(office: Google, form: DriveFile) -> None:
    office.remove(form.id)
    office.remove(form.id)

    assert office.marked(MARKS) == ()


def test_a_file_of_somebody_else_is_not_removed(
    district: GoogleDistrict, office: Google, form: DriveFile
) -> None:
    office.share(form.id, Role.WRITER, SCHOOL)

    with pytest.raises(GoogleRefused) as error:
        district.as_user(SCHOOL).remove(form.id)

    assert trouble_of(error) is GoogleTrouble.FORBIDDEN


# --- shares


def test_a_school_gets_a_letter_and_may_write(
    district: GoogleDistrict, office: Google, form: DriveFile
) -> None:
    office.share(form.id, Role.WRITER, SCHOOL, "Заполните до 1 марта.")

    (letter,) = district.emulator.shelf.letters
    assert (letter.to, letter.message) == (SCHOOL, "Заполните до 1 марта.")
    assert [(one.email, one.role) for one in office.permissions(form.id)] == [
        (OFFICE, Role.OWNER),
        (SCHOOL, Role.WRITER),
    ]
    district.as_user(SCHOOL).write(form.id, [typed("ответ")])
    assert texts(office, form.id) == ["ответ"]


def test_who_has_the_role_is_not_written_to_again(
    district: GoogleDistrict, office: Google, form: DriveFile
) -> None:
    office.share(form.id, Role.WRITER, SCHOOL)
    office.share(form.id, Role.WRITER, SCHOOL.upper())
    office.share(form.id, Role.READER, SCHOOL)
    office.share(form.id, Role.WRITER, OFFICE)

    assert len(district.emulator.shelf.letters) == 1


def test_a_reader_becomes_an_editor(office: Google, form: DriveFile) -> None:
    office.share(form.id, Role.READER, SCHOOL)
    office.share(form.id, Role.WRITER, SCHOOL)

    assert [one.role for one in office.permissions(form.id) if one.email == SCHOOL] == [Role.WRITER]


def test_an_address_without_a_google_account_gets_its_letter_too(
    district: GoogleDistrict, office: Google, form: DriveFile
) -> None:
    district.emulator.shelf.unknown_addresses.add("school@mail.example.org")

    office.share(form.id, Role.WRITER, "school@mail.example.org")

    assert [one.to for one in district.emulator.shelf.letters] == ["school@mail.example.org"]


def test_whoever_has_the_link_may_write_and_gets_no_letter(
    district: GoogleDistrict, office: Google, form: DriveFile
) -> None:
    office.share(form.id, Role.WRITER)
    office.share(form.id, Role.WRITER)

    assert [one.role for one in office.permissions(form.id) if not one.email] == [Role.WRITER]
    assert district.emulator.shelf.letters == []
    assert district.calls("POST .*/permissions$") == 1
    district.as_user("anybody@example.org").write(form.id, [typed("ответ")])


def test_an_address_that_is_none_is_told_as_one(office: Google, form: DriveFile) -> None:
    with pytest.raises(GoogleRefused) as error:
        office.share(form.id, Role.WRITER, "школа без собаки")

    assert trouble_of(error) is GoogleTrouble.BAD_ADDRESS


def test_the_limit_of_invitations_is_not_waited_out(
    district: GoogleDistrict, office: Google, form: DriveFile
) -> None:
    district.emulator.faults.append(sharing_limit("POST .*/permissions$", times=99))

    with pytest.raises(GoogleRefused) as error:
        office.share(form.id, Role.WRITER, SCHOOL)

    assert trouble_of(error) is GoogleTrouble.SHARING_LIMIT
    assert district.waits == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("S01@School.example.org", "s01@school.example.org", True),
        ("Anna.Petrova@gmail.com", "annapetrova@googlemail.com", True),
        ("anna.petrova@mail.example.org", "annapetrova@mail.example.org", False),
        ("", "", True),
        ("", "s01@school.example.org", False),
        ("@school.example.org", "", False),
    ],
)
def test_one_mailbox_may_be_written_in_several_ways(one: str, other: str, *, same: bool) -> None:
    assert same_mailbox(one, other) is same


# --- spreadsheets


def test_one_request_reads_what_the_mask_names(
    district: GoogleDistrict, office: Google, form: DriveFile
) -> None:
    office.write(form.id, [typed("да"), typed("нет", row=1)])
    before = district.calls()

    told = office.read(form.id, f"properties(title),{TITLES}")
    (sheet,) = told["sheets"]

    assert district.calls() - before == 1
    assert told["properties"] == {"title": "Форма S01"}
    cells = office.read(
        form.id, "sheets(data(rowData(values(formattedValue))))", [f"{sheet['properties']['title']}!A2"]
    )
    assert cells["sheets"][0]["data"][0]["rowData"] == [{"values": [{"formattedValue": "нет"}]}]


def test_a_batch_gives_a_reply_to_each_request(office: Google, form: DriveFile) -> None:
    replies = office.write(form.id, [typed("да"), added_sheet("Второй")])

    assert [list(one) for one in replies] == [[], ["addSheet"]]
    assert office.write(form.id, []) == ()


def test_a_batch_is_done_as_a_whole_or_not_at_all(office: Google, form: DriveFile) -> None:
    with pytest.raises(GoogleRefused) as error:
        office.write(form.id, [typed("Петров Иван"), {"deleteSheet": {"sheetId": 77}}])

    assert trouble_of(error) is GoogleTrouble.REFUSED
    assert "Петров" not in error.value.detail
    assert texts(office, form.id) == []


def test_a_text_stays_what_it_is(office: Google, form: DriveFile) -> None:
    office.write(form.id, [typed("=1+1"), typed("1.10", row=1), typed("«Ёлка»", row=2)])

    assert texts(office, form.id) == ["=1+1", "1.10", "«Ёлка»"]


def test_what_is_done_once_is_not_done_again(
    district: GoogleDistrict, office: Google, form: DriveFile
) -> None:
    office.write_once(form.id, [added_sheet("Второй")], "form:1")
    office.write_once(form.id, [added_sheet("Второй")], "form:1")
    office.write_once(form.id, [added_sheet("Третий")], "form:2")

    titles = [one["properties"]["title"] for one in office.read(form.id, TITLES)["sheets"]]
    assert titles[1:] == ["Второй", "Третий"]
    assert district.calls(":batchUpdate") == 2


@pytest.mark.parametrize("ask", ["read", "write", "share", "permissions"])
def test_a_file_that_is_gone_is_told_as_one(office: Google, form: DriveFile, ask: str) -> None:
    office.remove(form.id)
    asks = {
        "read": lambda: office.read(form.id, TITLES),
        "write": lambda: office.write(form.id, [typed("да")]),
        "share": lambda: office.share(form.id, Role.WRITER, SCHOOL),
        "permissions": lambda: office.permissions(form.id),
    }

    with pytest.raises(GoogleRefused) as error:
        asks[ask]()

    assert trouble_of(error) is GoogleTrouble.NOT_FOUND


def test_a_share_that_was_taken_back_leaves_the_others(district: GoogleDistrict, office: Google) -> None:
    forms = [office.made(FileKind.SPREADSHEET, f"Форма {n}", {"who": str(n)}) for n in range(3)]
    district.emulator.faults.append(forbidden(f"GET /v4/spreadsheets/{forms[1].id}"))
    told = []
    for form in forms:
        try:
            told.append(str(office.read(form.id, "properties(title)")["properties"]["title"]))
        except GoogleRefused as refused:
            told.append(refused.trouble.value)

    assert told == ["Форма 0", "forbidden", "Форма 2"]


# --- signing in and starting


def test_a_token_that_ran_out_is_renewed_on_the_way(district: GoogleDistrict, office: Google) -> None:
    office.account()
    district.emulator.accounts.expire(OFFICE)

    assert office.account() == OFFICE
    assert district.waits == []


def test_a_consent_taken_back_is_told_as_expired(district: GoogleDistrict, office: Google) -> None:
    office.account()
    district.emulator.accounts.revoke(OFFICE)

    with pytest.raises(GoogleRefused) as error:
        office.account()

    assert trouble_of(error) is GoogleTrouble.EXPIRED


def test_the_environment_leads_to_an_emulator(
    district: GoogleDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    district.trial_environment(monkeypatch)

    with connect(district.credentials(OFFICE)) as service:
        assert service.account() == OFFICE


def test_an_environment_that_leads_elsewhere_is_refused(
    district: GoogleDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEETSYNC_GOOGLE_URL", "http://google.example.org")

    with pytest.raises(GoogleRefused):
        connect(district.credentials(OFFICE))


def test_who_needs_no_google_does_not_load_it() -> None:
    """gspread and google-auth come with the first connection, not with the first command."""
    script = (
        "import sys, sheetsync.cli, sheetsync.campaign, sheetsync.workbooks.google.service\n"
        "print(sorted({'gspread', 'google.auth', 'requests'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"


def test_a_field_google_does_not_know_fails_a_test() -> None:
    """Sheets refuses it; Drive lets it pass, and the end of the test does not."""

    def stray() -> None:
        with google_district() as district:
            district.office._http.ask(
                "GET", "https://www.googleapis.com/drive/v3/files", {"withLink": "true"}
            )

    with pytest.raises(AssertionError):
        stray()


def test_a_whole_organisation_is_not_whoever_has_the_link() -> None:
    told = {"id": "1", "type": "domain", "role": "commenter", "domain": "district.example.org"}

    assert permission_of(told) == Permission("1", Role.READER, "@district.example.org")
