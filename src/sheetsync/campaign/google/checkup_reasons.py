"""A refusal of Google's becomes what the doctor says of it. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from sheetsync.campaign.google.checkup_catalogue import CHECKUP
from sheetsync.campaign.google.checkup_codes import GoogleCheck, Step
from sheetsync.messages import tr
from sheetsync.office.codes import Level
from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble
from sheetsync.workbooks.google.sign_in import SignIn, Way
from sheetsync.workbooks.google.sign_in_words import CLOCK, KEY_GONE

TESTING_LASTS: Final = timedelta(days=7)
"""How long Google keeps a sign-in to an application in testing."""

DRIVE_API: Final = "Google Drive API"
SHEETS_API: Final = "Google Sheets API"

_SHEETS_STEPS: Final = frozenset({Step.WRITE, Step.READ, Step.PROTECT})
_API_OFF: Final = frozenset({"accessNotConfigured", "SERVICE_DISABLED"})
_SCOPE_MISSING: Final = frozenset(
    {"insufficientPermissions", "insufficientScopes", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}
)
_ADMIN_FORBIDS: Final = frozenset(
    {"domainPolicy", "admin_policy_enforced", "org_internal", "cannotShareOutsideDomain", "accountDisabled"}
)
_CLIENT_GONE: Final = frozenset({"invalid_client", "deleted_client", "unauthorized_client"})
_BY_TROUBLE: Final = {
    GoogleTrouble.UNREACHABLE: GoogleCheck.UNREACHABLE,
    GoogleTrouble.BUSY: GoogleCheck.BUSY,
}


class Told(Struct, frozen=True):
    """One thing the doctor says: what was tried and what came of it."""

    check: GoogleCheck
    step: Step
    params: tuple[tuple[str, str], ...] = ()

    @property
    def level(self) -> Level:
        return CHECKUP[self.check].level

    @property
    def found(self) -> str:
        """What came, in the current language."""
        return tr(CHECKUP[self.check].found).format(**dict(self.params))

    @property
    def click(self) -> str:
        """What to do, in the current language; '' when there is nothing to do."""
        return tr(CHECKUP[self.check].click).format(**dict(self.params)) if CHECKUP[self.check].click else ""


def told(check: GoogleCheck, step: Step | None = None, **params: object) -> Told:
    """A line of the catalogue with its parameters; ``step`` where the catalogue leaves it open."""
    where = CHECKUP[check].step or step
    if where is None:
        raise ValueError(check)
    return Told(check, where, tuple((name, str(value)) for name, value in params.items()))


def token_refused(refused: GoogleRefused, sign_in: SignIn, now: datetime, minutes: int) -> Told:
    """Why there is no token; ``minutes`` is how far the clock of this computer is off."""
    day = shown(sign_in.signed_in_at)
    words = frozenset(refused.detail.split())
    if refused.trouble is GoogleTrouble.UNREACHABLE:
        return told(GoogleCheck.UNREACHABLE, Step.TOKEN)
    if refused.trouble is GoogleTrouble.NOT_SIGNED_IN and sign_in.way is Way.ADC:
        return told(GoogleCheck.COMPUTER_NOT_SET_UP)
    if CLOCK in words:
        return told(GoogleCheck.TOKEN_CLOCK, minutes=minutes)
    if KEY_GONE in words:
        return told(GoogleCheck.KEY_GONE)
    if words & _CLIENT_GONE:
        return told(GoogleCheck.CLIENT_GONE)
    if words & _ADMIN_FORBIDS:
        return told(GoogleCheck.ADMIN_FORBIDS, Step.TOKEN, detail=refused.detail)
    if refused.trouble is not GoogleTrouble.EXPIRED:
        return told(GoogleCheck.REFUSED, Step.TOKEN, detail=refused.detail)
    is_week_old = now - sign_in.signed_in_at >= TESTING_LASTS
    if sign_in.way is Way.BROWSER and is_week_old:
        return told(GoogleCheck.TOKEN_TESTING, day=day)
    return told(GoogleCheck.TOKEN_REVOKED, day=day)


def step_refused(step: Step, refused: GoogleRefused, sign_in: SignIn) -> Told:
    """Why a step did not succeed."""
    words = frozenset(refused.detail.split())
    if words & _API_OFF:
        return told(GoogleCheck.API_OFF, step, api=SHEETS_API if step in _SHEETS_STEPS else DRIVE_API)
    if words & _SCOPE_MISSING:
        return told(GoogleCheck.SCOPE_MISSING, step)
    if words & _ADMIN_FORBIDS:
        return told(GoogleCheck.ADMIN_FORBIDS, step, detail=refused.detail)
    if refused.trouble is GoogleTrouble.NO_STORAGE:
        is_robot = sign_in.way is Way.SERVICE_ACCOUNT
        return told(GoogleCheck.OWNS_NO_FILES if is_robot else GoogleCheck.ROOM_NONE, step)
    if refused.trouble is GoogleTrouble.EXPIRED:
        return told(GoogleCheck.TOKEN_REVOKED, day=shown(sign_in.signed_in_at))
    if refused.trouble in _BY_TROUBLE:
        return told(_BY_TROUBLE[refused.trouble], step)
    return told(GoogleCheck.REFUSED, step, detail=refused.detail or refused.trouble.value)


def shown(moment: datetime) -> str:
    return f"{moment:%d.%m.%Y}"
