"""Files and folders of the stand-in's Drive: what is kept of each, and what a listing shows of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sheetsync_emulator.clock import stamp
from sheetsync_emulator.permissions import Permission, Power
from sheetsync_emulator.spreadsheet import Spreadsheet

Json = dict[str, Any]

SPREADSHEET: Final = "application/vnd.google-apps.spreadsheet"
FOLDER: Final = "application/vnd.google-apps.folder"
GOOGLES_PLACE: Final = "https://docs.google.com"


@dataclass(frozen=True, slots=True)
class Sight:
    """What a listing says about the last change of a file."""

    version: int
    modified: float
    author: str


@dataclass
class File:
    id: str
    name: str
    mime: str
    owner: str
    created: float
    parents: list[str]
    sight: Sight
    permissions: list[Permission]
    book: Spreadsheet | None = None
    app_properties: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    comments: list[Json] = field(default_factory=list)
    description: str = ""
    trashed: bool = False
    version: int = 1
    coming: list[tuple[float, Sight]] = field(default_factory=list)
    """Changes that happened and that a listing does not show yet: the moment it will, and what."""

    def changed(self, moment: float, author: str, lag: float = 0) -> None:
        """Somebody changed the file; a listing knows it ``lag`` seconds later."""
        self.version += 1
        self.coming.append((moment + lag, Sight(self.version, moment, author)))

    def touched(self) -> None:
        """A change that nobody sees, such as a new right: only the version grows."""
        self.version += 1
        self.sight = Sight(self.version, self.sight.modified, self.sight.author)

    def seen(self, moment: float) -> Sight:
        """What a listing shows of the last change at this moment."""
        arrived = [sight for when, sight in self.coming if when <= moment]
        self.coming = [(when, sight) for when, sight in self.coming if when > moment]
        self.sight = max([self.sight, *arrived], key=lambda sight: sight.version)
        return self.sight

    def link(self, place: str) -> str:
        """Where a person opens the file."""
        match self.mime:
            case str() if self.mime == SPREADSHEET:
                return f"{place or GOOGLES_PLACE}/spreadsheets/d/{self.id}/edit?usp=drivesdk"
            case str() if self.mime == FOLDER:
                return f"{place or 'https://drive.google.com'}/drive/folders/{self.id}"
            case _:
                return f"{place or 'https://drive.google.com'}/file/d/{self.id}/view?usp=drivesdk"


def brief(file: File) -> Json:
    """What an answer says of a file when no fields are asked for."""
    return {"kind": "drive#file", "id": file.id, "name": file.name, "mimeType": file.mime}


def resource(
    file: File, user: str, power: Power, *, parents: Sequence[str], moment: float, place: str
) -> Json:
    """Everything an answer may say of a file; optional parts are absent when they are empty."""
    sight = file.seen(moment)
    optional = {
        "parents": list(parents),
        "appProperties": dict(file.app_properties),
        "properties": dict(file.properties),
        "description": file.description,
    }
    return brief(file) | {
        "createdTime": stamp(file.created),
        "modifiedTime": stamp(sight.modified),
        "version": str(sight.version),
        "lastModifyingUser": person(sight.author, user),
        "owners": [person(file.owner, user)],
        "ownedByMe": file.owner == user,
        "trashed": file.trashed,
        "starred": False,
        "shared": len(file.permissions) > 1,
        "webViewLink": file.link(place),
        "writersCanShare": True,
        "capabilities": {"canEdit": power >= Power.WRITE, "canShare": power >= Power.WRITE},
        **({"permissions": [one.resource() for one in file.permissions]} if power >= Power.WRITE else {}),
        **{name: value for name, value in optional.items() if value},
    }


def person(email: str, user: str) -> Json:
    return {
        "kind": "drive#user",
        "displayName": email.partition("@")[0],
        "emailAddress": email,
        "me": email == user,
        "permissionId": Permission("user", "reader", email).id,
    }


def root_of(user: str) -> str:
    """The id of an account's «My Drive»."""
    return "0A" + hashlib.sha256(user.encode()).hexdigest()[:17]
