"""Reading the sheets of schools: one listing tells which changed, each of these is read once.

What was read is kept at once, so a run cut off goes on where it stopped; and whatever keeps Google
from answering, the свод stands on what was read before.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.form_names import copy_name, form_title
from sheetsync.campaign.google.copies import Counting, GoogleCopy, Remembered
from sheetsync.campaign.google.forgotten import forgotten, found_again
from sheetsync.campaign.google.listing import OF_ONE_SHEET, listed_sheets
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.google.readings import Reader
from sheetsync.campaign.google.told import sign_in_finding, why
from sheetsync.findings import make
from sheetsync.journal import GoogleSheet, Journal, Look, Reading
from sheetsync.model import Channel, Finding, Origin, Plan
from sheetsync.notices import say
from sheetsync.workbooks.google.port import DriveFile, Google, GoogleRefused

Connect = Callable[[], Google]
"""Signs in when it is called, and not before; may raise ``GoogleRefused``."""

Progress = Callable[[int, int, str], None]

_IN_A_ROW: Final = 2
"""So many sheets one after another that Google does not give: it is Google that is away, not they."""


class Fetched(Struct, frozen=True):
    """Copies that count in the свод, and what to tell of how they were read."""

    copies: tuple[GoogleCopy, ...] = ()
    findings: tuple[Finding, ...] = ()


class Stopwatch:
    """The time of a run that goes on, and what of it may be spent on reading."""

    def __init__(
        self, now: datetime, seconds: float | None = None, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        self._now, self._seconds, self._ticks = now.astimezone(), seconds, ticks
        self._began = ticks()

    @property
    def now(self) -> datetime:
        return self._now + timedelta(seconds=self._ticks() - self._began)

    @property
    def is_over(self) -> bool:
        return self._seconds is not None and self._ticks() - self._began >= self._seconds


class SchoolSheets:
    """The sheets of schools in one run, asked for once however often the run begins anew.

    Without ``connect`` Google is not asked: what was read before is all there is.
    """

    def __init__(self, connect: Connect | None, watch: Stopwatch, *, is_full: bool = False) -> None:
        self.connect = cache(connect) if connect else None
        self._watch = watch
        self._is_full = is_full
        self._fetched: Fetched | None = None

    def fetched(
        self,
        campaign: store.Campaign,
        journal: Journal,
        plan: Plan,
        run: int,
        progress: Progress,
        *,
        keep: bool,
    ) -> Fetched:
        """Copies of the sheets; what is new among them is kept at once, unless nothing is to be."""
        if self._fetched is None:
            fetching = Fetching(campaign, journal, plan, run, self._watch, keep, self._is_full)
            if self.connect is None:
                self._fetched = fetching.remembered()
            elif not plan.settings.google:
                self._fetched = fetching.switched_off()
            else:
                self._fetched = fetching.fetched(self.connect, progress)
        return self._fetched


@dataclass
class Fetching:
    """Reads the sheets of one campaign. Without ``keep`` nothing is recorded (a dry run)."""

    campaign: store.Campaign
    journal: Journal
    plan: Plan
    run: int
    watch: Stopwatch
    keep: bool = True
    is_full: bool = False
    """Whether sheets that did not change are read again too."""
    _findings: list[Finding] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self._reader = Reader(self.campaign, self.journal, self.plan.issue, self.run, self.keep)

    @property
    def _known(self) -> Remembered:
        return self._reader.known

    @property
    def _forgotten(self) -> frozenset[str]:
        return forgotten(self.plan, frozenset(self._known.living()))

    def fetched(self, connect: Connect, progress: Progress) -> Fetched:
        """Everything that counts, fresh where Google gives it. No sheet, no request."""
        if self._known.sheets or self._forgotten:
            try:
                self._fetch(connect(), progress)
            except GoogleRefused as refused:
                self._findings.append(sign_in_finding(refused) or make("G604", what=why(refused)))
        return self.remembered()

    def switched_off(self) -> Fetched:
        """What was read before Google was switched off, and a word on it."""
        channel = (one for one in self.plan.participants if one.channel is Channel.GOOGLE)
        self._findings += [make("G601", participant=one.code) for one in channel if one.owes_report]
        if self._known.readings:
            self._findings.append(make("G618"))
        return self.remembered()

    def remembered(self) -> Fetched:
        """What was read before, and what is told by now; Google is not asked."""
        copies = [self._copy(one) for one in self._known.counting()]
        return Fetched(tuple(one for one in copies if one), tuple(self._findings))

    # --- asking Google

    def _fetch(self, google: Google, progress: Progress) -> None:
        for sheet in found_again(google, self.journal, self.plan, self._forgotten):
            self._reader.adopt(sheet)
        living = self._known.living()
        listed = self._listed(google, list(living.values()))
        looks = self.journal.google.looks()
        wanted = [
            (sheet, listed[sheet.file])
            for sheet in self._known.sheets
            if sheet.file in listed
            and (self._is_wanted(listed[sheet.file], looks.get(sheet.file)) or self._reader.lacks(sheet))
        ]
        away = 0
        for done, (sheet, file) in enumerate(wanted):
            if self.watch.is_over:
                total = max(len(living), len(wanted))
                self._findings.append(make("G613", done=total - len(wanted) + done, all=total))
                return
            progress(done, len(wanted), say(GoogleNotice.SHEET_OF, name=self._title(sheet.participant)))
            try:
                self._reader.read(google, sheet, file, self.watch.now)
                away = 0
            except GoogleRefused as refused:
                away += refused.trouble not in OF_ONE_SHEET
                if sign_in_finding(refused) or away == _IN_A_ROW:
                    raise
                self._tell_unread(sheet, refused)

    def _is_wanted(self, file: DriveFile, look: Look | None) -> bool:
        return self.is_full or look is None or look.version != file.version or not look.is_settled

    def _listed(self, google: Google, living: Sequence[GoogleSheet]) -> dict[str, DriveFile]:
        """The sheets as Drive lists them; of those that are not there it is told."""
        listed = listed_sheets(google, self.journal, self.plan, [one.file for one in living])
        for sheet in living:
            if sheet.file not in listed:
                self._tell_missing(sheet, say(GoogleNotice.WHY_NOT_FOUND))
        return listed

    # --- what is told

    def _tell_unread(self, sheet: GoogleSheet, refused: GoogleRefused) -> None:
        if refused.trouble in OF_ONE_SHEET:
            self._tell_missing(sheet, why(refused))
        else:
            self._findings.append(make("G604", participant=sheet.participant, what=why(refused)))

    def _tell_missing(self, sheet: GoogleSheet, what: str) -> None:
        last = self._known.last(sheet.file)
        origin = Origin(self._name(sheet, last), last.sha256) if last else Origin()
        self._findings.append(make("G606", participant=sheet.participant, origin=origin, what=what))

    # --- what counts

    def _copy(self, one: Counting) -> GoogleCopy | None:
        """The copy of a reading; ``None`` when its bytes were destroyed by an act."""
        reading = one.reading
        data = self._reader.data.get(reading.sha256) or store.read_original(self.campaign, reading.sha256)
        if data is None:
            return None
        before = self._known.of(one.sheet.participant)
        return GoogleCopy(
            one.sheet.participant,
            self._name(one.sheet, reading),
            data,
            reading,
            (reading.modified or reading.read_at).astimezone(self.watch.now.tzinfo).date(),
            frozenset(earlier.sha256 for earlier in before[: before.index(reading)]),
            one.is_closed,
        )

    def _name(self, sheet: GoogleSheet, reading: Reading) -> str:
        return copy_name(self._title(sheet.participant), reading.read_at)

    def _title(self, code: str) -> str:
        participant = self.plan.participant(code)
        return form_title(participant) if participant else code


def signing_in(now: datetime) -> Connect:
    """Signs in as the user of this computer, once it is asked for."""

    def connect() -> Google:
        from sheetsync.campaign.google.signing_in import signed_in  # noqa: PLC0415 - loads Google's libraries

        return signed_in(now)

    return connect
