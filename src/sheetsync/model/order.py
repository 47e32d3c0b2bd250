"""What an order says, as it was read."""

from __future__ import annotations

import datetime as dt
from datetime import date
from enum import StrEnum

from msgspec import Struct


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


class Doubt(Struct, frozen=True):
    """Something the reader is not sure of and the coordinator should look at.

    ``code`` is a key of ``doubts.DOUBTS``; ``params`` fill its text.
    """

    code: str
    params: tuple[tuple[str, str], ...] = ()


class Deadline(Struct, frozen=True):
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


class Parties(Struct, frozen=True):
    """Who answers for an activity: the parties as written, and the schools among them.

    ``named`` holds official names of schools of the order when ``schools`` is NAMED.
    """

    text: str
    parties: tuple[str, ...]
    schools: SchoolsScope
    named: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class School(Struct, frozen=True):
    """A school the order names, with the other spellings met in the document."""

    name: str
    aliases: tuple[str, ...] = ()


class CuratorPair(Struct, frozen=True):
    """A school and the stronger school that helps it."""

    school: str
    curator: str


class Passport(Struct, frozen=True):
    """What the order says of itself outside its table."""

    number: str | None = None
    date: dt.date | None = None
    issuer: str | None = None
    title: str | None = None
    years: tuple[int, ...] = ()
    report_due: dt.date | None = None
    schools: tuple[School, ...] = ()
    curators: tuple[CuratorPair, ...] = ()


class Section(Struct, frozen=True):
    """A heading of the plan-schedule; ``number`` has no closing dot."""

    number: str
    title: str


class Activity(Struct, frozen=True):
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


class Indicator(Struct, frozen=True):
    """A numeric target: «не менее 80 %» -> target 80, unit «%». ``activity`` is a key or None."""

    title: str
    unit: str | None
    target: float | None
    year: int | None = None
    activity: str | None = None


class Instruction(Struct, frozen=True):
    """An item of the order's text that obliges somebody: a row of section «Поручения приказа».

    ``key`` is deterministic and never that of an activity, ``number`` the item as printed without a
    closing dot («2.1»), ``title`` what is to be done, in the order's words.
    """

    key: str
    number: str
    title: str
    deadline: Deadline
    responsible: Parties
    doubts: tuple[Doubt, ...] = ()


class Order(Struct, frozen=True):
    """Everything read from an order."""

    passport: Passport
    sections: tuple[Section, ...]
    activities: tuple[Activity, ...]
    indicators: tuple[Indicator, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    instructions: tuple[Instruction, ...] = ()
