"""Signing in to Google, out of it, and the connection every other use case works over."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from sheetsync.campaign.google.kept import google_base, kept_sign_in
from sheetsync.workbooks.google.port import Google, GoogleRefused, GoogleTrouble
from sheetsync.workbooks.google.sign_in_credentials import credentials_of


def signed_in(now: datetime, on_wait: Callable[[float], None] | None = None) -> Google:
    """Google as the account of this user; the first request asks for a token.

    ``on_wait`` is told how many seconds a request waits for its turn. Without a sign-in, and so
    without a person's consent, nothing is connected: ``GoogleRefused`` (NOT_SIGNED_IN). EXPIRED comes
    at once where Google named the day, otherwise with the first request.
    """
    from sheetsync.workbooks.google.service import connect  # noqa: PLC0415 - loads gspread

    sign_in = kept_sign_in()
    if sign_in is None:
        raise GoogleRefused(GoogleTrouble.NOT_SIGNED_IN)
    if sign_in.runs_out_at and sign_in.runs_out_at <= now:
        raise GoogleRefused(GoogleTrouble.EXPIRED)
    base = google_base()
    return connect(
        credentials_of(sign_in, base),
        clock=time.monotonic,
        sleep=time.sleep,
        base=base,
        on_wait=on_wait,
    )
