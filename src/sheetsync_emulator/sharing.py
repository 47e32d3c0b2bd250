"""Drive v3, rights: who has access to a file, giving it, changing it, taking it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sheetsync_emulator import refusals
from sheetsync_emulator.call import Call
from sheetsync_emulator.drive import paged
from sheetsync_emulator.files import File, Json
from sheetsync_emulator.permissions import POWERS, Permission, Power
from sheetsync_emulator.shelf import Letter, Shelf


def listed(shelf: Shelf, call: Call) -> Json:
    file = shelf.found(call.places["fileId"], call.user, Power.WRITE)
    page, following = paged(file.permissions, call)
    return {"kind": "drive#permissionList", "permissions": [_shown(one, call) for one in page]} | following


def got(shelf: Shelf, call: Call) -> Json:
    file = shelf.found(call.places["fileId"], call.user, Power.WRITE)
    return _shown(_named(file, call), call)


def created(shelf: Shelf, call: Call) -> Json:
    """Give a right; who has one already gets the new role, the owner stays the owner."""
    file, body = shelf.found(call.places["fileId"], call.user, Power.WRITE), call.body
    given = _asked(body)
    if given.role == "owner" and given.holder != file.owner:
        raise refusals.not_emulated("giving a file to another owner")
    if given.kind in {"user", "group"}:
        _invite(shelf, file, given, call)
    known = next((one for one in file.permissions if one.id == given.id), None)
    if known is None:
        file.permissions.append(given)
    elif known.role != "owner":
        known.role = given.role
    shelf.touched(file)
    return _shown(known or given, call)


def _asked(body: Json) -> Permission:
    """The right a body describes."""
    kind, role = body.get("type", ""), body.get("role", "")
    if role not in POWERS:
        raise refusals.bad_request("The permission role field is required.", "required")
    match kind:
        case "anyone":
            return Permission(kind, role)
        case "domain" if body.get("domain"):
            return Permission(kind, role, body["domain"])
        case "user" | "group" if "@" in body.get("emailAddress", ""):
            return Permission(kind, role, body["emailAddress"])
        case _:
            raise refusals.bad_request("The specified emailAddress is invalid or not applicable.", "invalid")


def _invite(shelf: Shelf, file: File, given: Permission, call: Call) -> None:
    """Google writes a letter unless it is told not to; without an account behind it, it has to."""
    if call.flag("sendNotificationEmail", default=True):
        shelf.letters.append(Letter(given.holder, file.id, call.param("emailMessage")))
    elif given.holder in shelf.unknown_addresses:
        raise refusals.no_such_address()


def updated(shelf: Shelf, call: Call) -> Json:
    file = shelf.found(call.places["fileId"], call.user, Power.WRITE)
    permission = _named(file, call)
    permission.role = call.body.get("role", permission.role)
    shelf.touched(file)
    return _shown(permission, call)


def deleted(shelf: Shelf, call: Call) -> None:
    """Take a right back: a writer may, and everybody may give up his own; the owner stays."""
    file = shelf.found(call.places["fileId"], call.user)
    permission = _named(file, call)
    own = permission.holder.lower() == call.user.lower()
    if permission.role == "owner" or not (own or shelf.power(file, call.user) >= Power.WRITE):
        raise refusals.no_rights_to_file()
    file.permissions.remove(permission)
    shelf.touched(file)


def _named(file: File, call: Call) -> Permission:
    wanted = call.places["permissionId"]
    for permission in file.permissions:
        if permission.id == wanted:
            return permission
    raise refusals.no_such_permission(wanted)


def _shown(permission: Permission, call: Call) -> Json:
    return permission.resource() if call.param("fields") else permission.brief()


DEEDS: Final[Mapping[str, Callable[[Shelf, Call], Json | None]]] = {
    "permissions.list": listed,
    "permissions.create": created,
    "permissions.get": got,
    "permissions.update": updated,
    "permissions.delete": deleted,
}
