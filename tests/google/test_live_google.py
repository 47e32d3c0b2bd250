"""What no recording of Google covers, on Google itself when asked for: SHEETSYNC_LIVE=1.

    sheetsync google login …                      once, by an account that may own files
    SHEETSYNC_LIVE=1 pytest tests/google/test_live_google.py -s

The same scenario always runs against the stand-in. Everything is made in one folder with marks and
removed in the end, also what an interrupted run left. Nobody is invited: sheets are open by link, and
to SHEETSYNC_LIVE_MAIL when that names a second account of yours.

One account cannot show that a school is refused a cell of the plan: an owner passes every protection.
That is seen only by hand, with a second account in another browser.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from google_campaign import GOOD, Story, new_campaign
from google_district import google_district

from sheetsync.campaign.google.kept import google_address, kept_sign_in
from sheetsync.campaign.google.signing_in import signed_in
from sheetsync.columns import FORM_SHEET, REPORT, FormCell, GoogleCell
from sheetsync.forms.checking import check_of, progress_of
from sheetsync.model import GoogleAccess, Status
from sheetsync.settings import YES
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.google import workbook_sending
from sheetsync.workbooks.google.port import Google, GoogleRefused, Json
from sheetsync.workbooks.google.sheets import DONE_KEY
from sheetsync.workbooks.google.snapshot import snapshot_bytes
from sheetsync.workbooks.google.snapshot_protection import is_protected
from sheetsync.workbooks.google.workbook_model import PUBLISHED_FIELDS, BookModel

LIVE: Final = "SHEETSYNC_LIVE"
MAIL: Final = "SHEETSYNC_LIVE_MAIL"
LONGEST_LAG: Final = 15 * 60.0
SCHOOL: Final = "S01"
NOT_ASKED: Final = f"the real Google is asked only with {LIVE}=1"
NOT_SIGNED_IN: Final = "sheetsync google login was not done on this computer"


@dataclass
class OneAccount:
    """A district whose schools are all the office itself: what ``Story`` needs of a district."""

    office: Google
    clock: Callable[[], float]
    sleep: Callable[[float], None]
    is_google: bool

    def as_user(self, _email: str) -> Google:
        return self.office


@contextmanager
def on_the_stand_in() -> Iterator[OneAccount]:
    with google_district() as district:
        yield OneAccount(district.office, district.clock, district.clock.forward, is_google=False)


@contextmanager
def on_google() -> Iterator[OneAccount]:
    with signed_in(datetime.now(UTC)) as office:
        yield OneAccount(office, time.time, time.sleep, is_google=True)


def why_not_live() -> str:
    """Why Google itself is not asked, '' when it is."""
    if os.environ.get(LIVE) != "1":
        return NOT_ASKED
    return "" if not google_address().emulator and kept_sign_in() else NOT_SIGNED_IN


@pytest.fixture(scope="module", params=["stand-in", "google"])
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """A campaign issued to one school in Google, with the свод shown there."""
    is_live = request.param == "google"
    if is_live and (reason := why_not_live()):
        pytest.skip(reason)
    place = new_campaign(tmp_path_factory.mktemp("live"), schools=1)
    with ExitStack() as left:
        district = left.enter_context(on_google() if is_live else on_the_stand_in())
        made = Story(district, place)  # type: ignore[arg-type]
        remove_everything(made)
        left.callback(remove_everything, made)
        made.by_google(SCHOOL, google_access=GoogleAccess.LINK.value, google_publish=YES)
        made.participants(SCHOOL, email=os.environ.get(MAIL, ""))
        assert made.issue().sheets.written
        yield made


def remove_everything(story: Story) -> None:
    """Every file of campaigns with this plan, of runs that were cut off too; folders last."""
    office = story.district.office
    found = office.marked({"sheetsync_plan": story.plan.plan_id})
    for file in sorted(found, key=lambda one: one.properties.get("sheetsync_kind") == "folder"):
        office.remove(file.id)


# --- what is there after forms were issued


def test_a_form_is_found_by_its_marks_and_is_not_made_twice(story: Story) -> None:
    before = story.files()
    again = story.issue()

    assert (len(before), again.sheets.written, len(again.sheets.same)) == (1, (), 1)
    assert {one.id for one in story.files()} == {one.id for one in before}
    assert before[0].properties["sheetsync_participant"] == SCHOOL


def test_it_is_open_by_link_and_to_nobody_else(story: Story) -> None:
    office = story.district.office
    people = office.permissions(story.sheets()[SCHOOL].file)
    invited = {os.environ[MAIL]} if os.environ.get(MAIL) else set()

    assert {one.email for one in people} - {office.account()} == {"", *invited}


def test_it_speaks_russian_and_keeps_its_names_marks_and_protection(story: Story) -> None:
    answer = story.answer(SCHOOL)
    names = {one["name"] for one in answer["namedRanges"]}
    told = story.district.office.read(story.sheets()[SCHOOL].file, "developerMetadata(metadataKey)")

    assert answer["properties"]["locale"] == "ru_RU"
    assert {*FormCell, REPORT.name} <= names
    assert DONE_KEY in {one["metadataKey"] for one in told["developerMetadata"]}
    assert is_protected(snapshot_bytes(answer))


def test_looks_that_depend_on_answers_are_accepted_and_work(story: Story) -> None:
    """A status that is missing is coloured; a row that is ready is not."""
    fill(story, ("1.1", {}))
    empty = look_of(story, "1.1", "status")
    fill(story, ("1.1", GOOD))

    assert empty != look_of(story, "1.1", "status")


def test_the_tick_is_a_box_whose_word_is_yes(story: Story) -> None:
    place = name_of(story.answer(SCHOOL), FormCell.READY)
    sheet = story.sheets()[SCHOOL].file
    put(story, (place, {"userEnteredValue": {"stringValue": YES}}))
    fields = "sheets(data(rowData(values(dataValidation,effectiveValue))))"
    cell = story.district.office.read(sheet, fields, [FormCell.READY])["sheets"][0]["data"][0]["rowData"][0]
    condition = cell["values"][0]["dataValidation"]["condition"]

    assert condition["type"] == "BOOLEAN"
    assert [one["userEnteredValue"] for one in condition["values"]] == [YES]
    assert cell["values"][0]["effectiveValue"] == {"stringValue": YES}
    put(story, (place, {}))


# --- formulas


DAY: Final = {"userEnteredValue": {"numberValue": 46052}}
ANSWERS: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"status": "сделано"},
    *({"status": one.value} for one in Status),
    {"status": " выполнено  частично ", "info": "Сделано."},
    {"status": "выполнено", "done_on": DAY},
    {"status": "выполнено", "done_on": DAY, "info": "Сделано."},
    {"status": "выполнено", "done_on": DAY, "info": "Сделано.", "document": "приказ № 5"},
    {"status": "выполнено", "done_on": DAY, "info": "Сделано.", "link": "https://example.org/1"},
    {"status": "выполнено", "done_on": DAY, "info": "Сделано.", "document": "   "},
    {"status": "не выполнено", "reason": "Заболел руководитель."},
)


def test_check_and_progress_say_what_our_own_rules_say(story: Story) -> None:
    numbers = [one.number for one in story.plan.rows_of(SCHOOL)]
    for start in range(0, len(ANSWERS), len(numbers)):
        fill(story, *zip(numbers, ANSWERS[start : start + len(numbers)], strict=False))
        answer = story.answer(SCHOOL)
        rows = rows_of(answer)
        wanted = {number: check_of(rows[number]) for number in numbers}

        assert {number: rows[number]["check"] for number in numbers} == wanted
        assert words_at(answer, name_of(answer, FormCell.PROGRESS)) == progress_of(wanted.values())


# --- what a read brings


def test_a_file_put_in_as_a_chip_is_read_with_its_address(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    address = next(one.link for one in story.files())
    chip = {
        "userEnteredValue": {"stringValue": "@"},
        "chipRuns": [{"chip": {"richLinkProperties": {"uri": address}}}],
    }
    try:
        fill(story, ("1.2", {"link": chip}))
    except GoogleRefused as refused:
        pytest.skip(f"Google does not let this program write a chip: {refused.detail}")
    answer = story.answer(SCHOOL)
    book = open_copy(snapshot_bytes(answer), "").book
    assert book
    tell(capsys, story, "the cell of a chip", cell_at(answer, place_of(answer, "1.2", "link")))
    links = [link for sheet in book.sheets for cell in sheet.cells.values() for link in cell.links]

    assert any(story.sheets()[SCHOOL].file in link for link in links)


def test_an_edit_is_seen_in_the_listing_and_how_late(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    """The version and the time Drive tells lag behind; ours are read again until they are settled."""
    before = story.files()[0].version
    fill(story, ("1.1", {**GOOD, "info": f"Правка {before}"}))
    waited = 0.0
    while story.files()[0].version == before and waited < LONGEST_LAG:
        story.district.sleep(5.0)  # type: ignore[attr-defined]
        waited += 5.0
    tell(capsys, story, "seconds until the listing told of an edit", waited)

    assert story.files()[0].version > before


# --- the свод


def test_answers_come_into_the_consolidation_and_the_count_adds_up(story: Story) -> None:
    fill_all(story, GOOD)
    found = story.consolidate(full=True).consolidation

    school = next(one for one in found.completeness if one.participant == SCHOOL)

    assert (school.received, school.missing, school.done) == (True, 0, school.rows_due)
    assert [line.unaccounted for line in found.ledger] == [0] * len(found.ledger)


def test_the_consolidation_is_shown_in_google_also_by_way_of_a_staging_sheet(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is too large for one batch is copied into place by Google itself; the sheets stay the same."""
    story.consolidate(full=True)
    file = district_file(story)
    before = published(story, file)
    fill_all(story, {**GOOD, "info": "Сделано. Подробности: https://example.org/otchet"})
    monkeypatch.setattr(workbook_sending, "BATCH_BYTES", 2_000)
    sent = sent_from_now_on(story, monkeypatch)
    story.consolidate(full=True)
    after = published(story, file)

    assert "copyPaste" in sent
    assert [one["properties"]["sheetId"] for one in after["sheets"]] == [
        one["properties"]["sheetId"] for one in before["sheets"]
    ]
    shown = {
        cell.text
        for sheet in BookModel.of(after).sheets.values()
        for cell in (one.to_cell() for one in sheet.cells.values())
    }
    assert "Сделано. Подробности: https://example.org/otchet" in shown
    assert str(GoogleCell.COLLECT_NOW) in {one["name"] for one in after["namedRanges"]}


