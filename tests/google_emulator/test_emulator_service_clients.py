"""Two clients that nobody here wrote, over a real socket: Google's own and gspread."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import google_auth_httplib2
import gspread
import httplib2
import pytest
from callers import FOLDER, OFFICE, ROBOT, SCHOOL, SPREADSHEET, gspread_client, service_account
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError

from sheetsync_emulator import discovery, faults
from sheetsync_emulator.clock import HandClock
from sheetsync_emulator.discovery import DOCUMENTS
from sheetsync_emulator.routes import Api
from sheetsync_emulator.server import served
from sheetsync_emulator.service import Emulator


@pytest.fixture
def emulator() -> Emulator:
    return Emulator(OFFICE, HandClock())


@pytest.fixture
def url(emulator: Emulator) -> Iterator[str]:
    with served(emulator) as url:
        yield url


# --- Google's own client ----------------------------------------------------------------------------


class Google:
    """google-api-python-client for one account: Sheets and Drive."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.wire = httplib2.Http()
        self.http = google_auth_httplib2.AuthorizedHttp(Credentials(token), http=self.wire)
        self.sheets = self._service(Api.SHEETS)
        self.drive = self._service(Api.DRIVE)

    def _service(self, api: Api) -> Any:
        folder = discovery.files("googleapiclient").joinpath("discovery_cache", "documents")
        document = discovery.json.loads(folder.joinpath(DOCUMENTS[api]).read_text(encoding="utf-8"))
        document["rootUrl"] = f"{self.url}/"
        document["baseUrl"] = f"{self.url}/{document['servicePath']}"
        return build_from_document(document, http=self.http)


@pytest.fixture
def google(emulator: Emulator, url: str) -> Iterator[Google]:
    client = Google(url, emulator.accounts.token_for(OFFICE))
    yield client
    client.wire.close()


def made(google: Google, name: str, **more: Any) -> str:
    body = {"name": name, "mimeType": SPREADSHEET, **more}
    return str(google.drive.files().create(body=body, fields="id").execute()["id"])


def test_googles_client_makes_shares_and_lists(emulator: Emulator, google: Google) -> None:
    folder = google.drive.files().create(body={"name": "Кампания", "mimeType": FOLDER}).execute()["id"]
    file = made(google, "Школа", parents=[folder], appProperties={"school": "S01"})
    permission = {"type": "user", "role": "writer", "emailAddress": SCHOOL}
    google.drive.permissions().create(fileId=file, body=permission, emailMessage="Жду").execute()
    q = f"'{folder}' in parents and appProperties has {{ key='school' and value='S01' }} and trashed = false"
    found = google.drive.files().list(q=q, fields="files(id,name,version)", pageSize=1000).execute()

    assert found == {"files": [{"id": file, "name": "Школа", "version": "2"}]}
    assert [one.message for one in emulator.shelf.letters] == ["Жду"]


def test_googles_client_writes_and_reads_cells(google: Google) -> None:
    file = made(google, "Школа")
    book = google.sheets.spreadsheets()
    requests = [
        {"updateSheetProperties": {"properties": {"sheetId": 0, "title": "Отчёт"}, "fields": "title"}},
        {"addSheet": {"properties": {"sheetId": 5, "title": "Помощь", "hidden": True}}},
    ]
    book.batchUpdate(spreadsheetId=file, body={"requests": requests}).execute()
    values = book.values()
    values.update(
        spreadsheetId=file, range="Отчёт!A1", valueInputOption="RAW", body={"values": [["=1+1", 2], ["x"]]}
    ).execute()
    values.batchUpdate(
        spreadsheetId=file,
        body={"valueInputOption": "USER_ENTERED", "data": [{"range": "Отчёт!C1", "values": [["=1+1"]]}]},
    ).execute()

    assert values.get(spreadsheetId=file, range="Отчёт!A1:C2").execute()["values"] == [
        ["=1+1", "2", "2"],
        ["x"],
    ]
    told = book.get(spreadsheetId=file, fields="sheets.properties(title,hidden)").execute()
    assert [one["properties"] for one in told["sheets"]] == [
        {"title": "Отчёт"},
        {"title": "Помощь", "hidden": True},
    ]


def test_googles_client_walks_through_pages(google: Google) -> None:
    for number in range(5):
        made(google, str(number))
    names, request = (
        [],
        google.drive.files().list(pageSize=2, orderBy="name", fields="nextPageToken,files(name)"),
    )
    while request is not None:
        answer = request.execute()
        names += [one["name"] for one in answer["files"]]
        request = google.drive.files().list_next(request, answer)

    assert names == ["0", "1", "2", "3", "4"]


def test_googles_client_understands_the_refusals(emulator: Emulator, google: Google) -> None:
    emulator.faults.append(faults.no_storage("POST"))
    with pytest.raises(HttpError) as refused:
        made(google, "x")

    assert refused.value.status_code == 403
    assert refused.value.error_details[0]["reason"] == "storageQuotaExceeded"
    with pytest.raises(HttpError, match="Requested entity was not found"):
        google.sheets.spreadsheets().get(spreadsheetId="nothing").execute()


