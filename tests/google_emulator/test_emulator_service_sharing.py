"""Rights in the stand-in: who is invited how, what a school may do, what a service account may own."""

from __future__ import annotations

from typing import Any

import pytest
from callers import FOLDER, OFFICE, ROBOT, SCHOOL, SPREADSHEET, asked

from sheetsync_emulator.clock import HandClock
from sheetsync_emulator.service import Emulator
from sheetsync_emulator.shelf import Letter
from sheetsync_emulator.trouble import ApiError


@pytest.fixture
def emulator() -> Emulator:
    return Emulator(OFFICE, HandClock())


@pytest.fixture
def file(emulator: Emulator) -> str:
    return emulator.person(OFFICE).creates("Отчёт", SPREADSHEET)


def invited(emulator: Emulator, file: str, query: str = "", **body: Any) -> Any:
    return asked(emulator, "POST", f"/drive/v3/files/{file}/permissions?{query}", body)


def reason(answer: Any) -> str:
    return str(answer.json()["error"]["errors"][0]["reason"])


def test_an_invitation_brings_a_letter_with_the_offices_words(emulator: Emulator, file: str) -> None:
    invited(emulator, file, "emailMessage=Жду+отчёт", type="user", role="writer", emailAddress=SCHOOL)

    assert emulator.shelf.letters == [Letter(SCHOOL, file, "Жду отчёт")]


def test_no_letter_when_none_is_wanted(emulator: Emulator, file: str) -> None:
    answer = invited(
        emulator, file, "sendNotificationEmail=false", type="user", role="writer", emailAddress=SCHOOL
    )

    assert answer.json()["role"] == "writer"
    assert emulator.shelf.letters == []


def test_an_address_without_an_account_needs_the_letter(emulator: Emulator, file: str) -> None:
    """As Google says for addresses at other mail services."""
    emulator.shelf.unknown_addresses.add("school@mail.example")
    body = {"type": "user", "role": "writer", "emailAddress": "school@mail.example"}
    refused = invited(emulator, file, "sendNotificationEmail=false", **body)

    assert (refused.status, reason(refused)) == (400, "invalidSharingRequest")
    assert invited(emulator, file, **body).status == 200


def test_the_same_person_has_one_right_and_the_newer_role(emulator: Emulator, file: str) -> None:
    office = emulator.person(OFFICE)
    office.shares(file, SCHOOL, "reader")
    office.shares(file, SCHOOL, "writer")
    office.shares(file, OFFICE, "reader")
    path = f"/drive/v3/files/{file}/permissions"
    told = office.call("GET", path, fields="permissions(emailAddress,role)")

    assert told["permissions"] == [
        {"role": "owner", "emailAddress": OFFICE},
        {"role": "writer", "emailAddress": SCHOOL},
    ]
    assert set(office.call("GET", path)["permissions"][0]) == {"kind", "id", "type", "role"}


def test_a_role_is_changed_and_taken_back(emulator: Emulator, file: str) -> None:
    office, school = emulator.person(OFFICE), emulator.person(SCHOOL)
    office.shares(file, SCHOOL)
    path = f"/drive/v3/files/{file}/permissions"
    right = office.call("GET", path)["permissions"][1]["id"]
    office.call("PATCH", f"{path}/{right}", {"role": "reader"})
    with pytest.raises(ApiError) as refused:
        school.types(file, "A1", 1)
    office.unshares(file, SCHOOL)

    assert refused.value.code == 403
    with pytest.raises(ApiError):
        school.reads(file, "A1")
    with pytest.raises(ApiError) as missing:
        office.call("GET", f"{path}/{right}")
    assert missing.value.code == 404


def test_the_owner_cannot_be_shut_out(emulator: Emulator, file: str) -> None:
    office = emulator.person(OFFICE)
    right = office.call("GET", f"/drive/v3/files/{file}/permissions")["permissions"][0]["id"]

    with pytest.raises(ApiError) as refused:
        office.call("DELETE", f"/drive/v3/files/{file}/permissions/{right}")
    assert refused.value.code == 403


