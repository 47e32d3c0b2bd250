"""The words a school reads beside its answer: Russian, whatever language the coordinator reads."""

from __future__ import annotations

from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.checks.verdicts import is_to_rework
from sheetsync.grid import cell_pieces
from sheetsync.model import Decision


def remark_words(decision: Decision, remark: str) -> str:
    """A decision that sends a row back, with its remark as it may be sent («» when it may not).

    What does not fit the cell beside the answer stays in the district workbook only.
    """
    if not is_to_rework(decision):
        return remark
    words = GoogleNotice.REWORK_WITH.format(remark=remark) if remark else GoogleNotice.REWORK.value
    return cell_pieces(words)[0]
