"""The values that travel through sheetsync, in the order in which a campaign lives.

order -> plan -> form -> copy -> submission -> findings -> consolidation.

Every value is frozen and knows nothing: no file, no clock, no spreadsheet library. Words follow
the glossary of CONTRIBUTING.md; the Russian word a user sees is the value of the enumeration.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

# --- reading an order ---------------------------------------------------------------------------


class DeadlineKind(StrEnum):
    """What sort of deadline a phrase names (design: «Deadlines are read into»)."""

    DATE = "date"
    BY_DATE = "by-date"
    FROM_TO = "from-to"
    MONTH = "month"
    MONTHS_LIST = "months-list"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    SCHOOL_YEAR = "school-year"
    CALENDAR_YEAR = "calendar-year"
    MULTI_YEAR = "multi-year"
    RECURRING = "recurring"
    CONTINUOUS = "continuous"
    BY_EXTERNAL_PLAN = "by-external-plan"
    EVENT_RELATIVE = "event-relative"
    UNKNOWN = "unknown"


class Repeat(StrEnum):
    """How often a recurring deadline comes back."""

    YEARLY = "yearly"
    HALF_YEARLY = "half-yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something the reader is not sure of and the coordinator should look at.

    ``code`` is a key of ``doubts.DOUBTS``; ``params`` fill its text.
    """

    code: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline read from words. Dates are inclusive; ``None`` means «not said».

    ``occurrences`` are the due dates of a repeated or listed deadline, in order.
    """

    text: str
    kind: DeadlineKind
    start: date | None = None
    due: date | None = None
    occurrences: tuple[date, ...] = ()
    repeat: Repeat | None = None
    doubts: tuple[Doubt, ...] = ()


class SchoolsScope(StrEnum):
    """Which schools a «responsible» cell addresses."""

    ALL = "all"
    NAMED = "named"
    NONE = "none"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Parties:
    """Who answers for an activity: the parties as written, and the schools among them.

    ``named`` holds official names of schools of the order when ``schools`` is NAMED.
    """

    text: str
    parties: tuple[str, ...]
    schools: SchoolsScope
    named: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class School:
    """A school the order names, with the other spellings met in the document."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CuratorPair:
    """A school and the stronger school that helps it."""

    school: str
    curator: str


