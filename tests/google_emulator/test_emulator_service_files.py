"""Drive of the stand-in: files, folders, marks, search, pages, versions."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import pytest
from callers import FOLDER, OFFICE, SCHOOL, SPREADSHEET, asked

from sheetsync_emulator.clock import HandClock
from sheetsync_emulator.people import Person
from sheetsync_emulator.query import BadQueryError, understood
from sheetsync_emulator.service import Emulator
from sheetsync_emulator.trouble import ApiError

FILES = "/drive/v3/files"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def emulator(clock: HandClock) -> Emulator:
    return Emulator(OFFICE, clock)


@pytest.fixture
def office(emulator: Emulator) -> Person:
    return emulator.person(OFFICE)


def names(person: Person, q: str = "", **query: str) -> list[str]:
    asked_for = {"fields": "files(name)", **({"q": q} if q else {}), **query}
    return [one["name"] for one in person.call("GET", FILES, **asked_for)["files"]]


def test_a_new_file_is_named_and_nothing_more_unless_asked(office: Person) -> None:
    made = office.call("POST", FILES, {"name": "Отчёт", "mimeType": SPREADSHEET})
    asked_for = office.call("GET", f"{FILES}/{made['id']}", fields="name,version,ownedByMe,webViewLink")

    assert made == {"kind": "drive#file", "id": made["id"], "name": "Отчёт", "mimeType": SPREADSHEET}
    assert asked_for == {
        "name": "Отчёт",
        "version": "1",
        "ownedByMe": True,
        "webViewLink": f"https://docs.google.com/spreadsheets/d/{made['id']}/edit?usp=drivesdk",
    }


def test_a_listing_of_a_folder_shows_its_spreadsheets_only(office: Person) -> None:
    folder = office.creates("Кампания", FOLDER)
    office.creates("Школа 1", SPREADSHEET, folder)
    office.creates("Вложенная", FOLDER, folder)
    office.creates("Чужое место", SPREADSHEET)

    assert names(office, f"'{folder}' in parents and mimeType='{SPREADSHEET}' and trashed=false") == [
        "Школа 1"
    ]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("name = 'Школа 1'", ["Школа 1"]),
        ("name contains 'школа'", ["Школа 2", "Школа 1"]),
        ("not name = 'Школа 1' and name != 'Итог'", ["Школа 2"]),
        ("(name = 'Школа 1' or name = 'Итог') and trashed = false", ["Итог", "Школа 1"]),
        ("appProperties has { key='school' and value='S01' }", ["Школа 1"]),
        (
            "appProperties has {key='plan' and value='P'} and appProperties has {key='school' and value='S02'}",
            ["Школа 2"],
        ),
        ("appProperties has { key='school' and value='S03' }", []),
        ("createdTime > '2026-11-22T09:00:01Z'", ["Итог", "Школа 2"]),
        (f"'{OFFICE}' in owners and 'root' in parents", ["Итог", "Школа 2", "Школа 1"]),
        ("'somebody@example.org' in writers", []),
        ('name = "O\\"Neil"', []),
    ],
)
def test_the_search_language_of_drive(
    emulator: Emulator, clock: HandClock, q: str, found: Sequence[str]
) -> None:
    office = emulator.person(OFFICE)
    for number, name in enumerate(("Школа 1", "Школа 2", "Итог"), 1):
        marks = {"plan": "P", "school": f"S0{number}"} if name != "Итог" else {}
        office.call("POST", FILES, {"name": name, "mimeType": SPREADSHEET, "appProperties": marks})
        clock.forward(1)

    assert names(office, q.replace("09:00:01Z", "09:00:00.500Z")) == found


@pytest.mark.parametrize(
    "q",
    ["name", "name = ", "name ~ 'x'", "size = '1'", "name = 'a' 'b'", "(name = 'a'", "'x' in", "trashed = 1"],
)
def test_a_search_drive_does_not_understand_is_400(emulator: Emulator, q: str) -> None:
    answer = asked(emulator, "GET", f"{FILES}?{urlencode({'q': q})}")

    assert (answer.status, answer.json()["error"]["errors"][0]["reason"]) == (400, "invalid")
    with pytest.raises(BadQueryError):
        understood(q)


def test_a_thousand_files_come_in_pages(office: Person) -> None:
    for number in range(7):
        office.creates(f"{number}", SPREADSHEET)
    pages, token = [], ""
    while not pages or token:
        more = {"pageToken": token} if token else {}
        answer = office.call(
            "GET", FILES, pageSize="3", orderBy="name", fields="nextPageToken,files(name)", **more
        )
        pages.append([one["name"] for one in answer["files"]])
        token = answer.get("nextPageToken", "")

    assert pages == [["0", "1", "2"], ["3", "4", "5"], ["6"]]


@pytest.mark.parametrize("query", ["pageSize=0", "pageSize=1001", "pageToken=x", "orderBy=colour"])
def test_a_page_drive_cannot_give_is_400(emulator: Emulator, query: str) -> None:
    assert asked(emulator, "GET", f"{FILES}?{query}").status == 400


def test_the_oldest_come_first_when_asked(office: Person, clock: HandClock) -> None:
    for name in ("первый", "второй", "третий"):
        office.creates(name, SPREADSHEET)
        clock.forward(1)

    assert names(office, orderBy="createdTime") == ["первый", "второй", "третий"]
    assert names(office) == ["третий", "второй", "первый"]


def test_marks_are_added_to_those_that_are_there(office: Person) -> None:
    file = office.call("POST", FILES, {"name": "x", "mimeType": SPREADSHEET, "appProperties": {"plan": "1"}})
    office.call("PATCH", f"{FILES}/{file['id']}", {"appProperties": {"school": "S01"}, "name": "y"})

    shown = office.call("GET", f"{FILES}/{file['id']}", fields="name,appProperties")
    assert shown == {"name": "y", "appProperties": {"plan": "1", "school": "S01"}}
    book = office.call("GET", f"/v4/spreadsheets/{file['id']}", fields="properties.title")
    assert book == {"properties": {"title": "y"}}


def test_every_change_raises_the_version_and_says_who(emulator: Emulator, clock: HandClock) -> None:
    office, school = emulator.person(OFFICE), emulator.person(SCHOOL)
    file = office.creates("x", SPREADSHEET)
    office.shares(file, SCHOOL)
    clock.forward(60)
    school.types(file, "A1", "готово")

    shown = office.call(
        "GET", f"{FILES}/{file}", fields="version,modifiedTime,lastModifyingUser(emailAddress)"
    )
    assert shown == {
        "version": "3",
        "modifiedTime": "2026-11-22T09:01:00.000Z",
        "lastModifyingUser": {"emailAddress": SCHOOL},
    }


def test_a_new_right_raises_the_version_but_is_no_edit(office: Person, clock: HandClock) -> None:
    file = office.creates("x", SPREADSHEET)
    clock.forward(60)
    office.shares(file, SCHOOL)

    shown = office.call("GET", f"{FILES}/{file}", fields="version,modifiedTime")
    assert shown == {"version": "2", "modifiedTime": "2026-11-22T09:00:00.000Z"}


def test_an_edit_reaches_the_listing_later_when_drive_lags(clock: HandClock) -> None:
    """As at Google: the cells are new at once, the listing knows it minutes later."""
    emulator = Emulator(OFFICE, clock, lag=180)
    office = emulator.person(OFFICE)
    file = office.creates("x", SPREADSHEET)
    clock.forward(10)
    office.types(file, "A1", "готово")

    def version() -> str:
        return str(office.call("GET", FILES, fields="files(version)")["files"][0]["version"])

    assert office.reads(file, "A1") == [["готово"]]
    assert version() == "1"
    clock.forward(179)
    assert version() == "1"
    clock.forward(1)
    assert version() == "2"


def test_versions_never_go_back(clock: HandClock) -> None:
    """A change of the name is seen at once; the older edit of the cells does not undo it when it arrives."""
    emulator = Emulator(OFFICE, clock, lag=180)
    office = emulator.person(OFFICE)
    file = office.creates("x", SPREADSHEET)
    office.types(file, "A1", "готово")
    office.call("PATCH", f"{FILES}/{file}", {"name": "y"})
    before = office.call("GET", f"{FILES}/{file}", fields="version")
    clock.forward(181)

    assert before == office.call("GET", f"{FILES}/{file}", fields="version") == {"version": "3"}


def test_a_copy_has_the_cells_and_marks_but_not_the_rights(emulator: Emulator) -> None:
    office = emulator.person(OFFICE)
    file = office.call("POST", FILES, {"name": "x", "mimeType": SPREADSHEET, "appProperties": {"plan": "1"}})[
        "id"
    ]
    office.shares(file, SCHOOL)
    office.types(file, "A1", "текст")
    twin = office.call(
        "POST", f"{FILES}/{file}/copy", {"name": None}, fields="id,name,appProperties,permissions(role)"
    )
    office.types(file, "A1", "другой")

    assert twin | {"id": ""} == {
        "id": "",
        "name": "Copy of x",
        "appProperties": {"plan": "1"},
        "permissions": [{"role": "owner"}],
    }
    assert office.reads(twin["id"], "A1") == [["текст"]]


def test_who_sees_a_folder_sees_what_lies_in_it(emulator: Emulator) -> None:
    office, school = emulator.person(OFFICE), emulator.person(SCHOOL)
    folder = office.creates("Кампания", FOLDER)
    file = office.creates("x", SPREADSHEET, folder)
    assert names(school) == []
    office.shares(folder, SCHOOL, "reader")

    assert sorted(names(school)) == ["x", "Кампания"]
    with pytest.raises(ApiError) as refused:
        school.types(file, "A1", "текст")
    assert refused.value.code == 403


def test_a_file_moves_between_folders(office: Person) -> None:
    one, other = office.creates("1", FOLDER), office.creates("2", FOLDER)
    file = office.creates("x", SPREADSHEET, one)
    office.call("PATCH", f"{FILES}/{file}", {}, addParents=other, removeParents=one)

    assert names(office, f"'{other}' in parents") == ["x"]
    assert names(office, f"'{one}' in parents") == []


def test_only_the_owner_deletes_and_a_folder_goes_with_its_files(emulator: Emulator) -> None:
    office, school = emulator.person(OFFICE), emulator.person(SCHOOL)
    folder = office.creates("Кампания", FOLDER)
    office.creates("x", SPREADSHEET, folder)
    office.shares(folder, SCHOOL)
    with pytest.raises(ApiError) as refused:
        school.call("DELETE", f"{FILES}/{folder}")
    office.call("DELETE", f"{FILES}/{folder}")

    assert refused.value.code == 403
    assert names(office) == []


def test_a_trashed_file_is_still_there_until_it_is_left_out(office: Person) -> None:
    file = office.creates("x", SPREADSHEET)
    office.call("PATCH", f"{FILES}/{file}", {"trashed": True})

    assert names(office) == ["x"]
    assert names(office, "trashed = false") == []


def test_what_one_may_not_see_is_not_there_for_drive_and_forbidden_for_sheets(emulator: Emulator) -> None:
    file = emulator.person(OFFICE).creates("x", SPREADSHEET)
    token = emulator.accounts.token_for(SCHOOL)

    assert asked(emulator, "GET", f"{FILES}/{file}", token=token).status == 404
    assert asked(emulator, "GET", f"/v4/spreadsheets/{file}", token=token).status == 403
    assert asked(emulator, "GET", "/v4/spreadsheets/nothing", token=token).status == 404


def test_changes_since_a_token_name_each_file_once(office: Person) -> None:
    kept, gone = office.creates("kept", SPREADSHEET), office.creates("gone", SPREADSHEET)
    start = office.call("GET", "/drive/v3/changes/startPageToken")["startPageToken"]
    office.types(kept, "A1", 1)
    office.types(kept, "A1", 2)
    office.call("DELETE", f"{FILES}/{gone}")
    told = office.call("GET", "/drive/v3/changes", pageToken=start)

    assert [(one["fileId"], one["removed"]) for one in told["changes"]] == [(kept, False), (gone, True)]
    again = office.call("GET", "/drive/v3/changes", pageToken=told["newStartPageToken"])
    assert again["changes"] == []


def test_who_am_i_must_name_the_fields(emulator: Emulator) -> None:
    token = emulator.accounts.token_for(SCHOOL)
    answer = asked(emulator, "GET", "/drive/v3/about?fields=user(emailAddress)", token=token)

    assert answer.json() == {"user": {"emailAddress": SCHOOL}}
    assert asked(emulator, "GET", "/drive/v3/about").status == 400


def test_comments_are_kept(office: Person) -> None:
    file = office.creates("x", SPREADSHEET)
    office.call("POST", f"{FILES}/{file}/comments", {"content": "Проверьте"}, fields="id")

    assert office.call("GET", f"{FILES}/{file}/comments", fields="comments/content") == {
        "comments": [{"content": "Проверьте"}]
    }


def test_the_first_sheet_goes_out_and_comes_in_as_csv(emulator: Emulator) -> None:
    file = emulator.person(OFFICE).creates("x", SPREADSHEET)
    table = 'имя,дата\r\n"а,б",2026-11-22'.encode()
    put = emulator.handle("PUT", f"/upload/drive/v2/files/{file}?uploadType=media&convert=true", {}, table)
    got = emulator.handle("GET", f"{FILES}/{file}/export?mimeType=text/csv")

    assert put.status == 200
    assert (got.headers["Content-Type"], got.body) == ("text/csv", table)
    assert asked(emulator, "GET", f"{FILES}/{file}/export?mimeType=application/pdf").status == 501


def test_a_spreadsheet_made_by_sheets_has_what_was_asked(office: Person) -> None:
    body = {
        "properties": {"title": "Свод", "locale": "ru_RU"},
        "sheets": [{"properties": {"title": "Исполнение"}}, {"properties": {"title": "Полнота"}}],
    }
    made = office.call("POST", "/v4/spreadsheets", body)

    assert made["properties"]["locale"] == "ru_RU"
    assert [one["properties"]["title"] for one in made["sheets"]] == ["Исполнение", "Полнота"]
    assert names(office) == ["Свод"]


def test_an_unknown_address_says_that_it_is_not_emulated(emulator: Emulator) -> None:
    assert asked(emulator, "GET", "/drive/v3/drives").status == 501
    assert asked(emulator, "POST", "/upload/drive/v3/files", {}).status == 501
