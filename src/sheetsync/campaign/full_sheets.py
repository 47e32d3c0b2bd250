"""A sheet that fills up while it is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sheetsync import store
from sheetsync.campaign.room_notices import RoomNotice
from sheetsync.notices import say
from sheetsync.workbooks.fitting import SheetFullError


@contextmanager
def full_sheets_refused() -> Iterator[None]:
    """A sheet with no room left is told of as ``store.StoreError``."""
    try:
        yield
    except SheetFullError as error:
        raise store.StoreError(say(RoomNotice.SHEET_FULL, sheet=error.sheet)) from error