@dataclass(frozen=True, slots=True)
class Passport:
    """What the order says of itself outside its table."""

    number: str | None = None
    date: dt.date | None = None
    issuer: str | None = None
    title: str | None = None
    years: tuple[int, ...] = ()
    report_due: dt.date | None = None
    schools: tuple[School, ...] = ()
    curators: tuple[CuratorPair, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the plan-schedule; ``number`` has no closing dot."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Activity:
    """One row of the plan-schedule as the order prints it, with its readings.

    ``key`` is deterministic (see ``plan.keys``), ``number`` the corrected number without a closing
    dot, ``number_printed`` what stands on paper ('' when nothing does).
    """

    key: str
    number: str
    number_printed: str
    section: str | None
    title: str
    deadline: Deadline
    responsible: Parties
    result: str | None = None
    info: str | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A numeric target: «не менее 80 %» -> target 80, unit «%». ``activity`` is a key or None."""

    title: str
    unit: str | None
    target: float | None
    year: int | None = None
    activity: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """Everything read from an order."""

    passport: Passport
    sections: tuple[Section, ...]
    activities: tuple[Activity, ...]
    indicators: tuple[Indicator, ...] = ()
    doubts: tuple[Doubt, ...] = ()


# --- the campaign: what the district workbook says ----------------------------------------------


class ParticipantKind(StrEnum):
    SCHOOL = "школа"
    OFFICE = "отдел"
    INSTITUTION = "учреждение"
    CURATOR = "куратор"


class Channel(StrEnum):
    EXCEL = "Excel"
    GOOGLE = "Google"


@dataclass(frozen=True, slots=True)
class Participant:
    """One who reports. ``received_on`` is the coordinator's own word on when the copy came."""

    code: str
    name: str
    short_name: str
    aliases: tuple[str, ...] = ()
    kind: ParticipantKind = ParticipantKind.SCHOOL
    curator: str | None = None
    email: str | None = None
    channel: Channel = Channel.EXCEL
    link: str | None = None
    received_on: date | None = None

    @property
    def owes_report(self) -> bool:
        """Curator schools help others and owe no report of their own."""
        return self.kind is not ParticipantKind.CURATOR


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One activity as the coordinator confirmed it in sheet «План».

    ``reporters`` are participant codes, already resolved («все школы» -> every school's code).
    """

    key: str
    number: str
    section: str
    title: str
    deadline_text: str = ""
    start: date | None = None
    due: date | None = None
    occurrences: tuple[date, ...] = ()
    responsible: str = ""
    reporters: tuple[str, ...] = ()
    result: str = ""
    evidence_asked: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Sheet «Настройки» of one campaign."""

    plan_id: str = ""
    organisation: str = ""
    plan_title: str = ""
    order_number: str = ""
    order_date: date | None = None
    years: tuple[int, ...] = ()
    period_start: date | None = None
    period_end: date | None = None
    report_due: date | None = None
    evidence_required: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of a campaign: what forms, reader, checks and workbook are made from.

    ``issue`` grows when forms are issued again with a changed plan.
    """

    settings: Settings
    rows: tuple[PlanRow, ...]
    participants: tuple[Participant, ...]
    indicators: tuple[Indicator, ...] = ()
    issue: int = 1

    @property
    def plan_id(self) -> str:
        """What tells this plan from every other plan and year."""
        return self.settings.plan_id

    def rows_of(self, code: str) -> tuple[PlanRow, ...]:
        """The rows participant ``code`` owes, in the order of the plan."""
        return tuple(row for row in self.rows if code in row.reporters)

    def row(self, key: str) -> PlanRow | None:
        return next((row for row in self.rows if row.key == key), None)

    def participant(self, code: str) -> Participant | None:
        return next((one for one in self.participants if one.code == code), None)


# --- a copy that came back ----------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value stands: file name as received, its sha256, sheet and cell («D7»)."""

    file: str = ""
    sha256: str = ""
    sheet: str = ""
    cell: str = ""


NOWHERE = Origin()
"""The origin of what has no place: a copy that never came."""


@dataclass(frozen=True, slots=True)
class Field:
    """One answer cell: the text as typed, its parsed value, link targets and comment beside it."""

    text: str
    value: str | float | date | None = None
    links: tuple[str, ...] = ()
    comment: str = ""
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True)
class Entry:
    """One participant's answer to one activity; ``fields`` by column key of the form."""

    participant: str
    activity: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    match: Match = Match.KEY
    confidence: float = 1.0

    def text(self, column: str) -> str:
        found = self.fields.get(column)
        return found.text if found else ""

    @property
    def is_empty(self) -> bool:
        return not any(one.text or one.links or one.comment for one in self.fields.values())


@dataclass(frozen=True, slots=True)
class IndicatorAnswer:
    """What a participant reported for a target; ``fields`` by column key of the form."""

    participant: str
    indicator: Indicator
    fields: Mapping[str, Field] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A value that could not be put beside an activity: kept, with its origin and the reason."""

    participant: str | None
    text: str
    origin: Origin
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """The identity a form carries: custom property, hidden sheet, key column, printed code."""

    plan_id: str | None = None
    participant: str | None = None
    issue: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What one copy says."""

    origin: Origin
    participant: str
    issue: int | None
    entries: tuple[Entry, ...]
    unplaced: tuple[Unplaced, ...] = ()
    findings: tuple[Finding, ...] = ()
    declared_ready: bool = False
    indicators: tuple[IndicatorAnswer, ...] = ()


# --- findings -----------------------------------------------------------------------------------


class Severity(StrEnum):
    MUST = "обязательно"
    WARN = "внимание"
    INFO = "к сведению"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of the program: ``code`` is a key of ``findings.CATALOGUE``.

    ``count`` is how many places share the cause; ``params`` fill fact and advice.
    """

    code: str
    participant: str | None = None
    activity: str | None = None
    origin: Origin = NOWHERE
    params: tuple[tuple[str, str], ...] = ()
    count: int = 1


# --- evidence -----------------------------------------------------------------------------------


class Sufficiency(StrEnum):
    YES = "yes"
    WEAK = "weak"
    NO = "no"


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One document or link met in a text; number and date may be missing."""

    kind: str
    text: str
    number: str | None = None
    date: dt.date | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a text offers as confirmation."""

    kinds: tuple[str, ...]
    sufficient: Sufficiency
    items: tuple[EvidenceItem, ...] = ()
    doubts: tuple[Doubt, ...] = ()


# --- the consolidation --------------------------------------------------------------------------


class RowState(StrEnum):
    """Reporting state of one owed row: reported / confirmed none / missing."""

    REPORTED = "reported"
    CONFIRMED_NONE = "confirmed-none"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Decision:
    """What the coordinator wrote beside an entry: Решение and Замечание района."""

    verdict: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
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


@dataclass(frozen=True, slots=True)
class Completeness:
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


@dataclass(frozen=True, slots=True)
class Rates:
    """Four rates as fractions 0..1; ``None`` where nothing is owed."""

    received: float | None
    on_time: float | None
    filled: float | None
    evidenced: float | None


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One received file and what became of it."""

    origin: Origin
    verdict: Verdict
    participant: str | None = None
    received_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """Сверка of one file: filled = placed + reported + superseded + refused, or it is our error."""

    origin: Origin
    participant: str | None
    filled: int
    placed: int
    reported: int
    superseded: int
    refused: int

    @property
    def unaccounted(self) -> int:
        return self.filled - self.placed - self.reported - self.superseded - self.refused


@dataclass(frozen=True, slots=True)
class IndicatorFact:
    """A target beside what a participant reported for it."""

    participant: str
    indicator: Indicator
    fact: str = ""
    previous: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Consolidation:
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


# --- the story of a campaign --------------------------------------------------------------------


class Event(StrEnum):
    """What the journal tells; the value is what the sheet «Журнал» shows."""

    CREATED = "кампания создана"
    ISSUED = "форма выдана"
    RECEIVED = "копия поступила"
    CONSOLIDATED = "свод собран"


@dataclass(frozen=True, slots=True)
class JournalLine:
    run: int
    at: dt.datetime
    event: Event
    participant: str = ""
    file: str = ""
    note: str = ""
