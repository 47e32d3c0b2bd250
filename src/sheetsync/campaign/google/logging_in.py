"""«google login» and «google logout»: consent first, then one of three ways, then what is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from msgspec import Struct

from sheetsync.campaign.files import read_file
from sheetsync.campaign.google.kept import (
    GoogleInTheWay,
    KeptDamaged,
    forget_sign_in,
    google_address,
    keep_sign_in,
    kept_sign_in,
)
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.google.told import sentence_of
from sheetsync.notices import say
from sheetsync.workbooks.google.http import Http
from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble
from sheetsync.workbooks.google.sign_in import SignIn, Way
from sheetsync.workbooks.google.sign_in_browser import (
    PATIENCE,
    BrowserRefused,
    NotAllowed,
    allowed_in_browser,
    given_back,
)
from sheetsync.workbooks.google.sign_in_credentials import credentials_of
from sheetsync.workbooks.google.sign_in_files import FileRefused, WrongFile, client_of, key_of
from sheetsync.workbooks.google.sign_in_probe import account_of

_FILE_SAID: Final[Mapping[WrongFile, GoogleNotice]] = {
    WrongFile.UNREADABLE: GoogleNotice.FILE_UNREADABLE,
    WrongFile.WEB_CLIENT: GoogleNotice.FILE_WEB_CLIENT,
    WrongFile.IS_KEY: GoogleNotice.FILE_IS_KEY,
    WrongFile.IS_CLIENT: GoogleNotice.FILE_IS_CLIENT,
}
_REFUSED_SAID: Final[Mapping[NotAllowed, GoogleNotice]] = {
    NotAllowed.DENIED: GoogleNotice.LOGIN_DENIED,
    NotAllowed.SCOPE_LEFT_OUT: GoogleNotice.LOGIN_SCOPE_LEFT_OUT,
    NotAllowed.NO_ANSWER: GoogleNotice.LOGIN_NO_ANSWER,
    NotAllowed.UNREACHABLE: GoogleNotice.TROUBLE_UNREACHABLE,
    NotAllowed.REFUSED: GoogleNotice.LOGIN_REFUSED,
}
_SCOPE_SAID: Final[Mapping[Way, GoogleNotice]] = {
    Way.BROWSER: GoogleNotice.LOGIN_SCOPE_OWN,
    Way.SERVICE_ACCOUNT: GoogleNotice.LOGIN_SCOPE_SHARED,
    Way.ADC: GoogleNotice.LOGIN_SCOPE_COMPUTER,
}


class Login(Struct, frozen=True):
    """What a person typed: the file of a client, or the key of a service account, or the computer's own."""

    client: Path | None = None
    key: Path | None = None
    computer: bool = False
    open_browser: bool = True

    @property
    def way(self) -> Way:
        """The one way chosen. Raises ``GoogleInTheWay`` for none or several."""
        asked = {Way.BROWSER: self.client, Way.SERVICE_ACCOUNT: self.key, Way.ADC: self.computer}
        chosen = [way for way, told in asked.items() if told]
        if len(chosen) != 1:
            raise GoogleInTheWay(
                say(GoogleNotice.LOGIN_WAYS_MIXED if chosen else GoogleNotice.LOGIN_WAY_UNNAMED)
            )
        return chosen[0]


def google_login(
    login: Login, now: datetime, *, agreed: Callable[[], bool], show: Callable[[str], None]
) -> tuple[str, ...]:
    """Sign in and keep it; gives what to tell.

    ``agreed`` asks for the consent, once: it is remembered with the sign-in. Before it nothing goes
    to Google. ``show`` is given the address of Google's page. Raises ``store.StoreError``.
    """
    way = login.way
    secret = _secret_of(login)
    before = kept_sign_in()
    if before is None and not agreed():
        raise GoogleInTheWay(say(GoogleNotice.CONSENT_ABSENT))
    sign_in = SignIn(way, before.agreed_on if before else now.date(), now, secret=secret)
    if way is Way.BROWSER:
        sign_in = _through_browser(login, sign_in, show)
    sign_in, doubt = _tried(sign_in)
    keep_sign_in(sign_in)
    return tuple(_told(login, sign_in, doubt))


