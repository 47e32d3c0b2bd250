"""What a copy that came back says, and what the program remarks about it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from msgspec import Struct

from sheetsync.model.order import Doubt, Indicator


class Status(StrEnum):
    """What a school answers to an activity."""

    NOT_STARTED = "не начато"
    IN_PROGRESS = "в работе"
    DONE = "выполнено"
    PARTLY = "выполнено частично"
    NOT_DONE = "не выполнено"
    NOT_REQUIRED = "не требуется"


class Verdict(StrEnum):
    """What became of a received file."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    UNRECOGNISED = "unrecognised"
    REFUSED = "refused"
    SKIPPED = "skipped"


class Match(StrEnum):
    """How a row of a copy was matched to the plan, surest first."""

    KEY = "key"
    NUMBER_TITLE = "number+title"
    TITLE = "title"


class Origin(Struct, frozen=True):
    """Where a value stands: file name as received, its sha256, sheet and cell («D7»)."""

    file: str = ""
    sha256: str = ""
    sheet: str = ""
    cell: str = ""

    @property
    def is_in_google(self) -> bool:
        """Is it a sheet in Google? The name of such a copy ends with the time it was read."""
        return bool(_READ_IN_GOOGLE.search(self.file))


def name_in_google(title: str, at: dt.datetime) -> str:
    """«S01 Липовская СОШ №2 (Google, 22.11.2026 14:05)»: what a sheet held from a time on."""
    return f"{title} (Google, {at:%d.%m.%Y %H:%M})"


_READ_IN_GOOGLE: Final = re.compile(r" \(Google, \d\d\.\d\d\.\d{4} \d\d:\d\d\)$")

NOWHERE = Origin()
"""The origin of what has no place: a copy that never came."""


class Field(Struct, frozen=True):
    """One answer cell: the text as typed, its parsed value, link targets and comment beside it.

    ``secret`` tells apart cells whose personal data were covered (see ``grid.Cell``).
    """

    text: str
    value: str | float | date | None = None
    links: tuple[str, ...] = ()
    comment: str = ""
    origin: Origin = NOWHERE
    secret: str = ""


class Entry(Struct, frozen=True):
    """One participant's answer to one activity; ``fields`` by column key of the form."""

    participant: str
    activity: str
    fields: Mapping[str, Field] = {}
    match: Match = Match.KEY
    confidence: float = 1.0

    def text(self, column: str) -> str:
        found = self.fields.get(column)
        return found.text if found else ""

    @property
    def is_empty(self) -> bool:
        return not any(one.text or one.links or one.comment for one in self.fields.values())


class IndicatorAnswer(Struct, frozen=True):
    """What a participant reported for a target; ``fields`` by column key of the form."""

    participant: str
    indicator: Indicator
    fields: Mapping[str, Field] = {}


class Unplaced(Struct, frozen=True):
    """A value that could not be put beside an activity: kept, with its origin and the reason."""

    participant: str | None
    text: str
    origin: Origin
    reason: str = ""


class Marks(Struct, frozen=True):
    """The identity a form carries: custom property, hidden sheet, key column, printed code."""

    plan_id: str | None = None
    participant: str | None = None
    issue: int | None = None
    version: int | None = None


class Submission(Struct, frozen=True):
    """What one copy says."""

    origin: Origin
    participant: str
    issue: int | None
    entries: tuple[Entry, ...]
    unplaced: tuple[Unplaced, ...] = ()
    findings: tuple[Finding, ...] = ()
    declared_ready: bool = False
    indicators: tuple[IndicatorAnswer, ...] = ()


class Severity(StrEnum):
    MUST = "обязательно"
    WARN = "внимание"
    INFO = "к сведению"


class Finding(Struct, frozen=True):
    """One remark of the program: ``code`` is a key of ``findings.CATALOGUE``.

    ``count`` is how many places share the cause; ``params`` fill fact and advice.
    """

    code: str
    participant: str | None = None
    activity: str | None = None
    origin: Origin = NOWHERE
    params: tuple[tuple[str, str], ...] = ()
    count: int = 1


class Sufficiency(StrEnum):
    YES = "yes"
    WEAK = "weak"
    NO = "no"


class EvidenceItem(Struct, frozen=True):
    """One document or link met in a text; number and date may be missing."""

    kind: str
    text: str
    number: str | None = None
    date: dt.date | None = None
    link: str | None = None


class Evidence(Struct, frozen=True):
    """What a text offers as confirmation."""

    kinds: tuple[str, ...]
    sufficient: Sufficiency
    items: tuple[EvidenceItem, ...] = ()
    doubts: tuple[Doubt, ...] = ()
