"""What an answer says: status, date, words. An empty cell or a tick says nothing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sheetsync.columns import REPORT, Owner
from sheetsync.model import Entry, Field, RowState, Status
from sheetsync.patterns import at_first_use
from sheetsync.text import plain, skeleton, squeeze

ANSWER_COLUMNS: Final = tuple(one.key for one in REPORT.columns if one.owner is Owner.SCHOOL)
"""Columns a school fills, in the order of the form."""

INFORMATION: Final = tuple(key for key in ANSWER_COLUMNS if key != "status")
"""Columns that tell something by themselves; a status only names it."""

_TICKS: Final = frozenset({"да", "ок", "ok", "есть", "готово", "true", "истина"})
_SAYS_MUCH: Final = at_first_use(r"[0-9]|[А-Яа-яA-Za-z]{8}")
"""A figure, or a word longer than any tick."""

_SAYS: Final = at_first_use(r"\d|[а-яa-z]{2}")


def says_something(text: str) -> bool:
    """Words or figures; «+», «-», «✓», «V» and «да» are ticks and say nothing.

    >>> [says_something(text) for text in ("Педсовет проведён", "5", "-", "✓", "Да")]
    [True, True, False, False, False]
    """
    if _SAYS_MUCH.search(text):
        return True
    return bool(_SAYS.search(plain(text))) and skeleton(text) not in _TICKS


def field_says(field: Field | None) -> bool:
    """Whether a cell gives anything: words, a link target or a note."""
    return field is not None and (says_something(field.text) or bool(field.links or field.comment))


def tells(entry: Entry | None, *columns: str) -> bool:
    """Whether any of the columns says something."""
    return entry is not None and any(field_says(entry.fields.get(column)) for column in columns)


def status_of(entry: Entry | None) -> Status | None:
    """The status understood from the cell, or ``None``: empty or not in the list."""
    field = entry.fields.get("status") if entry else None
    if field is None:
        return None
    if isinstance(field.value, Status):
        return field.value
    words = squeeze(field.text).lower()
    return next((status for status in Status if status.value == words), None)


def done_on(entry: Entry | None) -> date | None:
    """The day the school says the activity was carried out."""
    field = entry.fields.get("done_on") if entry else None
    value = field.value if field else None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def state_of(entry: Entry | None) -> RowState:
    """Reported, confirmed none or missing.

    «Не требуется» counts only with a reason: choosing it from the list is a tick, not an answer.
    """
    status = status_of(entry)
    if status is Status.NOT_REQUIRED:
        return RowState.CONFIRMED_NONE if tells(entry, "reason", "info") else RowState.MISSING
    if status is not None or tells(entry, *INFORMATION):
        return RowState.REPORTED
    return RowState.MISSING
