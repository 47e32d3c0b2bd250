"""A school's spreadsheet that could not be written, and was left as it is."""

from __future__ import annotations

from typing import Final

from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.columns import FORM_SHEET, REPORT
from sheetsync.grid import Book
from sheetsync.notices import say

TRIES: Final = 4
"""A school that types while its spreadsheet is written is waited for so many times."""


class LeftAlone(Exception):
    """What was to be written is not, and why."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def lacks_form(book: Book) -> bool:
    """Whether the sheet with the table was deleted; one that only has another title is there."""
    return book.sheet(FORM_SHEET) is None and all(one.name != REPORT.name for one in book.tables)


def not_understood(book: Book | None) -> LeftAlone:
    """No form is found in a spreadsheet; a sheet that was deleted can be brought back."""
    if book is not None and lacks_form(book):
        return LeftAlone(say(GoogleNotice.WHY_NO_FORM, sheet=FORM_SHEET))
    return LeftAlone(say(GoogleNotice.WHY_UNREADABLE))
