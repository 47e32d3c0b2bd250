"""More schools than Google reads for one person in a minute: nobody is told «too many»."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

import google_campaign
import pytest
from google_campaign import Story, codes, new_campaign, quick_district

from sheetsync_emulator.quota import Quotas

SNAPSHOTS = "GET /v4/spreadsheets"
SCHOOLS = 11
TIGHT = Quotas(reads_per_user=5, reads=5, writes_per_user=5, writes=5)
"""As Google counts, only less: its own quota would ask for a test of more than sixty schools."""


@pytest.fixture(autouse=True)
def _as_tight_a_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sheetsync.workbooks.google.http.SHEETS_A_MINUTE", TIGHT.reads_per_user - 1)
    monkeypatch.setattr(google_campaign, "NAMES", [f"Липовская №{at}" for at in range(1, SCHOOLS + 1)])


def test_an_interrupted_first_consolidation_of_many_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """Ctrl+C in the wait for the second minute of reading; no sheet is read twice, none too fast."""

    def leave(_: float) -> None:
        raise KeyboardInterrupt

    with quick_district(quotas=TIGHT) as district:
        story = Story(district, new_campaign(tmp_path, SCHOOLS))
        story.by_google()
        story.issue()
        issuing = [one.status for one in district.emulator.log]
        story.later(20)
        district.emulator.log.clear()
        district.while_waiting = leave
        with pytest.raises(KeyboardInterrupt):
            story.consolidate()
        district.while_waiting = None
        before, story_waits = district.calls(SNAPSHOTS), len(district.waits)

        result = story.consolidate()

        assert 0 < before < SCHOOLS
        assert district.calls(SNAPSHOTS) == SCHOOLS
        assert len(story.readings()) == SCHOOLS
        assert len(district.waits) > story_waits
        statuses = {*issuing, *(one.status for one in district.emulator.log)}
        assert HTTPStatus.TOO_MANY_REQUESTS not in statuses
        assert not {"G604", "G606", "G613"} & set(codes(result.consolidation.findings))
