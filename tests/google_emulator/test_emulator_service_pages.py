"""Pages of the stand-in: readable, plainly not Google, and nothing of a school's text is live in them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from callers import FOLDER, OFFICE, SPREADSHEET, asked

from sheetsync_emulator.clock import HandClock
from sheetsync_emulator.server import served
from sheetsync_emulator.service import Emulator

EVIL = "<script>alert('x')</script>\"'&"


@pytest.fixture
def emulator() -> Emulator:
    return Emulator(OFFICE, HandClock())


def page(emulator: Emulator, path: str) -> str:
    answer = emulator.handle("GET", path)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    return answer.body.decode()


class Tags(HTMLParser):
    """Everything a browser would make of a page."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag not in {"meta", "col", "base"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def sheet_of(emulator: Emulator, *requests: dict[str, object]) -> str:
    office = emulator.person(OFFICE)
    file = office.creates("Отчёт", SPREADSHEET)
    office.edits(file, *requests)
    return file


def cells(*values: dict[str, object]) -> dict[str, object]:
    return {"updateCells": {"start": {"sheetId": 0}, "rows": [{"values": list(values)}], "fields": "*"}}


def text(value: str, **more: object) -> dict[str, object]:
    return {"userEnteredValue": {"stringValue": value}, **more}


def test_every_page_says_that_it_is_not_google(emulator: Emulator) -> None:
    file = emulator.person(OFFICE).creates("Отчёт", SPREADSHEET)
    for path in ("/", f"/spreadsheets/d/{file}", f"/spreadsheets/d/{file}/edit", "/spreadsheets/d/nothing"):
        shown = page(emulator, path)

        assert "Это не Google" in shown
        assert "This is not Google" in shown
        assert Tags(shown).open == []


def test_the_list_leads_to_files_and_folders(emulator: Emulator) -> None:
    office = emulator.person(OFFICE)
    folder = office.creates("Кампания", FOLDER)
    file = office.creates("Школа", SPREADSHEET, folder)

    assert Tags(page(emulator, "/")).links == [f"/drive/folders/{folder}"]
    assert Tags(page(emulator, f"/drive/folders/{folder}")).links == ["/", f"/spreadsheets/d/{file}/edit"]
    assert f"/drive/folders/{folder}" in Tags(page(emulator, f"/spreadsheets/d/{file}")).links
    assert emulator.handle("GET", "/drive/folders/nothing").status == 404


def test_text_of_a_school_stays_text(emulator: Emulator) -> None:
    """Wherever it stands: a name, a tab, a cell, a note, the target and the text of a link."""
    office = emulator.person(OFFICE)
    folder = office.creates(EVIL, FOLDER)
    file = office.creates(EVIL, SPREADSHEET, folder)
    title = {"updateSheetProperties": {"properties": {"sheetId": 0, "title": EVIL}, "fields": "title"}}
    run = {"startIndex": 0, "format": {"link": {"uri": f"https://example.org/{EVIL}"}}}
    office.edits(file, title, cells(text(EVIL, note=EVIL), text(EVIL, textFormatRuns=[run])))
    office.shares(folder, "<b>@example.org")
    for path in ("/", f"/drive/folders/{folder}", f"/spreadsheets/d/{file}"):
        shown = page(emulator, path)

        assert "script" not in Tags(shown).tags
        assert "<b>@" not in shown


def test_only_links_a_browser_may_open_are_live(emulator: Emulator) -> None:
    targets = ["https://example.org/1", "javascript:alert(1)", "data:text/html,x", "mailto:a@example.org"]
    links = [text("текст", textFormatRuns=[{"format": {"link": {"uri": one}}}]) for one in targets]
    file = sheet_of(emulator, cells(*links))
    live = [one for one in Tags(page(emulator, f"/spreadsheets/d/{file}")).links if not one.startswith("/")]

    assert live == ["https://example.org/1", "mailto:a@example.org"]


def test_a_link_inside_a_spreadsheet_leads_to_the_row_of_the_other_sheet(emulator: Emulator) -> None:
    inside = text("✔", textFormatRuns=[{"format": {"link": {"uri": "#gid=5&range=A12"}}}])
    file = sheet_of(
        emulator, {"addSheet": {"properties": {"sheetId": 5, "title": "Исполнение"}}}, cells(inside)
    )
    here, there = (page(emulator, f"/spreadsheets/d/{file}/gid/{sheet}") for sheet in (0, 5))

    assert f'<base href="/spreadsheets/d/{file}/">' in here
    assert "gid/5#row12" in Tags(here).links
    assert 'id="row1"' in there