def google_logout() -> tuple[str, ...]:
    """Remove the sign-in from this computer and give it back to Google where that can be done."""
    try:
        sign_in = kept_sign_in()
    except KeptDamaged:
        forget_sign_in()
        return (say(GoogleNotice.LOGOUT_DAMAGED), say(GoogleNotice.LOGOUT_NOT_GIVEN_BACK))
    if sign_in is None:
        return (say(GoogleNotice.LOGOUT_NOTHING),)
    forget_sign_in()
    match sign_in.way:
        case Way.BROWSER:
            is_back = given_back(sign_in, google_address())
            rest = GoogleNotice.LOGOUT_GIVEN_BACK if is_back else GoogleNotice.LOGOUT_NOT_GIVEN_BACK
        case Way.SERVICE_ACCOUNT:
            rest = GoogleNotice.LOGOUT_KEY
        case Way.ADC:
            rest = GoogleNotice.LOGOUT_COMPUTER
    done = say(GoogleNotice.LOGOUT_DONE, account=sign_in.account or sign_in.way.value)
    return (done, say(rest), say(GoogleNotice.LOGOUT_SHEETS_STAY))


def _secret_of(login: Login) -> Mapping[str, str]:
    """What the named file holds."""
    path = login.client or login.key
    if path is None:
        return {}
    data = read_file(path)
    try:
        return client_of(data) if login.client else key_of(data)
    except FileRefused as refused:
        raise GoogleInTheWay(say(_FILE_SAID[refused.why], path=path)) from None


def _through_browser(login: Login, sign_in: SignIn, show: Callable[[str], None]) -> SignIn:
    try:
        allowed = allowed_in_browser(
            sign_in.secret,
            google_address(),
            show,
            open_browser=login.open_browser,
            thanks=say(GoogleNotice.LOGIN_THANKS),
        )
    except BrowserRefused as refused:
        told = say(_REFUSED_SAID[refused.why], detail=refused.detail, minutes=PATIENCE // 60)
        raise GoogleInTheWay(told) from None
    runs_out_at = sign_in.signed_in_at + timedelta(seconds=allowed.lasts) if allowed.lasts else None
    return replace(sign_in, secret=allowed.secret, runs_out_at=runs_out_at)


def _tried(sign_in: SignIn) -> tuple[SignIn, str]:
    """The sign-in with its account, and why that could not be asked for.

    Raises ``GoogleInTheWay`` for one that opens nothing: it is not worth keeping.
    """
    address = google_address()
    try:
        http = Http(credentials_of(sign_in, address), address, time.monotonic, time.sleep)
        try:
            return replace(sign_in, account=account_of(http).email), ""
        finally:
            http.close()
    except GoogleRefused as refused:
        if refused.trouble is GoogleTrouble.NOT_SIGNED_IN and sign_in.way is Way.ADC:
            raise GoogleInTheWay(say(GoogleNotice.LOGIN_NO_ADC)) from None
        if refused.trouble in (GoogleTrouble.NOT_SIGNED_IN, GoogleTrouble.EXPIRED):
            raise GoogleInTheWay(say(GoogleNotice.LOGIN_REFUSED, detail=refused.detail)) from None
        return replace(sign_in, account=sign_in.secret.get("client_email", "")), sentence_of(refused)


def _told(login: Login, sign_in: SignIn, doubt: str) -> Iterator[str]:
    if doubt:
        yield say(GoogleNotice.LOGIN_UNCHECKED, reason=doubt)
    else:
        yield say(GoogleNotice.LOGIN_DONE, account=sign_in.account)
    yield say(_SCOPE_SAID[sign_in.way], account=sign_in.account)
    if login.key:
        yield say(GoogleNotice.LOGIN_DELETE_FILE, path=login.key)
    if sign_in.runs_out_at:
        yield say(GoogleNotice.LOGIN_RUNS_OUT, day=f"{sign_in.runs_out_at:%d.%m.%Y}")
