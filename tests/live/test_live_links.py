"""Hyperlinks of an open workbook: a program takes long to tell them, so it is asked once and where we wrote."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from live_books import in_excel
from msgspec.structs import replace

from fake_excel import Engine
from office_workbook import HEADERS, entries_body, office_workbook
from sheetsync.columns import ENTRIES, ENTRIES_SHEET
from sheetsync.grid import Area
from sheetsync.workbooks.excel_live.beyond_excel import BeyondExcel
from sheetsync.workbooks.excel_live.sheets import LiveSheet
from sheetsync.workbooks.excel_live.workbook import LiveWorkbook
from sheetsync.workbooks.port import TableBody, TableRows

Asked = list[tuple[int, int]]
"""First and last row of every question."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Rows a program was asked about, question by question."""
    questions: Asked = []
    links = LiveSheet.links

    def noted(self: LiveSheet, place: Any) -> Any:
        questions.append((place.top, place.bottom))
        return links(self, place)

    monkeypatch.setattr(LiveSheet, "links", noted)
    return questions


def leading(body: TableBody, elsewhere: frozenset[int]) -> TableBody:
    """The same body, some of whose rows lead elsewhere though they say the same."""
    rows = tuple(
        tuple(replace(out, link=f"{out.link}/new") if out.link and at in elsewhere else out for out in row)
        for at, row in enumerate(body.rows)
    )
    return replace(body, rows=rows)


def leads(table: TableRows) -> list[tuple[str, ...]]:
    """Where the column of links leads, row by row."""
    at = table.headers.index(HEADERS[3])
    return [row[at].links for row in table.rows]


def test_a_program_is_asked_once(excel: Engine, asked: Asked) -> None:
    live, _ = in_excel(excel, office_workbook(4))

    live.read_table(ENTRIES.name)
    live.read_table(ENTRIES.name)

    assert len(asked) == 1


def test_after_a_change_it_is_asked_where_we_wrote(excel: Engine, asked: Asked) -> None:
    live, _ = in_excel(excel, office_workbook(8))
    live.replace_table(ENTRIES.name, entries_body(*(f"k{number}" for number in range(1, 9))))
    before = live.read_table(ENTRIES.name)
    asked.clear()

    rows = [f"k{number}" for number in range(1, 9)]
    live.replace_table(ENTRIES.name, entries_body(*rows[:2], ("k3", "в работе"), *rows[3:]))
    after = live.read_table(ENTRIES.name)

    assert set(asked) == {(7, 7)}
    assert leads(after) == leads(before) == [(f"https://school.example/{row}",) for row in rows]


def test_a_link_that_alone_is_another_is_changed(excel: Engine) -> None:
    """The text says the same: nothing is written but the link."""
    live, _ = in_excel(excel, office_workbook(8))
    body = entries_body(*(f"k{number}" for number in range(1, 9)))
    live.replace_table(ENTRIES.name, body)

    live.replace_table(ENTRIES.name, leading(body, frozenset({5})))

    told = leads(live.read_table(ENTRIES.name))
    assert told[5] == ("https://school.example/k6/new",)
    assert told[4] == ("https://school.example/k5",)


def test_rows_somebody_sorted_meanwhile_bring_their_links_along(excel: Engine) -> None:
    """A press that finds the workbook edited begins again: what was told before is of other rows."""
    live, document = in_excel(excel, office_workbook(4))
    live.replace_table(ENTRIES.name, entries_body("k1", "k2", "k3", "k4"))
    live.read_table(ENTRIES.name)
    swapped(document.sheet(ENTRIES_SHEET), 5, 7)

    assert leads(live.read_table(ENTRIES.name)) == [
        (f"https://school.example/k{one}",) for one in (3, 2, 1, 4)
    ]


def test_rows_sorted_before_they_are_written_lead_where_they_say(excel: Engine) -> None:
    live, document = in_excel(excel, office_workbook(4))
    body = entries_body("k3", "k2", "k1", "k4")
    live.replace_table(ENTRIES.name, entries_body("k1", "k2", "k3", "k4"))
    live.read_table(ENTRIES.name)
    swapped(document.sheet(ENTRIES_SHEET), 5, 7)

    live.replace_table(ENTRIES.name, body)

    anew = LiveWorkbook(live._book, BeyondExcel()).read_table(ENTRIES.name)
    assert leads(live.read_table(ENTRIES.name)) == leads(anew)
    assert leads(anew) == [(f"https://school.example/k{one}",) for one in (3, 2, 1, 4)]


def swapped(sheet: Any, one: int, other: int) -> None:
    """Two rows change places with all they hold."""
    places = {one: other, other: one}
    sheet.cells = {(places.get(row, row), column): cell for (row, column), cell in sheet.cells.items()}


KEYS = st.lists(st.integers(1, 9), min_size=1, max_size=7, unique=True)
STEPS = st.lists(
    st.tuples(KEYS, st.frozensets(st.integers(0, 8)), st.frozensets(st.integers(0, 8))),
    min_size=1,
    max_size=4,
)


@given(STEPS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_remembered_is_what_the_program_tells(
    excel: Engine, steps: list[tuple[list[int], frozenset[int], frozenset[int]]]
) -> None:
    """Whatever bodies follow one another: rows that come, go, say or lead elsewhere."""
    live, _ = in_excel(excel, office_workbook(4))
    for keys, others, elsewhere in steps:
        rows = [(f"k{key}", "в работе" if key in others else "выполнено") for key in keys]
        live.replace_table(ENTRIES.name, leading(entries_body(*rows), elsewhere))

        anew = LiveWorkbook(live._book, BeyondExcel()).read_table(ENTRIES.name)
        assert live.read_table(ENTRIES.name) == anew
        assert [one[0].endswith("/new") for one in leads(anew)] == [
            at in elsewhere for at in range(len(keys))
        ]


def test_formulas_are_not_asked_for_where_there_are_none(excel: Engine) -> None:
    live, _ = in_excel(excel, office_workbook(4))
    sheet, calls = live._sheets[ENTRIES_SHEET], excel.program.calls
    calls.clear()

    none = sheet.read(Area(5, 1, 8, 2))
    asked_in_vain = calls.count("Range.formula", "get")
    some = sheet.read(Area(5, 1, 12, 2))

    assert asked_in_vain == 0
    assert calls.count("Range.formula", "get") == 1
    assert not [cell for row in none for cell in row if cell.formula]
    assert [cell.formula for row in some for cell in row if cell.formula]
