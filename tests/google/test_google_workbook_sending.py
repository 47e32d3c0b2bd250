"""How changes reach Google: at once, or laid in hidden sheets and put in place by the last write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import ceil

import pytest
from google_district import GoogleDistrict, google_district
from published_books import WRITES, OnGoogle, on_google

from office_workbook import HEADERS, TOP, entries_body, office_workbook
from sheetsync.columns import ENTRIES, ENTRIES_SHEET, STAGING_SHEET
from sheetsync.grid import Area
from sheetsync.workbooks.google.ranges import area_of
from sheetsync.workbooks.google.workbook_sending import BATCH_BYTES, TooManyCells
from sheetsync.workbooks.port import Out, TableBody
from sheetsync_emulator.faults import unavailable

LONG = "Проведён педагогический совет, решение доведено до всех. " * 500
"""About fifty kilobytes."""


@pytest.fixture
def district() -> Iterator[GoogleDistrict]:
    with google_district(in_process=True) as district:
        yield district


def large_body(rows: int, words: str = LONG) -> TableBody:
    """So many rows with a long text each."""
    values = (
        (Out("Ясеневская школа"), Out(f"{words} {at}"), Out(date(2023, 3, 1)),
         Out("ссылка", link=f"https://school.example/{at}"), Out(f"n{at}"))
        for at in range(rows)
    )  # fmt: skip
    return TableBody(HEADERS, tuple(values), key_headers=("key",))


def write(google: OnGoogle, body: TableBody) -> int:
    book = google.book
    book.replace_table(ENTRIES.name, body)
    return book.commit(google.google, google.id)


def sent(district: GoogleDistrict, since: int) -> list[int]:
    """Sizes of the writes since then, in bytes."""
    calls = [one.size for one in district.emulator.log if ":batchUpdate" in one.path]
    return calls[since:]


@pytest.mark.parametrize("rows", [20, 60, 100])
def test_as_many_writes_as_the_bytes_need(district: GoogleDistrict, rows: int) -> None:
    """⌈bytes / 2 MB⌉, the last of them putting everything in place."""
    google = on_google(district, office_workbook(3))
    before = google.writes()

    count = write(google, large_body(rows))

    sizes = sent(district, before)
    assert count == len(sizes) == ceil(sum(sizes) / BATCH_BYTES)
    assert max(sizes) <= 2**21
    table = google.book.read_table(ENTRIES.name)
    assert [row[-1].text for row in table.rows] == [f"n{at}" for at in range(rows)]
    assert [row[4].links for row in table.rows][-1] == (f"https://school.example/{rows - 1}",)


def test_a_large_write_leaves_looks_rules_and_what_is_beside(district: GoogleDistrict) -> None:
    """The same as a small one: formats, drop-downs, coloured rows, notes and cells of the office."""
    google = on_google(district, office_workbook(3))
    small = on_google(district, office_workbook(3))
    body = large_body(60)
    keyed = TableBody(body.headers, (*body.rows, *entries_body("k2", "k1").rows), key_headers=("key",))

    assert write(google, keyed) > 1
    write(small, TableBody(HEADERS, keyed.rows[-2:], key_headers=("key",)))
    write(small, entries_body("k2", "k1"))

    sheet, wanted = google.model.titled(ENTRIES_SHEET), small.model.titled(ENTRIES_SHEET)
    assert sheet is not None
    assert wanted is not None
    last = TOP + 61
    for column in range(1, 13):
        assert sheet.at(last, column).format == wanted.at(TOP + 1, column).format
        assert sheet.at(last, column).rule == wanted.at(TOP + 1, column).rule
        assert sheet.at(last, column).note == wanted.at(TOP + 1, column).note
    assert sheet.at(last, 8).to_cell().text == "заметка k1"
    assert Area(TOP, 1, last, 6) in [area_of(one) for rule in sheet.rules for one in rule["ranges"]]
    assert [one.title for one in google.model.sheets.values()] == [
        one.title for one in small.model.sheets.values()
    ]


@pytest.mark.parametrize("cut", [2])
def test_a_run_killed_between_writes_leaves_the_visible_sheets_whole(
    district: GoogleDistrict, cut: int
) -> None:
    """What people see stays the old; the next run takes the hidden sheets away and does it all."""
    google = on_google(district, office_workbook(3))
    write(google, entries_body("k1", "k2"))
    old = google.book.read_table(ENTRIES.name)
    titles = [one.title for one in google.model.sheets.values()]
    killed_after(google, cut, large_body(100))

    assert google.book.read_table(ENTRIES.name) == old
    assert any(one.title.startswith(STAGING_SHEET) for one in google.model.sheets.values())

    assert write(google, large_body(100)) == 3
    assert len(google.book.read_table(ENTRIES.name).rows) == 100
    assert [one.title for one in google.model.sheets.values()] == titles


def test_hidden_sheets_left_behind_go_even_when_nothing_else_changes(district: GoogleDistrict) -> None:
    google = on_google(district, office_workbook(3))
    body = entries_body("k1", "k2")
    write(google, body)
    killed_after(google, 1, large_body(100))

    assert write(google, body) == 1
    assert not any(one.title.startswith(STAGING_SHEET) for one in google.model.sheets.values())
    assert write(google, body) == 0


@pytest.mark.parametrize("lost", [1, 3])
def test_an_answer_lost_after_the_write_was_done_harms_nothing(district: GoogleDistrict, lost: int) -> None:
    google = on_google(district, office_workbook(3))
    district.emulator.faults.append(unavailable(WRITES, after=True, skip=lost - 1))

    write(google, large_body(100))

    assert len(google.book.read_table(ENTRIES.name).rows) == 100
    assert not any(one.title.startswith(STAGING_SHEET) for one in google.model.sheets.values())


def test_a_spreadsheet_too_large_for_google_is_not_begun(district: GoogleDistrict) -> None:
    google = on_google(district, office_workbook(3))
    book = google.book
    before = google.writes()
    book.replace_table(ENTRIES.name, entries_body("k1"))
    for sheet in book._now.sheets.values():
        sheet.rows = 1_000_000

    with pytest.raises(TooManyCells):
        book.commit(google.google, google.id)

    assert google.writes() == before


# --- helpers


def killed_after(google: OnGoogle, writes: int, body: TableBody) -> None:
    """A run that ends for good after so many writes."""

    class Killed(Exception):
        pass

    class Dying:
        """The office's account until the process dies."""

        def __init__(self) -> None:
            self.left = writes

        def write(self, spreadsheet: str, requests: object) -> object:
            if not self.left:
                raise Killed
            self.left -= 1
            return google.google.write(spreadsheet, requests)  # type: ignore[arg-type]

    book = google.book
    book.replace_table(ENTRIES.name, body)
    with pytest.raises(Killed):
        book.commit(Dying(), google.id)  # type: ignore[arg-type]
