"""«google doctor»: every permission tried for real, in order, on a sheet of its own that is removed again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sheetsync.campaign.google.checkup_codes import GoogleCheck, Step
from sheetsync.campaign.google.checkup_reasons import (
    TESTING_LASTS,
    Told,
    shown,
    step_refused,
    token_refused,
    told,
)
from sheetsync.campaign.google.kept import google_address, kept_sign_in
from sheetsync.campaign.google.marks import TRIAL_MARKS
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.notices import say
from sheetsync.office.codes import Level
from sheetsync.workbooks.google.http import Http
from sheetsync.workbooks.google.port import FileKind, Google, GoogleRefused
from sheetsync.workbooks.google.service import connect
from sheetsync.workbooks.google.sign_in import SignIn, Way
from sheetsync.workbooks.google.sign_in_credentials import Tokens, credentials_of, renewed
from sheetsync.workbooks.google.sign_in_probe import account_of

_FIRST_CELL: Final = "A1"
_LITTLE_ROOM: Final = 200
_MEGABYTE: Final = 2**20
_TOLERANCE: Final = 120
"""Seconds two clocks may differ by."""

Clock = Callable[[], datetime]


def google_doctor(clock: Clock, sleep: Callable[[float], None] = time.sleep) -> tuple[Told, ...]:
    """Everything there is to say, in the order it was tried. Without a sign-in nothing goes to Google."""
    sign_in = kept_sign_in()
    if sign_in is None:
        return (told(GoogleCheck.NOT_SIGNED_IN),)
    return tuple(_examined(sign_in, clock, sleep))


def google_needs_user(lines: tuple[Told, ...]) -> bool:
    """Whether something has to be done before Google can be worked with."""
    return any(one.level is Level.MUST for one in lines)


def _examined(sign_in: SignIn, clock: Clock, sleep: Callable[[float], None]) -> Iterator[Told]:
    yield told(GoogleCheck.SIGNED_IN, day=shown(sign_in.signed_in_at), agreed=f"{sign_in.agreed_on:%d.%m.%Y}")
    address = google_address()
    tokens: Tokens | None = None
    try:
        tokens = credentials_of(sign_in, address)
        renewed(tokens, address)
    except GoogleRefused as refused:
        minutes = abs(_seconds_off(tokens, clock)) // 60 if tokens else 0
        yield token_refused(refused, sign_in, clock(), minutes)
        return
    yield from _status(sign_in, clock())
    yield told(GoogleCheck.TOKEN_GOOD)
    yield _clock(_seconds_off(tokens, clock))
    with (
        closing(Http(tokens, address, time.monotonic, sleep)) as http,
        connect(tokens, sleep=sleep, base=address.emulator) as google,
    ):
        try:
            yield from _account(http)
        except GoogleRefused as refused:
            yield step_refused(Step.ACCOUNT, refused, sign_in)
            yield told(GoogleCheck.NOT_TRIED, Step.LIST)
            return
        yield from _permitted(google, sign_in)


def _status(sign_in: SignIn, now: datetime) -> Iterator[Told]:
    """Whether the sign-in is going to last: Google says so at best when it is made."""
    if sign_in.way is not Way.BROWSER:
        return
    ends = sign_in.signed_in_at + TESTING_LASTS
    if sign_in.runs_out_at:
        yield told(GoogleCheck.RUNS_OUT, day=shown(sign_in.runs_out_at))
    elif now > ends:
        yield told(GoogleCheck.PUBLISHED)
    else:
        yield told(GoogleCheck.STATUS_UNKNOWN, day=shown(ends))


def _seconds_off(tokens: Tokens, clock: Clock) -> int:
    """How far the clock of this computer is ahead of Google's."""
    theirs = tokens.server_time
    return int((clock() - theirs).total_seconds()) if theirs else 0