# --- helpers


def fill(story: Story, *rows: tuple[str, Mapping[str, Any]]) -> None:
    """Answers to activities instead of those that stand there, in one batch."""
    answer, typed = story.answer(SCHOOL), []
    for number, answers in rows:
        for column in ("status", "done_on", "info", "document", "link", "reason"):
            said = answers.get(column)
            cell = {"userEnteredValue": {"stringValue": said}} if isinstance(said, str) else said
            typed.append((place_of(answer, number, column), cell or {}))
    put(story, *typed)


def fill_all(story: Story, answers: Mapping[str, Any]) -> None:
    """A diligent school: every row."""
    fill(story, *((row.number, answers) for row in story.plan.rows_of(SCHOOL)))


def put(story: Story, *typed: tuple[Json, Json]) -> None:
    requests = [
        {
            "updateCells": {
                "range": place,
                "rows": [{"values": [cell]}],
                "fields": ",".join({"userEnteredValue", *cell}),
            }
        }
        for place, cell in typed
    ]
    story.district.office.write(story.sheets()[SCHOOL].file, requests)


def name_of(answer: Json, name: str) -> Json:
    return next(one["range"] for one in answer["namedRanges"] if one["name"] == name)


def rows_of(answer: Json) -> dict[str, dict[str, str]]:
    """What every row of the form shows, by its number."""
    table = name_of(answer, REPORT.name)
    rows = range(table["startRowIndex"] + 1, table["endRowIndex"])
    shown = (
        {column: words_at(answer, cell_in(answer, row, column)) for column in REPORT.keys} for row in rows
    )
    return {one["number"]: one for one in shown if one["key"]}


