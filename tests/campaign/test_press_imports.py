"""What a press brings into memory: nobody waits for what a button does not do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import district_fixture as district
import pytest

from sheetsync import campaign

HEAVY = {
    "asyncio",
    "concurrent.futures",
    "defusedxml",
    "docx",
    "docxtpl",
    "google",
    "google_auth_oauthlib",
    "gspread",
    "holidays",
    "http.client",
    "httpx",
    "matplotlib",
    "multiprocessing",
    "numpy",
    "olefile",
    "openpyxl",
    "pandas",
    "pdfplumber",
    "requests",
    "rich",
    "sheetsync_emulator",
    "ssl",
    "urllib.request",
    "watchfiles",
    "xlsxwriter",
    "xlwings",
}
"""Libraries, and what of Python's own is as slow to load."""

NOT_FOR_WORDS = {"dataclasses", "hashlib", "lxml", "rapidfuzz", "sqlite3", "subprocess", "tempfile"}
"""What the command line itself has no work for."""

WORK_IN_GOOGLE = {
    "sheetsync.campaign.google.decisions",
    "sheetsync.campaign.google.district_sheet",
    "sheetsync.campaign.google.issuing",
    "sheetsync.campaign.google.publishing",
    "sheetsync.campaign.google.signing_in",
    "sheetsync.workbooks.google.translation",
    "sheetsync.workbooks.google.workbook",
}
OTHER_DEEDS = {
    "sheetsync.campaign.purging",
    "sheetsync.campaign.reminding",
    "sheetsync.campaign.reporting",
    "sheetsync.campaign.retelling",
    "sheetsync.campaign.returning",
    "sheetsync.campaign.starting",
    "sheetsync.campaign.watching.watcher",
    "sheetsync.campaign.parts.cluster",
    "sheetsync.campaign.parts.processes",
    "sheetsync.district.draft",
    "sheetsync.documents",
    "sheetsync.office",
    "sheetsync.plan.evidence_in_orders",
    "sheetsync.plan.order",
    "sheetsync.plan.targets",
    "sheetsync.printing",
}
JUDGED_AT_ONCE = {
    "sheetsync.campaign.at_once",
    "sheetsync.campaign.desk_file",
    "sheetsync.campaign.desk_open",
    "sheetsync.campaign.reckoning",
    "sheetsync.campaign.google.fetching",
    "sheetsync.campaign.google.showing",
    "sheetsync.workbooks.excel_live",
}
"""What a workbook on the screen and sheets in Google are for."""

SELDOM_NEEDED = {
    "html",
    "sheetsync.plan.periods",
    "sheetsync.workbooks.child",
    "sheetsync.workbooks.kit",
    "sheetsync.workbooks.measures",
    "sheetsync.workbooks.vba_project",
}
"""For campaigns of several years, files only another process may read, buttons a workbook has lost, and
texts with signs that XML spells out."""

MOST_OF_OURS = 320
"""Modules: each costs a press a third of a millisecond, whatever it does."""


PRESS = """
import sys
from datetime import date, datetime
from pathlib import Path
from sheetsync import campaign
place, now = Path(sys.argv[1]), datetime(2026, 6, 15, 9)
campaign.press, campaign.opened
{deed}
print(*sys.modules)
"""
CONSOLIDATE = "campaign.consolidate(place, date(2026, 6, 15), now)"
ISSUE = "campaign.issue_forms(place, now)"


COMMAND = "import sys; from sheetsync import cli; cli.run(sys.argv[1:]); print(); print(*sys.modules)"
PATTERNS = {"pattern_shelf", "patterns", "patterns.programs"}
HELP_ROOMS = PATTERNS | {
    "cli", "cli_later", "cli_options", "first_use", "memory", "messages", "notices", "printable",
}  # fmt: skip


def brought_by(script: str, *arguments: str) -> set[str]:
    """Modules a fresh interpreter has loaded at the end of a script that prints them."""
    command = [sys.executable, "-c", script, *arguments]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return set(told.splitlines()[-1].split())


@pytest.mark.parametrize("language", ["ru", "en"])
def test_help_brings_the_words_it_shows_and_no_command(language: str) -> None:
    brought = brought_by(COMMAND, "--lang", language, "--help")

    ours = {one.removeprefix("sheetsync.") for one in brought if one.startswith("sheetsync.")}
    assert ours <= HELP_ROOMS
    assert sorted(brought & (HEAVY | NOT_FOR_WORDS)) == []


def test_collecting_files_by_the_command_brings_nothing_it_does_not_use(place: Path) -> None:
    district.receive(place, "S01.xlsx", district.filled(place, "S01", district.all_good(place, "S01")))
    brought = brought_by(COMMAND, "consolidate", str(place))

    assert {"sheetsync.campaign.parts.running", "sheetsync.reports"} <= brought
    needless = HEAVY | WORK_IN_GOOGLE | OTHER_DEEDS | JUDGED_AT_ONCE | SELDOM_NEEDED
    assert sorted(brought & needless) == []
    assert sum(one.startswith("sheetsync.") for one in brought) <= MOST_OF_OURS


@pytest.mark.parametrize("deed", [CONSOLIDATE, ISSUE])
def test_a_press_without_google_brings_nothing_it_does_not_use(place: Path, deed: str) -> None:
    """Reading orders, destroying a school's data, watching, looking after the office and all work in
    Google wait for their own commands."""
    district.receive(place, "S01.xlsx", district.filled(place, "S01", district.all_good(place, "S01")))
    brought = brought_by(PRESS.format(deed=deed), str(place))

    assert {"sheetsync.campaign.consolidating", "sheetsync.campaign.issuing"} & brought
    assert sorted(brought & (HEAVY | WORK_IN_GOOGLE | OTHER_DEEDS)) == []


def test_reading_an_order_brings_nothing_of_google(tmp_path: Path) -> None:
    brought = brought_by(COMMAND, "order", "read", str(district.order_file(tmp_path)))

    assert "sheetsync.plan.order" in brought
    assert sorted(brought & {"google", "gspread", "requests", "sheetsync_emulator", *WORK_IN_GOOGLE}) == []


@pytest.mark.parametrize("name", campaign.__all__)
def test_every_use_case_is_found_where_it_is_said_to_be(name: str) -> None:
    assert getattr(campaign, name).__module__.startswith("sheetsync.campaign.")


def test_no_use_case_is_called_like_a_module_of_its_room() -> None:
    """Importing such a module would hide the use case behind it."""
    modules = {path.stem for path in Path(str(campaign.__file__)).parent.glob("*.py")}

    assert modules & set(campaign.__all__) == set()


def test_what_there_is_not_is_told_as_python_tells_it() -> None:
    with pytest.raises(AttributeError, match=r"'sheetsync\.campaign' has no attribute 'nothing_of_the_kind'"):
        campaign.nothing_of_the_kind  # noqa: B018