def _clock(seconds: int) -> Told:
    if abs(seconds) <= _TOLERANCE:
        return told(GoogleCheck.CLOCK_GOOD)
    return told(GoogleCheck.CLOCK_OFF, minutes=abs(seconds) // 60)


def _account(http: Http) -> Iterator[Told]:
    account = account_of(http)
    yield told(GoogleCheck.ACCOUNT_GOOD, email=account.email)
    if account.limit is None:
        yield told(GoogleCheck.ROOM_UNLIMITED)
        return
    free = max(0, account.limit - account.used) // _MEGABYTE
    yield told(GoogleCheck.ROOM_GOOD if free >= _LITTLE_ROOM else GoogleCheck.ROOM_LITTLE, free=free)


# --- what the account may do, on a sheet of its own


def _permitted(google: Google, sign_in: SignIn) -> Iterator[Told]:
    """The steps until the first that is refused; the sheet goes away also when the user interrupts."""
    trial = _Trial(google)
    steps = {
        Step.LIST: trial.lists,
        Step.MAKE: trial.makes,
        Step.WRITE: trial.writes,
        Step.READ: trial.reads,
        Step.PROTECT: trial.protects,
        Step.ACCESS: trial.shows_access,
    }
    cleaned = None
    try:
        for step, attempt in steps.items():
            try:
                yield attempt()
            except GoogleRefused as refused:
                yield step_refused(step, refused, sign_in)
                if step is not Step.ACCESS:
                    yield told(GoogleCheck.NOT_TRIED, list(steps)[list(steps).index(step) + 1])
                break
    finally:
        cleaned = trial.cleans()
    if cleaned:
        yield cleaned


@dataclass
class _Trial:
    """A sheet for trying things on. Its marks let the next check find it if this one is killed."""

    google: Google
    name: str = field(default_factory=lambda: say(GoogleNotice.CHECK_SHEET))
    file: str = ""
    sheet: int = 0

    def lists(self) -> Told:
        for left in self.google.marked(TRIAL_MARKS):
            self.google.remove(left.id)
        return told(GoogleCheck.LIST_GOOD)

    def makes(self) -> Told:
        self.file = self.google.made(FileKind.SPREADSHEET, self.name, TRIAL_MARKS).id
        return told(GoogleCheck.MAKE_GOOD, name=self.name)

    def writes(self) -> Told:
        sheets = self.google.read(self.file, "sheets(properties(sheetId))")["sheets"]
        self.sheet = sheets[0]["properties"].get("sheetId", 0)
        row = {"values": [{"userEnteredValue": {"stringValue": self.name}}]}
        start = {"sheetId": self.sheet, "rowIndex": 0, "columnIndex": 0}
        cells = {"rows": [row], "fields": "userEnteredValue", "start": start}
        self.google.write(self.file, [{"updateCells": cells}])
        return told(GoogleCheck.WRITE_GOOD)

    def reads(self) -> Told:
        fields = "sheets(data(rowData(values(userEnteredValue))))"
        answer = self.google.read(self.file, fields, [_FIRST_CELL])
        there = answer == {
            "sheets": [
                {"data": [{"rowData": [{"values": [{"userEnteredValue": {"stringValue": self.name}}]}]}]}
            ]
        }
        return told(GoogleCheck.READ_GOOD if there else GoogleCheck.READ_DIFFERS)

    def protects(self) -> Told:
        protection = {"range": {"sheetId": self.sheet}, "warningOnly": False}
        self.google.write(self.file, [{"addProtectedRange": {"protectedRange": protection}}])
        return told(GoogleCheck.PROTECT_GOOD)

    def shows_access(self) -> Told:
        who = ", ".join(one.email for one in self.google.permissions(self.file))
        return told(GoogleCheck.ACCESS_GOOD, who=who)

    def cleans(self) -> Told | None:
        """Remove the sheet; None when there never was one."""
        if not self.file:
            return None
        try:
            self.google.remove(self.file)
        except GoogleRefused:
            return told(GoogleCheck.CLEAN_LEFT, name=self.name)
        return told(GoogleCheck.CLEAN_GOOD)
