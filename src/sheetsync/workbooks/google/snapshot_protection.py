"""Whether a sheet of Google is still protected as the office left it, told from its snapshot."""

from __future__ import annotations

import json

from sheetsync.columns import REPORT
from sheetsync.intake.snapshot_rules import SPREADSHEET


def is_protected(data: bytes) -> bool:
    """Whether nobody but the office can write beside the open cells of the sheet of answers.

    It is found by its table, whatever the tab is called now; where that name is lost, one protected
    sheet is enough.
    """
    spreadsheet = json.loads(data)[SPREADSHEET]
    tables = (one["range"] for one in spreadsheet["namedRanges"] if one["name"] == REPORT.name)
    reports = {one.get("sheetId", 0) for one in tables}
    sheets = spreadsheet["sheets"]
    answers = [one for one in sheets if one["properties"].get("sheetId", 0) in reports] or sheets
    return any(one["protectedRanges"] for one in answers)
