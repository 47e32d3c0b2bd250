"""The district workbook as a file nobody has open: replaced whole, or the result is saved beside it."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.desk import Keep, ReadOnce, Trial
from sheetsync.campaign.files import parse_workbook, read_file
from sheetsync.campaign.placing import Put, put_in_place
from sheetsync.campaign.reckoning import shown_by_workbook
from sheetsync.campaign.rendering import Orphans, Rendering
from sheetsync.columns import ENTRIES_SHEET
from sheetsync.merge.shown import Shown
from sheetsync.model import Origin, Plan
from sheetsync.workbooks.excel_file import ExcelFile


class _Drawn(Struct, frozen=True):
    """The bytes of the workbook with a rendering in it, and what the office's lost rows held."""

    rendering: Rendering
    data: bytes
    orphans: Orphans


class FileDesk:
    """The workbook as it lay on the disk when the run began."""

    def __init__(self, campaign: store.Campaign, hold: store.Hold, now: datetime) -> None:
        self._campaign = campaign
        self._hold = hold
        self._now = now
        self._data = read_file(campaign.workbook)
        self._last: _Drawn | None = None
        self.source = Origin(campaign.workbook.name, store.sha256(self._data), ENTRIES_SHEET)

    @cached_property
    def _parsed(self) -> ExcelFile:
        return parse_workbook(self._campaign, self._data)

    @cached_property
    def workbook(self) -> ReadOnce:
        """Parsed when it is asked for: runs by parts read the file themselves."""
        return ReadOnce(self._parsed)

    def to_bytes(self) -> bytes:
        """The file, with the tables it had lost."""
        return self._parsed.to_bytes()

    def shown(self, plan: Plan) -> Shown:
        return shown_by_workbook(self._data, plan)

    def shows(self, rendering: Rendering) -> bool:
        drawn = self._drawn(rendering)
        return drawn.data == self._data and not drawn.orphans

    def tried(self, rendering: Rendering, plan: Plan) -> Trial:
        drawn = self._drawn(rendering)
        return Trial(rendering, drawn.orphans, shown_by_workbook(drawn.data, plan))

    def put(self, rendering: Rendering, _keep: Keep) -> Put:
        """Replace the workbook; when another program holds it, save beside and say so."""
        return put_in_place(self._campaign, self._hold, self._now, self._data, self._drawn(rendering).data)

    def keep_source(self) -> None:
        """The file itself is the copy."""

    def _drawn(self, rendering: Rendering) -> _Drawn:
        """The workbook with this in it; what was tried is not drawn again to be put."""
        if self._last is None or self._last.rendering is not rendering:
            workbook = parse_workbook(self._campaign, self._data)
            orphans = rendering.put_into(workbook)
            workbook.revive_kit()
            self._last = _Drawn(rendering, workbook.to_bytes(), orphans)
        return self._last