def test_a_chip_shows_its_file_or_person(emulator: Emulator) -> None:
    """In the text there is only a placeholder."""
    paper = {"chip": {"richLinkProperties": {"uri": "https://example.org/papers/order.pdf"}}}
    person = {"chip": {"personProperties": {"email": "p@example.org"}}, "startIndex": 4}
    file = sheet_of(emulator, cells(text("@ и @", chipRuns=[paper, person])))
    shown = page(emulator, f"/spreadsheets/d/{file}")

    assert 'href="https://example.org/papers/order.pdf" rel="noreferrer noopener">order.pdf</a>' in shown
    assert '<a href="mailto:p@example.org" rel="noreferrer noopener">p@example.org</a>' in shown


def test_several_links_in_a_cell_keep_their_places(emulator: Emulator) -> None:
    runs = [
        {"startIndex": 2, "format": {"link": {"uri": "https://example.org/1"}}},
        {"startIndex": 5, "format": {}},
    ]
    file = sheet_of(emulator, cells(text("а один б", textFormatRuns=runs)))

    assert '>а <a href="https://example.org/1" rel="noreferrer noopener">оди</a>н б</td>' in page(
        emulator, f"/spreadsheets/d/{file}"
    )


def test_a_sheet_looks_like_itself(emulator: Emulator) -> None:
    look = {
        "backgroundColor": {"red": 1, "green": 0.5},
        "textFormat": {"bold": True, "italic": True, "fontSize": 14, "foregroundColor": {"blue": 1}},
        "horizontalAlignment": "CENTER",
        "verticalAlignment": "MIDDLE",
        "wrapStrategy": "WRAP",
    }
    width = {"range": {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}}
    file = sheet_of(
        emulator,
        cells(text("Заголовок", userEnteredFormat=look, note="пояснение")),
        {"updateDimensionProperties": {**width, "properties": {"pixelSize": 321}, "fields": "pixelSize"}},
    )
    shown = page(emulator, f"/spreadsheets/d/{file}")

    assert '<col style="width:321px">' in shown
    found = re.search(r'<td class="([^"]+)" title="пояснение" style="([^"]+)">Заголовок</td>', shown)
    assert found is not None
    assert found[1].split() == ["wrap", "note"]
    assert set(found[2].split(";")) == {
        "background-color:#ff7f00",
        "color:#0000ff",
        "font-weight:700",
        "font-style:italic",
        "font-size:14pt",
        "text-align:center",
        "vertical-align:middle",
    }


def test_hidden_columns_rows_and_sheets_are_left_out(emulator: Emulator) -> None:
    def hide(dimension: str, start: int) -> dict[str, object]:
        lines = {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": start + 1}
        properties = {"hiddenByUser": True}
        return {
            "updateDimensionProperties": {"range": lines, "properties": properties, "fields": "hiddenByUser"}
        }

    file = sheet_of(
        emulator,
        cells(text("видно"), text("ключ"), text("тоже")),
        {
            "updateCells": {
                "start": {"sheetId": 0, "rowIndex": 1},
                "rows": [{"values": [text("тайна")]}],
                "fields": "*",
            }
        },
        hide("COLUMNS", 1),
        hide("ROWS", 1),
        {"addSheet": {"properties": {"sheetId": 5, "title": "Второй"}}},
        {"addSheet": {"properties": {"sheetId": 6, "title": "Метки", "hidden": True}}},
    )
    shown = page(emulator, f"/spreadsheets/d/{file}")

    assert "видно" in shown
    assert "тоже" in shown
    assert not any(word in shown for word in ("ключ", "тайна", "Метки"))
    assert re.findall(r"<th>([A-Z])</th>", shown) == ["A", "C"]
    assert Tags(shown).links[2:] == [f"/spreadsheets/d/{file}/gid/0", f"/spreadsheets/d/{file}/gid/5"]
    assert f'aria-current="page" href="/spreadsheets/d/{file}/gid/5"' in page(
        emulator, f"/spreadsheets/d/{file}/gid/5"
    )


def test_a_merge_is_one_cell(emulator: Emulator) -> None:
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 3}
    file = sheet_of(emulator, cells(text("Шапка")), {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}})
    shown = page(emulator, f"/spreadsheets/d/{file}")

    assert 'rowspan="2" colspan="3">Шапка</td>' in shown
    assert shown.count("<td") == 1 + 3 * (shown.count("<tr") - 3)