def test_whoever_has_the_link_may_write_but_does_not_find_the_file(emulator: Emulator, file: str) -> None:
    stranger = emulator.person("stranger@example.org")
    invited(emulator, file, type="anyone", role="writer")
    stranger.types(file, "A1", "текст")

    assert emulator.person(OFFICE).reads(file, "A1") == [["текст"]]
    assert stranger.call("GET", "/drive/v3/files")["files"] == []


def test_a_domain_covers_its_people(emulator: Emulator, file: str) -> None:
    invited(emulator, file, type="domain", role="reader", domain="schools.example")

    assert emulator.person("one@schools.example").reads(file, "A1") == []
    with pytest.raises(ApiError):
        emulator.person("one@other.example").reads(file, "A1")


@pytest.mark.parametrize(
    "body",
    [
        {"type": "user", "emailAddress": SCHOOL},
        {"type": "user", "role": "writer"},
        {"type": "user", "role": "writer", "emailAddress": "не адрес"},
        {"type": "domain", "role": "writer"},
        {"role": "writer"},
    ],
)
def test_an_invitation_that_says_too_little_is_400(
    emulator: Emulator, file: str, body: dict[str, str]
) -> None:
    assert invited(emulator, file, **body).status == 400


def test_a_school_writes_its_columns_and_no_others(emulator: Emulator, file: str) -> None:
    """Through its own credentials: one protection of the whole sheet, with the answer columns open."""
    office, school = emulator.person(OFFICE), emulator.person(SCHOOL)
    office.shares(file, SCHOOL)
    protected = {
        "range": {"sheetId": 0},
        "unprotectedRanges": [{"sheetId": 0, "startColumnIndex": 5, "endColumnIndex": 10}],
        "editors": {"users": [OFFICE]},
    }
    office.edits(file, {"addProtectedRange": {"protectedRange": protected}})
    token = emulator.accounts.token_for(SCHOOL)
    url = f"/v4/spreadsheets/{file}/values/Sheet1!A2?valueInputOption=RAW"
    refused = asked(emulator, "PUT", url, {"values": [["чужое"]]}, token)
    school.types(file, "F2", "своё")
    office.types(file, "A2", "план")

    assert (refused.status, "protected" in refused.json()["error"]["message"]) == (400, True)
    assert office.reads(file, "A2:F2") == [["план", "", "", "", "", "своё"]]


@pytest.mark.parametrize("allowed", [True, False])
def test_a_service_account_owns_files_only_where_that_is_allowed(*, allowed: bool) -> None:
    emulator = Emulator(OFFICE, HandClock(), service_accounts_own_files=allowed)
    token = emulator.accounts.token_for(ROBOT)
    body = {"name": "x", "mimeType": SPREADSHEET}
    made = asked(emulator, "POST", "/drive/v3/files", body, token)
    by_sheets = asked(emulator, "POST", "/v4/spreadsheets", {}, token)

    assert (made.status, by_sheets.status) == ((200, 200) if allowed else (403, 403))
    assert allowed or reason(made) == "storageQuotaExceeded"


def test_a_service_account_works_in_files_of_a_person(emulator: Emulator, file: str) -> None:
    emulator.shelf.service_accounts_own_files = False
    emulator.person(OFFICE).shares(file, ROBOT)
    emulator.person(ROBOT).types(file, "A1", "от программы")

    assert emulator.person(OFFICE).reads(file, "A1") == [["от программы"]]


def test_an_account_without_room_makes_nothing(emulator: Emulator) -> None:
    emulator.shelf.no_storage.add(OFFICE)
    answer = asked(emulator, "POST", "/drive/v3/files", {"name": "x", "mimeType": FOLDER})

    assert (answer.status, reason(answer)) == (403, "storageQuotaExceeded")
