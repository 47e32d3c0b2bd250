"""Excel is busy with its user again and again while a press writes: the result is the same."""

from __future__ import annotations

from typing import Any

import pytest
from live_books import in_excel
from msgspec.structs import replace

from fake_excel import Engine, engine
from fake_excel.errors import now_and_then, rejected
from office_workbook import entries_body, office_workbook
from sheetsync.columns import ENTRIES, PANEL
from sheetsync.workbooks.excel_live import patience
from sheetsync.workbooks.excel_live.patience import WorkbookBusy
from sheetsync.workbooks.port import Out, TableBody

PERIOD = 101
WORKBOOK = office_workbook()


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PAUSE", 0)


def new_body() -> TableBody:
    """Rows in another order, a new one with a note and a link of ours."""
    body = entries_body("k3", "новая", "k1", "k2")
    rows = [list(row) for row in body.rows]
    rows[1][1] = replace(rows[1][1], note="наша заметка")
    rows[1][3] = replace(rows[1][3], link="https://school.example/новая")
    return replace(body, rows=tuple(tuple(row) for row in rows))


def pressed(excel: Engine) -> tuple[Any, ...]:
    """A press, and all that can be seen after it."""
    live, document = in_excel(excel, WORKBOOK)
    document.active = document.sheet(PANEL)
    with live.at_work():
        live.tell("Пишу…")
        live.write_named("panel_title", Out("1.10"))
        orphans = live.replace_table(ENTRIES.name, new_body())
        live.tell("")
    program = excel.program
    settings = program.screen_updating, program.enable_events, program.calculation, program.user
    seen = [(sheet.cells, sheet.heights, sheet.tables) for sheet in document.sheets]
    return orphans, live.read_table(ENTRIES.name), settings, program.told, document.active.name, seen


@pytest.mark.parametrize("first", range(0, PERIOD, 4))
def test_a_call_rejected_at_any_moment_changes_nothing(excel: Engine, first: int) -> None:
    """Calls all over a press are rejected, in each of the ways a busy Excel has.

    Found so: a note was signed twice and the user's name lost; ranges were asked for impatiently.
    """
    excel.program.busy = now_and_then(PERIOD, first)
    found = pressed(excel)

    with engine() as quiet:
        assert found == pressed(quiet)


def test_an_excel_that_never_answers_is_said_so(excel: Engine) -> None:
    """A dialog left open: ``WorkbookBusy`` after a while, not a COM error and not for ever."""
    live, _ = in_excel(excel, WORKBOOK)
    excel.program.busy = iter(rejected() for _ in range(10_000))

    with pytest.raises(WorkbookBusy):
        live.replace_table(ENTRIES.name, new_body())
