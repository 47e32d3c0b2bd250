"""How the office signs in to Google: three ways, what is kept of each, and what it may then do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

BROWSER_SCOPES: Final = ("https://www.googleapis.com/auth/drive.file",)
"""What a person is asked to allow: files this program made, and no other. It makes every sheet it
uses, and every method it calls, of Sheets too, is content with this scope (the discovery documents
say so, a test reads them). ``spreadsheets`` would open all sheets the person has."""

ROBOT_SCOPES: Final = ("https://www.googleapis.com/auth/drive",)
"""What an account without a person asks for. The folders and sheets it works in were made by a
person, and with ``drive.file`` it would not see them. «Every file» is no more than what people
shared with it: its own Drive is empty."""


class Way(StrEnum):
    """How one signs in. The words stand in the kept file."""

    BROWSER = "browser"
    """The office's own account: a person allows it in a browser."""
    SERVICE_ACCOUNT = "service_account"
    """A key of an account without a person, for files a person shares with it."""
    ADC = "adc"
    """Application default credentials: whatever this computer is set up for; nothing is kept."""


class NotASignIn(ValueError):
    """The bytes are no sign-in of ours. Says nothing of what they hold."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in as it is kept, with the day on which a person agreed to the use of Google.

    ``secret`` opens the account: client and refresh token of a browser, the key of a service
    account. It is never shown. ``runs_out_at`` is known when Google said so.

    The key of a service account is held here, not referred to by its path. A key in the downloads is
    read by every program, synchronised and backed up; here only its owner reads it, and the
    downloaded file can be deleted, which the user is asked to do.
    """

    way: Way
    agreed_on: date
    signed_in_at: datetime
    account: str = ""
    runs_out_at: datetime | None = None
    secret: Mapping[str, str] = field(default_factory=dict, repr=False)


def as_bytes(sign_in: SignIn) -> bytes:
    """The sign-in as it lies in its file."""
    document = {
        "way": sign_in.way.value,
        "agreed_on": sign_in.agreed_on.isoformat(),
        "signed_in_at": sign_in.signed_in_at.isoformat(),
        "account": sign_in.account,
        "runs_out_at": sign_in.runs_out_at.isoformat() if sign_in.runs_out_at else None,
        "secret": dict(sign_in.secret),
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def from_bytes(data: bytes) -> SignIn:
    """The sign-in a file holds. Raises ``NotASignIn``."""
    try:
        told = json.loads(data)
        return SignIn(
            way=Way(told["way"]),
            agreed_on=date.fromisoformat(told["agreed_on"]),
            signed_in_at=datetime.fromisoformat(told["signed_in_at"]),
            account=str(told["account"]),
            runs_out_at=datetime.fromisoformat(told["runs_out_at"]) if told["runs_out_at"] else None,
            secret={str(name): str(value) for name, value in told["secret"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotASignIn from None
