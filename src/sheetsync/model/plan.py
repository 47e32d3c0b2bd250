"""What the coordinator confirmed in the district workbook: who takes part and what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from msgspec import Struct

from sheetsync.model.kept import once_for_each
from sheetsync.model.order import Indicator

_PLANS: Final = 8
"""Of how many plans it is remembered whose each row is."""
_FEW: Final = 8
"""Participants that are looked through as fast as an index of them is made."""


class ParticipantKind(StrEnum):
    SCHOOL = "школа"
    OFFICE = "отдел"
    INSTITUTION = "учреждение"
    CURATOR = "куратор"


class Channel(StrEnum):
    EXCEL = "Excel"
    GOOGLE = "Google"


class Privacy(StrEnum):
    """What becomes of personal data found in a copy before it reaches the свод."""

    MASK = "скрыть"
    KEEP = "оставить"
    HOLD = "задержать"


class GoogleAccess(StrEnum):
    """How a school gets into its Google Sheet."""

    MAIL = "по почте"
    LINK = "по ссылке"
    """Whoever has the link may write: no author is known."""


class GoogleScope(StrEnum):
    """What of the свод and of the office's remarks is sent to Google."""

    ALL = "всё"
    NUMBERS = "план, статус и числа"


class Participant(Struct, frozen=True):
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
    approved_on: date | None = None
    """The day the coordinator approved the whole report; see ``SchoolState``."""

    @property
    def owes_report(self) -> bool:
        """Curator schools help others and owe no report of their own."""
        return self.kind is not ParticipantKind.CURATOR


class PlanRow(Struct, frozen=True):
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
    is_retired: bool = False
    """Taken out by a later order: nobody is asked for it any more, answers given before stay."""


class Settings(Struct, frozen=True):
    """Sheet «Настройки» of one campaign."""

    plan_id: str = ""
    organisation: str = ""
    plan_title: str = ""
    order_number: str = ""
    order_date: date | None = None
    edition: str = ""
    """The last order that amended the plan: «№ 31 от 10.04.2026»."""
    years: tuple[int, ...] = ()
    period_start: date | None = None
    period_end: date | None = None
    report_due: date | None = None
    evidence_required: bool = True
    privacy: Privacy = Privacy.MASK
    google: bool = False
    """Whether Google is used at all: off until the coordinator switches it on."""
    google_access: GoogleAccess = GoogleAccess.MAIL
    google_sends: GoogleScope = GoogleScope.ALL
    google_publish: bool = False
    """Whether the свод is shown in a Google district spreadsheet too."""
    instructions: bool = False
    """Whether section «Поручения приказа» is asked for like the rest of the plan."""
    period: str = ""
    """Which period of a programme of several is reported now: «2021»; empty when there is but one."""
    mail_from: str = ""
    mail_server: str = ""
    """Where letters are sent from: «smtp.example.ru:465»; empty, and letters only lie in their folder."""


class PreviousFigure(Struct, frozen=True):
    """What a participant reported for a target in the period before, as it stands in «Показатели»."""

    participant: str
    indicator: Indicator
    text: str


class PreviousAnswer(Struct, frozen=True):
    """What a participant answered to an activity in the period before: shown in the form for reference."""

    participant: str
    activity: str
    text: str


class Plan(Struct, frozen=True):
    """The plan of a campaign: what forms, reader, checks and workbook are made from.

    ``issue`` grows when forms are issued again with a changed plan.
    """

    settings: Settings
    rows: tuple[PlanRow, ...]
    participants: tuple[Participant, ...]
    indicators: tuple[Indicator, ...] = ()
    issue: int = 1
    previous: tuple[PreviousFigure, ...] = ()
    reference: tuple[PreviousAnswer, ...] = ()
    """Answers of the period before; known only where forms are made."""

    @property
    def plan_id(self) -> str:
        """What tells this plan from every other plan and year."""
        return self.settings.plan_id

    def rows_of(self, code: str) -> tuple[PlanRow, ...]:
        """The rows participant ``code`` is asked for, in the order of the plan."""
        return _asked_by_reporter(self.rows).get(code, ())

    def placed_rows_of(self, code: str) -> tuple[PlanRow, ...]:
        """The same with those taken out since: answers to them that an older copy brings have a place."""
        return _by_reporter(self.rows).get(code, ())

    @property
    def asked_rows(self) -> tuple[PlanRow, ...]:
        """The rows that are in force: only these are asked, due and counted."""
        return tuple(row for row in self.rows if not row.is_retired)

    def row(self, key: str) -> PlanRow | None:
        return _by_key(self.rows).get(key)

    def participant(self, code: str) -> Participant | None:
        if len(self.participants) <= _FEW:
            return next((one for one in self.participants if one.code == code), None)
        return _by_code(self.participants).get(code)


@once_for_each(_PLANS)
def _by_reporter(rows: tuple[PlanRow, ...]) -> Mapping[str, tuple[PlanRow, ...]]:
    return _told_apart(rows)


@once_for_each(_PLANS)
def _asked_by_reporter(rows: tuple[PlanRow, ...]) -> Mapping[str, tuple[PlanRow, ...]]:
    return _told_apart(tuple(row for row in rows if not row.is_retired))


def _told_apart(rows: tuple[PlanRow, ...]) -> Mapping[str, tuple[PlanRow, ...]]:
    """Whose each row is. Mostly many rows are asked of the same thousand: these are gone through once."""
    places: dict[tuple[str, ...], list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(row.reporters, []).append(place)
    kinds: dict[str, list[int]] = {}
    for kind, reporters in enumerate(places):
        for code in dict.fromkeys(reporters):
            kinds.setdefault(code, []).append(kind)
    of_kind = tuple(places.values())
    found: dict[tuple[int, ...], tuple[PlanRow, ...]] = {}
    whose = {}
    for code, some in kinds.items():
        own = tuple(some)
        if own not in found:
            found[own] = tuple(
                rows[place] for place in sorted(place for kind in own for place in of_kind[kind])
            )
        whose[code] = found[own]
    return whose


@once_for_each(_PLANS)
def _by_key(rows: tuple[PlanRow, ...]) -> Mapping[str, PlanRow]:
    return {row.key: row for row in reversed(rows)}


@once_for_each(_PLANS)
def _by_code(participants: tuple[Participant, ...]) -> Mapping[str, Participant]:
    return {one.code: one for one in reversed(participants)}
