"""Where the sign-in is kept: one file in the user's own settings, outside every campaign."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from sheetsync import store
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.notices import say
from sheetsync.office.places import our_settings
from sheetsync.office.systems import this_machine
from sheetsync.workbooks.google.address import URL_VARIABLE, Address, address_of
from sheetsync.workbooks.google.port import GoogleRefused
from sheetsync.workbooks.google.sign_in import NotASignIn, SignIn, as_bytes, from_bytes

_FILE: Final = "google.json"
_TRIAL_FILE: Final = "google-trial.json"
"""The emulator's own: no program on a local port is ever shown the real sign-in."""


class GoogleInTheWay(store.StoreError):
    """Google, or the way to it, will not do what a command needs; ``args[0]`` says what to do."""


class KeptDamaged(GoogleInTheWay):
    """The file of the sign-in holds none."""


def google_address() -> Address:
    """Google itself, or the emulator the environment names. Raises ``GoogleInTheWay`` for a foreign one."""
    try:
        return address_of(os.environ.get(URL_VARIABLE, ""))
    except GoogleRefused as refused:
        raise GoogleInTheWay(refused.detail) from None


def kept_place() -> Path:
    """The file of the sign-in in use."""
    return our_settings(this_machine()) / (_TRIAL_FILE if google_address().emulator else _FILE)


def kept_sign_in() -> SignIn | None:
    """The sign-in of this user, None before the first.

    Raises ``store.ReadByOthers`` for a file that cannot be trusted, ``KeptDamaged`` for one that holds none.
    """
    place = kept_place()
    if not place.exists():
        return None
    try:
        return from_bytes(store.read_private(place))
    except NotASignIn:
        raise KeptDamaged(say(GoogleNotice.KEPT_DAMAGED, path=place)) from None


def keep_sign_in(sign_in: SignIn) -> None:
    """Keep the sign-in for the commands to come."""
    store.write_private(kept_place(), as_bytes(sign_in))


def forget_sign_in() -> None:
    """Remove the file, whatever it holds."""
    place = kept_place()
    with store.disk_errors(place):
        place.unlink(missing_ok=True)
