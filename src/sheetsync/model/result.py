"""The result of one run, and the story of the runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from msgspec import Struct

from sheetsync.model.copy import Entry, Finding, Origin, Status, Sufficiency, Unplaced, Verdict
from sheetsync.model.order import Indicator
from sheetsync.model.plan import Plan

CODES_JOINT: Final = ", "
"""Between the codes of those whose reports one file holds."""


class RowState(StrEnum):
    """Reporting state of one owed row: reported / confirmed none / missing."""

    REPORTED = "reported"
    CONFIRMED_NONE = "confirmed-none"
    MISSING = "missing"


class Decision(Struct, frozen=True):
    """What the coordinator wrote beside an entry: Решение and Замечание района."""

    verdict: str = ""
    remark: str = ""


class AnswerMark(Struct, frozen=True):
    """What a row said at some moment, to be compared with what it says now.

    ``answer`` is a digest of its words (``checks.decisions.fingerprint``), ``files`` those of the files
    sent along that confirm it; ``None`` where nobody remembers them.
    """

    answer: str
    files: frozenset[str] | None = None


class ReviewState(StrEnum):
    """How far the coordinator's review of one row has got; the value is what «Исполнение» shows."""

    WAITS = "ждёт проверки"
    ACCEPTED = "принято"
    REWORK = "на доработке"
    CHANGED = "изменено после решения"
    """Accepted, and the answer is no longer the one that was accepted."""
    MENDED = "исправлено, ждёт проверки"
    """Sent back, and answered anew or confirmed by one more file since."""


class SchoolState(StrEnum):
    """How far the review of a participant's whole report has got."""

    NOT_RECEIVED = "не поступило"
    RECEIVED = "поступило"
    IN_REVIEW = "на проверке"
    REWORK = "на доработке"
    ACCEPTED = "принято"
    APPROVED = "утверждено"
    """Accepted whole, and approved by the coordinator with a date in «Участники»."""


class Outcome(Struct, frozen=True):
    """One row participant x activity owed, judged as of the consolidation's date."""

    participant: str
    activity: str
    entry: Entry | None
    status: Status | None
    done_on: date | None
    state: RowState
    is_due: bool
    evidence: Sufficiency | None
    decision: Decision = Decision()
    review: ReviewState | None = None
    """``None`` while there is nothing to review: no answer and no decision."""
    attached: tuple[str, ...] = ()
    """Names of the files sent along that confirm this row."""
    attached_digests: frozenset[str] = frozenset()
    """What is in those files, as SHA-256."""


class Completeness(Struct, frozen=True):
    """The counts behind the four rates of one participant (see ``merge.rates``)."""

    participant: str
    owes_report: bool
    received: bool
    received_on: date | None
    on_time: bool
    rows_owed: int
    rows_due: int
    reported: int
    confirmed_none: int
    missing: int
    done: int
    evidenced: int
    state: SchoolState = SchoolState.NOT_RECEIVED


class Rates(Struct, frozen=True):
    """Four rates as fractions 0..1; ``None`` where nothing is owed."""

    received: float | None
    on_time: float | None
    filled: float | None
    evidenced: float | None


class FileRecord(Struct, frozen=True):
    """One received file and what became of it; ``participant`` joins all whose reports it holds."""

    origin: Origin
    verdict: Verdict
    participant: str | None = None
    received_on: date | None = None
    note: str = ""

    @property
    def participants(self) -> tuple[str, ...]:
        """Their codes."""
        return tuple(self.participant.split(CODES_JOINT)) if self.participant else ()


class LedgerLine(Struct, frozen=True):
    """Сверка of one file: filled = placed + reported + superseded + refused, or it is our error.

    ``masked`` tells how many of the filled are shown with personal data hidden.
    """

    origin: Origin
    participant: str | None
    filled: int
    placed: int
    reported: int
    superseded: int
    refused: int
    masked: int = 0

    @property
    def unaccounted(self) -> int:
        return self.filled - self.placed - self.reported - self.superseded - self.refused


class IndicatorFact(Struct, frozen=True):
    """A target beside what a participant reported for it; ``entry`` has the cells it stood in."""

    participant: str
    indicator: Indicator
    fact: str = ""
    previous: str = ""
    comment: str = ""
    entry: Entry | None = None

    @property
    def origins(self) -> Mapping[str, Origin]:
        """Where the figure and its explanation stood, by column key of the form."""
        fields = self.entry.fields if self.entry else {}
        return {column: cell.origin for column, cell in fields.items()}


class Consolidation(Struct, frozen=True):
    """The whole result of one run, before it becomes tables."""

    as_of: date
    plan: Plan
    files: tuple[FileRecord, ...]
    outcomes: tuple[Outcome, ...]
    completeness: tuple[Completeness, ...]
    rates: Rates
    findings: tuple[Finding, ...]
    ledger: tuple[LedgerLine, ...]
    unplaced: tuple[Unplaced, ...]
    indicators: tuple[IndicatorFact, ...] = ()


class Event(StrEnum):
    """What the journal tells; the value is what the sheet «Журнал» shows."""

    CREATED = "кампания создана"
    ISSUED = "форма выдана"
    RECEIVED = "копия поступила"
    CONSOLIDATED = "свод собран"
    RETURNED = "замечания возвращены"
    ACCEPTED = "приняты ответы с подтверждением"
    UNDONE = "принятие отменено"
    REMINDED = "письмо составлено"
    SENT = "письмо отправлено"
    NOTED = "справка составлена"
    AMENDED = "план изменён приказом"
    NEXT_PERIOD = "начат новый период"
    MENDED = "таблица восстановлена"
    DESTROYED = "копии уничтожены"


class JournalLine(Struct, frozen=True):
    run: int
    at: dt.datetime
    event: Event
    participant: str = ""
    file: str = ""
    note: str = ""
