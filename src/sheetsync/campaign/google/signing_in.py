"""The connection to Google every use case works over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from sheetsync.campaign.google.kept import google_address, kept_sign_in
from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble

if TYPE_CHECKING:
    from sheetsync.workbooks.google.service import GoogleService


def signed_in(now: datetime, on_wait: Callable[[float], None] | None = None) -> GoogleService:
    """Google as the account of this user, to be closed after use; the first request asks for a token.

    ``on_wait`` is told how many seconds a request is going to wait. Without a sign-in, and so without
    a person's consent, nothing is connected: ``GoogleRefused`` (NOT_SIGNED_IN). EXPIRED comes at once
    where Google named the day, otherwise with the first request.
    """
    sign_in = kept_sign_in()
    if sign_in is None:
        raise GoogleRefused(GoogleTrouble.NOT_SIGNED_IN)
    if sign_in.runs_out_at and sign_in.runs_out_at <= now:
        raise GoogleRefused(GoogleTrouble.EXPIRED)
    # gspread and google-auth are loaded only for those who are signed in
    from sheetsync.workbooks.google.service import connect  # noqa: PLC0415
    from sheetsync.workbooks.google.sign_in_credentials import credentials_of  # noqa: PLC0415

    address = google_address()
    return connect(credentials_of(sign_in, address), base=address.emulator, on_wait=on_wait)
