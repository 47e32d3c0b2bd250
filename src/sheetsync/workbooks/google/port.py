"""The port: what the campaign asks of Google, whoever answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from msgspec import Struct, field

Json = dict[str, Any]
"""An object of Google's JSON, as its discovery document describes it."""

Request = Json
"""One request of ``spreadsheets.batchUpdate``."""


class FileKind(StrEnum):
    """What a file on Drive is."""

    SPREADSHEET = "application/vnd.google-apps.spreadsheet"
    FOLDER = "application/vnd.google-apps.folder"


class Role(StrEnum):
    READER = "reader"
    WRITER = "writer"
    OWNER = "owner"


class DriveFile(Struct, frozen=True):
    """A file as Drive lists it.

    ``version`` grows with every change, also with those nobody sees; ``modified`` (UTC) lags edits
    of a spreadsheet by minutes. ``author`` is who changed it last, '' when Google does not say.
    """

    id: str
    name: str
    version: int = 0
    modified: datetime | None = None
    author: str = ""
    link: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    """Our own marks on the file (``appProperties``)."""


class Permission(Struct, frozen=True):
    """Who may do what with a file; ``email`` is '' for whoever has the link."""

    id: str
    role: Role
    email: str = ""


class GoogleTrouble(StrEnum):
    """Why Google would not do what was asked."""

    NOT_SIGNED_IN = "not_signed_in"
    EXPIRED = "expired"
    """The sign-in was revoked or has run out."""
    UNREACHABLE = "unreachable"
    """No network, no answer in time, or Google itself failed again and again."""
    BUSY = "busy"
    """The quota of requests stays used up."""
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    NO_STORAGE = "no_storage"
    """The account has no room, or may own no files (a service account)."""
    SHARING_LIMIT = "sharing_limit"
    BAD_ADDRESS = "bad_address"
    """There is no Google account behind an e-mail, or it cannot be written to."""
    REFUSED = "refused"
    """A request Google does not accept."""


class GoogleRefused(Exception):
    """Google did not do it. ``detail`` is Google's own short word on it, without any text of cells."""

    def __init__(self, trouble: GoogleTrouble, detail: str = "") -> None:
        super().__init__(trouble.value, detail)
        self.trouble = trouble
        self.detail = detail


class Google(Protocol):
    """Spreadsheets and files of one account. Every call may raise ``GoogleRefused``.

    Whatever changes something is safe to ask for again: what was done already is not done twice.
    """

    def account(self) -> str:
        """E-mail of the account that is signed in."""
        ...

    def listed(self, folder: str) -> tuple[DriveFile, ...]:
        """Spreadsheets in a folder, with versions: one request for every thousand."""
        ...

    def marked(self, properties: Mapping[str, str]) -> tuple[DriveFile, ...]:
        """Files that carry all these marks, oldest first; trashed ones are left out."""
        ...

    def made(
        self, kind: FileKind, name: str, marks: Mapping[str, str], folder: str | None = None
    ) -> DriveFile:
        """The file that carries these marks, made when there is none: never a second one."""
        ...

    def permissions(self, file: str) -> tuple[Permission, ...]: ...

    def share(self, file: str, role: Role, email: str = "", message: str = "") -> None:
        """Give a person, or with no e-mail whoever has the link, a role; nothing when they have it.

        ``message`` goes into the letter Google sends.
        """
        ...

    def read(self, spreadsheet: str, fields: str, ranges: Sequence[str] = ()) -> Json:
        """``spreadsheets.get`` with a field mask: one request."""
        ...

    def write(self, spreadsheet: str, requests: Sequence[Request]) -> tuple[Json, ...]:
        """One ``batchUpdate``: all of it or nothing; gives the replies.

        It is asked again after a failure whose outcome is unknown, so requests must bear that:
        fixed ranges, nothing added.
        """
        ...

    def write_once(self, spreadsheet: str, requests: Sequence[Request], mark: str) -> None:
        """One ``batchUpdate`` that must not be done twice (it adds sheets, names, protection).

        The batch also leaves ``mark`` in the spreadsheet; where the outcome is unknown, the mark is
        looked for before it is sent again. Nothing is done when the mark is there already.
        """
        ...

    def remove(self, file: str) -> None:
        """Delete a file of ours for good; nothing when it is gone already."""
        ...
