"""Who may do what with a file: roles given to people, to a domain, or to whoever has the link."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

Json = dict[str, Any]

ANYONE_ID: Final = "anyoneWithLink"


class Power(IntEnum):
    """What a role allows; a stronger one includes the weaker."""

    NONE = 0
    READ = 1
    COMMENT = 2
    WRITE = 3
    MANAGE = 4
    OWN = 5


POWERS: Final = {
    "reader": Power.READ,
    "commenter": Power.COMMENT,
    "writer": Power.WRITE,
    "fileOrganizer": Power.MANAGE,
    "organizer": Power.MANAGE,
    "owner": Power.OWN,
}


@dataclass
class Permission:
    """One line of the list «who has access»; ``holder`` is an address, a domain, or '' for anyone."""

    kind: str
    role: str
    holder: str = ""

    @property
    def id(self) -> str:
        """The same holder has the same id everywhere, as at Google."""
        if self.kind == "anyone":
            return ANYONE_ID
        return str(int.from_bytes(hashlib.sha256(self.holder.lower().encode()).digest()[:8])).zfill(20)

    def covers(self, user: str) -> bool:
        match self.kind:
            case "anyone":
                return True
            case "domain":
                return user.lower().endswith(f"@{self.holder.lower()}")
            case _:
                return self.holder.lower() == user.lower()

    def brief(self) -> Json:
        """What an answer says when no fields are asked for."""
        return {"kind": "drive#permission", "id": self.id, "type": self.kind, "role": self.role}

    def resource(self) -> Json:
        match self.kind:
            case "anyone":
                return self.brief() | {"allowFileDiscovery": False}
            case "domain":
                return self.brief() | {"domain": self.holder, "displayName": self.holder}
            case _:
                return self.brief() | {
                    "emailAddress": self.holder,
                    "displayName": self.holder.partition("@")[0],
                    "deleted": False,
                    "pendingOwner": False,
                }


def power_of(permissions: Iterable[Permission], user: str) -> Power:
    """The strongest role these permissions give a user."""
    return max((POWERS[one.role] for one in permissions if one.covers(user)), default=Power.NONE)
