"""What is said of districts that no workbook of Excel holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from sheetsync import store
from sheetsync.notices import say
from sheetsync.workbooks.fitting import SheetFullError


class RoomNotice(StrEnum):
    """Each says what does not fit, that nothing was changed, and what to do."""

    TOO_LARGE = (
        "Район не помещается в одну книгу: {what} на листе «{sheet}» было бы {count}, а помещается {most}. "
        "Ничего не изменено. Разделите участников на районы, у каждого своя кампания, и сводите их "
        "командой sheetsync rollup."
    )
    SHEET_FULL = (
        "Свод не помещается в книгу: на листе «{sheet}» не хватает строк или столбцов. Книга не изменена. "
        "Разделите участников на районы, у каждого своя кампания, и сводите их командой sheetsync rollup."
    )


@contextmanager
def full_sheets_refused() -> Iterator[None]:
    """A sheet with no room left is told of as ``store.StoreError``."""
    try:
        yield
    except SheetFullError as error:
        raise store.StoreError(say(RoomNotice.SHEET_FULL, sheet=error.sheet)) from error