def place_of(answer: Json, number: str, column: str) -> Json:
    table = name_of(answer, REPORT.name)
    rows = range(table["startRowIndex"] + 1, table["endRowIndex"])
    row = next(one for one in rows if words_at(answer, cell_in(answer, one, "number")) == number)
    return cell_in(answer, row, column)


def cell_in(answer: Json, row: int, column: str) -> Json:
    table = name_of(answer, REPORT.name)
    at = table.get("startColumnIndex", 0) + REPORT.keys.index(column)
    edges = {"startRowIndex": row, "endRowIndex": row + 1, "startColumnIndex": at, "endColumnIndex": at + 1}
    return {"sheetId": table.get("sheetId", 0), **edges}


def cell_at(answer: Json, place: Json) -> Json:
    sheets = (
        one for one in answer["sheets"] if one["properties"].get("sheetId", 0) == place.get("sheetId", 0)
    )
    rows: list[Json] = next(sheets)["data"][0].get("rowData", [])
    cells: list[Json] = rows[place["startRowIndex"]].get("values", [])
    at = place.get("startColumnIndex", 0)
    return cells[at] if at < len(cells) else {}


def words_at(answer: Json, place: Json) -> str:
    return str(cell_at(answer, place).get("formattedValue", ""))


def look_of(story: Story, number: str, column: str) -> Json:
    """The background a cell has with all rules met."""
    place = place_of(story.answer(SCHOOL), number, column)
    fields = "sheets(properties(sheetId),data(rowData(values(effectiveFormat(backgroundColor)))))"
    told = story.district.office.read(story.sheets()[SCHOOL].file, fields, [FORM_SHEET])
    found: Json = cell_at(told, place).get("effectiveFormat", {})
    return found


def sent_from_now_on(story: Story, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The kinds of requests that go to Google, as they go."""
    office, kinds = story.district.office, set[str]()
    batch = office._batch

    def spied(spreadsheet: str, requests: list[Json], errand: Any) -> Json:
        kinds.update(kind for one in requests for kind in one)
        return batch(spreadsheet, requests, errand)

    monkeypatch.setattr(office, "_batch", spied)
    return kinds


def district_file(story: Story) -> str:
    schools = {one.file for one in story.sheets().values()}
    return next(one.id for one in story.files() if one.id not in schools)


def published(story: Story, file: str) -> Json:
    return story.district.office.read(file, PUBLISHED_FIELDS)


def tell(capsys: pytest.CaptureFixture[str], story: Story, what: str, value: object) -> None:
    """Print what was measured on the real Google."""
    if story.district.is_google:  # type: ignore[attr-defined]
        with capsys.disabled():
            print(f"\n{what}: {value}")
