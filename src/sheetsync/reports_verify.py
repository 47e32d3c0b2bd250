"""What «verify» prints: which files the workbook no longer holds whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetsync.lines import plain_line
from sheetsync.merge.ledger import places_named
from sheetsync.notices import Notice, say

if TYPE_CHECKING:
    from sheetsync.campaign import VerifyResult


def show_verify(result: VerifyResult) -> None:
    """A line for every file the workbook no longer holds whole, with the places of what is gone."""
    for one in result.incomplete:
        sentence = say(
            Notice.VERIFY_MISSING,
            name=one.line.origin.file,
            difference=one.line.unaccounted,
            filled=one.line.filled,
            cells=places_named(one),
        )
        plain_line(sentence)
    path, files = result.campaign.workbook.resolve(), len(result.files)
    if result.incomplete:
        last = say(Notice.VERIFY_INCOMPLETE, path=path, files=files, incomplete=len(result.incomplete))
    else:
        last = say(
            Notice.VERIFY_WHOLE, path=path, files=files, filled=sum(one.line.filled for one in result.files)
        )
    plain_line(last)