def test_a_very_long_question_of_googles_client_comes_as_a_post(google: Google) -> None:
    """Over 2,048 characters it sends the query in the body and says that it means GET."""
    file = made(google, "Школа")
    q = " or ".join(f"name = '{number}'" for number in range(300)) + " or name = 'Школа'"

    assert google.drive.files().list(q=q, fields="files(id)").execute() == {"files": [{"id": file}]}


# --- gspread ----------------------------------------------------------------------------------------


@pytest.fixture
def robot(url: str) -> Iterator[gspread.Client]:
    """gspread as people use it: with the key file of a service account."""
    with gspread_client(url, service_account(url)) as client:
        yield client


def test_gspread_signs_in_and_works(emulator: Emulator, robot: gspread.Client) -> None:
    book = robot.create("Свод")
    sheet = book.add_worksheet("Исполнение", 50, 10)
    sheet.update([["1.10", "да"], ["=A1", ""]], "A1", raw=True)
    sheet.format("A1", {"textFormat": {"bold": True}})
    sheet.update_note("B1", "примечание")

    assert sheet.get("A1:B2") == [["1.10", "да"], ["=A1"]]
    assert sheet.get_note("B1") == "примечание"
    assert [one.title for one in robot.open("Свод").worksheets()] == ["Sheet1", "Исполнение"]
    assert {entry.user for entry in emulator.log} == {"", ROBOT}
    assert emulator.judge is not None
    assert (emulator.judge.breaches, emulator.judge.warnings) == ([], [])


def test_gspread_shares_copies_and_deletes(robot: gspread.Client) -> None:
    book = robot.create("Свод")
    book.share(SCHOOL, "user", "writer", notify=False)
    twin = robot.copy(book.id, title="Второй", copy_permissions=True)

    assert [one["emailAddress"] for one in twin.list_permissions()] == [ROBOT, SCHOOL]
    twin.remove_permissions(SCHOOL)
    assert len(twin.list_permissions()) == 1
    robot.del_spreadsheet(twin.id)
    assert [one["name"] for one in robot.list_spreadsheet_files()] == ["Свод"]


def test_gspread_tells_missing_from_forbidden(emulator: Emulator, robot: gspread.Client) -> None:
    private = emulator.person(OFFICE).creates("чужая", SPREADSHEET)

    with pytest.raises(gspread.SpreadsheetNotFound):
        robot.open_by_key("nothing")
    with pytest.raises(PermissionError):
        robot.open_by_key(private)


def test_a_school_with_gspread_cannot_touch_the_plan(emulator: Emulator, url: str) -> None:
    office = emulator.person(OFFICE)
    file = office.creates("Отчёт", SPREADSHEET)
    office.shares(file, SCHOOL)
    hole = {"sheetId": 0, "startColumnIndex": 1, "endColumnIndex": 2}
    office.edits(
        file,
        {"addProtectedRange": {"protectedRange": {"range": {"sheetId": 0}, "unprotectedRanges": [hole]}}},
    )
    with gspread_client(url, Credentials(emulator.accounts.token_for(SCHOOL))) as school:
        sheet = school.open_by_key(file).sheet1
        sheet.update_acell("B2", "готово")
        with pytest.raises(gspread.exceptions.APIError, match="protected"):
            sheet.update_acell("A2", "чужое")
        with pytest.raises(gspread.exceptions.APIError, match="protected"):
            sheet.delete_rows(2)

    assert office.reads(file, "A1:B2") == [[], ["", "готово"]]


def test_a_hundred_calls_share_one_connection(emulator: Emulator, url: str) -> None:
    with served(emulator) as other, gspread_client(other, Credentials("t")) as client:
        sheet = client.create("Свод").sheet1
        for row in range(1, 101):
            sheet.update_acell(f"A{row}", row)

        assert len(sheet.col_values(1)) == 100
        assert len(client.http_client.session.adapters["http://"].poolmanager.pools) == 1


def test_gspread_reads_a_tab_whose_name_has_quotes(robot: gspread.Client) -> None:
    sheet = robot.create("Свод").sheet1
    sheet.update_title('O\'Neil "x"')
    sheet.update([["1"]], "A1")

    assert sheet.get_all_values() == [["1"]]


def test_many_write_at_once_and_nothing_is_lost(emulator: Emulator, url: str) -> None:
    file = emulator.person(OFFICE).creates("Свод", SPREADSHEET)

    def fill(column: int) -> None:
        with gspread_client(url, Credentials("t")) as client:
            sheet = gspread.Worksheet(None, {"title": "Sheet1", "sheetId": 0}, file, client.http_client)
            for row in range(1, 11):
                sheet.update_cell(row, column, f"{row}.{column}")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(fill, range(1, 7)))

    assert emulator.person(OFFICE).reads(file, "A1:F10") == [
        [f"{row}.{column}" for column in range(1, 7)] for row in range(1, 11)
    ]
    assert emulator.shelf.files[file].version == 61