def test_a_merge_whose_first_column_is_hidden_still_shows_its_text(emulator: Emulator) -> None:
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 2}
    lines = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    file = sheet_of(
        emulator,
        cells(text("Шапка")),
        {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}},
        {
            "updateDimensionProperties": {
                "range": lines,
                "properties": {"hiddenByUser": True},
                "fields": "hiddenByUser",
            }
        },
    )

    assert 'rowspan="1" colspan="1">Шапка</td>' in page(emulator, f"/spreadsheets/d/{file}")


def test_a_merge_that_is_hidden_whole_leaves_no_trace(emulator: Emulator) -> None:
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 1, "endColumnIndex": 3}
    lines = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 3}
    file = sheet_of(
        emulator,
        cells(text("видно"), text("ключ")),
        {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}},
        {
            "updateDimensionProperties": {
                "range": lines,
                "properties": {"hiddenByUser": True},
                "fields": "hiddenByUser",
            }
        },
    )

    assert "ключ" not in page(emulator, f"/spreadsheets/d/{file}")


def test_protected_cells_are_marked_and_open_ones_are_not(emulator: Emulator) -> None:
    hole = {"sheetId": 0, "startColumnIndex": 1, "endColumnIndex": 2}
    protected = {"range": {"sheetId": 0}, "unprotectedRanges": [hole]}
    file = sheet_of(
        emulator, cells(text("план"), text("ответ")), {"addProtectedRange": {"protectedRange": protected}}
    )
    shown = page(emulator, f"/spreadsheets/d/{file}")

    assert '<td class="clip locked">план</td><td class="clip">ответ</td>' in shown


def test_a_tick_is_a_box(emulator: Emulator) -> None:
    rule = {"condition": {"type": "BOOLEAN", "values": [{"userEnteredValue": "да"}]}}
    file = sheet_of(emulator, cells(text("да", dataValidation=rule), {"dataValidation": rule}))

    assert re.findall("[☑☐]", page(emulator, f"/spreadsheets/d/{file}")) == ["☑", "☐"]


def test_an_empty_spreadsheet_has_a_page(emulator: Emulator) -> None:
    file = emulator.person(OFFICE).creates("Отчёт", SPREADSHEET)

    assert "<th>A</th>" in page(emulator, f"/spreadsheets/d/{file}")


def test_looking_is_not_logged_as_a_call(emulator: Emulator) -> None:
    page(emulator, "/")
    page(emulator, "/favicon.ico")

    assert emulator.log == []


def test_links_of_the_api_lead_to_the_pages(emulator: Emulator) -> None:
    with served(emulator, links=True) as url:
        office = emulator.person(OFFICE)
        file = office.creates("Отчёт", SPREADSHEET)
        folder = office.creates("Кампания", FOLDER)
        book = office.call("GET", f"/v4/spreadsheets/{file}", fields="spreadsheetUrl")["spreadsheetUrl"]
        links = [
            office.call("GET", f"/drive/v3/files/{one}", fields="webViewLink")["webViewLink"]
            for one in (file, folder)
        ]

        assert [one.removeprefix(url).partition("?")[0] for one in (book, *links)] == [
            f"/spreadsheets/d/{file}/edit",
            f"/spreadsheets/d/{file}/edit",
            f"/drive/folders/{folder}",
        ]
        assert asked(emulator, "GET", links[0].removeprefix(url)).status == 200


def test_the_list_says_when_and_for_whom(emulator: Emulator) -> None:
    office = emulator.person(OFFICE)
    file = office.creates("Школа", SPREADSHEET)
    office.shares(file, "school@example.org")
    office.call("POST", f"/drive/v3/files/{file}/permissions", {"type": "anyone", "role": "writer"})

    assert "22.11.2026 09:00 UTC · office@example.org · school@example.org · все, у кого есть ссылка" in page(
        emulator, "/"
    )


def test_a_long_text_goes_on_over_empty_cells_up_to_the_next_full_one(emulator: Emulator) -> None:
    long = "Отчёт об исполнении плана мероприятий"
    file = sheet_of(emulator, cells(text(long), {}, text("занято"), text("последний")))
    shown = page(emulator, f"/spreadsheets/d/{file}")

    assert f'<td class="clip spill"><span style="max-width:200px">{long}</span></td>' in shown
    assert '<td class="clip">занято</td>' in shown
