"""What a press brings into memory: nobody waits for what a button does not do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import district_fixture as district
import pytest

from sheetsync import campaign

HEAVY = {
    "docx",
    "google",
    "gspread",
    "http.client",
    "matplotlib",
    "numpy",
    "olefile",
    "openpyxl",
    "pandas",
    "pdfplumber",
    "rich",
    "ssl",
    "urllib.request",
    "xlsxwriter",
}
OTHER_DEEDS = {
    "sheetsync.campaign.purging",
    "sheetsync.campaign.retelling",
    "sheetsync.campaign.starting",
    "sheetsync.district.draft",
    "sheetsync.documents",
    "sheetsync.office",
    "sheetsync.plan.order",
    "sheetsync.plan.targets",
}

CONSOLIDATE = """
import sys
from datetime import date, datetime
from pathlib import Path
from sheetsync import campaign
campaign.press, campaign.opened
campaign.consolidate(Path(sys.argv[1]), date(2026, 6, 15), datetime(2026, 6, 15, 9))
print(*sys.modules)
"""


def test_a_consolidation_brings_nothing_it_does_not_use(place: Path) -> None:
    """Reading orders, destroying a school's data or looking after the office wait for their own commands."""
    district.receive(place, "S01.xlsx", district.filled(place, "S01", district.all_good(place, "S01")))
    command = [sys.executable, "-c", CONSOLIDATE, str(place)]
    brought = set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())

    assert "sheetsync.campaign.consolidating" in brought
    assert sorted(brought & (HEAVY | OTHER_DEEDS)) == []


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
